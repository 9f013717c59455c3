"""In a terminal nothing that could be narrower is wider than it; in a pipe the width is always the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from artlint.source import display_width
from tests.conftest import Cli
from tests.terminals import in_terminal

HEAD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
LONG = "会议昨日在京开幕，代表到会。" * 6
ARTICLES = {
    "chinese.md": f'{HEAD}<p>{LONG}<b onclick="x">粗</b>{LONG}</p>\n',
    "latin.md": f'{HEAD}<p>{"A meeting was held. " * 9}<b onclick="x">b</b>{"It ended. " * 9}</p>\n',
    "wide.md": f'{HEAD}<p><b onclick="{"开幕" * 60}">粗</b></p>\n',
    "tab.md": f'{HEAD}<p>\t{LONG}\t<b onclick="x">粗</b></p>\n',
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    for name, text in ARTICLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")


def _in_terminal(folder: Path, columns: int, *arguments: str) -> list[str]:
    """The lines that appear in a terminal of so many columns, without colour."""
    shown = in_terminal(folder, *arguments, columns=columns, NO_COLOR="1")
    return shown.replace("\r\n", "\n").split("\n")


def _frames(lines: list[str]) -> list[tuple[str, str]]:
    """The source line and the carets of each frame, from the bar on."""
    pairs = [(lines[i - 1], line) for i, line in enumerate(lines) if re.fullmatch(r" +\| *\^+", line)]
    return [(source[source.index("| ") :], carets[carets.index("| ") :]) for source, carets in pairs]


@pytest.mark.parametrize("columns", [30, 40, 60, 80, 200])
def test_frames_fit_and_show_what_was_found(tmp_path: Path, columns: int) -> None:
    arguments = ("check", "--select", "SEC002", "--show-fixes", *ARTICLES)
    lines = _in_terminal(tmp_path, columns, *arguments)
    shown = [line for line in lines if re.match(r" +(\d+ )?\| |    [-+] ", line)]
    assert len(shown) >= 4 * len(ARTICLES)
    assert all(display_width(line) <= columns for line in shown)
    frames = _frames(lines)
    assert len(frames) == len(ARTICLES)
    for source, carets in frames:
        start, end = carets.index("^"), len(carets)
        cells = [character for character in source for _ in range(display_width(character))]
        assert "".join(cells[start:end]).startswith('onclick="'[: end - start])
        assert end - start >= 5


def test_in_a_pipe_the_width_is_always_the_same(cli: Cli) -> None:
    for arguments in (("check", "--select", "SEC002", *ARTICLES), ("rule", "SEC007"), ("schema", "show")):
        assert cli(*arguments, COLUMNS="30").stdout == cli(*arguments).stdout


def test_a_report_in_a_file_has_the_width_of_a_pipe(tmp_path: Path, cli: Cli) -> None:
    options = ("check", "--select", "SEC002", "--output-format", "full=out", "--output-format")
    _in_terminal(tmp_path, 40, *options, "concise", *ARTICLES)
    in_terminal = (tmp_path / "out").read_text(encoding="utf-8")
    cli(*options, "concise", *ARTICLES)
    assert (tmp_path / "out").read_text(encoding="utf-8") == in_terminal


@pytest.mark.parametrize("arguments", [("rule", "SEC007"), ("rule", "FM002"), ("schema", "show")])
@pytest.mark.parametrize("columns", [40, 60, 80])
def test_pages_wrap(tmp_path: Path, cli: Cli, columns: int, arguments: tuple[str, ...]) -> None:
    lines = _in_terminal(tmp_path, columns, *arguments)
    text = "\n".join(lines)
    assert " ".join(text.split()) == " ".join(cli(*arguments).stdout.split())
    prose = text.split("Found (between")[0].split("\n")
    # A single word may be longer than the line.
    assert all(display_width(line) <= columns or len(line.split()) == 1 for line in prose)
    assert max(map(display_width, prose)) > columns // 2
