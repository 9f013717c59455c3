"""Links: which URLs are unwrapped, trimmed or left, in HTML and in Markdown."""

from __future__ import annotations

import pytest

import artlint
from artlint.data.redirectors import REDIRECTORS, Redirector
from artlint.document import Document
from artlint.source import Source

LNK = artlint.Config(select=("LNK",), format=False)
TARGET = "https://example.com/a?b=1&c=%E6%96%87#d"
CARRIED = "https%3A%2F%2Fexample.com%2Fa%3Fb%3D1%26c%3D%25E6%2596%2587%23d"


@pytest.mark.parametrize("redirector", REDIRECTORS, ids=lambda r: f"{r.host}{r.path}")
def test_every_redirector_is_unwrapped(redirector: Redirector) -> None:
    host, path, parameter = redirector
    host = "eu" + host if host.startswith(".") else host.replace("*", "com.hk")
    query = f"x=1&{parameter}={CARRIED}&y=2" if parameter else TARGET
    url = f"https://{host}{path}?{query}"
    fixed = artlint.fix(f"[A]({url})\n", config=LNK).text
    assert fixed == f"[A]({TARGET})\n"
    escaped = url.replace("&", "&amp;")
    fixed = artlint.fix(f"<p><a href='{escaped}'>A</a></p>", config=LNK).text
    assert fixed == f"<p><a href='{TARGET.replace('&', '&amp;')}'>A</a></p>"


@pytest.mark.parametrize(
    "url",
    [
        "https://link.zhihu.com/?target=javascript%3Aalert(1)",
        "https://link.zhihu.com/?target=%2Flocal",
        "https://link.zhihu.com/?target=https%3A%2F%2F",
        "https://link.zhihu.com/?target=https%3A%2F%2Fuser%40evil.example",
        "https://link.zhihu.com/?target=https%3A%2F%2Fa.example%2F%B9",
        "https://link.zhihu.com/?target=data%3Atext%2Fhtml%2Cx",
        "https://link.zhihu.com.evil.example/?target=https%3A%2F%2Fa.example",
        "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fa.example",
        "https://service.weibo.com/share/share.php?url=https%3A%2F%2Fa.example",
        "https://web.archive.org/web/2020/https://a.example/",
        "https://[broken/?target=https%3A%2F%2Fa.example",
    ],
)
def test_other_links_are_no_redirectors(url: str) -> None:
    found = artlint.lint(f'<p><a href="{url}">A</a></p>', config=artlint.Config(select=("LNK001",)))
    assert found == []


def test_an_unwrapped_link_stands_in_the_ledger() -> None:
    body = '<p><a href="https://link.csdn.net/?target=https%3A%2F%2Fexample.com%2F">A</a></p>'
    (entry,) = artlint.fix(body, config=LNK).ledger
    assert (entry.kind, entry.code, entry.inserted) == ("link", "LNK001", "https://example.com/")
    assert entry.removed.startswith("https://link.csdn.net/")


def test_tracking_parameters_go_and_the_rest_stays_byte_for_byte() -> None:
    urls = {
        "https://example.com/?utm_source=a": "https://example.com/",
        "https://example.com/?a=%e4&utm_source=a&B=+#utm_x": "https://example.com/?a=%e4&B=+#utm_x",
        "https://example.com/?from=singlemessage&isappinstalled=0&id=1": "https://example.com/?id=1",
        "https://www.bilibili.com/video/BV1?p=2&spm_id_from=333&vd_source=x": "https://www.bilibili.com/video/BV1?p=2",
        "https://youtu.be/abc?si=xyz&t=10": "https://youtu.be/abc?t=10",
    }
    for url, clean in urls.items():
        assert artlint.fix(f"[A]({url})\n", config=LNK).text == f"[A]({clean})\n"
    for url in ("https://example.com/?si=1&from=map&t=2", "https://bilibili.example/?spm_id_from=1"):
        assert not artlint.fix(f"[A]({url})\n", config=LNK).changed


def test_spans_of_markdown_constructs() -> None:
    text = (
        '---\ntitle: A\n---\n\n# 标题 *x*\n\n看 [一 `b`](http://x.y/a_(b) "t") 与 ![图](<a b.png>) 和 <https://q.r/x>\n'
        "[z](http://z.y/?a&amp;b) [r][ref]\n\n> [q](/q)\n\nSetext\n===\n\n[ref]: http://r.y/x 'ti'\n[^1]: http://n.y\n\n"
        '`[c](http://c.y)` <a href="/e">e</a>\n'
    )
    document = Document(Source.from_text(text))
    shown = [(link.kind, text[slice(*link.url_span)], link.url, link.text) for link in document.links]
    assert shown == [
        ("link", "http://x.y/a_(b)", "http://x.y/a_(b)", "一 b"),
        ("autolink", "https://q.r/x", "https://q.r/x", "https://q.r/x"),
        ("link", "http://z.y/?a&amp;b", "http://z.y/?a&b", "z"),
        ("link", "/q", "/q", "q"),
        ("definition", "http://r.y/x", "http://r.y/x", "ref"),
        ("element", "/e", "/e", "e"),
    ]
    assert [(i.url, i.text, text[slice(*i.url_span)]) for i in document.images] == [
        ("a b.png", "图", "a b.png")
    ]
    assert [(h.level, h.text) for h in document.headings] == [(1, "标题 x"), (1, "Setext")]
    assert all(text[slice(*link.span)] for link in document.links)


def test_an_unquoted_attribute_gets_quotes() -> None:
    body = "<p><a href=https://link.zhihu.com/?target=https%3A//example.com/x>A</a></p>"
    fixed = artlint.fix(body, config=LNK).text
    assert fixed == '<p><a href="https://example.com/x">A</a></p>'


def test_a_markdown_link_stands_in_the_ledger_as_a_link() -> None:
    text = (
        "[A](https://link.csdn.net/?target=https%3A%2F%2Fexample.com%2F)"
        " ![B](https://i0.wp.com/b.example/b.png)\n"
    )
    result = artlint.fix(text)
    assert not result.refused
    assert [(entry.kind, entry.inserted) for entry in result.ledger] == [
        ("link", "https://example.com/"),
        ("image", "https://b.example/b.png"),
    ]


@pytest.mark.parametrize("blank", [" ", "&nbsp;", "<span> </span>", "\n"])
def test_a_link_without_text_parts_words(blank: str) -> None:
    body = f'<p>One<a href="/u">{blank}</a>two <a href="/v">{blank}</a>three.</p>\n'
    assert artlint.fix(body, path="a.html", unsafe=True).text == "<p>One two three.</p>\n"
