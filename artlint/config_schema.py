"""The JSON Schema of the configuration, derived from the table of keys.

``python -m artlint.config_schema`` writes docs/artlint.schema.json.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

from artlint.config_keys import KEYS, LIMITS, Key
from artlint.policy import PRESETS as POLICIES
from artlint.policy_table import EXTENSIONS, LISTS
from artlint.schema_presets import PRESETS
from artlint.schema_table import SchemaTable, Type

_TEXT: dict[str, Any] = {"type": "string"}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_LISTS_BY_NAME = {"type": "object", "additionalProperties": _TEXTS}


def config_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) as plain data."""
    # A word alone is the type of a key, which pydantic's own schema does not say.
    text = json.dumps(SchemaTable.model_json_schema()).replace('"#/$defs/KeyTable"', '"#/$defs/key"')
    table = json.loads(text)
    definitions = {
        **table.pop("$defs"),
        "key": {"anyOf": [{"enum": list(get_args(Type))}, {"$ref": "#/$defs/KeyTable"}]},
        "schema-table": table,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "artlint configuration",
        "description": "artlint.toml, .artlint.toml, or [tool.artlint] of pyproject.toml.",
        **_object(list(KEYS.values())),
        "$defs": {**definitions, "schema": _schema()},
    }


def schema_text() -> str:
    """The schema as the file docs/artlint.schema.json holds it."""
    return json.dumps(config_schema(), ensure_ascii=False, indent=2) + "\n"


def _object(keys: list[Key]) -> dict[str, Any]:
    properties = {key.name: {"description": key.about, **_value(key)} for key in keys}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _value(key: Key) -> dict[str, Any]:
    simple = {
        "text": _TEXT,
        "zone": _TEXT,
        "path": _TEXT,
        "flag": {"type": "boolean"},
        "choice": {"enum": list(key.choices)},
        "codes-by-path": _LISTS_BY_NAME,
        "schema": {"$ref": "#/$defs/schema"},
        "policy": _policy(),
        "limits": _limits(),
        "schemas": _tables({"paths": _TEXTS, "schema": {"$ref": "#/$defs/schema"}}, ["paths", "schema"]),
    }
    if key.kind == "overrides":
        inner = _object([other for other in KEYS.values() if other.by_path])
        return _tables({"paths": _TEXTS, **inner["properties"]}, ["paths"])
    return simple.get(key.kind, _TEXTS)


def _tables(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    table = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    return {"type": "array", "items": table}


def _schema() -> dict[str, Any]:
    sources = [
        {"type": "object", "properties": {name: _TEXT}, "required": [name], "additionalProperties": False}
        for name in ("file", "model")
    ]
    return {"anyOf": [{"enum": list(PRESETS)}, *sources, {"$ref": "#/$defs/schema-table"}]}


def _policy() -> dict[str, Any]:
    properties: dict[str, Any] = {
        "preset": {"enum": list(POLICIES)},
        "attributes": _LISTS_BY_NAME,
        "extend-attributes": _LISTS_BY_NAME,
        "data-images": {"type": "boolean"},
    }
    properties.update(dict.fromkeys((*LISTS, *EXTENSIONS), _TEXTS))
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _limits() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            name: {"type": "integer", "minimum": 1, "description": about} for name, about in LIMITS.items()
        },
        "additionalProperties": False,
    }


if __name__ == "__main__":
    (Path(__file__).parent.parent / "docs" / "artlint.schema.json").write_text(
        schema_text(), encoding="utf-8"
    )
