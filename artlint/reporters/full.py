"""Each finding with its code frame; for fixing runs also the diff and the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from artlint import limits
from artlint.diagnostic import Diagnostic
from artlint.reporters.concise import applied, headline, more, shown, trouble
from artlint.reporters.shared.places import current_source, one_edit
from artlint.reporters.shared.style import count, first_cells, one_line, paint, printable
from artlint.reporters.shared.summary import summary
from artlint.reporters.shared.totals import Run, Totals
from artlint.runner import FileResult
from artlint.source import Source, display_width

if TYPE_CHECKING:
    from artlint.ledger import LedgerEntry

_FRAME_WIDTH = 88  # cells
_LEAST = 10
_PREVIEW = 6  # lines of a fix that are shown, before and after
_NO_NEWLINE = "\\ No newline at end of file"


class Reporter:
    """For people; may change from version to version."""

    by_file = True

    def __init__(self, run: Run, colour: bool) -> None:
        self._run = run
        self._colour = colour

    def file(self, result: FileResult) -> str:
        """The diff (``--diff``), the ledger, and each finding with its frame."""
        blocks = []
        if result.fix and result.fix.changed:
            if self._run.diff:
                blocks.append(diff(result, self._colour))
            if not self._run.quiet:
                blocks.append(_ledger(result, self._run, self._colour))
                blocks.append(_conversion(result, self._run, self._colour))
            if self._run.show_fixes:
                blocks.append("\n".join(f"  {line}" for line in shown(applied(result, self._colour))))
        source = current_source(result)
        listed = result.diagnostics[: limits.SHOWN]
        blocks.extend(self._finding(result.path, source, diagnostic) for diagnostic in listed)
        blocks.extend(f"{one_line(result.path)}: {line}" for line in more(len(result.diagnostics)))
        blocks.extend(trouble(result, self._colour))
        return "".join(f"{block}\n\n" for block in blocks if block)

    def finish(self, totals: Totals) -> str:
        """The summary."""
        return "".join(f"{line}\n" for line in summary(totals, self._colour))

    def _finding(self, path: str, source: Source | None, diagnostic: Diagnostic) -> str:
        lines = [headline(path, diagnostic, self._colour)]
        if source and diagnostic.start.line:
            lines.extend(_frame(source, diagnostic, self._run.columns, self._colour))
        if diagnostic.fix:
            lines.append(f"  {paint('=', 'blue', self._colour)} fix: {one_line(diagnostic.fix.title)}")
            if source and self._run.show_fixes:
                lines.extend(_preview(source, diagnostic, self._run.columns, self._colour))
        return "\n".join(lines)


def diff(result: FileResult, colour: bool) -> str:
    """A unified diff of the file as it is and as fixing would leave it."""
    if result.fix is None or result.source is None:
        return ""
    old = result.source.spell(result.source.text)
    name = one_line(result.path).lstrip("/")
    import difflib  # a check needs none

    lines = difflib.unified_diff(_lines(old), _lines(result.fix.text), f"a/{name}", f"b/{name}", n=2)
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


def _frame(source: Source, diagnostic: Diagnostic, columns: int, colour: bool) -> list[str]:
    """The line of the finding with carets below; a long line is cut to a window around the start."""
    line, column = diagnostic.start
    text = source.lines[line - 1] if line <= len(source.lines) else ""
    end = diagnostic.end.column - 1 if diagnostic.end.line == line else len(text)
    before, marked, after = text[: column - 1], text[column - 1 : end], text[end:]
    gutter = str(line)
    cells = _room(columns, len(gutter) + 6)
    before, marked, after = _window(printable(before), printable(marked), printable(after), cells)
    bar = paint("|", "blue", colour)
    carets = "^" * max(1, display_width(marked))
    return [
        f"  {' ' * len(gutter)} {bar}",
        f"  {paint(gutter, 'blue', colour)} {bar} {before}{marked}{after}",
        f"  {' ' * len(gutter)} {bar} {' ' * display_width(before)}{paint(carets, 'red', colour)}",
    ]


def _room(columns: int, beside: int) -> int:
    """The cells for text that has other things beside it: fewer in a narrow terminal, but a few always."""
    return max(_LEAST, min(_FRAME_WIDTH, columns - beside)) if columns else _FRAME_WIDTH


def _preview(source: Source, diagnostic: Diagnostic, columns: int, colour: bool) -> list[str]:
    """The lines that a fix touches, as they are and as they would be."""
    edit = one_edit(diagnostic, source.text)
    if edit is None:
        return []
    text, (start, end) = source.text, edit.span
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    old, new = text[first:last], text[first:start] + edit.text + text[end:last]
    cells = _room(columns, 6)
    shown = [*_cut_lines(old, "-", "red", cells, colour), *_cut_lines(new, "+", "green", cells, colour)]
    return [f"    {line}" for line in shown]


def _cut_lines(text: str, sign: str, style: str, cells: int, colour: bool) -> list[str]:
    lines = text.split("\n") if text.strip() else []
    cut = [f"{sign} {first_cells(printable(line), cells)}" for line in lines[:_PREVIEW]]
    if len(lines) > _PREVIEW:
        cut.append(f"{sign} … {count(len(lines) - _PREVIEW, 'more line', 'more lines')}")
    return [paint(line, style, colour) for line in cut]


def _window(before: str, marked: str, after: str, cells: int) -> tuple[str, str, str]:
    """Cut a line to ``cells`` (and one for the mark of a cut), so that the start of the marked text shows."""
    before, marked, after = (part.replace("\t", "    ") for part in (before, marked, after))
    if display_width(before) > cells // 2:
        before = "…" + _last_cells(before, cells // 2)
    room = cells - display_width(before)
    if display_width(marked) > room:
        return before, first_cells(marked, room) + "…", ""
    room -= display_width(marked)
    if display_width(after) > room:
        after = first_cells(after, room) + "…"
    return before, marked, after


def _last_cells(text: str, cells: int) -> str:
    return first_cells(text[::-1], cells)[::-1]


def _ledger(result: FileResult, run: Run, colour: bool) -> str:
    if result.fix is None:
        return ""
    path = one_line(result.path)
    applied = result.fix.applied
    done = f"{count(len(applied), 'fix', 'fixes')} {'would apply' if run.diff else 'applied'}"
    if not (applied or result.fix.ledger):
        return ""  # it was converted and nothing else
    if not result.fix.ledger:
        return paint(f"{path}: {done}; no text, link, picture or value is removed", "bold", colour)
    head = paint(f"{path}: {done}; removed or replaced:", "bold", colour)
    return "\n".join([head, *(_entry(entry, colour) for entry in result.fix.ledger)])


def _conversion(result: FileResult, run: Run, colour: bool) -> str:
    conversion = result.fix.conversion if result.fix else None
    if conversion is None:
        return ""
    kept = conversion.kept
    head = f"{one_line(result.path)}: body {'would be ' if run.diff else ''}converted"
    if result.renamed:
        old, new = map(one_line, result.renamed)
        head += f", the file renamed {new}" if run.diff else f", the file renamed from {old}"
    if conversion.blocks:
        blocks = count(conversion.blocks, "block is", "blocks are")
        head += f"; {conversion.blocks - len(kept)} of {blocks} Markdown"
    lines = [f"  line {block.line} of the body stays HTML: {one_line(block.reason)}" for block in kept]
    return "\n".join([paint(head, "bold", colour), *lines])


def _entry(entry: LedgerEntry, colour: bool) -> str:
    place = f"line {entry.line}:"
    removed = paint(f"- {one_line(entry.removed)}", "red", colour) if entry.removed else ""
    inserted = paint(f"+ {one_line(entry.inserted)}", "green", colour) if entry.inserted else ""
    lines = [f"  {place} {entry.kind} {entry.code} {one_line(entry.reason)}"]
    lines.extend(f"      {change}" for change in (removed, inserted) if change)
    return "\n".join(lines)
