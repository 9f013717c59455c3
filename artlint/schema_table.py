"""The schema table of the configuration: its shape, and the JSON Schema it stands for.

Read by pydantic, which takes long to import: only a configuration with such a table loads this.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from artlint.errors import ConfigError
from artlint.schema import KEY_ORDER, Schema
from artlint.schema_presets import PRESETS, preset
from artlint.schema_violation import nearest_key

Type = Literal["text", "integer", "number", "boolean", "date", "list", "mapping", "text-or-list"]

_STRING: dict[str, Any] = {"type": "string"}
_TYPES: dict[str, dict[str, Any]] = {
    "text": _STRING,
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]},
    "list": {"type": "array"},
    "mapping": {"type": "object"},
    "text-or-list": {"type": ["string", "array"], "items": _STRING},
}


def _names(field: str) -> str:
    return field.replace("_", "-")


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", alias_generator=_names, populate_by_name=False, strict=True)


class KeyTable(_Table):
    """What one key may hold. A word alone (`title = "text"`) is the type."""

    type: Type | None = None
    enum: list[str | int | float | bool] | None = None
    pattern: str | None = None
    format: Literal["date", "date-time", "time", "email", "uri", "uri-reference"] | None = None
    items: OneKey | None = None
    keys: dict[str, OneKey] | None = None
    min_length: int | None = Field(default=None, ge=0)
    max_length: int | None = Field(default=None, ge=0)
    minimum: float | None = None
    maximum: float | None = None
    min_items: int | None = Field(default=None, ge=0)
    max_items: int | None = Field(default=None, ge=0)
    unique: bool | None = None

    def json_schema(self) -> dict[str, Any]:
        """The key as JSON Schema."""
        schema = dict(_TYPES[self.type]) if self.type else {}
        plain = {
            "enum": self.enum,
            "pattern": self.pattern,
            "format": self.format,
            "minLength": self.min_length,
            "maxLength": self.max_length,
            "minimum": self.minimum,
            "maximum": self.maximum,
            "minItems": self.min_items,
            "maxItems": self.max_items,
            "uniqueItems": self.unique,
            "items": self.items.json_schema() if self.items else None,
            "properties": {k: v.json_schema() for k, v in self.keys.items()} if self.keys else None,
        }
        schema.update({keyword: value for keyword, value in plain.items() if value is not None})
        return schema


OneKey = Annotated[KeyTable, BeforeValidator(lambda v: {"type": v} if isinstance(v, str) else v)]
KeyTable.model_rebuild()


class Condition(_Table):
    """When `key` is there (and, with `equals`, has that value), the keys of `required` must be too."""

    key: str
    equals: str | int | float | bool | None = None
    required: list[str]

    def json_schema(self) -> dict[str, Any]:
        """The condition as JSON Schema."""
        held: dict[str, Any] = {} if self.equals is None else {"const": self.equals}
        return {
            "if": {"required": [self.key], "properties": {self.key: held}},
            "then": {"required": self.required},
        }


class SchemaTable(_Table):
    """A whole schema. `extends` names a preset to begin with."""

    extends: Literal["article", "hexo", "jekyll", "hugo"] | None = None
    required: list[str] | None = None
    keys: dict[str, OneKey] = {}
    closed: bool = False
    key_order: list[str] = []
    when: list[Condition] = []

    def json_schema(self) -> dict[str, Any]:
        """The table as JSON Schema; a key of its own replaces that of the preset."""
        base = preset(self.extends).document if self.extends else {}
        schema: dict[str, Any] = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": list(base.get("required", ())) if self.required is None else self.required,
            "properties": {
                **base.get("properties", {}),
                **{name: key.json_schema() for name, key in self.keys.items()},
            },
        }
        for name in (*schema["required"], *self.key_order):
            schema["properties"].setdefault(name, {})
        if self.closed:
            schema["additionalProperties"] = False
        if self.when:
            schema["allOf"] = [condition.json_schema() for condition in self.when]
        if self.key_order:
            schema[KEY_ORDER] = self.key_order
        return schema


def schema_of_table(table: dict[str, Any], where: str) -> Schema:
    """The schema of a table; ``where`` names file and table in errors. Raises ConfigError."""
    from artlint.schema_file import check_schema

    try:
        document = SchemaTable.model_validate(table).json_schema()
    except ValidationError as error:
        raise ConfigError(f"{where}: {_in_one_line(error)}") from None
    check_schema(document, where)
    return Schema("table", document)


_FIELDS = {
    model.__name__: [_names(name) for name in model.model_fields]
    for model in (KeyTable, Condition, SchemaTable)
}


def _in_one_line(error: ValidationError) -> str:
    first = error.errors()[0]
    path = [str(part) for part in first["loc"]]
    place = ".".join(path)
    if first["type"] == "extra_forbidden":
        known = _FIELDS["SchemaTable" if len(path) == 1 else "Condition" if path[0] == "when" else "KeyTable"]
        near = nearest_key(path[-1], known)
        hint = f"; did you mean `{near}`?" if near else f"; known are {', '.join(known)}"
        return f"unknown key `{place}`{hint}"
    if first["type"] == "missing":
        return f"`{place}` is missing"
    if first["type"] == "literal_error":
        value = str(first["input"])
        near = nearest_key(value, [*_TYPES, *PRESETS])
        hint = f"; did you mean `{near}`?" if near else ""
        return f"`{place}` is `{value}`, not one of {first['ctx']['expected']}{hint}"
    message = first["msg"]
    return f"`{place}`: {message[:1].lower()}{message[1:]}"
