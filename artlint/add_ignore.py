"""Write the suppressions that silence what a check finds now: ``artlint check --add-ignore``.

A finding in the body gets a comment before its top-level block; what has no such place (front
matter, the form of the whole file) goes into the front matter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from artlint.diagnostic import Diagnostic, Edit, apply_edits
from artlint.document import Document
from artlint.document.model import SUPPRESSION_KEY
from artlint.engine import check
from artlint.errors import ConfigError
from artlint.ledger import prove_same
from artlint.rule import BINDING, Rule, Stage
from artlint.source import Span
from artlint.verdict import JudgeFor, Memory
from artlint.view import Unaccounted

_ROUNDS = 10
_REASON = re.compile(r"(?!-|>)[^<>\[\]\n]*")
_PLAIN = re.compile(r"[\w][\w ./-]*")


@dataclass
class _Wanted:
    """Codes to silence: by the offset of the block they stand before, and in the whole file."""

    blocks: dict[int, list[str]] = field(default_factory=dict)
    file: list[str] = field(default_factory=list)

    def add(self, code: str, place: int | None) -> bool:
        """Note a code; False when that says nothing new."""
        codes = self.file if place is None else self.blocks.setdefault(place, [])
        if code in codes or code in self.file:
            return False
        codes.append(code)
        codes.sort()
        return True


def check_reason(reason: str) -> None:
    """Raise ConfigError for a reason that cannot stand in a comment."""
    if not _REASON.fullmatch(reason) or "--" in reason:
        raise ConfigError("a reason is one line without `<`, `>`, `[`, `]` and `--`")


def add_suppressions(
    document: Document, rules: Sequence[Rule], reason: str = "", judge_for: JudgeFor | None = None
) -> Document:
    """The document with suppressions for what the rules find in it, and judges do not hide.

    Rules of safety cannot be suppressed, and neither can what stands in a front matter that is
    missing or cannot be read. Raises Unaccounted when the article would not say the same.
    """
    families = {rule.code: rule.family for rule in rules}
    form = {rule.code for rule in rules if rule.stage is Stage.FORMAT}
    wanted = _Wanted()
    after, edits = document, list[Edit]()
    for _ in range(_ROUNDS):
        memory = Memory(judge_for(after.source)) if judge_for else None
        found = [d for d in check(after, rules, judge=memory) if families[d.code] not in BINDING]
        # What stays in spite of a comment before its block is silenced in the whole file.
        news = [wanted.add(d.code, _place(document, after, edits, d, form)) for d in found]
        if not any(news):
            news = [wanted.add(d.code, None) for d in found]
        if not any(news):
            break
        edits = _edits(document, wanted, reason)
        after = document.with_text(apply_edits(document.text, edits))
        prove_same(document, after)
        _check_blocks(document, after)
    return after


def _place(
    document: Document, after: Document, edits: list[Edit], found: Diagnostic, form: set[str]
) -> int | None:
    """The offset in the document of the block that a finding stands in, None for the whole file."""
    if found.code in form or found.span.start < after.body.span.start or document.body.kind == "page":
        return None
    shift = 0
    for edit in edits:
        if edit.span.start + shift + len(edit.text) > found.span.start:
            break
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    offset = found.span.start - shift
    return next((block.start for block in _blocks(document) if block.start <= offset < block.end), None)


def _blocks(document: Document) -> Iterator[Span]:
    """The top-level blocks of the body that a comment can stand before."""
    body = document.body
    if body.kind == "markdown":
        done = -1
        for block in body.markdown.blocks:
            if block.start >= done:
                done = block.end
                line = body.text.rfind("\n", 0, block.start) + 1
                yield Span(body.span.start + line, body.span.start + block.end)
        return
    for element in body.html.elements:
        if element.parent is None:
            yield element.span


def _edits(document: Document, wanted: _Wanted, reason: str) -> list[Edit]:
    edits = []
    if wanted.file:
        edit = _key_edit(document, wanted.file, reason)
        edits.extend([edit] if edit else [])
    for place, codes in sorted(wanted.blocks.items()):
        left = [code for code in codes if code not in wanted.file or not edits]
        if left:
            lead = "" if place < 2 or document.text[place - 2 : place].strip(" ") in ("\n\n", "") else "\n"
            if document.text[place - 1 : place] not in ("\n", ""):
                lead = ""
            words = " ".join(filter(None, (f"ignore[{', '.join(left)}]", reason)))
            edits.append(Edit(Span(place, place), f"{lead}<!-- artlint: {words} -->\n\n"))
    return edits


def _key_edit(document: Document, codes: list[str], reason: str) -> Edit | None:
    """The edit that puts codes into the front matter; None where it has no place for them."""
    block = document.front_matter
    if block is None or block.fault:
        return None
    key = block.get(SUPPRESSION_KEY)
    if key is not None:
        if document.suppressions is None or document.suppressions.misuses or block.format == "toml":
            return None
        own = [entry for entry in document.suppressions.entries if not entry.is_comment]
        codes = sorted({*codes, *(entry.code for entry in own)})
        reason = own[0].reason or reason
    spelled = _spelled(block.format, codes, reason)
    if key is not None:
        end = "" if block.format == "json" else "\n"
        return Edit(key.span, spelled + end)
    if block.format == "yaml":
        return Edit(Span(block.content.end, block.content.end), f"{spelled}\n")
    if block.format == "toml":  # before the first table
        return Edit(Span(block.content.start, block.content.start), f"{spelled}\n")
    start = block.content.start + 1
    gap = "" if document.text[start].isspace() else " "
    return Edit(Span(start, start), f"\n  {spelled}" + (f",{gap}" if block.fields else "\n"))


def _spelled(form: str, codes: list[str], reason: str) -> str:
    if form == "yaml":
        text = reason if _PLAIN.fullmatch(reason) else json.dumps(reason, ensure_ascii=False)
        inner = f"ignore: [{', '.join(codes)}]" + (f", reason: {text}" if reason else "")
        return f"{SUPPRESSION_KEY}: {{{inner}}}"
    values: dict[str, object] = {"ignore": codes, **({"reason": reason} if reason else {})}
    if form == "json":
        return f'"{SUPPRESSION_KEY}": {json.dumps(values, ensure_ascii=False)}'
    parts = ", ".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return f"{SUPPRESSION_KEY} = {{{parts}}}"


def _check_blocks(before: Document, after: Document) -> None:
    """Raise Unaccounted when Markdown would make other blocks of the text."""
    if before.body.kind != after.body.kind:
        raise Unaccounted("the body would be read in another way")
    if before.body.kind == "markdown":
        from artlint.document.html import Html
        from artlint.document.markdown import markdown_to_html

        one, other = (Html(markdown_to_html(document.body.text)).inventory for document in (before, after))
        if one != other:
            raise Unaccounted("a comment would change how Markdown reads the article")
