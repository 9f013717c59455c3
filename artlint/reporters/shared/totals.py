"""What a run is about, and what adds up over its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from artlint.runner import FileResult

if TYPE_CHECKING:
    from artlint.rule import Rule


_NONE: Mapping[str, Rule] = {}


class Run(NamedTuple):
    """``fixing``: the command is fix; ``diff``: it writes nothing; ``unsafe``: unsafe fixes apply.

    ``quiet``: reports for people say what is wrong and nothing else. ``show_fixes``: they also say what
    each fix does or did. ``rules``: the rules of the run, by code.
    """

    fixing: bool = False
    diff: bool = False
    unsafe: bool = False
    quiet: bool = False
    show_fixes: bool = False
    rules: Mapping[str, Rule] = _NONE


class RuleTotal:
    """Counts of one rule; ``fixes`` were applied (or would be), ``removed`` are characters of text.

    ``files`` are those with a finding or a fix of the rule.
    """

    def __init__(self, code: str, name: str, files: int = 0) -> None:
        self.code = code
        self.name = name
        self.findings = 0
        self.files = files
        self.safe = 0
        self.unsafe = 0
        self.fixes = 0
        self.removed = 0


class Totals:
    """Counts over the files of a run.

    ``errors`` are files not read, not written or refused; ``baselined`` findings are not reported.
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
        self.fixes = 0
        self.removed = 0
        self.baselined = 0
        self.rules: dict[str, RuleTotal] = {}

    def add(self, result: FileResult) -> None:
        """Count one file."""
        self.files += 1
        self.errors += result.error is not None or bool(result.fix and result.fix.refused)
        self.findings += len(result.diagnostics)
        self.files_with_findings += bool(result.diagnostics)
        self.baselined += len(result.baselined)
        found = rule_totals(result)
        for code, new in found.items():
            known = self.rules.setdefault(code, RuleTotal(code, new.name))
            for count in _COUNTS:
                setattr(known, count, getattr(known, count) + getattr(new, count))
        self.safe += sum(rule.safe for rule in found.values())
        self.unsafe += sum(rule.unsafe for rule in found.values())
        self.removed += sum(rule.removed for rule in found.values())
        if result.fix:
            self.changed += result.fix.changed
            self.fixes += len(result.fix.applied)

    @property
    def exit_code(self) -> int:
        """0 nothing left to report; 1 findings remain or ``--diff`` would change something; 2 errors."""
        if self.errors:
            return 2
        return 1 if self.findings or (self.run.diff and self.changed) else 0


_COUNTS = ("findings", "files", "safe", "unsafe", "fixes", "removed")


def rule_totals(result: FileResult) -> dict[str, RuleTotal]:
    """The counts of one file, by code."""
    found: dict[str, RuleTotal] = {}

    def total(code: str, name: str) -> RuleTotal:
        return found.setdefault(code, RuleTotal(code, name, files=1))

    for diagnostic in result.diagnostics:
        rule = total(diagnostic.code, diagnostic.name)
        rule.findings += 1
        if diagnostic.is_fixable():
            rule.safe += 1
        elif diagnostic.is_fixable(unsafe=True):
            rule.unsafe += 1
    if result.fix:
        for done in result.fix.applied:
            total(done.code, done.name).fixes += 1
        for entry in result.fix.ledger:
            if entry.kind == "text":
                total(entry.code, entry.name).removed += max(0, len(entry.removed) - len(entry.inserted))
    return found
