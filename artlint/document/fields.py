"""What front matter is made of: nodes and fields with spans; limits that every reader keeps."""

from __future__ import annotations

import datetime
from collections.abc import Hashable
from typing import NamedTuple

from artlint import limits
from artlint.source import Span

Value = (
    None | bool | int | float | str | datetime.date | datetime.time | list["Value"] | dict[Hashable, "Value"]
)


class Node(NamedTuple):
    """A value with its span (quotes and brackets included), and what is inside a list or mapping."""

    value: Value
    span: Span
    items: tuple[Node, ...] = ()
    fields: tuple[Field, ...] = ()

    def at(self, path: tuple[str | int, ...]) -> Node:
        """The node that a path of keys and indexes leads to; the last one that exists."""
        node = self
        for step in path:
            if isinstance(step, int):
                inner = node.items[step : step + 1]
            else:
                inner = tuple(entry.node for entry in node.fields if entry.key == step)
            if not inner:
                return node
            node = inner[0]
        return node


class Field(NamedTuple):
    """A key and its value. ``span`` runs from the key to the end of its last line, newline included.

    The key is the text of the source, also where YAML reads it as a number or a boolean. In JSON and
    in collections of one line ``span`` ends with the value.
    """

    key: str
    node: Node
    key_span: Span
    span: Span

    @property
    def value(self) -> Value:
        return self.node.value

    @property
    def value_span(self) -> Span:
        return self.node.span


class Fault(NamedTuple):
    """Why the block cannot be read: a message in plain words, and where."""

    message: str
    span: Span


class Unreadable(Exception):
    """Raised by a reader; carries the fault."""

    def __init__(self, message: str, start: int, end: int | None = None) -> None:
        super().__init__(message)
        self.fault = Fault(message, Span(start, start + 1 if end is None else max(start, end)))


def stands_twice(key: str, text: str, first: Span, second: Span) -> Unreadable:
    """The fault of a key that a mapping holds twice; lines count from the top of the file."""
    line = text.count("\n", 0, first.start) + 1
    return Unreadable(f"Key `{_short(key)}` stands twice; the first is on line {line}", *second)


def check_length(span: Span) -> None:
    """Raises Unreadable when a block is longer than any front matter is."""
    if span.end - span.start > limits.FRONT_MATTER_SIZE:
        raise Unreadable(f"Front matter is longer than {limits.FRONT_MATTER_SIZE:,} characters", span.start)


def too_deep(at: int) -> Unreadable:
    """The fault of a block nested too deeply."""
    return Unreadable(f"Front matter is nested deeper than {limits.FRONT_MATTER_DEPTH} levels", at)


def too_many(at: int) -> Unreadable:
    """The fault of a block with too many values."""
    return Unreadable(f"Front matter has more than {limits.FRONT_MATTER_NODES:,} values", at)


def _short(key: str) -> str:
    return key if len(key) <= 24 else f"{key[:23]}…"
