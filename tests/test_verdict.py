"""A judge can hide findings or let them only be shown, and its verdicts last through all rounds."""

from __future__ import annotations

from collections.abc import Sequence

import hypothesis
from hypothesis import given
from hypothesis import strategies as st

from artlint.api import Plan, make_plan
from artlint.config import Config
from artlint.diagnostic import Applicability, Diagnostic
from artlint.document import Document
from artlint.runner import FileResult, check_source, fix_one
from artlint.source import Source
from artlint.verdict import Judge, Judges, Origin, Verdict
from tests.grammar import articles, paths

ARTICLE = """\
---
title: A
date: 2020-01-02T03:04:05Z
---

<p>　　会议开幕。</p>
<div><p>　　会议闭幕。</p><p onclick="x()">　　散会。</p></div>
"""


class ByText(Judge):
    """Decides by what stands behind a finding, and remembers what it was asked."""

    def __init__(self, verdicts: dict[str, Verdict]) -> None:
        self.asked: list[tuple[str, int]] = []
        self._verdicts = verdicts

    def verdicts(self, document: Document, found: Sequence[Diagnostic], origin: Origin) -> list[Verdict]:
        self.asked.extend((finding.code, origin(finding.span.start)) for finding in found)
        return [self._of(document.text[finding.span.start :]) for finding in found]

    def _of(self, text: str) -> Verdict:
        return next((v for word, v in self._verdicts.items() if text.startswith(word)), Verdict.FIX)


def _plan(judge: Judge) -> Plan:
    plan = make_plan(Config())
    return Plan(plan.rules, plan.settings, judge_for=lambda source: judge)


def _fix(text: str, judge: Judge, path: str = "article.md") -> FileResult:
    return fix_one(Source.from_text(text, path), _plan(judge), unsafe=True)


def test_a_hidden_finding_stays_while_everything_around_it_changes() -> None:
    judge = ByText({"　　会议闭幕": Verdict.HIDE})
    result = _fix(ARTICLE, judge)
    assert result.fix
    assert "<p>会议开幕。</p>\n\n<p>　　会议闭幕。</p>\n\n<p>散会。</p>\n" in result.fix.text
    assert result.diagnostics == ()
    assert len(judge.asked) == len(set(judge.asked)), "a finding was judged twice"


def test_a_shown_finding_remains_with_a_fix_that_is_not_applied() -> None:
    result = _fix(ARTICLE, ByText({"　　散会": Verdict.SHOW}))
    (left,) = result.diagnostics
    assert left.code == "CJK001"
    assert left.fix
    assert left.fix.applicability is Applicability.DISPLAY
    assert result.fix
    assert "　　散会。" in result.fix.text


def test_the_form_of_the_whole_waits_for_no_finding_that_stays() -> None:
    hidden = ByText({"　　": Verdict.HIDE, "<div>": Verdict.HIDE, "onclick": Verdict.HIDE})
    (left,) = check_source(Source.from_text(ARTICLE), _plan(hidden)).diagnostics
    assert left.code == "HTM900"


def test_the_first_of_several_judges_decides() -> None:
    first, second = ByText({"　　会议": Verdict.HIDE}), ByText({"　　会议": Verdict.SHOW})
    result = check_source(Source.from_text(ARTICLE), _plan(Judges([first, second])))
    assert [d.code for d in result.diagnostics] == ["HTM004", "SEC002", "CJK001"]
    assert len(second.asked) == len(first.asked) - 2


class Everything(Judge):
    """One verdict on all findings."""

    def __init__(self, verdict: Verdict) -> None:
        self._verdict = verdict

    def verdicts(self, document: Document, found: Sequence[Diagnostic], origin: Origin) -> list[Verdict]:
        return [self._verdict] * len(found)


@hypothesis.settings(max_examples=50)
@given(articles, paths)
def test_what_is_hidden_or_shown_is_not_touched(article: str, path: str) -> None:
    hidden, shown = (_fix(article, Everything(verdict), path) for verdict in (Verdict.HIDE, Verdict.SHOW))
    assert hidden.diagnostics == ()
    for result in (hidden, shown):
        assert result.fix
        assert not result.fix.changed
        assert result.fix.text == article


class OneRule(Judge):
    """Hides the findings of one rule of the article."""

    def __init__(self, index: int) -> None:
        self._index = index
        self._code = ""

    def verdicts(self, document: Document, found: Sequence[Diagnostic], origin: Origin) -> list[Verdict]:
        if not self._code and found:
            self._code = found[self._index % len(found)].code
        return [Verdict.HIDE if finding.code == self._code else Verdict.FIX for finding in found]


@hypothesis.settings(max_examples=50)
@given(articles, paths, st.integers(0, 9))
def test_the_rest_is_fixed_as_ever(article: str, path: str, index: int) -> None:
    judge = OneRule(index)
    result = _fix(article, judge, path)
    assert result.fix
    if not result.fix.refused:
        again = _fix(result.fix.text, judge, path)
        assert again.fix
        assert again.fix.text == result.fix.text
        assert again.diagnostics == result.diagnostics
