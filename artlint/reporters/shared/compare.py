"""Two texts of an article side by side, with the rule beside each change.

Lines are matched by what a reader sees in them, so that a paragraph stands beside itself however its
markup and its indent changed. Where lines are long, they are cut before the tags of blocks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from artlint.diagnostic import Diagnostic, Edit
from artlint.source import Span

_LONG = 160  # characters; where a line is longer, lines are cut
_BLOCK_TAG = re.compile(
    r"(?<!^)(?=<(?:p|div|h[1-6]|ul|ol|li|table|tr|blockquote|figure|section|article|pre|hr|style|script|!--)[\s>-])",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
_ALIKE = 0.5  # the share of text that two lines have in common to be shown as one changed line
_MOST_PAIRS = 400  # comparisons of unmatched lines in one place


class Segment(NamedTuple):
    """A line or a part of one: 1-based line number, place in the text, text."""

    line: int
    span: Span
    text: str


class Row(NamedTuple):
    """What stands side by side; a side without text is None. ``codes`` are the rules that changed it."""

    before: Segment | None
    after: Segment | None
    codes: tuple[str, ...] = ()

    @property
    def is_changed(self) -> bool:
        return self.before is None or self.after is None or self.before.text != self.after.text


def compare(before: str, after: str, applied: Sequence[Diagnostic]) -> list[Row]:
    """The rows of two texts (with ``\\n`` newlines); edits of ``applied`` are in offsets of ``before``."""
    is_cut = any(len(line) > _LONG for text in (before, after) for line in text.split("\n"))
    old, new = list(_segments(before, is_cut)), list(_segments(after, is_cut))
    beside = _Beside(old, applied)
    rows, passed = [], 0
    for left, right in _aligned(old, new):
        row = Row(left, right)
        if row.is_changed:
            row = Row(left, right, beside.codes(left, passed))
        rows.append(row)
        passed += left is not None
    return rows


def _segments(text: str, is_cut: bool) -> Iterator[Segment]:
    offset = 0
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    for number, line in enumerate(lines, 1):
        for piece in _BLOCK_TAG.split(line) if is_cut else (line,):
            yield Segment(number, Span(offset, offset + len(piece)), piece)
            offset += len(piece)
        offset += 1


def _aligned(
    old: Sequence[Segment], new: Sequence[Segment]
) -> Iterator[tuple[Segment | None, Segment | None]]:
    left = [segment for segment in old if segment.text.strip()]
    right = [segment for segment in new if segment.text.strip()]
    place = {id(segment): index for index, segment in enumerate(old)}
    place |= {id(segment): index for index, segment in enumerate(new)}
    i = j = 0
    for a, b in _matches(left, right):
        yield from _gap(old[i : place[id(a)]], new[j : place[id(b)]])
        yield a, b
        i, j = place[id(a)] + 1, place[id(b)] + 1
    yield from _gap(old[i:], new[j:])


def _matches(left: Sequence[Segment], right: Sequence[Segment]) -> Iterator[tuple[Segment, Segment]]:
    """Pairs of segments that a reader takes for the same, in order."""
    old, new = [_key(segment.text) for segment in left], [_key(segment.text) for segment in right]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i, end_i, j, end_j in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(left[i:end_i], right[j:end_j], strict=True)
        elif kind == "replace":
            for a, b in _alike(old[i:end_i], new[j:end_j]):
                yield left[i + a], right[j + b]


def _key(text: str) -> str:
    """What a reader sees of a line; markup alone stands for itself."""
    return "".join(_TAG.sub("", text).split()) or f"\0{text.strip()}"


def _alike(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    if len(old) * len(new) > _MOST_PAIRS:
        return
    start = 0
    for index, text in enumerate(old):
        if text.startswith("\0"):
            continue
        matcher = SequenceMatcher(None, "", text, autojunk=False)
        for other in range(start, len(new)):
            matcher.set_seq1(new[other])
            if matcher.quick_ratio() > _ALIKE:
                yield index, other
                start = other + 1
                break


def _gap(old: Sequence[Segment], new: Sequence[Segment]) -> Iterator[tuple[Segment | None, Segment | None]]:
    """What goes, then what comes; blank lines of both stand beside each other."""
    i = j = 0
    while i < len(old) or j < len(new):
        left = old[i] if i < len(old) else None
        right = new[j] if j < len(new) else None
        if left and right and left.text.strip() == right.text.strip() == "":
            yield left, right
            i, j = i + 1, j + 1
        elif left and (left.text.strip() or right is None or right.text.strip()):
            yield left, None
            i += 1
        else:
            yield None, right
            j += 1


class _Beside:
    """Which rules touched which segment."""

    def __init__(self, old: Sequence[Segment], applied: Sequence[Diagnostic]) -> None:
        self._old = {id(segment): index for index, segment in enumerate(old)}
        starts = [segment.span.start for segment in old]
        ends = [segment.span.end for segment in old]
        self._lines = [segment.line for segment in old]
        self._all = tuple(sorted({done.code for done in applied}))
        self._own: list[set[str]] = [set() for _ in range(len(old) + 1)]
        # A rule that writes many lines or blanks anew is named only where no other is.
        self._wide: list[set[str]] = [set() for _ in range(len(old) + 1)]
        for done in applied:
            for edit in done.fix.edits if done.fix else ():
                self._touch(done.code, edit, starts, ends)

    def _touch(self, code: str, edit: Edit, starts: list[int], ends: list[int]) -> None:
        start, end = edit.span
        first = bisect_right(ends, start) if start < end else bisect_left(ends, start)
        last = bisect_right(starts, max(start, end - 1)) - 1
        is_wide = edit.text != "" and (last > first or not edit.text.strip())
        if last < first:  # only a newline
            first, last, is_wide = max(0, first - 1), max(0, first - 1), True
        for codes in (self._wide if is_wide else self._own)[first : last + 1]:
            codes.add(code)

    def codes(self, segment: Segment | None, passed: int) -> tuple[str, ...]:
        """The rules at a segment, or between two where ``passed`` of the old ones stand before."""
        if segment is not None:
            places = [self._old[id(segment)]]
        else:
            places = [place for place in (passed - 1, passed) if 0 <= place < len(self._own)]
            if any(self._wide[place] for place in places):  # it wrote the line that is new
                return tuple(sorted(set().union(*(self._wide[place] for place in places))))
        return self._named(places) or self._named(self._same_line(places)) or self._all

    def _named(self, places: Sequence[int]) -> tuple[str, ...]:
        own: set[str] = set().union(*(self._own[place] for place in places))
        return tuple(sorted(own or set().union(*(self._wide[place] for place in places))))

    def _same_line(self, places: Sequence[int]) -> list[int]:
        """The other parts of a line that was cut: one of them may have moved here."""
        lines = {self._lines[place] for place in places if place < len(self._lines)}
        return [place for place, line in enumerate(self._lines) if line in lines]
