"""The allow-list: what the body of a published article may contain.

Data only. Elements and attributes follow the HTML Standard, without everything that runs, embeds,
submits or restyles the page around the article.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Policy:
    """``attributes`` are allowed by element; ``any_element`` on every one.

    ``prefixes`` are allowed attribute prefixes; ``schemes`` the URL schemes of links and sources.
    ``media_hosts`` are the hosts that an ``iframe`` may show.
    """

    elements: frozenset[str]
    attributes: dict[str, frozenset[str]]
    any_element: frozenset[str]
    prefixes: frozenset[str]
    schemes: frozenset[str]
    media_hosts: frozenset[str]

    def allows_attribute(self, tag: str, name: str) -> bool:
        return (
            name in self.any_element
            or name in self.attributes.get(tag, frozenset())
            or any(name.startswith(prefix) for prefix in self.prefixes)
        )


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARTICLE = Policy(
    elements=_words(
        """a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite
        code col colgroup data dd del details dfn dir div dl dt em figcaption figure font footer h1 h2
        h3 h4 h5 h6 header hgroup hr i iframe img ins kbd li main mark menu nav ol p picture pre q rb
        rp rt rtc ruby s samp section small source span strike strong sub summary sup table tbody td
        tfoot th thead time tr track tt u ul var video wbr"""
    ),
    attributes={
        "a": _words("href hreflang name rel target download type"),
        "audio": _words("src controls preload loop muted"),
        "blockquote": _words("cite"),
        "col": _words("span width align"),
        "colgroup": _words("span width align"),
        "data": _words("value"),
        "del": _words("cite datetime"),
        "details": _words("open"),
        "font": _words("color face size"),
        "iframe": _words(
            "src width height allow allowfullscreen frameborder loading scrolling referrerpolicy"
        ),
        "img": _words(
            "src srcset sizes alt width height align border hspace vspace loading decoding"
            " referrerpolicy crossorigin"
        ),
        "ins": _words("cite datetime"),
        "li": _words("value type"),
        "ol": _words("start reversed type"),
        "q": _words("cite"),
        "source": _words("src srcset sizes type media width height"),
        "table": _words("align border cellpadding cellspacing summary width"),
        "td": _words("abbr align colspan headers rowspan scope valign width height"),
        "th": _words("abbr align colspan headers rowspan scope valign width height"),
        "time": _words("datetime"),
        "track": _words("src kind srclang label default"),
        "tr": _words("align valign"),
        "ul": _words("type"),
        "video": _words("src poster width height controls preload loop muted playsinline"),
    },
    any_element=_words("id class style dir lang title role align itemprop itemscope itemtype markdown"),
    prefixes=_words("data- aria-"),
    schemes=_words("http https mailto tel ftp"),
    media_hosts=_words(
        """www.youtube.com www.youtube-nocookie.com youtube.com player.vimeo.com player.bilibili.com
        player.youku.com v.qq.com open.spotify.com w.soundcloud.com www.slideshare.net speakerdeck.com
        codepen.io www.google.com asciinema.org"""
    ),
)
