"""The closing lines of a report for people."""

from __future__ import annotations

from artlint.reporters.report import Report
from artlint.reporters.style import paint


def summary(report: Report, colour: bool) -> list[str]:
    """What was found or done, and what can be done next."""
    lines = [_fixed(report)] if report.command == "fix" else []
    if report.found:
        kind = "findings remain" if report.command == "fix" else "findings"
        files = sum(1 for result in report.results if result.diagnostics)
        lines.append(paint(f"{_count(report.found, kind)} in {_count(files, 'files')}.{_can_be_fixed(report)}", "bold", colour))
    elif report.command == "check" and report.checked:
        lines.append(paint(f"No findings in {_count(report.checked, 'files')}.", "green", colour))
    if report.errors:
        lines.append(paint(f"{_count(report.errors, 'files')} could not be processed.", "red", colour))
    return [line for line in lines if line]


def _fixed(report: Report) -> str:
    if not report.checked:
        return ""
    verb = "would change" if report.diff else "changed"
    fixes = sum(len(result.fix.applied) for result in report.results if result.fix)
    if not report.changed:
        return f"Nothing to fix in {_count(report.checked, 'files')}."
    return f"{_count(fixes, 'fixes')} {verb} {_count(report.changed, 'files')} of {report.checked}."


def _can_be_fixed(report: Report) -> str:
    safe, unsafe = report.fixable(unsafe=False), report.fixable(unsafe=True)
    parts = []
    if safe and report.command == "check":
        parts.append(f" {safe} can be fixed with `artlint fix`")
    if unsafe and not report.unsafe:
        parts.append(f" {unsafe} more with `artlint fix --unsafe-fixes`")
    return ("," if False else "").join([]) + (";".join(parts) + "." if parts else "")


def _count(number: int, noun: str) -> str:
    """``1 file``, ``2 files``: nouns come in the plural."""
    if number == 1:
        singular = {"findings remain": "finding remains", "findings": "finding", "fixes": "fix", "files": "file"}
        noun = singular.get(noun, noun)
    return f"{number:,} {noun}"
