"""What a rule of a pack looks for, and the places where it is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from artlint.pattern_lazy import compile_once, lazily
from artlint.rule import ARTICLES, NOTHING, Needs
from artlint.source import Span

if TYPE_CHECKING:
    from artlint.document import Document
    from artlint.document.element import Element


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

    def pattern(self, key: str, text: str) -> re.Pattern[str]:
        """A pattern, compiled when first needed: most are never needed in a run."""
        if key not in self._patterns:
            self._patterns[key] = compile_once(text)  # checked when the pack was read
        return self._patterns[key]

    def groups(self, key: str, text: str) -> dict[str, str] | None:
        """The named groups of the pattern of a key when it matches the whole text, else None."""
        found = self.pattern(key, self.keys[key]).fullmatch(text)
        return None if found is None else {name: group or "" for name, group in found.groupdict().items()}
