"""Each finding with its code frame; for fixing runs also the diff and the ledger."""

from __future__ import annotations

import difflib

from artlint.diagnostic import Diagnostic
from artlint.ledger import LedgerEntry
from artlint.reporters.concise import headline, trouble
from artlint.reporters.report import Report
from artlint.reporters.style import one_line, paint, printable
from artlint.reporters.summary import summary
from artlint.runner import FileResult
from artlint.source import Source, display_width

_FRAME_WIDTH = 88
_NO_NEWLINE = "\\ No newline at end of file"


def render(report: Report, colour: bool) -> str:
    """Findings with frames, diffs (``--diff``), the ledger, and the summary."""
    blocks = []
    for result in report.results:
        if report.diff and result.fix and result.fix.changed:
            blocks.append(diff(result, colour))
        blocks.extend(_finding(result, diagnostic, colour) for diagnostic in result.diagnostics)
        blocks.extend(trouble(result, colour))
    blocks.append(_ledger(report, colour))
    blocks.append("\n".join(summary(report, colour)))
    return "\n\n".join(block for block in blocks if block) + "\n"


def diff(result: FileResult, colour: bool) -> str:
    """A unified diff of the file as it is and as fixing would leave it."""
    if result.fix is None or result.source is None:
        return ""
    old = result.source.spell(result.source.text)
    path = one_line(result.path)
    lines = difflib.unified_diff(_lines(old), _lines(result.fix.text), f"a/{path}", f"b/{path}", n=2)
    return "\n".join(_painted(printable(line.rstrip("\n")), colour) for line in lines)


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    last = lines.pop()
    return [*lines, *([f"{last}\n{_NO_NEWLINE}"] if last else [])]


def _painted(line: str, colour: bool) -> str:
    if line.startswith(("---", "+++")):
        return paint(line, "bold", colour)
    styles = {"+": "green", "-": "red", "@": "cyan"}
    style = styles.get(line[:1])
    return paint(line, style, colour) if style else line


def _finding(result: FileResult, diagnostic: Diagnostic, colour: bool) -> str:
    lines = [headline(result.path, diagnostic, colour)]
    if result.source and diagnostic.start.line:
        lines.extend(_frame(result, diagnostic, colour))
    if diagnostic.fix:
        lines.append(f"  {paint('=', 'blue', colour)} fix: {one_line(diagnostic.fix.title)}")
    return "\n".join(lines)


def _frame(result: FileResult, diagnostic: Diagnostic, colour: bool) -> list[str]:
    """The line of the finding with carets below; a long line is cut to a window around the start."""
    source = result.source
    if source is None:
        return []
    if result.fix and result.fix.changed:
        source = Source.from_text(result.fix.text)
    line, column = diagnostic.start
    text = source.lines[line - 1] if line <= len(source.lines) else ""
    end = diagnostic.end.column - 1 if diagnostic.end.line == line else len(text)
    before, marked, after = text[: column - 1], text[column - 1 : end], text[end:]
    before, marked, after = _window(printable(before), printable(marked), printable(after))
    gutter = str(line)
    bar = paint("|", "blue", colour)
    carets = "^" * max(1, display_width(marked))
    return [
        f"  {' ' * len(gutter)} {bar}",
        f"  {paint(gutter, 'blue', colour)} {bar} {before}{marked}{after}",
        f"  {' ' * len(gutter)} {bar} {' ' * display_width(before)}{paint(carets, 'red', colour)}",
    ]


def _window(before: str, marked: str, after: str) -> tuple[str, str, str]:
    """Cut a line to the width of the frame, so that the start of the marked text shows."""
    before, marked, after = (part.replace("\t", "    ") for part in (before, marked, after))
    if display_width(before) > _FRAME_WIDTH // 2:
        before = "…" + _last_cells(before, _FRAME_WIDTH // 2)
    room = _FRAME_WIDTH - display_width(before)
    if display_width(marked) > room:
        return before, _first_cells(marked, room) + "…", ""
    room -= display_width(marked)
    if display_width(after) > room:
        after = _first_cells(after, room) + "…"
    return before, marked, after


def _first_cells(text: str, cells: int) -> str:
    used = 0
    for index, character in enumerate(text):
        used += display_width(character)
        if used > cells:
            return text[:index]
    return text


def _last_cells(text: str, cells: int) -> str:
    return _first_cells(text[::-1], cells)[::-1]


def _ledger(report: Report, colour: bool) -> str:
    entries = list(report.ledger())
    if not entries:
        return ""
    head = "Removed or replaced:" if not report.diff else "Would be removed or replaced:"
    return "\n".join([paint(head, "bold", colour), *(_entry(path, entry, colour) for path, entry in entries)])


def _entry(path: str, entry: LedgerEntry, colour: bool) -> str:
    place = f"{one_line(path)}:{entry.line}"
    removed = paint(f"- {one_line(entry.removed)}", "red", colour) if entry.removed else ""
    inserted = paint(f"+ {one_line(entry.inserted)}", "green", colour) if entry.inserted else ""
    lines = [f"  {place} {entry.kind} {entry.code} {one_line(entry.reason)}"]
    lines.extend(f"      {change}" for change in (removed, inserted) if change)
    return "\n".join(lines)
