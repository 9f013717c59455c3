"""Workflow commands that GitHub Actions shows as annotations of the lines.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
GitHub shows at most ten errors, ten warnings and ten notices of a step.
"""

from __future__ import annotations

from artlint.diagnostic import Diagnostic
from artlint.reporters.shared.places import posix_path, trouble_of
from artlint.reporters.shared.style import printable
from artlint.reporters.shared.totals import Run, Totals
from artlint.runner import FileResult

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
# The runner undoes these escapes before it shows the text.
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


class Reporter:
    """Stable: the form is GitHub's."""

    by_file = True

    def __init__(self, run: Run, colour: bool) -> None:
        pass

    def file(self, result: FileResult) -> str:
        """A command a finding."""
        lines = [_command(result.path, found) for found in result.diagnostics]
        trouble = trouble_of(result)
        if trouble:
            path = _escaped(posix_path(result.path))
            lines.append(f"::error title=artlint,file={path}::{printable(trouble).translate(_DATA)}")
        return "".join(f"{line}\n" for line in lines)

    def finish(self, totals: Totals) -> str:
        """Nothing: the exit code says the rest."""
        return ""


def _command(path: str, found: Diagnostic) -> str:
    start, end = found.start, found.end
    properties = {
        "title": f"{found.code} {found.name}",
        "file": posix_path(path),
        "line": str(start.line),
        "endLine": str(max(start.line, end.line)),
    }
    if start.line == end.line:  # GitHub takes columns of one line only
        properties |= {"col": str(start.column), "endColumn": str(end.column)}
    listed = ",".join(f"{key}={_escaped(value)}" for key, value in properties.items())
    return f"::{_COMMANDS[found.severity]} {listed}::{printable(found.message).translate(_DATA)}"


def _escaped(value: str) -> str:
    return printable(value).translate(_PROPERTY)
