"""The lines that only a style parts: who takes the style away writes line breaks, or answers for them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from artlint.document import Document
from artlint.document.line_breaks import folded_breaks
from artlint.moves import Moves
from artlint.source import Span
from artlint.view import LINE_END, Unaccounted, View, split, words


def lost_lines(after: Document, old: View, new: View, moves: Moves) -> Iterator[tuple[int, int, str, str]]:
    """``(edit, place, what a reader saw, what a reader sees)`` for each line break that went.

    Raises Unaccounted when no edit touched the break or the tag with the style.
    """
    if not old.shown_breaks:
        return
    stretches = old.stretches
    cut, put = split(old, moves.before)[1], split(new, moves.after)[1]
    still_shown = {moves.put_in(place) for place in new.shown_breaks}
    folded = folded_breaks(after)
    for place, tag in sorted(old.shown_breaks.items()):
        moved, edit = moves.forward(place)
        if edit is not None:
            # A line that goes as a whole is accounted for by its words.
            is_lost = edit not in still_shown and not words(cut[edit])
            is_lost = is_lost and LINE_END not in put[edit]
        else:
            is_lost = moved in folded
            edit = next((index for index, span in enumerate(moves.before) if span.overlaps(tag)), None)
        if not is_lost:
            continue
        if edit is None:
            raise Unaccounted("lines that a style parts would run together")
        before, behind = _words_beside(old, stretches, place)
        yield edit, place, f"{before}\n{behind}", f"{before} {behind}"


def _words_beside(seen: View, stretches: Sequence[Span], place: int) -> tuple[str, str]:
    """The words before and behind a newline in one of the stretches of text."""
    start, end = stretches[bisect_right(stretches, place, key=lambda span: span.start) - 1]
    before, behind = seen.shown[start:place].split(), seen.shown[place:end].split()
    if end <= place:  # the newline is a reference of its own
        return "", ""
    return before[-1] if before else "", behind[0] if behind else ""
