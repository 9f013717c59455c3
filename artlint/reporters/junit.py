"""JUnit XML: a test suite for each file, a failed test case for each finding.

The elements and attributes are those that Jenkins reads (junit-10.xsd of its xUnit plugin) and GitLab.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from artlint.diagnostic import Diagnostic
from artlint.reporters.concise import place
from artlint.reporters.shared.places import posix_path, trouble_of
from artlint.reporters.shared.style import printable
from artlint.reporters.shared.totals import Run, Totals
from artlint.runner import FileResult

# What XML 1.0 cannot hold, not even as a reference (`printable` writes out the control characters).
_ILLEGAL = re.compile("[\ud800-\udfff\ufffe\uffff]")


class Reporter:
    """Stable: names of suites and cases, and the kind of a failure, stay."""

    by_file = False

    def __init__(self, run: Run, colour: bool) -> None:
        self._lead = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="artlint">\n'

    def file(self, result: FileResult) -> str:
        """The suite of one file; without findings it holds one passed case."""
        path, trouble = posix_path(result.path), trouble_of(result)
        cases = [_case(path, found) for found in result.diagnostics]
        if trouble:
            cases.append(_testcase(path, "file", f"      <error{_attribute('message', trouble)}/>\n"))
        tests, errors = max(1, len(cases)), int(trouble is not None)
        counts = f'tests="{tests}" failures="{len(result.diagnostics)}" errors="{errors}" skipped="0"'
        body = "".join(cases) or _testcase(path, "file", "")
        lead, self._lead = self._lead, ""
        return f"{lead}  <testsuite{_attribute('name', path)} {counts}>\n{body}  </testsuite>\n"

    def finish(self, totals: Totals) -> str:
        """The end of the document."""
        return f"{self._lead}</testsuites>\n"


def _case(path: str, found: Diagnostic) -> str:
    kind = _attribute("type", f"{found.code} {found.name}")
    text = f"{path}:{place(found)} {found.code} {found.message}"
    if found.fix:
        text += f"\nfix ({found.fix.applicability.value}): {found.fix.title}"
    failure = f"      <failure{kind}{_attribute('message', found.message)}>{_text(text)}</failure>\n"
    return _testcase(path, f"{found.code} {found.name} ({place(found)})", failure)


def _testcase(path: str, name: str, inner: str) -> str:
    head = f"    <testcase{_attribute('classname', path)}{_attribute('name', name)}"
    return f"{head}>\n{inner}    </testcase>\n" if inner else f"{head}/>\n"


def _attribute(name: str, value: str) -> str:
    return f" {name}={quoteattr(_legal(value))}"


def _text(value: str) -> str:
    return escape(_legal(value))


def _legal(value: str) -> str:
    return _ILLEGAL.sub(lambda found: f"\\u{ord(found.group()):04x}", printable(value))
