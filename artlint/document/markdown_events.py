"""What CommonMark reads in a text, piece by piece, as pyromark tells it; read once for all who ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, islice, pairwise, repeat
from operator import itemgetter
from typing import Any, NamedTuple

from artlint import limits

_STEPS = {"Start": 1, "End": -1}
_places = itemgetter("start", "end")


Row = tuple[str, str, Any, int, int]  # kind, name, value, start and end of a piece


class Events(NamedTuple):
    """The pieces of a text in reading order: one of each column makes a piece.

    A kind is Start or End (of what the name says), Text, Code, Html, SoftBreak and so on; the name of
    a piece that neither starts nor ends anything is empty. A value is what pyromark says of a piece, None
    where there is nothing to say. Starts and ends are in code points.
    """

    kinds: Sequence[str] = ()
    names: Sequence[str] = ()
    values: Sequence[Any] = ()
    starts: list[int] = []
    ends: list[int] = []

    def rows(self) -> Iterator[Row]:
        """The pieces one by one."""
        return zip(*self, strict=True)

    def part(self, first: int, last: int) -> Events:
        """The pieces of a range."""
        place = slice(first, last)
        kinds, names, values, starts, ends = self
        return Events(kinds[place], names[place], values[place], starts[place], ends[place])

    def moved(self, by: int) -> Events:
        """The same pieces, so many characters further on."""
        starts, ends = ([offset + by for offset in offsets] for offsets in (self.starts, self.ends))
        return self._replace(starts=starts, ends=ends)

    def blocks(self) -> list[tuple[int, int]]:
        """The ranges of pieces that make what stands in nothing else."""
        outside = [index for index, depth in enumerate(self.depths(), 1) if not depth]
        return list(pairwise((0, *outside)))

    def depths(self) -> Iterator[int]:
        """How many constructs are open behind each piece."""
        return accumulate(map(_STEPS.get, self.kinds, repeat(0)))


def read_events(text: str, footnotes: bool = False) -> Events:
    """The events of a text. Raises LimitError for one with more pieces than any article has.

    ``footnotes``: as somebody reads it who knows footnotes, which CommonMark does not.
    """
    return _read(text, footnotes, limits.EVENTS, limits.DEPTH)


def read_part(text: str) -> Events:
    """The same of a part of a text, for which nobody else will ask."""
    return _read.__wrapped__(text, False, limits.EVENTS, limits.DEPTH)


@lru_cache(maxsize=2)
def _read(text: str, footnotes: bool, most: int, deepest: int) -> Events:
    import pyromark

    options = pyromark.Options.ENABLE_FOOTNOTES if footnotes else pyromark.Options(0)
    found = list(islice(pyromark.events_with_range(text, options=options), most + 1))
    if len(found) > most:
        raise limits.LimitError(f"too much markup: more than {most:,} pieces of Markdown")
    events = in_columns(text, found)
    if max(events.depths(), default=0) > deepest:
        raise limits.LimitError(f"Markdown is nested deeper than {deepest} levels")
    return events


def in_columns(text: str, found: Sequence[tuple[Any, Any]]) -> Events:
    """The events of a text, as pyromark gives them."""
    if not found:
        return Events()
    told, places = zip(*found, strict=True)
    pairs = [event.popitem() if isinstance(event, dict) else (event, None) for event in told]
    kinds, values = zip(*pairs, strict=True)
    names = [_name(value) if kind in _STEPS else "" for kind, value in pairs]
    starts, ends = map(list, zip(*map(_places, places), strict=True))
    if not text.isascii():
        points = code_points(text, {*starts, *ends})
        starts, ends = (list(map(points.__getitem__, offsets)) for offsets in (starts, ends))
    return Events(kinds, names, values, starts, ends)


def _name(value: Any) -> str:
    """The name of what starts or ends."""
    return value if isinstance(value, str) else str(next(iter(value)))


def read_labels(text: str) -> dict[int, str]:
    """Where the definitions start that CommonMark uses, and their labels."""
    import pyromark

    found = {label: place["span"]["start"] for label, place in pyromark.reference_definitions(text).items()}
    points = code_points(text, set(found.values()))
    return {points[start]: label for label, start in found.items()}


def code_points(text: str, offsets: set[int]) -> dict[int, int]:
    """The code-point offset for each offset into the text's UTF-8 bytes."""
    if text.isascii():
        return {offset: offset for offset in offsets}
    data = text.encode()
    points = done = 0
    found = {}
    for offset in sorted(offsets):
        points += len(data[done:offset].decode())
        found[offset] = points
        done = offset
    return found
