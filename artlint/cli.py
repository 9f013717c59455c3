"""The command line: reads arguments, prints, and says how it went with an exit code."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from artlint import __version__, judging, output, running
from artlint.errors import ArtlintError
from artlint.help_pages import MAIN, PAGES, formatter

if TYPE_CHECKING:
    from artlint.api import Plan
    from artlint.choices import Choices
    from artlint.discover import Articles
    from artlint.runner import PlanFor
    from artlint.source import Source
    from artlint.told import Told


def main(argv: Sequence[str] | None = None) -> int:
    """Run artlint with command-line arguments (default: those of the process); returns the exit code."""
    _prepare_output()
    # Its reason is optional, and a path behind it is none.
    words = sys.argv[1:] if argv is None else argv
    words = ["--add-ignore=" if word == "--add-ignore" else word for word in words]
    arguments = make_parser(words[0] if words else "").parse_args(words)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except ArtlintError as error:
        from artlint.reporters.shared.style import one_line

        print(f"artlint: error: {one_line(str(error))}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        _drop_output()  # whoever read it has seen enough
        return 2
    except OSError as error:  # of files we read and write it is told with the file
        _drop_output()
        print(f"artlint: error: the output cannot be written: {error.strerror}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("artlint: interrupted; every file is either as it was or fixed", file=sys.stderr)
        return 130
    return code


def _prepare_output() -> None:
    """See to it that whatever we print can be printed, or is dropped."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever called us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - until the end
        elif isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show Chinese, or a file name that is not UTF-8, must not stop us.
            stream.reconfigure(errors="backslashreplace")


