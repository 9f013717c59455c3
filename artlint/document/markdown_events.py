"""What CommonMark reads in a text, piece by piece, as pyromark tells it; read once for all who ask."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from artlint import limits
from artlint.source import Span


class Event(NamedTuple):
    """A piece of a text, in reading order.

    ``kind`` is Start or End (of what ``value`` names), Text, Code, Html, SoftBreak and so on; ``value``
    is what pyromark says of it, None where there is nothing to say. ``span`` is in code points.
    """

    kind: str
    value: Any
    span: Span


def read_events(text: str, footnotes: bool = False) -> tuple[Event, ...]:
    """The events of a text. Raises LimitError for one with more pieces than any article has.

    ``footnotes``: as somebody reads it who knows footnotes, which CommonMark does not.
    """
    return _read(text, footnotes, limits.EVENTS, limits.DEPTH)


@lru_cache(maxsize=2)
def _read(text: str, footnotes: bool, most: int, deepest: int) -> tuple[Event, ...]:
    import pyromark

    options = pyromark.Options.ENABLE_FOOTNOTES if footnotes else pyromark.Options(0)
    found = list(islice(pyromark.events_with_range(text, options=options), most + 1))
    if len(found) > most:
        raise limits.LimitError(f"too much markup: more than {most:,} pieces of Markdown")
    starts, ends = [place["start"] for _, place in found], [place["end"] for _, place in found]
    points = code_points(text, {*starts, *ends})
    events = []
    depth = 0
    for (event, _), start, end in zip(found, starts, ends, strict=True):
        kind, value = next(iter(event.items())) if isinstance(event, dict) else (str(event), None)
        depth += (kind == "Start") - (kind == "End")
        if depth > deepest:
            raise limits.LimitError(f"Markdown is nested deeper than {deepest} levels")
        events.append(Event(kind, value, Span(points[start], points[end])))
    return tuple(events)


def read_labels(text: str) -> dict[int, str]:
    """Where the definitions start that CommonMark uses, and their labels."""
    import pyromark

    found = {label: place["span"]["start"] for label, place in pyromark.reference_definitions(text).items()}
    points = code_points(text, set(found.values()))
    return {points[start]: label for label, start in found.items()}


def name_of(value: Any) -> str:
    """The name of what starts or ends."""
    return value if isinstance(value, str) else str(next(iter(value)))


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
