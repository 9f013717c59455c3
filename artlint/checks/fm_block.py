"""FM: front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from artlint.canonical.front_matter import front_matter_edits
from artlint.diagnostic import Applicability, Diagnostic, Edit, Fix, Severity
from artlint.document import Document
from artlint.pattern_lazy import lazily
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

    It is mended only where the rest of the block stays as it is and the mended line has one likely
    meaning: an unquoted `: `, quotes inside quotes, a tab, a comma in JSON. Everything else, and
    anchors, aliases and tags above all, a person has to mend.
    """

    code = "FM002"
    name = "unreadable-front-matter"
    summary = "Front matter cannot be read"
    severity = Severity.ERROR
    examples = (
        bad("---\ntitle: A⟦:⟧ B\n---\n", fixed="---\ntitle: 'A: B'\n---\n"),
        bad(
            "---\ntitle: 'It'⟦s⟧ on'\nauthor: \"B\" # c\n---\n",
            fixed="---\ntitle: 'It''s on'\nauthor: \"B\" # c\n---\n",
        ),
        bad('---\ntitle: "The "⟦n⟧ew" one"\n---\n', fixed="---\ntitle: 'The \"new\" one'\n---\n"),
        bad('---\ntitle: "New" ⟦a⟧nd old\n---\n', fixed="---\ntitle: '\"New\" and old'\n---\n"),
        bad("---\ntags:\n⟦\t⟧- a\n\t- b\n---\n", fixed="---\ntags:\n  - a\n  - b\n---\n"),
        bad("---\nauthor: ⟦@⟧name\n---\n", fixed="---\nauthor: '@name'\n---\n"),
        bad("---\ndate: 2020-01-02\ntitle：A\n⟦-⟧--\n", fixed="---\ndate: 2020-01-02\ntitle: A\n---\n"),
        bad(
            "+++\ntitle = ⟦N⟧ews of today\n+++\n",
            fixed='+++\ntitle = "News of today"\n+++\n',
        ),
        bad('{\n  "title": "A"⟦,⟧\n}\n', fixed='{\n  "title": "A"\n}\n'),
        bad('---\ntitle: "a" ⟦"⟧b" "c" "\n---\n', note="too many quotes to tell what was meant"),
        bad("⟦---⟧\ntitle: News\n\nText\n"),
        bad("---\ntitle: News\n⟦title⟧: Other\n---\n"),
        bad("---\nbase: ⟦&⟧a [1]\n---\n"),
        good("---\ntitle: 'A: B'\n---\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        block = document.front_matter
        if block and block.fault:
            from artlint.repairs import find_repair  # what cannot be read is rare

            repair = find_repair(document.text, block)
            fix = Fix(repair.title, repair.edits, repair.applicability) if repair else None
            yield self.at(block.fault.span, block.fault.message, fix)


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


class NoFrontMatter(Check):
    """A file without front matter in a folder of posts is no post: it has neither title nor date.

    Elsewhere a file may well be without, unless the configuration gives it a schema.
    """

    code = "FM007"
    name = "no-front-matter"
    summary = "File has no front matter"
    examples = (
        bad("⟦⟧Some text\n", path="source/_posts/news.md"),
        bad("⟦⟧<p>Text</p>\n", path="_posts/2020-01-02-news.html"),
        good("Text\n", note="no folder of posts"),
        good("Read me\n", path="_posts/README.md"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.front_matter is not None or not document.text.strip() or has_lost_fence(document):
            return
        path = PurePath(document.source.path)
        is_post = "_posts" in path.parts[:-1] and path.stem.lower() not in ("readme", "index")
        if is_post or not document.schema.is_preset:
            yield self.at(Span(0, 0), "File has no front matter; give it a title and a date")


class LostFence(Check):
    """Only Hexo reads front matter without a fence above it; elsewhere it becomes the first paragraph."""

    code = "FM008"
    name = "lost-fence"
    summary = "Front matter lacks the fence above it"
    examples = (
        bad("⟦title: News\ndate: 2020-01-02⟧\n---\n\nText\n"),
        bad("⟦title = 'News'\ntags = []⟧\n+++\n\nText\n"),
        good("Note: this is prose\n---\n"),
        good("---\ntitle: News\ndate: 2020-01-02\n---\n\nText\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        match = has_lost_fence(document)
        if match:
            fence = match["fence"]
            message = f"Front matter lacks the fence above it; write `{fence}` on the first line"
            yield self.at(Span(*match.span("block")), message)


_LOST_FENCE = lazily(
    r"\s*(?P<block>(?:title|date|layout|tags|categories|author)[ \t]*[:=][^\n]*"
    r"(?:\n(?:[\w-]+[ \t]*[:=]|[ \t]*- |[ \t]+)[^\n]*){1,60})\n(?P<fence>---|\+\+\+)[ \t]*(?:\n|\Z)"
)


def has_lost_fence(document: Document) -> re.Match[str] | None:
    """The lines that look like front matter at the top of a file without any."""
    return _LOST_FENCE.match(document.text) if document.front_matter is None else None


class UntidyFrontMatter(Check):
    """Blanks at the ends of lines and uneven list indentation make noise in every later diff."""

    code = "FM900"
    name = "untidy-front-matter"
    summary = "Front matter is not in canonical form"
    severity = Severity.NOTE
    stage = Stage.FORMAT
    examples = (
        bad("---\n⟦title: A \ntags: \n - b\n⟧---\n", fixed="---\ntitle: A\ntags:\n  - b\n---\n"),
        bad(
            '+++\n⟦title = "A" \ntext = """x \n"""\n⟧+++\n',
            fixed='+++\ntitle = "A"\ntext = """x \n"""\n+++\n',
        ),
        bad('⟦{ \n  "title": "A" \n}⟧\n', fixed='{\n  "title": "A"\n}\n'),
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
