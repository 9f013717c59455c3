"""CJK: width and blanks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from artlint.checks.cjk_text import CLOSING, HAN, KANA, found, writing
from artlint.diagnostic import Applicability, Diagnostic, Edit, Severity
from artlint.document import Body, Document
from artlint.document.elements import BLOCK
from artlint.document.prose import BREAKS
from artlint.pattern_lazy import lazily
from artlint.rule import HTML, Check, Needs, bad, fix, good
from artlint.settings import Settings
from artlint.signs import characters
from artlint.source import Span

_BLANKS = " \u3000\xa0"
_OPENING = "（《「『【"
_MARKS = "，。；：！？、）》」』】"


class FullWidthLetters(Check):
    """Full-width letters and digits come from old input methods; a search for the word does not find them.

    Unsafe: it changes what a reader sees, and a table may use the width to line up.
    """

    code = "CJK009"
    name = "full-width-letters"
    summary = "Full-width letters or digits"
    severity = Severity.NOTE
    needs = Needs(signs=("Lu", "Ll", "Nd"), read=characters)
    examples = (
        bad("<p>会议于⟦２０２１⟧年开幕，⟦５Ｇ⟧商用</p>", fixed="<p>会议于2021年开幕，5G商用</p>"),
        bad("会议于⟦９⟧日开幕\n", fixed="会议于9日开幕\n"),
        good("<p>会议于2021年开幕</p>"),
        good("<p>《Ｄ坂》再版</p>", note="a configured name", settings=Settings(names=("Ｄ坂",))),
        good("`２０２１` <code>Ａ</code>\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for span, match in found(document, _FULL_WIDTH):
            plain = unicodedata.normalize("NFKC", match.group())
            message = f"`{match.group()[:20]}` is full-width"
            yield self.at(span, message, writing(Edit(span, plain)))


class BlankBesidePunctuation(Check):
    """Full-width punctuation brings its own space; a blank beside it tears the line.

    Unsafe: it changes what a reader sees.
    """

    code = "CJK010"
    name = "blank-beside-punctuation"
    summary = "Blank beside full-width punctuation"
    severity = Severity.NOTE
    needs = Needs(signs=tuple(_BLANKS + _OPENING), read=characters)
    examples = (
        bad("<p>会议⟦ ⟧，代表（⟦ ⟧到会⟦ ⟧）。</p>", fixed="<p>会议，代表（到会）。</p>"),
        bad("会议⟦ ⟧，代表到会\n", fixed="会议，代表到会\n"),
        good("<p>会议，代表 到会</p>"),
        good("- 会议\n- ，代表\n"),
        good("<p>see （ok）</p>"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        text = document.body.condensed
        closing = found(document, _BEFORE_CLOSING, near=True) if any(map(text.__contains__, _MARKS)) else ()
        for _, match in closing:
            prose, start = match.string, match.start()
            while start and prose[start - 1] in _BLANKS:
                start -= 1
            if start and _WORD_END.match(prose, start - 1):
                yield self._finding(document, start, match.end())
        for _, match in found(document, _BEHIND_OPENING, _OPENING, near=True):
            yield self._finding(document, *match.span("blanks"))

    def _finding(self, document: Document, start: int, end: int) -> Diagnostic:
        base = document.body.span.start
        span = Span(base + start, base + end)
        return self.at(span, fix=fix("Remove the blank", (Edit(span),), Applicability.UNSAFE))


class MissingSpacing(Check):
    """Some houses put a blank between Han characters and Latin letters or digits.

    Unsafe, and on request only: themes can space the two by style, and news agencies write none.
    """

    code = "CJK011"
    name = "missing-spacing"
    summary = "No blank between Han and Latin characters"
    severity = Severity.NOTE
    default = False
    examples = (
        bad("<p>会议讨论⟦⟧AI⟦⟧与⟦⟧5G⟦⟧应用</p>", fixed="<p>会议讨论 AI 与 5G 应用</p>"),
        good("<p>会议讨论 AI 与 5G 应用</p>"),
        good("`会议AI` <https://example.com/会议AI>\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for span, _ in found(document, _TOUCHING):
            yield self.at(span, fix=fix("Put a blank there", (Edit(span, " "),), Applicability.UNSAFE))


class BlankBetweenHan(Check):
    """A blank between two Han characters is left where a line was broken or a page was scanned.

    Unsafe, and on request only: names of two characters are often set with a blank.
    """

    code = "CJK012"
    name = "blank-between-han"
    summary = "Blank between Han characters"
    severity = Severity.NOTE
    default = False
    examples = (
        bad("<p>会议⟦ ⟧开幕，代表到会</p>", fixed="<p>会议开幕，代表到会</p>"),
        good("<p>会议 5G 开幕</p>"),
        good("<p>姓名：\u3000\u3000年龄：</p>"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for span, _ in found(document, _BETWEEN):
            yield self.at(span, fix=fix("Remove the blank", (Edit(span),), Applicability.UNSAFE))


class TrailingBlanks(Check):
    """Ideographic or no-break blanks at the end of a paragraph can make it wrap onto an empty line.

    Safe: nothing of them is seen.
    """

    code = "CJK013"
    name = "trailing-blanks"
    summary = "Paragraph ends with blanks"
    severity = Severity.NOTE
    needs = Needs(HTML.kinds, signs=tuple("\u3000\xa0&"), read=characters)
    examples = (
        bad("<p>会议闭幕。⟦\u3000\u3000⟧</p>", fixed="<p>会议闭幕。</p>"),
        bad("<p>会议闭幕。⟦&nbsp; ⟧</p>", fixed="<p>会议闭幕。</p>"),
        good("<p>会议闭幕。 </p>", note="the canonical form drops a plain blank"),
        good("<p>\u3000</p>", note="an empty paragraph is another rule's"),
        good("<pre>一\u3000</pre>"),
        good("会议闭幕。\u3000\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        body = document.body
        if body.kind != "html" or not _may_trail(body):
            return
        for token in body.tokens:
            if token.kind != "end" or token.tag not in BLOCK:
                continue
            if document.text[token.span.start - 1] not in _SPACES:
                continue
            match = _TRAILING.search(
                document.text, max(body.span.start, token.span.start - 200), token.span.start
            )
            if match is None or not _WIDE.search(match.group()):
                continue
            span = Span(*match.span())
            yield self.at(span, fix=fix("Remove them", (Edit(span),)))


def _may_trail(body: Body) -> bool:
    """Whether a wide blank may stand between text and a tag; False says surely not."""
    if body.html.parts is None:
        return True
    text = body.condensed
    return any(not text[: blank.start()].rstrip().endswith(BREAKS) for blank in _WIDE_LAST.finditer(text))


_FULL_WIDTH = lazily("[Ａ-Ｚａ-ｚ０-９]+(?:[．，－／][０-９]+)*")
_BEFORE_CLOSING = lazily(f"[{_BLANKS}](?=[{_MARKS}])")
_BEHIND_OPENING = lazily(f"[{_OPENING}](?P<blanks>[{_BLANKS}]+)(?=[{HAN}])")
_WORD_END = lazily(f"[{HAN}{CLOSING}]")
_TOUCHING = lazily(f"(?<=[{HAN}{KANA}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[{HAN}{KANA}])")
_BETWEEN = lazily(f"(?<=[{HAN}]) +(?=[{HAN}])")
_TRAILING = lazily(
    r"(?<=[^>\s\u3000\xa0;])(?:[ \t\n\u3000\xa0]|&nbsp;|&#160;|&emsp;|&ensp;)+\Z", re.IGNORECASE
)
_SPACES = " \t\n\u3000\xa0;"  # with the end of a character reference
_WIDE = lazily(r"[\u3000\xa0&]")
_WIDE_LAST = lazily(f"[\u3000\xa0;][ \t\n]*{BREAKS}")  # or the end of a reference
