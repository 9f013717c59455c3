"""The parser of the command line, made by argparse."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module

from artlint import __version__
from artlint.help_pages import MAIN, PAGES, formatter


def parsed(words: Sequence[str]) -> argparse.Namespace:
    """What the words of a command line say; wrong ones end the process with the usage of their command."""
    arguments, left = make_parser(words[0] if words else "").parse_known_args(words)
    if left:
        # To argparse paths end at the first option behind one (or behind the word before them).
        options = left[: left.index("--")] if "--" in left else left
        if not hasattr(arguments, "paths") or any(word[:1] == "-" != word for word in options):
            arguments.parser.error(f"unrecognized arguments: {' '.join(left)}")
        arguments.paths = [*arguments.paths, *(word for word in left if word != "--")]
    return arguments


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
    for name in (command,) if command in PAGES else PAGES:
        page = PAGES[name]
        parser_of_command = commands.add_parser(
            name,
            help=page.summary,
            description=f"{page.summary[0].upper()}{page.summary[1:]}.\n\n{page.about}",
            epilog=page.epilog,
            formatter_class=formatter,
            allow_abbrev=False,
        )
        parser_of_command.set_defaults(parser=parser_of_command)
        import_module(f"artlint.{name}_command").add_arguments(parser_of_command)
    return parser
