"""Links, images and headings of a body, written as HTML or as Markdown alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from artlint.diagnostic import Edit
from artlint.document.character_references import unescape
from artlint.document.elements import HEADINGS
from artlint.pattern_lazy import lazily
from artlint.source import Span

if TYPE_CHECKING:
    from artlint.document.body import Body
    from artlint.document.element import Element
    from artlint.document.markdown import Construct


class Link(NamedTuple):
    """A link or an image.

    ``url`` is decoded, as a browser reads it; ``url_span`` is where it is written (without quotes).
    ``text`` is what a reader sees of a link, or the ``alt`` of an image (None when there is none).
    ``element`` is None in Markdown; ``kind`` is element, link, image, autolink or definition.
    """

    kind: str
    span: Span
    url: str
    url_span: Span
    text: str | None
    element: Element | None
    quote: str = ""

    @property
    def shows_url(self) -> bool:
        """Whether a reader sees the URL itself as the text."""
        return self.kind == "autolink"

    def to(self, url: str) -> Edit:
        """The edit that lets it point to another URL, spelled as its syntax needs it."""
        if self.kind == "element":
            url = url.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            if self.quote:
                return Edit(self.url_span, url.replace(self.quote, "&#34;" if self.quote == '"' else "&#39;"))
            return Edit(self.url_span, '"' + url.replace('"', "&#34;") + '"')
        url = re.sub(r"&(?=#?\w+;)", "&amp;", url)
        return Edit(self.url_span, re.sub(r"[\s()<>\\]", lambda m: f"%{ord(m.group()):02X}", url))


class Heading(NamedTuple):
    """A heading: its level (1–6), its text as a reader sees it, and the span of what it holds."""

    span: Span
    level: int
    text: str
    inner: Span
    element: Element | None


def read_links(body: Body, images: bool = False) -> tuple[Link, ...]:
    """The links (or the images) of a body in source order; a page of a site has none."""
    found = list(_elements(body, images))
    wanted = ("image",) if images else ("link", "autolink", "definition")
    for construct in body.markdown.constructs:
        if construct.kind in wanted and construct.url_span is not None:
            found.append(_link(construct, body))
    return tuple(sorted(found, key=lambda link: link.span))


def read_headings(body: Body) -> tuple[Heading, ...]:
    """The headings of a body in source order."""
    base = body.span.start
    found = [
        Heading(element.span, int(element.tag[1]), body.unmask(element.text), element.inner_span, element)
        for element in body.html.select(",".join(sorted(HEADINGS)))
    ]
    found.extend(
        Heading(c.span.moved(base), c.level, body.unmask(c.text), c.inner.moved(base), None)
        for c in body.markdown.constructs
        if c.kind == "heading"
    )
    return tuple(sorted(found, key=lambda heading: heading.span))


def _elements(body: Body, images: bool) -> Iterator[Link]:
    name = "src" if images else "href"
    for element in body.html.select("img[src]" if images else "a[href], area[href]"):
        span = element.attribute_span(name)
        written = body.text[span.start - body.span.start : span.end - body.span.start]
        start, quote = _value_start(written)
        place = Span(span.start + start, span.end - len(quote))
        text = element.attribute("alt") if images else element.text
        url = body.unmask(element.attribute(name) or "")
        yield Link("element", element.span, url, place, body.unmask(text) if text else text, element, quote)


_VALUE = lazily(r"[^\s=]+\s*=\s*([\"']?)")


def _value_start(written: str) -> tuple[int, str]:
    """Where the value starts in ``name="value"``, and its quote."""
    match = _VALUE.match(written)
    return (match.end(), match.group(1)) if match else (len(written), "")


def _link(construct: Construct, body: Body) -> Link:
    base = body.span.start
    url = unescape(construct.url) if construct.kind == "definition" else construct.url
    place = construct.url_span or construct.span
    text = body.unmask(construct.text)
    return Link(construct.kind, construct.span.moved(base), body.unmask(url), place.moved(base), text, None)
