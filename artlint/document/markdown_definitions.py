"""The definitions of a Markdown text (``[label]: url "title"``), which its reference links share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from artlint.document.markdown_events import read_labels
from artlint.document.masking import hits
from artlint.pattern_lazy import lazily
from artlint.source import Span


class Definition(NamedTuple):
    """A definition with its title. ``label`` is as references are matched with it (CommonMark 0.31, 4.7).

    ``label_span`` and ``url_span`` are where label and URL are written, ``url`` as it is written.
    """

    span: Span
    label: str
    label_span: Span
    url: str
    url_span: Span


def folded_label(label: str) -> str:
    """A label in the form in which CommonMark compares two."""
    return " ".join(label.split()).casefold()


_BLANKS = r"(?:[ \t]*\n[ >\t]*|[ \t]*)"
# No definition of an article is longer; so a pattern stays linear where marks are left open.
_TITLE = "|".join(
    rf"{opening}(?:\\.|[^{excluded}\\\n]|\n(?![ \t>]*\n)){{0,1000}}{closing}"
    for opening, excluded, closing in (('"', '"', '"'), ("'", "'", "'"), (r"\(", "()", r"\)"))
)
_WRITTEN = (
    rf"\[((?:\\.|[^\[\]\\\n]|\n(?![ \t>]*\n)){{1,999}})\]:{_BLANKS}(?:<((?:\\.|[^<>\\\n])*)>|([^\s<]\S*))"
    rf"(?:(?:[ \t]+|[ \t]*\n[ >\t]*)(?:{_TITLE})(?=[ \t]*(?:\n|\Z)))?"
)
_DEFINITION = lazily(_WRITTEN)
_STARTS_LINE = lazily(rf"^[ >\t]*(?={_WRITTEN})", re.MULTILINE)


def read_definitions(text: str, skipped: list[Span]) -> Iterator[Definition]:
    """The definitions that CommonMark finds, and those of a label that has one already.

    The notes of footnotes (``[^1]: …``) are none. ``skipped`` (sorted, disjoint) is where none of a
    label that has one can stand: code, HTML and paragraphs.
    """
    if "]:" not in text:
        return
    starts = read_labels(text)
    for line in _STARTS_LINE.finditer(text):
        if not hits(skipped, Span(line.end() + 1, line.end() + 2)):
            starts.setdefault(line.end(), "")
    for start, label in sorted(starts.items()):
        match = _DEFINITION.match(text, start)
        if match is None or match[1].startswith("^"):
            continue
        group = 2 if match[2] is not None else 3
        written, url = Span(*match.span(1)), Span(*match.span(group))
        yield Definition(Span(*match.span()), folded_label(label or match[1]), written, match[group], url)
