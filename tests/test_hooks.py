"""The hooks, run by the real pre-commit in a scratch repository that takes them from this checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from artlint.discover import ARTICLE_SUFFIXES
from tests.conftest import ROOT

CLEAN = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n<p>One.</p>\n"
DIRTY = CLEAN.replace("One.", "　　会议闭幕。")
NOTES = "　　not an article\n"
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def git(folder: Path, *arguments: str) -> str:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    names = [
        word
        for key in ("user.name=A", "user.email=a@example.com", "core.hooksPath=/")
        for word in ("-c", key)
    ]
    ran = subprocess.run(
        ["git", *names, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return ran.stdout


def _checkout(target: Path) -> None:
    """The working tree, committed as it is, as the repository of the hooks."""
    for name in ("artlint", "rules", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        place = ROOT / name
        if place.is_dir():
            shutil.copytree(place, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(place, target / name)
    git(target, "init", "-q")
    git(target, "add", "-A")
    git(target, "commit", "-q", "-m", "Hooks")
    git(target, "tag", "v1")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with both hooks, installed by pre-commit; skips where pip cannot install."""
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    place = tmp_path_factory.mktemp("hooks")
    hooks, folder = place / "hooks", place / "site"
    hooks.mkdir()
    folder.mkdir()
    _checkout(hooks)
    config = {"repos": [{"repo": str(hooks), "rev": "v1", "hooks": [{"id": hook["id"]} for hook in HOOKS]}]}
    git(folder, "init", "-q")
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    installed = pre_commit(folder, "install-hooks")
    if installed.returncode:
        said = installed.stdout + installed.stderr
        if re.search(r"pip|network|resolve|Connection|No matching distribution", said):
            pytest.skip(f"pip cannot install the hooks here: {said.strip().splitlines()[-1][:200]}")
        pytest.fail(said)
    return folder


def pre_commit(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "PRE_COMMIT_HOME": str(folder.parent / "cache"),
    }
    environment.pop("PYTHONPATH", None)  # the hooks must run what they installed
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments, "--color=never"],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def test_a_dirty_article_fails_and_is_fixed_and_an_untouched_one_is_not_read(repository: Path) -> None:
    posts = repository / "posts"
    posts.mkdir()
    (posts / "untouched.md").write_text(DIRTY, encoding="utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "Articles from before the hooks")
    (posts / "new.md").write_text(DIRTY, encoding="utf-8")
    (posts / "clean.html").write_text(CLEAN, encoding="utf-8")
    (posts / "scraped.txt").write_text(f"\n{DIRTY}", encoding="utf-8")
    (repository / "notes.txt").write_text(NOTES, encoding="utf-8")
    (repository / "script.py").write_text("print()\n", encoding="utf-8")
    git(repository, "add", "-A")

    first = pre_commit(repository, "run")
    assert first.returncode == 1
    assert "posts/new.md:6:4 CJK001" in first.stdout
    assert "files were modified by this hook" in first.stdout
    assert "untouched.md" not in first.stdout
    assert (posts / "new.md").read_text(encoding="utf-8") == CLEAN.replace("One.", "会议闭幕。")
    assert (posts / "scraped.txt").read_text(encoding="utf-8").startswith("---\n")
    assert (posts / "untouched.md").read_text(encoding="utf-8") == DIRTY
    assert (repository / "notes.txt").read_text(encoding="utf-8") == NOTES

    git(repository, "add", "-A")
    second = pre_commit(repository, "run")
    assert second.returncode == 0, second.stdout
    assert second.stdout.count("Passed") == len(HOOKS)


def test_the_configuration_of_the_site_counts(repository: Path) -> None:
    (repository / "artlint.toml").write_text(
        'extend-exclude = ["drafts/"]\nignore = ["BP101"]\n', encoding="utf-8"
    )
    (repository / "drafts").mkdir()
    (repository / "drafts" / "a.md").write_text(DIRTY, encoding="utf-8")
    (repository / "note.md").write_text(CLEAN.replace("One.", "责任编辑：李某"), encoding="utf-8")
    git(repository, "add", "-A")
    ran = pre_commit(repository, "run")
    assert ran.returncode == 0, ran.stdout
    assert "　　" in (repository / "drafts" / "a.md").read_text(encoding="utf-8")


def test_a_hook_is_offered_what_a_folder_is_searched_for() -> None:
    for hook in HOOKS:
        for suffix in (*ARTICLE_SUFFIXES, ".txt"):
            assert re.search(hook["files"], f"posts/a{suffix}")
        assert not re.search(hook["files"], "posts/a.py")
