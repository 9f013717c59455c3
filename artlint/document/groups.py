"""What a block of an article is only a part of: a list, a table, a quotation, a heading.

A short line that is debris at the end of an article is content in a list of such lines, in a table, in
what somebody quotes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from artlint.source import Span

if TYPE_CHECKING:
    from artlint.document.body import Body

_LISTS = "ul, ol, menu, dir, dl, table"
_PARTS = "li, dt, dd, td, th, caption"
_TITLES = "h1, h2, h3, h4, h5, h6, summary, legend"


class Group(NamedTuple):
    """A part of an article that says one thing.

    ``is_list``: it holds several parts with text, as a list or table does; otherwise it quotes or
    entitles, and what it holds is never debris.
    """

    span: Span
    is_list: bool


def parts_of_groups(body: Body, chosen: set[int]) -> set[int]:
    """Which of the ``chosen`` blocks (indices of ``body.blocks``) are only a part of what stays.

    In a list that is so unless all of its blocks are chosen.
    """
    starts = [block.span.start for block in body.blocks]
    parts: set[int] = set()
    for group in sorted(_groups(body, starts), key=lambda group: group.span.end - group.span.start):
        inside = range(bisect_left(starts, group.span.start), bisect_left(starts, group.span.end))
        if not group.is_list or not all(index in chosen and index not in parts for index in inside):
            parts.update(inside)
    return chosen & parts


def _groups(body: Body, starts: Sequence[int]) -> Iterator[Group]:
    """The groups of a body whose blocks start at ``starts``.

    A list of one item, a table of one cell with text and a quotation around the whole article are mere
    frames, and none.
    """
    for span, parts in (*_html_lists(body), *_markdown_groups(body, "List", "Item")):
        if sum(_has_block(part, starts) for part in parts) > 1:
            yield Group(span, True)
    for element in body.html.select(_TITLES):
        yield Group(element.span, False)
    quotes = [element.span for element in body.html.select("blockquote")]
    for span in (*quotes, *(span for span, _ in _markdown_groups(body, "BlockQuote", ""))):
        if starts[0] < span.start or span.end <= starts[-1]:
            yield Group(span, False)


def _has_block(part: Span, starts: Sequence[int]) -> bool:
    first = bisect_left(starts, part.start)
    return first < len(starts) and starts[first] < part.end


def _html_lists(body: Body) -> Iterator[tuple[Span, list[Span]]]:
    for element in body.html.select(_LISTS):
        parts: list[Span] = []
        for part in element.select(_PARTS):
            if not parts or part.span.start >= parts[-1].end:  # not inside of another
                parts.append(part.span)
        yield element.span, parts


def _markdown_groups(body: Body, name: str, part: str) -> Iterator[tuple[Span, list[Span]]]:
    """Where CommonMark finds what ``name`` says, with the places of its parts."""
    if body.kind != "markdown":
        return
    from artlint.document.markdown_events import read_events

    base = body.span.start
    opened: list[tuple[Span, list[Span]]] = []
    for kind, said, _, start, end in read_events(body.without_templates).rows():
        if kind == "Start" and said == name:
            opened.append((Span(base + start, base + end), []))
        elif kind == "Start" and opened and said == part:
            opened[-1][1].append(Span(base + start, base + end))
        elif kind == "End" and said == name:
            yield opened.pop()
