"""Where a rule of a pack matches by text: blocks of an article, and elements of a kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from artlint.document.blocks import folded
from artlint.document.body import in_lower_case
from artlint.document.elements import HEADINGS
from artlint.pack_match import Match, Place, position_of

if TYPE_CHECKING:
    from artlint.document import Document
    from artlint.document.blocks import Block
    from artlint.document.element import Element

MAX_TEXT = 200  # characters: no note, slogan or tag line is longer
_FEW = 8  # elements: to read the text of each is faster than to read all text
_PICTURES = "img, picture, video, audio, iframe, embed, object, svg"

_Blocks = TypeVar("_Blocks", range, list[str])


def texts(match: Match, document: Document) -> Iterator[Place]:
    """The blocks, or the elements that the match names, with a text that it matches."""
    limit = match.keys.get("max-text", MAX_TEXT)
    if "in" in match.keys:
        elements, words = document.select(match.keys["in"]), match.keys["said"]
        if len(elements) > _FEW and words and not any(map(document.body.all_text.__contains__, words)):
            return
        for element in elements:
            text = text_of(element, document)
            groups = _groups_of(match, text) if len(text) <= limit else None
            if groups is not None and ("images" in match.keys or not element.select(_PICTURES)):
                yield element_place(match, element, document, groups)
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


def text_of(element: Element, document: Document) -> str:
    """The text of an element as a pattern sees it: blanks folded."""
    return folded(document.body.unmask(element.text))


def element_place(
    match: Match, element: Element, document: Document, groups: dict[str, str] | None = None
) -> Place:
    """An element as a place; ``groups`` are those of the pattern."""
    values = element.attributes
    if match.fills_text:
        values["text"] = text_of(element, document)
    values.update(groups or {})
    if match.fills_link:
        link = element if element.tag == "a" else next(iter(element.select("a[href]")), None)
        values.setdefault("link", (link.attribute("href") or "") if link else "")
    return Place(element.span, element.span if element.is_sound else None, values, element)
