"""The table of all rules, derived from the rules: `python -m artlint.rule_table > docs/rules.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from artlint.diagnostic import Applicability
from artlint.document import Document
from artlint.engine import check
from artlint.registry import shipped_registry
from artlint.rule import FAMILIES, Rule
from artlint.source import Source

_HEAD = """\
<!-- Generated: python -m artlint.rule_table > docs/rules.md -->

# Rules

`artlint rule CODE` shows the page of a rule: why it matters, what it finds, what it leaves alone.

*Fix* says what `artlint fix` does: **safe** fixes apply by themselves and leave the same article;
*unsafe* ones apply with `--unsafe-fixes`; without a fix the finding is for a person. Rules marked
*on request* are off unless `--select` names them (by code, name, prefix or family; `ALL` for every one).
"""


def rule_table(rules: Iterable[Rule]) -> str:
    """All rules as a Markdown page, a table for each family."""
    rules = list(rules)
    parts = [_HEAD]
    for family, title in FAMILIES.items():
        rows = [_row(rule) for rule in rules if rule.family == family]
        if rows:
            parts.append(f"## {family}: {title}\n")
            parts.append(
                "\n".join(["| code | name | what | fix |", "| --- | --- | --- | --- |", *rows]) + "\n"
            )
    return "\n".join(parts)


def _row(rule: Rule) -> str:
    fix = ", ".join(_fixes(rule)) or "–"
    if not rule.default:
        fix += "; on request"
    return f"| {rule.code} | {rule.name} | {_cell(rule.summary)} | {fix} |"


def _fixes(rule: Rule) -> list[str]:
    """The promises that the fixes of a rule make, as its examples show."""
    found: set[Applicability] = set()
    for example in rule.examples:
        if example.fixed is not None:
            document = Document(Source.from_text(example.text, example.path))
            found.update(d.fix.applicability for d in check(document, [rule]) if d.fix)
    shown = {Applicability.SAFE: "**safe**", Applicability.UNSAFE: "*unsafe*"}
    return [text for applicability, text in shown.items() if applicability in found]


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(rule_table(shipped_registry()))
