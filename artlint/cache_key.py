"""The key under which the findings of a file are kept: everything that they depend on."""

from __future__ import annotations

import enum
import importlib.util
import os
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from artlint.pack import PackRule
from artlint.policy import Policy

if TYPE_CHECKING:
    from artlint.api import Plan

# What reads an article; another version may read it in another way.
_LIBRARIES = ("turbohtml", "nh3", "pyromark", "yaml", "markdown_it")


class Unknown(Exception):
    """Something that the findings depend on cannot be written down; they are not kept then."""


def key_of(run: bytes, path: str, data: bytes) -> bytes:
    """The key of a file in a run (``run_of``)."""
    return blake2b(data, digest_size=20, key=run, person=_digest(path, 16)).digest()


def run_of(plan: Plan, *how: object) -> bytes:
    """What the findings of a run depend on beside the files: the plan, and ``how`` it is carried out.

    Raises Unknown when that cannot be said.
    """
    parts = [*_written(plan.settings), *_written(plan.limits), plan.to, *map(repr, how), *_installed()]
    for rule in plan.rules:
        parts.append(f"{type(rule).__module__}.{type(rule).__qualname__} {rule.code}")
        if isinstance(rule, PackRule):
            parts.extend(_written((rule.path, rule.guard, rule.entry, rule.action, rule.applicability)))
    return _digest("\0".join(parts), 32)


def _digest(text: str, size: int) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest()


@lru_cache(maxsize=1)
def _installed() -> tuple[str, ...]:
    """The code of artlint and of the libraries, by size and time: a version number says less."""
    here = Path(__file__).parent
    paths = sorted(str(path) for path in here.rglob("*.py"))
    for library in _LIBRARIES:
        spec = importlib.util.find_spec(library)
        if spec is not None and spec.origin:
            paths.append(spec.origin)
    stamps = []
    for path in paths:
        status = os.stat(path)
        stamps.append(f"{path} {status.st_size} {status.st_mtime_ns}")
    return (sys.version, *stamps)


def _written(value: Any) -> Iterator[str]:
    """Plain data as text, the same in each process: sets and mappings in order."""
    if value is None or isinstance(value, (str, int, float, bool, enum.Enum)):
        yield repr(value)
    elif isinstance(value, (set, frozenset)):
        yield from ("{", *sorted("".join(_written(item)) for item in value), "}")
    elif isinstance(value, Mapping):
        yield "{"
        for key in sorted(value, key=repr):
            yield from (repr(key), ":", *_written(value[key]))
        yield "}"
    elif isinstance(value, (list, tuple)):
        yield from ("(", *(text for item in value for text in _written(item)), ")")
    elif isinstance(value, Policy):
        yield from _written(vars(value))
    else:
        raise Unknown(type(value).__qualname__)
