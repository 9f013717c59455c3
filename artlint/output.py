"""What a run prints and where: the options, the reports and their destinations."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from artlint import limits
from artlint.errors import ArtlintError, ConfigError
from artlint.terminal import columns

if TYPE_CHECKING:
    import argparse

    from artlint.reporters.shared.totals import Run, Totals
    from artlint.runner import FileResult
    from artlint.told import Told

_LONG_WORK = 100  # files; above that a person at a terminal sees a progress bar


class Destination(NamedTuple):
    """A format and the file its report goes to, None for standard output."""

    format: str
    path: Path | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options about output, as a group of their own."""
    group = parser.add_argument_group("output")
    group.add_argument(
        "--output-format",
        action="append",
        type=_destination,
        metavar="FORMAT[=FILE]",
        help="default: full; give it again for more reports, each with its FILE (docs/reports.md)",
    )
    group.add_argument(
        "--statistics", action="store_true", help="count findings by rule: --output-format statistics"
    )
    group.add_argument("--show-fixes", action="store_true", help="also what each fix does, or did")
    group.add_argument("-q", "--quiet", action="store_true", help="findings and errors only, no summary")


def _destination(value: str) -> Destination:
    from argparse import ArgumentTypeError  # who calls this has it

    from artlint.formats import formats

    name, separator, path = value.partition("=")
    known = formats()
    if name not in known:
        from difflib import get_close_matches  # only mistakes need it

        near = get_close_matches(name, known, 1)
        hint = f"did you mean `{near[0]}`?" if near else f"one of {', '.join(known)}"
        raise ArgumentTypeError(f"unknown format `{name}`; {hint}")
    if separator and not path:
        raise ArgumentTypeError(f"`{value}` names no file; write {name}=FILE or just {name}")
    return Destination(name, Path(path) if separator else None)


def destinations(arguments: argparse.Namespace) -> list[Destination]:
    """Where the reports go. Raises ConfigError when two would go to the same place, or over an article."""
    wanted: list[Destination] = list(arguments.output_format or ())
    if arguments.statistics:
        wanted.append(Destination("statistics", None))
    wanted = wanted or [Destination("full", None)]
    taken: dict[str | None, str] = {}
    for name, path in wanted:
        place = os.path.realpath(path) if path else None
        where = f"`{path}`" if path else "standard output"
        if place in taken:
            hint = f"give each a file of its own: {name}=FILE"
            raise ConfigError(f"two reports ({taken[place]}, {name}) would go to {where}; {hint}")
        taken[place] = name
        if path and _is_article(path):
            raise ConfigError(f"a report would replace the article {path}; give it another name")
    return wanted


def _is_article(path: Path) -> bool:
    """Whether a file is there that only artlint's own mark could tell from an article, without it."""
    from artlint.discover import ARTICLE_SUFFIXES
    from artlint.reporters.shared.mark import REPORT_MARK

    if path.suffix.lower() not in ARTICLE_SUFFIXES:
        return False
    try:
        with path.open("rb") as file:
            return REPORT_MARK.encode() not in file.read(256)
    except OSError:
        return False


def is_own_report(arguments: argparse.Namespace) -> Callable[[Path], bool]:
    """Says of a file whether a report of this run goes there."""
    own = {os.path.realpath(path) for _, path in destinations(arguments) if path}
    return lambda path: bool(own) and os.path.realpath(path) in own


