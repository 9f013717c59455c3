"""Fixes of a Markdown body that would build the rest in another way.

Where what a fix takes out parted two things (two lists, two marks), an empty comment takes its place;
where that does not help, there is no fix. Rules of safety fix what they find all the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from artlint.diagnostic import Diagnostic, Edit
from artlint.document import Document
from artlint.overlaps import choose
from artlint.pattern_lazy import lazily
from artlint.rule import BINDING
from artlint.structure import broken_by

SEPARATOR = "<!-- -->"
_TRIES = 32  # to find out which of many fixes breaks something
# Inside of a line, between such characters, nothing marks anything.
_PLAIN = lazily(r"(?:[^\W_]|[，。、；：？！“”‘’（）《》…— ,;?%])*")

_Fixes = Mapping[int, Diagnostic]


def keep_structure(found: Sequence[Diagnostic], document: Document) -> list[Diagnostic]:
    """The findings in a Markdown document, with fixes that leave the rest of it as it is built."""
    kept = list(found)
    fixes = _doubtful(kept, document)
    broken = _breaking(fixes, document, _TRIES)
    if not broken:
        return kept
    parted = {index: _with_separators(fixes[index], document) for index in broken}
    lost = _breaking(parted, document, _TRIES)
    for index in broken:
        if index not in lost:
            kept[index] = parted[index]
        elif kept[index].code.rstrip("0123456789") not in BINDING:
            kept[index] = kept[index]._replace(fix=None)
    return kept


def _breaking(fixes: _Fixes, document: Document, tries: int) -> list[int]:
    """The fixes of which one alone breaks something; all of those that there are no ``tries`` left for."""
    if not fixes or not _broken(fixes, document):
        return []
    indices = list(fixes)
    if len(indices) == 1 or tries <= 1:
        return indices
    middle = len(indices) // 2
    halves = ({index: fixes[index] for index in half} for half in (indices[:middle], indices[middle:]))
    return [index for half in halves for index in _breaking(half, document, tries // 2)]


def without_clash(chosen: list[Diagnostic], document: Document) -> list[Diagnostic]:
    """The fixes without those that only together build the rest of a Markdown body in another way.

    Their turn comes when the others are done.
    """
    if document.body.kind != "markdown":
        return chosen
    fixes = _doubtful(chosen, document)
    dropped: set[int] = set()
    for _ in range(_TRIES):
        clash = sorted(_broken(fixes, document)) if len(fixes) > 1 else []
        if not clash:
            break
        dropped.update(clash[1::2] or clash)
        fixes = {index: fix for index, fix in fixes.items() if index not in dropped}
    else:
        dropped.update(list(fixes)[1:])
    return [finding for index, finding in enumerate(chosen) if index not in dropped]


def _doubtful(found: Sequence[Diagnostic], document: Document) -> dict[int, Diagnostic]:
    """The findings, by index, whose fix may change what marks something in the body."""
    base = document.body.span.start
    return {
        index: finding
        for index, finding in enumerate(found)
        if any(edit.span.start >= base and not _is_plain(edit, document.text) for edit in finding.edits)
    }


def _is_plain(edit: Edit, text: str) -> bool:
    """Whether an edit changes words inside of a line, and nothing that marks anything."""
    (start, end), put = edit
    around = text[max(start - 1, 0) : end + 1]
    return len(around) == end - start + 2 and all(map(_PLAIN.fullmatch, (around, put)))


def _broken(fixes: _Fixes, document: Document) -> set[int]:
    """The fixes next to what would be built in another way; of those that overlap, one after the other."""
    base = document.body.span.start
    broken: set[int] = set()
    waiting = dict(fixes)
    while waiting:
        batch = set(map(id, choose(list(waiting.values()))))
        edits = [
            (edit, index)
            for index, fix in waiting.items()
            if id(fix) in batch
            for edit in fix.edits
            if edit.span.start >= base
        ]
        edits.sort()
        broken.update(edits[near][1] for near in broken_by([edit for edit, _ in edits], document))
        waiting = {index: fix for index, fix in waiting.items() if id(fix) not in batch}
    return broken


def _with_separators(finding: Diagnostic, document: Document) -> Diagnostic:
    """The finding with a comment where its fix takes something out; the blanks around it stay."""
    if finding.fix is None:
        return finding
    edits = []
    for edit in finding.edits:
        gone = document.text[edit.span.start : edit.span.end]
        is_seen = any(character.isprintable() and not character.isspace() for character in gone)
        if edit.span.start >= document.body.span.start and is_seen and not edit.text.strip():
            lead, trail = gone[: -len(gone.lstrip())], gone[len(gone.rstrip()) :]
            edit = edit._replace(text=(lead or edit.text) + SEPARATOR + trail)
        edits.append(edit)
    return finding._replace(fix=finding.fix._replace(edits=tuple(edits)))
