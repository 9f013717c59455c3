"""Reporters turn results into text or data; one file a format.

Each module has a class ``Reporter`` that is made for one run and asked once for every file and once
for the end. So nothing is kept of a file after it was reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol

from artlint import limits
from artlint.formats import module_of
from artlint.reporters.shared.totals import Run, Totals
from artlint.runner import FileResult
from artlint.told import Told, file_total


class Reporter(Protocol):
    """What every format offers; the texts end in a newline or are empty.

    ``by_file``: what it says of a file depends on no other file. It is then asked by the process that
    read the file; the others are asked in the order of the files.
    """

    by_file: bool

    def file(self, result: FileResult) -> str:
        """What one file has to say."""

    def finish(self, totals: Totals) -> str:
        """The end of the report."""


def make_reporter(name: str, run: Run, colour: bool) -> Reporter:
    """The reporter of a format; its module is imported only now."""
    made: Reporter = import_module(module_of(name)).Reporter(run, colour)
    return made


def tell(result: FileResult, reporters: Sequence[Reporter]) -> Told:
    """Ask the reporters what they have to say of a file, as far as that can be said now."""
    texts = tuple(reporter.file(result) if reporter.by_file else None for reporter in reporters)
    rest = result if None in texts else None
    return Told(result.path, file_total(result), texts, limits.SHOWN, result.baselined, rest)
