"""What a run is about, and what adds up over its files."""

from __future__ import annotations

from dataclasses import dataclass

from artlint.runner import FileResult


@dataclass(frozen=True)
class Run:
    """``fixing``: the command is fix; ``diff``: it writes nothing; ``unsafe``: unsafe fixes apply.

    ``quiet``: reports for people say what is wrong and nothing else.
    """

    fixing: bool = False
    diff: bool = False
    unsafe: bool = False
    quiet: bool = False


@dataclass
class Totals:
    """Counts over the files of a run; ``errors`` are files not read, not written or refused."""

    run: Run
    files: int = 0
    errors: int = 0
    findings: int = 0
    files_with_findings: int = 0
    safe: int = 0
    unsafe: int = 0
    changed: int = 0
    fixes: int = 0

    def add(self, result: FileResult) -> None:
        """Count one file."""
        self.files += 1
        self.errors += result.error is not None or bool(result.fix and result.fix.refused)
        self.findings += len(result.diagnostics)
        self.files_with_findings += bool(result.diagnostics)
        safe = sum(diagnostic.is_fixable() for diagnostic in result.diagnostics)
        self.safe += safe
        self.unsafe += sum(diagnostic.is_fixable(unsafe=True) for diagnostic in result.diagnostics) - safe
        if result.fix:
            self.changed += result.fix.changed
            self.fixes += len(result.fix.applied)

    @property
    def exit_code(self) -> int:
        """0 nothing left to report; 1 findings remain or ``--diff`` would change something; 2 errors."""
        if self.errors:
            return 2
        return 1 if self.findings or (self.run.diff and self.changed) else 0
