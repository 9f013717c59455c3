"""Suppressions: comments and a front-matter key with which an article silences codes in itself.

``<!-- artlint: ignore[BP101] reason -->`` speaks of what follows, ``disable[…]`` of everything up to
``enable[…]``, and ``artlint: {ignore: [BP101], reason: …}`` in the front matter of the whole file.
There is no form without codes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate, islice
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from artlint.diagnostic import Diagnostic
from artlint.document.elements import BLOCK, BREAK
from artlint.document.fields import Node
from artlint.document.model import SUPPRESSION_KEY as KEY
from artlint.pattern_lazy import lazily
from artlint.source import Span

if TYPE_CHECKING:
    from artlint.document import Body, Document
    from artlint.document.html import Comment

FORMS = "ignore[CODE], disable[CODE] or enable[CODE]"

_MEANT = lazily(r"\s*artlint\s*[:：]", re.IGNORECASE)
_FORM = lazily(r"\s*artlint:\s*(ignore|disable|enable)\[([^\[\]<>]*)\](?:\s+([^<>]*?))?\s*")
_CODE = lazily(r"[^\s,]+(?:[ \t]+[^\s,]+)*")
_NEXT = lazily(r"(?:\s|>)*")  # blanks, and the marks of a quotation


class Suppression(NamedTuple):
    """One code that an article silences.

    ``code`` as written, at ``place``. ``scope`` is where its findings are silenced. ``holder`` is the
    comment it stands in, or the value of the front-matter key; ``end`` is the code in the comment
    that ends a range, and ``ender`` that comment. ``target``: the scope is one element, by its tag.
    """

    code: str
    place: Span
    scope: Span
    holder: Span
    reason: str
    end: Span | None = None
    ender: Span | None = None
    target: str = ""

    @property
    def is_comment(self) -> bool:
        return not self.scope.contains(self.holder)


class Misuse(NamedTuple):
    """A suppression that says nothing artlint understands: where, and what is wrong with it."""

    span: Span
    message: str


class Suppressions:
    """The suppressions of one document of some ``length``, in source order."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.entries: list[Suppression] = []
        self.misuses: list[Misuse] = []

    def silence(self, found: Diagnostic) -> bool:
        """Whether a finding is silenced, or is about the text of a suppression itself."""
        scopes = self._scopes.get(found.code)
        if scopes and scopes.hold(self.place_of(found)):
            return True
        index = bisect_right(self._holders, (found.span.start, self.length))
        return index > 0 and self._holders[index - 1].contains(found.span)

    def place_of(self, found: Diagnostic) -> int:
        """Where a finding starts, for the scopes of suppressions; the end of the text counts as its last."""
        return min(found.span.start, self.length - 1)

    def survive(self, found: Diagnostic) -> bool:
        """Whether every suppression still speaks of the same after the fix of a finding.

        A fix may take out a suppression together with all it speaks of, not one without the other.
        """
        edits = (
            [edit.span for edit in found.fix.edits if edit.span.end > edit.span.start] if found.fix else []
        )
        return not any(_loses(span, entry) for span in edits for entry in self._near(span))

    def _near(self, cut: Span) -> Iterator[Suppression]:
        """The suppressions in comments that a cut may touch."""
        starts, longest = self._touched
        first = bisect_left(starts, cut.start - longest, key=itemgetter(0))
        for start, entry in islice(starts, first, None):
            if start >= cut.end:
                return
            yield entry

    @cached_property
    def _touched(self) -> tuple[list[tuple[int, Suppression]], int]:
        """Where each comment, and each element spoken of, starts; the length of the longest comment."""
        entries = [entry for entry in self.entries if entry.is_comment]
        starts = [(entry.scope.start, entry) for entry in entries]
        longest = 0
        for entry in entries:
            for comment in filter(None, (entry.holder, entry.ender)):
                starts.append((comment.start, entry))
                longest = max(longest, comment.end - comment.start)
        return sorted(starts, key=itemgetter(0)), longest

    @cached_property
    def _scopes(self) -> dict[str, _Scopes]:
        by_code: dict[str, list[Span]] = {}
        for entry in self.entries:
            by_code.setdefault(entry.code, []).append(entry.scope)
        return {code: _Scopes(scopes) for code, scopes in by_code.items()}

    @cached_property
    def _holders(self) -> list[Span]:
        return sorted({entry.holder for entry in self.entries if entry.is_comment})


