"""What attributes say beyond the policy: windows, relations, and tags inside of tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from artlint.diagnostic import Applicability, Edit
from artlint.document import Document
from artlint.document.attributes import Attribute
from artlint.document.tokens import Token
from artlint.policy import Policy
from artlint.safety_edits import cut_attribute
from artlint.source import Span

_OPENS_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_SAME_WINDOW = frozenset({"", "_self", "_parent", "_top"})


class Violation(NamedTuple):
    """One thing outside the policy: ``kind`` says which rule speaks of it; no edits: report only."""

    kind: str
    span: Span
    message: str
    title: str
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.SAFE


def window_opener(seen: dict[str, Attribute]) -> Iterator[Violation]:
    """A link to a new window that may steer the one it was opened from (HTML Standard, 4.6.6)."""
    target, rel = seen["target"], seen.get("rel")
    words = rel.value.lower().split() if rel else []
    if target.value.lower() in _SAME_WINDOW or not {"noopener", "noreferrer"}.isdisjoint(words):
        return
    message = f"Link opens `{target.value[:40]}`, which may steer this page"
    edit = Edit(Span(target.span.end, target.span.end), ' rel="noopener"')
    if rel:
        edit = Edit(rel.span, f'rel="{" ".join((*words, "noopener"))}"')
    edits = (edit,) if all(word.isascii() and word.isalnum() for word in words) else ()
    yield Violation("opener", target.span, message, "Add `noopener`", edits, Applicability.UNSAFE)


def foreign_relations(text: str, attribute: Attribute, policy: Policy) -> Iterator[Violation]:
    """What `rel` says beyond the policy."""
    words = attribute.value.split()
    kept = [word for word in words if word.lower() in policy.rel]
    if kept == words or not attribute.value.isascii():  # template code
        return
    edit, title = cut_attribute(text, attribute.span), "Drop `rel`"
    if kept:
        edit, title = Edit(attribute.span, f'rel="{" ".join(kept)}"'), "Drop the word"
    yield Violation("unlisted", attribute.span, "`rel` holds a word outside the policy", title, (edit,))


def tag_in_tag(
    document: Document, token: Token, attributes_of: Callable[[Token], list[Attribute]]
) -> Iterator[Violation]:
    """A `<` in a tag of Markdown: to a reader who takes the tag for text it starts another one."""
    base, start = document.body.span.start, token.span.start
    tag = document.body.masked[start - base : token.span.end - base]
    if "<" not in tag[1:]:
        return
    found = [(a, start + match.start()) for a in attributes_of(token) for match in _in_tag(tag, a, start)]
    if not found:
        return
    message = f"A tag starts inside of `<{token.tag[:20]}>` to some readers"
    if all("<" not in a.name and document.text[a.span.end - 1] in "\"'" for a, _ in found):
        edits = tuple(Edit(Span(place, place + 1), "&lt;") for _, place in found)
        yield Violation("unfinished", found[0][0].span, message, "Escape the `<`", edits)
        return
    cuts = [start, *(place for _, place in found), token.span.end]
    parts = [document.text[cut + 1 : end] for cut, end in pairwise(cuts)]
    edit = Edit(token.span, "&lt;" + "&lt;".join(parts))
    yield Violation("unfinished", found[0][0].span, message, "Show it as text", (edit,))


def _in_tag(tag: str, attribute: Attribute, start: int) -> Iterator[re.Match[str]]:
    """What opens a tag in an attribute of the tag that starts at ``start``."""
    return _OPENS_TAG.finditer(tag, attribute.span.start - start, attribute.span.end - start)
