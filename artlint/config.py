"""The configuration of a run: `artlint.toml`, `.artlint.toml` or `[tool.artlint]` in pyproject.toml."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from artlint.errors import ConfigError
from artlint.settings import DATE_FORMATS, DEFAULTS, SchemaChoice, Settings, read_zone

if TYPE_CHECKING:
    from artlint.policy import Policy
    from artlint.schema import Schema

_FILES = ("artlint.toml", ".artlint.toml", "pyproject.toml")


@dataclass(frozen=True)
class Config:
    """What to check and how to fix.

    ``select`` and ``ignore`` hold ``ALL``, ``DEFAULT``, families (``BP``), prefixes of codes, codes or
    names; the more specific selector wins. ``format`` says whether fixing ends with the canonical form.
    ``to`` is the syntax to convert bodies to: ``markdown``, ``html`` or empty for none. ``rules`` are
    packs of the user: files and folders. ``editor_notes`` (``remove``) and ``source_notes`` (``keep``)
    say what becomes of notes that name the responsible editor, and of those about source, original and
    rights; ``front-matter`` moves them there. ``settings`` is what the rules are told.
    """

    select: tuple[str, ...] = ("DEFAULT",)
    ignore: tuple[str, ...] = ()
    format: bool = True
    to: str = ""
    rules: tuple[str, ...] = ()
    editor_notes: str = "remove"
    source_notes: str = "keep"
    settings: Settings = DEFAULTS


def find_config(start: Path) -> Path | None:
    """The closest configuration file: in ``start`` (a folder), else in the folders above it.

    In one folder `artlint.toml` comes before `.artlint.toml`, and both before a pyproject.toml, which
    counts only with a `[tool.artlint]` table. Raises ConfigError for a file that is not TOML.
    """
    place = start.absolute()
    return next(filter(None, map(_config_in, (place, *place.parents))), None)


@cache
def _config_in(folder: Path) -> Path | None:
    for name in _FILES:
        path = folder / name
        if path.is_file() and (name != "pyproject.toml" or _own_table(path) is not None):
            return path
    return None


def load_config(path: Path, allow_python: bool = False) -> Config:
    """Read a configuration file. Raises ConfigError, naming file and key, for anything not understood.

    ``allow_python`` lets it name a pydantic model, whose module is then imported and so run.
    """
    table = _own_table(path)
    values = {} if table is None else table
    known = _CHECKS.keys() | {"schema", "schemas", "policy"}
    for key, value in values.items():
        if key not in known:
            raise ConfigError(f"{path}: unknown key `{key}`{_hint(key, sorted(known))}")
        if key in _CHECKS:
            _CHECKS[key](value, f"{path}: `{key}`")
    settings = Settings(
        timezone=values.get("timezone"),
        date_format=values.get("date-format"),
        site=values.get("site"),
        schemas=tuple(_schemas(values, path, allow_python)),
        policy=_policy(values, path),
        root=str(path.absolute().parent),
        names=tuple(values.get("names", ())),
        suppressions=values.get("suppressions", True),
    )
    return Config(
        select=tuple(values.get("select", Config.select)),
        ignore=tuple(values.get("ignore", Config.ignore)),
        format=values.get("format", Config.format),
        rules=tuple(str(path.parent / pack) for pack in values.get("rules", ())),
        editor_notes=values.get("editor-notes", Config.editor_notes),
        source_notes=values.get("source-notes", Config.source_notes),
        settings=settings,
    )


def _policy(values: dict[str, Any], path: Path) -> Policy:
    """The policy of the table `[policy]`; the preset `article` without one."""
    if "policy" not in values:
        return DEFAULTS.policy
    from artlint.policy_table import policy_from_table

    if not isinstance(values["policy"], dict):
        raise ConfigError(f"{path}: `policy` is a table")
    try:
        return policy_from_table(values["policy"])
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from None


def _own_table(path: Path) -> dict[str, Any] | None:
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


def _schemas(values: dict[str, Any], path: Path, allow_python: bool) -> list[SchemaChoice]:
    """The choices of `[[schemas]]`, then the `schema` for all other files."""
    choices = []
    several = values.get("schemas", [])
    if not isinstance(several, list) or not all(isinstance(entry, dict) for entry in several):
        raise ConfigError(f"{path}: `schemas` must be a list of tables, each with `paths` and `schema`")
    for index, entry in enumerate(several):
        where = f"{path}: schemas[{index}]"
        rest = entry.keys() - {"paths", "schema"}
        if rest:
            key = sorted(rest)[0]
            raise ConfigError(f"{where}: unknown key `{key}`{_hint(key, ['paths', 'schema'])}")
        if not entry.get("paths") or "schema" not in entry:
            raise ConfigError(f"{where} needs `paths` and `schema`")
        _texts(entry["paths"], f"{where}: `paths`")
        choices.append(
            SchemaChoice(_schema(entry["schema"], path, where, allow_python), tuple(entry["paths"]))
        )
    if "schema" in values:
        choices.append(SchemaChoice(_schema(values["schema"], path, f"{path}: schema", allow_python)))
    return choices


def _schema(value: Any, path: Path, where: str, allow_python: bool) -> Schema:
    """A preset's name, ``{file = …}``, ``{model = …}``, or a table."""
    if isinstance(value, str):
        return named_preset(value, where)
    if not isinstance(value, dict):
        raise ConfigError(f"{where} must be the name of a preset or a table")
    for source in ("file", "model"):
        if source in value and (len(value) > 1 or not isinstance(value[source], str)):
            raise ConfigError(f"{where}: `{source}` must be a text and stand alone")
    if "file" in value:
        from artlint.schema_file import schema_of_file

        return schema_of_file(path.parent / value["file"], where)
    if "model" in value:
        if not allow_python:
            raise ConfigError(f"{where}: a `model` runs Python code; allow it with `--allow-python`")
        from artlint.schema_file import schema_of_model

        return schema_of_model(value["model"], path.absolute().parent, where)
    from artlint.schema_table import schema_of_table

    return schema_of_table(value, where)


