"""What CSS selectors ask for, as far as it can be answered from the tags alone."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache

from artlint.document.parser import turbohtml
from artlint.pattern_lazy import lazily

_FIRST_TAG = lazily(r"\s*([a-zA-Z](?:[\w-]|\\:)*+)(?![|\\])")
_SIMPLE = lazily(r"\s*([a-zA-Z][a-zA-Z0-9]*|\*|(?=\[))((?:\[[a-zA-Z-]+\])*)\s*")
_NAME = lazily(r"[^][]+")


@lru_cache(maxsize=4096)
def simple_selector(selector: str) -> dict[str, list[frozenset[str]]] | None:
    """What a selector asks for that speaks of nothing but tags and their attributes; None for any other.

    That is by tag (empty: any) the sets of attributes of which an element must have one as a whole,
    none when it needs no attributes.
    """
    wanted: dict[str, list[frozenset[str]]] = {}
    for alternative in selector.lower().split(","):
        found = _SIMPLE.fullmatch(alternative)
        if found is None:
            return None
        wanted.setdefault(found[1].strip("*"), []).append(frozenset(_NAME.findall(found[2])))
    return {tag: sets if all(sets) else [] for tag, sets in wanted.items()}


def may_select(selector: str, tags: Set[str]) -> bool:
    """Whether a selector may match in a document with no other tags; False says surely not."""
    needed = _tags_of(selector) if tags else frozenset[str]()
    return needed is None or not needed.isdisjoint(tags)


@lru_cache(maxsize=4096)
def _tags_of(selector: str) -> frozenset[str] | None:
    """Names of tags of which a document must hold one for a selector to match; None when unknown."""
    tags = set()
    for alternative in selector.split(","):
        found = _FIRST_TAG.match(alternative)
        if found is None:
            return None
        tags.add(found[1].replace("\\", "").lower())
    return frozenset(tags)


def selector_problem(selector: str) -> str | None:
    """Why a text is not a CSS selector that the tree understands, or None."""
    try:
        turbohtml.parse_fragment("").select(selector)
    except ValueError as error:
        return str(error)
    return None
