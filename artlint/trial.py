"""Trying a pack on real articles: what it hits, how much it removes, where it cuts most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from artlint.diagnostic import Diagnostic
from artlint.document import Document
from artlint.engine import check
from artlint.errors import SourceError
from artlint.fixer import fix_source
from artlint.reporters.shared.style import count
from artlint.rule import Rule
from artlint.runner import read_source
from artlint.source import Source
from artlint.view import view

_AROUND = 30  # characters of context on each side of a sample
_LONGEST = 120  # characters of a match that a sample shows
_SAMPLES = 3  # a rule
_FILES = 10


@dataclass(frozen=True)
class Sample:
    """One match with what stands around it, on one line."""

    path: str
    line: int
    text: str


@dataclass
class RuleTrial:
    """What one rule did: findings, files with findings, characters of text it would remove."""

    rule: Rule
    hits: int = 0
    files: int = 0
    removed: int = 0
    samples: list[Sample] = field(default_factory=list)


@dataclass(frozen=True)
class Cut:
    """How much of a file's visible text would go, in characters; ``refused`` if no fix was possible."""

    path: str
    removed: int
    total: int
    refused: str | None


@dataclass
class Trial:
    """What a pack did to a set of articles; ``cuts`` start with the file that loses most."""

    rules: list[RuleTrial]
    files: int = 0
    unreadable: list[str] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)


def try_rules(rules: Sequence[Rule], paths: Iterable[Path]) -> Trial:
    """Check and fix (in memory, unsafe fixes too) each file with the rules alone; writes nothing."""
    trials = {rule.code: RuleTrial(rule) for rule in rules}
    trial = Trial(list(trials.values()))
    for path in paths:
        try:
            source = read_source(path)
        except SourceError as error:
            trial.unreadable.append(f"{path}: {error}")
            continue
        trial.files += 1
        found = check(Document(source), rules, unsafe=True)
        if found:
            _count(source, found, trials)
            trial.cuts.append(_cut(source, rules, trials))
    trial.cuts.sort(key=lambda cut: (-cut.removed / max(cut.total, 1), cut.path))
    return trial


def _count(source: Source, found: Sequence[Diagnostic], trials: dict[str, RuleTrial]) -> None:
    for code in dict.fromkeys(diagnostic.code for diagnostic in found):
        own = [diagnostic for diagnostic in found if diagnostic.code == code]
        trials[code].hits += len(own)
        trials[code].files += 1
        if len(trials[code].samples) < _SAMPLES:
            trials[code].samples.append(_sample(source, own[0]))


def _cut(source: Source, rules: Sequence[Rule], trials: dict[str, RuleTrial]) -> Cut:
    result = fix_source(source, rules, unsafe=True)
    removed = 0
    for entry in result.ledger:
        if entry.kind == "text":
            gone = len(entry.removed) - len(entry.inserted)
            trials[entry.code].removed += gone
            removed += gone
    total = sum(map(len, view(Document(source)).words))
    return Cut(source.path, removed, total, result.refused)


def _sample(source: Source, found: Diagnostic) -> Sample:
    start, end = found.span
    before = source.text[max(0, start - _AROUND) : start]
    after = source.text[end : end + _AROUND]
    match = source.text[start:end]
    if len(match) > _LONGEST:
        match = f"{match[: _LONGEST // 2]} … {match[-_LONGEST // 2 :]}"
    text = " ".join(f"{before}⟦{match}⟧{after}".split())
    return Sample(source.path, found.start.line, text)


def trial_text(trial: Trial) -> str:
    """The report for a person."""
    width = max(len(result.rule.name) for result in trial.rules)
    lines = [f"{count(trial.files, 'file', 'files')} read; nothing was written.", ""]
    for result in trial.rules:
        hits = f"{count(result.hits, 'hit', 'hits'):>10} in {count(result.files, 'file', 'files')}"
        removed = count(result.removed, "character", "characters")
        lines.append(f"{result.rule.code:8} {result.rule.name:{width}} {hits}, {removed}")
    if trial.cuts:
        lines += ["", "Cut most (characters of text):"]
    for cut in trial.cuts[:_FILES]:
        share = 100 * cut.removed / max(cut.total, 1)
        refused = f"; refused: {cut.refused}" if cut.refused else ""
        lines.append(f"  {cut.removed:6} of {cut.total} ({share:.1f} %)  {cut.path}{refused}")
    for result in trial.rules:
        for sample in result.samples:
            lines += ["", f"{result.rule.code} {sample.path}:{sample.line}", f"    {sample.text}"]
    lines += [f"not read: {problem}" for problem in trial.unreadable]
    return "\n".join(lines) + "\n"


def trial_data(trial: Trial) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "files": trial.files,
        "unreadable": trial.unreadable,
        "rules": [
            {
                "code": result.rule.code,
                "name": result.rule.name,
                "hits": result.hits,
                "files": result.files,
                "removed_characters": result.removed,
                "samples": [{"path": s.path, "line": s.line, "text": s.text} for s in result.samples],
            }
            for result in trial.rules
        ],
        "cuts": [
            {"path": c.path, "removed_characters": c.removed, "characters": c.total, "refused": c.refused}
            for c in trial.cuts
        ],
    }
