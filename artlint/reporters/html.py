"""One HTML file to look at: overview, differences with the rule beside each change, ledger, the articles.

It loads nothing (its content security policy forbids that), so it works from a disk and in an e-mail. The
data of each file stands in a script element of its own as JSON and is read when somebody opens the file.
The script builds the page with text nodes only; nothing of an article is ever markup outside of the
sandboxed frames that show it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from artlint import __version__, limits
from artlint.diagnostic import Diagnostic, apply_edits
from artlint.document import Document
from artlint.overlaps import choose
from artlint.reporters.shared.compare import Row, Segment, compare
from artlint.reporters.shared.mark import REPORT_MARK
from artlint.reporters.shared.places import current_source, posix_path, trouble_of
from artlint.reporters.shared.style import UNSAFE, printable_json
from artlint.reporters.shared.totals import Run, Totals
from artlint.rule import FAMILIES
from artlint.runner import FileResult
from artlint.source import Source
from artlint.told import RuleTotal, file_total

_ASSETS = Path(__file__).parent / "assets"
_LARGEST = 1_000_000  # characters of a file whose text is part of the report
# Inside a script element `</script` and `<!--` must not appear; as escapes of JSON they cannot.
_DATA = re.compile(r'(?:<script type="application/json" id="[a-z0-9]+">[^<>&]*</script>\n)+')
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


class Reporter:
    """For people; may change from version to version."""

    by_file = False

    def __init__(self, run: Run, colour: bool) -> None:
        self._run = run
        self._lead = _head()
        self._files: list[dict[str, Any]] = []

    def file(self, result: FileResult) -> str:
        """The data of a file of which there is something to say."""
        found = file_total(result).rules
        trouble = trouble_of(result)
        if not found and trouble is None:
            return ""
        self._files.append(
            {
                "path": posix_path(result.path),
                "error": trouble,
                "changed": bool(result.fix and result.fix.changed),
                "rules": [[rule.code, rule.findings, rule.fixes, rule.removed] for rule in found],
            }
        )
        lead, self._lead = self._lead, ""
        return f"{lead}{_data(f'file{len(self._files) - 1}', _details(result))}"

    def finish(self, totals: Totals) -> str:
        """The index, and the script that shows it."""
        counts = {name: value for name, value in vars(totals).items() if isinstance(value, int)}
        run = {
            "version": __version__,
            "mode": ("fix --diff" if self._run.diff else "fix") if self._run.fixing else "check",
            "totals": counts,
            "families": FAMILIES,
            "rules": {code: self._rule(totals.rules[code]) for code in sorted(totals.rules)},
            "files": self._files,
            "unsafeCharacters": UNSAFE.pattern,
        }
        return f"{self._lead}{_data('run', run)}{_tail()}"

    def _rule(self, total: RuleTotal) -> dict[str, Any]:
        rule = self._run.rules.get(total.code)
        if rule is None:
            return {**total._asdict(), "family": ""}
        return {**total._asdict(), "family": rule.family, "summary": rule.summary, "why": rule.why}


def is_whole_report(text: str) -> bool:
    """Whether a page is a report as this version writes it, whole and with nothing added.

    A page that only looks like one, which somebody may have written into an article, is not.
    """
    start, end = _head(), _tail()
    if not (text.startswith(start) and text.endswith(end) and len(text) >= len(start) + len(end)):
        return False
    return _DATA.fullmatch(text, len(start), len(text) - len(end)) is not None


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _head() -> str:
    digest = base64.b64encode(hashlib.sha256(_asset("report.js").encode()).digest()).decode()
    page = _asset("report.html").replace("{{script}}", f"sha256-{digest}")
    return page.replace("{{mark}}", REPORT_MARK).replace("{{style}}", _asset("report.css"))


def _tail() -> str:
    return f"<script>{_asset('report.js')}</script>\n</body>\n</html>\n"


def _data(name: str, data: Any) -> str:
    text = printable_json(json.dumps(data, ensure_ascii=False, separators=(",", ":"))).translate(_ESCAPES)
    return f'<script type="application/json" id="{name}">{text}</script>\n'


def _details(result: FileResult) -> dict[str, Any]:
    """What the page of a file shows."""
    found, fix = result.diagnostics[: limits.SHOWN], result.fix
    details: dict[str, Any] = {
        "findings": [_finding(each) for each in found],
        "more": len(result.diagnostics) - len(found),
    }
    if fix:
        done = sorted(fix.applied, key=lambda each: (each.start, each.code))
        details["applied"] = [_finding(each) for each in done[: limits.SHOWN]]
        details["isConverted"] = fix.conversion is not None
        details["ledger"] = [
            [entry.kind, entry.removed, entry.inserted, entry.line, entry.code, entry.reason]
            for entry in sorted(fix.ledger, key=lambda entry: entry.line)
        ]
    before, after, applied = _texts(result)
    if before is None or after is None:
        return details
    if len(before.text) + len(after.text) > _LARGEST:
        return {**details, "tooLarge": True}
    details["rows"] = [_row(row) for row in compare(before.text, after.text, applied)]
    details["preview"] = _preview(before, after)
    return details


def _texts(result: FileResult) -> tuple[Source | None, Source | None, tuple[Diagnostic, ...]]:
    """The text as it was, as it is or would be, and the findings whose fixes make the difference.

    After a check that is what the safe fixes of its findings do, without the findings that only show
    up then.
    """
    if result.source is None or result.fix:
        return result.source, current_source(result), result.fix.applied if result.fix else ()
    chosen = choose([found for found in result.diagnostics if found.is_fixable()])
    edits = sorted(
        (edit for each in chosen if each.fix for edit in each.fix.edits), key=lambda edit: edit.span
    )
    fixed = result.source.with_text(apply_edits(result.source.text, edits))
    return result.source, fixed, tuple(chosen)


def _finding(found: Diagnostic) -> list[Any]:
    fix = [found.fix.title, found.fix.applicability.value] if found.fix else None
    return [found.start.line, found.start.column, found.code, found.severity.value, found.message, fix]


def _row(row: Row) -> list[Any]:
    """``[line, text, codes]`` twice in one: equal rows say their text once."""
    before, after = row.before, row.after
    numbers = [before.line if before else 0, after.line if after else 0]
    if not row.is_changed:
        return [*numbers, _text(before)]
    return [*numbers, _text(before), _text(after), list(row.codes)]


def _text(segment: Segment | None) -> str | None:
    return None if segment is None else segment.text


def _preview(before: Source, after: Source) -> dict[str, Any]:
    """What frames show: Markdown as HTML; of HTML only on which line the body starts (the rows have it)."""
    sides: list[dict[str, Any]] = []
    for source in (before, after):
        body = Document(source).body
        if body.kind == "markdown":
            from artlint.document.markdown import markdown_to_html

            sides.append({"html": markdown_to_html(body.text)})
        else:
            sides.append({"line": source.position(body.span.start).line})
    return {"before": sides[0], "after": sides[1]}
