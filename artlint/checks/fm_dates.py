"""FM: dates of the front matter."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from artlint.checks.fm_date_fields import (
    DATE_KEYS,
    date_fields,
    date_of_file_name,
    day_of,
    moments,
    place_of,
    read_date,
    rewriting,
    spelled,
)
from artlint.dates import UnknownDate
from artlint.diagnostic import Applicability, Diagnostic, Fix, Severity
from artlint.document import Document
from artlint.rule import Check, Needs, bad, good
from artlint.settings import Settings
from artlint.signs import keys
from artlint.value_edits import bare

# Those that lie in the past once the article is out.
_PAST_KEYS = frozenset(
    "date updated lastmod last_modified_at modified modified_time created created_at".split()
)
_DRAFTING = datetime.timedelta(days=60)


class FeedDate(Check):
    """Feeds write dates for mail programs (RFC 822); site generators expect ISO 8601.

    A generator that cannot read the date sorts the article under the day of the build. A date with
    its zone has one meaning, so rewriting it is safe.
    """

    code = "FM004"
    name = "feed-date"
    summary = "Date is in the format of feeds, not ISO 8601"
    needs = Needs(signs=tuple(DATE_KEYS), read=keys)
    examples = (
        bad(
            "---\ndate: ⟦Thu, 04 Nov 2021 02:10:07 GMT⟧\n---\n",
            fixed="---\ndate: 2021-11-04T02:10:07Z\n---\n",
        ),
        bad(
            "---\ndate: '⟦Thu, 4 Nov 2021 02:10 +0800⟧'\n---\n",
            fixed="---\ndate: '2021-11-04T02:10:00+08:00'\n---\n",
        ),
        bad(
            '+++\ndate = "⟦Thu, 04 Nov 2021 02:10:07 GMT⟧"\n+++\n',
            fixed='+++\ndate = "2021-11-04T02:10:07Z"\n+++\n',
        ),
        bad(
            '{\n"date": "⟦Thu, 04 Nov 2021 02:10:07 EST⟧"\n}\n',
            fixed='{\n"date": "2021-11-04T02:10:07-05:00"\n}\n',
        ),
        bad(
            "---\ndate: ⟦Fri, 04 Nov 2021 02:10:07 GMT⟧\n---\n",
            fixed="---\ndate: 2021-11-04T02:10:07Z\n---\n",
            note="that day was a Thursday, so the fix is unsafe",
        ),
        good("---\ndate: 2021-11-04T02:10:07Z\n---\n"),
        good("---\ndate: Invalid Date\n---\n"),
        good("---\ndate: Thu, 04 Nov 2021 02:10:07\n---\n", note="without a zone it is another fault"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for field, moment in moments(document):
            if moment.form == "feed" and moment.has_zone:
                yield self.at(place_of(document, field), fix=rewriting(document, field, moment))


class UnusualDate(Check):
    """Each site generator guesses differently at a date that is not ISO 8601, or gives up.

    With a time zone, or without a time of day, such a date has one meaning and the rewriting is safe;
    without a zone it is safe only when the `timezone` setting names one.
    """

    code = "FM010"
    name = "unusual-date"
    summary = "Date is written in a way that not every site generator reads"
    needs = Needs(signs=tuple(DATE_KEYS), read=keys)
    examples = (
        bad(
            "---\ndate: ⟦2019-01-02 10:11 +0800⟧\n---\n",
            fixed="---\ndate: 2019-01-02T10:11:00+08:00\n---\n",
        ),
        bad(
            "---\ndate: ⟦2020-01-22 9:00:00 -0500⟧ # morning\n---\n",
            fixed="---\ndate: 2020-01-22T09:00:00-05:00 # morning\n---\n",
        ),
        bad(
            "---\ndate: '⟦2019-01-02T12:30+08:00⟧'\n---\n",
            fixed="---\ndate: '2019-01-02T12:30:00+08:00'\n---\n",
        ),
        bad("---\ndate: ⟦2021年11月4日⟧\n---\n", fixed="---\ndate: 2021-11-04\n---\n"),
        bad(
            "---\ndate: ⟦2021年11月4日 02:10⟧\n---\n",
            fixed="---\ndate: 2021-11-04T02:10:00+08:00\n---\n",
            note="Chinese time is a guess: unsafe unless `timezone` is set",
        ),
        bad(
            "---\ndate: ⟦June 19, 2018 at 04:36PM⟧\n---\n",
            fixed="---\ndate: 2018-06-19T16:36:00\n---\n",
            note="unsafe: no zone",
        ),
        bad("---\nupdated: ⟦1636000000⟧\n---\n", fixed="---\nupdated: 2021-11-04T04:26:40Z\n---\n"),
        bad('{"date": ⟦1636000000123⟧}\n', fixed='{"date": "2021-11-04T04:26:40.123Z"}\n'),
        bad("---\ndate: ⟦13/02/2020⟧\n---\n", fixed="---\ndate: 2020-02-13\n---\n", note="no month is 13"),
        bad("---\ndate: ⟦20200102⟧\n---\n", fixed="---\ndate: 2020-01-02\n---\n"),
        bad("---\ndate: ⟦20200102T030405Z⟧\n---\n", fixed="---\ndate: 2020-01-02T03:04:05Z\n---\n"),
        bad("---\ndate: ⟦2020-W01-4⟧\n---\n", fixed="---\ndate: 2020-01-02\n---\n"),
        bad("---\ndate: ⟦2020-002⟧\n---\n", fixed="---\ndate: 2020-01-02\n---\n"),
        bad("---\ndate: ⟦2020-01-02T24:00:00Z⟧\n---\n", fixed="---\ndate: 2020-01-03T00:00:00Z\n---\n"),
        bad("+++\ndate = ⟦1636000000⟧\n+++\n", fixed="+++\ndate = 2021-11-04T04:26:40Z\n+++\n"),
        bad("---\ndate: ⟦Thu, 04 Nov 2021 02:10:07 CST⟧\n---\n", note="China or Chicago: nobody can tell"),
        good("---\ndate: 2015-03-17 14:00:00 -4\n---\n"),
        good("---\ndate: 2021-04-11\n---\n"),
        good("+++\ndate = 2021-04-11T00:30:33Z\nlastmod = 2021-04-11 00:30:33+08:00\n+++\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for field, moment in moments(document):
            if moment.form == "readable" or (moment.form == "feed" and moment.has_zone):
                continue
            place = place_of(document, field)
            if moment.form == "unknown zone":
                yield self.at(place, "Date names a time zone of several meanings; write the offset")
            else:
                yield self.at(place, fix=rewriting(document, field, moment))


class UnreadableDate(Check):
    """A site generator that cannot read the date stops, or sorts the article under the day of the build.

    Only the place the article came from knows the date that was meant, or the date in the file name:
    to take that is an unsafe fix.
    """

    code = "FM011"
    name = "unreadable-date"
    summary = "Date cannot be read"
    severity = Severity.ERROR
    needs = Needs(signs=tuple(DATE_KEYS), read=keys)
    examples = (
        bad("---\ndate: ⟦2018-02-29⟧\n---\n"),
        bad("---\ndate: ⟦Invalid Date⟧\n---\n"),
        bad("---\ndate: ⟦June 19, 2018 at 9:99PM⟧\n---\n"),
        bad(
            "---\ndate: ⟦Invalid date⟧\n---\n",
            fixed="---\ndate: 2019-02-03\n---\n",
            path="_posts/2019-02-03-news.md",
        ),
        bad('+++\ndate = "⟦04/11/2021⟧"\n+++\n'),
        bad('{"date": "⟦yesterday⟧"}\n'),
        bad("---\ndate: ⟦[2018, 2]⟧\n---\n"),
        bad("---\ntitle: A\ndate:⟦⟧\n---\n"),
        good("---\ndate: 2020-02-29\n---\n"),
        good("---\ndate: '{{ page.date }}'\n---\n", note="a template fills it in"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for field in date_fields(document):
            try:
                read_date(field, document)
            except UnknownDate as error:
                named = date_of_file_name(document.source.path) if field.key == "date" else None
                fix = None
                if named and isinstance(field.value, str):
                    edit = bare(document, field.node, named.isoformat())
                    fix = Fix(f"Write `{named}`, as the file name does", (edit,), Applicability.UNSAFE)
                yield self.at(place_of(document, field), f"`{field.key}` {error}", fix)


class DateWithoutZone(Check):
    """The same time of day is another moment on every machine that builds the site.

    The fix writes the zone of the `timezone` setting; without the setting it is unsafe and takes UTC,
    as YAML does. Hexo's own form has no zone, so with `date-format = "hexo"` this rule is silent.
    """

    code = "FM012"
    name = "date-without-zone"
    summary = "Date has a time of day but no time zone; the `timezone` setting can name it"
    needs = Needs(signs=tuple(DATE_KEYS), read=keys)
    examples = (
        bad("---\ndate: ⟦2021-04-11 00:30:33⟧\n---\n", fixed="---\ndate: 2021-04-11T00:30:33Z\n---\n"),
        bad(
            "---\ndate: '⟦2021-04-11T00:30:33⟧'\n---\n",
            fixed="---\ndate: '2021-04-11T00:30:33Z'\n---\n",
        ),
        bad("+++\ndate = ⟦2021-04-11T00:30:33⟧\n+++\n", fixed="+++\ndate = 2021-04-11T00:30:33Z\n+++\n"),
        good("---\ndate: 2021-04-11\n---\n"),
        good("---\ndate: 2021-04-11T00:30:33+08:00\n---\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.settings.date_format == "hexo":
            return
        for field, moment in moments(document):
            if moment.form == "readable" and moment.is_naive:
                yield self.at(place_of(document, field), fix=rewriting(document, field, moment, datetime.UTC))


class FutureDate(Check):
    """An article dated in the future stays hidden until that day, or stands first for years."""

    code = "FM013"
    name = "future-date"
    summary = "Date lies in the future"
    depends_on_date = True
    needs = Needs(signs=tuple(DATE_KEYS), read=keys)
    examples = (
        bad("---\ndate: ⟦2999-01-01⟧\n---\n"),
        bad("+++\nlastmod = ⟦2999-01-01T00:00:00Z⟧\n+++\n"),
        good("---\ndate: 2019-01-01\nexpiryDate: 2999-01-01\n---\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        tomorrow = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
        for field, moment in moments(document):
            if field.key.lower() in _PAST_KEYS and day_of(moment) > tomorrow:
                yield self.at(place_of(document, field), f"`{field.key}` lies in the future")


class DateNotOfFileName(Check):
    """Jekyll and Hexo take a date from the file name; the reader of the folder trusts it too.

    Drafts live for weeks, so a difference of up to two months goes unreported.
    """

    code = "FM014"
    name = "date-not-of-file-name"
    summary = "Date differs from the date in the file name"
    severity = Severity.NOTE
    needs = Needs(signs=("date",), read=keys)
    examples = (
        bad("---\ndate: ⟦2021-11-04⟧\n---\n", path="_posts/2019-02-03-news.md"),
        bad('{"date": "⟦2021-11-04⟧"}\n', path="_posts/2019-02-03-news.md"),
        good("---\ndate: 2019-03-01T01:00:00+08:00\n---\n", path="_posts/2019-02-03-news.md"),
        good("---\ndate: 2021-11-04\n---\nText\n", path="2019 in numbers.md"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        named = date_of_file_name(document.source.path)
        if named is None:
            return
        for field, moment in moments(document):
            if field.key.lower() == "date" and abs(day_of(moment) - named) > _DRAFTING:
                yield self.at(
                    place_of(document, field), f"`{field.key}` differs from `{named}` in the file name"
                )


class DateStyle(Check):
    """One form of dates in a repository keeps them sortable and every diff small.

    Speaks only with the `date-format` setting: `iso`, `hexo` or `jekyll`.
    """

    code = "FM015"
    name = "date-style"
    summary = "Date is not in the form that `date-format` asks for"
    severity = Severity.NOTE
    needs = Needs(signs=tuple(DATE_KEYS), read=keys)
    examples = (
        bad(
            "---\ndate: ⟦2019-01-02 10:11:00 +0800⟧\n---\n",
            fixed="---\ndate: 2019-01-02T10:11:00+08:00\n---\n",
            settings=Settings(date_format="iso"),
        ),
        bad(
            "---\ndate: ⟦2019-01-02T02:11:00Z⟧\n---\n",
            fixed="---\ndate: 2019-01-02 10:11:00\n---\n",
            settings=Settings(date_format="hexo", timezone="+08:00"),
        ),
        bad(
            "---\ndate: ⟦2019-01-02T10:11:00+08:00⟧\n---\n",
            fixed="---\ndate: 2019-01-02 10:11:00 +0800\n---\n",
            settings=Settings(date_format="jekyll"),
        ),
        good("---\ndate: 2019-01-02 10:11:00\n---\n", note="without the setting any readable form will do"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        style = document.settings.date_format
        if style is None:
            return
        for field, moment in moments(document):
            if moment.form != "readable" or (moment.is_naive and style != "hexo"):
                continue
            place = place_of(document, field)
            if spelled(document, moment.value) != document.text[place.start : place.end]:
                yield self.at(place, fix=rewriting(document, field, moment))
