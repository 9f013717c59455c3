"""The command line as a process: output, streams and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import artlint
from tests.conftest import ROOT, SEED, Cli
from tests.terminals import in_terminal

CLEAN = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n<p>One.</p>\n"
DIRTY = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n<p>　　会议闭幕。</p>\n"
UNFIXABLE = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n<p>会议“闭幕。</p>\n"
UNSAFE = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\nOne {{ a.constructor }}.\n"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    for name, text in (("clean", CLEAN), ("dirty", DIRTY), ("unfixable", UNFIXABLE), ("unsafe", UNSAFE)):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "clean.md"], 0),
        (["check", "dirty.md"], 1),
        (["check", "unfixable.md"], 1),
        (["check", "missing.md"], 2),
        (["check", "--select", "HTM", "dirty.md"], 0),
        (["check", "--ignore", "CJK001", "dirty.md"], 0),
        (["fix", "clean.md"], 0),
        (["fix", "dirty.md"], 0),
        (["fix", "--diff", "clean.md"], 0),
        (["fix", "--diff", "dirty.md"], 1),
        (["fix", "unfixable.md"], 1),
        (["fix", "unsafe.md"], 1),
        (["fix", "--unsafe-fixes", "unsafe.md"], 0),
        (["rule"], 0),
        (["rule", "BP101"], 0),
        (["rule", "test"], 0),
        (["--version"], 0),
        (["--help"], 0),
    ],
)
def test_exit_codes(articles: Path, cli: Cli, arguments: list[str], code: int) -> None:
    ran = cli(*arguments)
    assert ran.returncode == code, ran.stdout + ran.stderr
    assert ran.stdout
    assert "Traceback" not in ran.stderr


def test_concise_lines(articles: Path, cli: Cli) -> None:
    ran = cli("check", "--output-format", "concise", "dirty.md")
    assert ran.stdout == (
        "dirty.md:6:4 CJK001 Paragraph is indented with blanks [*]\n"
        "1 finding in 1 file. 1 can be fixed with `artlint fix`.\n"
    )


def test_frames_line_up_under_chinese_text(articles: Path, cli: Cli) -> None:
    (articles / "wide.md").write_text('<p>中文<b onclick="x">粗</b></p>\n', encoding="utf-8")
    lines = cli("check", "--select", "SEC002", "wide.md").stdout.split("\n")
    source, carets = lines[2], lines[3]
    assert source == '  1 | <p>中文<b onclick="x">粗</b></p>'
    # Two Han characters before the attribute take two cells each.
    assert carets.index("^") == source.index("onclick") + 2
    assert carets.count("^") == len('onclick="x"')


def test_diff_writes_nothing_and_is_plain_in_a_pipe(articles: Path, cli: Cli) -> None:
    ran = cli("fix", "--diff", "dirty.md")
    assert (articles / "dirty.md").read_text(encoding="utf-8") == DIRTY
    assert "--- a/dirty.md\n+++ b/dirty.md\n" in ran.stdout
    assert "\n-<p>　　会议闭幕。</p>\n+<p>会议闭幕。</p>\n" in ran.stdout
    assert "\x1b" not in ran.stdout
    assert "nothing was written" in ran.stdout


def test_diff_applies_with_patch(articles: Path, cli: Cli, seed: str) -> None:
    (articles / "seed.txt").write_text(seed, encoding="utf-8")
    diff = cli("fix", "--diff", "seed.txt").stdout
    patched = subprocess.run(
        ["git", "apply", "-"], input=diff.encode(), cwd=articles, capture_output=True, check=False
    )
    assert patched.returncode == 0, patched.stderr
    assert (articles / "seed.txt").read_text(encoding="utf-8") == artlint.fix(seed, path="seed.txt").text


def test_ledger_is_printed(articles: Path, cli: Cli) -> None:
    text = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n<p>会议闭幕。</p>\n\n<p>责任编辑：李某</p>\n"
    (articles / "note.md").write_text(text, encoding="utf-8")
    ran = cli("fix", "note.md")
    assert (
        "  line 8: text BP101 Note that names only the responsible editor\n      - 责任编辑：李某\n"
        in ran.stdout
    )


def test_colour_only_on_a_terminal(articles: Path, cli: Cli) -> None:
    assert "\x1b[" not in cli("check", "dirty.md").stdout
    assert "\x1b[" in cli("check", "dirty.md", FORCE_COLOR="1").stdout
    assert "\x1b[" not in cli("check", "dirty.md", FORCE_COLOR="1", NO_COLOR="1").stdout
    assert "\x1b[32m+<p>会议闭幕。</p>" in in_terminal(articles, "fix", "--diff", "dirty.md")


def test_standard_input(cli: Cli) -> None:
    check = cli("check", "-", "--output-format", "concise", "--stdin-filename", "posts/a.md", stdin=DIRTY)
    assert check.stdout.startswith("posts/a.md:6:4 CJK001")
    fix = cli("fix", "-", stdin=DIRTY)
    assert fix.stdout == CLEAN.replace("One.", "会议闭幕。")
    assert "1 fix changed 1 file" in fix.stderr
    assert cli("fix", "-", stdin=CLEAN).stdout == CLEAN
    assert cli("check", "-", "other.md", stdin=CLEAN).returncode == 2


def test_json_is_complete(articles: Path, cli: Cli) -> None:
    data = json.loads(cli("check", "--output-format", "json", "dirty.md", "clean.md", "missing.md").stdout)
    assert [file["path"] for file in data["files"]] == ["dirty.md", "clean.md", "missing.md"]
    (found,) = data["files"][0]["diagnostics"]
    assert found["code"] == "CJK001"
    assert found["start"] == {"line": 6, "column": 4}
    assert found["fix"]["edits"] == [{"span": found["span"], "text": ""}]
    assert DIRTY[slice(*found["span"])] == "　　"
    assert data["files"][2]["error"] == "no such file or folder"
    assert data["summary"]["findings"] == 1
    assert data["summary"]["exit_code"] == 2


def test_no_format_applies_rule_fixes_only(articles: Path, cli: Cli) -> None:
    (articles / "raw.md").write_text("<P>　　一</P><p>二</p>", encoding="utf-8")
    cli("fix", "--no-format", "raw.md")
    assert (articles / "raw.md").read_text(encoding="utf-8") == "<P>一</P><p>二</p>"


def test_newlines_and_bom_stay(articles: Path, cli: Cli) -> None:
    (articles / "dos.md").write_bytes(b"\xef\xbb\xbf" + DIRTY.replace("\n", "\r\n").encode())
    assert cli("fix", "dos.md").returncode == 0
    content = (articles / "dos.md").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf---\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == DIRTY.count("\n")


def test_permissions_and_links_stay(articles: Path, cli: Cli) -> None:
    article, link = articles / "dirty.md", articles / "link.md"
    article.chmod(0o640)
    link.symlink_to("dirty.md")
    assert cli("fix", "link.md").returncode == 0
    assert link.is_symlink()
    assert article.stat().st_mode & 0o777 == 0o640
    assert "　　" not in article.read_text(encoding="utf-8")
    assert sorted(path.name for path in articles.iterdir() if path.name.startswith(".")) == []


def test_rule_page_and_list(cli: Cli) -> None:
    page = cli("rule", "editor-note").stdout
    assert page.startswith("BP101 editor-note\n")
    assert "⟦<p>（责编：王某 SF123）</p>⟧" in page
    listed = cli("rule").stdout
    assert "BP101" in listed
    assert "HTM900" in listed
    data = json.loads(cli("rule", "BP101", "--output-format", "json").stdout)
    assert data[0]["name"] == "editor-note"
    assert data[0]["fixable"] is True


def test_help_has_examples_and_exit_codes(cli: Cli) -> None:
    for command in ("check", "fix", "rule"):
        assert "examples:\n  artlint" in cli(command, "--help").stdout
    assert "exit codes:" in cli("--help").stdout


def test_a_closed_pipe_is_no_error(articles: Path) -> None:
    (articles / "long.md").write_bytes(SEED.read_bytes() * 3)
    command = f"{sys.executable} -m artlint check long.md dirty.md | head -n 1"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        command, shell=True, cwd=articles, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert ran.stderr == ""
    assert ran.stdout.count("\n") == 1


def _to_a_closed_pipe(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Run a command whose reader takes one line and leaves."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    piped = f"set -o pipefail; {sys.executable} -m artlint {command} | head -n 1 > /dev/null"
    return subprocess.run(
        ["bash", "-c", piped], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("check many.md", 1),
        ("check --output-format json many.md", 1),
        ("check --output-format concise many.md missing.md", 2),
        ("fix --diff many.md", 1),
        ("fix --output-format concise --show-fixes many.md dirty.md", 0),
        ("fix - < many.md", 0),
        ("rule --all", 0),
        ("rule --all --output-format json", 0),
    ],
)
def test_the_exit_code_is_that_of_the_whole_run_when_the_reader_leaves(
    articles: Path, command: str, code: int
) -> None:
    body = "<p>　　会议闭幕。</p>\n\n" * 4000
    (articles / "many.md").write_text(CLEAN.replace("<p>One.</p>\n", body), encoding="utf-8")
    ran = _to_a_closed_pipe(articles, command)
    assert ran.returncode == code
    if not command.startswith("fix -"):  # whose report goes to standard error
        assert ran.stderr == ""
    assert "Traceback" not in ran.stderr
    if command.endswith("dirty.md"):  # the run went on
        assert "　" not in (articles / "dirty.md").read_text(encoding="utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("check dirty.md > /dev/full", 2, "artlint: error: the output cannot be written: No space left"),
        ("check missing.md > /dev/full", 2, "artlint: error: the output cannot be written: No space left"),
        ("check dirty.md >&-", 1, ""),
        ("check missing.md 2>&-", 2, ""),
    ],
)
def test_output_that_cannot_be_written(articles: Path, command: str, code: int, said: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        f"{sys.executable} -m artlint {command}",
        shell=True,
        cwd=articles,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == code
    assert ran.stderr.startswith(said)
    assert "Traceback" not in ran.stderr
