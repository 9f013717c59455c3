"""Schemas from outside: a JSON Schema file, and a pydantic model where the command line allows it."""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from artlint.errors import ConfigError
from artlint.schema import KEY_ORDER, Schema
from artlint.schema_check import resolve
from artlint.schema_violation import Kind, Violation, nearest_key

MAX_SIZE = 1024 * 1024

# What the checker obeys, and what only tells people something. Anything else is refused: a schema
# that is half obeyed would call wrong files right.
_ONE = ("items", "not", "if", "then", "else", "additionalProperties")
_LIST = ("allOf", "anyOf", "oneOf", "prefixItems")
_MAP = ("properties", "patternProperties", "$defs", "definitions")
_OBEYED = frozenset(
    "$ref type enum const pattern format minLength maxLength minimum maximum exclusiveMinimum "
    "exclusiveMaximum multipleOf minItems maxItems uniqueItems minProperties maxProperties required "
    "dependentRequired".split()
)
_TOLD = frozenset(
    "$schema $id $comment title description default examples deprecated readOnly writeOnly "
    "contentMediaType contentEncoding discriminator".split()
)
_KNOWN = sorted({*_ONE, *_LIST, *_MAP, *_OBEYED, *_TOLD, KEY_ORDER})
_TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")


def schema_of_file(path: Path, where: str) -> Schema:
    """Read a JSON Schema file. Raises ConfigError when it cannot be read or used."""
    try:
        if path.stat().st_size > MAX_SIZE:
            raise ConfigError(f"{where}: {path} is larger than {MAX_SIZE:,} bytes")
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{where}: cannot read {path}: {(error.strerror or str(error)).lower()}") from None
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{where}: {path} is not JSON: {error}") from None
    if not isinstance(document, dict):
        raise ConfigError(f"{where}: {path} holds no JSON Schema: it must be an object")
    check_schema(document, f"{where}: {path}")
    return Schema(path.name, document)


def check_schema(document: Mapping[str, Any], where: str) -> None:
    """Raises ConfigError when a JSON Schema says something that the checker does not obey."""
    _check(document, document, where, "#", 0)


def _check(root: Mapping[str, Any], schema: Any, where: str, place: str, depth: int) -> None:
    if isinstance(schema, bool):
        return
    if not isinstance(schema, dict) or depth > 64:
        raise ConfigError(f"{where}: `{place}` is not a schema")
    for keyword, value in schema.items():
        inner = f"{place}/{keyword}"
        if keyword in _ONE:
            _check(root, value, where, inner, depth + 1)
        elif keyword in _LIST and isinstance(value, list):
            for index, part in enumerate(value):
                _check(root, part, where, f"{inner}/{index}", depth + 1)
        elif keyword in _MAP and isinstance(value, dict):
            for name, part in value.items():
                if keyword == "patternProperties":
                    _check_pattern(name, where, inner)
                _check(root, part, where, f"{inner}/{name}", depth + 1)
        elif keyword in _OBEYED or keyword == KEY_ORDER:
            _check_value(root, keyword, value, where, inner)
        elif keyword not in _TOLD:
            near = nearest_key(keyword, _KNOWN)
            hint = f"; did you mean `{near}`?" if near else ""
            raise ConfigError(f"{where}: `{inner}` is not a keyword that artlint checks{hint}")


def _check_value(root: Mapping[str, Any], keyword: str, value: Any, where: str, place: str) -> None:
    if keyword == "$ref":
        try:
            resolve(root, str(value))
        except ConfigError as error:
            raise ConfigError(f"{where}: {place}: {error}") from None
    elif keyword == "type":
        for name in [value] if isinstance(value, str) else value if isinstance(value, list) else [None]:
            if name not in _TYPES:
                raise ConfigError(f"{where}: `{place}` is `{name}`, not one of {', '.join(_TYPES)}")
    elif keyword == "pattern":
        _check_pattern(value, where, place)
    elif not isinstance(value, _SHAPES.get(keyword, (int, float))) and keyword != "const":
        raise ConfigError(f"{where}: `{place}` has a value of the wrong type")


_SHAPES: dict[str, type | tuple[type, ...]] = {
    "enum": list,
    "format": str,
    "required": list,
    "dependentRequired": dict,
    "uniqueItems": bool,
    KEY_ORDER: list,
}


def _check_pattern(pattern: Any, where: str, place: str) -> None:
    try:
        re.compile(pattern)
    except (re.error, TypeError) as error:
        raise ConfigError(f"{where}: `{place}` is not a regular expression: {error}") from None


def schema_of_model(name: str, root: Path, where: str) -> Schema:
    """Import a pydantic model, ``module:Class``, from the folder of the configuration or the environment.

    This runs the module's code: the caller must have the command line's word for it. Raises
    ConfigError when there is no such model.
    """
    from pydantic import BaseModel

    module_name, _, class_name = name.partition(":")
    if not module_name or not class_name:
        raise ConfigError(f"{where}: `model` must be `module:Class`, not `{name}`")
    sys.path.insert(0, str(root))
    try:
        module = importlib.import_module(module_name)
    except ImportError as error:
        raise ConfigError(f"{where}: cannot import `{module_name}`: {error}") from None
    finally:
        sys.path.remove(str(root))
    model = getattr(module, class_name, None)
    if not isinstance(model, type) or not issubclass(model, BaseModel):
        raise ConfigError(f"{where}: `{name}` is not a pydantic model")
    return Schema(name, model.model_json_schema(), validate=lambda values: _violations(model, values))


def _violations(model: Any, values: Mapping[str, Any]) -> Sequence[Violation]:
    from pydantic import ValidationError

    try:
        model.model_validate(dict(values))
    except ValidationError as error:
        known = [field.alias or name for name, field in model.model_fields.items()]
        found: dict[Any, Violation] = {}
        for problem in error.errors(include_url=False):
            path = problem["loc"]
            found.setdefault(path[:1], _violation(problem["type"], path, problem["msg"], known))
        return list(found.values())
    return ()


def _violation(kind: str, path: tuple[str | int, ...], message: str, known: list[str]) -> Violation:
    place = ".".join(str(part) for part in path) or "front matter"
    if kind == "missing":
        return Violation(Kind.MISSING, path, f"`{place}` is missing")
    if kind == "extra_forbidden":
        near = nearest_key(str(path[-1]), known)
        hint = f"; did you mean `{near}`?" if near else ""
        return Violation(Kind.UNKNOWN, path, f"`{place}` is not a known key{hint}", nearest=near)
    return Violation(Kind.VALUE, path, f"`{place}`: {message[:1].lower()}{message[1:]}")
