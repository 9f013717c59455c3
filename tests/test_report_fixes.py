"""Fixes in a report, as other programs apply them, do what the rules do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from artlint.api import Plan
from artlint.diagnostic import Applicability, apply_edits
from artlint.registry import shipped_registry
from artlint.reporters import make_reporter
from artlint.reporters.shared.totals import Run, Totals
from artlint.runner import FileResult, check_source
from artlint.source import Source


def _fixes_of_examples(spelled: Callable[[str], str]) -> Iterator[tuple[str, FileResult, str]]:
    """Each finding of each rule's examples that has a fix: code, a result with it alone, the fixed text."""
    for rule in shipped_registry():
        for example in rule.examples:
            if example.fixed is None:
                continue
            source = Source.from_text(spelled(example.text), example.path)
            for found in check_source(source, Plan((rule,), example.settings)).diagnostics:
                if found.fix and found.fix.edits and found.fix.applicability is not Applicability.DISPLAY:
                    edits = sorted(found.fix.edits, key=lambda edit: edit.span)
                    result = FileResult(source.path, source, (found,))
                    yield rule.code, result, source.spell(apply_edits(source.text, edits))


def _reported(name: str, result: FileResult) -> Any:
    reporter = make_reporter(name, Run(), colour=False)
    return json.loads(reporter.file(result) + reporter.finish(Totals(Run())))


SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "windows": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_sarif_fixes_do_what_the_rules_do(spelling: str) -> None:
    codes = set()
    for code, result, fixed in _fixes_of_examples(SPELLINGS[spelling]):
        assert result.source
        log = _reported("sarif", result)
        assert log["runs"][0]["columnKind"] == "unicodeCodePoints"
        (fix,) = log["runs"][0]["results"][0]["fixes"]
        (change,) = fix["artifactChanges"]
        text = result.source.original.removeprefix("\ufeff")
        starts = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text))]
        for replacement in reversed(change["replacements"]):
            region = replacement["deletedRegion"]
            start = starts[region["startLine"] - 1] + region["startColumn"] - 1
            end = starts[region["endLine"] - 1] + region["endColumn"] - 1
            text = text[:start] + replacement["insertedContent"]["text"] + text[end:]
        assert text == fixed.removeprefix("\ufeff"), code
        codes.add(code)
    assert len(codes) > 100


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_rdjson_suggestions_do_what_the_rules_do(spelling: str) -> None:
    codes = set()
    for code, result, fixed in _fixes_of_examples(SPELLINGS[spelling]):
        assert result.source
        (found,) = _reported("rdjson", result)["diagnostics"]
        (suggestion,) = found["suggestions"]
        content = result.source.original.encode()
        starts = [0, *(end.end() for end in re.finditer(rb"\r\n|\n|\r", content))]
        start, end = (
            starts[position["line"] - 1] + position["column"] - 1
            for position in (suggestion["range"]["start"], suggestion["range"]["end"])
        )
        assert content[:start] + suggestion["text"].encode() + content[end:] == fixed.encode(), code
        codes.add(code)
    assert len(codes) > 100
