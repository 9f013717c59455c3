"""Asking about each fix at the terminal, with the words of `git add --patch`."""

from __future__ import annotations

import difflib
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from artlint.diagnostic import Diagnostic, apply_edits
from artlint.document import Document
from artlint.errors import ArtlintError
from artlint.reporters.shared.style import count, one_line, paint, printable
from artlint.source import Source
from artlint.verdict import Judge, Origin, Verdict

_HELP = """\
y - apply this fix
n - do not apply it
a - apply this fix and all later ones in this file
d - apply neither this fix nor any later one in this file
r - apply this fix and all later ones of this rule, in all files
q - quit: apply nothing more; what was accepted is written
? - show this help
"""
_CONTEXT = 2  # lines
_LONGEST = 40  # lines of a diff
_WIDTH = 100  # terminal cells
_AROUND = 30  # characters beside what changes in a long line


class Dialogue:
    """The person at the terminal; ``is_over`` once they quit."""

    def __init__(self, colour: bool, unsafe: bool) -> None:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise ArtlintError("`--interactive` asks at a terminal, and there is none; leave it out")
        self.is_over = False
        self.colour = colour
        self.unsafe = unsafe
        self.accepted: set[str] = set()

    def judge(self, source: Source) -> Judge:
        """The judge of one file."""
        return _Asker(self, source)

    def ask(self, place: str, document: Document, finding: Diagnostic) -> str:
        """Show a fix; returns the letter that was chosen."""
        with _clock_stopped():
            print(_shown(place, document, finding, self.colour))
            while True:
                print(paint("Apply this fix [y,n,a,d,r,q,?]? ", "bold", self.colour), end="", flush=True)
                line = sys.stdin.readline()
                answer = line.strip().lower() if line else "q"
                if not line:
                    print()
                if answer and answer in "ynadrq":
                    return answer
                print(_HELP, end="")


class _Asker(Judge):
    def __init__(self, dialogue: Dialogue, source: Source) -> None:
        self._dialogue = dialogue
        self._source = source
        self._rest: Verdict | None = None

    def verdicts(self, document: Document, found: Sequence[Diagnostic], origin: Origin) -> list[Verdict]:
        return [self._verdict(document, finding, origin) for finding in found]

    def _verdict(self, document: Document, finding: Diagnostic, origin: Origin) -> Verdict:
        talk = self._dialogue
        if not finding.is_fixable(talk.unsafe):
            return Verdict.FIX
        if talk.is_over:
            return Verdict.SHOW
        if self._rest is not None:
            return self._rest
        if finding.code in talk.accepted:
            return Verdict.FIX
        line, column = self._source.position(origin(finding.span.start))
        answer = talk.ask(f"{self._source.path}:{line}:{column}", document, finding)
        verdict = Verdict.FIX if answer in "yar" else Verdict.SHOW
        if answer in "ad":
            self._rest = verdict
        elif answer == "r":
            talk.accepted.add(finding.code)
        elif answer == "q":
            talk.is_over = True
        return verdict


@contextmanager
def _clock_stopped() -> Iterator[None]:
    """Let nobody run out of time who reads a question."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    left, _ = signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, left)


def _shown(place: str, document: Document, finding: Diagnostic, colour: bool) -> str:
    title = one_line(finding.fix.title) if finding.fix else ""
    mark = "" if finding.is_fixable() else " [unsafe]"
    code = f"{paint(finding.code, 'yellow', colour)} {finding.name}"
    lines = [
        "",
        f"{paint(one_line(place), 'bold', colour)} {code}: {one_line(finding.message)}",
        f"  fix: {title}{mark}",
        *_diff(document, finding, colour),
    ]
    return "\n".join(lines)


def _diff(document: Document, finding: Diagnostic, colour: bool) -> list[str]:
    """The lines that a fix changes, with some around them, each cut to what matters."""
    edits = sorted(finding.fix.edits if finding.fix else (), key=lambda edit: edit.span)
    if not edits:
        return []
    old, new = document.text, apply_edits(document.text, edits)
    start = _line_start(old, edits[0].span.start)
    end = _line_end(old, max(edit.span.end for edit in edits))
    left, right = old[start:end].split("\n"), new[start : end + len(new) - len(old)].split("\n")
    lines: list[str] = []
    for group in difflib.SequenceMatcher(None, left, right, autojunk=False).get_grouped_opcodes(_CONTEXT):
        lines += ["  ⋮"] if lines else []
        for _, i1, i2, j1, j2 in group:
            lines += _changed(left[i1:i2], right[j1:j2], colour)
    more = len(lines) - _LONGEST
    return [*lines[:_LONGEST], *([f"  and {count(more, 'more line', 'more lines')}"] if more > 0 else [])]


def _changed(old: Sequence[str], new: Sequence[str], colour: bool) -> list[str]:
    if old == new:
        return [f"    {_clipped(line)}" for line in old]
    if len(old) == len(new):
        pairs = [_cut(left, right) for left, right in zip(old, new, strict=True)]
        old, new = [left for left, _ in pairs], [right for _, right in pairs]
    removed = [paint(f"  - {_clipped(line)}", "red", colour) for line in old]
    return removed + [paint(f"  + {_clipped(line)}", "green", colour) for line in new]


def _cut(old: str, new: str) -> tuple[str, str]:
    """Two lines without most of what they share at both ends."""
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    first, rest = max(0, head - _AROUND), max(0, tail - _AROUND)
    mark, end = "…" if first else "", "…" if rest else ""
    left, right = (f"{mark}{line[first : len(line) - rest]}{end}" for line in (old, new))
    return left, right


def _shared(left: str, right: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = zip(left, right, strict=False)
    return next((i for i, (one, other) in enumerate(pairs) if one != other), min(len(left), len(right)))


def _clipped(line: str) -> str:
    return printable(line if len(line) <= _WIDTH else f"{line[:_WIDTH]}…")


def _line_start(text: str, offset: int) -> int:
    """The start of the line some lines above the one at an offset."""
    for _ in range(_CONTEXT + 1):
        offset = text.rfind("\n", 0, max(0, offset))
        if offset == -1:
            return 0
    return offset + 1


def _line_end(text: str, offset: int) -> int:
    """The end of the line some lines below the one at an offset."""
    offset -= 1
    for _ in range(_CONTEXT + 1):
        offset = text.find("\n", offset + 1)
        if offset == -1:
            return len(text)
    return offset
