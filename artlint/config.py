"""The configuration of a run: what to check and how to fix, and the file that says so.

`artlint.toml`, `.artlint.toml` or `[tool.artlint]` in pyproject.toml; ``artlint.config_reader`` reads
them, ``artlint.config_keys`` is the table of all keys.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from artlint.errors import ConfigError
from artlint.settings import DEFAULTS, Settings, matches

_FILES = ("artlint.toml", ".artlint.toml", "pyproject.toml")
_NONE: Mapping[str, Any] = {}


class Override(NamedTuple):
    """What is different for the files that ``paths`` (gitignore patterns) match: fields of a ``Config``."""

    paths: tuple[str, ...]
    changes: Mapping[str, Any]


class Config(NamedTuple):
    """What to check and how to fix.

    ``select`` and ``ignore`` hold ``ALL``, ``DEFAULT``, families (``BP``), prefixes of codes, codes or
    names; the more specific selector wins. ``extend_select`` and ``extend_ignore`` add to them, and
    ``per_file_ignores`` (pattern, selectors) switches rules off whatever else is said. ``fixable``,
    ``unfixable``, ``extend_safe_fixes`` and ``extend_unsafe_fixes`` say what ``fix`` may do. ``include``
    (empty: artlint's own idea of an article), ``exclude`` and ``extend_exclude`` are gitignore patterns
    of files. ``format`` says whether fixing ends with the canonical form. ``to`` is the syntax to
    convert bodies to: ``markdown``, ``html`` or empty for none. ``rules`` are packs of the user: files
    and folders. ``editor_notes`` (``remove``) and ``source_notes`` (``keep``) say what becomes of notes
    that name the responsible editor, and of those about source, original and rights; ``front-matter``
    moves them there. ``limits`` are those that differ from ``artlint.limits``, by key. ``settings`` is
    what the rules are told. ``overrides`` change all that for some files. Patterns count from
    ``settings.root``. ``given`` are the values as written and where, for ``--show-settings``.
    """

    select: tuple[str, ...] = ("DEFAULT",)
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    fixable: tuple[str, ...] = ("ALL",)
    unfixable: tuple[str, ...] = ()
    extend_safe_fixes: tuple[str, ...] = ()
    extend_unsafe_fixes: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = (".git", ".hg", ".svn", "node_modules", ".venv", "__pycache__")
    extend_exclude: tuple[str, ...] = ()
    format: bool = True
    to: str = ""
    rules: tuple[str, ...] = ()
    editor_notes: str = "remove"
    source_notes: str = "keep"
    limits: Mapping[str, int] = _NONE
    settings: Settings = DEFAULTS
    overrides: tuple[Override, ...] = ()
    given: Mapping[str, tuple[Any, str]] = _NONE

    def variant(self, path: str) -> tuple[int, ...]:
        """Which overrides and per-file ignores are for a file: two files of one variant are treated alike."""
        patterns = [*(o.paths for o in self.overrides), *((pattern,) for pattern, _ in self.per_file_ignores)]
        return tuple(
            index for index, paths in enumerate(patterns) if matches(paths, path, self.settings.root)
        )

    def varied(self, variant: tuple[int, ...]) -> Config:
        """The configuration of the files of a variant, without overrides."""
        config = self
        ignores = []
        for index in variant:
            if index < len(self.overrides):
                config = changed(config, self.overrides[index].changes)
            else:
                ignores.append(self.per_file_ignores[index - len(self.overrides)])
        return config._replace(overrides=(), per_file_ignores=tuple(ignores))

    def for_path(self, path: str) -> Config:
        """The configuration of one file."""
        return self.varied(self.variant(path))

    def selectors(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every list of rules, with the key that holds it."""
        for name in _SELECTORS:
            yield name.replace("_", "-"), getattr(self, name)
        for pattern, selectors in self.per_file_ignores:
            yield f"per-file-ignores.{pattern}", selectors
        for index, override in enumerate(self.overrides):
            for name in _SELECTORS:
                if name in override.changes:
                    yield f"overrides[{index}].{name.replace('_', '-')}", override.changes[name]


_SELECTORS = (
    "select",
    "ignore",
    "extend_select",
    "extend_ignore",
    "fixable",
    "unfixable",
    "extend_safe_fixes",
    "extend_unsafe_fixes",
)
# What a file adds to the file it extends, and an override to the rest, instead of replacing it.
_ADDED = ("extend_select", "extend_ignore", "extend_exclude", "per_file_ignores", "overrides")


def changed(config: Config, changes: Mapping[str, Any]) -> Config:
    """A configuration with other values: of its own fields, and of its settings as ``settings.NAME``."""
    own = {name: value for name, value in changes.items() if "." not in name}
    inner = {name.partition(".")[2]: value for name, value in changes.items() if "." in name}
    for name in _ADDED:
        if name in own:
            own[name] = (*getattr(config, name), *own[name])
    for name in ("limits", "given"):
        if name in own:
            own[name] = {**getattr(config, name), **own[name]}
    if "schema" in inner or "schemas" in inner:
        # The schema for all files comes behind those for some.
        old = config.settings.schemas
        some = inner.pop("schemas", tuple(choice for choice in old if choice.paths))
        rest = inner.pop("schema", tuple(choice for choice in old if not choice.paths))
        inner["schemas"] = (*some, *rest)
    return config._replace(**own, settings=config.settings._replace(**inner))


def find_config(start: Path) -> Path | None:
    """The closest configuration file: in ``start`` (a folder), else in the folders above it.

    In one folder `artlint.toml` comes before `.artlint.toml`, and both before a pyproject.toml, which
    counts only with a `[tool.artlint]` table. Raises ConfigError for a file that is not TOML.
    """
    place = Path(os.path.abspath(start))
    return next(filter(None, map(config_in, (place, *place.parents))), None)


@cache
def config_in(folder: Path) -> Path | None:
    """The configuration file of one folder, None where it has none. Raises ConfigError as above."""
    for name in _FILES:
        path = folder / name
        if path.is_file() and (name != "pyproject.toml" or own_table(path) is not None):
            return path
    return None


def own_table(path: Path) -> dict[str, Any] | None:
    """What a file says to artlint; None for a pyproject.toml that says nothing. Raises ConfigError."""
    import tomllib

    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot read: {(error.strerror or str(error)).lower()}") from None
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    if path.name != "pyproject.toml":
        return values
    table = values.get("tool", {}).get("artlint")
    return table if isinstance(table, dict) else None


def load_config(path: Path, allow_python: bool = False) -> Config:
    """Read a configuration file. Raises ConfigError, naming file and key, for anything not understood.

    ``allow_python`` lets it name a pydantic model, whose module is then imported and so run.
    """
    from artlint.config_reader import read_config

    return read_config(path, allow_python)
