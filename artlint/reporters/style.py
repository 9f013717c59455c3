"""Colour and safe text for terminals."""

from __future__ import annotations

import re

_CODES = {"bold": "1", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36", "dim": "2"}
# Control characters and bidirectional marks could rewrite what the terminal shows.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def paint(text: str, style: str, colour: bool) -> str:
    """``text`` in a style, or as it is when ``colour`` is off."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if colour else text


def printable(text: str) -> str:
    """``text`` with every character that could control a terminal written as an escape."""
    return _UNSAFE.sub(lambda match: match.group().encode("unicode_escape").decode(), text)


def one_line(text: str) -> str:
    """``printable`` text without newlines, for names and messages."""
    return printable(text.replace("\n", "\\n"))
