"""ENC: characters that nobody typed on purpose."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from artlint.checks.cjk_text import HAN, found
from artlint.data.radicals import SUPPLEMENT
from artlint.diagnostic import Applicability, Diagnostic, Edit, Severity
from artlint.document import Document
from artlint.pattern_lazy import lazily
from artlint.rule import Check, Needs, bad, fix, good
from artlint.signs import characters


class ZeroWidthCharacter(Check):
    """A zero-width character inside a word hides the word from every search and spelling check.

    Safe where it can do nothing: a byte-order mark or word joiner, and one between Han characters, where
    a line may break anyway. Elsewhere unsafe, since a zero-width space lets a long word wrap. Joiners
    of emoji and of scripts that need them stay.
    """

    code = "ENC006"
    name = "zero-width-character"
    summary = "Zero-width character in the text"
    needs = Needs(signs=tuple("\u200b\u200c\u200d\u2060\ufeff\u00ad"), read=characters)
    examples = (
        bad("<p>会⟦\u200b⟧议闭⟦\ufeff⟧幕</p>", fixed="<p>会议闭幕</p>"),
        bad("long⟦\u200b⟧word\n", fixed="longword\n"),
        bad("[会⟦\u200b⟧议][]\n\n[会\u200b议]: a\n", note="its name is that of its definition"),
        good("一[^会\u200b议]\n\n[^会\u200b议]: 二\n", note="a footnote finds its mark by this name"),
        good("<p>\U0001f468\u200d\U0001f469 می\u200cخواهم</p>", note="an emoji; Persian"),
        good("**会议**\u200b闭幕 `a\u200bb`\n", note="it lets Markdown see where the bold text ends"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for span, match in found(document, _ZERO_WIDTH):
            marks = match.group()
            safe = not set(marks) - set("\ufeff\u2060") or _BETWEEN_HAN.match(match.string, match.start())
            applicability = Applicability.SAFE if safe else Applicability.UNSAFE
            message = f"Zero-width character U+{ord(marks[0]):04X} in the text"
            yield self.at(span, message, fix("Remove it", (Edit(span),), applicability))


class ControlCharacter(Check):
    """Control characters show as nothing or as a box, and XML feeds that hold one do not open.

    Safe for those that HTML forbids; a character that windows-1252 has in that place becomes what it
    was there as an unsafe fix.
    """

    code = "ENC007"
    name = "control-character"
    summary = "Control character in the text"
    severity = Severity.ERROR
    needs = Needs(signs=("Cc", "Zl", "Zp"), read=characters)
    examples = (
        bad("<p>会议⟦\x08⟧闭幕⟦\x1b⟧。</p>", fixed="<p>会议闭幕。</p>"),
        bad("It⟦\x92⟧s here.\n", fixed="It’s here.\n"),
        bad("One⟦\u2028⟧two.\n", fixed="One two.\n"),
        bad("<p>a <⟦\x08⟧b</p>", note="without it the text would be a tag"),
        good("<p>One\ttwo.</p>\n"),
        good("`a\x08`\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for span, match in found(document, _CONTROL):
            mark = match.group()
            western = _as_western(mark)
            text = " " if mark in "\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e\x1f" else western
            applicability = Applicability.UNSAFE if western else Applicability.SAFE
            title = f"Write `{text}`" if western else "Take it out"
            message = f"Control character U+{ord(mark):04X} in the text"
            yield self.at(span, message, fix(title, (Edit(span, text),), applicability))


class PrivateUseCharacter(Check):
    """A private-use character means something in one font only; other readers see a box.

    No fix: it was an icon, a rare name or a lost character, and only a person can say which.
    """

    code = "ENC008"
    name = "private-use-character"
    summary = "Private-use character in the text"
    needs = Needs(signs=("Co",), read=characters)
    examples = (
        bad("<p>会议⟦\ue5f1⟧闭幕</p>"),
        bad("会议⟦\uf8ff\uf8ff⟧\n"),
        good("<p>会议闭幕</p>"),
        good("`\ue5f1`\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for span, match in found(document, _PRIVATE):
            yield self.at(span, f"Private-use character U+{ord(match.group()[0]):04X} in the text")


class RadicalForCharacter(Check):
    """Text out of PDF files holds radicals (`⼥` U+2F25) where the character (`女`) is meant.

    They look alike, but no search finds them. Safe between other characters of a word: Unicode maps
    each to the character that it shows. A radical that stands alone is meant as one and stays.
    """

    code = "ENC009"
    name = "radical-for-character"
    summary = "Radical stands for a Han character"
    needs = Needs(signs=("So",), read=characters)
    examples = (
        bad("<p>⟦⼥⟧性代表参加⟦⼤⟧会，⟦⻓⟧期</p>", fixed="<p>女性代表参加大会，长期</p>"),
        bad("贝⟦⽅⟧法\n", fixed="贝方法\n"),
        good("<p>部首“⼥”有三画</p>"),
        good("<p>部首：⼥、⼤、⻓</p>"),
        good("`⼥性`\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for span, match in found(document, _RADICAL):
            text = "".join(_character(mark) for mark in match.group())
            if text == match.group():
                continue
            message = f"`{match.group()}` is a radical, not the character `{text}`"
            yield self.at(span, message, fix(f"Write `{text}`", (Edit(span, text),)))


class CompatibilityIdeograph(Check):
    """Compatibility ideographs are doubles of Han characters that old encodings had; no search finds them.

    Safe for the Korean doubles (U+F900–FA0B), which look the same. Unsafe for the others: a Japanese
    name may ask for the very shape.
    """

    code = "ENC010"
    name = "compatibility-ideograph"
    summary = "Compatibility ideograph"
    needs = Needs(signs=("Lo",), read=characters)
    examples = (
        bad("<p>这⟦\uf967⟧是⟦\uf9b5⟧子</p>", fixed="<p>这不是例子</p>"),
        bad("平成の⟦\ufa19⟧\n", fixed="平成の神\n", note="another shape of the same character"),
        good("<p>这不是例子</p>"),
        good("<p>山\ufa11</p>", note="a unified ideograph in that block"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for span, match in found(document, _COMPATIBILITY):
            mark = match.group()
            text = unicodedata.normalize("NFC", mark)
            if text == mark:
                continue
            applicability = Applicability.SAFE if mark <= "\ufa0b" else Applicability.UNSAFE
            message = f"`{mark}` (U+{ord(mark):04X}) is a double of `{text}`"
            yield self.at(span, message, fix(f"Write `{text}`", (Edit(span, text),), applicability))


_ZERO_WIDTH = lazily(
    f"(?<![*_~])[\u200b\ufeff\u2060]+(?![*_~\u200b\ufeff\u2060])|(?<=[{HAN}])[\u200c\u200d\u00ad]+(?=[{HAN}])"
)
_BETWEEN_HAN = lazily(
    f"(?<=[{HAN}，。、；：！？])[\u200b-\u200d\ufeff\u2060\u00ad]+(?=[{HAN}，。、；：！？])"
)
_CONTROL = lazily("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_PRIVATE = lazily("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+")
_RADICALS = "\u2e80-\u2fd5"
_RADICAL = lazily(f"(?<=[{HAN}])[{_RADICALS}]+|[{_RADICALS}]+(?=[{HAN}])|[{_RADICALS}]{{2,}}")
_COMPATIBILITY = lazily("[\uf900-\ufaff\U0002f800-\U0002fa1f]")


def _as_western(mark: str) -> str:
    """What windows-1252 has at the place of a C1 control character; empty for nothing."""
    if not "\x80" <= mark <= "\x9f" or mark == "\x85":
        return ""
    try:
        return mark.encode("latin-1").decode("cp1252")
    except UnicodeDecodeError:
        return ""


def _character(radical: str) -> str:
    return SUPPLEMENT.get(radical) or unicodedata.normalize("NFKC", radical)
