"""The dates of a front matter, read once for all rules, and the fix that writes one anew."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from functools import lru_cache

from artlint.dates import Moment, UnknownDate, read_moment, spell_date
from artlint.diagnostic import Applicability, Fix
from artlint.document import Document, Field
from artlint.pattern_lazy import lazily
from artlint.source import Span
from artlint.value_edits import bare, inside_quotes

# What generators and exporters call the dates of an article, in lower case.
DATE_KEYS = frozenset(
    "date updated lastmod last_modified_at modified modified_time created created_at publishdate pubdate "
    "published_at published_date expirydate unpublishdate expiry".split()
)
_DATE_OF_NAME = lazily(r"(\d{4})-(\d{1,2})-(\d{1,2})(?![0-9])")


def date_of_file_name(path: str) -> datetime.date | None:
    """The date that a file name starts with (as Jekyll wants it), None when there is none."""
    match = _DATE_OF_NAME.match(os.path.basename(path))
    try:
        return datetime.date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def date_fields(document: Document) -> Iterator[Field]:
    """The fields that hold a date of the article, but those that a template fills in."""
    block = document.front_matter
    for field in block.fields if block else ():
        if field.key.lower() in DATE_KEYS and "{{" not in str(field.value):
            yield field


@lru_cache(maxsize=1)
def _read_already(document: Document) -> dict[str, Moment | UnknownDate]:
    """The dates of a document that some rule has asked for, by key."""
    return {}


def read_date(field: Field, document: Document) -> Moment:
    """The date of a field, read once for all rules. Raises UnknownDate."""
    known = _read_already(document)
    if field.key not in known:
        try:
            known[field.key] = _read_anew(field, document)
        except UnknownDate as error:
            known[field.key] = error
    found = known[field.key]
    if isinstance(found, UnknownDate):
        raise found
    return found


def _read_anew(field: Field, document: Document) -> Moment:
    """Raises UnknownDate. The text decides, not the value: YAML moves times to UTC and drops zones."""
    if field.value is None:
        raise UnknownDate("is empty")
    if isinstance(field.value, (bool, list, dict)):
        raise UnknownDate("is no date")
    if isinstance(field.value, str):
        return read_moment(field.value)
    place = field.value_span
    return read_moment(document.text[place.start : place.end])


def moments(document: Document) -> Iterator[tuple[Field, Moment]]:
    """The date fields that can be read, with what they say."""
    for field in date_fields(document):
        try:
            yield field, read_date(field, document)
        except UnknownDate:
            continue  # told by UnreadableDate


def place_of(document: Document, field: Field) -> Span:
    """Where a date stands, without the quotes around it."""
    return inside_quotes(document, field.node)


def day_of(moment: Moment) -> datetime.date:
    """The day of a date, without its time."""
    value = moment.value
    return value.date() if isinstance(value, datetime.datetime) else value


def rewriting(
    document: Document, field: Field, moment: Moment, guess: datetime.tzinfo | None = None
) -> Fix | None:
    """The fix that writes a date in the wanted form; unsafe when its zone or its reading is a guess."""
    value = moment.value
    certain = moment.certain
    if isinstance(value, datetime.datetime) and value.tzinfo is None:
        zone = document.settings.zone
        certain = certain and zone is not None and _exists_once(value, zone)
        value = value.replace(tzinfo=zone or moment.guess or guess)
    text = spelled(document, value)
    edit = bare(document, field.node, text)
    applicability = Applicability.SAFE if certain else Applicability.UNSAFE
    return Fix(f"Write it as `{text}`", (edit,), applicability)


def _exists_once(value: datetime.datetime, zone: datetime.tzinfo) -> bool:
    """Whether a wall clock of the zone shows that time exactly once (not while it is put back or on)."""
    return value.replace(tzinfo=zone, fold=0).utcoffset() == value.replace(tzinfo=zone, fold=1).utcoffset()


def spelled(document: Document, value: datetime.date) -> str:
    """A date in the form that the settings ask for."""
    settings = document.settings
    style = settings.date_format
    if document.front_matter and document.front_matter.format == "toml" and style == "jekyll":
        style = "iso"  # TOML knows no blank before the offset
    return spell_date(value, style, settings.zone)
