"""The configuration: every key does what docs/configuration.md says, and a slip is an error that helps."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import artlint
from artlint import limits
from artlint.config import Config, load_config
from artlint.config_keys import KEYS, LIMITS
from artlint.config_page import config_page
from artlint.config_schema import config_schema, schema_text
from tests.conftest import ROOT, Cli

HEAD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
INDENT = f"{HEAD}<p>　　会议闭幕。</p>\n"
SCHEMA = config_schema()


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def concise(quick_cli: Cli, *arguments: str) -> list[tuple[str, str]]:
    """(path, code) of each finding."""
    ran = quick_cli("check", "--output-format", "concise", *arguments)
    assert ran.returncode < 2, ran.stderr
    lines = re.finditer(r"^(\S+):\d+:\d+ ([A-Z]+\d+)", ran.stdout, re.MULTILINE)
    return [(line[1], line[2]) for line in lines]


def test_the_schema_is_current() -> None:
    written = (ROOT / "docs" / "artlint.schema.json").read_text(encoding="utf-8")
    assert written == schema_text(), "run: python -m artlint.config_schema"
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_page_is_current() -> None:
    written = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert written == config_page(), "run: python -m artlint.config_page > docs/configuration.md"
    for name in (*KEYS, *LIMITS):
        assert f"| `{name}` |" in written


def test_limits_are_those_of_the_code() -> None:
    numbers = {name for name, value in vars(limits).items() if name.isupper() and isinstance(value, int)}
    assert numbers == {name.upper().replace("-", "_") for name in LIMITS}


def _readable(text: str, folder: Path) -> Config:
    (folder / "base.toml").write_text("", encoding="utf-8")
    (folder / "artlint.toml").write_text(text, encoding="utf-8")
    return load_config(folder / "artlint.toml")


@pytest.mark.parametrize("key", KEYS.values(), ids=lambda key: key.name)
def test_each_example_is_read_and_validates(key: Any, tmp_path: Path) -> None:
    text = f"{key.name} = {key.example}\n".replace("../artlint.toml", "base.toml")
    jsonschema.validate(tomllib.loads(text), SCHEMA)
    config = _readable(text, tmp_path)
    assert (
        key.kind == "path"
        or config._replace(given={}) != Config(settings=config.settings)
        or config.settings != Config().settings
    )
    if key.by_path:
        table = f'overrides = [{{paths = ["a.md"], {text.strip()}}}]\n'
        jsonschema.validate(tomllib.loads(table), SCHEMA)
        config = _readable(table, tmp_path)
        assert config.for_path(str(tmp_path / "a.md"))._replace(given={}) != config.for_path(
            str(tmp_path / "b.md")
        )._replace(given={})


EXAMPLE = re.compile(r"```toml\n(.*?)```", re.DOTALL)
PAGES = {
    page.name: EXAMPLE.findall(page.read_text(encoding="utf-8"))
    for page in sorted((ROOT / "docs").glob("*.md"))
}


def test_the_pages_of_the_configuration_have_examples() -> None:
    assert all(PAGES[page] for page in ("configuration.md", "front-matter.md", "safety.md"))


@pytest.mark.parametrize("page", [name for name, examples in PAGES.items() if examples])
def test_examples_of_the_documentation_validate(page: str) -> None:
    for code in PAGES[page]:
        values = tomllib.loads(code)
        values = values.get("tool", {}).get("artlint", values)
        jsonschema.validate(values, SCHEMA)


WRONG = {
    'slect = ["BP"]': "unknown key `slect`; did you mean `select`?",
    'select = ["BP1O1"]': "`select`: unknown rule `BP1O1`; did you mean `BP101`?",
    'extend-ignore = ["editor-nots"]': "unknown rule `editor-nots`; did you mean `editor-note`?",
    'per-file-ignores = {"x" = ["CJKK"]}': "`per-file-ignores.x`: unknown rule `CJKK`; did you mean `CJK`?",
    'per-file-ignores = ["x"]': "`per-file-ignores` must be a table of patterns",
    'unfixable = ["NOPE"]': "`unfixable`: unknown rule `NOPE`",
    "limits = {file-sise = 1}": "unknown key `file-sise`; did you mean `file-size`?",
    "limits = {file-size = 0}": "`file-size` must be a whole number above 0",
    "policy = {preset = 'strct'}": "unknown policy preset `strct`; did you mean `strict`?",
    "overrides = [{paths = ['a']}]": "overrides[0] changes nothing",
    "overrides = [{ignore = ['BP']}]": "overrides[0] needs `paths`",
    "overrides = [{paths = ['a'], ignor = ['BP']}]": "unknown key `ignor`; did you mean `ignore`?",
    "overrides = [{paths = ['a'], exclude = ['b']}]": "overrides[0]: unknown key `exclude`",
    "overrides = [{paths = ['a'], ignore = ['BPP']}]": "`overrides[0].ignore`: unknown rule `BPP`",
    "extend = 'none.toml'": "none.toml: cannot read: no such file",
    "extend = 'artlint.toml'": "extends itself",
    "extend = 1": "`extend` must be a path",
    "suppressions = 'no'": "`suppressions` must be true or false",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_slip_is_an_error_that_helps(text: str, tmp_path: Path, quick_cli: Cli) -> None:
    write(tmp_path, {"artlint.toml": f"{text}\n", "a.md": INDENT})
    ran = quick_cli("check", ".")
    assert ran.returncode == 2
    assert WRONG[text] in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert "artlint.toml" in ran.stderr
    assert quick_cli("check", "--isolated", ".").returncode == 1


def test_extend_starts_from_another_file(tmp_path: Path, quick_cli: Cli) -> None:
    write(
        tmp_path,
        {
            "base.toml": (
                'ignore = ["CJK"]\nextend-ignore = ["BP101"]\nlimits = {shown = 7}\ntimezone = "UTC"\n'
            ),
            "a/artlint.toml": 'extend = "../base.toml"\nextend-ignore = ["BP103"]\nlimits = {depth = 9}\n',
            "b/artlint.toml": 'extend = "../base.toml"\nignore = []\n',
            "a/x.md": INDENT,
            "b/x.md": INDENT,
        },
    )
    config = load_config(tmp_path / "a" / "artlint.toml")
    assert (config.ignore, config.extend_ignore) == (("CJK",), ("BP101", "BP103"))
    assert (config.limits, config.settings.timezone) == ({"shown": 7, "depth": 9}, "UTC")
    assert concise(quick_cli, ".") == [("b/x.md", "CJK001")]


def test_per_file_ignores_are_stronger_than_select(tmp_path: Path, quick_cli: Cli) -> None:
    write(
        tmp_path,
        {
            "artlint.toml": (
                'select = ["CJK001"]\n'
                'per-file-ignores = {"docs/**" = ["CJK"], "old/*.md" = ["ideographic-indent"]}\n'
            ),
            "docs/a.md": INDENT,
            "old/a.md": INDENT,
            "a.md": INDENT,
        },
    )
    assert concise(quick_cli, ".") == [("a.md", "CJK001")]
    assert "　　" in (tmp_path / "docs" / "a.md").read_text(encoding="utf-8")
    assert quick_cli("fix", ".").returncode == 0
    assert "　　" in (tmp_path / "docs" / "a.md").read_text(encoding="utf-8")
    assert "　　" not in (tmp_path / "a.md").read_text(encoding="utf-8")


def test_overrides_apply_in_their_order(tmp_path: Path, quick_cli: Cli) -> None:
    frame = f'{HEAD}<p><iframe src="https://player.vimeo.com/1"></iframe></p>\n'
    write(
        tmp_path,
        {
            "artlint.toml": (
                "[[overrides]]\npaths = ['docs/**']\npolicy = {preset = 'embeds'}\n"
                "[[overrides]]\npaths = ['docs/old/**']\nextend-ignore = ['CJK']\nformat = false\n"
            ),
            "docs/a.md": frame,
            "docs/old/b.md": INDENT.replace("<p>", "<P>"),
            "b.md": frame,
        },
    )
    assert concise(quick_cli, ".") == [("b.md", "SEC001")]


def test_what_fix_may_do(tmp_path: Path, quick_cli: Cli) -> None:
    wide = f"{HEAD}<p>会议,闭幕。</p>\n"
    write(tmp_path, {"a.md": INDENT, "b.md": wide})

    def fixed(name: str, *settings: str) -> bool:
        pairs = [word for setting in settings for word in ("--config", setting)]
        return "would change" in quick_cli("fix", "--diff", *pairs, name).stdout

    assert fixed("a.md")
    assert not fixed("a.md", 'unfixable=["CJK001"]')
    assert not fixed("a.md", 'fixable=["BP"]')
    assert fixed("a.md", 'fixable=["BP", "CJK001"]', 'unfixable=["CJK"]')
    assert not fixed("a.md", 'extend-unsafe-fixes=["CJK"]')
    assert not fixed("b.md")
    assert fixed("b.md", 'extend-safe-fixes=["CJK004"]')
    assert not fixed("b.md", 'extend-safe-fixes=["CJK004"]', 'extend-unsafe-fixes=["CJK004"]')
    ran = quick_cli("check", "--output-format", "json", "--config", 'unfixable=["CJK001"]', "a.md")
    (found,) = json.loads(ran.stdout)["files"][0]["diagnostics"]
    assert found["fix"] is None


def test_which_files(tmp_path: Path, quick_cli: Cli) -> None:
    write(
        tmp_path,
        {
            "artlint.toml": 'extend-exclude = ["drafts/", "*.skip.md"]\n',
            "sub/artlint.toml": 'include = ["*.text", "!b.text"]\nexclude = []\n',
            **dict.fromkeys(
                (
                    "a.md",
                    "a.skip.md",
                    "drafts/a.md",
                    "node_modules/a.md",
                    "x/drafts/b.md",
                    "sub/a.text",
                    "sub/b.text",
                    "sub/c.md",
                ),
                INDENT,
            ),
        },
    )
    assert quick_cli("check", "--show-files", ".").stdout == "a.md\nsub/a.text\n"
    assert quick_cli("check", "--show-files", "drafts/a.md").stdout == "drafts/a.md\n"
    ran = quick_cli("check", "--force-exclude", "drafts/a.md", "a.skip.md")
    assert ran.returncode == 0
    assert "every file named is left out" in ran.stderr
    assert quick_cli("check", "--force-exclude", "--show-files", "drafts/a.md", "a.md").stdout == "a.md\n"


def test_values_of_the_command_line(tmp_path: Path, quick_cli: Cli) -> None:
    write(
        tmp_path,
        {"artlint.toml": 'ignore = ["CJK001"]\n', "other.cfg.toml": 'ignore = ["CJK"]\n', "a/a.md": INDENT},
    )
    assert concise(quick_cli, "a") == []
    assert concise(quick_cli, "--config", "ignore=[]", "a") == [("a/a.md", "CJK001")]
    assert concise(quick_cli, "--isolated", "a") == [("a/a.md", "CJK001")]
    assert concise(quick_cli, "--isolated", "--config", 'ignore = ["CJK"]', "a") == []
    assert concise(quick_cli, "--config", "other.cfg.toml", "--config", "timezone=Asia/Shanghai", "a") == []
    assert concise(quick_cli, "--config", 'per-file-ignores."a/**"=["CJK"]', "--isolated", "a") == []
    for words, problem in (
        (["--config", "ignored=[]"], "--config: unknown key `ignored`; did you mean `ignore`?"),
        (["--config", "ignore=[x"], "is not valid TOML"),
        (["--config", "nothing.toml"], "is neither KEY=VALUE nor a file"),
        (["--config", "artlint.toml", "--isolated"], "contradict each other"),
        (["--config", "artlint.toml", "--config", "other.cfg.toml"], "takes one FILE"),
    ):
        ran = quick_cli("check", *words, "a")
        assert ran.returncode == 2
        assert problem in ran.stderr


def test_show_settings(tmp_path: Path, quick_cli: Cli) -> None:
    write(
        tmp_path,
        {
            "artlint.toml": (
                'timezone = "UTC"\nlimits = {shown = 3}\n[[overrides]]\npaths = ["b/**"]\nignore = ["BP"]\n'
            ),
            "a.md": INDENT,
            "c.md": INDENT,
            "b/b.md": INDENT,
        },
    )
    shown = quick_cli("check", "--show-settings", ".").stdout
    first, second = shown.strip().split("\n\n")
    assert first.startswith("# a.md and 1 more, by ")
    assert 'timezone = "UTC"  # artlint.toml' in first or "artlint.toml" in first
    assert 'select = ["DEFAULT"]  # default' in first
    assert second.startswith("# b/b.md, by ")
    assert 'ignore = ["BP"]' in second
    assert tomllib.loads(first)["limits"]["shown"] == 3
    assert "CJK001" in first.splitlines()[-1]
    jsonschema.validate(tomllib.loads(second), SCHEMA)
    assert (
        'ignore = ["CJK"]  # command line'
        in quick_cli("check", "--show-settings", "--ignore", "CJK", "a.md").stdout
    )


@pytest.mark.parametrize(
    ("limit", "article", "message"),
    [
        ("file-size=20", INDENT, "larger than"),
        ("depth=3", HEAD + "<div>" * 9 + "a" + "</div>" * 9, "deeper than 3"),
        ("tags=2", HEAD + "<p>a</p>" * 3, "6 tags; the limit is 2"),
        ("references=1", HEAD + "<p>&amp;&amp;</p>", "the limit is 1"),
        ("events=3", HEAD + "a *b* c\n\nd\n", "more than 3 pieces"),
        ("front-matter-size=9", INDENT, "longer than 9 characters"),
        ("front-matter-depth=2", "---\na: {b: {c: {d: 1}}}\n---\n", "deeper than 2"),
        ("front-matter-nodes=1", INDENT, "more than 1 values"),
    ],
)
def test_limits_can_be_set(limit: str, article: str, message: str, tmp_path: Path, quick_cli: Cli) -> None:
    write(tmp_path, {"a.md": article})
    ran = quick_cli("check", "--config", f"limits.{limit}", "a.md")
    assert ran.returncode > 0
    assert message in ran.stdout + ran.stderr
    assert message not in quick_cli("check", "a.md").stdout


def test_a_lower_limit_holds_for_an_article_that_was_read() -> None:
    article = "a *b* c *d* e\n\n" * 5
    assert artlint.lint(article) == []
    with pytest.raises(artlint.ArtlintError, match="more than 10"):
        artlint.lint(article, config=Config(limits={"events": 10}))


def test_paths_of_configurations_take_no_detours(tmp_path: Path, quick_cli: Cli) -> None:
    files = {"a/b/c.md": HEAD, "x.md": HEAD, "artlint.toml": 'extend = "a/../base.toml"\n'}
    write(tmp_path, {**files, "base.toml": "ignore = ['CJK']\n"})
    shown = quick_cli("check", "--show-settings", "a/b/../../x.md").stdout
    assert f"by {tmp_path / 'artlint.toml'}\n" in shown
    assert f'ignore = ["CJK"]  # {tmp_path / "base.toml"}\n' in shown


def test_a_limit_of_shown_findings(tmp_path: Path, quick_cli: Cli) -> None:
    write(tmp_path, {"a.md": HEAD + "<p>　　会议闭幕。</p>\n\n" * 9})
    ran = quick_cli("check", "--config", "limits.shown=4", "--output-format", "full", "a.md")
    assert ran.stdout.count("CJK001") == 4
    assert "a.md: and 5 more" in ran.stdout
    assert "9 findings" in ran.stdout


def test_limits_and_paths_from_python() -> None:
    config = Config(limits={"depth": 3}, per_file_ignores=(("docs/**", ("CJK",)),))
    with pytest.raises(artlint.ArtlintError, match="deeper than 3"):
        artlint.lint("<div>" * 9 + "a" + "</div>" * 9, config=config)
    assert limits.DEPTH > 3
    assert artlint.lint(INDENT, path="docs/a.md", config=config) == []
    assert [found.code for found in artlint.lint(INDENT, path="a.md", config=config)] == ["CJK001"]
