"""Whole articles from HTML to Markdown and back, with proof.

Each block is written as GFM, rendered again by another program and compared in text, links,
pictures, structure and attributes. A block that differs stays HTML, which Markdown may hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from artlint.canonical.footnotes import Footnotes, definition, read_footnotes, with_marks, with_numbers
from artlint.canonical.html import block_lines, format_html, top_runs
from artlint.canonical.markdown_html import body_to_html
from artlint.canonical.readings import difference, words
from artlint.document import Document
from artlint.document.elements import BLOCK
from artlint.document.html import Html
from artlint.document.nodes import Node
from artlint.view import Unaccounted

_LIST = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_TEMPLATE_MARK = re.compile(r"\{(?=[{%#])")
# A URL in the text: programs that make links of these (GFM's autolinks) show escapes in them.
_BARE_URL = re.compile(r"(?<![\w(<\"])(?:https?://|www\.)[^\s<]+")
_NEEDLESS_ESCAPE = re.compile(r"\\([_*~])")
_ALIGNMENT = {"left": ":---", "right": "---:", "center": ":---:", "": "---"}


class KeptBlock(NamedTuple):
    """A block that stayed HTML: the line it starts on in the converted body, its tag, and why."""

    line: int
    tag: str
    reason: str


class Conversion(NamedTuple):
    """A converted body. ``blocks`` counts its top-level blocks, ``kept`` lists those left as HTML."""

    text: str
    blocks: int
    kept: tuple[KeptBlock, ...] = ()


def body_to_markdown(html: Html) -> Conversion:
    """A regular HTML body as GFM. Raises Unaccounted when the blocks together do not say the same."""
    found = read_footnotes(Html(format_html(html)))
    if found:
        try:
            return _with_footnotes(found)
        except Unaccounted:
            pass  # the notes stay a list of HTML
    return _blocks_to_markdown(html)


def _with_footnotes(found: Footnotes) -> Conversion:
    """Raises Unaccounted when the notes cannot be written as notes of Markdown."""
    body = _blocks_to_markdown(found.body)
    notes = [_blocks_to_markdown(note) for note in found.notes]
    if any(note.kept for note in notes):
        raise Unaccounted("a note holds what GFM cannot say")
    definitions = [definition(number, note.text) for number, note in enumerate(notes, 1)]
    text = "\n\n".join([with_marks(body.text).rstrip(), *definitions]) + "\n"
    wanted = [*words(Html(with_numbers(found.body.text)))]
    for number, note in enumerate(found.notes, 1):
        wanted.extend((str(number), *words(note)))
    if words(Html(_rendered(text, footnotes=True))) != wanted:
        raise Unaccounted("Markdown would read the notes as something else")
    return Conversion(text, body.blocks + len(notes), body.kept)


def _blocks_to_markdown(html: Html) -> Conversion:
    written: list[str] = []
    wanted: list[str] = []  # what each written block has to be once it is rendered
    kept: list[tuple[int, str, str]] = []
    runs = [(run, "\n".join(block_lines(html, run))) for run in top_runs(html)]
    for run, source in runs:
        markdown, reason = source, ""
        if run[0].tag or run[0].is_text:  # a comment stays as it is
            markdown, reason = _block_to_markdown(source, run[0])
        if not reason and written and _LIST.match(markdown) and _LIST.match(written[-1]):
            written[-1] += "\n\n<!-- -->"  # else Markdown makes one list of two
        if not reason and written:
            reason = _difference(wanted[-1] + _as_block(source), f"{written[-1]}\n\n{markdown}")
        if reason:
            _check_html_block(source, reason)
            kept.append((len(written), run[0].tag or "text", reason))
        written.append(source if reason else markdown)
        wanted.append(_rendered(source) if reason else _as_block(source))
    text = "\n\n".join(written) + "\n" if written else ""
    reason = _difference("\n".join(wanted), text)
    if reason:
        raise Unaccounted(f"the article cannot be converted as a whole: {reason}")
    return Conversion(text, len(runs), tuple(_placed(written, kept)))


def _block_to_markdown(source: str, node: Node) -> tuple[str, str]:
    """A block as GFM, and the reason why it has to stay HTML (empty when it need not)."""
    from artlint.document.html_export import to_markdown

    markdown = _TEMPLATE_MARK.sub("&#123;", _aligned(to_markdown(Html(source)), node)).strip()
    markdown = _BARE_URL.sub(lambda url: _NEEDLESS_ESCAPE.sub(r"\1", url.group()), markdown)
    reason = _difference(_as_block(source), markdown)
    if not reason and node.tag in BLOCK and markdown.startswith(f"<{node.tag}"):
        reason = f"GFM cannot say this `<{node.tag}>`"  # the exporter gave up by itself
    if not reason and any("\\" in url for url in _BARE_URL.findall(markdown)):
        reason = "a URL in its text cannot be escaped"
    return markdown, reason


def _difference(source: str, markdown: str) -> str:
    """What a reader of a block of HTML would miss in its Markdown; empty when nothing."""
    return difference(Html(source), Html(_rendered(markdown)))


def _rendered(markdown: str, footnotes: bool = False) -> str:
    from artlint.document.html_export import to_html

    return to_html(markdown, footnotes)


def _check_html_block(source: str, reason: str) -> None:
    """Raise Unaccounted when Markdown would not pass a block of HTML through as it is."""
    if _difference(source, source) and _difference(_as_block(source), source):
        raise Unaccounted(f"a block can stand neither as Markdown nor as HTML in it: {reason}")


def _as_block(source: str) -> str:
    """A top-level block; Markdown makes a paragraph of inline content there."""
    nodes = Html(source).top_nodes
    is_inline = any(node.is_text or node.tag for node in nodes) and not any(
        node.tag in BLOCK for node in nodes
    )
    return f"<p>{source}</p>" if is_inline else source


def _aligned(markdown: str, node: Node) -> str:
    """A GFM table with the alignment that all cells of a column share."""
    if node.tag != "table":
        return markdown
    rows = list(_rows(node))
    if not rows:
        return markdown
    columns = zip(*(([cell.attributes.get("align", "") for cell in row]) for row in rows), strict=False)
    marks = [
        _ALIGNMENT.get(next(iter(set(column))), "---") if len(set(column)) == 1 else "---"
        for column in columns
    ]
    lines = markdown.split("\n")
    if len(lines) > 1 and re.fullmatch(r"[|\s:-]+", lines[1]):
        lines[1] = f"| {' | '.join(marks)} |"
    return "\n".join(lines)


def _rows(node: Node) -> Iterator[list[Node]]:
    for child in node.children:
        if child.tag == "tr":
            yield [cell for cell in child.children if cell.tag in ("td", "th")]
        elif child.tag:
            yield from _rows(child)


def _placed(written: list[str], kept: list[tuple[int, str, str]]) -> Iterator[KeptBlock]:
    for index, tag, reason in kept:
        line = 1 + sum(block.count("\n") + 2 for block in written[:index])
        yield KeptBlock(line, tag, reason)


def convert(document: Document, to: str) -> Conversion | None:
    """The body in the other syntax (``markdown`` or ``html``); None when it is in it already.

    Raises Unaccounted when the body cannot be converted as a whole, and says why.
    """
    body = document.body
    if body.kind == to:
        return None
    if body.kind == "page" or body.template_spans:
        raise Unaccounted("a page with template code is not converted")
    if to == "html":
        return Conversion(body_to_html(body.text, document.settings.policy), 0)
    if body.html.irregularity:
        raise Unaccounted(f"markup that does not nest is not converted: {body.html.irregularity}")
    return body_to_markdown(body.html)
