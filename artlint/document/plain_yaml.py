"""Plain YAML: what no two readers take apart in different ways, read without PyYAML.

Most front matter is plain: a line a key with a text, a number, a date, `true` or `false`, or a list of
these in brackets or below the key. To import PyYAML takes longer than to check such an article. Anything
else, and whatever is wrong, is left to it.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

from artlint import limits
from artlint.document.fields import Field, Node
from artlint.pattern_lazy import lazily
from artlint.source import Span

_LINE = lazily(r"(?:(?P<key>[A-Za-z_][A-Za-z0-9_-]{0,63}):|(?P<indent> *)-)(?: +|\Z)")
_QUOTED = lazily(r"'[^']*'|\"[^\"\\]*\"")
_NUMBER = lazily(r"0|[1-9][0-9]{0,17}")
_DATE = lazily(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = lazily(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})?")
# With these starts what is no text to YAML, and what PyYAML may take for a number or for nothing.
_NO_TEXT = frozenset("-?:,[]{}#&*!|>'\"%@`~<=.+")
_DIGITS = frozenset("0123456789")
_NO_TEXTS = frozenset({"yes", "no", "true", "false", "on", "off", "null"})
_BOOLEANS = {"true": True, "false": False}
# One of a list in brackets; what YAML may take there for more than text is left to PyYAML.
_ITEM = lazily(r" *+('[^']*'|\"[^\"\\]*\"|[^][{}'\":#?,]+?) *([],])")


class _Entry(NamedTuple):
    """A key with its value, or with the items of the list below it and the indent of these."""

    key: str
    span: Span
    node: Node | None
    items: list[Node]
    indents: list[str]


def read_plain_yaml(text: str, content: Span) -> tuple[Field, ...] | None:
    """The fields of a block of plain YAML, as ``read_yaml`` reads them; None for any other block."""
    lines = text[content.start : content.end].split("\n")
    if len(lines) + text.count(",", *content) > limits.FRONT_MATTER_NODES // 2:
        return None
    entries: dict[str, _Entry] = {}
    at = content.start
    for line in lines:
        written = line.strip(" ")
        if written and not (_is_shown(line) and (written[0] == "#" or _read_line(line, at, entries))):
            return None
        at += len(line) + 1
    return tuple(_field(entry, text, content.end) for entry in entries.values())


def _is_shown(line: str) -> bool:
    """Whether a line holds only what YAML allows, and no blanks but its own and those it takes for text."""
    return line.replace("\u3000", "").isprintable()


def _read_line(line: str, at: int, entries: dict[str, _Entry]) -> bool:
    """Add what a line says to the entries; False for a line that is not plain."""
    found = _LINE.match(line)
    if found is None:
        return False
    written, start = line[found.end() :].rstrip(" "), at + found.end()
    key = found["key"]
    node = None
    if written:
        read = _list if key is not None and written[0] == "[" else _scalar
        node = read(written, Span(start, start + len(written)))
        if node is None:
            return False
    if key is not None:
        is_new = key not in entries
        entries[key] = _Entry(key, Span(at, at + len(key)), node, [], [])
        return is_new
    entry = next(reversed(entries.values()), None)
    if entry is None or entry.node is not None or node is None:
        return False
    entry.items.append(node)
    entry.indents.append(found["indent"])
    return found["indent"] == entry.indents[0]


def _scalar(written: str, span: Span) -> Node | None:
    """The value of a text in quotes, a number, a date, a boolean or a text; None for any other."""
    if _QUOTED.fullmatch(written):
        return Node(written[1:-1], span)
    if written[0] in _DIGITS and written.isascii():
        return _number_or_date(written, span)
    if written in _BOOLEANS:
        return Node(_BOOLEANS[written], span)
    if written[0] in _NO_TEXT or written.lower() in _NO_TEXTS:
        return None
    if ": " in written or " #" in written or written.endswith(":"):
        return None
    return Node(written, span)


def _list(written: str, span: Span) -> Node | None:
    """The list that a line holds in brackets; None for any other value."""
    if written.replace(" ", "") == "[]":
        return Node([], span)
    items: list[Node] = []
    at, mark = 1, ","
    while mark == ",":
        found = _ITEM.match(written, at)
        node = _scalar(found[1], Span(*found.span(1)).moved(span.start)) if found else None
        if found is None or node is None:
            return None
        items.append(node)
        at, mark = found.end(), found[2]
    return Node([item.value for item in items], span, tuple(items)) if at == len(written) else None


def _number_or_date(written: str, span: Span) -> Node | None:
    if _NUMBER.fullmatch(written):
        return Node(int(written), span)
    try:
        if _DATE.fullmatch(written):
            return Node(datetime.date.fromisoformat(written), span)
        if _TIME.fullmatch(written):
            return Node(datetime.datetime.fromisoformat(written), span)
    except ValueError:
        return None  # a day that no calendar has
    return None


def _field(entry: _Entry, text: str, end: int) -> Field:
    node = entry.node
    if node is None and entry.items:
        first, last = entry.items[0].span, entry.items[-1].span
        start = text.rindex("-", entry.span.end, first.start)
        node = Node([item.value for item in entry.items], Span(start, last.end), tuple(entry.items))
    elif node is None:
        node = Node(None, Span(entry.span.end + 1, entry.span.end + 1))
    line_end = text.find("\n", node.span.end, end)
    return Field(entry.key, node, entry.span, Span(entry.span.start, end if line_end == -1 else line_end + 1))
