"""The `rule` command: list, explain, test and try rules."""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from artlint.errors import ArtlintError

if TYPE_CHECKING:
    from artlint.rule import Rule
    from artlint.testing import Failure


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `artlint rule`."""
    parser.add_argument(
        "what", nargs="?", metavar="CODE|test|try", help="a code or name to explain; `test`; `try`"
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="packs (test), a pack and articles (try)")
    parser.add_argument("--all", action="store_true", help="every rule, explained")
    parser.add_argument(
        "--rules", action="append", metavar="PATH", help="also the packs of this file or folder"
    )
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="default: text")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run `artlint rule`; returns the exit code."""
    from artlint.explain import rule_data, rule_list, rule_page
    from artlint.registry import registry_with
    from artlint.terminal import columns

    paths = tuple(arguments.rules or _configured_packs())
    if arguments.what == "test":
        return _test(paths, arguments.paths)
    if arguments.what == "try":
        return _try(paths, arguments)
    if arguments.paths:
        raise ArtlintError(f"`{arguments.paths[0]}` is too much; `artlint rule CODE` explains one rule")
    registry, width = registry_with(paths), columns(sys.stdout)
    if arguments.what is not None:
        rule = registry.get(arguments.what)
        return _print(rule_page(rule, width), [rule_data(rule)], arguments)
    rules = list(registry)
    text = "\n\n".join(rule_page(rule, width) for rule in rules) if arguments.all else rule_list(rules)
    return _print(text, [rule_data(rule) for rule in rules], arguments)


def _configured_packs() -> tuple[str, ...]:
    """The packs that the configuration of the working folder names."""
    from artlint.config import find_config, load_config

    found = find_config(Path.cwd())
    return load_config(found).rules if found else ()


def _print(text: str, data: object, arguments: argparse.Namespace) -> int:
    is_json = arguments.output_format == "json"
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n" if is_json else text)
    return 0


def _test(rules: tuple[str, ...], packs: Sequence[str]) -> int:
    from artlint.testing import test_rules

    verdict = test_rules(_rules_of(rules, packs))
    for failure in verdict.failures:
        print(_explained(failure))
    total = verdict.passed + len({(failure.code, failure.example) for failure in verdict.failures})
    print(f"{verdict.passed}/{total} examples passed")
    return 1 if verdict.failures else 0


def _rules_of(rules: tuple[str, ...], packs: Sequence[str]) -> list[Rule]:
    """The rules of some packs, which must agree with all others; without packs, all rules."""
    from artlint.pack import is_shipped, load_packs
    from artlint.registry import registry_with

    if not packs:
        return list(registry_with(rules))
    codes = {rule.code for pack in load_packs(packs) for rule in pack.rules}
    users = tuple(path for path in packs if not is_shipped(path))
    return [rule for rule in registry_with((*rules, *users)) if rule.code in codes]


def _explained(failure: Failure) -> str:
    lines = [f"{failure.code}: {failure.problem}"]
    if failure.expected or failure.got:
        lines += difflib.unified_diff(
            failure.expected.split("\n"), failure.got.split("\n"), "expected", "got", lineterm="", n=2
        )
    elif failure.example:
        lines.append(f"in the example {failure.example!r}")
    return "\n    ".join(lines)


def _try(rules: tuple[str, ...], arguments: argparse.Namespace) -> int:
    from artlint.discover import discover
    from artlint.trial import trial_data, trial_text, try_rules

    if len(arguments.paths) < 2:
        raise ArtlintError("`artlint rule try` needs a pack and articles: artlint rule try PACK PATH…")
    pack, *places = arguments.paths
    files = list(discover(Path(place) for place in places))
    if not files:
        raise ArtlintError(f"no article in {' '.join(places)}")
    trial = try_rules(_rules_of(rules, [pack]), files)
    return _print(trial_text(trial), trial_data(trial), arguments)
