"""The command line: reads arguments, prints, and says how it went with an exit code."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from artlint import (
    __version__,
    baseline_command,
    cache_command,
    judging,
    output,
    rule_command,
    running,
    schema_command,
)
from artlint.config import Config
from artlint.errors import ArtlintError

if TYPE_CHECKING:
    from artlint.api import Plan
    from artlint.runner import FileResult
    from artlint.source import Source

_EXIT_CODES = """\
exit codes:
  0  nothing to report (or everything was fixed)
  1  findings remain, or --diff would change something
  2  wrong usage or settings, a file that cannot be read, a fix that was refused
"""
_CHECK_EXAMPLES = """\
examples:
  artlint check seeds/                     every article below a folder
  artlint check --select BP,FM posts/a.md  only boilerplate and front matter
  artlint check --output-format full --output-format sarif=out.sarif posts/
  git show HEAD:a.md | artlint check - --stdin-filename a.md
"""
_FIX_EXAMPLES = """\
examples:
  artlint fix --diff seeds/     show what would change, write nothing
  artlint fix seeds/            fix in place
  artlint fix --diff --output-format html=report.html posts/
  artlint fix - < a.md > b.md   fix standard input
  artlint fix --to markdown --rename posts/
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run artlint with command-line arguments (default: those of the process); returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show Chinese, or a file name that is not UTF-8, must not stop us.
            stream.reconfigure(errors="backslashreplace")
    # Its reason is optional, and a path behind it is none.
    words = ["--add-ignore=" if word == "--add-ignore" else word for word in argv or sys.argv[1:]]
    arguments = _parser().parse_args(words)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except ArtlintError as error:
        from artlint.reporters.shared.style import one_line

        print(f"artlint: error: {one_line(str(error))}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever read the output has seen enough; Python must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except KeyboardInterrupt:
        print("artlint: interrupted; every file is either as it was or fixed", file=sys.stderr)
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="artlint",
        description="Lint and sanitize articles: front matter plus an HTML or Markdown body.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"artlint {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    check = _command(commands, "check", "report what is wrong", _CHECK_EXAMPLES)
    check.add_argument(
        "--add-ignore",
        metavar="REASON",
        help="write suppressions of what is found (`--add-ignore` or `--add-ignore=REASON`)",
    )
    check.set_defaults(run=_run_check, fixing=False, diff=False, unsafe_fixes=False)
    fix = _command(commands, "fix", "fix what can be fixed, and account for it", _FIX_EXAMPLES)
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
    running.add_profile(check)
    for command in (check, fix):
        _add_common(command)
        judging.add_options(command)
        running.add_options(command)
    baseline = _command(
        commands, "baseline", "keep known findings out of the report", baseline_command.EXAMPLES
    )
    baseline_command.add_arguments(baseline)
    baseline.set_defaults(run=_run_baseline, output_format=None, statistics=False)
    cache_command.add_arguments(
        _command(commands, "cache", "delete what earlier runs have kept", cache_command.EXAMPLES)
    )
    rule_command.add_arguments(
        _command(commands, "rule", "list, explain, test or try rules", rule_command.EXAMPLES)
    )
    schema_command.add_arguments(
        _command(commands, "schema", "show the schema of a file's front matter", schema_command.EXAMPLES)
    )
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, summary: str, examples: str
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=examples if name in ("rule", "schema", "cache") else f"{examples}\n{_EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders; `-` is standard input")
    parser.add_argument(
        "--select", action="append", metavar="RULES", help="only these: codes, names, families; DEFAULT, ALL"
    )
    parser.add_argument("--ignore", action="append", metavar="RULES", help="not these")
    parser.add_argument(
        "--rules", action="append", metavar="PATH", help="also the packs of this file or folder"
    )
    parser.add_argument("--isolated", action="store_true", help="read no configuration file")
    parser.add_argument(
        "--allow-python", action="store_true", help="import the pydantic model that a configuration names"
    )
    parser.add_argument(
        "--convert-encoding", action="store_true", help="read other encodings too; `fix` writes UTF-8"
    )
    parser.add_argument("--stdin-filename", metavar="NAME", default="article.md", help="what `-` is called")
    output.add_arguments(parser)


def _run_check(arguments: argparse.Namespace) -> int:
    from artlint.runner import check_files, check_source, suppress_files

    if arguments.add_ignore is not None:
        _check_add_ignore(arguments)
    judges = judging.Judging(arguments)
    if arguments.paths == ["-"]:
        name = Path(arguments.stdin_filename)
        plan = judges.plans(_plans(arguments, [name]), [name])(name)
        results = judges.watched([check_source(_standard_input(arguments), plan)])
        return judges.closed(output.report(results, arguments))
    paths = judges.narrowed(_paths(arguments))
    plans, roots = judges.plans(_plans(arguments, paths), paths), _roots(arguments)
    convert, how = arguments.convert_encoding, running.how_to_run(arguments, len(paths))

    def check(plans: Callable[[Path], Plan]) -> Iterator[FileResult]:
        return check_files(paths, plans, roots, convert, **how)

    if arguments.add_ignore is not None:
        found = suppress_files(paths, plans, arguments.add_ignore, roots, convert)
    else:
        found = running.profiled(plans, check) if arguments.profile else check(plans)
    return judges.closed(output.report(judges.watched(found), arguments, len(paths)))


def _check_add_ignore(arguments: argparse.Namespace) -> None:
    from artlint.add_ignore import check_reason

    check_reason(arguments.add_ignore)
    if "-" in arguments.paths:
        raise ArtlintError("`--add-ignore` writes files; standard input is none")


def _run_fix(arguments: argparse.Namespace) -> int:
    from artlint.runner import fix_files, fix_one

    unsafe, diff = arguments.unsafe_fixes, arguments.diff
    judges = judging.Judging(arguments, unsafe, output.wants_colour(sys.stdout))
    if arguments.paths == ["-"]:
        name = Path(arguments.stdin_filename)
        output.destinations(arguments)  # wrong ones stop the run before anything is written
        plan = judges.plans(_plans(arguments, [name]), [name])(name)
        result = fix_one(_standard_input(arguments), plan, unsafe)
        if not diff and result.fix:
            sys.stdout.buffer.write(result.fix.text.encode())
        out = sys.stdout if diff else sys.stderr
        return judges.closed(output.report(judges.watched([result]), arguments, out=out))
    paths = judges.narrowed(_paths(arguments))
    plans, roots = judges.plans(_plans(arguments, paths), paths), _roots(arguments)
    wanted, convert = judges.until_quit(paths), arguments.convert_encoding
    how, rename = running.how_to_run(arguments, len(paths)), arguments.rename
    results = judges.watched(fix_files(wanted, plans, unsafe, not diff, rename, roots, convert, **how))
    return judges.closed(output.report(results, arguments, len(paths)))


def _run_baseline(arguments: argparse.Namespace) -> int:
    if arguments.what == "show":
        return baseline_command.show(arguments)
    paths = _paths(arguments)
    return baseline_command.write(arguments, paths, _plans(arguments, paths), _roots(arguments))


def _plans(arguments: argparse.Namespace, paths: Iterable[Path]) -> Callable[[Path], Plan]:
    """The plan of each file, by the configuration closest to it; made before the first file is read.

    ``arguments.known_rules`` then holds the rules of all plans, by code.
    """
    from functools import cache

    from artlint.api import make_plan
    from artlint.config import find_config, load_config

    arguments.known_rules = {}

    @cache
    def plan(config_path: Path | None) -> Plan:
        config = load_config(config_path, arguments.allow_python) if config_path else Config()
        made = make_plan(_overridden(config, arguments))
        arguments.known_rules.update((rule.code, rule) for rule in made.rules)
        return made

    def plan_for(path: Path) -> Plan:
        return plan(None if arguments.isolated else find_config(path.parent))

    for path in paths:
        plan_for(path)
    return plan_for


def _overridden(config: Config, arguments: argparse.Namespace) -> Config:
    import dataclasses

    changes: dict[str, Any] = {}
    if arguments.select:
        changes["select"] = _split(arguments.select)
    if arguments.ignore:
        changes["ignore"] = _split(arguments.ignore)
    if arguments.rules:
        changes["rules"] = (*config.rules, *arguments.rules)
    if getattr(arguments, "to", None):
        changes["to"] = arguments.to
    if getattr(arguments, "no_format", False):
        changes["format"] = False
    return dataclasses.replace(config, **changes)


def _split(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def _paths(arguments: argparse.Namespace) -> list[Path]:
    from artlint.discover import ARTICLE_SUFFIXES, discover

    if "-" in arguments.paths:
        raise ArtlintError("`-` (standard input) stands alone; give no other path")
    paths = output.without_reports(discover(Path(path) for path in arguments.paths), arguments)
    if not paths:
        suffixes = " ".join(sorted(ARTICLE_SUFFIXES))
        where = " ".join(arguments.paths)
        raise ArtlintError(
            f"no article in {where}: no {suffixes} file, no .txt file that starts with front matter"
        )
    return paths


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
