"""CJK: punctuation. All of these fixes are unsafe: they change what a reader sees, if only by a stroke."""

from __future__ import annotations

from collections.abc import Iterator

from artlint.checks.cjk_text import (
    CLOSING,
    HAN,
    OPENING,
    POINTS,
    at,
    found,
    is_chinese,
    line_around,
    writing,
)
from artlint.diagnostic import Diagnostic, Edit, Severity
from artlint.document import Document
from artlint.document.prose import BREAKS
from artlint.pattern_lazy import lazily
from artlint.rule import Check, Needs, bad, good
from artlint.signs import characters

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
        text = document.body.condensed
        if not any(mark in text and any(map(text.__contains__, pairs)) for mark, pairs in _TWICE.items()):
            return  # to look for one character, and then for a few pairs, is faster than the pattern
        for span, match in found(document, _REPEATED):
            marks = match.group()
            mark = "。" if "。" in marks else marks[0]
            yield self.at(span, f"`{marks}` is typed twice", writing(Edit(span, mark), verb="Keep"))


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
        if not any(map(document.body.condensed.__contains__, _TYPED)):
            return
        for span, _ in found(document, _DOTS, near=True):
            yield self.at(span, fix=writing(Edit(span, "……")))


class HalfWidthPunctuation(Check):
    """A half-width comma between Han characters sits too close and breaks lines in the wrong place.

    Unsafe: it changes what a reader sees.
    """

    code = "CJK004"
    name = "half-width-punctuation"
    summary = "Half-width punctuation between Han characters"
    severity = Severity.NOTE
    needs = Needs(signs=tuple(",;:!?."), read=characters)
    examples = (
        bad("<p>会议开幕⟦,⟧代表到会⟦.⟧</p>", fixed="<p>会议开幕，代表到会。</p>"),
        bad("会议开幕⟦, ⟧记者问⟦:⟧“来了吗⟦?⟧”\n", fixed="会议开幕，记者问：“来了吗？”\n"),
        bad("要求⟦:⟧\n\n- 会议开幕⟦;⟧\n", fixed="要求：\n\n- 会议开幕；\n"),
        good("<p>比分 3:2，第 1,000 场</p>"),
        good("<p>一.开幕</p>", note="a number"),
        good("<p>用 a,b 表示，或用:运算符</p>"),
        good("Thanks to John Smith, 张三, 李四, Mary and all others\n", note="a list in an English sentence"),
        good("$中,文$ 和 `中,文` 和 [中文](中,文)\n"),
        bad("见 [会议⟦,⟧开幕]\n\n[会议,开幕]: a.html\n", note="the text is the name of a definition, too"),
        good("见 [会议]\n\n[会议]: a.html '会议,开幕'\n"),
        good("张三, 李四. 港口开放研究[J]. 港口, 2003.\n", note="references have their own standard"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for span, match in found(document, _HALF_WIDTH, near=True):
            before = match.string[max(0, match.start() - 2) : match.start()]
            pattern = _HAN_BEFORE["." if match.group() == "." else ""]
            line = line_around(match)
            if not pattern.search(before) or not is_chinese(line) or _REFERENCE.search(line):
                continue
            mark = _FULL_WIDTH[match.group()[0]]
            message = f"`{match.group().strip()}` between Han characters is half-width"
            yield self.at(span, message, writing(Edit(span, mark)))


class HalfWidthParentheses(Check):
    """Half-width parentheses around Chinese text are too narrow for it.

    Unsafe: it changes what a reader sees. On request only: many houses write them so on purpose.
    """

    code = "CJK005"
    name = "half-width-parentheses"
    summary = "Half-width parentheses around Han characters"
    severity = Severity.NOTE
    default = False
    needs = Needs(signs=("(",), read=characters)
    examples = (
        bad("<p>会议⟦(第一天)⟧开幕</p>", fixed="<p>会议（第一天）开幕</p>"),
        good("<p>会议 (first) 开幕</p>"),
        good("[会议](第一天)\n"),
        good("<p>f(x) 会议</p>"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for span, match in found(document, _PARENTHESES):
            first, last = at(document, match, "first"), at(document, match, "last")
            yield self.at(span, fix=writing(Edit(first, "（"), Edit(last, "）")))


class StraightQuotes(Check):
    """Straight quotes around Chinese text do not say where a quotation starts and ends.

    Unsafe: it changes what a reader sees.
    """

    code = "CJK006"
    name = "straight-quotes"
    summary = "Straight quotes around Han characters"
    severity = Severity.NOTE
    needs = Needs(signs=('"',), read=characters)
    examples = (
        bad('<p>会议通过⟦"青年方案"⟧。</p>', fixed="<p>会议通过“青年方案”。</p>"),
        good('<p>会议通过 "plan" 方案</p>'),
        good('[会议](a.html "青年方案")\n'),
        good('见 [会议]\n\n[会议]: a.html\n  "青年方案"\n'),
        good('<p>屏幕 12" 与 13" 两种</p>'),
        good('{{< figure title="青年方案" >}}\n'),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for span, match in found(document, _QUOTES):
            first, last = at(document, match, "first"), at(document, match, "last")
            yield self.at(span, fix=writing(Edit(first, "“"), Edit(last, "”")))


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
        if "--" not in document.body.condensed:
            return
        for span, _ in found(document, _HYPHENS, near=True):
            yield self.at(span, fix=writing(Edit(span, "——")))


_TYPED = ("...", "。。。", "…", "···")
# A pattern that starts with a set of characters is searched much faster than one that looks behind first.
_TWICE = {
    "，": ("，，", "，。"),
    "、": ("、、", "、。"),
    "；": ("；；", "；。"),
    "：": ("：：",),
    "。": ("。。", "。，", "。、", "。；"),
}
_REPEATED = lazily(
    f"[，、；：。](?<=[\\w{CLOSING}].)(?:(?<=，)[，。]|(?<=、)[、。]|(?<=；)[；。]|(?<=：)：|(?<=。)[。，、；])"
    "(?![，、；：。])"
)
_DOTS = lazily(
    f"[.。…·](?<=[{HAN}{CLOSING}].)(?:(?<=\\.)\\.{{2,5}}|(?<=。)。{{2,5}}|(?<=…)(?!…)|(?<=·)·{{2,5}})"
    f"(?=[{HAN}{OPENING}{CLOSING}\\n{BREAKS}]|\\Z)"
)
_NAMED_MARK = "运算符|操作符|符号|分隔|号"  # the text speaks of the mark itself
_HALF_WIDTH = lazily(
    f"[,;:!?.](?<=[{HAN}”’》）].)(?:(?<!\\.) ?(?!{_NAMED_MARK})(?=[{HAN}]|[“‘《（][{HAN}])"
    f"|(?<=[!?])(?=[”’])|(?<=\\.)(?=”)|(?=[\\n{BREAKS}]|\\Z))"
)
_HAN_BEFORE = {
    ".": lazily(f"[{HAN}]{{2}}\\Z"),
    "": lazily(f"(?:[{HAN}]|[{HAN}。！？…][”’》）])\\Z"),
}
# An entry of a list of references (GB/T 7714) is punctuated in half width.
_REFERENCE = lazily(r"\[[JMDCNRSPA](?:/OL)?\]|\bet al\b|\band \S+ \d{4}")
_PARENTHESES = lazily(f"(?P<first>\\()[{HAN}][^()\\n{BREAKS}]{{0,80}}(?<=[{HAN}{POINTS}])(?P<last>\\))")
_QUOTES = lazily(
    f'(?P<first>")(?<![=A-Za-z0-9"]")(?=[{HAN}{OPENING}])[^"\\n{BREAKS}]{{1,80}}'
    f'(?<=[{HAN}{POINTS}{CLOSING}])(?P<last>")(?!")'
)
_HYPHENS = lazily(f"-(?<=[{HAN}].)-{{1,2}}(?=[{HAN}])")
