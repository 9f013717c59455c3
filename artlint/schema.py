"""What front matter may hold: a schema in JSON Schema's words, and the check of values against it.

Every kind of schema (preset, table of the configuration, JSON Schema file, pydantic model) is a JSON
Schema (draft 2020-12) here, so one checker serves all and ``artlint schema show`` prints what counts.
Dates that YAML or TOML reads count as strings with the format `date` or `date-time`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from artlint.errors import ConfigError

MAX_REFERENCES = 32
KEY_ORDER = "x-key-order"  # the one keyword of ours: a list of keys

Path = tuple[str | int, ...]


class Kind(StrEnum):
    """In which way values break a schema."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    TYPE = "type"
    VALUE = "value"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Violation:
    """One place where values break a schema.

    ``path`` leads to the value (for a missing or unknown key to the key). ``message`` is one line
    about it. ``wanted`` are the JSON types that would do, ``nearest`` the known key that was meant.
    """

    kind: Kind
    path: Path
    message: str
    wanted: tuple[str, ...] = ()
    nearest: str | None = None


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema by name. ``document`` is its JSON Schema.

    ``is_preset``: it describes articles in general, so pages beside them need not have its required
    keys. ``validate`` (of a pydantic model) takes the place of the checker.
    """

    name: str
    document: Mapping[str, Any]
    is_preset: bool = False
    validate: Callable[[Mapping[str, Any]], Sequence[Violation]] | None = None

    @property
    def key_order(self) -> tuple[str, ...]:
        return tuple(self.document.get(KEY_ORDER, ()))

    @property
    def keys(self) -> frozenset[str]:
        """The keys that the schema knows by name."""
        return frozenset(self.document.get("properties", ()))

    def violations(self, values: Mapping[str, Any]) -> list[Violation]:
        """Where the values of a front matter break the schema."""
        if self.validate is not None:
            found = list(self.validate(values))
        else:
            found = list(_Checker(self.document).check(self.document, dict(values), ()))
        order = [key for key in values if key in self.key_order]
        for key, wanted in zip(order, sorted(order, key=self.key_order.index), strict=True):
            if key != wanted:
                found.append(Violation(Kind.ORDER, (key,), f"`{wanted}` belongs before `{key}`"))
                break
        return found


def nearest_key(key: str, known: Sequence[str], cutoff: float = 0.6) -> str | None:
    """The known key that was very likely meant: by likeness, or with the same letters."""
    for candidate in known:
        if candidate != key and sorted(candidate.lower()) == sorted(key.lower()):
            return candidate
    import difflib

    near = difflib.get_close_matches(key, known, 1, cutoff)
    return near[0] if near else None


_WORDS = {
    "null": "empty",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "string": "text",
    "array": "a list",
    "object": "a mapping",
}
_FORMAT_WORDS = {
    "date": "a date such as 2021-11-04",
    "date-time": "a date with time such as 2021-11-04T02:10:07Z",
    "time": "a time such as 02:10:07",
    "email": "an e-mail address",
    "uri": "a URL",
    "uri-reference": "a URL or path",
}


class _Checker:
    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root
        self._references = 0

    def check(self, schema: Any, value: Any, path: Path) -> Iterator[Violation]:
        if schema is True or schema == {}:
            return
        if schema is False:
            yield Violation(Kind.VALUE, path, f"`{_place(path)}` is not allowed here")
            return
        if "$ref" in schema:
            yield from self._reference(schema["$ref"], value, path)
        types = _listed(schema.get("type"))
        if types and not any(is_type(value, name) for name in types):
            yield _wrong_type(path, value, types)
            return
        if len(schema) == 1 and types:
            return  # the common case: a type and nothing else
        yield from _constraints(schema, value, path)
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
                yield Violation(Kind.MISSING, (*path, key), f"`{_place((*path, key))}` is missing")
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
                yield _unknown(path, name, list(known))
            else:
                yield from self.check(rest, inner, (*path, name))

    def _combined(self, schema: Mapping[str, Any], value: Any, path: Path) -> Iterator[Violation]:
        for part in schema.get("allOf", ()):
            yield from self.check(part, value, path)
        for keyword in ("anyOf", "oneOf"):
            if keyword in schema:
                yield from self._alternatives(schema[keyword], value, path, only_one=keyword == "oneOf")
        if "not" in schema and not list(self.check(schema["not"], value, path)):
            yield Violation(Kind.VALUE, path, f"`{_place(path)}` has a value that is ruled out")
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
            yield Violation(Kind.VALUE, path, f"`{_place(path)}` fits several forms; only one may fit")
            return
        of_type = [v for v in found if not (v[0].kind is Kind.TYPE and v[0].path == path)]
        if of_type:  # the value has the type of these: say what is wrong inside
            yield from min(of_type, key=len)
            return
        wanted = tuple(dict.fromkeys(name for violations in found for name in violations[0].wanted))
        yield _wrong_type(path, value, wanted)


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


def is_type(value: Any, name: str) -> bool:
    """Whether a front-matter value has a JSON type."""
    if isinstance(value, bool):
        return name == "boolean"
    if isinstance(value, int):
        return name in ("integer", "number")
    if isinstance(value, float):
        return name == "number" or (name == "integer" and value.is_integer())
    if isinstance(value, (str, bytes, datetime.date, datetime.time)):
        return name == "string"
    return name == {list: "array", dict: "object", type(None): "null"}.get(type(value))


def _wrong_type(path: Path, value: Any, wanted: tuple[str, ...]) -> Violation:
    words = [_WORDS.get(name, name) for name in wanted if name != "null"] or ["empty"]
    have = next(word for name, word in _WORDS.items() if is_type(value, name))
    # Only the three likeliest forms: a message is one line.
    expected = " or ".join(words[:3])
    return Violation(Kind.TYPE, path, f"`{_place(path)}` must be {expected}, not {have}", wanted)


def _unknown(path: Path, key: str, known: list[str]) -> Violation:
    near = nearest_key(key, known)
    hint = f"; did you mean `{near}`?" if near else ""
    return Violation(
        Kind.UNKNOWN, (*path, key), f"`{_place((*path, key))}` is not a known key{hint}", nearest=near
    )


def _dependent(schema: Mapping[str, Any], value: Mapping[Any, Any]) -> Iterator[str]:
    for key, needed in schema.get("dependentRequired", {}).items():
        if key in value:
            yield from needed


def _constraints(schema: Mapping[str, Any], value: Any, path: Path) -> Iterator[Violation]:
    text = value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else value
    place = _place(path)
    if "const" in schema and not _equal(text, schema["const"]):
        yield Violation(Kind.VALUE, path, f"`{place}` must be `{_short(schema['const'])}`")
    if "enum" in schema and not any(_equal(text, option) for option in schema["enum"]):
        yield Violation(Kind.VALUE, path, f"`{place}` must be {_options(schema['enum'], text)}")
    if isinstance(text, str):
        yield from _text_constraints(schema, value, text, path)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        for keyword, words, holds in _NUMBER_LIMITS:
            if keyword in schema and not holds(value, schema[keyword]):
                yield Violation(Kind.VALUE, path, f"`{place}` must be {words} {schema[keyword]}")
    elif isinstance(value, list):
        yield from _size(schema, len(value), "minItems", "maxItems", "entries", path)
        if schema.get("uniqueItems") and any(_equal(a, b) for i, a in enumerate(value) for b in value[:i]):
            yield Violation(Kind.VALUE, path, f"`{place}` holds an entry twice")
    elif isinstance(value, dict):
        yield from _size(schema, len(value), "minProperties", "maxProperties", "keys", path)


def _text_constraints(schema: Mapping[str, Any], value: Any, text: str, path: Path) -> Iterator[Violation]:
    yield from _size(schema, len(text), "minLength", "maxLength", "characters", path)
    if "pattern" in schema and not re.search(schema["pattern"], text):
        yield Violation(Kind.VALUE, path, f"`{_place(path)}` must match `{_short(schema['pattern'], 40)}`")
    name = schema.get("format")
    if name in _FORMATS and not _FORMATS[name](value):
        yield Violation(Kind.VALUE, path, f"`{_place(path)}` must be {_FORMAT_WORDS[name]}")


def _size(
    schema: Mapping[str, Any], size: int, least: str, most: str, unit: str, path: Path
) -> Iterator[Violation]:
    if size < schema.get(least, 0):
        yield Violation(Kind.VALUE, path, f"`{_place(path)}` has {size} {unit}, needs {schema[least]}")
    if size > schema.get(most, size):
        yield Violation(Kind.VALUE, path, f"`{_place(path)}` has {size} {unit}, at most {schema[most]}")


_NUMBER_LIMITS: tuple[tuple[str, str, Callable[[float, float], bool]], ...] = (
    ("minimum", "at least", lambda value, limit: value >= limit),
    ("maximum", "at most", lambda value, limit: value <= limit),
    ("exclusiveMinimum", "more than", lambda value, limit: value > limit),
    ("exclusiveMaximum", "less than", lambda value, limit: value < limit),
    ("multipleOf", "a multiple of", lambda value, unit: value % unit == 0),
)


def _is_date(value: Any) -> bool:
    return _has_time(value) is False


def _is_date_time(value: Any) -> bool:
    return _has_time(value) is True


def _has_time(value: Any) -> bool | None:
    if isinstance(value, datetime.date):
        return isinstance(value, datetime.datetime)
    from artlint.dates import UnknownDate, read_moment

    try:
        moment = read_moment(value) if isinstance(value, str) else None
    except UnknownDate:
        return None
    return (
        None if moment is None or moment.form != "readable" else isinstance(moment.value, datetime.datetime)
    )


def _matching(pattern: str) -> Callable[[Any], bool]:
    return lambda value: not isinstance(value, str) or re.fullmatch(pattern, value) is not None


_FORMATS: dict[str, Callable[[Any], bool]] = {
    "date": _is_date,
    "date-time": _is_date_time,
    "time": _matching(r"\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)?"),
    "email": _matching(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "uri": _matching(r"[A-Za-z][A-Za-z0-9+.-]*:\S+"),
    "uri-reference": _matching(r"\S*"),
}


def _equal(one: Any, other: Any) -> bool:
    """Equality as in JSON: true is not 1."""
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _options(options: Sequence[Any], value: Any) -> str:
    near = nearest_key(value, [o for o in options if isinstance(o, str)]) if isinstance(value, str) else None
    if len(options) == 1:
        return f"`{_short(options[0])}`"
    listed = ", ".join(f"`{_short(option)}`" for option in options[:3])
    rest = ", …" if len(options) > 3 else ""
    return f"one of {listed}{rest}" + (f"; did you mean `{_short(near)}`?" if near else "")


def _listed(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _short(value: Any, limit: int = 20) -> str:
    import json

    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _place(path: Path) -> str:
    """A path as people write it: `params.images[0].src`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
    return text or "front matter"
