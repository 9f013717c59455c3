"""The completion scripts, as the shells themselves complete with them."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from artlint.completion_command import SHELLS
from artlint.formats import formats
from tests.conftest import Cli

Complete = Callable[[str], set[str]]
DATA = Path(__file__).parent / "data"


def _run(command: list[str], folder: Path) -> str:
    environment = {**os.environ, "HOME": str(folder), "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    ran = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def _bash(line: str, script: str, folder: Path) -> set[str]:
    (folder / "script").write_text(script, encoding="utf-8")
    words = shlex.split(line) + [""] * line.endswith(" ")
    setting = f"COMP_WORDS=({' '.join(map(shlex.quote, words))}); COMP_CWORD={len(words) - 1}"
    complete = f"source ./script; {setting}; _shtab_artlint; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    return set(_run(["bash", "--norc", "-c", complete], folder).split())


def _zsh(line: str, script: str, folder: Path) -> set[str]:
    functions = folder.parent / "functions"
    shutil.rmtree(functions, ignore_errors=True)
    functions.mkdir()
    (functions / "_artlint").write_text(script, encoding="utf-8")
    return set(_run(["zsh", "-f", str(DATA / "complete.zsh"), str(functions), line], folder).split())


def _fish(line: str, script: str, folder: Path) -> set[str]:
    (folder / "script").write_text(script, encoding="utf-8")
    offered = _run(["fish", "-c", f"source script; complete -C {shlex.quote(line)}"], folder)
    return {each.split("\t")[0] for each in offered.splitlines()}


BY_SHELL = {"bash": _bash, "zsh": _zsh, "fish": _fish}


@pytest.fixture(params=SHELLS)
def complete(request: pytest.FixtureRequest, tmp_path: Path, quick_cli: Cli) -> Complete:
    """What a shell offers after a line and a Tab, in a folder with two articles."""
    shell: str = request.param
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    script = quick_cli("completion", shell).stdout
    folder = tmp_path / "site"
    (folder / "posts").mkdir(parents=True)
    (folder / "paper.md").touch()
    (folder / "artlint").write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / "artlint").chmod(0o755)
    return lambda line: BY_SHELL[shell](line, script, folder)


def test_commands_options_rules_and_files(complete: Complete) -> None:
    assert complete("artlint che") == {"check"}
    assert {"check", "fix", "rule"} <= complete("artlint ")
    assert {"create", "prune", "show", "update"} <= complete("artlint baseline ")
    assert complete("artlint check --sel") == {"--select"}
    assert {"BP101", "BP102"} <= complete("artlint check --select BP10")
    assert "editor-note" in complete("artlint rule edito")
    assert complete("artlint check --output-format ") >= set(formats())
    assert {name.rstrip("/") for name in complete("artlint check p")} == {"posts", "paper.md"}
    assert {name.rstrip("/") for name in complete("artlint check paper.md p")} == {"posts", "paper.md"}
    assert {"bash", "zsh", "fish"} <= complete("artlint completion ")


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_knows_the_commands_and_rules(shell: str, quick_cli: Cli) -> None:
    script = quick_cli("completion", shell).stdout
    for word in ("check", "fix", "completion", "add-ignore", "editor-note", "BP101"):
        assert re.search(rf"\b{word}\b", script)


def test_an_unknown_shell_is_an_error(cli: Cli) -> None:
    assert cli("completion", "cmd").returncode == 2
