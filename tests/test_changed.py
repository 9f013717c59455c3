"""`--changed` and `--changed-lines`: what differs from a commit of git, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Cli

HEAD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
OLD = HEAD + "<p>　　会议开幕。</p>\n\n<p>　　会议闭幕。</p>\n\n<P>散会。</P>\n"
CLEAN = HEAD + "<p>一切如常。</p>\n"
DIRTY = HEAD + "<p>　　一切如常。</p>\n"


def git(folder: Path, *arguments: str) -> str:
    """Run git, away from the settings of whoever runs the tests."""
    settings = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    command = ["git", "-c", "protocol.file.allow=always", *arguments]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **settings}, capture_output=True, encoding="utf-8", check=True
    ).stdout


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "x")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository on the branch `main` with some articles, all committed, all with findings."""
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    for name in ("old.md", "two words.md", "中文.md", "other.md"):
        (tmp_path / name).write_text(OLD, encoding="utf-8")
    commit(tmp_path)
    return tmp_path


def _found(ran: subprocess.CompletedProcess[str]) -> dict[str, list[str]]:
    assert ran.returncode in (0, 1), ran.stderr
    return {
        file["path"]: [f"{found['code']}:{found['start']['line']}" for found in file["diagnostics"]]
        for file in json.loads(ran.stdout)["files"]
    }


def _check(cli: Cli, *arguments: str) -> dict[str, list[str]]:
    return _found(cli("check", "--output-format", "json", *arguments, "."))


def test_nothing_changed(repository: Path, quick_cli: Cli) -> None:
    for command in (["check", "--changed"], ["fix", "--changed-lines"]):
        ran = quick_cli(*command, ".")
        assert ran.returncode == 0
        assert ran.stderr == "artlint: no article differs from the last commit\n"
    assert _check(quick_cli, "--changed") == {}


def test_staged_unstaged_untracked_and_renamed_files(repository: Path, quick_cli: Cli) -> None:
    (repository / "two words.md").write_text(CLEAN, encoding="utf-8")
    git(repository, "add", "two words.md")
    (repository / "中文.md").write_text(CLEAN, encoding="utf-8")
    (repository / "新 文.md").write_text(DIRTY, encoding="utf-8")
    git(repository, "mv", "old.md", "moved.md")
    (repository / "ignored.md").write_text(DIRTY, encoding="utf-8")
    (repository / ".gitignore").write_text("ignored.md\n")
    found = _check(quick_cli, "--changed")
    assert set(found) == {"two words.md", "中文.md", "新 文.md", "moved.md"}
    assert found["新 文.md"] == ["CJK001:6"]
    assert found["moved.md"] == ["CJK001:6", "CJK001:8"]
    assert _check(quick_cli, "--changed-lines")["moved.md"] == [], "a new name is no new line"


@pytest.mark.skipif(os.name == "nt", reason="file names of POSIX")
def test_hostile_names(repository: Path, quick_cli: Cli) -> None:
    names = ["new\nline.md", 'quo"te.md', "back\\slash.md", "tab\t.md", "-option.md", "b x.md"]
    for name in names:
        (repository / name).write_text(OLD, encoding="utf-8")
    assert set(_check(quick_cli, "--changed")) == set(names)
    commit(repository)
    for name in names:
        (repository / name).write_text(OLD + "<p>　　另有一会。</p>\n", encoding="utf-8")
    assert _check(quick_cli, "--changed-lines") == {name: ["CJK001:11"] for name in sorted(names)}


def test_findings_on_changed_lines(repository: Path, quick_cli: Cli) -> None:
    text = OLD.replace("会议闭幕", "会议今日闭幕")
    (repository / "old.md").write_text(text, encoding="utf-8")
    assert _check(quick_cli, "--changed-lines") == {"old.md": ["CJK001:8"]}
    assert quick_cli("fix", "--changed-lines", ".").returncode == 0
    fixed = (repository / "old.md").read_text(encoding="utf-8")
    assert fixed == OLD.replace("　　会议闭幕", "会议今日闭幕"), "nothing else is formatted or fixed"


def test_a_fix_must_touch_a_changed_line(repository: Path, quick_cli: Cli) -> None:
    wrapped = HEAD + "<div>\n<p>一。</p>\n<p>二。</p>\n</div>\n"
    (repository / "old.md").write_text(wrapped, encoding="utf-8")
    commit(repository)
    (repository / "old.md").write_text(wrapped.replace("二", "三"), encoding="utf-8")
    assert _check(quick_cli, "--changed-lines") == {"old.md": ["HTM004:6"]}
    assert quick_cli("fix", "--changed-lines", ".").returncode == 1
    assert "<div>" in (repository / "old.md").read_text(encoding="utf-8")


def test_a_new_file_is_fixed_and_formatted_as_a_whole(repository: Path, quick_cli: Cli) -> None:
    (repository / "new.md").write_text(OLD, encoding="utf-8")
    assert quick_cli("fix", "--changed-lines", ".").returncode == 0
    fixed = (repository / "new.md").read_text(encoding="utf-8")
    assert fixed == HEAD + "<p>会议开幕。</p>\n\n<p>会议闭幕。</p>\n\n<p>散会。</p>\n"
    assert (repository / "old.md").read_text(encoding="utf-8") == OLD


def test_lines_that_look_like_a_diff(repository: Path, quick_cli: Cli) -> None:
    text = OLD + "++ b/other.md\n@@ -1 +1,9 @@\n-- a/x\n"
    (repository / "old.md").write_text(text + "x", encoding="utf-8")
    commit(repository)
    (repository / "old.md").write_text(text.replace("++ b", "+++ b") + "y\n<p>　　散。</p>", encoding="utf-8")
    assert _check(quick_cli, "--changed-lines", "--select", "CJK001") == {"old.md": ["CJK001:15"]}


