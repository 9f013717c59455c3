"""One line a finding: ``path:line:column: CODE message``."""

from __future__ import annotations

from artlint import limits
from artlint.diagnostic import Applicability, Diagnostic
from artlint.reporters.shared.places import trouble_of
from artlint.reporters.shared.style import one_line, paint
from artlint.reporters.shared.summary import summary
from artlint.reporters.shared.totals import Run, Totals
from artlint.runner import FileResult

_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
_MARKS = {Applicability.SAFE: " [*]", Applicability.UNSAFE: " [unsafe]", Applicability.DISPLAY: ""}


class Reporter:
    """Stable: scripts and editors read these lines."""

    by_file = True

    def __init__(self, run: Run, colour: bool) -> None:
        self._run = run
        self._colour = colour

    def file(self, result: FileResult) -> str:
        """A line a finding."""
        path, colour = one_line(result.path), self._colour
        lines = [f"{path}:{line}" for line in applied(result, colour)] if self._run.show_fixes else []
        lines += [headline(result.path, diagnostic, colour) for diagnostic in result.diagnostics]
        return "".join(f"{line}\n" for line in (*lines, *trouble(result, colour)))

    def finish(self, totals: Totals) -> str:
        """The summary."""
        return "".join(f"{line}\n" for line in summary(totals, self._colour))


def headline(path: str, diagnostic: Diagnostic, colour: bool) -> str:
    """``path:line:column CODE message``, with a mark for a fixable finding."""
    where = f"{one_line(path)}:{place(diagnostic)}"
    return f"{paint(where, 'bold', colour)} {statement(diagnostic, colour)}"


def place(diagnostic: Diagnostic) -> str:
    """``line:column`` of the start."""
    return f"{diagnostic.start.line}:{diagnostic.start.column}"


def statement(diagnostic: Diagnostic, colour: bool) -> str:
    """``CODE message``, with a mark for a fixable finding."""
    code = paint(diagnostic.code, _COLOURS[diagnostic.severity], colour)
    mark = _MARKS[diagnostic.fix.applicability] if diagnostic.fix else ""
    return f"{code} {one_line(diagnostic.message)}{mark}"


def applied(result: FileResult, colour: bool) -> list[str]:
    """A line for each fix that was applied, by its place in the file as it was."""
    done = sorted(result.fix.applied, key=lambda found: (found.start, found.code)) if result.fix else []
    return [
        f"{place(found)} {paint(found.code, 'green', colour)} fixed: {one_line(found.fix.title)}"
        for found in done
        if found.fix
    ]


def shown(lines: list[str]) -> list[str]:
    """As many lines as a report for people lists of a file."""
    return [*lines[: limits.SHOWN], *more(len(lines))]


def more(count: int) -> list[str]:
    """The line about those of ``count`` that such a report does not list."""
    return [f"and {count - limits.SHOWN:,} more"] if count > limits.SHOWN else []


def trouble(result: FileResult, colour: bool) -> list[str]:
    """The line about a file that could not be read or written, or whose fix was refused."""
    problem = trouble_of(result)
    if problem is None:
        return []
    path = paint(one_line(result.path), "bold", colour)
    return [f"{path}: {paint('error', 'red', colour)}: {one_line(problem)}"]
