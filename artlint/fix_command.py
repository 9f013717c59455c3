"""The `fix` command: repair what can be repaired, or show how."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from artlint import inputs, judging, output, running
from artlint.errors import ArtlintError

if TYPE_CHECKING:
    import argparse


def add_arguments(fix: argparse.ArgumentParser) -> None:
    """The arguments of `artlint fix`."""
    fix.add_argument("--diff", action="store_true", help="show what would change; write nothing")
    fix.add_argument(
        "--unsafe-fixes", action="store_true", help="also apply fixes that a person should look at"
    )
    fix.add_argument(
        "--no-format", action="store_true", help="apply the rules' fixes only, without the canonical form"
    )
    fix.add_argument("--to", choices=("markdown", "html"), help="also convert bodies; see docs/conversion.md")
    fix.add_argument("--rename", action="store_true", help="give converted files their new ending")
    judging.add_fix_options(fix)
    fix.set_defaults(run=run, fixing=True)
    inputs.add_options(fix)


def run(arguments: argparse.Namespace) -> int:
    """Run `artlint fix`; returns the exit code."""
    from artlint.runner import fix_files, fix_one

    if arguments.show_files or arguments.show_settings:
        return inputs.show(arguments)
    if arguments.rename and not arguments.to:
        raise ArtlintError("`--rename` is about converted files; add `--to markdown` or `--to html`")
    unsafe, diff = arguments.unsafe_fixes, arguments.diff
    judges = judging.Judging(arguments, unsafe, output.wants_colour(sys.stdout))
    if arguments.paths == ["-"]:
        name = Path(arguments.stdin_filename)
        plan = judges.plans(*inputs.plans(arguments, [name]))(name)
        # Made now, so that wrong ones stop the run before anything is written.
        reports = output.Reports(arguments, sys.stdout if diff else sys.stderr)
        result = fix_one(inputs.standard_input(arguments), plan, unsafe)
        if not diff and result.fix:
            with output.until_closed(sys.stdout):
                sys.stdout.buffer.write(result.fix.text.encode())
        return judges.closed(reports.write(judges.watched([reports.tell(result)])))
    paths = judges.narrowed(inputs.paths(arguments))
    plans, roots = judges.plans(*inputs.plans(arguments, paths)), inputs.roots(arguments)
    reports = output.Reports(arguments)
    wanted, convert = judges.until_quit(paths), arguments.convert_encoding
    how, rename = running.how_to_run(arguments, len(paths)), arguments.rename
    how = {**how, "telling": reports.telling}
    told = fix_files(wanted, plans, reports.tell, unsafe, not diff, rename, roots, convert, **how)
    return judges.closed(reports.write(judges.watched(told), len(paths)))
