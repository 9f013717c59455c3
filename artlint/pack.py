"""Declarative rules: a pack is one YAML file with rules and their examples.

The keys are those of the dataclasses' readers below; docs/packs.md explains them. A pack that is not
valid raises PackError with file, line and key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import yaml

from artlint.diagnostic import Applicability, Diagnostic, Edit, Fix, Severity
from artlint.errors import PackError
from artlint.pack_reader import Mapping, read_mapping
from artlint.rule import Example, Stage, bad, good, remove, unwrap
from artlint.source import Span

if TYPE_CHECKING:
    from artlint.document import Document
    from artlint.document.html import Element

_TITLES = {"remove": "Remove it", "unwrap": "Keep what is inside, drop the tags"}
_BLOCKS = "p, h1, h2, h3, h4, h5, h6, li, td, th, dt, dd, pre, figcaption, blockquote, div"


@dataclass(frozen=True)
class Guard:
    """When a pack applies: any one condition is enough; no condition means always."""

    front_matter: tuple[tuple[str, str], ...] = ()
    image_hosts: tuple[str, ...] = ()
    link_hosts: tuple[str, ...] = ()
    markers: tuple[str, ...] = ()

    def admits(self, document: Document) -> bool:
        """Whether the pack's rules are to look at the document."""
        if not (self.front_matter or self.image_hosts or self.link_hosts or self.markers):
            return True
        text = document.body.text
        if any(marker in text for marker in self.markers):
            return True
        block = document.front_matter
        values = block.values if block else {}
        if any(fnmatchcase(str(values.get(key, "")), pattern) for key, pattern in self.front_matter):
            return True
        return _has_host(document, "img", "src", self.image_hosts) or _has_host(
            document, "a", "href", self.link_hosts
        )


def _has_host(document: Document, tag: str, attribute: str, patterns: tuple[str, ...]) -> bool:
    # Parsing is dear: ask for the host's fixed part in the text first.
    text = document.body.text
    wanted = [pattern for pattern in patterns if pattern.lstrip("*.") in text]
    if not wanted:
        return False
    for element in document.select(f"{tag}[{attribute}]"):
        host = _host(element.attribute(attribute) or "")
        if any(fnmatchcase(host, pattern) for pattern in wanted):
            return True
    return False


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


@dataclass(frozen=True)
class Match:
    """What a rule looks for; exactly one of ``select``, ``comment``, ``text`` and ``image`` is set.

    ``text`` must match the whole text of an element that ``within`` selects; ``position`` limits it
    to the first (positive) or last (negative) so many blocks of the article.
    """

    select: str = ""
    has: str = ""
    comment: re.Pattern[str] | None = None
    text: re.Pattern[str] | None = None
    within: str = _BLOCKS
    position: int = 0
    image: tuple[str, ...] = ()

    def elements(self, document: Document) -> Iterator[Element]:
        """The outermost elements that match."""
        end = -1
        for element in self._candidates(document):
            if element.span.start >= end:
                end = element.span.end
                yield element

    def _candidates(self, document: Document) -> Iterator[Element]:
        if self.select:
            yield from (e for e in document.select(self.select) if not self.has or e.select(self.has))
        elif self.image:
            for element in document.select("img[src]"):
                if any(fnmatchcase(element.attribute("src") or "", pattern) for pattern in self.image):
                    yield element
        elif self.text:
            yield from self._by_text(document, self.text)

    def _by_text(self, document: Document, pattern: re.Pattern[str]) -> Iterator[Element]:
        limits = self._limits(document)
        for element in document.select(self.within):
            text = " ".join(element.text.split())
            if text and len(text) < 200 and pattern.fullmatch(text) and limits.contains(element.span):
                yield element

    def _limits(self, document: Document) -> Span:
        body = document.body.span
        if not self.position:
            return body
        blocks = [e for e in document.select(_BLOCKS) if e.text.strip() and not e.select(_BLOCKS)]
        if len(blocks) <= abs(self.position):
            return body
        if self.position > 0:
            return Span(body.start, blocks[self.position - 1].span.end)
        return Span(blocks[self.position].span.start, body.end)


@dataclass(frozen=True)
class PackRule:
    """A rule of a pack; satisfies ``artlint.rule.Rule``."""

    code: str
    name: str
    family: str
    summary: str
    why: str
    origin: str
    match: Match
    action: str
    applicability: Applicability
    severity: Severity
    stage: Stage
    examples: tuple[Example, ...]
    guard: Guard
    boilerplate_images: tuple[str, ...] = ()
    inspects_code: bool = False

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Every place of the document where the rule's match holds."""
        if not self.guard.admits(document):
            return
        if self.match.comment:
            for comment in document.body.comments:
                if self.match.comment.fullmatch(comment.data.strip()):
                    yield self._at(comment.span, (Edit(comment.span),))
            return
        for element in self.match.elements(document):
            edits = unwrap(element) if self.action == "unwrap" else remove(element)
            yield self._at(element.span, edits)

    def _at(self, span: Span, edits: tuple[Edit, ...]) -> Diagnostic:
        fix = (
            Fix(_TITLES[self.action], edits, self.applicability)
            if edits and self.action != "report"
            else None
        )
        return Diagnostic(self.code, self.name, self.summary, span, self.severity, fix)