def named_preset(name: str, where: str = "schema") -> Schema:
    """The preset of that name. Raises ConfigError, with the nearest one, when there is none."""
    from artlint.schema_presets import PRESETS, preset

    if name not in PRESETS:
        raise ConfigError(f"{where} is `{name}`, which is no preset{_hint(name, PRESETS)}")
    return preset(name)


def _hint(word: str, known: Sequence[str]) -> str:
    from artlint.schema import nearest_key

    near = nearest_key(word, known)
    return f"; did you mean `{near}`?" if near else f"; known are {', '.join(known)}"


def _texts(value: Any, where: str) -> None:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{where} must be a list of texts")


def _text(value: Any, where: str) -> None:
    if not isinstance(value, str):
        raise ConfigError(f"{where} must be a text")


def _flag(value: Any, where: str) -> None:
    if not isinstance(value, bool):
        raise ConfigError(f"{where} must be true or false")


def _zone(value: Any, where: str) -> None:
    _text(value, where)
    try:
        read_zone(value)
    except ValueError as error:
        raise ConfigError(f"{where}: {error}") from None


def _one_of(*choices: str) -> Callable[[Any, str], None]:
    def check(value: Any, where: str) -> None:
        if value not in choices:
            raise ConfigError(f"{where} is `{value}`, not one of its words{_hint(str(value), choices)}")

    return check


_CHECKS: dict[str, Callable[[Any, str], None]] = {
    "editor-notes": _one_of("remove", "front-matter"),
    "source-notes": _one_of("keep", "front-matter"),
    "rules": _texts,
    "select": _texts,
    "ignore": _texts,
    "format": _flag,
    "timezone": _zone,
    "date-format": _one_of(*DATE_FORMATS),
    "site": _text,
    "names": _texts,
    "suppressions": _flag,
}
