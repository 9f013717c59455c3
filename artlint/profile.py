"""How long each rule takes: `artlint check --profile`.

What several rules read (tokens, blocks, prose …) is read for the first one that asks, which then seems
to take the longer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from artlint.api import Plan
from artlint.diagnostic import Diagnostic
from artlint.document import Document
from artlint.reporters.shared.style import count
from artlint.rule import Rule

_SHOWN = 30  # rules


class Profile:
    """The time of each rule of a run, in seconds, by code."""

    def __init__(self) -> None:
        self._rules: dict[str, TimedRule] = {}
        self._start = time.perf_counter()

    def watching(self, plan_for: Callable[[Path], Plan]) -> Callable[[Path], Plan]:
        """The same plans with rules that are timed."""

        @cache
        def timed(plan: int) -> Plan:
            rules = tuple(self._timed(rule) for rule in plans[plan].rules)
            return plans[plan]._replace(rules=rules)

        plans: dict[int, Plan] = {}

        def watched(path: Path) -> Plan:
            plan = plan_for(path)
            plans[id(plan)] = plan
            return timed(id(plan))

        return watched

    def _timed(self, rule: Rule) -> TimedRule:
        return self._rules.setdefault(rule.code, TimedRule(rule))

    def table(self) -> str:
        """The slowest rules, a line each, and what the rest took."""
        total = time.perf_counter() - self._start
        rules = sorted(self._rules.values(), key=lambda rule: -rule.seconds)
        lines = [f"{'ms':>9} {'share':>6} {'asked':>7} {'found':>7}  rule"]
        lines.extend(_line(r.seconds, total, r.asked, r.found, f"{r.code} {r.name}") for r in rules[:_SHOWN])
        rest = rules[_SHOWN:]
        if rest:
            sums = (
                sum(r.seconds for r in rest),
                total,
                sum(r.asked for r in rest),
                sum(r.found for r in rest),
            )
            lines.append(_line(*sums, count(len(rest), "more rule", "more rules")))
        in_rules = sum(rule.seconds for rule in rules)
        lines.append(_line(total - in_rules, total, 0, 0, "reading, parsing, reporting"))
        return "\n".join(lines)


def _line(seconds: float, total: float, asked: int, found: int, name: str) -> str:
    return f"{seconds * 1000:9.1f} {seconds / total:6.1%} {asked:7} {found:7}  {name}"


class TimedRule:
    """A rule that takes note of its time."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule
        self.seconds = 0.0
        self.asked = 0
        self.found = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._rule, name)

    def check(self, document: Document) -> Iterable[Diagnostic]:
        """What the rule finds, all at once."""
        start = time.perf_counter()
        found = list(self._rule.check(document))
        self.seconds += time.perf_counter() - start
        self.asked += 1
        self.found += len(found)
        return found
