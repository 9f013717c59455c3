"""Pages about rules, derived from the rules themselves."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable
from typing import Any

from artlint.diagnostic import Applicability
from artlint.document import Document
from artlint.engine import check
from artlint.reporters.shared.style import wrapped
from artlint.rule import FAMILIES, Example, Rule, is_fixable
from artlint.schema import Schema
from artlint.source import Source


def rule_page(rule: Rule, columns: int = 0) -> str:
    """What one rule is about: summary, why, fix and examples, as plain text.

    ``columns``: those of the terminal that it is for; its sentences are then not wider.
    """
    promises = fix_promises(rule)
    fix = f"fix: {', '.join(_PROMISES[promise] for promise in promises)}" if promises else "fix: none"

    def filled(text: str) -> str:
        if columns:
            return wrapped(" ".join(text.split()), min(columns, _WIDTH))
        return textwrap.fill(text, _WIDTH)

    head = f"{rule.summary}. Family {rule.family}: {FAMILIES[rule.family]}; {fix}; from {rule.origin}."
    parts = [
        f"{rule.code} {rule.name}",
        filled(head) if columns else head,
        "\n\n".join(filled(part) for part in rule.why.split("\n\n")),
    ]
    found = [example for example in rule.examples if example.is_bad]
    silent = [example for example in rule.examples if not example.is_bad]
    parts.append("Found (between ⟦ and ⟧):\n\n" + "\n\n".join(_example(example) for example in found))
    parts.append("Left alone:\n\n" + "\n\n".join(_example(example) for example in silent))
    return "\n\n".join(parts) + "\n"


_WIDTH = 88  # cells
_PROMISES = {
    "safe": "safe (`artlint fix`)",
    "unsafe": "unsafe (`artlint fix --unsafe-fixes`; look at the result)",
    "display": "shown only",
}


def fix_promises(rule: Rule) -> list[str]:
    """What the rule's fixes promise (safe, unsafe, display), as its examples show."""
    documents = (Document(Source.from_text(e.text, e.path)) for e in rule.examples if e.fixed is not None)
    found = {d.fix.applicability for document in documents for d in check(document, [rule]) if d.fix}
    return [promise.value for promise in Applicability if promise in found]


def rule_list(rules: Iterable[Rule]) -> str:
    """One line a rule: code, name, fixable or not, summary."""
    rules = list(rules)
    width = max(len(rule.name) for rule in rules)
    lines = [f"{r.code:8} {r.name:{width}} {'*' if is_fixable(r) else ' '} {r.summary}" for r in rules]
    return "\n".join([*lines, "", "* has a fix. `artlint rule CODE` explains a rule."]) + "\n"


def rule_data(rule: Rule) -> dict[str, Any]:
    """A rule as plain data."""
    return {
        "code": rule.code,
        "name": rule.name,
        "family": rule.family,
        "summary": rule.summary,
        "why": rule.why,
        "fixable": is_fixable(rule),
        "fix": fix_promises(rule),
        "origin": rule.origin,
        "examples": [
            {"text": e.text, "spans": [list(span) for span in e.spans], "fixed": e.fixed, "note": e.note}
            for e in rule.examples
        ],
    }


def schema_page(schema: Schema, columns: int = 0) -> str:
    """A schema as plain text: one line a key, or more in a terminal of so many ``columns``."""
    document = schema.document
    required = document.get("required", ())
    lines = [f"{schema.name}: {document.get('title', 'schema of front matter')}", ""]
    properties = document.get("properties", {})
    width = max(map(len, properties), default=0)
    for key, value in properties.items():
        mark = "required" if key in required else ""
        lines.append(f"  {key:{width}}  {mark:8}  {_form(value)}".rstrip())
    closed = document.get("additionalProperties") is False
    lines += ["", "Other keys are not allowed." if closed else "Other keys are allowed."]
    if schema.key_order:
        lines.append(f"Order: {', '.join(schema.key_order)}.")
    if columns:
        indent = " " * min(width + 14, columns // 2)
        lines = [wrapped(line, columns, indent if line[:1] == " " else "") for line in lines]
    return "\n".join(lines) + "\n"


def _form(value: Any) -> str:
    """What a value must be, in a few words; the JSON Schema has the rest."""
    if not isinstance(value, dict):
        return ""
    types = [value["type"]] if isinstance(value.get("type"), str) else value.get("type", [])
    rest = {keyword: limit for keyword, limit in value.items() if keyword not in ("type", "items", "title")}
    limits = [f"{keyword}: {json.dumps(limit, ensure_ascii=False)}" for keyword, limit in rest.items()]
    return "; ".join(filter(None, [" or ".join(types), *limits]))


def _example(example: Example) -> str:
    text = marked(example.text, example.spans)
    lines = textwrap.indent(text.rstrip("\n"), "    ", lambda _: True)
    if example.fixed is not None:
        fixed = textwrap.indent(example.fixed.rstrip("\n"), "    ", lambda _: True)
        lines += f"\n  fixed:\n{fixed}"
    return lines + (f"\n  ({example.note})" if example.note else "")


def marked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` with each span between ⟦ and ⟧."""
    # At the same place a closing mark comes before an opening one, except for an empty span.
    marks = [mark for start, end in spans for mark in ((start, 1, "⟦"), (end, 2 if start == end else 0, "⟧"))]
    for offset, _, mark in sorted(marks, reverse=True):
        text = text[:offset] + mark + text[offset:]
    return text
