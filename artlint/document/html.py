"""HTML with positions.

The tree, its spans and its selectors are turbohtml's (WHATWG tree builder). Text and comments have
no position in that tree; they come from the tokens. All offsets of this module are code points into
the *whole* source: ``base`` is added to what the parser says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Set
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from artlint.document.element import Element
from artlint.document.elements import INLINE, INVISIBLE, KNOWN, VERBATIM
from artlint.document.html_limits import check_amount, check_attributes, check_nesting, is_large
from artlint.document.nodes import Node, plain_nodes, plain_texts
from artlint.document.parser import turbohtml
from artlint.document.plain import (
    has_only_markup,
    has_text_beside_blocks,
    may_be_empty,
    nesting,
    plain_parts,
    tag_of,
)
from artlint.document.plain_element import PlainElement, plain_elements, side_by_side, those
from artlint.document.selectors import may_select, simple_selector
from artlint.document.tokens import Token, parsed_tokens, tokens_of_parts
from artlint.pattern_lazy import lazily
from artlint.source import Span

_COMMENT_START = lazily(r"<[!?]|</[^a-zA-Z>]")
_VERBATIM = ",".join(sorted(VERBATIM))


class Comment(NamedTuple):
    """A comment: its whole span and the text between the marks."""

    span: Span
    data: str


class Html:
    """A parsed piece of HTML that starts at offset ``base`` of the source.

    ``text`` is what the parser is to see: the source's own text, or that text with code masked by
    filler of the same length.
    """

    def __init__(self, text: str, base: int = 0) -> None:
        self.text = text
        self.base = base
        self._selected: dict[str, list[Element]] = {}

    @cached_property
    def root(self) -> turbohtml.Element:
        """The parser's tree: a synthetic element that holds the top-level nodes."""
        self.check_limits()
        return turbohtml.parse_fragment(self.text, source_locations=True)

    def check_limits(self) -> None:
        """Raise LimitError before the tree is built."""
        check_amount(self.text)
        if is_large(self.text):
            check_attributes(self.tokens, self.text, self.base)  # reading the tokens checks the nesting

    def select(self, selector: str) -> list[Element]:
        """The elements that match a CSS selector, in document order; only those with a span."""
        found = self._selected.get(selector)
        if found is None:
            found = self._selected[selector] = self._select(selector)
        return found.copy()

    def _select(self, selector: str) -> list[Element]:
        if self.is_simple:
            if not may_select(selector, self.tags):
                return []
            wanted = simple_selector(selector)
            if wanted is not None:
                return those(wanted, self.plain_elements)
        return [element for element in map(self.element, self.root.select(selector)) if element.has_span]

    @cached_property
    def nodes(self) -> list[turbohtml.Element]:
        """Every element of the parser's tree, in document order."""
        return list(self.root.iter_elements())

    @cached_property
    def _made(self) -> dict[turbohtml.Element, Element]:
        """The elements of nodes: of simple markup all of them, of any other those that were asked for."""
        return dict(zip(self.nodes, self.elements, strict=True)) if self.is_simple else {}

    def element(self, node: turbohtml.Element) -> Element:
        """The element of a node of the tree, one for each."""
        found = self._made.get(node)
        if found is None:
            found = self._made[node] = Element(node, self)
        return found

    @cached_property
    def parts(self) -> list[str] | None:
        """Text and tags in turn, of plain markup; None for any other (see ``plain``)."""
        return plain_parts(self.text)

    @cached_property
    def _nesting(self) -> list[int] | None:
        return None if self.parts is None else nesting(self.parts[1::2])

    @cached_property
    def tags(self) -> frozenset[str]:
        """The names of all tags of plain markup."""
        return frozenset(tag_of(part)[1] for part in set((self.parts or ())[1::2]))

    @property
    def _simple_parts(self) -> list[str] | None:
        """The parts of markup whose tree is known to be their nesting."""
        return self.parts if self.is_simple else None

    def may_have_empty(self, filled: Set[str]) -> bool:
        """Whether an element may hold neither text nor one of these elements; False says surely not."""
        parts = self._simple_parts
        return parts is None or may_be_empty(parts, filled)

    def may_have_bare_text(self, containers: Set[str], pictures: Set[str]) -> bool:
        """Whether text may stand beside a block right inside one of these; False says surely not."""
        parts = self._simple_parts
        return parts is None or has_text_beside_blocks(parts, containers, pictures)

    @cached_property
    def is_simple(self) -> bool:
        """Whether the tree is known to be the nesting of the tags, without a look at it."""
        return self._nesting is not None

    @cached_property
    def _offsets(self) -> list[int]:
        """Where each part of plain markup starts, and where the last one ends."""
        return list(accumulate(map(len, self.parts or ()), initial=self.base))

    def tag_span(self, number: int) -> Span:
        """The span of a tag or comment of plain markup, by its place among them."""
        offsets, index = self._offsets, 2 * number + 1
        return Span(offsets[index], offsets[index + 1])

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Every token, in source order."""
        check_amount(self.text)
        if self.parts is None:
            tokens = tuple(parsed_tokens(self.text, self.base))
        else:
            tokens = tuple(tokens_of_parts(self.parts, self._offsets))
        check_nesting(tokens)
        return tokens

    def tokens_in(self, span: Span) -> tuple[Token, ...]:
        """The tokens that start inside a span."""
        first = bisect_left(self._token_starts, span.start)
        last = bisect_left(self._token_starts, span.end, lo=first)
        return self.tokens[first:last]

    def tokens_around(self, span: Span, count: int) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
        """Up to so many tokens right before a span, of which the last may reach into it, and behind it."""
        first = bisect_left(self._token_starts, span.start)
        last = bisect_left(self._token_starts, span.end, lo=first)
        return self.tokens[max(first - count, 0) : first], self.tokens[last : last + count]

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.span.start for token in self.tokens]

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        if not _COMMENT_START.search(self.text):
            return ()
        if self.parts is not None:
            tags = enumerate(map(tag_of, self.parts[1::2]))
            return tuple(
                [Comment(self.tag_span(at), data) for at, (kind, _, data) in tags if kind == "comment"]
            )
        return tuple([Comment(token.span, token.data) for token in self.tokens if token.kind == "comment"])

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Every element that has a start tag in the source, in document order."""
        if self.is_simple:
            return self.plain_elements
        return tuple(element for element in map(self.element, self.nodes) if element.has_span)

    @cached_property
    def plain_elements(self) -> tuple[PlainElement, ...]:
        """The elements of markup whose tree is known to be its nesting."""
        self.check_limits()
        return plain_elements(self, (self.parts or ())[1::2], self._nesting or ())

    @property
    def top_elements(self) -> list[Element]:
        """Every element of the tree that no other one holds."""
        if self.is_simple:
            return list(side_by_side(self.plain_elements, 0, len(self.plain_elements)))
        return [self.element(node) for node in self.root.children if isinstance(node, turbohtml.Element)]

    @property
    def all_text(self) -> str:
        """The text of all elements, decoded, one after another."""
        return "".join(self.texts) if self.is_simple else self.root.text

    @cached_property
    def texts(self) -> list[str]:
        """The texts of plain markup, decoded: that before its first tag, and one behind each tag."""
        return plain_texts(self.parts or ())

    @cached_property
    def elements_with_attributes(self) -> tuple[Element, ...]:
        """Those of ``elements`` that have an attribute."""
        if self.parts is None or not self.is_simple:
            return tuple(element for element in self.elements if element.attribute_names)
        tags = [part for part in self.parts[1::2] if tag_of(part)[0] == "start"]
        return tuple(e for e, tag in zip(self.elements, tags, strict=True) if "=" in tag or " " in tag)

    @property
    def all_elements(self) -> Iterator[Element]:
        """Every element of the tree, also those that the parser implied (they have no span)."""
        return iter(self.elements) if self.is_simple else map(self.element, self.nodes)

    @cached_property
    def verbatim_spans(self) -> tuple[Span, ...]:
        """The insides of elements whose text must stay byte for byte (``pre``, ``code``, …)."""
        return tuple(element.inner_span for element in self.select(_VERBATIM))

    @cached_property
    def top_nodes(self) -> list[Node]:
        """The whole tree, for a body without irregularity and not nested deeper than recursion allows."""
        parts = self._simple_parts
        if parts is not None:
            return plain_nodes(parts, self.texts, self.base)
        comments = iter(self.comments)
        return [self._node(child, comments) for child in self.root.children]

    def _node(self, node: turbohtml.Node, comments: Iterator[Comment]) -> Node:
        if isinstance(node, turbohtml.Text):
            return Node("", node.data, {}, [], None, True)
        if not isinstance(node, turbohtml.Element):
            comment = next(comments)
            return Node("", comment.data, {}, [], comment.span, False)
        element = self.element(node)
        children = [self._node(child, comments) for child in node.children]
        span = element.span if element.has_span else None
        return Node(node.tag, "", element.attributes, children, span, False)

    def source_of(self, node: Node) -> str:
        """The source text of a comment or element."""
        if node.span is None:
            raise ValueError(f"<{node.tag}> has no place in the source")
        return self.text[node.span.start - self.base : node.span.end - self.base]

    @property
    def has_only_markup(self) -> bool:
        """Whether the top level holds nothing but HTML elements, comments and blanks, no inline text."""
        parts = self._simple_parts
        if parts is not None:
            return has_only_markup(parts)
        for node in self.root.children:
            if isinstance(node, turbohtml.Text):
                if node.data.strip():
                    return False
            # In Markdown a line that starts with an inline element is a paragraph like any other.
            elif isinstance(node, turbohtml.Element) and (
                node.tag not in KNOWN or (node.tag in INLINE - INVISIBLE and node.text.strip())
            ):
                return False
        return True

    @property
    def inventory(self) -> list[str]:
        """Every element of the tree as a start tag with its attributes by name, to compare trees."""
        tags = []
        for node in self.nodes:
            attributes = "".join(f' {name}="{node.attr(name) or ""}"' for name in sorted(node.attrs))
            tags.append(f"<{node.tag}{attributes}>")
        return tags

    @property
    def serialized(self) -> str:
        """The tree written out: each node where the parser has put it (HTML Standard, 13.3)."""
        return str(self.root.inner_html)

    @cached_property
    def irregularity(self) -> str | None:
        """Why the tree is not simply the source's nesting, or None when it is.

        The parser moves, clones or drops nodes of malformed markup; the text of such a tree is in
        another order than the source, and it cannot be written back without a repair.
        """
        if self.is_simple:
            return None
        from artlint.document.irregularity import find_irregularity

        return find_irregularity(self)
