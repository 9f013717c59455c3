"""Which of many words stand in a text: one pass over the text, however many the words."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_FEW = 20  # words; and texts: building the automaton takes as long as looking through so many


class Words:
    """The words that some rules wait for, and which rules wait for each."""

    def __init__(self, waiting: Iterable[tuple[str, int]]) -> None:
        by_word: dict[str, set[int]] = {}
        for word, number in waiting:
            by_word.setdefault(word, set()).add(number)
        self._words = list(by_word)
        self._numbers = [frozenset(by_word[word]) for word in self._words]
        self._texts = 0
        self._automaton: AhoCorasick | None = None
        self._latest: tuple[str, Set[int]] = ("", set())

    def __bool__(self) -> bool:
        return bool(self._words)

    def found(self, text: str) -> Set[int]:
        """The numbers of the rules for which a word stands in the text."""
        if text != self._latest[0]:  # an article often says the same after a round of fixes
            self._latest = text, self._found(text)
        return self._latest[1]

    def _found(self, text: str) -> Set[int]:
        numbers: set[int] = set()
        if self._automaton is None:
            self._texts += 1
            if len(self._words) > _FEW and self._texts > _FEW:
                self._build()
            for word, waiting in zip(self._words, self._numbers, strict=True):
                if word in text:
                    numbers |= waiting
            return numbers
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        for index in {match[0] for match in matches}:
            numbers |= self._numbers[index]
        return numbers

    def _build(self) -> None:
        from ahocorasick_rs import AhoCorasick

        self._automaton = AhoCorasick(self._words)
