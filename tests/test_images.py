"""Images: lazy sources, proxies, hosts that refuse, and what stands for a picture."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

import artlint

REAL = "https://example.com/a.png?x=1&y=2"
WRITTEN = REAL.replace("&", "&amp;")


def _sources(article: str, path: str = "article.md") -> list[str]:
    fixed = artlint.fix(article, path=path).text
    return [str(image.get("src", "")) for image in BeautifulSoup(fixed, "lxml").find_all("img")]


@pytest.mark.parametrize(
    "name", ["data-src", "data-original", "data-original-src", "data-actualsrc", "data-lazy-src"]
)
@pytest.mark.parametrize(
    "placeholder",
    [
        "",
        'src=""',
        'src="/images/loading.gif"',
        'src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"',
    ],
)
def test_the_real_source_takes_the_place_of_a_placeholder(name: str, placeholder: str) -> None:
    for attributes in (f'{placeholder} {name}="{WRITTEN}"', f'{name}="{WRITTEN}" {placeholder}'):
        assert _sources(f'<p><img {attributes} alt="A"></p>') == [REAL]


def test_a_real_source_is_kept() -> None:
    body = '<p><img src="https://example.com/small.png" data-original="https://example.com/large.png"></p>'
    assert _sources(body) == ["https://example.com/small.png"]


def test_the_real_source_survives_when_its_rule_is_off() -> None:
    body = '<p><img src="/img/loading.gif" data-src="https://example.com/a.png"></p>'
    fixed = artlint.fix(body, config=artlint.Config(ignore=("IMG001",))).text
    assert "https://example.com/a.png" in fixed


@pytest.mark.parametrize(
    "proxied",
    [
        "https://cors.zfour.workers.dev/?http://example.com/a.png",
        "https://cors-anywhere.herokuapp.com/http://example.com/a.png",
        "https://images.weserv.nl/?url=http%3A%2F%2Fexample.com%2Fa.png&amp;w=300",
        "https://pic1.xuehuaimg.com/proxy/http://example.com/a.png",
        "https://external-content.duckduckgo.com/iu/?u=http%3A%2F%2Fexample.com%2Fa.png&amp;f=1",
    ],
)
def test_proxies_are_unwrapped(proxied: str) -> None:
    assert _sources(f'<p><img src="{proxied}" alt="A"></p>') == ["http://example.com/a.png"]
    markdown = artlint.fix(f"![A]({proxied})\n").text
    assert markdown == "![A](http://example.com/a.png)\n"


def test_hosts_that_refuse_others_get_a_referrer_policy_once() -> None:
    body = '<p><img src="https://mmbiz.qpic.cn/a/640" alt="A"></p>\n'
    result = artlint.fix(body)
    assert result.text.count('referrerpolicy="no-referrer"') == 1
    assert result.ledger == ()
    assert not artlint.fix(result.text).changed
    (found,) = artlint.lint("![A](https://mmbiz.qpic.cn/a/640)\n")
    assert (found.code, found.fix) == ("IMG003", None)


def test_policy_of_a_proxied_picture() -> None:
    body = '<p><img src="https://images.weserv.nl/?url=https://wx1.sinaimg.cn/a.jpg" alt="A"></p>\n'
    fixed = artlint.fix(body).text
    assert fixed == '<p><img src="https://wx1.sinaimg.cn/a.jpg" alt="A" referrerpolicy="no-referrer"></p>\n'


def test_a_counter_goes_and_an_unknown_dot_waits_for_a_person() -> None:
    known = '<p>One.<img src="https://pixel.wp.com/b.gif?x=1" width="1" height="1" alt=""></p>\n'
    unknown = '<p>One.<img src="https://example.com/b.gif?x=1" width="1" height="1" alt=""></p>\n'
    assert artlint.fix(known).text == "<p>One.</p>\n"
    assert "<img" in artlint.fix(unknown).text
    assert artlint.fix(unknown, unsafe=True).text == "<p>One.</p>\n"
    (entry,) = artlint.fix(known).ledger
    assert (entry.kind, entry.removed) == ("image", "https://pixel.wp.com/b.gif?x=1")