def _drop_output() -> None:
    """Let what is still to be printed go nowhere, so that Python does not complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def make_parser(command: str = "") -> argparse.ArgumentParser:
    """The parser of the command line: of all commands, or of one of them only.

    To make those of all of them takes as long as to check an article.
    """
    parser = argparse.ArgumentParser(
        prog="artlint",
        description=f"{MAIN.summary}\n\n{MAIN.about}",
        epilog=MAIN.epilog,
        formatter_class=formatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"artlint {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name in (command,) if command in _COMMANDS else _COMMANDS:
        page = PAGES[name]
        parser_of_command = commands.add_parser(
            name,
            help=page.summary,
            description=f"{page.summary[0].upper()}{page.summary[1:]}.\n\n{page.about}",
            epilog=page.epilog,
            formatter_class=formatter,
            allow_abbrev=False,
        )
        _COMMANDS[name](parser_of_command)
    return parser


def _add_check(check: argparse.ArgumentParser) -> None:
    check.add_argument(
        "--add-ignore",
        metavar="REASON",
        help="write suppressions of what is found (`--add-ignore` or `--add-ignore=REASON`)",
    )
    check.set_defaults(run=_run_check, fixing=False, diff=False, unsafe_fixes=False)
    running.add_profile(check)
    _add_common(check)


def _add_fix(fix: argparse.ArgumentParser) -> None:
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
    fix.set_defaults(run=_run_fix, fixing=True)
    _add_common(fix)


def _add_baseline(baseline: argparse.ArgumentParser) -> None:
    from artlint import baseline_command

    baseline_command.add_arguments(baseline)
    baseline.set_defaults(run=_run_baseline, output_format=None, statistics=False)


def _of_module(name: str) -> Callable[[argparse.ArgumentParser], None]:
    """What adds the arguments of a command that has a module of its own, loaded when needed."""

    def add_arguments(parser: argparse.ArgumentParser) -> None:
        import_module(f"artlint.{name}_command").add_arguments(parser)

    return add_arguments


_WITH_OTHERS = {"check": _add_check, "fix": _add_fix, "baseline": _add_baseline}
_COMMANDS = {name: _WITH_OTHERS.get(name) or _of_module(name) for name in PAGES}


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders; `-` is standard input")
    rules = parser.add_argument_group("rules")
    rules.add_argument(
        "--select", action="append", metavar="RULES", help="only these: codes, names, families; DEFAULT, ALL"
    )
    rules.add_argument("--ignore", action="append", metavar="RULES", help="not these")
    rules.add_argument(
        "--rules", action="append", metavar="PATH", help="also the packs of this file or folder"
    )
    settings = parser.add_argument_group("configuration")
    settings.add_argument(
        "--config",
        action="append",
        metavar="KEY=VALUE|FILE",
        help="one value (as TOML), or a configuration file instead of the closest one",
    )
    settings.add_argument("--isolated", action="store_true", help="read no configuration file")
    settings.add_argument(
        "--show-settings", action="store_true", help="show what holds for the files, and nothing else"
    )
    settings.add_argument(
        "--allow-python", action="store_true", help="import the pydantic model that a configuration names"
    )
    files = parser.add_argument_group("files")
    files.add_argument(
        "--force-exclude",
        action="store_true",
        help="leave out named files, too, that `include` and `exclude` leave out",
    )
    files.add_argument("--show-files", action="store_true", help="list the files, and nothing else")
    files.add_argument(
        "--convert-encoding", action="store_true", help="read other encodings too; `fix` writes UTF-8"
    )
    files.add_argument("--stdin-filename", metavar="NAME", default="article.md", help="what `-` is called")
    output.add_arguments(parser)
    judging.add_options(parser)
    running.add_options(parser)


def _run_check(arguments: argparse.Namespace) -> int:
    from artlint.runner import check_files, check_source, suppress_files

    if arguments.show_files or arguments.show_settings:
        return _show(arguments)
    if arguments.add_ignore is not None:
        _check_add_ignore(arguments)
    judges = judging.Judging(arguments)
    if arguments.paths == ["-"]:
        name = Path(arguments.stdin_filename)
        plan = judges.plans(*_plans(arguments, [name]))(name)
        reports = output.Reports(arguments)
        result = check_source(_standard_input(arguments), plan)
        return judges.closed(reports.write(judges.watched([reports.tell(result)])))
    paths = judges.narrowed(_paths(arguments))
    plans, roots = judges.plans(*_plans(arguments, paths)), _roots(arguments)
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


def _run_fix(arguments: argparse.Namespace) -> int:
    from artlint.runner import fix_files, fix_one

    if arguments.show_files or arguments.show_settings:
        return _show(arguments)
    unsafe, diff = arguments.unsafe_fixes, arguments.diff
    judges = judging.Judging(arguments, unsafe, output.wants_colour(sys.stdout))
    if arguments.paths == ["-"]:
        name = Path(arguments.stdin_filename)
        plan = judges.plans(*_plans(arguments, [name]))(name)
        # Made now, so that wrong ones stop the run before anything is written.
        reports = output.Reports(arguments, sys.stdout if diff else sys.stderr)
        result = fix_one(_standard_input(arguments), plan, unsafe)
        if not diff and result.fix:
            sys.stdout.buffer.write(result.fix.text.encode())
        return judges.closed(reports.write(judges.watched([reports.tell(result)])))
    paths = judges.narrowed(_paths(arguments))
    plans, roots = judges.plans(*_plans(arguments, paths)), _roots(arguments)
    reports = output.Reports(arguments)
    wanted, convert = judges.until_quit(paths), arguments.convert_encoding
    how, rename = running.how_to_run(arguments, len(paths)), arguments.rename
    how = {**how, "telling": reports.telling}
    told = fix_files(wanted, plans, reports.tell, unsafe, not diff, rename, roots, convert, **how)
    return judges.closed(reports.write(judges.watched(told), len(paths)))


def _run_baseline(arguments: argparse.Namespace) -> int:
    from artlint import baseline_command

    if arguments.what == "show":
        return baseline_command.show(arguments)
    paths = _paths(arguments)
    plan_for, _ = _plans(arguments, paths)
    return baseline_command.write(arguments, paths, plan_for, _roots(arguments))


def _plans(arguments: argparse.Namespace, paths: Iterable[Path]) -> tuple[PlanFor, list[Plan]]:
    """The plan of each file, by the configuration closest to it; all made before the first file is read.

    ``arguments.known_rules`` then holds the rules of all plans, by code.
    """
    plan_for = _choices(arguments).plan_for
    plans = list({id(plan): plan for plan in map(plan_for, paths)}.values())
    arguments.known_rules = {rule.code: rule for plan in plans for rule in plan.rules}
    return plan_for, plans


def _choices(arguments: argparse.Namespace) -> Choices:
    from artlint.choices import Choices

    if not hasattr(arguments, "choices"):
        arguments.choices = Choices(arguments)
    chosen: Choices = arguments.choices
    return chosen


def _paths(arguments: argparse.Namespace) -> Articles:
    from artlint.discover import ARTICLE_SUFFIXES, Articles

    if "-" in arguments.paths:
        raise ArtlintError("`-` (standard input) stands alone; give no other path")
    given = [Path(path) for path in arguments.paths]
    force_exclude = getattr(arguments, "force_exclude", False)
    own = output.is_own_report(arguments)
    paths = Articles(given, _choices(arguments).choice_for, force_exclude, own)
    if not paths and force_exclude and not any(path.is_dir() for path in given):
        print("artlint: nothing to do: every file named is left out", file=sys.stderr)
    elif not paths:
        suffixes = " ".join(sorted(ARTICLE_SUFFIXES))
        where = " ".join(arguments.paths)
        raise ArtlintError(
            f"no article in {where}: no {suffixes} file, no .txt file that starts with front matter"
        )
    return paths


def _show(arguments: argparse.Namespace) -> int:
    """Print the files that a run would read, or what holds for them."""
    from artlint.choices import settings_lines
    from artlint.reporters.shared.style import one_line, printable

    paths = _paths(arguments)
    if arguments.show_files:
        sys.stdout.writelines(f"{one_line(str(path))}\n" for path in paths)
    else:
        sys.stdout.writelines(printable(text) for text in settings_lines(_choices(arguments), paths))
    return 0


def _roots(arguments: argparse.Namespace) -> list[Path]:
    """The folders given, and those of the files given: links inside them may lead to each other."""
    paths = [Path(path) for path in arguments.paths]
    return [path if path.is_dir() else path.parent for path in paths]


def _standard_input(arguments: argparse.Namespace) -> Source:
    from artlint.errors import SourceError
    from artlint.source import Source

    try:
        return Source.from_bytes(
            sys.stdin.buffer.read(), arguments.stdin_filename, arguments.convert_encoding
        )
    except SourceError as error:
        raise SourceError(f"{arguments.stdin_filename}: {error}") from None
