"""An element of the tree with the places of its parts in the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from artlint.document.elements import OPTIONAL_END, VOID
from artlint.document.parser import turbohtml
from artlint.source import Span

if TYPE_CHECKING:
    from artlint.document.html import Html


class Element:
    """An element of the tree with the spans of its parts; ``Html.element`` makes one for each node."""

    __slots__ = ("_end_tag", "_node", "_place", "_span", "_start_tag", "html")

    def __init__(self, node: turbohtml.Element, html: Html) -> None:
        self._node = node
        self.html = html
        # Made anew by the parser each time it is asked, so asked once, and only when needed.
        self._place = node.source_location
        self._start_tag: Span | None = None
        self._end_tag: Span | None = None
        self._span: Span | None = None

    @property
    def has_span(self) -> bool:
        """Whether the element has a start tag in the source; the parser implies some."""
        return self._place is not None

    @property
    def tag(self) -> str:
        return self._node.tag

    @property
    def text(self) -> str:
        """All text inside, decoded."""
        return self._node.text

    @property
    def attributes(self) -> dict[str, str]:
        """Attribute values by lower-case name, decoded; the empty string for one without a value."""
        return {name: self.attribute(name) or "" for name in self._node.attrs}

    @property
    def attribute_names(self) -> list[str]:
        """Lower-case attribute names in source order."""
        return list(self._node.attrs)

    def attribute(self, name: str) -> str | None:
        value = self._node.attr(name)
        return "" if value is None and name in self._node.attrs else value

    @property
    def start_tag(self) -> Span:
        if self._start_tag is None:
            self._read_place()
        return self._start_tag  # type: ignore[return-value]  # read just now

    @property
    def end_tag(self) -> Span | None:
        if self._start_tag is None:
            self._read_place()
        return self._end_tag

    def _read_place(self) -> None:
        place, base = self._location, self.html.base
        start, end = place.start_tag, place.end_tag
        self._start_tag = Span(start.start_offset + base, start.end_offset + base)
        if end is not None:
            self._end_tag = Span(end.start_offset + base, end.end_offset + base)

    def attribute_span(self, name: str) -> Span:
        """The span of ``name="value"``. Raises KeyError when the element has no such attribute."""
        place, base = self._location.attrs[name], self.html.base
        return Span(place.start_offset + base, place.end_offset + base)

    @property
    def span(self) -> Span:
        """From the start tag to the end tag, or to where the parser closed the element."""
        if self._span is None:
            start, end_tag = self.start_tag, self.end_tag
            if end_tag is not None:
                self._span = Span(start.start, end_tag.end)
            elif self.tag in VOID:
                self._span = start
            else:
                # The parser may have moved the element before its own place (out of a table).
                self._span = Span(start.start, max(start.end, self._implied_end()))
        return self._span

    @property
    def inner_span(self) -> Span:
        end_tag = self.end_tag
        return Span(self.start_tag.end, self.span.end if end_tag is None else end_tag.start)

    @property
    def parent(self) -> Element | None:
        """The element around this one; None at the top level."""
        node = self._node.parent
        if not isinstance(node, turbohtml.Element) or node == self.html.root:
            return None
        return self.html.element(node)

    @property
    def children(self) -> list[Element]:
        nodes = (node for node in self._node.children if isinstance(node, turbohtml.Element))
        return [self.html.element(node) for node in nodes]

    @property
    def has_text(self) -> bool:
        """Whether a text node that is not blank is a direct child."""
        return any(isinstance(node, turbohtml.Text) and node.data.strip() for node in self._node.children)

    def select(self, selector: str) -> list[Element]:
        make = self.html.element
        return [element for element in map(make, self._node.select(selector)) if element.has_span]

    def matches(self, selector: str) -> bool:
        return self._node.matches(selector)

    @property
    def is_sound(self) -> bool:
        """Whether the source between the tags is well nested, so that the element may be cut out."""
        return self.left_open is not None

    @property
    def left_open(self) -> list[str] | None:
        """The tags inside that only the end of this element closes, the outer ones first.

        None when the source is not well nested. Judged on the tags themselves, not on the tree: an
        element whose end tag is missing or that crosses another one is not sound.
        """
        if self.tag in VOID:
            return []
        end_tag = self.end_tag
        if end_tag is None:
            return None
        open_tags: list[str] = []
        for token in self.html.tokens_in(self.inner_span):
            if token.kind == "start":
                if token.tag not in VOID:
                    open_tags.append(token.tag)
            elif token.kind == "end" and token.tag not in VOID and not _close(open_tags, token.tag):
                return None
        return open_tags if all(tag in OPTIONAL_END for tag in open_tags) else None

    @property
    def _location(self) -> turbohtml.SourceLocation:
        if self._place is None:
            self._place = self._node.source_location
            if self._place is None:
                raise ValueError(f"<{self.tag}> has no place in the source")
        return self._place

    def _implied_end(self) -> int:
        for sibling in self._node.next_siblings:
            location = sibling.source_location
            if location is not None:
                return location.start_tag.start_offset + self.html.base
        node = self._node.parent
        while isinstance(node, turbohtml.Element) and node != self.html.root:
            # No recursion: markup may nest deeper than Python does.
            location = node.source_location
            if location is not None and location.end_tag is not None:
                return location.end_tag.start_offset + self.html.base
            if location is not None:
                places = (sibling.source_location for sibling in node.next_siblings)
                following = next((place for place in places if place is not None), None)
                if following is not None:
                    return following.start_tag.start_offset + self.html.base
            node = node.parent
        return self.html.base + len(self.html.text)


def _close(open_tags: list[str], tag: str) -> bool:
    """Close ``tag``, and before it those whose end tag may be left out; False when it is not open."""
    while open_tags:
        opened = open_tags.pop()
        if opened == tag:
            return True
        if opened not in OPTIONAL_END:
            return False
    return False
