"""Patterns and edits that the rules on characters and typography share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.diagnostic import Applicability, Edit, Fix
from artlint.document import Document
from artlint.document.masking import hits
from artlint.document.prose import BREAKS
from artlint.pattern_lazy import lazily
from artlint.source import Span

# Han characters: the unified blocks, the compatibility block, and 〇 (Unicode 17, chapter 18).
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
KANA = "\u3041-\u30ff"
# Full-width punctuation of running Chinese text.
OPENING = "“‘「『《〈（【〔"
CLOSING = "”’」』》〉）】〕"
POINTS = "，。、；：！？…—"


def found(
    document: Document, pattern: re.Pattern[str], needs: str = "", near: bool = False
) -> Iterator[tuple[Span, re.Match[str]]]:
    """Each match of a pattern in the prose of the body, with its span in the source; not in a protected name.

    None when no character of ``needs`` (none that ``Body.alphabet`` leaves out) stands there. ``near``: that
    the pattern can match only where it does in ``Body.condensed``, which is much shorter.
    """
    if needs and not any(map(document.body.alphabet.__contains__, needs)):
        return
    if near and not pattern.search(document.body.condensed):
        return
    base = document.body.span.start
    names = _names(document)
    for match in pattern.finditer(document.body.prose):
        if names and hits(names, Span(*match.span())):
            continue
        yield Span(base + match.start(), base + match.end()), match


def _names(document: Document) -> list[Span]:
    """Where the names stand that the configuration protects, as offsets into the prose."""
    if not document.settings.names:
        return []
    pattern = re.compile("|".join(re.escape(name) for name in document.settings.names if name))
    return [Span(*match.span()) for match in pattern.finditer(document.body.prose) if match.group()]


def at(document: Document, match: re.Match[str], group: int | str) -> Span:
    """The span in the source of a group of a match in the prose."""
    base = document.body.span.start
    return Span(base + match.start(group), base + match.end(group))


def writing(*edits: Edit, verb: str = "Write") -> Fix:
    """The unsafe fix that changes what a reader sees into the text of the edits."""
    text = "".join(edit.text for edit in edits)
    return Fix(f"{verb} `{text[:20]}`", edits, Applicability.UNSAFE)


def line_around(match: re.Match[str]) -> str:
    """The line or block of prose in which a match stands, as far as it is near."""
    prose = match.string
    first, last = max(0, match.start() - _NEAR), match.end() + _NEAR
    starts = [prose.rfind(mark, first, match.start()) + 1 for mark in ("\n", BREAKS)]
    ends = [prose.find(mark, match.end(), last) for mark in ("\n", BREAKS)]
    return prose[max(first, *starts) : min((end for end in ends if end >= 0), default=last)]


def is_chinese(text: str) -> bool:
    """Whether a text has more Han characters than Latin words."""
    return len(_HAN.findall(text)) > len(_WORD.findall(text))


_NEAR = 400  # characters
_HAN = lazily(f"[{HAN}]")
_WORD = lazily(r"[A-Za-z]+")
