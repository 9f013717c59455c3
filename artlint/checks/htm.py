"""HTM: structure and canonical form."""

from __future__ import annotations

from collections.abc import Iterator

from artlint.canonical.html import format_html
from artlint.canonical.islands import island_edits
from artlint.diagnostic import Diagnostic, Edit, Severity
from artlint.document import Document
from artlint.document.element import Element
from artlint.document.elements import BLOCK
from artlint.document.joints import gap
from artlint.document.tokens import Token
from artlint.rule import ARTICLES, HTML, Check, Needs, Stage, bad, fix, good, remove, unwrap
from artlint.source import Span


class EmptyElement(Check):
    """Paragraphs, spans and boxes with nothing in them leave gaps in the page and noise in the text.

    An item of a numbered list stays where others would get its number.
    """

    code = "HTM002"
    name = "empty-element"
    summary = "Element is empty"
    stage = Stage.MARKUP
    examples = (
        bad("<p>One.</p>⟦<p>\u3000\u3000</p>⟧<p>Two.</p>", fixed="<p>One.</p><p>Two.</p>"),
        bad("<p>One⟦<strong></strong>⟧.</p>", fixed="<p>One.</p>"),
        bad('<p>One.</p>⟦<div id="recommend_bottom"><span>&nbsp;</span></div>⟧', fixed="<p>One.</p>"),
        bad("Text\n\n⟦<p></p>⟧\n", fixed="Text\n\n\n"),
        good('<p><a name="top"></a>One.</p>'),
        good('<p><a href="#a">A</a></p><div id="a"></div>', note="a link points to it"),
        good('<p><img src="a.png"></p>'),
        good("<table><tr><td></td></tr></table>"),
        good("<ol><li>One</li><li></li><li>Three</li></ol>", note="without it three would be two"),
        bad("<ol><li>One</li>⟦<li> </li>⟧⟦<li></li>⟧</ol>", fixed="<ol><li>One</li></ol>"),
        bad("<ul><li>One</li>⟦<li></li>⟧<li>Two</li></ul>", fixed="<ul><li>One</li><li>Two</li></ul>"),
        good('<p>One.</p><div id="chart"></div><script>draw()</script>', note="a script fills it"),
        good('Text <i class="icon-star"></i> more\n', note="Markdown pages draw icons so"),
        good("<p>One<b> </b>two.</p>", note="its blank keeps the words apart"),
        good("<div><!-- more --></div>"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if not document.body.html.may_have_empty(_FILLED):
            return
        run = Span(-1, -1)  # of empty elements without anything between them
        for element in document.select(_EMPTY_SELECTOR):
            if not self._is_empty(document, element) or element.span.start < run.end:
                continue
            if element.tag != "p" and document.select("script"):
                continue  # a script may be about to fill it
            start = run.start if element.span.start == run.end else element.span.start
            if edits := remove(element):
                run = Span(start, element.span.end)
                edits = (Edit(element.span, gap(document.body.html, run)),)
                yield self.at(element.span, f"`<{element.tag}>` is empty", fix("Remove it", edits))

    def _is_empty(self, document: Document, element: Element) -> bool:
        text = element.text
        if text.strip() or (text and element.tag not in BLOCK):
            return False
        if element.select(_SOMETHING) or any(t.kind == "comment" for t in _tokens(document, element)):
            return False
        if element.tag == "li" and _numbers_others(element):
            return False
        if document.body.kind == "html":
            return not _is_link_target(document, element)
        if _opens_block(document, element):
            return False
        return all(not inner.attribute_names for inner in (element, *element.select("*")))


class NeedlessSpan(Check):
    """A `<span>` without attributes means nothing; it only makes the source harder to read."""

    code = "HTM003"
    name = "needless-span"
    summary = "`<span>` without attributes"
    severity = Severity.NOTE
    stage = Stage.MARKUP
    needs = Needs(ARTICLES.kinds, markup=("<span",))
    examples = (
        bad("<p>In ⟦<span>Win11</span>⟧ now.</p>", fixed="<p>In Win11 now.</p>"),
        bad("In ⟦<span>Win11</span>⟧ now.\n", fixed="In Win11 now.\n"),
        good('<p>In <span lang="ja">ぐんま</span>.</p>'),
        good("<span>1. One</span>\n", note="without it Markdown would see a list"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind == "page":
            return
        is_markdown = document.body.kind == "markdown"
        for element in document.select("span"):
            first = document.text[element.inner_span.start : element.inner_span.start + 1]
            if is_markdown and not (first.isalpha() and _is_inline(element)):
                continue
            if not element.attribute_names and element.inner_span.start < element.inner_span.end:
                yield self.at(element.span, fix=fix("Keep the text, drop the tags", unwrap(element)))


class WrapperDiv(Check):
    """Scrapers put a `<div>` around the whole article; it nests everything one step deeper.

    One around nothing but text is a paragraph. One that holds both bare text and blocks stays: without
    it the text would have no block around it. Safe: a `<div>` without attributes says nothing.
    """

    code = "HTM004"
    name = "wrapper-div"
    summary = "`<div>` around other blocks says nothing"
    severity = Severity.NOTE
    stage = Stage.MARKUP
    needs = Needs(HTML.kinds, markup=("<div",))
    examples = (
        bad("⟦<div><p>One.</p><p>Two.</p></div>⟧", fixed="<p>One.</p><p>Two.</p>"),
        bad("⟦<div>\n<div>\n<p>One.</p>\n</div>\n</div>⟧", fixed="\n\n<p>One.</p>\n\n"),
        bad(
            '<p>One.</p>⟦<div><img src="a.png" alt=""></div>⟧',
            fixed='<p>One.</p><p><img src="a.png" alt=""></p>',
        ),
        bad("⟦<div>One <b>two</b></div>⟧", fixed="<p>One <b>two</b></p>"),
        good("<div>One.<p>Two.</p></div>"),
        good("<table><tr><td><div>One</div></td></tr></table>"),
        good('<div dir="rtl"><p>One.</p></div>'),
        good("# Title\n\n<div>\n<p>One.</p>\n</div>\n", note="Markdown pages lay out with divs"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html":
            return
        outer: Element | None = None
        title, edits = "", list[Edit]()
        for element in document.select("div"):
            step, more = _without_wrapper(element) if not element.attribute_names else ("", ())
            if not more:
                continue
            if outer is not None and element.span.start < outer.span.end:
                edits.extend(more)  # in one go with the wrapper around it
                continue
            if outer is not None:
                yield self.at(outer.span, fix=fix(title, edits))
            outer, title, edits = element, step, list(more)
        if outer is not None:
            yield self.at(outer.span, fix=fix(title, edits))


class NotCanonical(Check):
    """One spelling for each article keeps diffs small and archives comparable.

    Only blanks, quotes, entities and the case and order of attributes change; docs/canonical.md
    describes the form. HTML with template code or misnested markup is left alone, and so is Markdown
    but for the blocks of HTML in it.
    """

    code = "HTM900"
    name = "not-canonical"
    summary = "HTML is not in canonical form"
    severity = Severity.NOTE
    stage = Stage.FORMAT
    inspects_code = True  # code is written back as it is; the proof of the format sees to it
    examples = (
        bad("⟦<P>One.</P><p>Two.</p>⟧", fixed="<p>One.</p>\n\n<p>Two.</p>\n"),
        bad("⟦<ul><li>One<li>Two</ul>\n⟧", fixed="<ul>\n  <li>One</li>\n  <li>Two</li>\n</ul>\n"),
        bad("⟦<p>a &lt; b\n<br/>c</p>\n⟧", fixed="<p>\n  a &lt; b<br>\n  c\n</p>\n"),
        good("<p>One.</p>\n\n<p>Two.</p>\n"),
        bad(
            "⟦<pre>\n  One\n\n Two\n</pre><P>Three</P>⟧",
            fixed="<pre>\n  One\n\n Two\n</pre>\n\n<p>Three</p>\n",
        ),
        good("<pre>\n  One\n\n Two\n</pre>\n"),
        good("<p>{{ page.title }}</p>"),
        bad("# Title\n\n⟦<P>One\n two.</P>⟧\n\nThree\n", fixed="# Title\n\n<p>One two.</p>\n\nThree\n"),
        good("*One*\n\n- <P>Two</P>\n\n<DIV>\n\nThree\n\n</DIV>\n", note="Markdown stays the author's"),
        good("One\n\n<DIV markdown='1'>\n*Two*\n</DIV>\n"),
        good("<DIV markdown='1'>\n- One\n- Two\n</DIV>\n", note="it holds Markdown"),
        good("<DETAILS markdown>\n<summary>One</summary>\n# Two\n</DETAILS>\n"),
        good("One\n\n<P>{{ page.title }}</P>\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        body = document.body
        if body.kind == "markdown":
            for edit in island_edits(document):
                message = "HTML block is not in canonical form"
                yield self.at(edit.span, message, fix("Format the block", (edit,)))
        if body.kind != "html" or body.template_spans or body.html.irregularity:
            return
        start = body.span.start + _blank_lead(document)
        text = document.text[start:]
        canonical = format_html(body.html)
        if text != canonical:
            span = Span(start, body.span.end)
            yield self.at(span, fix=fix("Format the body", (Edit(span, canonical),)))


_PARENTS_OF_PARAGRAPHS = frozenset({"div", "section", "article", "main", "blockquote"})
_EMPTY_SELECTOR = (
    "p, div, section, span, strong, em, b, i, u, font, h1, h2, h3, h4, h5, h6, blockquote, ul, ol, li"
)
# What makes an element without text worth keeping.
_FILLED = frozenset(
    """img picture video audio iframe embed object canvas svg math input button select textarea hr br table
    pre code script style template a""".split()
)
_SOMETHING = ", ".join((*sorted(_FILLED), "[name]"))


def _tokens(document: Document, element: Element) -> tuple[Token, ...]:
    return document.body.html.tokens_in(element.inner_span)


def _numbers_others(item: Element) -> bool:
    """Whether other items of an ordered list would have other numbers without this one."""
    parent = item.parent
    if parent is None or parent.tag != "ol":
        return False
    if "reversed" in parent.attribute_names:
        return True
    behind = [other for other in parent.children if other.has_span and other.span.start > item.span.start]
    return any(other.text.strip() or other.select(_SOMETHING) for other in behind)


def _opens_block(document: Document, element: Element) -> bool:
    """Whether the element starts a line of Markdown that goes on behind it: the line would change."""
    start, end = element.span
    text = document.text
    line = text[text.rfind("\n", 0, start) + 1 : start]
    rest, _, following = text[end:].partition("\n")
    return not line.strip() and bool(rest.strip() or following.partition("\n")[0].strip())


def _is_inline(element: Element) -> bool:
    return not any(inner.tag in BLOCK for inner in element.select("*"))


def _is_link_target(document: Document, element: Element) -> bool:
    names = {inner.attribute("id") for inner in (element, *element.select("[id]"))} - {None}
    return any(f'href="#{name}"' in document.body.text for name in names)


def _without_wrapper(element: Element) -> tuple[str, tuple[Edit, ...]]:
    """The edits that unwrap a div, or turn it into a paragraph when it holds only inline content."""
    children, end_tag = element.children, element.end_tag
    if children and not element.has_text and all(child.tag in BLOCK for child in children):
        edits = () if _has_text_behind(element) else unwrap(element)
        return "Keep what is inside, drop the tags", edits
    parent = element.parent
    if parent is not None and parent.tag not in _PARENTS_OF_PARAGRAPHS:
        return "", ()
    if end_tag and element.is_sound and _is_inline(element) and (element.has_text or element.select("img")):
        return "Make it a paragraph", (Edit(element.start_tag, "<p>"), Edit(end_tag, "</p>"))
    return "", ()


def _has_text_behind(element: Element) -> bool:
    html = element.html
    return html.text[element.span.end - html.base :][:1].strip() not in ("", "<")


def _blank_lead(document: Document) -> int:
    """How many blanks stand below the front matter: FM900 speaks of them, in the same round."""
    text = document.body.text
    if not document.front_matter:
        return 0
    return len(text) - len(text.lstrip(" \t\n")) if text.strip(" \t\n") else int(text.startswith("\n"))
