"""Canonical HTML: one block an element a line, in one spelling.

The form is safe inside Markdown files (no blank line inside a block, so CommonMark reads each block
to its end as HTML) and inside template engines (``{{``, ``{%`` and ``{#`` stay escaped).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.document.elements import BLOCK, VOID
from artlint.document.html import Html, Node

INDENT = "  "

# Written as they stand in the source: their text is not folded or must not be touched.
_AS_WRITTEN = frozenset(
    """pre textarea script style svg math listing xmp plaintext template noscript iframe""".split()
)

# Attributes that come first, in this order; all others follow by name.
_FIRST = ("id", "class", "href", "src", "srcset", "alt", "title", "width", "height")

_BLANKS = re.compile(r"[ \t\n\f\r]+")
_TEMPLATE_MARK = re.compile(r"\{(?=[{%#])")


def format_html(html: Html) -> str:
    """The canonical form of a body, ending in a newline (empty for an empty body).

    The body must be regular (``html.irregularity is None``): each node at its place in the source.
    """
    blocks = ["\n".join(_Writer(html).lines(run, "")) for run in _runs(html.top_nodes)]
    return "\n\n".join(block for block in blocks if block) + "\n" if any(blocks) else ""


class _Writer:
    def __init__(self, html: Html) -> None:
        self._html = html

    def lines(self, run: list[Node], indent: str) -> Iterator[str]:
        """The lines of a block element, a comment, or a run of inline nodes."""
        if run[0].tag in BLOCK:
            yield from self._block(run[0], indent)
            return
        # At the top level Markdown may read a line on its own, so a run stays one line there.
        for line in self._inline(run, one_line=not indent):
            yield indent + line

    def _block(self, node: Node, indent: str) -> Iterator[str]:
        if node.tag in _AS_WRITTEN:
            yield indent + self._as_written(node)
            return
        start, end = start_tag(node), "" if node.tag in VOID else f"</{node.tag}>"
        runs = list(_runs(node.children))
        if any(run[0].tag in BLOCK for run in runs):
            yield indent + start
            for run in runs:
                yield from self.lines(run, indent + INDENT)
            yield indent + end
            return
        lines = self._inline(node.children)
        if len(lines) < 2:
            yield indent + start + "".join(lines) + end
            return
        yield indent + start
        for line in lines:
            yield indent + INDENT + line
        yield indent + end

    def _inline(self, nodes: list[Node], one_line: bool = False) -> list[str]:
        """Inline content with blanks folded and trimmed; a line ends after each ``<br>``."""
        lines: list[str] = []
        parts: list[str] = []
        for piece in self._pieces(nodes):
            if not parts:
                piece = piece.lstrip(" ")
            parts.append(piece)
            if piece == "<br>":
                parts[-2:] = [part.rstrip(" ") for part in parts[-2:]]
                if not one_line:
                    lines.append("".join(parts))
                    parts = []
        lines.append("".join(parts).rstrip(" "))
        return [line for line in lines if line]

    def _pieces(self, nodes: list[Node]) -> Iterator[str]:
        for node in nodes:
            if node.is_text:
                yield _escape(_BLANKS.sub(" ", node.data))
            elif not node.tag or node.tag in _AS_WRITTEN:
                yield self._as_written(node)
            else:
                yield start_tag(node)
                if node.tag not in VOID:
                    yield from self._pieces(node.children)
                    yield f"</{node.tag}>"

    def _as_written(self, node: Node) -> str:
        return self._html.source_of(node).rstrip()


def start_tag(node: Node) -> str:
    """The canonical start tag: lower case, double quotes, attributes in a fixed order."""
    names = sorted(
        node.attributes, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)
    )
    parts = [node.tag]
    parts.extend(f'{name}="{_escape_value(node.attributes[name])}"' for name in names)
    return f"<{' '.join(parts)}>"


def _runs(nodes: list[Node]) -> Iterator[list[Node]]:
    """Blocks and comments alone; inline nodes between them together; blank text between is dropped."""
    run: list[Node] = []
    for node in nodes:
        if node.tag in BLOCK or (not node.tag and not node.is_text and not _continues(run)):
            if _continues(run):
                yield run
            run = []
            yield [node]
        else:
            run.append(node)
    if _continues(run):
        yield run


def _continues(run: list[Node]) -> bool:
    return any(not node.is_text or node.data.strip(" \t\n\f\r") for node in run)


def _escape(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\xa0", "&nbsp;")
    return _TEMPLATE_MARK.sub("&#123;", text)


def _escape_value(value: str) -> str:
    return _escape(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
