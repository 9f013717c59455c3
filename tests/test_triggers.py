"""What a rule needs only saves time: with or without it the findings are the same."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from copy import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artlint.api import make_plan
from artlint.config import Config
from artlint.document import Document
from artlint.engine import check
from artlint.errors import SourceError
from artlint.limits import LimitError
from artlint.pack import PackRule
from artlint.rule import NOTHING, Example, Needs, Rule
from artlint.source import Source
from tests.grammar import bodies

PLAN = make_plan(Config(select=("ALL",)))


class _Always:
    """A rule that is asked about every document, without a cheap question of its own."""

    def __init__(self, rule: Rule) -> None:
        if isinstance(rule, PackRule):
            match = copy(rule.match)
            match.words = ()
            rule = copy(rule)
            rule.match = match
        self._rule = rule

    @property
    def needs(self) -> Needs:
        return NOTHING

    def __getattr__(self, name: str) -> Any:
        return getattr(self._rule, name)


ALWAYS: Sequence[Any] = tuple(map(_Always, PLAN.rules))


def compare(text: str, path: str = "article.md") -> None:
    """Assert that the words of rules hide nothing in a text."""
    source = Source.from_text(text, path)
    try:
        expected = check(Document(source, PLAN.settings), ALWAYS)
    except LimitError:
        return
    assert check(Document(source, PLAN.settings), PLAN.rules) == expected


def _examples() -> list[Example]:
    return [example for rule in PLAN.rules for example in rule.examples]


@pytest.mark.parametrize("family", sorted({rule.family for rule in PLAN.rules}))
def test_examples(family: str) -> None:
    for rule in PLAN.rules:
        if rule.family == family:
            for example in rule.examples:
                compare(example.text, example.path)


_IMAGE = re.compile(r"""<img\b[^<>]*\bsrc=["']?([^"'<>\s]+)[^<>]*>""")
DISGUISES = (
    str.upper,
    lambda text: text.replace("s", "ſ").replace("k", "\u212a").replace("i", "İ"),
    lambda text: text.replace("<p>", "<p title='>'>"),  # no longer plain
    lambda text: text.replace('class="', 'class="&#97; ').replace("-", "&#45;").replace("_", "&#x5f;"),
    lambda text: text.replace("编", "编\u200b").replace("来", "<b>来</b>").replace("：", "&#65306;"),
    lambda text: text.replace("a", "\x00a"),
    lambda text: f"{text}\n\n{{{{ page.title }}}} {{% raw %}}<b>{{% endraw %}}",
    lambda text: f"<!-- {text} -->",
    lambda text: f"<div>{text}</div>",
    lambda text: f"# Title\n\n{text}\n\nText *more* \\* text.\n",
    lambda text: _IMAGE.sub(r"\n\n![a](\1)\n\n", text),
    lambda text: _IMAGE.sub(lambda image: f"\n\n![a]({image[1].replace('_', '&#95;')})", text),
    lambda text: _IMAGE.sub(lambda image: f"\n\n![a]({image[1].replace('_', chr(92) + '_')})", text),
)


@given(st.sampled_from(_examples()), st.lists(st.sampled_from(DISGUISES), max_size=2), bodies)
def test_disguised_examples(example: Example, disguises: list[Any], body: str) -> None:
    text = example.text
    for disguise in disguises:
        text = disguise(text)
    compare(text, example.path)
    compare(f"{text}\n{body}", example.path)


def _corpus() -> Iterator[tuple[str, str]]:
    folder = os.environ.get("ARTLINT_CORPUS")
    for path in sorted(Path(folder).rglob("*")) if folder else ():
        if path.suffix in (".md", ".markdown", ".html") and path.is_file():
            try:
                yield Source.from_bytes(path.read_bytes()).text, str(path)
            except SourceError:
                continue


@pytest.mark.skipif("ARTLINT_CORPUS" not in os.environ, reason="ARTLINT_CORPUS names no folder with articles")
def test_real_articles() -> None:
    for text, path in _corpus():
        compare(text, path)