@dataclass(frozen=True)
class Pack:
    """A file of declarative rules."""

    name: str
    rules: tuple[PackRule, ...]


def rules_folder() -> Path:
    """Where the shipped packs are: inside the installed package, beside it in a checkout."""
    inside = Path(__file__).parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "rules"


@lru_cache(maxsize=1)
def load_shipped_packs() -> tuple[Pack, ...]:
    """Every pack of the ``rules/`` folder, by file name."""
    paths = sorted(rules_folder().glob("*.yaml"))
    return tuple(load_pack(path.read_text(encoding="utf-8"), path.name) for path in paths)


def load_pack(text: str, path: str) -> Pack:
    """Read a pack. Raises PackError with file, line and key when it is not valid."""
    try:
        top = read_mapping(text, path)
    except yaml.YAMLError as error:
        raise PackError(f"{path}: not valid YAML: {error}") from None
    name = top.text("pack")
    prefix = top.text("prefix")
    guard = _guard(top)
    rules = tuple(_rule(entry, name, prefix, guard) for entry in top.mappings("rules"))
    top.finish()
    if name != Path(path).stem:
        raise top.error("pack", f"must be the file's name, `{Path(path).stem}`")
    return Pack(name, rules)


def _guard(top: Mapping) -> Guard:
    front_matter: list[tuple[str, str]] = []
    lists: dict[str, list[str]] = {"image-host": [], "link-host": [], "marker": []}
    for entry in top.mappings("applies", optional=True):
        for key, found in lists.items():
            found.extend(entry.texts(key, optional=True))
        if "front-matter" in entry:
            values = entry.mapping("front-matter")
            front_matter.extend((key, values.text(key)) for key in values)
        entry.finish()
    return Guard(
        tuple(front_matter), tuple(lists["image-host"]), tuple(lists["link-host"]), tuple(lists["marker"])
    )


def _rule(entry: Mapping, pack: str, prefix: str, guard: Guard) -> PackRule:
    code = entry.text("code")
    if not code.startswith(prefix):
        raise entry.error("code", f"must start with the pack's prefix `{prefix}`")
    action = entry.choice("action", ("remove", "unwrap", "report"))
    rule = PackRule(
        code=code,
        name=entry.text("name"),
        family=entry.text("family"),
        summary=entry.text("summary"),
        why=entry.text("why"),
        origin=f"pack {pack}",
        match=_match(entry.mapping("match")),
        action=action,
        applicability=Applicability(
            entry.choice("applicability", ("safe", "unsafe", "display"), default="safe")
        ),
        severity=Severity(entry.choice("severity", ("error", "warning", "note"), default="warning")),
        stage=Stage.CONTENT,
        examples=_examples(entry.mapping("examples")),
        guard=guard,
        boilerplate_images=tuple(entry.texts("boilerplate-images", optional=True)),
    )
    entry.finish()
    return rule


def _match(entry: Mapping) -> Match:
    kinds = [kind for kind in ("select", "comment", "text", "image") if kind in entry]
    if len(kinds) != 1:
        raise entry.error("", "needs exactly one of `select`, `comment`, `text`, `image`")
    match = Match(
        select=entry.text("select", default=""),
        has=entry.text("has", default=""),
        comment=entry.pattern("comment"),
        text=entry.pattern("text"),
        within=entry.text("in", default=_BLOCKS),
        position=_position(entry),
        image=tuple(entry.texts("image", optional=True)),
    )
    entry.finish()
    return match


def _position(entry: Mapping) -> int:
    text = entry.text("position", default="")
    if not text:
        return 0
    words = re.fullmatch(r"(first|last) ([1-9][0-9]?)", text)
    if words is None:
        raise entry.error("position", "must be `first n` or `last n`")
    return int(words.group(2)) * (1 if words.group(1) == "first" else -1)


def _examples(entry: Mapping) -> tuple[Example, ...]:
    examples = []
    for item in entry.mappings("bad"):
        fixed = item.text("fixed") if "fixed" in item else None
        try:
            examples.append(bad(item.text("source"), fixed=fixed, note=item.text("note", default="")))
        except ValueError as error:
            raise item.error("source", str(error)) from None
        item.finish()
    examples.extend(good(text) for text in entry.texts("good"))
    entry.finish()
    return tuple(examples)


def matches_any(url: str, patterns: tuple[str, ...]) -> bool:
    """Whether a URL matches one of the shell patterns."""
    return any(fnmatchcase(url, pattern) for pattern in patterns)


@lru_cache(maxsize=1)
def boilerplate_image_patterns() -> tuple[str, ...]:
    """The URL patterns of all pictures that shipped packs know as boilerplate."""
    return tuple(
        pattern for pack in load_shipped_packs() for rule in pack.rules for pattern in rule.boilerplate_images
    )
