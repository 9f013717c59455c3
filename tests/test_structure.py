"""All families together: fixes end, are accounted for, and leave alone what they must."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given

import artlint
from artlint.registry import shipped_registry
from tests.grammar import articles, paths
from tests.judges import beautiful_soup
from tests.test_pack_format import write_pack

ALL = artlint.Config(select=("ALL",))
FAMILIES = ("CSS", "HTM", "LNK", "IMG", "CJK", "ENC")


@given(articles, paths)
def test_all_rules_together_reach_a_fixed_point(article: str, path: str) -> None:
    result = artlint.fix(article, path=path, unsafe=True, config=ALL)
    if result.refused:
        assert result.text == article
        return
    again = artlint.fix(result.text, path=path, unsafe=True, config=ALL)
    assert again.text == result.text
    assert not any(found.is_fixable(unsafe=True) for found in result.remaining)


CODE = """\
---
title: A
date: 2020-01-02T03:04:05Z
---

<pre>他说... <b></b>会议,闭幕 ⼥性 &amp;nbsp; <a href="https://link.zhihu.com/?target=https%3A//example.com">A</a></pre>

<p><code>会议,闭幕，， 锟斤拷</code> $会议,闭幕$ <kbd>"会议"</kbd></p>
"""
MARKDOWN_CODE = """\
---
title: A
date: 2020-01-02T03:04:05Z
---

文字 `会议,闭幕 ... ⼥性` 与 $会议,闭幕$ 和 {{ "会议,闭幕" }}，泛型 `List<T>` 见 <https://example.com/会议,闭幕>。

```html
<a href="https://link.zhihu.com/?target=https%3A//example.com"></a><font color="red">会议,闭幕</font>
```

$$
会议,闭幕
$$

{{< figure src="https://link.zhihu.com/?target=https%3A//example.com" title="会议,闭幕" >}}

