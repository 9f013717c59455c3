"""LNK: URLs that lead nowhere outside of the page they were taken from, or that are no links at all."""

from __future__ import annotations

from collections.abc import Iterator

from artlint.diagnostic import Applicability, Diagnostic, Edit, Severity
from artlint.document import Document
from artlint.document.masking import hits, merge
from artlint.pattern_lazy import lazily
from artlint.rule import Check, bad, fix, good
from artlint.source import Span
from artlint.urls import is_web


class BareUrl(Check):
    """A URL that stands in the text as mere text must be copied by hand.

    Unsafe, and on request only: it may be shown as an example that nobody is to follow.
    """

    code = "LNK016"
    name = "bare-url"
    summary = "URL is text, not a link"
    severity = Severity.NOTE
    default = False
    examples = (
        bad(
            "<p>见 ⟦https://example.com/a⟧。</p>",
            fixed='<p>见 <a href="https://example.com/a">https://example.com/a</a>。</p>',
        ),
        good('<p><a href="https://example.com/a">https://example.com/a</a></p>'),
        good("<p><code>https://example.com/a</code></p>"),
        good("See https://example.com/a\n", note="many Markdown renderers make a link of it"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html" or "://" not in document.body.text:
            return
        links = merge([element.span for element in document.select("a")])
        skipped = merge([*links, *document.body.protected])
        for token in document.body.tokens:
            if token.kind != "text" or not token.visible or hits(skipped, token.span):
                continue
            for match in _URL.finditer(document.text, *token.span):
                url, span = match.group(), Span(*match.span())
                if is_web(url) and "&" not in url:
                    edit = Edit(span, f'<a href="{url}">{url}</a>')
                    yield self.at(span, fix=fix("Make it a link", (edit,), Applicability.UNSAFE))


class SiteRelativeUrl(Check):
    """A link such as `/news/1.html` of a scraped article leads into the site that it was taken from.

    In the archive it leads to a page that is not there. No fix: the article does not say which site it
    was. On request only: in a site of one's own such links are right.
    """

    code = "LNK017"
    name = "site-relative-url"
    summary = "URL is relative to a site"
    severity = Severity.NOTE
    default = False
    examples = (
        bad('<p><a href="⟦/news/1.html⟧">A</a> <img alt="" src="⟦../img/a.png⟧"></p>'),
        good('<p><a href="https://example.com/news/1.html">A</a> <a href="#b">B</a></p>'),
        good("[A](/news/1.html)\n", note="Markdown stays the author's"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html":
            return
        for link in (*document.links, *document.images):
            if _RELATIVE.match(link.url):
                yield self.at(link.url_span, f"`{link.url[:50]}` is relative to a site")


_URL = lazily(r"https?://[A-Za-z0-9._~:/?#@!$*+,;=%-]*[A-Za-z0-9/_=-]")
_RELATIVE = lazily(r"(?!//|#|\?|[A-Za-z][A-Za-z0-9+.-]*:|[A-Za-z]:\\)\S")
