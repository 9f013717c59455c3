"""Reading a file that may be anything, and replacing one so that no kill, full disk or race harms it."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from artlint import limits
from artlint.errors import SourceError, WriteError
from artlint.pattern_lazy import lazily

_LEFTOVER = lazily(r"\.artlint-(\d+)-.*\.tmp")
_cleaned: set[Path] = set()


def read_bytes(path: Path, roots: Sequence[Path] = ()) -> bytes:
    """The bytes of a regular file of at most ``limits.FILE_SIZE``.

    A symbolic link is followed to a file below one of ``roots`` or below the working folder. Raises
    SourceError, in plain words.
    """
    try:
        status = os.lstat(path)
        if stat.S_ISLNK(status.st_mode):
            _check_inside(path, roots)
            status = os.stat(path)
        # Opening a fifo would wait for a writer, so nothing is opened that is not a regular file; and
        # what was looked at is what is read, whatever happens to the path meanwhile.
        if not stat.S_ISREG(status.st_mode):
            raise SourceError(
                "cannot read the folder: permission denied"
                if stat.S_ISDIR(status.st_mode)
                else "not a regular file"
            )
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise SourceError("not a regular file")
            data = _read_all(handle, status.st_size)
        finally:
            os.close(handle)
    except FileNotFoundError:
        raise SourceError("no such file or folder") from None
    except OSError as error:
        raise SourceError(f"cannot read: {_reason(error)}") from None
    if len(data) > limits.FILE_SIZE:
        raise SourceError(f"larger than {limits.FILE_SIZE // 1_000_000} MB, no article")
    return data


def _read_all(handle: int, size: int) -> bytes:
    """All bytes of a file, or one more than ``limits.FILE_SIZE``; ``size`` is what it should have."""
    limit = limits.FILE_SIZE + 1
    data = os.read(handle, min(size + 1, limit))
    while 0 < len(data) < limit and len(data) != size:
        more = os.read(handle, min(limit - len(data), 1 << 20))
        if not more:
            break
        data += more
    return data


def _check_inside(path: Path, roots: Sequence[Path]) -> None:
    target = Path(os.path.realpath(path, strict=True))
    places = [Path(os.path.realpath(root)) for root in (*roots, Path.cwd())]
    if not any(target.is_relative_to(place) for place in places):
        raise SourceError("a symbolic link that leads out of the folders given; name its file instead")


def replace_file(path: Path, old: bytes, new: bytes) -> None:
    """Replace a file's content at one stroke, keeping its permissions and owner.

    A symbolic link stays and its file is replaced. Raises WriteError, and leaves the file as it is,
    when it changed since ``old`` was read or cannot be written: read-only (also for root), with a
    second name (a hard link would be parted), in a folder that takes no new file, on a full disk.
    """
    target = Path(os.path.realpath(path))
    temporary = None
    try:
        found = target.stat()
        if not found.st_mode & 0o222 or not os.access(target, os.W_OK):
            raise WriteError("not written: the file is read-only")
        if found.st_nlink > 1:
            names = f"{found.st_nlink} names (hard links)"
            raise WriteError(f"not written: the file has {names}, which replacing it would part")
        _remove_leftovers(target.parent)
        from tempfile import mkstemp  # takes long to import

        handle, temporary = mkstemp(".tmp", f".artlint-{os.getpid()}-", target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            file.flush()
            _keep_owner(handle, found)
            os.fchmod(handle, stat.S_IMODE(found.st_mode))
            os.fsync(handle)
        now = target.stat()
        if (now.st_ino, now.st_dev) != (found.st_ino, found.st_dev) or target.read_bytes() != old:
            raise WriteError("not written: the file changed while artlint worked on it; run artlint again")
        os.replace(temporary, target)
        temporary = None
        _sync_folder(target.parent)
    except OSError as error:
        raise WriteError(f"not written: {_reason(error)}") from None
    finally:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)


def _keep_owner(handle: int, found: os.stat_result) -> None:
    """Only root can give a file away; for anybody else the new file is theirs."""
    if hasattr(os, "fchown") and (found.st_uid, found.st_gid) != (os.geteuid(), os.getegid()):
        with suppress(OSError):
            os.fchown(handle, found.st_uid, found.st_gid)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut; not every file system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove_leftovers(folder: Path) -> None:
    """Remove what a killed run of artlint left behind."""
    if folder in _cleaned:
        return
    _cleaned.add(folder)
    for name in os.listdir(folder):
        found = _LEFTOVER.fullmatch(name)
        if found and not _is_alive(int(found.group(1))):
            with suppress(OSError):
                os.unlink(folder / name)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
