"""Markdown's own constructs with exact spans, from pyromark's events (CommonMark).

Offsets are code points into the text given.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter
from typing import Any, NamedTuple

from artlint import limits
from artlint.document.markdown_definitions import folded_label, read_definitions
from artlint.document.markdown_events import code_points, read_events
from artlint.document.masking import hits, merge
from artlint.pattern_lazy import lazily
from artlint.source import Span

_BLOCKS = frozenset(
    "Paragraph Heading BlockQuote CodeBlock List Item HtmlBlock FootnoteDefinition Table".split()
)
_CONSTRUCTS = frozenset({"Link", "Image", "Heading"})


class Construct(NamedTuple):
    """A link, an image or a heading of Markdown.

    ``kind`` is link, image, heading, autolink or definition (``[label]: url``, which reference links
    share). ``inner`` is the span of what it holds between its marks, ``text`` what a reader sees
    of that. ``url`` is decoded; ``url_span`` is where it is written, None for a heading and for a
    link that takes its URL from a definition: such a reference has a ``label`` in the form in which
    labels are compared, as the definition has, written at ``label_span``. ``level`` is a heading's.
    """

    kind: str
    span: Span
    inner: Span
    text: str
    url: str = ""
    url_span: Span | None = None
    level: int = 0
    label: str = ""
    label_span: Span | None = None

    @property
    def is_reference(self) -> bool:
        """Whether this is a link or image that takes its URL from a definition."""
        return bool(self.label) and self.kind != "definition"


class Markdown:
    """What CommonMark finds in a text; every list is in source order.

    ``html`` and ``code`` are the ranges read as HTML and as code (fenced and indented blocks, code
    spans), ``blocks`` all blocks, those inside others too, ``islands`` the blocks of HTML that stand in
    no list or quote; the rest are constructs.
    """

    def __init__(self) -> None:
        self.html: list[Span] = []
        self.islands: list[Span] = []
        self.code: list[Span] = []
        self.constructs: list[Construct] = []
        self.paragraphs: list[Span] = []
        self.blocks: list[Span] = []


def read_markdown(text: str, footnotes: bool = False) -> Markdown:
    """Read a Markdown text. Raises LimitError for one with more pieces than any article has.

    ``footnotes``: as somebody reads it who knows footnotes, which CommonMark does not.
    """
    found = Markdown()
    opened: list[_Open] = []
    depth = 0
    for kind, name, value, start, end in read_events(text, footnotes).rows():
        if value is None:
            continue
        if opened:
            opened[-1].see(kind, value, start, end)
        if kind == "Start":
            depth += 1
            _start(found, name, Span(start, end), depth)
            if name in _CONSTRUCTS:
                opened.append(_Open(name, value[name], _whole(text, value[name], start, end)))
                if len(opened) > limits.LINK_DEPTH:
                    raise limits.LimitError(f"links are nested deeper than {limits.LINK_DEPTH} levels")
        elif kind == "End":
            depth -= 1
            if name in _CONSTRUCTS:
                closed = opened.pop()
                found.constructs.append(closed.construct(text))
                if opened:
                    opened[-1].take(closed)
        elif kind == "Code":
            found.code.append(Span(start, end))
        elif kind in ("Html", "InlineHtml"):
            found.html.append(Span(start, end))
    if found.html and _SOURCE_BLOCK.search(text):
        _open_source_blocks(text, found)
    skipped = merge([*found.html, *found.code, *found.paragraphs]) if "]:" in text else []
    for span, label, place, url, url_span in read_definitions(text, skipped):
        written = text[place.start : place.end]
        definition = Construct("definition", span, place, written, url, url_span, 0, label, place)
        found.constructs.append(definition)
    found.constructs.sort(key=attrgetter("span"))
    return found


def _start(found: Markdown, name: str, span: Span, depth: int) -> None:
    """Take note of what starts, at this depth."""
    if name in _BLOCKS:
        found.blocks.append(span)
    if name == "Paragraph":
        found.paragraphs.append(span)
    elif name == "CodeBlock":
        found.code.append(span)
    elif name == "HtmlBlock" and depth == 1:
        found.islands.append(span)


_SOURCE_BLOCK = lazily(r"^[ \t>*+.)0-9-]*</?source[\s/>]", re.IGNORECASE | re.MULTILINE)


def _open_source_blocks(text: str, found: Markdown) -> None:
    """Read as HTML what follows a `<source>` tag that starts a line, up to the end of the paragraph.

    Before CommonMark 0.31 it opened a block of HTML, in which backticks make no code; many a reader
    does it so.
    """
    starts = [match.end() for match in _SOURCE_BLOCK.finditer(text)]
    first = (bisect_left(starts, paragraph.start) for paragraph in found.paragraphs)
    blocks = merge(
        [
            Span(starts[index], paragraph.end)
            for index, paragraph in zip(first, found.paragraphs, strict=True)
            if index < len(starts) and starts[index] < paragraph.end
        ]
    )
    found.code = [code for code in found.code if not hits(blocks, code)]
    found.html = merge([*found.html, *blocks])


def _whole(text: str, details: dict[str, Any], start: int, end: int) -> Span:
    """The span of a construct; of one such as `[label][]` pyromark leaves the `[]` out."""
    is_collapsed = details.get("link_type") == "Collapsed" and text.startswith("[]", end)
    return Span(start, end + 2 if is_collapsed else end)


class _Open:
    """A construct whose end has not come yet."""

    def __init__(self, name: str, details: dict[str, Any], span: Span) -> None:
        self._name = name
        self._details = details
        self._span = span
        self._parts: list[str] = []
        self._inner: Span | None = None

    def see(self, kind: str, value: Any, start: int, end: int) -> None:
        """Take note of an event between this construct's start and its end."""
        if start == self._span.start and kind == "End":
            return
        if kind in ("Text", "Code"):
            self._parts.append(value)
        inner = self._inner
        self._inner = Span(inner.start, max(end, inner.end)) if inner else Span(start, end)

    def take(self, inside: _Open) -> None:
        """Take note of a whole construct inside this one."""
        self._parts.extend(inside._parts)
        self.see("", None, *inside._span)

    def construct(self, text: str) -> Construct:
        seen = "".join(self._parts)
        if self._name == "Heading":
            inner = self._inner or Span(self._span.end, self._span.end)
            return Construct("heading", self._span, inner, seen, level=int(self._details["level"][1:]))
        url, kind = self._details["dest_url"], self._details["link_type"]
        if kind in ("Autolink", "Email"):
            inner = Span(self._span.start + 1, self._span.end - 1)
            return Construct("autolink", self._span, inner, seen, url, inner)
        opening = self._span.start + (2 if self._name == "Image" else 1)
        inner = self._inner or Span(opening, opening)
        name = self._name.lower()
        if kind == "Inline":
            place = _destination(text, inner.end, self._span.end)
            return Construct(name, self._span, inner, seen, url, place)
        end = self._span.end - (3 if kind == "Collapsed" else 1)
        start = text.find("][", inner.end, end) + 2 if kind == "Reference" else opening
        label = folded_label(self._details["id"])
        return Construct(name, self._span, inner, seen, url, None, 0, label, Span(start, end))


