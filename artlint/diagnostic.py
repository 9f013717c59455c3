"""What rules yield: frozen values that say what is wrong, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from artlint.source import Position, Span


class Severity(StrEnum):
    """How much a finding matters (SARIF's words)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    __hash__ = str.__hash__  # that of enumerations is Python code, and not that of an equal string


class Applicability(StrEnum):
    """The promise a fix makes.

    ``SAFE``: what remains is the same article. ``UNSAFE``: very likely right, but a person should
    look. ``DISPLAY``: shown, never applied.
    """

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY = "display"
    __hash__ = str.__hash__


class Edit(NamedTuple):
    """Replace the text of one span by ``text``."""

    span: Span
    text: str = ""


class Fix(NamedTuple):
    """Edits that apply together or not at all. ``title`` is an imperative (`Remove the link`)."""

    title: str
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.SAFE


NOWHERE = Position(0, 0)


class Diagnostic(NamedTuple):
    """One finding of a rule. The engine fills in ``start`` and ``end``, the positions of ``span``."""

    code: str
    name: str
    message: str
    span: Span
    severity: Severity = Severity.WARNING
    fix: Fix | None = None
    start: Position = NOWHERE
    end: Position = NOWHERE

    def __reduce__(self) -> tuple[Any, ...]:
        # Much faster than field by field: findings go from process to process.
        return from_row, (to_row(self),)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits of the fix; none without a fix."""
        return self.fix.edits if self.fix else ()

    def is_fixable(self, unsafe: bool = False) -> bool:
        """Whether ``artlint fix`` would apply the fix, with or without unsafe fixes allowed."""
        if self.fix is None:
            return False
        applicability = self.fix.applicability
        return applicability is Applicability.SAFE or (unsafe and applicability is Applicability.UNSAFE)


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """``text`` with sorted, disjoint edits applied."""
    parts = []
    done = 0
    for edit in edits:
        parts.append(text[done : edit.span.start])
        parts.append(edit.text)
        done = edit.span.end
    parts.append(text[done:])
    return "".join(parts)


def to_row(diagnostic: Diagnostic) -> tuple[Any, ...]:
    """A finding as plain data that JSON can hold."""
    d, fix = diagnostic, diagnostic.fix
    row = (d.code, d.name, d.message, *d.span, d.severity.value, *d.start, *d.end)
    if fix is None:
        return row
    edits = [text for edit in fix.edits for text in (*edit.span, edit.text)]
    return (*row, fix.title, fix.applicability.value, edits)


def from_row(row: Any) -> Diagnostic:
    """The finding of a row. Raises ValueError, TypeError or LookupError when it is none."""
    code, name, message, start, end, severity, line, column, end_line, end_column, *rest = row
    fix = None
    if rest:
        title, applicability, flat = rest
        places = zip(flat[::3], flat[1::3], flat[2::3], strict=True)
        edits = tuple([Edit(Span(first, last), text) for first, last, text in places])
        fix = Fix(title, edits, _APPLICABILITIES[applicability])
    first, last = Position(line, column), Position(end_line, end_column)
    return Diagnostic(code, name, message, Span(start, end), _SEVERITIES[severity], fix, first, last)


# Several times as fast as to ask the enumerations.
_SEVERITIES = {severity.value: severity for severity in Severity}
_APPLICABILITIES = {applicability.value: applicability for applicability in Applicability}
