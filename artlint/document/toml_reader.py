"""TOML with spans: values by ``tomllib``, places by a scanner that follows it.

``tomllib`` gives no places, so after it has accepted the block a scanner walks the same text; it
looks each value up in what ``tomllib`` read.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from artlint import limits
from artlint.document.fields import (
    Field,
    Node,
    Unreadable,
    check_length,
    stands_twice,
    too_deep,
    too_many,
)
from artlint.source import Span

_MULTI = r'"""(?:[^"\\]|\\[\s\S]|"{1,2}(?!"))*"{3,5}|' r"'''[\s\S]*?'{3,5}(?!')"
_STRING = rf'{_MULTI}|"(?:[^"\\\n]|\\.)*"|' r"'[^'\n]*'"
_BLANK = re.compile(r"(?:[ \t\n\r]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r'[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|' r"'[^'\n]*'")
# A date and its time may be parted by one blank.
_SCALAR = re.compile(rf"{_STRING}|\d{{4}}-\d\d-\d\d \d\d:[^\s,\]}}#]*|[^\s,\]}}#]+")
_BRACKETS = re.compile(rf"{_STRING}|#[^\n]*|[\[\]{{}}]")
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_toml(text: str, content: Span) -> tuple[Field, ...]:
    """The fields of a block. Raises Unreadable."""
    check_length(content)
    _check_depth(text, content)
    block = text[content.start : content.end]
    try:
        values = tomllib.loads(block)
    except tomllib.TOMLDecodeError as error:
        raise _fault(str(error), text, block, content.start) from None
    except (ValueError, RecursionError):
        raise Unreadable("Front matter holds a number of thousands of digits", content.start) from None
    return _Scanner(text, content, values).fields()


def _check_depth(text: str, content: Span) -> None:
    depth = 0
    for match in _BRACKETS.finditer(text, *content):
        depth += (match.group() in "{[") - (match.group() in "]}")
        if depth > limits.FRONT_MATTER_DEPTH:
            raise too_deep(match.start())


class _Table:
    """A table while it is read: its parts may stand in several places."""

    def __init__(self) -> None:
        self.entries: dict[str, _Entry] = {}

    def node(self, values: Any, span: Span) -> Node:
        fields = tuple(entry.field(key, values[key]) for key, entry in self.entries.items())
        return Node(values, span, fields=fields)


class _Entry:
    """A key of a table while it is read: a finished node, a table, or a list of tables."""

    def __init__(self, key_span: Span) -> None:
        self.key_span = key_span
        self.start = key_span.start  # of the line: of a header that is its bracket
        self.node: Node | None = None
        self.table: _Table | None = None
        self.tables: list[tuple[_Table, Span]] = []
        self.value_span = Span(key_span.start, key_span.end)
        self.end = key_span.end

    def grow(self, start: int, end: int, line_end: int) -> None:
        self.value_span = Span(min(self.value_span.start, start), max(self.value_span.end, end))
        self.end = max(self.end, line_end)

    def field(self, key: str, value: Any) -> Field:
        span = Span(self.start, self.end)
        if self.node is not None:
            return Field(key, self.node, self.key_span, span)
        if self.table is not None:
            return Field(key, self.table.node(value, self.value_span), self.key_span, span)
        items = tuple(
            table.node(values, place) for (table, place), values in zip(self.tables, value, strict=True)
        )
        return Field(key, Node(value, self.value_span, items), self.key_span, span)


class _Scanner:
    """Walks valid TOML and notes where everything stands."""

    def __init__(self, text: str, content: Span, values: dict[str, Any]) -> None:
        self._text = text
        self._at = content.start
        self._end = content.end
        self._values = values
        self._count = 0
        self._depth = 0  # of inline tables, counted in parts of keys
        self._root = _Table()

    def fields(self) -> tuple[Field, ...]:
        table, values = self._root, self._values
        path: list[_Entry] = []
        self._skip(_BLANK)
        while self._at < self._end:
            if self._text[self._at] == "[":
                table, values, path = self._header()
            else:
                for entry in (*path, *self._pair(table, values)):
                    entry.grow(entry.value_span.start, self._at, self._line_end())
                if path and path[-1].tables:
                    last, span = path[-1].tables[-1]
                    path[-1].tables[-1] = (last, Span(span.start, self._at))
            self._skip(_BLANK)
        return self._root.node(self._values, Span(0, 0)).fields

    def _header(self) -> tuple[_Table, dict[str, Any], list[_Entry]]:
        start = self._at
        is_list = self._text.startswith("[[", start)
        self._at += 2 if is_list else 1
        keys = self._keys()
        self._at += 2 if is_list else 1
        table, values = self._root, self._values
        path = []
        for index, (key, key_span) in enumerate(keys):
            last = index == len(keys) - 1
            entry = table.entries.get(key)
            if entry is None:
                entry = table.entries[key] = _Entry(key_span)
                entry.start = start
                entry.value_span = Span(start, self._at)
            entry.grow(start, self._at, self._line_end())
            path.append(entry)
            if is_list and last:
                entry.tables.append((_Table(), Span(start, self._at)))
            if entry.tables:
                table = entry.tables[-1][0]
                values = values[key][len(entry.tables) - 1]
            else:
                table, values = self._subtable(entry), values[key]
        return table, values, path

    def _pair(self, table: _Table, values: dict[str, Any], inline: bool = False) -> list[_Entry]:
        """Read `a.b = value`; returns the entries of the parts of the key."""
        keys = self._keys()
        self._depth += len(keys)
        if self._depth > limits.FRONT_MATTER_DEPTH:
            raise too_deep(keys[0][1].start)
        path = []
        for key, key_span in keys[:-1]:
            entry = table.entries.setdefault(key, _Entry(key_span))
            path.append(entry)
            table, values = self._subtable(entry), values[key]
        key, key_span = keys[-1]
        entry = table.entries[key] = _Entry(key_span)
        self._skip(_SPACE)
        self._at += 1  # the equals sign
        self._skip(_SPACE)
        entry.node = self._value(values[key])
        self._depth -= len(keys)
        path.append(entry)
        for part in path:
            part.start = min(part.start, keys[0][1].start)
            part.grow(part.value_span.start, self._at, self._at if inline else self._line_end())
        return path

    @staticmethod
    def _subtable(entry: _Entry) -> _Table:
        if entry.table is None:
            entry.table = _Table()
        return entry.table

    def _keys(self) -> list[tuple[str, Span]]:
        keys = []
        while True:
            self._skip(_SPACE)
            match = self._match(_KEY)
            raw = match.group()
            key = tomllib.loads(f"x={raw}")["x"] if raw[0] in "\"'" else raw
            keys.append((key, Span(*match.span())))
            if len(keys) > limits.FRONT_MATTER_DEPTH:
                raise too_deep(match.start())
            self._skip(_SPACE)
            if self._text[self._at] != ".":
                return keys
            self._at += 1

    def _value(self, value: Any) -> Node:
        self._count += 1
        if self._count > limits.FRONT_MATTER_NODES:
            raise too_many(self._at)
        start = self._at
        if self._text[start] == "[":
            items: list[Node] = []
            self._at += 1
            self._skip(_BLANK)
            while self._text[self._at] != "]":
                items.append(self._value(value[len(items)]))
                self._over_comma()
            self._at += 1
            return Node(value, Span(start, self._at), tuple(items))
        if self._text[start] == "{":
            table = _Table()
            self._at += 1
            self._skip(_BLANK)
            while self._text[self._at] != "}":
                self._pair(table, value, inline=True)
                self._over_comma()
            self._at += 1
            return table.node(value, Span(start, self._at))
        return Node(value, Span(*self._match(_SCALAR).span()))

    def _over_comma(self) -> None:
        self._skip(_BLANK)
        if self._text[self._at] == ",":
            self._at += 1
            self._skip(_BLANK)

    def _line_end(self) -> int:
        found = self._text.find("\n", self._at, self._end)
        return self._end if found == -1 else found + 1

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self._text, self._at, self._end)
        if match:
            self._at = match.end()

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str]:
        match = pattern.match(self._text, self._at, self._end)
        if match is None:
            raise Unreadable("Front matter is not valid TOML", self._at)
        self._at = match.end()
        return match


