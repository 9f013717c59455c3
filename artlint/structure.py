"""Whether edits leave what they do not touch in a Markdown text as it was built.

In Markdown what stands between two things parts them: two lists, two code spans, a word and the mark
behind it. So what is left is compared word by word: in which blocks, links and emphasis a word stood
before, it must stand after, together with the same words as before, but for what the edits rewrote.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from artlint.diagnostic import Edit, apply_edits
from artlint.document import Document
from artlint.document.markdown_events import Row
from artlint.moves import Moves
from artlint.pattern_lazy import lazily
from artlint.rebuilt import rebuilt
from artlint.source import Span

_WORD = lazily(r"\S+")
# To a reader a block of HTML is a paragraph; its tags are compared as words.
_SAME = {"HtmlBlock": "Paragraph"}
_BLOCKS = frozenset(
    "Paragraph Heading BlockQuote CodeBlock List Item HtmlBlock FootnoteDefinition Table".split()
)
_LEAVES = frozenset({"Text", "Html", "InlineHtml"})
_OWN_LEAVES = frozenset({"Code", "Rule", "HardBreak"})  # a construct and its text in one event


class _Node:
    """A construct; what is written between ``first`` and ``last`` is inside it, the rest marks it."""

    __slots__ = ("chain", "first", "last", "name", "span")

    def __init__(self, name: str, span: Span, parent: _Node | None) -> None:
        self.name = name
        self.span = span
        self.first = self.last = -1
        self.chain: tuple[_Node, ...] = (*parent.chain, self) if parent else (self,)

    def see(self, start: int, end: int) -> None:
        if self.first == -1:
            self.first = start
        self.last = max(self.last, end)

    def is_marked_by(self, place: Span) -> bool:
        """Whether a place is in what marks the construct: in `**` of `**a**`, in the fence of code."""
        (start, end), inner = self.span, Span(self.first, self.last)
        if not (start < place.end and place.start < end):
            return False
        if self.name in ("Paragraph", "Code", "HardBreak", "Rule"):
            return place.start <= start or self.name == "HardBreak"
        return place.start < inner.start or place.end > inner.end


class _Word(NamedTuple):
    start: int
    end: int
    node: _Node | None


def broken_by(edits: Sequence[Edit], document: Document) -> list[int]:
    """Which edits (by index) are next to what would be built in another way; mostly none.

    The document is a Markdown one, the edits are sorted, disjoint, and in its body.
    """
    base, text = document.body.span.start, document.body.without_templates
    edits = [Edit(Span(start - base, end - base), put) for (start, end), put in edits]
    new_text, moves = apply_edits(text, edits), Moves(edits)
    before, after = rebuilt(text, new_text, moves)
    old = {word.start: word for word in _joined(_kept(_read(text, before), moves))}
    new = _joined(_without(_read(new_text, after), moves.after))
    comparison = _Comparison(moves)
    broken: set[int] = set()
    for word in new:
        was = old.pop(word.start, None)
        if was is None or was.end != word.end or not comparison.agree(was.node, word.node):
            broken.update(_near(moves, word.start))
    for start, lost in old.items():
        if not (lost.node and lost.node.name == "HardBreak" and _is_touched(lost.node, moves.before)):
            broken.update(_near(moves, start))
    return sorted(broken)


def _near(moves: Moves, offset: int) -> Iterator[int]:
    """The edits around an offset behind the edits."""
    index = bisect_right(moves.after, offset, key=lambda span: span.start)
    yield from (near for near in (index - 1, index) if 0 <= near < len(moves.after))


class _Comparison:
    """Which construct before is which one after; each may be only one."""

    def __init__(self, moves: Moves) -> None:
        self._moves = moves
        self._after: dict[_Node, _Node] = {}
        self._before: dict[_Node, _Node] = {}
        self._known: dict[tuple[_Node | None, _Node | None], bool] = {}

    def agree(self, before: _Node | None, after: _Node | None) -> bool:
        """Whether a word that stood in one construct may stand in the other; says no only once."""
        if (before, after) not in self._known:
            self._known[before, after] = True
            return self._agree(before.chain if before else (), after.chain if after else ())
        return True

    def _agree(self, before: Sequence[_Node], after: Sequence[_Node]) -> bool:
        old, new = 0, 0
        while old < len(before) or new < len(after):
            if old < len(before) and new < len(after) and self._are_same(before[old], after[new]):
                old, new = old + 1, new + 1
            elif old < len(before) and _is_touched(before[old], self._moves.before):
                old += 1
            elif new < len(after) and _is_touched(after[new], self._moves.after):
                new += 1
            else:
                return False
        return True

    def _are_same(self, before: _Node, after: _Node) -> bool:
        if before.name != after.name:
            return False
        if self._after.get(before, after) is not after or self._before.get(after, before) is not before:
            return False
        self._after[before], self._before[after] = after, before
        return True


def _is_touched(node: _Node, places: Sequence[Span]) -> bool:
    first = max(0, bisect_right(places, node.span.start, key=lambda span: span.start) - 1)
    for place in places[first:]:
        if place.start >= node.span.end:
            break
        if node.is_marked_by(place):
            return True
    return False


def _read(text: str, rows: Iterable[Row]) -> Iterator[_Word]:
    """The words of pieces of a text, with what they stand in."""
    opened: list[_Node] = []
    loose: _Node | None = None  # the paragraph that an item of a list has without saying so
    for kind, said, value, start, end in rows:
        if opened and kind != "End":
            opened[-1].see(start, end)
        is_block = said in _BLOCKS
        if kind == "Start":
            span, name = Span(start, end), _name(said, value)
            loose = None if is_block else loose
            node = _Node(name, span, loose or (opened[-1] if opened else None))
            if not is_block and loose is None and opened and opened[-1].name == "Item":
                loose = _Node("Paragraph", span, opened[-1])
                node = _Node(name, span, loose)
            opened.append(node)
            if not is_block:
                yield _Word(start, start + 1, node)  # also where it shows nothing
        elif kind == "End":
            opened.pop()
            loose = None if is_block else loose
        elif kind in _LEAVES or kind in _OWN_LEAVES:
            parent = opened[-1] if opened else None
            if parent is not None and parent.name == "Item":
                loose = loose or _Node("Paragraph", Span(start, end), parent)
                parent = loose
            if kind in _OWN_LEAVES:
                parent = _Node(kind, Span(start, end), parent)
            if kind == "HardBreak":
                newline = text.index("\n", start)
                yield _Word(newline, newline + 1, parent)
            else:
                yield from (_Word(*word.span(), parent) for word in _WORD.finditer(text, start, end))


def _name(said: str, value: Any) -> str:
    """The name of a construct, for which such as may not become each other have different ones."""
    if said == "Heading":
        return f"Heading {value[said]['level']}"
    if said == "List":
        return "List" if value[said] is None else "List of numbers"
    return _SAME.get(said, said)


def _kept(words: Iterator[_Word], moves: Moves) -> Iterator[_Word]:
    """What the edits leave of words, where it comes to lie."""
    shifts = list(moves.shifts())
    index = 0
    for start, end, node in words:
        while index < len(moves.before) and moves.before[index].end <= start:
            index += 1
        here = index
        while here < len(moves.before) and moves.before[here].start < end:
            cut = moves.before[here]
            if start < cut.start:
                yield _Word(start + shifts[here], cut.start + shifts[here], node)
            start = max(start, cut.end)
            here += 1
        if start < end:
            yield _Word(start + shifts[here], end + shifts[here], node)


def _without(words: Iterator[_Word], places: Sequence[Span]) -> Iterator[_Word]:
    """Words without what is in the places."""
    index = 0
    for start, end, node in words:
        while index < len(places) and places[index].end <= start:
            index += 1
        here = index
        while here < len(places) and places[here].start < end:
            if start < places[here].start:
                yield _Word(start, places[here].start, node)
            start = max(start, places[here].end)
            here += 1
        if start < end:
            yield _Word(start, end, node)


def _joined(words: Iterator[_Word]) -> Iterator[_Word]:
    """Words with those that meet in the same construct made one."""
    last: _Word | None = None
    for word in words:
        if last and last.end == word.start and last.node is word.node:
            last = last._replace(end=word.end)
        else:
            if last:
                yield last
            last = word
    if last:
        yield last
