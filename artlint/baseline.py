"""The baseline: findings an archive had when artlint came, one line each, which are not reported.

A line names a finding by its fingerprint, so it outlives edits elsewhere and a new name of the file.
Lines are sorted, and each stands for itself, so branches that add and drop some of them merge.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from artlint.diagnostic import Diagnostic
from artlint.document import Document
from artlint.errors import ConfigError, WriteError
from artlint.fingerprint import Fingerprint, context, fingerprint
from artlint.rule import Stage
from artlint.source import Source
from artlint.verdict import Judge, Origin, Verdict
from artlint.writing import replace_file

Stages = Mapping[str, Stage]  # of each rule of the run, by code
_KEYS = {"fingerprint": str, "rule": str, "path": str, "nth": int, "context": str, "reason": str}
_NEEDED = ("fingerprint", "rule", "path")
_MERGE_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding of the baseline.

    ``path`` is that of its file, from the folder of the baseline, with slashes. ``nth`` counts the
    findings of a file that look the same, from 1. ``context`` and ``reason`` are for people.
    """

    fingerprint: Fingerprint
    rule: str
    path: str
    nth: int = 1
    context: str = field(default="", compare=False)
    reason: str = field(default="", compare=False)

    @property
    def key(self) -> str:
        """What makes it this entry and no other."""
        return f"{self.fingerprint} {self.rule} {self.nth} {self.path}"

    @property
    def values(self) -> dict[str, Any]:
        """The entry as plain data; ``nth`` and ``reason`` only where they say something."""
        values: dict[str, Any] = {"fingerprint": str(self.fingerprint), "rule": self.rule, "path": self.path}
        values |= {"nth": self.nth} if self.nth > 1 else {}
        values |= {"context": self.context}
        return values | ({"reason": self.reason} if self.reason else {})

    @property
    def line(self) -> str:
        """The entry as a line of the file: JSON, without the newline."""
        line = json.dumps(self.values, ensure_ascii=False)
        # Nothing may part the line or hide in it; nor is every file name UTF-8.
        return line if line.isprintable() else json.dumps(self.values)

    def is_exactly(self, other: Entry) -> bool:
        """Whether both look the same, with what stands beside them."""
        return str(self.fingerprint) == str(other.fingerprint)

    def is_like(self, other: Entry) -> bool:
        """Whether both are the same finding as far as one can tell."""
        return self.fingerprint.matches(other.fingerprint)

    def is_same_form(self, other: Entry) -> bool:
        """Whether both are about the form of a whole file."""
        return self.fingerprint.is_whole and self.fingerprint.own == other.fingerprint.own


class Baseline:
    """The entries of one file. ``root`` is the folder that their paths count from."""

    def __init__(self, path: Path, entries: Iterable[Entry] = ()) -> None:
        self.path = path
        self.root = Path(os.path.abspath(path)).parent
        # Doubles, as a merge may leave them, are one entry; a reason is not lost.
        self.entries = {entry.key: entry for entry in sorted(entries, key=lambda entry: bool(entry.reason))}
        self._taken: dict[str, str] = {}  # the new path of each that is gone and was found again

    def path_of(self, source_path: str | Path) -> str:
        """A path as the entries write it."""
        return Path(os.path.relpath(source_path, self.root)).as_posix()

    def of(self, path: str) -> list[Entry]:
        """The entries of a file."""
        return self._by_path.get(path, [])

    def stale(
        self, claims: Collection[str], settled: Iterable[str], folders: Iterable[str], rules: Container[str]
    ) -> list[Entry]:
        """The entries that no finding claimed although one of ``rules`` could have found it.

        ``settled`` are the paths of files that were read and hold no other findings (which might lie
        over those of the baseline). A file that is gone counts if it was below one of ``folders``.
        """
        files = {self.path_of(path) for path in settled}
        tops = [Path(os.path.abspath(folder)) for folder in folders]
        return [
            entry
            for entry in self.entries.values()
            if entry.key not in claims
            and entry.rule in rules
            and (entry.path in files or (entry.path in self._gone and self.is_below(entry.path, tops)))
        ]

    def is_below(self, path: str, tops: Iterable[Path]) -> bool:
        """Whether a file of the baseline is, or was, one of ``tops`` or below it."""
        place = Path(os.path.abspath(self.root / path))
        return any(place.is_relative_to(top) for top in tops)

    def take_over(self, path: str, found: Sequence[Entry], rules: frozenset[str]) -> list[Entry]:
        """The entries of the file that is now called ``path``; none when it cannot be told.

        ``found`` are its findings of ``rules``. Of the files that are not there any more, it is the one
        with the same name, or else the one that shares most of them and at least half of its own. No
        two files take over from one.
        """
        best, best_score = "", (False, 0)
        for old in sorted({old for new in found for old in self._gone_by_text.get(new.fingerprint.own, ())}):
            asked = [entry for entry in self._gone[old] if entry.rule in rules]
            held = sum(any(entry.is_like(new) for new in found) for entry in asked)
            same_name = os.path.basename(old) == os.path.basename(path)
            is_free = self._taken.get(old, path) == path
            is_it = held and is_free and (same_name or 2 * held >= len(asked))
            if is_it and (same_name, held) > best_score:
                best, best_score = old, (same_name, held)
        self._taken[best] = path
        return self._gone.get(best, [])

    @cached_property
    def _by_path(self) -> dict[str, list[Entry]]:
        by_path: dict[str, list[Entry]] = {}
        for entry in sorted(self.entries.values(), key=lambda entry: entry.nth):
            by_path.setdefault(entry.path, []).append(entry)
        return by_path

    @cached_property
    def _gone(self) -> dict[str, list[Entry]]:
        return {
            path: entries for path, entries in self._by_path.items() if not os.path.lexists(self.root / path)
        }

    @cached_property
    def _gone_by_text(self) -> dict[str, set[str]]:
        paths: dict[str, set[str]] = {}
        for path, entries in self._gone.items():
            for entry in entries:
                paths.setdefault(entry.fingerprint.own, set()).add(path)
        return paths


