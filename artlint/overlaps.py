"""Which fixes can apply together."""

from __future__ import annotations

from collections.abc import Sequence

from artlint.diagnostic import Diagnostic, Edit
from artlint.document import Document
from artlint.document.joints import gap
from artlint.source import Span


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


def without_joints(chosen: list[Diagnostic], document: Document) -> list[Diagnostic]:
    """The fixes; where several cuts side by side would make words join, the last one leaves a blank."""
    cuts = sorted(edit.span for done in chosen for edit in done.edits if not edit.text)
    runs: dict[int, int] = {}  # where a run of cuts ends, and where it starts
    for start, end in cuts:
        runs[end] = runs.pop(start, start)
    several = {Span(start, end) for end, start in runs.items()}.difference(cuts)
    blanks = {span.end: blank for span in several if (blank := gap(document.body.html, span))}
    if not blanks:
        return chosen

    def parted(done: Diagnostic) -> Diagnostic:
        edits = tuple(e._replace(text=e.text or blanks.get(e.span.end, "")) for e in done.edits)
        return done._replace(fix=done.fix and done.fix._replace(edits=edits))

    return [parted(done) for done in chosen]
