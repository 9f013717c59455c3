"""Work on many files in several processes; the results come in the order of the files.

Files go out in chunks, only a few chunks ahead of what was taken: the memory does not grow with the
number of files. Where processes cannot be forked with what was loaded, one process does it all.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from artlint.errors import ArtlintError

if TYPE_CHECKING:
    from concurrent.futures import Future

CHUNK = 16  # files that a process works on before it hands in its results
_FEW = 64  # files; to start processes takes longer than so many
# Objects that were made and are still there before the garbage collector looks for cycles: what a few
# articles leave. To look as often as Python does by itself takes a twentieth of a check.
_SOME = 5_000
_AHEAD = 3  # chunks for each process that wait or whose results wait

Result = TypeVar("Result")
Work = Callable[[Path], Result]
_work: Work[object] | None = None  # of this process, if it is a worker
_done: Callable[[], None] | None = None


def cores() -> int:
    """How many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(
    work: Work[Result], paths: Iterable[Path], jobs: int, done: Callable[[], None] | None = None
) -> Iterator[Result]:
    """The result of the work for each path, in their order; ``jobs`` processes share it.

    ``done`` is called by a process when it hands in results. Never more processes than pay off; with
    one everything happens here. Raises ArtlintError when a process is killed.
    """
    paths = iter(paths)
    yield from map(work, islice(paths, 1))  # loads what every process needs before they part
    second = list(islice(paths, 1))
    if not second:
        return
    gc.set_threshold(_SOME)
    paths = chain(second, paths)
    first = list(islice(paths, _FEW)) if jobs > 1 and sys.platform == "linux" else []
    if len(first) < _FEW:
        yield from map(work, first)
        yield from map(work, paths)
        return
    yield from _shared((work, done), _chunks(first, paths), jobs)


def _chunks(first: list[Path], paths: Iterator[Path]) -> Iterator[list[Path]]:
    while chunk := [*first[:CHUNK], *islice(paths, max(0, CHUNK - len(first)))]:
        first = first[CHUNK:]
        yield chunk


def _shared(
    job: tuple[Work[Result], Callable[[], None] | None], chunks: Iterator[list[Path]], jobs: int
) -> Iterator[Result]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    gc.freeze()  # what is loaded stays shared between the processes
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), _become_worker, job)
    waiting: deque[Future[list[Result]]] = deque()
    try:
        while True:
            waiting.extend(pool.submit(_do, chunk) for chunk in islice(chunks, jobs * _AHEAD - len(waiting)))
            if not waiting:
                return
            yield from waiting.popleft().result()
    except BrokenProcessPool:
        raise ArtlintError(
            "a process was killed, perhaps for want of memory; the files before are done: try `--jobs 1`"
        ) from None
    finally:
        # After Ctrl-C each process ends its chunk, so that no file is left half done.
        pool.shutdown(wait=True, cancel_futures=True)
        gc.unfreeze()


def _become_worker(work: Work[object], done: Callable[[], None] | None) -> None:
    global _work, _done
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process says when to stop
    _work, _done = work, done


def _do(chunk: list[Path]) -> list[Any]:
    if _work is None:
        raise RuntimeError("not a worker")
    try:
        return list(map(_work, chunk))
    finally:
        if _done is not None:
            _done()
