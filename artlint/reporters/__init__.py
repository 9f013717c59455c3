"""Reporters turn results into text or data; one file a format."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from artlint.reporters.report import Report

FORMATS = ("full", "concise", "json")


class Reporter(Protocol):
    """Every module of this package named in ``FORMATS`` has this function."""

    def render(self, report: Report, colour: bool) -> str:
        """The whole report as text, ending in a newline (or empty)."""


def reporter(name: str) -> Reporter:
    """The reporter of a format; its module is imported only now."""
    module: Reporter = import_module(f"artlint.reporters.{name}")  # type: ignore[assignment]
    return module
