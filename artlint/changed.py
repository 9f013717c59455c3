"""Which files, and which of their lines, differ from a commit of git; asked of the git command itself."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from artlint.diagnostic import Diagnostic
from artlint.document import Document
from artlint.errors import ArtlintError
from artlint.rule import Stage
from artlint.source import Source, Span
from artlint.verdict import Judge, Origin, Verdict

# Hooks run with variables that bind git to one repository; which one counts is the file's to say.
_BINDING = {
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_WORK_TREE",
}
_SETTINGS = ("-c", "core.quotePath=true", "-c", "core.fsmonitor=false")
_DIFF = ("diff", "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", "--ignore-submodules=all")
_BY_LINE = ("--unified=0", "--inter-hunk-context=0", "--text", "--src-prefix=a/", "--dst-prefix=b/")
_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb'\\(?:([0-7]{3})|([abtnvfr"\\]))')
_ESCAPES = dict(zip(b'abtnvfr"\\', b'\a\b\t\n\v\f\r"\\', strict=True))


class Lines(NamedTuple):
    """Lines of a file, 1-based: sorted, disjoint ranges, ends included; ``is_all``: every line."""

    ranges: tuple[tuple[int, int], ...] = ()
    is_all: bool = False

    def touch(self, first: int, last: int) -> bool:
        """Whether one of the lines from ``first`` to ``last`` is among them."""
        return self.is_all or any(start <= last and first <= end for start, end in self.ranges)

    def hold(self, first: int, last: int) -> bool:
        """Whether all lines from ``first`` to ``last`` are among them."""
        return self.is_all or any(start <= first and last <= end for start, end in self.ranges)


ALL = Lines(is_all=True)


def changed_files(paths: Iterable[Path], since: str | None, by_line: bool) -> dict[Path, Lines]:
    """Those of some files that differ from a commit; with ``by_line`` each with the lines that do.

    The commit is the one where ``since`` and the work at hand parted, by default the last one. Staged,
    unstaged and untracked changes count. A renamed file is compared with the one it was. Files of a
    submodule are compared with its commit that the repository around it names. Raises ArtlintError
    when a file is in no repository, git is missing or does not know ``since``.
    """
    by_top: dict[Path, list[Path]] = {}
    for path in paths:
        by_top.setdefault(_top(path), []).append(path)
    found: dict[Path, Lines] = {}
    for top, files in by_top.items():
        changes = _changes(top, since, by_line)
        for path in files:
            place = os.path.join(os.path.realpath(path.parent), path.name)
            lines = changes.get(os.fsencode(Path(os.path.relpath(place, top)).as_posix()))
            if lines is not None:
                found[path] = lines
    return found


def _top(path: Path) -> Path:
    """The working folder of the repository that holds a file (that of a link, not what it leads to)."""
    place = Path(os.path.realpath(path.parent))
    for folder in (place, *place.parents):
        if (folder / ".git").exists():
            return folder
    raise ArtlintError(f"{path}: not in a git repository; `--changed` compares with a commit of git")


def _changes(top: Path, since: str | None, by_line: bool) -> dict[bytes, Lines]:
    """The files of a repository that differ, by path from its top."""
    base = _base(top, since)
    lines = _lines(_git(top, *_DIFF, *_BY_LINE, base, "--")) if by_line else {}
    unknown = Lines() if by_line else ALL  # a file that was only renamed has no new line
    changes: dict[bytes, Lines] = {}
    fields = iter(_git(top, *_DIFF, "--name-status", "-z", base, "--").split(b"\0"))
    for status in fields:
        if status[:1] in (b"R", b"C"):
            next(fields)
        if status:
            path = next(fields)
            # Of a file that git could not merge, all lines are in question.
            is_all = status[:1] in (b"A", b"U", b"T") or changes.get(path) is ALL
            changes[path] = ALL if is_all else lines.get(path, unknown)
    for path in _git(top, "ls-files", "--others", "--exclude-standard", "-z").split(b"\0"):
        changes[path] = ALL
    return changes


def _base(top: Path, since: str | None) -> str:
    """The commit to compare with; the empty tree in a repository without one."""
    around = _text(_git(top, "rev-parse", "--show-superproject-working-tree"))
    if around:
        place = os.path.relpath(top, around)
        entry = _text(_git(Path(around), "ls-tree", "-z", _base(Path(around), since), "--", place))
        return entry.split()[2] if entry else _empty_tree(top)
    if since is None:
        return _commit(top, "HEAD") or _empty_tree(top)
    if _commit(top, since) is None:
        raise ArtlintError(f"git knows no commit `{since}` in {top}; fetch it or name another")
    found = _try_git(top, "merge-base", "HEAD", since)
    if found.returncode:
        raise ArtlintError(
            f"`{since}` and the work at hand have no common commit in {top}; fetch the whole history"
        )
    return _text(found.stdout)


def _commit(top: Path, name: str) -> str | None:
    found = _try_git(top, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    return None if found.returncode or name.startswith("-") else _text(found.stdout)


def _empty_tree(top: Path) -> str:
    return _text(_git(top, "hash-object", "-t", "tree", os.devnull))


def _lines(diff: bytes) -> dict[bytes, Lines]:
    """The lines of each new file that a diff without context adds or replaces."""
    found: dict[bytes, list[tuple[int, int]]] = {}
    ranges: list[tuple[int, int]] = []
    rows = iter(diff.split(b"\n"))
    for row in rows:
        if row.startswith(b"+++ "):
            ranges = found.setdefault(_unquoted(row[4:]).removeprefix(b"b/"), [])
        elif hunk := _HUNK.match(row):
            gone, start, come = (int(number or b"1") for number in (hunk[1], hunk[2], hunk[3]))
            if come:
                ranges.append((start, start + come - 1))
            _skip(rows, gone + come)
    return {path: Lines(tuple(ranges)) for path, ranges in found.items()}


def _skip(rows: Iterator[bytes], count: int) -> None:
    """Pass over so many lines of files, which may look like anything, and what git says about them."""
    while count:
        count -= not next(rows, b"").startswith(b"\\")


def _unquoted(name: bytes) -> bytes:
    """A path as git writes it in a diff: bare or quoted as in C, with a tab behind one that has blanks."""
    name = name.removesuffix(b"\t")
    if not name.startswith(b'"'):
        return name
    return _ESCAPE.sub(
        lambda match: bytes([int(match[1], 8) if match[1] else _ESCAPES[match[2][0]]]), name[1:-1]
    )


def _git(folder: Path, *arguments: str) -> bytes:
    """What a git command prints. Raises ArtlintError with git's own words when it fails."""
    ran = _try_git(folder, *arguments)
    if ran.returncode:
        words = ran.stderr.decode(errors="replace").strip().split("\n")[0]
        raise ArtlintError(f"git {arguments[0]} failed in {folder}: {words}")
    return ran.stdout


