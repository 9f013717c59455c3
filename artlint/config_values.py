"""The values of configuration keys: each kind is checked and turned into what ``Config`` holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from artlint.config_keys import LIMITS, Key
from artlint.errors import ConfigError
from artlint.settings import SchemaChoice, read_zone

if TYPE_CHECKING:
    from artlint.policy import Policy
    from artlint.schema import Schema


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: its name for messages, and the folder that its paths count from."""

    name: str
    folder: Path
    allow_python: bool = False

    def __str__(self) -> str:
        return self.name


def read_value(key: Key, value: Any, place: Place) -> Any:
    """What a ``Config`` holds for a key. Raises ConfigError, naming place and key."""
    where = f"{place}: `{key.name}`"
    if key.kind == "choice":
        return _choice(value, where, key.choices)
    return _KINDS[key.kind](value, where, place)


def _texts(value: Any, where: str, place: Place) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{where} must be a list of texts")
    return tuple(value)


def _paths(value: Any, where: str, place: Place) -> tuple[str, ...]:
    return tuple(str(place.folder / path) for path in _texts(value, where, place))


def _codes_by_path(value: Any, where: str, place: Place) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(value, dict):
        raise ConfigError(f"{where} must be a table of patterns, each with a list of rules")
    return tuple((pattern, _texts(codes, f"{where}.`{pattern}`", place)) for pattern, codes in value.items())


def _text(value: Any, where: str, place: Place) -> str:
    if not isinstance(value, str):
        raise ConfigError(f"{where} must be a text")
    return value


def _flag(value: Any, where: str, place: Place) -> bool:
    if not isinstance(value, bool):
        raise ConfigError(f"{where} must be true or false")
    return value


def _zone(value: Any, where: str, place: Place) -> str:
    name = _text(value, where, place)
    try:
        read_zone(name)
    except ValueError as error:
        raise ConfigError(f"{where}: {error}") from None
    return name


def _choice(value: Any, where: str, choices: Sequence[str]) -> str:
    if not isinstance(value, str) or value not in choices:
        raise ConfigError(f"{where} is `{value}`, not one of its words{hint(str(value), choices)}")
    return value


def _limits(value: Any, where: str, place: Place) -> dict[str, int]:
    if not isinstance(value, dict):
        raise ConfigError(f"{where} must be a table of numbers")
    for name, limit in value.items():
        if name not in LIMITS:
            raise ConfigError(f"{where}: unknown key `{name}`{hint(name, list(LIMITS))}")
        if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
            raise ConfigError(f"{where}: `{name}` must be a whole number above 0")
    return dict(value)


def _policy(value: Any, where: str, place: Place) -> Policy:
    from artlint.policy_table import policy_from_table

    if not isinstance(value, dict):
        raise ConfigError(f"{where} is a table")
    try:
        return policy_from_table(value)
    except ConfigError as error:
        raise ConfigError(f"{place}: {error}") from None


def _schemas(value: Any, where: str, place: Place) -> tuple[SchemaChoice, ...]:
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise ConfigError(f"{where} must be a list of tables, each with `paths` and `schema`")
    choices = []
    for index, entry in enumerate(value):
        inner = f"{place}: schemas[{index}]"
        rest = sorted(entry.keys() - {"paths", "schema"})
        if rest:
            raise ConfigError(f"{inner}: unknown key `{rest[0]}`{hint(rest[0], ['paths', 'schema'])}")
        if not entry.get("paths") or "schema" not in entry:
            raise ConfigError(f"{inner} needs `paths` and `schema`")
        paths = _texts(entry["paths"], f"{inner}: `paths`", place)
        choices.append(SchemaChoice(_schema(entry["schema"], inner, place), paths))
    return tuple(choices)


def _one_schema(value: Any, where: str, place: Place) -> tuple[SchemaChoice, ...]:
    return (SchemaChoice(_schema(value, f"{place}: schema", place)),)


def _schema(value: Any, where: str, place: Place) -> Schema:
    """A preset's name, ``{file = …}``, ``{model = …}``, or a table."""
    if isinstance(value, str):
        return named_preset(value, where)
    if not isinstance(value, dict):
        raise ConfigError(f"{where} must be the name of a preset or a table")
    for source in ("file", "model"):
        if source in value and (len(value) > 1 or not isinstance(value[source], str)):
            raise ConfigError(f"{where}: `{source}` must be a text and stand alone")
    if "file" in value:
        from artlint.schema_file import schema_of_file

        return schema_of_file(place.folder / value["file"], where)
    if "model" in value:
        if not place.allow_python:
            raise ConfigError(f"{where}: a `model` runs Python code; allow it with `--allow-python`")
        from artlint.schema_file import schema_of_model

        return schema_of_model(value["model"], place.folder.absolute(), where)
    from artlint.schema_table import schema_of_table

    return schema_of_table(value, where)


def named_preset(name: str, where: str = "schema") -> Schema:
    """The preset of that name. Raises ConfigError, with the nearest one, when there is none."""
    from artlint.schema_presets import PRESETS, preset

    if name not in PRESETS:
        raise ConfigError(f"{where} is `{name}`, which is no preset{hint(name, PRESETS)}")
    return preset(name)


def hint(word: str, known: Sequence[str]) -> str:
    """The nearest of the known words, as the end of a message."""
    from artlint.schema_violation import nearest_key

    near = nearest_key(word, known)
    return f"; did you mean `{near}`?" if near else f"; known are {', '.join(known)}"


_KINDS: dict[str, Callable[[Any, str, Place], Any]] = {
    "codes": _texts,
    "texts": _texts,
    "patterns": _texts,
    "paths": _paths,
    "codes-by-path": _codes_by_path,
    "text": _text,
    "flag": _flag,
    "zone": _zone,
    "limits": _limits,
    "policy": _policy,
    "schema": _one_schema,
    "schemas": _schemas,
}
