"""Front matter of real articles, in the folder that ARTLINT_CORPUS names."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frontmatter
import pytest
import yaml

import artlint
from artlint.document.front_matter import read_front_matter
from artlint.errors import SourceError
from artlint.source import Source

CORPUS = os.environ.get("ARTLINT_CORPUS")

pytestmark = pytest.mark.skipif(not CORPUS, reason="ARTLINT_CORPUS names no folder with articles")


def _sources() -> Iterator[Source]:
    for path in sorted(Path(CORPUS or "").rglob("*")):
        if path.suffix in (".md", ".markdown", ".html", ".txt") and path.is_file():
            try:
                yield Source.from_bytes(path.read_bytes(), str(path))
            except SourceError:
                continue


def test_every_block_is_read_or_its_fault_reported() -> None:
    blocks = 0
    for source in _sources():
        block = read_front_matter(source.text)
        if block is None or block.format == "json":
            continue
        blocks += 1
        content = source.text[slice(*block.content)]
        try:
            values = yaml.safe_load(content) if block.format == "yaml" else tomllib.loads(content)
        except (yaml.YAMLError, ValueError):
            continue
        assert block.fault is None or "stands twice" in block.fault.message, source.path
        assert block.values == {str(key): value for key, value in (values or {}).items()}, source.path
    assert blocks


def _metadata(text: str) -> dict[str, Any] | None:
    try:
        return dict(frontmatter.loads(text.lstrip()).metadata)
    except (yaml.YAMLError, ValueError):
        return None


@pytest.mark.parametrize("unsafe", [False, True])
def test_fixing_changes_no_value_that_no_rule_names(unsafe: bool) -> None:
    changed = 0
    for source in _sources():
        before = _metadata(source.text)
        if before is None:
            continue
        result = artlint.fix(
            source.text, path=source.path, config=artlint.Config(select=("FM",)), unsafe=unsafe
        )
        if result.refused:  # its body is dangerous, which rules about front matter leave
            assert "would not be safe to publish" in result.refused, source.path
            continue
        after = _metadata(result.text)
        assert after is not None, source.path
        named = {
            entry.partition(":")[0]
            for value in result.ledger
            if value.kind == "value"
            for entry in (value.removed, value.inserted)
        }
        assert {k: v for k, v in after.items() if k not in named} == {
            k: v for k, v in before.items() if k not in named
        }, source.path
        changed += result.changed
    assert changed
