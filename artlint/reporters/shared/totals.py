"""What a run is about, and what adds up over its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from artlint.told import FileTotal, RuleTotal

if TYPE_CHECKING:
    from artlint.rule import Rule


_NONE: Mapping[str, Rule] = {}


class Run(NamedTuple):
    """``fixing``: the command is fix; ``diff``: it writes nothing; ``unsafe``: unsafe fixes apply.

    ``quiet``: reports for people say what is wrong and nothing else. ``show_fixes``: they also say what
    each fix does or did. ``rules``: the rules of the run, by code. ``columns``: those of the terminal that
    the report goes to, 0 for none.
    """

    fixing: bool = False
    diff: bool = False
    unsafe: bool = False
    quiet: bool = False
    show_fixes: bool = False
    rules: Mapping[str, Rule] = _NONE
    columns: int = 0


class Totals:
    """Counts over the files of a run.

    ``errors`` are files not read, not written or refused; ``baselined`` findings are not reported;
    ``converted`` are files whose body was written in another syntax.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self.files = 0
        self.errors = 0
        self.findings = 0
        self.files_with_findings = 0
        self.safe = 0
        self.unsafe = 0
        self.changed = 0
        self.converted = 0
        self.fixes = 0
        self.removed = 0
        self.baselined = 0
        self.rules: dict[str, RuleTotal] = {}

    def add(self, file: FileTotal) -> None:
        """Count one file."""
        self.files += 1
        self.errors += file.is_error
        self.findings += file.findings
        self.files_with_findings += bool(file.findings)
        self.baselined += file.baselined
        self.changed += file.is_changed
        self.converted += file.is_converted
        self.fixes += file.fixes
        for rule in file.rules:
            known = self.rules.get(rule.code)
            self.rules[rule.code] = known.plus(rule) if known else rule
            self.safe += rule.safe
            self.unsafe += rule.unsafe
            self.removed += rule.removed

    @property
    def exit_code(self) -> int:
        """0 nothing left to report; 1 findings remain or ``--diff`` would change something; 2 errors."""
        if self.errors:
            return 2
        return 1 if self.findings or (self.run.diff and self.changed) else 0
