"""What a run says of one file: plain data, which goes from process to process and stays in the cache."""

from __future__ import annotations

from operator import add
from typing import TYPE_CHECKING, Any, NamedTuple

from artlint.diagnostic import Applicability

if TYPE_CHECKING:
    from artlint.runner import FileResult


class RuleTotal(NamedTuple):
    """Counts of one rule; ``fixes`` were applied (or would be), ``removed`` are characters of text.

    ``files`` are those with a finding or a fix of the rule.
    """

    code: str
    name: str
    findings: int = 0
    files: int = 0
    safe: int = 0
    unsafe: int = 0
    fixes: int = 0
    removed: int = 0

    def plus(self, other: RuleTotal) -> RuleTotal:
        """The counts of both; of one rule."""
        return RuleTotal(*self[:2], *map(add, self[2:], other[2:]))


class FileTotal(NamedTuple):
    """Counts of one file; ``rules`` are those with a finding or a fix in it."""

    is_error: bool
    findings: int
    baselined: int
    is_changed: bool
    is_converted: bool
    fixes: int
    rules: tuple[RuleTotal, ...]


class Told(NamedTuple):
    """What the reporters of a run say of one file.

    ``texts`` are theirs, None where one has to see the ``result`` itself (None when none has to), of
    which ``shown`` findings are listed.
    """

    path: str
    total: FileTotal
    texts: tuple[str | None, ...]
    shown: int
    baselined: tuple[str, ...] = ()
    result: FileResult | None = None


def file_total(result: FileResult) -> FileTotal:
    """The counts of one file."""
    fix = result.fix
    return FileTotal(
        result.error is not None or bool(fix and fix.refused),
        len(result.diagnostics),
        len(result.baselined),
        bool(fix and fix.changed),
        bool(fix and fix.changed and fix.conversion),
        len(fix.applied) if fix else 0,
        _rule_totals(result),
    )


def _rule_totals(result: FileResult) -> tuple[RuleTotal, ...]:
    counts: dict[tuple[str, str], _Counts] = {}
    for found in result.diagnostics:
        of_rule = counts.setdefault((found.code, found.name), _Counts())
        of_rule.findings += 1
        if found.fix:
            of_rule.safe += found.fix.applicability is Applicability.SAFE
            of_rule.unsafe += found.fix.applicability is Applicability.UNSAFE
    for done in result.fix.applied if result.fix else ():
        counts.setdefault((done.code, done.name), _Counts()).fixes += 1
    for entry in result.fix.ledger if result.fix else ():
        if entry.kind == "text":
            removed = max(0, len(entry.removed) - len(entry.inserted))
            counts.setdefault((entry.code, entry.name), _Counts()).removed += removed
    return tuple(
        [
            RuleTotal(code, name, of.findings, 1, of.safe, of.unsafe, of.fixes, of.removed)
            for (code, name), of in counts.items()
        ]
    )


class _Counts:
    findings = safe = unsafe = fixes = removed = 0


def to_row(told: Told) -> list[Any] | None:
    """What was told as plain data that JSON can hold; None where a reporter has to see the result."""
    if told.result is not None:
        return None
    return [*told.total, told.texts, told.shown]


def from_row(path: str, row: Any) -> Told:
    """What was told of the file at ``path``. Raises ValueError, TypeError or LookupError for no such row."""
    is_error, findings, baselined, is_changed, is_converted, fixes, rules, texts, shown = row
    totals = tuple([RuleTotal(*rule) for rule in rules])
    total = FileTotal(is_error, findings, baselined, is_changed, is_converted, fixes, totals)
    return Told(path, total, tuple(texts), shown)
