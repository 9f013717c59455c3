"""The allow-list: what the body of a published article may contain.

Data only. Elements and attributes follow the HTML Standard (with what older editions had for looks),
without everything that runs, embeds, submits or restyles the page around the article.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import Any

from artlint.pattern_lazy import lazily
from artlint.remembered import remembered


class Policy:
    """What an article may contain; everything else is outside the policy.

    ``attributes`` are allowed by element, those under ``*`` on every one; an entry that ends in ``-``
    is a prefix. ``schemes`` are the URL schemes of links and sources; ``data_images`` says whether a
    picture may be a raster image in a ``data:`` URL. ``classes`` are patterns (``language-*``) of class
    names; ``css`` the properties that a ``style`` attribute may set. ``media_hosts`` are the hosts
    whose pages an ``iframe`` may show; ``rel`` the tokens of that attribute.
    """

    def __init__(
        self,
        *,
        elements: frozenset[str],
        attributes: dict[str, frozenset[str]],
        schemes: frozenset[str],
        classes: frozenset[str],
        css: frozenset[str],
        media_hosts: frozenset[str],
        rel: frozenset[str],
        data_images: bool,
    ) -> None:
        self.elements = elements
        self.attributes = attributes
        self.schemes = schemes
        self.classes = classes
        self.css = css
        self.media_hosts = media_hosts
        self.rel = rel
        self.data_images = data_images

    def with_values(self, **changes: Any) -> Policy:
        """The same policy with other values."""
        return Policy(**{**vars(self), **changes})

    def allows_attribute(self, tag: str, name: str) -> bool:
        """Whether the element may have the attribute; its value is another question."""
        return _allows_attribute(self, tag, name)

    def allows_class(self, name: str) -> bool:
        return any(fnmatchcase(name, pattern) for pattern in self.classes)

    def allows_url(self, tag: str, name: str, url: str) -> bool:
        """Whether an attribute of an element may hold a URL (decoded)."""
        if name == "srcset":
            return all(self.allows_url(tag, "src", part) for part in url.split(","))
        if not all(scheme in self.schemes for scheme in schemes_of(url)):
            return self.data_images and tag == "img" and bool(_RASTER.match(url))
        return tag != "iframe" or _host(url) in self.media_hosts

    def allows_style(self, style: str) -> bool:
        """Whether a ``style`` attribute sets only allowed properties, to plain values."""
        if any(mark in style for mark in "\\(@<&{") or "/*" in style:
            return False
        names = [part.partition(":")[0].strip().lower() for part in style.split(";") if part.strip()]
        return bool(names) and all(name in self.css for name in names)


@remembered(4096)
def _allows_attribute(policy: Policy, tag: str, name: str) -> bool:
    return any(
        name in names or any(name.startswith(entry) for entry in names if entry.endswith("-"))
        for names in (policy.attributes.get("*", _NONE), policy.attributes.get(tag, _NONE))
    )


def schemes_of(url: str) -> set[str]:
    """The schemes that a URL has to a browser, and to one that is fooled; empty for a relative URL.

    A browser drops control characters and blanks around a URL and tabs and newlines within it (URL
    Standard, section 4.4); the stricter reading also drops everything invisible and folds full-width
    letters.
    """
    plain = _TAB.sub("", url.strip(_C0))
    found = _SCHEME.match(plain)
    schemes = {found.group(1).lower()} if found else set()
    if not plain.isascii() or _BLANK.search(plain) or "%" in plain[:40] or "\\" in plain[:40]:
        import unicodedata

        found = _SCHEME.match(_INVISIBLE.sub("", unicodedata.normalize("NFKC", plain[:400])))
        if found and found.group(1).lower() in SCRIPT_SCHEMES:
            schemes.add(found.group(1).lower())
    return schemes


def is_script(url: str) -> bool:
    """Whether a browser runs a URL, or may be fooled into it."""
    return not SCRIPT_SCHEMES.isdisjoint(schemes_of(url))


def meant_scheme(scheme: str) -> str:
    """``http`` or ``https`` where a scheme is a misspelling of it (``hhttps``, ``htp``), else empty."""
    found = _MISSPELT.fullmatch(scheme)
    return "" if found is None or scheme in ("http", "https") else "http" + found.group(1)[:1]


def is_inert_attribute(name: str) -> bool:
    """Whether a browser does nothing with an attribute that the policy does not know."""
    return not name.startswith("on") and name not in ACTIVE_ATTRIBUTES


def _host(url: str) -> str:
    found = _AUTHORITY.match(url.strip(_C0))
    return found.group(1).lower() if found else ""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NONE: frozenset[str] = frozenset()
_C0 = "".join(map(chr, range(0x21)))
_TAB = lazily(r"[\t\n\r]")
_BLANK = lazily(r"[\x00-\x20\x7f-\xa0]")
_INVISIBLE = lazily(r"[\x00-\x20\x7f-\xa0\xad\u180e\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff\ufffd]")
_MISSPELT = lazily(r"h{0,2}t{1,3}p{1,2}(s{0,2})")
_SCHEME = lazily(r"([A-Za-z][A-Za-z0-9+.-]*):")
_AUTHORITY = lazily(r"(?:https?:)?//([A-Za-z0-9.-]+)(?::\d+)?(?=[/?#]|\Z)", re.IGNORECASE)
_RASTER = lazily(r"data:image/(?:png|gif|jpe?g|webp|avif|bmp)[;,]", re.IGNORECASE)

# Schemes with which a URL runs or shows what somebody wrote into it.
SCRIPT_SCHEMES = _words("javascript vbscript data livescript mocha jscript view-source")

# Elements that no policy may allow: they run, embed, submit, or change how the rest is read.
FORBIDDEN = _words(
    """annotation-xml applet base basefont bgsound body button canvas datalist dialog embed fencedframe
    fieldset form foreignobject frame frameset head html ilayer image input isindex keygen label layer
    legend link listing marquee math meta meter mglyph mtext multicol nextid noembed noframes noscript
    object optgroup option output param plaintext portal progress script select selectedcontent slot
    spacer style svg template textarea title xml xmp"""
)
# Attributes with which a browser runs, loads, submits or restyles something.
ACTIVE_ATTRIBUTES = _words(
    """action archive attributename background classid code codebase data dynsrc fetchpriority form
    formaction formmethod formtarget from href http-equiv icon is longdesc lowsrc manifest method
    nonce ping popover popovertarget profile slot src srcdoc srcset style to usemap values xlink:href
    xml:base xmlns xmlns:xlink"""
)
URL_ATTRIBUTES = _words("href src srcset poster cite")

_CELL = "abbr align bgcolor char charoff colspan headers height nowrap rowspan scope valign width"
_TEXT = "id class style dir lang xml:lang title role align itemprop itemscope itemtype itemid markdown"

ARTICLE = Policy(
    elements=_words(
        """a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite
        code col colgroup data dd del details dfn dir div dl dt em figcaption figure font footer h1 h2
        h3 h4 h5 h6 header hgroup hr i img ins kbd li main mark menu nav nobr ol p picture pre q rb
        rp rt rtc ruby s samp search section small source span strike strong sub summary sup table
        tbody td tfoot th thead time tr track tt u ul var video wbr"""
    ),
    attributes={
        "*": _words(f"{_TEXT} hidden translate spellcheck tabindex accesskey data- aria-"),
        "a": _words("href hreflang name rel target download type referrerpolicy"),
        "audio": _words("src controls preload loop muted crossorigin"),
        "blockquote": _words("cite"),
        "br": _words("clear"),
        "caption": _words("valign"),
        "code": _words("data-lang"),
        "col": _words("span width valign char charoff bgcolor"),
        "colgroup": _words("span width valign char charoff"),
        "data": _words("value"),
        "del": _words("cite datetime"),
        "details": _words("open name"),
        "dl": _words("compact"),
        "font": _words("color face size"),
        "hr": _words("color noshade size width"),
        "img": _words(
            "src srcset sizes alt width height border hspace vspace name loading decoding"
            " referrerpolicy crossorigin fetchpriority"
        ),
        "ins": _words("cite datetime"),
        "li": _words("value type"),
        "ol": _words("start reversed type compact"),
        "pre": _words("width"),
        "q": _words("cite"),
        "source": _words("src srcset sizes type media width height"),
        "table": _words("bgcolor border cellpadding cellspacing frame height rules summary width"),
        "tbody": _words("valign char charoff"),
        "td": _words(_CELL),
        "tfoot": _words("valign char charoff"),
        "th": _words(_CELL),
        "thead": _words("valign char charoff"),
        "time": _words("datetime"),
        "tr": _words("bgcolor height valign char charoff"),
        "track": _words("src kind srclang label default"),
        "ul": _words("type compact"),
        "video": _words("src poster width height controls preload loop muted playsinline crossorigin"),
    },
    schemes=_words("http https mailto tel sms ftp ftps irc ircs xmpp news geo webcal"),
    classes=_words("*"),
    css=_NONE,
    media_hosts=_NONE,
    rel=_words(
        """alternate attachment author bookmark canonical category external footnote help license
        lightbox me next nofollow noopener noreferrer prev search sponsored tag trackback ugc"""
    ),
    data_images=True,
)
EMBEDS = ARTICLE.with_values(
    elements=ARTICLE.elements | {"iframe"},
    attributes={
        **ARTICLE.attributes,
        "iframe": _words(
            "src width height allow allowfullscreen frameborder loading scrolling referrerpolicy sandbox"
        ),
    },
    media_hosts=_words(
        """www.youtube.com www.youtube-nocookie.com youtube.com player.vimeo.com player.bilibili.com
        player.youku.com v.qq.com open.spotify.com w.soundcloud.com www.slideshare.net speakerdeck.com
        codepen.io asciinema.org"""
    ),
)
STRICT = Policy(
    elements=_words(
        """a b blockquote br caption code dd del dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img
        ins kbd li ol p pre q rp rt ruby s samp strong sub sup table tbody td tfoot th thead time tr u
        ul var wbr"""
    ),
    attributes={
        "*": _words("lang dir"),
        "a": _words("href title"),
        "code": _words("class"),
        "img": _words("src alt title width height"),
        "li": _words("value"),
        "ol": _words("start reversed"),
        "pre": _words("class"),
        "td": _words("colspan rowspan align"),
        "th": _words("colspan rowspan align scope"),
        "time": _words("datetime"),
    },
    schemes=_words("http https mailto"),
    classes=_words("language-*"),
    css=_NONE,
    media_hosts=_NONE,
    rel=_NONE,
    data_images=False,
)
PRESETS = {"article": ARTICLE, "strict": STRICT, "embeds": EMBEDS}
