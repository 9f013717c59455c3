"""HTML with positions: the only module that imports the HTML parser.

The tree, its spans and its selectors are turbohtml's (WHATWG tree builder). Text and comments have
no position in that tree; they come from its tokenizer, by line and column. All offsets of this
module are code points into the *whole* source: ``base`` is added to what the parser says.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import turbohtml
from turbohtml import TokenType

from artlint import limits
from artlint.document.attributes import attributes
from artlint.document.elements import (
    AS_WRITTEN,
    BLOCK,
    INLINE,
    INVISIBLE,
    KNOWN,
    OPTIONAL_END,
    VERBATIM,
    VOID,
)
from artlint.source import Span, line_starts

_COMMENT_START = re.compile(r"<[!?]|</[^a-zA-Z>]")
_UNFINISHED = re.compile(r"<[a-zA-Z/!?][^<>]*\Z")


_ELEMENT = re.compile(r"<[a-zA-Z]")
_OPENS_TAG = re.compile(r"<[a-zA-Z/!?]")
_LEVELS = {"table": 4, "ul": 2, "ol": 2, "dl": 2}  # with the rows, cells and items in them
_LONG = 50_000  # characters; a shorter text is not worth a look at each tag
_CELLS = frozenset({"td", "th", "caption"})
_TABLE_PARTS = frozenset("table caption thead tbody tfoot tr td th".split())
_VERBATIM_BLOCKS = "pre, listing, xmp, textarea, plaintext"

# Deeper trees are not formatted: no article nests so deep, and the writer recurses.
MAX_DEPTH = 128


class Token(NamedTuple):
    """One piece of the markup: ``kind`` is text, reference, start, end or comment.

    ``data`` is the decoded text of a text or reference, the content of a comment, or empty;
    ``tag`` is the lower-case name of a start or end tag, else empty. ``visible`` says whether a
    reader sees the text (it is not inside a script, style, …).
    """

    kind: str
    span: Span
    data: str
    tag: str
    visible: bool


_KINDS = {
    TokenType.TEXT: "text",
    TokenType.CHARACTER_REFERENCE: "reference",
    TokenType.START_TAG: "start",
    TokenType.END_TAG: "end",
    TokenType.COMMENT: "comment",
    TokenType.PROCESSING_INSTRUCTION: "comment",
    TokenType.DOCTYPE: "comment",
}


class Comment(NamedTuple):
    """A comment: its whole span and the text between the marks."""

    span: Span
    data: str


class Node(NamedTuple):
    """A node of the tree as a formatter needs it.

    ``tag`` is empty for text and comments. Text has ``is_text`` and its decoded ``data``; it has no
    span. An element that the parser implied (``tbody``) has none either.
    """

    tag: str
    data: str
    attributes: dict[str, str]
    children: list[Node]
    span: Span | None
    is_text: bool


class Html:
    """A parsed piece of HTML that starts at offset ``base`` of the source.

    ``text`` is what the parser is to see: the source's own text, or that text with code masked by
    filler of the same length.
    """

    def __init__(self, text: str, base: int = 0) -> None:
        self.text = text
        self.base = base

    @cached_property
    def root(self) -> turbohtml.Element:
        """The parser's tree: a synthetic element that holds the top-level nodes."""
        self._check_limits()
        return turbohtml.parse_fragment(self.text, source_locations=True)

    def _check_limits(self) -> None:
        """Raise LimitError before the tree is built: a parser takes quadratic time on deep markup."""
        self._check_amount()
        if self.text.count("<") > limits.DEPTH or len(self.text) > _LONG:
            self._check_attributes()  # reading the tokens for it has checked the nesting

    def _check_amount(self) -> None:
        tags = self.text.count("<")
        if tags > limits.TAGS:
            raise limits.LimitError(f"too much markup: {tags:,} tags; the limit is {limits.TAGS:,}")
        elements = len(_ELEMENT.findall(self.text)) if tags > limits.ELEMENTS else 0
        if elements > limits.ELEMENTS:
            raise limits.LimitError(
                f"too much markup: {elements:,} elements; the limit is {limits.ELEMENTS:,}"
            )
        references = self.text.count("&")
        if references > limits.REFERENCES:
            raise limits.LimitError(
                f"too much markup: {references:,} character references; the limit is {limits.REFERENCES:,}"
            )

    def _check_attributes(self) -> None:
        for token in self.tokens:
            if token.kind == "start" and token.span.end - token.span.start > 2 * limits.ATTRIBUTES:
                found = attributes(self.text, token.span, self.base)
                if next(islice(found, limits.ATTRIBUTES, None), None) is not None:
                    raise limits.LimitError(f"a tag has more than {limits.ATTRIBUTES:,} attributes")

    def select(self, selector: str) -> list[Element]:
        """The elements that match a CSS selector, in document order; only those with a span."""
        found = (Element(node, self) for node in self.root.select(selector))
        return [element for element in found if element.has_span]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Every token, in source order."""
        self._check_amount()
        tokens = tuple(_tokens(self.text, self.base))
        if len(tokens) > limits.DEPTH and _nesting(tokens) > limits.DEPTH:
            raise limits.LimitError(f"markup is nested deeper than {limits.DEPTH} levels")
        return tokens

    def tokens_in(self, span: Span) -> tuple[Token, ...]:
        """The tokens that start inside a span."""
        first = bisect_left(self.tokens, span.start, key=lambda token: token.span.start)
        last = bisect_left(self.tokens, span.end, lo=first, key=lambda token: token.span.start)
        return self.tokens[first:last]

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        if not _COMMENT_START.search(self.text):
            return ()
        return tuple(Comment(token.span, token.data) for token in self.tokens if token.kind == "comment")

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Every element that has a start tag in the source, in document order."""
        found = (Element(node, self) for node in self.root.iter_elements())
        return tuple(element for element in found if element.has_span)

    @property
    def all_elements(self) -> Iterator[Element]:
        """Every element of the tree, also those that the parser implied (they have no span)."""
        return (Element(node, self) for node in self.root.iter_elements())

    @cached_property
    def verbatim_spans(self) -> tuple[Span, ...]:
        """The insides of elements whose text must stay byte for byte (``pre``, ``code``, …)."""
        return tuple(element.inner_span for element in self.select(",".join(sorted(VERBATIM))))

    @cached_property
    def top_nodes(self) -> list[Node]:
        """The whole tree, for a body without irregularity and not nested deeper than recursion allows."""
        comments = iter(self.comments)
        return [self._node(child, comments) for child in self.root.children]

    def _node(self, node: turbohtml.Node, comments: Iterator[Comment]) -> Node:
        if isinstance(node, turbohtml.Text):
            return Node("", node.data, {}, [], None, True)
        if not isinstance(node, turbohtml.Element):
            comment = next(comments)
            return Node("", comment.data, {}, [], comment.span, False)
        element = Element(node, self)
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
    def has_tag_in_tag(self) -> bool:
        """Whether a start tag holds what opens another one, to a reader who takes it for text."""
        return any(
            _OPENS_TAG.search(self.text, token.span.start - self.base + 1, token.span.end - self.base)
            for token in self.tokens
            if token.kind == "start"
        )

    @property
    def inventory(self) -> list[str]:
        """Every element of the tree as a start tag with its attributes by name, to compare trees."""
        tags = []
        for node in self.root.iter_elements():
            attributes = "".join(f' {name}="{node.attr(name) or ""}"' for name in sorted(node.attrs))
            tags.append(f"<{node.tag}{attributes}>")
        return tags

    @property
    def serialized(self) -> str:
        """The tree written out: each node where the parser has put it (HTML Standard, 13.3)."""
        return str(self.root.inner_html)

    @cached_property
    def depth(self) -> int:
        """How many elements are nested in each other at the deepest place."""
        deepest = 0
        level: list[turbohtml.Node] = [self.root]
        while level := [
            child for node in level for child in node.children if isinstance(child, turbohtml.Element)
        ]:
            deepest += 1
        return deepest

    @cached_property
    def irregularity(self) -> str | None:
        """Why the tree is not simply the source's nesting, or None when it is.

        The parser moves, clones or drops nodes of malformed markup; the text of such a tree is in
        another order than the source, and it cannot be written back without a repair.
        """
        if self.depth > MAX_DEPTH:
            return f"elements are nested deeper than {MAX_DEPTH} levels"
        if _UNFINISHED.search(self.text):
            return "a tag is not closed with `>` at the end"
        if any(element.end_tag is None for element in self.select(_VERBATIM_BLOCKS)):
            return "preformatted text is not closed"
        if _has_open_comment(self.text):
            return "a comment is not closed with `-->`"
        start = self.base - 1
        count = 0
        for node in self.root.iter_elements():
            location = node.source_location
            if location is None:
                if node.source_line is not None or node.tag not in ("tbody", "tr", "colgroup"):
                    return f"`{node.tag}` is misnested"
                continue
            if location.start_tag.start_offset <= start - self.base:
                return f"`{node.tag}` is not allowed where it stands"
            if location.end_tag is None and node.tag in AS_WRITTEN:
                return f"`<{node.tag}>` is not closed"
            start = location.start_tag.start_offset + self.base
            count += 1
        return self._lost_nodes(count)

    def _lost_nodes(self, elements: int) -> str | None:
        if sum(1 for token in self.tokens if token.kind == "start") != elements:
            return "a tag is not allowed where it stands"
        closed = {element.end_tag for element in self.elements}
        for token in self.tokens:
            if token.kind == "end" and token.span not in closed:
                return f"`</{token.tag}>` closes nothing"
        if self._has_text_in_table():
            return "text is not allowed where it stands"
        comments = sum(1 for token in self.tokens if token.kind == "comment")
        text = "".join(token.data for token in self.tokens if token.kind in ("text", "reference"))
        in_tree = 0
        parts = []
        for node in self.root.descendants:
            if isinstance(node, turbohtml.Text):
                parts.append(node.data)
            elif isinstance(node, (turbohtml.Comment, turbohtml.ProcessingInstruction)):
                in_tree += 1
        if comments != in_tree:
            return "a comment is not allowed where it stands"
        if "".join("".join(parts).split()) != "".join(text.split()):
            return "text is not allowed where it stands"
        return None

    def _has_text_in_table(self) -> bool:
        """Whether text between the cells of a table would meet a word that stands before the table.

        The parser moves such text before the table.
        """
        opened: list[tuple[str, bool]] = []
        is_word = False
        for token in self.tokens:
            if token.tag in _TABLE_PARTS:
                if token.kind == "start":
                    opened.append((token.tag, is_word or any(joins for _, joins in opened[-1:])))
                elif any(tag == token.tag for tag, _ in opened):
                    while opened.pop()[0] != token.tag:
                        pass
            if token.tag in BLOCK:
                is_word = False
            elif token.kind in ("text", "reference") and token.data.strip():
                if opened and opened[-1][0] not in _CELLS and opened[-1][1]:
                    return True
                is_word = True
        return False


