"""Where the parser's tree is not simply the source's nesting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from artlint.document.elements import AS_WRITTEN, BLOCK
from artlint.document.parser import turbohtml
from artlint.pattern_lazy import lazily

if TYPE_CHECKING:
    from artlint.document.html import Html

# Deeper trees are not formatted: no article nests so deep, and the writer recurses.
MAX_DEPTH = 128

_UNFINISHED = lazily(r"<[a-zA-Z/!?][^<>]*\Z")
_CELLS = frozenset({"td", "th", "caption"})
_TABLE_PARTS = frozenset("table caption thead tbody tfoot tr td th".split())
_VERBATIM_BLOCKS = "pre, listing, xmp, textarea, plaintext"


def _depth(root: turbohtml.Element) -> int:
    """How many elements are nested in each other at the deepest place."""
    deepest = 0
    level: list[turbohtml.Node] = [root]
    while level := [
        child for node in level for child in node.children if isinstance(child, turbohtml.Element)
    ]:
        deepest += 1
    return deepest


def find_irregularity(html: Html) -> str | None:
    """See ``Html.irregularity``."""
    if _depth(html.root) > MAX_DEPTH:
        return f"elements are nested deeper than {MAX_DEPTH} levels"
    if _UNFINISHED.search(html.text):
        return "a tag is not closed with `>` at the end"
    if any(element.end_tag is None for element in html.select(_VERBATIM_BLOCKS)):
        return "preformatted text is not closed"
    if _has_open_comment(html.text):
        return "a comment is not closed with `-->`"
    start = html.base - 1
    count = 0
    for node in html.root.iter_elements():
        location = node.source_location
        if location is None:
            if node.source_line is not None or node.tag not in ("tbody", "tr", "colgroup"):
                return f"`{node.tag}` is misnested"
            continue
        if location.start_tag.start_offset <= start - html.base:
            return f"`{node.tag}` is not allowed where it stands"
        if location.end_tag is None and node.tag in AS_WRITTEN:
            return f"`<{node.tag}>` is not closed"
        start = location.start_tag.start_offset + html.base
        count += 1
    return _lost_nodes(html, count)


def _lost_nodes(html: Html, elements: int) -> str | None:
    if sum(1 for token in html.tokens if token.kind == "start") != elements:
        return "a tag is not allowed where it stands"
    closed = {element.end_tag for element in html.elements}
    for token in html.tokens:
        if token.kind == "end" and token.span not in closed:
            return f"`</{token.tag}>` closes nothing"
    if _has_text_in_table(html):
        return "text is not allowed where it stands"
    comments = sum(1 for token in html.tokens if token.kind == "comment")
    text = "".join(token.data for token in html.tokens if token.kind in ("text", "reference"))
    in_tree = 0
    parts = []
    for node in html.root.descendants:
        if isinstance(node, turbohtml.Text):
            parts.append(node.data)
        elif isinstance(node, (turbohtml.Comment, turbohtml.ProcessingInstruction)):
            in_tree += 1
    if comments != in_tree:
        return "a comment is not allowed where it stands"
    if "".join("".join(parts).split()) != "".join(text.split()):
        return "text is not allowed where it stands"
    return None


def _has_text_in_table(html: Html) -> bool:
    """Whether text between the cells of a table would meet a word that stands before the table.

    The parser moves such text before the table.
    """
    opened: list[tuple[str, bool]] = []
    is_word = False
    for token in html.tokens:
        if token.tag in _TABLE_PARTS:
            if token.kind == "start":
                opened.append((token.tag, is_word or any(joins for _, joins in opened[-1:])))
            elif any(tag == token.tag for tag, _ in opened):
                while opened.pop()[0] != token.tag:
                    pass
        if token.tag in BLOCK:
            is_word = False
        elif token.kind in ("text", "reference") and token.data.strip():
            if opened and opened[-1][0] not in _CELLS and opened[-1][1]:
                return True
            is_word = True
    return False


def _has_open_comment(text: str) -> bool:
    start = text.rfind("<!--")
    return start >= 0 and not re.compile(r"-->|--!>").search(text, start + 2)
