"""Images: lazy sources, proxies, hosts that refuse, and what stands for a picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import artlint
from tests.test_pack_format import write_pack

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


LAZY = {
    "a name beside it": ('<p><img src="loading.gif" data-src="images/real.jpg"></p>', "images/real.jpg"),
    "another stand-in": (
        '<p><img src="placeholder.gif" data-original="https://a.example/b.jpg"></p>',
        "b.jpg",
    ),
    "a short name": ('<p><img data-src="https://a.example/b.jpg"></p>', "b.jpg"),
    "a name with a blank": ('<p><img data-src="two words.jpg"></p>', "two words.jpg"),
    "no source": ('<p><img data-src="two.jpg"></p>', "two.jpg"),
    "sizes": ('<p><img data-srcset="a.jpg 1x, b.jpg 2x"></p>', "a.jpg 1x, b.jpg 2x"),
    "sizes of nothing": ('<p><img srcset="data:image/gif;base64,AAAA 1w" data-src="a.jpg"></p>', "a.jpg"),
    "sizes of a stand-in": (
        '<p><img src="data:image/gif;base64,R0lGODlhAQABA" data-srcset="a.jpg"></p>',
        "a.jpg",
    ),
    "a drawing": ('<p><img src="logo-of-site.gif" data-src="a.jpg"></p>', "a.jpg"),
    "unknown": ('<p><img data-of-our-script="a.jpg"></p>', "a.jpg"),
    "unknown, no file": ('<p><img data-image="https://a.example/b"></p>', "https://a.example/b"),
    "picture": ('<picture><source data-srcset="a.webp"><img data-src="a.jpg"></picture>', 'srcset="a.webp"'),
    "picture of a source": ('<picture><source srcset="a.webp"><img src="blank.gif"></picture>', "blank.gif"),
    "without scripts": ('<p><img src="loading.gif"><noscript><img src="a.jpg"></noscript></p>', "a.jpg"),
    "only without scripts": ('<p>A</p><noscript><p>B <img src="a.jpg"></p></noscript>', "a.jpg"),
    "video": ('<p>A</p><video data-src="a.mp4" controls></video>', ' src="a.mp4"'),
    "poster": ('<p>A</p><video data-poster="a.jpg" src="b.mp4"></video>', ' poster="a.jpg"'),
    "source": ('<p>A</p><audio controls><source data-src="a.mp3"></audio>', ' src="a.mp3"'),
    "frame": (
        '<p>A</p><iframe data-src="https://www.youtube.com/embed/a"></iframe>',
        'href="https://www.youtube',
    ),
    "picture of a fast page": ('<p>A <amp-img src="a.jpg"></amp-img></p>', ' src="a.jpg"'),
    "behind what runs": ('<p>A <img src="javascript:b" data-src="a.jpg"></p>', ' src="a.jpg"'),
    "link": (
        '<p>A <a href="javascript:;" data-href="https://a.example/b">c</a></p>',
        '"https://a.example/b"',
    ),
    "frame without scripts": (
        '<p>A</p><noscript><iframe src="https://www.youtube.com/embed/a"></iframe></noscript>',
        'href="https://www.youtube',
    ),
}


@pytest.mark.parametrize("path", ["article.md", "article.html"])
@pytest.mark.parametrize(("body", "stays"), LAZY.values(), ids=list(LAZY))
def test_what_a_script_was_to_load_stays(body: str, stays: str, path: str) -> None:
    for article in (body, f"Text\n\n{body}\n" if path.endswith(".md") else body):
        result = artlint.fix(article, path=path)
        assert result.refused is None
        assert stays in result.text
        again = artlint.fix(article, path=path, config=artlint.Config(ignore=("IMG001",)))
        assert again.refused is None
        assert stays.split('"')[-2 if stays.endswith('"') else -1] in again.text


def test_a_picture_without_scripts_is_shown_once() -> None:
    body = (
        '<p><img src="data:image/png;base64,AAAA" data-src="https://a.example/b.jpg">'
        '<noscript><img src="https://a.example/b.jpg"></noscript></p>'
        '<div><img src="/loading.gif" data-src="c.jpg"></div><noscript><img src="c.jpg"></noscript>'
        '<noscript><img src="https://a.example/count" width="1" height="1"></noscript>'
    )
    assert _sources(body) == ["https://a.example/b.jpg", "c.jpg"]
    removed = [entry.removed for entry in artlint.fix(body).ledger if entry.code == "SEC001"]
    assert "https://a.example/count" in removed


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


@pytest.mark.parametrize(
    ("body", "address"),
    [
        ('<p>A <img src="loading.gif" class="x" data-src="a.jpg"></p>', "a.jpg"),
        ('<p>A <img class="x" data-src="a.jpg 1x" data-srcset="b.jpg 2x"></p>', "b.jpg"),
        ('<p>A</p><video class="x" data-src="a.mp4"></video>', "a.mp4"),
        ('<p>A</p><audio><source class="x" data-src="a.mp3"></audio>', "a.mp3"),
        ('<p>A <img class="x" srcset="a.jpg 1x"></p>', "a.jpg"),
        ('<p>A <input type="image" class="x" src="a.jpg"></p>', "a.jpg"),
    ],
)
def test_who_removes_what_a_script_was_to_load_is_in_the_ledger(
    body: str, address: str, tmp_path: Path
) -> None:
    """Whatever rule does it: the element as a whole, or the attribute with its only address."""
    (entry,) = (
        entry
        for entry in artlint.fix(body, config=write_pack(tmp_path, "{select: '.x'}")).ledger
        if entry.removed == address
    )
    assert (entry.kind in ("image", "media"), entry.code) == (True, "MIN001")
    for name in ("data-src", "data-srcset", "srcset"):
        config = write_pack(tmp_path, f"{{attribute: {name}, on: '[{name}]'}}", "action: drop-attribute")
        result = artlint.fix(body, config=config)
        assert address in result.text or address in [entry.removed for entry in result.ledger]


@pytest.mark.parametrize("path", ["article.md", "article.html"])
@pytest.mark.parametrize(
    "attribute",
    [
        'data-bg="/a.jpg"',
        'data-background="url(/a.jpg)"',
        "data-lazy-background='/a.jpg'",
        'data-bg-src="/a.jpg"',
        'data-src="/a.jpg"',
        'background="/a.jpg"',
        'style="color: red; background: #fff url(&quot;/a.jpg&quot;) no-repeat"',
    ],
)
def test_a_picture_behind_text_is_in_the_ledger(attribute: str, path: str) -> None:
    for tag in ("div", "section", "span"):
        result = artlint.fix(f"<p>A</p>\n<{tag} {attribute}>B</{tag}>\n", path=path)
        assert result.refused is None
        if "/a.jpg" not in result.text:
            assert [(each.kind, each.removed) for each in result.ledger] == [("image", "/a.jpg")]
        assert path == "article.md" or "/a.jpg" not in result.text


@pytest.mark.parametrize("path", ["article.md", "article.html"])
@pytest.mark.parametrize(
    "body",
    [
        '<p>A</p><div class="hero" data-bg="a.jpg"></div>',
        '<p>A</p><a href="/b" data-background-image="url(\'a.jpg\')"></a>',
        '<figure><div role="img" data-bgset="a.jpg 1x"></div><figcaption>A</figcaption></figure>',
        '<p>A</p><p><span class="lazy" data-original="a.jpg"> </span></p>',
    ],
)
def test_an_empty_box_shows_the_picture_that_was_to_be_behind_it(body: str, path: str) -> None:
    result = artlint.fix(body, path=path)
    assert (result.refused, result.ledger) == (None, ())
    assert '<img src="a.jpg">' in result.text
    without = artlint.fix(body, path=path, config=artlint.Config(ignore=("IMG001",)))
    assert "a.jpg" in without.text or [each.removed for each in without.ledger] == ["a.jpg"]


def test_a_colour_is_no_picture() -> None:
    for value in ("#fff", "rgba(0,0,0,.5)", "0.5", "red", "linear-gradient(#000, #fff.5)", "/img/blank.gif"):
        assert (
            artlint.fix(f'<p>A</p>\n<div data-bg="{value}">B</div>\n<div data-bg="{value}"></div>\n').ledger
            == ()
        )


def test_a_picture_behind_itself_is_not_lost() -> None:
    result = artlint.fix('<div data-bg="a.jpg"><img src="a.jpg" alt="A"></div>\n')
    assert (result.text, result.ledger) == ('<p><img src="a.jpg" alt="A"></p>\n', ())


def test_the_picture_of_a_drawing_is_in_the_ledger() -> None:
    (entry,) = artlint.fix('<p>A</p><svg><image xlink:href="a.jpg"/></svg>').ledger
    assert (entry.kind, entry.removed, entry.code) == ("image", "a.jpg", "SEC001")
