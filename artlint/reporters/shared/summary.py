"""The closing lines of a report for people."""

from __future__ import annotations

from artlint.reporters.shared.style import count, paint
from artlint.reporters.shared.totals import Totals


def summary(totals: Totals, colour: bool) -> list[str]:
    """What was found or done, and what can be done next; nothing in a quiet run."""
    if totals.run.quiet:
        return []
    return closing_lines(totals, colour)


def closing_lines(totals: Totals, colour: bool) -> list[str]:
    """The summary, of a quiet run too."""
    lines = []
    read = totals.files - totals.errors
    if totals.run.fixing and read > 0:
        lines.append(paint(_fixed(totals), "green", colour))
    if totals.findings:
        noun = "finding remains" if totals.run.fixing else "finding"
        plural = "findings remain" if totals.run.fixing else "findings"
        where = f"in {count(totals.files_with_findings, 'file', 'files')}"
        text = f"{count(totals.findings, noun, plural)} {where}.{_what_next(totals)}"
        lines.append(paint(text, "bold", colour))
    elif not totals.run.fixing and read > 0:
        lines.append(paint(f"No findings in {count(read, 'file', 'files')}.", "green", colour))
    if totals.baselined:
        hidden = count(totals.baselined, "finding", "findings")
        lines.append(f"{hidden} of the baseline not shown; `--no-baseline` shows all.")
    if totals.errors:
        text = f"{count(totals.errors, 'file', 'files')} could not be processed"
        text += "; nothing was written there." if totals.run.fixing else "."
        lines.append(paint(text, "red", colour))
    return lines


def _fixed(totals: Totals) -> str:
    if not totals.changed:
        return f"Nothing to fix in {count(totals.files - totals.errors, 'file', 'files')}."
    files = f"{count(totals.changed, 'file', 'files')} of {totals.files:,}"
    done = [count(totals.fixes, "fix", "fixes")] if totals.fixes or not totals.converted else []
    done += [count(totals.converted, "conversion", "conversions")] if totals.converted else []
    if totals.run.diff:
        return f"{' and '.join(done)} would change {files}; nothing was written."
    return f"{' and '.join(done)} changed {files}."


def _what_next(totals: Totals) -> str:
    hints = []
    if totals.safe and not totals.run.fixing:
        hints.append(f"{totals.safe:,} can be fixed with `artlint fix`")
    if totals.unsafe and not totals.run.unsafe:
        hints.append(f"{totals.unsafe:,} more with `artlint fix --unsafe-fixes`")
    return f" {'; '.join(hints)}." if hints else ""
