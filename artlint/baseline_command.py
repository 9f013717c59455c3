"""The `baseline` command: write down what an archive holds now, and keep that list short."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from artlint import inputs, judging
from artlint.errors import ArtlintError
from artlint.help_pages import formatter

if TYPE_CHECKING:
    from artlint.baseline import Baseline, Entry
    from artlint.runner import PlanFor

_ACTIONS = {
    "create": "write a new baseline of all findings",
    "update": "add what is new and drop what is gone",
    "prune": "drop what is gone",
    "show": "list the entries",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `artlint baseline`."""
    actions = parser.add_subparsers(metavar="ACTION", dest="what", required=True)
    for name, summary in _ACTIONS.items():
        action = actions.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            formatter_class=formatter,
            allow_abbrev=False,
        )
        action.set_defaults(parser=action)
        action.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="default: this folder")
        judging.add_baseline_option(action)
        action.add_argument(
            "--config", action="append", metavar="KEY=VALUE|FILE", help="as for `artlint check`"
        )
        action.add_argument("--isolated", action="store_true", help="read no configuration file")
        if name == "show":
            action.add_argument("--output-format", choices=("text", "json"), default="text")
        else:
            _add_check_options(action)
        if name in ("create", "update"):
            action.add_argument("--reason", default="", metavar="TEXT", help="why the new entries are kept")
    parser.set_defaults(run=run, output_format=None, statistics=False)


def _add_check_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--select", action="append", metavar="RULES", help="only these: codes, names, families; DEFAULT, ALL"
    )
    parser.add_argument("--ignore", action="append", metavar="RULES", help="not these")
    parser.add_argument(
        "--rules", action="append", metavar="PATH", help="also the packs of this file or folder"
    )
    parser.add_argument(
        "--allow-python", action="store_true", help="import the pydantic model that a configuration names"
    )
    parser.add_argument("--convert-encoding", action="store_true", help="read other encodings too")


def run(arguments: argparse.Namespace) -> int:
    """Run `artlint baseline`; returns the exit code."""
    return _show(arguments) if arguments.what == "show" else _write(arguments)


def _show(arguments: argparse.Namespace) -> int:
    from artlint.baseline import read_baseline
    from artlint.reporters.shared.style import one_line

    baseline = read_baseline(_place(arguments, must_exist=True))
    tops = [Path(os.path.abspath(path)) for path in arguments.paths]
    entries = [entry for entry in baseline.entries.values() if baseline.is_below(entry.path, tops)]
    entries.sort(key=lambda entry: (entry.path, entry.rule, entry.context, entry.nth))
    if arguments.output_format == "json":
        print(json.dumps([entry.values for entry in entries], ensure_ascii=False, indent=2))
        return 0
    for entry in entries:
        reason = f" ({entry.reason})" if entry.reason else ""
        print(one_line(f"{entry.path}: {entry.rule} {entry.context}{reason}"))
    rules = Counter(entry.rule for entry in entries)
    counts = ", ".join(f"{code} {count}" for code, count in sorted(rules.items()))
    print(f"{_entries(len(entries))} in {baseline.path}{': ' if counts else ''}{counts}")
    return 0


def _write(arguments: argparse.Namespace) -> int:
    """Check the files and write the baseline accordingly; returns the exit code."""
    from artlint.baseline import Baseline, read_baseline, write_baseline
    from artlint.reporters.shared.style import count

    paths = inputs.paths(arguments)
    plan_for, _ = inputs.plans(arguments, paths)
    is_new = arguments.what == "create"
    place = _place(arguments, must_exist=not is_new)
    if is_new and place.exists():
        raise ArtlintError(f"{place} is there already; `artlint baseline update` brings it up to date")
    old = Baseline(place) if is_new else read_baseline(place)
    census = _Census(old, plan_for, inputs.roots(arguments), arguments.convert_encoding)
    census.take(paths)
    settled = census.settled if arguments.what == "prune" else census.checked
    dropped = {entry.key for entry in old.stale(census.claims, settled, arguments.paths, census.rules)}
    kept = [entry for entry in old.entries.values() if entry.key not in dropped]
    if arguments.what != "prune":
        kept = [entry for entry in kept if entry.key not in census.claims]
        kept += [replace(entry, reason=entry.reason or arguments.reason) for entry in census.new]
        kept += census.known
    new = Baseline(place, kept)
    write_baseline(new)
    if is_new:
        files = len({entry.path for entry in kept})
        print(f"{_entries(len(new.entries))} for {count(files, 'file', 'files')} in {place}")
    else:
        added = 0 if arguments.what == "prune" else len(census.new)
        same = len(new.entries) - added
        print(f"{place}: {_entries(same)} kept, {len(dropped):,} dropped, {added:,} added")
    return 2 if census.has_errors else 0


class _Census:
    """Every finding of some files: ``new`` ones, and ``known`` ones as they look now.

    ``settled`` are the files of ``checked`` without new ones; ``claims`` name the entries of the
    known ones. ``rules`` are the codes of the rules that were asked.
    """

    def __init__(self, old: Baseline, plans: PlanFor, roots: Sequence[Path], convert: bool) -> None:
        self.new: list[Entry] = []
        self.known: list[Entry] = []
        self.checked: list[str] = []
        self.settled: list[str] = []
        self.claims: set[str] = set()
        self.rules: set[str] = set()
        self.has_errors = False
        self._old = old
        self._plans = plans
        self._roots = roots
        self._convert = convert

    def take(self, paths: Iterable[Path]) -> None:
        """Check each file; one that cannot be read is an error, and its entries stay."""
        from artlint.reporters.shared.style import one_line

        for path in paths:
            try:
                self._file(path)
            except ArtlintError as error:
                self.has_errors = True
                print(one_line(f"artlint: error: {path}: {error}"), file=sys.stderr)

    def _file(self, path: Path) -> None:
        from artlint.baseline import Census
        from artlint.runner import check_source, read_source

        source, plan = read_source(path, self._roots, self._convert), self._plans(path)
        stages = {rule.code: rule.stage for rule in plan.rules}
        judge = Census(self._old, source, stages)
        check_source(source, plan._replace(judge_for=lambda source: judge))
        self.rules.update(stages)
        self.checked.append(str(path))
        if all(old for _, old in judge.held):
            self.settled.append(str(path))
        self.claims.update(judge.claims)
        for entry, old in judge.held:
            if old:
                self.known.append(replace(entry, reason=old.reason))
            else:
                self.new.append(entry)


def _place(arguments: argparse.Namespace, must_exist: bool) -> Path:
    """Where the baseline is or comes to be. Raises ArtlintError when it must exist and does not."""
    from artlint.config import find_config

    config = None if arguments.isolated else find_config(Path())
    root = Path(os.path.relpath(config.parent)) if config else Path()
    found = judging.find_baseline(root, arguments.baseline) if must_exist or not arguments.baseline else None
    if found is None and must_exist:
        raise ArtlintError(f"no baseline {root / judging.NAME}; `artlint baseline create` makes it")
    return found or Path(arguments.baseline or root / judging.NAME)


def _entries(number: int) -> str:
    from artlint.reporters.shared.style import count

    return count(number, "entry", "entries")