class Reports:
    """The reports of one run. Raises ConfigError when two would go to the same place, or over an article.

    ``out`` stands for standard output (`fix -` needs that for the article).
    """

    def __init__(self, arguments: argparse.Namespace, out: IO[str] | None = None) -> None:
        from artlint.reporters import make_reporter
        from artlint.reporters.shared.totals import Run

        self._out = out or sys.stdout
        self._run = Run(
            fixing=arguments.fixing,
            diff=arguments.diff,
            unsafe=arguments.unsafe_fixes,
            quiet=arguments.quiet,
            show_fixes=arguments.show_fixes,
            rules=arguments.known_rules,
            columns=columns(self._out),
        )
        wanted = destinations(arguments)
        self._paths = [path for _, path in wanted]
        in_file = self._run._replace(columns=0)
        self._reporters = [
            make_reporter(name, in_file if path else self._run, path is None and wants_colour(self._out))
            for name, path in wanted
        ]

    @property
    def telling(self) -> str:
        """What ``tell`` depends on beside the result, as text."""
        # Of the rules, what is told of a file alone tells nothing.
        own = self._run._replace(rules={})
        kinds = [type(reporter).__module__ for reporter in self._reporters]
        return repr((own, kinds, wants_colour(self._out), os.getcwd()))

    def tell(self, result: FileResult) -> Told:
        """What the reports say of one file, as far as that depends on no other."""
        from artlint.reporters import tell

        return tell(result, self._reporters)

    def write(self, told: Iterable[Told], total: int = 1) -> int:
        """Write the reports as the files are told of; returns the exit code.

        ``total`` is the number of files to come. Raises ArtlintError when a report cannot be written;
        its file is then as it was.
        """
        from artlint.reporters.shared.totals import Totals

        totals = Totals(self._run)
        with ExitStack() as stack:
            files = [_ReportFile(path) if path else None for path in self._paths]
            for file in filter(None, files):
                stack.callback(file.discard)
            reports = list(zip(self._reporters, (file or self._out for file in files), strict=True))
            for one in _with_progress(told, total, self._run):
                totals.add(one.total)
                for (reporter, out), text in zip(reports, one.texts, strict=True):
                    if text is None and one.result:
                        with limits.applied({"shown": one.shown}):
                            text = reporter.file(one.result)
                    self._write(out, text or "")
            for reporter, out in reports:
                self._write(out, reporter.finish(totals))
            for file in filter(None, files):
                file.finish()
        if all(self._paths):
            _say_how_it_went(totals, self._run, self._out)
        return totals.exit_code

    @staticmethod
    def _write(out: IO[str] | _ReportFile, text: str) -> None:
        if isinstance(out, _ReportFile):
            out.write(text)
        else:
            with until_closed(out):
                out.write(text)


@contextmanager
def until_closed(stream: IO[str]) -> Iterator[None]:
    """Write to a stream; once its reader has seen enough, the run goes on without it."""
    try:
        yield
    except BrokenPipeError:
        drop(stream)


def drop(stream: IO[str]) -> None:
    """Let what is still to be written to a stream go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _say_how_it_went(totals: Totals, run: Run, out: IO[str]) -> None:
    """The summary, when no report on standard output has it; never a silent non-zero exit code."""
    from artlint.reporters.shared.summary import closing_lines

    if run.quiet and not totals.exit_code:
        return
    stream = sys.stderr if run.quiet else out
    stream.write("".join(f"{line}\n" for line in closing_lines(totals, wants_colour(stream))))


class _ReportFile:
    """A text file that replaces ``path`` when all is written, and not before."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._target = os.path.realpath(path)
        self._temporary = ""
        if not path.exists() or path.is_file():  # else a device or a pipe
            folder, name = os.path.split(self._target)
            # Named as the leftovers that `artlint.writing` clears away after a kill.
            self._temporary = os.path.join(folder, f".artlint-{os.getpid()}-{name}.tmp")
        with self._in_words():
            place = self._temporary or self._target
            self._file = open(place, "w", encoding="utf-8", errors="backslashreplace", newline="")  # noqa: SIM115

    def write(self, text: str) -> None:
        """Add to the report."""
        with self._in_words():
            self._file.write(text)

    def finish(self) -> None:
        """Put the report in its place."""
        with self._in_words():
            self._file.close()
            if self._temporary:
                os.replace(self._temporary, self._target)

    def discard(self) -> None:
        """Leave nothing behind; nothing is left to do after ``finish``."""
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            if self._temporary:
                os.unlink(self._temporary)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise ArtlintError(f"cannot write the report {self._path}: {reason}") from None


def wants_colour(out: IO[str]) -> bool:
    """Colour on a terminal only (https://no-color.org and FORCE_COLOR are heard)."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (out.isatty() and os.environ.get("TERM") != "dumb")


def _with_progress(told: Iterable[Told], total: int, run: Run) -> Iterator[Told]:
    """The same, with a progress bar for a person who would see nothing else."""
    if total < _LONG_WORK or run.quiet or not sys.stderr.isatty() or sys.stdout.isatty():
        yield from told
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(told, "Reading articles", total=total, console=Console(stderr=True), transient=True)
