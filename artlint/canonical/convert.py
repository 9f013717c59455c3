"""Whole articles from HTML to Markdown and back, with proof.

Each block is written as GFM, rendered again by another program and compared in text, links,
pictures, structure and attributes. A block that differs stays HTML, which Markdown may hold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from artlint.canonical.footnotes import Footnotes, definition, read_footnotes, with_marks, with_numbers
from artlint.canonical.html import block_lines, format_html, top_runs
from artlint.document import Document
from artlint.document.elements import BLOCK, HEADINGS
from artlint.document.html import Html
from artlint.document.nodes import Node
from artlint.view import Unaccounted

_SAME = {"b": "strong", "i": "em", "s": "del", "strike": "del"}
# Elements that group without meaning when they have no attributes.
_GROUPS = frozenset("div section article span font tbody thead center figure".split())
# Where Markdown puts bare text into paragraphs (a figure's picture is one, too). A group that stands
# in no list or table counts as one place with what is around it.
_PARAGRAPHS_INSIDE = frozenset({"group", "blockquote", "figure"})
_AROUND_GROUPS = frozenset({"", "group", "blockquote"})
_LIST = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_TEMPLATE_MARK = re.compile(r"\{(?=[{%#])")
# A URL in the text: programs that make links of these (GFM's autolinks) show escapes in them.
_BARE_URL = re.compile(r"(?<![\w(<\"])(?:https?://|www\.)[^\s<]+")
_NEEDLESS_ESCAPE = re.compile(r"\\([_*~])")
_ALIGNMENT = {"left": ":---", "right": "---:", "center": ":---:", "": "---"}
_KRAMDOWN = re.compile(r"^\s*\{:[^}\n]*\}|\[\^[^\]\n]+\]|^\s*\[TOC\]|\$\$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class KeptBlock:
    """A block that stayed HTML: the line it starts on in the converted body, its tag, and why."""

    line: int
    tag: str
    reason: str


@dataclass(frozen=True)
class Conversion:
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
    wanted = [*_words(Html(with_numbers(found.body.text)))]
    for number, note in enumerate(found.notes, 1):
        wanted.extend((str(number), *_words(note)))
    if _words(Html(_rendered(text, footnotes=True))) != wanted:
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


def body_to_html(markdown: str) -> str:
    """A Markdown body as canonical HTML.

    Raises Unaccounted when two Markdown programs do not agree on the text, or when the body holds
    syntax that not every Markdown program knows.
    """
    from artlint.document.html_export import to_html

    unusual = _KRAMDOWN.search(markdown)
    if unusual:
        raise Unaccounted(f"`{unusual.group().strip()}` is not CommonMark")
    html = Html(to_html(markdown))
    if html.irregularity:
        raise Unaccounted(f"the rendered HTML does not nest: {html.irregularity}")
    _second_opinion(markdown, html)
    return format_html(html)


def _second_opinion(markdown: str, html: Html) -> None:
    from markdown_it import MarkdownIt

    other = Html(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown))
    if _words(html) != _words(other):
        raise Unaccounted("two Markdown programs do not agree on the text")


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


def _difference(source: str, markdown: str) -> str:
    """What a reader would miss in the Markdown of a block, in a few words; empty when nothing."""
    ours, theirs = Html(source), Html(_rendered(markdown))
    if theirs.irregularity:
        return "Markdown would break its markup"
    if _words(ours) != _words(theirs):
        return "its text would change"
    left, right = list(_signature(ours.top_nodes)), list(_signature(theirs.top_nodes))
    if any(_has_block(node.children) for node in _preformatted_nodes(ours.top_nodes)):
        left, right = ([re.sub(r"\n+", "\n", part) for part in parts] for parts in (left, right))
    if left != right:
        lost = Counter(left) - Counter(right)
        tags = [tag for tag in left if lost[tag] and tag.startswith("<") and not tag.startswith("</")]
        if tags == ["<p>"]:
            return "Markdown would not make a paragraph of it"
        return f"GFM cannot say `{tags[0][:60]}`" if tags else "its structure would change"
    return ""


def _words(html: Html) -> list[str]:
    parts: list[str] = []
    _collect(html.top_nodes, parts)
    return "".join(parts).split()


def _collect(nodes: list[Node], parts: list[str]) -> None:
    for node in nodes:
        if node.is_text:
            parts.append(node.data)
        elif node.tag:
            edge = "\n" if node.tag in BLOCK or node.tag == "br" else ""
            parts.append(edge)
            _collect(node.children, parts)
            parts.append(edge)


def _signature(nodes: list[Node], parent: str = "") -> Iterator[str]:
    """The structure of a piece of HTML as a reader gets it: start tags and ends, in one spelling."""
    paragraphs = sum(1 for node in nodes if node.tag == "p")
    inline = False
    for node in nodes:
        starts_line = bool(node.data.strip()) if node.is_text else bool(node.tag) and node.tag not in BLOCK
        if parent in _PARAGRAPHS_INSIDE and starts_line and not inline:
            yield "<p>"
        inline = starts_line or (inline and node.tag not in BLOCK)
        if node.tag:
            yield from _element(node, parent, alone=parent == "li" and paragraphs == 1)


def _element(node: Node, parent: str, alone: bool) -> Iterator[str]:
    tag = _SAME.get(node.tag, node.tag)
    attributes = _meaning(node)
    is_silent = (tag in _GROUPS and not attributes) or (tag == "p" and alone)
    if tag == "figcaption" and not attributes:
        tag = "p"
    if tag == "pre" and [child.tag for child in node.children] == ["code"]:
        node = node.children[0]
        attributes = _meaning(node)
    if not is_silent:
        yield f"<{' '.join((tag, *attributes))}>"
    if tag == "pre":
        yield _preformatted(node)
        yield from _marks(node.children)
    else:
        inside = tag
        if is_silent and tag in BLOCK and tag != "figure":
            inside = "group" if parent in _AROUND_GROUPS else parent
        yield from _signature(_without_last_break(node.children), inside)
    if not is_silent and node.children and tag != "p":
        yield f"</{tag}>"


def _preformatted(node: Node) -> str:
    """Preformatted text; blocks inside it break the lines."""
    parts: list[str] = []
    if _has_block(node.children):
        _collect(node.children, parts)
    else:
        parts.extend(_raw_text(node.children))
    return "".join(parts).strip("\n")


def _marks(nodes: list[Node]) -> Iterator[str]:
    """What preformatted text holds besides text and lines: links, pictures, emphasis."""
    for node in nodes:
        attributes = _meaning(node)
        if attributes or (node.tag and node.tag not in BLOCK | _GROUPS | {"br", "code"}):
            yield f"<{' '.join((node.tag, *attributes))}>"
        yield from _marks(node.children)


def _preformatted_nodes(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.tag == "pre":
            yield node
        yield from _preformatted_nodes(node.children)


def _has_block(nodes: list[Node]) -> bool:
    return any(node.tag in BLOCK or _has_block(node.children) for node in nodes)


def _raw_text(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        yield node.data if node.is_text else "".join(_raw_text(node.children))


def _without_last_break(nodes: list[Node]) -> list[Node]:
    """A line break at the end of a block shows nothing."""
    last = len(nodes) - 1
    while last >= 0 and nodes[last].is_text and not nodes[last].data.strip():
        last -= 1
    return nodes[:last] if last >= 0 and nodes[last].tag == "br" else nodes


def _meaning(node: Node) -> list[str]:
    """The attributes of an element that mean something, in one spelling."""
    found = {
        name: value for name, value in node.attributes.items() if value and _means(node.tag, name, value)
    }
    if "".join(_raw_text([node])).strip() == found.get("title", "").strip():
        found.pop("title", None)  # it says what the text says
    if node.tag in HEADINGS and found.get("id") == _slug("".join(_raw_text([node]))):
        del found["id"]  # site generators give a heading of Markdown this id
    style = re.fullmatch(r"text-align: (left|right|center)", found.get("style", ""))
    if style:
        found["align"] = style.group(1)
        del found["style"]
    return [f'{name}="{found[name]}"' for name in sorted(found)]


def _slug(text: str) -> str:
    """The id that GitHub, Hugo, Jekyll and Hexo make of a heading (github-slugger's algorithm)."""
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", text.strip().lower()))


def _means(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return tag in ("code", "pre") and value.startswith("language-")
    return name not in ("rel", "target") and not name.startswith("data-")


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
        return Conversion(body_to_html(body.text), 0)
    if body.html.irregularity:
        raise Unaccounted(f"markup that does not nest is not converted: {body.html.irregularity}")
    return body_to_markdown(body.html)
