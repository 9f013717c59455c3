"""LNK: URLs that are spelled so that they fail for some readers; of links and of images."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from artlint.data.hosts import LOCAL, SPEAK_HTTPS
from artlint.diagnostic import Applicability, Diagnostic, Fix, Severity
from artlint.document import Document
from artlint.document.links import Link
from artlint.pattern_lazy import lazily
from artlint.remembered import remembered
from artlint.rule import Check, Needs, bad, fix, good
from artlint.signs import addresses
from artlint.urls import host_of, is_below, is_web


class ProtocolRelativeUrl(Check):
    """A URL without `https:` takes the scheme of the page; from a file, a mail or a feed it leads nowhere.

    Safe for sites that are known to speak https; unsafe for others, since the article cannot show it. On
    request only: on a web page such a URL works.
    """

    code = "LNK010"
    name = "protocol-relative-url"
    summary = "URL without a scheme"
    severity = Severity.NOTE
    default = False
    needs = Needs(signs=("link", "image"), read=addresses)
    examples = (
        bad('<img src="⟦//example.com/a.png⟧">', fixed='<img src="https://example.com/a.png">'),
        bad("[A](⟦//github.com/a⟧)\n", fixed="[A](https://github.com/a)\n", note="safe: a known site"),
        good('<a href="/a">A</a> <a href="https://example.com//a">A</a>'),
        good('<a href="//a">A</a>', note="no host"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for link in _all(document):
            if re.match(r"//[^/\s]", link.url) and is_web("https:" + link.url):
                message = f"URL of `{host_of(link.url)[:50]}` has no scheme"
                yield self.at(link.url_span, message, _over_https(link, "https:" + link.url))


class InsecureUrl(Check):
    """`http:` can be read and changed on its way, and a picture from it does not show on an https page.

    Safe for sites that are known to speak https; unsafe for others, since the article cannot show it.
    """

    code = "LNK011"
    name = "insecure-url"
    summary = "URL is http, not https"
    severity = Severity.NOTE
    default = False
    needs = Needs(signs=("link", "image"), read=addresses)
    examples = (
        bad('<a href="⟦http://example.com/a⟧">A</a>', fixed='<a href="https://example.com/a">A</a>'),
        bad("![A](⟦http://i0.wp.com/a.png⟧)\n", fixed="![A](https://i0.wp.com/a.png)\n", note="safe"),
        good('<a href="https://example.com/?u=http://a.example">A</a>'),
        good('<a href="http://localhost:4000/">A</a> <a href="http://example.com:8080/">A</a>'),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for link in _all(document):
            if link.shows_url or not link.url.lower().startswith("http://") or not is_web(link.url):
                continue
            if not re.match(r"http://[^/?#]*:\d", link.url, re.IGNORECASE) and not _is_local(link.url):
                message = f"URL of `{host_of(link.url)[:50]}` is http, not https"
                yield self.at(link.url_span, message, _over_https(link, "https" + link.url[4:]))


class BrokenPercentEncoding(Check):
    """In a URL `%` starts two hexadecimal digits of UTF-8; anything else fails at many servers.

    Unsafe where a lone `%` is meant (`%25` says so); a URL that was cut inside a character is reported.
    """

    code = "LNK012"
    name = "broken-percent-encoding"
    summary = "URL is not well percent-encoded"
    needs = Needs(signs=("%",), read=addresses)
    examples = (
        bad(
            '<a href="⟦https://example.com/100%-sure⟧">A</a>',
            fixed='<a href="https://example.com/100%25-sure">A</a>',
        ),
        bad("[A](⟦https://example.com/%E4%BC⟧)\n", note="the first two bytes of three"),
        bad("[A](⟦https://example.com/%E4%BC%9⟧)\n"),
        good('<a href="https://example.com/%E4%BC%9A">A</a>'),
        good('<a href="https://example.com/?q=%BB%E1%D2%E9">A</a>', note="GBK, as old servers want it"),
        good("[A]({{ '/100%' | url }})\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for link in _all(document):
            if "%" not in link.url or "{" in link.url:
                continue
            mended = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", link.url)
            if mended != link.url and not re.search(r"%.?\Z", link.url):
                message = "`%` in the URL starts no percent-encoded byte"
                edit = link.to(mended)
                yield self.at(link.url_span, message, fix("Write `%25`", (edit,), Applicability.UNSAFE))
            elif mended != link.url or _is_cut(link.url):
                yield self.at(link.url_span, "URL is cut inside a percent-encoded character")


class LocalUrl(Check):
    """The URL names the author's own machine or network, which no reader can reach."""

    code = "LNK013"
    name = "local-url"
    summary = "URL leads to the author's own machine"
    needs = Needs(signs=("link", "image"), read=addresses)
    examples = (
        bad('<img src="⟦file:///C:/Users/a/1.png⟧">'),
        bad("[A](⟦http://192.168.1.5/a⟧) ![B](⟦C:\\a\\b.png⟧)\n"),
        bad('<a href="⟦http://localhost:4000/a⟧">the report</a>'),
        good('<a href="https://example.com/localhost">A</a>'),
        good("[localhost:1313](http://localhost:1313/)\n", note="a manual that speaks of it"),
        good("Open <http://localhost:4000>.\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for link in _all(document):
            if link.shows_url or not _is_local(link.url):
                continue
            if not re.search(r"localhost|\d+\.\d+\.\d+\.\d+|\blocal\b", link.text or "", re.IGNORECASE):
                yield self.at(link.url_span, f"`{link.url[:50]}` leads to the author's own machine")


class MalformedUrl(Check):
    """A scheme without its colon or slashes, or one pasted behind another, leads nowhere.

    Unsafe: what stands behind it is very likely the target, but a person typed it. A misspelt scheme
    (`hhttps:`) is outside the policy; SEC003 and SEC014 correct it.
    """

    code = "LNK014"
    name = "malformed-url"
    summary = "URL starts with a broken scheme"
    severity = Severity.ERROR
    needs = Needs(signs=("link", "image"), read=addresses)
    examples = (
        bad('<a href="⟦http://https://example.com/a⟧">A</a>', fixed='<a href="https://example.com/a">A</a>'),
        bad("[A](⟦https:/example.com/a⟧)\n", fixed="[A](https://example.com/a)\n"),
        bad("[A](⟦https//example.com/a⟧)\n", fixed="[A](https://example.com/a)\n"),
        bad("[A](⟦http：//example.com/a⟧)\n", fixed="[A](http://example.com/a)\n"),
        bad("[A](⟦/http://example.com/a⟧)\n", fixed="[A](http://example.com/a)\n"),
        good('<a href="https://web.archive.org/web/2020/http://example.com/">A</a>'),
        good('<a href="https://example.com/https://a">A</a>'),
        good('<a href="http/guide.html">A</a> <a href="/https/a">A</a>'),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for link in _all(document):
            match = _MALFORMED.match(link.url)
            if match is None:
                continue
            scheme = next(name for name in match.groups() if name).lower()
            target = f"{scheme}://{link.url[match.end() :]}"
            if is_web(target):
                message = f"URL starts with `{match.group().strip()}`"
                edits = (link.to(target),)
                yield self.at(
                    link.url_span, message, fix(f"Write `{scheme}://`", edits, Applicability.UNSAFE)
                )


class PaddedUrl(Check):
    """Blanks around a URL are cut off by browsers, but not by feed readers and link checkers.

    Safe: a browser reads the URL without them (URL Standard, 4.4).
    """

    code = "LNK015"
    name = "padded-url"
    summary = "URL has blanks around it"
    severity = Severity.NOTE
    needs = Needs(signs=("link", "image"), read=addresses)
    examples = (
        bad('<a href="⟦ https://example.com/a ⟧">A</a>', fixed='<a href="https://example.com/a">A</a>'),
        good('<a href="https://example.com/a b">A</a>'),
        good("[A]( https://example.com/a )\n", note="Markdown allows blanks there"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for link in _all(document):
            stripped = link.url.strip(" \t\n\r\f")
            if link.kind == "element" and stripped and stripped != link.url:
                yield self.at(link.url_span, fix=fix("Cut the blanks off", (link.to(stripped),)))


_MALFORMED = lazily(
    r"\s*(?:(https?)(?::/(?=[\w-]+\.[a-z]{2})|//(?=[\w-]+\.)|：//|:(?=[\w-]+\.(?:com|cn|org|net)\b))"
    r"|/(https?)://|https?:/*\s*(https?)[:：]/+)",
    re.IGNORECASE,
)
_LOCAL = lazily(r"file:|[A-Za-z]:[\\/]")
_TRUNCATED = lazily(rb"(?:[\xc3-\xdf]|[\xe3-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")


def _all(document: Document) -> Iterator[Link]:
    yield from document.links
    yield from document.images


def _over_https(link: Link, url: str) -> Fix | None:
    known = any(is_below(host_of(url), site) for site in SPEAK_HTTPS)
    applicability = Applicability.SAFE if known else Applicability.UNSAFE
    return fix("Write `https:`", (link.to(url),), applicability)


def _is_cut(url: str) -> bool:
    """Whether a URL that is UTF-8 otherwise ends inside a character."""
    data = unquote_to_bytes(url.encode())
    found = _TRUNCATED.search(data)
    if found is None or not re.search(r"%[0-9A-Fa-f]{2}\Z", url):
        return False
    try:
        head = data[: found.start()].decode()
    except UnicodeDecodeError:
        return False
    # Two bytes alone may as well be GBK.
    return not head.isascii() or len(found.group()) == 2


@remembered(1024)  # an article links the same sites again and again
def _is_local(url: str) -> bool:
    if _LOCAL.match(url):
        return True
    host = host_of(url)
    if host in LOCAL:
        return True
    if not host[-1:].isdigit() and ":" not in host:
        return False  # no address in numbers ends so
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False
