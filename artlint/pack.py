"""Declarative rules: a pack is one YAML file with rules and their examples.

``pack_keys`` lists the keys, docs/packs.md explains them. A pack that is not valid raises PackError
with file, line and key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from artlint.diagnostic import Applicability, Diagnostic, Fix, Severity
from artlint.errors import PackError
from artlint.pack_actions import Action
from artlint.pack_finders import matches_any, places
from artlint.pack_guard import Guard
from artlint.pack_match import Match
from artlint.rule import Example, Needs, Stage, bad, good

if TYPE_CHECKING:
    from artlint.document import Document
    from artlint.pack_reader import Data

__all__ = ["Pack", "PackRule", "boilerplate_image_patterns", "load_pack", "load_packs", "matches_any"]

SUFFIXES = (".yaml", ".yml")
_boilerplate_images: dict[str, None] = {}  # of every pack loaded, in order


class PackRule:
    """A rule of a pack; satisfies ``artlint.rule.Rule``.

    ``entry`` is the rule's checked content, ``path`` the pack's file. ``note_key`` is the front-matter
    key that what the rule finds may move to, or empty.
    """

    stage = Stage.CONTENT
    inspects_code = False
    default = True

    def __init__(self, entry: Data, path: str, guard: Guard) -> None:
        note = entry.get("note", {})
        self.entry = entry
        self.path = path
        self.guard = guard
        self.code: str = entry["code"]
        self.name: str = entry["name"]
        self.family: str = entry["family"]
        self.summary: str = entry["summary"]
        self.why: str = entry["why"]
        self.match = _match(entry["match"], entry.get("with", "") + note.get("value", ""))
        self.action = Action(
            entry["action"],
            entry.get("with", ""),
            entry.get("attribute", ""),
            note.get("key", ""),
            note.get("value", ""),
        )
        self.applicability = Applicability(entry.get("applicability", "safe"))
        self.severity = Severity(entry.get("severity", "warning"))
        self.note_key: str = note.get("key", "")
        self.boilerplate_images: tuple[str, ...] = tuple(entry.get("boilerplate-images", ()))

    @property
    def origin(self) -> str:
        return f"pack {Path(self.path).stem}"

    @property
    def needs(self) -> Needs:
        return self.match.needs

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """The examples; a shipped pack's are read from its file when first asked for."""
        entry = self.entry
        if "examples" not in entry:
            from artlint.pack_reader import read_pack

            data = read_pack(Path(self.path).read_text(encoding="utf-8"), self.path)
            entry = next(rule for rule in data["rules"] if rule["code"] == self.code)
        return tuple(_examples(entry["examples"]))

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Every place of the document where the rule's match holds."""
        if not self.match.may_match(document):
            return
        found = places(self.match, document)
        first = next(found, None)
        if first is None or not self.guard.admits(document):
            return
        for place in (first, *found):
            edits = self.action.edits(place, document)
            fix = Fix(self.action.title, edits, self.applicability) if edits else None
            yield Diagnostic(self.code, self.name, self.summary, place.span, self.severity, fix)

    def moving(self) -> PackRule:
        """The same rule, but what it finds moves to the front matter, which loses nothing."""
        from copy import copy  # only a setting asks for this

        rule = copy(self)
        rule.action = self.action._replace(word="move-to-front-matter")
        rule.applicability = Applicability.SAFE
        return rule


class Pack(NamedTuple):
    """A file of declarative rules."""

    name: str
    rules: tuple[PackRule, ...]


def load_pack(text: str, path: str) -> Pack:
    """Read a pack. Raises PackError with file, line and key when it is not valid."""
    from artlint.pack_reader import read_pack

    data = read_pack(text, path)
    if data["pack"] != Path(path).stem:
        name = Path(path).stem
        raise PackError(f"{path}:1: `pack` is `{data['pack']}`; it must be the file's name, `{name}`")
    return pack_of(data, path)


def load_packs(paths: Sequence[str | Path]) -> tuple[Pack, ...]:
    """The packs of a user: files, and the YAML files of folders. Raises PackError."""
    packs = []
    for given in paths:
        path = Path(given)
        found = [path]
        if path.is_dir():
            found = [file for file in sorted(path.iterdir()) if file.suffix in SUFFIXES]
        if not found:
            raise PackError(f"{path}: no pack in the folder; a pack is a file that ends in .yaml")
        for file in found:
            try:
                text = file.read_text(encoding="utf-8")
            except OSError as error:
                problem = (error.strerror or str(error)).lower()
                raise PackError(f"{file}: cannot read the pack: {problem}") from None
            except UnicodeDecodeError:
                raise PackError(f"{file}: not UTF-8; save the pack as UTF-8") from None
            packs.append(load_pack(text, str(file)))
    return tuple(packs)


def pack_of(data: Data, path: str) -> Pack:
    """A pack of its checked content (``read_pack``); ``words`` of a match are derived when absent."""
    guard = Guard.of(data.get("applies", ()))
    rules = tuple(PackRule(entry, path, guard) for entry in data["rules"])
    _boilerplate_images.update((pattern, None) for rule in rules for pattern in rule.boilerplate_images)
    return Pack(data["pack"], rules)


def _match(entry: dict[str, Any], fills: str) -> Match:
    if "kind" not in entry:
        from artlint.pack_words import with_words

        entry = with_words(entry)
    return Match(entry["kind"], entry, tuple(entry["words"]), fills)


def _examples(entry: dict[str, Any]) -> list[Example]:
    found = [bad(item["source"], fixed=item.get("fixed"), note=item.get("note", "")) for item in entry["bad"]]
    return [*found, *(good(text) for text in entry["good"])]


def rules_folder() -> Path:
    """Where the shipped packs are: inside the installed package, beside it in a checkout."""
    inside = Path(__file__).parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "rules"


def is_shipped(path: str | Path) -> bool:
    """Whether a path is that of the shipped packs or of one of them."""
    place, folder = Path(path).resolve(), rules_folder().resolve()
    return place == folder or place.parent == folder


@lru_cache(maxsize=1)
def load_shipped_packs() -> tuple[Pack, ...]:
    """Every pack of the ``rules/`` folder, by file name."""
    from artlint.pack_cache import cached_packs

    folder = rules_folder()
    return tuple(pack_of(data, str(folder / name)) for name, data in cached_packs(folder))


def boilerplate_image_patterns() -> tuple[str, ...]:
    """The URL patterns of all pictures that the packs loaded so far know as boilerplate."""
    load_shipped_packs()
    return tuple(_boilerplate_images)