def _try_git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in _BINDING}
    environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", "-C", str(folder), *_SETTINGS, *arguments]
    try:
        return subprocess.run(command, capture_output=True, env=environment, check=False)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ArtlintError(f"cannot run git ({reason}); `--changed` needs it") from None


def _text(output: bytes) -> str:
    return os.fsdecode(output.strip(b"\n\0"))


class ChangedLinesJudge(Judge):
    """Hides findings on lines that did not change, and holds back fixes that touch none that did.

    A finding about the form of the whole is one of the lines it spans: of all of them.
    """

    def __init__(self, source: Source, lines: Lines, stages: Mapping[str, Stage]) -> None:
        self._source = source
        self._stages = stages
        # To git a lone CR ends no line, so its numbers are not ours.
        has_lone_cr = "\r" in source.original.replace("\r\n", "")
        self._lines = ALL if has_lone_cr else lines

    def verdicts(self, document: Document, found: Sequence[Diagnostic], origin: Origin) -> list[Verdict]:
        return [self._verdict(finding, origin) for finding in found]

    def _verdict(self, finding: Diagnostic, origin: Origin) -> Verdict:
        place = self._rows(finding.span, origin)
        if not self._lines.touch(*place):
            return Verdict.HIDE
        if self._stages.get(finding.code) is Stage.FORMAT and not self._lines.hold(*place):
            return Verdict.HIDE
        edits = finding.fix.edits if finding.fix else ()
        if edits and not any(self._lines.touch(*self._rows(edit.span, origin)) for edit in edits):
            return Verdict.SHOW
        return Verdict.FIX

    def _rows(self, span: Span, origin: Origin) -> tuple[int, int]:
        """The first and the last line of a span, in the file as it was read."""
        first = self._source.position(origin(span.start)).line
        last = self._source.position(origin(max(span.start, span.end - 1))).line
        return first, max(first, last)
