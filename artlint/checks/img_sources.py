"""IMG: pictures whose source is not the picture itself."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from artlint.checks.img_backgrounds import WORDS, boxes_for_a_picture
from artlint.data.hosts import HOTLINK_PROTECTED
from artlint.data.images import PROXIES, SIGNATURES
from artlint.diagnostic import Diagnostic, Edit, Severity
from artlint.document import Document
from artlint.document.element import Element
from artlint.document.joints import gap
from artlint.document.lazy import (
    LAZY_ELEMENTS,
    first_candidate,
    is_stand_in,
    lazy_sources,
    picture_tag,
    pictures_without_scripts,
)
from artlint.document.links import Link
from artlint.rule import ARTICLES, Check, Needs, attribute_cut, bad, fix, good
from artlint.signs import addresses
from artlint.source import Span
from artlint.urls import decoded, host_of, is_below, is_web, query_fields

# IMG001 is about what loads by itself.
_LOADED = tuple(tag for tag in LAZY_ELEMENTS if tag != "a")
_NO_REFERRER = ' referrerpolicy="no-referrer"'


class LazyImage(Check):
    """A script of the site was to load the picture; without it readers see a grey box or nothing.

    Safe: only where `src` is missing or a known stand-in does the real source take its place, so the
    picture that the site showed is what a reader sees now. So it is with a video, its poster, a sound or
    a source of either, with a stand-in beside a `<noscript>` that holds the picture, and with an empty
    box whose background it was to be.
    """

    code = "IMG001"
    name = "lazy-image"
    summary = "Real source of the image is in another attribute"
    severity = Severity.ERROR
    needs = Needs(ARTICLES.kinds, markup=(*(f"<{tag}" for tag in _LOADED), *WORDS))
    examples = (
        bad(
            '<p>⟦<img src="/img/loading.gif" data-original="https://example.com/a.png" alt="A">⟧</p>',
            fixed='<p><img src="https://example.com/a.png" alt="A"></p>',
        ),
        bad(
            '<p>⟦<img data-src="https://example.com/a.png?x=1&amp;y=2">⟧</p>',
            fixed='<p><img src="https://example.com/a.png?x=1&amp;y=2"></p>',
        ),
        bad(
            '<p>⟦<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="//example.com/a.png">⟧</p>',
            fixed='<p><img src="//example.com/a.png"></p>',
        ),
        bad(
            '<p>⟦<img src="loading.gif" data-src="images/a.jpg" alt="A">⟧</p>',
            fixed='<p><img src="images/a.jpg" alt="A"></p>',
        ),
        bad(
            '<p>⟦<img src="/img/blank.gif" data-srcset="a.jpg 1x, b.jpg 2x">⟧</p>',
            fixed='<p><img src="a.jpg" srcset="a.jpg 1x, b.jpg 2x"></p>',
        ),
        bad(
            '<picture>⟦<source data-srcset="a.webp">⟧⟦<img data-src="a.jpg">⟧</picture>',
            fixed='<picture><source srcset="a.webp"><img src="a.jpg"></picture>',
        ),
        bad(
            'One\n\n⟦<video data-src="a.mp4" data-poster="a.jpg" controls></video>⟧\n',
            fixed='One\n\n<video src="a.mp4" poster="a.jpg" controls></video>\n',
        ),
        bad(
            '<p>⟦<img src="loading.gif" alt="A"><noscript><img src="a.jpg"></noscript>⟧</p>',
            fixed='<p><img src="a.jpg" alt="A"></p>',
        ),
        bad(
            '<p>⟦<noscript><img src="a.jpg"></noscript>\n<img src="/b.svg" data-original="a-large.jpg">⟧</p>',
            fixed='<p><img src="a.jpg"></p>',
        ),
        bad(
            '⟦<div data-bg="a.jpg" aria-label="A"></div>⟧',
            fixed='<div aria-label="A"><img src="a.jpg" alt="A"></div>',
        ),
        good('<div data-bg="a.jpg">One.</div>', note="text on a picture: what goes is in the ledger"),
        good('<img src="https://example.com/a-small.png" data-original="https://example.com/a.png">'),
        good('<p><img src="a.jpg"><noscript><img src="b.jpg"></noscript></p>', note="SEC001 speaks of it"),
        good('<img src="/img/loading.gif">'),
        good('<img src="/img/loading.gif" data-src="{{ picture }}">'),
        good("<img src='a.png' data-src='javascript:x'>"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind == "page":
            return
        pairs = dict(_beside_noscript(document))
        for span, picture in pairs.items():
            message = "Real source of the image is in a `<noscript>`"
            edit = Edit(span, gap(document.body.html, span) + picture)
            yield self.at(span, message, fix("Put it in place of the stand-in", (edit,)))
        for element, name, edit in boxes_for_a_picture(document):
            message = f"Image behind `<{element.tag}>` waits for a script in `{name}`"
            yield self.at(element.span, message, fix("Show it", (edit,)))
        for element in document.select(", ".join(_LOADED)):
            lazy = lazy_sources(element.tag, element.attributes)
            if not lazy or any(span.overlaps(element.start_tag) for span in pairs):
                continue
            names = " and ".join(f"`{name}`" for name in lazy.values())
            what = "the image" if element.tag == "img" else f"`<{element.tag}>`"
            message = f"Real source of {what} is in {names}"
            yield self.at(
                element.span, message, fix(f"Make {names} the source", _promoted(document, element, lazy))
            )


class ProxiedImage(Check):
    """The picture comes through somebody's proxy; when the proxy goes, so do the pictures of the archive.

    Safe: the source is written in the proxy's own URL, and the picture is the same. Where its host
    refuses other sites, `referrerpolicy="no-referrer"` is added so that it shows without the proxy.
    """

    code = "IMG002"
    name = "proxied-image"
    summary = "Image goes through a proxy"
    needs = Needs(signs=("image",), read=addresses)
    examples = (
        bad(
            '<img src="⟦https://cors.example.workers.dev/?http://example.com/a.png⟧">',
            fixed='<img src="http://example.com/a.png">',
        ),
        bad(
            '<img alt="A" src="⟦https://images.weserv.nl/?url=mmbiz.qpic.cn%2Fa.png⟧">',
            fixed='<img alt="A" src="https://mmbiz.qpic.cn/a.png" referrerpolicy="no-referrer">',
        ),
        bad(
            "![A](⟦https://i0.wp.com/example.com/a.png?ssl=1⟧)\n",
            fixed="![A](https://example.com/a.png)\n",
        ),
        good('<img src="https://example.com/proxy/?url=http%3A%2F%2Fexample.com%2Fa.png">'),
        good('<img src="https://i0.wp.com/a.png">'),
        good("`https://images.weserv.nl/?url=example.com/a.png`\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for image in document.images:
            source = behind_proxy(image.url)
            if source is None:
                continue
            edits = [image.to(source)]
            if _needs_policy(image, source):
                at = image.url_span.end + len(image.quote)
                edits = [Edit(Span(image.url_span.start, at), edits[0].text + image.quote + _NO_REFERRER)]
            message = f"Image goes through the proxy `{host_of(image.url)}`"
            yield self.at(image.url_span, message, fix("Load it from its own host", edits))


class HotlinkProtectedImage(Check):
    """The host of this picture answers only its own pages; readers see a broken picture or a notice.

    Safe: `referrerpolicy="no-referrer"` lets a browser ask without telling from where, which these hosts
    accept; nothing a reader sees or follows changes. In Markdown, where it cannot be written, the first
    picture of each host is reported: keep copies.
    """

    code = "IMG003"
    name = "hotlink-protected-image"
    summary = "Host of the image refuses other sites"
    needs = Needs(signs=("image",), read=addresses)
    examples = (
        bad(
            '<img src="⟦https://mmbiz.qpic.cn/a/640⟧" alt="A">',
            fixed='<img src="https://mmbiz.qpic.cn/a/640" referrerpolicy="no-referrer" alt="A">',
        ),
        bad("![A](⟦https://pic1.zhimg.com/a.jpg⟧) ![B](https://pic1.zhimg.com/b.jpg)\n"),
        good('<img src="https://mmbiz.qpic.cn/a/640" referrerpolicy="no-referrer">'),
        good('<img src="https://example.com/mmbiz.qpic.cn/a.png">'),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        reported: set[str] = set()
        for image in document.images:
            host = host_of(image.url)
            if not _is_protected(host) or behind_proxy(image.url):
                continue
            if image.element is not None and image.element.attribute("referrerpolicy") is not None:
                continue
            message = f"`{host}` shows its images to its own pages only"
            if _needs_policy(image, image.url):
                at = image.url_span.end + len(image.quote)
                yield self.at(
                    image.url_span, message, fix("Send no referrer", [Edit(Span(at, at), _NO_REFERRER)])
                )
            elif host not in reported:
                reported.add(host)
                yield self.at(image.url_span, f"{message}; keep copies")


class ExpiringImage(Check):
    """The URL is signed for a time; when that is over the picture is gone.

    No fix: keep a copy of the picture beside the article.
    """

    code = "IMG004"
    name = "expiring-image"
    summary = "URL of the image expires"
    needs = Needs(signs=("?",), read=addresses)
    examples = (
        bad('<img src="⟦https://example.com/a.png?Expires=1700000000&OSSAccessKeyId=K&Signature=S⟧">'),
        bad("![A](⟦https://example.com/a.png?X-Amz-Expires=3600&X-Amz-Signature=abc⟧)\n"),
        good('<img src="https://example.com/a.png?token=abc">'),
        good('<img src="https://example.com/a.png?v=3">'),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for image in document.images:
            if "?" not in image.url:
                continue
            names = {name for _, name, _ in query_fields(image.url.partition("?")[2])}
            if any(signature <= names for signature in SIGNATURES):
                yield self.at(image.url_span, f"URL of the image at `{host_of(image.url)}` expires")


def _promoted(document: Document, element: Element, lazy: dict[str, str]) -> list[Edit]:
    """The edits that write the values of the attributes ``lazy`` where they belong."""
    names, edits = element.attribute_names, []
    for wanted, name in lazy.items():
        place = element.attribute_span(name)
        new = wanted + document.text[place.start + len(name) : place.end]
        if wanted == "srcset" and element.tag == "img" and "src" not in lazy:
            source = f'src="{first_candidate(element.attribute(name) or "").replace("&", "&amp;")}"'
            if "src" in names:
                edits.append(Edit(element.attribute_span("src"), source))
            else:
                new = f"{source} {new}"
        if wanted in names:
            edits += [Edit(element.attribute_span(wanted), new), attribute_cut(element, name, document.text)]
        else:
            edits.append(Edit(place, new))
    if "src" in lazy and "srcset" in names and "srcset" not in lazy:
        edits.append(attribute_cut(element, "srcset", document.text))  # a stand-in's
    return edits


def _beside_noscript(document: Document) -> dict[Span, str]:
    """Each stand-in with the `<noscript>` right before or behind it, and the one picture which that holds."""
    noscripts = document.select("noscript")
    images = document.select("img") if noscripts else []
    by_edge = {edge: image for image in images for edge in image.span if _shows_nothing(image)}
    found: dict[Span, str] = {}
    for noscript in noscripts:
        start, end = noscript.span
        before, behind = document.text[:start].rstrip(), document.text[end:].lstrip()
        image = by_edge.get(len(before)) or by_edge.get(len(document.text) - len(behind))
        pictures = pictures_without_scripts(document.text[slice(*noscript.inner_span)])
        if image is None or len(pictures) != 1:
            continue
        span = Span(min(start, image.span.start), max(end, image.span.end))
        if not any(span.overlaps(other) for other in found):
            found[span] = picture_tag({**image.attributes, **pictures[0]})
    return found


def _shows_nothing(image: Element) -> bool:
    """Whether an image has no address, or only that of a stand-in."""
    own = image.attributes
    return bool(lazy_sources("img", own)) or all(is_stand_in(own.get(name, "")) for name in ("src", "srcset"))


def shows_picture(element: Element) -> bool:
    """Whether a reader sees a picture without `src`, or would were a script to run."""
    if element.attribute("srcset") or lazy_sources("img", element.attributes):
        return True
    parent = element.parent
    return parent is not None and parent.tag == "picture" and bool(parent.select("source"))


def behind_proxy(url: str) -> str | None:
    """The picture that a proxy's URL asks for; None when it is no proxy's URL."""
    for proxy in PROXIES:
        match = proxy.prefix.match(url)
        if match is None:
            continue
        rest = url[match.end() :]
        if proxy.encoded:
            rest = rest.partition("&")[0]
        elif proxy.scheme:
            rest = rest.partition("?")[0]  # the proxy's own wishes for size and quality
        if proxy.scheme and not rest.lower().startswith(("http", "ssl:", "//")):
            rest = proxy.scheme + rest
        rest = rest.removeprefix("ssl:")
        source = decoded(rest) if proxy.encoded else rest
        if source and is_web(source) and "." in urlsplit(source).netloc:
            return source
    return None


def _is_protected(host: str) -> bool:
    return any(is_below(host, site) for site in HOTLINK_PROTECTED)


def _needs_policy(image: Link, source: str) -> bool:
    if image.element is None or not image.quote or not _is_protected(host_of(source)):
        return False
    return image.element.attribute("referrerpolicy") is None
