"""Edits of front-matter values: every other byte stays, and a value keeps its quoting where it can."""

from __future__ import annotations

import re

from artlint.diagnostic import Edit
from artlint.document import Document, Field, Node
from artlint.document.plain_yaml import read_plain_yaml
from artlint.pattern_lazy import lazily
from artlint.source import Span

_NEEDS_QUOTES_IN_FLOW = lazily(r"[,\[\]{}]")
_UNPRINTABLE = lazily(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


def text_field(document: Document, key: str) -> Field | None:
    """The top-level field of that name if its value is text."""
    field = document.front_matter.get(key) if document.front_matter else None
    return field if field and isinstance(field.value, str) else None


def inside_quotes(document: Document, node: Node) -> Span:
    """The span of a scalar without the quotes around it."""
    start, end = node.span
    text = document.text[start:end]
    for quotes in ('"""', "'''", '"', "'"):
        if len(text) >= 2 * len(quotes) and text.startswith(quotes) and text.endswith(quotes):
            return Span(start + len(quotes), end - len(quotes))
    return node.span


def respell(document: Document, node: Node, value: str) -> Edit:
    """The edit that gives a scalar another text value, in the quoting it has where that can hold it."""
    raw = document.text[node.span.start : node.span.end]
    block = document.front_matter
    spellings = {"toml": _toml, "json": _json}
    spell = spellings.get(block.format if block else "", _yaml)
    return Edit(node.span, spell(raw, value))


def respell_part(document: Document, field: Field, span: Span, text: str) -> Edit:
    """The edit that puts ``text`` in the place of a span inside a value, quoted as the value needs."""
    start, end = span.start - field.value_span.start, span.end - field.value_span.start
    raw = document.text[field.value_span.start : field.value_span.end]
    value = str(field.value)
    if raw.strip("'\"") != value:
        return Edit(span, text)
    shift = raw.index(value)
    return respell(document, field.node, value[: start - shift] + text + value[end - shift :])


def in_json(value: object) -> str:
    """A value as JSON writes it."""
    import json  # few articles need it

    return json.dumps(value, ensure_ascii=False)


def bare(document: Document, node: Node, text: str) -> Edit:
    """The edit that writes ``text`` (a date, a number) for a scalar: within its quotes if it has any."""
    span = inside_quotes(document, node)
    block = document.front_matter
    if span == node.span and block and block.format == "json":
        text = in_json(text)
    if span == node.span and block and block.format == "toml" and " " in text:
        text = f'"{text}"'
    if (
        block
        and block.format == "yaml"
        and document.text[node.span.start : node.span.start + 1] in ("|", ">")
    ):
        text = _single(text)
    return Edit(span, text)


def drop_field(document: Document, field: Field) -> Edit:
    """The edit that takes a top-level field out, with the comma that a JSON object needs no more."""
    block = document.front_matter
    if block is None or block.format != "json":
        return Edit(field.span)
    return Edit(_with_comma(document.text, field.span))


def drop_item(document: Document, node: Node) -> tuple[Edit, ...]:
    """The edit that takes an item out of a list: its line in a block list, else it and its comma.

    None when a comment on its line would have to go too.
    """
    text = document.text
    start = text.rfind("\n", 0, node.span.start) + 1
    lead = text[start : node.span.start]
    end = text.find("\n", node.span.end)
    end = len(text) if end == -1 else end + 1
    if re.fullmatch(r"[ \t]*-[ \t]*", lead):
        return () if text[node.span.end : end].strip() else (Edit(Span(start, end)),)
    return (Edit(_with_comma(text, node.span)),)


def _with_comma(text: str, span: Span) -> Span:
    """A span with the comma and blanks behind it, or, for a last entry, those before it."""
    behind = re.compile(r"\s*,[ \t]*\n?[ \t]*").match(text, span.end)
    if behind:
        return Span(span.start, behind.end())
    before = text[: span.start].rstrip()
    if before.endswith(","):
        return Span(len(before) - 1, span.end)
    return span


def _yaml(raw: str, value: str) -> str:
    if _UNPRINTABLE.search(value):
        return _double(value)
    if raw.startswith('"') and "\n" not in raw:
        return _double(value)
    if raw[:1] in ("'", "|", ">", '"') or not _reads_plain(value):
        return _single(value)
    return value


def _reads_plain(value: str) -> bool:
    """Whether YAML reads the text without quotes as this very text, in any place."""
    if _NEEDS_QUOTES_IN_FLOW.search(value):
        return False
    line = f"key: {value}\n"
    fields = read_plain_yaml(line, Span(0, len(line)))
    if fields is not None:
        return [(field.key, field.value) for field in fields] == [("key", value)]
    import yaml

    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return bool(yaml.load(line, Loader=loader) == {"key": value})
    except (yaml.YAMLError, ValueError):
        return False


def _single(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _double(value: str) -> str:
    """A double-quoted text that YAML, JSON and TOML read alike; only what must be is escaped."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    escaped = _UNPRINTABLE.sub(lambda match: "\\u" + format(ord(match.group()), "04x"), escaped)
    return f'"{escaped}"'


def _json(raw: str, value: str) -> str:
    return _double(value)


def _toml(raw: str, value: str) -> str:
    if raw.startswith("'") and "'" not in value and not _UNPRINTABLE.search(value):
        return f"'{value}'"
    return _double(value)
