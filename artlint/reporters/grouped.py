"""The findings of each file below its name."""

from __future__ import annotations

from artlint import limits
from artlint.reporters.concise import applied, more, place, shown, statement, trouble
from artlint.reporters.shared.style import one_line, paint
from artlint.reporters.shared.summary import summary
from artlint.reporters.shared.totals import Run, Totals
from artlint.runner import FileResult


class Reporter:
    """For people; may change from version to version."""

    by_file = True

    def __init__(self, run: Run, colour: bool) -> None:
        self._run = run
        self._colour = colour

    def file(self, result: FileResult) -> str:
        """The name of the file and a line a finding."""
        listed = result.diagnostics[: limits.SHOWN]
        lines = shown(applied(result, self._colour)) if self._run.show_fixes else []
        width = max((len(place(found)) for found in listed), default=0)
        for found in listed:
            lines.append(f"{place(found):{width}}  {statement(found, self._colour)}")
            if found.fix and self._run.show_fixes and not self._run.fixing:
                lines.append(f"{'':{width}}  fix: {one_line(found.fix.title)}")
        lines += more(len(result.diagnostics))
        body = "".join(f"  {line}\n" for line in lines)
        head = paint(one_line(result.path), "bold", self._colour) + ":\n" if lines else ""
        problem = "".join(f"{line}\n" for line in trouble(result, self._colour))
        return f"{head}{body}{problem}\n" if head or problem else ""

    def finish(self, totals: Totals) -> str:
        """The summary."""
        return "".join(f"{line}\n" for line in summary(totals, self._colour))
