"""The command line: reads arguments, prints, and says how it went with an exit code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from artlint.errors import ArtlintError
from artlint.plain_words import plain_arguments

if TYPE_CHECKING:
    import argparse


def main(argv: Sequence[str] | None = None) -> int:
    """Run artlint with command-line arguments (default: those of the process); returns the exit code."""
    _prepare_output()
    # Its reason is optional, and a path behind it is none.
    words = sys.argv[1:] if argv is None else argv
    words = ["--add-ignore=" if word == "--add-ignore" else word for word in words]
    arguments = plain_arguments(words) or _parsed(words)
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
    from artlint.command_line import parsed  # most command lines do without

    return parsed(words)
