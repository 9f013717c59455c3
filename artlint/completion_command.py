"""The `completion` command: scripts for shells, written by shtab from the parser itself.

shtab makes static scripts, so a Tab costs no Python; argcomplete would start one each time.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator

SHELLS = ("bash", "zsh", "fish")
_MANY = re.compile(r'^  "\(\*\)::?', re.MULTILINE)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `artlint completion`."""
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run `artlint completion`; returns the exit code."""
    import shtab

    from artlint.command_line import make_parser
    from artlint.formats import formats
    from artlint.registry import shipped_registry
    from artlint.rule import FAMILIES

    parser = make_parser()
    rules = list(shipped_registry())
    names = [*FAMILIES, *(rule.code for rule in rules), *(rule.name for rule in rules)]
    for action in _actions(parser):
        if action.metavar in ("PATH", "FILE"):
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # shtab's own attribute
        elif action.dest in ("select", "ignore"):
            action.choices = ["ALL", "DEFAULT", *names]
        elif action.dest == "what" and not action.choices:
            action.choices = ["test", "try", *names]
        elif action.dest == "output_format" and not action.choices:
            action.choices = list(formats())
    script = shtab.complete(parser, arguments.shell)
    if arguments.shell == "zsh":
        # shtab takes `(*)` for "any number of"; to zsh that names what excludes each other, and means one.
        script = _MANY.sub('  "*:', script)
    sys.stdout.write(script)
    return 0


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for inner in dict.fromkeys(action.choices.values()):
                yield from _actions(inner)
