"""Text + fixes → text, again and again until nothing applies; every round is proved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from artlint.diagnostic import Diagnostic, Edit, Fix, apply_edits
from artlint.document import Document
from artlint.engine import check
from artlint.ledger import LedgerEntry, account, prove_same
from artlint.limits import LimitError
from artlint.moves import Moves
from artlint.overlaps import choose, without_joints
from artlint.rule import Rule, Stage
from artlint.safety import POLICY_RULES, find_danger
from artlint.separators import without_clash
from artlint.settings import DEFAULTS, Settings
from artlint.source import Source, Span
from artlint.verdict import Judge, Memory
from artlint.view import Unaccounted

if TYPE_CHECKING:
    import frontmatter

    from artlint.canonical.convert import Conversion

MAX_ROUNDS = 100


class FixResult(NamedTuple):
    """What fixing did to one article.

    ``text`` has the newline style and BOM of the input. ``applied`` are the diagnostics whose fixes
    are in it, their spans and those of their edits at the place in the input that they come from;
    ``remaining`` those that a check of it still finds. ``ledger`` lists what left the article.
    ``conversion`` says how the body was converted, if it was. When ``refused`` holds a
    reason, ``text`` is the input and nothing was applied.
    """

    text: str
    changed: bool
    applied: tuple[Diagnostic, ...]
    remaining: tuple[Diagnostic, ...]
    ledger: tuple[LedgerEntry, ...]
    refused: str | None = None
    conversion: Conversion | None = None

    def post(self) -> frontmatter.Post:
        """The fixed article as a python-frontmatter ``Post``, for tools that work on metadata."""
        import frontmatter

        return frontmatter.loads(self.text)


def fix_source(
    source: Source,
    rules: Sequence[Rule],
    unsafe: bool = False,
    to: str = "",
    settings: Settings = DEFAULTS,
    judge: Judge | None = None,
) -> FixResult:
    """Apply every applicable fix of the rules to a fixed point, prove it, and pass it by the gate.

    With ``to`` (``markdown`` or ``html``) the body is then converted, also with proof. Findings that
    ``judge`` hides or only shows are left alone in all rounds.
    """
    document = Document(source, settings)
    memory = Memory(judge) if judge else None
    # A judge hears of all findings in each round.
    recheck = partial(check, rules=rules, unsafe=unsafe, judge=memory, to_fix=judge is None)
    try:
        first = recheck(document)
    except LimitError as error:
        return FixResult(source.spell(source.text), False, (), (), (), str(error))
    stages = _stages(tuple(rules))
    run = _Run(document, first, stages, memory)
    try:
        run.to_fixed_point(recheck, unsafe)
        if to and document.is_readable:
            run.convert(to)
            run.found = recheck(run.document)
            run.to_fixed_point(recheck, unsafe)
        if run.document.text != source.text:
            _pass_gate(document, run.document, strict=stages.keys() >= POLICY_RULES)
    except (Unaccounted, LimitError) as error:
        all_found = check(document, rules, unsafe, memory) if judge is None else first
        return FixResult(source.spell(source.text), False, (), tuple(all_found), (), str(error))
    text = run.document.text
    is_converted = run.document.source.encoding != source.encoding and (judge is None or bool(run.applied))
    changed = text != source.text or is_converted
    return FixResult(
        source.spell(text),
        changed,
        tuple(run.applied),
        tuple(run.found),
        tuple(run.ledger),
        conversion=run.conversion,
    )


@lru_cache(maxsize=8)
def _stages(rules: tuple[Rule, ...]) -> dict[str, Stage]:
    """The stage of each rule by its code."""
    return {rule.code: rule.stage for rule in rules}


def _pass_gate(before: Document, after: Document, strict: bool) -> None:
    if after.body.text == before.body.text and (not strict or (before.is_site_page and after.is_site_page)):
        return  # as safe as it was; a page of the site keeps its own scripts
    danger = find_danger(after.body, after.settings.policy, strict)
    if danger is not None:
        raise Unaccounted(f"the result would not be safe to publish: {danger}")


class _Run:
    """The state of one document on its way to the fixed point."""

    def __init__(
        self, document: Document, found: list[Diagnostic], stages: dict[str, Stage], memory: Memory | None
    ) -> None:
        self.document = document
        self.found = found
        self.applied: list[Diagnostic] = []
        self.ledger: list[LedgerEntry] = []
        self.conversion: Conversion | None = None
        self._stages = stages
        self._source = document.source
        self._memory = memory
        self._rounds: list[Moves] = []

    def to_fixed_point(self, recheck: Callable[[Document], list[Diagnostic]], unsafe: bool) -> None:
        """Raises Unaccounted when a round cannot be proved or the rounds do not end."""
        for _ in range(MAX_ROUNDS):
            wanted = [diagnostic for diagnostic in self.found if diagnostic.is_fixable(unsafe)]
            if wanted:
                self._apply(wanted)
            elif self.document.body.kind != self.document.afresh.body.kind:
                afresh = self.document.afresh  # what is left reads as Markdown
                prove_same(self.document, afresh)
                self.document = afresh
            else:
                return
            self.found = recheck(self.document)
        names = ", ".join(
            sorted({diagnostic.code for diagnostic in self.found if diagnostic.is_fixable(unsafe)})
        )
        raise Unaccounted(f"fixing does not come to an end after {MAX_ROUNDS} rounds ({names})")

    def convert(self, to: str) -> None:
        """Write the body in another syntax. Raises Unaccounted when it would not say the same."""
        from artlint.canonical.convert import convert

        self.conversion = convert(self.document, to)
        if self.conversion is None:
            return
        start = self.document.body.span.start
        lead = "\n" if self.document.front_matter else ""
        edit = Edit(Span(start, len(self.document.text)), lead + self.conversion.text)
        self._moved([edit])
        source = self.document.source.with_text(apply_edits(self.document.text, [edit]))
        if to == "markdown":  # the name of an HTML file would make HTML of it again
            source = source.with_path(str(PurePath(source.path).with_suffix(".md")))
        self.document = Document(source, self.document.settings)

    def _apply(self, wanted: Sequence[Diagnostic]) -> None:
        stage = min(self._stages[diagnostic.code] for diagnostic in wanted)
        applied = without_clash(choose([d for d in wanted if self._stages[d.code] is stage]), self.document)
        applied = without_joints(applied, self.document)
        edits = sorted((edit for done in applied for edit in done.edits), key=lambda edit: edit.span)
        after = self.document.with_text(apply_edits(self.document.text, edits))
        try:
            if stage is Stage.FORMAT:
                prove_same(self.document, after)
            else:
                self.ledger.extend(account(self.document, after, applied, self._line))
        except Unaccounted as error:
            names = ", ".join(sorted({done.code for done in applied}))
            raise Unaccounted(f"{error} ({names})") from None
        self.applied.extend(self._at_origin(done) for done in applied)
        self._moved(edits, applied)
        self.document = after

    def _moved(self, edits: Sequence[Edit], applied: Sequence[Diagnostic] = ()) -> None:
        self._rounds.append(Moves(edits))
        if self._memory:
            self._memory.moved(self._rounds[-1], applied)

    def _origin(self, offset: int) -> int:
        """The offset in the file as it was before the first round."""
        for moves in reversed(self._rounds):
            offset = moves.back(offset)
        return offset

    def _line(self, offset: int) -> int:
        return self._source.position(self._origin(offset)).line

    def _at_origin(self, done: Diagnostic) -> Diagnostic:
        if not self._rounds:
            return done
        span, position = self._origin_span(done.span), self._source.position
        edits = tuple([Edit(self._origin_span(edit.span), edit.text) for edit in done.edits])
        fix = done.fix and Fix(done.fix.title, edits, done.fix.applicability)
        start, end = position(span.start), position(span.end)
        return Diagnostic(done.code, done.name, done.message, span, done.severity, fix, start, end)

    def _origin_span(self, span: Span) -> Span:
        start, end = self._origin(span.start), span.end
        for moves in reversed(self._rounds):
            end = moves.back_end(end)
        return Span(start, max(start, end))
