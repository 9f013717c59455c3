"""The canonical form: its specification, its fixed point, and that Markdown reads it as HTML."""

from __future__ import annotations

import re

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import artlint
from artlint.document import Document
from artlint.document.elements import BLOCK
from artlint.document.html import Html
from artlint.source import Source
from tests.conftest import ROOT
from tests.grammar import well_formed_bodies
from tests.judges import JUDGES

SPECIFICATION = (ROOT / "docs" / "canonical.md").read_text(encoding="utf-8")
PAIRS = re.findall(
    r"^```(html|text|markdown) before\n(.*?)^```\n\n^```\1 after\n(.*?)^```$",
    SPECIFICATION,
    re.DOTALL | re.MULTILINE,
)
_MARKDOWN = [
    "Words *and*",
    "# Title",
    "- <p>in a list",
    "> quoted",
    "```\n<P>code</P>\n```",
    "<DIV>",
    "</DIV>",
    "text\n<P>a</P>",
]
FORMAT = artlint.Config(select=("HTM900", "FM900"))


def _format(text: str, path: str = "article.html") -> str:
    return artlint.fix(text, path=path, config=FORMAT).text


@pytest.mark.parametrize(("language", "before", "after"), PAIRS)
def test_specification(language: str, before: str, after: str) -> None:
    path = "article.md" if language == "markdown" else "article.html"
    assert _format(before, path) == after
    assert _format(after, path) == after
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


@given(st.lists(st.one_of(well_formed_bodies, st.sampled_from(_MARKDOWN)), max_size=4).map("\n\n".join))
def test_html_in_markdown_reads_the_same(text: str) -> None:
    """A Markdown program that artlint does not ask finds the same elements and text as before."""
    hypothesis.assume(Document(Source.from_text(text, "a.md")).body.kind == "markdown")
    formatted = _format(text, "a.md")
    hypothesis.assume(formatted != text)
    before, after = (
        Html(MarkdownIt("commonmark", {"html": True}).render(page)) for page in (text, formatted)
    )
    assert before.inventory == after.inventory
    assert before.root.text.split() == after.root.text.split()
    assert _format(formatted, "a.md") == formatted


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
