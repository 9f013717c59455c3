"""Rules × document → diagnostics: ordered, without doubles, with positions."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from artlint.diagnostic import Diagnostic
from artlint.document import Document
from artlint.document.masking import hits
from artlint.rule import BINDING, Rule, Stage
from artlint.source import Span
from artlint.verdict import Memory, obeyed

_OPEN_MARKUP = re.compile(r"</?\Z")


def check(
    document: Document, rules: Sequence[Rule], unsafe: bool = False, judge: Memory | None = None
) -> list[Diagnostic]:
    """All findings of the rules in a document, by place; with ``judge`` those that it lets pass.

    A finding inside code or template code is dropped unless its rule inspects code, and so is one that
    the article suppresses, unless its rule is binding. A finding of a later stage at or inside the
    place that an earlier one fixes is dropped, so that what an unsafe fix goes by is still there when a
    person allows it. Rules about the form of the whole document are asked only when no other fix
    (``unsafe``: safe or unsafe) is left to apply.
    """
    found: list[Diagnostic] = []
    shown: list[Diagnostic] = []
    for stage in Stage:
        if stage is Stage.FORMAT and (
            not document.is_readable or any(diagnostic.is_fixable(unsafe) for diagnostic in shown)
        ):
            break
        new = [finding for rule in rules if rule.stage is stage for finding in _findings(rule, document)]
        new = list(dict.fromkeys(new))
        if stage is not Stage.FORMAT:  # what hides behind an unsafe fix must be safe to publish, too
            new = list(_without_covered(new, [earlier for earlier in found if earlier.fix]))
        new.sort(key=_place)
        found.extend(new)
        shown.extend(obeyed(new, judge(document, new)) if judge else new)
    return [_with_positions(diagnostic, document) for diagnostic in sorted(shown, key=_place)]


def _place(diagnostic: Diagnostic) -> tuple[Span, str]:
    return diagnostic.span, diagnostic.code


def _findings(rule: Rule, document: Document) -> Iterable[Diagnostic]:
    for diagnostic in rule.check(document):
        if not rule.inspects_code and _touches_code(diagnostic, document):
            continue
        if not document.is_readable and diagnostic.span.end > document.body.span.start:
            # Where the body starts is a guess as long as the front matter cannot be read.
            diagnostic = dataclasses.replace(diagnostic, fix=None)
        if rule.family not in BINDING and document.suppressions:
            if document.suppressions.silence(diagnostic):
                continue
            if not document.suppressions.survive(diagnostic):
                diagnostic = dataclasses.replace(diagnostic, fix=None)
        if rule.family != "SEC" and _makes_markup(diagnostic, document.text):
            diagnostic = dataclasses.replace(diagnostic, fix=None)
        yield diagnostic


def _touches_code(diagnostic: Diagnostic, document: Document) -> bool:
    body = document.body
    spans = [edit.span for edit in diagnostic.fix.edits] if diagnostic.fix else [diagnostic.span]
    in_body = [span for span in spans if span.end > body.span.start]
    return bool(in_body) and any(hits(body.protected, span) for span in in_body)


def _makes_markup(diagnostic: Diagnostic, text: str) -> bool:
    """Whether a fix would put behind a bare `<` what makes a tag of it; safety rules see to their own."""
    for edit in diagnostic.fix.edits if diagnostic.fix else ():
        start, end = edit.span
        if _OPEN_MARKUP.search(text, max(0, start - 2), start):
            joined = edit.text + text[end : end + 1]
            if joined[:1].isalpha() or joined[:1] in ("/", "!", "?"):
                return True
    return False


def _without_covered(found: Iterable[Diagnostic], earlier: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings that do not lie at or inside the place that an earlier one fixes."""
    spans = sorted(diagnostic.span for diagnostic in earlier)
    starts = [span.start for span in spans]
    ends = list(accumulate((span.end for span in spans), max))
    for new in found:
        before = bisect_right(starts, new.span.start)
        if not before or ends[before - 1] < new.span.end:
            yield new


def _with_positions(diagnostic: Diagnostic, document: Document) -> Diagnostic:
    position = document.source.position
    return dataclasses.replace(
        diagnostic, start=position(diagnostic.span.start), end=position(diagnostic.span.end)
    )
