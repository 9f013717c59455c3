"""What rules need to know beside the article: a document carries it, the configuration makes it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from artlint.policy import ARTICLE, Policy

if TYPE_CHECKING:
    import pathspec

    from artlint.schema import Schema

DATE_FORMATS = ("iso", "hexo", "jekyll")
_NONE: Mapping[str, str] = {}


class SchemaChoice(NamedTuple):
    """A schema and the files it is for: gitignore patterns, none meaning all files."""

    schema: Schema
    paths: tuple[str, ...] = ()


class Settings(NamedTuple):
    """Settings of one document.

    ``timezone``: an IANA name or an offset such as ``+08:00``, the zone of dates that name none.
    ``date_format``: iso, hexo or jekyll, the one form of all dates; None leaves every form that all
    generators read. ``site``: the name of the site the articles come from. ``schemas``: the first
    one whose paths match a file is the file's; patterns count from ``root``. ``policy``: what a body
    may contain. ``names``: names that no rule about typography or characters may touch.
    ``suppressions``: whether an article may silence rules in itself. ``promises``: what the fixes of a
    rule promise here, by code: ``safe``, ``unsafe``, or ``none`` for no fix.
    """

    timezone: str | None = None
    date_format: str | None = None
    site: str | None = None
    schemas: tuple[SchemaChoice, ...] = ()
    root: str = "."
    policy: Policy = ARTICLE
    names: tuple[str, ...] = ()
    suppressions: bool = True
    promises: Mapping[str, str] = _NONE

    def schema_for(self, path: str) -> Schema:
        """The schema of a file: the first that matches, else the preset `article`."""
        for choice in self.schemas:
            if not choice.paths or matches(choice.paths, path, self.root):
                return choice.schema
        from artlint.schema_presets import preset

        return preset("article")

    @property
    def zone(self) -> datetime.tzinfo | None:
        """The zone of dates that name none. Raises ValueError for an unknown one."""
        return None if self.timezone is None else read_zone(self.timezone)


DEFAULTS = Settings()


def matches(patterns: tuple[str, ...], path: str, root: str) -> bool:
    """Whether gitignore patterns, which count from the folder ``root``, match a path."""
    place = Path(path).absolute()
    base = Path(root).absolute()
    relative = place.relative_to(base) if place.is_relative_to(base) else Path(path)
    return _spec(patterns).match_file(relative.as_posix())


@lru_cache
def _spec(patterns: tuple[str, ...]) -> pathspec.GitIgnoreSpec:
    import pathspec

    return pathspec.GitIgnoreSpec.from_lines(patterns)


@lru_cache
def read_zone(name: str) -> datetime.tzinfo:
    """A time zone by its IANA name or its offset (``+08:00``). Raises ValueError when there is none."""
    offset = re.fullmatch(r"([+-])(\d\d):?(\d\d)", name)
    if offset:
        minutes = int(offset.group(2)) * 60 + int(offset.group(3))
        return datetime.timezone(datetime.timedelta(minutes=-minutes if offset.group(1) == "-" else minutes))
    if name.upper() in ("Z", "UTC"):
        return datetime.UTC
    import zoneinfo

    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, OSError, ValueError):
        raise ValueError(
            f"`{name}` is no time zone; use a name such as `Asia/Shanghai` or `+08:00`"
        ) from None
