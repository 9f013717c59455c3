"""IMG: pictures whose source is not the picture itself."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from artlint.data.hosts import HOTLINK_PROTECTED
from artlint.data.images import LAZY_ATTRIBUTES, PLACEHOLDER, PROXIES, SIGNATURES
from artlint.diagnostic import Diagnostic, Edit, Severity
from artlint.document import Document
from artlint.document.element import Element
from artlint.document.links import Link
from artlint.rule import Check, attribute_cut, bad, fix, good
from artlint.source import Span
from artlint.urls import decoded, host_of, is_below, is_web, query_fields

_NO_REFERRER = ' referrerpolicy="no-referrer"'


class LazyImage(Check):
    """A script of the site was to load the picture; without it readers see a grey box or nothing.

    Safe: only where `src` is missing or a known stand-in does the real source take its place, so the
    picture that the site showed is what a reader sees now.
    """

    code = "IMG001"
    name = "lazy-image"
    summary = "Real source of the image is in another attribute"
    severity = Severity.ERROR
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
        good('<img src="https://example.com/a-small.png" data-original="https://example.com/a.png">'),
        good('<img src="/img/loading.gif">'),
        good('<img src="/img/loading.gif" data-src="{{ picture }}">'),
        good("<img src='a.png' data-src='javascript:x'>"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind == "page":
            return
        for element in document.select("img"):
            name = real_source(element)
            if name is None:
                continue
            edits = _promoted(document, element, name)
            message = f"Real source of the image is in `{name}`"
            yield self.at(element.span, message, fix(f"Make `{name}` the source", edits))


class ProxiedImage(Check):
    """The picture comes through somebody's proxy; when the proxy goes, so do the pictures of the archive.

    Safe: the source is written in the proxy's own URL, and the picture is the same. Where its host
    refuses other sites, `referrerpolicy="no-referrer"` is added so that it shows without the proxy.
    """

    code = "IMG002"
    name = "proxied-image"
    summary = "Image goes through a proxy"
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


def _promoted(document: Document, element: Element, name: str) -> tuple[Edit, ...]:
    """The edits that write the value of the attribute ``name`` as the source."""
    place, tag = element.attribute_span(name), element.start_tag
    new = "src" + document.text[place.start + len(name) : place.end]
    if element.attribute("src"):
        return Edit(element.attribute_span("src"), new), attribute_cut(element, name, document.text)
    # The whole tag, so that the ledger sees where the picture comes from.
    changes = [Edit(place, new)]
    if "src" in element.attribute_names:
        changes.append(attribute_cut(element, "src", document.text))
    parts, done = [], tag.start
    for edit in sorted(changes, key=lambda edit: edit.span):
        parts += [document.text[done : edit.span.start], edit.text]
        done = edit.span.end
    return (Edit(tag, "".join(parts) + document.text[done : tag.end]),)


def real_source(element: Element) -> str | None:
    """The attribute that holds what a stand-in in `src` stands for; None when `src` is the picture."""
    source = (element.attribute("src") or "").strip()
    if (source and not PLACEHOLDER.fullmatch(source)) or element.attribute("srcset"):
        return None
    for name in LAZY_ATTRIBUTES:
        value = (element.attribute(name) or "").strip()
        if value and value != source and _can_be_source(value):
            return name
    return None


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


def _can_be_source(value: str) -> bool:
    if is_web("https:" + value if value.startswith("//") else value):
        return not PLACEHOLDER.fullmatch(value)
    return value.startswith(("/", "./", "../")) and "{" not in value and not PLACEHOLDER.fullmatch(value)


def _is_protected(host: str) -> bool:
    return any(is_below(host, site) for site in HOTLINK_PROTECTED)


def _needs_policy(image: Link, source: str) -> bool:
    if image.element is None or not image.quote or not _is_protected(host_of(source)):
        return False
    return image.element.attribute("referrerpolicy") is None
