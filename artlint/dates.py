"""Dates as archives hold them: recognised by form, read exactly, written in one way.

Forms: ISO 8601 and its relatives, RFC 822/5322 (feeds), ctime and JavaScript, English and Chinese
long dates, seconds and milliseconds since 1970.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import NamedTuple

from artlint.pattern_lazy import lazily
from artlint.remembered import remembered

_MONTHS = {
    name: index
    for index, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Hours from UTC: those of RFC 822 and those with one meaning worldwide. CST is not among them: it
# is China's and central America's.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6,
    "pst": -8, "pdt": -7, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "hkt": 8, "jst": 9, "kst": 9,
}  # fmt: skip
CHINA = datetime.timezone(datetime.timedelta(hours=8))

# What all generators read as it stands: ISO 8601 or a YAML timestamp, with nothing left to guess.
_READABLE = lazily(r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d:\d\d(?:\.\d+)? ?(?:[Zz]|[+-]\d\d?(?::?\d\d)?)?)?")
_TIME = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2}))?(?:[.,](?P<fraction>\d{1,9}))?"
    r"(?:\s?(?P<half>[ap])\.?m\.?)?"
)
_ZONE = r"(?P<zone>(?:gmt|utc)?\s?[+-]\d{1,2}(?::?\d\d)?|[a-z]{1,5})"
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?"
_FORMS = (
    (
        "iso",
        r"(?P<year>\d{4})(?P<separator>[-/.])(?P<month>\d{1,2})(?P=separator)(?P<day>\d{1,2})"
        rf"(?:(?:\s*t\s*|[\s,]+){_TIME}(?P<again>\s(?P=year))?(?:\s*{_ZONE})?)?",
    ),
    (
        "feed",
        rf"(?:{_WEEKDAY},?\s*)?(?P<day>\d{{1,2}})[\s-]{_MONTH}[\s-](?P<year>\d{{4}}|\d\d)"
        rf"\s+{_TIME}(?:\s*{_ZONE})?(?:\s*\([^()]*\))?",
    ),
    (
        "script",
        rf"{_WEEKDAY}\s+{_MONTH}\s+(?P<day>\d{{1,2}})\s+(?P<year>\d{{4}})\s+{_TIME}(?:\s*{_ZONE})?"
        r"(?:\s*\([^()]*\))?",
    ),
    (
        "ctime",
        rf"{_WEEKDAY}\s+{_MONTH}\s+(?P<day>\d{{1,2}})\s+{_TIME}(?:\s*{_ZONE})?\s+(?P<year>\d{{4}})",
    ),
    (
        "english",
        rf"(?:{_WEEKDAY},?\s+)?{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
        rf"(?:(?:,|\s+at|\s+-)?\s+{_TIME}(?:\s*{_ZONE})?)?",
    ),
    (
        "english",
        rf"(?:{_WEEKDAY},?\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>\d{{4}})",
    ),
    (
        "chinese",
        r"(?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号]?"
        r"(?:\s*[（(]?(?:星期|周)[一二三四五六日天][)）]?)?"
        r"(?:\s*(?P<part>凌晨|早上|上午|中午|下午|晚上)?\s*(?P<hour>\d{1,2})\s*[:：时点]\s*(?P<minute>\d{1,2})"
        rf"(?:\s*[:：分]\s*(?P<second>\d{{1,2}}))?\s*[分秒]?(?:\s*{_ZONE})?)?",
    ),
)
_PATTERNS = [(form, lazily(pattern, re.IGNORECASE)) for form, pattern in _FORMS]
_EPOCH = lazily(r"\d{10}(?:\d{3})?")
# ISO 8601-1, 5.2.2: the basic format; 5.2.2.2 and 5.2.3: the day of the year, the day of a week.
_BASIC = lazily(r"(\d{4})(\d\d)(\d\d)(?:t(\d\d)(\d\d)(\d\d(?:[.,]\d{1,9})?)?(.*))?", re.IGNORECASE)
_DAY_OF_YEAR = lazily(r"(\d{4})-(\d{3})((?:t.*)?)", re.IGNORECASE)
_DAY_OF_WEEK = lazily(r"(\d{4})-?w(\d\d)-?([1-7])((?:t.*)?)", re.IGNORECASE)
_DAY_OR_MONTH_FIRST = lazily(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})((?:[\s,].*)?)", re.DOTALL)
_MIDNIGHT = lazily("24(:0?0){1,2}")
_OFFSET = lazily(r"(?:gmt|utc)?\s?([+-])(\d{1,2}):?(\d\d)?", re.IGNORECASE)
_AFTERNOON = ("中午", "下午", "晚上")


class Moment(NamedTuple):
    """A date that was recognised.

    ``value`` has a time zone when the text names one, and no time when the text has none. ``form``
    is the kind of notation (``readable``: as all generators want it). ``certain`` says that there is
    one reading; ``guess`` is the zone that a text without one very likely means.
    """

    value: datetime.date
    form: str
    certain: bool = True
    guess: datetime.tzinfo | None = None

    @property
    def has_zone(self) -> bool:
        return isinstance(self.value, datetime.datetime) and self.value.tzinfo is not None

    @property
    def is_naive(self) -> bool:
        """Whether it has a time of day without a zone."""
        return isinstance(self.value, datetime.datetime) and self.value.tzinfo is None


class UnknownDate(ValueError):
    """A text is no date: ``str(error)`` completes "Date … "."""


@remembered(1024)  # many rules ask, again in each round of fixing
def read_moment(text: str) -> Moment:
    """Read a date. Raises UnknownDate when it is impossible, ambiguous or none."""
    text = text.strip()
    if _EPOCH.fullmatch(text):
        seconds = int(text) / (1000 if len(text) == 13 else 1)
        return Moment(datetime.datetime.fromtimestamp(seconds, datetime.UTC), "epoch")
    for form, pattern in _PATTERNS:
        match = pattern.fullmatch(text)
        if match:
            return _moment(match.groupdict(), "readable" if _READABLE.fullmatch(text) else form)
    rewritten = _by_year_first(text)
    if rewritten is None:
        raise UnknownDate("is no date")
    return read_moment(rewritten)._replace(form="numbers")


def _by_year_first(text: str) -> str | None:
    """A date in numbers as year, month and day; None for anything else. Raises UnknownDate."""
    if found := _BASIC.fullmatch(text):
        year, month, day, hour, minute, second, zone = found.groups()
        time = f"T{hour}:{minute}:{second or '00'}{zone}" if hour else ""
        return f"{year}-{month}-{day}{time}"
    try:
        if found := _DAY_OF_YEAR.fullmatch(text):
            date = datetime.datetime.strptime(f"{found[1]} {found[2]}", "%Y %j")
            return f"{date:%Y-%m-%d}{found[3]}"
        if found := _DAY_OF_WEEK.fullmatch(text):
            return f"{datetime.date.fromisocalendar(*map(int, found.groups()[:3]))}{found[4]}"
    except ValueError:
        raise UnknownDate("is a day that no calendar has") from None
    if found := _DAY_OR_MONTH_FIRST.fullmatch(text):
        first, second, year, rest = int(found[1]), int(found[3]), found[4], found[5]
        if first != second and first <= 12 and second <= 12:
            raise UnknownDate("may start with the day or with the month")
        day, month = (first, second) if first > 12 else (second, first)
        return f"{year}-{month}-{day}{rest}"
    return None


def _moment(parts: dict[str, str | None], form: str) -> Moment:
    year, day = int(parts["year"] or 0), int(parts["day"] or 0)
    if len(parts["year"] or "") == 2:  # RFC 5322, section 4.3
        year += 2000 if year < 50 else 1900
    if not 1000 <= year <= 9998:
        raise UnknownDate("is a year that no article has")
    name = parts["month"] or ""
    month = int(name) if name.isdigit() else _MONTHS[name[:3].lower()]
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        raise UnknownDate("is a day that no calendar has") from None
    weekday = (parts.get("weekday") or "").lower()[:3]
    certain = not parts.get("again") and (not weekday or _DAYS[date.weekday()] == weekday)
    if parts.get("hour") is None:
        return Moment(date, form, certain)
    if form in ("readable", "iso") and _MIDNIGHT.fullmatch(_clock(parts)):
        parts, form = {**parts, "hour": "0"}, "iso"  # ISO 8601-1, 4.3.8: where a day ends the next begins
        date += datetime.timedelta(days=1)
    value = datetime.datetime.combine(date, _time(parts))
    guess = CHINA if form == "chinese" else None
    zone = parts.get("zone")
    if zone is None:
        return Moment(value, form, certain, guess)
    offset = _offset(zone)
    if offset is None:
        return Moment(value, "unknown zone", certain=False, guess=guess)
    return Moment(value.replace(tzinfo=offset), form, certain)


def _clock(parts: dict[str, str | None]) -> str:
    return ":".join(part for name in ("hour", "minute", "second") if (part := parts.get(name)))


def _time(parts: dict[str, str | None]) -> datetime.time:
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    half = (parts.get("half") or "").lower()
    if half and not 1 <= hour <= 12:
        raise UnknownDate("has a time that no clock shows")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif parts.get("part") in _AFTERNOON and hour < 12 and (parts["part"] != "中午" or hour < 3):
        hour += 12
    fraction = parts.get("fraction") or ""
    if fraction and parts.get("second") is None and int(fraction):
        raise UnknownDate("has a time with a fraction but no seconds")
    try:
        return datetime.time(hour, minute, second, int(fraction[:6].ljust(6, "0")) if fraction else 0)
    except ValueError:
        raise UnknownDate("has a time that no clock shows") from None


def _offset(zone: str) -> datetime.tzinfo | None:
    digits = _OFFSET.fullmatch(zone)
    if digits:
        minutes = int(digits.group(2)) * 60 + int(digits.group(3) or 0)
        if minutes >= 24 * 60 or int(digits.group(3) or 0) > 59:
            raise UnknownDate("has a time zone that does not exist")
        sign = -1 if digits.group(1) == "-" else 1
        return datetime.timezone(sign * datetime.timedelta(minutes=minutes))
    hours = _ZONES.get(zone.lower())
    return None if hours is None else datetime.timezone(datetime.timedelta(hours=hours))


def spell_date(value: datetime.date, style: str | None, zone: datetime.tzinfo | None = None) -> str:
    """A date in the ``iso``, ``hexo`` or ``jekyll`` form (None: iso).

    Hexo's form names no zone: a time with one is first moved to ``zone``, and stays ISO without it.
    """
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    return _STYLES[style or "iso"](value, zone)


def _iso(value: datetime.datetime, zone: datetime.tzinfo | None) -> str:
    text = value.isoformat()
    if value.microsecond and value.microsecond % 1000 == 0:
        text = value.isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def _hexo(value: datetime.datetime, zone: datetime.tzinfo | None) -> str:
    if value.tzinfo is not None:
        if zone is None:
            return _iso(value, zone)
        value = value.astimezone(zone)
    return value.strftime("%Y-%m-%d %H:%M:%S")


def _jekyll(value: datetime.datetime, zone: datetime.tzinfo | None) -> str:
    if value.tzinfo is None and zone is not None:
        value = value.replace(tzinfo=zone)
    return value.strftime("%Y-%m-%d %H:%M:%S %z").rstrip()


_STYLES: dict[str, Callable[[datetime.datetime, datetime.tzinfo | None], str]] = {
    "iso": _iso,
    "hexo": _hexo,
    "jekyll": _jekyll,
}
