"""What reporters report: the results of a run and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from artlint.ledger import LedgerEntry
from artlint.runner import FileResult


@dataclass(frozen=True)
class Report:
    """``command`` is check or fix; ``diff`` says that fixing wrote nothing; ``unsafe`` what applies."""

    results: tuple[FileResult, ...]
    command: str
    diff: bool = False
    unsafe: bool = False

    @property
    def checked(self) -> int:
        return sum(1 for result in self.results if result.error is None)

    @property
    def errors(self) -> int:
        """Files that could not be read or written, or whose fix was refused."""
        return sum(1 for r in self.results if r.error is not None or (r.fix and r.fix.refused))

    @property
    def found(self) -> int:
        return sum(len(result.diagnostics) for result in self.results)

    @property
    def changed(self) -> int:
        return sum(1 for result in self.results if result.fix and result.fix.changed)

    def fixable(self, unsafe: bool) -> int:
        """How many findings a safe fix mends, or with ``unsafe`` how many only an unsafe one."""
        safe = sum(d.is_fixable() for r in self.results for d in r.diagnostics)
        return sum(d.is_fixable(True) for r in self.results for d in r.diagnostics) - safe if unsafe else safe

    def ledger(self) -> Iterator[tuple[str, LedgerEntry]]:
        """``(path, entry)`` for all files."""
        for result in self.results:
            for entry in result.fix.ledger if result.fix else ():
                yield result.path, entry

    @property
    def exit_code(self) -> int:
        """0 nothing left to report; 1 findings remain or ``--diff`` would change something; 2 errors."""
        if self.errors:
            return 2
        return 1 if self.found or (self.diff and self.changed) else 0
