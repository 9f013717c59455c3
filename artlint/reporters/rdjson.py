"""The Reviewdog Diagnostic Format, with suggestions that a reviewer can accept.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf. Columns count bytes of UTF-8.
"""

from __future__ import annotations

import json
from typing import Any

from artlint.diagnostic import Diagnostic
from artlint.reporters.shared.places import byte_column, current_source, one_edit, posix_path, trouble_of
from artlint.reporters.shared.style import printable_json
from artlint.reporters.shared.totals import Run, Totals
from artlint.runner import FileResult
from artlint.source import Position, Source, Span

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


class Reporter:
    """Stable: the form is reviewdog's."""

    by_file = False

    def __init__(self, run: Run, colour: bool) -> None:
        self._lead = '{"source": {"name": "artlint"}, "diagnostics": ['

    def file(self, result: FileResult) -> str:
        """The diagnostics of one file."""
        source = current_source(result)
        path = posix_path(result.path)
        found = [_diagnostic(path, source, each) for each in result.diagnostics] if source else []
        trouble = trouble_of(result)
        if trouble:
            found.append({"message": trouble, "location": {"path": path}, "severity": "ERROR"})
        text = ""
        for data in found:
            text += f"{self._lead}\n{printable_json(json.dumps(data, ensure_ascii=False))}"
            self._lead = ","
        return text

    def finish(self, totals: Totals) -> str:
        """The end of the list."""
        return "\n]}\n" if self._lead == "," else f"{self._lead}]}}\n"


def _diagnostic(path: str, source: Source, found: Diagnostic) -> dict[str, Any]:
    data: dict[str, Any] = {
        "message": found.message,
        "location": {"path": path, "range": _range(source, found.start, found.end)},
        "severity": _SEVERITIES[found.severity],
        "code": {"value": found.code},
    }
    # Each suggestion is accepted by itself, so edits that belong together are one suggestion.
    edit = one_edit(found, source.text)
    if edit:
        text = edit.text.replace("\n", source.newline)
        data["suggestions"] = [{"range": _span_range(source, edit.span), "text": text}]
    return data


def _span_range(source: Source, span: Span) -> dict[str, Any]:
    return _range(source, source.position(span.start), source.position(span.end))


def _range(source: Source, start: Position, end: Position) -> dict[str, Any]:
    return {"start": _position(source, start), "end": _position(source, end)}


def _position(source: Source, position: Position) -> dict[str, int]:
    return {"line": position.line, "column": byte_column(source, position)}
