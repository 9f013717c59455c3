"""Markdown bodies as canonical HTML, with proof."""

from __future__ import annotations

import re

from artlint.canonical.html import block_lines, format_html, top_runs
from artlint.canonical.readings import difference, words
from artlint.canonical.unusual import check_syntax
from artlint.diagnostic import Edit, apply_edits
from artlint.document.elements import BLOCK
from artlint.document.html import Html
from artlint.document.markdown import read_markdown
from artlint.document.markdown_gfm import with_boxes, with_links
from artlint.document.nodes import Node
from artlint.policy import Policy
from artlint.source import Span
from artlint.view import Unaccounted

_NOTE = re.compile(r"^ {0,3}\[\^[^\]\n]+\]:", re.MULTILINE)
# The name of a heading, as kramdown, Pandoc and Hugo have it: `# Title {#name}`.
_HEADING_ID = re.compile(r"[ \t]+\{#[A-Za-z][\w:.-]*\}(?=[ \t]*#*[ \t]*$)", re.ASCII | re.MULTILINE)


def body_to_html(markdown: str, policy: Policy) -> str:
    """A Markdown body as canonical HTML.

    Raises Unaccounted when two Markdown programs do not agree on the text, when the body holds
    syntax that not every Markdown program knows, or links into the article that the policy would break.
    """
    from artlint.canonical.footnote_html import notes_to_html

    if _headings_with_ids(markdown) and not policy.allows_attribute("h2", "id"):
        raise Unaccounted("the policy allows no `id`, which a heading has")
    markdown = _as_commonmark(markdown)
    if not _NOTE.search(markdown):
        return _without_notes(markdown)
    if not all(policy.allows_attribute(tag, "id") for tag in ("a", "li")):
        raise Unaccounted("the policy allows no `id`, to which the links of its footnotes could lead")
    return notes_to_html(markdown, _without_notes)


def _as_commonmark(markdown: str) -> str:
    """The text with task lists and bare URLs written in CommonMark."""
    boxed = with_boxes(markdown)
    linked = with_links(boxed)
    return linked if words(Html(_rendered(linked))) == words(Html(_rendered(boxed))) else boxed


def _without_notes(markdown: str) -> str:
    names = _headings_with_ids(markdown)
    plain = apply_edits(markdown, names)
    check_syntax(plain)
    html = Html(_rendered(markdown, heading_ids=bool(names)))
    if html.irregularity:
        raise Unaccounted(f"the rendered HTML does not nest: {html.irregularity}")
    _second_opinion(plain, html)
    text = _in_blocks(html)
    reason = difference(Html(text), Html(_rendered(text)))
    if reason:
        raise Unaccounted(f"a Markdown program would not read its HTML as such: {reason}")
    return text


def _headings_with_ids(markdown: str) -> list[Edit]:
    """The edits that take the names out of the headings."""
    if "{#" not in markdown:
        return []
    headings = [each.span for each in read_markdown(markdown).constructs if each.kind == "heading"]
    found = (_HEADING_ID.search(markdown, *heading) for heading in headings)
    return [Edit(Span(*name.span())) for name in found if name]


def _in_blocks(html: Html) -> str:
    """The canonical form; text beside a block of HTML gets a paragraph, else Markdown would read it anew."""
    blocks = []
    for run in top_runs(html):
        block = "\n".join(block_lines(html, run))
        blocks.append(f"<p>{block}</p>" if _is_bare(run) else block)
    return format_html(Html("\n\n".join(blocks)))


def _is_bare(run: list[Node]) -> bool:
    return any(node.is_text or node.tag for node in run) and not any(node.tag in BLOCK for node in run)


def _second_opinion(markdown: str, html: Html) -> None:
    from markdown_it import MarkdownIt

    other = Html(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown))
    if words(html) != words(other):
        raise Unaccounted("two Markdown programs do not agree on the text")


def _rendered(markdown: str, heading_ids: bool = False) -> str:
    from artlint.document.html_export import to_html

    return to_html(markdown, heading_ids=heading_ids)
