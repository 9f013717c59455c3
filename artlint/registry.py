"""All rules in one list, checked when they are added; selection by code, prefix and name."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import artlint.checks
from artlint.errors import ConfigError, RuleError
from artlint.pack import load_packs, load_shipped_packs
from artlint.pattern_lazy import lazily
from artlint.rule import FAMILIES, Check, CheckOfRules, Rule, nearest_rule

_CODE = lazily(r"[A-Z]{2,5}[0-9]{3}")
_NAME = lazily(r"[a-z0-9]+(-[a-z0-9]+)*")


class Registry:
    """The rules of one run, in the order of their codes."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self._rules: dict[str, Rule] = {}
        self._by_name: dict[str, Rule] = {}
        for rule in rules:
            self.add(rule)

    def add(self, rule: Rule) -> None:
        """Add a rule. Raises RuleError when it is not well formed or its code or name is taken."""
        fault = self._fault_of(rule)
        if fault:
            raise RuleError(f"{rule.origin}: rule {rule.code}: {fault}")
        self._rules[rule.code] = self._by_name[rule.name] = rule
        if isinstance(rule, CheckOfRules):
            rule.rules = self._rules

    def _fault_of(self, rule: Rule) -> str:
        """Why a rule cannot be added; empty when it can."""
        if not _CODE.fullmatch(rule.code):
            return "a code is a family prefix and three digits, such as BP001"
        if not _NAME.fullmatch(rule.name):
            return f"the name `{rule.name}` is not kebab-case"
        if rule.family not in FAMILIES:
            return f"unknown family `{rule.family}`; one of {', '.join(FAMILIES)}"
        if not rule.summary or not (rule.__doc__ if isinstance(rule, Check) else rule.why):
            return "a rule needs a summary and a why"
        # Those of a pack were looked at when it was read; to ask for them would read it again.
        if isinstance(rule, Check) and len({example.is_bad for example in rule.examples}) < 2:
            return "a rule needs a bad and a good example"
        other = self._rules.get(rule.code) or self._by_name.get(rule.name)
        return f"code or name is taken by {other.code} ({other.name}) of {other.origin}" if other else ""

    def __iter__(self) -> Iterator[Rule]:
        return iter(sorted(self._rules.values(), key=lambda rule: rule.code))

    def get(self, code_or_name: str) -> Rule:
        """The rule of that code or name. Raises ConfigError, with the nearest match, if there is none."""
        for rule in self._rules.values():
            if code_or_name.upper() == rule.code or code_or_name == rule.name:
                return rule
        raise ConfigError(f"unknown rule `{code_or_name}`{self._suggestion(code_or_name)}")

    def select(self, select: Sequence[str], ignore: Sequence[str] = ()) -> list[Rule]:
        """The rules that ``select`` names and ``ignore`` does not; the more specific selector wins.

        A selector is ``ALL``, ``DEFAULT`` (the rules that are on without being asked for), a family, a
        prefix of a code, a code or a name. Raises ConfigError for one that matches no rule.
        """
        on, off = self._specificities(select), self._specificities(ignore)
        return [rule for rule in self if on.get(rule.code, -1) > off.get(rule.code, -1)] if on else []

    def _specificities(self, selectors: Sequence[str]) -> dict[str, int]:
        """For each rule that the selectors name, by code, how specific the most specific of them is."""
        found: dict[str, int] = {}
        for selector in sorted(selectors, key=_specificity):
            found.update(dict.fromkeys(self._matches(selector), _specificity(selector)))
        return found

    def _matches(self, selector: str) -> set[str]:
        if selector == "ALL":
            return set(self._rules)
        if selector == "DEFAULT":
            return {rule.code for rule in self._rules.values() if rule.default}
        found = {
            rule.code
            for rule in self._rules.values()
            if rule.name == selector
            or rule.family == selector
            or (selector and rule.code.startswith(selector))
        }
        if not found:
            raise ConfigError(f"unknown rule `{selector}`{self._suggestion(selector)}")
        return found

    def _suggestion(self, selector: str) -> str:
        near = nearest_rule(selector, self._rules)
        return f"; did you mean `{near}`?" if near else "; `artlint rule` lists all rules"


def _specificity(selector: str) -> int:
    return 0 if selector in ("ALL", "DEFAULT") else len(selector)


@lru_cache(maxsize=8)
def registry_with(paths: tuple[str, ...] = ()) -> Registry:
    """The rules that artlint comes with, and those of the packs at ``paths`` (files and folders).

    Shipped are every Check in ``artlint.checks`` and every pack in ``rules/``. Raises PackError when
    a pack is not valid, RuleError when its codes or names are taken.
    """
    registry = Registry()
    packs = load_packs(paths)
    for file in sorted(os.listdir(artlint.checks.__path__[0])):
        name, ending = os.path.splitext(file)
        if ending != ".py" or name == "__init__":
            continue
        module = importlib.import_module(f"artlint.checks.{name}")
        for member in vars(module).values():
            is_own = isinstance(member, type) and member.__module__ == module.__name__
            if is_own and issubclass(member, Check) and hasattr(member, "code"):
                registry.add(member())
    for pack in (*load_shipped_packs(), *packs):
        for rule in pack.rules:
            registry.add(rule)
    return registry


def shipped_registry() -> Registry:
    """The rules that artlint comes with."""
    return registry_with()
