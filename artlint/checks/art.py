"""ART: suppressions that are unused, unknown, malformed or out of place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

from artlint.diagnostic import Diagnostic, Severity
from artlint.document import Document
from artlint.rule import BINDING, Check, CheckOfRules, Needs, Stage, bad, good, nearest_rule
from artlint.signs import suppressions

if TYPE_CHECKING:
    from artlint.suppressions import Suppression, Suppressions


class UnusedSuppression(CheckOfRules):
    """A suppression that silences nothing hides the next fault of its kind.

    Judged when nothing else is left to fix, since a fault may show only then. A rule that is switched
    off counts all the same: the suppression is unused when the rule would find nothing there.
    """

    code = "ART001"
    name = "unused-suppression"
    summary = "Suppression silences nothing"
    stage = Stage.FORMAT
    needs = Needs(signs=("suppression",), read=suppressions)
    examples = (
        bad(
            "⟦<!-- artlint: ignore[CJK001] a poem -->⟧\n\n<p>会议闭幕。</p>\n",
            fixed="<p>会议闭幕。</p>\n",
        ),
        bad(
            "⟦<!-- artlint: ignore[CJK001, HTM002] a poem -->⟧\n\n<p>　　会议闭幕。</p>\n",
            fixed="<!-- artlint: ignore[CJK001] a poem -->\n\n<p>　　会议闭幕。</p>\n",
        ),
        bad(
            "⟦<!-- artlint: disable[HTM002] -->⟧\n\n<p>One.</p>\n\n<!-- artlint: enable[HTM002] -->\n",
            fixed="<p>One.</p>\n",
        ),
        bad(
            "One.\n\n⟦<!-- artlint: ignore[CSS001] -->⟧\n\nTwo.\n",
            fixed="One.\n\nTwo.\n",
        ),
        bad(
            "---\ntitle: A\n⟦artlint: {ignore: [FM024], reason: a name}\n⟧---\n",
            fixed="---\ntitle: A\n---\n",
        ),
        bad(
            "---\ntitle: ALL IN CAPITALS\n⟦artlint:\n  ignore: [FM024, CJK001]\n⟧---\n",
            fixed="---\ntitle: ALL IN CAPITALS\nartlint:\n  ignore: [FM024]\n---\n",
        ),
        good("<!-- artlint: ignore[CJK001] a poem -->\n\n<p>　　会议闭幕。</p>\n"),
        good(
            "<!-- artlint: disable[CJK001] -->\n\n<p>One.</p>\n\n<p>　　会议闭幕。</p>\n",
            note="a range without an end goes to the end of the article",
        ),
        good("<pre>\n<!-- artlint -->\n</pre>\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        found = document.suppressions
        if found is None:
            return
        from artlint.suppression_edits import fixes_of
        from artlint.suppressions import iter_holders

        starts = {code: self._starts(document, found, code) for code in {e.code for e in found.entries}}
        holders = dict(iter_holders(found))
        unused = {
            holder: [entry for entry in entries if _is_unused(entry, starts[entry.code])]
            for holder, entries in holders.items()
        }
        fixes = fixes_of(document, holders, unused)
        for holder, entries in unused.items():
            if entries:
                codes = ", ".join(f"`{entry.code}`" for entry in entries[:4])
                yield self.at(holder, f"Suppression of {codes} silences nothing", fixes.get(holder))

    def _starts(self, document: Document, found: Suppressions, code: str) -> list[int] | None:
        """Where the findings of a rule start; None for one that this rule does not judge."""
        rule = self.rules.get(code)
        if rule is None or rule.family in BINDING:
            return None  # other rules speak of it
        return sorted(found.place_of(finding) for finding in rule.check(document))


def _is_unused(entry: Suppression, starts: list[int] | None) -> bool:
    if starts is None:
        return False
    index = bisect_left(starts, entry.scope.start)
    return index == len(starts) or starts[index] >= entry.scope.end


class UnknownSuppressedRule(CheckOfRules):
    """No rule has this code, so nothing is silenced. Often it is a name, a family or a slip."""

    code = "ART002"
    name = "unknown-suppressed-rule"
    summary = "Suppression of a rule that does not exist"
    needs = Needs(signs=("suppression",), read=suppressions)
    examples = (
        bad("<!-- artlint: ignore[⟦CJKOO1⟧] a poem -->\n\n<p>One.</p>\n"),
        bad("<!-- artlint: disable[⟦editor-note⟧] -->\n\n<p>One.</p>\n"),
        bad("---\ntitle: A\nartlint: {ignore: [⟦BP⟧]}\n---\n", note="no family: each rule is named"),
        good("<!-- artlint: ignore[CJK001] a poem -->\n\n<p>　　会议闭幕。</p>\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        found = document.suppressions
        for entry in found.entries if found and self.rules else ():
            if entry.code not in self.rules:
                yield self.at(
                    entry.place, f"No rule has the code `{entry.code[:30]}`{self._hint(entry.code)}"
                )

    def _hint(self, word: str) -> str:
        near = next((code for code, rule in self.rules.items() if rule.name == word), None)
        near = near or nearest_rule(word, self.rules)
        return f"; did you mean `{near}`?" if near in self.rules else ""


class MalformedSuppression(Check):
    """A suppression that artlint cannot read silences nothing.

    The forms are `ignore[CODE]` before an element, `disable[CODE]` and `enable[CODE]` around a range,
    each in a comment that begins with `artlint:`, and the key `artlint: {ignore: [CODE]}`. None
    silences everything: the rules stand in square brackets.
    """

    code = "ART003"
    name = "malformed-suppression"
    summary = "Suppression cannot be read"
    needs = Needs(signs=("suppression",), read=suppressions)
    examples = (
        bad("⟦<!-- artlint: ignore -->⟧\n\n<p>One.</p>\n", note="no form without codes"),
        bad("⟦<!-- artlint: ignroe[CJK001] -->⟧\n\n<p>One.</p>\n"),
        bad("⟦<!-- artlint：ignore【CJK001】 -->⟧\n\n<p>One.</p>\n"),
        bad("<p>One.</p>\n\n⟦<!-- artlint: enable[CJK001] -->⟧\n"),
        bad("---\ntitle: A\n⟦artlint⟧: CJK001\n---\n"),
        bad("---\ntitle: A\nartlint: {⟦ignroe⟧: [CJK001]}\n---\n"),
        good("<!-- artlint is a program -->\n\n<p>One.</p>\n"),
        good("`<!-- artlint: ignore -->` names no rule.\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        found = document.suppressions
        for misuse in found.misuses if found else ():
            yield self.at(misuse.span, misuse.message)


class BindingRuleSuppressed(CheckOfRules):
    """An article that somebody submits must not switch off the rules that guard against it.

    Rules of safety, and those about suppressions, are switched off in the configuration of the site
    only. The suppression has no effect; it is left for a person to see.
    """

    code = "ART004"
    name = "binding-rule-suppressed"
    summary = "Rule that no article may suppress"
    severity = Severity.ERROR
    needs = Needs(signs=("suppression",), read=suppressions)
    examples = (
        bad("<!-- artlint: ignore[⟦SEC001⟧] our player -->\n\n<p>One.</p>\n"),
        bad("---\ntitle: A\nartlint: {ignore: [⟦SEC002⟧]}\n---\n"),
        bad("<!-- artlint: disable[⟦ART001⟧] -->\n\n<p>One.</p>\n"),
        good("<!-- artlint: ignore[CJK001] a poem -->\n\n<p>　　会议闭幕。</p>\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        found = document.suppressions
        for entry in found.entries if found else ():
            rule = self.rules.get(entry.code)
            if rule and rule.family in BINDING:
                yield self.at(
                    entry.place, f"An article may not suppress `{entry.code}`; use the configuration"
                )


class SuppressionWithoutReason(Check):
    """Who reads the article next year wants to know why a rule is silenced here."""

    code = "ART005"
    name = "suppression-without-reason"
    summary = "Suppression gives no reason"
    severity = Severity.NOTE
    default = False
    needs = Needs(signs=("suppression",), read=suppressions)
    examples = (
        bad("⟦<!-- artlint: ignore[CJK001] -->⟧\n\n<p>　　会议闭幕。</p>\n"),
        bad("---\ntitle: A\n⟦artlint: {ignore: [FM024]}\n⟧---\n"),
        good("<!-- artlint: ignore[CJK001] a poem -->\n\n<p>　　会议闭幕。</p>\n"),
        good("---\ntitle: A\nartlint: {ignore: [FM024], reason: a name}\n---\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        holders = {entry.holder for entry in _entries(document) if not entry.reason}
        for holder in sorted(holders):
            yield self.at(holder)


def _entries(document: Document) -> list[Suppression]:
    return document.suppressions.entries if document.suppressions else []
