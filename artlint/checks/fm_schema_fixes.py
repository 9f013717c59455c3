"""Fixes that make a front matter fit its schema: a value in another type, keys in another order."""

from __future__ import annotations

import re

from artlint.diagnostic import Edit, Fix
from artlint.document import Document, Field, FrontMatter, Node
from artlint.source import Span
from artlint.value_edits import in_json, respell


def coercion(document: Document, node: Node, wanted: tuple[str, ...]) -> Fix | None:
    """The fix that writes a value in a wanted type, None where that would lose or guess something."""
    raw = document.text[node.span.start : node.span.end]
    value = node.value
    if not isinstance(value, (str, list, dict, type(None))) and "string" in wanted:
        return Fix("Put it in quotes", (Edit(node.span, _quoted(document, raw)),))
    if not isinstance(value, str):
        return None
    word = value.strip()
    if "boolean" in wanted and word.lower() in ("true", "false"):
        return Fix("Drop the quotes", (Edit(node.span, word.lower()),))
    is_number = re.fullmatch(r"-?(?:0|[1-9]\d{0,15})", word)
    if is_number and {"integer", "number"} & set(wanted):
        return Fix("Drop the quotes", (Edit(node.span, word),))
    if "array" in wanted and not re.search(r"[,，、;；\n]", value) and word and raw[0] not in "|>":
        plain = Node("", Span(node.span.start, node.span.start))
        spelled = raw if raw[0] in "'\"" else respell(document, plain, value).text
        return Fix("Make it a list of one", (Edit(node.span, f"[{spelled}]"),))
    return None


def _quoted(document: Document, raw: str) -> str:
    block = document.front_matter
    return f"'{raw}'" if block and block.format == "yaml" else in_json(raw)


def reordering(text: str, block: FrontMatter, order: tuple[str, ...]) -> tuple[Edit, ...]:
    """Edits that put the ordered keys, with the comments above them, into each other's places."""
    fields = [field for field in block.fields if field.key in order]
    if block.format == "toml" and any(text[field.span.start] == "[" for field in fields):
        return ()  # a table ends where the next begins: keys cannot pass it
    places = [_with_comments(text, block, field) for field in fields]
    wanted = sorted(zip(fields, places, strict=True), key=lambda pair: order.index(pair[0].key))
    return tuple(
        Edit(place, text[source.start : source.end])
        for place, (_, source) in zip(places, wanted, strict=True)
        if place != source
    )


def _with_comments(text: str, block: FrontMatter, field: Field) -> Span:
    start = field.span.start
    while block.format != "json" and start > block.content.start:
        line = text.rfind("\n", 0, start - 1) + 1
        if not text[line:start].lstrip().startswith("#"):
            break
        start = line
    return Span(start, field.span.end)
