"""The elements of plain markup: its tags say what the parser's tree would.

Only a selector that asks for more than tags and attributes needs the tree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import TYPE_CHECKING

from artlint.document.element import Element
from artlint.document.nodes import attributes_of
from artlint.document.plain import tag_of
from artlint.document.selectors import simple_selector
from artlint.source import Span

if TYPE_CHECKING:
    from artlint.document.html import Html


class PlainElement(Element):
    """An element of plain markup whose nesting is known.

    ``number`` is its place among all elements, ``after`` that of the first one behind it and what it
    holds; ``first`` and ``last`` are those of its tags among all tags and comments.
    """

    __slots__ = ("_source", "after", "first", "last", "number", "parent", "tag")

    tag: str
    parent: Element | None
    has_span = True

    def __init__(
        self,
        html: Html,
        source: str,
        tag: str,
        numbers: tuple[int, int],
        tags: tuple[int, int],
        parent: Element | None,
    ) -> None:
        self.html = html
        self._source = source
        self.tag = tag
        self.number, self.after = numbers
        self.first, self.last = tags
        self.parent = parent
        self._start_tag = self._span = None

    def _read_place(self) -> None:
        first, last = self.first, self.last
        self._start_tag = self.html.tag_span(first - 1)
        self._end_tag = None if first == last else self.html.tag_span(last - 1)

    @property
    def text(self) -> str:
        return "".join(self.html.texts[self.first : self.last])

    @property
    def attributes(self) -> dict[str, str]:
        return {name: attribute.value for name, attribute in attributes_of(self._source).items()}

    @property
    def attribute_names(self) -> list[str]:
        return list(attributes_of(self._source))

    def attribute(self, name: str) -> str | None:
        found = attributes_of(self._source).get(name)
        return None if found is None else found.value

    def attribute_span(self, name: str) -> Span:
        place, start = attributes_of(self._source)[name].span, self.start_tag.start
        return Span(start + place.start, start + place.end)

    @property
    def children(self) -> list[Element]:
        return list(side_by_side(self.html.plain_elements, self.number + 1, self.after))

    @property
    def has_text(self) -> bool:
        start = self.first
        for child in side_by_side(self.html.plain_elements, self.number + 1, self.after):
            if any(map(str.strip, self.html.texts[start : child.first])):
                return True
            start = child.last
        return any(map(str.strip, self.html.texts[start : self.last]))

    def select(self, selector: str) -> list[Element]:
        wanted = simple_selector(selector)
        if wanted is None:
            self._node = self.html.nodes[self.number]
            return super().select(selector)
        return those(wanted, self.html.plain_elements[self.number + 1 : self.after])

    def matches(self, selector: str) -> bool:
        wanted = simple_selector(selector)
        if wanted is None:
            self._node = self.html.nodes[self.number]
            return super().matches(selector)
        return bool(those(wanted, (self,)))

    @property
    def left_open(self) -> list[str]:
        return []

    def has_any(self, sets: Collection[Set[str]]) -> bool:
        """Whether the element has all attributes of one of the sets, or there is none."""
        if not sets:
            return True
        own = attributes_of(self._source).keys()
        return any(names <= own for names in sets)


def plain_elements(html: Html, tags: Sequence[str], partners: Sequence[int]) -> tuple[PlainElement, ...]:
    """The elements of plain markup with these tags, of which the nesting is known, in source order."""
    found: list[PlainElement] = []
    opened: list[PlainElement | None] = [None]
    for number, (part, partner) in enumerate(zip(tags, partners, strict=True)):
        if partner >= number:  # a start tag
            tag = tag_of(part)[1]
            own = len(found)
            element = PlainElement(html, part, tag, (own, own + 1), (number + 1, partner + 1), opened[-1])
            found.append(element)
            if partner != number:
                opened.append(element)
        elif partner != -1 and (closed := opened.pop()):
            closed.after = len(found)
    return tuple(found)


def side_by_side(elements: Sequence[PlainElement], start: int, end: int) -> Iterator[PlainElement]:
    """Of the elements from one place to another those that none of them holds."""
    while start < end:
        yield elements[start]
        start = elements[start].after


def those(wanted: Mapping[str, Collection[Set[str]]], elements: Iterable[PlainElement]) -> list[Element]:
    """Those of the elements that a simple selector asks for."""
    anywhere = wanted.get("")
    if anywhere is None:
        return [e for e in elements if e.tag in wanted and e.has_any(wanted[e.tag])]
    return [e for e in elements if e.has_any(anywhere) or (e.tag in wanted and e.has_any(wanted[e.tag]))]
