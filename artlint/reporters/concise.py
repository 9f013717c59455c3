"""One line a finding: ``path:line:column: CODE message``."""

from __future__ import annotations

from artlint.diagnostic import Diagnostic
from artlint.reporters.report import Report
from artlint.reporters.style import one_line, paint
from artlint.reporters.summary import summary
from artlint.runner import FileResult

_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


def render(report: Report, colour: bool) -> str:
    """The findings, a line each, and the summary."""
    lines = [line for result in report.results for line in result_lines(result, colour)]
    return "\n".join([*lines, *summary(report, colour)]) + "\n"


def result_lines(result: FileResult, colour: bool) -> list[str]:
    """What one file has to say, a line a finding."""
    lines = [headline(result.path, diagnostic, colour) for diagnostic in result.diagnostics]
    return [*lines, *trouble(result, colour)]


def headline(path: str, diagnostic: Diagnostic, colour: bool) -> str:
    """``path:line:column CODE message``, with a mark for a fixable finding."""
    place = f"{one_line(path)}:{diagnostic.start.line}:{diagnostic.start.column}"
    code = paint(diagnostic.code, _COLOURS[diagnostic.severity], colour)
    mark = ""
    if diagnostic.fix:
        mark = " [*]" if diagnostic.is_fixable() else " [unsafe]"
    return f"{paint(place, 'bold', colour)} {code} {one_line(diagnostic.message)}{mark}"


def trouble(result: FileResult, colour: bool) -> list[str]:
    """The line about a file that could not be read or written, or whose fix was refused."""
    problem = result.error
    if problem is None and result.fix and result.fix.refused:
        problem = f"fix refused, file left as it was: {result.fix.refused}"
    if problem is None:
        return []
    return [f"{paint(one_line(result.path), 'bold', colour)}: {paint('error', 'red', colour)}: {one_line(problem)}"]