_OPENING = lazily(r"\]\((?:[ \t]|\n[ \t>]*)*")
_PLAIN = lazily(r"[^\s()\\]*")
_IN_BRACKETS = lazily(r"<((?:\\.|[^\\<>\n])*)>")


def _destination(text: str, start: int, end: int) -> Span | None:
    """Where the URL of an inline link stands whose text ends at ``start`` (CommonMark 0.31, 6.3)."""
    opening = _OPENING.search(text, start, end)
    if opening is None:
        return None
    at = opening.end()
    in_brackets = _IN_BRACKETS.match(text, at, end)
    if in_brackets:
        return Span(*in_brackets.span(1))
    depth = 0
    plain = _PLAIN.match(text, at, end)
    place = plain.end() if plain else at
    while place < end:
        character = text[place]
        if character == "\\":
            place += 2
            continue
        if character.isspace() or (character == ")" and depth == 0):
            break
        depth += (character == "(") - (character == ")")
        place += 1
    return Span(at, place)


class MarkdownLink(NamedTuple):
    """A link, picture or definition of Markdown.

    ``kind`` is link, image or definition; ``inner`` the span of its text; ``label`` the name of a
    definition.
    """

    kind: str
    span: Span
    inner: Span
    url: str
    label: str


def markdown_links(text: str, footnotes: bool = False) -> list[MarkdownLink]:
    """The links and pictures that hold their URL themselves, and the definitions that CommonMark uses.

    ``footnotes`` as for ``read_markdown``.
    """
    import pyromark

    links = [
        MarkdownLink("image" if found.kind == "image" else "link", found.span, found.inner, found.url, "")
        for found in read_markdown(text, footnotes).constructs
        if found.kind in ("link", "image", "autolink") and not found.is_reference
    ]
    definitions: dict[str, Any] = pyromark.reference_definitions(text)
    places = {label: (found["span"]["start"], found["span"]["end"]) for label, found in definitions.items()}
    points = code_points(text, {offset for place in places.values() for offset in place})
    for label, (start, end) in places.items():
        span, inner = Span(points[start], points[end]), Span(points[start], points[start])
        links.append(MarkdownLink("definition", span, inner, definitions[label]["dest"], label))
    return links


def markdown_to_html(text: str) -> str:
    """What CommonMark makes of a text."""
    import pyromark

    return pyromark.html(text)
