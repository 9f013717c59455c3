"""Files in, results out: reads each file, asks the engine or the fixer, writes what was fixed.

The only module that writes articles; how is in ``artlint.writing``.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NamedTuple

from artlint import limits
from artlint.api import Plan
from artlint.diagnostic import Diagnostic
from artlint.document import Document
from artlint.document.site import HTML_SUFFIXES
from artlint.engine import check
from artlint.errors import ArtlintError, WriteError
from artlint.parallel import in_order
from artlint.source import Source
from artlint.told import Told
from artlint.verdict import Judge, Memory
from artlint.writing import read_bytes, replace_file

if TYPE_CHECKING:
    from artlint.cache import Cache
    from artlint.fixer import FixResult
    from artlint.memo import Memo

SUFFIXES = {"markdown": ".md", "html": ".html"}
PlanFor = Callable[[Path], Plan]


class FileResult(NamedTuple):
    """What a run found in one file.

    ``error`` says why the file could not be read or written (then the rest is empty). ``source`` is
    the file as it was; ``fix`` is set by a fixing run. ``baselined`` names the entry of the baseline
    for each finding that is not reported because of it. ``renamed`` are the path that a converted file
    had and the one that it has (or would get); ``path`` is where it is now.
    """

    path: str
    source: Source | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    fix: FixResult | None = None
    error: str | None = None
    baselined: tuple[str, ...] = ()
    renamed: tuple[str, str] | None = None


def check_files(
    paths: Iterable[Path],
    plan_for: PlanFor,
    tell: Callable[[FileResult], Told],
    roots: Sequence[Path] = (),
    convert: bool = False,
    jobs: int = 1,
    cache: Cache | None = None,
    telling: str = "",
) -> Iterator[Told]:
    """Lint each file; a file that cannot be read is a result with an error.

    Yields what ``tell`` makes of each result, in the process that did the work. ``roots``: the folders
    given; a symbolic link that leads out of all of them is not followed. ``convert``: whether to read
    files in other encodings than UTF-8. ``jobs``: how many processes may share the work. ``cache``:
    where findings and what was told are kept; ``telling``: what ``tell`` depends on beside the result.
    """
    memory = _memory(cache, "check", convert, telling=telling)

    def check(path: Path, data: bytes, source: Source, plan: Plan) -> FileResult:
        return check_source(source, plan)

    def again(source: Source, findings: tuple[Diagnostic, ...]) -> FileResult:
        return FileResult(source.path, source, findings)

    work = _remembering(check, again, memory, tell, roots, convert)
    yield from _shared(_soundly(work, plan_for, tell), memory, paths, jobs)


def _memory(cache: Cache | None, *how: object, telling: str) -> Memo | None:
    if cache is None:
        return None
    from artlint.memo import Memo  # where nothing is kept nobody needs it

    return Memo(cache, *how, telling=telling)


def _remembering(
    work: Callable[[Path, bytes, Source, Plan], FileResult],
    again: Callable[[Source, tuple[Diagnostic, ...]], FileResult],
    memory: Memo | None,
    tell: Callable[[FileResult], Told],
    roots: Sequence[Path],
    convert: bool,
) -> Callable[[Path, Plan], Told]:
    """The work on one file where nothing is known of it; ``again`` makes the result of known findings."""

    def work_or_recall(path: Path, plan: Plan) -> Told:
        data = read_bytes(path, roots)
        known = memory.recall(plan, str(path), data) if memory else None
        if known and known.told:
            return known.told
        source = Source.from_bytes(data, str(path), convert)
        if known:
            return tell(again(source, known.findings))
        result = work(path, data, source, plan)
        told, fix = tell(result), result.fix
        if memory and not (fix and (fix.changed or fix.refused or fix.conversion)):
            memory.keep(plan, data, result.diagnostics, told)
        return told

    return work_or_recall


def _soundly(
    work: Callable[[Path, Plan], Told], plan_for: PlanFor, tell: Callable[[FileResult], Told]
) -> Callable[[Path], Told]:
    """The work on one file while its limits hold; what goes wrong is told, too."""

    def sound(path: Path) -> Told:
        plan = plan_for(path)
        with limits.applied(plan.limits):
            try:
                return work(path, plan)
            except ArtlintError as error:
                return tell(FileResult(str(path), error=str(error)))

    return sound


def _shared(
    work: Callable[[Path], Told], memory: Memo | None, paths: Iterable[Path], jobs: int
) -> Iterator[Told]:
    try:
        yield from in_order(work, paths, jobs, memory.flush if memory else None)
    finally:
        if memory:
            memory.close()


def check_source(source: Source, plan: Plan) -> FileResult:
    """Lint one source. Raises LimitError when it is too large or too deep."""
    judge = plan.judge_for(source) if plan.judge_for else None
    with limits.applied(plan.limits), _time_limit():
        found = check(Document(source, plan.settings), plan.rules, judge=Memory(judge) if judge else None)
    return FileResult(source.path, source, tuple(found), baselined=_claims(judge))


def fix_files(
    paths: Iterable[Path],
    plan_for: PlanFor,
    tell: Callable[[FileResult], Told],
    unsafe: bool,
    write: bool,
    rename: bool = False,
    roots: Sequence[Path] = (),
    convert: bool = False,
    jobs: int = 1,
    cache: Cache | None = None,
    telling: str = "",
) -> Iterator[Told]:
    """Fix each file, and with ``write`` replace those that changed.

    With ``rename`` a file whose body was converted gets the ending of its new syntax; ``tell``,
    ``convert``, ``jobs``, ``cache`` and ``telling`` as for ``check_files``. Kept is only what fixing leaves
    as it is.
    """
    from artlint.fixer import FixResult  # a check needs none of what it imports

    memory = _memory(cache, "fix", unsafe, convert, telling=telling)

    def fix(path: Path, data: bytes, source: Source, plan: Plan) -> FileResult:
        result = fix_one(source, plan, unsafe)
        fixed = result.fix
        if fixed is None or not fixed.changed:
            return result
        to = plan.to if fixed.conversion else ""
        target = path.with_suffix(SUFFIXES[to]) if to and rename else path
        if write:
            _check_target(path, target, to)
            _write(path, target, data, fixed.text.encode())
        renamed = None if target == path else (str(path), str(target))
        return result._replace(path=str(target if write else path), renamed=renamed)

    def again(source: Source, findings: tuple[Diagnostic, ...]) -> FileResult:
        unchanged = FixResult(source.spell(source.text), False, (), findings, ())
        return FileResult(source.path, source, findings, unchanged)

    work = _remembering(fix, again, memory, tell, roots, convert)
    yield from _shared(_soundly(work, plan_for, tell), memory, paths, jobs)


def suppress_files(
    paths: Iterable[Path],
    plan_for: PlanFor,
    tell: Callable[[FileResult], Told],
    reason: str,
    roots: Sequence[Path] = (),
    convert: bool = False,
) -> Iterator[Told]:
    """Write suppressions for what is found in each file; the results are what they cannot silence."""
    from artlint.add_ignore import add_suppressions

    def suppress(path: Path, plan: Plan) -> Told:
        data = read_bytes(path, roots)
        source = Source.from_bytes(data, str(path), convert)
        judge = plan.judge_for(source) if plan.judge_for else None
        with _time_limit():
            document = Document(source, plan.settings)
            text = add_suppressions(document, plan.rules, reason, judge).text
        if text != source.text:
            replace_file(path, data, source.spell(text).encode())
        return tell(check_source(source.with_text(text), plan))

    return map(_soundly(suppress, plan_for, tell), paths)


def fix_one(source: Source, plan: Plan, unsafe: bool) -> FileResult:
    """Fix one source; writes nothing."""
    from artlint.fixer import fix_source

    judge = plan.judge_for(source) if plan.judge_for else None
    with limits.applied(plan.limits), _time_limit():
        result = fix_source(source, plan.rules, unsafe, plan.to, plan.settings, judge)
    return FileResult(source.path, source, result.remaining, result, baselined=_claims(judge))


def _claims(judge: Judge | None) -> tuple[str, ...]:
    return tuple(judge.claims) if judge else ()


def _check_target(path: Path, target: Path, to: str) -> None:
    """Raises WriteError when a file converted to a syntax (empty: not converted) cannot go to ``target``."""
    if target != path and target.exists():
        raise WriteError(f"not written: {target.name} is there already")
    if to == "markdown" and target.suffix.lower() in HTML_SUFFIXES:
        raise WriteError("not written: an HTML file would hold Markdown; add --rename")


def _write(path: Path, target: Path, old: bytes, new: bytes) -> None:
    # Renamed first: at any moment the name and the content make a valid article.
    if target != path:
        path.rename(target)
    try:
        replace_file(target, old, new)
    except WriteError:
        if target != path:
            target.rename(path)
        raise


def read_source(path: Path, roots: Sequence[Path] = (), convert: bool = False) -> Source:
    """Read a file. Raises SourceError when it cannot be read as an article."""
    return Source.from_bytes(read_bytes(path, roots), str(path), convert)


@contextmanager
def _time_limit() -> Iterator[None]:
    """Raise LimitError when the work inside takes too long (in the main thread, where there are alarms)."""
    try:
        before = signal.signal(signal.SIGALRM, _stop)
    except (AttributeError, ValueError):  # a system without alarms, another thread
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, limits.SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _stop(number: int, frame: FrameType | None) -> None:
    raise limits.LimitError(f"took longer than {limits.SECONDS} seconds")
