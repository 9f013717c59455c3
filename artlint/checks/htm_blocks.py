"""HTM: paragraphs that are none, and line breaks that stand for paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.diagnostic import Diagnostic, Edit, Severity
from artlint.document import Document
from artlint.document.element import Element
from artlint.document.elements import BLOCK
from artlint.pattern_lazy import lazily
from artlint.rule import HTML, Check, Needs, Stage, bad, fix, good
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
    needs = Needs(HTML.kinds, markup=("<br",))
    examples = (
        bad("<p>One.⟦<br><br>⟧Two.</p>", fixed="<p>One.</p><p>Two.</p>"),
        bad("<p>One.⟦<br/>\n&nbsp;<br/><br/>⟧\nTwo.</p>", fixed="<p>One.</p><p>\nTwo.</p>"),
        good("<p>One.<br>Two.</p>"),
        good("<p><b>One.<br><br>Two.</b></p>", note="the paragraph cannot end there"),
        good("<ul><li>One.<br><br>Two.</li></ul>"),
        good("One.<br><br>Two.\n", note="Markdown stays the author's"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html" or "<br" not in document.body.markup:
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
    """A line break at the start or the end of a paragraph, or beside one, only makes a gap.

    Safe: a block starts and ends its line anyway.
    """

    code = "HTM009"
    name = "edge-break"
    summary = "Line break at the edge of a block"
    severity = Severity.NOTE
    stage = Stage.MARKUP
    needs = Needs(HTML.kinds, markup=("<br",))
    examples = (
        bad("<p>One.⟦<br>⟧</p>", fixed="<p>One.</p>"),
        bad("<p>⟦<br>⟧\n⟦<br>⟧One.</p>", fixed="<p>\nOne.</p>"),
        bad("<p>⟦<br>⟧</p>", fixed="<p></p>"),
        bad("<div><p>One.</p>⟦<br>⟧<p>Two.</p></div>", fixed="<div><p>One.</p><p>Two.</p></div>"),
        bad("<div>One.⟦<br>⟧<ul><li>Two.</li></ul></div>", fixed="<div>One.<ul><li>Two.</li></ul></div>"),
        good("<p>One.<br>Two.</p>"),
        good("<p><b>One.<br></b></p>"),
        good("<table><tr><td><br></td></tr></table>"),
        good("<div><img src='a.png' alt=''><br>One.</div>"),
        good("One.<br>\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html" or "<br" not in document.body.markup:
            return
        for children, place in _containers(document, _BLOCKS_WITH_LINES):
            for first, last in _edge_runs(document, children, place):
                for child in children[first : last + 1]:
                    yield self.at(child.span, fix=fix("Remove it", (Edit(child.span),)))


class BareText(Check):
    """Text between blocks belongs to no paragraph: themes do not space it, and Markdown reads it its own way.

    A picture there is as badly off. Safe: each gets the paragraph that a reader sees it as.
    """

    code = "HTM010"
    name = "bare-text"
    summary = "Text stands between blocks"
    stage = Stage.MARKUP
    needs = HTML
    examples = (
        bad(
            "<p>One.</p>⟦Two <b>three</b>.⟧<p>Four.</p>",
            fixed="<p>One.</p><p>Two <b>three</b>.</p><p>Four.</p>",
            path="article.html",
        ),
        bad("<div> ⟦One.⟧<br>\n<p>Two.</p></div>", fixed="<div> <p>One.</p><br>\n<p>Two.</p></div>"),
        bad(
            "<p>One.</p>⟦<img src='a.png' alt=''>⟧<p>Two.</p>",
            fixed="<p>One.</p><p><img src='a.png' alt=''></p><p>Two.</p>",
        ),
        good("<p>One.</p><span class='note'><p>Two.</p></span>", note="no paragraph can hold it"),
        good("<ruby><div><p>One.</p><rp>(</rp></div></ruby>", note="it would end the paragraph"),
        good("<div>One <b>two</b></div>"),
        good("<blockquote>One.</blockquote><ul><li>Two<ul><li>Three</li></ul></li></ul>"),
        good("<figure><img src='a.png' alt=''><figcaption>One.</figcaption></figure>"),
        good("# Title\n\n<p>One.</p> Two.\n", note="Markdown makes its own paragraphs"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        body = document.body
        if body.kind != "html" or body.html.irregularity:
            return
        if not body.html.may_have_bare_text(_CONTAINERS, _PICTURES):
            return
        for children, place in _containers(document, _ANY_CONTAINER):
            if not any(child.tag in BLOCK for child in children):
                continue
            for span, has_words in _bare_runs(document, children, place):
                message = "" if has_words else "Image stands between blocks"
                edits = (Edit(Span(span.start, span.start), "<p>"), Edit(Span(span.end, span.end), "</p>"))
                yield self.at(span, message, fix("Make it a paragraph", edits))


_BLANK = lazily(r"(?:\s|&nbsp;|&#160;|\u3000|<br\s*/?>)*", re.IGNORECASE)


def _is_filled(markup: str) -> bool:
    return _BLANK.fullmatch(markup) is None


def _placed(children: list[Element]) -> list[Element]:
    """The children of an element; none when the parser made one up, for then places say little."""
    return children if all(child.has_span for child in children) else []


def _break_runs(document: Document, element: Element) -> Iterator[Span]:
    """Each run of two or more line breaks that are children of the element."""
    start = end = -1
    count = 0
    for child in _placed(element.children):
        if child.tag == "br" and count and not _is_filled(document.text[end : child.span.start]):
            end, count = child.span.end, count + 1
            continue
        if count > 1:
            yield Span(start, end)
        start, end, count = (*child.span, 1) if child.tag == "br" else (-1, -1, 0)
    if count > 1:
        yield Span(start, end)


def _containers(document: Document, selector: str) -> Iterator[tuple[list[Element], Span]]:
    """The children of the body and of the sound elements that a selector finds, each with their place."""
    yield _placed(document.body.html.top_elements), document.body.span
    for element in document.select(selector):
        if element.is_sound:
            yield _placed(element.children), element.inner_span


def _edge_runs(document: Document, children: list[Element], place: Span) -> Iterator[tuple[int, int]]:
    """Runs of line breaks (first and last index) with a block, or the edge of one, beside them."""
    index = 0
    while index < len(children):
        first = index
        while index < len(children) and children[index].tag == "br":
            end = children[index + 1].span.start if index + 1 < len(children) else place.end
            index += 1
            if _is_filled(document.text[children[index - 1].span.end : end]):
                break
        if first == index:
            index += 1
            continue
        before = children[first - 1] if first else None
        after = children[index] if index < len(children) else None
        sides = (
            (before, Span(before.span.end if before else place.start, children[first].span.start)),
            (after, Span(children[index - 1].span.end, after.span.start if after else place.end)),
        )
        if any(
            (beside is None or beside.tag in BLOCK) and not _is_filled(document.text[gap.start : gap.end])
            for beside, gap in sides
        ):
            yield first, index - 1


def _bare_runs(document: Document, children: list[Element], place: Span) -> Iterator[tuple[Span, bool]]:
    """Runs of text and inline elements between the blocks and comments of a container.

    With each stands whether it holds words; one without holds a picture.
    """
    stops = [child.span for child in children if _ends_paragraph(child)]
    inline = [child.span for child in children if not _ends_paragraph(child)]
    for comment in document.body.comments:
        inside = any(span.contains(comment.span) for span in (*stops, *inline))
        if place.contains(comment.span) and not inside:
            stops.append(comment.span)
    start = place.start
    for stop in [*sorted(stops), Span(place.end, place.end)]:
        if start < stop.start:
            text = document.text[start : stop.start]
            lead = len(text) - len(_LEAD.sub("", text))
            tail = len(text) - len(_TAIL.sub("", text[lead:])) - lead
            tokens = document.body.html.tokens_in(Span(start, stop.start))
            words = any(t.visible and t.kind == "text" and t.data.strip() for t in tokens)
            if words or any(token.tag in _PICTURES for token in tokens):
                yield Span(start + lead, stop.start - tail), words
        start = stop.end


def _ends_paragraph(element: Element) -> bool:
    """Whether no paragraph can go around the element: it, or something inside, would end it."""
    if element.tag in BLOCK or element.tag in _RUBY_PARTS:
        return True
    return any(inner.tag in BLOCK for inner in element.select("*"))


_BLOCKS_WITH_LINES = (
    "p, li, h1, h2, h3, h4, h5, h6, figcaption, blockquote, dd, dt, div, section, article, main"
)
# In a ruby they close an open paragraph (HTML Standard, section 13.2.6.4.7).
_RUBY_PARTS = frozenset({"rb", "rp", "rt", "rtc"})
_CONTAINERS = frozenset({"div", "section", "article", "blockquote", "main"})
_ANY_CONTAINER = ", ".join(sorted(_CONTAINERS))
_PICTURES = frozenset({"img", "picture", "video", "audio", "iframe", "svg"})
_LEAD = lazily(r"\A(?:\s|<br\s*/?>)+", re.IGNORECASE)
_TAIL = lazily(r"(?:\s|<br\s*/?>)+\Z", re.IGNORECASE)
