"""Reporters turn results into text or data; one file a format.

Each module has a class ``Reporter`` that is made for one run and asked once for every file, in order,
and once for the end. So nothing is kept of a file after it was reported.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol

from artlint.formats import module_of
from artlint.reporters.shared.totals import Run, Totals
from artlint.runner import FileResult


class Reporter(Protocol):
    """What every format offers; the texts end in a newline or are empty."""

    def file(self, result: FileResult) -> str:
        """What one file has to say."""

    def finish(self, totals: Totals) -> str:
        """The end of the report."""


def make_reporter(name: str, run: Run, colour: bool) -> Reporter:
    """The reporter of a format; its module is imported only now."""
    made: Reporter = import_module(module_of(name)).Reporter(run, colour)
    return made
