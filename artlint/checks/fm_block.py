"""FM: front matter."""

from __future__ import annotations

from collections.abc import Iterator

from artlint.canonical.front_matter import front_matter_edits
from artlint.diagnostic import Applicability, Diagnostic, Edit, Fix, Severity
from artlint.document import Document
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
