"""Conversion of whole articles, judged by two Markdown programs that the converter does not use."""

from __future__ import annotations

import json
import re
from pathlib import Path

import hypothesis
import pytest
from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options
from hypothesis import given
from markdown_it import MarkdownIt

import artlint
from artlint.canonical.unusual import CONSTRUCTS
from artlint.document.html import Html
from tests.conftest import ROOT, Cli
from tests.grammar import well_formed_bodies
from tests.judges import beautiful_soup

TO_MARKDOWN, TO_HTML = artlint.Config(to="markdown"), artlint.Config(to="html")


def _markdown_it(text: str) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))


def _cmark_gfm(text: str) -> str:
    return str(github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE))


RENDERERS = {"markdown-it-py": _markdown_it, "cmark-gfm": _cmark_gfm}

# HTML and the Markdown it becomes.
PAIRS = [
    ("<p>One.</p><p>Two.</p>", "One.\n\nTwo.\n"),
    ("<h2>A <em>title</em></h2>", "## A *title*\n"),
    ("<p><b>a</b> and <i>b</i> and <s>c</s></p>", "**a** and *b* and ~~c~~\n"),
    ("<ul><li>One</li><li>Two<ol><li>Deep</li></ol></li></ul>", "- One\n- Two\n  1. Deep\n"),
    ("<ol start='3'><li>c</li><li>d</li></ol>", "3. c\n4. d\n"),
    ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n<!-- -->\n\n- b\n"),
    ("<blockquote><p>Said.</p></blockquote><hr>", "> Said.\n\n---\n"),
    ('<pre><code class="language-py">a = 1\n\nb</code></pre>', "```py\na = 1\n\nb\n```\n"),
    ('<p><a href="/x" title="T">link</a> <img src="a.png" alt="A"></p>', '[link](/x "T") ![A](a.png)\n'),
    (
        '<table><tr><th>A<th align="right">B<tr><td>1<td align="right">2|3</table>',
        "| A | B |\n| --- | ---: |\n| 1 | 2\\|3 |\n",
    ),
    ('<figure><img src="a.png" alt="A"><figcaption>Words</figcaption></figure>', "![A](a.png)\n\nWords\n"),
    ("<p>x<sup>2</sup> and H<sub>2</sub>O</p>", "x<sup>2</sup> and H<sub>2</sub>O\n"),
    (
        "<p>1. *not* a _list_ # nor [this](x) &lt;b&gt;</p>",
        "1\\. \\*not\\* a \\_list\\_ # nor \\[this\\](x) \\<b>\n",
    ),
    ("<p>a<br>b</p>", "a  \nb\n"),
    ('<h2 id="vor-dem-start">Vor dem Start!</h2>', "## Vor dem Start!\n"),
    ("<div>One</div><div><p>Two</p>three</div>", "One\n\nTwo\n\nthree\n"),
    ('<div title="a.py">a.py</div><pre>b</pre>', "a.py\n\n```\nb\n```\n"),
    ("<pre><code><ul><li>a\n</li><li>b\n</li></ul></code></pre>", "```\na\nb\n```\n"),
    ("<p>&#123;{ x }}</p>", "&#123;{ x }}\n"),
    ("<p>One.</p><!-- more --><p>Two.</p>", "One.\n\n<!-- more -->\n\nTwo.\n"),
    # Emphasis that CommonMark cannot close next to Chinese punctuation.
    ("<p>他说<strong>“你好”</strong>就走了。</p>", "他说<strong>“你好”</strong>就走了。\n"),
    ("<p><strong>注意：</strong>下雨</p>", "<strong>注意：</strong>下雨\n"),
    ("<p>这是<em>重点</em>。</p>", "这是<em>重点</em>。\n"),
]

