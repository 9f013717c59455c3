"""The common command line, read without argparse: options without values, and paths.

To load argparse and make its parser takes as long as to check an article. Whatever else stands on a command
line it reads (``artlint.command_line``), and what is read here it would read alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

_COMMANDS = ("check", "fix")


def plain_arguments(words: Sequence[str]) -> argparse.Namespace | None:
    """What the words of a command line say, None for those that are not so simple."""
    if not words or words[0] not in _COMMANDS:
        return None
    options: Any = _Options()
    import_module(f"artlint.{words[0]}_command").add_arguments(options)
    found: Any = options.read(words[1:])
    arguments: argparse.Namespace | None = found
    return arguments


class _Options:
    """Stands for the parser to which a command adds its arguments: notes those without a value."""

    def __init__(self) -> None:
        self._flags: dict[str, str] = {}  # what each sets
        self._values: dict[str, Any] = {}  # where nothing is said

    def add_argument_group(self, title: str) -> _Options:
        return self

    def add_argument(self, *names: str, action: str = "", default: Any = None, **_: Any) -> None:
        name = max(names, key=len).lstrip("-").replace("-", "_")
        is_flag = action == "store_true"
        self._values[name] = False if is_flag else default
        if is_flag:
            self._flags.update(dict.fromkeys(names, name))

    def set_defaults(self, **values: Any) -> None:
        self._values.update(values)

    def read(self, words: Sequence[str]) -> SimpleNamespace | None:
        """The arguments, None for words that are neither paths nor known options without a value."""
        paths = [word for word in words if word[:1] != "-" or word == "-"]
        flags = [self._flags.get(word) for word in words if word[:1] == "-" != word]
        if not paths or None in flags:
            return None
        return SimpleNamespace(**{**self._values, **dict.fromkeys(filter(None, flags), True), "paths": paths})
