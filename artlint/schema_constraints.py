"""What a schema asks of a single value: constants, limits, patterns and formats of text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from artlint.schema_violation import Kind, Path, Violation, nearest_key, place, short

_FORMAT_WORDS = {
    "date": "a date such as 2021-11-04",
    "date-time": "a date with time such as 2021-11-04T02:10:07Z",
    "time": "a time such as 02:10:07",
    "email": "an e-mail address",
    "uri": "a URL",
    "uri-reference": "a URL or path",
}


def constraints(schema: Mapping[str, Any], value: Any, path: Path) -> Iterator[Violation]:
    """Where a value, apart from its type and from what it holds, is not what its schema asks for."""
    text = value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else value
    name = place(path)
    if "const" in schema and not _equal(text, schema["const"]):
        yield Violation(Kind.VALUE, path, f"`{name}` must be `{short(schema['const'])}`")
    if "enum" in schema and not any(_equal(text, option) for option in schema["enum"]):
        yield Violation(Kind.VALUE, path, f"`{name}` must be {_options(schema['enum'], text)}")
    if isinstance(text, str):
        yield from _text_constraints(schema, value, text, path)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        for keyword, words, holds in _NUMBER_LIMITS:
            if keyword in schema and not holds(value, schema[keyword]):
                yield Violation(Kind.VALUE, path, f"`{name}` must be {words} {schema[keyword]}")
    elif isinstance(value, list):
        yield from _size(schema, len(value), "minItems", "maxItems", "entries", path)
        if schema.get("uniqueItems") and any(_equal(a, b) for i, a in enumerate(value) for b in value[:i]):
            yield Violation(Kind.VALUE, path, f"`{name}` holds an entry twice")
    elif isinstance(value, dict):
        yield from _size(schema, len(value), "minProperties", "maxProperties", "keys", path)


def _text_constraints(schema: Mapping[str, Any], value: Any, text: str, path: Path) -> Iterator[Violation]:
    yield from _size(schema, len(text), "minLength", "maxLength", "characters", path)
    if "pattern" in schema and not re.search(schema["pattern"], text):
        yield Violation(Kind.VALUE, path, f"`{place(path)}` must match `{short(schema['pattern'], 40)}`")
    name = schema.get("format")
    if name in _FORMATS and not _FORMATS[name](value):
        yield Violation(Kind.VALUE, path, f"`{place(path)}` must be {_FORMAT_WORDS[name]}")


def _size(
    schema: Mapping[str, Any], size: int, least: str, most: str, unit: str, path: Path
) -> Iterator[Violation]:
    if size < schema.get(least, 0):
        yield Violation(Kind.VALUE, path, f"`{place(path)}` has {size} {unit}, needs {schema[least]}")
    if size > schema.get(most, size):
        yield Violation(Kind.VALUE, path, f"`{place(path)}` has {size} {unit}, at most {schema[most]}")


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
        return f"`{short(options[0])}`"
    listed = ", ".join(f"`{short(option)}`" for option in options[:3])
    rest = ", …" if len(options) > 3 else ""
    return f"one of {listed}{rest}" + (f"; did you mean `{short(near)}`?" if near else "")
