"""The check of values against a JSON Schema (draft 2020-12, the keywords of ``schema_file``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from artlint.errors import ConfigError
from artlint.schema_constraints import constraints
from artlint.schema_violation import Kind, Path, Violation, is_type, place, unknown_key, wrong_type

MAX_REFERENCES = 32


def violations_of(document: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[Violation]:
    """Where the values of a front matter break a JSON Schema. Raises ConfigError for an endless one."""
    return _Checker(document).check(document, dict(values), ())


class _Checker:
    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root
        self._references = 0

    def check(self, schema: Any, value: Any, path: Path) -> Iterator[Violation]:
        if schema is True or schema == {}:
            return
        if schema is False:
            yield Violation(Kind.VALUE, path, f"`{place(path)}` is not allowed here")
            return
        if "$ref" in schema:
            yield from self._reference(schema["$ref"], value, path)
        types = _listed(schema.get("type"))
        if types and not any(is_type(value, name) for name in types):
            yield wrong_type(path, value, types)
            return
        if len(schema) == 1 and types:
            return  # the common case: a type and nothing else
        yield from constraints(schema, value, path)
        if isinstance(value, list):
            yield from self._items(schema, value, path)
        if isinstance(value, dict):
            yield from self._keys(schema, value, path)
        yield from self._combined(schema, value, path)

    def _reference(self, reference: str, value: Any, path: Path) -> Iterator[Violation]:
        self._references += 1
        if self._references > MAX_REFERENCES:
            raise ConfigError(f"schema: `{reference}` refers to itself without end")
        yield from self.check(resolve(self._root, reference), value, path)
        self._references -= 1

    def _items(self, schema: Mapping[str, Any], value: list[Any], path: Path) -> Iterator[Violation]:
        first = schema.get("prefixItems", ())
        for index, item in enumerate(value):
            inner = first[index] if index < len(first) else schema.get("items", True)
            yield from self.check(inner, item, (*path, index))

    def _keys(self, schema: Mapping[str, Any], value: dict[Any, Any], path: Path) -> Iterator[Violation]:
        known = schema.get("properties", {})
        for key in (*schema.get("required", ()), *_dependent(schema, value)):
            if key not in value:
                yield Violation(Kind.MISSING, (*path, key), f"`{place((*path, key))}` is missing")
        for key, inner in value.items():
            name = str(key)
            yield from self.check(known.get(name, True), inner, (*path, name))
            matching = [
                s for pattern, s in schema.get("patternProperties", {}).items() if re.search(pattern, name)
            ]
            for pattern_schema in matching:
                yield from self.check(pattern_schema, inner, (*path, name))
            rest = schema.get("additionalProperties", True)
            if name in known or matching or rest is True:
                continue
            if rest is False:
                yield unknown_key(path, name, list(known))
            else:
                yield from self.check(rest, inner, (*path, name))

    def _combined(self, schema: Mapping[str, Any], value: Any, path: Path) -> Iterator[Violation]:
        for part in schema.get("allOf", ()):
            yield from self.check(part, value, path)
        for keyword in ("anyOf", "oneOf"):
            if keyword in schema:
                yield from self._alternatives(schema[keyword], value, path, only_one=keyword == "oneOf")
        if "not" in schema and not list(self.check(schema["not"], value, path)):
            yield Violation(Kind.VALUE, path, f"`{place(path)}` has a value that is ruled out")
        if "if" in schema:
            holds = not list(self.check(schema["if"], value, path))
            yield from self.check(schema.get("then" if holds else "else", True), value, path)

    def _alternatives(
        self, alternatives: Sequence[Any], value: Any, path: Path, only_one: bool
    ) -> Iterator[Violation]:
        found = [list(self.check(part, value, path)) for part in alternatives]
        fitting = sum(not violations for violations in found)
        if fitting == 1 or (fitting and not only_one):
            return
        if fitting:
            yield Violation(Kind.VALUE, path, f"`{place(path)}` fits several forms; only one may fit")
            return
        of_type = [v for v in found if not (v[0].kind is Kind.TYPE and v[0].path == path)]
        if of_type:  # the value has the type of these: say what is wrong inside
            yield from min(of_type, key=len)
            return
        wanted = tuple(dict.fromkeys(name for violations in found for name in violations[0].wanted))
        yield wrong_type(path, value, wanted)


def resolve(root: Mapping[str, Any], reference: str) -> Any:
    """What a local JSON pointer refers to. Raises ConfigError for another reference or none."""
    if reference != "#" and not reference.startswith("#/"):
        raise ConfigError(f"schema: `$ref` may only point into the file (`#/…`), not to `{reference}`")
    place: Any = root
    for part in reference[2:].split("/") if reference != "#" else ():
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(place, Mapping) and key in place:
            place = place[key]
        elif isinstance(place, list) and key.isdigit() and int(key) < len(place):
            place = place[int(key)]
        else:
            raise ConfigError(f"schema: `$ref` points to `{reference}`, which does not exist")
    return place


def _dependent(schema: Mapping[str, Any], value: Mapping[Any, Any]) -> Iterator[str]:
    for key, needed in schema.get("dependentRequired", {}).items():
        if key in value:
            yield from needed


def _listed(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())
