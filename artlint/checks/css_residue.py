"""CSS: what word processors, editors and old pages leave when text is pasted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.diagnostic import Applicability, Diagnostic, Edit, Severity
from artlint.document import Document
from artlint.document.element import Element
from artlint.document.elements import BLOCK
from artlint.pattern_lazy import lazily
from artlint.rule import ARTICLES, HTML, Check, Needs, Stage, bad, fix, good, unwrap

_SUCCESSORS = {"font": "", "center": "p", "big": "", "strike": "s", "tt": "code", "acronym": "abbr"}


class FontElement(Check):
    """`<font>`, `<center>` and `<big>` are style in the shape of an element; HTML has dropped them.

    Safe: the text stays. A font element that a publishing system uses for bold or italic text becomes
    the element for it, and so do `<strike>`, `<tt>` and `<acronym>`.
    """

    code = "CSS004"
    name = "font-element"
    summary = "Presentational element"
    severity = Severity.NOTE
    needs = Needs(ARTICLES.kinds, markup=tuple(f"<{tag}" for tag in _SUCCESSORS))
    examples = (
        bad(
            '<p>A ⟦<font color="red">red</font>⟧ word.</p>',
            fixed="<p>A red word.</p>",
        ),
        bad(
            '<p>⟦<font cms-style="strong-Bold">Bold.</font>⟧</p>',
            fixed="<p><strong>Bold.</strong></p>",
            note="bold is meaning",
        ),
        bad('# Title\n\n⟦<font color="red">Red.</font>⟧\n', note="the author of a Markdown page meant it"),
        bad("⟦<center>One.</center>⟧", fixed="<p>One.</p>"),
        bad("⟦<center><p>One.</p></center>⟧", fixed="<p>One.</p>"),
        bad(
            "<p>⟦<strike>Old</strike>⟧ ⟦<tt>code</tt>⟧ ⟦<big>big</big>⟧</p>",
            fixed="<p><s>Old</s> <code>code</code> big</p>",
        ),
        bad(
            '<p>⟦<acronym title="Hypertext">HTML</acronym>⟧</p>',
            fixed='<p><abbr title="Hypertext">HTML</abbr></p>',
        ),
        good("<p>A <strong>bold</strong> word.</p>"),
        good("<p>One <sup>2</sup>, <s>two</s> and <u>three</u>.</p>"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind == "page":
            return
        for element in document.select(", ".join(_SUCCESSORS)):
            if document.body.kind == "markdown":
                if element.tag in ("font", "center"):
                    yield self.at(element.span, f"Presentational element `<{element.tag}>`")
                continue
            tag = _successor(element)
            if tag is None:
                yield self.at(element.span, f"Presentational element `<{element.tag}>`")
                continue
            edits = unwrap(element)
            if tag and edits:
                start = f"<{tag}>"
                if element.tag not in ("font", "center"):  # whose attributes are all of looks
                    written = document.text[slice(*element.start_tag)]
                    start = f"<{tag}{written[1 + len(element.tag) :]}"
                edits = (Edit(edits[0].span, start), Edit(edits[1].span, f"</{tag}>"))
            title = f"Make it `<{tag}>`" if tag else "Keep the text, drop the tags"
            message = f"Presentational element `<{element.tag}>`"
            yield self.at(element.span, message, fix=fix(title, edits))


class DocsWrapper(Check):
    """Google Docs wraps what it copies in a `<b>` that is not bold.

    Without its style the whole article would be bold. Safe: only the tags go, and they said "not bold".
    """

    code = "CSS006"
    name = "not-bold-wrapper"
    summary = "`<b>` that says it is not bold"
    needs = Needs(HTML.kinds, markup=("style",))
    examples = (
        bad(
            '⟦<b style="font-weight:normal;"><p>One.</p></b>⟧',
            fixed="<p>One.</p>",
            path="article.html",
        ),
        bad("<p>⟦<strong style='font-weight: 400'>One</strong>⟧.</p>", fixed="<p>One.</p>"),
        bad("<p>⟦<em style='font-style: normal'>One</em>⟧.</p>", fixed="<p>One.</p>"),
        good('<p><b style="font-weight:bold">One</b>.</p>'),
        good(
            '<p><b style="font-weight:normal">One</b>.</p>\n\nText\n', note="a Markdown page may style itself"
        ),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html":
            return
        for element in document.select("b[style], strong[style], em[style], i[style]"):
            if (element.attribute("id") or "").startswith("docs-internal-guid"):
                continue  # GDC001 speaks of it
            pattern = _NOT_BOLD if element.tag in ("b", "strong") else _NOT_ITALIC
            if pattern.search(element.attribute("style") or ""):
                yield self.at(element.span, fix=fix("Keep the text, drop the tags", unwrap(element)))


class StyleText(Check):
    """A style sheet whose tags were stripped shows as text in the article.

    Unsafe: a paragraph of nothing but CSS rules is very likely debris, but an article on CSS may show some.
    """

    code = "CSS007"
    name = "style-text"
    summary = "Paragraph of CSS text"
    stage = Stage.CONTENT
    severity = Severity.WARNING
    needs = HTML
    examples = (
        bad("<p>⟦.box{color:red} .box img{width:74px;}⟧</p><p>One.</p>", fixed="<p></p><p>One.</p>"),
        bad("<div>⟦#a, .b &#123;border:1px solid #E6E6E6;padding:8px;&#125;⟧</div>", fixed="<div></div>"),
        good("<p>Write .box{color:red} to make it red.</p>"),
        good("<pre>.box{color:red}</pre>"),
        good("<p>{a:b}</p>"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        body = document.body
        if body.kind != "html" or not ("{" in body.text or "&#123;" in body.text):
            return
        for element in document.select("p, div, span, section"):
            text = element.text
            if "{" not in text or element.children or not _RULES.fullmatch(text.strip()):
                continue
            edit = Edit(element.inner_span)
            yield self.at(element.inner_span, fix=fix("Remove it", (edit,), Applicability.UNSAFE))


_NOT_BOLD = lazily(r"(?:^|;)\s*font-weight\s*:\s*(?:normal|[1-4]00)\s*(?:;|$|!)", re.IGNORECASE)
_NOT_ITALIC = lazily(r"(?:^|;)\s*font-style\s*:\s*normal\s*(?:;|$|!)", re.IGNORECASE)
_RULES = lazily(
    r"(?:\s*[.#@]?[\w-][\w\s.#:,>*@()\[\]=\"'~+-]{0,200}\{(?:\s*[a-z-]{2,40}\s*:[^{};]{1,300};?){1,60}\s*\}){1,200}\s*"
)


def _successor(element: Element) -> str | None:
    """The element that says what a presentational one says; empty for none, None when there is no way."""
    if element.tag == "font":
        style = " ".join(element.attributes.values()).lower()
        return "strong" if "bold" in style else "em" if "italic" in style else ""
    if element.tag != "center":
        return _SUCCESSORS[element.tag]
    blocks = [child.tag in BLOCK for child in element.children]
    if not any(blocks):
        inside_block = element.parent is not None and element.parent.tag == "p"
        return None if inside_block else "p"
    return "" if all(blocks) and not element.has_text else None
