"""Configuration files, and values of the command line, as a ``Config``."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from artlint.config import Config, Override, changed, own_table
from artlint.config_keys import KEYS
from artlint.config_values import Place, hint, read_value
from artlint.errors import ConfigError
from artlint.settings import Settings

_PAIR = re.compile(r"\s*([A-Za-z][\w-]*(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"))*)\s*=(.*)", re.DOTALL)


def read_config(path: Path, allow_python: bool = False) -> Config:
    """Read a configuration file and those it extends. Raises ConfigError, naming file and key."""
    start = Config(settings=Settings(root=str(path.absolute().parent)))
    return _read(path, start, allow_python, ())


def _read(path: Path, start: Config, allow_python: bool, seen: tuple[Path, ...]) -> Config:
    place = path.resolve()
    if place in seen:
        raise ConfigError(f"{path}: extends itself by way of {seen[-1].name}")
    values = own_table(path) or {}
    if "extend" in values:
        base = values["extend"]
        if not isinstance(base, str):
            raise ConfigError(f"{path}: `extend` must be a path")
        try:
            start = _read(Path(os.path.normpath(path.parent / base)), start, allow_python, (*seen, place))
        except ConfigError as error:
            raise ConfigError(f"{path}: `extend`: {error}") from None
    return changed(start, read_table(values, Place(str(path), path.parent, allow_python)))


def with_values(config: Config, words: Sequence[str], allow_python: bool = False) -> Config:
    """A configuration with values of the command line, each ``KEY=VALUE`` (VALUE is TOML or plain text)."""
    for word in words:
        found = _PAIR.fullmatch(word)
        if found is None:
            raise ConfigError(f"`--config {word}` is neither KEY=VALUE nor a file")
        try:
            values = tomllib.loads(word)
        except tomllib.TOMLDecodeError as error:
            if found[2].strip()[:1] in ("[", "{", '"', "'", ""):
                raise ConfigError(f"`--config {word}` is not valid TOML: {error}") from None
            values = tomllib.loads(f"{found[1]} = {_quoted(found[2].strip())}")
        config = changed(config, read_table(values, Place("--config", Path(), allow_python)))
    return config


def is_pair(word: str) -> bool:
    """Whether a value of ``--config`` is KEY=VALUE rather than a file."""
    return _PAIR.fullmatch(word) is not None


def read_table(values: dict[str, Any], place: Place, by_path: bool = False) -> dict[str, Any]:
    """The fields of a ``Config`` that a table sets. Raises ConfigError for a key it does not know."""
    changes: dict[str, Any] = {}
    known = [key.name for key in KEYS.values() if key.by_path or not by_path]
    for name, value in values.items():
        if name not in known:
            raise ConfigError(f"{place}: unknown key `{name}`{hint(name, known)}")
        key = KEYS[name]
        if key.kind == "overrides":
            changes[key.target] = _overrides(value, place)
        elif key.kind != "path":
            changes[key.target] = read_value(key, value, place)
    changes["given"] = {name: (value, place.name) for name, value in values.items()}
    return changes


def _overrides(value: Any, place: Place) -> tuple[Override, ...]:
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise ConfigError(f"{place}: `overrides` must be a list of tables, each with `paths`")
    found = []
    for index, entry in enumerate(value):
        inner = Place(f"{place.name}: overrides[{index}]", place.folder, place.allow_python)
        rest = {name: part for name, part in entry.items() if name != "paths"}
        paths = entry.get("paths")
        if not isinstance(paths, list) or not paths or not all(isinstance(path, str) for path in paths):
            raise ConfigError(f"{inner} needs `paths`, a list of patterns")
        if not rest:
            raise ConfigError(f"{inner} changes nothing; give it a key beside `paths`")
        changes = read_table(rest, inner, by_path=True)
        found.append(Override(tuple(paths), changes))
    return tuple(found)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
