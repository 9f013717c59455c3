"""The options of `check` and `fix` that say which files and findings count, and what becomes of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from artlint.errors import ArtlintError

if TYPE_CHECKING:
    import argparse

    from artlint.api import Plan
    from artlint.baseline import Baseline, Entry
    from artlint.changed import Lines
    from artlint.diagnostic import Diagnostic
    from artlint.discover import Articles
    from artlint.interactive import Dialogue
    from artlint.rule import Stage
    from artlint.runner import PlanFor
    from artlint.source import Source
    from artlint.told import Told
    from artlint.verdict import Judge

NAME = ".artlint-baseline.jsonl"


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that `check` and `fix` share."""
    parser.add_argument(
        "--changed", action="store_true", help="only files that differ from the last commit of git"
    )
    parser.add_argument(
        "--changed-lines", action="store_true", help="only findings on lines that differ from it"
    )
    parser.add_argument(
        "--since", metavar="REF", help="with --changed: the commit where the work parted from REF instead"
    )
    add_baseline_option(parser)
    parser.add_argument("--no-baseline", action="store_true", help="report baselined findings too")
    parser.add_argument(
        "--strict-baseline", action="store_true", help="exit with 2 when entries of the baseline are stale"
    )


def add_baseline_option(parser: argparse.ArgumentParser) -> None:
    """The option that names the baseline."""
    parser.add_argument("--baseline", metavar="FILE", help=f"default: {NAME}")


def add_fix_options(parser: argparse.ArgumentParser) -> None:
    """The options of `fix` alone."""
    parser.add_argument("--include-baselined", action="store_true", help="fix baselined findings too")
    parser.add_argument("--interactive", action="store_true", help="ask about each fix")


class Judging:
    """What the options of one run make of its files, plans and results.

    ``unsafe``: unsafe fixes apply; ``colour``: the terminal shows it. Raises ArtlintError for options
    that contradict each other.
    """

    def __init__(self, arguments: argparse.Namespace, unsafe: bool = False, colour: bool = False) -> None:
        _check_options(arguments)
        self._arguments = arguments
        self._unsafe = unsafe
        self._lines: dict[str, Lines] = {}
        self._baselines: dict[Path, tuple[Baseline, dict[str, Stage]]] = {}
        self._claims: set[str] = set()
        self._settled: list[str] = []
        self._dialogue: Dialogue | None = None
        if getattr(arguments, "interactive", False):
            from artlint.interactive import Dialogue

            self._dialogue = Dialogue(colour, unsafe)

    def narrowed(self, paths: Articles) -> Articles | list[Path]:
        """The files that count: with ``--changed`` those that differ from the commit."""
        arguments = self._arguments
        if not (arguments.changed or arguments.changed_lines):
            return paths
        from artlint.changed import changed_files

        found = changed_files(paths, arguments.since, arguments.changed_lines)
        self._lines = {str(path): lines for path, lines in found.items()} if arguments.changed_lines else {}
        if not found:
            print(f"artlint: no article differs from {arguments.since or 'the last commit'}", file=sys.stderr)
        return list(found)

    def until_quit(self, paths: Iterable[Path]) -> Iterator[Path]:
        """The files, until the person at the terminal has had enough."""
        for path in paths:
            if self._dialogue and self._dialogue.is_over:
                return
            yield path

    def plans(self, plan_for: PlanFor, plans: Iterable[Plan]) -> PlanFor:
        """The plans of files with the judges of these; those of ``plans`` are made now."""
        made: dict[int, tuple[Plan, Plan]] = {}  # both are kept, so that no other plan gets the id

        def judged(plan: Plan) -> Plan:
            if id(plan) not in made:
                made[id(plan)] = plan, self._judged(plan)
            return made[id(plan)][1]

        for plan in plans:
            judged(plan)
        return lambda path: judged(plan_for(path))

    def _judged(self, plan: Plan) -> Plan:
        baseline = None if self._arguments.no_baseline else self._baseline(Path(plan.settings.root))
        stages = {rule.code: rule.stage for rule in plan.rules}
        if baseline:
            self._baselines[baseline.path][1].update(stages)
        elif not (self._lines or self._dialogue):
            return plan

        from artlint.verdict import Judges

        def judge_for(source: Source) -> Judge:
            return Judges(list(self._judges(source, baseline, stages)))

        return plan._replace(judge_for=judge_for)

    def _judges(
        self, source: Source, baseline: Baseline | None, stages: Mapping[str, Stage]
    ) -> Iterator[Judge]:
        if baseline:
            from artlint.baseline import BaselineJudge

            yield BaselineJudge(baseline, source, stages, self._keeps)
        if source.path in self._lines:
            from artlint.changed import ChangedLinesJudge

            yield ChangedLinesJudge(source, self._lines[source.path], stages)
        if self._dialogue:
            yield self._dialogue.judge(source)

    def _keeps(self, finding: Diagnostic) -> bool:
        """Whether a baselined finding is left alone."""
        return not (getattr(self._arguments, "include_baselined", False) and finding.is_fixable(self._unsafe))

    def _baseline(self, root: Path) -> Baseline | None:
        path = find_baseline(root, self._arguments.baseline)
        if path is not None and path not in self._baselines:
            from artlint.baseline import read_baseline

            self._baselines[path] = read_baseline(path), {}
        return None if path is None else self._baselines[path][0]

    def watched(self, told: Iterable[Told]) -> Iterator[Told]:
        """The same as it comes, with an eye on the entries of baselines that the files claim."""
        for one in told:
            if self._baselines:
                self._claims.update(one.baselined)
                is_written = not (one.total.is_changed and getattr(self._arguments, "diff", False))
                if is_written and not one.total.is_error and not one.total.findings:
                    self._settled.append(one.path)
            yield one

    def closed(self, code: int) -> int:
        """Warn of stale entries; the exit code, given that of the report."""
        strict = self._arguments.strict_baseline
        is_partial = self._arguments.changed or self._arguments.changed_lines
        folders = [] if is_partial else self._arguments.paths
        for baseline, stages in self._baselines.values():
            stale = baseline.stale(self._claims, self._settled, folders, stages)
            if stale:
                print(
                    f"artlint: {'error' if strict else 'warning'}: {_stale(baseline, stale)}", file=sys.stderr
                )
                code = 2 if strict else code
        return code


