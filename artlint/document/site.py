"""Which files belong to a site and are no articles: layouts, pages with code of the site, feeds.

Their scripts are the site's own, so rules of safety report them and leave them. Strangers write
articles, so whatever may be published as one is none of these.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from artlint.document.masking import hits, outside
from artlint.pattern_lazy import lazily
from artlint.source import Span

if TYPE_CHECKING:
    from artlint.document.body import Body
    from artlint.document.model import Document

HTML_SUFFIXES = frozenset({".html", ".htm"})
_XML_SUFFIXES = frozenset({".xml", ".rss", ".atom"})
_ARTICLE_FOLDERS = frozenset({"_posts", "_drafts"})  # Jekyll and Hexo publish what is in them
_FEED = lazily(r"\s*<(?:\?xml|feed|rss|urlset)\b")
_NAMESPACE = lazily(r"xmlns\s*(?::\s*[\w.-]+\s*)?=\s*(?:\"([^\"]*)\"|'([^']*)'|)")
# Those of a feed; in none of them a browser runs anything.
_FEED_NAMESPACES = (
    "http://www.w3.org/2005/Atom",
    "http://purl.org/",
    "http://search.yahoo.com/mrss/",
    "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "http://www.google.com/schemas/sitemap-",
    "http://www.sitemaps.org/schemas/sitemap/",
    "http://wellformedweb.org/CommentAPI/",
)
# A tag or an expression with a name, as against braces that an article happens to hold.
_SITE_CODE = lazily(r"\{%-?\s*[a-z]|\{\{-?\s*[A-Za-z_.$][^<>;]*\}\}\Z")


def is_site_page(document: Document) -> bool:
    """Whether a file is a part of the site rather than an article.

    That is a feed, and an HTML file that has template code, is a whole page without front matter, or
    lies in a folder of layouts. Never one with a date or in a folder of articles, and no Markdown
    file but the template of a feed.
    """
    values = document.front_matter.values if document.front_matter else {}
    has_date = any(str(key).lower() == "date" for key in values)
    if has_date:
        return False
    path = PurePath(document.source.path)
    if not _ARTICLE_FOLDERS.isdisjoint(path.parts):
        return False
    suffix = path.suffix.lower()
    address = PurePath(str(values.get("permalink") or values.get("url") or ""))
    if suffix in _XML_SUFFIXES or address.suffix.lower() in _XML_SUFFIXES:
        return _is_feed(document.body)
    return suffix in HTML_SUFFIXES and _is_site_code(document.body)


def _is_feed(body: Body) -> bool:
    """Whether this is the template of a feed or site map: XML in which a browser runs nothing."""
    rest = "".join(body.text[start:end] for start, end in outside(body.template_spans, len(body.text)))
    spaces = [found[1] or found[2] or "" for found in _NAMESPACE.finditer(body.without_templates)]
    is_plain = not any(mark in body.text.lower() for mark in ("<!doctype", "<!entity", "<script"))
    return (
        is_plain
        and _FEED.match(rest) is not None
        and all(space.startswith(_FEED_NAMESPACES) for space in spaces)
    )


def _is_site_code(body: Body) -> bool:
    """Whether the body of an HTML file is code of the site."""
    if body.is_in_site_folder:
        return True
    if body.kind != "page" or body.span.start == 0:
        return body.kind == "page"
    raw = [element.inner_span for element in body.html.select("script, style")]
    return body.has_template_code() and any(
        _SITE_CODE.match(body.text, start, end)
        and not hits(raw, Span(body.span.start + start, body.span.start + end))
        for start, end in body.template_spans
    )
