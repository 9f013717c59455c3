"""Who else has a say about a finding: a baseline, the lines that changed, the person at the terminal."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import TYPE_CHECKING

from artlint.diagnostic import Applicability, Diagnostic
from artlint.document import Document
from artlint.source import Source, Span

if TYPE_CHECKING:
    from artlint.moves import Moves


class Verdict(Enum):
    """What becomes of a finding: reported and fixed; reported, its fix only shown; neither."""

    FIX = "fix"
    SHOW = "show"
    HIDE = "hide"


Origin = Callable[[int], int]


class Judge(ABC):
    """Gives a verdict on each finding of one article, once in all rounds of fixing.

    ``claims`` names the entries of a baseline that hide findings, one for each hidden finding.
    """

    @property
    def claims(self) -> Sequence[str]:
        return ()

    @abstractmethod
    def verdicts(self, document: Document, found: Sequence[Diagnostic], origin: Origin) -> Sequence[Verdict]:
        """A verdict for each of ``found``: findings of one stage, not judged before, by place.

        ``origin`` maps an offset of the document to that of the file as it was read.
        """


JudgeFor = Callable[[Source], Judge]


class Judges(Judge):
    """Several judges as one: the first verdict other than FIX stands, later ones are not asked."""

    def __init__(self, judges: Sequence[Judge]) -> None:
        self._judges = judges

    @property
    def claims(self) -> Sequence[str]:
        return [claim for judge in self._judges for claim in judge.claims]

    def verdicts(self, document: Document, found: Sequence[Diagnostic], origin: Origin) -> list[Verdict]:
        verdicts = [Verdict.FIX] * len(found)
        for judge in self._judges:
            left = [index for index, verdict in enumerate(verdicts) if verdict is Verdict.FIX]
            new = judge.verdicts(document, [found[index] for index in left], origin)
            for index, verdict in zip(left, new, strict=True):
                verdicts[index] = verdict
        return verdicts


def obeyed(found: Iterable[Diagnostic], verdicts: Iterable[Verdict]) -> list[Diagnostic]:
    """The findings to report, with fixes that may only be shown marked so."""
    return [
        _shown(finding) if verdict is Verdict.SHOW else finding
        for finding, verdict in zip(found, verdicts, strict=True)
        if verdict is not Verdict.HIDE
    ]


def _shown(finding: Diagnostic) -> Diagnostic:
    if finding.fix is None:
        return finding
    return finding._replace(fix=finding.fix._replace(applicability=Applicability.DISPLAY))


_Key = tuple[str, str, Span]


class Memory:
    """A judge's verdicts through the rounds of fixing: a finding that stays keeps its own.

    What a finding is recognised by moves with the edits of each round. Inside a text that an edit wrote
    anew, the findings of a rule are taken for the same ones if they are as many as before.
    """

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._verdicts: dict[_Key, Verdict] = {}
        self._rewritten: dict[tuple[str, Span], list[Verdict]] = {}
        self._rounds: list[Moves] = []

    def __call__(self, document: Document, found: Sequence[Diagnostic]) -> list[Verdict]:
        """The verdicts on findings in the text of this round."""
        self._recognise(found)
        fresh = [finding for finding in found if _key(finding) not in self._verdicts]
        if fresh:
            verdicts = self._judge.verdicts(document, fresh, self._origin)
            self._verdicts.update(zip(map(_key, fresh), verdicts, strict=True))
        return [self._verdicts[_key(finding)] for finding in found]

    def moved(self, moves: Moves, applied: Iterable[Diagnostic] = ()) -> None:
        """The text went on by edits, which are the fixes of ``applied``."""
        self._rounds.append(moves)
        for finding in applied:
            self._verdicts.pop(_key(finding), None)
        old, self._verdicts, self._rewritten = self._verdicts, {}, {}
        for (code, message, span), verdict in sorted(old.items(), key=lambda item: item[0][2]):
            edit = moves.taken_by(span)
            if edit is None:
                self._verdicts[code, message, moves.span(span)] = verdict
            else:
                self._rewritten.setdefault((code, moves.after[edit]), []).append(verdict)

    def _origin(self, offset: int) -> int:
        for moves in reversed(self._rounds):
            offset = moves.back(offset)
        return offset

    def _recognise(self, found: Sequence[Diagnostic]) -> None:
        for (code, place), verdicts in self._rewritten.items():
            inside = [finding for finding in found if finding.code == code and place.contains(finding.span)]
            if len(inside) == len(verdicts):
                self._verdicts.update(zip(map(_key, inside), verdicts, strict=True))


def _key(finding: Diagnostic) -> _Key:
    return finding.code, finding.message, finding.span
