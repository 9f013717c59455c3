"""One line a finding: ``path:line:column: CODE message``."""

from __future__ import annotations

from artlint import limits
from artlint.diagnostic import Diagnostic
from artlint.reporters.shared.style import one_line, paint
from artlint.reporters.shared.summary import summary
from artlint.reporters.shared.totals import Run, Totals
from artlint.runner import FileResult

_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


class Reporter:
    """Stable: scripts and editors read these lines."""

    def __init__(self, run: Run, colour: bool) -> None:
        self._colour = colour

    def file(self, result: FileResult) -> str:
        """A line a finding."""
        shown = result.diagnostics[: limits.SHOWN]
        lines = [headline(result.path, diagnostic, self._colour) for diagnostic in shown]
        lines.extend(more(result))
        return "".join(f"{line}\n" for line in (*lines, *trouble(result, self._colour)))

    def finish(self, totals: Totals) -> str:
        """The summary."""
        return "".join(f"{line}\n" for line in summary(totals, self._colour))


def headline(path: str, diagnostic: Diagnostic, colour: bool) -> str:
    """``path:line:column CODE message``, with a mark for a fixable finding."""
    place = f"{one_line(path)}:{diagnostic.start.line}:{diagnostic.start.column}"
    code = paint(diagnostic.code, _COLOURS[diagnostic.severity], colour)
    mark = ""
    if diagnostic.fix:
        mark = " [*]" if diagnostic.is_fixable() else " [unsafe]"
    return f"{paint(place, 'bold', colour)} {code} {one_line(diagnostic.message)}{mark}"


def more(result: FileResult) -> list[str]:
    """The line about findings that are not listed; they are counted all the same."""
    count = len(result.diagnostics) - limits.SHOWN
    return [f"{one_line(result.path)}: and {count:,} more"] if count > 0 else []


def trouble(result: FileResult, colour: bool) -> list[str]:
    """The line about a file that could not be read or written, or whose fix was refused."""
    problem = result.error
    if problem is None and result.fix and result.fix.refused:
        problem = f"fix refused, file left as it was: {result.fix.refused}"
    if problem is None:
        return []
    path = paint(one_line(result.path), "bold", colour)
    return [f"{path}: {paint('error', 'red', colour)}: {one_line(problem)}"]
