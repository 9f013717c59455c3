"""Hide code from the HTML parser: same length, no markup.

Markdown says which of its ranges are HTML; everything else keeps its place but loses
the characters that would start a tag. Template code (Liquid, Jinja, Hugo) is found by its marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import partial

from artlint.pattern_lazy import lazily
from artlint.source import Span

# Private-use characters stand for the characters they hide, so that a mask can be undone. Template
# code may stand inside a tag, so all of it but its newlines is hidden.
_HIDDEN = {code: 0xE000 + code for code in range(0x20, 0x7F)}
_SHOWN = {filler: hidden for hidden, filler in _HIDDEN.items()}
_MARKUP = "<>&"
_TAGS = "<>"
_FILLER = lazily("[\ue000-\ue07f]+")
_TEMPLATE_MARKS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_TEMPLATE_START = lazily(r"\{[{%#]")
RAW_TAG = lazily(r"\{%-?\s*(end)?(raw|verbatim)\s*-?%\}")
_CODE_TAG = lazily(r"\{%-?\s*(raw|highlight|codeblock|comment|verbatim)\b|\{\{[<%]\s*(highlight)\b")


def mask_markup(text: str, spans: list[Span]) -> str:
    """``text`` with the characters that make markup inside ``spans`` (sorted, disjoint) hidden."""
    return _mask(text, spans, partial(_without, marks=_MARKUP))


def mask_tags(text: str, spans: list[Span]) -> str:
    """``text`` with what makes a tag inside ``spans`` hidden; character references stay."""
    return _mask(text, spans, partial(_without, marks=_TAGS))


def mask_all(text: str, spans: list[Span]) -> str:
    """``text`` with every visible ASCII character and blank inside ``spans`` hidden."""
    return _mask(text, spans, lambda piece: piece.translate(_HIDDEN))


def _without(text: str, marks: str) -> str:
    """A text with these marks hidden; much faster than to translate all of it."""
    for mark in marks:
        text = text.replace(mark, chr(_HIDDEN[ord(mark)]))
    return text


def _mask(text: str, spans: list[Span], hide: Callable[[str], str]) -> str:
    if not spans:
        return text
    parts = []
    done = 0
    for start, end in spans:
        parts.append(text[done:start])
        parts.append(hide(text[start:end]))
        done = end
    parts.append(text[done:])
    return "".join(parts)


def unmask(text: str) -> str:
    """The text as it was before masking."""
    return text if text.isascii() else _FILLER.sub(_shown, text)


def _shown(filler: re.Match[str]) -> str:
    return filler.group().translate(_SHOWN)


def without_filler(text: str) -> str:
    """What is left of a text when what is hidden in it leaves nothing behind."""
    return text if text.isascii() else _FILLER.sub("", text)


def bare_name(name: str) -> str:
    """The name of a tag without template code that hangs on it (``<li{% if x %} class=a{% endif %}>``)."""
    return name if name.isascii() else _FILLER.split(name, maxsplit=1)[0]


def template_spans(text: str) -> list[Span]:
    """The spans of template code: ``{{ … }}``, ``{% … %}``, ``{# … #}`` and blocks of code they open.

    Linear: a mark that is never closed is looked for once.
    """
    if "{" not in text:
        return []
    spans: list[Span] = []
    unclosed: set[str] = set()
    position = 0
    while match := _TEMPLATE_START.search(text, position):
        mark = match.group()
        end = -1 if mark in unclosed else text.find(_TEMPLATE_MARKS[mark], match.end())
        if end == -1:
            unclosed.add(mark)
            position = match.end()
            continue
        start = match.start()
        end = _code_block_end(text, start, end + 2, unclosed)
        spans.append(Span(start, end))
        position = end
    return spans


def is_code_block(code: str) -> bool:
    """Whether template code is a block of code, from the tag that opens it to the one that ends it."""
    return _CODE_TAG.match(code) is not None and code.count("%}") > 1


def raw_spans(text: str) -> list[Span]:
    """The blocks that a template engine passes on as they are: ``{% raw %}`` to ``{% endraw %}``.

    A browser sees what is in them, so they are not masked; but they are code to every other reader.
    """
    spans: list[Span] = []
    opened: re.Match[str] | None = None
    for tag in RAW_TAG.finditer(text):
        if opened is None and not tag.group(1):
            opened = tag
        elif opened is not None and tag.group(1) and tag.group(2) == opened.group(2):
            spans.append(Span(opened.start(), tag.end()))
            opened = None
    return spans


def _code_block_end(text: str, start: int, end: int, unclosed: set[str]) -> int:
    """Where the code block that the tag at ``start`` opens ends, or ``end`` if it opens none."""
    opened = _CODE_TAG.match(text, start, end)
    if opened is None:
        return end
    name = opened.group(1) or opened.group(2)
    if name in unclosed:
        return end
    closing = re.compile(rf"\{{%-?\s*end{name}\s*-?%\}}|\{{\{{[<%]\s*/\s*{name}\s*[>%]\}}\}}").search(
        text, end
    )
    if closing is None:
        unclosed.add(name)
        return end
    return closing.end()


def outside(spans: list[Span], length: int) -> list[Span]:
    """The spans between the given ones (sorted, disjoint) in a text of that length."""
    gaps = []
    done = 0
    for start, end in spans:
        if done < start:
            gaps.append(Span(done, start))
        done = max(done, end)
    if done < length:
        gaps.append(Span(done, length))
    return gaps


def merge(spans: list[Span]) -> list[Span]:
    """The same places as sorted, disjoint spans."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def hits(spans: list[Span], place: Span) -> bool:
    """Whether ``place`` overlaps one of the sorted, disjoint spans."""
    index = bisect_right(spans, place.start, key=lambda span: span.start)
    return any(spans[near].overlaps(place) for near in (index - 1, index) if 0 <= near < len(spans))
