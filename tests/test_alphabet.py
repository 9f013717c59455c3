"""What rules about characters wait for stands among the signs of a body whenever it is in the text."""

from __future__ import annotations

import re
import unicodedata

import pytest

from artlint.checks import cjk_punctuation, cjk_spacing, enc, enc_characters
from artlint.data.mojibake import FIRST
from artlint.document import Document
from artlint.document.prose import condensed, uncommon
from artlint.registry import shipped_registry
from artlint.rule import Rule
from artlint.signs import characters
from artlint.source import Source

EVERY_CHARACTER = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
WAITING = [rule for rule in shipped_registry() if rule.needs.read is characters]
# What finds a character by itself, or twice in a row.
SINGLE = {
    "CJK009": cjk_spacing._FULL_WIDTH,
    "ENC004": enc._LOST,
    "ENC006": enc_characters._ZERO_WIDTH,
    "ENC007": enc_characters._CONTROL,
    "ENC008": enc_characters._PRIVATE,
    "ENC009": enc_characters._RADICAL,
    "ENC010": enc_characters._COMPATIBILITY,
}


@pytest.fixture(scope="module")
def left_out() -> set[str]:
    """The characters that an alphabet does not mention."""
    return set(EVERY_CHARACTER) - set(uncommon("".join(EVERY_CHARACTER)))


@pytest.mark.parametrize("rule", WAITING, ids=lambda rule: rule.code)
def test_no_rule_waits_for_what_an_alphabet_leaves_out(rule: Rule, left_out: set[str]) -> None:
    assert left_out.isdisjoint(rule.needs.signs)


@pytest.mark.parametrize("code", SINGLE)
def test_rules_wait_for_every_character_that_they_find(code: str, left_out: set[str]) -> None:
    signs = shipped_registry().get(code).needs.signs
    for character in EVERY_CHARACTER:
        category = unicodedata.category(character)
        if category != "Cn" and SINGLE[code].search(character * 3):
            assert character not in left_out
            assert character in signs or category in signs


def test_mojibake_is_in_the_alphabet(left_out: set[str]) -> None:
    assert left_out.isdisjoint(enc._WESTERN_FIRST + FIRST)


def test_an_alphabet_leaves_out_what_most_texts_hold(left_out: set[str]) -> None:
    assert set("的一是ABCxyz019，。\n") <= left_out
    assert not set("锛銆“”？！\u3000 \ufffd\x00") & left_out


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (cjk_punctuation._HALF_WIDTH, "会议开幕,代表到会."),
        (cjk_punctuation._DOTS, "他想了想...没有说话"),
        (cjk_punctuation._HYPHENS, "这座城市--他的故乡"),
        (cjk_spacing._BEFORE_CLOSING, "会议 ，代表"),
        (cjk_spacing._BEHIND_OPENING, "代表（ 到会"),
    ],
)
def test_patterns_that_look_near_find_in_a_condensed_text(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(condensed(f"会议昨日。{text}，会议昨日。{text}"))


def test_a_condensed_text_holds_each_run_once_and_mojibake() -> None:
    short = condensed("会议，代表，会议：" * 9 + "锛")
    assert short.count("，") == short.count("：") == 1
    assert "锛" in short


def test_the_signs_of_a_text_are_its_rare_characters_and_their_categories() -> None:
    document = Document(Source.from_text("<p>会议“一”（A，B）。</p>\n", "a.md"))
    assert set(characters(document)) >= {"“", "”", "（", "）", "Pi", "Pf", "Ps", "Pe"}
    assert "Lo" not in characters(document)
