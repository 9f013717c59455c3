"""Where findings are, and what their fixes do, in the words of other programs."""

from __future__ import annotations

import os
from pathlib import PurePath

from artlint.diagnostic import Applicability, Diagnostic, Edit
from artlint.runner import FileResult
from artlint.source import Position, Source, Span


def trouble_of(result: FileResult) -> str | None:
    """Why a file could not be read or written, or its fix was refused."""
    if result.error is not None:
        return result.error
    if result.fix and result.fix.refused:
        return f"fix refused, file left as it was: {result.fix.refused}"
    return None


def current_source(result: FileResult) -> Source | None:
    """The text that the findings speak of: as fixing left it, or as it was read."""
    if result.source and result.fix and result.fix.changed:
        return Source.from_text(result.fix.text, result.path)
    return result.source


def posix_path(path: str) -> str:
    """A path as repositories write it: with slashes, relative where it lies below the working folder."""
    relative = os.path.relpath(path) if os.path.isabs(path) else os.path.normpath(path)
    inside = not relative.startswith(os.pardir)
    return PurePath(relative if inside else path).as_posix()


def applicable_edits(diagnostic: Diagnostic) -> tuple[Edit, ...]:
    """The edits of a fix that a person may accept, by place; none for one that is only shown."""
    fix = diagnostic.fix
    if fix is None or fix.applicability is Applicability.DISPLAY:
        return ()
    return tuple(sorted(fix.edits, key=lambda edit: edit.span))


def one_edit(diagnostic: Diagnostic, text: str) -> Edit | None:
    """The fix as a single edit, for formats that cannot say that edits belong together."""
    edits = applicable_edits(diagnostic)
    if not edits:
        return None
    span = Span(edits[0].span.start, max(edit.span.end for edit in edits))
    parts, done = [], span.start
    for edit in edits:
        parts += [text[done : edit.span.start], edit.text]
        done = edit.span.end
    return Edit(span, "".join([*parts, text[done : span.end]]))


def byte_column(source: Source, position: Position) -> int:
    """A 1-based column in bytes of UTF-8, the byte-order mark included."""
    line = source.lines[position.line - 1]
    before = len(line[: position.column - 1].encode("utf-8", "surrogatepass"))
    return before + 1 + (3 if source.bom and position.line == 1 else 0)
