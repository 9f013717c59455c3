"""`artlint init` and `artlint completion`: what they find and write."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from artlint.config import load_config
from artlint.config_keys import KEYS
from tests.conftest import Cli
from tests.test_config import HEAD, INDENT, write

POST = "---\ntitle: A\ndate: 2020-01-02 03:04:05\nheadimg: a.jpg\n---\n\n<p>责任编辑：李某</p>\n"


@pytest.mark.parametrize(
    ("files", "generator", "settings"),
    [
        (
            {
                "_config.yml": "title: Example News # ours\ntimezone: Asia/Shanghai\n",
                "source/_posts/a.md": POST,
                "themes/x/a.md": POST,
                "scaffolds/post.md": "---\ntitle: {{ title }}\n---\n",
                "source/_data/a.html": "<script>a()</script>",
                "README.md": "# Ours\n",
            },
            "a Hexo site with 1 article",
            {
                "schema": "hexo",
                "timezone": "Asia/Shanghai",
                "site": "Example News",
                "extend-exclude": ["/scaffolds/", "/source/_data/", "/themes/", "/README.md"],
            },
        ),
        (
            {
                "_config.yml": 'title: "It\'s news"\ntimezone: Mars\n',
                "_posts/2020-01-02-a.md": INDENT,
                "_posts/assets/2020-01-02-b.md": INDENT,
                "_layouts/a.html": "<script>a()</script>",
                "assets/a.html": "<script>a()</script>",
            },
            "a Jekyll site with 2 articles",
            {"schema": "jekyll", "extend-exclude": ["/_layouts/", "/assets/"]},
        ),
        (
            {
                "hugo.toml": "title = 'News'\ntimeZone = 'Europe/Berlin'\n",
                "content/a.md": INDENT,
                "content/b.md": INDENT,
                "themes/x/layouts/a.html": "{{ .Title }}",
                "layouts/single.html": "<script>a()</script>{{ .Content }}",
                "archetypes/default.md": "---\ntitle: {{ .Name }}\n---\n",
                "assets/a.html": "<script>a()</script>",
                "static/a.html": "<script>a()</script>",
            },
            "a Hugo site with 2 articles",
            {
                "schema": "hugo",
                "timezone": "Europe/Berlin",
                "site": "News",
                "extend-exclude": ["/archetypes/", "/assets/", "/layouts/", "/static/", "/themes/"],
            },
        ),
        ({"a.md": INDENT}, "1 article, no known generator", {"schema": "article"}),
        ({}, "0 articles, no known generator", {}),
    ],
)
def test_init_looks_at_the_repository(
    files: dict[str, str], generator: str, settings: dict[str, object], tmp_path: Path, cli: Cli
) -> None:
    write(tmp_path, files)
    ran = cli("init")
    assert ran.returncode == 0, ran.stderr
    assert generator in ran.stdout
    text = (tmp_path / "artlint.toml").read_text(encoding="utf-8")
    values = tomllib.loads(text)
    values.pop("site", None) if "site" not in settings else None
    assert values == settings
    load_config(tmp_path / "artlint.toml")
    for name in KEYS:
        assert f"\n{name} = " in text or f"\n# {name} = " in text
    assert all(len(line) <= 120 for line in text.splitlines())


def test_init_names_the_packs_that_know_the_articles(tmp_path: Path, cli: Cli) -> None:
    write(tmp_path, {"a.md": POST, "b.md": POST, "c.md": INDENT})
    cli("init")
    assert "generic-zh (2)" in (tmp_path / "artlint.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["artlint.toml", ".artlint.toml", "pyproject.toml"])
def test_init_overwrites_nothing(name: str, tmp_path: Path, cli: Cli) -> None:
    text = "[tool.artlint]\n" if name == "pyproject.toml" else "# mine\n"
    write(tmp_path, {name: text})
    ran = cli("init")
    assert ran.returncode == 2
    assert f"{name} configures this folder already" in ran.stderr
    assert (tmp_path / name).read_text(encoding="utf-8") == text
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert cli("init", "nowhere").returncode == 2


def test_commented_lines_of_init_can_be_used(tmp_path: Path, cli: Cli) -> None:
    write(tmp_path, {"a.md": HEAD})
    cli("init")
    text = (tmp_path / "artlint.toml").read_text(encoding="utf-8")
    used = 0
    for line in text.splitlines():
        name, _, value = line.removeprefix("# ").partition(" = ")
        if name in KEYS and line.startswith("# ") and name != "extend":
            (tmp_path / "artlint.toml").write_text(f"{name} = {value}\n", encoding="utf-8")
            load_config(tmp_path / "artlint.toml")
            used += 1
    assert used
