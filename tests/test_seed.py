"""The main job on the real seed article, judged by other programs than artlint."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import frontmatter
import pytest

import artlint
from tests.conftest import ROOT, SEED, Cli
from tests.judges import JUDGES, body_of

SLOGAN = "海量资讯、精准解读，尽在新浪财经APP"
EDITOR = "责任编辑：张妍"
QR_CODE = "https://n.sinaimg.cn/finance/cece9e13/20200514/343233024.png"
STOCK = '<a href="https://finance.sina.com.cn/realstock/company/sz002230/nc.shtml">科大讯飞</a>'


@pytest.fixture
def fixed(seed: str) -> str:
    return artlint.fix(seed, path="seed.txt").text


def test_front_matter(seed: str, fixed: str) -> None:
    before, after = frontmatter.loads(seed.lstrip()), frontmatter.loads(fixed)
    assert fixed.startswith("---\ntitle: ")
    assert list(after.metadata) == [key for key in before.metadata if key not in ("headimg", "thumbnail")]
    assert str(after["title"]).endswith("发展的“青岛方案”")
    assert after["categories"] == before["categories"]
    assert "\ndate: 2021-11-04T02:10:07Z\n" in fixed


def test_body_is_plain_paragraphs(fixed: str) -> None:
    lines = [line for line in body_of(fixed).split("\n") if line]
    assert len(lines) == 42
    assert all(re.fullmatch(r"<p>[^ \u3000].*[^ \u3000]</p>", line) for line in lines)
    tags = set(re.findall(r"<(/?\w+)", "".join(lines)))
    assert tags == {"p", "/p", "a", "/a"}
    assert lines[-1] == "<p>（文/孙 欣）</p>"
    assert f"创新奇智、{STOCK}、以萨技术" in fixed


@pytest.mark.parametrize("judge", JUDGES)
def test_judges_agree_that_nothing_else_is_gone(seed: str, fixed: str, judge: str) -> None:
    before, after = JUDGES[judge](body_of(seed)), JUDGES[judge](body_of(fixed))
    assert before.text.count(SLOGAN) == before.text.count(EDITOR) == 1
    assert before.text.replace(SLOGAN, "").replace(EDITOR, "") == after.text
    assert before.links == after.links
    assert before.images == [QR_CODE]
    assert after.images == []


def test_ledger_lists_what_went(seed: str) -> None:
    result = artlint.fix(seed, path="seed.txt")
    lines = seed.split("\n")
    by_kind = {
        kind: [e for e in result.ledger if e.kind == kind] for kind in ("text", "image", "link", "value")
    }
    assert [entry.removed for entry in by_kind["text"]] == [SLOGAN, EDITOR]
    assert [entry.removed for entry in by_kind["image"]] == [QR_CODE]
    assert by_kind["link"] == []
    assert [entry.removed.partition(":")[0] for entry in by_kind["value"]] == [
        "title",
        "headimg",
        "date",
        "thumbnail",
    ]
    assert len(result.ledger) == 7
    for entry in by_kind["text"] + by_kind["image"]:
        assert entry.removed in lines[entry.line - 1]
        assert entry.reason
        assert entry.code in {"SIN001", "BP101"}


def test_fixed_seed_is_clean_and_stable(fixed: str) -> None:
    again = artlint.fix(fixed, path="seed.txt")
    assert again.text == fixed
    assert not again.changed
    assert artlint.lint(fixed, path="seed.txt") == []


def test_fix_in_place_then_check(cli: Cli, tmp_path: Path) -> None:
    article = tmp_path / "seeds" / "article.txt"
    article.parent.mkdir()
    article.write_bytes(SEED.read_bytes())
    first = cli("fix", "seeds/")
    assert first.returncode == 0
    assert SLOGAN in first.stdout
    assert EDITOR in first.stdout
    content = article.read_bytes()
    again, check = cli("fix", "seeds/"), cli("check", "seeds/")
    assert (again.returncode, check.returncode) == (0, 0)
    assert article.read_bytes() == content


def test_api_and_command_line_agree(cli: Cli, tmp_path: Path, seed: str, fixed: str) -> None:
    (tmp_path / "a.txt").write_text(seed, encoding="utf-8")
    found = json.loads(cli("check", "--output-format", "json", "a.txt").stdout)
    ours = artlint.lint(seed, path="a.txt")
    assert [d["code"] for d in found["files"][0]["diagnostics"]] == [d.code for d in ours]
    assert cli("fix", "-", "--stdin-filename", "a.txt", stdin=seed).stdout == fixed


def test_the_seed_is_kept_byte_for_byte() -> None:
    assert "seeds/** -text" in (ROOT / ".gitattributes").read_text()
    digest = hashlib.sha256(SEED.read_bytes()).hexdigest()
    assert digest == "72d799ef84ded0518efe52b9680f3b5ccec18695d1ed677a2319125c42ecfdd8"
