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
from artlint.document.elements import BLOCK, BREAK
from artlint.document.html import Html
from artlint.source import Source
from tests.conftest import ROOT
from tests.judges import JUDGES
from tests.regular_markup import blocks, blocks_and_text

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
    "text\n<P>a</P>",
]
_TAGS = ["<DIV>\n\nWords\n\n</DIV>", "<DIV>", "<p>open"]
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


WHOLE = [
    (before, after, path)
    for language, before, after in PAIRS
    for path in ("article.md", "article.html")[: 1 if language == "markdown" else 2]
]


@pytest.mark.parametrize(("before", "after", "path"), WHOLE)
def test_a_whole_fix_does_what_the_specification_says(before: str, after: str, path: str) -> None:
    head = "" if before.startswith("---") else "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
    fixed = artlint.fix(head + before, path=path)
    assert fixed.text == head + after
    assert not fixed.refused


def test_specification_is_read() -> None:
    assert len(PAIRS) == SPECIFICATION.count(" before\n") == SPECIFICATION.count(" after\n")
    assert len(PAIRS) > 10


def _seen(page: str) -> tuple[object, list[str]]:
    """The elements and the words of a page; blocks and line breaks part words."""
    apart = re.sub(rf"(?i)(</?(?:{'|'.join(BLOCK | BREAK)})\b)", r"\n\1", page)
    return Html(page).inventory, Html(apart).root.text.split()


def _rendered(markdown: str) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).render(markdown))


@given(blocks())
def test_markdown_reads_it_as_html(body: str) -> None:
    """A Markdown program passes the canonical form through: same elements, same text."""
    text = _format(body)
    assert _seen(_rendered(text)) == _seen(text)
    assert _format(text) == text
    if Document(Source.from_text(body, "a.md")).body.kind == "html":
        assert _format(body, "a.md") == text


_PIECES = st.lists(
    st.one_of(st.sampled_from(_MARKDOWN), blocks_and_text(), st.sampled_from(_TAGS)), max_size=1
)


@given(_PIECES, st.sampled_from(_MARKDOWN), blocks(), _PIECES)
def test_html_in_markdown_reads_the_same(
    before: list[str], markdown: str, html: str, after: list[str]
) -> None:
    """A Markdown program that artlint does not ask finds the same elements and text as before."""
    text = "\n\n".join([*before, markdown, html, *after])
    hypothesis.assume(Document(Source.from_text(text, "a.md")).body.kind == "markdown")
    formatted = _format(text, "a.md")
    hypothesis.assume(formatted != text)
    assert _seen(_rendered(formatted)) == _seen(_rendered(text))
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
