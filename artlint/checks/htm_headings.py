"""HTM: headings, of HTML and of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.diagnostic import Applicability, Diagnostic, Edit, Severity
from artlint.document import Document
from artlint.document.links import Heading
from artlint.pattern_lazy import lazily
from artlint.rule import Check, Needs, bad, fix, good, remove
from artlint.signs import headings
from artlint.source import Span


class SkippedHeadingLevel(Check):
    """Readers of long articles and screen readers go from heading to heading; a level in between is missed.

    No fix: whether the heading is too deep or one above it is missing only its author knows.
    """

    code = "HTM014"
    name = "skipped-heading-level"
    summary = "Heading skips a level"
    severity = Severity.NOTE
    default = False
    needs = Needs(signs=("heading",), read=headings)
    examples = (
        bad("<h2>One</h2><p>A.</p>⟦<h4>Two</h4>⟧<p>B.</p>"),
        bad("## One\n\nA.\n\n⟦#### Two⟧\n\nB.\n"),
        good("## One\n\n### Two\n\n#### Three\n\n## Four\n"),
        good("<h3>One</h3><p>A.</p>", note="the first heading may be of any level"),
        good("# One\n\n```\n### Two\n```\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        last = 0
        for heading in document.headings:
            if last and heading.level > last + 1:
                message = f"Heading skips from level {last} to {heading.level}"
                yield self.at(_line(document, heading), message)
            last = heading.level


class TopHeadingInBody(Check):
    """The theme prints the title of the article as the one heading of level 1; another competes with it.

    No fix: the level of every heading below would have to change with it.
    """

    code = "HTM015"
    name = "top-heading-in-body"
    summary = "Heading of level 1 in the body"
    severity = Severity.NOTE
    default = False
    needs = Needs(signs=("heading",), read=headings)
    examples = (
        bad("---\ntitle: News\n---\n\n⟦# One⟧\n\nText\n"),
        bad("---\ntitle: News\n---\n\n⟦<h1>One</h1>⟧<p>Text</p>\n"),
        good("---\ntitle: News\n---\n\n## One\n"),
        good("---\ntitle: News\n---\n\n# News\n", note="HTM016 speaks of it"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        title = _title(document)
        for heading in document.headings:
            if heading.level == 1 and title and _plain(heading.text) != _plain(title):
                yield self.at(_line(document, heading))


class TitleAsHeading(Check):
    """The theme prints the title above the article; a first heading that says the same shows it twice.

    Unsafe: it goes from the body and stays in the front matter, but some themes print no title.
    """

    code = "HTM016"
    name = "title-as-heading"
    summary = "First heading repeats the title"
    needs = Needs(signs=("heading",), read=headings)
    examples = (
        bad(
            "---\ntitle: News\n---\n\n⟦<h1>News</h1>⟧<p>Text</p>\n",
            fixed="---\ntitle: News\n---\n\n<p>Text</p>\n",
        ),
        bad(
            "---\ntitle: 港口 开放\n---\n\n⟦## 港口开放⟧\n\nText\n",
            fixed="---\ntitle: 港口 开放\n---\n\n\n\nText\n",
        ),
        good("---\ntitle: News\n---\n\nText\n\n## News\n"),
        good("---\ntitle: News\n---\n\n# Old news\n"),
        good("---\ntitle: C++\n---\n\n# C\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        title = _plain(_title(document))
        headings = document.headings
        if not title or not headings or _plain(headings[0].text) != title:
            return
        first = headings[0]
        if document.text[document.body.span.start : first.span.start].strip(" \n<>/div"):
            return
        span = _line(document, first)
        edits = remove(first.element) if first.element else (Edit(span),)
        yield self.at(span, fix=fix("Remove it", edits, Applicability.UNSAFE))


class FakedHeading(Check):
    """A short bold line on its own looks like a heading but is none: no outline, no link, no level.

    Unsafe: a bold line may also stress a sentence.
    """

    code = "HTM017"
    name = "faked-heading"
    summary = "Bold line stands for a heading"
    severity = Severity.NOTE
    default = False
    examples = (
        bad(
            "<p>One.</p>⟦<p><strong>The harbour</strong></p>⟧<p>Two.</p>",
            fixed="<p>One.</p><h2>The harbour</h2><p>Two.</p>",
        ),
        bad("One.\n\n⟦**The harbour**⟧\n\nTwo.\n", fixed="One.\n\n## The harbour\n\nTwo.\n"),
        good("<p>One.</p><p><strong>The harbour opened today.</strong></p><p>Two.</p>"),
        good("<p>One.</p><p><strong>The harbour</strong> opened.</p>"),
        good("One.\n\n**The harbour**\nTwo.\n"),
        good("<p>One.</p><p><strong>The end</strong></p>", note="nothing follows"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind == "page":
            return
        level = max(2, *(heading.level for heading in document.headings[:1]), 0)
        if document.body.kind == "markdown":
            for match in _BOLD_LINE.finditer(document.body.prose):
                start = document.body.span.start + match.start(1)
                span = Span(start, start + len(match.group(1)))
                edit = Edit(span, "#" * level + " " + match.group(1)[2:-2].strip())
                yield self.at(span, fix=fix("Make it a heading", (edit,), Applicability.UNSAFE))
            return
        for element in document.select("p"):
            children, end_tag = element.children, element.end_tag
            if (
                len(children) != 1
                or children[0].tag not in ("strong", "b")
                or element.has_text
                or not children[0].has_span
            ):
                continue
            text, bold = element.text.strip(), children[0]
            rest = document.text[element.span.end : document.body.span.end]
            if (
                not _is_title(text)
                or not re.match(r"\s*<p[\s>]", rest, re.IGNORECASE)
                or bold.end_tag is None
            ):
                continue
            if end_tag is None or bold.children or element.attribute_names or bold.attribute_names:
                continue
            edits = (
                Edit(Span(element.start_tag.start, bold.start_tag.end), f"<h{level}>"),
                Edit(Span(bold.end_tag.start, end_tag.end), f"</h{level}>"),
            )
            yield self.at(element.span, fix=fix("Make it a heading", edits, Applicability.UNSAFE))


class EmptyHeading(Check):
    """A heading without text is a gap in the page and an entry without a name in its outline.

    Safe: nothing of it is seen.
    """

    code = "HTM018"
    name = "empty-heading"
    summary = "Heading is empty"
    needs = Needs(signs=("heading",), read=headings)
    examples = (
        bad("One.\n\n⟦##⟧\n\nTwo.\n", fixed="One.\n\n\n\nTwo.\n"),
        good("One.\n\n## Two\n\nThree.\n"),
        good("## ![A](a.png)\n"),
        good("## {{ page.title }}\n"),
        good("## <a name='top'></a>\n"),
        good("<h2></h2><p>One.</p>", note="HTM002 speaks of it"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for heading in document.headings:
            span = _line(document, heading)
            if heading.element is None and not document.text[span.start : span.end].strip("# \t"):
                yield self.at(span, fix=fix("Remove it", (Edit(span),)))


_BOLD_LINE = lazily(
    r"(?:\A|\n[ \t]*\n)(\*\*[^*\n\ufffe\uffff。！？!?；;：:.]{1,30}\*\*)[ \t]*\n[ \t]*\n(?=[^\n#])"
)


def _title(document: Document) -> str:
    block = document.front_matter
    return str(block.values.get("title") or "") if block else ""


def _plain(text: str) -> str:
    return re.sub(r"[^\w+#]+", "", text).lower()


def _is_title(text: str) -> bool:
    return 0 < len(text) <= 30 and not re.search(r"[。！？!?；;，,.：:…”\"）)]\Z|[。；]", text)


def _line(document: Document, heading: Heading) -> Span:
    """The span of a heading without the line end that Markdown counts to it."""
    start, end = heading.span
    while end > start and document.text[end - 1].isspace():
        end -= 1
    return Span(start, end)
