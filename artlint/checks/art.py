"""ART: suppressions that are unused, unknown, malformed or out of place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from artlint.diagnostic import Diagnostic, Edit, Fix, Severity
from artlint.document import Document
from artlint.document.model import SUPPRESSION_KEY
from artlint.rule import BINDING, Check, CheckOfRules, Stage, bad, fix, good, nearest_rule
from artlint.source import Span
from artlint.value_edits import drop_field, drop_item

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
        from artlint.suppressions import iter_holders

        for holder, entries in iter_holders(found):
            unused = [entry for entry in entries if self._is_unused(document, found, entry)]
            if unused:
                codes = ", ".join(f"`{entry.code}`" for entry in unused[:4])
                yield self.at(
                    holder,
                    f"Suppression of {codes} silences nothing",
                    _without(document, entries, unused),
                )

    def _is_unused(self, document: Document, found: Suppressions, entry: Suppression) -> bool:
        rule = self.rules.get(entry.code)
        if rule is None or rule.family in BINDING:
            return False  # other rules speak of it
        return not any(found.covers(entry, diagnostic) for diagnostic in rule.check(document))


class UnknownSuppressedRule(CheckOfRules):
    """No rule has this code, so nothing is silenced. Often it is a name, a family or a slip."""

    code = "ART002"
    name = "unknown-suppressed-rule"
    summary = "Suppression of a rule that does not exist"
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


def _without(document: Document, entries: list[Suppression], unused: list[Suppression]) -> Fix | None:
    """The fix that takes the unused codes out, and the comment or key when none is left."""
    title = "Remove it" if len(unused) == len(entries) else "Remove the unused codes"
    if not entries[0].is_comment:
        return fix(title, _key_edits(document, entries, unused))
    places = [(entries[0].holder, [entry.place for entry in unused])]
    for ender in sorted({entry.ender for entry in unused if entry.ender}):
        places.append((ender, [entry.end for entry in unused if entry.ender == ender and entry.end]))
    for cut in (_line_with_blank, _comment_alone):
        edits = [_comment_edit(document.text, comment, codes, cut) for comment, codes in places]
        if _reads_the_same(document, edits):
            return Fix(title, tuple(edits))
    return None


def _key_edits(document: Document, entries: list[Suppression], unused: list[Suppression]) -> Iterator[Edit]:
    block = document.front_matter
    key = block.get(SUPPRESSION_KEY) if block else None
    if key is None:
        return
    if len(unused) == len(entries):
        yield drop_field(document, key)
        return
    for item in next(part.node.items for part in key.node.fields if part.key == "ignore"):
        if any(item.span.contains(entry.place) for entry in unused):
            yield from drop_item(document, item)


def _comment_edit(text: str, comment: Span, cut: list[Span], whole: Callable[[str, Span], Span]) -> Edit:
    """The edit that takes codes out of a comment; with the last of them the comment goes."""
    start, end = text.index("[", comment.start) + 1, text.index("]", comment.start)
    codes: list[str] = []
    for code in re.finditer(r"[^\s,]+", text[start:end]):
        if not any(span.contains(Span(start + code.start(), start + code.end())) for span in cut):
            codes.append(code.group())
    return Edit(Span(start, end), ", ".join(codes)) if codes else Edit(whole(text, comment))


def _comment_alone(text: str, comment: Span) -> Span:
    return comment


def _line_with_blank(text: str, comment: Span) -> Span:
    """A comment with its line, if it has one of its own, and with one of two blank lines around it."""
    start, end = comment
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line_end = len(text) if line_end == -1 else line_end
    if text[line_start:start].strip() or text[end:line_end].strip():
        return comment
    is_first = line_start == 0 or text[line_start - 2 : line_start] == "\n\n"
    after = line_end + 1
    if is_first and text[after : after + 1] == "\n":
        after += 1
    elif is_first and after >= len(text) and line_start:
        line_start -= 1
    return Span(line_start, min(after, len(text)))


def _reads_the_same(document: Document, edits: list[Edit]) -> bool:
    """Whether Markdown still makes the same blocks of the text (two lists may run together)."""
    body = document.body
    if body.kind != "markdown":
        return True
    from artlint.document.html import Html
    from artlint.document.markdown import markdown_to_html

    text = document.text
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    before, after = (Html(markdown_to_html(t[body.span.start :])).inventory for t in (document.text, text))
    return before == after
