"""A summary for a pull request: counts by rule, and the first findings."""

from __future__ import annotations

import re

from artlint.reporters.concise import place
from artlint.reporters.shared.mark import REPORT_MARK
from artlint.reporters.shared.places import posix_path, trouble_of
from artlint.reporters.shared.style import one_line
from artlint.reporters.shared.summary import closing_lines
from artlint.reporters.shared.totals import Run, Totals
from artlint.runner import FileResult
from artlint.told import RuleTotal

# A comment on GitHub holds 65,536 characters; rows are cut to stay well below.
_ROWS = 100
_LONGEST = 200
# Words that no Markdown dialect takes for anything else: no mention, reference, link, markup or table.
_PLAIN = re.compile(r"(?!.*(?:www\.|GH-))[^\W_](?:[^\W_]|[ ,.;()'%–“”’，。：；（）、-])*")


class Reporter:
    """For people; may change from version to version. Its first line is always the same comment."""

    by_file = False

    def __init__(self, run: Run, colour: bool) -> None:
        self._rows: list[str] = []
        self._left_out = 0

    def file(self, result: FileResult) -> str:
        """Nothing yet: the counts come first."""
        path = code_span(posix_path(result.path))
        trouble = trouble_of(result)
        rows = [f"| {path} | | {words(trouble)} |"] if trouble else []
        for found in result.diagnostics[: _ROWS + 1]:
            fix = " (fixable)" if found.is_fixable() else ""
            rows.append(f"| {path}:{place(found)} | {found.code} | {words(found.message)}{fix} |")
        room = max(0, _ROWS - len(self._rows))
        self._rows += rows[:room]
        self._left_out += len(result.diagnostics) + bool(trouble) - len(rows[:room])
        return ""

    def finish(self, totals: Totals) -> str:
        """The page."""
        parts = [REPORT_MARK, "## artlint", "\n".join(f"{line}  " for line in _summary(totals))]
        if totals.rules:
            rules = sorted(totals.rules.values(), key=lambda rule: (-rule.findings - rule.fixes, rule.code))
            parts.append("\n".join(_rule_table(rules, totals.run.fixing)))
        if self._rows:
            heads = ["| where | rule | what |", "| --- | --- | --- |"]
            more = [f"\nand {self._left_out:,} more"] if self._left_out else []
            listed = "\n".join([*heads, *self._rows, *more])
            parts.append(f"<details><summary>Findings</summary>\n\n{listed}\n\n</details>")
        return "\n\n".join(parts) + "\n"


def _summary(totals: Totals) -> list[str]:
    return closing_lines(totals, colour=False)


def _rule_table(rules: list[RuleTotal], fixing: bool) -> list[str]:
    if fixing:
        heads = ["| rule | | fixed | characters removed | left |", "| --- | --- | ---: | ---: | ---: |"]
        rows = [f"| {r.code} | {r.name} | {r.fixes:,} | {r.removed:,} | {r.findings:,} |" for r in rules]
    else:
        heads = ["| rule | | findings | fixable | files |", "| --- | --- | ---: | ---: | ---: |"]
        rows = [f"| {r.code} | {r.name} | {r.findings:,} | {r.safe:,} | {r.files:,} |" for r in rules]
    return [*heads, *rows]


def words(message: str) -> str:
    """A message with its quoted parts as code; all of it as code where it is not plain words."""
    pieces = one_line(message)[:_LONGEST].split("`")
    if len(pieces) % 2 == 0 or not all(
        _PLAIN.fullmatch(piece.strip()) for piece in pieces[::2] if piece.strip()
    ):
        return code_span(message)
    return "".join(code_span(piece) if index % 2 else piece for index, piece in enumerate(pieces) if piece)


def code_span(text: str) -> str:
    """Text of an article or a file name as code, so that nothing in it is Markdown, HTML or a mention."""
    text = one_line(text)[:_LONGEST].replace("`", "'").replace("|", "\\|").strip()
    return f"`{text}`" if text else "` `"
