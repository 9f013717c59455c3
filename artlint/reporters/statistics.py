"""How often each rule spoke, the most frequent first."""

from __future__ import annotations

from artlint.reporters.concise import trouble
from artlint.reporters.shared.style import paint
from artlint.reporters.shared.summary import summary
from artlint.reporters.shared.totals import Run, Totals
from artlint.runner import FileResult
from artlint.told import RuleTotal


class Reporter:
    """For people; may change from version to version (`json` has the same counts)."""

    by_file = True

    def __init__(self, run: Run, colour: bool) -> None:
        self._run = run
        self._colour = colour

    def file(self, result: FileResult) -> str:
        """Only why a file could not be read or written."""
        return "".join(f"{line}\n" for line in trouble(result, self._colour))

    def finish(self, totals: Totals) -> str:
        """A line a rule: findings, fixes of a fixing run, files, code, name."""
        rules = sorted(totals.rules.values(), key=lambda rule: (-rule.findings - rule.fixes, rule.code))
        rows = [self._row(rule) for rule in rules]
        heads = ["fixed", "removed", "left"] if self._run.fixing else ["findings"]
        heads += ["files", "rule", ""]
        lines = _table([heads, *rows], numbers=len(heads) - 2) if rows else []
        if lines:
            lines[0] = paint(lines[0], "bold", self._colour)
            lines.append("")
        return "".join(f"{line}\n" for line in (*lines, *summary(totals, self._colour)))

    def _row(self, rule: RuleTotal) -> list[str]:
        mark = "[*]" if rule.safe else "[unsafe]" if rule.unsafe else ""
        end = [f"{rule.files:,}", rule.code, f"{rule.name} {mark}".rstrip()]
        if self._run.fixing:
            return [f"{rule.fixes:,}", f"{rule.removed:,}", f"{rule.findings:,}", *end]
        return [f"{rule.findings:,}", *end]


def _table(rows: list[list[str]], numbers: int) -> list[str]:
    """Columns side by side, the first ``numbers`` of them to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            f"{cell:>{width}}" if index < numbers else f"{cell:{width}}"
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines
