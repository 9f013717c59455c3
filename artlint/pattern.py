"""Regular expressions that match in linear time: a checked subset of Python's syntax.

A pattern matches a whole text. Python's matcher tries one way after another; it is linear when the
number of ways does not grow with the text. Allowed is whatever keeps that number bounded: there are
no look-arounds and back-references, ``*`` and ``+`` stand after a single character or set, and at
most one of them may compete with what follows it.

RE2 would need no such check, but it costs 9 ms to import and 12 ms to compile ``[\\p{L}]{1,24}``.
"""

from __future__ import annotations

import importlib
import re
import warnings
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

# Not public, but the only reader of the syntax that cannot disagree with the matcher.
_parser: Any = importlib.import_module("re._parser")
_constants: Any = importlib.import_module("re._constants")

MAX_WAYS = 10_000
_FEW = 64  # characters
_UNLIMITED = _constants.MAXREPEAT
_CATEGORIES = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s", "CATEGORY_WORD": r"\w"}


class PatternError(ValueError):
    """A pattern is not valid, or could take more than linear time."""


class _Class(NamedTuple):
    """Characters: inclusive ranges and categories, or (``negated``) all others."""

    ranges: tuple[tuple[int, int], ...] = ()
    categories: tuple[str, ...] = ()
    negated: bool = False

    def holds(self, character: int) -> bool:
        text = chr(character)
        found = any(low <= character <= high for low, high in self.ranges)
        found = found or any(re.fullmatch(category, text) for category in self.categories)
        return found != self.negated


class _Ways(NamedTuple):
    """How many ways a part can match: at most ``most``, times the text's length if ``grows``.

    ``loops``: whether it has ``*`` or ``+`` at all.
    """

    most: int = 1
    grows: bool = False
    loops: bool = False


_First = tuple[_Class, ...]  # the classes a part may start with; conservative


def compile_pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern. Raises PatternError, in plain words, when it is not valid or not linear."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)
            compiled = re.compile(text)
            parsed = _parser.parse(text)
    except FutureWarning:
        raise PatternError(
            "holds `[`, `--`, `&&`, `~~` or `||` in a set, which Python may come to read in another way; "
            "put a backslash before it"
        ) from None
    except (re.error, RecursionError, OverflowError) as error:
        raise PatternError(f"is not a regular expression: {error}") from None
    ignore_case = bool(compiled.flags & re.IGNORECASE)
    ways, _ = _Checker(ignore_case).sequence(list(parsed), ())
    if ways.most > MAX_WAYS:
        raise PatternError(
            "can match in too many ways; use fewer optional parts, or parts that start differently"
        )
    return compiled


class _Checker:
    def __init__(self, ignore_case: bool) -> None:
        self._ignore_case = ignore_case

    def sequence(self, items: Sequence[Any], follow: _First) -> tuple[_Ways, _First]:
        """The ways of a sequence and what it may start with, given what may follow it."""
        total = _Ways()
        for item in reversed(items):
            ways, follow = self._item(item, follow)
            if ways.grows and total.loops:
                raise PatternError(
                    "has two `*` or `+` of which the first may take what belongs to the second; "
                    "give the first a limit such as `{0,20}`"
                )
            total = _Ways(
                min(total.most * ways.most, MAX_WAYS + 1),
                total.grows or ways.grows,
                total.loops or ways.loops,
            )
        return total, follow

    def _item(self, item: Any, follow: _First) -> tuple[_Ways, _First]:
        operation, value = str(item[0]), item[1]
        if operation in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            return _Ways(), (self._class(operation, value),)
        if operation == "AT":
            return _Ways(), follow
        if operation == "SUBPATTERN":
            return self.sequence(list(value[-1]), follow)
        if operation == "BRANCH":
            return self._branch(value[1], follow)
        if operation in ("MAX_REPEAT", "MIN_REPEAT"):
            return self._repeat(value[0], value[1], list(value[2]), follow)
        raise PatternError("uses look-around, a back-reference or a possessive group; write it without")

    def _branch(self, alternatives: Sequence[Any], follow: _First) -> tuple[_Ways, _First]:
        found = [self.sequence(list(alternative), follow) for alternative in alternatives]
        # Those that can start with the same character as one of them are tried one after another.
        counts = [
            sum(ways.most for ways, other in found if other is first or _overlap(first, other))
            for _, first in found
        ]
        ways = _Ways(
            max(counts),
            any(ways.grows for ways, _ in found),
            any(ways.loops for ways, _ in found),
        )
        return ways, tuple(one for _, first in found for one in first)

    def _repeat(self, low: int, high: int, body: Sequence[Any], follow: _First) -> tuple[_Ways, _First]:
        single = len(body) == 1 and str(body[0][0]) in ("LITERAL", "NOT_LITERAL", "ANY", "IN")
        if high == _UNLIMITED and not single:
            raise PatternError(
                "repeats a group with `*` or `+`; give it a limit such as `{0,20}`, or repeat a single set"
            )
        _, with_mark = self.sequence(body, (_MARK,))
        may_be_empty = _MARK in with_mark
        first = tuple(one for one in with_mark if one != _MARK)
        starts = (*first, *follow) if low == 0 or may_be_empty else first
        certain = low == high or not _overlap(first, follow)
        if high == _UNLIMITED:
            return _Ways(1, not certain, True), starts
        # A round is followed by another one, or it is the last; if it may be empty that is all the same.
        stay, _ = self.sequence(body, (*first, *follow) if may_be_empty else first)
        leave = stay if may_be_empty else self.sequence(body, follow)[0]
        if stay.loops and high > 1:
            raise PatternError("repeats a group that holds `*` or `+`; give the inner one a limit")
        most = 1 if low == 0 else 0
        for rounds in range(max(int(low), 1), min(int(high), MAX_WAYS) + 1):
            ways = leave.most * stay.most ** min(rounds - 1, 20)
            most = max(most, ways) if certain else most + ways
            if most > MAX_WAYS:
                break
        return _Ways(min(most, MAX_WAYS + 1), leave.grows, leave.loops), starts

    def _class(self, operation: str, value: Any) -> _Class:
        if operation == "ANY":
            return _Class(negated=True)
        if operation != "IN":
            return self._widened([(value, value)], (), operation == "NOT_LITERAL")
        ranges: list[tuple[int, int]] = []
        categories: list[str] = []
        negated = False
        for kind, part in value:
            name = str(kind)
            if name == "NEGATE":
                negated = True
            elif name == "LITERAL":
                ranges.append((part, part))
            elif name == "RANGE":
                ranges.append(part)
            elif str(part) in _CATEGORIES:
                categories.append(_CATEGORIES[str(part)])
            else:  # \D, \S, \W: everything, to be on the safe side
                return _Class(negated=True)
        return self._widened(ranges, tuple(categories), negated)

    def _widened(self, ranges: list[tuple[int, int]], categories: tuple[str, ...], negated: bool) -> _Class:
        if self._ignore_case and not negated:
            for low, high in tuple(ranges):
                for one, other in ((0x41, 0x61), (0x61, 0x41)):
                    if low < one + 26 and high >= one:
                        ranges.append((max(low, one) - one + other, min(high, one + 25) - one + other))
        return _Class(tuple(ranges), categories, negated)


