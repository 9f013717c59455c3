"""CJK: Chinese, Japanese and Korean typography."""

from __future__ import annotations

from collections.abc import Iterator

from artlint.diagnostic import Diagnostic, Edit, Severity
from artlint.document import Document
from artlint.document.elements import BLOCK, BREAK
from artlint.rule import Check, bad, fix, good
from artlint.source import Span

_IDEOGRAPHIC = "\u3000"
_BLANKS = " \t\n\xa0\u2002\u2003\u2007\u2009" + _IDEOGRAPHIC
_INDENTS = "\xa0\u2003" + _IDEOGRAPHIC


class IdeographicIndent(Check):
    """Typists indent a Chinese paragraph with ideographic or no-break blanks.

    In the archive they double the theme's own indent, show up in excerpts and feeds, and get in the
    way of searching.
    """

    code = "CJK001"
    name = "ideographic-indent"
    summary = "Paragraph is indented with blanks"
    severity = Severity.NOTE
    examples = (
        bad("<p>⟦\u3000\u3000⟧会议闭幕。</p>", fixed="<p>会议闭幕。</p>"),
        bad(
            "<p>⟦&nbsp;&nbsp;&nbsp; ⟧会议闭幕。<br>⟦\u3000\u3000⟧第二行。</p>",
            fixed="<p>会议闭幕。<br>第二行。</p>",
        ),
        bad("<p><strong>⟦\u3000⟧一、</strong>开幕</p>", fixed="<p><strong>一、</strong>开幕</p>"),
        good("<p>姓名：\u3000\u3000年龄：</p>"),
        good("<p>\u3000</p>", note="an empty paragraph is another rule's"),
        good("<p>&nbsp;&nbsp;&nbsp; x = 1</p>", note="code, indented as such"),
        good("<pre>\u3000\u3000床前明月光</pre>"),
        good("第一段\n\n\u3000\u3000第二段\n", note="Markdown prose keeps what its author typed"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        text = document.body.text
        if _IDEOGRAPHIC not in text and "\xa0" not in text and "&" not in text:
            return
        at_start = document.body.kind == "html"
        start: int | None = None
        indented = False
        for token in document.body.tokens:
            if token.kind in ("start", "end"):
                if token.tag in BLOCK or token.tag in BREAK:
                    at_start, start, indented = token.tag in BREAK or token.kind == "start", None, False
                continue
            if token.kind == "comment" or not at_start or not token.visible:
                continue
            rest = token.data.lstrip(_BLANKS)
            start = token.span.start if start is None else start
            blanks = token.data[: len(token.data) - len(rest)]
            indented = indented or any(blank in _INDENTS for blank in blanks)
            if not rest:
                continue
            end = token.span.start + len(blanks) if token.kind == "text" else token.span.start
            if (
                indented
                and _is_typed(document.text[start:end], rest)
                and not _crosses_tag(document.text[start:end])
            ):
                span = Span(start, end)
                yield self.at(span, fix=fix("Remove the indent", (Edit(span),)))
            at_start, start, indented = False, None, False


def _is_typed(blanks: str, rest: str) -> bool:
    """Whether a typist of Chinese put the blanks there: no-break blanks may also indent code."""
    return _IDEOGRAPHIC in blanks or not rest[:1].isascii()


def _crosses_tag(text: str) -> bool:
    return "<" in text
