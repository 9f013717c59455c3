"""Footnotes of Markdown as HTML and back, judged by cmark-gfm."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st

import artlint
from tests.conftest import ROOT, Cli
from tests.judges import Seen, beautiful_soup

TO_MARKDOWN = artlint.Config(select=("HTM900",), to="markdown")
TO_HTML = artlint.Config(select=("HTM900",), to="html")


def _html(markdown: str) -> str:
    result = artlint.fix(markdown, path="a.md", config=TO_HTML)
    assert result.refused is None
    return result.text


def _cmark_gfm(markdown: str) -> str:
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    return str(github_flavored_markdown_to_html(markdown, options))


def _seen(html: str) -> tuple[Seen, list[str]]:
    """What another parser sees of a page, and the names that its links can lead to."""
    return beautiful_soup(html), re.findall(r'\bid="([^"]*)"', html)


def _is_as_cmark_writes_it(html: str, markdown: str) -> bool:
    names = re.compile(r"[a-z-]*footnote[a-z-]*")
    theirs = _cmark_gfm(markdown)
    return _seen(html) == _seen(theirs) and names.findall(html.replace('=""', "")) == names.findall(theirs)


@pytest.mark.parametrize(
    "markdown",
    [
        "One[^1].\n\n[^1]: A note.\n",
        "One[^1], two[^2].\n\n- 3[^3]\n\n[^1]: *A* note.\n\n[^2]: Two\n\n    paragraphs\n\n[^3]: 注释。\n",
        "> 会议闭幕。[^1]\n\n[^1]: - One\n    - Two\n",
        "One[^1].\n\n[^1]: Some code.\n\n    ```py\n    a = 1\n\n        b\n    ```\n\n    End.\n",
    ],
)
def test_footnotes_there_and_back(markdown: str) -> None:
    html = _html(markdown)
    assert _is_as_cmark_writes_it(html, markdown)
    assert artlint.fix(html, path="a.html", config=TO_MARKDOWN).text == markdown


@pytest.mark.parametrize(
    ("markdown", "back"),
    [
        # Names become numbers; notes come in the order of their marks, wherever they stood.
        ("One[^b].\n\n[^b]: Note.\n", "One[^1].\n\n[^1]: Note.\n"),
        ("一[^注]\n\n[^注]: 注释\n", "一[^1]\n\n[^1]: 注释\n"),
        ("A[^2] B[^1]\n\n[^1]: x\n[^2]: y\n", "A[^1] B[^2]\n\n[^1]: y\n\n[^2]: x\n"),
        ("A[^1]\n\n[^1]: x\n\nB[^2]\n\n[^2]: y\nlazy\n", "A[^1]\n\nB[^2]\n\n[^1]: x\n\n[^2]: y lazy\n"),
        ("会议**闭幕。**[^1]\n\n[^1]: x\n", "会议<strong>闭幕。</strong>[^1]\n\n[^1]: x\n"),
    ],
)
def test_other_spellings_come_back_in_one(markdown: str, back: str) -> None:
    html = _html(markdown)
    assert beautiful_soup(html).text == beautiful_soup(_cmark_gfm(markdown)).text
    assert artlint.fix(html, path="a.html", config=TO_MARKDOWN).text == back


@pytest.mark.parametrize(
    ("markdown", "why"),
    [
        ("One[^1] and again[^1].\n\n[^1]: x\n", "one mark each"),
        ("One.\n\n[^1]: x\n", "one mark each"),
        ("One[^1].\n\n[^1]: x[^2]\n\n[^2]: y\n", "one mark each"),
        ("One[^1].\n\n> [^1]: x\n", "`[^1]` is not CommonMark"),
        ("One[^1] [^2].\n\n[^1]: x\n", "`[^2]` is not CommonMark"),
        ("[One[^1]](u)\n\n[^1]: x\n", "do not agree"),
        ("One[^1] [k]\n\n[^1]: see [k]\n\n[k]: /z\n", "do not agree"),
        ('One[^1]\n\n[^1]: x\n\n<div class="footnote-definition"><sup>1</sup> y</div>\n', "do not agree"),
        ("One\ue0001\ue001[^1]\n\n[^1]: x\n", "one mark each"),
    ],
)
def test_what_is_not_whole_is_refused(markdown: str, why: str) -> None:
    result = artlint.fix(markdown, path="a.md", config=TO_HTML)
    assert result.text == markdown
    assert result.refused
    assert why in result.refused


@pytest.mark.parametrize(
    ("markdown", "names"),
    [
        ('<p id="fn-1">One</p>\n\nA[^1]\n\n[^1]: x\n', ["fn-1", "fnref-1-", "fn-1-"]),
        ('<a name="fnref-b">One</a>[^b]\n\n[^b]: x\n', ["fnref-b-", "fn-b-"]),
        ('A[^1]\n\n[^1]: <b id="fnref-1">x</b>\n', ["fnref-1-", "fn-1-", "fnref-1"]),
        (
            '<p id="fn-1">One</p>\n\nA[^1] B[^1-]\n\n[^1]: x\n\n[^1-]: y\n',
            ["fn-1", "fnref-1-", "fnref-1--", "fn-1-", "fn-1--"],
        ),
    ],
)
def test_no_name_is_given_twice(markdown: str, names: list[str]) -> None:
    html = _html(markdown)
    assert _seen(html)[1] == names
    assert beautiful_soup(html).text == beautiful_soup(_cmark_gfm(markdown)).text
    links = re.findall(r'href="#([^"]*)"', html)
    assert sorted(links) == sorted(name for name in names if name.endswith("-"))


def test_a_policy_without_names_keeps_footnotes_as_they_are(tmp_path: Path, cli: Cli) -> None:
    text = "A[^1]\n\n[^1]: x\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    (tmp_path / "artlint.toml").write_text('policy.preset = "strict"\n', encoding="utf-8")
    ran = cli("fix", "--select", "HTM900,SEC", "--to", "html", "a.md")
    assert ran.returncode == 2
    assert "the policy allows no `id`" in ran.stdout
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == text


def test_the_footnotes_of_the_docs(tmp_path: Path, cli: Cli) -> None:
    page = (ROOT / "docs" / "conversion.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(\w+) footnotes\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    (before, markdown), (after, html) = blocks
    head = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
    path = tmp_path / "a.md"
    path.write_text(head + markdown, encoding="utf-8")
    for syntax, text in ((after, html), (before, markdown)):
        ran = cli("fix", "--to", syntax, "a.md")
        assert ran.returncode == 0, ran.stdout
        assert path.read_text(encoding="utf-8") == head + text


_PIECES = st.sampled_from(["One", "*two*", "**three**", "`c`", "[l](/u)", "会议", "开幕。", "![p](a.png)"])
_LINES = st.lists(_PIECES, min_size=1, max_size=4).map(" ".join)
_NOTES = st.lists(st.lists(_LINES, min_size=1, max_size=3), min_size=1, max_size=4)


@given(_NOTES, st.lists(_LINES, min_size=4, max_size=4), st.booleans())
def test_any_footnotes_there_and_back(notes: list[list[str]], lines: list[str], in_list: bool) -> None:
    marked = [f"{line} end[^{number}]" for number, (line, _) in enumerate(zip(lines, notes, strict=False), 1)]
    text = "\n".join(f"- {line}" for line in marked) if in_list else "\n\n".join(marked)
    definitions = [f"[^{number}]: " + "\n\n    ".join(note) for number, note in enumerate(notes, 1)]
    markdown = "\n\n".join([text, *definitions]) + "\n"
    html = _html(markdown)
    assert _is_as_cmark_writes_it(html, markdown)
    assert artlint.fix(html, path="a.html", config=TO_MARKDOWN).text == markdown
