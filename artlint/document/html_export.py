"""HTML to Markdown and back by libraries: turbohtml writes GFM, pyromark reads it.

Nothing here is trusted: ``artlint.canonical.convert`` renders what was written and compares.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from artlint.document.html import Html
from artlint.document.parser import turbohtml

# What GFM cannot say but Markdown may hold as inline HTML around text of its own.
_INLINE_HTML = ("sub", "sup", "u", "ins", "mark", "kbd", "small", "abbr", "q", "cite", "dfn", "big", "var")


def _keep(tag: str) -> Callable[[turbohtml.Element, str], str]:
    def convert(element: turbohtml.Element, markdown: str) -> str:
        if element.attrs:
            return element.html
        return f"<{tag}>{markdown}</{tag}>"

    return convert


def _keep_image(element: turbohtml.Element, markdown: str) -> str:
    """An image with more than GFM can say (its size, how to load it) stays HTML."""
    if element.attr("src") and set(element.attrs) <= {"src", "alt", "title"}:
        return turbohtml.parse_fragment(element.html).to_markdown()
    return element.html


@cache
def _options() -> turbohtml.Markdown:
    return turbohtml.Markdown(converters={"img": _keep_image, **{tag: _keep(tag) for tag in _INLINE_HTML}})


def to_markdown(html: Html) -> str:
    """The GFM that turbohtml writes for a piece of HTML."""
    return html.root.to_markdown(_options())


def to_html(markdown: str, footnotes: bool = False, heading_ids: bool = False) -> str:
    """The HTML that pyromark renders for GFM text (CommonMark with tables and strike-through).

    ``heading_ids``: a heading may name itself (`# Title {#name}`).
    """
    import pyromark

    options = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
    if footnotes:
        options |= pyromark.Options.ENABLE_FOOTNOTES
    if heading_ids:
        options |= pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    return pyromark.html(markdown, options=options)
