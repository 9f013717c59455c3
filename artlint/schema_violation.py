"""Where values break a schema, and how that is said."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple

Path = tuple[str | int, ...]


class Kind(StrEnum):
    """In which way values break a schema."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    TYPE = "type"
    VALUE = "value"
    ORDER = "order"


class Violation(NamedTuple):
    """One place where values break a schema.

    ``path`` leads to the value (for a missing or unknown key to the key). ``message`` is one line
    about it. ``wanted`` are the JSON types that would do, ``nearest`` the known key that was meant.
    """

    kind: Kind
    path: Path
    message: str
    wanted: tuple[str, ...] = ()
    nearest: str | None = None


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


def wrong_type(path: Path, value: Any, wanted: tuple[str, ...]) -> Violation:
    """The violation of a value that has none of the JSON types ``wanted``."""
    words = [_WORDS.get(name, name) for name in wanted if name != "null"] or ["empty"]
    have = next(word for name, word in _WORDS.items() if is_type(value, name))
    # Only the three likeliest forms: a message is one line.
    expected = " or ".join(words[:3])
    return Violation(Kind.TYPE, path, f"`{place(path)}` must be {expected}, not {have}", wanted)


def unknown_key(path: Path, key: str, known: list[str]) -> Violation:
    """The violation of a key of the mapping at ``path`` that is none of the ``known`` ones."""
    near = nearest_key(key, known)
    hint = f"; did you mean `{near}`?" if near else ""
    return Violation(
        Kind.UNKNOWN, (*path, key), f"`{place((*path, key))}` is not a known key{hint}", nearest=near
    )


def short(value: Any, limit: int = 20) -> str:
    """A value as a message quotes it, cut to ``limit`` characters."""
    import json

    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def place(path: Path) -> str:
    """A path as people write it: `params.images[0].src`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
    return text or "front matter"
