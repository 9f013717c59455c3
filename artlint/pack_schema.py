"""The JSON Schema of a pack, derived from the table of keys, for editors that check while one types.

``python -m artlint.pack_schema`` writes docs/pack.schema.json.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from artlint.pack_keys import MATCH_KINDS, PACK, Key

_TEXT = {"type": "string", "minLength": 1}
_TEXTS = {"oneOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}


def pack_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) as plain data."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "artlint pack",
        "description": "Declarative rules for one source of articles; see docs/packs.md.",
        **_object(PACK),
    }


def schema_text() -> str:
    """The schema as the file docs/pack.schema.json holds it."""
    return json.dumps(pack_schema(), ensure_ascii=False, indent=2) + "\n"


def _object(keys: Sequence[Key]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {key.name: {"description": key.about, **_value(key)} for key in keys},
        "additionalProperties": False,
    }
    required = [key.name for key in keys if key.required]
    return {**schema, "required": required} if required else schema


def _value(key: Key) -> dict[str, Any]:
    match key.kind:
        case "mapping":
            schema = _object(key.keys)
            kinds = [{"required": [kind]} for kind in MATCH_KINDS]
            return {**schema, "oneOf": kinds} if key.name == "match" else schema
        case "mappings":
            return {"type": "array", "items": _object(key.keys), "minItems": 1}
        case "table":
            return {"type": "object", "additionalProperties": _TEXT}
        case "texts":
            return _TEXTS
        case "choice":
            return {"enum": list(key.choices)}
        case "number":
            return {"type": "integer", "minimum": 0, "maximum": 99999}
        case "flag":
            return {"type": "boolean"}
        case "position":
            return {"type": "string", "pattern": "^(first|last) [1-9][0-9]?$"}
    return _TEXT


if __name__ == "__main__":
    (Path(__file__).parent.parent / "docs" / "pack.schema.json").write_text(schema_text(), encoding="utf-8")
