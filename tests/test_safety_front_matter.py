"""What a theme may show of the front matter: markup, URLs and characters that hide text."""

from __future__ import annotations

import pytest

import artlint


def _found(text: str) -> list[str]:
    return [found.code for found in artlint.lint(text, path="a.md") if found.code.startswith("SEC")]


@pytest.mark.parametrize(
    "line",
    [
        "title: '<script>run()</script>'",
        "title: 'A <IMG src=x onerror=run()//'",
        "title: 'A <img src=\"x onerror=run()'",
        "description: '<a href=\"java&#115;cript:run()\">x</a>'",
        "image: 'a.png\" onerror=\"run()'",
        "link: ' JavaScript : run()'",
        'link: "java\\tscript:run()"',
        "link: java&Tab;script:run()",
        "cover: data:text/html,<script>run()</script>",
        "other: javascript:run()",
        "deep: {deeper: [1, {url: 'vbscript:run()'}]}",
    ],
)
def test_what_a_theme_may_run_is_reported_and_left_alone(line: str) -> None:
    article = f"---\ndate: 2020-01-02T03:04:05Z\n{line}\n---\n\nOne.\n"
    assert _found(article) == ["SEC021"]
    result = artlint.fix(article, path="a.md", config=artlint.Config(select=("SEC",)))
    assert result.text == article
    assert [found.code for found in result.remaining] == ["SEC021"]


@pytest.mark.parametrize(
    "line",
    [
        "title: vector<T> and <em>x</em> and a < b",
        "title: 'JavaScript:从入门到精通'",
        "tags: ['javascript:es6', 'data:text/html,x']",
        "description: 'A \"quoted\" word and one = two'",
        "link: https://example.com/?to=javascript:run()",
        "cover: data:image/png;base64,aaaa",
        "source: 'Data: a survey'",
        "onclick: 'x'",
    ],
)
def test_what_only_looks_so_is_not(line: str) -> None:
    assert _found(f"---\ndate: 2020-01-02T03:04:05Z\n{line}\n---\n\nOne.\n") == []


@pytest.mark.parametrize(("opening", "closing"), [("---\ntitle: ", "\n---\n"), ("+++\ntitle = ", "\n+++\n")])
def test_hidden_characters_go(opening: str, closing: str) -> None:
    article = f"{opening}'pay \u202e001\u200b\u200c\u200b'{closing}\nOne.\n"
    assert sorted(_found(article)) == ["SEC017", "SEC018"]
    result = artlint.fix(article, path="a.md", config=artlint.Config(select=("SEC",)))
    assert result.refused is None
    assert result.text == f"{opening}'pay 001'{closing}\nOne.\n"


def test_hidden_characters_written_as_escapes_are_reported() -> None:
    assert _found('---\ntitle: "a\\u202eb\\0"\n---\n\nOne.\n') == ["SEC017", "SEC018"]


def test_front_matter_that_cannot_be_read_hides_nothing() -> None:
    assert "SEC017" in _found("---\ntitle: a: \u202eb\n---\n\nOne.\n")
