"""CJK: Chinese, Japanese and Korean typography."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from artlint.checks.cjk_text import KANA, found, line_around
from artlint.data.han_variants import SIMPLIFIED, TRADITIONAL
from artlint.diagnostic import Diagnostic, Edit, Severity
from artlint.document import Body, Document
from artlint.document.elements import BLOCK, BREAK
from artlint.pattern_lazy import lazily
from artlint.rule import Check, bad, fix, good
from artlint.source import Span

_IDEOGRAPHIC = "\u3000"
_BLANKS = " \t\n\xa0\u2002\u2003\u2007\u2009" + _IDEOGRAPHIC
_INDENTS = frozenset("\xa0\u2003" + _IDEOGRAPHIC)


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
        bad("<p>⟦\u3000\u3000⟧<a href='/x'>会议</a>闭幕。</p>", fixed="<p><a href='/x'>会议</a>闭幕。</p>"),
        good("<p>姓名：\u3000\u3000年龄：</p>"),
        good("<p>\u3000</p>", note="an empty paragraph is another rule's"),
        good("<p>&nbsp;&nbsp;&nbsp; x = 1</p>", note="code, indented as such"),
        good("<pre>\u3000\u3000床前明月光</pre>"),
        bad("第一段\n\n<p>⟦\u3000\u3000⟧第二段</p>\n", fixed="第一段\n\n<p>第二段</p>\n"),
        good("第一段\n\n\u3000\u3000第二段\n", note="Markdown prose keeps what its author typed"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        text = document.body.text
        if _IDEOGRAPHIC not in text and "\xa0" not in text and "&" not in text:
            return
        for blanks, indented, rest in _line_starts(document.body):
            # No-break blanks may also indent code; a typist of Chinese puts them before Chinese.
            if indented and (not rest[:1].isascii() or _is_ideographic(document.text, blanks)):
                yield self.at(blanks[0], fix=fix("Remove the indent", map(Edit, blanks)))


class MixedHanScripts(Check):
    """A word of simplified and traditional characters is left where a conversion was done by halves.

    A search finds it in neither script. No fix: which script the article is in, and which characters of
    it, is another program's business. Lines with kana are Japanese, which has both shapes.
    """

    code = "CJK016"
    name = "mixed-han-scripts"
    summary = "Word mixes simplified and traditional characters"
    severity = Severity.NOTE
    examples = (
        bad("<p>会议在⟦国內⟧召开，⟦電视⟧转播。</p>"),
        bad("会议在⟦国內⟧召开\n"),
        good("<p>會議在國內召開。</p><p>会议在国内召开。</p>"),
        good("<p>国際会議はここで。</p>", note="Japanese"),
        good("`国內`\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if not _TRADITIONAL.search(document.body.prose):
            return
        for span, match in found(document, _mixed()):
            if not _KANA.search(line_around(match)):
                yield self.at(span, f"`{match.group()}` mixes simplified and traditional characters")


def _is_simplified_only(character: str) -> bool:
    """Whether Big5, the character set of Taiwan and Hong Kong, does without a character."""
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return True
    return False


@cache
def _mixed() -> re.Pattern[str]:
    """A character of each script side by side; made on first use, for few articles are traditional."""
    simplified = "".join(filter(_is_simplified_only, dict.fromkeys(SIMPLIFIED)))
    return re.compile(f"[{simplified}][{TRADITIONAL}]|[{TRADITIONAL}][{simplified}]")


_TRADITIONAL = lazily(f"[{TRADITIONAL}]")
_KANA = lazily(f"[{KANA}]")


def _line_starts(body: Body) -> Iterator[tuple[list[Span], bool, str]]:
    """The blanks at the start of each line of HTML, whether they indent it, and the text behind them.

    Inline tags may stand between and around the blanks. In Markdown only lines behind a tag count.
    """
    at_start, indented = body.kind == "html", False
    blanks: list[Span] = []
    for kind, (start, end), data, tag, visible in body.tokens:
        if tag:
            if tag in BLOCK or tag in BREAK:
                at_start, indented, blanks = tag in BREAK or kind == "start", False, []
        elif at_start and visible and kind != "comment":
            rest = data.lstrip(_BLANKS)
            if len(rest) < len(data):
                indented = indented or not _INDENTS.isdisjoint(data[: len(data) - len(rest)])
                place = Span(start, end - len(rest))  # a reference has no rest
                if blanks and blanks[-1].end == start:
                    place = Span(blanks.pop().start, place.end)
                blanks.append(place)
            if rest:
                if blanks:
                    yield blanks, indented, rest
                at_start, indented, blanks = False, False, []


def _is_ideographic(text: str, blanks: list[Span]) -> bool:
    return _IDEOGRAPHIC in "".join([text[start:end] for start, end in blanks])
