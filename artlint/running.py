"""The options that say how a run goes about many files: processes, cache, profile."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

    from artlint.runner import PlanFor
    from artlint.told import Told

_FEW = 16  # files; to open the cache takes longer than to check so many


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add `--jobs` and `--no-cache`."""
    parser.add_argument(
        "--jobs", type=_count, metavar="N", help="share the work among N processes (default: one a core)"
    )
    parser.add_argument("--no-cache", action="store_true", help="neither use nor keep findings of other runs")


def add_profile(parser: argparse.ArgumentParser) -> None:
    """Add `--profile`."""
    parser.add_argument(
        "--profile", action="store_true", help="also say which rules took how long (to standard error)"
    )


def _count(text: str) -> int:
    from argparse import ArgumentTypeError  # who calls this has it

    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"`{text}` is not a number of processes, such as 4")
    return int(text)


def how_to_run(arguments: argparse.Namespace, files: int) -> dict[str, Any]:
    """The arguments of ``check_files`` and ``fix_files`` for a run over so many files.

    One process where something is measured or asked on the terminal.
    """
    from artlint.parallel import cores

    alone = getattr(arguments, "profile", False) or getattr(arguments, "interactive", False)
    jobs = 1 if alone else arguments.jobs or cores()
    if alone or arguments.no_cache or files < _FEW:
        return {"jobs": jobs}
    from artlint.cache import Cache
    from artlint.user_folder import user_folder

    return {"jobs": jobs, "cache": Cache(Path(user_folder()))}


def profiled(plan_for: PlanFor, check: Callable[[PlanFor], Iterable[Told]]) -> Iterator[Told]:
    """The results of a check whose rules are timed; the table is printed at the end."""
    from artlint.profile import Profile

    profile = Profile()
    yield from check(profile.watching(plan_for))
    print(profile.table(), file=sys.stderr)
