"""The canonical form: its specification, its fixed point, and that Markdown reads it as HTML."""

from __future__ import annotations

import re

import hypothesis
import pytest
from hypothesis import given
from markdown_it import MarkdownIt

import artlint
from artlint.document.elements import BLOCK
from artlint.document.html import Html
from tests.conftest import ROOT
from tests.grammar import well_formed_bodies
from tests.judges import JUDGES

SPECIFICATION = (ROOT / "docs" / "canonical.md").read_text(encoding="utf-8")
PAIRS = re.findall(
    r"^```(?:html|text) before\n(.*?)^```\n\n^```(?:html|text) after\n(.*?)^```$",
    SPECIFICATION,
    re.DOTALL | re.MULTILINE,
)
FORMAT = artlint.Config(select=("HTM900", "FM900"))


def _format(text: str, path: str = "article.html") -> str:
    return artlint.fix(text, path=path, config=FORMAT).text


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_specification(before: str, after: str) -> None:
    assert _format(before) == after
    assert _format(after) == after
    for judge in JUDGES.values():
        if not before.startswith("---"):
            assert judge(before) == judge(after)


def test_specification_is_read() -> None:
    assert len(PAIRS) == SPECIFICATION.count(" before\n") == SPECIFICATION.count(" after\n")
    assert len(PAIRS) > 10


@given(well_formed_bodies)
def test_markdown_reads_it_as_html(body: str) -> None:
    """A Markdown program passes the canonical form through: same elements, same text."""
    html = Html(body)
    hypothesis.assume(html.irregularity is None and "<textarea" not in body and "<svg" not in body)
    # A comment is copied as it is: with a blank line in it, it splits a block also in the source.
    hypothesis.assume("a\n\nb" not in body)
    hypothesis.assume(all(node.tag in BLOCK - {"pre"} for node in html.top_nodes))
    text = _format(body, "article.md")
    hypothesis.assume(text != body)
    rendered = Html(MarkdownIt("commonmark", {"html": True}).render(text))
    assert rendered.inventory == Html(text).inventory
    assert rendered.root.text.split() == Html(text).root.text.split()


def test_template_marks_stay_escaped() -> None:
    body = "<p title='&#123;&#123; a &#125;&#125;'>&#123;{ b }} &lcub;% c %} &#123;# d</p>"
    assert not re.search(r"\{[{%#]", _format(body))
    assert Html(_format(body)).root.text.strip() == Html(body).root.text


@pytest.mark.parametrize(
    "body",
    [
        "<p><b>One <i>two</b> three</i></p>",
        "<table><tr><td>1</td>Text</tr></table>",
        "<p>One.</p></div>",
        "<p>One</p><!-- open",
        "<P>{{ page.title }}</P>",
        "<html><body><P>One</P></body></html>",
        "<div>" * 200,
    ],
)
def test_what_is_not_formatted(body: str) -> None:
    assert _format(body) == body