class _Scopes:
    """Where the findings of one rule are silenced."""

    def __init__(self, scopes: Iterable[Span]) -> None:
        spans = sorted(scopes)
        self._starts = [span.start for span in spans]
        self._ends = list(accumulate((span.end for span in spans), max))

    def hold(self, place: int) -> bool:
        index = bisect_right(self._starts, place)
        return index > 0 and self._ends[index - 1] > place


def _loses(cut: Span, entry: Suppression) -> bool:
    if cut.contains(entry.holder) and cut.contains(entry.scope):
        return False
    takes_comment = cut.overlaps(entry.holder) or (entry.ender is not None and cut.overlaps(entry.ender))
    takes_tag = bool(entry.target) and cut.start <= entry.scope.start < cut.end
    return takes_comment or (takes_tag and not cut.contains(entry.scope))


def read_suppressions(document: Document) -> Suppressions:
    """The suppressions of a document; none in a page of a site, which is no article."""
    found = Suppressions(len(document.text))
    _read_key(document, found)
    if document.body.kind != "page" and _MEANT.search(document.body.text):
        _read_comments(document, found)
    return found


def _read_key(document: Document, found: Suppressions) -> None:
    """The key of the front matter: ``artlint: {ignore: [CODE, …], reason: …}``."""
    block = document.front_matter
    entry = block.get(KEY) if block else None
    if entry is None:
        return
    parts = {part.key: part for part in entry.node.fields}
    unknown = next((key for key in parts if key not in ("ignore", "reason")), None)
    codes = parts["ignore"].node if "ignore" in parts else None
    if codes is None or unknown is not None:
        problem = f"has an unknown key `{unknown[:20]}`" if unknown else "names no rule"
        place = parts[unknown].key_span if unknown else entry.key_span
        found.misuses.append(Misuse(place, f"`{KEY}` {problem}; write `{KEY}: {{ignore: [CODE]}}`"))
        return
    if not codes.items or not all(isinstance(item.value, str) for item in codes.items):
        found.misuses.append(Misuse(codes.span, f"`{KEY}.ignore` is not a list of codes of rules"))
        return
    reason = parts["reason"].value if "reason" in parts else ""
    whole = Span(0, len(document.text))
    found.entries.extend(
        Suppression(str(item.value), _inside(document, item), whole, entry.span, str(reason or ""))
        for item in codes.items
    )


def _inside(document: Document, node: Node) -> Span:
    start, end = node.span
    is_quoted = document.text[start : start + 1] in ("'", '"')
    return Span(start + 1, end - 1) if is_quoted else node.span


class _Directive(NamedTuple):
    verb: str
    codes: list[tuple[str, Span]]
    reason: str
    comment: Span


def _read_comments(document: Document, found: Suppressions) -> None:
    opened: dict[str, tuple[Span, _Directive]] = {}
    places = _Places(document.body)
    for comment in document.body.comments:
        if not _MEANT.match(comment.data):
            continue
        directive = _directive(document, comment)
        if directive is None:
            found.misuses.append(Misuse(comment.span, f"Suppression is not {FORMS}"))
        elif directive.verb == "ignore":
            scope, target = places.next_thing(comment.span)
            found.entries.extend(
                Suppression(code, place, scope, comment.span, directive.reason, target=target)
                for code, place in directive.codes
            )
        elif directive.verb == "disable":
            for code, place in directive.codes:
                opened.setdefault(code, (place, directive))
        else:
            for code, place in directive.codes:
                if code in opened:
                    found.entries.append(_range(code, opened.pop(code), comment.span, place))
                else:
                    found.misuses.append(Misuse(comment.span, f"No `disable[{code[:20]}]` stands before it"))
    end = Span(len(document.text), len(document.text))
    found.entries.extend(_range(code, start, end) for code, start in opened.items())
    found.entries.sort(key=lambda entry: entry.place)


