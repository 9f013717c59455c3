"""Which finding is which entry of a baseline, whatever moved: properties of random articles."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import hypothesis
from hypothesis import given
from hypothesis import strategies as st

from artlint.api import Plan, make_plan
from artlint.baseline import Baseline, BaselineJudge, Census, Entry
from artlint.config import Config
from artlint.diagnostic import Diagnostic
from artlint.runner import FileResult, check_source, fix_one
from artlint.source import Source
from tests.grammar import articles, paths
from tests.test_baseline import ARTICLE, BLOCKS, HEAD, NAME

PLAN = make_plan(Config())
STAGES = {rule.code: rule.stage for rule in PLAN.rules}


def _census(text: str, path: str = "a.md", old: Sequence[Entry] = ()) -> list[tuple[Entry, Entry | None]]:
    """Every finding of an article as an entry, with the old entry that it claims."""
    source = Source.from_text(text, path)
    judge = Census(Baseline(Path(NAME), old), source, STAGES)
    check_source(source, _with(judge))
    return judge.held


def _with(judge: BaselineJudge) -> Plan:
    return PLAN._replace(judge_for=lambda source: judge)


def _fix(
    source: Source, old: Sequence[Entry], keeps: Callable[[Diagnostic], bool] = lambda finding: True
) -> FileResult:
    judge = BaselineJudge(Baseline(Path(NAME), old), source, STAGES, keeps)
    return fix_one(source, _with(judge), unsafe=False)


def _entries(text: str, path: str = "a.md") -> list[Entry]:
    return [entry for entry, _ in _census(text, path)]


@hypothesis.settings(max_examples=25)
@given(articles, paths)
def test_an_article_matches_its_own_baseline(article: str, path: str) -> None:
    held = _census(article, path, _entries(article, path))
    assert all(old == new for new, old in held)


_WORDS = "会议 昨日 开幕 代表 到会 决议 通过 今日 闭幕 离京 记者 报道 经济 发展".split()
_SENTENCES = st.lists(st.sampled_from(_WORDS), min_size=6, max_size=9).map("".join)
_FAULTS = st.sampled_from(
    [
        "<p>　　{0}。</p>",
        "<P>{0},{0}。</P>",
        "<p>{0}...</p>",
        '<p data-w="3">{0}。</p>',
        '<p><a href="https://example.com/?utm_source=x">{0}</a>。</p>',
        "<p>{0}，，{0}。</p>",
        "<p>{0}<span></span>。</p>",
        "<p>{0}</p><p>（责编：王某 SF123）</p>",
    ]
)
_DIRTY = st.builds(str.format, _FAULTS, _SENTENCES)
_TIDY = st.builds("<p>{}。</p>".format, _SENTENCES)


@hypothesis.settings(max_examples=25)
@given(
    st.lists(_DIRTY, min_size=1, max_size=5, unique=True),
    st.lists(st.tuples(st.integers(0, 9), _TIDY), max_size=6),
    st.randoms(use_true_random=False),
)
def test_moved_blocks_and_new_ones_between_them_keep_the_entries(
    blocks: list[str], new: list[tuple[int, str]], chance: random.Random
) -> None:
    old = _entries(HEAD + "\n".join(blocks))
    chance.shuffle(blocks)
    for index, block in new:
        blocks.insert(index, block)
    assert [entry for entry, claimed in _census(HEAD + "\n".join(blocks), "a.md", old) if not claimed] == []


@hypothesis.settings(max_examples=25)
@given(st.lists(_DIRTY, min_size=1, max_size=4, unique=True), st.integers(0, 4), _SENTENCES)
def test_fixing_what_is_new_leaves_the_rest_as_it_was(blocks: list[str], index: int, words: str) -> None:
    blocks = ["<P>一</P>", *blocks]  # so that the form is baselined too
    old = _entries(HEAD + "\n".join(blocks))
    hypothesis.assume(not any(words[:6] in block for block in blocks))
    blocks.insert(index, f"<p>　　{words}！</p>")
    source = Source.from_text(HEAD + "\n".join(blocks))
    result = _fix(source, old)
    assert result.fix
    assert result.fix.text == source.text.replace(f"　　{words}", words)


@hypothesis.settings(max_examples=25)
@given(st.lists(_DIRTY, min_size=2, max_size=5, unique=True), st.data())
def test_swapping_a_finding_is_noticed(blocks: list[str], data: st.DataObject) -> None:
    old = _entries(HEAD + "\n".join(blocks))
    gone = data.draw(st.sampled_from(blocks))
    fault = data.draw(_SENTENCES)
    come = f"<p>　　{fault}。</p>"
    rest = [block for block in blocks if block != gone]
    if come[:20] in "".join(blocks):
        return
    held = _census(HEAD + "\n".join([*rest, come]), "a.md", old)
    assert [entry.rule for entry, claimed in held if not claimed] == ["CJK001"]


def test_who_is_told_to_fix_some_of_them_leaves_the_others() -> None:
    entries = _entries(ARTICLE)
    source = Source.from_text(ARTICLE, "a.md")

    def keeps(finding: Diagnostic) -> bool:
        return finding.code != "BP101"

    result = _fix(source, entries, keeps)
    assert result.fix
    assert result.fix.text == ARTICLE.replace(BLOCKS[4], "")
