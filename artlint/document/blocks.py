"""The blocks of an article: paragraphs, list items and lines, each with its text and what to cut.

A block is the smallest piece of the page that stands on a line of its own. In HTML that is an element
(`<p>`, `<li>`, …) or a line between two `<br>`; in Markdown a paragraph, heading or list item.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from artlint.document.elements import BLOCK, BREAK, OPTIONAL_END, VOID
from artlint.source import Span

if TYPE_CHECKING:
    from artlint.document.html import Token

# Elements that a reader sees although they have no text.
_PICTURES = frozenset("img picture video audio iframe embed object svg canvas input button".split())
# Elements without which their table or list would not be one: only what is inside may be cut.
_FIXED = frozenset("td th caption dt dd summary legend".split())
_NOTHING = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff"))


class Block(NamedTuple):
    """One block with visible text.

    ``text`` has its blanks folded to single ones. ``tag`` is the element's, ``p`` for a Markdown
    paragraph, empty for a line that shares its element with others. ``cut`` is what to take out so
    that nothing of the block remains, None when that cannot be done cleanly.
    """

    span: Span
    text: str
    tag: str
    cut: Span | None
    has_picture: bool


class MarkdownImage(NamedTuple):
    """A picture in Markdown's own syntax."""

    span: Span
    url: str


def folded(text: str) -> str:
    """Text with runs of white space as one blank and without characters of no width."""
    return " ".join(text.translate(_NOTHING).split())


@dataclass
class _Line:
    """Text between two breaks, as the tokens that make it."""

    tokens: list[Token]
    before: Token | None  # the <br> before it
    after: Token | None = None  # the <br> behind it
    text: str = ""

    def has_picture(self) -> bool:
        return any(token.kind == "start" and token.tag in _PICTURES for token in self.tokens)


@dataclass
class _Frame:
    """An open block element; ``start`` is its start tag."""

    start: Token | None
    lines: list[_Line] = field(default_factory=list)
    has_blocks: bool = False
    has_picture: bool = False


class _HtmlReader:
    def __init__(self, end: int) -> None:
        self.blocks: list[Block] = []
        self._end = end
        self._stack = [_Frame(None)]
        self._tokens: list[Token] = []
        self._break: Token | None = None

    def read(self, tokens: Sequence[Token]) -> list[Block]:
        for token in tokens:
            if token.tag in BREAK:
                self._end_line(token)
                self._break = token
            elif token.kind == "start" and token.tag in BLOCK:
                self._open(token)
            elif token.kind == "end" and token.tag in BLOCK:
                self._close(token)
            else:
                self._tokens.append(token)
        self._end_line(None)
        while len(self._stack) > 1:
            self._pop(None, self._end)
        self._finish(self._stack[0], None, self._end)
        self.blocks.sort(key=lambda block: block.span)
        return self.blocks

    def _end_line(self, after: Token | None) -> None:
        text = folded("".join(token.data for token in self._tokens if _is_text(token)))
        line = _Line(_trimmed(self._tokens), self._break, after, text)
        frame = self._stack[-1]
        frame.has_picture = frame.has_picture or line.has_picture()
        if text:
            frame.lines.append(line)
        self._tokens, self._break = [], None

    def _open(self, token: Token) -> None:
        self._end_line(None)
        opened = self._stack[-1].start
        if opened is not None and opened.tag == "p":
            self._pop(None, token.span.start)  # a block ends an open paragraph
        self._stack[-1].has_blocks = True
        if token.tag not in VOID:
            self._stack.append(_Frame(token))

    def _close(self, token: Token) -> None:
        self._end_line(None)
        tags = [frame.start.tag if frame.start else "" for frame in self._stack]
        if token.tag not in tags:
            return
        for tag in reversed(tags):
            if tag == token.tag:
                break
            self._pop(None, token.span.start)
        self._pop(token, token.span.end)

    def _pop(self, end_tag: Token | None, end: int) -> None:
        frame = self._stack.pop()
        self._finish(frame, end_tag, end)

    def _finish(self, frame: _Frame, end_tag: Token | None, end: int) -> None:
        start = frame.start
        if start and len(frame.lines) == 1 and not frame.has_blocks:
            line = frame.lines[0]
            span = Span(start.span.start, end)
            cut = span if end_tag or start.tag in OPTIONAL_END else None
            if start.tag in _FIXED:
                cut = Span(start.span.end, end_tag.span.start) if end_tag else None
            if not is_balanced(line.tokens):
                cut = None
            self.blocks.append(Block(span, line.text, start.tag, cut, frame.has_picture))
            return
        for line in frame.lines:
            self.blocks.append(_line_block(line))


def _line_block(line: _Line) -> Block:
    span = Span(line.tokens[0].span.start, line.tokens[-1].span.end)
    cut = None
    if is_balanced(line.tokens):
        # One of the two breaks goes with the line.
        if line.before is not None:
            cut = Span(line.before.span.start, span.end)
        else:
            cut = Span(span.start, line.after.span.end) if line.after is not None else span
    return Block(span, line.text, "", cut, line.has_picture())


def _is_text(token: Token) -> bool:
    return token.visible and token.kind in ("text", "reference")


def _trimmed(tokens: list[Token]) -> list[Token]:
    """The tokens from the first to the last that a reader sees, with the inline tags around them."""
    first, last = 0, len(tokens)
    while first < last and _is_nothing(tokens[first]):
        first += 1
    while last > first and _is_nothing(tokens[last - 1]):
        last -= 1
    return tokens[first:last]


