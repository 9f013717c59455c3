"""The blocks of an article: what stands on a line of its own, and what to cut for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artlint.document import Document
from artlint.source import Source


def _blocks(text: str) -> list[tuple[str, str, str | None]]:
    """Tag, text and what would be cut, for each block."""
    blocks = Document(Source.from_text(text)).body.blocks
    return [(b.tag, b.text, text[b.cut.start : b.cut.end] if b.cut else None) for b in blocks]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("<p>One <b>two</b></p>", [("p", "One two", "<p>One <b>two</b></p>")]),
        (
            "<div><p>One</p>two<br><b>three</b><br>four</div>",
            [
                ("p", "One", "<p>One</p>"),
                ("", "two", "two<br>"),
                ("", "three", "<br><b>three</b>"),
                ("", "four", "<br>four"),
            ],
        ),
        ("<table><tr><td>1</td></tr></table>", [("td", "1", "1")]),
        ("<p><b>One<br>two</b></p>", [("", "One", None), ("", "two", None)]),
        ("<p>\u3000\u3000</p><p>\u200b</p>", []),
        ("# Title\n\nText\n", [("h1", "Title", "# Title\n\n"), ("p", "Text", "\n\nText")]),
        ("- a\n- b\n\nText\n", [("li", "a", "- a\n"), ("li", "b", "- b\n"), ("p", "Text", "\n\nText")]),
        ("> one\n>\n> two\n\nText\n", [("p", "one", None), ("p", "two", None), ("p", "Text", "\n\nText")]),
        ("> one\n\nText\n", [("p", "one", "> one\n\n"), ("p", "Text", "\n\nText")]),
        ("One<br>**two**\n", [("", "One", "One<br>"), ("", "two", "<br>**two**")]),
        ("```\ncode\n```\n", []),
        ("<div>\n\nText\n\n</div>\n", [("p", "Text", "Text\n\n")]),
    ],
)
def test_blocks(text: str, blocks: list[tuple[str, str, str | None]]) -> None:
    assert _blocks(text) == blocks


@given(st.text(alphabet="<p>/b r\n*-#`一a&;[](!)>", max_size=60))
def test_blocks_are_inside_the_text(text: str) -> None:
    document = Document(Source.from_text(text))
    for block in document.body.blocks:
        assert 0 <= block.span.start <= block.span.end <= len(document.text)
        assert block.text.strip() == block.text != ""
        if block.cut:
            assert 0 <= block.cut.start < block.cut.end <= len(document.text)
            assert block.cut.start <= block.span.end
            assert block.span.start <= block.cut.end
