"""What is known about pictures on the web: stand-ins, trackers, proxies, signatures."""

import re
from typing import NamedTuple

from artlint.pattern_lazy import lazily

# Attributes in which scripts that load pictures and players late keep the real address, by the attribute
# that they set; the best one first.
LAZY_ATTRIBUTES = {
    "src": (
        "data-original-src",
        "data-original",
        "data-actualsrc",
        "data-src",
        "data-lazy-src",
        "data-lazysrc",
        "data-lazyload",
        "data-lazy-load",
        "data-lazy",
        "data-echo",
        "data-ks-lazyload",
        "data-url",
        "data-backsrc",
        "data-real-src",
        "data-realsrc",
        "data-cfsrc",
        "data-orig-file",
        "data-img-src",
        "data-defer-src",
        "_src",
        "real_src",
        "lazy-src",
        "file",
        "zoomfile",
        "original",
    ),
    "srcset": (
        "data-srcset",
        "data-lazy-srcset",
        "data-original-srcset",
        "data-original-set",
        "data-cfsrcset",
    ),
    "poster": ("data-poster", "data-lazy-poster"),
    "href": ("data-href",),
}

# Attributes from which scripts make the background of an element.
BACKGROUND_ATTRIBUTES = (
    "data-bg",
    "data-bg-src",
    "data-bg-url",
    "data-bg-image",
    "data-bg-img",
    "data-bgset",
    "data-bg-set",
    "data-background",
    "data-background-image",
    "data-background-src",
    "data-background-url",
    "data-lazy-bg",
    "data-lazybg",
    "data-lazy-background",
    "data-lazy-background-image",
    "data-image-src",
)

_NAMES_OF_STAND_INS = (
    r"loading|lazy|lazyload|lazy_?loading|placeholder|blank|grey|gray|spacer|transparent|pixel|empty"
    r"|default_?img|default_?image|img_?loading|pic_?loading|1x1|1px|trans"
)
# A source that shows nothing of the article until a script replaces it.
PLACEHOLDER = lazily(
    r"data:image/(?:gif|png|svg\+xml)[;,].{0,2000}"
    r"|about:blank|#"
    rf"|(?:(?:.*/)?(?:{_NAMES_OF_STAND_INS})|.*/(?:none|dot|white|space|load|t|s|b))"
    r"(?:[-_.]?\d{0,3})?(?:@\d+x)?\.(?:gif|png|jpe?g|svg|webp)(?:[?#].*)?",
    re.IGNORECASE | re.DOTALL,
)

# Pictures without anything to see that keep boxes open.
SPACER = lazily(
    r"data:image/gif;base64,R0lGODlhAQABA[A-Za-z0-9+/=]{0,80}"
    r"|(?:.*/)?(?:spacer|blank|transparent|trans|clear|pixel|1x1|1px|clearpixel|dot_clear)\.(?:gif|png)(?:[?#].*)?",
    re.IGNORECASE,
)


class Proxy(NamedTuple):
    """``prefix`` matches the URL up to where the URL that it fetches stands.

    ``encoded`` says whether that URL is percent-encoded as a value of a query (and ends at ``&``);
    otherwise it is the whole rest. ``scheme`` is put before a rest that has none.
    """

    prefix: re.Pattern[str]
    encoded: bool
    scheme: str = ""


def _proxy(prefix: str, encoded: bool, scheme: str = "") -> Proxy:
    return Proxy(lazily(r"(?:https?:)?//" + prefix, re.IGNORECASE), encoded, scheme)


# Services that fetch a picture from its own host and hand it on.
PROXIES = (
    _proxy(r"cors\.[\w-]+\.workers\.dev/\??(?=https?:)", False),
    _proxy(r"cors-anywhere\.herokuapp\.com/(?=https?:)", False),
    _proxy(r"corsproxy\.io/\?(?=https?:)", False),
    _proxy(r"corsproxy\.io/\?(?:url=)?(?=https?%3A)", True),
    _proxy(r"api\.allorigins\.win/raw\?url=", True),
    _proxy(r"pic\d?\.xuehuaimg\.com/proxy/(?:csdn/)?(?=https?:)", False),
    _proxy(r"images\.weserv\.nl/\?(?:[^#]*?&)?url=", True, "https://"),
    _proxy(r"wsrv\.nl/\?(?:[^#]*?&)?url=", True, "https://"),
    _proxy(r"i\d\.wp\.com/(?=[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/)", False, "https://"),
    _proxy(r"cdn\.statically\.io/img/(?=[\w-]+(?:\.[\w-]+)+/)", False, "https://"),
    _proxy(r"external-content\.duckduckgo\.com/iu/\?(?:[^#]*?&)?u=", True),
    _proxy(r"proxy\.duckduckgo\.com/iu/\?(?:[^#]*?&)?u=", True),
    _proxy(r"image\.baidu\.com/search/down\?(?:[^#]*?&)?url=", True),
    _proxy(r"gimg\d\.baidu\.com/image_search/src=", True),
    _proxy(r"img\.noobzone\.ru/getimg\.php\?url=", True),
    _proxy(r"images\d?-focus-opensocial\.googleusercontent\.com/gadgets/proxy\?(?:[^#]*?&)?url=", True),
)

# Query parameters of URLs that a store signs for a time; after it the picture is gone. Each group is
# what one store writes; a URL must have all of the group.
SIGNATURES = (
    {"x-amz-signature", "x-amz-expires"},
    {"awsaccesskeyid", "signature", "expires"},
    {"x-goog-signature", "x-goog-expires"},
    {"googleaccessid", "signature", "expires"},
    {"ossaccesskeyid", "signature", "expires"},
    {"x-oss-signature", "x-oss-expires"},
    {"x-expires", "x-signature"},
    {"q-signature", "q-sign-time"},
    {"e", "token"},
    {"sig", "se", "sv"},
    {"oe", "oh"},
    {"auth_key"},
    {"policy", "signature", "key-pair-id"},
    {"wssecret", "wstime"},
)
