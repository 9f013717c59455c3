"""Canonical front matter: no trailing blanks, lists indented by two blanks (or not at all)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeGuard

from artlint.diagnostic import Edit
from artlint.document import Document, FrontMatter, Node
from artlint.pattern_lazy import lazily
from artlint.source import Span

_TRAILING = lazily(r"[ \t]+(?=\n|\Z)")
_LIST_INDENT = lazily(r"^( +)-[ ]", re.MULTILINE)


def front_matter_edits(document: Document) -> list[Edit]:
    """The edits that give front matter its canonical form; values never change."""
    block = document.front_matter
    if block is None or block.fault:
        return []
    text = document.text
    edits = [*_blanks(text, block), *_gap(document, block)]
    if block.format == "yaml":
        edits.extend(_indents(text, block))
    return sorted(edits, key=lambda edit: edit.span)


def _blanks(text: str, block: FrontMatter) -> Iterator[Edit]:
    """Blanks at the ends of lines, also of the fences, save in texts of several lines."""
    ends = [*(field.key_span.start for field in block.fields[1:]), block.content.end]
    kept = [
        Span(leaf.span.start, end if text[leaf.span.start] in "|>" else leaf.span.end)
        for field, end in zip(block.fields, ends, strict=False)  # an empty block has one end too many
        for leaf in _leaves(field.node)
        if "\n" in text[leaf.span.start : leaf.span.end]
    ]
    for match in _TRAILING.finditer(text, block.span.start, block.span.end):
        span = Span(*match.span())
        if not any(scalar.contains(span) for scalar in kept):
            yield Edit(span)


def _leaves(node: Node) -> Iterator[Node]:
    """The values that hold no others."""
    inner = (*node.items, *(field.node for field in node.fields))
    if not inner:
        yield node
    for part in inner:
        yield from _leaves(part)


def _indents(text: str, block: FrontMatter) -> Iterator[Edit]:
    """Plain lists under a key; deeper structures keep the author's indentation."""
    for field in block.fields:
        if not _is_plain_list(field.value):
            continue
        items = list(_LIST_INDENT.finditer(text, field.key_span.end, field.value_span.end))
        if len(items) == len(field.value):
            for item in items:
                if item.group(1) != "  ":
                    yield Edit(Span(*item.span(1)), "  ")


def _is_plain_list(value: object) -> TypeGuard[list[object]]:
    """Whether a value is a list of simple values of one line each."""
    return isinstance(value, list) and not any(
        isinstance(item, (list, dict)) or "\n" in str(item) for item in value
    )


def _gap(document: Document, block: FrontMatter) -> Iterator[Edit]:
    """One blank line between the block and an HTML body (Markdown keeps what its author left)."""
    if document.body.kind != "html":
        return
    start = end = block.span.end
    while end < len(document.text) and document.text[end] in " \t\n":
        end += 1
    if end < len(document.text) and document.text[start:end] != "\n":
        yield Edit(Span(start, end), "\n")