def _range(code: str, start: tuple[Span, _Directive], ender: Span, end: Span | None = None) -> Suppression:
    place, directive = start
    scope = Span(directive.comment.end, ender.start)
    return Suppression(code, place, scope, directive.comment, directive.reason, end, ender if end else None)


def _directive(document: Document, comment: Comment) -> _Directive | None:
    start = comment.span.start + len("<!--")
    form = _FORM.fullmatch(document.text, start, comment.span.end - len("-->"))
    if form is None:
        return None
    codes = [(match.group(), Span(*match.span())) for match in _CODE.finditer(document.text, *form.span(2))]
    return _Directive(form.group(1), codes, form.group(3) or "", comment.span) if codes else None


class _Places:
    """What stands behind the comments of a body, found without looking at all of it for each of them."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._tokens = [token for token in body.tokens if token.kind != "comment"]
        self._starts = [token.span.start for token in self._tokens]
        self._elements = {element.start_tag.start: element for element in body.html.elements}
        self._blocks = sorted(body.markdown.blocks)

    def next_thing(self, comment: Span) -> tuple[Span, str]:
        """What an ``ignore`` speaks of, and its tag if it is an element.

        In HTML that is the next element, or bare text up to the next block or line break. In Markdown it
        is the next block when the comment has a line of its own, else the next element or the rest of
        the line.
        """
        body, first = self._body, bisect_left(self._starts, comment.end)
        behind = islice(self._tokens, first, None)
        following = next((token for token in behind if token.kind != "text" or token.data.strip()), None)
        tag = following.span if following and following.kind == "start" else None
        if body.kind == "markdown":
            return self._next_in_markdown(comment, tag)
        if tag:
            return self._element_at(tag)
        if following is None or following.kind == "end":
            return Span(comment.end, comment.end), ""
        behind = islice(self._tokens, first, None)
        stop = next((t.span.start for t in behind if t.tag in BLOCK or t.tag in BREAK), body.span.end)
        return Span(comment.end, stop), ""

    def _element_at(self, tag: Span) -> tuple[Span, str]:
        element = self._elements.get(tag.start)
        return (element.span, element.tag) if element else (tag, "")

    def _next_in_markdown(self, comment: Span, tag: Span | None) -> tuple[Span, str]:
        text, base = self._body.text, self._body.span.start
        end = comment.end - base
        line = Span(text.rfind("\n", 0, comment.start - base) + 1, _line_end(text, end))
        is_alone = (
            not text[line.start : comment.start - base].strip(" \t>-*+") and not text[end : line.end].strip()
        )
        place = _NEXT.match(text, end).end()  # type: ignore[union-attr]  # it matches everywhere
        if tag and tag.start == base + place:
            span, name = self._element_at(tag)
            if name in BLOCK or not is_alone:
                return span, name
        first, last = bisect_left(self._blocks, (end, 0)), bisect_right(self._blocks, (place, len(text)))
        blocks = self._blocks[first:last] if is_alone else []
        outer = max(
            blocks, key=lambda block: (-block.start, block.end), default=Span(end, _line_end(text, place))
        )
        return Span(base + outer.start, base + outer.end), ""


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end == -1 else end


def iter_holders(found: Suppressions) -> Iterator[tuple[Span, list[Suppression]]]:
    """The suppressions by the comment or key they stand in."""
    holders: dict[Span, list[Suppression]] = {}
    for entry in found.entries:
        holders.setdefault(entry.holder, []).append(entry)
    yield from holders.items()
