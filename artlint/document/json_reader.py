"""JSON with spans: values by the standard library, places by a scanner that follows it.

``json`` gives no places, so after it has accepted the object a scanner walks the same text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable
from typing import Any

from artlint import limits
from artlint.document.fields import (
    Field,
    Node,
    Unreadable,
    Value,
    check_length,
    stands_twice,
    too_deep,
    too_many,
)
from artlint.source import Span

_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_NEXT = re.compile(r'[{}\[\]]|"(?:[^"\\\n]|\\.)*(?:"|(?=\n)|\Z)')
_HALF = re.compile("[\ud800-\udfff]")  # a surrogate without its other half cannot be written as UTF-8
_BLANK = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r'"(?:[^"\\\n]|\\.)*"|[^\s,\]}]+')


def end_of_object(text: str, start: int) -> int | None:
    """Where the object that opens at ``start`` ends, by its brackets; None when it does not."""
    depth = 0
    for match in _NEXT.finditer(text, start):
        mark = match.group()
        if mark in "{[":
            depth += 1
        elif mark in "]}":
            depth -= 1
            if depth <= 0:
                return match.end()
    return None


def read_json(text: str, content: Span) -> tuple[Field, ...]:
    """The fields of an object. Raises Unreadable."""
    check_length(content)
    block = text[content.start : content.end]
    _check_depth(text, content)
    try:
        json.loads(block, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        at, words = _in_plain_words(error, block)
        raise Unreadable(f"Front matter is not valid JSON: {words}", content.start + at) from None
    except _NoValue as error:
        raise Unreadable(f"Front matter is not valid JSON: {error}", content.start) from None
    except ValueError:
        raise Unreadable("Front matter holds a number of thousands of digits", content.start) from None
    return _Scanner(text).value(content.start).fields


class _NoValue(Exception):
    """Raised for what Python's reader takes and JSON does not know."""


def _refuse_constant(name: str) -> Value:
    raise _NoValue(f"`{name}` is not a JSON value")


def _check_depth(text: str, content: Span) -> None:
    depth = 0
    for match in _NEXT.finditer(text, *content):
        depth += (match.group() in "{[") - (match.group() in "]}")
        if depth > limits.FRONT_MATTER_DEPTH:
            raise too_deep(match.start())


class _Scanner:
    """Walks valid JSON and notes where everything stands."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._count = 0

    def value(self, at: int) -> Node:
        self._count += 1
        if self._count > limits.FRONT_MATTER_NODES:
            raise too_many(at)
        if self._text[at] == "{":
            return self._object(at)
        if self._text[at] == "[":
            return self._array(at)
        match = _match(_SCALAR, self._text, at)
        return Node(_decoded(match), Span(*match.span()))

    def _array(self, at: int) -> Node:
        items: list[Node] = []
        place = self._skip(at + 1)
        while self._text[place] != "]":
            items.append(self.value(place))
            place = self._after_comma(items[-1].span.end)
        return Node([item.value for item in items], Span(at, place + 1), tuple(items))

    def _object(self, at: int) -> Node:
        fields: dict[str, Field] = {}
        values: dict[Hashable, Value] = {}
        place = self._skip(at + 1)
        while self._text[place] != "}":
            match = _match(_STRING, self._text, place)
            key, key_span = _decoded(match), Span(*match.span())
            if key in fields:
                raise stands_twice(key, self._text, fields[key].key_span, key_span)
            node = self.value(self._skip(self._skip(key_span.end) + 1))  # over the colon
            fields[key] = Field(key, node, key_span, Span(key_span.start, node.span.end))
            values[key] = node.value
            place = self._after_comma(node.span.end)
        return Node(values, Span(at, place + 1), fields=tuple(fields.values()))

    def _skip(self, at: int) -> int:
        return _match(_BLANK, self._text, at).end()

    def _after_comma(self, at: int) -> int:
        place = self._skip(at)
        return self._skip(place + 1) if self._text[place] == "," else place


def _decoded(match: re.Match[str]) -> Any:
    """A string or other scalar. Raises Unreadable for a string that cannot be written."""
    value = json.loads(match.group())
    if isinstance(value, str) and _HALF.search(value):
        raise Unreadable("Front matter is not valid JSON: an escape is half a character", match.start())
    return value


def _match(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str]:
    match = pattern.match(text, at)
    if match is None:
        raise Unreadable("Front matter is not valid JSON", at)
    return match


_PLAIN_WORDS = (
    ("Expecting property name", "a key in double quotes is missing here"),
    ("Expecting ',' delimiter", "a comma is missing between two entries"),
    ("Expecting ':' delimiter", "a `:` is missing after a key"),
    ("Expecting value", "a value is missing, or text without quotes"),
    ("Invalid control character", "a line break or tab inside a string"),
    ("Invalid \\escape", "an unknown `\\` escape in a string"),
    ("Unterminated string", "a quote is not closed"),
)


def _in_plain_words(error: json.JSONDecodeError, block: str) -> tuple[int, str]:
    """Where, in the block, and what. Python versions point to different ends of a trailing comma."""
    before = block[: error.pos + 1].rstrip()
    before = before if before.endswith(",") else block[: error.pos].rstrip()
    if before.endswith(",") and block[len(before) :].lstrip()[:1] in ("}", "]"):
        return len(before) - 1, "a comma after the last entry"
    for technical, plain in _PLAIN_WORDS:
        if error.msg.startswith(technical):
            return error.pos, plain
    return error.pos, error.msg
