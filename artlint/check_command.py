"""The `check` command: report what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from artlint import inputs, judging, output, running
from artlint.errors import ArtlintError

if TYPE_CHECKING:
    import argparse

    from artlint.runner import PlanFor
    from artlint.told import Told


def add_arguments(check: argparse.ArgumentParser) -> None:
    """The arguments of `artlint check`."""
    check.add_argument(
        "--add-ignore",
        metavar="REASON",
        help="write suppressions of what is found (`--add-ignore` or `--add-ignore=REASON`)",
    )
    check.set_defaults(run=run, fixing=False, diff=False, unsafe_fixes=False)
    running.add_profile(check)
    inputs.add_options(check)


def run(arguments: argparse.Namespace) -> int:
    """Run `artlint check`; returns the exit code."""
    from artlint.runner import check_files, check_source, suppress_files

    if arguments.show_files or arguments.show_settings:
        return inputs.show(arguments)
    if arguments.add_ignore is not None:
        _check_add_ignore(arguments)
    judges = judging.Judging(arguments)
    if arguments.paths == ["-"]:
        name = Path(arguments.stdin_filename)
        plan = judges.plans(*inputs.plans(arguments, [name]))(name)
        reports = output.Reports(arguments)
        result = check_source(inputs.standard_input(arguments), plan)
        return judges.closed(reports.write(judges.watched([reports.tell(result)])))
    paths = judges.narrowed(inputs.paths(arguments))
    plans, roots = judges.plans(*inputs.plans(arguments, paths)), inputs.roots(arguments)
    reports = output.Reports(arguments)
    convert, how = arguments.convert_encoding, running.how_to_run(arguments, len(paths))

    def check(plans: PlanFor) -> Iterator[Told]:
        return check_files(paths, plans, reports.tell, roots, convert, telling=reports.telling, **how)

    if arguments.add_ignore is not None:
        told = suppress_files(paths, plans, reports.tell, arguments.add_ignore, roots, convert)
    else:
        told = running.profiled(plans, check) if arguments.profile else check(plans)
    return judges.closed(reports.write(judges.watched(told), len(paths)))


def _check_add_ignore(arguments: argparse.Namespace) -> None:
    from artlint.add_ignore import check_reason

    check_reason(arguments.add_ignore)
    if "-" in arguments.paths:
        raise ArtlintError("`--add-ignore` writes files; standard input is none")
