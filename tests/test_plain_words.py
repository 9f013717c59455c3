"""Common command lines are read without argparse, and read as argparse reads them."""

from __future__ import annotations

import pytest

from artlint.command_line import parsed
from artlint.plain_words import plain_arguments

PLAIN = [
    "check a.md",
    "check --isolated a.md b.md",
    "check a.md -q b.md --no-cache c.md",
    "check - --profile",
    "check - a.md",
    "fix a.md",
    "fix --diff --unsafe-fixes --isolated a.md",
    "fix --no-format --interactive a.md",
]
OTHERS = [
    "",
    "check",
    "check --isolated",
    "check --help",
    "check --isolat a.md",
    "check -qq a.md",
    "check --quiet=1 a.md",
    "check --select BP a.md",
    "check --jobs 2 a.md",
    "check --add-ignore= a.md",
    "check -- -a.md",
    "check -1 a.md",
    "check --unsafe-fixes a.md",
    "fix --profile a.md",
    "rule",
    "chec a.md",
    "--version",
]


@pytest.mark.parametrize("line", PLAIN)
def test_plain_words_mean_what_argparse_says(line: str) -> None:
    found, wanted = plain_arguments(line.split()), vars(parsed(line.split()))
    del wanted["parser"]
    assert found is not None
    assert vars(found) == wanted


def test_an_empty_word_is_a_path() -> None:
    found = plain_arguments(["check", ""])
    assert found is not None
    assert found.paths == parsed(["check", ""]).paths == [""]


@pytest.mark.parametrize("line", OTHERS)
def test_whatever_else_is_left_to_argparse(line: str) -> None:
    assert plain_arguments(line.split()) is None
