"""Nothing hostile breaks artlint: limits, refusals and output that nobody can abuse."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

import artlint
from artlint import limits
from tests.conftest import ROOT, Cli

HEAD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
GOOD = f"{HEAD}<p>　　One.</p>\n"

# name: (body, what the line must say)
OVER_THE_LIMIT = {
    "nested-div": ("<div>" * 50_000, "nested deeper than 512 levels"),
    "nested-list": ("<ul><li>" * 20_000, "nested deeper than 512 levels"),
    "nested-closed": ("<div>" * 600 + "One." + "</div>" * 600, "nested deeper than 512 levels"),
    "tags": ("< " * 100_001, "too much markup: 100,001 tags"),
    "elements": ("<br>" * 50_001, "too much markup: 50,001 elements"),
    "pieces": ("*a* " * 100_001, "too much markup: more than 300,000 pieces of Markdown"),
    "nested-quotes": (">" * 50_000 + " *one*", "Markdown is nested deeper than 512 levels"),
    "nested-pictures": ("![" * 500 + "a" + "](b)" * 500, "links are nested deeper than 8 levels"),
    "references": ("<p>" + "&amp;" * 500_001, "too much markup: 500,001 character references"),
    "attributes": (
        f"<p {' '.join(f'a{i}=1' for i in range(200_000))}>One.</p>",
        "more than 1,000 attributes",
    ),
    "size": (f"<p>{'word ' * 2_000_001}</p>", "larger than 10 MB"),
}
HARD = {
    "less-than": "<" * 90_000,
    "comments": "<!--" * 50_000,
    "cdata": "<![CDATA[" * 50_000,
    "instructions": "<?" * 50_000,
    "unterminated": "<a " * 50_000,
    "quotes": '<a a="' * 50_000,
    "stray": "</x>" * 20_000,
    "handlers": "<b onclick=a>x</b>" * 5_000,
    "controls": "\u202e" * 500_000,
    "formatting": "<p><b><i><u><s><em>" * 80,
    "links": "[" * 50_000 + "](" * 50_000,
    "script": "<script>" + "<p>One.</p>" * 5_000,
    "attribute": '<p title="' + "<p>One.</p>\n" * 5_000,
}


@pytest.mark.parametrize("command", ["check", "fix"])
@pytest.mark.parametrize("name", OVER_THE_LIMIT)
def test_over_the_limit(tmp_path: Path, cli: Cli, name: str, command: str) -> None:
    body, line = OVER_THE_LIMIT[name]
    suffix = "md" if "*" in body or "![" in body else "html"
    bad, good = tmp_path / f"bad.{suffix}", tmp_path / "good.html"
    bad.write_text(HEAD + body, encoding="utf-8")
    good.write_text(GOOD, encoding="utf-8")
    ran = cli(command, "--output-format", "concise", bad.name, "good.html")
    assert ran.returncode == 2
    assert f"{bad.name}: error: " in ran.stdout
    assert line in ran.stdout
    assert ran.stderr == ""
    assert bad.read_text(encoding="utf-8") == HEAD + body
    if command == "fix":
        assert "　" not in good.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", HARD)
def test_hard_input_costs_little(tmp_path: Path, name: str) -> None:
    path = tmp_path / "hard.html"
    path.write_text(HEAD + HARD[name], encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "artlint", "fix", "--output-format", "concise", str(path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (10, 10)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode in (0, 1, 2), ran.stderr
    assert "Traceback" not in ran.stderr
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 700_000


def test_a_refused_text_comes_back_as_it_was() -> None:
    article = HEAD + "<div>" * 1_000
    result = artlint.fix(article)
    assert (result.text, result.changed) == (article, False)
    assert result.refused == "markup is nested deeper than 512 levels"
    with pytest.raises(artlint.ArtlintError, match="nested deeper"):
        artlint.lint(article)


def test_a_flood_of_findings_is_cut(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "flood.html").write_text(HEAD + "<p onclick>x</p>\n" * 500, encoding="utf-8")
    for style in ("grouped", "full"):
        ran = cli("check", "--select", "SEC", "--output-format", style, "flood.html")
        assert ran.stdout.count("SEC002") == limits.SHOWN
        assert "and 300 more\n" in ran.stdout
        assert "500 findings in 1 file." in ran.stdout


EVIL_TEXT = "\x1b]0;pwned\x07\x1b[2J\n::error file=x::pwned\n##[error]pwned\u202e"
EVIL_NAME = "a\n::error::x\x1b[31m\u202eb.html"


@pytest.mark.parametrize("style", ["full", "concise", "json"])
@pytest.mark.parametrize("arguments", [["check"], ["fix", "--diff"]])
def test_output_cannot_be_abused(tmp_path: Path, cli: Cli, style: str, arguments: list[str]) -> None:
    body = (
        f'<p onclick="{EVIL_TEXT}" {EVIL_TEXT}>{EVIL_TEXT}</p><x-{EVIL_TEXT}>\n<script>{EVIL_TEXT}</script>'
    )
    (tmp_path / EVIL_NAME).write_text(f"---\ntitle: A\n---\n{body}", encoding="utf-8")
    ran = cli(*arguments, "--output-format", style, "--", EVIL_NAME)
    assert ran.returncode == 1, ran.stderr
    for line in (ran.stdout + ran.stderr).split("\n"):
        assert not line.lstrip().startswith("::"), line
        assert style == "json" or "##[" not in line
        assert not set(line) & {"\x1b", "\x07", "\u202e", "\r"}, line
    if style == "json":
        assert json.loads(ran.stdout)["files"][0]["path"] == EVIL_NAME


def test_names_that_are_not_text(tmp_path: Path, cli: Cli) -> None:
    name = os.fsdecode(b"bad\xff\xfe.html")
    (tmp_path / name).write_text(GOOD, encoding="utf-8")
    for style in ("full", "concise", "json"):
        ran = cli("check", "--output-format", style, ".")
        assert ran.returncode == 1
        assert ran.stderr == ""
