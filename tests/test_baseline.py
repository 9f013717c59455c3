"""The baseline: known findings stay out of the report, whatever happens around them."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Cli

HEAD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\ntags: \n - x\n---\n\n"
BLOCKS = [
    "<p>　　会议昨日在京开幕，代表到会。</p>",
    "<P>与会代表,一致通过了决议。</P>",
    "<p></p>",
    '<p><img src="https://example.com/a/1.png" data-w="3"></p>',
    "<p>（责编：王某 SF123）</p>",
    "<p>　　会议今日闭幕，代表离京。</p>",
]
ARTICLE = HEAD + "\n".join(BLOCKS) + "\n"
CLEAN = "---\ntitle: B\ndate: 2020-01-02T03:04:05Z\n---\n\n<p>一切如常。</p>\n"
NAME = ".artlint-baseline.jsonl"


@pytest.fixture
def archive(tmp_path: Path, quick_cli: Cli) -> Path:
    """A folder with an article full of findings, all of them in the baseline."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/a.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "posts/b.md").write_text(CLEAN, encoding="utf-8")
    assert quick_cli("check", "posts").returncode == 1
    created = quick_cli("baseline", "create")
    assert created.returncode == 0, created.stderr
    assert f"in {NAME}" in created.stdout
    return tmp_path


def _codes(cli: Cli, *arguments: str) -> list[str]:
    """The codes that a check reports, with nothing said about stale entries."""
    ran = cli("check", "--output-format", "json", *(arguments or (".",)))
    assert ran.stderr == ""
    return [found["code"] for file in json.loads(ran.stdout)["files"] for found in file["diagnostics"]]


def test_nothing_of_what_was_there_is_reported(archive: Path, quick_cli: Cli) -> None:
    ran = quick_cli("check", ".")
    assert ran.returncode == 0, ran.stdout
    assert ran.stdout == (
        "No findings in 2 files.\n8 findings of the baseline not shown; `--no-baseline` shows all.\n"
    )
    assert len((archive / NAME).read_text(encoding="utf-8").splitlines()) >= 8
    assert quick_cli("check", "--no-baseline", ".").returncode == 1


def test_lines_are_sorted_and_whole(archive: Path, quick_cli: Cli) -> None:
    lines = (archive / NAME).read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines)
    assert all(list(json.loads(line)) == ["fingerprint", "rule", "path", "context"] for line in lines)
    assert {json.loads(line)["path"] for line in lines} == {"posts/a.md"}


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "<p>新的一段话，没有问题。</p>\n" * 50 + "\n".join(BLOCKS) + "\n",
        ARTICLE.replace("title: A\n", "title: A\n" + "# a remark\n" * 50),
        HEAD + "\n".join(reversed(BLOCKS)) + "\n",
        HEAD + "\n\n".join(BLOCKS).replace("<p>", "<P >").replace('data-w="3"', "DATA-W='3'") + "\n",
        ARTICLE.replace("\n", "\r\n"),
        ARTICLE.replace("与会代表,一致通过了决议。", "与会代表,一致通过了决议，随后散会。"),
    ],
    ids=["lines above", "keys above", "blocks in another order", "spelling", "newlines", "a sentence more"],
)
def test_edits_elsewhere_make_no_new_findings(archive: Path, quick_cli: Cli, text: str) -> None:
    (archive / "posts/a.md").write_bytes(text.encode())
    assert _codes(quick_cli) == []


def test_a_renamed_file_keeps_its_entries(archive: Path, quick_cli: Cli) -> None:
    (archive / "posts/a.md").rename(archive / "other.md")
    assert _codes(quick_cli) == []
    (archive / "other.md").write_text(HEAD + "<p>新的一段话。</p>\n" * 50 + "\n".join(BLOCKS[:4]) + "\n")
    assert _codes_of(quick_cli("check", "--output-format", "json", ".")) == []
    quick_cli("baseline", "update")
    assert {json.loads(line)["path"] for line in (archive / NAME).read_text().splitlines()} == {"other.md"}


def _codes_of(ran: subprocess.CompletedProcess[str]) -> list[str]:
    return [found["code"] for file in json.loads(ran.stdout)["files"] for found in file["diagnostics"]]


def test_a_new_article_inherits_nothing_from_a_deleted_one(archive: Path, quick_cli: Cli) -> None:
    (archive / "posts/a.md").unlink()
    (archive / "posts/new.md").write_text(HEAD.replace("tags: \n - x\n", "") + BLOCKS[4] + "\n")
    assert "BP101" in quick_cli("check", ".").stdout


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (BLOCKS[0], BLOCKS[0].replace("　", "") + "<p>　　次日另有一会，不再细说。</p>", "CJK001"),
        ("与会代表,一致通过了决议。", "与会代表，一致通过了决议,随后散会。", "CJK004"),
        ("（责编：王某 SF123）", "（责编：李某 SF456）", "BP101"),
        ('data-w="3"', 'data-h="4"', "CSS003"),
        ("<p></p>\n", "", ""),
    ],
)  # fmt: skip
def test_one_fixed_and_another_of_the_same_rule_is_reported(
    archive: Path, quick_cli: Cli, old: str, new: str, code: str
) -> None:
    assert old in ARTICLE
    (archive / "posts/a.md").write_text(ARTICLE.replace(old, new), encoding="utf-8")
    found = _codes_of(quick_cli("check", "--output-format", "json", "."))
    assert found == ([code] if code else [])


