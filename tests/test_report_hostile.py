"""Nothing of an article or a name is anything but text in a report, and every report is well formed."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from markdown_it import MarkdownIt

from artlint.formats import formats
from tests.reports import HEAD, all_reports

EVIL = (
    "\x1b]0;pwned\x07\x1b[2J\x01\n::error file=x::pwned\n##[error]pwned\u202e\ufffe\u2028 @everyone #1"
    " \n/close\n</script><script>alert(1)</script>--><img src=x onerror=alert(1)>]]> `|` [x](http://e.example)"
    " www.e.example"
)
EVIL_NAME = "a\n::error::x\x1b[31m\u202e<img src=x onerror=alert(1)>%0A`|,:@x](http:.html"
UNSAFE = set("\x1b\x07\x01\r\u202e\u2028")
RUNS = {
    "check": ["check"],
    "check-fixes": ["check", "--show-fixes"],
    "fix": ["fix", "--diff", "--show-fixes"],
}


@pytest.fixture(scope="module", params=RUNS)
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """All reports about a hostile article with a hostile name, and a file that cannot be read."""
    folder = tmp_path_factory.mktemp("hostile")
    body = f"<p onclick={EVIL!r} {EVIL}>{EVIL}</p><x-{EVIL}>\n<script>{EVIL}</script>\n<a href='{EVIL}'>x</a>"
    (folder / EVIL_NAME).write_text(f"---\ntitle: A\n{EVIL[-40:]}: b\n---\n{body}", encoding="utf-8")
    (folder / f"{EVIL_NAME}.md").write_bytes(b"\0")
    return all_reports(folder, *RUNS[request.param], paths=(EVIL_NAME, f"{EVIL_NAME}.md"))


@pytest.mark.parametrize("name", formats())
def test_a_hostile_article_is_only_text(hostile: dict[str, str], name: str) -> None:
    text = hostile[name]
    assert not UNSAFE & set(text)
    commands = [line for line in text.split("\n") if line.lstrip().startswith(("::", "/"))]
    assert name in ("github", "html") or commands == []
    assert name == "html" or "##[" not in text or name in JSON
    CHECKS.get(name, _is_text)(text)


def _is_json(text: str) -> None:
    json.loads(text)


def _is_github(text: str) -> None:
    for line in text.splitlines():
        found = re.fullmatch(r"::(?:error|warning|notice) ([^:]*)::(.*)", line)
        assert found, line
        keys = [part.partition("=")[0] for part in found.group(1).split(",")]
        assert keys in (
            ["title", "file"],
            ["title", "file", "line", "endLine"],
            ["title", "file", "line", "endLine", "col", "endColumn"],
        )


def _is_xml(text: str) -> None:
    names = {element.tag for element in etree.fromstring(text.encode()).iter()}
    assert names <= {"testsuites", "testsuite", "testcase", "failure", "error"}


def _is_markdown(text: str) -> None:
    html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    page = etree.HTML(html)
    assert {element.tag for element in page.iter() if isinstance(element.tag, str)} <= set(
        "html body h2 p br table thead tbody tr th td code details summary".split()
    )
    outside = "".join(page.xpath("//text()[not(ancestor::code)]"))
    assert not re.search("[@#]|www|http|alert", outside)


def _is_html(text: str) -> None:
    assert text.count("</script") == text.count("<script") <= 4  # two files, the index, the code
    assert "<img" not in text.replace("img, picture", "")


def _are_json_lines(text: str) -> None:
    for line in text.splitlines():
        assert json.loads(line)["type"]


def _is_text(text: str) -> None:
    assert text.endswith("\n")


JSON = ("json", "sarif", "gitlab", "rdjson", "json-lines")
CHECKS: dict[str, Callable[[str], None]] = {
    **dict.fromkeys(JSON, _is_json),
    "json-lines": _are_json_lines,
    "github": _is_github,
    "junit": _is_xml,
    "markdown": _is_markdown,
    "html": _is_html,
}


def test_a_name_that_is_not_text(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / os.fsdecode(b"bad\xff\xfe.html")).write_text(f"{HEAD}<p>　　One.</p>\n", encoding="utf-8")
    for name, text in all_reports(folder, "check").items():
        assert "bad" in text or name == "statistics"
        CHECKS.get(name, _is_text)(text)
        if name == "sarif":
            assert "bad%FF%FE.html" in text


def test_a_run_without_findings(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.md").write_text(f"{HEAD}<p>一。</p>\n", encoding="utf-8")
    reports = all_reports(folder, "check")
    assert reports.pop("github") == ""
    assert reports.pop("html").count("<script") == 2
    for name, text in reports.items():
        CHECKS.get(name, _is_text)(text)
