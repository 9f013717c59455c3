"""Which rules a document is asked about: those that can find something in it.

Most rules wait for a word that most articles do not hold, or for another sign. All words of all rules are
looked for in one pass, so that a rule costs nothing where it cannot match.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import is_

from artlint.document import Document
from artlint.rule import Needs, Rule, Stage
from artlint.words import Words

_prepared: list[tuple[Sequence[Rule], dict[str, _Triggers]]] = []  # of the latest sets of rules
_REMEMBERED = 8


def asked_of(document: Document, rules: Sequence[Rule]) -> dict[Stage, list[Rule]]:
    """The rules of which the document has what they need, by stage and in their order."""
    by_kind = next((triggers for known, triggers in _prepared if _are_same(known, rules)), None)
    if by_kind is None:
        by_kind = {}
        _prepared.insert(0, (tuple(rules), by_kind))
        del _prepared[_REMEMBERED:]
    kind = document.body.kind
    if kind not in by_kind:
        by_kind[kind] = _Triggers(rules, kind)
    return by_kind[kind].asked_of(document)


def _are_same(known: Sequence[Rule], rules: Sequence[Rule]) -> bool:
    """Whether these are the same rules; another configuration may have put them in another list."""
    return known is rules or (len(known) == len(rules) and all(map(is_, known, rules)))


class _Triggers:
    """The rules for one kind of body, by what they wait for."""

    def __init__(self, rules: Sequence[Rule], kind: str) -> None:
        possible = [rule for rule in rules if not rule.needs.kinds or kind in rule.needs.kinds]
        self._rules = [(rule.stage, rule) for rule in possible]
        needs = [rule.needs for rule in possible]
        self._always = {
            number for number, need in enumerate(needs) if not (need.markup or need.said or need.signs)
        }
        self._markup = Words((word, number) for number, need in enumerate(needs) for word in need.markup)
        self._said = Words((word, number) for number, need in enumerate(needs) for word in need.said)
        readers = dict.fromkeys(need.read for need in needs if need.signs)
        self._waiting = [(read, _by_sign(needs, read)) for read in readers if read is not None]

    def asked_of(self, document: Document) -> dict[Stage, list[Rule]]:
        body = document.body
        numbers = set(self._always)
        if self._markup:
            numbers |= self._markup.found(body.markup)
        if self._said:
            numbers |= self._said.found(body.said)
        for read, waiting in self._waiting:
            for sign in read(document):
                if sign in waiting:
                    numbers |= waiting[sign]
        asked: dict[Stage, list[Rule]] = {stage: [] for stage in Stage}
        for number in sorted(numbers):
            stage, rule = self._rules[number]
            asked[stage].append(rule)
        return asked


def _by_sign(needs: Sequence[Needs], read: Callable[[Document], Iterable[str]]) -> dict[str, set[int]]:
    """Which rules wait for each sign that a reader may give."""
    waiting: dict[str, set[int]] = {}
    for number, need in enumerate(needs):
        for sign in need.signs if need.read is read else ():
            waiting.setdefault(sign, set()).add(number)
    return waiting
