"""FM: titles whose characters were lost or added on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.diagnostic import Applicability, Diagnostic, Edit, Fix
from artlint.document import Document
from artlint.document.character_references import unescape
from artlint.known import SITE_NAMES
from artlint.pattern_lazy import lazily
from artlint.rule import Check, Needs, bad, good
from artlint.signs import keys
from artlint.source import Span
from artlint.value_edits import inside_quotes, respell_part, text_field


class EscapedTitle(Check):
    """Scrapers replace characters that a file name may not hold by `_`, then take the name as title.

    The fix is safe where the body holds the very phrase in quotes; elsewhere nobody can tell which
    character stood there.
    """

    code = "FM005"
    name = "escaped-title"
    summary = "Quotes of the title were turned into `_`"
    needs = Needs(signs=("title",), read=keys)
    examples = (
        bad(
            "---\ntitle: '谈⟦_双城记_⟧的看点'\n---\n<p>他谈到“双城记”。</p>\n",
            fixed="---\ntitle: '谈“双城记”的看点'\n---\n<p>他谈到“双城记”。</p>\n",
        ),
        bad(
            "---\ntitle: Reading ⟦_Big Plan_⟧ again\n---\nHe calls it &ldquo;Big Plan&rdquo; today.\n",
            fixed="---\ntitle: Reading “Big Plan” again\n---\nHe calls it &ldquo;Big Plan&rdquo; today.\n",
        ),
        bad(
            "---\ntitle: '谈⟦_双城记_⟧的看点'\n---\n<p>另一回事。</p>\n",
            note="the body does not hold the phrase",
        ),
        good("---\ntitle: The `_private_name_` rule\n---\nText\n"),
        good("---\ntitle: use snake_case_names\n---\nText\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        field = text_field(document, "title")
        if field is None or "_" not in str(field.value) or "`" in str(field.value):
            return
        raw = document.text[field.value_span.start : field.value_span.end]
        for match in _ESCAPED.finditer(raw):
            start = field.value_span.start + match.start()
            span = Span(start, start + len(match.group()))
            found = _quoted_in(document, match.group(1))
            if found is not None:
                fix = Fix(f"Write {found}, as the body does", (Edit(span, found),))
                yield self.at(span, f"`{match.group()}` in the title stands for {found}", fix)
            elif _stands_alone(raw, match):
                yield self.at(span, f"`{match.group()}` in the title looks like quotes that a file name lost")


class EscapedCharacter(Check):
    """A file name may not hold `:`, `?`, `/` or `|`; a title taken from it has `_` in their place.

    The fix is safe: it is offered only where the body holds the same words around the character.
    """

    code = "FM026"
    name = "escaped-character"
    summary = "A character of the title was turned into `_`"
    needs = Needs(signs=("title",), read=keys)
    examples = (
        bad(
            "---\ntitle: '大会⟦_⟧谁是赢家'\n---\n<p>问题是：大会：谁是赢家？</p>\n",
            fixed="---\ntitle: '大会：谁是赢家'\n---\n<p>问题是：大会：谁是赢家？</p>\n",
        ),
        bad(
            "---\ntitle: Which way⟦_⟧ A guide\n---\nThe book Which way? A guide is out.\n",
            fixed="---\ntitle: Which way? A guide\n---\nThe book Which way? A guide is out.\n",
        ),
        bad("---\ntitle: 今日 ⟦_⟧ 更新\n---\nText\n", note="nothing tells which character it was"),
        good("---\ntitle: use snake_case_names\n---\nText\n"),
        good("---\ntitle: '谈_双城记_的看点'\n---\nText\n", note="a pair of them is another rule's"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        field = text_field(document, "title")
        if field is None or str(field.value).count("_") != 1:
            return
        raw = document.text[field.value_span.start : field.value_span.end]
        index = raw.find("_")
        before, after = raw[:index].lstrip("'\""), raw[index + 1 :].rstrip("'\"")
        start = field.value_span.start + index
        span = Span(start, start + 1)
        character = _between(document, before[-8:], after[:8])
        if character is not None:
            fix = Fix(
                f"Write `{character}`, as the body does", (respell_part(document, field, span, character),)
            )
            yield self.at(span, f"`_` in the title stands for `{character}`", fix)
        elif _ALONE.fullmatch(before[-1:] + after[:1]) and after.strip() not in SITE_NAMES:
            yield self.at(span, "`_` in the title looks like a character that a file name lost")


class SiteNameInTitle(Check):
    """The name of the site belongs to the page's head; in an archive it makes titles long and unlike.

    Safe where the front matter itself names that site; else a table of portals is the evidence.
    """

    code = "FM020"
    name = "site-name-in-title"
    summary = "Title ends with the name of a site"
    needs = Needs(signs=("title",), read=keys)
    examples = (
        bad(
            "---\ntitle: 大会闭幕⟦_某某网⟧\nauthor: 某某网\n---\n",
            fixed="---\ntitle: 大会闭幕\nauthor: 某某网\n---\n",
        ),
        bad("---\ntitle: '大会闭幕⟦ - 新浪财经⟧'\n---\n", fixed="---\ntitle: '大会闭幕'\n---\n"),
        bad('+++\ntitle = "A year in review⟦ | CNN⟧"\n+++\n', fixed='+++\ntitle = "A year in review"\n+++\n'),
        good("---\ntitle: Interview - Jane Doe\n---\n"),
        good("---\ntitle: 某某网\nauthor: 某某网\n---\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        field = text_field(document, "title")
        if field is None or _SEPARATORS.isdisjoint(str(field.value)):
            return
        match = _SUFFIX.search(str(field.value))
        if match is None:
            return
        name = match.group(1)
        is_named = name in _sites(document)
        if not is_named and name not in SITE_NAMES:
            return
        inner = inside_quotes(document, field.node)
        start = document.text.rfind(match.group(), inner.start, inner.end)
        if start == -1:
            return
        span = Span(start, start + len(match.group()))
        applicability = Applicability.SAFE if is_named else Applicability.UNSAFE
        yield self.at(
            span, f"Title ends with the site `{name}`", Fix("Drop it", (Edit(span),), applicability)
        )


_ESCAPED = lazily(r"_([^_\s'\"][^_'\"]{0,38}[^_\s'\"]|[^_\s'\"])_")
_QUOTES = (("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"), ("《", "》"))
_ALONE = lazily(r"[\s\u3400-\u9fff]{2}")
_LOST = '：:？?/｜|*“”‘’"<>《》'
_SEPARATORS = frozenset("-–—|·_｜")
_SUFFIX = lazily(r"(?<=\S)\s*(?:\s[-–—|·]|[_|｜]|[-–—](?=[\u3400-\u9fff]))\s*([^\s_|｜][^_|｜]{0,40}?)\s*\Z")


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether the underscores cannot belong to a name such as `snake_case_name`."""
    around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    return not re.search(r"[A-Za-z0-9_]", around)


def _quoted_in(document: Document, phrase: str) -> str | None:
    """The phrase as the body quotes it, with its quotes."""
    text = unescape(document.body.text)
    for opening, closing in _QUOTES:
        if f"{opening}{phrase}{closing}" in text:
            return f"{opening}{phrase}{closing}"
    return None


def _between(document: Document, before: str, after: str) -> str | None:
    """The one character that stands between the two texts everywhere in the body."""
    if len(before.strip()) < 2 or len(after.strip()) < 2:
        return None
    text = unescape(document.body.text)
    pattern = f"{re.escape(before)}([{re.escape(_LOST)}]){re.escape(after)}"
    found = {match.group(1) for match in re.finditer(pattern, text)}
    return found.pop() if len(found) == 1 else None


def _sites(document: Document) -> set[str]:
    """The sites that the front matter itself and the settings name."""
    block = document.front_matter
    names = {document.settings.site or ""}
    for key in ("author", "source", "site", "site_name", "categories"):
        field = block.get(key) if block else None
        if field:
            names.update(
                str(value) for value in (field.value if isinstance(field.value, list) else [field.value])
            )
    return names - {""}
