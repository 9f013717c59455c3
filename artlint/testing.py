"""The rule harness: each example of a rule must say exactly what the rule does.

Run by ``artlint rule test`` and by pytest; it varies every example by itself, because examples
confirm their author.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from artlint.diagnostic import Applicability, Diagnostic
from artlint.document import Document
from artlint.engine import check
from artlint.explain import marked
from artlint.fixer import FixResult, fix_source
from artlint.rule import Example, Rule, Stage
from artlint.source import BOM, Source

FRONT_MATTER = "---\ntitle: An example\ndate: 2020-01-02T03:04:05Z\n---\n"


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not hold: which rule, which example, what is wrong with it.

    Where a text differs from the expected one, ``expected`` and ``got`` hold both.
    """

    code: str
    example: str
    problem: str
    expected: str = ""
    got: str = ""


class _Problem(NamedTuple):
    text: str
    expected: str = ""
    got: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many examples were run, and those that do not hold."""

    passed: int
    failures: tuple[Failure, ...]


def test_rules(rules: Iterable[Rule]) -> Verdict:
    """Run every example of the rules, with its variants."""
    passed = 0
    failures: list[Failure] = []
    for rule in rules:
        seen: set[str] = set()
        if len({example.is_bad for example in rule.examples}) < 2:
            failures.append(Failure(rule.code, "", "a rule needs a bad and a good example"))
        for example in rule.examples:
            problems = list(_problems(rule, example))
            if example.text in seen:
                problems.append(_Problem("the same text stands in two examples"))
            seen.add(example.text)
            failures.extend(Failure(rule.code, example.text, *problem) for problem in problems)
            passed += not problems
    return Verdict(passed, tuple(failures))


def _problems(rule: Rule, example: Example) -> Iterator[_Problem]:
    source = Source.from_text(example.text, example.path)
    found = _found(rule, source, example)
    spans = [diagnostic.span for diagnostic in found]
    if spans != list(example.spans):
        expected, got = (marked(example.text, places) for places in (example.spans, spans))
        yield _Problem("other places are found than those between ⟦ and ⟧", expected, got)
        return
    yield from _fix_problems(rule, example, source, found)
    for name, vary in _VARIANTS.items():
        if rule.stage is Stage.FORMAT and vary in _SPELLINGS:
            continue  # the spelling is what such a rule is about
        if rule.family == "FM" and vary is _with_front_matter:
            continue  # such a rule may be about a file without
        text = vary(example.text)
        if text is None:
            continue
        varied = _found(rule, Source.from_text(text, example.path), example)
        if len(varied) != len(found):
            yield _Problem(f"another verdict with {name}: findings {len(varied)}, not {len(found)}: {text!r}")


def _fix_problems(
    rule: Rule, example: Example, source: Source, found: list[Diagnostic]
) -> Iterator[_Problem]:
    fixable = [d for d in found if d.fix and d.fix.applicability is not Applicability.DISPLAY]
    if example.fixed is None:
        if fixable:
            yield _Problem("there is a fix, but the example gives no fixed text")
        return
    if not fixable:
        yield _Problem("the example gives a fixed text, but there is no fix")
        return
    if example.fixed == example.text:
        yield _Problem("the fixed text is the same as the text")
    result = fix_source(source, [rule], unsafe=True, settings=example.settings)
    if result.refused:
        yield _Problem(f"the fix is refused: {result.refused}")
    elif result.text != example.fixed:
        yield _Problem("the fixed text is another one", example.fixed, result.text)
    elif any(d.fix for d in result.remaining):
        yield _Problem("the fixed text still has something to fix")
    else:
        yield from _stability_problems(rule, result, example)


def _stability_problems(rule: Rule, result: FixResult, example: Example) -> Iterator[_Problem]:
    again = fix_source(
        Source.from_text(result.text, example.path), [rule], unsafe=True, settings=example.settings
    )
    if again.changed:
        yield _Problem(f"fixing again changes the text to {again.text!r}")


def _found(rule: Rule, source: Source, example: Example) -> list[Diagnostic]:
    return check(Document(source, example.settings), [rule])


def _upper_tags(text: str) -> str | None:
    varied = re.sub(r"(</?)([a-z][a-z0-9]*)(?=[\s>/])", lambda m: m.group(1) + m.group(2).upper(), text)
    return varied if varied != text else None


def _crlf(text: str) -> str | None:
    return text.replace("\n", "\r\n") if "\n" in text else None


_ATTRIBUTES = re.compile(
    r"(<[a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z-]+(?:=(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=]+))?){2,})(\s*/?>)"
)


def _reversed_attributes(text: str) -> str | None:
    def turn(match: re.Match[str]) -> str:
        attributes = re.findall(r"[a-zA-Z-]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s\"'>=]+))?", match.group(2))
        return f"{match.group(1)} {' '.join(reversed(attributes))}{match.group(3)}"

    varied = _ATTRIBUTES.sub(turn, text)
    return varied if varied != text else None


def _with_front_matter(text: str) -> str | None:
    starts_with_fence = text.lstrip(f"{BOM} \t\n").startswith(("---", "+++", "{"))
    return None if starts_with_fence or not text.strip() else FRONT_MATTER + text


_VARIANTS: dict[str, Callable[[str], str | None]] = {
    "upper-case tags": _upper_tags,
    "CRLF newlines": _crlf,
    "reversed attributes": _reversed_attributes,
    "front matter before it": _with_front_matter,
}
_SPELLINGS = (_upper_tags, _reversed_attributes)
