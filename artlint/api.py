"""Text in, values out: what the public functions, the runner and the harness share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from artlint import limits
from artlint.config import Config
from artlint.diagnostic import Diagnostic
from artlint.document import Document
from artlint.engine import check
from artlint.errors import ConfigError, SourceError
from artlint.pack import PackRule
from artlint.registry import registry_with
from artlint.rule import Rule, Stage
from artlint.settings import Settings
from artlint.source import Source
from artlint.verdict import JudgeFor

if TYPE_CHECKING:
    from artlint.fixer import FixResult


_NONE: Mapping[str, int] = {}


class Plan(NamedTuple):
    """How a file is treated: by which rules, what these are told, the syntax to convert it to, its limits.

    ``judge_for`` makes the judge of a file, who has a say about each finding.
    """

    rules: tuple[Rule, ...]
    settings: Settings
    to: str = ""
    judge_for: JudgeFor | None = None
    limits: Mapping[str, int] = _NONE


def make_plan(config: Config) -> Plan:
    """The plan of a configuration, of its overrides none. Raises ConfigError for an unknown rule."""
    rules = tuple(chosen_rules(config))
    settings = config.settings._replace(promises=_promises(config))
    return Plan(rules, settings, config.to, limits=config.limits)


def chosen_rules(config: Config) -> list[Rule]:
    """The rules that a configuration selects. Raises ConfigError for an unknown one."""
    registry = registry_with(config.rules)
    for key, selectors in config.selectors():
        try:
            registry.select(selectors)
        except ConfigError as error:
            raise ConfigError(f"`{key}`: {error}") from None
    chosen = registry.select((*config.select, *config.extend_select), (*config.ignore, *config.extend_ignore))
    off = {rule.code for _, selectors in config.per_file_ignores for rule in registry.select(selectors)}
    rules = [_with_notes(rule, config) for rule in chosen if rule.code not in off]
    return rules if config.format else [rule for rule in rules if rule.stage is not Stage.FORMAT]


def _promises(config: Config) -> dict[str, str]:
    """What the fixes of rules promise here, where that differs from what the rules say."""
    if _about_fixes(config) == _about_fixes(Config()):
        return {}
    registry = registry_with(config.rules)
    promises = {rule.code: "safe" for rule in registry.select(config.extend_safe_fixes)}
    promises.update({rule.code: "unsafe" for rule in registry.select(config.extend_unsafe_fixes)})
    fixable = {rule.code for rule in registry.select(config.fixable, config.unfixable)}
    promises.update({rule.code: "none" for rule in registry if rule.code not in fixable})
    return promises


def _about_fixes(config: Config) -> tuple[tuple[str, ...], ...]:
    return config.fixable, config.unfixable, config.extend_safe_fixes, config.extend_unsafe_fixes


def _with_notes(rule: Rule, config: Config) -> Rule:
    """A rule as the settings about notes want it."""
    if not isinstance(rule, PackRule) or not rule.note_key:
        return rule
    setting = config.editor_notes if rule.note_key == "editor" else config.source_notes
    return rule.moving() if setting == "front-matter" else rule


def lint_text(text: str, path: str, config: Config | None = None) -> list[Diagnostic]:
    """See ``artlint.lint``."""
    plan = make_plan((config or Config()).for_path(path))
    with limits.applied(plan.limits):
        return check(Document(_source(text, path), plan.settings), plan.rules)


def fix_text(text: str, path: str, unsafe: bool, config: Config | None = None) -> FixResult:
    """See ``artlint.fix``."""
    from artlint.fixer import fix_source  # a check needs none of what it imports

    plan = make_plan((config or Config()).for_path(path))
    with limits.applied(plan.limits):
        return fix_source(_source(text, path), plan.rules, unsafe, plan.to, plan.settings)


def _source(text: str, path: str) -> Source:
    """Raises SourceError for a text that no file in UTF-8 can hold."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line, half = text.count("\n", 0, error.start) + 1, f"U+{ord(text[error.start]):04X}"
        raise SourceError(f"line {line} holds half a character ({half}), which UTF-8 cannot") from None
    return Source.from_text(text, path)
