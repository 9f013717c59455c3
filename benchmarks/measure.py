"""Time and memory of work in this process and of other processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
_INSTALLED = Path(sys.executable).with_name("artlint")
# As a hook calls it; Python takes longer to find and run a module by its name.
COMMAND = [str(_INSTALLED)] if _INSTALLED.exists() else [sys.executable, "-m", "artlint"]


class Cost(NamedTuple):
    """What a process took: seconds of CPU (with its children), seconds on the clock, megabytes at most."""

    cpu: float
    wall: float
    megabytes: float


def cpu(work: Callable[[], object], rounds: int = 3) -> float:
    """The least CPU time of this process, in seconds, of some rounds after one to warm up."""
    work()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def run(command: Sequence[str], folder: Path = ROOT, **environment: str) -> Cost:
    """Run a command to its end; what it prints is dropped."""
    known = {"PYTHONPATH": str(ROOT), **os.environ, **environment}
    known.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package has its compiled modules
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=known, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    return Cost(
        usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    )


def artlint(*arguments: str, folder: Path = ROOT, **environment: str) -> Cost:
    """Run artlint as a process."""
    return run([*COMMAND, *arguments], folder, **environment)


def best(work: Callable[[], Cost], rounds: int = 9) -> float:
    """The least CPU time of some runs, in seconds."""
    return min(work().cpu for _ in range(rounds))
