"""A Code Quality report of GitLab CI.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from artlint.reporters.shared.fingerprints import fingerprints
from artlint.reporters.shared.places import current_source, posix_path, trouble_of
from artlint.reporters.shared.style import printable_json
from artlint.reporters.shared.totals import Run, Totals
from artlint.runner import FileResult

_SEVERITIES = {"error": "critical", "warning": "minor", "note": "info"}


class Reporter:
    """Stable: the form is GitLab's; a fingerprint does not change with the lines above a finding."""

    by_file = False

    def __init__(self, run: Run, colour: bool) -> None:
        self._lead = "[\n"

    def file(self, result: FileResult) -> str:
        """The issues of one file."""
        text = ""
        for issue in _issues(result):
            text += self._lead + printable_json(json.dumps(issue, ensure_ascii=False))
            self._lead = ",\n"
        return text

    def finish(self, totals: Totals) -> str:
        """The end of the list."""
        return "[]\n" if self._lead == "[\n" else "\n]\n"


def _issues(result: FileResult) -> list[dict[str, Any]]:
    path = posix_path(result.path)
    issues: list[dict[str, Any]] = [
        {
            "description": f"{found.code} {found.message}",
            "check_name": found.name,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[found.severity],
            "location": {
                "path": path,
                "lines": {"begin": found.start.line, "end": max(found.start.line, found.end.line)},
            },
        }
        for found, fingerprint in fingerprints(result, current_source(result))
    ]
    trouble = trouble_of(result)
    if trouble:
        digest = hashlib.sha256(f"{path}\0{trouble}".encode("utf-8", "surrogatepass")).hexdigest()
        issues.append(
            {
                "description": trouble,
                "check_name": "unprocessed",
                "fingerprint": digest,
                "severity": "blocker",
                "location": {"path": path, "lines": {"begin": 1, "end": 1}},
            }
        )
    return issues
