"""Where reports go: several at once, each to its place, whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.conftest import Cli

HEAD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
DIRTY = f"{HEAD}<p>　　会议闭幕。</p>\n"
UNFIXABLE = f"{HEAD}<p>会议“闭幕。</p>\n"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    for name, text in (("clean", f"{HEAD}<p>一。</p>\n"), ("dirty", DIRTY), ("unfixable", UNFIXABLE)):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_several_reports_at_once(articles: Path, cli: Cli) -> None:
    alone = cli("check", "dirty.md").stdout
    ran = cli("check", "dirty.md", "--output-format", "full", "--output-format", "json=out.json")
    assert ran.stdout == alone
    assert ran.returncode == 1
    assert json.loads((articles / "out.json").read_text(encoding="utf-8"))["summary"]["findings"] == 1
    assert sorted(path.name for path in articles.iterdir() if path.name.startswith(".")) == []


def test_without_a_report_on_standard_output_the_summary_is_there(articles: Path, cli: Cli) -> None:
    ran = cli("check", "dirty.md", "--output-format", "json=out.json")
    assert ran.stdout == "1 finding in 1 file. 1 can be fixed with `artlint fix`.\n"
    quiet = cli("check", "-q", "dirty.md", "--output-format", "json=out.json")
    assert (quiet.stdout, quiet.stderr) == ("", ran.stdout)
    silent = cli("check", "-q", "clean.md", "--output-format", "json=out.json")
    assert (silent.stdout, silent.stderr, silent.returncode) == ("", "", 0)


@pytest.mark.parametrize(
    ("formats", "words"),
    [
        (["sarfi"], "unknown format `sarfi`; "),
        (["jsn=out"], "did you mean `json`?"),
        (["json="], "`json=` names no file"),
        (["json", "full"], "two reports (json, full) would go to standard output; give each a file"),
        (["json=out", "full=./out"], "two reports (json, full) would go to `out`"),
        (["json=none/out"], "cannot write the report none/out: no such file or folder"),
        (["json=dirty.md"], "a report would replace the article dirty.md; give it another name"),
    ],
)
def test_wrong_destinations(articles: Path, cli: Cli, formats: list[str], words: str) -> None:
    options = [part for value in formats for part in ("--output-format", value)]
    before = sorted(os.listdir(articles))
    for arguments in (["check", "dirty.md"], ["fix", "dirty.md"]):
        ran = cli(*arguments, *options)
        assert ran.returncode == 2
        assert words.split("no such")[0] in ran.stderr, ran.stderr
        assert ran.stdout == ""
    assert sorted(os.listdir(articles)) == before
    assert (articles / "dirty.md").read_text(encoding="utf-8") == DIRTY


def test_fixing_standard_input_checks_the_destinations_first(articles: Path, cli: Cli) -> None:
    ran = cli("fix", "-", "--output-format", "json=dirty.md", stdin=DIRTY)
    assert (ran.returncode, ran.stdout) == (2, "")
    ran = cli("fix", "-", "--output-format", "json=out.json", stdin=DIRTY)
    assert ran.stdout == DIRTY.replace("　　", "")
    assert json.loads((articles / "out.json").read_text(encoding="utf-8"))["summary"]["changed"] == 1


def test_a_run_that_stops_leaves_the_old_report(articles: Path, cli: Cli) -> None:
    (articles / "out.json").write_text("old", encoding="utf-8")
    ran = cli(
        "check", "missing-folder-of-a-config.md", "--select", "NONE", "--output-format", "json=out.json"
    )
    assert ran.returncode == 2
    assert (articles / "out.json").read_text(encoding="utf-8") == "old"
    cli("check", "dirty.md", "--output-format", "json=out.json")
    assert json.loads((articles / "out.json").read_text(encoding="utf-8"))


def test_a_report_among_the_articles_is_no_article(articles: Path, quick_cli: Cli) -> None:
    """A folder's own reports are passed over; what only looks like one is read, and so is one named."""
    quick_cli("check", "--output-format", "html=report.html", "dirty.md")
    assert "report.html" not in quick_cli("check", "--show-files", ".").stdout
    assert quick_cli("check", "--show-files", "report.html").stdout == "report.html\n"
    assert "every file named" in quick_cli("check", "--force-exclude", "report.html").stderr
    report = (articles / "report.html").read_text(encoding="utf-8")
    forged = (
        f"{report}<script>alert(1)</script>",
        report.replace("<header>", "<script>alert(1)</script><header>", 1),
        report.replace(
            '<script type="application/json" id="run">', '<script>alert(1)</script><script id="run">', 1
        ),
        report.replace('id="run"', 'id="run" onclick="alert(1)"', 1),
        report[:300],
    )
    for text in forged:
        assert text != report
        (articles / "report.html").write_text(text, encoding="utf-8")
        assert "report.html" in quick_cli("check", "--show-files", ".").stdout


def test_a_report_may_go_to_a_device(articles: Path, cli: Cli) -> None:
    ran = cli("check", "dirty.md", "--output-format", "json=/dev/null")
    assert ran.returncode == 1
    assert "1 finding" in ran.stdout


def test_quiet_says_what_is_wrong_and_nothing_else(articles: Path, cli: Cli) -> None:
    assert cli("check", "-q", "clean.md").stdout == ""
    concise = cli("check", "-q", "dirty.md", "--output-format", "concise").stdout
    assert concise == "dirty.md:6:4 CJK001 Paragraph is indented with blanks [*]\n"
    assert cli("fix", "-q", "dirty.md").stdout == ""
    assert cli("fix", "-q", "unfixable.md").stdout.startswith("unfixable.md:6:6 CJK")
