"""CJK: punctuation. All of these fixes are unsafe: they change what a reader sees, if only by a stroke."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.checks.cjk_text import CLOSING, HAN, OPENING, POINTS, at, found, is_chinese, line_around
from artlint.diagnostic import Applicability, Diagnostic, Edit, Severity
from artlint.document import Document
from artlint.document.prose import BREAKS
from artlint.rule import Check, bad, fix, good
from artlint.source import Span

_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。"}


class RepeatedPunctuation(Check):
    """A comma or full stop typed twice is a slip; so is a comma beside a full stop.

    Unsafe: which of the two was meant is a guess. Repeated `！` and `？` are the author's voice.
    """

    code = "CJK002"
    name = "repeated-punctuation"
    summary = "Punctuation is typed twice"
    severity = Severity.NOTE
    examples = (
        bad("<p>会议开幕⟦，，⟧代表到会⟦。。⟧</p>", fixed="<p>会议开幕，代表到会。</p>"),
        bad("会议开幕⟦，。⟧代表到会。\n", fixed="会议开幕。代表到会。\n"),
        good("<p>真的！！！会议开幕。。。</p>", note="an ellipsis is another rule's"),
        good("<p><code>，，</code></p>"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if not any(pair in document.body.prose for pair in _SLIPS):
            return
        for span, match in found(document, _REPEATED):
            marks = match.group()
            mark = "。" if "。" in marks else marks[0]
            title = f"Keep `{mark}`"
            yield self.at(
                span, f"`{marks}` is typed twice", fix(title, (Edit(span, mark),), Applicability.UNSAFE)
            )


class TypedEllipsis(Check):
    """Chinese writes an ellipsis as `……`; dots or full stops in a row stand for it on keyboards.

    Unsafe: it changes what a reader sees.
    """

    code = "CJK003"
    name = "typed-ellipsis"
    summary = "Ellipsis is typed with dots"
    severity = Severity.NOTE
    examples = (
        bad("<p>他想了想⟦...⟧没有说话⟦。。。⟧</p>", fixed="<p>他想了想……没有说话……</p>"),
        bad("他想了想⟦…⟧没有说话。\n", fixed="他想了想……没有说话。\n"),
        good("<p>他想了想……没有说话</p>"),
        good("<p>Wait... 等等</p>"),
        good("读取 `中文...`\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if not any(dots in document.body.prose for dots in _TYPED):
            return
        for span, _ in found(document, _DOTS):
            edit = Edit(span, "……")
            yield self.at(span, fix=fix("Write `……`", (edit,), Applicability.UNSAFE))


class HalfWidthPunctuation(Check):
    """A half-width comma between Han characters sits too close and breaks lines in the wrong place.

    Unsafe: it changes what a reader sees.
    """

    code = "CJK004"
    name = "half-width-punctuation"
    summary = "Half-width punctuation between Han characters"
    severity = Severity.NOTE
    examples = (
        bad("<p>会议开幕⟦,⟧代表到会⟦.⟧</p>", fixed="<p>会议开幕，代表到会。</p>"),
        bad("会议开幕⟦, ⟧记者问⟦:⟧“来了吗⟦?⟧”\n", fixed="会议开幕，记者问：“来了吗？”\n"),
        good("<p>比分 3:2，第 1,000 场</p>"),
        good("<p>一.开幕</p>", note="a number"),
        good("<p>用 a,b 表示</p>"),
        good("Thanks to John Smith, 张三, 李四, Mary and all others\n", note="a list in an English sentence"),
        good("$中,文$ 和 `中,文` 和 [中文](中,文)\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for span, match in found(document, _HALF_WIDTH, _ANY_HALF_WIDTH):
            before = match.string[max(0, match.start() - 2) : match.start()]
            pattern = _HAN_BEFORE["." if match.group() == "." else ""]
            if not pattern.search(before) or not is_chinese(line_around(match)):
                continue
            mark = _FULL_WIDTH[match.group()[0]]
            message = f"`{match.group().strip()}` between Han characters is half-width"
            yield self.at(span, message, fix(f"Write `{mark}`", (Edit(span, mark),), Applicability.UNSAFE))


class HalfWidthParentheses(Check):
    """Half-width parentheses around Chinese text are too narrow for it.

    Unsafe: it changes what a reader sees. On request only: many houses write them so on purpose.
    """

    code = "CJK005"
    name = "half-width-parentheses"
    summary = "Half-width parentheses around Han characters"
    severity = Severity.NOTE
    default = False
    examples = (
        bad("<p>会议⟦(第一天)⟧开幕</p>", fixed="<p>会议（第一天）开幕</p>"),
        good("<p>会议 (first) 开幕</p>"),
        good("[会议](第一天)\n"),
        good("<p>f(x) 会议</p>"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for span, match in found(document, _PARENTHESES, _ANY_PARENTHESIS):
            first, last = at(document, match, "first"), at(document, match, "last")
            edits = (Edit(first, "（"), Edit(last, "）"))
            yield self.at(span, fix=fix("Write `（）`", edits, Applicability.UNSAFE))


class StraightQuotes(Check):
    """Straight quotes around Chinese text do not say where a quotation starts and ends.

    Unsafe: it changes what a reader sees.
    """

    code = "CJK006"
    name = "straight-quotes"
    summary = "Straight quotes around Han characters"
    severity = Severity.NOTE
    examples = (
        bad('<p>会议通过⟦"青年方案"⟧。</p>', fixed="<p>会议通过“青年方案”。</p>"),
        good('<p>会议通过 "plan" 方案</p>'),
        good('[会议](a.html "青年方案")\n'),
        good('<p>屏幕 12" 与 13" 两种</p>'),
        good('{{< figure title="青年方案" >}}\n'),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for span, match in found(document, _QUOTES, _ANY_QUOTE):
            first, last = at(document, match, "first"), at(document, match, "last")
            edits = (Edit(first, "“"), Edit(last, "”"))
            yield self.at(span, fix=fix("Write `“”`", edits, Applicability.UNSAFE))


class TypedDash(Check):
    """Chinese writes a dash as `——`; hyphens stand for it on keyboards.

    Unsafe: it changes what a reader sees.
    """

    code = "CJK007"
    name = "typed-dash"
    summary = "Dash is typed with hyphens"
    severity = Severity.NOTE
    examples = (
        bad("<p>这座城市⟦--⟧他的故乡⟦---⟧到了</p>", fixed="<p>这座城市——他的故乡——到了</p>"),
        good("<p>运行 a--b</p>"),
        good("会议\n---\n开幕\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for span, _ in found(document, _HYPHENS, _ANY_HYPHEN):
            yield self.at(span, fix=fix("Write `——`", (Edit(span, "——"),), Applicability.UNSAFE))


class UnmatchedQuote(Check):
    """A quotation or bracket that is opened and not closed, or closed and not opened, hides who says what.

    No fix: where the other half belongs only a person can say. Each of several paragraphs of one
    quotation may open it anew.
    """

    code = "CJK008"
    name = "unmatched-quote"
    summary = "Quotation mark or bracket has no partner"
    severity = Severity.NOTE
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
        prose = document.body.prose
        if not _MARKS.search(prose):
            return
        base = document.body.span.start
        start = 0
        for end in [*(match.start() for match in _BLOCK_END.finditer(prose)), len(prose)]:
            if not _HAS_HAN.search(prose, start, end):
                start = end
                continue
            for offset in _unmatched(prose, start, end):
                place = Span(base + offset, base + offset + 1)
                yield self.at(place, f"`{prose[offset]}` has no partner in its paragraph")
            start = end


_SLIPS = tuple("，， 、、 ；； ：： 。。 ，。 、。 ；。 。， 。、 。；".split())
_TYPED = ("...", "。。。", "…", "···")
_ANY_HALF_WIDTH = re.compile("[,;:!?.]")
_ANY_PARENTHESIS = re.compile(r"\(")
_ANY_QUOTE = re.compile('"')
_ANY_HYPHEN = re.compile("-")
_REPEATED = re.compile(f"(?<=[\\w{CLOSING}])(?:([，、；：])\\1|。。|[，、；]。|。[，、；])(?![，、；：。])")
_AFTER_HAN = f"(?<=[{HAN}{CLOSING}])"
_DOTS = re.compile(
    f"{_AFTER_HAN}(?:\\.{{3,6}}|。{{3,6}}|(?<!…)…(?!…)|·{{3,6}})(?=[{HAN}{OPENING}{CLOSING}\\n{BREAKS}]|\\Z)"
)
_HALF_WIDTH = re.compile(
    f"[,;:!?] ?(?=[{HAN}]|[“‘《（][{HAN}])|[!?](?=[”’\\n{BREAKS}]|\\Z)|\\.(?=[{BREAKS}”]|\\n|\\Z)"
)
_HAN_BEFORE = {
    ".": re.compile(f"[{HAN}]{{2}}\\Z"),
    "": re.compile(f"(?:[{HAN}]|[{HAN}。！？…][”’》）])\\Z"),
}
_PARENTHESES = re.compile(f"(?P<first>\\()[{HAN}][^()\\n{BREAKS}]{{0,80}}(?<=[{HAN}{POINTS}])(?P<last>\\))")
_QUOTES = re.compile(
    f'(?<![=A-Za-z0-9"])(?P<first>")(?=[{HAN}{OPENING}])[^"\\n{BREAKS}]{{1,80}}'
    f'(?<=[{HAN}{POINTS}{CLOSING}])(?P<last>")(?!")'
)
_HYPHENS = re.compile(f"(?<=[{HAN}])-{{2,3}}(?=[{HAN}])")
_PAIRS = dict(zip(OPENING, CLOSING, strict=True))
_MARKS = re.compile(f"[{OPENING}{CLOSING}]")
_HAS_HAN = re.compile(f"[{HAN}]")
_BLOCK_END = re.compile(f"{BREAKS}+|\\n[ \\t>]*\\n|\\n(?=[ \\t>]*(?:[-*+#|]|\\d+[.)])[ \\t|])")
_NUMBERING = re.compile(r"(?:^|[\s*_；，、。：;,“（(\uffff\ufffe])[0-9a-zA-Z一二三四五六七八九十①-⑩]{1,3}\Z")


def _unmatched(prose: str, start: int, end: int) -> Iterator[int]:
    opened: list[int] = []
    for match in _MARKS.finditer(prose, start, end):
        mark, offset = match.group(), match.start()
        if mark in "‘’" and not _is_beside_han(prose, offset):
            continue
        if mark in _PAIRS:
            opened.append(offset)
        elif opened and _PAIRS[prose[opened[-1]]] == mark:
            opened.pop()
        elif any(_PAIRS[prose[other]] == mark for other in opened):
            while _PAIRS[prose[opened[-1]]] != mark:
                yield opened.pop()
            opened.pop()
        elif mark != "）" or not (
            _NUMBERING.search(prose[max(start, offset - 5) : offset])
            or prose[offset - 1 : offset] in "：:；;"
        ):
            yield offset
    for offset in opened:
        if prose[start:offset].strip(f" \t\n\u3000>{BREAKS}\ufffe") or prose[offset] not in "“‘「『":
            yield offset


def _is_beside_han(prose: str, offset: int) -> bool:
    return re.search(f"[{HAN}{POINTS}]", prose[max(0, offset - 1) : offset + 2]) is not None
