"""One JSON object a line: findings, applied fixes, ledger entries, errors, and the summary at the end.

Keys are added, never renamed or dropped; `type` says what a line is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from artlint.reporters.json import diagnostic_data, summary_data
from artlint.reporters.shared.places import trouble_of
from artlint.reporters.shared.style import printable_json
from artlint.reporters.shared.totals import Run, Totals
from artlint.runner import FileResult


class Reporter:
    """For pipelines that read line by line; nothing is kept of a file."""

    by_file = True

    def __init__(self, run: Run, colour: bool) -> None:
        pass

    def file(self, result: FileResult) -> str:
        """The lines of one file, each with its ``path``."""
        return "".join(_line({"type": kind, "path": result.path, **data}) for kind, data in _data(result))

    def finish(self, totals: Totals) -> str:
        """The summary."""
        return _line({"type": "summary", **summary_data(totals)})


def _data(result: FileResult) -> Iterator[tuple[str, dict[str, Any]]]:
    for diagnostic in result.diagnostics:
        yield "finding", diagnostic_data(diagnostic)
    if result.fix:
        for done in result.fix.applied:
            yield "fix", diagnostic_data(done)
        for entry in result.fix.ledger:
            yield "ledger", entry._asdict()
    trouble = trouble_of(result)
    if trouble:
        yield "error", {"message": trouble}


def _line(data: dict[str, Any]) -> str:
    return printable_json(json.dumps(data, ensure_ascii=False)) + "\n"
