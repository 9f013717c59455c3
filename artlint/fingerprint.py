"""What a finding is recognised by when lines and files have moved: its text and what stands beside it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from artlint.diagnostic import Diagnostic
from artlint.document import Document
from artlint.document.attributes import attributes
from artlint.document.character_references import unescape
from artlint.document.elements import BLOCK
from artlint.source import Span

_FORM = re.compile(r"1:[0-9a-f]{12}(?:/[0-9a-f]{8}){1,2}")
_WINDOW = 36  # bytes of context on each side: letters in UTF-8, where a Han character says as much as three
_ENOUGH = 12  # bytes that tell one place from another
_LONG = 200  # characters; of a longer text only its two ends are looked at
_REACH = 2_000  # characters of source in which context is looked for
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>")
_OPEN_TAG = re.compile(r"<[a-zA-Z][^<>]*\Z")
_NAMED = re.compile(r"`([^`]+)`")
_EDGE = re.compile(rf"</?(?:{'|'.join(sorted(BLOCK))})\b[^<>]*>|\n[ \t]*\n", re.IGNORECASE)
_SHOWN = ("src", "href")


class Fingerprint(NamedTuple):
    """``own`` stands for the rule and the text it found, ``beside`` for one or two texts next to it.

    ``is_whole``: the finding is about the form of the whole file, of which there is one.
    """

    own: str
    beside: tuple[str, ...]
    is_whole: bool = False

    def __str__(self) -> str:
        return "/".join((f"1:{self.own}", *self.beside))

    @classmethod
    def parse(cls, text: str) -> Fingerprint:
        """Read what ``str`` wrote. Raises ValueError for anything else."""
        if not _FORM.fullmatch(text):
            raise ValueError(f"`{text[:60]}` is no fingerprint of this version of artlint")
        own, *beside = text[2:].split("/")
        return cls(own, tuple(beside))

    def matches(self, other: Fingerprint) -> bool:
        """Whether both stand for the same finding: the same text, and one same text beside it."""
        return self.own == other.own and not set(self.beside).isdisjoint(other.beside)


def fingerprint(document: Document, finding: Diagnostic, is_form: bool = False) -> Fingerprint:
    """The fingerprint of a finding of a document; ``is_form``: its rule is about form.

    It does not depend on the path, on places, on blanks, on the case and order of attributes, nor on
    the wording of messages save what they name in backticks.
    """
    rule = (finding.code, *_NAMED.findall(finding.message))
    if _is_whole(document, finding.span, is_form):
        text = _letters(_prose(document.text[slice(*finding.span)]))
        return Fingerprint(_own(*rule, "whole"), _ends(text), is_whole=True)
    tag = _tag_around(document.text, finding.span)
    found = _found(document.text, finding.span, tag)
    if len(found) > _LONG:
        return Fingerprint(_own(*rule, "long"), _ends(_letters(found.split("\0")[0]) or _letters(found)))
    block = document.front_matter
    if block and block.span.contains(finding.span):
        keys = [field.key for field in block.fields if field.span.overlaps(finding.span)]
        return Fingerprint(_own(*rule, found), (_hash("key", *keys[:1]),))
    around = _around(document, tag or finding.span)
    sides = [side for side in (around.before, around.behind) if len(side) >= _ENOUGH]
    if sides:
        return Fingerprint(_own(*rule, found), tuple(_hash("beside", side) for side in sides))
    own = _own(*rule, found, around.before, around.behind)
    if len(_letters(found) + around.before + around.behind) >= _ENOUGH:
        return Fingerprint(own, (_hash("alone"),))
    return Fingerprint(own, tuple(_hash("near", block) for block in around.blocks) or (_hash("alone"),))


def context(document: Document, span: Span) -> str:
    """A finding with what stands around it, for people: one line, the found text between ⟦ and ⟧."""
    text, body = document.text, document.body.span.start
    start = body if span.start >= body else 0
    before, found = text[max(start, span.start - 15) : span.start], text[slice(*span)]
    if len(found) > 50:
        found = f"{found[:24]} … {found[-24:]}"
    return " ".join(f"{before}⟦{found}⟧{text[span.end : span.end + 15]}".split())


def _is_whole(document: Document, span: Span, is_form: bool) -> bool:
    if span == (0, 0):
        return True
    if not is_form:
        return False
    block = document.front_matter
    parts = [document.body.span, *([block.content] if block else [])]
    text = document.text
    return any(
        part.start <= span.end
        and span.start <= part.end
        and not (text[part.start : span.start] + text[span.end : part.end]).strip()
        for part in parts
    )


def _tag_around(text: str, span: Span) -> Span | None:
    """The start tag that a finding about an attribute stands in."""
    before = _OPEN_TAG.search(text, max(0, span.start - _REACH), span.start)
    if before is None:
        return None
    end = text.find(">", span.end - 1, span.end + _REACH)
    return Span(before.start(), len(text) if end == -1 else end + 1)


def _found(text: str, span: Span, tag: Span | None) -> str:
    """The text found, without blanks, each start tag as its attributes by name."""
    raw = text[slice(*span)]
    if tag:
        return "\0".join(_attributes(f"<x {raw}>"))
    parts = sorted(part for match in _TAG.finditer(raw) for part in _attributes(match.group()))
    return "\0".join(("".join(unescape(_TAG.sub("", raw)).split()), *parts))


def _attributes(tag: str) -> Iterator[str]:
    for attribute in attributes(tag, Span(0, len(tag))):
        yield f"{attribute.name}={' '.join(attribute.value.split())}"


class _Around(NamedTuple):
    """The letters before and behind a place in its block, and those of the blocks next to that."""

    before: bytes
    behind: bytes
    blocks: list[bytes]


def _around(document: Document, place: Span) -> _Around:
    text, start = document.text, document.body.span.start
    before = _EDGE.split(text[max(start, place.start - _REACH) : place.start])
    behind = _EDGE.split(text[place.end : place.end + _REACH])
    tag = text[slice(*place)] if _TAG.fullmatch(text[slice(*place)]) else ""
    return _Around(
        _letters(_prose(before[-1]))[-_WINDOW:],
        _letters(_prose(tag) + _prose(behind[0]))[:_WINDOW],
        [block for block in (_first(reversed(before[:-1])), _first(behind[1:])) if block],
    )


def _first(chunks: Iterable[str]) -> bytes:
    """The letters of the first chunk that has some."""
    return next(filter(None, (_letters(_prose(chunk)) for chunk in chunks)), b"")


def _ends(text: bytes) -> tuple[str, ...]:
    return _hash("ends", text[:_WINDOW]), _hash("ends", text[-_WINDOW:])


def _own(*parts: str | bytes) -> str:
    return _hash(*parts, length=12)


def _hash(*parts: str | bytes, length: int = 8) -> str:
    data = (part.encode(errors="surrogatepass") if isinstance(part, str) else part for part in parts)
    return hashlib.sha256(b"\x1f".join(data)).hexdigest()[:length]


def _prose(raw: str) -> str:
    """Source text as a reader gets it, with the targets of its links and pictures."""
    return unescape(_TAG.sub(lambda match: _targets(match.group()), raw))


def _targets(tag: str) -> str:
    found = {attribute.name: attribute.value for attribute in attributes(tag, Span(0, len(tag)))}
    return "".join(found.get(name, "") for name in _SHOWN)


def _letters(text: str) -> bytes:
    """The letters and digits of a text, without case and width, in UTF-8."""
    letters = filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold())
    return "".join(letters).encode(errors="surrogatepass")
