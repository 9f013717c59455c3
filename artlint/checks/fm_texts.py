"""FM: descriptions, authors and file names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePath

from artlint.diagnostic import Diagnostic, Severity
from artlint.document import Document, Field
from artlint.known import STOCK_DESCRIPTIONS
from artlint.rule import Check, Needs, bad, good
from artlint.settings import Settings
from artlint.signs import keys
from artlint.value_edits import inside_quotes, text_field

_DESCRIPTION_KEYS = ("description", "excerpt", "summary", "abstract")
_AUTHOR_KEYS = ("author", "authors", "byline")


class UselessDescription(Check):
    """Search engines and link previews show the description; a worthless one is worse than none.

    Without the key a theme takes the first words of the article.
    """

    code = "FM050"
    name = "useless-description"
    summary = "Description tells nothing"
    severity = Severity.NOTE
    needs = Needs(signs=_DESCRIPTION_KEYS, read=keys)
    examples = (
        bad("---\ntitle: The news\ndescription: ⟦The news⟧\n---\n"),
        bad("---\ndescription: '⟦The post The news appeared first on Example.⟧'\n---\n"),
        bad('+++\nexcerpt = "⟦会议昨日在京闭幕，与会者[…]⟧"\n+++\n'),
        bad('{"description": "⟦扫码关注我们的公众号⟧"}\n'),
        good("---\ntitle: The news\ndescription: What happened today, and why\n---\n"),
        good("---\ntitle: The news\ndescription: Wait for it...\n---\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        title = text_field(document, "title")
        for key in _DESCRIPTION_KEYS:
            field = text_field(document, key)
            if field is None or not str(field.value).strip():
                continue
            message = _fault(str(field.value).strip(), title)
            if message:
                yield self.at(inside_quotes(document, field.node), f"`{key}` {message}")


class EmptyDescription(Check):
    """An empty description makes link previews blank where the first words of the article would do."""

    code = "FM051"
    name = "empty-description"
    summary = "Description is empty"
    severity = Severity.NOTE
    needs = Needs(signs=_DESCRIPTION_KEYS, read=keys)
    examples = (
        bad("---\ndescription: ⟦''⟧\n---\n"),
        bad('+++\ndescription = ⟦" "⟧\n+++\n'),
        bad('{"description": ⟦""⟧}\n'),
        good("---\ndescription: A\n---\n"),
        good("---\ndescription:\n---\n", note="a key without any value is a form not yet filled in"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for key in _DESCRIPTION_KEYS:
            field = text_field(document, key)
            if field is not None and not str(field.value).strip():
                yield self.at(field.value_span, f"`{key}` is empty; fill it in or drop it")


class NoPersonAsAuthor(Check):
    """A site's name or a link in the place of the author hides who wrote the article.

    The name of the site is that of the `site` setting.
    """

    code = "FM052"
    name = "no-person-as-author"
    summary = "Author is a site, a link or empty"
    severity = Severity.NOTE
    needs = Needs(signs=_AUTHOR_KEYS, read=keys)
    examples = (
        bad("---\nauthor: ⟦https://example.com/u/1⟧\n---\n"),
        bad("---\nauthor: '⟦Example News⟧'\n---\n", settings=Settings(site="Example News")),
        bad('+++\nauthors = ["A", ⟦""⟧]\n+++\n'),
        good("---\nauthor: Jane Doe\n---\n"),
        good("---\nauthor: Example News\n---\nText\n", note="without the setting nobody can tell"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        block = document.front_matter
        for key in _AUTHOR_KEYS if block else ():
            field = block.get(key) if block else None
            for node in (field.node.items or (field.node,)) if field else ():
                if not isinstance(node.value, str):
                    continue
                name = node.value.strip()
                if not name:
                    yield self.at(node.span, f"`{key}` is empty")
                elif re.match(r"https?://|www\.", name):
                    yield self.at(inside_quotes(document, node), f"`{key}` is a link, not a name")
                elif name == document.settings.site:
                    yield self.at(inside_quotes(document, node), f"`{key}` is the site, not a person")


class SlugNotOfFileName(Check):
    """When `slug` and file name differ, neither leads a person from the page to its file."""

    code = "FM060"
    name = "slug-not-of-file-name"
    summary = "Slug has nothing of the file name"
    severity = Severity.NOTE
    needs = Needs(signs=("slug",), read=keys)
    examples = (
        bad("---\nslug: ⟦the-news⟧\n---\n", path="_posts/2020-01-02-holidays-in-may.md"),
        bad('{"slug": "⟦the-news⟧"}\n', path="content/holidays/index.md"),
        good("---\nslug: news\n---\n", path="_posts/2020-01-02-the-news-of-today.md"),
        good("---\nslug: /2020/01/the-news/\n---\n", path="posts/the-news.md"),
        good("---\nslug: news\n---\nText\n", path="posts/新闻.md"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        field = text_field(document, "slug")
        if field is None:
            return
        name = _words(_stem(document.source.path))
        slug = _words(str(field.value).strip("/").rpartition("/")[2])
        if name and slug and not name & slug:
            yield self.at(inside_quotes(document, field.node))


def _fault(text: str, title: Field | None) -> str | None:
    """What is wrong with a description, to complete "`description` …"."""
    if title is not None and text == str(title.value).strip():
        return "only repeats the title"
    if any(pattern.search(text) for pattern in _stock()):
        return "is a stock phrase, not the article's"
    if re.search(r"\[(?:…|\.\.\.|&hellip;)\]\s*\Z", text):
        return "is cut in the middle of a sentence"
    return None


@lru_cache(maxsize=1)
def _stock() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in STOCK_DESCRIPTIONS)


def _stem(path: str) -> str:
    """The part of a file name that names the article: without date and endings."""
    place = PurePath(path)
    stem = place.name.partition(".")[0]
    if stem.lower() in ("index", "_index", "readme"):
        stem = place.parent.name
    return re.sub(r"^\d{4}-\d{1,2}-\d{1,2}-?", "", stem)


def _words(text: str) -> set[str]:
    """The words of a name; none when it is not written in Latin letters (a slug then transcribes it)."""
    return set(re.findall(r"[a-z0-9]+", text.lower())) if text.isascii() else set()