def test_the_same_finding_once_more_is_reported_once(archive: Path, quick_cli: Cli) -> None:
    (archive / "posts/a.md").write_text(ARTICLE + BLOCKS[4] + "\n", encoding="utf-8")
    assert _codes(quick_cli) == ["BP101"]
    quick_cli("baseline", "update")
    assert '"nth": 2' in (archive / NAME).read_text(encoding="utf-8")
    assert _codes(quick_cli) == []
    (archive / "posts/a.md").write_text(ARTICLE + BLOCKS[4] * 2 + "\n", encoding="utf-8")
    assert _codes(quick_cli) == ["BP101"]


def test_a_fix_of_something_new_touches_nothing_else(archive: Path, quick_cli: Cli) -> None:
    text = ARTICLE + "<p>　　散会。</p>\n"
    (archive / "posts/a.md").write_text(text, encoding="utf-8")
    assert quick_cli("fix", "posts").returncode == 0
    assert (archive / "posts/a.md").read_text(encoding="utf-8") == text.replace("　　散会", "散会")
    assert _codes(quick_cli) == []


def test_baselined_findings_are_fixed_on_request(archive: Path, quick_cli: Cli) -> None:
    ran = quick_cli("fix", "--include-baselined", "posts")
    assert ran.returncode == 0, ran.stdout
    text = (archive / "posts/a.md").read_text(encoding="utf-8")
    assert "责编" not in text
    assert "tags:\n  - x\n" in text
    assert "与会代表,一致" in text, "an unsafe fix needs its own word"
    ran = quick_cli("check", ".")
    assert ran.returncode == 0
    assert "entries match no finding any more" in ran.stderr


STYLED = CLEAN.replace("<p>", '<p style="position:fixed;color:#333">')


def test_entries_are_not_stale_before_the_fix_is_written(archive: Path, quick_cli: Cli) -> None:
    (archive / "posts/c.md").write_text(STYLED, encoding="utf-8")
    quick_cli("baseline", "update", ".")
    ran = quick_cli("fix", "--include-baselined", "--diff", ".")
    assert "nothing was written" in ran.stdout
    assert ran.stderr == ""
    assert "0 dropped" in quick_cli("baseline", "prune", ".").stdout


def test_what_a_fix_mended_is_not_called_hidden_but_stale(archive: Path, quick_cli: Cli) -> None:
    (archive / "posts/c.md").write_text(STYLED, encoding="utf-8")
    quick_cli("baseline", "update", ".")
    ran = quick_cli("fix", "--include-baselined", "posts/c.md")
    assert "not shown" not in ran.stdout
    assert ": 1 entry matches no finding any more (first: CSS002 " in ran.stderr
    assert "1 dropped" in quick_cli("baseline", "prune", ".").stdout


def test_stale_entries(archive: Path, quick_cli: Cli) -> None:
    (archive / "posts/a.md").write_text(ARTICLE.replace(BLOCKS[4], "<p>散会。</p>"), encoding="utf-8")
    ran = quick_cli("check", ".")
    assert ran.returncode == 0
    assert ran.stderr == (
        f"artlint: warning: {NAME}: 1 entry matches no finding any more (first: BP101 in posts/a.md);"
        " `artlint baseline prune` drops such\n"
    )
    strict = quick_cli("check", "--strict-baseline", ".")
    assert strict.returncode == 2
    assert "artlint: error: .artlint-baseline.jsonl: 1 entry" in strict.stderr
    for unconcerned in (["--select", "CJK", "."], ["posts/b.md"]):
        assert quick_cli("check", "--strict-baseline", *unconcerned).returncode == 0
    before = (archive / NAME).read_text(encoding="utf-8").splitlines()
    pruned = quick_cli("baseline", "prune")
    assert "1 dropped, 0 added" in pruned.stdout
    after = (archive / NAME).read_text(encoding="utf-8").splitlines()
    assert set(after) < set(before)
    assert len(after) == len(before) - 1
    assert quick_cli("check", "--strict-baseline", ".").returncode == 0


def test_a_deleted_file_leaves_stale_entries(archive: Path, quick_cli: Cli) -> None:
    (archive / "posts/a.md").unlink()
    assert "match no finding any more" in quick_cli("check", "posts").stderr
    assert quick_cli("check", "posts/b.md").stderr == ""
    quick_cli("baseline", "prune")
    assert (archive / NAME).read_text(encoding="utf-8") == ""


