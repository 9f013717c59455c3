"""Nothing dangerous passes: our own attacks, judged by parsers that artlint does not use."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path

import bleach
import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

import artlint
from artlint.document import Document
from artlint.document.html import Html
from artlint.errors import ConfigError
from artlint.policy import ARTICLE, EMBEDS, FORBIDDEN, PRESETS, STRICT, Policy
from artlint.policy_table import policy_from_table
from artlint.source import Source
from tests.conftest import Cli
from tests.grammar import articles
from tests.judges import body_of, danger
from tests.vectors import PLACES, RUNS, vectors

HEAD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
VECTORS = list(dict.fromkeys(vectors()))
# Code in Markdown shows what it holds; only a program that is no Markdown reader would run it.
CODE = [place for place in PLACES if "`{}`" in place]


def _is_code(vector: str) -> bool:
    return vector.startswith("`")


@pytest.mark.parametrize("path", ["article.md", "article.html"])
@pytest.mark.parametrize("part", range(4))
def test_attacks_come_out_inert_and_stable(path: str, part: int) -> None:
    for vector in VECTORS[part::4]:
        result = artlint.fix(HEAD + vector, path=path)
        assert result.refused is None, vector
        if path.endswith(".html") or not _is_code(vector):
            assert danger(body_of(result.text)) == set(), (vector, result.text)
        assert artlint.fix(result.text, path=path).text == result.text, vector


def test_the_judge_sees_the_attacks() -> None:
    assert sum(bool(danger(vector)) for vector in VECTORS) > 0.8 * len(VECTORS)


@pytest.mark.parametrize("attack", RUNS)
def test_every_attack_is_reported_with_its_place(attack: str) -> None:
    article = f"{HEAD}<p>One.</p>\n\n{attack}\n"
    found = [d for d in artlint.lint(article, path="a.html") if d.code.startswith("SEC")]
    assert found
    start = article.index(attack)
    assert all(start <= d.span.start <= d.span.end <= start + len(attack) + 1 for d in found)
    assert all(d.fix for d in found)


def _bleached(body: str, policy: Policy) -> str:
    def allows(tag: str, name: str, value: str) -> bool:
        return policy.allows_attribute(tag, name) and (name != "style" or policy.allows_style(value))

    clean: str = bleach.clean(
        body,
        tags=policy.elements,
        attributes=allows,
        protocols=policy.schemes | {"data"},
        strip=True,
        strip_comments=False,
    )
    return clean


def _elements(body: str) -> list[str]:
    from justhtml import JustHTML

    nodes = JustHTML(f"<div>{body}</div>", sanitize=False).root.query("*")
    return [f"{node.name} {sorted((node.attrs or {}).items())}" for node in nodes]


@given(st.one_of(articles, st.sampled_from(VECTORS)))
def test_bleach_would_change_nothing(article: str) -> None:
    result = artlint.fix(article, path="article.html")
    hypothesis.assume(not result.refused and result.changed)
    # A page of the site keeps its scripts.
    hypothesis.assume(not Document(Source.from_text(result.text, "article.html")).is_site_page)
    body = body_of(result.text)
    # bleach loses what the parser moves out of a table.
    is_moved = "<t" in body and Html(body).irregularity is not None
    hypothesis.assume("<!" not in body and "<?" not in body and not is_moved)
    assert set(_elements(_bleached(body, ARTICLE))) == set(_elements(body))


# Bodies that could pass for a template, a feed or a page of the site.
DISGUISES = {
    "feed": "{{ x }}<feed>\n<script>run()</script></feed>\n",
    "rss": "{{ x }}\n<rss>\n<p onclick=run()>One.</p></rss>\n",
    "xml": "<?xml version='1.0'?>\n{{ x }}<script>run()</script>\n",
    "page": "<!doctype html><html><head><script>run()</script></head><body onload=run()>One.</body></html>\n",
    "code": "<p>{% if x %}One.{% endif %} {{ page.title }}</p><script>run()</script>\n",
    "layout": "{{ content }}<script>run()</script>\n",
}
DATED = "---\ntitle: A\nlayout: null\ndate: 2020-01-02T03:04:05Z\n---\n"
UNDATED = "---\ntitle: A\npermalink: /feed.xml\n---\n"


@pytest.mark.parametrize("body", DISGUISES.values(), ids=list(DISGUISES))
@pytest.mark.parametrize(
    ("path", "head"),
    [
        ("a.md", ""),
        ("a.md", DATED),
        ("a.md", UNDATED),
        ("_layouts/a.markdown", DATED.replace("date", "Date")),
        ("a.html", DATED),
        ("_includes/a.html", DATED),
        ("_posts/a.html", "---\ntitle: A\n---\n"),
        ("feed.xml", DATED),
    ],
)
def test_no_article_passes_for_a_page_of_the_site(path: str, head: str, body: str) -> None:
    body = body.replace("<feed>", '<feed xmlns:x="http://www.w3.org/1999/xhtml">')
    body = body.replace("<rss>", "<!DOCTYPE rss><rss>").replace("{{ x }}<script>", "{{ x }}<p><script>")
    result = artlint.fix(head + body, path=path)
    assert result.refused is None
    assert danger(body_of(result.text)) == set()


def test_a_page_of_the_site_is_reported_and_left_alone(tmp_path: Path, cli: Cli) -> None:
    page = "---\ntitle: A\n---\n<script>x()</script>\n{% for p in posts %}<p onclick=a>{% endfor %}\n"
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    ran = cli("fix", "--select", "SEC", "--output-format", "concise", "index.html")
    assert ran.returncode == 1
    assert "SEC020 Active element `<script>` and 1 more: stays, as this is a page of the site" in ran.stdout
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == page
    assert "<script" not in artlint.fix(page, path="post.md").text


def test_a_feed_is_left_alone() -> None:
    feed = (
        "---\npermalink: /feed.xml\n---\n{% assign x = 1 %}\n"
        '<feed xmlns="http://www.w3.org/2005/Atom">\n<title>{{ x }}</title><link href="/"/></feed>\n'
    )
    result = artlint.fix(feed, path="feed.md")
    assert result.text == feed
    assert {d.code for d in result.remaining} >= {"SEC020"}
    assert "<title" not in artlint.fix(feed.replace("Atom", "xhtml"), path="feed.md").text


@pytest.mark.parametrize(
    "sheet", ["<style>p{}</style>", '<link rel="stylesheet" href="//example.com/a.css">']
)
def test_no_article_keeps_its_style_sheet(sheet: str) -> None:
    article = f"<!-- artlint: disable[CSS001] -->\n<p>One.</p>\n{sheet}\n"
    assert "SEC001" in {found.code for found in artlint.lint(article, path="article.html")}
    assert artlint.fix(article, path="article.html").text == "<p>One.</p>\n"
    only_safety = artlint.fix(article, path="article.html", config=artlint.Config(select=("SEC",)))
    assert only_safety.refused is None
    assert "<p>One.</p>" in only_safety.text
    assert sheet not in only_safety.text


def test_an_embed_becomes_a_link() -> None:
    body = '<p><iframe src="https://www.youtube.com/embed/1" width="1"></iframe></p>\n'
    result = artlint.fix(HEAD + body, path="a.html")
    assert '<a href="https://www.youtube.com/embed/1">https://www.youtube.com/embed/1</a>' in result.text
    assert {entry.kind for entry in result.ledger} == {"media", "link", "text"}


def test_no_preset_allows_what_runs() -> None:
    for name, policy in PRESETS.items():
        assert not policy.elements & FORBIDDEN, name
        assert not policy.allows_attribute("p", "onclick")
        assert not policy.allows_url("a", "href", "javascript:x")
        assert not policy.allows_url("a", "href", "data:image/png;base64,x")
    assert "iframe" not in ARTICLE.elements | STRICT.elements
    assert EMBEDS.allows_url("iframe", "src", "https://player.vimeo.com/video/1")
    assert not EMBEDS.allows_url("iframe", "src", "https://player.vimeo.com.example/1")
    assert not EMBEDS.allows_url("iframe", "src", "https://player.vimeo.com@example.com/1")


def test_policy_table() -> None:
    policy = policy_from_table(
        {
            "preset": "strict",
            "extend-elements": ["section"],
            "url-schemes": ["https"],
            "attributes": {"*": ["lang"], "a": ["href"]},
            "extend-attributes": {"a": ["title"]},
            "css-properties": ["text-align"],
            "data-images": True,
        }
    )
    assert "section" in policy.elements
    assert policy.schemes == {"https"}
    assert policy.attributes == {"*": {"lang"}, "a": {"href", "title"}}
    assert policy.allows_style("text-align: right")
    assert not policy.allows_style("text-align: right; position: fixed")
    assert not policy.allows_style("text-align: expression(x)")


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ({"element": []}, "unknown key `policy.element`; did you mean `elements`?"),
        ({"preset": "strickt"}, "unknown policy preset `strickt`; did you mean `strict`?"),
        ({"elements": "p"}, '`policy.elements` is a list of names, such as ["a", "b"]'),
        ({"extend-elements": ["script"]}, "the policy cannot allow `<script>`"),
        ({"extend-url-schemes": ["javascript"]}, "the policy cannot allow `javascript:` URLs"),
        ({"attributes": {"a": ["onclick"]}}, "the policy cannot allow `onclick` on `a`"),
        ({"data-images": "yes"}, "`policy.data-images` is true or false"),
    ],
)
def test_wrong_policy_tables(table: dict[str, object], problem: str) -> None:
    with pytest.raises(ConfigError) as error:
        policy_from_table(table)
    assert problem in str(error.value)


REPEATED = {
    "blank": " ",
    "ideographic": "\u3000",
    "nbsp": "&nbsp;",
    "no-break": "\xa0",
    "quote": '"',
    "curly-quote": "“",
    "bracket": "[",
    "parenthesis": "](",
    "full-width": "（",
    "less-than": "< ",
    "tag": "<b>x</b>",
    "cell": "<td>x",
    "item": "<li>x</li>",
    "heading": "<h2>x</h2>",
    "break": "<br>",
    "comment": "<!--",
    "ampersand": "&",
    "double-escaped": "&amp;nbsp;",
    "brace": "{{",
    "url": "http://a.",
    "bare-url": "http://a.b/c?utm_source=d ",
    "redirector": "https://link.zhihu.com/?target=",
    "link": '<a href="//a.b/?utm_source=c">x</a>',
    "markdown-link": "[x](//a.b/c) ",
    "picture": '<img src="https://i0.wp.com/a.b/c.png" data-src="/d.png">',
    "markdown-picture": "![](//i0.wp.com/a.b/c.png?w=1) ",
    "query": "?a=1&utm_source=b",
    "percent": "%E4",
    "bidi": "\u202e",
    "zero-width": "\u200b",
    "control": "\x08",
    "radical": "⼥",
    "wide": "１",
    "mojibake": "â€™",
    "dots": "...",
    "comma": "，",
    "han-comma": "会,",
    "han-latin": "会a",
    "numbered": "1、会议<br>",
    "attribute-list": "{:",
    "handler": " onclick=x",
    "note": "<!-- 广告 -->\n\n",
    "suppression": "\n\n<!-- artlint: ignore[CJK004] a poem -->\n\n会,闭",
    "unused-suppression": "\n\n<!-- artlint: ignore[CJK001] a poem -->\n\nx",
}


@pytest.mark.parametrize("lead", ["x{}y\n", '<p class="{}">x</p>', "<p>x{}y</p>"])
@pytest.mark.parametrize("name", REPEATED)
def test_time_grows_with_the_length(name: str, lead: str) -> None:
    def cost(count: int) -> float:
        article = lead.format(REPEATED[name] * count)
        gc.collect()
        gc.disable()  # how often it runs depends on the tests before
        try:
            started = time.process_time()
            artlint.lint(article, path="a.md")
            return time.process_time() - started
        finally:
            gc.enable()

    _settle(cost, 1_000)


def _settle(cost: Callable[[int], float], count: int) -> None:
    """Four times the length takes no more than about four times the time; noise is not a failure.

    Noise and what is paid once weigh less in a longer text, what grows faster than the length more.
    """
    for factor in (1, 2, 4):
        short, long = cost(factor * count), cost(4 * factor * count)
        if long < 0.1 or long < 8 * short:
            return
    raise AssertionError(f"{short:.3f} s for {count}, {long:.3f} s for {4 * count}")


def test_the_policy_of_a_project(tmp_path: Path, cli: Cli) -> None:
    body = '<p style="text-align: right">One</p>\n\n<p><iframe src="https://v.qq.com/x"></iframe></p>\n'
    (tmp_path / "a.html").write_text(HEAD + body, encoding="utf-8")
    table = '[policy]\npreset = "embeds"\ncss-properties = ["text-align"]\n'
    (tmp_path / "artlint.toml").write_text(table, encoding="utf-8")
    assert cli("check", "--select", "SEC", "a.html").returncode == 0
    (tmp_path / "artlint.toml").write_text(table.replace("embeds", "embed"), encoding="utf-8")
    ran = cli("check", "a.html")
    assert ran.returncode == 2
    assert "artlint.toml: unknown policy preset `embed`; did you mean `embeds`?" in ran.stderr
