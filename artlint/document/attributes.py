"""The attributes of a start tag as they stand in the source: each one, with its place.

The parser's tree keeps neither an attribute that is written twice nor a start tag that it drops.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from artlint.document.character_references import named, unescape
from artlint.pattern_lazy import lazily
from artlint.source import Span

# HTML Standard, sections 13.2.5.32 to 13.2.5.39: blanks and slashes part attributes; a name may start
# with `=`; a value is quoted or ends at a blank or `>`.
_TAG_NAME = lazily(r"</?[^\t\n\f\r />]*")
_ATTRIBUTE = lazily(
    r"""[\t\n\f\r /]*(?P<whole>(?P<name>=?[^\t\n\f\r />=]+|=)
    (?:[\t\n\f\r ]*=[\t\n\f\r ]*
    (?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\t\n\f\r >"'][^\t\n\f\r >]*)|(?=>)))?)""",
    re.VERBOSE,
)


class Attribute(NamedTuple):
    """An attribute with the span of ``name="value"``; ``value`` is decoded, ``name`` in lower case."""

    name: str
    value: str
    span: Span


def attributes(text: str, tag: Span, base: int = 0) -> Iterator[Attribute]:
    """The attributes of the tag at ``tag`` (offsets into the source, as ``base`` plus text)."""
    start, end = tag.start - base, tag.end - base
    found = _TAG_NAME.match(text, start, end)
    position = found.end() if found else end
    while match := _ATTRIBUTE.match(text, position, end):
        position = match.end()
        value = match["double"] or match["single"] or match["bare"] or ""
        if "&" in value:
            value = decoded(value)
        span = Span(base + match.start("whole"), base + match.end("whole"))
        yield Attribute(match["name"].lower(), value, span)


def decoded(value: str) -> str:
    """An attribute value with its character references resolved (HTML Standard, section 13.2.5.73).

    Unlike in text, ``&copy=1`` and ``&copyright`` stay as they are.
    """
    return _REFERENCE.sub(_resolved, value)


_REFERENCE = lazily(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]*(?:;|(?![A-Za-z0-9=])))")


def _resolved(match: re.Match[str]) -> str:
    name = match.group()[1:]
    if not name.startswith("#"):
        return named(name) or match.group()
    digits = name[1:].rstrip(";")
    if len(digits) > 8:
        return "\ufffd"
    number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    if number == 0 or number > 0x10FFFF or 0xD800 <= number < 0xE000:
        return "\ufffd"
    return unescape(match.group()) if 0x80 <= number < 0xA0 else chr(number)


def hides(style: str) -> bool:
    """Whether a ``style`` keeps its element from being shown, as the attribute ``hidden`` does."""
    return _HIDING.search(style) is not None


def kept_blanks(style: str) -> str | None:
    """What a ``style`` shows of the blanks in the text: ``all``, ``lines`` or nothing.

    None when it does not speak of them (CSS Text Module Level 4, section 3, ``white-space``).
    """
    found = [*_WHITE_SPACE.finditer(style)]
    return _KEPT.get(found[-1][1].lower(), "") if found else None


_WHITE_SPACE = lazily(r"(?:^|;)\s*white-space(?:-collapse)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_KEPT = {
    "pre": "all",
    "pre-wrap": "all",
    "break-spaces": "all",
    "preserve": "all",
    "pre-line": "lines",
    "preserve-breaks": "lines",
}
_HIDING = lazily(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\s*(?:!|;|$)", re.IGNORECASE)