# What GFM cannot say stays HTML; the report says why.
KEPT = [
    ("<dl><dt>T</dt><dd>D</dd></dl>", "dl"),
    ('<table><tr><th colspan="2">A</th></tr><tr><td>1</td><td>2</td></tr></table>', "table"),
    ("<table><tr><td>1</td></tr></table>", "table"),
    ('<p><img src="a.png" alt="" width="3"></p>', "p"),
    ("<p><ruby>漢<rt>kan</rt></ruby></p>", "p"),
    ('<p><video src="a.mp4" controls></video></p>', "p"),
    ('<h2 id="x">A</h2><p><a href="#x">up</a></p>', "h2"),
    ("<pre>&#123;{ x }}</pre>", "pre"),
    ("<p>http://example.com/a[b]c.png</p>", "p"),
    ('<pre>a <img src="a.png"></pre>', "pre"),
    ('<pre>a <a href="/b">b</a></pre>', "pre"),
    ("<pre>a <b>b</b></pre>", "pre"),
    ('<p lang="ja">ぐんま</p>', "p"),
]


@pytest.mark.parametrize(("html", "markdown"), PAIRS)
def test_html_becomes_markdown(html: str, markdown: str) -> None:
    result = artlint.fix(html, path="a.md", config=TO_MARKDOWN)
    assert result.refused is None
    assert result.text == markdown
    assert result.conversion is not None
    assert result.conversion.kept == ()
    for render in RENDERERS.values():
        assert beautiful_soup(render(markdown)) == beautiful_soup(html)


# Footnotes as kramdown, cmark-gfm and Pandoc write them.
NOTES = [
    (
        '<p>One<sup id="fnref:a"><a href="#fn:a">1</a></sup>, '
        'two<sup id="fnref:b"><a href="#fn:b">2</a></sup>.</p><div class="footnotes"><ol>'
        '<li id="fn:a"><p>A <em>note</em>.&nbsp;<a href="#fnref:a">&#8617;</a></p></li>'
        '<li id="fn:b"><p>Two</p><p>lines <a href="#fnref:b">&#8617;</a></p></li></ol></div>',
        "One[^1], two[^2].\n\n[^1]: A *note*.\n\n[^2]: Two\n\n    lines\n",
    ),
    (
        '<p>One<sup><a href="#fn-1" id="fnref-1">1</a></sup>.</p><section><ol><li id="fn-1">'
        '<p>A note. <a href="#fnref-1">↩</a></p></li></ol></section>',
        "One[^1].\n\n[^1]: A note.\n",
    ),
    (
        '<p><b>一。</b><a href="#fn1" id="fnref1"><sup>1</sup></a></p><section id="footnotes"><hr><ol>'
        '<li id="fn1"><p>注释。<a href="#fnref1">↩︎</a></p></li></ol></section>',
        "<strong>一。</strong>[^1]\n\n[^1]: 注释。\n",
    ),
]


@pytest.mark.parametrize(("html", "markdown"), NOTES)
def test_footnotes_become_footnotes(html: str, markdown: str) -> None:
    result = artlint.fix(html, path="a.html", config=TO_MARKDOWN)
    assert result.text == markdown
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    rendered, source = (
        beautiful_soup(page) for page in (github_flavored_markdown_to_html(markdown, options), html)
    )
    assert rendered.text.replace("↩", "") == re.sub("↩\ufe0e?", "", source.text)
    assert len(rendered.links) == len(source.links)


@pytest.mark.parametrize(
    "html",
    [
        # The second note comes first; two marks for one note; no way back; not at the end.
        '<p>A<sup id="y"><a href="#b">2</a></sup> B<sup id="x"><a href="#a">1</a></sup></p>'
        '<ol><li id="a">1 <a href="#x">↩</a></li><li id="b">2 <a href="#y">↩</a></li></ol>',
        '<p>A<sup id="x"><a href="#a">1</a></sup> B<sup><a href="#a">1</a></sup></p>'
        '<ol><li id="a">1 <a href="#x">↩</a></li></ol>',
        '<p>A<sup><a href="#a">1</a></sup></p><ol><li id="a">One</li></ol>',
        '<p>A<sup id="x"><a href="#a">1</a></sup></p><ol><li id="a">1 <a href="#x">↩</a></li></ol><p>B</p>',
    ],
)
def test_what_is_not_a_list_of_footnotes_stays_html(html: str) -> None:
    result = artlint.fix(html, path="a.html", config=TO_MARKDOWN)
    assert "[^" not in result.text
    for render in RENDERERS.values():
        assert beautiful_soup(render(result.text)) == beautiful_soup(html)


