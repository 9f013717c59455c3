"""Encodings other than UTF-8, and the traces they leave."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import artlint
from artlint.encodings import recognise
from artlint.errors import ArtlintError
from tests.conftest import Cli

CHINESE = "---\ntitle: 会议闭幕\ndate: 2020-01-02T03:04:05Z\n---\n\n<p>会议今天在北京闭幕。</p>\n"
SAMPLES = {
    "GB18030": (CHINESE, "gbk"),
    "Big5": (
        CHINESE.replace("会议今天在北京闭幕", "這個國家的會議今天閉幕").replace("会议闭幕", "會議閉幕"),
        "big5",
    ),
    "EUC-KR": ("<p>안녕하세요, 오늘 회의가 서울에서 끝났습니다.</p>\n", "euc-kr"),
    "Shift_JIS": ("<p>これは日本語のテキストです。会議が終わりました。</p>\n", "shift_jis"),
    "windows-1251": ("<p>Сегодня в Москве завершилось совещание.</p>\n", "cp1251"),
    "UTF-16": (CHINESE, "utf-16"),
    "UTF-32": (CHINESE, "utf-32"),
    "UTF-32 with its bytes the other way around": ("\ufeff" + CHINESE, "utf-32-be"),
    "ISO-2022-JP": ("<p>これは日本語のテキストです。会議が終わりました。</p>\n", "iso2022_jp"),
    "UTF-7": (CHINESE, "utf-7"),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_an_encoding_is_named_and_converted_only_on_request(
    tmp_path: Path, quick_cli: Cli, name: str
) -> None:
    text, codec = SAMPLES[name]
    name = name.split(" ")[0]
    article = tmp_path / "a.md"
    article.write_bytes(text.encode(codec))
    for command in ("check", "fix"):
        ran = quick_cli(command, "a.md")
        assert ran.returncode == 2
        assert name in ran.stdout
        assert "--convert-encoding" in ran.stdout
        assert article.read_bytes() == text.encode(codec)
    found = quick_cli("check", "--convert-encoding", "--output-format", "concise", "a.md")
    assert f"ENC001 File is in {name}, not UTF-8" in found.stdout
    assert quick_cli("fix", "--convert-encoding", "--no-format", "a.md").returncode == 0
    assert article.read_text(encoding="utf-8") == text.removeprefix("\ufeff")
    assert quick_cli("check", "--select", "ENC", "a.md").returncode == 0


def test_a_nul_is_not_converted(tmp_path: Path, quick_cli: Cli) -> None:
    data = f"{CHINESE}<p>\0</p>\n".encode("utf-16")
    (tmp_path / "a.md").write_bytes(data)
    ran = quick_cli("fix", "--convert-encoding", "a.md")
    assert ran.returncode == 2
    assert "binary file: NUL character on line 7" in ran.stdout
    assert (tmp_path / "a.md").read_bytes() == data


def test_the_message_gives_the_offset(tmp_path: Path, quick_cli: Cli) -> None:
    (tmp_path / "a.md").write_bytes(CHINESE.encode("gbk"))
    assert "byte 0xbb on line 2 (offset 11)" in quick_cli("check", "a.md").stdout


def test_short_chinese_is_not_korean() -> None:
    for text in ("你好", "会议", "新闻：今天"):
        assert recognise(text.encode("gbk")) == ("GB18030", "gb18030")


def test_a_plus_in_english_is_no_utf_7(tmp_path: Path, quick_cli: Cli) -> None:
    (tmp_path / "a.md").write_text(
        "Text of a+bcdefghijk and C++Builders and +AbCdEfGhIjKl- here\n", encoding="ascii"
    )
    assert quick_cli("check", "--select", "ENC", "a.md").returncode == 0


def test_a_broken_byte_in_utf_8_is_no_other_encoding(tmp_path: Path, quick_cli: Cli) -> None:
    data = CHINESE.encode() + b"\xc4\xe3\n"
    (tmp_path / "a.md").write_bytes(data)
    ran = quick_cli("fix", "--convert-encoding", "a.md")
    assert ran.returncode == 2
    assert "in no encoding that can be recognised" in ran.stdout
    assert (tmp_path / "a.md").read_bytes() == data


@given(st.binary(max_size=200))
def test_what_is_recognised_can_be_decoded(data: bytes) -> None:
    encoding = recognise(data)
    if encoding is not None:
        assert isinstance(data.decode(encoding[1]), str)


@given(
    st.text(
        st.characters(min_codepoint=0xA1, max_codepoint=0xFF, exclude_characters="\xad"),
        min_size=1,
        max_size=1,
    )
)
def test_mojibake_of_western_text_is_reversed(text: str) -> None:
    garbled = "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode()
    )
    result = artlint.fix(f"<p>x{garbled}x</p>", unsafe=True, config=artlint.Config(select=("ENC003",)))
    assert result.text == f"<p>x{text}x</p>"


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=4, max_size=30))
def test_chinese_text_is_not_taken_for_mojibake(text: str) -> None:
    found = artlint.lint(f"<p>{text}</p>\n", config=artlint.Config(select=("ENC003",)))
    assert found == []


def test_what_is_lost_is_reported_only() -> None:
    (found,) = artlint.lint("<p>会议锟斤拷闭幕</p>\n", config=artlint.Config(select=("ENC",)))
    assert (found.code, found.fix) == ("ENC004", None)


@pytest.mark.parametrize("ask", [artlint.lint, artlint.fix])
def test_half_a_character_is_a_clear_error(ask: Callable[[str], object]) -> None:
    with pytest.raises(ArtlintError, match=r"line 2 holds half a character \(U\+D801\)"):
        ask("<p>会议</p>\n<p>\ud801</p>\n")