class BaselineJudge(Judge):
    """Hides the findings of one file that the baseline holds, so that no fix touches them either.

    ``keeps`` says which of them are hidden, by default all. ``held`` lists every finding of the file as
    an entry, with the entry of the baseline that stands for it, if one does.
    """

    def __init__(
        self,
        baseline: Baseline,
        source: Source,
        stages: Stages,
        keeps: Callable[[Diagnostic], bool] = lambda finding: True,
    ) -> None:
        self.held: list[tuple[Entry, Entry | None]] = []
        self._claims: list[str] = []
        self._baseline = baseline
        self._path = baseline.path_of(source.path)
        self._stages = stages
        self._keeps = keeps
        self._seen: Counter[tuple[str, str]] = Counter()
        self._is_known = bool(baseline.of(self._path))
        self._left = _by_text(baseline.of(self._path))

    @property
    def claims(self) -> list[str]:
        return self._claims

    def verdicts(self, document: Document, found: Sequence[Diagnostic], origin: Origin) -> list[Verdict]:
        new = [self._entry(document, finding) for finding in found]
        if not self._is_known:
            stages = {self._stages.get(entry.rule) for entry in new}
            rules = frozenset(code for code, stage in self._stages.items() if stage in stages)
            taken = self._baseline.take_over(self._path, new, rules)
            self._is_known = bool(taken)
            self._left = _by_text(taken)
        claimed: dict[int, Entry] = {}
        for is_same in (Entry.is_exactly, Entry.is_like, Entry.is_same_form):
            for index, entry in enumerate(new):
                if index not in claimed and (old := self._claim(entry, is_same)):
                    claimed[index] = old
        self.held.extend((entry, claimed.get(index)) for index, entry in enumerate(new))
        hidden = {index for index in claimed if self._keeps(found[index])}
        self._claims.extend(claimed[index].key for index in sorted(hidden))
        return [Verdict.HIDE if index in hidden else Verdict.FIX for index in range(len(found))]

    def _entry(self, document: Document, finding: Diagnostic) -> Entry:
        mark = fingerprint(document, finding, self._stages.get(finding.code) is Stage.FORMAT)
        alike = (str(mark), finding.code)
        self._seen[alike] += 1
        around = context(document, finding.span)
        return Entry(mark, finding.code, self._path, self._seen[alike], around)

    def _claim(self, entry: Entry, is_same: Callable[[Entry, Entry], bool]) -> Entry | None:
        left = self._left.get(entry.fingerprint.own, [])
        for index, old in enumerate(left):
            if is_same(entry, old):
                return left.pop(index)
        return None


class Census(BaselineJudge):
    """Hides everything, so that every rule is asked, also those about the form of the whole."""

    def verdicts(self, document: Document, found: Sequence[Diagnostic], origin: Origin) -> list[Verdict]:
        return [Verdict.HIDE for _ in super().verdicts(document, found, origin)]


def _by_text(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    by_text: dict[str, list[Entry]] = {}
    for entry in entries:
        by_text.setdefault(entry.fingerprint.own, []).append(entry)
    return by_text


def read_baseline(path: Path) -> Baseline:
    """Read a baseline. Raises ConfigError, with the line, for anything that is not an entry."""
    try:
        text = path.read_bytes().decode()
    except OSError as error:
        raise ConfigError(f"{path}: cannot read: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}") from None
    entries = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                entries.append(_entry(line.strip()))
            except ValueError as error:
                raise ConfigError(f"{path}: line {number}: {error}") from None
    return Baseline(path, entries)


def _entry(line: str) -> Entry:
    """Read a line. Raises ValueError, in plain words."""
    if line.startswith(_MERGE_MARKS):
        raise ValueError("left by a merge; keep the lines of both sides and delete this mark")
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError(f"not an entry in JSON: `{line[:40]}`") from None
    if not isinstance(values, dict):
        raise ValueError("not an entry: a JSON object with `fingerprint`, `rule` and `path`")
    for key, value in values.items():
        if key not in _KEYS:
            raise ValueError(f"unknown key `{key}`; known are {', '.join(_KEYS)}")
        if type(value) is not _KEYS[key]:
            raise ValueError(f"`{key}` must be a {'number' if _KEYS[key] is int else 'text'}")
    missing = [key for key in _NEEDED if not values.get(key)]
    if missing:
        raise ValueError(f"`{missing[0]}` is missing")
    return Entry(Fingerprint.parse(values.pop("fingerprint")), **values)


def write_baseline(baseline: Baseline) -> None:
    """Write a baseline, sorted. Raises WriteError when that is not possible; then the old one stands."""
    text = "".join(f"{line}\n" for line in sorted(entry.line for entry in baseline.entries.values()))
    try:
        old = baseline.path.read_bytes() if baseline.path.exists() else None
        if old is None:
            baseline.path.touch(exist_ok=False)
    except OSError as error:
        raise WriteError(f"{baseline.path}: cannot write: {(error.strerror or str(error)).lower()}") from None
    replace_file(baseline.path, old or b"", text.encode())
