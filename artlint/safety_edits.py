"""Edits that take markup out without making new markup of what meets across the gap."""

from __future__ import annotations

import re

from artlint.diagnostic import Edit
from artlint.document.elements import BLOCK, BREAK, KNOWN
from artlint.pattern_lazy import lazily
from artlint.source import Span

_HTML_BLANKS = " \t\n\f\r"
_WITH_BRACE = ("{", "}", "%", "#", "<")  # make a mark of template code with a brace, or may go as well
# The start of a character reference at the end of a text; the longest name has 31 letters.
_REFERENCE_START = lazily(r"&(?:#[xX]?)?[A-Za-z0-9]{0,32}\Z")

_ENDS_ON_ITS_LINE = lazily(r"<!--|<\?|<![a-zA-Z]|<!\[CDATA\[|<(?:script|pre|style|textarea)\b", re.IGNORECASE)
_END_TAG = lazily(r"</([a-zA-Z][a-zA-Z0-9]*)\s*>\Z")
_MARKDOWN_BLOCKS = frozenset(
    """address article aside base basefont blockquote body caption center col colgroup dd details dialog
    dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr
    html iframe legend li link main menu menuitem nav noframes ol optgroup option p param search section
    summary table tbody td tfoot th thead title tr track ul""".split()
)


def cut_attribute(text: str, span: Span) -> Edit:
    """Drop an attribute with the blanks before it; what follows keeps a blank before it."""
    start, end = span
    while text[start - 1] in _HTML_BLANKS:
        start -= 1
    following = text[end : end + 1]
    return Edit(Span(start, end), "" if following in (*_HTML_BLANKS, ">", "") else " ")


def cut_tag(text: str, span: Span, tag: str, is_markdown: bool = False) -> Edit:
    """Drop a tag, an element or a comment.

    A blank takes the place of the tag of a block or a box between two words. A ``<``, a brace or the start
    of a character reference before the gap is escaped, so that it cannot join with what follows. A line of
    Markdown that holds nothing else goes as a whole.
    """
    start, end = span
    if is_markdown:
        line, line_end = _line_around(text, start, end)
        if line is not None and line_end is not None:
            return Edit(Span(line, line_end))
        if not text[text.rfind("\n", 0, start) + 1 : start].strip() and text[end : end + 1].strip():
            # It opens an HTML block; what follows on the line must not become Markdown.
            return Edit(Span(start, end), _block_opener(text[start : start + 40]))
    before, following = text[max(0, start - 40) : start], text[end : end + 1]
    replacement = ""
    if before.endswith("<"):
        start -= 2 if is_markdown and before.endswith("\\<") else 1
        replacement = "&lt;"
    elif "&" in before and (found := _REFERENCE_START.search(before)):
        start -= len(found.group())
        replacement = "&amp;" + found.group()[1:]
    elif before.endswith(("{", "}")) and following in _WITH_BRACE:
        start -= 1  # two braces would make template code
        replacement = "&#123;" if before[-1] == "{" else "&#125;"
    is_break = (tag in BLOCK or tag in BREAK or tag == "select") and before and following
    if is_break and before[-1] not in _HTML_BLANKS and following not in _HTML_BLANKS:
        replacement += " "
    return Edit(Span(start, end), replacement)


def tag_as_text(text: str, span: Span) -> Edit:
    """Show a tag as text that a reader sees, also what its attributes hold.

    An end tag at its end (of `<p>x<y</p>`) stays one.
    """
    source = text[slice(*span)]
    last = _END_TAG.search(source, 1)
    kept = last.group() if last and last.group(1).lower() in KNOWN else ""
    return Edit(span, source.removesuffix(kept).replace("<", "&lt;") + kept)


def _block_opener(markup: str) -> str:
    """Empty markup that opens the same kind of block in Markdown (CommonMark, section 4.6), or none."""
    if _ENDS_ON_ITS_LINE.match(markup):
        return "<!-- -->"
    found = re.match(r"</?([a-zA-Z0-9]+)(?=[\s/>])", markup)
    return "<div></div>" if found and found.group(1).lower() in _MARKDOWN_BLOCKS else "<span></span>"


def _line_around(text: str, start: int, end: int) -> tuple[int | None, int | None]:
    """The line or lines that hold only the span, with their newline; None when there is more."""
    line = start
    while line > 0 and text[line - 1] in " \t":
        line -= 1
    line_end = end
    while line_end < len(text) and text[line_end] in " \t":
        line_end += 1
    if (line > 0 and text[line - 1] != "\n") or line_end >= len(text) or text[line_end] != "\n":
        return None, None
    return line, line_end + 1
