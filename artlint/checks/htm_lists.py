"""HTM: lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.diagnostic import Applicability, Diagnostic, Edit, Severity
from artlint.document import Document
from artlint.document.element import Element
from artlint.pattern_lazy import lazily
from artlint.rule import Check, Stage, bad, fix, good
from artlint.source import Span


class FakedList(Check):
    """Paragraphs that start with `•` or `1、`, `2、` … are a list that no program can see.

    Unsafe: the typed marks go, for the list numbers itself, and a sentence may refer to them.
    """

    code = "HTM019"
    name = "faked-list"
    summary = "Paragraphs stand for a list"
    severity = Severity.NOTE
    stage = Stage.MARKUP
    default = False
    examples = (
        bad(
            "⟦<p>• One</p><p>• Two</p><p>• Three</p>⟧",
            fixed="<ul><li>One</li><li>Two</li><li>Three</li></ul>",
        ),
        bad(
            "<p>A</p>⟦<p>1、One</p>\n<p>2、Two</p>\n<p>3、Three</p>⟧",
            fixed="<p>A</p><ol><li>One</li>\n<li>Two</li>\n<li>Three</li></ol>",
        ),
        good("<p>1、One</p><p>Text</p><p>2、Two</p>"),
        good("<p>• One</p><p>• Two</p>", note="two lines are no list yet"),
        good("<p>3、One</p><p>1、Two</p><p>2、Three</p>"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html":
            return
        run: list[tuple[Element, re.Match[str]]] = []
        for element in document.select("p"):
            mark = _MARK.match(document.text, *element.inner_span)
            if run and not (mark and _follows(document, run, element, mark)):
                yield from self._finding(run)
                run = []
            usable = mark and element.is_sound and not element.attribute_names
            if mark and usable and (mark.group("bullet") or run or int(mark.group("number")) == 1):
                run.append((element, mark))
        yield from self._finding(run)

    def _finding(self, run: list[tuple[Element, re.Match[str]]]) -> Iterator[Diagnostic]:
        if len(run) < 3:
            return
        tag = "ul" if run[0][1].group("bullet") else "ol"
        edits = []
        for index, (element, mark) in enumerate(run):
            opening = f"<{tag}><li>" if index == 0 else "<li>"
            closing = f"</li></{tag}>" if index == len(run) - 1 else "</li>"
            edits.append(Edit(Span(element.start_tag.start, mark.end()), opening))
            edits.append(Edit(element.end_tag or element.start_tag, closing))
        span = Span(run[0][0].span.start, run[-1][0].span.end)
        title = f"Make it a list of {len(run)}"
        yield self.at(span, fix=fix(title, edits, Applicability.UNSAFE))


class TableWithoutHeader(Check):
    """Without header cells nobody who hears a table knows what a number in it means.

    No fix: which cells are headers only a person can say. A table of one row or one column lays out a
    page; it should not be a table.
    """

    code = "HTM020"
    name = "table-without-header"
    summary = "Table has no header cells"
    severity = Severity.NOTE
    default = False
    examples = (
        bad("⟦<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>⟧"),
        bad("⟦<table><tr><td><p>One.</p></td></tr></table>⟧"),
        good("<table><tr><th>A</th><th>B</th></tr><tr><td>3</td><td>4</td></tr></table>"),
        good("| A | B |\n| - | - |\n| 1 | 2 |\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html":
            return
        for table in document.select("table"):
            if table.select("th"):
                continue
            rows = table.select("tr")
            widest = max((len(row.select("td")) for row in rows), default=0)
            layout = len(rows) <= 1 or widest <= 1
            message = "Table lays out the page; it holds no table" if layout else ""
            yield self.at(table.span, message)


_MARK = lazily(
    r"[\s\u3000]*(?:(?P<bullet>[•●◆■▪○·])|(?P<number>\d{1,2})[、.．)）])(?!\d)[ \u3000\xa0]*(?=\S)"
)


def _follows(
    document: Document, run: list[tuple[Element, re.Match[str]]], element: Element, mark: re.Match[str]
) -> bool:
    last, before = run[-1]
    if document.text[last.span.end : element.span.start].strip() or not element.is_sound:
        return False
    if before.group("bullet"):
        return mark.group("bullet") == before.group("bullet")
    return bool(mark.group("number")) and int(mark.group("number")) == int(before.group("number")) + 1
