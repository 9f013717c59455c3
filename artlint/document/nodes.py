"""The tree of a piece of HTML as a formatter needs it, in plain values."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from artlint.document.attributes import Attribute, attributes
from artlint.document.elements import VOID
from artlint.document.plain import is_raw, tag_of
from artlint.document.tokens import decoded
from artlint.remembered import remembered
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


def plain_nodes(parts: Sequence[str], texts: Sequence[str], base: int) -> list[Node]:
    """The top-level nodes of plain markup that starts at offset ``base`` and whose nesting is known.

    ``texts`` are its texts, decoded.
    """
    top: list[Node] = []
    opened: list[tuple[str, int, list[Node]]] = []  # tag as written, where it starts, what holds it
    nodes = top
    at = base
    for index, part in enumerate(parts):
        if index % 2:
            kind, tag, data = tag_of(part)
            end = at + len(part)
            if kind == "comment":
                nodes.append(Node("", data, _NONE, [], Span(at, end), False))
            elif kind == "end":
                start_tag, start, around = opened.pop()
                around.append(Node(tag, "", _values_of(start_tag), nodes, Span(start, end), False))
                nodes = around
            elif tag in VOID:
                nodes.append(Node(tag, "", _values_of(part), [], Span(at, end), False))
            else:
                opened.append((part, at, nodes))
                nodes = []
        elif part:
            text = texts[index // 2]
            if text:
                nodes.append(Node("", text, _NONE, [], None, True))
        at += len(part)
    return top


def plain_texts(parts: Sequence[str]) -> list[str]:
    """The texts of plain markup, decoded: that before its first tag, and one behind each tag."""
    texts = list(parts[::2])
    for index, text in enumerate(texts):
        if "&" in text and not (index and is_raw(parts[2 * index - 1])):
            texts[index] = decoded(text)
    for part in dict.fromkeys(parts[1::2]):
        if tag_of(part)[:2] == ("start", "pre"):
            for index in range(1, len(texts)):
                if parts[2 * index - 1] == part:
                    texts[index] = texts[index].removeprefix("\n")  # HTML Standard, 13.2.6.4.7
    return texts


@remembered(4096)
def attributes_of(tag: str) -> Mapping[str, Attribute]:
    """The attributes of a start tag by name, with offsets into the tag; of two with one name the first."""
    found: dict[str, Attribute] = {}
    for attribute in attributes(tag, Span(0, len(tag))):
        found.setdefault(attribute.name, attribute)
    return MappingProxyType(found)


@remembered(4096)
def _values_of(tag: str) -> Mapping[str, str]:
    return {name: attribute.value for name, attribute in attributes_of(tag).items()}
