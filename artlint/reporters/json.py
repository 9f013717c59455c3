"""Everything about a run as one JSON document; keys are added, never renamed or dropped."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from artlint.diagnostic import Diagnostic
from artlint.reporters.shared.style import printable_json
from artlint.reporters.shared.totals import Run, Totals
from artlint.runner import FileResult

if TYPE_CHECKING:
    from artlint.canonical.convert import Conversion


class Reporter:
    """``{"files": […], "summary": {…}}``; offsets are code points, lines and columns 1-based."""

    by_file = False

    def __init__(self, run: Run, colour: bool) -> None:
        self._files = 0

    def file(self, result: FileResult) -> str:
        """One element of ``files``."""
        self._files += 1
        lead = '{"files": [\n' if self._files == 1 else ",\n"
        return lead + printable_json(json.dumps(_file(result), ensure_ascii=False, indent=2))

    def finish(self, totals: Totals) -> str:
        """The summary: counts over all files."""
        lead = "\n]" if self._files else '{"files": []'
        return f'{lead}, "summary": {json.dumps(summary_data(totals))}}}\n'


def summary_data(totals: Totals) -> dict[str, Any]:
    """The counts of a run as plain data, by rule too."""
    counts = {key: value for key, value in vars(totals).items() if key not in ("run", "rules")}
    rules = [totals.rules[code]._asdict() for code in sorted(totals.rules)]
    return {**counts, "rules": rules, "exit_code": totals.exit_code}


def _file(result: FileResult) -> dict[str, Any]:
    data: dict[str, Any] = {
        "path": result.path,
        "error": result.error,
        "diagnostics": [diagnostic_data(diagnostic) for diagnostic in result.diagnostics],
    }
    if result.fix:
        data["changed"] = result.fix.changed
        data["refused"] = result.fix.refused
        data["applied"] = [diagnostic_data(diagnostic) for diagnostic in result.fix.applied]
        data["renamed"] = result.renamed and dict(zip(("from", "to"), result.renamed, strict=True))
        data["conversion"] = _conversion_data(result.fix.conversion)
        data["ledger"] = [entry._asdict() for entry in result.fix.ledger]
    return data


def _conversion_data(conversion: Conversion | None) -> dict[str, Any] | None:
    if conversion is None:
        return None
    return {**conversion._asdict(), "kept": [block._asdict() for block in conversion.kept]}


def diagnostic_data(diagnostic: Diagnostic) -> dict[str, Any]:
    """A finding as plain data."""
    fix = diagnostic.fix
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "message": diagnostic.message,
        "severity": diagnostic.severity.value,
        "span": list(diagnostic.span),
        "start": diagnostic.start._asdict(),
        "end": diagnostic.end._asdict(),
        "fix": fix
        and {
            "title": fix.title,
            "applicability": fix.applicability.value,
            "edits": [{"span": list(edit.span), "text": edit.text} for edit in fix.edits],
        },
    }
