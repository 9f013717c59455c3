"""What the tests share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).parent.parent
SEED = Path(__file__).parent / "articles" / "seed.txt"

Cli = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def seed() -> str:
    """The seed article, from the tests' own copy: `artlint fix seeds/` may have rewritten the other."""
    return SEED.read_bytes().decode()


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """Run artlint as a process in a scratch folder; text comes and goes as UTF-8."""

    def run(
        *arguments: str, stdin: str | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "artlint", *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment},
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture
def quick_cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """The same in this process, for tests of what is said and written."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        from artlint.cli import main

        capsys.readouterr()
        code = main(list(arguments))
        out, err = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, out, err)

    return run


# Some tests are about rare shapes among the articles of the grammar, so they pass over many.
_RARE = [hypothesis.HealthCheck.filter_too_much, hypothesis.HealthCheck.too_slow]
for _name, _examples in (("default", 150), ("long", 20_000)):
    hypothesis.settings.register_profile(
        _name,
        max_examples=_examples,
        deadline=None,
        suppress_health_check=_RARE,
        # The same articles in each run of CI; the long profile looks for new ones.
        derandomize=_name == "default",
    )
hypothesis.settings.load_profile(os.environ.get("ARTLINT_HYPOTHESIS", "default"))
