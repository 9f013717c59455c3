"""Words of a command line may stand in any order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.test_config import HEAD, write
from tests.test_rule_command import PACK


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    article = f"{HEAD}<p>One.</p>\n\n<p>Read it on My Site</p>\n"
    write(tmp_path, {"posts/a.md": article, "posts/b.md": article, "my-site.yaml": PACK})


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("schema show posts/a.md --output-format json", "schema show --output-format json posts/a.md"),
        ("schema show posts/a.md --isolated", "schema show --isolated posts/a.md"),
        ("schema show posts/a.md --schema hexo", "schema show --schema hexo posts/a.md"),
        ("rule test my-site.yaml --output-format text", "rule test --output-format text my-site.yaml"),
        (
            "rule try my-site.yaml posts --output-format json",
            "rule try --output-format json my-site.yaml posts",
        ),
        (
            "rule try my-site.yaml posts --output-format json",
            "rule try my-site.yaml --output-format json posts",
        ),
        (
            "check posts/a.md posts/b.md --rules my-site.yaml",
            "check posts/a.md --rules my-site.yaml posts/b.md",
        ),
        ("check posts/a.md posts/b.md --isolated", "check posts/a.md --isolated -- posts/b.md"),
    ],
)
def test_a_path_behind_an_option_is_read(first: str, later: str, quick_cli: Cli) -> None:
    expected, got = quick_cli(*first.split()), quick_cli(*later.split())
    assert got.returncode == expected.returncode != 2
    assert got.stdout == expected.stdout != ""


def test_the_path_counts(quick_cli: Cli) -> None:
    tried = quick_cli("rule", "try", "--output-format", "json", "my-site.yaml", "posts")
    assert json.loads(tried.stdout)["files"] == 2


@pytest.mark.parametrize(
    ("command", "program", "left"),
    [
        ("check posts --nope", "artlint check", "--nope"),
        ("check posts --nope posts/b.md", "artlint check", "--nope posts/b.md"),
        ("check --isolated --nope", "artlint check", None),
        ("schema show --nope posts/a.md", "artlint schema", "--nope posts/a.md"),
        ("baseline show --nope posts", "artlint baseline show", "--nope"),
        ("init posts more", "artlint init", "more"),
        ("cache clean posts", "artlint cache", "posts"),
    ],
)
def test_what_a_command_does_not_know_is_an_error_with_its_usage(
    command: str, program: str, left: str | None, cli: Cli
) -> None:
    ran = cli(*command.split())
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"usage: {program} ")
    why = f"unrecognized arguments: {left}" if left else "the following arguments are required: PATH"
    assert ran.stderr.endswith(f"{program}: error: {why}\n")


def test_a_schema_is_of_one_file(quick_cli: Cli) -> None:
    ran = quick_cli("schema", "show", "posts/a.md", "--isolated", "posts/b.md")
    assert ran.returncode == 2
    assert ran.stderr == (
        "artlint: error: `posts/b.md` is too much; `artlint schema show` is about one file\n"
    )
