"""Everything about a run as one JSON document; keys are added, never renamed or dropped."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from artlint.diagnostic import Diagnostic
from artlint.reporters.report import Report
from artlint.runner import FileResult


def render(report: Report, colour: bool) -> str:
    """``{"files": […], "summary": {…}}``; offsets are code points, lines and columns 1-based."""
    data = {
        "files": [_file(result) for result in report.results],
        "summary": {
            "checked": report.checked,
            "errors": report.errors,
            "findings": report.found,
            "fixable": report.fixable(unsafe=False),
            "changed": report.changed,
        },
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


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
        data["ledger"] = [dataclasses.asdict(entry) for entry in result.fix.ledger]
    return data


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
