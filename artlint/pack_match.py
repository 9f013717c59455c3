"""Where a rule of a pack matches: one finder for each kind of match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from artlint.document.blocks import folded, is_balanced
from artlint.document.body import in_lower_case
from artlint.document.elements import HEADINGS
from artlint.pattern_lazy import compile_once, lazily
from artlint.rule import ARTICLES, NOTHING, Needs
from artlint.source import Span

if TYPE_CHECKING:
    from artlint.document import Document
    from artlint.document.blocks import Block
    from artlint.document.element import Element

_FEW = 8  # elements: to read the text of each is faster than to read all text
MAX_TEXT = 200  # characters: no note, slogan or tag line is longer
# Comments that mean something to a site generator or to artlint: no pack may match them.
_MEANT = lazily(
    r"\s*(?:artlint:.*|more|read-?more|end-?excerpt|excerpt|truncate|nextpage|next-page|break|toc|fold|cut|summary|preview)\s*",
    re.IGNORECASE | re.DOTALL,
)
_PICTURES = "img, picture, video, audio, iframe, embed, object, svg"


_Blocks = TypeVar("_Blocks", range, list[str])


class Place(NamedTuple):
    """A place that matches: ``cut`` is what to take out, None where that cannot be done cleanly.

    ``values`` fill the templates of the rule: ``text``, attributes by name, groups of the pattern.
    """

    span: Span
    cut: Span | None
    values: dict[str, str]
    element: Element | None = None
    attribute: str = ""


_POSITION = lazily(r"(first|last) ([1-9][0-9]?)")


@lru_cache(maxsize=128)
def position_of(text: str) -> int:
    """``first 3`` as 3, ``last 3`` as -3, nothing as 0."""
    words = _POSITION.fullmatch(text)
    return 0 if words is None else int(words.group(2)) * (1 if words.group(1) == "first" else -1)


class Match:
    """What a rule looks for: ``keys`` are those of the pack, ``words`` as of ``pack_words``.

    A place can only be there when one of the words (lower case) stands in the markup or, where the
    match ``reads_text``, in the text; no words means that it must be looked at anyway. ``fills``: what the
    rule's templates may hold.
    """

    def __init__(self, kind: str, keys: dict[str, Any], words: tuple[str, ...] = (), fills: str = "") -> None:
        self.kind = kind
        self.keys = keys
        self.words = words
        self.fills_text = "{text}" in fills
        self.fills_link = "{link}" in fills
        self._patterns: dict[str, re.Pattern[str]] = {}

    @property
    def needs(self) -> Needs:
        """What a document must hold for the match."""
        if self.kind == "front-matter":
            return NOTHING
        if not self.words:
            return ARTICLES
        if self.reads_text:
            return Needs(ARTICLES.kinds, said=self.words)
        return Needs(ARTICLES.kinds, markup=self.words)

    @property
    def reads_text(self) -> bool:
        """Whether the words are those of the text of blocks, not of tags and comments."""
        if self.kind == "between":
            return "text" in self.keys["between"]["start"]
        return self.kind == "text" and "in" not in self.keys

    def may_match(self, document: Document) -> bool:
        """The cheap question before anything is parsed."""
        if self.kind == "front-matter":
            return True
        body = document.body
        if body.kind == "page":
            return False
        position = position_of(self.keys.get("position", ""))
        # That a word stands anywhere is asked for all rules at once (``needs``).
        return not (self.words and position) or any(map(body.edge(position).__contains__, self.words))

    def places(self, document: Document) -> Iterator[Place]:
        """The places, in source order, the outermost only; never around an excerpt mark."""
        end = -1
        for place in _FINDERS[self.kind](self, document):
            if place.span.start < end or (place.cut and _holds_mark(document, place.cut)):
                continue
            end = place.span.end
            yield place

    def pattern(self, key: str, text: str) -> re.Pattern[str]:
        """A pattern, compiled when first needed: most are never needed in a run."""
        if key not in self._patterns:
            self._patterns[key] = compile_once(text)  # checked when the pack was read
        return self._patterns[key]

    def groups(self, key: str, text: str) -> dict[str, str] | None:
        """The named groups of the pattern of a key when it matches the whole text, else None."""
        found = self.pattern(key, self.keys[key]).fullmatch(text)
        return None if found is None else {name: group or "" for name, group in found.groupdict().items()}


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
        if limit is None or len(_text_of(element, document)) <= limit:
            yield _element_place(match, element, document)


def _text_of(element: Element, document: Document) -> str:
    return folded(document.body.unmask(element.text))


def _element_place(
    match: Match, element: Element, document: Document, groups: dict[str, str] | None = None
) -> Place:
    values = element.attributes
    if match.fills_text:
        values["text"] = _text_of(element, document)
    values.update(groups or {})
    if match.fills_link:
        link = element if element.tag == "a" else next(iter(element.select("a[href]")), None)
        values.setdefault("link", (link.attribute("href") or "") if link else "")
    return Place(element.span, element.span if element.is_sound else None, values, element)


def _texts(match: Match, document: Document) -> Iterator[Place]:
    limit = match.keys.get("max-text", MAX_TEXT)
    if "in" in match.keys:
        elements, words = document.select(match.keys["in"]), match.keys["said"]
        if len(elements) > _FEW and words and not any(map(document.body.all_text.__contains__, words)):
            return
        for element in elements:
            text = _text_of(element, document)
            groups = _groups_of(match, text) if len(text) <= limit else None
            if groups is not None and ("images" in match.keys or not element.select(_PICTURES)):
                yield _element_place(match, element, document, groups)
        return
    if not any(
        len(text) <= limit and _groups_of(match, text) is not None for text in _texts_at(match, document)
    ):
        return  # to find the blocks themselves takes longer
    blocks = document.body.blocks
    found = _matching(match, blocks, _at_position(match, range(len(blocks))))
    if not found:
        return
    from artlint.document.groups import parts_of_groups  # in most articles nothing is found

    for index in parts_of_groups(document.body, set(found)):
        del found[index]
    is_clear = not _matching(match, blocks, _next_in_position(match, len(blocks), len(found)))
    for index, groups in found.items():
        block = blocks[index]
        values = {"text": block.text, **groups}
        if match.fills_link:
            values.setdefault("link", _link_in(document, block))
        yield Place(block.span, block.cut if is_clear else None, values)


def _matching(match: Match, blocks: Sequence[Block], looked_at: range) -> dict[int, dict[str, str]]:
    """Which of the blocks that are looked at match: their indices, with the groups of the pattern."""
    limit = match.keys.get("max-text", MAX_TEXT)
    found = {}
    for index in looked_at:
        block = blocks[index]
        if block.tag in HEADINGS or len(block.text) > limit:
            continue
        if block.has_picture and "images" not in match.keys:
            continue
        groups = _groups_of(match, block.text)
        if groups is not None:
            found[index] = groups
    return found


def _next_in_position(match: Match, count: int, gone: int) -> range:
    """The blocks, of ``count``, that come to the position of the match when those found there are gone.

    If these match, too, it is no mark at an end of the article that was found: one after another would go.
    """
    position = position_of(match.keys.get("position", ""))
    if position > 0:
        return range(position, count)[:gone]
    return range(count + position)[max(0, count + position - gone) :] if position else range(0)


def _groups_of(match: Match, text: str) -> dict[str, str] | None:
    # Before the pattern is compiled, which takes longer than most articles.
    first = match.keys["first"]
    if not text or (first and in_lower_case(text[0])[:1] not in first):
        return None
    if not all(any(map(text.__contains__, marks)) for marks in match.keys["marks"]):
        return None
    return match.groups("text", text)


def _texts_at(match: Match, document: Document) -> Iterable[str]:
    """The texts of the blocks at the position of the match, as far as they start as its pattern does."""
    if "position" in match.keys:
        return _at_position(match, document.body.block_texts)
    first = match.keys["first"]
    by_start = _texts_by_start(document)
    return chain.from_iterable(
        texts for start, texts in by_start.items() if start and (not first or start in first)
    )


@lru_cache(maxsize=1)
def _texts_by_start(document: Document) -> dict[str, list[str]]:
    """The texts of the blocks by their first character, in lower case."""
    found: dict[str, list[str]] = {}
    for text in document.body.block_texts:
        found.setdefault(in_lower_case(text[:1])[:1], []).append(text)
    return found


def _at_position(match: Match, blocks: _Blocks) -> _Blocks:
    position = position_of(match.keys.get("position", ""))
    if position > 0:
        return blocks[:position]
    return blocks[position:] if position else blocks


def _link_in(document: Document, block: Block) -> str:
    text = document.text[block.span.start : block.span.end]
    if "<" not in text:
        found = re.search(r"\]\(([^()\s]+)", text)
        return found.group(1) if found else ""
    for element in document.select("a[href]"):
        if block.span.contains(element.span):
            return element.attribute("href") or ""
    return ""


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
    "text": _texts,
    "comment": _comments,
    "attribute": _attributes,
    "image": _images,
    "front-matter": _front_matter,
    "between": _between,
}


def matches_any(url: str, patterns: Sequence[str]) -> bool:
    """Whether a URL matches one of the shell patterns."""
    return any(fnmatchcase(url, pattern) for pattern in patterns)
