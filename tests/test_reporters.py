"""Every output format: documented, right about places, and nothing of a file kept."""

from __future__ import annotations

import gc
import json
import re
import sys
from pathlib import Path

import hypothesis
import pytest
from markdown_it import MarkdownIt

import artlint
from artlint.api import make_plan
from artlint.config import Config
from artlint.formats import formats
from artlint.reporters import make_reporter
from artlint.reporters.shared.compare import compare
from artlint.reporters.shared.totals import Run, Totals
from artlint.runner import fix_one
from artlint.source import Source
from artlint.told import file_total
from artlint.view import view
from tests.conftest import ROOT, Cli
from tests.grammar import articles
from tests.reports import ARTICLES, HEAD, Reports, all_reports, reports_of


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    return reports_of(tmp_path_factory.mktemp("articles"))


def test_each_format_is_documented_with_its_promise() -> None:
    text = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## `([a-z-]+)`\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    assert sorted(sections) == formats()
    for name, section in sections.items():
        assert re.search(r"^\*(Stable|For people)[.:;]", section, re.MULTILINE), name


# What the formats say


def test_json_lines(report: Reports) -> None:
    lines = [json.loads(line) for line in report("json-lines", "fix", "--diff").splitlines()]
    assert [line["type"] for line in lines].count("summary") == 1
    assert lines[-1]["type"] == "summary"
    kinds = {
        kind: [line for line in lines if line["type"] == kind]
        for kind in ("finding", "fix", "ledger", "error")
    }
    assert [line["path"] for line in kinds["error"]] == ["posts/binary.md"]
    assert ("BP101", "责任编辑：李某") in [(line["code"], line["removed"]) for line in kinds["ledger"]]
    assert {line["code"] for line in kinds["fix"]} >= {"CJK001", "BP101", "FM004", "SEC003"}
    assert lines[-1]["removed"] == len("责任编辑：李某")


def test_statistics(report: Reports) -> None:
    lines = report("statistics").splitlines()
    assert lines[0].startswith("posts/binary.md: error: ")
    assert re.fullmatch(r"findings +files +rule", lines[1])
    assert "       1      1  CJK001  ideographic-indent [*]" in lines
    assert "5 findings in 3 files. 4 can be fixed with `artlint fix`." in lines
    fixed = report("statistics", "fix", "--diff")
    assert re.search(r"^ +1 +7 +0 +1 +BP101 +editor-note$", fixed, re.MULTILINE)


def test_the_option_is_the_format(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "a.md").write_text(ARTICLES["posts/dirty.md"], encoding="utf-8")
    assert cli("check", "--statistics", "a.md").stdout.startswith("findings  files  rule\n")
    both = cli("check", "--statistics", "--output-format", "full", "a.md")
    assert "two reports (full, statistics) would go to standard output" in both.stderr


def test_grouped(report: Reports) -> None:
    text = report("grouped")
    assert (
        "posts/left.md:\n"
        "  6:6   CJK008 `“` has no partner in its paragraph\n"
        "  6:13  SEC003 URL with the scheme `javascript:` [*]\n\n"
    ) in text
    assert "clean.md" not in text


def test_show_fixes(report: Reports) -> None:
    assert "fix: Remove the indent\n    - <p>　　会议闭幕。</p>\n    + <p>会议闭幕。</p>\n" in report(
        "full", "check", "--show-fixes"
    )
    assert "\n  6:4  CJK001 Paragraph is indented with blanks [*]\n       fix: Remove the indent\n" in report(
        "grouped", "check", "--show-fixes"
    )
    assert "posts/dirty.md:6:4 CJK001 fixed: Remove the indent\n" in report(
        "concise", "fix", "--diff", "--show-fixes"
    )
    assert "\n  3:7 FM004 fixed: Write it as `2021-11-04T02:10:07Z`\n" in report(
        "full", "fix", "--diff", "--show-fixes"
    )