def test_update_keeps_reasons_and_other_files(archive: Path, quick_cli: Cli) -> None:
    lines = [json.loads(line) for line in (archive / NAME).read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line["reason"] = "旧档"
    (archive / NAME).write_text("".join(json.dumps(line) + "\n" for line in lines))
    (archive / "posts/b.md").write_text(CLEAN.replace("<p>一", "<p>　　一"), encoding="utf-8")
    ran = quick_cli("baseline", "update", "--reason", "later", "posts/b.md")
    assert f"{len(lines)} entries kept, 0 dropped, 1 added" in ran.stdout
    quick_cli("baseline", "update")
    shown = quick_cli("baseline", "show").stdout
    assert shown.count("(旧档)") == len(lines)
    assert "posts/b.md: CJK001 <p>⟦ ⟧一切如常。</p> (later)" in shown
    data = json.loads(quick_cli("baseline", "show", "posts/b.md", "--output-format", "json").stdout)
    assert [entry["reason"] for entry in data] == ["later"]


def test_order_doubles_and_blank_lines_do_not_matter(archive: Path, quick_cli: Cli) -> None:
    lines = (archive / NAME).read_text(encoding="utf-8").splitlines()
    mixed = [*lines, *lines, ""]
    random.Random(1).shuffle(mixed)
    (archive / NAME).write_text("\r\n".join(mixed), encoding="utf-8", newline="")
    assert _codes(quick_cli) == []
    quick_cli("baseline", "prune")
    assert (archive / NAME).read_text(encoding="utf-8").splitlines() == lines


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("CJK001 posts/a.md", "not an entry in JSON: `CJK001 posts/a.md`"),
        ("[1]", "not an entry: a JSON object with `fingerprint`, `rule` and `path`"),
        ("<<<<<<< HEAD", "left by a merge; keep the lines of both sides and delete this mark"),
        ('{"rule": "BP101", "path": "a.md"}', "`fingerprint` is missing"),
        ('{"fingerprint": "9:x", "rule": "BP101", "path": "a.md"}', "`9:x` is no fingerprint"),
        ('{"fingerprint": "1:4f30844b6d68/f5f8cea3", "rule": 1, "path": "a.md"}', "`rule` must be a text"),
        (
            '{"fingerprint": "1:4f30844b6d68/f5f8cea3", "rule": "BP101", "path": "a", "nht": 2}',
            "unknown key `nht`; known are",
        ),
    ],
)
def test_a_malformed_baseline_is_an_error_with_its_line(
    archive: Path, quick_cli: Cli, line: str, problem: str
) -> None:
    good = (archive / NAME).read_text(encoding="utf-8").splitlines()[0]
    (archive / NAME).write_text(f"{good}\n{line}\n", encoding="utf-8")
    for command in (["check", "."], ["fix", "."], ["baseline", "update"], ["baseline", "show"]):
        ran = quick_cli(*command)
        assert ran.returncode == 2
        assert ran.stderr.startswith(f"artlint: error: {NAME}: line 2: {problem}")
        assert ran.stderr.count("\n") == 1


def test_which_baseline_counts(archive: Path, quick_cli: Cli) -> None:
    assert quick_cli("check", "--baseline", "none.jsonl", ".").returncode == 2
    (archive / NAME).rename(archive / "old.jsonl")
    assert quick_cli("check", ".").returncode == 1
    assert quick_cli("check", "--baseline", "old.jsonl", ".").returncode == 0
    (archive / "site").mkdir()
    (archive / "posts").rename(archive / "site/posts")
    (archive / "site/artlint.toml").write_text("")
    (archive / "old.jsonl").rename(archive / "site" / NAME)
    assert quick_cli("check", "site").returncode == 0, "that in the folder of the configuration"
    assert quick_cli("baseline", "create").returncode == 0
    assert quick_cli("baseline", "create").returncode == 2, "one is there already"
    assert quick_cli("baseline", "prune", "--baseline", "none.jsonl").returncode == 2


def test_suppressions_are_written_for_what_is_new(archive: Path, quick_cli: Cli) -> None:
    (archive / "posts/a.md").rename(archive / "posts/c.md")
    text = ARTICLE + "<p>　　散会。</p>\n"
    (archive / "posts/c.md").write_text(text, encoding="utf-8")
    assert quick_cli("check", "--add-ignore=old", "posts").returncode == 0
    new = (archive / "posts/c.md").read_text(encoding="utf-8")
    assert new == text.replace("<p>　　散", "\n<!-- artlint: ignore[CJK001] old -->\n\n<p>　　散")
    assert _codes(quick_cli) == []


def test_a_baselined_danger_still_stops_a_fix(archive: Path, quick_cli: Cli) -> None:
    text = ARTICLE.replace("<p></p>", '<p onclick="x()">散会后另议。</p>')
    (archive / "posts/a.md").write_text(text, encoding="utf-8")
    assert "SEC002" in _codes_of(quick_cli("check", "--output-format", "json", "."))
    quick_cli("baseline", "update")
    assert _codes(quick_cli) == []
    dirty = text + "<p>　　散会。</p>\n"
    (archive / "posts/a.md").write_text(dirty, encoding="utf-8")
    ran = quick_cli("fix", ".")
    assert ran.returncode == 2
    assert "would not be safe to publish" in ran.stdout
    assert (archive / "posts/a.md").read_text(encoding="utf-8") == dirty
