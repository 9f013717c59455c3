"""The blocks of an article: paragraphs, list items and lines, each with its text and what to cut.

A block is the smallest piece of the page that stands on a line of its own. In HTML that is an element
(`<p>`, `<li>`, …) or a line between two `<br>`; in Markdown (``markdown_blocks``) a paragraph,
heading or list item, or such a line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from artlint.document.elements import BLOCK, BREAK, OPTIONAL_END, VOID
from artlint.source import Span

if TYPE_CHECKING:
    from artlint.document.tokens import Token

# Elements that a reader sees although they have no text.
PICTURES = frozenset("img picture video audio iframe embed object svg canvas input button".split())
# Elements without which their table or list would not be one: only what is inside may be cut.
_FIXED = frozenset("td th caption dt dd summary legend".split())
_NOTHING = "\u200b\u200c\u200d\u2060\ufeff"
# What `folded` makes nothing of: these, and what `str.split` splits at.
_UNSEEN = (
    _NOTHING
    + "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680"
    + "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)


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


def folded(text: str) -> str:
    """Text with runs of white space as one blank and without characters of no width."""
    if not text.isascii():
        for nothing in _NOTHING:
            if nothing in text:
                text = text.replace(nothing, "")
    return " ".join(text.split())


class _Line(NamedTuple):
    """Text between two breaks, as the tokens that make it."""

    tokens: list[Token]
    before: Token | None  # the <br> before it
    after: Token | None  # the <br> behind it
    text: str
    has_picture: bool


class _Frame:
    """An open block element; ``start`` is its start tag."""

    __slots__ = ("has_blocks", "has_picture", "lines", "start")

    def __init__(self, start: Token | None) -> None:
        self.start = start
        self.lines: list[_Line] = []
        self.has_blocks = False
        self.has_picture = False


class _HtmlReader:
    def __init__(self, end: int, fold: Callable[[str], str]) -> None:
        self.blocks: list[Block] = []
        self._end = end
        self._fold = fold
        self._stack = [_Frame(None)]
        self._tokens: list[Token] = []
        self._break: Token | None = None

    def read(self, tokens: Sequence[Token]) -> list[Block]:
        for token in tokens:
            tag = token.tag
            if tag in BREAK:
                self._end_line(token)
                self._break = token
            elif tag not in BLOCK:
                if self._tokens or not _is_nothing(token):
                    self._tokens.append(token)
            elif token.kind == "start":
                self._open(token)
            else:
                self._close(token)
        self._end_line(None)
        while len(self._stack) > 1:
            self._pop(None, self._end)
        self._finish(self._stack[0], None, self._end)
        self.blocks.sort(key=lambda block: block.span)
        return self.blocks

    def _end_line(self, after: Token | None) -> None:
        tokens, before = self._tokens, self._break
        self._break = None
        if not tokens:
            return
        self._tokens = []
        while len(tokens) > 1 and _is_nothing(tokens[-1]):  # the first token is not
            tokens.pop()
        text = self._fold("".join([token.data for token in tokens if _is_text(token)]))
        has_picture = not PICTURES.isdisjoint([token.tag for token in tokens if token.kind == "start"])
        frame = self._stack[-1]
        frame.has_picture = frame.has_picture or has_picture
        if text:
            frame.lines.append(_Line(tokens, before, after, text, has_picture))

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
        innermost = self._stack[-1].start
        if innermost is not None and innermost.tag == token.tag:
            self._pop(token, token.span.end)
            return
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
    return Block(span, line.text, "", cut, line.has_picture)


def _is_text(token: Token) -> bool:
    return token.visible and token.kind in ("text", "reference")


def _is_nothing(token: Token) -> bool:
    """Whether a token at the start or the end of a line is none of what a reader sees."""
    return token.kind == "comment" or (token.kind == "text" and not token.data.strip(_UNSEEN))


def is_balanced(tokens: Sequence[Token]) -> bool:
    """Whether each start tag among the tokens has its end tag, in order."""
    opened: list[str] = []
    for kind, _, _, tag, _ in tokens:
        if kind == "start" and tag not in VOID:
            opened.append(tag)
        elif kind == "end" and (not opened or opened.pop() != tag):
            return False
    return not opened


def html_blocks(tokens: Sequence[Token], end: int, fold: Callable[[str], str] = folded) -> list[Block]:
    """The blocks of a piece of HTML that ends at the offset ``end``; ``fold``: ``folded``, or as much."""
    return _HtmlReader(end, fold).read(tokens)