def test_markdown_counts_and_lists(report: Reports) -> None:
    text = report("markdown")
    assert text.startswith("<!-- artlint report -->\n\n## artlint\n\n5 findings in 3 files.")
    assert "| CJK001 | ideographic-indent | 1 | 1 | 1 |" in text
    assert "| `posts/dirty.md`:6:4 | CJK001 | Paragraph is indented with blanks (fixable) |" in text
    html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    assert html.count("<table>") == 2
    assert "<code>posts/left.md</code>:6:13" in html
    assert "| BP101 | editor-note | 1 | 7 | 0 |" in report("markdown", "fix", "--diff")


def test_a_long_markdown_report_fits_into_a_comment(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "flood.html").write_text(HEAD + "<p onclick>x</p>\n" * 500, encoding="utf-8")
    text = cli("check", "--output-format", "markdown", "flood.html").stdout
    assert len(text) < 60_000
    assert "\nand 400 more\n" in text


def test_github_annotations(report: Reports) -> None:
    lines = report("github").splitlines()
    # The date stands on the third line of the file, inside the front matter.
    assert (
        "::warning title=FM004 feed-date,file=posts/date.md,line=3,endLine=3,col=7,endColumn=36"
        "::Date is in the format of feeds, not ISO 8601"
    ) in lines
    assert "::error title=artlint,file=posts/binary.md::binary file: NUL character on line 1" in "\n".join(
        lines
    )
    assert all(re.match(r"::(error|warning|notice) title=", line) for line in lines)


def test_what_programs_read_is_whole(tmp_path: Path) -> None:
    body = "<p>　　会议闭幕。</p>\n\n" * 250
    (tmp_path / "many.md").write_text(f"{HEAD}{body}", encoding="utf-8")
    page = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    for name, text in all_reports(tmp_path, "check", "--select", "CJK001", paths=["many.md"]).items():
        is_stable = re.search(rf"^## `{name}`\n\*Stable", page, re.MULTILINE) is not None
        if is_stable:
            assert text.count("Paragraph is indented with blanks") >= 250, name
        elif name in ("full", "grouped"):
            assert text.count("Paragraph is indented with blanks") == 200
            assert "and 50 more\n" in text


# Valid for their readers


@pytest.mark.parametrize("name", formats())
def test_what_is_said_of_a_file_alone_depends_on_no_other(name: str) -> None:
    plan = make_plan(Config())
    one, other = (
        fix_one(Source.from_text(ARTICLES[path], path), plan, unsafe=False)
        for path in ("posts/dirty.md", "posts/date.md")
    )
    reporter = make_reporter(name, Run(fixing=True), colour=False)
    first = reporter.file(one)
    reporter.file(other)
    assert (reporter.file(one) == first) or not reporter.by_file


@pytest.mark.parametrize("name", formats())
def test_nothing_of_a_file_is_kept(name: str) -> None:
    plan = make_plan(Config())
    result = fix_one(Source.from_text(ARTICLES["posts/dirty.md"]), plan, unsafe=False)
    reporter, totals = make_reporter(name, Run(fixing=True), colour=False), Totals(Run(fixing=True))
    parts = (result, result.source, result.fix)
    references = list(map(sys.getrefcount, parts))
    totals.add(file_total(result))
    reporter.file(result)
    view.cache_clear()
    gc.collect()
    assert list(map(sys.getrefcount, parts)) == references
    assert reporter.finish(totals).strip() or name == "github"


@hypothesis.given(articles)
def test_differences_hold_both_texts_and_name_a_rule(article: str) -> None:
    source = Source.from_text(article)
    result = artlint.fix(article)
    after = Source.from_text(result.text).text
    rows = compare(source.text, after, result.applied)
    for text, segments in (
        (source.text, [row.before for row in rows]),
        (after, [row.after for row in rows]),
    ):
        lines: dict[int, str] = {}
        for segment in filter(None, segments):
            lines[segment.line] = lines.get(segment.line, "") + segment.text
        assert list(lines) == sorted(lines)
        assert "\n".join(lines.values()) == text.removesuffix("\n")
    assert all(row.codes for row in rows if row.is_changed)
