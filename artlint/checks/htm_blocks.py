"""HTM: paragraphs that are none, and line breaks that stand for paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.diagnostic import Diagnostic, Edit, Severity
from artlint.document import Document
from artlint.document.elements import BLOCK
from artlint.document.html import Element
from artlint.rule import Check, Stage, bad, fix, good
from artlint.source import Span


class BreakParagraphs(Check):
    """Two line breaks in a row were meant to start a new paragraph.

    Themes space paragraphs, readers skip by them, and excerpts end at them; line breaks do nothing of it.
    Safe: every word stays where it is, only `<br><br>` becomes the end and the start of a paragraph.
    """

    code = "HTM008"
    name = "break-paragraphs"
    summary = "Line breaks stand for a new paragraph"
    stage = Stage.MARKUP
    examples = (
        bad("<p>One.⟦<br><br>⟧Two.</p>", fixed="<p>One.</p><p>Two.</p>"),
        bad("<p>One.⟦<br/>\n&nbsp;<br/><br/>⟧\nTwo.</p>", fixed="<p>One.</p><p>\nTwo.</p>"),
        good("<p>One.<br>Two.</p>"),
        good("<p><b>One.<br><br>Two.</b></p>", note="the paragraph cannot end there"),
        good("<ul><li>One.<br><br>Two.</li></ul>"),
        good("One.<br><br>Two.\n", note="Markdown stays the author's"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html" or "<br" not in document.body.text.lower():
            return
        for element in document.select("p"):
            if element.attribute_names or not element.is_sound:
                continue
            for run in _break_runs(document, element):
                before = document.text[element.inner_span.start : run.start]
                after = document.text[run.end : element.inner_span.end]
                if _is_filled(before) and _is_filled(after):
                    yield self.at(run, fix=fix("Make two paragraphs", (Edit(run, "</p><p>"),)))


class EdgeBreak(Check):
    """A line break at the start or the end of a paragraph only makes a gap.

    Safe: the paragraph ends there anyway.
    """

    code = "HTM009"
    name = "edge-break"
    summary = "Line break at the edge of a block"
    severity = Severity.NOTE
    stage = Stage.MARKUP
    examples = (
        bad("<p>One.⟦<br>⟧</p>", fixed="<p>One.</p>"),
        bad("<p>⟦<br>⟧\n⟦<br>⟧One.</p>", fixed="<p>\nOne.</p>"),
        bad("<p>⟦<br>⟧</p>", fixed="<p></p>"),
        good("<p>One.<br>Two.</p>"),
        good("<p><b>One.<br></b></p>"),
        good("<table><tr><td><br></td></tr></table>"),
        good("One.<br>\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html" or "<br" not in document.body.text.lower():
            return
        for element in document.select("p, li, h1, h2, h3, h4, h5, h6, figcaption, blockquote, dd, dt"):
            if element.is_sound:
                for span in _edge_breaks(document, element):
                    yield self.at(span, fix=fix("Remove it", (Edit(span),)))


class BareText(Check):
    """Text between blocks belongs to no paragraph: themes do not space it, and Markdown reads it its own way.

    Safe: the text gets the paragraph that a reader sees it as.
    """

    code = "HTM010"
    name = "bare-text"
    summary = "Text stands between blocks"
    stage = Stage.MARKUP
    examples = (
        bad(
            "<p>One.</p>⟦Two <b>three</b>.⟧<p>Four.</p>",
            fixed="<p>One.</p><p>Two <b>three</b>.</p><p>Four.</p>",
            path="article.html",
        ),
        bad("<div>⟦One.⟧<br>\n<p>Two.</p></div>", fixed="<div><p>One.</p><br>\n<p>Two.</p></div>"),
        good("<p>One.</p><img src='a.png' alt=''><p>Two.</p>"),
        good("<p>One.</p><span class='note'><p>Two.</p></span>", note="no paragraph can hold it"),
        good("<div>One <b>two</b></div>"),
        good("<blockquote>One.</blockquote><ul><li>Two<ul><li>Three</li></ul></li></ul>"),
        good("# Title\n\n<p>One.</p> Two.\n", note="Markdown makes its own paragraphs"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        body = document.body
        if body.kind != "html" or body.html.irregularity:
            return
        top = Element(body.html.root, body.html)
        containers = [(top, body.span)]
        for element in document.select("div, section, article, blockquote, main"):
            containers.append((element, element.inner_span))
        for container, place in containers:
            children = _placed(container)
            if not container.has_text and all(child.tag in BLOCK for child in children):
                continue
            if any(child.tag in BLOCK for child in children):
                for span in _bare_runs(document, children, place):
                    edits = (
                        Edit(Span(span.start, span.start), "<p>"),
                        Edit(Span(span.end, span.end), "</p>"),
                    )
                    yield self.at(span, fix=fix("Make it a paragraph", edits))


_BLANK = re.compile(r"(?:\s|&nbsp;|&#160;|\u3000|<br\s*/?>)*", re.IGNORECASE)
_EDGES = re.compile(r"\A(?:\s|<br\s*/?>)*|(?:\s|<br\s*/?>)*\Z", re.IGNORECASE)


def _is_filled(markup: str) -> bool:
    return _BLANK.fullmatch(markup) is None


def _placed(element: Element) -> list[Element]:
    """The children of an element; none when the parser made one up, for then places say little."""
    children = element.children
    return children if all(child.has_span for child in children) else []


def _edge_breaks(document: Document, element: Element) -> list[Span]:
    """The line breaks of an element with nothing but breaks before them, or nothing but breaks behind."""
    breaks = [child.span for child in _placed(element) if child.tag == "br"]
    found = set()
    place = element.inner_span.start
    for span in breaks:
        if _is_filled(document.text[place : span.start]):
            break
        found.add(span)
        place = span.end
    place = element.inner_span.end
    for span in reversed(breaks):
        if span in found or _is_filled(document.text[span.end : place]):
            break
        found.add(span)
        place = span.start
    return sorted(found)


def _break_runs(document: Document, element: Element) -> Iterator[Span]:
    """Each run of two or more line breaks that are children of the element."""
    start = end = -1
    count = 0
    for child in _placed(element):
        if child.tag == "br" and count and not _is_filled(document.text[end : child.span.start]):
            end, count = child.span.end, count + 1
            continue
        if count > 1:
            yield Span(start, end)
        start, end, count = (*child.span, 1) if child.tag == "br" else (-1, -1, 0)
    if count > 1:
        yield Span(start, end)


def _bare_runs(document: Document, children: list[Element], place: Span) -> Iterator[Span]:
    """Runs of text and inline elements between the blocks and comments of a container."""
    stops = [child.span for child in children if _holds_block(child)]
    inline = [child.span for child in children if not _holds_block(child)]
    for comment in document.body.comments:
        inside = any(span.contains(comment.span) for span in (*stops, *inline))
        if place.contains(comment.span) and not inside:
            stops.append(comment.span)
    start = place.start
    for stop in [*sorted(stops), Span(place.end, place.end)]:
        text = document.text[start : stop.start]
        lead = _EDGES.match(text)
        trimmed = text[lead.end() if lead else 0 :]
        tail = re.search(r"(?:\s|<br\s*/?>)*\Z", trimmed, re.IGNORECASE)
        span = Span(stop.start - len(trimmed), stop.start - (len(tail.group()) if tail else 0))
        if span.start < span.end and _has_words(document, span):
            yield span
        start = stop.end


def _holds_block(element: Element) -> bool:
    return element.tag in BLOCK or any(inner.tag in BLOCK for inner in element.select("*"))


def _has_words(document: Document, span: Span) -> bool:
    tokens = document.body.html.tokens_in(span)
    return any(t.visible and t.kind == "text" and t.data.strip("\u3000\xa0 \t\n") for t in tokens)
