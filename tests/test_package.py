"""The wheel and the sdist hold what a user needs, also outside of a checkout."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT, SEED


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def test_packs_are_in_wheel_and_sdist(built: Path) -> None:
    packs = {path.name for path in (ROOT / "rules").glob("*.yaml")}
    assert packs
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = wheel.namelist()
    assert {f"artlint/rules/{name}" for name in packs} <= set(names)
    assert "artlint/py.typed" in names
    assets = {
        f"artlint/reporters/assets/{path.name}" for path in (ROOT / "artlint").glob("reporters/assets/*")
    }
    assert assets
    assert assets <= set(names)
    assert not [name for name in names if name.startswith(("tests", "seeds", "rules"))]
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        held = {name.partition("/")[2] for name in sdist.getnames()}
    assert {f"rules/{name}" for name in packs} <= held
    assert {"README.md", "LICENSE", "pyproject.toml", "artlint/cli.py"} <= held


def test_wheel_fixes_an_article_outside_of_the_checkout(built: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / "bin" / "python"
    site = Path(
        subprocess.run(
            [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout.strip()
    )
    # Unpacking is what an installer does with a pure wheel; the dependencies come from this
    # environment, since tests run offline. A .pth file in a folder named here is not read, so an
    # editable install of artlint cannot stand in for the wheel.
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        wheel.extractall(site)
    (site / "dependencies.pth").write_text(
        f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n"
    )
    article = tmp_path / "article.txt"
    article.write_bytes(SEED.read_bytes())
    for arguments in (["fix", "article.txt"], ["check", "article.txt"]):
        ran = subprocess.run(
            [python, "-I", "-m", "artlint", *arguments],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
    assert "appendQr_wrap" not in article.read_text(encoding="utf-8")
    where = [str(python), "-I", "-c", "import artlint; print(artlint.__file__)"]
    assert str(site) in subprocess.run(where, capture_output=True, encoding="utf-8", check=True).stdout
