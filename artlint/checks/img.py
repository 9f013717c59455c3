"""IMG: pictures that show nothing, or that not every reader gets."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from artlint.checks.img_sources import shows_picture
from artlint.data.images import PLACEHOLDER, SPACER
from artlint.diagnostic import Applicability, Diagnostic, Edit, Severity
from artlint.document import Document
from artlint.document.element import Element
from artlint.document.lazy import is_dot
from artlint.document.links import Link
from artlint.pattern_lazy import lazily
from artlint.rule import HTML, Check, Needs, Stage, bad, fix, good, remove
from artlint.signs import addresses
from artlint.source import Span


class InvisibleImage(Check):
    """A picture of one pixel shows nothing; it tells a stranger who reads the article, and when.

    Unsafe: an unknown picture of that size is very likely a counter. Known counters are WGT004's.
    """

    code = "IMG005"
    name = "invisible-image"
    summary = "Image of one pixel"
    stage = Stage.MARKUP
    needs = Needs(signs=("image",), read=addresses)
    examples = (
        bad(
            '<p>One.⟦<img height="1" width="1" src="https://example.com/t.gif?id=1">⟧</p>',
            fixed="<p>One.</p>",
        ),
        bad('One. ⟦<img src="https://example.com/c" width="1px" height="1px">⟧\n', fixed="One. \n"),
        good('<img src="https://example.com/a.png" width="1000" height="1">'),
        good(
            '<img src="/img/blank.gif" data-src="/a.png" width="1" height="1">',
            note="its source is elsewhere",
        ),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for image in document.images:
            element = image.element
            if element is None or not is_dot(element.attributes) or shows_picture(element):
                continue
            yield self.at(image.span, fix=fix("Remove it", remove(element), Applicability.UNSAFE))


class SpacerImage(Check):
    """A transparent picture that kept a box open shows nothing and loads for nothing.

    Safe: the names in the table are those of transparent pictures, and one with an `alt` stays.
    """

    code = "IMG006"
    name = "spacer-image"
    summary = "Transparent image that keeps a place"
    needs = Needs(signs=("image",), read=addresses)
    examples = (
        bad('<p>One.⟦<img src="/img/spacer.gif" width="20" height="1">⟧</p>', fixed="<p>One.</p>"),
        good('<img src="/img/spacer.gif" alt="Map">'),
        good('<img src="/img/spacer.gif" data-src="/a.png">', note="its source is elsewhere"),
        good('<picture><source srcset="a.webp"><img src="/img/spacer.gif"></picture>'),
        good("![](/img/spacer.gif)\n", note="Markdown stays the author's"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html":
            return
        for image in document.images:
            if SPACER.fullmatch(image.url) is None or image.text or image.element is None:
                continue
            if not shows_picture(image.element):
                yield self.at(image.span, fix=fix("Remove it", remove(image.element)))


class MissingAlt(Check):
    """Without `alt` a picture is silent in a screen reader, and nothing is left when it does not load.

    An `alt` that only repeats the file name or the article's title says nothing of the picture. No fix:
    only a person knows what the picture shows. An empty `alt` in HTML says that it decorates.
    """

    code = "IMG007"
    name = "missing-alt"
    summary = "Image has no description"
    severity = Severity.NOTE
    default = False
    needs = Needs(signs=("image",), read=addresses)
    examples = (
        bad('<p>⟦<img src="a.png">⟧</p>'),
        bad('<p>⟦<img src="/x/IMG_1.png" alt="IMG_1.png">⟧</p>', note="the file name"),
        bad("⟦![](a.png)⟧\n"),
        bad("---\ntitle: A harbour opens\n---\n\n⟦![A harbour opens](a.png)⟧\n", note="the title"),
        good('<p><img src="a.png" alt="The new harbour"> <img src="b.png" alt=""></p>'),
        good("![The new harbour](a.png)\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        block = document.front_matter
        title = str(block.values.get("title", "")).strip() if block else ""
        for image in document.images:
            alt = image.text
            name = unquote(urlsplit(image.url).path.rsplit("/", 1)[-1]) if _splits(image.url) else ""
            if alt is None or (alt == "" and image.element is None):
                yield self.at(image.span)
            elif alt.strip() and alt.strip() in (title, name, name.rsplit(".", 1)[0]):
                what = "the title" if alt.strip() == title else "the file name"
                yield self.at(image.span, f"Description of the image only repeats {what}")


class ImageWithoutSource(Check):
    """A picture without a source, or with a stand-in that nothing will replace, shows nothing.

    Safe where it has neither source nor `alt`; a stand-in is reported, for the real picture may be found.
    """

    code = "IMG008"
    name = "image-without-source"
    summary = "Image has no source"
    stage = Stage.MARKUP
    needs = Needs(HTML.kinds, markup=("<img",))
    examples = (
        bad("<p>One.⟦<img>⟧</p>", fixed="<p>One.</p>"),
        bad('<p>One.⟦<img src="">⟧</p>', fixed="<p>One.</p>"),
        bad('<p>One.⟦<img alt="Map">⟧</p>', note="its text is all that is left"),
        bad('<p>⟦<img src="/images/loading.gif">⟧</p>', note="the picture itself is lost"),
        good('<p><img srcset="a.png 2x"> <img data-src="/a.png"> <img src="/images/map.gif"></p>'),
        good('<p><img data-src="two.jpg"> <img data-srcset="a.jpg 1x"></p>', note="IMG001 speaks of them"),
        good('<p><img data-image="https://example.com/a.png"></p>', note="an unknown script's"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html":
            return
        for element in document.select("img"):
            source = (element.attribute("src") or "").strip()
            if shows_picture(element):
                continue
            if not source:
                if any("://" in value for value in element.attributes.values()):
                    continue
                edits = () if element.attribute("alt") else remove(element)
                yield self.at(element.span, fix=fix("Remove it", edits))
            elif _is_stand_in(source) and not SPACER.fullmatch(source) and not is_dot(element.attributes):
                yield self.at(element.span, f"Image is only a stand-in: `{source[:40]}`")


class DoubledImage(Check):
    """The same picture twice in a row is a leftover of lazy loading or of copying.

    Unsafe: very likely nobody wants to see it twice, but a comparison could be meant.
    """

    code = "IMG009"
    name = "doubled-image"
    summary = "The same image twice in a row"
    needs = Needs(signs=("image",), read=addresses)
    examples = (
        bad('<p><img src="a.png">⟦<img src="a.png">⟧</p>', fixed='<p><img src="a.png"></p>'),
        bad("![A](a.png)\n\n⟦![A](a.png)⟧\n", fixed="![A](a.png)\n\n\n"),
        good('<p><img src="a.png"> again: <img src="a.png"></p>'),
        good('<p><img src="a.png"><img src="b.png"><img src="a.png"></p>'),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        previous: Link | None = None
        for image in document.images:
            if previous is not None and previous.url == image.url and image.url:
                between = document.text[previous.span.end : image.span.start]
                if not re.sub(r"</?(?:p|div|br|figure|center)\b[^<>]*>|&nbsp;|\s", "", between, flags=re.I):
                    yield self.at(image.span, fix=fix("Remove it", _cut(image), Applicability.UNSAFE))
            previous = image


class CaptionParagraph(Check):
    """A caption that is a paragraph of its own, marked `▲` or `图：`, belongs to its picture.

    Unsafe: a paragraph behind a picture that starts so is very likely its caption.
    """

    code = "IMG010"
    name = "caption-paragraph"
    summary = "Caption of an image is a paragraph of its own"
    severity = Severity.NOTE
    default = False
    examples = (
        bad(
            '<p><img src="a.png"></p>⟦<p>▲ 新港一角</p>⟧',
            fixed='<figure><img src="a.png"><figcaption>▲ 新港一角</figcaption></figure>',
        ),
        good('<p><img src="a.png"></p><p>新港一角昨日开放。</p>'),
        good("<p>▲ 新港一角</p>"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html":
            return
        paragraphs = document.select("p")
        for picture, caption in itertools.pairwise(paragraphs):
            if not _CAPTION.match(caption.text.strip()) or picture.text.strip():
                continue
            between = document.text[picture.span.end : caption.span.start]
            ends = (picture.end_tag, caption.end_tag)
            if between.strip() or [child.tag for child in picture.children] != ["img"] or not all(ends):
                continue
            edits = _as_figure(picture, caption) if picture.is_sound and caption.is_sound else ()
            yield self.at(caption.span, fix=fix("Make a figure of both", edits, Applicability.UNSAFE))


_CAPTION = lazily(r"(?:[▲△▼↑]|图[：:]|图片(?:来源|说明)[：:]|图源[：:]).{1,80}\Z", re.DOTALL)


def _as_figure(picture: Element, caption: Element) -> tuple[Edit, ...]:
    if picture.end_tag is None or caption.end_tag is None:
        return ()
    return (
        Edit(picture.start_tag, "<figure>"),
        Edit(Span(picture.end_tag.start, caption.start_tag.end), "<figcaption>"),
        Edit(caption.end_tag, "</figcaption></figure>"),
    )


def _cut(image: Link) -> tuple[Edit, ...]:
    return remove(image.element) if image.element is not None else (Edit(image.span),)


def _is_stand_in(source: str) -> bool:
    return PLACEHOLDER.fullmatch(source) is not None and not source.startswith(("data:", "#"))


def _splits(url: str) -> bool:
    try:
        urlsplit(url)
    except ValueError:
        return False
    return True
