"""Whether a body that looks like HTML could be Markdown: then it is that, and left more alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from artlint.document.elements import BLOCK
from artlint.document.masking import hits, merge
from artlint.pattern_lazy import lazily
from artlint.source import Span

if TYPE_CHECKING:
    from artlint.document.html import Html

_OPENS_TAG = lazily(r"<[a-zA-Z/!?]")
_OPEN_BLOCKS = BLOCK | {"script", "style", "textarea", "iframe"}
_BLANK_LINE = lazily(r"\n[ \t]*\n")
_INDENTED = lazily(r"(?:\A|^[ \t]*\n)(?:(?: {4}| {0,3}\t)[^\n]*\n?)+", re.MULTILINE)
_INDENT = r"(?: {4}| {0,3}\t)[ \t]*"
_CODE = lazily(rf"\n[ \t]*\n(?:{_INDENT}<!--[^\n]*\n)*{_INDENT}(?=<[^!])")
_AFTER_BLANK_LINE = lazily(r"\n[ \t]*\n\s*(?=[^<\s])")
# A paragraph of Markdown that starts with an autolink or a tag. A tag alone on its line opens a block of HTML
# (CommonMark, sections 4.6 and 6.5).
_INLINE_START = lazily(
    r"\n[ \t]*\n {0,3}(?=<)(?:<(?P<tag>[A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?>(?=[ \t]*[^\s])|(?P<address>"
    r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}://|mailto:|[\w.+-]+@)[^\s<>]*>))"
)
_TAG_OR_BLANK_LINE = lazily(r"<[^<>]*>|(\n[ \t]*\n)")
_MARK = lazily(r"\]\(|\]\[|`[^`]+`|\*[^\s*]|\b_[^\W_]|~~\S|\\[!-/:-@\[-`{-~]")
# Text of an element with this attribute is Markdown again (kramdown, Python-Markdown, PHP Markdown Extra).
_HOLDS_MARKDOWN = lazily(r"<[A-Za-z][^<>]*\smarkdown(?=[\s=/>])", re.IGNORECASE)


def could_be_markdown(text: str, base: int, html: Html) -> bool:
    """Whether CommonMark makes something else of a body than HTML does.

    ``html`` is the text as HTML, its spans offsets into a source in which the text starts at ``base``.
    """
    return (
        holds_markdown(text)
        or not html.has_only_markup
        or _has_tag_in_tag(html)
        or _has_comment_in_code(text, base, html)
        or _has_code(text, base, html)
        or _has_text_behind_blank_line(text, base, html)
    )


def holds_markdown(html: str) -> bool:
    """Whether an element of a piece of HTML says by an attribute that it holds Markdown."""
    return ("markdown" in html or "MARKDOWN" in html) and bool(_HOLDS_MARKDOWN.search(html))


def _has_tag_in_tag(html: Html) -> bool:
    """Whether a tag holds what opens another one, to a reader who takes it for text."""
    return html.parts is None and any(
        _OPENS_TAG.search(html.text, token.span.start - html.base + 1, token.span.end - html.base)
        for token in html.tokens
        if token.tag
    )


def _has_comment_in_code(text: str, base: int, html: Html) -> bool:
    """Whether a comment starts in what Markdown takes for indented code, and goes on behind it."""
    if "<!--" not in text or not _BLANK_LINE.search(text):
        return False
    places = (comment.span for comment in html.comments)
    starts = [start - base for start, end in places if _BLANK_LINE.search(text, start - base, end - base)]
    code = [Span(*match.span()) for match in _INDENTED.finditer(text)] if starts else []
    return any(hits(code, Span(start, start + 1)) for start in starts)


def _has_code(text: str, base: int, html: Html) -> bool:
    """Whether markup stands behind elements as indented code; inside of one it is mere layout.

    So it is at the start, where nobody puts a code sample and scrapers indent all there is.
    """
    start = len(text) - len(text.lstrip())
    places = [base + match.end() for match in _CODE.finditer(text) if match.end() > start]
    spans = [element.span for element in html.elements] if places else []
    return not all(any(span.start < place < span.end for span in spans) for place in places)


def _has_text_behind_blank_line(text: str, base: int, html: Html) -> bool:
    """Whether text starts behind a blank line, where CommonMark ends a block of HTML.

    It may start with a tag, if Markdown's marks follow: `<b>Note</b>: see [a](b)`.
    """
    gaps = [base + match.end() for match in _AFTER_BLANK_LINE.finditer(text)]
    gaps += [base + match.end() for match in _INLINE_START.finditer(text) if _reads_marks(text, match)]
    if not gaps:
        return False
    raw = (element.inner_span for element in html.select("script, style"))
    skipped = merge([*html.verbatim_spans, *raw, *(comment.span for comment in html.comments)])
    return not all(hits(skipped, Span(gap, gap + 1)) for gap in gaps)


def _reads_marks(text: str, start: re.Match[str]) -> bool:
    """Whether the paragraph at such a start holds a mark of Markdown."""
    if start["address"]:
        return True
    if start["tag"].lower() in _OPEN_BLOCKS:
        return False
    shown, done = [], start.end()
    for found in _TAG_OR_BLANK_LINE.finditer(text, done):
        shown.append(text[done : found.start()])
        done = found.end()
        if found.group(1):
            break
    else:
        shown.append(text[done:])
    return bool(_MARK.search("".join(shown)))
