"""How wide the terminal is."""

from __future__ import annotations

import os
from typing import IO


def columns(stream: IO[str] | None) -> int:
    """The columns of the terminal that a stream goes to, 0 for one that goes elsewhere.

    What COLUMNS says counts more, if it is a number.
    """
    try:
        if stream is None or not stream.isatty():
            return 0
        return columns_asked_for() or os.get_terminal_size(stream.fileno()).columns
    except (ValueError, OSError):  # closed
        return 0


def columns_asked_for() -> int:
    """What COLUMNS says, 0 for nothing."""
    given = os.environ.get("COLUMNS", "")
    return int(given) if given.isdecimal() else 0
