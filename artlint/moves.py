"""Where edits move what they leave: offsets before and after a round of fixes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from artlint.diagnostic import Edit
from artlint.source import Span


class Moves:
    """Sorted, disjoint edits, and where they move what stays."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.before = [edit.span for edit in edits]
        self.after: list[Span] = []
        shift = 0
        for edit in edits:
            start = edit.span.start + shift
            self.after.append(Span(start, start + len(edit.text)))
            shift += len(edit.text) - (edit.span.end - edit.span.start)

    def forward(self, offset: int) -> tuple[int | None, int | None]:
        """``(offset after, None)``, or ``(None, index of the edit)`` when an edit takes it out."""
        index = bisect_right(self.before, offset, key=lambda span: span.start) - 1
        if index < 0:
            return offset, None
        if offset < self.before[index].end:
            return None, index
        return offset + self.after[index].end - self.before[index].end, None

    def back(self, offset: int) -> int:
        """The offset before the edits; the edit's own start for what an edit put in."""
        index = bisect_right(self.after, offset, key=lambda span: span.start) - 1
        if index < 0:
            return offset
        if offset < self.after[index].end:
            return self.before[index].start
        return offset - self.after[index].end + self.before[index].end

    def taken_by(self, span: Span) -> int | None:
        """The index of the edit that takes out the whole span, if one does."""
        if span.start == span.end:
            return None
        _, first = self.forward(span.start)
        _, last = self.forward(span.end - 1)
        return first if first == last else None

    def span(self, span: Span) -> Span:
        """Where a span comes to lie; an end that an edit takes out goes to the edge of what it puts in."""
        start = self._moved(span.start, 0)
        if span.start == span.end:
            return Span(start, start)
        return Span(start, max(start, self._moved(span.end - 1, 1)))

    def _moved(self, offset: int, side: int) -> int:
        moved, edit = self.forward(offset)
        return moved + side if moved is not None else self.after[edit or 0][side]

    def back_end(self, offset: int) -> int:
        """As ``back``, for the end of a span: without what edits took out right behind it."""
        index = bisect_left(self.after, offset, key=lambda span: span.start) - 1
        if index < 0:
            return offset
        return max(offset - self.after[index].end, 0) + self.before[index].end

    def put_in(self, offset: int) -> int | None:
        """The index of the edit that put the place (an offset after the edits) in, if one did."""
        index = bisect_right(self.after, offset, key=lambda span: span.start) - 1
        return index if index >= 0 and offset < self.after[index].end else None

    def shifts(self) -> Iterator[int]:
        """How far each stretch between the edits moves."""
        yield 0
        for before, after in zip(self.before, self.after, strict=True):
            yield after.end - before.end
