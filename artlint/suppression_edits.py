"""Edits that take suppressions out of an article, which reads the same without them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from artlint.diagnostic import Edit, Fix, apply_edits
from artlint.document import Document
from artlint.document.model import SUPPRESSION_KEY
from artlint.rule import fix
from artlint.source import Span
from artlint.suppressions import Suppression
from artlint.value_edits import drop_field, drop_item

_FEW = 20  # comments that are looked at one by one; the next round looks at more


def fixes_of(
    document: Document, holders: dict[Span, list[Suppression]], unused: dict[Span, list[Suppression]]
) -> dict[Span, Fix]:
    """The fixes that take unused codes out, and the comment or key when none is left, by holder."""
    fixes: dict[Span, Fix] = {}
    lines: dict[Span, list[Edit]] = {}
    for holder, entries in unused.items():
        if entries and not entries[0].is_comment:
            key = fix(_title(entries, holders[holder]), _key_edits(document, holders[holder], entries))
            fixes.update({holder: key} if key else {})
        elif entries:
            lines[holder] = _comment_edits(document.text, entries, _line_with_blank)
    # To read the article for each of them takes long; most often they can go together.
    if not _reads_the_same(document, [edit for edits in lines.values() for edit in edits]):
        lines = dict(list(lines.items())[:_FEW])
        for holder in lines:
            tries = (
                _comment_edits(document.text, unused[holder], cut)
                for cut in (_line_with_blank, _comment_alone)
            )
            lines[holder] = next((edits for edits in tries if _reads_the_same(document, edits)), [])
    for holder, edits in lines.items():
        if edits:
            fixes[holder] = Fix(_title(unused[holder], holders[holder]), tuple(edits))
    return fixes


def _title(unused: list[Suppression], entries: list[Suppression]) -> str:
    return "Remove it" if len(unused) == len(entries) else "Remove the unused codes"


def _comment_edits(text: str, unused: list[Suppression], whole: Callable[[str, Span], Span]) -> list[Edit]:
    places = [(unused[0].holder, [entry.place for entry in unused])]
    for ender in sorted({entry.ender for entry in unused if entry.ender}):
        places.append((ender, [entry.end for entry in unused if entry.ender == ender and entry.end]))
    return [_comment_edit(text, comment, codes, whole) for comment, codes in places]


def _key_edits(document: Document, entries: list[Suppression], unused: list[Suppression]) -> Iterator[Edit]:
    block = document.front_matter
    key = block.get(SUPPRESSION_KEY) if block else None
    if key is None:
        return
    if len(unused) == len(entries):
        yield drop_field(document, key)
        return
    for item in next(part.node.items for part in key.node.fields if part.key == "ignore"):
        if any(item.span.contains(entry.place) for entry in unused):
            yield from drop_item(document, item)


def _comment_edit(text: str, comment: Span, cut: list[Span], whole: Callable[[str, Span], Span]) -> Edit:
    """The edit that takes codes out of a comment; with the last of them the comment goes."""
    start, end = text.index("[", comment.start) + 1, text.index("]", comment.start)
    codes: list[str] = []
    for code in re.finditer(r"[^\s,]+", text[start:end]):
        if not any(span.contains(Span(start + code.start(), start + code.end())) for span in cut):
            codes.append(code.group())
    return Edit(Span(start, end), ", ".join(codes)) if codes else Edit(whole(text, comment))


def _comment_alone(text: str, comment: Span) -> Span:
    return comment


def _line_with_blank(text: str, comment: Span) -> Span:
    """A comment with its line, if it has one of its own, and with one of two blank lines around it."""
    start, end = comment
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line_end = len(text) if line_end == -1 else line_end
    if text[line_start:start].strip() or text[end:line_end].strip():
        return comment
    is_first = line_start == 0 or text[line_start - 2 : line_start] == "\n\n"
    after = line_end + 1
    if is_first and text[after : after + 1] == "\n":
        after += 1
    elif is_first and after >= len(text) and line_start:
        line_start -= 1
    return Span(line_start, min(after, len(text)))


def _reads_the_same(document: Document, edits: Sequence[Edit]) -> bool:
    """Whether Markdown still makes the same blocks of the text (two lists may run together)."""
    edits = sorted(edits, key=lambda edit: edit.span)
    if any(one.span.overlaps(other.span) for one, other in pairwise(edits)):
        return False
    body = document.body
    return body.kind != "markdown" or _read(apply_edits(document.text, edits)[body.span.start :]) == _read(
        body.text
    )


@lru_cache(maxsize=2)
def _read(text: str) -> tuple[str, ...]:
    """What is in the page that CommonMark makes of a text."""
    from artlint.document.html import Html
    from artlint.document.markdown import markdown_to_html

    return tuple(Html(markdown_to_html(text)).inventory)
