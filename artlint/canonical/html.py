"""Canonical HTML: one block an element a line, in one spelling.

The form is safe inside Markdown files (no blank line inside a block, so CommonMark reads each block
to its end as HTML) and inside template engines (``{{``, ``{%`` and ``{#`` stay escaped).
"""

from __future__ import annotations

from collections.abc import Iterator

from artlint.document.attributes import kept_blanks
from artlint.document.elements import AS_WRITTEN, BLOCK, BOOLEAN, VERBATIM, VOID
from artlint.document.html import Html
from artlint.document.nodes import Node
from artlint.pattern_lazy import lazily
from artlint.remembered import remembered

INDENT = "  "

# Attributes that come first, in this order; all others follow by name.
_FIRST = ("id", "class", "href", "src", "srcset", "alt", "title", "width", "height")

_BLANK_LINE = lazily(r"\n[ \t]*\n")
_BLANKS = lazily(r"[ \t\n\f\r]+")
_SPECIAL = lazily(r"[&<>{\xa0]")
_TEMPLATE_MARK = lazily(r"\{(?=[{%#])")


def format_html(html: Html) -> str:
    """The canonical form of a body, ending in a newline (empty for an empty body).

    The body must be regular (``html.irregularity is None``): each node at its place in the source.
    """
    blocks = ["\n".join(block_lines(html, run)) for run in top_runs(html)]
    return "\n\n".join(block for block in blocks if block) + "\n" if any(blocks) else ""


def top_runs(html: Html) -> Iterator[list[Node]]:
    """The top-level blocks of a body; neighbouring inline nodes make one block."""
    return _runs(html.top_nodes)


def block_lines(html: Html, run: list[Node]) -> list[str]:
    """The canonical lines of one top-level block."""
    if (line := _line_of_text(run[0])) is not None:
        return [line]
    # CommonMark ends an HTML block at a blank line. Where preformatted text inside the block holds
    # one, it starts an HTML block of its own, and nothing is indented, so that no line after it can
    # become an indented code block.
    flat = any(_BLANK_LINE.search(html.source_of(node)) for node in _inner_verbatim(run))
    return list(_Writer(html, "" if flat else INDENT).lines(run, "", top=True))


def _line_of_text(node: Node) -> str | None:
    """The line of a block without attributes that holds nothing but text, as most do; None for any other."""
    if node.tag not in BLOCK or node.tag in AS_WRITTEN or node.attributes:
        return None
    if len(node.children) != 1 or not node.children[0].is_text:
        return None
    text = escape_text(_BLANKS.sub(" ", node.children[0].data).strip(" "))
    return f"<{node.tag}>{text}</{node.tag}>"


def _inner_verbatim(run: list[Node]) -> Iterator[Node]:
    for node in run:
        for child in node.children:
            if _is_as_written(child) or (not child.tag and not child.is_text):
                yield child
        if not _is_as_written(node):
            yield from _inner_verbatim(node.children)


def _is_as_written(node: Node) -> bool:
    """Whether every blank in an element counts."""
    return node.tag in AS_WRITTEN or (
        "style" in node.attributes and bool(kept_blanks(node.attributes["style"]))
    )


class _Writer:
    def __init__(self, html: Html, indent: str) -> None:
        self._html = html
        self._step = indent

    def lines(self, run: list[Node], indent: str, top: bool = False) -> Iterator[str]:
        """The lines of a block element, a comment, or a run of inline nodes."""
        if run[0].tag in BLOCK:
            yield from self._block(run[0], indent)
            return
        # At the top level Markdown may read a line on its own, so a run stays one line there.
        for line in self._inline(run, one_line=top):
            yield indent + line

    def _block(self, node: Node, indent: str) -> Iterator[str]:
        if (line := _line_of_text(node)) is not None:
            yield indent + line
            return
        if _is_as_written(node):
            text = self._as_written(node)
            if not self._step and _BLANK_LINE.search(text):
                yield ""
            yield indent + text
            return
        start, end = start_tag(node), "" if node.tag in VOID else f"</{node.tag}>"
        runs = list(_runs(node.children))
        if any(run[0].tag in BLOCK for run in runs):
            yield indent + start
            for run in runs:
                yield from self.lines(run, indent + self._step)
            yield indent + end
            return
        lines = self._inline(node.children)
        if len(lines) < 2:
            yield indent + start + "".join(lines) + end
            return
        yield indent + start
        for line in lines:
            yield indent + self._step + line
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

    def _pieces(self, nodes: list[Node], verbatim: bool = False) -> Iterator[str]:
        for node in nodes:
            if node.is_text:
                yield escape_text(node.data if verbatim else _BLANKS.sub(" ", node.data))
            elif not node.tag or _is_as_written(node):
                yield self._as_written(node)
            elif node.tag in VERBATIM and not verbatim:
                # One piece, so that a line break inside code stays where it is.
                yield f"{start_tag(node)}{''.join(self._pieces(node.children, True))}</{node.tag}>"
            else:
                yield start_tag(node)
                if node.tag not in VOID:
                    yield from self._pieces(node.children, verbatim)
                    yield f"</{node.tag}>"

    def _as_written(self, node: Node) -> str:
        return self._html.source_of(node).rstrip()


def start_tag(node: Node) -> str:
    """The canonical start tag: lower case, double quotes, attributes in a fixed order."""
    return _start_tag(node.tag, tuple(node.attributes.items())) if node.attributes else f"<{node.tag}>"


@remembered(1024)  # an article repeats a handful of tags
def _start_tag(tag: str, attributes: tuple[tuple[str, str], ...]) -> str:
    def place(attribute: tuple[str, str]) -> tuple[int, str]:
        name = attribute[0]
        return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)

    return f"<{' '.join((tag, *(_attribute(*attribute) for attribute in sorted(attributes, key=place))))}>"


def _attribute(name: str, value: str) -> str:
    if name in BOOLEAN and value in ("", name):
        return name
    return f'{name}="{escape_value(value)}"'


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


def escape_text(text: str) -> str:
    """Text as HTML, with as few entities as a reader of the source can do with."""
    if not _SPECIAL.search(text):
        return text
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\xa0", "&nbsp;")
    return _TEMPLATE_MARK.sub("&#123;", text)


def escape_value(value: str) -> str:
    """An attribute value for double quotes, without a newline that could end an HTML block."""
    return escape_text(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
