"""Footnotes in Markdown: where they stand, and the text without them."""

from __future__ import annotations

import re
from typing import Any, NamedTuple


class SplitNotes(NamedTuple):
    """Markdown without its footnotes: ``text`` has a stand-in for each mark; ``notes`` come in that order."""

    text: str
    labels: tuple[str, ...]
    notes: tuple[str, ...]


def split_notes(markdown: str, stand_in: str) -> SplitNotes | None:
    """Markdown with its footnotes taken out; ``stand_in`` is formatted with the number of the note.

    None unless each note has one mark, marks stand in the text and not in notes, and notes stand in no
    list or quote.
    """
    import pyromark

    data = markdown.encode()
    marks: list[tuple[str, int, int]] = []
    places: dict[str, tuple[int, int]] = {}
    depth = 0
    for event, place in pyromark.events_with_range(markdown, options=pyromark.Options.ENABLE_FOOTNOTES):
        kind, value = next(iter(event.items())) if isinstance(event, dict) else ("", None)
        if kind == "FootnoteReference":
            marks.append((str(value), place["start"], place["end"]))
        elif kind == "Start" and _note_label(value) is not None:
            if depth or _note_label(value) in places:
                return None
            places[str(_note_label(value))] = (place["start"], place["end"])
        depth += (kind == "Start") - (kind == "End")
    labels = tuple(label for label, *_ in marks)
    inside = any(start <= mark < end for _, mark, _ in marks for start, end in places.values())
    if sorted(labels) != sorted(places) or inside:
        return None
    notes = tuple(_content(data[slice(*places[label])].decode()) for label in labels)
    edits = [(start, end, stand_in.format(number)) for number, (_, start, end) in enumerate(marks, 1)]
    edits.extend((start, end, "\n") for start, end in places.values())
    for start, end, text in sorted(edits, reverse=True):
        data = data[:start] + text.encode() + data[end:]
    return SplitNotes(data.decode(), labels, notes)


def _note_label(value: Any) -> str | None:
    return value.get("FootnoteDefinition") if isinstance(value, dict) else None


def _content(definition: str) -> str:
    """The Markdown in a definition: without its label, and without the indent of the lines after it."""
    content = re.sub(r"^\s*\[\^[^\]]*\]:[ \t]*", "", definition)
    return re.sub(r"\n(?: {1,4}|\t)", "\n", content)