def test_since_a_branch(repository: Path, quick_cli: Cli) -> None:
    git(repository, "checkout", "--quiet", "-b", "work")
    (repository / "new.md").write_text(DIRTY, encoding="utf-8")
    commit(repository)
    git(repository, "checkout", "--quiet", "main")
    (repository / "other.md").write_text(CLEAN, encoding="utf-8")
    commit(repository)
    git(repository, "checkout", "--quiet", "work")
    (repository / "old.md").write_text(OLD + "<p>　　散。</p>\n", encoding="utf-8")
    assert _check(quick_cli, "--changed", "--since", "main").keys() == {"new.md", "old.md"}
    assert _check(quick_cli, "--changed-lines", "--since", "main") == {
        "new.md": ["CJK001:6"],
        "old.md": ["CJK001:11"],
    }


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--changed", "--since", "nowhere"], "git knows no commit `nowhere` in "),
        (["--changed", "--since", "--output=x"], "git knows no commit `--output=x` in "),
        (["--changed", "--since", "orphan"], "`orphan` and the work at hand have no common commit in "),
        (["--since", "main"], "`--since` says what `--changed` or `--changed-lines` compare with; add one"),
    ],
)
def test_what_git_does_not_know_is_an_error(
    repository: Path, quick_cli: Cli, arguments: list[str], problem: str
) -> None:
    tree = git(repository, "write-tree").strip()
    git(repository, "branch", "orphan", git(repository, "commit-tree", tree, "-m", "y").strip())
    joined = [f"--since={arguments[-1]}" if "--since" in arguments else arguments[-1]]
    ran = quick_cli("check", *arguments[: arguments.index("--since")], *joined, ".")
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"artlint: error: {problem}")


def test_without_a_repository(tmp_path: Path, quick_cli: Cli) -> None:
    (tmp_path / "a.md").write_text(CLEAN, encoding="utf-8")
    ran = quick_cli("check", "--changed", "a.md")
    assert ran.returncode == 2
    assert ran.stderr == (
        "artlint: error: a.md: not in a git repository; `--changed` compares with a commit of git\n"
    )
    assert quick_cli("check", "--changed", "-").returncode == 2


def test_without_git_or_a_commit(tmp_path: Path, quick_cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "a.md").write_text(DIRTY, encoding="utf-8")
    git(tmp_path, "add", "a.md")
    assert _check(quick_cli, "--changed-lines") == {"a.md": ["CJK001:6"]}
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = quick_cli("check", "--changed", ".")
    assert ran.returncode == 2
    assert "cannot run git (no such file or directory); `--changed` needs it" in ran.stderr


def test_worktrees_and_submodules(repository: Path, quick_cli: Cli, tmp_path: Path) -> None:
    theme, site = tmp_path / "theme", tmp_path / "site"
    theme.mkdir()
    git(theme, "init", "--quiet", "--initial-branch", "main")
    (theme / "readme.md").write_text(DIRTY, encoding="utf-8")
    (theme / "more.md").write_text(DIRTY, encoding="utf-8")
    commit(theme)
    git(repository, "worktree", "add", "--quiet", "site")
    git(site, "submodule", "--quiet", "add", str(theme), "theme")
    git(site, "commit", "--quiet", "--message", "x")
    assert _found(quick_cli("check", "--changed", "--output-format", "json", "site")) == {}
    (site / "theme/more.md").write_text(DIRTY + "\n<p>　　散。</p>\n", encoding="utf-8")
    commit(site / "theme")
    (site / "old.md").write_text(OLD + "<p>　　散。</p>\n", encoding="utf-8")
    ran = quick_cli("check", "--changed-lines", "--output-format", "json", "site")
    assert _found(ran) == {"site/old.md": ["CJK001:11"], "site/theme/more.md": ["CJK001:8"]}
    since = quick_cli("check", "--changed", "--since", "main", "--output-format", "json", "site")
    assert _found(since).keys() == {"site/old.md", "site/theme/more.md", "site/theme/readme.md"}


def test_in_a_hook_that_binds_git_elsewhere(
    repository: Path, quick_cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "old.md").write_text(CLEAN, encoding="utf-8")
    monkeypatch.setenv("GIT_DIR", str(repository / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", "nowhere")
    assert _check(quick_cli, "--changed").keys() == {"old.md"}


def test_settings_of_the_user_do_not_matter(repository: Path, quick_cli: Cli) -> None:
    settings = {
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "diff.external": "false",
        "color.ui": "always",
        "diff.context": "9",
        "diff.interHunkContext": "9",
        "core.quotePath": "false",
        "diff.renames": "false",
    }
    for name, value in settings.items():
        git(repository, "config", name, value)
    git(repository, "mv", "中文.md", "新 中文.md")
    text = OLD.replace("会议闭幕", "会议今日闭幕").replace("散会", "散会了")
    (repository / "新 中文.md").write_text(text, encoding="utf-8")
    assert _check(quick_cli, "--changed-lines") == {"新 中文.md": ["CJK001:8"]}


def test_a_lone_cr_ends_lines_only_for_us(repository: Path, quick_cli: Cli) -> None:
    old = OLD.replace("开幕。</p>\n\n", "开幕。</p>\r\r")
    (repository / "old.md").write_bytes(old.encode())
    commit(repository)
    (repository / "old.md").write_bytes(old.replace("会议闭幕", "会议今日闭幕").encode())
    assert "CJK001:8" in _check(quick_cli, "--changed-lines")["old.md"]
