"""`artlint rule`: list, explain, test and try rules, as a person uses it."""

from __future__ import annotations

import json
from pathlib import Path

from artlint.rule import FAMILIES
from tests.conftest import Cli

PACK = """\
pack: my-site
prefix: MYS
rules:
  - code: MYS001
    name: my-promotion
    family: BP
    summary: Promotion of my site
    why: It advertises the site.
    match: {text: 'Read it on My Site', position: last 2}
    action: remove
    examples:
      bad:
        - source: '<p>One.</p>⟦<p>Read it on My Site</p>⟧'
          fixed: '<p>One.</p>'
      good: ['<p>Read it on My Site or elsewhere.</p>']
"""


def _pack(folder: Path, text: str = PACK) -> str:
    path = folder / "my-site.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_test_of_one_pack(tmp_path: Path, quick_cli: Cli) -> None:
    ran = quick_cli("rule", "test", _pack(tmp_path))
    assert (ran.returncode, ran.stdout) == (0, "2/2 examples passed\n")


def test_a_failure_shows_the_difference(tmp_path: Path, quick_cli: Cli) -> None:
    ran = quick_cli(
        "rule", "test", _pack(tmp_path, PACK.replace("fixed: '<p>One.</p>'", "fixed: '<p>Two.</p>'"))
    )
    assert ran.returncode == 1
    assert "MYS001: the fixed text is another one" in ran.stdout
    assert "    -<p>Two.</p>\n    +<p>One.</p>" in ran.stdout
    assert "1/2 examples passed" in ran.stdout


def test_a_broken_pack_is_no_traceback(tmp_path: Path, quick_cli: Cli) -> None:
    ran = quick_cli("rule", "test", _pack(tmp_path, PACK.replace("position", "positon")))
    assert ran.returncode == 2
    assert "my-site.yaml:9: `rules[0].match.positon` is not a key of a pack here" in ran.stderr
    assert "did you mean `position`?" in ran.stderr
    taken = quick_cli(
        "rule", "test", _pack(tmp_path, PACK.replace("prefix: MYS", "prefix: BP").replace("MYS001", "BP101"))
    )
    assert taken.returncode == 2
    assert "taken by" in taken.stderr


def test_a_pack_without_a_prefix(tmp_path: Path, quick_cli: Cli) -> None:
    ran = quick_cli("rule", "test", _pack(tmp_path, PACK.replace("prefix: MYS\n", "")))
    assert "my-site.yaml:1: the pack lacks the key `prefix`: What the codes of the pack start" in ran.stderr


def test_the_packs_of_the_configuration(tmp_path: Path, quick_cli: Cli) -> None:
    _pack(tmp_path)
    (tmp_path / "artlint.toml").write_text('rules = ["my-site.yaml"]\n', encoding="utf-8")
    assert "my-promotion" in quick_cli("rule", "MYS001").stdout
    assert "my-promotion" in quick_cli("rule").stdout


def test_check_and_fix_with_a_pack(tmp_path: Path, quick_cli: Cli) -> None:
    article = tmp_path / "a.md"
    article.write_text("---\ntitle: A\n---\n<p>One.</p>\n<p>Read it on My Site</p>\n", encoding="utf-8")
    pack = _pack(tmp_path)
    found = quick_cli("check", "--rules", pack, "--select", "MYS", str(article))
    assert "MYS001 Promotion of my site" in found.stdout
    fixed = quick_cli("fix", "--rules", pack, "--select", "MYS", "--no-format", str(article))
    assert fixed.returncode == 0, fixed.stderr
    assert "Read it" not in article.read_text(encoding="utf-8")
    assert "One." in article.read_text(encoding="utf-8")


def test_try_says_what_would_happen(tmp_path: Path, quick_cli: Cli) -> None:
    posts = tmp_path / "posts"
    posts.mkdir()
    text = "<p>One.</p>\n<p>Read it on My Site</p>\n"
    (posts / "a.md").write_text(text, encoding="utf-8")
    (posts / "b.md").write_text("<p>Two.</p>\n", encoding="utf-8")
    ran = quick_cli("rule", "try", _pack(tmp_path), str(posts))
    assert ran.returncode == 0, ran.stderr
    assert "2 files read; nothing was written." in ran.stdout
    assert "1 hit in 1 file, 18 characters" in ran.stdout
    assert "⟦<p>Read it on My Site</p>⟧" in ran.stdout
    assert (posts / "a.md").read_text(encoding="utf-8") == text
    data = json.loads(quick_cli("rule", "try", _pack(tmp_path), str(posts), "--output-format", "json").stdout)
    assert data["rules"][0]["hits"] == 1
    assert data["rules"][0]["removed_characters"] == 18
    assert data["cuts"][0]["path"].endswith("a.md")
    missing = quick_cli("rule", "try", _pack(tmp_path))
    assert missing.returncode == 2
    assert "needs a pack and articles" in missing.stderr


def test_all_rules_as_data(quick_cli: Cli) -> None:
    rules = json.loads(quick_cli("rule", "--all", "--output-format", "json").stdout)
    assert len(rules) > 130
    assert {rule["family"] for rule in rules} <= set(FAMILIES)
    by_code = {rule["code"]: rule for rule in rules}
    assert by_code["BP101"]["fix"] == ["safe"]
    assert by_code["BP104"]["fix"] == ["unsafe"]
    assert by_code["BP105"]["fix"] == []
    assert all(rule["why"] and rule["examples"] for rule in rules)


def test_page_of_a_rule(quick_cli: Cli) -> None:
    page = quick_cli("rule", "BP104").stdout
    assert "fix: unsafe" in page
    assert "Found (between ⟦ and ⟧):" in page
    assert "Left alone:" in page
    extra = quick_cli("rule", "BP104", "BP105")
    assert extra.returncode == 2
    assert "`BP105` is too much" in extra.stderr
