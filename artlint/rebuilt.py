"""What edits of a Markdown text may have built anew: the blocks around them.

A block that starts at the top level ends all that came before it. So the blocks around an edit can be read
without the rest of the text, from the last block before it to the first one behind it: when these two are
built as they were, so is all beyond. Only definitions reach further; a text with any is read as a whole.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from artlint.document.markdown_events import Events, Row, read_events, read_part
from artlint.moves import Moves


class _Part(NamedTuple):
    """The blocks between two that no edit touches (by index; -1 and one too many are the ends of the text).

    ``first`` and ``last`` are the range of the edits in it.
    """

    before: int
    behind: int
    first: int
    last: int


def rebuilt(text: str, new_text: str, moves: Moves) -> tuple[Iterable[Row], Iterable[Row]]:
    """The pieces of a text, and of what edits make of it, but for those that surely are the same."""
    events = read_events(text)
    pairs: list[tuple[Iterator[Row], Iterator[Row]]] = []
    if "]:" not in text and "]:" not in new_text:
        reader = _Reader(text, new_text, events, moves)
        pairs = [pair for part in reader.parts() if (pair := reader.read(part))]
        if len(pairs) == len(reader.parts()):
            return chain(*(old for old, _ in pairs)), chain(*(new for _, new in pairs))
    return events.rows(), read_events(new_text).rows()


class _Reader:
    def __init__(self, text: str, new_text: str, events: Events, moves: Moves) -> None:
        self._text = text
        self._new_text = new_text
        self._events = events
        self._moves = moves
        self._shifts = list(moves.shifts())
        self._blocks = events.blocks()

    def parts(self) -> list[_Part]:
        """The parts with edits, in order."""
        starts = [self._events.starts[first] for first, _ in self._blocks]
        ends = [self._events.ends[first] for first, _ in self._blocks]
        parts: list[_Part] = []
        for index, (start, end) in enumerate(self._moves.before):
            part = _Part(bisect_left(ends, start) - 1, bisect_right(starts, end), index, index + 1)
            if parts and part.before < parts[-1].behind:
                part = part._replace(before=parts[-1].before, first=parts[-1].first)
                parts.pop()
            parts.append(part)
        return parts

    def read(self, part: _Part) -> tuple[Iterator[Row], Iterator[Row]] | None:
        """The pieces of a part, before and after; None when the blocks around it are not what they were."""
        blocks, shift, new_shift = self._blocks, self._shifts[part.first], self._shifts[part.last]
        start, end = self._line_of(part.before), self._line_of(part.behind + 1)
        after = read_part(self._new_text[start + shift : end + new_shift]).moved(start + shift)
        again = after.blocks()
        first, last = 0, len(self._events.kinds)
        new_first, new_last = 0, len(after.kinds)
        if part.before >= 0:
            if not again or not self._is_alike(blocks[part.before], after, again[0], shift):
                return None
            first, new_first = blocks[part.before][1], again[0][1]
        if part.behind < len(blocks):
            if not again or not self._is_alike(blocks[part.behind], after, again[-1], new_shift):
                return None
            last, new_last = blocks[part.behind][0], again[-1][0]
        return self._events.part(first, last).rows(), after.part(new_first, new_last).rows()

    def _line_of(self, block: int) -> int:
        """Where the line starts in which a block does."""
        if block < 0:
            return 0
        if block >= len(self._blocks):
            return len(self._text)
        return self._text.rfind("\n", 0, self._events.starts[self._blocks[block][0]]) + 1

    def _is_alike(self, block: tuple[int, int], after: Events, again: tuple[int, int], shift: int) -> bool:
        """Whether a block is built as it was, but for a shift of its place."""
        return self._events.part(*block).moved(shift) == after.part(*again)
