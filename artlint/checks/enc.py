"""ENC: encodings, and text that went through a wrong one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.checks.cjk_text import HAN, found
from artlint.data.mojibake import FIRST, LOST
from artlint.diagnostic import Applicability, Diagnostic, Edit, Fix, Severity
from artlint.document import Document
from artlint.pattern_lazy import lazily
from artlint.rule import HTML, Check, Needs, bad, fix, good
from artlint.signs import characters
from artlint.source import Span

_WESTERN_FIRST = "\u00c2\u00c3\u00c4\u00c5\u00e2\u00e3"


class ForeignEncoding(Check):
    """Site generators and git read UTF-8; a page in another encoding shows as garbage.

    Such a file is converted only on request (`--convert-encoding`); otherwise artlint names the
    encoding and leaves the file alone. Safe: the text is the same, in other bytes. A `<meta>` that
    declares another encoding than the file is in is reported.
    """

    code = "ENC001"
    name = "foreign-encoding"
    summary = "Encoding is not UTF-8"
    severity = Severity.ERROR
    examples = (
        bad('⟦<meta charset="gb2312">⟧<p>会议闭幕。</p>', note="the file itself is UTF-8"),
        good('<meta charset="utf-8"><p>会议闭幕。</p>'),
        good('<p>会议闭幕。</p><pre>&lt;meta charset="gb2312"&gt;</pre>'),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        encoding = document.source.encoding
        if encoding != "UTF-8":
            yield self.at(Span(0, 0), f"File is in {encoding}, not UTF-8", Fix("Write it in UTF-8", ()))
        elif document.body.kind == "html" and "charset" in document.body.markup:
            for element in document.select("meta[charset]"):
                name = (element.attribute("charset") or "").strip()
                if name.lower() not in ("utf-8", "utf8", ""):
                    yield self.at(element.span, f"Declares the encoding `{name}`, but the file is in UTF-8")


class MixedNewlines(Check):
    """Lines that end in different ways make every diff noisy, and a lone CR ends no line for most programs.

    Where all lines end in CR, site generators see a single line and no front matter.

    No fix of its own: artlint writes one style, that of most lines, whenever it changes the file.
    """

    code = "ENC002"
    name = "mixed-newlines"
    summary = "Lines end in different ways"
    severity = Severity.NOTE
    examples = (
        bad("⟦⟧One.\r\n\nTwo.\n"),
        bad("⟦⟧One.\rTwo.\r\rThree.\n"),
        bad("⟦⟧---\rtitle: A\r---\rOne.\r"),
        good("One.\n\nTwo.\n"),
        good("One line\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        text = document.source.original
        if "\r" not in text and document.source.newline != "\r":
            return
        crlf = text.count("\r\n")
        styles = {"CRLF": crlf, "CR": text.count("\r") - crlf, "LF": text.count("\n") - crlf}
        used = [f"{count} in {name}" for name, count in styles.items() if count]
        if len(used) > 1:
            yield self.at(Span(0, 0), f"Lines end in different ways: {', '.join(used)}")
        elif document.source.newline == "\r" and "\n" in document.text:
            yield self.at(Span(0, 0), "Lines end in CR alone, which is no newline to most programs")


class Mojibake(Check):
    """Text that was read in the wrong encoding once shows as `â€™`, `Ã©` or `锛屾槸`.

    Where the way back is without loss, the fix takes it. Unsafe: the bytes prove that the text can be
    read so, not that it was written so.
    """

    code = "ENC003"
    name = "mojibake"
    summary = "Text was read in the wrong encoding"
    severity = Severity.ERROR
    needs = Needs(signs=tuple(_WESTERN_FIRST + FIRST), read=characters)
    examples = (
        bad("<p>It⟦â€™⟧s a caf⟦Ã©⟧.</p>", fixed="<p>It’s a café.</p>"),
        bad("It⟦â\x80\x99⟧s here.\n", fixed="It’s here.\n"),
        bad("<p>⟦娆㈣繋浣跨敤⟧</p>", fixed="<p>欢迎使用</p>"),
        good("<p>Âge, café, naïve, Ångström, São</p>"),
        good("<p>会议昨日闭幕，代表到会。</p>"),
        good("`â€™`\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for span, match in found(document, _WESTERN, _WESTERN_FIRST):
            yield from self._finding(span, _from_western(match.group()))
        for span, match in found(document, _GBK, FIRST):
            yield from self._finding(span, _from_gbk(match.group()))

    def _finding(self, span: Span, text: str | None) -> Iterator[Diagnostic]:
        if text is not None:
            edit = Edit(span, text)
            message = f"Text was read in the wrong encoding; it says `{text[:30]}`"
            yield self.at(span, message, fix(f"Write `{text[:30]}`", (edit,), Applicability.UNSAFE))


class LostCharacters(Check):
    """`U+FFFD`, `锟斤拷` and `烫烫烫` stand where characters were lost for good.

    No fix: only the original knows what stood there.
    """

    code = "ENC004"
    name = "lost-characters"
    summary = "Characters were lost in a conversion"
    severity = Severity.ERROR
    needs = Needs(signs=tuple(f"\ufffd{LOST}"), read=characters)
    examples = (
        bad("<p>会议⟦\ufffd\ufffd⟧闭幕</p>"),
        bad("会议⟦锟斤拷⟧闭幕，⟦烫烫烫⟧\n"),
        good("<p>锟是一种金属</p>"),
        good("<p>“锟斤拷”是怎么来的</p>", note="the text speaks of it"),
        good("`锟斤拷`\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for span, match in found(document, _LOST):
            shown = match.group()[:20]
            yield self.at(span, f"Characters were lost in a conversion: `{shown}`")


class DoubleEscapedEntity(Check):
    """`&amp;nbsp;` shows as `&nbsp;` to a reader: the text was escaped twice.

    Unsafe: an article about HTML may mean just that.
    """

    code = "ENC005"
    name = "double-escaped-entity"
    summary = "Character reference is escaped twice"
    needs = Needs(HTML.kinds)
    examples = (
        bad("<p>会议⟦&amp;nbsp;⟧闭幕 A⟦&amp;amp;⟧B</p>", fixed="<p>会议&nbsp;闭幕 A&amp;B</p>"),
        bad("<p>⟦&amp;#8220;⟧会议⟦&amp;rdquo;⟧</p>", fixed="<p>&#8220;会议&rdquo;</p>"),
        good("<p>A &amp; B; AT&amp;T</p>"),
        good("<p>Write <code>&amp;nbsp;</code> for it.</p>"),
        good("Write &amp;nbsp; for it\n", note="Markdown stays the author's"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        body = document.body
        if body.kind != "html" or "&" not in body.text or "&amp;" not in body.text.lower():
            return
        for token in body.tokens:
            if token.kind != "reference" or not token.visible:
                continue
            match = _ESCAPED.match(document.text, token.span.start)
            if match:
                span = Span(*match.span())
                edit = Edit(span, "&" + match.group(1))
                message = f"`{match.group()}` is escaped twice"
                yield self.at(span, message, fix(f"Write `&{match.group(1)}`", (edit,), Applicability.UNSAFE))


_WESTERN = lazily(
    "(?:[\u00c2-\u00c5](?=.)|[\u00e2\u00e3][^\x00-\x7f](?=.))[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_GBK = lazily("[^\x00-\x7f\ufffe\uffff]{4,}")
_LOST = lazily('\ufffd+|(?<![“「『"])(?:锟斤拷|锘匡豢)+|烫{3,}|屯{3,}')
_ESCAPED = lazily(
    r"&amp;((?:nbsp|amp|quot|lt|gt|apos|ldquo|rdquo|lsquo|rsquo|hellip|mdash|ndash|middot|emsp|ensp"
    r"|bull|copy|reg|times|#\d{2,6}|#x[0-9a-f]{2,5});)",
    re.IGNORECASE,
)
# Characters that a UTF-8 text of Chinese news is made of, to tell a true reading from a chance one.
_PLAIN = lazily(f"[{HAN}\u3000-\u303f\uff00-\uffef“”‘’…—·a-zA-Z0-9\\s]+")


def _from_western(garbled: str) -> str | None:
    """The UTF-8 text behind a text that was read as windows-1252; None when it is none."""
    data = bytearray()
    for character in garbled:
        try:
            data += character.encode("cp1252")
        except UnicodeEncodeError:
            if ord(character) > 0xFF:
                return None
            data.append(ord(character))
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return text if len(text) == 1 and (text.isprintable() or text == "\xa0") else None


def _from_gbk(garbled: str) -> str | None:
    """The UTF-8 text behind a text that was read as GBK; None when it is none."""
    try:
        text = garbled.encode("gb18030").decode()
    except UnicodeError:
        return None
    return text if len(text) < len(garbled) and _PLAIN.fullmatch(text) else None