def _is_nothing(token: Token) -> bool:
    return token.kind == "comment" or (token.kind == "text" and not folded(token.data))


def is_balanced(tokens: Sequence[Token]) -> bool:
    """Whether each start tag among the tokens has its end tag, in order."""
    opened: list[str] = []
    for token in tokens:
        if token.kind == "start" and token.tag not in VOID:
            opened.append(token.tag)
        elif token.kind == "end" and (not opened or opened.pop() != token.tag):
            return False
    return not opened


def html_blocks(tokens: Sequence[Token], end: int) -> list[Block]:
    """The blocks of a piece of HTML that ends at the offset ``end``."""
    return _HtmlReader(end).read(tokens)


@dataclass
class _Container:
    """A Markdown quote, list or item: where it is and how many blocks it holds.

    ``is_list``: whether one of its parts can go without the others.
    """

    span: Span
    is_list: bool
    count: int = 0


@dataclass
class _Leaf:
    tag: str
    span: Span
    chain: list[_Container]
    text: str = ""
    has_picture: bool = False


_LEAVES = {"Paragraph": "p", "Item": "li", "TableCell": "td"}
_CONTAINERS = ("BlockQuote", "List", "Item", "FootnoteDefinition", "Table")


def markdown_blocks(text: str, base: int) -> tuple[list[Block], list[MarkdownImage]]:
    """The blocks and pictures that CommonMark sees in a text that starts at offset ``base``."""
    import pyromark

    events = list(pyromark.events_with_range(text))
    offsets = _code_points(text, {place[side] for _, place in events for side in ("start", "end")})
    spans = [Span(offsets[place["start"]], offsets[place["end"]]) for _, place in events]
    leaves: list[_Leaf] = []
    images: list[MarkdownImage] = []
    containers: list[_Container] = []
    open_leaf: list[_Leaf] = []
    depth = 0  # inside how many pictures: their alternative text is not the block's
    for (event, _), span in zip(events, spans, strict=True):
        kind, value = _kind_and_value(event)
        name = next(iter(value)) if isinstance(value, dict) else value
        if kind == "Start":
            if name in _CONTAINERS:
                containers.append(_Container(span, name in ("List", "Table")))
            if name in _LEAVES or name == "Heading":
                tag = _LEAVES.get(str(name)) or str(value["Heading"]["level"]).lower()
                leaf = _Leaf(tag, span, list(containers))
                leaves.append(leaf)
                open_leaf.append(leaf)
            elif name == "Image":
                depth += 1
                images.append(MarkdownImage(Span(base + span.start, base + span.end), _image_url(value)))
                if open_leaf:
                    open_leaf[-1].has_picture = True
        elif kind == "End":
            if name in _LEAVES or name == "Heading":
                open_leaf.pop()
            if name in _CONTAINERS:
                containers.pop()
            depth -= name == "Image"
        elif open_leaf and not depth:
            is_break = kind.endswith("Break") or (kind == "InlineHtml" and value.lower().startswith("<br"))
            open_leaf[-1].text += value if kind in ("Text", "Code") else " " if is_break else ""
    return list(_markdown_leaves(text, base, leaves)), images


def _kind_and_value(event: object) -> tuple[str, Any]:
    return next(iter(event.items())) if isinstance(event, dict) else (str(event), None)


def _code_points(text: str, byte_offsets: set[int]) -> dict[int, int]:
    """The code-point offset for each offset into the text's UTF-8 bytes."""
    if text.isascii():
        return {offset: offset for offset in byte_offsets}
    data = text.encode()
    found = {}
    points = done = 0
    for offset in sorted(byte_offsets):
        points += len(data[done:offset].decode())
        found[offset] = points
        done = offset
    return found


def _image_url(value: object) -> str:
    image = value.get("Image") if isinstance(value, dict) else None
    return str(image.get("dest_url", "")) if isinstance(image, dict) else ""


def _markdown_leaves(text: str, base: int, leaves: list[_Leaf]) -> Iterator[Block]:
    leaves = [leaf for leaf in leaves if folded(leaf.text) or leaf.has_picture]
    for leaf in leaves:
        for container in leaf.chain:
            container.count += 1
    for leaf in leaves:
        if not folded(leaf.text):
            continue
        place: Span | None = leaf.span
        for container in reversed(leaf.chain):
            if container.count > 1:
                # One paragraph of a quote or item: its marks would stay behind.
                place = place if container.is_list else None
                break
            place = container.span
        cut = None if place is None or leaf.tag == "td" else _whole_lines(text, place, base)
        span = Span(base + leaf.span.start, base + leaf.span.start + len(text[slice(*leaf.span)].rstrip()))
        yield Block(span, folded(leaf.text), leaf.tag, cut, leaf.has_picture)


def _whole_lines(text: str, place: Span, base: int) -> Span:
    """The lines of a Markdown block with the blank line that parts it from its neighbour."""
    start, end = text.rfind("\n", 0, place.start) + 1, place.end
    if text[end - 1 : end] != "\n" and text[end : end + 1] == "\n":
        end += 1
    if start == 0 or text[:start].endswith("\n\n"):
        while text[end : end + 1] == "\n":
            end += 1
    if not text[end:].strip():  # the last block: the blank lines before it go, those behind it stay
        end = start + len(text[start : place.end].rstrip("\n"))
        start = len(text[:start].rstrip("\n"))
    return Span(base + start, base + end)
