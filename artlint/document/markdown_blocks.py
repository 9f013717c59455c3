"""The blocks and pictures of a Markdown body, as CommonMark reads it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from artlint.document.blocks import PICTURES, Block, folded
from artlint.document.elements import VOID
from artlint.document.markdown_events import read_events
from artlint.pattern_lazy import lazily
from artlint.source import Span

_LEAVES = {"Paragraph": "p", "Item": "li", "TableCell": "td"}
_CONTAINERS = ("BlockQuote", "List", "Item", "FootnoteDefinition", "Table")
_SEEN = lazily(r"\S")
_TAG = lazily(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")


class MarkdownImage(NamedTuple):
    """A picture in Markdown's own syntax."""

    span: Span
    url: str


class _Container:
    """A quote, list or item: where it is and how many blocks it holds.

    ``is_list``: whether one of its parts can go without the others.
    """

    def __init__(self, span: Span, is_list: bool) -> None:
        self.span = span
        self.is_list = is_list
        self.count = 0


class _Line:
    """A stretch of a leaf between two `<br>`."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = 0
        self.words: list[str] = []
        self.has_picture = False
        self.is_balanced = True

    @property
    def text(self) -> str:
        return "".join(self.words)


class _Leaf:
    """A paragraph, heading, item or cell; ``opened`` are the inline elements that are open."""

    def __init__(self, tag: str, span: Span, chain: list[_Container], lines: list[_Line]) -> None:
        self.tag = tag
        self.span = span
        self.chain = chain
        self.lines = lines
        self.breaks: list[Span] = []
        self.opened: list[str] = []
        self.pictures = 0

    @cached_property
    def text(self) -> str:
        return folded(" ".join([line.text for line in self.lines]))

    @property
    def has_picture(self) -> bool:
        return any(line.has_picture for line in self.lines)


def markdown_blocks(text: str, base: int) -> tuple[list[Block], list[MarkdownImage]]:
    """The blocks and pictures of a text that starts at offset ``base`` of the source."""
    reader = _Reader(base)
    reader.read(text)
    return list(_blocks(text, base, reader.leaves)), reader.images


class _Reader:
    def __init__(self, base: int) -> None:
        self.leaves: list[_Leaf] = []
        self.images: list[MarkdownImage] = []
        self._base = base
        self._containers: list[_Container] = []
        self._open: list[_Leaf] = []

    def read(self, text: str) -> None:
        for kind, name, value, start, end in read_events(text).rows():
            if kind == "Start":
                self._start(name, value, Span(start, end))
            elif kind == "End":
                self._end(name)
            elif self._open:
                self._inside(self._open[-1], kind, value, start, end)

    def _start(self, name: str, value: Any, span: Span) -> None:
        if name in _CONTAINERS:
            self._containers.append(_Container(span, name in ("List", "Table")))
        if name in _LEAVES or name == "Heading":
            tag = _LEAVES.get(name) or str(value["Heading"]["level"]).lower()
            leaf = _Leaf(tag, span, list(self._containers), [_Line(span.start)])
            self.leaves.append(leaf)
            self._open.append(leaf)
        elif name == "Image":
            self.images.append(MarkdownImage(span.moved(self._base), str(value["Image"]["dest_url"])))
            if self._open:
                self._open[-1].lines[-1].has_picture = True
                self._open[-1].pictures += 1
        elif self._open:
            self._open[-1].opened.append(name)

    def _end(self, name: str) -> None:
        if name in _LEAVES or name == "Heading":
            leaf = self._open.pop()
            leaf.lines[-1].end = leaf.span.end
            leaf.lines[-1].is_balanced &= not leaf.opened
        elif name == "Image" and self._open:
            self._open[-1].pictures -= 1
        elif self._open and self._open[-1].opened:
            self._open[-1].opened.pop()
        if name in _CONTAINERS:
            self._containers.pop()

    def _inside(self, leaf: _Leaf, kind: str, value: Any, start: int, end: int) -> None:
        line = leaf.lines[-1]
        if leaf.pictures:
            return  # the alternative text of a picture is not the block's
        if kind in ("Text", "Code"):
            line.words.append(str(value))
        elif kind.endswith("Break"):
            line.words.append(" ")
        elif kind == "InlineHtml" and (tag := _TAG.match(str(value))):
            name = tag.group(2).lower()
            if name == "br" and not leaf.opened:
                line.end = start
                leaf.breaks.append(Span(start, end))
                leaf.lines.append(_Line(end))
            elif name == "br":
                line.words.append(" ")
            elif name in PICTURES:
                line.has_picture = True
            elif tag.group(1):
                line.is_balanced &= bool(leaf.opened) and leaf.opened.pop() == name
            elif name not in VOID:
                leaf.opened.append(name)


def _blocks(text: str, base: int, leaves: list[_Leaf]) -> Iterator[Block]:
    leaves = [leaf for leaf in leaves if leaf.text or leaf.has_picture]
    for leaf in leaves:
        for container in leaf.chain:
            container.count += 1
    for leaf in leaves:
        if leaf.breaks:
            yield from _line_blocks(text, base, leaf)
        elif leaf.text:
            cut = _cut(text, leaf, base) if leaf.lines[0].is_balanced else None
            yield Block(_stripped(text, leaf.span, base), leaf.text, leaf.tag, cut, leaf.has_picture)


def _line_blocks(text: str, base: int, leaf: _Leaf) -> Iterator[Block]:
    for index, line in enumerate(leaf.lines):
        if not folded(line.text):
            continue
        span = _stripped(text, Span(line.start, line.end), base)
        if index:  # the break before the line goes with it
            cut = Span(base + leaf.breaks[index - 1].start, span.end)
        else:
            cut = Span(span.start, base + leaf.breaks[0].end)
        yield Block(span, folded(line.text), "", cut if line.is_balanced else None, line.has_picture)


def _stripped(text: str, place: Span, base: int) -> Span:
    """The place without blanks at its ends, as a span of the source."""
    inner = text[place.start : place.end]
    start = place.start + len(inner) - len(inner.lstrip())
    return Span(base + start, base + start + len(inner.strip()))


def _cut(text: str, leaf: _Leaf, base: int) -> Span | None:
    place: Span | None = leaf.span
    for container in reversed(leaf.chain):
        if container.count > 1:
            # One paragraph of a quote or item: its marks would stay behind.
            place = place if container.is_list else None
            break
        place = container.span
    return None if place is None or leaf.tag == "td" else _whole_lines(text, place, base)


def _whole_lines(text: str, place: Span, base: int) -> Span:
    """The lines of a Markdown block with the blank line that parts it from its neighbour."""
    start = text.rfind("\n", 0, place.start) + 1
    end = place.start + len(text[place.start : place.end].rstrip("\n"))
    end += text[end : end + 1] == "\n"
    if start == 0 or text.endswith("\n\n", 0, start):
        while text[end : end + 1] == "\n":
            end += 1
    if not _SEEN.search(text, end):  # the last block: the blank lines before it go, those behind it stay
        end = start + len(text[start : place.end].rstrip("\n"))
        start = len(text[:start].rstrip("\n"))
    return Span(base + start, base + end)