def selector_problem(selector: str) -> str | None:
    """Why a text is not a CSS selector that the tree understands, or None."""
    try:
        turbohtml.parse_fragment("").select(selector)
    except ValueError as error:
        return str(error)
    return None


class Element:
    """An element of the tree with the spans of its parts; made anew for each query."""

    __slots__ = ("_node", "_place", "html")

    def __init__(self, node: turbohtml.Element, html: Html) -> None:
        self._node = node
        self._place = node.source_location  # made anew by the parser each time it is asked
        self.html = html

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Element) and self._node == other._node

    def __hash__(self) -> int:
        return hash(self._node)

    @property
    def has_span(self) -> bool:
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
        return self._span(self._location.start_tag)

    @property
    def end_tag(self) -> Span | None:
        tag = self._location.end_tag
        return None if tag is None else self._span(tag)

    def attribute_span(self, name: str) -> Span:
        """The span of ``name="value"``. Raises KeyError when the element has no such attribute."""
        return self._span(self._location.attrs[name])

    @property
    def span(self) -> Span:
        """From the start tag to the end tag, or to where the parser closed the element."""
        end_tag = self.end_tag
        if end_tag is not None:
            return Span(self.start_tag.start, end_tag.end)
        if self.tag in VOID:
            return self.start_tag
        # The parser may have moved the element before its own place (out of a table).
        return Span(self.start_tag.start, max(self.start_tag.end, self._implied_end()))

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
        return Element(node, self.html)

    @property
    def children(self) -> list[Element]:
        nodes = (node for node in self._node.children if isinstance(node, turbohtml.Element))
        return [Element(node, self.html) for node in nodes]

    @property
    def has_text(self) -> bool:
        """Whether a text node that is not blank is a direct child."""
        return any(isinstance(node, turbohtml.Text) and node.data.strip() for node in self._node.children)

    def select(self, selector: str) -> list[Element]:
        found = (Element(node, self.html) for node in self._node.select(selector))
        return [element for element in found if element.has_span]

    def matches(self, selector: str) -> bool:
        return self._node.matches(selector)

    @property
    def is_sound(self) -> bool:
        """Whether the source between the tags is well nested, so that the element may be cut out.

        Judged on the tags themselves, not on the tree: an element whose end tag is missing or that
        crosses another one is not sound.
        """
        if self.tag in VOID:
            return True
        if self.end_tag is None:
            return False
        open_tags: list[str] = []
        for token in self.html.tokens_in(self.inner_span):
            if token.kind == "start":
                if token.tag not in VOID:
                    open_tags.append(token.tag)
            elif token.kind == "end" and token.tag not in VOID and not _close(open_tags, token.tag):
                return False
        return all(tag in OPTIONAL_END for tag in open_tags)

    @property
    def _location(self) -> turbohtml.SourceLocation:
        if self._place is None:
            raise ValueError(f"<{self.tag}> has no place in the source")
        return self._place

    def _span(self, span: turbohtml.SourceSpan) -> Span:
        return Span(span.start_offset + self.html.base, span.end_offset + self.html.base)

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


