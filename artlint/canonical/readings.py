"""What a reader gets of a piece of HTML (words, structure, attributes), and how two pieces differ in that.

Spelling, and elements that say nothing, make no difference.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from artlint.document.attributes import kept_blanks
from artlint.document.elements import BLOCK, HEADINGS
from artlint.document.html import Html
from artlint.document.nodes import Node

_SAME = {"b": "strong", "i": "em", "s": "del", "strike": "del"}
# Elements that group without meaning when they have no attributes.
_GROUPS = frozenset("div section article span font tbody thead center figure".split())
# Where Markdown puts bare text into paragraphs (a figure's picture is one, too). A group that stands
# in no list or table counts as one place with what is around it.
_PARAGRAPHS_INSIDE = frozenset({"group", "blockquote", "figure"})
_AROUND_GROUPS = frozenset({"", "group", "blockquote"})


def difference(ours: Html, theirs: Html) -> str:
    """What a reader of our HTML would miss in theirs, in a few words; empty when nothing."""
    if theirs.irregularity:
        return "Markdown would break its markup"
    if words(ours) != words(theirs):
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


def words(html: Html) -> list[str]:
    """The words that a reader sees, in order; blocks and line breaks part them."""
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
    if tag == "pre" or kept_blanks(node.attributes.get("style", "")):
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
