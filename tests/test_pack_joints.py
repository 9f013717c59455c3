"""What a pack takes out must not join the words around it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import artlint
from tests.test_pack_format import write_pack

PARTED = [
    "one ⟦<i class=x>a</i>⟧ two",
    "one⟦<i class=x> a </i>⟧two",
    "one⟦<i class=x>a b</i>⟧two",
    "one⟦<i class=x>&nbsp;</i>⟧two",
    "one⟦<i class=x>|</i>⟧two",
    "one⟦<i class=x><br></i>⟧two",
    "one⟦<i class=x><img src=a.png></i>⟧two",
    "one⟦<br class=x>⟧two",
    "one⟦<hr class=x>⟧two",
    "one⟦<div class=x>a</div>⟧two",
    "<b>one</b>⟦<div class=x>a</div>⟧<b>two</b>",
    "<b>one⟦<i class=x> a </i>⟧</b>two",
    "(one)⟦<div class=x>a</div>⟧“two”",
    "一⟦<div class=x>a</div>⟧二",
    "one⟦<div class=x>a</div><div class=x>b</div>⟧two",
    "one⟦<i class=x>a </i><div class=x>b</div>⟧two",
    "one⟦<i class=x>a</i><i class=x> b</i>⟧two",
]
JOINED = [
    "news⟦<i class=x>a</i>⟧paper",
    "news⟦<i class=x></i>⟧paper",
    "one⟦<i class=x> (a)</i>⟧, two",
    "“⟦<i class=x>a </i>⟧one”",
    "中国⟦<sup class=x>[1]</sup>⟧人民",
]
AROUND = ["<p>{}</p>\n", "<ul><li>{}</li></ul>\n", "<table><tr><td>{}</td></tr></table>\n", "{}\n", "- {}\n"]
TABLE = "| a | b |\n| --- | --- |\n| {} | c |\n"


@pytest.mark.parametrize("around", [*AROUND, TABLE])
@pytest.mark.parametrize("marked", [*PARTED, *JOINED])
def test_words_stay_apart(marked: str, around: str, tmp_path: Path) -> None:
    config = write_pack(tmp_path, "{select: '.x'}")
    text = around.format(re.sub("[⟦⟧]", "", marked))
    result = artlint.fix(text, config=config, path="a.md")
    assert result.refused is None
    between = " " if marked in PARTED else ""
    assert _words(result.text) == _words(around.format(re.sub("⟦.*⟧", between, marked)))
    assert not artlint.fix(result.text, config=config, path="a.md").changed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("one<div class=x>a</div>two", "one a two"),
        ("one<div class=x><b>a</b></div><i>two</i>", "one a two"),
        ("news<i class=x>pap</i>er", "newspaper"),
        ("<p>one</p><div class=x>a</div>two", "one a two"),
    ],
)
def test_words_stay_apart_when_tags_go(text: str, words: str, tmp_path: Path) -> None:
    result = artlint.fix(
        f"<div>{text}</div>\n", config=write_pack(tmp_path, "{select: '.x'}", "action: unwrap")
    )
    assert result.refused is None
    assert _words(result.text) == words.split()


def _words(text: str) -> list[str]:
    """The words of an article; in its markup only blocks part them."""
    soup = BeautifulSoup(text, "html.parser")
    for tag in soup.find_all(["br", "p", "li", "td"]):
        tag.insert_before(" ")
        tag.insert_after(" ")
    return soup.get_text().split()
