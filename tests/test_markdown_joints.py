"""What a fix takes out of Markdown must not join what it parted."""

from __future__ import annotations

import html
import re
from unittest.mock import patch

import cmarkgfm
import pytest
from hypothesis import given
from hypothesis import strategies as st

import artlint
from artlint.config import Config
from artlint.diagnostic import Edit
from artlint.document import Document
from artlint.document.markdown_events import read_events
from artlint.source import Source, Span
from artlint.structure import broken_by

REMOVING = Config(select=("BP", "HTM002", "SEC001", "WPR001"), format=False)

PARTED = {
    "a list and code": "- a\n\n⟦<!-- 广告 -->⟧\n\n    code\n",
    "a list and code with a tag": "- a\n\n⟦<!-- /wp:list -->⟧\n\n    <b>code</b>\n",
    "a list and code, by an empty paragraph": "- a\n\n⟦<p></p>⟧\n\n    code\n",
    "a list and code, by a mark of the end": "- a\n\n⟦（完）⟧\n\n    code\n",
    "a list and code, by a label": "- a\n\n⟦ADVERTISEMENT⟧\n\n    code\n",
    "a list and code, by a script": "- a\n\n⟦<script>x</script>⟧\n\n    code\n",
    "two lists": "1. a\n\n⟦<!-- 广告 -->⟧\n\n1. b\n",
    "text and a rule": "text\n⟦<script>x</script>⟧\n---\n",
    "two paragraphs": "one\n⟦<script>x</script>⟧\ntwo\n",
    "two strong words": "**a**⟦<span></span>⟧**b**\n",
    "a strong quotation and a word": "**“a”**⟦<b></b>⟧的\n",
    "two samples of code": "`a`⟦<b></b>⟧`b`\n",
    "what would be a link": "[a]⟦<!-- 广告 -->⟧(u)\n",
    "what would be a picture": "!⟦<span></span>⟧[a](u)\n",
    "what would be code": "a\n\n⟦<!-- 广告 -->⟧    b\n",
    "what would be a heading": "a\n\n⟦<!-- 广告 -->⟧# b\n",
    "what would be a definition": "a\n\n⟦<!-- 广告 -->⟧[b]: c\n",
    "an item and its text": "- ⟦<p></p>⟧\n\n  text\n",
}


@pytest.mark.parametrize("marked", PARTED.values(), ids=list(PARTED))
def test_an_empty_comment_keeps_apart_what_would_join(marked: str) -> None:
    text = "x\n\n" + re.sub("[⟦⟧]", "", marked)
    result = artlint.fix(text, config=REMOVING)
    assert result.text == "x\n\n" + re.sub("⟦.*⟧", "<!-- -->", marked)
    assert artlint.fix(result.text, config=REMOVING).text == result.text


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("a\n\n<!-- 广告 -->\n\nb\n", "a\n\n\n\nb\n"),
        ("- a\n- b\n\n<!-- 广告 -->\n\ntext\n", "- a\n- b\n\n\n\ntext\n"),
        ("a**b**<b></b> c\n", "a**b** c\n"),
        ("**a**<b></b><b></b>**b**\n", "**a**<!-- -->**b**\n"),
        ("1. a\n\n<!-- 广告 -->\n\n<!-- 广告 -->\n\n1. b\n", "1. a\n\n\n\n<!-- -->\n\n1. b\n"),
    ],
)
def test_only_what_parts_something_leaves_a_comment(text: str, fixed: str) -> None:
    assert artlint.fix(text, config=REMOVING).text == fixed


def test_a_blank_that_keeps_a_mark_alive_stays() -> None:
    """`**` between `”` and a word would end nothing."""
    text = "**“好”** 的时候，**b** 还在。\n"
    fixed = artlint.fix(text, unsafe=True, config=Config(select=("CJK",))).text
    assert _structure(fixed).count("<strong>") == 2


def test_many_of_them_are_kept_apart_in_a_few_rounds() -> None:
    text = "x **a**<b></b>**b** y\n\n" * 300
    result = artlint.fix(text, config=REMOVING)
    assert result.refused is None
    assert _structure(result.text) == _structure(text)


def _structure(text: str) -> str:
    """What another reader of Markdown makes of a text, without what shows nothing and without blanks."""
    written = cmarkgfm.markdown_to_html(text, options=cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE)
    written = re.sub(r"<!--.*?-->", "", written, flags=re.DOTALL)
    seen = ""
    while seen != written:
        seen, written = written, re.sub(r"<(b|span|p|div|li|blockquote|ul|ol)>\s*</\1>", "", written)
    return re.sub(r"\s+|</?p>", "", html.unescape(written))


PIECES = (
    *("- ", "1. ", "a", "字", "**", "*", "`", "``", "[a]", "(u)", "!", "    ", "  ", "\n", "\n\n", "> "),
    *("## b", "---", "“", "，", "_", "~~~", "\\", "[a]: u", "<b>x</b>", "&lt;", "<div>x</div>"),
)
DEBRIS = ("<!-- 广告 -->", "<b></b>", "<span></span>", "<p></p>", "<div></div>")


@given(st.lists(st.sampled_from(PIECES) | st.sampled_from(DEBRIS), max_size=14))
def test_another_reader_sees_the_same_structure(pieces: list[str]) -> None:
    text = "x\n\n" + "".join(pieces) + "\n"
    result = artlint.fix(text, config=Config(select=("BP102", "HTM002"), format=False))
    assert result.refused is None
    assert _structure(result.text) == _structure(text)


_PARTS = st.lists(st.sampled_from(PIECES) | st.sampled_from(DEBRIS) | st.just("\n\n"), max_size=30)
_CUTS = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 8), st.sampled_from(["", "", " ", *PIECES])))


@given(_PARTS, _CUTS)
def test_a_look_at_the_blocks_around_edits_says_what_a_look_at_all_blocks_says(
    parts: list[str], cuts: list[tuple[int, int, str]]
) -> None:
    document = Document(Source.from_text("x\n\n" + "".join(parts) + "\n", "a.md"))
    edits: list[Edit] = []
    for start, length, put in sorted(cuts):
        end = min(start + length, len(document.text))
        if start <= end and (not edits or edits[-1].span.end <= start) and (start < end or put):
            edits.append(Edit(Span(start, end), put))
    found = broken_by(edits, document)
    with patch("artlint.structure.rebuilt", lambda *texts: [read_events(text).rows() for text in texts[:2]]):
        assert found == broken_by(edits, document)
