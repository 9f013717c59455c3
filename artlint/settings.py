"""What rules need to know beside the article: a document carries it, the configuration makes it."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

DATE_FORMATS = ("iso", "hexo", "jekyll")


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one document.

    ``timezone``: an IANA name or an offset such as ``+08:00``, the zone of dates that name none.
    ``date_format``: iso, hexo or jekyll, the one form of all dates; None leaves every form that all
    generators read. ``site``: the name of the site the articles come from.
    """

    timezone: str | None = None
    date_format: str | None = None
    site: str | None = None

    @property
    def zone(self) -> datetime.tzinfo | None:
        """The zone of dates that name none. Raises ValueError for an unknown one."""
        return None if self.timezone is None else read_zone(self.timezone)


DEFAULTS = Settings()


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
