"""Rules × document → diagnostics: ordered, without doubles, with positions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import attrgetter

from artlint.diagnostic import Applicability, Diagnostic, Edit, Fix
from artlint.document import Document
from artlint.document.masking import hits
from artlint.pattern_lazy import lazily
from artlint.remembered import forget_after
from artlint.rule import BINDING, Rule, Stage
from artlint.triggers import asked_of
from artlint.verdict import Memory, obeyed

_OPEN_MARKUP = lazily(r"</?\Z")
_place = attrgetter("span", "code")


def check(
    document: Document,
    rules: Sequence[Rule],
    unsafe: bool = False,
    judge: Memory | None = None,
    to_fix: bool = False,
) -> list[Diagnostic]:
    """All findings of the rules in a document, by place; with ``judge`` those that it lets pass.

    A finding inside code or template code is dropped unless its rule inspects code, and so is one that
    the article suppresses, unless its rule is binding. A finding of a later stage at or inside the
    place that an earlier one fixes is dropped, so that what an unsafe fix goes by is still there when a
    person allows it. Rules about the form of the whole document are asked only when no other fix
    (``unsafe``: safe or unsafe) is left to apply. With ``to_fix`` no stage is looked at behind one that
    has a fix to apply.
    """
    found: list[Diagnostic] = []
    shown: list[Diagnostic] = []
    asked = asked_of(document, rules)
    for stage in Stage:
        if (to_fix or stage is Stage.FORMAT) and any(finding.is_fixable(unsafe) for finding in shown):
            break
        if stage is Stage.FORMAT and not document.is_readable:
            break
        new = list(dict.fromkeys(_findings(asked[stage], document)))
        if not new:
            continue
        if found and stage is not Stage.FORMAT:
            # What hides behind a fix that a person has yet to allow must be safe to publish, too.
            is_policy = stage is Stage.POLICY
            new = _without_covered(new, [d for d in found if (d.is_fixable(unsafe) if is_policy else d.fix)])
        if document.body.kind == "markdown" and any(finding.fix for finding in new):
            from artlint.separators import keep_structure  # HTML does without its reader

            new = keep_structure(new, document)
        new.sort(key=_place)
        found.extend(new)
        shown.extend(obeyed(new, judge(document, new)) if judge else new)
    forget_after(document.text)
    return _with_positions(sorted(shown, key=_place), document)


def _findings(asked: Sequence[Rule], document: Document) -> Iterator[Diagnostic]:
    suppressions, promises = document.suppressions, document.settings.promises
    has_code = bool(document.body.protected)
    for rule in asked:
        for diagnostic in rule.check(document):
            if has_code and not rule.inspects_code and _touches_code(diagnostic, document):
                continue
            if suppressions and rule.family not in BINDING and suppressions.silence(diagnostic):
                continue
            if promises and diagnostic.fix and rule.code in promises:
                diagnostic = diagnostic._replace(fix=_promised(diagnostic.fix, promises[rule.code]))
            yield _with_sound_fix(diagnostic, rule, document) if diagnostic.fix else diagnostic


def _promised(fix: Fix, promise: str) -> Fix | None:
    """A fix with the promise that the settings give it: none, or a safe or unsafe one made the other."""
    if promise == "none":
        return None
    if fix.applicability is Applicability.DISPLAY:
        return fix
    return fix._replace(applicability=Applicability(promise))


def _with_sound_fix(diagnostic: Diagnostic, rule: Rule, document: Document) -> Diagnostic:
    """The finding without its fix where that cannot be trusted."""
    fix = diagnostic.fix
    edits = fix.edits if fix else ()
    suppressions = document.suppressions
    if (
        # Where the body starts is a guess as long as the front matter cannot be read.
        (not document.is_readable and diagnostic.span.end > document.body.span.start)
        or (suppressions and rule.family not in BINDING and not suppressions.survive(diagnostic))
        or (_makes_markup(edits, document.text) and rule.family != "SEC")
    ):
        return diagnostic._replace(fix=None)
    if fix is None or document.body.kind != "markdown":
        return diagnostic
    from artlint.references import keeping_links

    sound = keeping_links(fix, document, must=rule.family == "SEC")
    return diagnostic if sound is fix else diagnostic._replace(fix=sound)


def _touches_code(diagnostic: Diagnostic, document: Document) -> bool:
    body = document.body
    spans = [edit.span for edit in diagnostic.fix.edits] if diagnostic.fix else [diagnostic.span]
    in_body = [span for span in spans if span.end > body.span.start]
    return bool(in_body) and any(hits(body.protected, span) for span in in_body)


def _makes_markup(edits: Iterable[Edit], text: str) -> bool:
    """Whether a fix would put behind a bare `<` what makes a tag of it; safety rules see to their own."""
    for (start, end), put in edits:
        # Most edits are told apart by one character.
        if start and text[start - 1] in "</" and _OPEN_MARKUP.search(text, max(0, start - 2), start):
            joined = put + text[end : end + 1]
            if joined[:1].isalpha() or joined[:1] in ("/", "!", "?"):
                return True
    return False


def _without_covered(found: Iterable[Diagnostic], earlier: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings that do not lie at or inside the place that an earlier one fixes."""
    kept = []
    spans = sorted(diagnostic.span for diagnostic in earlier)
    starts = [span.start for span in spans]
    ends = list(accumulate((span.end for span in spans), max))
    for new in found:
        before = bisect_right(starts, new.span.start)
        if not before or ends[before - 1] < new.span.end:
            kept.append(new)
    return kept


def _with_positions(found: Iterable[Diagnostic], document: Document) -> list[Diagnostic]:
    position = document.source.position
    return [
        Diagnostic(code, name, message, span, severity, fix, position(span[0]), position(span[1]))
        for code, name, message, span, severity, fix, _, _ in found
    ]
