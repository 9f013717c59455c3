"""Colour and safe text for terminals."""

from __future__ import annotations

import re

from artlint.pattern_lazy import lazily
from artlint.remembered import remembered
from artlint.source import display_width

_CODES = {"bold": "1", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36", "dim": "2"}
# Control characters, bidirectional marks and invisible characters could rewrite what is shown.
UNSAFE = lazily(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
# Build services take such a line for a command: `::error::` at its start, `##[` and `##vso[` anywhere.
_COMMAND = lazily(r"^(\s*):(?=:)|#(?=#(?:\[|vso\[))", re.MULTILINE)


def paint(text: str, style: str, colour: bool) -> str:
    """``text`` in a style, or as it is when ``colour`` is off."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if colour else text


def count(number: int, singular: str, plural: str) -> str:
    """A number and what it counts: `1 file`, `2,000 files`."""
    return f"{number:,} {singular if number == 1 else plural}"


def printable(text: str) -> str:
    """``text`` with everything that could control a terminal or a build service written as an escape."""
    if text.isprintable() and "::" not in text and "##" not in text:
        return text
    text = UNSAFE.sub(lambda match: match.group().encode("unicode_escape").decode(), text)
    return _COMMAND.sub(lambda match: (match.group(1) or "") + f"\\x{ord(match.group()[-1]):02x}", text)


def printable_json(text: str) -> str:
    """A JSON text that says the same, with the same characters written as escapes of JSON."""
    import json  # reports for people do without

    return UNSAFE.sub(lambda match: json.dumps(match.group())[1:-1], text)


def first_cells(text: str, cells: int) -> str:
    """As much of the start of a text as fits into so many cells of a terminal."""
    used = 0
    for index, character in enumerate(text):
        used += display_width(character)
        if used > cells:
            return text[:index]
    return text


def wrapped(text: str, cells: int, indent: str = "") -> str:
    """A paragraph in lines of so many cells, if its words allow; ``indent`` leads all lines but the first."""
    lines: list[str] = []
    line: list[str] = []
    for word in text.split(" "):
        if "".join(line) and display_width(" ".join([*line, word])) > cells:
            lines.append(" ".join(line))
            line = [f"{indent}{word}"]
        else:
            line.append(word)
    return "\n".join([*lines, " ".join(line)])


@remembered(4096)  # a report says the same of many places
def one_line(text: str) -> str:
    """``printable`` text without newlines, for names and messages."""
    return printable(text.replace("\n", "\\n"))
