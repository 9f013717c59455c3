"""Text in, values out: what the public functions, the runner and the harness share."""

from __future__ import annotations

from dataclasses import dataclass

from artlint.config import Config
from artlint.diagnostic import Diagnostic
from artlint.document import Document
from artlint.engine import check
from artlint.fixer import FixResult, fix_source
from artlint.pack import PackRule
from artlint.registry import registry_with
from artlint.rule import Rule, Stage
from artlint.settings import Settings
from artlint.source import Source
from artlint.verdict import JudgeFor


@dataclass(frozen=True)
class Plan:
    """How a file is treated: by which rules, what these are told, and the syntax to convert it to.

    ``judge_for`` makes the judge of a file, who has a say about each finding.
    """

    rules: tuple[Rule, ...]
    settings: Settings
    to: str = ""
    judge_for: JudgeFor | None = None


def make_plan(config: Config) -> Plan:
    """The plan of a configuration. Raises ConfigError for an unknown rule."""
    return Plan(tuple(chosen_rules(config)), config.settings, config.to)


def chosen_rules(config: Config) -> list[Rule]:
    """The rules that a configuration selects. Raises ConfigError for an unknown one."""
    chosen = registry_with(config.rules).select(config.select, config.ignore)
    rules = [_with_notes(rule, config) for rule in chosen]
    return rules if config.format else [rule for rule in rules if rule.stage is not Stage.FORMAT]


def _with_notes(rule: Rule, config: Config) -> Rule:
    """A rule as the settings about notes want it."""
    if not isinstance(rule, PackRule) or not rule.note_key:
        return rule
    setting = config.editor_notes if rule.note_key == "editor" else config.source_notes
    return rule.moving() if setting == "front-matter" else rule


def lint_text(text: str, path: str, config: Config | None = None) -> list[Diagnostic]:
    """See ``artlint.lint``."""
    config = config or Config()
    return check(Document(Source.from_text(text, path), config.settings), chosen_rules(config))


def fix_text(text: str, path: str, unsafe: bool, config: Config | None = None) -> FixResult:
    """See ``artlint.fix``."""
    plan = make_plan(config or Config())
    return fix_source(Source.from_text(text, path), plan.rules, unsafe, plan.to, plan.settings)
