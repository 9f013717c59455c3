"""FM: front matter against its schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from artlint.checks.fm_schema_fixes import coercion, reordering
from artlint.diagnostic import Applicability, Diagnostic, Edit, Fix, Severity
from artlint.document import Document, Field, FrontMatter
from artlint.remembered import remembered
from artlint.rule import Check, bad, good
from artlint.schema import Schema
from artlint.schema_presets import ALL_KEYS
from artlint.schema_violation import Kind, Violation, nearest_key
from artlint.settings import SchemaChoice, Settings
from artlint.source import Span
from artlint.value_edits import inside_quotes

# An example's schema.
_CLOSED = Settings(
    schemas=(
        SchemaChoice(
            Schema(
                "table",
                {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {
                        "title": {"type": "string", "maxLength": 20},
                        "tags": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]+$"}},
                        "kind": {"enum": ["news", "opinion"]},
                        "draft": {"type": "boolean"},
                        "weight": {"type": "integer"},
                        "params": {"type": "object", "required": ["lead"]},
                    },
                    "x-key-order": ["title", "kind", "tags"],
                },
            )
        ),
    )
)


class MissingKey(Check):
    """Without a title or date a generator shows a file name, or sorts the article under today.

    The default schema asks this of articles only: of files in a folder of posts, and of those that
    name an author or a head image. Jekyll may read the date from the file name.
    """

    code = "FM101"
    name = "missing-key"
    summary = "Front matter lacks a key that the schema requires"
    examples = (
        bad("---\ntitle: B\n⟦---⟧\n", path="_posts/a.md"),
        bad("---\nauthor: B\ndate: 2021-11-04\ntitle:⟦⟧\n---\n"),
        bad("+++\nauthor = 'B'\ndate = 2021-11-04\n⟦+++⟧\n"),
        bad('{"author": "B", "title": "A"⟦}⟧\n'),
        bad("---\nparams: ⟦{a: 1}⟧\n---\n", settings=_CLOSED),
        good("---\ntitle: A\n---\n", path="_posts/2021-11-04-a.md"),
        good("---\ntitle: About us\n---\n", note="a page, not an article"),
        good("---\ntitle: A\nlayout: page\n---\n", path="_posts/a.md"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        block = document.front_matter
        if block is None or block.fault:
            return
        is_preset = document.schema.is_preset
        missing = [violation for violation in document.violations if violation.kind is Kind.MISSING]
        title = block.get("title") if is_preset else None
        is_empty = title is not None and (title.value is None or not str(title.value).strip())
        if not (missing or is_empty) or (is_preset and not _is_article(document, block)):
            return
        for violation in missing:
            if not (is_preset and _date_in_name(violation, document)):
                yield self.at(_mapping_end(block, violation), violation.message)
        if title is not None and is_empty:
            yield self.at(title.value_span, "`title` is empty")


class UnknownKey(Check):
    """A misspelt key is silently ignored by every site generator, and with it what it was to say.

    Where the schema is not closed only near misses of known keys are reported.
    """

    code = "FM102"
    name = "unknown-key"
    summary = "Key is not known to the schema"
    examples = (
        bad("---\ntitle: A\n⟦catagories⟧: [b]\n---\n", fixed="---\ntitle: A\ncategories: [b]\n---\n"),
        bad("---\n⟦titel⟧: A\n---\n", fixed="---\ntitle: A\n---\n"),
        bad('+++\n⟦"descripton"⟧ = "A"\n+++\n', fixed='+++\n"description" = "A"\n+++\n'),
        bad('{⟦"thumbnial"⟧: "a.jpg"}\n', fixed='{"thumbnail": "a.jpg"}\n'),
        bad("---\n⟦mood⟧: gay\n---\n", settings=_CLOSED, note="the schema is closed"),
        good("---\nmood: gay\ncatagories: a\ncategories: b\n---\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        block = document.front_matter
        if block is None or block.fault:
            return
        reported = set()
        for violation in document.violations:
            if violation.kind is Kind.UNKNOWN:
                reported.add(violation.path)
                field = _field_at(block, violation.path)
                if field:
                    yield self._diagnostic(document, field, violation.message, violation.nearest)
        of_schema = document.schema.keys
        for field in block.fields:
            if (field.key,) in reported or field.key in ALL_KEYS or field.key in of_schema:
                continue
            near = _misspelt(field.key, of_schema.difference(block.values)) if len(field.key) >= 5 else None
            if near:
                message = f"`{field.key}` is not a known key; did you mean `{near}`?"
                yield self._diagnostic(document, field, message, near)

    def _diagnostic(self, document: Document, field: Field, message: str, near: str | None) -> Diagnostic:
        fix = None
        raw = document.text[field.key_span.start : field.key_span.end]
        block = document.front_matter
        if near and block and block.get(near) is None and field.key in raw:
            edit = Edit(field.key_span, raw.replace(field.key, near))
            fix = Fix(f"Rename it to `{near}`", (edit,), Applicability.UNSAFE)
        return self.at(field.key_span, message, fix)


class WrongType(Check):
    """A theme that expects a list, a text or a flag fails, or shows nonsense, on anything else.

    Where the value can be written in the wanted type without loss the fix is safe: a number or date
    that should be text gets quotes, `"false"` loses them, one text becomes a list of one.
    """

    code = "FM103"
    name = "wrong-type"
    summary = "Value has another type than the schema wants"
    examples = (
        bad("---\ntitle: ⟦2020⟧ # year\n---\n", fixed="---\ntitle: '2020' # year\n---\n"),
        bad("---\ncomments: '⟦false⟧'\n---\n", fixed="---\ncomments: false\n---\n"),
        bad('+++\ndraft = "⟦true⟧"\n+++\n', fixed="+++\ndraft = true\n+++\n"),
        bad('{"weight": "⟦7⟧"}\n', fixed='{"weight": 7}\n'),
        bad('{"title": ⟦false⟧}\n', fixed='{"title": "false"}\n'),
        bad("---\ntags: ⟦one⟧\n---\n", fixed="---\ntags: [one]\n---\n", settings=_CLOSED),
        bad("---\ntags: ⟦{a: 1}⟧\n---\n"),
        bad("---\ntags:\n  - a\n  - ⟦{b: 1}⟧\n---\n"),
        good("---\ntitle: '2020'\ncomments: false\ntags: one\n---\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        block = document.front_matter
        for violation in document.violations if block else ():
            if block and violation.kind is Kind.TYPE:
                node = block.root.at(violation.path)
                if node.value is None and document.schema.is_preset:
                    continue  # an empty key is a missing one
                fix = coercion(document, node, violation.wanted)
                yield self.at(inside_quotes(document, node), violation.message, fix)


class DisallowedValue(Check):
    """A value outside what the schema allows breaks what the theme or the editors agreed on."""

    code = "FM104"
    name = "disallowed-value"
    summary = "Value is not one that the schema allows"
    examples = (
        bad("---\nkind: ⟦newz⟧\n---\n", settings=_CLOSED),
        bad("+++\ntags = ['a', '⟦B⟧']\n+++\n", settings=_CLOSED),
        bad('{"title": "⟦A title of more than twenty characters⟧"}\n', settings=_CLOSED),
        good("---\nkind: news\n---\n", settings=_CLOSED),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        block = document.front_matter
        for violation in document.violations if block else ():
            if block and violation.kind is Kind.VALUE:
                node = block.root.at(violation.path)
                yield self.at(inside_quotes(document, node), violation.message)


class KeyOrder(Check):
    """One order of keys in a repository lets people find them, and keeps diffs small.

    Speaks only where the schema gives an order; keys that it does not name stay where they are.
    """

    code = "FM105"
    name = "key-order"
    summary = "Keys are not in the order of the schema"
    severity = Severity.NOTE
    examples = (
        bad(
            "---\n⟦kind⟧: news\n# the name\ntitle: A\nweight: 1\ntags: [a]\n---\n",
            fixed="---\n# the name\ntitle: A\nkind: news\nweight: 1\ntags: [a]\n---\n",
            settings=_CLOSED,
        ),
        bad(
            '{\n  ⟦"tags"⟧: ["a"],\n  "title": "A"\n}\n',
            fixed='{\n  "title": "A",\n  "tags": ["a"]\n}\n',
            settings=_CLOSED,
        ),
        bad(
            "+++\n⟦kind⟧ = 'news'\ntitle = 'A'\n+++\n",
            fixed="+++\ntitle = 'A'\nkind = 'news'\n+++\n",
            settings=_CLOSED,
        ),
        good("---\ntitle: A\nweight: 1\ntags: [a]\n---\n", settings=_CLOSED),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        block = document.front_matter
        for violation in document.violations if block else ():
            field = _field_at(block, violation.path) if block else None
            if block and field and violation.kind is Kind.ORDER:
                edits = reordering(document.text, block, document.schema.key_order)
                fix = Fix("Put the keys in order", edits) if edits else None
                yield self.at(field.key_span, violation.message, fix)


_POST_FOLDERS = frozenset(("_posts", "posts", "post", "_drafts"))
_ARTICLE_KEYS = ("author", "authors", "headimg", "thumbnail")
_PAGE_KEYS = ("permalink", "redirect_to", "redirect_from", "headless", "aliases", "url")


@remembered(1024)  # articles of one site have the same keys
def _misspelt(key: str, known: frozenset[str]) -> str | None:
    """The known key that another one is very likely meant to be."""
    return nearest_key(key, sorted(word for word in known if word.lower() != key.lower()), 0.88)


def _is_article(document: Document, block: FrontMatter) -> bool:
    """Whether a file is an article rather than a page, a layout or a section of a site."""
    path = PurePath(document.source.path)
    layout = block.get("layout") or block.get("type")
    if not block.fields or document.body.kind == "page" or path.stem in ("index", "_index", "README", "404"):
        return False
    if layout and layout.value not in ("post", "article", "posts", "draft", "blog", "news"):
        return False
    if _POST_FOLDERS & set(path.parts[:-1]):
        return True
    return any(block.get(key) for key in _ARTICLE_KEYS) and not any(block.get(key) for key in _PAGE_KEYS)


def _date_in_name(violation: Violation, document: Document) -> bool:
    name = PurePath(document.source.path).name
    return violation.path == ("date",) and re.match(r"\d{4}-\d{1,2}-\d{1,2}", name) is not None


def _mapping_end(block: FrontMatter, violation: Violation) -> Span:
    """Where a missing key would stand: the closing fence or brace; inside the block its mapping."""
    if len(violation.path) > 1:
        return block.root.at(violation.path[:-1]).span
    if block.format == "json":
        return Span(block.content.end - 1, block.content.end)
    return Span(block.content.end, block.content.end + 3)


def _field_at(block: FrontMatter, path: tuple[str | int, ...]) -> Field | None:
    fields = block.root.at(path[:-1]).fields
    return next((field for field in fields if field.key == path[-1]), None)
