"""The table of rules in docs/ says what the rules say."""

from __future__ import annotations

from artlint.registry import shipped_registry
from artlint.rule_table import rule_table
from tests.conftest import ROOT


def test_the_table_is_not_stale() -> None:
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == rule_table(shipped_registry()), "run: python -m artlint.rule_table > docs/rules.md"


def test_the_table_names_every_rule_once() -> None:
    table = rule_table(shipped_registry())
    for rule in shipped_registry():
        assert table.count(f"| {rule.code} | {rule.name} |") == 1
    assert "| LNK001 | redirector-link | Link goes through a jump page | **safe** |" in table
    assert (
        "| CJK011 | missing-spacing | No blank between Han and Latin characters | *unsafe*; on request |"
        in table
    )
