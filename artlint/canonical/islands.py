"""Blocks of HTML in Markdown: their canonical form where Markdown reads it as the same block."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.canonical.html import format_html
from artlint.diagnostic import Edit
from artlint.document import Document
from artlint.document.html import Html
from artlint.document.kind import holds_markdown
from artlint.document.masking import hits
from artlint.pattern_lazy import lazily
from artlint.source import Span

_BLANK_LINE = lazily(r"[ \t]*(?:\n|\Z)")


def island_edits(document: Document) -> Iterator[Edit]:
    """The edits that give the HTML blocks of a Markdown body their canonical form.

    A block in a list or quote, one that Markdown text follows without a blank line, and one whose
    markup is not whole in itself stay as they are; so do all when the markup of the body as a whole
    does not nest.
    """
    body = document.body
    if not body.markdown.islands or body.html.irregularity:
        return
    base = body.span.start
    for start, end in body.markdown.islands:
        start = body.text.rfind("\n", 0, start) + 1
        source = body.text[start:end]
        span = Span(base + start, base + start + len(source.rstrip()))
        if hits(body.protected, span) or not _BLANK_LINE.match(body.text, end):
            continue
        canonical = _canonical(source)
        if canonical not in ("", source.rstrip()):
            yield Edit(span, canonical)


def _canonical(source: str) -> str:
    """The canonical form of a block, empty when Markdown would read that as something else.

    Comments keep their place, so a block of comments is left alone. An element that does not end in
    the block may go on behind it.
    """
    html = Html(source)
    outer = [element for element in html.elements if element.parent is None]
    if not outer or not all(element.is_sound for element in outer):
        return ""
    if html.irregularity or holds_markdown(source):
        return ""
    canonical = format_html(html)
    from artlint.document.html_export import to_html  # only what was changed is proved

    return canonical.rstrip() if to_html(canonical) == re.sub(r"\n\n+", "\n", canonical) else ""
