"""What was found is kept as long as nothing that it depends on changes; a bad cache only costs time."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from artlint.api import make_plan
from artlint.cache import KEPT, Cache
from artlint.config import Config
from artlint.diagnostic import Diagnostic
from artlint.memo import Known, Memo
from artlint.source import Span
from artlint.told import FileTotal, RuleTotal, Told
from tests.conftest import Cli

COUNT = 20


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "posts"
    folder.mkdir()
    for number in range(COUNT):
        (folder / f"{number:02}.md").write_text(
            f"---\ntitle: '{number}'\ndate: 2020-01-01\n---\n\n<p>\u3000One.</p>\n", encoding="utf-8"
        )
    return folder


def _check(cli: Cli, *arguments: str) -> subprocess.CompletedProcess[str]:
    return cli("check", "--output-format", "json", *arguments, "posts", ARTLINT_CACHE_DIR="cache")


def _database(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "findings.sqlite"


def _entries(tmp_path: Path) -> int:
    database = sqlite3.connect(_database(tmp_path))
    count: int = database.execute("select count(*) from entries").fetchone()[0]
    database.close()
    return count


def test_the_second_run_says_the_same(cli: Cli, tmp_path: Path, articles: Path) -> None:
    first, second = _check(cli), _check(cli)
    assert (first.returncode, first.stdout) == (second.returncode, second.stdout)
    assert first.stdout == _check(cli, "--no-cache").stdout
    assert _entries(tmp_path) == COUNT


@pytest.mark.parametrize("command", [["check"], ["fix", "--diff"], ["check", "--show-fixes"]])
def test_each_report_says_what_it_says_without_the_cache(
    cli: Cli, tmp_path: Path, articles: Path, command: list[str]
) -> None:
    (articles / "05.md").write_text(
        "---\ntitle: '5'\ndate: 2020-01-01\n---\n\n<p>One.</p>\n", encoding="utf-8"
    )
    for name in ("concise", "json", "full", "concise", "statistics", "concise"):
        runs = [
            cli(*command, "--output-format", name, *extra, "posts", ARTLINT_CACHE_DIR="cache")
            for extra in ([], ["--no-cache"])
        ]
        assert runs[0].stdout == runs[1].stdout
        assert runs[0].returncode == runs[1].returncode
    coloured = cli(
        *command, "posts", "--output-format", "concise", ARTLINT_CACHE_DIR="cache", FORCE_COLOR="1"
    )
    assert "\x1b[" in coloured.stdout
    assert _entries(tmp_path) <= COUNT


@pytest.mark.parametrize("change", ["content", "rules", "settings", "name"])
def test_what_changes_is_looked_at_again(cli: Cli, tmp_path: Path, articles: Path, change: str) -> None:
    _check(cli)
    options: list[str] = []
    if change == "content":
        (articles / "07.md").write_text("<script>x</script>", encoding="utf-8")
    elif change == "rules":
        options = ["--select", "FM,SEC"]
    elif change == "settings":
        (tmp_path / "artlint.toml").write_text("date-format = 'hexo'\n", encoding="utf-8")
    else:
        (articles / "07.md").rename(articles / "2001-01-01-x.md")
    again = _check(cli, *options)
    assert again.stdout == _check(cli, "--no-cache", *options).stdout
    assert _entries(tmp_path) == COUNT + (1 if change in ("content", "name") else COUNT)


@pytest.mark.parametrize("damage", ["garbage", "empty", "entries", "values"])
def test_a_damaged_cache_counts_as_none(cli: Cli, tmp_path: Path, articles: Path, damage: str) -> None:
    expected = _check(cli).stdout
    path = _database(tmp_path)
    if damage == "garbage":
        path.write_bytes(b"no database" * 1000)
    elif damage == "empty":
        path.write_bytes(b"")
    else:
        database = sqlite3.connect(path)
        with database:
            value = b"[]" if damage == "entries" else b"x" * 8 + b'["2020-01-01",[["XX001"]]]'
            database.execute("update entries set value = ?", (value,))
        database.close()
    for _ in range(2):
        ran = _check(cli)
        assert ran.stdout == expected
        assert not ran.stderr


def test_a_cache_that_others_can_write_is_not_used(cli: Cli, tmp_path: Path, articles: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache").chmod(0o777)
    assert _check(cli).returncode == 1
    assert not _database(tmp_path).exists()


def test_only_the_user_can_read_it(cli: Cli, tmp_path: Path, articles: Path) -> None:
    _check(cli)
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700


def test_nothing_is_kept_without_the_cache(cli: Cli, tmp_path: Path, articles: Path) -> None:
    _check(cli, "--no-cache")
    assert not list((tmp_path / "cache").glob("findings*"))


def test_fix_remembers_what_it_leaves_as_it_is(cli: Cli, tmp_path: Path, articles: Path) -> None:
    runs = [cli("fix", "posts", ARTLINT_CACHE_DIR="cache") for _ in range(3)]
    assert "\u3000" not in (articles / "03.md").read_text(encoding="utf-8")
    assert runs[1].stdout == runs[2].stdout
    assert runs[1].returncode == runs[2].returncode
    assert _entries(tmp_path) == COUNT


def _finding(code: str) -> tuple[Diagnostic, ...]:
    return (Diagnostic(code, "name", "message", Span(0, 1)),)


def _told(code: str) -> Told:
    rules = (RuleTotal(code, "name", findings=1, files=1),)
    return Told(code, FileTotal(False, 1, 0, False, False, 0, rules), (f"{code}: message\n",), 200)


@pytest.mark.parametrize("telling", ["concise", "full"])
def test_a_date_in_the_future_is_looked_at_again_on_another_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, telling: str
) -> None:
    plan = make_plan(Config())
    for code in ("FM013", "FM001"):
        first = Memo(Cache(tmp_path / "cache"), "check", telling="concise")
        first.keep(plan, b"x", _finding(code), _told(code))
        first.flush()
    memo = Memo(Cache(tmp_path / "cache"), "check", telling=telling)
    days = {"2999-01-01": {"FM001"}, "1999-01-01": set()}
    for code in ("FM013", "FM001"):
        known = Known(_told(code), ()) if telling == "concise" else Known(None, _finding(code))
        assert memo.recall(plan, code, b"x") == known
    for day, kept in days.items():
        monkeypatch.setattr("artlint.memo._today", lambda day=day: day)
        assert {code for code in ("FM013", "FM001") if memo.recall(plan, code, b"x")} == kept


def test_old_entries_go(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    cache = Cache(folder)
    cache.put(b"old", b"1")
    cache.put(b"new", b"2")
    cache.close()
    database = sqlite3.connect(folder / "findings.sqlite")
    with database:
        database.execute("update entries set used = used - ? where key = ?", (KEPT + 1, b"old"))
        database.execute("update notes set value = 0")
    database.close()
    cache.get(b"new")
    cache.close()
    assert (cache.get(b"old"), cache.get(b"new")) == (None, b"2")


def test_many_runs_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from artlint.cache import Cache\n"
        "cache = Cache(Path(sys.argv[1]))\n"
        "for number in range(300): cache.put(b'%d' % (number % 100), b'%d' % (number % 100))\n"
        "cache.close()"
    )
    runs = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "cache")]) for _ in range(4)]
    assert [run.wait(60) for run in runs] == [0] * 4
    cache = Cache(tmp_path / "cache")
    assert all(cache.get(b"%d" % number) == b"%d" % number for number in range(100))


def test_clean_deletes_it(cli: Cli, tmp_path: Path, articles: Path) -> None:
    _check(cli)
    ran = cli("cache", "clean", ARTLINT_CACHE_DIR="cache")
    assert (ran.returncode, ran.stdout[:7]) == (0, "Deleted")
    assert not _database(tmp_path).exists()
    assert cli("cache", "clean", ARTLINT_CACHE_DIR="cache").stdout.startswith("No cache")


def test_profile_names_the_rules(cli: Cli, articles: Path) -> None:
    ran = cli("check", "--profile", "posts", ARTLINT_CACHE_DIR="cache")
    assert "CJK001 ideographic-indent" in ran.stderr
    assert ran.returncode == 1
