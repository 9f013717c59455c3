"""FM: the form of titles: markup, blanks, quotes, length, and the heading that repeats them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.diagnostic import Applicability, Diagnostic, Fix, Severity
from artlint.document import Document
from artlint.document.character_references import unescape
from artlint.pattern_lazy import lazily
from artlint.rule import Check, Needs, bad, good
from artlint.signs import keys
from artlint.value_edits import inside_quotes, respell, text_field

MAX_TITLE = 160


class MarkupInTitle(Check):
    """Some themes show a title as it stands, others as HTML: a tag or entity is right in only one.

    Entities are replaced by their characters, save those of `<` and `>`. To drop tags is unsafe.
    """

    code = "FM021"
    name = "markup-in-title"
    summary = "Title holds HTML"
    needs = Needs(signs=("title",), read=keys)
    examples = (
        bad(
            "---\ntitle: ⟦Q&amp;A&#58; it&rsquo;s on⟧ # c\n---\n",
            fixed="---\ntitle: 'Q&A: it’s on' # c\n---\n",
        ),
        bad('---\ntitle: "⟦&quot;Go&quot;⟧"\n---\n', fixed='---\ntitle: "\\"Go\\""\n---\n'),
        bad(
            "+++\ntitle = '⟦It&#39;s <em>here</em>⟧'\n+++\n",
            fixed='+++\ntitle = "It\'s here"\n+++\n',
        ),
        bad('{"title": "⟦a &lt;b&gt; c⟧"}\n', note="decoding would make markup"),
        good("---\ntitle: AT&T and vector<T>\n---\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        field = text_field(document, "title")
        value = str(field.value) if field else ""
        if field is None or not ("<" in value or "&" in value) or not _MARKUP.search(value):
            return
        plain = _TAG.sub(lambda tag: " " if tag.group().lower().startswith("<br") else "", value)
        decoded = " ".join(_ENTITY.sub(_decoded, plain).replace("\xa0", " ").split(" ")).strip()
        fix = None
        if (
            decoded
            and decoded != value
            and not (_ENTITY.search(decoded) and _ENTITY.sub("", plain) != decoded)
        ):
            applicability = Applicability.SAFE if plain == value else Applicability.UNSAFE
            fix = Fix("Write plain text", (respell(document, field.node, decoded),), applicability)
        what = "tags" if _TAG.search(value) else "entities"
        yield self.at(inside_quotes(document, field.node), f"Title holds HTML {what}", fix)


class UntidyTitle(Check):
    """Blanks at the ends of a title and runs of them come from markup that is gone; lists show them.

    A line break beside a quote is one more such remains; there the fix is unsafe.
    """

    code = "FM022"
    name = "untidy-title"
    summary = "Title has blanks that mean nothing"
    needs = Needs(signs=("title",), read=keys)
    examples = (
        bad("---\ntitle: '⟦ A  title ⟧'\n---\n", fixed="---\ntitle: 'A title'\n---\n"),
        bad('+++\ntitle = "⟦A\\ttitle⟧"\n+++\n', fixed='+++\ntitle = "A title"\n+++\n'),
        bad('{"title": "⟦标题　⟧"}\n', fixed='{"title": "标题"}\n'),
        bad("---\ntitle: '⟦@name \"\n1st\n\"⟧'\n---\n", fixed="---\ntitle: '@name \"1st\"'\n---\n"),
        good("---\ntitle: >-\n  A long title\n  on two lines\n---\n"),
        good("---\ntitle: 第一回　大会\n---\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        field = text_field(document, "title")
        if field is None or not str(field.value).strip():
            return
        value = str(field.value)
        raw = document.text[field.value_span.start : field.value_span.end]
        tidy = re.sub(r"[ \t\r\n\xa0]+", " ", value).strip(" \u3000")
        span = inside_quotes(document, field.node)
        if "\n" in raw and re.search(r"[\"“]\n|\n[\"”]", raw):
            joined = re.sub(r'" ([^"]*) "', r'"\1"', re.sub(r"“ ([^”]*) ”", r"“\1”", tidy))
            fix = Fix("Join the lines", (respell(document, field.node, joined),), Applicability.UNSAFE)
            yield self.at(span, "Title is broken into lines inside its quotes", fix)
        elif tidy != value.rstrip("\n"):
            yield self.at(span, fix=Fix("Remove them", (respell(document, field.node, tidy),)))


class QuotedTitle(Check):
    """Quotes around the whole title are left over from a file that quoted it twice."""

    code = "FM023"
    name = "quoted-title"
    summary = "Title is in quotes a second time"
    needs = Needs(signs=("title",), read=keys)
    examples = (
        bad(
            "---\ntitle: \"⟦'Disable the port'⟧\"\n---\n",
            fixed='---\ntitle: "Disable the port"\n---\n',
        ),
        bad("+++\ntitle = '⟦\"Go\"⟧'\n+++\n", fixed="+++\ntitle = 'Go'\n+++\n"),
        bad('{"title": "⟦\'Go\'⟧"}\n', fixed='{"title": "Go"}\n'),
        good("---\ntitle: \"'Go' and 'Come'\"\n---\n"),
        good("---\ntitle: 'It''s'\n---\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        field = text_field(document, "title")
        match = _TWICE_QUOTED.fullmatch(str(field.value)) if field else None
        if field is None or match is None:
            return
        edit = respell(document, field.node, match.group(2).strip())
        fix = Fix("Drop the inner quotes", (edit,), Applicability.UNSAFE)
        yield self.at(inside_quotes(document, field.node), fix=fix)


class LoudTitle(Check):
    """A title in capitals reads as shouting, and search engines rewrite it."""

    code = "FM024"
    name = "loud-title"
    summary = "Title is all in capitals"
    severity = Severity.NOTE
    needs = Needs(signs=("title",), read=keys)
    examples = (
        bad("---\ntitle: ⟦HOW TO LEARN ANYTHING⟧\n---\n"),
        bad('+++\ntitle = "⟦THE NEWS OF TODAY⟧"\n+++\n'),
        good("---\ntitle: HTTP API\n---\n"),
        good("---\ntitle: NASA 发布 TESS 数据\n---\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        field = text_field(document, "title")
        words = re.findall(r"[^\W\d_]{2,}", str(field.value)) if field else []
        if field and len(words) >= 3 and all(word.isupper() for word in words) and sum(map(len, words)) >= 12:
            yield self.at(inside_quotes(document, field.node))


class OverlongTitle(Check):
    """A title of this length is the first paragraph: no list, link or file name can hold it."""

    code = "FM025"
    name = "overlong-title"
    summary = f"Title has more than {MAX_TITLE} characters"
    severity = Severity.NOTE
    needs = Needs(signs=("title",), read=keys)
    examples = (
        bad(f"---\ntitle: ⟦{'Many words ' * 15}⟧more\n---\n".replace("⟧more", "more⟧")),
        good("---\ntitle: Few words\n---\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        field = text_field(document, "title")
        if field and len(str(field.value)) > MAX_TITLE:
            length = len(str(field.value))
            message = f"Title has {length} characters, more than {MAX_TITLE}"
            yield self.at(inside_quotes(document, field.node), message)


_A_TAG = (
    r"</?(?:em|strong|b|i|u|s|span|font|br|a|sub|sup|mark|small|big|p|div|img|strike|del|ins|h[1-6])"
    r"(?:\s[^<>]*)?/?>"
)
_AN_ENTITY = r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});"
_TAG = lazily(_A_TAG, re.IGNORECASE)
_ENTITY = lazily(_AN_ENTITY)
_MARKUP = lazily(f"{_A_TAG}|{_AN_ENTITY}", re.IGNORECASE)
_TWICE_QUOTED = lazily(r"\s*(['\"])([^'\"]+)\1\s*")


def _decoded(entity: re.Match[str]) -> str:
    """The character of an entity; the entity itself where the character could begin markup."""
    text = unescape(entity.group())
    is_plain = len(text) <= 2 and text not in "<>" and (text.isprintable() or text == "\xa0")
    return text if is_plain else entity.group()