_PLAIN_WORDS = (
    ("Cannot overwrite a value", "a key stands twice"),
    ("Cannot declare", "a table stands twice"),
    ("Cannot mutate immutable namespace", "a table is written in two ways"),
    ("Expected '=' after a key", "a line is not `key = value`"),
    ("Invalid statement", "a line is not `key = value`"),
    ("Invalid value", "a text value needs quotes"),
    ("Invalid date or datetime", "a date that no calendar has"),
    ("Expected newline or end of document", "text after a value, or without quotes"),
    ("Unterminated string", "a quote is not closed"),
    ("Illegal character '\\n'", "a quote is not closed on its line"),
    ("Illegal character", "a control character"),
    ("Unescaped '\\'", "a single `\\` in double quotes"),
    ("Invalid hex value", "an unknown `\\` escape in double quotes"),
    ("Unclosed array", "a `[` list is not closed"),
    ("Unclosed inline table", "a `{` table is not closed"),
)


def _fault(problem: str, text: str, block: str, base: int) -> Unreadable:
    place = _PLACE.search(problem)
    at = len(block.rstrip())
    if place and place.group(1):
        line_start = sum(len(line) + 1 for line in block.split("\n")[: int(place.group(1)) - 1])
        at = min(line_start + int(place.group(2)) - 1, len(block))
    problem = problem[: place.start()] if place else problem
    words = next((plain for technical, plain in _PLAIN_WORDS if problem.startswith(technical)), problem)
    if words == "a key stands twice":
        twice = _twice(text, block, base, at)
        if twice:
            return twice
    return Unreadable(f"Front matter is not valid TOML: {words}", base + at)


def _twice(text: str, block: str, base: int, at: int) -> Unreadable | None:
    """Both places of a plain top-level key that stands twice; ``at`` is behind the second value."""
    line_start = block.rfind("\n", 0, at) + 1
    if line_start == at and at:  # tomllib points behind the newline
        line_start = block.rfind("\n", 0, at - 1) + 1
    key = re.match(r"[ \t]*([A-Za-z0-9_-]+)[ \t]*=", block[line_start:])
    if key is None:
        return None
    name = key.group(1)
    start = line_start + key.start(1)
    first = re.search(rf"^[ \t]*({re.escape(name)})[ \t]*=", block[:line_start], re.MULTILINE)
    if first is None:
        return None
    second = Span(base + start, base + start + len(name))
    return stands_twice(name, text, Span(base + first.start(1), base + first.end(1)), second)
