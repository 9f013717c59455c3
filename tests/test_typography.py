"""Typography: our edits against autocorrect's judgement, and the places that are not prose."""

from __future__ import annotations

from pathlib import Path

import autocorrect_py
import pytest
from hypothesis import given
from hypothesis import strategies as st

import artlint
from artlint.document import Document
from artlint.document.prose import BREAKS, INLINE
from artlint.source import Source
from tests.conftest import Cli
from tests.grammar import articles, paths

HALF_WIDTH = artlint.Config(select=("CJK004",), format=False)
SPACING = artlint.Config(select=("CJK011",), format=False)


@pytest.mark.parametrize("text", ["会议开幕,代表到会", "记者问:来了吗?", "会议开幕!代表到会"])
def test_half_width_punctuation_agrees_with_autocorrect(text: str) -> None:
    assert (
        artlint.fix(f"<p>{text}</p>", unsafe=True, config=HALF_WIDTH).text
        == f"<p>{autocorrect_py.format(text)}</p>"
    )


_MIXED = st.lists(
    st.sampled_from(["会议", "开幕", "AI", "5G", "2021", "年", "，", "。", "“", "”", "《", "》"]),
    min_size=1,
    max_size=8,
).map("".join)


_CLAUSES = st.lists(
    st.tuples(st.sampled_from(["会议", "开幕", "代表到会"]), st.sampled_from(",?")), min_size=1, max_size=6
).map(lambda pairs: "".join(word + mark for word, mark in pairs) + "闭幕")


@given(_CLAUSES)
def test_half_width_punctuation_of_clauses_agrees_with_autocorrect(text: str) -> None:
    fixed = artlint.fix(f"<p>{text}</p>", unsafe=True, config=HALF_WIDTH).text
    assert fixed == f"<p>{autocorrect_py.format(text)}</p>"


@given(_MIXED)
def test_spacing_agrees_with_autocorrect(text: str) -> None:
    fixed = artlint.fix(f"<p>{text}</p>", unsafe=True, config=SPACING).text
    assert fixed == f"<p>{autocorrect_py.format(text)}</p>"


@given(articles, paths)
def test_prose_is_as_long_as_the_body_and_shows_its_text(article: str, path: str) -> None:
    body = Document(Source.from_text(article, path)).body
    assert len(body.prose) == len(body.text)
    for shown, written in zip(body.prose, body.text, strict=True):
        assert shown == written or shown in (INLINE, BREAKS)


def test_no_default_rule_touches_what_is_not_prose() -> None:
    untouched = (
        "---\ntitle: '会议,闭幕...'\n---\n\n见 [条目](https://example.com/会议,闭幕 \"会议,闭幕\")"
        " 与 a@例子.com\n\n"
        "https://example.com/会议,闭幕 `会议,闭幕` $会议,闭幕$\n\n[a]: https://example.com/会议,闭幕\n"
    )
    assert artlint.lint(untouched, config=artlint.Config(select=("CJK", "ENC"), ignore=("CJK011",))) == []


def test_every_edit_has_its_own_span() -> None:
    text = "会议开幕,代表到会,记者问:来了吗?\n"
    found = artlint.lint(text, config=HALF_WIDTH)
    assert [text[slice(*d.span)] for d in found] == [",", ",", ":", "?"]
    assert [d.start.column for d in found] == [5, 10, 14, 18]


def test_typography_is_listed_in_the_ledger() -> None:
    result = artlint.fix("<p>会议开幕,代表到会</p>", unsafe=True, config=HALF_WIDTH)
    assert [(e.kind, e.removed, e.inserted) for e in result.ledger] == [("text", ",", "，")]


def test_safe_typography_changes_no_letter() -> None:
    body = '<p>\u3000\u3000会议开幕,代表到会...他说"来了"\u3000</p>\n'
    fixed = artlint.fix(body).text
    assert fixed == '<p>会议开幕,代表到会...他说"来了"</p>\n'


def test_configured_names_are_left_alone(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "artlint.toml").write_text('names = ["Ｄ坂", "开,始"]\n', encoding="utf-8")
    (tmp_path / "a.md").write_text("《Ｄ坂》与《开,始》重印，共Ｄ册。\n", encoding="utf-8")
    found = cli("check", "--select", "CJK009,CJK004", "--output-format", "concise", "a.md")
    assert found.stdout.count("CJK009") == 1
    assert "a.md:1:15 CJK009" in found.stdout
    assert "CJK004" not in found.stdout
