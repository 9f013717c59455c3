"""SARIF 2.1.0, the OASIS standard that code scanning services read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
import os
from typing import Any
from urllib.parse import quote

from artlint import __version__
from artlint.diagnostic import Diagnostic
from artlint.reporters.shared.fingerprints import fingerprints
from artlint.reporters.shared.places import (
    applicable_edits,
    current_source,
    posix_path,
    trouble_of,
)
from artlint.reporters.shared.style import printable_json
from artlint.reporters.shared.totals import Run, Totals
from artlint.runner import FileResult
from artlint.source import Position, Source

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"


class Reporter:
    """Stable: the form is the standard's; fingerprints stay as long as the marked text does."""

    by_file = False

    def __init__(self, run: Run, colour: bool) -> None:
        self._run = run
        self._rules: dict[str, dict[str, Any]] = {}  # in the order of their indices
        self._notifications: list[dict[str, Any]] = []
        self._lead = f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{"results": ['

    def file(self, result: FileResult) -> str:
        """The results of one file; what else a log holds comes at its end."""
        place = {"uri": _uri(result.path)}
        if not place["uri"].startswith("file:"):
            place["uriBaseId"] = _ROOT
        trouble = trouble_of(result)
        if trouble:
            self._notifications.append(
                {
                    "level": "error",
                    "message": _message(trouble),
                    "locations": [{"physicalLocation": {"artifactLocation": place}}],
                }
            )
        source = current_source(result)
        text = ""
        for found, fingerprint in fingerprints(result, source):
            data = self._result(found, fingerprint, place, source)
            text += f"{self._lead}\n{_dump(data)}"
            self._lead = ","
        return text

    def finish(self, totals: Totals) -> str:
        """The tool with the rules that spoke, and how the run went."""
        driver = {"name": "artlint", "semanticVersion": __version__, "rules": list(self._rules.values())}
        invocation: dict[str, Any] = {
            "executionSuccessful": not totals.errors,
            "exitCode": totals.exit_code,
            "toolExecutionNotifications": self._notifications,
        }
        rest = {
            "tool": {"driver": driver},
            "invocations": [invocation],
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
        }
        lead = "" if self._lead == "," else self._lead
        return f"{lead}],\n{_dump(rest)[1:]}]}}\n"

    def _result(
        self, found: Diagnostic, fingerprint: str, place: dict[str, str], source: Source | None
    ) -> dict[str, Any]:
        if found.code not in self._rules:
            self._rules[found.code] = self._descriptor(found)
        data: dict[str, Any] = {
            "ruleId": found.code,
            "ruleIndex": list(self._rules).index(found.code),
            "level": found.severity.value,
            "message": _message(found.message),
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": place,
                        "region": _region(found.start, found.end),
                    }
                }
            ],
            "partialFingerprints": {"artlint/v1": fingerprint},
        }
        fix = _fix(found, place, source) if source else None
        return {**data, "fixes": [fix]} if fix else data

    def _descriptor(self, found: Diagnostic) -> dict[str, Any]:
        descriptor: dict[str, Any] = {
            "id": found.code,
            "name": found.name,
            "defaultConfiguration": {"level": found.severity.value},
        }
        rule = self._run.rules.get(found.code)
        if rule:
            descriptor["shortDescription"] = {"text": rule.summary}
            descriptor["fullDescription"] = {"text": rule.why}
            descriptor["help"] = {"text": f"{rule.why}\n\n`artlint rule {rule.code}` shows examples."}
            descriptor["properties"] = {"tags": [rule.family]}
        return descriptor


def _fix(found: Diagnostic, place: dict[str, str], source: Source) -> dict[str, Any] | None:
    edits = applicable_edits(found)
    if not edits or found.fix is None:
        return None
    replacements = [
        {
            "deletedRegion": _region(source.position(edit.span.start), source.position(edit.span.end)),
            "insertedContent": {"text": edit.text.replace("\n", source.newline)},
        }
        for edit in edits
    ]
    return {
        "description": _message(f"{found.fix.title} ({found.fix.applicability.value})"),
        "artifactChanges": [{"artifactLocation": place, "replacements": replacements}],
    }


def _uri(path: str) -> str:
    """A path as a URI reference (RFC 3986); relative where ``posix_path`` is."""
    place = posix_path(path)
    quoted = quote(os.fsencode(place), safe="/")
    if os.path.isabs(place):
        return f"file://{quoted}"
    # A colon in the first segment would make a scheme of it; `quote` writes it as %3A.
    return quoted


def _message(text: str) -> dict[str, str]:
    """A plain-text message in which nothing of an article is a link (section 3.11.6)."""
    return {"text": text.replace("](", "] (")}


def _region(start: Position, end: Position) -> dict[str, int]:
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _dump(data: dict[str, Any]) -> str:
    return printable_json(json.dumps(data, ensure_ascii=False))
