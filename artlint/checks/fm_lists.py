"""FM: categories and tags."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from artlint.data.han_variants import SIMPLIFIED, TRADITIONAL
from artlint.diagnostic import Applicability, Diagnostic, Edit, Fix, Severity
from artlint.document import Document, Field, Node
from artlint.rule import Check, Needs, bad, fix, good
from artlint.signs import keys
from artlint.source import Span
from artlint.value_edits import drop_item, in_json, inside_quotes, respell, text_field

_KEYS = ("categories", "tags", "category", "tag", "topics", "keywords", "series")
_VARIANTS = str.maketrans(TRADITIONAL, SIMPLIFIED)


class DoubledTerm(Check):
    """A category or tag that stands twice makes the site list the article twice under it."""

    code = "FM040"
    name = "doubled-term"
    summary = "Category or tag stands twice"
    needs = Needs(signs=_KEYS, read=keys)
    examples = (
        bad("---\ntags:\n  - a\n  - b # x\n  - '⟦a⟧'\n---\n", fixed="---\ntags:\n  - a\n  - b # x\n---\n"),
        bad("---\ntags: [a, ⟦a⟧, b]\n---\n", fixed="---\ntags: [a, b]\n---\n"),
        bad('+++\ntags = ["a", "b", "⟦b⟧"]\n+++\n', fixed='+++\ntags = ["a", "b"]\n+++\n'),
        bad('{"categories": ["a", "⟦a⟧"]}\n', fixed='{"categories": ["a"]}\n'),
        bad("---\ntags:\n  - a\n  - ⟦a⟧ # why\n---\n", note="the comment stays, so a person has to do it"),
        good("---\ntags: [a, A, b]\n---\n", note="they may be two; another rule speaks of them"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for field in _lists(document):
            seen: set[str] = set()
            for item in field.node.items:
                if isinstance(item.value, str) and item.value.strip():
                    if item.value in seen:
                        removal = fix("Remove the second one", drop_item(document, item))
                        message = f"`{_short(item.value)}` stands twice in `{field.key}`"
                        yield self.at(inside_quotes(document, item), message, removal)
                    seen.add(item.value)


class EmptyTerm(Check):
    """An empty category or tag becomes a page without a name, or stops the build."""

    code = "FM041"
    name = "empty-term"
    summary = "Category or tag is empty"
    needs = Needs(signs=_KEYS, read=keys)
    examples = (
        bad("---\ntags:\n  - a\n  -⟦⟧\n  - b\n---\n", fixed="---\ntags:\n  - a\n  - b\n---\n"),
        bad("---\ntags:\n- ⟦''⟧\n- ⟦~⟧\nlayout: post\n---\n", fixed="---\ntags: []\nlayout: post\n---\n"),
        bad("---\ntags: # none\n- ⟦''⟧\n---\n", note="the comment would go, too"),
        bad("---\ntags: [a, ⟦''⟧]\n---\n", fixed="---\ntags: [a]\n---\n"),
        bad('+++\ntags = [⟦" "⟧, "a"]\n+++\n', fixed='+++\ntags = ["a"]\n+++\n'),
        bad('{"tags": [⟦null⟧, "a"]}\n', fixed='{"tags": ["a"]}\n'),
        good("---\ntags:\ncategories: []\n---\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for field in _lists(document):
            empty = [item for item in field.node.items if _is_empty(item)]
            for item in empty:
                removal = fix("Remove it", drop_item(document, item))
                if len(empty) == len(field.node.items) and _is_block_list(document, field):
                    removal = fix("Make it an empty list", _emptied(document, field))
                yield self.at(item.span, f"`{field.key}` has an empty entry", removal)


def _is_empty(item: Node) -> bool:
    return item.value is None or (isinstance(item.value, str) and not item.value.strip())


def _is_block_list(document: Document, field: Field) -> bool:
    """Whether each entry has a line of its own in YAML: without lines a key would have no value."""
    start = field.value_span.start
    block = document.front_matter
    return block is not None and block.format == "yaml" and document.text[start : start + 1] == "-"


def _emptied(document: Document, field: Field) -> tuple[Edit, ...]:
    """The edit that makes an empty list of a block list; none when a comment would have to go too."""
    text, (start, end) = document.text, field.value_span
    line_end = text.find("\n", end)
    line_end = len(text) if line_end == -1 else line_end
    colon = text.rfind(":", field.span.start, start) + 1
    if "#" in text[colon:line_end] or text[end:line_end].strip() or text[colon:start].strip():
        return ()
    return (Edit(Span(colon, line_end), " []"),)


class TermsInOneText(Check):
    """A text with commas is one long tag to Hexo and Hugo; a list is what the author meant."""

    code = "FM042"
    name = "terms-in-one-text"
    summary = "Several tags stand in one text"
    needs = Needs(signs=("tags", "categories"), read=keys)
    examples = (
        bad('---\ntags: "⟦a, b c⟧" # x\n---\n', fixed="---\ntags: [a, b c] # x\n---\n"),
        bad("---\ncategories: ⟦新闻，国内⟧\n---\n", fixed="---\ncategories: [新闻, 国内]\n---\n"),
        bad("+++\ntags = '⟦a, b⟧'\n+++\n", fixed='+++\ntags = ["a", "b"]\n+++\n'),
        bad('{"tags": "⟦a,b⟧"}\n', fixed='{"tags": ["a", "b"]}\n'),
        good("---\ntags: a b\n---\n", note="Jekyll parts tags at blanks"),
        good("---\nkeywords: a, b\n---\n", note="keywords are one text to browsers"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for key in ("tags", "categories"):
            field = text_field(document, key)
            terms = [term.strip() for term in re.split("[,，、;；]", str(field.value))] if field else []
            terms = [term for term in terms if term]
            if field and len(terms) > 1 and "{{" not in str(field.value):
                edit = Edit(field.value_span, _flow_list(document, field.node, terms))
                listing = Fix("Make it a list", (edit,), Applicability.UNSAFE)
                message = f"`{key}` holds {len(terms)} entries in one text"
                yield self.at(inside_quotes(document, field.node), message, listing)


class SimilarTerm(Check):
    """Spellings that differ by width, case, blanks or script split one subject over several pages."""

    code = "FM043"
    name = "similar-term"
    summary = "Category or tag is another spelling of one before it"
    severity = Severity.NOTE
    needs = Needs(signs=_KEYS, read=keys)
    examples = (
        bad("---\ncategories:\n  - 新闻-国内\n  - ⟦新闻－國內⟧\n---\n"),
        bad('+++\ntags = ["Machine Learning", "⟦machine-learning⟧"]\n+++\n'),
        good("---\ntags: [C, C++, c#]\n---\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for field in _lists(document):
            seen: dict[str, str] = {}
            for item in field.node.items:
                if not isinstance(item.value, str) or not item.value.strip():
                    continue
                folded = _folded(item.value)
                first = seen.setdefault(folded, item.value)
                if first != item.value:
                    message = f"`{_short(item.value)}` is another spelling of `{_short(first)}`"
                    yield self.at(inside_quotes(document, item), message)


def _lists(document: Document) -> Iterator[Field]:
    block = document.front_matter
    for key in _KEYS if block else ():
        field = block.get(key) if block else None
        if field is not None and field.node.items:
            yield field


def _folded(term: str) -> str:
    text = unicodedata.normalize("NFKC", term).casefold().translate(_VARIANTS)
    return re.sub(r"[\s_-]+", "", text)


def _short(term: str) -> str:
    return term if len(term) <= 20 else f"{term[:19]}…"


def _flow_list(document: Document, node: Node, terms: list[str]) -> str:
    block = document.front_matter
    if block and block.format == "yaml":
        # As if each stood without quotes: it gets them where YAML wants them.
        plain = Node("", node.span._replace(end=node.span.start))
        return f"[{', '.join(respell(document, plain, term).text for term in terms)}]"
    return in_json(terms)
