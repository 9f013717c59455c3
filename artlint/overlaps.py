"""Which fixes can apply together."""

from __future__ import annotations

from collections.abc import Sequence

from artlint.diagnostic import Diagnostic, Edit


def choose(wanted: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The fixes that can apply together: by place, the outer before the inner, none overlapping."""

    def place(diagnostic: Diagnostic) -> tuple[int, int, str]:
        spans = [edit.span for edit in diagnostic.edits]
        return min(spans).start, -max([span.end for span in spans]), diagnostic.code

    chosen: list[Diagnostic] = []
    taken: list[Edit] = []
    for diagnostic in sorted((d for d in wanted if d.edits), key=place):
        edits = diagnostic.edits
        # Sorted by start, so only edits that reach beyond this start can be in the way.
        start = min(edits).span.start
        taken = [edit for edit in taken if edit.span.end >= start]
        if not any(old.span.overlaps(new.span) for old in taken for new in edits):
            chosen.append(diagnostic)
            taken.extend(edits)
    # A fix without edits is done by writing the text anew (in UTF-8).
    return [*chosen, *(d for d in wanted if not d.edits)]