def test_a_url_in_the_text_shows_no_escapes() -> None:
    html = "<p>See http://example.com/a_b_c.png and a_b.</p>"
    markdown = artlint.fix(html, path="a.md", config=TO_MARKDOWN).text
    assert beautiful_soup(_cmark_gfm(markdown)).text == beautiful_soup(html).text
    assert "a_b_c" in markdown


@pytest.mark.parametrize(("html", "tag"), KEPT)
def test_what_gfm_cannot_say_stays_html(html: str, tag: str) -> None:
    result = artlint.fix(html, path="a.html", config=TO_MARKDOWN)
    assert result.conversion is not None
    assert [block.tag for block in result.conversion.kept] == [tag]
    assert result.conversion.kept[0].reason
    for render in RENDERERS.values():
        assert beautiful_soup(render(result.text)) == beautiful_soup(html)


@given(well_formed_bodies)
def test_no_text_is_lost_or_moved(body: str) -> None:
    before = artlint.fix(body, path="a.html")
    after = artlint.fix(body, path="a.html", config=TO_MARKDOWN)
    hypothesis.assume(not before.refused and not after.refused and after.conversion)
    # A line on its own may be a note to a rule that it was not inside its element.
    hypothesis.assume(len(before.ledger) == len(after.ledger))
    source = Html(before.text)
    for render in RENDERERS.values():
        rendered = Html(render(after.text))
        assert "".join(rendered.root.text.split()) == "".join(source.root.text.split())
        for selector, name in (("a[href]", "href"), ("img[src]", "src")):
            targets = [link.attribute(name) for link in rendered.select(selector)]
            assert targets == [link.attribute(name) for link in source.select(selector)]


@given(well_formed_bodies)
def test_conversion_is_stable(body: str) -> None:
    first = artlint.fix(body, path="a.html", config=TO_MARKDOWN)
    hypothesis.assume(not first.refused)
    again = artlint.fix(first.text, path="a.md", config=TO_MARKDOWN)
    assert again.refused or again.text == first.text


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("# A\n\n*b* **c**\n", "<h1>A</h1>\n\n<p><em>b</em> <strong>c</strong></p>\n"),
        ("- a\n- b\n", "<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>\n"),
        ("```js\na\n```\n", '<pre><code class="language-js">a\n</code></pre>\n'),
        ("a ~~b~~ `c`\n", "<p>a <del>b</del> <code>c</code></p>\n"),
    ],
)
def test_markdown_becomes_html(markdown: str, html: str) -> None:
    result = artlint.fix(markdown, path="a.md", config=TO_HTML)
    assert result.text == html
    assert artlint.fix(html, path="a.html", config=TO_MARKDOWN).text == markdown.replace("*b*", "*b*")


# Markdown beyond CommonMark, and what is left beside blocks of HTML, with the HTML it becomes.
TO_HTML_PAIRS = [
    ("- [x] done\n- [ ] to do\n", "<ul>\n  <li>☑ done</li>\n  <li>☐ to do</li>\n</ul>\n"),
    ("# A {#b-c}\n\nB {#d}\n---\n", '<h1 id="b-c">A</h1>\n\n<h2 id="d">B</h2>\n'),
    ("See https://a.b/c_d, or www.e.f.\n", None),
    ("(https://a.b/(c)) *https://a.b/c*; https://a.b/?c=d&e=f&amp;\n", None),
    ("Write to a.b-c@d.e, or x@y.\n", None),
    ("| a |\n| --- |\n| https://a.b/c |\n", None),
    ("`https://a.b` [x](https://c.d) <code>https://e.f</code>\n", None),
    ("https://localhost/ https://a_b.c_d/ ftp://a.b\n", None),
    ("见：https://a.b/c 。\n", '<p>见：<a href="https://a.b/c">https://a.b/c</a> 。</p>\n'),
    ("见 https://a.b/c。\n", "<p>见 https://a.b/c。</p>\n"),
    ("A\n\n<p>b</p>\n*c* d\n", "<p>A</p>\n\n<p>b</p>\n\n<p>*c* d</p>\n"),
    ("<hr>\n*c*\n", "<hr>\n\n<p>*c*</p>\n"),
    ('<img src="a.png" alt="A">\n*b*\n', '<p><img src="a.png" alt="A"> *b*</p>\n'),
    ('<a href="u">\n[c](d)\n</a>\n\nx\n', '<p><a href="u"> [c](d) </a></p>\n\n<p>x</p>\n'),
    ("<table><tr><td>a</table>\n- b\n", None),
]


