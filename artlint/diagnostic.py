"""What rules yield: frozen values that say what is wrong, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from artlint.source import Position, Span


class Severity(StrEnum):
    """How much a finding matters (SARIF's words)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Applicability(StrEnum):
    """The promise a fix makes.

    ``SAFE``: what remains is the same article. ``UNSAFE``: very likely right, but a person should
    look. ``DISPLAY``: shown, never applied.
    """

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY = "display"


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text of one span by ``text``."""

    span: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that apply together or not at all. ``title`` is an imperative (`Remove the link`)."""

    title: str
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.SAFE


NOWHERE = Position(0, 0)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding of a rule. The engine fills in ``start`` and ``end``, the positions of ``span``."""

    code: str
    name: str
    message: str
    span: Span
    severity: Severity = Severity.WARNING
    fix: Fix | None = None
    start: Position = NOWHERE
    end: Position = NOWHERE

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
