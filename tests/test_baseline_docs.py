"""The commands of docs/baseline.md print what stands there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs/baseline.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture
def environment() -> dict[str, str]:
    names = {f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return {**os.environ, **names, **nobody, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def test_commands_print_what_the_page_says(tmp_path: Path, environment: dict[str, str]) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    artlint = f'artlint() {{ {shlex.quote(sys.executable)} -m artlint "$@"; }}\n'
    commands = 0
    for kind, name, text in BLOCKS:
        if kind == "markdown":
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        elif kind == "console":
            for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                command, _, expected = part.partition("\n")
                ran = subprocess.run(
                    ["bash", "-c", artlint + command],
                    cwd=tmp_path,
                    env=environment,
                    capture_output=True,
                    encoding="utf-8",
                    check=False,
                )
                assert ran.stdout + ran.stderr == expected, command
                commands += 1
    assert commands > 25


def test_options_of_the_page_exist(capsys: pytest.CaptureFixture[str]) -> None:
    from artlint.cli import main

    for command in (["check"], ["fix"], ["baseline", "create"], ["baseline", "show"]):
        with pytest.raises(SystemExit):
            main([*command, "--help"])
    known = capsys.readouterr().out
    for option in set(re.findall(r"`(?:artlint [a-z ]*)?(--[a-z-]+)", PAGE)) - {"--patch"}:
        assert option in known


def test_answers_are_those_of_the_help() -> None:
    from artlint.interactive import _HELP

    on_page = set(re.findall(r"`(\w|\?)`(?=[,` |])", PAGE.split("## One by one")[1]))
    assert on_page == {line[0] for line in _HELP.splitlines()}
