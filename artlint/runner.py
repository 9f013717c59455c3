"""Files in, results out: reads each file, asks the engine or the fixer, writes what was fixed.

The only module that writes articles.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from artlint.api import Plan
from artlint.diagnostic import Diagnostic
from artlint.document import Document
from artlint.document.model import HTML_SUFFIXES
from artlint.engine import check
from artlint.errors import ArtlintError, SourceError, WriteError
from artlint.fixer import FixResult, fix_source
from artlint.source import Source

SUFFIXES = {"markdown": ".md", "html": ".html"}
PlanFor = Callable[[Path], Plan]


@dataclass(frozen=True)
class FileResult:
    """What a run found in one file.

    ``error`` says why the file could not be read or written (then the rest is empty). ``source`` is
    the file as it was; ``fix`` is set by a fixing run.
    """

    path: str
    source: Source | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    fix: FixResult | None = None
    error: str | None = None


def check_files(paths: Iterable[Path], plan_for: PlanFor) -> Iterator[FileResult]:
    """Lint each file; a file that cannot be read is a result with an error."""
    for path in paths:
        try:
            source = read_source(path)
        except SourceError as error:
            yield FileResult(str(path), error=str(error))
            continue
        yield check_source(source, plan_for(path))


def check_source(source: Source, plan: Plan) -> FileResult:
    """Lint one source."""
    return FileResult(source.path, source, tuple(check(Document(source, plan.settings), plan.rules)))


def fix_files(
    paths: Iterable[Path], plan_for: PlanFor, unsafe: bool, write: bool, rename: bool = False
) -> Iterator[FileResult]:
    """Fix each file, and with ``write`` replace those that changed.

    With ``rename`` a file whose body was converted gets the ending of its new syntax.
    """
    for path in paths:
        try:
            data, plan = read_bytes(path), plan_for(path)
            result = fix_one(Source.from_bytes(data, str(path)), plan, unsafe)
            if write and result.fix and result.fix.changed:
                target = _target(path, plan.to if result.fix.conversion else "", rename)
                _write(path, target, data, result.fix.text.encode())
        except ArtlintError as error:
            yield FileResult(str(path), error=str(error))
            continue
        yield result


def fix_one(source: Source, plan: Plan, unsafe: bool) -> FileResult:
    """Fix one source; writes nothing."""
    result = fix_source(source, plan.rules, unsafe, plan.to, plan.settings)
    return FileResult(source.path, source, result.remaining, result)


def _target(path: Path, to: str, rename: bool) -> Path:
    """Where a file goes that was converted to a syntax (empty: not converted)."""
    if to and rename:
        target = path.with_suffix(SUFFIXES[to])
        if target != path and target.exists():
            raise WriteError(f"not written: {target.name} is there already")
        return target
    if to == "markdown" and path.suffix.lower() in HTML_SUFFIXES:
        raise WriteError("not written: an HTML file would hold Markdown; add --rename")
    return path


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


def read_source(path: Path) -> Source:
    """Read a file. Raises SourceError when it cannot be read as an article."""
    return Source.from_bytes(read_bytes(path), str(path))


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file. Raises SourceError, in plain words."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise SourceError("cannot read the folder: permission denied")
        if not stat.S_ISREG(mode):
            raise SourceError("not a regular file")
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceError("no such file or folder") from None
    except OSError as error:
        raise SourceError(f"cannot read: {(error.strerror or str(error)).lower()}") from None


def replace_file(path: Path, old: bytes, new: bytes) -> None:
    """Replace a file's content at one stroke, keeping its permissions.

    A symbolic link stays and its file is replaced. Raises WriteError, and leaves the file as it is,
    when it changed since ``old`` was read or cannot be written.
    """
    target = Path(os.path.realpath(path))
    temporary = None
    try:
        mode = target.stat().st_mode
        if not os.access(target, os.W_OK):
            raise WriteError("not written: the file is read-only")
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, stat.S_IMODE(mode))
        if target.read_bytes() != old:
            raise WriteError("not written: the file changed while artlint worked on it; run artlint again")
        os.replace(temporary, target)
        temporary = None
    except OSError as error:
        raise WriteError(f"not written: {(error.strerror or str(error)).lower()}") from None
    finally:
        if temporary is not None:
            os.unlink(temporary)
