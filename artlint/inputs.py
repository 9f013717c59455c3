"""The articles that a command is given, and what holds for each: options, files, plans."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from artlint import judging, output, running
from artlint.errors import ArtlintError

if TYPE_CHECKING:
    import argparse

    from artlint.api import Plan
    from artlint.choices import Choices
    from artlint.discover import Articles
    from artlint.runner import PlanFor
    from artlint.source import Source


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that `check` and `fix` share."""
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


def plans(arguments: argparse.Namespace, paths: Iterable[Path]) -> tuple[PlanFor, list[Plan]]:
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


def paths(arguments: argparse.Namespace) -> Articles:
    """The articles at the paths given. Raises ArtlintError when there are none."""
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


def show(arguments: argparse.Namespace) -> int:
    """Print the files that a run would read, or what holds for them."""
    from artlint.choices import settings_lines
    from artlint.reporters.shared.style import one_line, printable

    found = paths(arguments)
    if arguments.show_files:
        sys.stdout.writelines(f"{one_line(str(path))}\n" for path in found)
    else:
        sys.stdout.writelines(printable(text) for text in settings_lines(_choices(arguments), found))
    return 0


def roots(arguments: argparse.Namespace) -> list[Path]:
    """The folders given, and those of the files given: links inside them may lead to each other."""
    paths = [Path(path) for path in arguments.paths]
    return [path if path.is_dir() else path.parent for path in paths]


def standard_input(arguments: argparse.Namespace) -> Source:
    """What stands on standard input. Raises SourceError when it cannot be read as an article."""
    from artlint.errors import SourceError
    from artlint.source import Source

    try:
        return Source.from_bytes(
            sys.stdin.buffer.read(), arguments.stdin_filename, arguments.convert_encoding
        )
    except SourceError as error:
        raise SourceError(f"{arguments.stdin_filename}: {error}") from None