@pytest.mark.parametrize(("markdown", "html"), TO_HTML_PAIRS)
def test_gfm_becomes_html_once(markdown: str, html: str | None) -> None:
    config = artlint.Config(select=("HTM900",), to="html")
    result = artlint.fix(markdown, path="a.md", config=config)
    assert result.refused is None
    assert html in (None, result.text)
    if html is None:
        seen, wanted = beautiful_soup(result.text), beautiful_soup(_cmark_gfm(markdown))
        assert (seen.text, seen.links) == (wanted.text, wanted.links)
    # In a file that may be Markdown it says what it says as HTML, and is not converted again.
    assert beautiful_soup(_cmark_gfm(result.text)).text == beautiful_soup(result.text).text
    assert artlint.fix(result.text, path="a.md", config=config).text == result.text


def test_round_trip_of_the_seed(seed: str) -> None:
    fixed = artlint.fix(seed, path="a.txt").text
    markdown = artlint.fix(seed, path="a.txt", config=TO_MARKDOWN)
    assert markdown.conversion is not None
    assert (markdown.conversion.blocks, markdown.conversion.kept) == (42, ())
    assert artlint.fix(markdown.text, path="a.txt", config=TO_HTML).text == fixed


@pytest.mark.parametrize(
    ("text", "config", "reason"),
    [
        ("<p>{{ x }}</p>", TO_MARKDOWN, "template code is not converted"),
        ("{{ x }}\n", TO_HTML, "template code is not converted"),
        ("<table><tr><td>1</td>a</tr></table>", TO_MARKDOWN, "does not nest"),
        ("# A\n{: .wide}\n", TO_HTML, "`{: .wide}` is not CommonMark"),
        ("A note[^1]\n", TO_HTML, "`[^1]` is not CommonMark"),
        ("# A {#b .c}\n", TO_HTML, "`{#b .c}` is not CommonMark but an attribute list"),
        ("![a](b){width=2}\n", TO_HTML, "an attribute list"),
        ("A\n: b\n", TO_HTML, "`: b` is not CommonMark but a definition list"),
        ("The A is\n\n*[A]: b\n", TO_HTML, "an abbreviation"),
        ("A^[note]\n", TO_HTML, "a footnote in the text"),
        ("==A==\n", TO_HTML, "marked text"),
        ("::: note\nA\n:::\n", TO_HTML, "a container"),
        ("> [!NOTE]\n> A\n", TO_HTML, "a callout"),
        ("[TOC]\n", TO_HTML, "a table of contents"),
        ("$$x$$\n", TO_HTML, "a formula"),
        ('<div markdown="1">\n*a*\n</div>\n', TO_HTML, "holds Markdown"),
    ],
)
def test_what_is_not_converted(text: str, config: artlint.Config, reason: str) -> None:
    result = artlint.fix(
        text, path="a.html" if config is TO_MARKDOWN and text.startswith("<") else "a.md", config=config
    )
    assert reason in (result.refused or "")
    assert result.text == text


def test_code_may_show_any_syntax() -> None:
    markdown = "```\n$$ {: .x} ==a== [^1]\n```\n\n`: b` and `{#c}`\n"
    result = artlint.fix(markdown, path="a.md", config=TO_HTML)
    assert "<pre><code>$$ {: .x} ==a== [^1]\n</code></pre>" in result.text


