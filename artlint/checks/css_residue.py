"""CSS: what word processors and editors leave when text is pasted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.diagnostic import Applicability, Diagnostic, Edit, Severity
from artlint.document import Document
from artlint.rule import Check, Stage, bad, fix, good, remove, unwrap


class WordResidue(Check):
    """Word pastes elements of its own (`<o:p>`, `<st1:place>`) and comments that only Word reads.

    Browsers show their text and ignore the rest. Safe: the text stays; an empty element and a comment
    for Office hold nothing a reader sees.
    """

    code = "CSS005"
    name = "word-residue"
    summary = "Markup that only Word reads"
    examples = (
        bad("<p>One.⟦<o:p></o:p>⟧</p>", fixed="<p>One.</p>"),
        bad("<p>In ⟦<st1:place>Paris</st1:place>⟧.</p>", fixed="<p>In Paris.</p>"),
        bad(
            "<p>One.</p>⟦<!--[if gte mso 9]><xml>a</xml><![endif]-->⟧", fixed="<p>One.</p>", note="for Office"
        ),
        bad("<p>⟦<![if !supportLists]>⟧1. ⟦<![endif]>⟧One.</p>", fixed="<p>1. One.</p>"),
        good("<p>One.</p><!--[if lt IE 9]><p>Old.</p><![endif]-->", note="not for Office"),
        good("<p>The tag &lt;o:p&gt; is Word's.</p>"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        body = document.body
        if body.kind == "page":
            return
        if ":" in body.text:
            for element in body.html.elements:
                if not _WORD_ELEMENT.fullmatch(element.tag):
                    continue
                edits = unwrap(element) if element.text or element.children else remove(element)
                yield self.at(element.span, f"`<{element.tag}>` is Word's", fix("Drop the tags", edits))
        for comment in body.comments:
            if _WORD_COMMENT.match(document.text, *comment.span):
                yield self.at(
                    comment.span, "Comment that only Word reads", fix("Remove it", (Edit(comment.span),))
                )


class DocsWrapper(Check):
    """Google Docs wraps what it copies in a `<b>` that is not bold.

    Without its style the whole article would be bold. Safe: only the tags go, and they said "not bold".
    """

    code = "CSS006"
    name = "not-bold-wrapper"
    summary = "`<b>` that says it is not bold"
    examples = (
        bad(
            '⟦<b style="font-weight:normal;" id="docs-internal-guid-1"><p>One.</p></b>⟧',
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
    examples = (
        bad("<p>⟦.box{color:red} .box img{width:74px;}⟧</p><p>One.</p>", fixed="<p></p><p>One.</p>"),
        bad("<div>⟦#a, .b &#123;border:1px solid #E6E6E6;padding:8px;&#125;⟧</div>", fixed="<div></div>"),
        good("<p>Write .box{color:red} to make it red.</p>"),
        good("<pre>.box{color:red}</pre>"),
        good("<p>{a:b}</p>"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html" or "{" not in document.body.text.replace("&#123;", "{"):
            return
        for element in document.select("p, div, span, section"):
            if element.children or not _RULES.fullmatch(element.text.strip()):
                continue
            edit = Edit(element.inner_span)
            yield self.at(element.inner_span, fix=fix("Remove it", (edit,), Applicability.UNSAFE))


_WORD_ELEMENT = re.compile(r"(?:o|w|v|st1|st2|m|x|u1|xml):[a-z0-9]+")
_WORD_COMMENT = re.compile(
    r"<!--\s*\[if\b[^\]]*\b(?:mso|supportLists|supportEmptyParas|supportFields|vml|excel|ppt)\b"
    r"|<!\[(?:if\s+!?(?:supportLists|supportEmptyParas|supportLineBreakNewLine|supportMisalignedColumns"
    r"|supportFields|mso|vml)\b[^\]]*|endif)\]>|<\?xml:namespace\b|<!--\s*(?:Start|End)Fragment\s*-->",
    re.IGNORECASE,
)
_NOT_BOLD = re.compile(r"(?:^|;)\s*font-weight\s*:\s*(?:normal|[1-4]00)\s*(?:;|$|!)", re.IGNORECASE)
_NOT_ITALIC = re.compile(r"(?:^|;)\s*font-style\s*:\s*normal\s*(?:;|$|!)", re.IGNORECASE)
_RULES = re.compile(
    r"(?:\s*[.#@]?[\w-][\w\s.#:,>*@()\[\]=\"'~+-]{0,200}\{(?:\s*[a-z-]{2,40}\s*:[^{};]{1,300};?){1,60}\s*\}){1,200}\s*"
)
