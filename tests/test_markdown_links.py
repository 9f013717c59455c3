"""Links and pictures of Markdown live on, or stand in the ledger; cmark-gfm says which live."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from urllib.parse import unquote

import cmarkgfm
import hypothesis
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st

import artlint
from tests.judges import beautiful_soup, body_of

HEAD = "---\ntitle: A\ndate: 2020-01-02\n---\n\n"


def _targets(article: str) -> Counter[str]:
    """The URLs that a reader of CommonMark gets, links and pictures alike, without what tracks the reader."""
    seen = beautiful_soup(cmarkgfm.markdown_to_html(body_of(article), Options.CMARK_OPT_UNSAFE))
    return _counted((*seen.links, *seen.images))


def _counted(urls: Iterable[str]) -> Counter[str]:
    return Counter(unquote(url.partition("?")[0]) for url in urls)


def _fixed(body: str, unsafe: bool = False) -> str:
    result = artlint.fix(HEAD + body, path="post.md", unsafe=unsafe)
    assert result.refused is None
    assert artlint.fix(result.text, path="post.md", unsafe=unsafe).text == result.text
    return result.text.removeprefix(HEAD)


@pytest.mark.parametrize(
    ("body", "fixed"),
    [
        ("![x](<a b.png>)\n", "![x](a%20b.png)\n"),
        ("[z](<title page.png>)\n", "[z](title%20page.png)\n"),
        ('![x](<video 1.mp4> "t")\n', '![x](video%201.mp4 "t")\n'),
        ("See [x]\n\n[x]: <a b.png>\n", "See [x]\n\n[x]: a%20b.png\n"),
        ("> See [x]\n>\n> [x]:\n> <a b.png>\n", "> See [x]\n>\n> [x]:\n> a%20b.png\n"),
        ("[x](<a (b) \\<c\\>.png>)\n", "[x](a%20\\(b\\)%20&lt;c\\>.png)\n"),
        ("[x](<a 1\\2 3\\.png>)\n", "[x](a%201\\\\2%203\\.png)\n"),
        ("[x](<a b.png>) and <my name>\n", "[x](a%20b.png) and &lt;my name>\n"),
        ("<https://a.b/onclick=y_z>\n", "[https://a.b/onclick=y\\_z](https://a.b/onclick=y_z)\n"),
    ],
)
def test_a_url_in_brackets_is_no_tag(body: str, fixed: str) -> None:
    assert _fixed(body) == fixed
    assert _targets(fixed) == _targets(body) != Counter()


@pytest.mark.parametrize(
    "body",
    [
        "<tel:10086>\n",
        "<TEL:10086> and <sms:1> and <xmpp:a@b>\n",
        "<ops@localhost>\n",
        "<User@Host> and &lt;my name>\n",
        "[x](<b>) and [y](<u>)\n",
    ],
)
def test_autolinks_of_the_policy_stay(body: str) -> None:
    assert _fixed(body) == body


@pytest.mark.parametrize(
    "inside",
    [
        "<https://example.com/a> and ![b](/c.jpg)",
        "<me@example.com>",
        "<b>Note</b>: see [a](/b)",
        "<b>Note</b>: *a*, `b`",
        '<img src="/a.jpg"> [a][b]\n\n[b]: /c',
    ],
)
@pytest.mark.parametrize("tag", ["div", "details", "section"])
def test_a_paragraph_of_markdown_inside_of_markup_may_start_with_a_tag(inside: str, tag: str) -> None:
    """Taken for HTML, its links and marks would become text."""
    body = f"<{tag}>\n\n{inside}\n\n</{tag}>\n"
    result = artlint.fix(body, path="a.md")
    assert (result.text, result.ledger, result.refused) == (body, (), None)


def test_markup_with_blank_lines_is_html() -> None:
    for inside in ("<b>Note</b>: a * b", '<a href="/a_b_c">a</a> one', "<b>\n[a](/b)</b>", "<p>[a](/b)</p>"):
        assert artlint.fix(f"<div>\n\n{inside}\n\n</div>\n", path="a.md").changed


def test_autolinks_stay_beside_what_is_no_tag() -> None:
    assert _fixed("<my name>, <user@host>, <tel:1>\n") == "&lt;my name>, <user@host>, <tel:1>\n"


# What a rule would change in the text of a reference, which is the name of its definition.
REFERENCES = [
    ("[<span>a</span>]", "<span>a</span>", False),
    ("[a\x03b]", "a\x03b", False),
    ("[会\u200b议][]", "会\u200b议", False),
    ("[a\ufeffb]", "a\ufeffb", False),
    ("[金\uf90a]", "金\uf90a", False),
    ("[中文,文]", "中文,文", True),
    ("[２０]", "２０", True),
    ("[中文--中文]", "中文--中文", True),
    ("[会议 。]", "会议 。", True),
    ("![中文...文][]", "中文...文", True),
    ("![中文...文]", "中文...文", True),
    ('["中文"]', '"中文"', True),
]


@pytest.mark.parametrize(("link", "label", "unsafe"), REFERENCES)
def test_the_text_of_a_reference_is_its_name(link: str, label: str, unsafe: bool) -> None:
    body = f"见 {link}。\n\n[{label}]: u\n"
    found = artlint.lint(HEAD + body, path="post.md")
    assert found, "a person hears of it"
    assert not any(each.fix for each in found)
    assert _fixed(body, unsafe) == body


@pytest.mark.parametrize("text", ["[a]{}[b]", "[a]{}(c)", "[a]{}: d", "!{}[a]", "[c]{}[a]"])
def test_nothing_comes_next_to_a_reference_that_makes_another_link_of_it(text: str) -> None:
    definitions = "\n\n[a]: u\n\n[b]: v\n"
    body = text.format("\x03") + definitions
    assert _fixed(body) == body
    assert _fixed(text.format(" \x03") + definitions) == text.format(" ") + definitions


def test_a_text_with_a_definition_of_another_name_is_edited() -> None:
    assert _fixed("[中文--文][文--文]\n\n[文--文]: u\n", True) == "[中文——文][文--文]\n\n[文--文]: u\n"
    assert _fixed("[中文--文]\n\n[文]: u\n", True) == "[中文——文]\n\n[文]: u\n"
    assert _fixed("见 [中文--文]\n", True) == "见 [中文——文]\n"


@pytest.mark.parametrize(
    ("body", "fixed"),
    [
        (
            '[<b style="x">a</b>]\n\n[<b style="x">a</b>]: u "t"\n',
            '[<b>a</b>](u "t")\n\n[&lt;b style="x">a&lt;/b>]: u "t"\n',
        ),
        ("[pay \u202e1]\n\n[pay \u202e1]: u\n", "[pay 1](u)\n\n[pay 1]: u\n"),
        ("![a\u202eb][] c\n\n[a\u202eb]: u\n", "![ab](u) c\n\n[ab]: u\n"),
        ("[x][a\u202eb] y\n\n[a\u202eb]: u\n", "[x](u) y\n\n[ab]: u\n"),
        ("[x][ab] and [ab]\n\n[a\u202eb]: u\n", "[x][ab] and [ab]\n\n[ab]: u\n"),
    ],
)
def test_what_is_dangerous_goes_and_the_link_stays(body: str, fixed: str) -> None:
    assert _fixed(body) == fixed
    assert _targets(fixed) >= _targets(body)


@pytest.mark.parametrize("title", ['"中文,文"', "'中文,中文'", "(中文,中文)", '\n   "中文"', '\n"中\n文,文"'])
def test_the_title_of_a_definition_is_no_prose(title: str) -> None:
    body = f"见 [a]。\n\n[a]: u {title}\n"
    assert _fixed(body, unsafe=True) == body


@pytest.mark.parametrize("definition", ["[a]:\n  中文,文.html", "[a]:中文,文.html", "- [a]: 中文,文.html"])
def test_the_url_of_a_definition_is_no_prose(definition: str) -> None:
    body = f"见 [a]。\n\n{definition}\n"
    assert _fixed(body, unsafe=True) == body


def test_the_name_of_a_footnote_is_no_prose() -> None:
    body = "见[^２０]。\n\n[^２０]: 中文。\n"
    assert _fixed(body, unsafe=True) == body


def test_the_ledger_names_links_that_go() -> None:
    result = artlint.fix(f"{HEAD}One [x](javascript:y()) and ![z]\n\n[z]: javascript:y()\n", path="post.md")
    gone = [(entry.kind, entry.removed, entry.inserted) for entry in result.ledger if entry.kind != "text"]
    assert ("link", "javascript:y()", "") in gone


LABELS = ("a", "中文,文", "会\u200b议", "<b>c</b>", '<b style="x">d</b>', "e\u202ef", "２０", "g h")
URLS = ("u", "<a b.png>", "/x?utm_source=y", "https://example.com/(z)", "<title.png>", "v 't \"中文\" ,'")
PARTS = st.one_of(
    st.sampled_from(
        ["One ", "中文,文", "\n\n", "\n", "> ", "- ", "<p>x</p>", "<custom>", "\u200b", "“", "[END]"]
    ),
    st.builds("[{}]".format, st.sampled_from(LABELS)),
    st.builds("![{}][]".format, st.sampled_from(LABELS)),
    st.builds("[{}][{}]".format, st.sampled_from(LABELS), st.sampled_from(LABELS)),
    st.builds("![{}]({})".format, st.sampled_from(LABELS), st.sampled_from(URLS)),
    st.builds("\n\n[{}]: {}\n\n".format, st.sampled_from(LABELS), st.sampled_from(URLS)),
    st.sampled_from(["<tel:1>", "<a@b>", "<https://a.b/onclick=c>", "<urn:x>"]),
)


@given(st.lists(PARTS, min_size=2, max_size=8).map("".join), st.booleans())
def test_no_link_dies_unnamed(body: str, unsafe: bool) -> None:
    result = artlint.fix(HEAD + body, path="post.md", unsafe=unsafe)
    hypothesis.assume(not result.refused)
    before, after = _targets(HEAD + body), _targets(result.text)
    named = _counted(entry.removed for entry in result.ledger if entry.kind in ("link", "image"))
    assert after + named >= before
