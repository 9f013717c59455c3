"""Where a rule of a pack matches: one finder for each kind of match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING

from artlint.document.blocks import folded, is_balanced
from artlint.pack_match import Match, Place
from artlint.pack_texts import element_place, text_of, texts
from artlint.pattern_lazy import lazily
from artlint.source import Span

if TYPE_CHECKING:
    from artlint.document import Document

# Comments that mean something to a site generator or to artlint: no pack may match them.
_MEANT = lazily(
    r"\s*(?:artlint:.*|more|read-?more|end-?excerpt|excerpt|truncate|nextpage|next-page|break|toc|fold|cut|summary|preview)\s*",
    re.IGNORECASE | re.DOTALL,
)


def places(match: Match, document: Document) -> Iterator[Place]:
    """The places, in source order, the outermost only; never around an excerpt mark."""
    end = -1
    for place in _FINDERS[match.kind](match, document):
        if place.span.start < end or (place.cut and _holds_mark(document, place.cut)):
            continue
        end = place.span.end
        yield place


def _holds_mark(document: Document, place: Span) -> bool:
    if "<!" not in document.text[place.start : place.end]:
        return False
    return any(map(place.contains, _meant(document)))


@lru_cache(maxsize=1)
def _meant(document: Document) -> list[Span]:
    """The comments that mean something."""
    return [comment.span for comment in document.body.comments if _MEANT.fullmatch(comment.data)]


def _selected(match: Match, document: Document) -> Iterator[Place]:
    has, limit = match.keys.get("has"), match.keys.get("max-text")
    for element in document.select(match.keys["select"]):
        if has and not element.select(has):
            continue
        if limit is None or len(text_of(element, document)) <= limit:
            yield element_place(match, element, document)


def _comments(match: Match, document: Document) -> Iterator[Place]:
    for comment in document.body.comments:
        text = comment.data.strip()
        groups = None if _MEANT.fullmatch(text) else match.groups("comment", text)
        if groups is not None:
            yield Place(comment.span, comment.span, {"text": text, **groups})


def _attributes(match: Match, document: Document) -> Iterator[Place]:
    on, glob = match.keys.get("on"), match.keys["attribute"].lower()
    for element in document.select(on) if on else document.body.html.elements:
        for name in element.attribute_names:
            if not fnmatchcase(name, glob):
                continue
            value = element.attribute(name) or ""
            groups = match.groups("value", value) if "value" in match.keys else {}
            if groups is not None:
                span = element.attribute_span(name)
                yield Place(span, None, {**element.attributes, "value": value, **groups}, element, name)


def _images(match: Match, document: Document) -> Iterator[Place]:
    found = [
        (element.span, element.attribute("src") or "", element) for element in document.select("img[src]")
    ]
    written = [(image.span, image.url, None) for image in document.body.markdown_images]
    for span, url, element in sorted((*found, *written), key=lambda image: image[0]):
        if matches_any(url, match.keys["image"]):
            values = {**(element.attributes if element else {}), "src": url}
            yield Place(span, span, values, element)


def _front_matter(match: Match, document: Document) -> Iterator[Place]:
    block = document.front_matter
    entry = block.get(match.keys["front-matter"]) if block else None
    if entry is None or not isinstance(entry.value, str):
        return
    groups = match.groups("value", entry.value) if "value" in match.keys else {}
    if groups is not None:
        yield Place(entry.value_span, entry.span, {"value": entry.value, **groups}, None, entry.key)


def _between(match: Match, document: Document) -> Iterator[Place]:
    html = document.body.html
    limit = match.keys.get("max-text")
    starts = list(_marks(match, "start", document))
    ends = list(_marks(match, "end", document))
    done = -1
    for start in starts:
        end = next((end for end in ends if end.start >= start.end), None)
        if start.start < done or end is None:
            continue
        span = Span(start.start, end.end)
        tokens = html.tokens_in(span)
        text = folded("".join(token.data for token in tokens if token.visible and token.kind != "comment"))
        if limit is None or len(text) <= limit:
            done = span.end
            yield Place(span, span if is_balanced(tokens) else None, {"text": text})


def _marks(match: Match, side: str, document: Document) -> Iterator[Span]:
    (kind, text), *_ = match.keys["between"][side].items()
    if kind == "select":
        yield from (element.span for element in document.select(text))
        return
    pattern = match.pattern(side, text)
    if kind == "comment":
        yield from (c.span for c in document.body.comments if pattern.fullmatch(c.data.strip()))
    else:
        yield from (block.span for block in document.body.blocks if pattern.fullmatch(block.text))


_FINDERS: dict[str, Callable[[Match, Document], Iterator[Place]]] = {
    "select": _selected,
    "text": texts,
    "comment": _comments,
    "attribute": _attributes,
    "image": _images,
    "front-matter": _front_matter,
    "between": _between,
}


def matches_any(url: str, patterns: Sequence[str]) -> bool:
    """Whether a URL matches one of the shell patterns."""
    return any(fnmatchcase(url, pattern) for pattern in patterns)
