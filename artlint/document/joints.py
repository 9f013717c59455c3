"""Where words would run together: what is taken out may be all that kept them apart."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from artlint.document.blocks import PICTURES
from artlint.document.elements import BLOCK, BREAK
from artlint.pattern_lazy import lazily
from artlint.source import Span

if TYPE_CHECKING:
    from artlint.document.html import Html
    from artlint.document.tokens import Token

_ENDS_LINE = BLOCK | BREAK
_NEAR = 32  # tokens: words with more tags between them are not next to each other
# Scripts that write no blanks between words: Thai and its neighbours, kana, Han.
_UNSPACED = lazily(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\uff61-\uff9f\U00020000-\U000323af]"
)
_MARKS = "*_`~"  # of Markdown, around words
# Unicode's categories (section 4.5): what may stand before a blank between words, and behind it.
_BEFORE = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd", "Nl", "No", "Pe", "Pf", "Po"))
_BEHIND = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No", "Ps", "Pi"))


def gap(html: Html, cut: Span) -> str:
    """A blank where only what stands in ``cut`` keeps words apart, else nothing.

    The end of a line and a mere blank part whatever stands around them; text with a blank or a mark in it,
    and a picture, part words. Letters alone part nothing: `news<i>x</i>paper` was one word to a reader.
    """
    inside = html.tokens_in(cut)
    before, behind = html.tokens_around(cut, _NEAR)
    touched = (*before[-1:], *inside)  # the first one may reach into the cut, the last one out of it
    text = "".join(_text(token, cut) for token in touched)
    parts_all = text.isspace() or any(token.tag in _ENDS_LINE for token in inside)
    has_picture = any(token.tag in PICTURES and token.kind == "start" for token in inside)
    if not parts_all and (text.isalnum() or not (text or has_picture)):
        return ""
    last = _first_text(reversed(before), Span(html.base, cut.start))[-1:]
    first = _first_text((*touched[-1:], *behind), Span(cut.end, html.base + len(html.text)))[:1]
    if not last.strip() or not first.strip():
        return ""
    return " " if parts_all or parts_words(last, first) else ""


def parts_words(last: str, first: str) -> bool:
    """Whether a blank between two characters parts two words."""
    if _UNSPACED.match(last) or _UNSPACED.match(first):
        return False
    ends = last in _MARKS or unicodedata.category(last) in _BEFORE
    return ends and (first in _MARKS or unicodedata.category(first) in _BEHIND)


def _first_text(tokens: Iterable[Token], within: Span) -> str:
    """The first visible text of some tokens within a span; nothing where a line ends before it."""
    for token in tokens:
        if token.tag in _ENDS_LINE and within.contains(token.span):
            return ""
        if text := _text(token, within):
            return text
    return ""


def _text(token: Token, within: Span) -> str:
    """What is visible of a token within a span."""
    if not token.visible or token.kind not in ("text", "reference") or not token.span.overlaps(within):
        return ""
    start, end = token.span
    if len(token.data) != end - start:
        return token.data
    return token.data[max(within.start - start, 0) : max(within.end - start, 0)]
