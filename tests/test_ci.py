"""The GitHub Action and the snippets of docs/ci.md: their shape, and what their scripts do."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from artlint.formats import formats
from tests.conftest import ROOT, Cli
from tests.test_hooks import DIRTY, git

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
DOCS = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")


def test_the_action_is_a_composite_one() -> None:
    assert ACTION["runs"]["using"] == "composite"
    assert {"name", "description", "inputs", "outputs", "runs"} <= set(ACTION)
    for entry in ACTION["inputs"].values():
        assert isinstance(entry["default"], str)
        assert entry["description"]
    for step in STEPS:
        assert ("uses" in step) != ("run" in step)
        assert "uses" in step or step["shell"] == "bash"
        assert not re.search(r"@(main|master)$", step.get("uses", ""))


def test_inputs_are_declared_and_never_part_of_a_script() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    used = set(re.findall(r"inputs\.([\w-]+)", text))
    assert used == set(ACTION["inputs"])
    for step in STEPS:
        assert "${{" not in step.get("run", ""), "a value of a pull request could run as code"


def test_scripts_are_bash(tmp_path: Path) -> None:
    for step in STEPS:
        if "run" in step:
            subprocess.run(["bash", "-n", "-c", step["run"]], check=True)


def test_what_steps_hand_on_is_written_by_a_step_before() -> None:
    """The keys are those of GitHub's metadata syntax; each output read was written by a named step before."""
    assert set(ACTION) <= {"name", "author", "description", "branding", "inputs", "outputs", "runs"}
    written: set[tuple[str, str]] = set()
    for step in STEPS:
        assert set(step) <= {"name", "id", "if", "uses", "with", "run", "shell", "env", "working-directory"}
        assert set(re.findall(r"steps\.([\w-]+)\.outputs\.([\w-]+)", str(step))) <= written
        for name in re.findall(r'echo "([\w-]+)=.*>> "\$GITHUB_OUTPUT"', step.get("run", "")):
            written.add((step["id"], name))
    assert set(re.findall(r"steps\.([\w-]+)\.outputs\.([\w-]+)", str(ACTION["outputs"]))) <= written


@pytest.mark.parametrize("code", ["0", "1", "2"])
def test_the_last_step_returns_what_the_check_returned(code: str) -> None:
    assert "steps.check.outputs.exit-code" in STEPS[-1]["env"]["CODE"]
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[-1]["run"]]
    assert subprocess.run(command, env={**os.environ, "CODE": code}, check=False).returncode == int(code)


def test_options_exist(cli: Cli) -> None:
    known = cli("check", "--help").stdout
    texts = [step.get("run", "") for step in STEPS] + re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)
    commands = [text for text in texts if "artlint check" in text]
    assert commands
    for text in commands:
        for option in set(re.findall(r"(?<=[ (])--(?!edit|create|body|quiet)[a-z][a-z-]+", text)):
            assert option in known, option
        assert set(re.findall(r'--output-format "?([a-z]+)', text)) <= set(formats())


def test_snippets_are_yaml() -> None:
    for code in re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL):
        assert yaml.safe_load(code)
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    for hook in hooks:
        assert f"- id: {hook['id']}" in DOCS
    for name in re.findall(r"^          ([a-z-]+): ", DOCS, re.MULTILINE):
        assert name in ACTION["inputs"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    (folder / "old.md").write_text(DIRTY, encoding="utf-8")
    (folder / "artlint.toml").write_text('timezone = "UTC"\n', encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Before")
    return folder


def run_check_step(site: Path, **values: str) -> tuple[str, str]:
    """Run the action's own script; returns its output and the exit code it hands on."""
    (step,) = (step for step in STEPS if step.get("id") == "check")
    temp = site.parent / "temp"
    shutil.rmtree(temp, ignore_errors=True)
    (temp / "bin").mkdir(parents=True)
    program = temp / "bin" / "artlint"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m artlint "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{temp / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "RUNNER_TEMP": str(temp),
        "GITHUB_OUTPUT": str(temp / "output"),
        "GITHUB_STEP_SUMMARY": str(temp / "summary"),
        **dict.fromkeys(step["env"], ""),
        "PATHS": ".",
        **values,
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    ran = subprocess.run(
        command, cwd=site, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    (code,) = re.findall(r"^exit-code=(\d+)$", (temp / "output").read_text(encoding="utf-8"), re.MULTILINE)
    return ran.stdout, code


def test_the_action_checks_what_a_pull_request_changes(site: Path) -> None:
    base = git(site, "rev-parse", "HEAD").strip()
    (site / "new.md").write_text(DIRTY, encoding="utf-8")
    # A pull request that would like to be judged by nobody.
    (site / "artlint.toml").write_text('ignore = ["ALL"]\n', encoding="utf-8")
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", "After")
    said, code = run_check_step(site, BASE=base)
    assert code == "1"
    assert "file=new.md,line=6" in said
    assert "old.md" not in said
    reports = sorted(path.name for path in (site.parent / "temp" / "artlint-report").iterdir())
    assert reports == ["artlint.html", "artlint.sarif", "summary.md"]
    assert git(site, "status", "--porcelain") == ""
    assert run_check_step(site, BASE=base, CONFIG="head")[1] == "0"
    assert run_check_step(site, SINCE="all", CONFIG="head", ARGUMENTS="--isolated")[1] == "1"