{% raw %}会议,闭幕{% endraw %}
"""


@pytest.mark.parametrize("article", [CODE, MARKDOWN_CODE], ids=["html", "markdown"])
def test_code_math_and_templates_are_left_alone(article: str) -> None:
    found = artlint.lint(article, config=artlint.Config(select=FAMILIES, ignore=("HTM900", "CJK011")))
    assert [(d.code, d.message) for d in found] == []


def test_pages_of_a_site_are_left_alone() -> None:
    page = '<html><body><p style="color:red">会议,闭幕 {{ x }}<a href=""></a></p></body></html>'
    found = artlint.lint(page, path="index.html", config=artlint.Config(select=FAMILIES))
    assert [d.code for d in found] == []


def test_repair_keeps_what_browsers_see() -> None:
    body = "<p><b>One <i>two</b> three</i></p><ul><li><em>Four</li><li>Five</em></li></ul>"
    result = artlint.fix(body, path="article.html")
    assert not result.refused
    assert result.ledger == ()
    before, after = beautiful_soup(body, "lxml"), beautiful_soup(result.text, "lxml")
    assert before.text == after.text
    assert not [d for d in artlint.lint(result.text, path="article.html") if d.code == "HTM001"]


def test_meaning_becomes_markup_before_the_style_goes() -> None:
    body = (
        '<p>A <span style="font-weight:bold">b</span> <span style="font-style:italic">c</span>'
        ' <span style="text-decoration: line-through">d</span>'
        ' x<span style="vertical-align:super">2</span></p>'
        '<table><tr><td style="text-align:center">1</td></tr></table>'
    )
    fixed = artlint.fix(body).text
    for markup in ("<strong>b</strong>", "<em>c</em>", "<s>d</s>", "<sup>2</sup>", '<td align="center">'):
        assert markup in fixed
    assert "style" not in fixed


def test_default_selection_leaves_out_what_is_asked_for_only() -> None:
    registry = shipped_registry()
    default = {rule.code for rule in registry.select(("DEFAULT",))}
    everything = {rule.code for rule in registry.select(("ALL",))}
    assert default < everything
    assert {"LNK001", "IMG001", "CSS002", "HTM900", "CJK001", "SEC001"} <= default
    assert not default & {"CJK011", "IMG007", "LNK011", "HTM013"}
    assert "CJK011" in {rule.code for rule in registry.select(("DEFAULT", "missing-spacing"))}
    assert "LNK001" not in {rule.code for rule in registry.select(("DEFAULT",), ("LNK",))}
    text = "<p>会议讨论AI应用</p>\n"
    assert [d.code for d in artlint.lint(text)] == []
    assert {d.code for d in artlint.lint(text, config=ALL)} == {"CJK011"}


def _fixed(body: str) -> str:
    head = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
    result = artlint.fix(head + body, path="article.html")
    assert result.refused is None
    return result.text.removeprefix(head)


def test_loose_text_and_pictures_of_a_scraped_body_become_paragraphs() -> None:
    body = (
        '<div>\n他的回答<br><br><p data-pid="1">一。</p><br>'
        '<img src="https://example.com/a.png" alt=""><br></div>\n'
    )
    assert _fixed(body) == (
        '<p>他的回答</p>\n\n<p>一。</p>\n\n<p><img src="https://example.com/a.png" alt=""></p>\n'
    )


def test_a_body_of_nothing_but_text_becomes_a_paragraph() -> None:
    assert _fixed("<div>   \n会议昨日闭幕。\n  \n</div>\n            \n") == "<p>会议昨日闭幕。</p>\n"


def test_no_item_of_a_numbered_list_gets_another_number() -> None:
    items = "<li>One</li><li></li><li>Three</li>"
    for body in (f"<ol>{items}<li></li><li> </li></ol>", f"<ol reversed>{items}</ol>"):
        numbered = BeautifulSoup(_fixed(body), "lxml").find_all("li")
        assert [item.text.strip() for item in numbered] == ["One", "", "Three"]
    assert len(BeautifulSoup(_fixed(f"<ul>{items}</ul>"), "lxml").find_all("li")) == 2
    assert len(BeautifulSoup(_fixed("<ol reversed><li>A</li><li></li></ol>"), "lxml").find_all("li")) == 2


POEM = "Roses\n  red\n\nViolets"


@pytest.mark.parametrize(
    ("kept", "indent"),
    [("pre", 2), ("pre-wrap", 2), ("break-spaces", 2), ("pre-line", 0), ("PRE !important", 2)],
)
def test_the_lines_of_a_poem_stay(kept: str, indent: int) -> None:
    poem = f"<p>\n  Roses<br>\n  {'&nbsp;' * indent}red\n</p>\n\n<p>Violets</p>\n"
    assert _fixed(f'<div style="color:red; white-space: {kept}">{POEM}</div>') == poem


@pytest.mark.parametrize(
    ("body", "fixed"),
    [
        ('<p style="white-space:normal">One\nTwo</p>', "<p>One Two</p>\n"),
        ('<p style="white-space:pre;white-space:normal">One\nTwo</p>', "<p>One Two</p>\n"),
        ('<p style="white-space:pre">\n  One\n</p>', "<p>One</p>\n"),
        ('<p style="white-space:pre">One<br>\nTwo</p>', "<p>\n  One<br>\n  Two\n</p>\n"),
        ('<p style="white-space:pre">a   b&#10;c</p>', "<p>\n  a&nbsp;&nbsp; b<br>\n  c\n</p>\n"),
        (
            '<div style="white-space:pre"><p>a\n<b style="white-space:normal">b\nc</b></p>\n<p>d</p></div>',
            "<p>\n  a<br>\n  <b>b c</b>\n</p>\n\n<p>d</p>\n",
        ),
        ('<pre style="white-space:pre-wrap">a\n b</pre>', "<pre>a\n b</pre>\n"),
        ('<pre><span style="white-space:pre">a\n b</span></pre>', "<pre><span>a\n b</span></pre>\n"),
        ('<div style="white-space:pre"><code>a\nb</code></div>', "<div><code>a<br>\nb</code></div>\n"),
    ],
)
def test_what_a_style_shows_of_blanks(body: str, fixed: str) -> None:
    assert _fixed(body) == fixed


@pytest.mark.parametrize("select", [("DEFAULT",), ("SEC",)])
def test_the_lines_of_a_poem_in_markdown_stay(select: tuple[str, ...]) -> None:
    body = f'Text\n\n<div style="white-space:pre-wrap">{POEM}</div>\n'
    result = artlint.fix(body, config=artlint.Config(select=select, ignore=("FM",)))
    assert result.refused is None
    assert result.text == "Text\n\n<div>Roses<br>\n&nbsp;&nbsp;red<br>\n\nViolets</div>\n"


def test_a_style_that_may_stay_keeps_its_blanks() -> None:
    settings = artlint.Config().settings
    policy = settings.policy.with_values(css=frozenset({"white-space"}))
    config = artlint.Config(ignore=("CSS002",), settings=settings._replace(policy=policy))
    body = f'<p>A</p><div style="white-space:pre-wrap">{POEM}</div>'
    assert artlint.fix(body, path="a.html", config=config).text == body.replace("<div", "\n\n<div") + "\n"


def test_who_takes_the_style_of_a_poem_away_is_in_the_ledger(tmp_path: Path) -> None:
    body = '<p class="x" style="white-space:pre">Roses\nred</p>'
    for match, action in (
        ("{attribute: style, on: p}", "action: drop-attribute"),
        ("{select: p.x}", "action: unwrap"),
    ):
        (entry,) = artlint.fix(body, config=write_pack(tmp_path, match, action)).ledger
        assert (entry.code, entry.removed, entry.inserted) == ("MIN001", "Roses\nred", "Roses red")


def test_hidden_text_stays_hidden_and_is_reported() -> None:
    article = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
    for body in ('<p style="display:none">One.</p>\n', 'Text <span style="display:none">one</span>.\n'):
        result = artlint.fix(article + body)
        assert "style" not in result.text
        assert " hidden" in result.text
        assert "SEC012" in {found.code for found in result.remaining}


def test_what_waits_behind_an_unsafe_fix_is_safe_to_publish() -> None:
    body = '<p>One <a class="s_tag" style="color:red" href="/x">two</a>.</p>\n\n<div> </div>\n'
    fixed = _fixed(body)
    assert fixed == '<p>One <a class="s_tag" href="/x">two</a>.</p>\n'
    assert artlint.fix(fixed, path="article.html", unsafe=True).text == "<p>One two.</p>\n"


def test_a_fault_is_found_by_one_rule_only() -> None:
    article = "---\ntitle: News\ndate: 2020-01-02T03:04:05Z\n---\n\n"
    for body in (
        "# News\n\nText\n",
        '<h1>News</h1>\n<p>Text</p>\n<p><img src="https://pixel.wp.com/b.gif" width="1" height="1"></p>\n',
        "<p>One</p>\n<style>\np { color: red }\n</style>\n",
    ):
        found = artlint.lint(article + body)
        assert found
        assert len({diagnostic.span for diagnostic in found}) == len(found), found


@pytest.mark.parametrize(
    "code",
    [
        "    <script>alert(1)</script>",
        "\t<form><input></form>",
        "    <!-- One -->\n    <p style='color:red'>Two</p>",
    ],
)
def test_indented_code_between_elements_stays(code: str) -> None:
    """To CommonMark it is code: the body is Markdown, whatever else stands in it."""
    text = f"---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n<p>For example:</p>\n\n{code}\n\n<p>End.</p>\n"
    assert artlint.fix(text).text == text


def test_an_article_that_is_indented_as_a_whole_is_html() -> None:
    head = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
    result = artlint.fix(
        f"{head}\n      <style>\n      p{{}}\n\n      b{{}}</style>\n      <p>One.</p>\n    \n"
    )
    assert result.text == f"{head}<p>One.</p>\n"


@pytest.mark.parametrize("debris", ["    <div>\n    </div>", "\t<!-- One -->", "    <p></p>"])
def test_indented_debris_inside_of_an_element_goes(debris: str) -> None:
    head = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
    result = artlint.fix(f"{head}<div>\n<p>One.</p>\n\n{debris}\n\n</div>\n")
    assert "<p>One.</p>" in result.text
    assert debris.strip() == "<!-- One -->" or debris.strip() not in result.text
