"""The tree of a piece of HTML as a formatter needs it, in plain values."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from artlint.document.attributes import attributes
from artlint.document.elements import VOID
from artlint.document.plain import is_raw, tag_of
from artlint.document.tokens import decoded
from artlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

_NONE: Mapping[str, str] = MappingProxyType({})


class Node(NamedTuple):
    """A node of the tree.

    ``tag`` is empty for text and comments. Text has ``is_text`` and its decoded ``data``; it has no
    span. An element that the parser implied (``tbody``) has none either.
    """

    tag: str
    data: str
    attributes: Mapping[str, str]
    children: list[Node]
    span: Span | None
    is_text: bool


def plain_nodes(parts: Sequence[str], base: int) -> list[Node]:
    """The top-level nodes of plain markup that starts at offset ``base`` and whose nesting is known."""
    top: list[Node] = []
    opened: list[tuple[str, int, list[Node]]] = []  # tag as written, where it starts, what holds it
    nodes = top
    at = base
    is_tag = after_pre = hidden = False
    for part in parts:
        if is_tag:
            kind, tag, data = tag_of(part)
            end = at + len(part)
            if kind == "comment":
                nodes.append(Node("", data, _NONE, [], Span(at, end), False))
            elif kind == "end":
                start_tag, start, around = opened.pop()
                around.append(Node(tag, "", attributes_of(start_tag), nodes, Span(start, end), False))
                nodes = around
            elif tag in VOID:
                nodes.append(Node(tag, "", attributes_of(part), [], Span(at, end), False))
            else:
                opened.append((part, at, nodes))
                nodes = []
            after_pre = kind == "start" and tag == "pre"
            hidden = is_raw(part)
        elif part:
            text = part if hidden else decoded(part)
            if after_pre:
                text = text.removeprefix("\n")  # HTML Standard, 13.2.6.4.7
            if text:
                nodes.append(Node("", text, _NONE, [], None, True))
        at += len(part)
        is_tag = not is_tag
    return top


@lru_cache(maxsize=4096)
def attributes_of(tag: str) -> Mapping[str, str]:
    """The attributes of a start tag by lower-case name, decoded; of two with one name the first."""
    found: dict[str, str] = {}
    for name, value, _ in attributes(tag, Span(0, len(tag))):
        found.setdefault(name, value)
    return MappingProxyType(found)