def find_baseline(root: Path, name: str | None) -> Path | None:
    """The baseline: the one named, else that in the folder of the configuration or the working folder.

    Raises ArtlintError when the one named is not there.
    """
    if name is not None:
        if not Path(name).is_file():
            raise ArtlintError(f"no baseline {name}; `artlint baseline create --baseline {name}` makes it")
        return Path(name)
    places = (Path(os.path.relpath(root)) / NAME, Path(NAME))
    return next((place for place in places if place.is_file()), None)


def _stale(baseline: Baseline, stale: Sequence[Entry]) -> str:
    from artlint.reporters.shared.style import count, one_line

    entries = count(len(stale), "entry matches", "entries match")
    first = f"{stale[0].rule} in {one_line(stale[0].path)}"
    head = f"{baseline.path}: {entries} no finding any more"
    return f"{head} (first: {first}); `artlint baseline prune` drops such"


def _check_options(arguments: argparse.Namespace) -> None:
    """Raises ArtlintError for options that contradict each other."""
    if arguments.since and not (arguments.changed or arguments.changed_lines):
        raise ArtlintError("`--since` says what `--changed` or `--changed-lines` compare with; add one")
    if arguments.baseline and arguments.no_baseline:
        raise ArtlintError("`--baseline` and `--no-baseline` contradict each other")
    if getattr(arguments, "add_ignore", None) is not None and arguments.changed_lines:
        raise ArtlintError("`--add-ignore` adds lines, so it cannot go with `--changed-lines`")
    is_interactive = getattr(arguments, "interactive", False)
    if arguments.paths == ["-"] and (arguments.changed or arguments.changed_lines or is_interactive):
        raise ArtlintError("`--changed` and `--interactive` need files; they cannot go with `-`")
    if is_interactive and (arguments.diff or arguments.to):
        raise ArtlintError("`--interactive` writes what you accept; it cannot go with `--diff` or `--to`")
