"""The project as a whole: style, types, and a README that says what is so."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

import pytest
import yaml

from tests.conftest import ROOT, SEED, Cli

README = (ROOT / "README.md").read_text(encoding="utf-8")
INSTALL, TEST = re.findall(r"```sh\n(.*?)\n```", README, re.DOTALL)[:2]


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]],
    ids=lambda command: " ".join(command[:2]),
)
def test_style_and_types(command: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert TEST in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert "'.[test]'" in TEST
    assert INSTALL.endswith("artlint fix seeds/")
    assert README.index(INSTALL) < README.index("## ")
    assert README.index(TEST) < README.index("## ")


def test_commands_of_the_readme_exist(cli: Cli) -> None:
    for line in re.findall(r"^\$ (artlint .*?)(?:  +#.*)?$", README, re.MULTILINE):
        words = line.split(" <")[0].split(" > ")[0].split()[1:]
        known = cli(words[0], "--help").stdout
        for option in (word for word in words if word.startswith("--")):
            assert option in known, line


def test_python_example_of_the_readme_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert "CJK001 Paragraph is indented with blanks" in ran.stdout


def test_hooks_and_readme_agree() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    for hook in hooks:
        assert f"- id: {hook['id']}" in README
        assert hook["entry"].split()[0] in scripts


def test_seed_is_shipped() -> None:
    (seed,) = (ROOT / "seeds").glob("000_*.txt")
    # `artlint fix seeds/` may have rewritten it; git holds the original.
    tracked = subprocess.run(
        ["git", "show", f"HEAD:seeds/{seed.name}"], cwd=ROOT, capture_output=True, check=False
    )
    if tracked.returncode == 0:
        assert tracked.stdout == SEED.read_bytes()
