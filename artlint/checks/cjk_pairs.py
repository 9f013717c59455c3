"""CJK: quotation marks and brackets, which come in pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from artlint.checks.cjk_text import CLOSING, HAN, OPENING, POINTS, writing
from artlint.diagnostic import Diagnostic, Edit, Severity
from artlint.document import Document
from artlint.document.prose import BREAKS, INLINE
from artlint.pattern_lazy import lazily
from artlint.rule import Check, Needs, bad, good
from artlint.signs import characters
from artlint.source import Span


class UnmatchedQuote(Check):
    """A quotation or bracket that is opened and not closed, or closed and not opened, hides who says what.

    No fix: where the other half belongs only a person can say. Each of several paragraphs of one
    quotation may open it anew.
    """

    code = "CJK008"
    name = "unmatched-quote"
    summary = "Quotation mark or bracket has no partner"
    severity = Severity.NOTE
    needs = Needs(signs=tuple(OPENING + CLOSING), read=characters)
    examples = (
        bad("<p>他说：⟦“⟧会议开幕。</p><p>代表到会。</p>"),
        bad("<p>会议开幕⟦”⟧，代表《到会》。</p>"),
        bad("他读了⟦《⟧会议⟦〉⟧和《通知》。\n"),
        good("<p>“会议开幕。</p><p>“代表到会。”</p>", note="a quotation of two paragraphs"),
        good("<p>1）开幕；2）闭幕</p>"),
        good("**4）开幕**\n"),
        good("<p>“One.</p><p>Two.”</p>", note="another language has other customs"),
        good("<p>It’s 她的 rock ’n’ roll</p>"),
        good("<p>“会<b>议”</b>开幕：）</p>"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for fault in _faults(document):
            if fault.kind != "alone":
                continue
            yield self.at(fault.span, f"`{fault.mark}` has no partner in its paragraph")


class MixedParentheses(Check):
    """One parenthesis is full-width and its partner half-width: the two do not look like a pair.

    Unsafe: it changes what a reader sees. In Chinese text both are full-width.
    """

    code = "CJK014"
    name = "mixed-parentheses"
    summary = "Parentheses of different width"
    severity = Severity.NOTE
    needs = Needs(signs=tuple(OPENING + CLOSING), read=characters)
    examples = (
        bad("<p>会议（第一天⟦)⟧开幕</p>", fixed="<p>会议（第一天）开幕</p>"),
        bad("某城⟦(⟧Some Town，某省）开幕\n", fixed="某城（Some Town，某省）开幕\n"),
        good("<p>会议（第一天）开幕 (first) 到会</p>"),
        good("<p>1) 开幕(2)；（见 2) 和 3)）</p>", note="numbers"),
        good("[会议（第一天）](a.html)\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for fault in _faults(document):
            if fault.kind != "mixed":
                continue
            message = f"`{fault.mark}` is half-width, its partner full-width"
            yield self.at(fault.span, message, writing(Edit(fault.span, fault.meant)))


class TurnedQuote(Check):
    """A quotation mark is turned the wrong way round: `”` opens, or `“` closes.

    Unsafe: it changes what a reader sees, and which mark is wrong follows only from their order.
    """

    code = "CJK015"
    name = "turned-quote"
    summary = "Quotation mark is turned round"
    severity = Severity.NOTE
    needs = Needs(signs=tuple("“”"), read=characters)
    examples = (
        bad("<p>会议通过⟦”⟧青年方案⟦“⟧。</p>", fixed="<p>会议通过“青年方案”。</p>"),
        bad("会议通过“青年方案⟦“⟧。\n", fixed="会议通过“青年方案”。\n"),
        good("<p>会议通过“青年方案”和“少年方案”。</p>"),
        good("<p>会议通过“青年方案。</p>", note="CJK008 speaks of it"),
        good("<p>“会议通过“青年方案””</p>", note="one quotation in another"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for fault in _faults(document):
            if fault.kind != "turned":
                continue
            message = f"`{fault.mark}` stands where `{fault.meant}` is meant"
            yield self.at(fault.span, message, writing(Edit(fault.span, fault.meant)))


class _Fault(NamedTuple):
    """A mark without a partner (``alone``), of another width (``mixed``) or turned round (``turned``)."""

    kind: str
    span: Span
    mark: str
    meant: str = ""


_PAIRS = dict(zip(OPENING, CLOSING, strict=True))
_WIDTHS = {"(": "（", ")": "）"}
_PAIRED = ("()", *map("".join, _PAIRS.items()))
_MARKS_AND_HALVES = lazily(f"[(){OPENING}{CLOSING}]")
_DOUBLE = lazily("[“”]")
_HAS_HAN = lazily(f"[{HAN}]")
_BLOCK_END = lazily(f"{BREAKS}+|\\n[ \\t>]*\\n|\\n(?=[ \\t>]*(?:[-*+#|]|\\d+[.)])[ \\t|])")
_NUMBERING = lazily(
    f"(?:^|[\\s*_；，、。：;,“（({BREAKS}{INLINE}])[0-9a-zA-Z一二三四五六七八九十①-⑩]{{1,3}}\\Z"
)


@lru_cache(maxsize=1)  # three rules ask
def _faults(document: Document) -> tuple[_Fault, ...]:
    return tuple(_read_faults(document))


def _read_faults(document: Document) -> Iterator[_Fault]:
    prose = document.body.prose
    base = document.body.span.start
    start = 0
    for end in [*(match.start() for match in _BLOCK_END.finditer(prose)), len(prose)]:
        marks = "".join(_MARKS_AND_HALVES.findall(prose, start, end))
        if marks and not _are_paired(marks) and _HAS_HAN.search(prose, start, end):
            for kind, offset, meant in _in_block(prose, start, end):
                place = Span(base + offset, base + offset + 1)
                yield _Fault(kind, place, prose[offset], meant)
        start = end


def _are_paired(marks: str) -> bool:
    """Whether the marks of a block surely have no fault: each next to its partner, or to others that have.

    Single quotation marks may be apostrophes, of which the text around them tells.
    """
    if "‘" in marks or "’" in marks:
        return False
    left = ""
    while marks and marks != left:
        left = marks
        for pair in _PAIRED:
            marks = marks.replace(pair, "")
    return not marks


def _in_block(prose: str, start: int, end: int) -> Iterator[tuple[str, int, str]]:
    """``(kind, offset, mark that is meant)`` for each fault in a block of prose."""
    alone, mixed = _pair(prose, start, end)
    yield from (("mixed", offset, _WIDTHS[prose[offset]]) for offset in mixed)
    turned = _turned(prose, start, end) if any(prose[offset] in "“”" for offset in alone) else []
    if turned:
        yield from (("turned", offset, "”" if prose[offset] == "“" else "“") for offset in turned)
        alone = [offset for offset in alone if prose[offset] not in "“”"]
    for offset in alone:
        before = prose[start:offset].strip(f" \t\n\u3000>{BREAKS}{INLINE}")
        if before or prose[offset] not in "“‘「『":  # a paragraph of a quotation may open it anew
            yield "alone", offset, ""


def _pair(prose: str, start: int, end: int) -> tuple[list[int], list[int]]:
    """``(alone, mixed)``: the full-width marks without a partner, the half-width ones with a full one."""
    opened: list[int] = []
    alone: list[int] = []
    mixed: list[int] = []
    for match in _MARKS_AND_HALVES.finditer(prose, start, end):
        mark, offset = match.group(), match.start()
        is_number = mark in ")）" and _NUMBERING.search(prose[max(start, offset - 5) : offset])
        if mark in "‘’" and not _is_beside_han(prose, offset):
            continue
        if is_number and mark == ")":  # `(2)`, or `2)`
            if opened and prose[opened[-1]] == "(":
                opened.pop()
            continue
        if mark in _PAIRS or mark == "(":
            opened.append(offset)
            continue
        full = _WIDTHS.get(mark, mark)
        while opened and full != "）" and prose[opened[-1]] == "(":
            opened.pop()  # half-width ones need no partner
        if not any(_closing(prose[other]) == full for other in opened):
            is_smiley = mark == "）" and prose[offset - 1 : offset] in "：:；;"
            alone.extend([] if is_number or is_smiley else [offset])
            continue
        while _closing(prose[opened[-1]]) != full:
            alone.append(opened.pop())
        partner = opened.pop()
        if (prose[partner] == "(") != (mark == ")"):
            mixed.append(partner if prose[partner] == "(" else offset)
    alone.extend(opened)
    return sorted(offset for offset in alone if prose[offset] not in _WIDTHS), sorted(mixed)


def _closing(mark: str) -> str:
    return _PAIRS[_WIDTHS.get(mark, mark)]


def _turned(prose: str, start: int, end: int) -> list[int]:
    """The double quotation marks that are wrong when they open and close in turn; none when they do not."""
    marks = [match.start() for match in _DOUBLE.finditer(prose, start, end)]
    if len(marks) % 2:
        return []
    return [offset for turn, offset in enumerate(marks) if prose[offset] != "“”"[turn % 2]]


def _is_beside_han(prose: str, offset: int) -> bool:
    return re.search(f"[{HAN}{POINTS}]", prose[max(0, offset - 1) : offset + 2]) is not None
