"""The command line: reads arguments, prints, and says how it went with an exit code."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from artlint import __version__
from artlint.errors import ArtlintError
from artlint.help_pages import MAIN, PAGES, formatter


def main(argv: Sequence[str] | None = None) -> int:
    """Run artlint with command-line arguments (default: those of the process); returns the exit code."""
    _prepare_output()
    # Its reason is optional, and a path behind it is none.
    words = sys.argv[1:] if argv is None else argv
    words = ["--add-ignore=" if word == "--add-ignore" else word for word in words]
    arguments = _parsed(words)
    code = 0
    try:
        code = arguments.run(arguments)
        sys.stdout.flush()
    except ArtlintError as error:
        from artlint.reporters.shared.style import one_line

        print(f"artlint: error: {one_line(str(error))}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        _drop_output()  # whoever read it has seen enough
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
    from artlint.output import drop

    drop(sys.stdout)


def _parsed(words: Sequence[str]) -> argparse.Namespace:
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