def test_the_docs_name_what_is_refused() -> None:
    page = (ROOT / "docs" / "conversion.md").read_text(encoding="utf-8")
    for _, what in CONSTRUCTS:
        assert f"| {what.removeprefix('a ').removeprefix('an ')}" in page


def test_the_torture_file_of_the_docs() -> None:
    page = (ROOT / "docs" / "conversion.md").read_text(encoding="utf-8")
    before, after = re.findall(r"^`{5}\w+ (?:before|after)\n(.*?)^`{5}$", page, re.DOTALL | re.MULTILINE)
    config = artlint.Config(select=("HTM900",), to="markdown")
    result = artlint.fix(before, path="a.html", config=config)
    assert result.text == after
    assert result.conversion is not None
    for block in result.conversion.kept:
        assert f"| {block.line} | `{block.tag}` | {block.reason} |" in page
        assert after.split("\n")[block.line - 1].startswith(f"<{block.tag}")
    for render in RENDERERS.values():
        assert beautiful_soup(render(after)) == beautiful_soup(before)


def test_a_player_stays_html_with_its_sources() -> None:
    body = '<p>One</p><video controls><source src="v.mp4"></video>'
    result = artlint.fix(body, config=TO_MARKDOWN)
    assert result.refused is None
    assert '<source src="v.mp4">' in result.text


def test_command_line(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<h2>A</h2><dl><dt>T<dd>D</dl>", encoding="utf-8")
    (tmp_path / "b.txt").write_text("---\ntitle: B\ndate: 2020-01-02\n---\n<p>One.</p>", encoding="utf-8")
    refused = cli("fix", "--to", "markdown", "a.html")
    assert refused.returncode == 2
    assert "an HTML file would hold Markdown; add --rename" in refused.stdout
    ran = cli("fix", "--to", "markdown", "--rename", "a.html", "b.txt")
    head = "a.md: body converted, the file renamed from a.html; 1 of 2 blocks are Markdown"
    assert head in ran.stdout.splitlines()
    assert "  line 3 of the body stays HTML: GFM cannot say `<dl>`" in ran.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "b.md"]
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("## A\n\n<dl>")
    (tmp_path / "a.html").touch()
    back = cli("fix", "--to", "html", "--rename", "a.md")
    assert back.returncode == 2
    assert "a.html is there already" in back.stdout
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("## A")


SAID = "<p>会议“闭幕。</p>\n"  # a finding that no fix mends


def test_what_a_conversion_did_is_said(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(SAID, encoding="utf-8")
    planned = cli("fix", "--diff", "--to", "markdown", "--rename", "--select", "CJK", "a.html")
    head = "a.html: body would be converted, the file renamed a.md; 1 of 1 block is Markdown"
    assert head in planned.stdout.splitlines()
    assert "1 conversion would change 1 file of 1; nothing was written." in planned.stdout
    ran = cli("fix", "--to", "markdown", "--rename", "--select", "CJK", "a.html")
    lines = ran.stdout.splitlines()
    assert lines[0] == "a.md: body converted, the file renamed from a.html; 1 of 1 block is Markdown"
    assert lines[2].startswith("a.md:1:3 CJK")
    assert "1 conversion changed 1 file of 1." in lines
    assert not any(line.startswith("a.html") or "0 fixes" in line for line in lines)


def test_programs_are_told_of_a_new_name(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(SAID, encoding="utf-8")
    options = ("--to", "markdown", "--rename", "--output-format", "json", "a.html")
    for diff, path in (("--diff", "a.html"), ("-q", "a.md")):
        report = json.loads(cli("fix", diff, *options).stdout)
        assert report["files"][0]["path"] == path
        assert report["files"][0]["renamed"] == {"from": "a.html", "to": "a.md"}
        assert report["summary"]["converted"] == 1


def test_a_new_name_needs_a_conversion(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(SAID, encoding="utf-8")
    ran = cli("fix", "--rename", "a.html")
    assert ran.returncode == 2
    assert "`--rename` is about converted files; add `--to markdown` or `--to html`" in ran.stderr