_MARK = _Class(((-1, -1),))  # a character that no text holds


def _overlap(left: _First, right: _First) -> bool:
    return any(_share(one, other) for one in left for other in right)


@lru_cache(maxsize=4096)
def _share(one: _Class, other: _Class) -> bool:
    """Whether two classes may share a character; True where that is hard to say."""
    if _MARK in (one, other):
        return one == other
    for few, many in ((one, other), (other, one)):
        if not few.negated and not few.categories and sum(high - low + 1 for low, high in few.ranges) <= 64:
            return any(
                many.holds(character) for low, high in few.ranges for character in range(low, high + 1)
            )
    if one.negated or other.negated:
        return True
    if any(a <= d and c <= b for a, b in one.ranges for c, d in other.ranges):
        return True
    for left, right in ((one, other), (other, one)):
        if any(category != r"\s" for category in left.categories) and right.ranges:
            return True
        if r"\s" in left.categories and any(a <= blank <= b for a, b in right.ranges for blank in _BLANKS):
            return True
    return any((a == r"\s") == (b == r"\s") for a in one.categories for b in other.categories)


_BLANKS = tuple(code for code in range(0x3001) if chr(code).isspace())


def first_characters(text: str) -> str:
    """Characters, in lower case, with one of which a matching text must start; none if there are many."""
    compiled = re.compile(text)
    _, first = _Checker(bool(compiled.flags & re.IGNORECASE)).sequence(list(_parser.parse(text)), ())
    if any(one.negated or one.categories for one in first):
        return ""
    ranges = {pair for one in first for pair in one.ranges}
    if sum(high - low + 1 for low, high in ranges) > _FEW:
        return ""
    return "".join(sorted({chr(code).lower() for low, high in ranges for code in range(low, high + 1)}))


def needed_marks(text: str) -> tuple[str, ...]:
    """Sets of marks, of each of which a matching text must hold one: the sets without letters that it has."""
    sets = []
    for operation, value in _parser.parse(text):
        if str(operation) == "IN" and all(str(kind) == "LITERAL" for kind, _ in value):
            marks = "".join(chr(code) for _, code in value)
            if marks.lower() == marks.upper():
                sets.append(marks)
    return tuple(sets)


@lru_cache(maxsize=1024)
def needed_words(text: str) -> tuple[str, ...]:
    """Words, in lower case, of which a matching text must hold at least one; none if that is unknown."""
    return _needed(list(_parser.parse(text)))


def _needed(items: Sequence[Any]) -> tuple[str, ...]:
    best: tuple[str, ...] = ()
    run = ""
    for item in [*items, (None, None)]:
        operation, value = str(item[0]), item[1]
        if operation == "LITERAL":
            run += chr(value).lower()
            continue
        best, run = _better(best, (run,) if run else ()), ""
        if operation == "SUBPATTERN":
            best = _better(best, _needed(list(value[-1])))
        elif operation == "BRANCH":
            parts = [_needed(list(alternative)) for alternative in value[1]]
            if all(parts):
                best = _better(best, tuple(word for part in parts for word in part))
        elif operation in ("MAX_REPEAT", "MIN_REPEAT") and value[0] > 0:
            best = _better(best, _needed(list(value[2])))
    return best


def _better(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    def worth(words: tuple[str, ...]) -> tuple[int, int]:
        return (min(map(len, words)), -len(words)) if words else (0, 0)

    return max(one, other, key=worth)
