"""LNK: links that say or lead nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.data.keyword_links import CLASSES
from artlint.diagnostic import Applicability, Diagnostic, Edit, Severity
from artlint.document import Document
from artlint.document.attributes import attributes
from artlint.document.element import Element
from artlint.rule import HTML, Check, Needs, bad, fix, good, remove, unwrap
from artlint.safety_attributes import are_words
from artlint.signs import addresses
from artlint.source import Span


class EmptyLinkText(Check):
    """A link without text cannot be seen, clicked or spoken by a screen reader.

    Unsafe: the target leaves the article with the link, and the author may have meant it to have a
    text. An image or an icon inside counts as text; an anchor with a `name` or an `id` stays, and so does
    a blank that parts two words.
    """

    code = "LNK003"
    name = "empty-link-text"
    summary = "Link has no text"
    needs = Needs(signs=("link",), read=addresses)
    examples = (
        bad('<p>See ⟦<a href="/x"></a>⟧ now.</p>', fixed="<p>See  now.</p>"),
        bad('<p>See ⟦<a href="https://example.com/x"> <span></span></a>⟧ now.</p>', fixed="<p>See  now.</p>"),
        bad("See ⟦[](https://example.com)⟧ now.\n", fixed="See  now.\n"),
        bad(
            '<p>One⟦<a href="/x">&nbsp;</a>⟧two.</p>',
            fixed="<p>One two.</p>",
            note="its blank parts the words",
        ),
        good('<a href="/x">the report</a>'),
        good('<a href="/x"><img alt="Map" src="m.png"></a>'),
        good('<a href="/x" name="top"></a>', note="a place to link to"),
        good('Text <a href="/x"><i class="icon-star"></i></a>\n', note="an icon"),
        good('Text <a class="anchor" href="#x" aria-label="Permalink"></a>\n'),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for link in document.links:
            if (link.text or "").strip() or not link.url:
                continue
            if link.element is not None:
                if not _is_bare(link.element, document.body.kind == "html"):
                    continue
                edits = remove(link.element)
            elif link.kind == "link" and document.text[link.span.start + 1] == "]":
                edits = (Edit(link.span),)
            else:
                continue
            message = f"Link to `{link.url[:40]}` has no text"
            yield self.at(link.span, message, fix("Remove the link", edits, Applicability.UNSAFE))


class LinkWithoutTarget(Check):
    """A link that leads nowhere was a button of the site's script, or lost its address when it was scraped.

    Readers click and nothing happens. Safe: only the tags go, the text stays; there is no target to lose.
    """

    code = "LNK004"
    name = "link-without-target"
    summary = "Link leads nowhere"
    needs = Needs(HTML.kinds, markup=("<a",))
    examples = (
        bad('<p>⟦<a href="">Read</a>⟧ it.</p>', fixed="<p>Read it.</p>"),
        bad("<p>⟦<a>Read</a>⟧ it.</p>", fixed="<p>Read it.</p>"),
        bad('<p>⟦<a class="keyword" target="_blank">Read</a>⟧ it.</p>', fixed="<p>Read it.</p>"),
        bad('<p>⟦<a href="#">Read</a>⟧ it.</p>', fixed="<p>Read it.</p>", note="the handle of a lost script"),
        good('<p><a name="top">Start</a> <a id="b">Here</a></p>'),
        good('<p><a href="#top">Up</a></p>'),
        good("# Title\n\nText <a href='#'>up</a>, [later]()\n", note="an author's draft"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html":
            return
        for element in document.select("a"):
            href = element.attribute("href")
            if (href or "").strip() not in ("", "#") or {"id", "name"} & set(element.attribute_names):
                continue
            if any(name.startswith("data-") and _is_url(element, name) for name in element.attribute_names):
                continue
            written = attributes(document.body.masked, element.start_tag, document.body.span.start)
            if are_words(list(written), is_sure=True):
                continue  # `x<a or b>c`: SEC004 speaks of it
            yield self.at(element.span, fix=fix("Keep the text, drop the link", unwrap(element)))


class DoubledLink(Check):
    """Editors cut one link into two with the same target; a screen reader reads it twice.

    Safe: the texts stand together under one link to the same target; only tags between them go.
    """

    code = "LNK005"
    name = "doubled-link"
    summary = "The same link twice in a row"
    severity = Severity.NOTE
    needs = Needs(HTML.kinds, markup=("<a",))
    examples = (
        bad(
            '<p><a href="/x">The</a>⟦<a href="/x"> report</a>⟧</p>',
            fixed='<p><a href="/x">The report</a></p>',
        ),
        good('<p><a href="/x">The</a> and <a href="/x">report</a></p>'),
        good('<p><a href="/x">The</a><a href="/y"> report</a></p>'),
        good('<p><a href="/x">One</a><br><a href="/x">Two</a></p>'),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html":
            return
        previous: Element | None = None
        for element in document.select("a[href]"):
            if previous is not None and _continues(previous, element):
                first, second = previous.end_tag, element.start_tag
                edits = (Edit(Span(first.start, second.end)),) if first else ()
                yield self.at(element.span, fix=fix("Make them one link", edits))
            previous = element


class KeywordLink(Check):
    """The publishing system links every mention of a keyword to its own tag page, shop or search.

    Unsafe: the link goes, its text stays. On rare pages such a link is what the author meant.
    """

    code = "LNK006"
    name = "keyword-link"
    summary = "Link that a publishing system puts on a keyword"
    needs = Needs(HTML.kinds, markup=tuple(map(str.lower, CLASSES)))
    examples = (
        bad(
            '<p>The ⟦<a class="s_tag" href="https://example.com/tag/phone/">phone</a>⟧ is new.</p>',
            fixed="<p>The phone is new.</p>",
        ),
        good('<p>The <a class="ref" href="https://example.com/tag/phone/">phone</a> is new.</p>'),
        good("<p>class s_tag</p>"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html":
            return
        for element in document.select("a[class][href]"):
            if CLASSES & set((element.attribute("class") or "").split()):
                edits = unwrap(element)
                title = "Keep the text, drop the link"
                yield self.at(element.span, fix=fix(title, edits, Applicability.UNSAFE))


_SOMETHING = (
    "img, picture, video, audio, iframe, object, embed, svg, canvas, input, button, code, kbd, math, i, br,"
    " [id], [name], [aria-label], [title]"
)


def _is_bare(element: Element, scraped: bool) -> bool:
    """Whether nothing inside or on a link without text could be seen or linked to."""
    names = set(element.attribute_names) & {"id", "name", "aria-label", "title"}
    if names or element.select(_SOMETHING):
        return False
    return scraped or (element.attribute_names == ["href"] and not element.children)


def _is_url(element: Element, name: str) -> bool:
    return re.match(r"(?:https?:)?//", element.attribute(name) or "") is not None


def _continues(first: Element, second: Element) -> bool:
    if first.end_tag is None or first.end_tag.end != second.start_tag.start:
        return False
    if not first.is_sound or not second.is_sound or second.end_tag is None:
        return False
    return first.attributes == second.attributes and bool(first.attribute("href"))
