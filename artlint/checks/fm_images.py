"""FM: the head image that the front matter names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import translate
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from artlint.diagnostic import Applicability, Diagnostic, Fix, Severity
from artlint.document import Document, Field, Node
from artlint.document.masking import hits
from artlint.known import (
    EMPTY_IMAGES,
    HEAD_IMAGE_INNER_KEYS,
    HEAD_IMAGE_KEYS,
    PLACEHOLDER_IMAGES,
    PROXY_HOSTS,
    SOURCE_ATTRIBUTES,
)
from artlint.pack import boilerplate_image_patterns
from artlint.pattern_lazy import lazily
from artlint.rule import Check, Needs, bad, good
from artlint.signs import keys
from artlint.source import Span
from artlint.value_edits import drop_field, inside_quotes, respell

_PICTURE = '<p><img src="https://example.com/a.jpg"></p>\n'


class BoilerplateHeadImage(Check):
    """Scrapers take the first or last picture of a page as its head image, even a QR code.

    A picture that a pack knows as boilerplate is replaced by the first picture of the article; when
    the article has none, the key goes.
    """

    code = "FM006"
    name = "boilerplate-head-image"
    summary = "Head image is a promotion picture, not the article's"
    needs = Needs(signs=HEAD_IMAGE_KEYS, read=keys)
    examples = (
        bad(
            "---\ntitle: A\nthumbnail: '⟦https://n.sinaimg.cn/finance/cece9e13/20200514/343233024.png⟧'\n"
            "---\n<p>A.</p>\n",
            fixed="---\ntitle: A\n---\n<p>A.</p>\n",
        ),
        bad(
            "---\ncover: ⟦https://n.sinaimg.cn/finance/cece9e13/20200514/343233024.png⟧\n---\n" + _PICTURE,
            fixed="---\ncover: https://example.com/a.jpg\n---\n" + _PICTURE,
        ),
        bad(
            '{\n  "title": "A",\n  "cover": "⟦https://n.sinaimg.cn/finance/cece9e13/20200514/343233024.png⟧"\n'
            "}\n<p>A.</p>\n",
            fixed='{\n  "title": "A"\n}\n<p>A.</p>\n',
        ),
        good("---\nthumbnail: https://example.com/343233024.png\n---\n<p>A.</p>\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for field, node in _head_images(document):
            if _is_one_of(str(node.value), boilerplate_image_patterns()):
                message = f"`{field.key}` is a promotion picture, not the article's"
                yield self.at(inside_quotes(document, node), message, _replacement(document, field, node))


class PlaceholderHeadImage(Check):
    """A placeholder service shows another picture at every visit, none of them about the article.

    The fix takes the first picture of the article; when the article has none, the key goes.
    """

    code = "FM030"
    name = "placeholder-head-image"
    summary = "Head image is a random placeholder"
    needs = Needs(signs=HEAD_IMAGE_KEYS, read=keys)
    examples = (
        bad(
            "---\nheadimg: '⟦https://picsum.photos/400/300?random=1⟧'\n---\n" + _PICTURE,
            fixed="---\nheadimg: 'https://example.com/a.jpg'\n---\n" + _PICTURE,
        ),
        bad(
            '+++\nimage = "⟦https://via.placeholder.com/150⟧"\ntitle = "A"\n+++\n![a](https://example.com/b.png)\n',
            fixed='+++\nimage = "https://example.com/b.png"\ntitle = "A"\n+++\n'
            "![a](https://example.com/b.png)\n",
        ),
        bad(
            '{"cover": "⟦https://placehold.co/600⟧", "title": "A"}\nText\n',
            fixed='{"title": "A"}\nText\n',
        ),
        good("---\nheadimg: https://example.com/picsum.photos.jpg\n---\n" + _PICTURE),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for field, node in _head_images(document):
            if _is_one_of(str(node.value), PLACEHOLDER_IMAGES):
                fix = _replacement(document, field, node, Applicability.UNSAFE)
                yield self.at(inside_quotes(document, node), f"`{field.key}` is a random placeholder", fix)


class ProxiedHeadImage(Check):
    """A picture behind somebody's CORS proxy vanishes with the proxy, and tells it who reads what.

    The fix names the picture itself; it is safe where the article shows that very picture.
    """

    code = "FM031"
    name = "proxied-head-image"
    summary = "Head image goes through a proxy"
    needs = Needs(signs=HEAD_IMAGE_KEYS, read=keys)
    examples = (
        bad(
            "---\nheadimg: '⟦https://cors.example.workers.dev/?https://example.com/a.jpg⟧'\n---\n" + _PICTURE,
            fixed="---\nheadimg: 'https://example.com/a.jpg'\n---\n" + _PICTURE,
        ),
        bad(
            "---\nthumbnail: ⟦https://images.weserv.nl/?url=https%3A%2F%2Fexample.com%2Fb.jpg⟧\n---\n<p>A.</p>\n",
            fixed="---\nthumbnail: https://example.com/b.jpg\n---\n<p>A.</p>\n",
            note="unsafe: the article does not show the picture",
        ),
        bad(
            '{"cover": "⟦https://cors-anywhere.example.org/https://example.com/a.jpg⟧"}\n' + _PICTURE,
            fixed='{"cover": "https://example.com/a.jpg"}\n' + _PICTURE,
        ),
        bad(
            "---\ncover: ⟦https://cors.example.workers.dev/?https://example.com/a.jpg⟧\n---\n"
            '<p><img src="/x.gif" data-original="https://example.com/a.jpg"></p>\n',
            fixed="---\ncover: https://example.com/a.jpg\n---\n"
            '<p><img src="/x.gif" data-original="https://example.com/a.jpg"></p>\n',
        ),
        good("---\nimage: https://web.archive.org/web/2020/https://example.com/a.jpg\n---\n<p>A.</p>\n"),
        good("---\nimage: https://cors.example.org/a.jpg\n---\n<p>A.</p>\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for field, node in _head_images(document):
            original = unproxied(str(node.value))
            if original is None:
                continue
            shown = original in (unproxied(url) or url for _, url in _pictures(document))
            applicability = Applicability.SAFE if shown else Applicability.UNSAFE
            fix = Fix("Name the picture itself", (respell(document, node, original),), applicability)
            yield self.at(inside_quotes(document, node), f"`{field.key}` goes through a proxy", fix)


class EmptyHeadImage(Check):
    """A tracking pixel or an inlined stub as head image shows readers an empty frame."""

    code = "FM032"
    name = "empty-head-image"
    summary = "Head image shows nothing"
    needs = Needs(signs=HEAD_IMAGE_KEYS, read=keys)
    examples = (
        bad(
            "---\ncover: ⟦data:image/gif;base64,R0lGODlhAQABAAAAACw=⟧\n---\n" + _PICTURE,
            fixed="---\ncover: https://example.com/a.jpg\n---\n" + _PICTURE,
        ),
        bad(
            "---\ntitle: A\nimage: ⟦https://example.com/img/spacer.gif⟧\n---\n<p>A.</p>\n",
            fixed="---\ntitle: A\n---\n<p>A.</p>\n",
        ),
        good("---\ncover: /img/blank-page.gif\n---\n" + _PICTURE),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for field, node in _head_images(document):
            if _is_one_of(str(node.value), EMPTY_IMAGES):
                fix = _replacement(document, field, node, Applicability.UNSAFE)
                yield self.at(inside_quotes(document, node), f"`{field.key}` shows nothing", fix)


class DoubledHeadImage(Check):
    """Two keys that say the same must be kept in step for ever; themes need only one of them."""

    code = "FM033"
    name = "doubled-head-image"
    summary = "Two keys name the same head image"
    severity = Severity.NOTE
    needs = Needs(signs=HEAD_IMAGE_KEYS, read=keys)
    examples = (
        bad("---\nheadimg: https://example.com/a.jpg\nthumbnail: '⟦https://example.com/a.jpg⟧'\n---\n"),
        good("---\nheadimg: https://example.com/a.jpg\nthumbnail: https://example.com/s/a.jpg\n---\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        seen: dict[str, str] = {}
        for field, node in _head_images(document):
            url = str(node.value)
            if url in seen and not _is_unwanted(url):
                message = f"`{field.key}` repeats `{seen[url]}`; keep the one the theme reads"
                yield self.at(inside_quotes(document, node), message)
            seen.setdefault(url, field.key)


def unproxied(url: str) -> str | None:
    """The URL that a proxy's URL asks for; None when it is no proxy's."""
    if url.count("http") < 2:  # also percent-encoded
        return None
    parts = urlsplit(url)
    if not _is_one_of(parts.hostname or "", PROXY_HOSTS):
        return None
    rest = url.partition("://")[2].partition("/")[2]
    found = re.search(r"(?:^|[/?=])(https?(?::|%3A)(?:/|%2F){1,2}\S+)", rest, re.IGNORECASE)
    if found:
        original = found.group(1)
        if "://" not in original[:8]:
            # Inside a query other parameters may follow; in a path everything is the picture's.
            original = unquote(original.partition("&")[0])
        return re.sub(r"^(https?):/{1,2}", r"\1://", original)
    return None


@lru_cache(maxsize=16)
def _matcher(patterns: tuple[str, ...]) -> re.Pattern[str]:
    # One expression for all: asking each pattern in turn took longer than reading the block.
    return re.compile("|".join(translate(pattern) for pattern in patterns) or r"(?!)")


def _is_one_of(url: str, patterns: tuple[str, ...]) -> bool:
    return _matcher(patterns).match(url) is not None


def _head_images(document: Document) -> Iterator[tuple[Field, Node]]:
    block = document.front_matter
    for key in HEAD_IMAGE_KEYS if block else ():
        field = block.get(key) if block else None
        if field is None:
            continue
        if isinstance(field.value, str):
            yield field, field.node
        for inner in field.node.fields:
            if inner.key in HEAD_IMAGE_INNER_KEYS and isinstance(inner.value, str):
                yield inner, inner.node


def _replacement(
    document: Document, field: Field, node: Node, applicability: Applicability = Applicability.SAFE
) -> Fix | None:
    """The fix that takes the article's first picture, or drops a key for which there is none."""
    first = next((url for _, url in _pictures(document) if not _is_unwanted(url)), None)
    if first is not None:
        return Fix("Use the first picture of the article", (respell(document, node, first),), applicability)
    block = document.front_matter
    if block is None or block.get(field.key) is not field:
        return None  # a part of a mapping: without it the rest may mean nothing
    title = f"Drop `{field.key}`; the article has no picture"
    return Fix(title, (drop_field(document, field),), applicability)


def _is_unwanted(url: str) -> bool:
    """Whether a picture is no article's: boilerplate, a placeholder, a stub, or behind a proxy."""
    patterns = (*boilerplate_image_patterns(), *PLACEHOLDER_IMAGES, *EMPTY_IMAGES)
    return _is_one_of(url, patterns) or unproxied(url) is not None


_MARKDOWN_PICTURE = lazily(r"!\[[^\]\n]*\]\(\s*<?(https?://[^\s()<>]+)")


def _pictures(document: Document) -> list[tuple[int, str]]:
    """The pictures of the body with an absolute URL, each with its place, in order."""
    body = document.body
    found = []
    for image in document.select("img"):
        sources = [image.attribute(name) or "" for name in SOURCE_ATTRIBUTES]
        url = next((source for source in sources if source.startswith(("http://", "https://"))), None)
        if url:
            found.append((image.span.start, url))
    if body.kind == "markdown":
        base = body.span.start
        for match in _MARKDOWN_PICTURE.finditer(body.text):
            if not hits(body.protected, Span(base + match.start(), base + match.end())):
                found.append((base + match.start(), match.group(1)))
    return sorted(found)