def _nesting(tokens: Iterable[Token]) -> int:
    """How deep the tags nest at most, without those whose end tag may be left out."""
    opened: Counter[str] = Counter()
    depth = deepest = 0
    for token in tokens:
        if token.tag in VOID or token.tag in OPTIONAL_END or token.tag == "a":  # a link ends a link
            continue
        if token.kind == "start":
            opened[token.tag] += 1
            depth += _LEVELS.get(token.tag, 1)
            deepest = max(deepest, depth)
        elif token.kind == "end" and opened[token.tag]:
            opened[token.tag] -= 1
            depth -= _LEVELS.get(token.tag, 1)
    return deepest


def _has_open_comment(text: str) -> bool:
    start = text.rfind("<!--")
    return start >= 0 and not re.compile(r"-->|--!>").search(text, start + 2)


def _close(open_tags: list[str], tag: str) -> bool:
    """Close ``tag``, and before it those whose end tag may be left out; False when it is not open."""
    while open_tags:
        opened = open_tags.pop()
        if opened == tag:
            return True
        if opened not in OPTIONAL_END:
            return False
    return False


def _tokens(text: str, base: int) -> Iterator[Token]:
    starts: Sequence[int] = line_starts(text)
    hidden: list[str] = []
    found = list(
        turbohtml.tokenize(text, resolve_references=False, capture_source=True, capture_attributes=False)
    )
    offsets = [starts[token.line - 1] + token.col for token in found]
    offsets.append(len(text))
    for index, token in enumerate(found):
        kind = _KINDS[token.type]
        tag = token.tag or ""
        start = offsets[index]
        if token.source is not None:
            end = start + len(token.source)
        elif index + 1 < len(found):
            end = offsets[index + 1]  # text also holds the markup that the tokenizer drops, such as `</>`
        else:
            end = start + len(token.data or "")
        if kind == "start" and tag in INVISIBLE and tag != "head":  # text closes the head
            hidden.append(tag)
        elif kind == "end" and tag in hidden:
            while hidden.pop() != tag:
                pass
        data = "" if kind in ("start", "end") else token.data or ""
        yield Token(kind, Span(base + start, base + end), data, tag, not hidden)
