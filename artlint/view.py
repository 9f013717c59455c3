"""What a reader gets from a document: visible text, links, pictures and front-matter values.

Read from the tokens of the source in source order, so that every piece has its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from artlint.document import Body, Document
from artlint.document.attributes import attributes
from artlint.document.elements import BLOCK, BREAK, IMAGES, LINKS, MEDIA, UNSEEN_MARKUP, VERBATIM
from artlint.document.lazy import first_candidate, is_stand_in, lazy_sources
from artlint.document.line_breaks import shown_breaks
from artlint.document.model import SUPPRESSION_KEY
from artlint.document.tokens import Token, parsed_tokens
from artlint.errors import ArtlintError
from artlint.pattern_lazy import lazily
from artlint.source import Span

_TARGETS = {
    tag: (kind, names)
    for kind, table in (("link", LINKS), ("image", IMAGES), ("media", MEDIA))
    for tag, names in table.items()
}


_BLANK = lazily(r"\s")  # in a URL it is the same as its escape
_ENDS_LINE = BLOCK | BREAK
_SHOWN_APART = lazily(r"(\n)")
# The HTML Standard makes an `img` of it; in a drawing it has a link.
_TARGETS["image"] = ("image", ("src", "href", "xlink:href"))


class Unaccounted(ArtlintError):
    """Something would leave or change in the article that no edit accounts for."""


class Piece(NamedTuple):
    """Visible text with its place; ``data`` is a newline where a block or line ends (``is_break``)."""

    span: Span
    data: str
    is_break: bool


class Target(NamedTuple):
    """What the ``attribute`` of the start tag at ``span`` loads or links to.

    What a script was to write into it has an attribute such as ``lazy src``, whatever held it. A link or
    picture of Markdown has none; ``definition`` is where the URL of a reference stands.
    """

    span: Span
    attribute: str
    kind: str
    value: str
    definition: Span | None = None

    @property
    def meaning(self) -> tuple[str, str, str]:
        """What a reader gets, wherever it stands."""
        return self.attribute, self.kind, self.value


class View(NamedTuple):
    """What a reader gets, in source order. ``code`` holds text in which every blank counts.

    ``shown_breaks`` are the newlines of the text that a style shows as line breaks, each with the start
    tag of the element that has the style.
    """

    pieces: tuple[Piece, ...]
    targets: tuple[Target, ...]
    values: dict[str, object]
    code: tuple[str, ...]
    shown_breaks: dict[int, Span]

    @property
    def words(self) -> list[str]:
        """The visible text, split at white space."""
        return words(self.pieces)

    @property
    def lines(self) -> list[list[str]]:
        """The words of each line that a reader sees."""
        parts = []
        for span, data, is_break in self.pieces:
            at = span.start
            for part in _SHOWN_APART.split(data):
                is_shown = part == "\n" and (is_break or at in self.shown_breaks)
                parts.append(part if part != "\n" or is_shown else " ")
                at += len(part)
        return [line.split() for line in "".join(parts).split("\n") if line.strip()]


@lru_cache(maxsize=2)  # the text after one round is the text before the next
def view(document: Document) -> View:
    """Read what a reader gets from a document."""
    block = document.front_matter
    code = tuple(element.text for element in document.select(",".join(sorted(VERBATIM))))
    # What the key of suppressions says is for artlint, not for a reader.
    values = {key: value for key, value in block.values.items() if key != SUPPRESSION_KEY} if block else {}
    targets = tuple(_targets(document))
    return View(_pieces(document), targets, dict(values), code, shown_breaks(document))


def words(pieces: Sequence[Piece]) -> list[str]:
    """The text of the pieces, split at white space."""
    return "".join(piece.data for piece in pieces).split()


def split(pieces: Sequence[Piece], cuts: Sequence[Span]) -> tuple[list[list[Piece]], list[list[Piece]]]:
    """``(kept, cut)``: the pieces between the cuts (one list more than cuts), and those inside each.

    Raises Unaccounted when a cut goes through a character reference.
    """
    kept: list[list[Piece]] = [[] for _ in range(len(cuts) + 1)]
    inside: list[list[Piece]] = [[] for _ in cuts]
    index = 0
    for piece in pieces:
        while index < len(cuts) and cuts[index].end <= piece.span.start:
            index += 1
        rest: Piece | None = piece
        while rest is not None and index < len(cuts) and cuts[index].start < rest.span.end:
            rest = _cut(rest, cuts[index], kept[index], inside[index])
            if rest is not None:
                index += 1
        if rest is not None:
            kept[index].append(rest)
    return kept, inside


def _cut(piece: Piece, cut: Span, kept: list[Piece], inside: list[Piece]) -> Piece | None:
    """Share a piece between what lies before the cut and in it; returns what lies behind it."""
    span, data = piece.span, piece.data
    if cut.contains(span):
        inside.append(piece)
        return None
    if piece.is_break:  # an attribute of a block's tag changes: the block still breaks the line
        kept.append(piece)
        return None
    if len(data) != span.end - span.start:
        raise Unaccounted(f"an edit would cut through `{data.strip()[:40]}`")
    start, end = max(cut.start, span.start), min(cut.end, span.end)
    if span.start < start:
        kept.append(Piece(Span(span.start, start), data[: start - span.start], False))
    if start < end:
        inside.append(Piece(Span(start, end), data[start - span.start : end - span.start], False))
    if end < span.end:
        return Piece(Span(end, span.end), data[end - span.start :], False)
    return None


def _pieces(document: Document) -> tuple[Piece, ...]:
    unmask = document.body.unmask
    found = [
        (span, "\n", True) if tag else (span, unmask(data), False)
        for kind, span, data, tag, visible in document.body.tokens
        if (tag in _ENDS_LINE if tag else visible and kind != "comment")
    ]
    return tuple(map(Piece._make, found))


def _targets(document: Document) -> Iterator[Target]:
    body, opened = document.body, ""
    for token in body.tokens:
        if token.kind == "text" and opened in UNSEEN_MARKUP:
            # The parser takes it for text; a browser without scripts shows it.
            inside = body.masked[token.span.start - body.span.start : token.span.end - body.span.start]
            for unseen in parsed_tokens(inside, token.span.start):
                yield from _targets_of(unseen, document)
        opened = token.tag if token.kind == "start" else ""
        yield from _targets_of(token, document)
    yield from _markdown_targets(body)


def _targets_of(token: Token, document: Document) -> Iterator[Target]:
    if token.tag not in _TARGETS or token.kind != "start":
        return
    body, tag = document.body, "img" if token.tag == "image" else token.tag
    kind, names = _TARGETS[token.tag]
    found: dict[str, str] = {}
    for attribute in attributes(body.masked, token.span, body.span.start):
        found.setdefault(attribute.name, body.unmask(attribute.value))
    for name in names:
        if found.get(name):
            yield Target(token.span, name, kind, found[name])
    lazy = lazy_sources(tag, found)
    if "src" in lazy:
        lazy.pop("srcset", "")  # the same picture
    for wanted, name in lazy.items():
        value = first_candidate(found[name]) if wanted == "srcset" else found[name]
        yield Target(token.span, f"lazy {wanted}", kind, value)
    # Of a picture with a source of its own a `srcset` holds other sizes.
    if is_stand_in(found.get("src", "")) and not is_stand_in(found.get("srcset", "")):
        yield Target(token.span, "srcset", kind, first_candidate(found["srcset"]))


def _markdown_targets(body: Body) -> Iterator[Target]:
    base = body.span.start
    constructs = body.markdown.constructs
    # Of several definitions with one label the first one counts.
    places = {each.label: each.span for each in reversed(constructs) if each.kind == "definition"}
    for construct in constructs:
        if construct.kind not in ("link", "image", "autolink") or construct.label.startswith("^"):
            continue  # the mark of a footnote is a link only to who knows none
        kind = "image" if construct.kind == "image" else "link"
        url = _BLANK.sub(lambda blank: quote(blank.group()), body.unmask(construct.url))
        place = places.get(construct.label) if construct.is_reference else None
        yield Target(construct.span.moved(base), "", kind, url, place and place.moved(base))
