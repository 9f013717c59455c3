"""Regular expressions that are compiled when first used, and once for all runs.

Most are never needed in a run, and to compile those of one article takes longer than to check it. So what
Python's matcher is given for them is kept for the next run.
"""

from __future__ import annotations

import importlib
import re
import sys
from functools import cache
from typing import Any, AnyStr

from artlint import compiled

# Not public: they are asked only for what is kept, and that only when it comes out as `re` has it.
_sre: Any = importlib.import_module("_sre")
_parser: Any = importlib.import_module("re._parser")
_compiler: Any = importlib.import_module("re._compiler")

_Text = str | bytes
_NAME = "patterns"
_KEY = (sys.version, _sre.MAGIC)
_MOST = 1000  # patterns; those of versions and packs that are gone go in the end
_new: dict[tuple[_Text, int], re.Pattern[Any]] = {}  # compiled by this run


class _Lazy:
    """Stands for a pattern; becomes as fast as one with the first use of each of its methods."""

    def __init__(self, text: _Text, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(compile_once(self._text, int(self._flags)), name)
        self.__dict__[name] = value
        return value


def lazily(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """``re.compile`` when needed; an error in the pattern shows then."""
    stand_in: Any = _Lazy(text, flags)
    pattern: re.Pattern[AnyStr] = stand_in
    return pattern


@cache
def compile_once(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """``re.compile``, from what an earlier run has kept where it has."""
    parts = _kept().get((text, flags))
    if parts is not None:
        return _made_of(text, parts)
    _new[text, flags] = pattern = re.compile(text, flags)
    return pattern


def keep_patterns() -> None:
    """Keep the patterns that this run compiled for the next one."""
    if not _new:
        return
    kept = _kept() if len(_kept()) < _MOST else {}
    for (text, flags), pattern in _new.items():
        parts = _parts(text, flags)
        # An equal pattern has the same code; its groups go by the same names.
        if parts and (made := _made_of(text, parts)) == pattern and made.groupindex == pattern.groupindex:
            kept[text, flags] = parts
    _new.clear()
    compiled.write(_NAME, _KEY, kept)


@cache
def _kept() -> dict[tuple[_Text, int], tuple[Any, ...]]:
    found: dict[tuple[_Text, int], tuple[Any, ...]] = compiled.read(_NAME, _KEY) or {}
    return found


def _parts(text: _Text, flags: int) -> tuple[Any, ...] | None:
    """What `re` gives the matcher for a pattern, its code as bytes, which load at once."""
    try:
        parsed = _parser.parse(text, flags)
        code = _compiler._code(parsed, flags)
    except (AttributeError, TypeError):  # another version of Python
        return None
    state = parsed.state
    names = dict(state.groupdict)
    by_number: list[str | None] = [None] * state.groups
    for name, number in names.items():
        by_number[number] = name
    packed = b"".join(word.to_bytes(4, sys.byteorder) for word in code)
    return flags | state.flags, packed, state.groups - 1, names, tuple(by_number)


def _made_of(text: _Text, parts: tuple[Any, ...]) -> re.Pattern[Any]:
    flags, packed, *groups = parts
    pattern: re.Pattern[Any] = _sre.compile(text, flags, list(memoryview(packed).cast("I")), *groups)
    return pattern
