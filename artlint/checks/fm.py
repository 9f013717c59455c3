"""FM: front matter."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from artlint.canonical.front_matter import front_matter_edits
from artlint.diagnostic import Applicability, Diagnostic, Edit, Fix, Severity
from artlint.document import Document, Field
from artlint.rule import Check, Stage, bad, good
from artlint.source import Span


class ContentBeforeFrontMatter(Check):
    """Hexo, Jekyll and Hugo read front matter only from the first line of a file.

    With anything before the opening fence, even a blank line, the page loses its title and date and
    shows its front matter as text.
    """

    code = "FM001"
    name = "content-before-front-matter"
    summary = "Front matter does not start on the first line"
    severity = Severity.ERROR
    examples = (
        bad("⟦\n⟧---\ntitle: News\n---\n", fixed="---\ntitle: News\n---\n"),
        bad("⟦ \n\n⟧---\ntitle: News\n---\nText\n", fixed="---\ntitle: News\n---\nText\n"),
        good("---\ntitle: News\n---\n\nText\n"),
        good("\nText without front matter\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        block = document.front_matter
        if block and block.span.start:
            span = Span(0, block.span.start)
            yield self.at(span, fix=Fix("Move the front matter to the first line", (Edit(span),)))


class UnreadableFrontMatter(Check):
    """A site generator cannot use front matter that is not closed or not valid.

    artlint leaves such a file as it is until a person has mended it.
    """

    code = "FM002"
    name = "unreadable-front-matter"
    summary = "Front matter cannot be read"
    severity = Severity.ERROR
    examples = (
        bad("---\ntitle: A⟦:⟧ B\n---\n"),
        bad("⟦---⟧\ntitle: News\n\nText\n"),
        bad("---\ntitle: News\n⟦title⟧: Other\n---\n"),
        bad("---\nbase: ⟦&⟧a [1]\n---\n"),
        good("---\ntitle: 'A: B'\n---\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        block = document.front_matter
        if block and block.fault:
            yield self.at(block.fault.span, block.fault.message)


class MissingFrontMatter(Check):
    """An article without front matter has no title and no date for the site to show.

    Only a file with nothing in it is reported: many repositories keep plain pages beside articles.
    """

    code = "FM003"
    name = "empty-file"
    summary = "File is empty"
    examples = (
        bad("⟦⟧"),
        bad("⟦⟧ \n\n"),
        good("Text\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if not document.text.strip():
            yield self.at(Span(0, 0), "File is empty; write front matter and an article or delete it")


class EscapedTitle(Check):
    """Scrapers replace characters that a file name may not hold by `_`, then take the name as title.

    The fix is safe where the body holds the very phrase in quotes; elsewhere nobody can tell which
    character stood there.
    """

    code = "FM005"
    name = "escaped-title"
    summary = "Quotes of the title were turned into `_`"
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
        field = _text_field(document, "title")
        if field is None or "_" not in str(field.value) or "`" in str(field.value):
            return
        raw = document.text[field.value_span.start : field.value_span.end]
        for match in _ESCAPED.finditer(raw):
            start = field.value_span.start + match.start()
            span = Span(start, start + len(match.group()))
            phrase = match.group(1)
            found = _quoted_in(document, phrase)
            if found is None and _stands_alone(raw, match):
                yield self.at(span, f"`{match.group()}` in the title looks like quotes that a file name lost")
            if found is None:
                continue
            title = f"Write {found}, as the body does"
            yield self.at(
                span, f"`{match.group()}` in the title stands for {found}", Fix(title, (Edit(span, found),))
            )


class UntidyFrontMatter(Check):
    """Blanks at the ends of lines and uneven list indentation make noise in every later diff."""

    code = "FM900"
    name = "untidy-front-matter"
    summary = "Front matter is not in canonical form"
    severity = Severity.NOTE
    stage = Stage.FORMAT
    examples = (
        bad("---\n⟦title: A \ntags: \n - b\n⟧---\n", fixed="---\ntitle: A\ntags:\n  - b\n---\n"),
        good("---\ntitle: A\ntags:\n- b\nother:\n  - c\n---\n"),
        good(
            "---\ntext: |\n  two blanks  \n  end\n---\n",
            note="blanks inside a block of text are the author's",
        ),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        edits = tuple(front_matter_edits(document))
        block = document.front_matter
        if edits and block:
            yield self.at(block.content, fix=Fix("Tidy the front matter", edits, Applicability.SAFE))


_ESCAPED = re.compile(r"_([^_\s'\"][^_'\"]{0,38}[^_\s'\"]|[^_\s'\"])_")
_QUOTES = (("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"), ("《", "》"))


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether the underscores cannot belong to a name such as `snake_case_name`."""
    around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    return not re.search(r"[A-Za-z0-9_]", around)


def _text_field(document: Document, key: str) -> Field | None:
    field = document.front_matter.get(key) if document.front_matter else None
    return field if field and isinstance(field.value, str) else None


def _inside_quotes(document: Document, field: Field) -> Span:
    """The span of a scalar without the quotes around it."""
    start, end = field.value_span
    if end - start >= 2 and document.text[start] in "'\"" and document.text[end - 1] == document.text[start]:
        return Span(start + 1, end - 1)
    return field.value_span


def _quoted_in(document: Document, phrase: str) -> str | None:
    """The phrase as the body quotes it, with its quotes."""
    text = html.unescape(document.body.text)
    for opening, closing in _QUOTES:
        if f"{opening}{phrase}{closing}" in text:
            return f"{opening}{phrase}{closing}"
    return None
