"""Line breaks in the text that only a style shows (``white-space: pre-wrap``), and the same as markup."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from artlint.diagnostic import Edit
from artlint.document.attributes import kept_blanks
from artlint.document.blocks import PICTURES
from artlint.document.elements import BLOCK, BREAK
from artlint.document.model import Document
from artlint.document.tokens import Token
from artlint.pattern_lazy import lazily
from artlint.source import Span

_NEWLINE = lazily(r"\n[ \t]*")
_SEEN = lazily(r"[^ \t\n\f\r]")
_RUN = lazily(r"(?<=[^ \t\n])[ \t]{2,}(?=[^ \t\n])")
_TAB = 4  # blanks for a tab, as editors show it


class Blanks(NamedTuple):
    """A newline between two texts with the blanks behind it, or several blanks between two words.

    ``kept`` says how a reader sees them: as they are (``all``, in `<pre>` ``pre``), as a line break
    (``lines``), or as one blank (empty). ``owner`` is where the start tag of the element stands of which
    the style says so, -1 for none.
    """

    span: Span
    is_line: bool
    kept: str
    owner: int


@lru_cache(maxsize=4)
def blanks(document: Document) -> tuple[Blanks, ...]:
    """The newlines between two texts of one line of markup, and the runs of blanks that a style shows."""
    found: list[Blanks] = []
    waiting: list[Blanks] = []
    has_text = False
    for token, kept, owner in _styled_tokens(document):
        if token.tag in BLOCK or token.tag in BREAK:
            waiting, has_text = [], False
        elif token.tag in PICTURES:
            found.extend(waiting)
            waiting, has_text = [], True
        elif token.kind in ("text", "reference") and token.visible:
            for span, is_text in _parts(document, token):
                if not is_text:
                    waiting += [Blanks(span, True, kept, owner)] if has_text else []
                    continue
                found.extend(waiting)
                waiting, has_text = [], True
                if kept == "all":
                    runs = _RUN.finditer(document.text, *span)
                    found.extend(Blanks(Span(*run.span()), False, kept, owner) for run in runs)
    return tuple(found)


def _styled_tokens(document: Document) -> Iterator[tuple[Token, str, int]]:
    """Each token with what is kept of its blanks, and by the style of which element."""
    elements = [(element.inner_span, "pre", -1) for element in document.select("pre")]
    for element in document.select("[style]"):
        kept = kept_blanks(element.attribute("style") or "")
        if kept is not None and element.tag != "pre":
            elements.append((element.inner_span, kept, element.start_tag.start))
    elements.sort(reverse=True)
    opened: list[tuple[Span, str, int]] = []
    for token in document.body.tokens:
        while elements and elements[-1][0].start <= token.span.start:
            opened.append(elements.pop())
        while opened and opened[-1][0].end <= token.span.start:
            opened.pop()
        if any(kept == "pre" for _, kept, _ in opened):
            yield token, "pre", -1
        else:
            _, kept, owner = opened[-1] if opened else (token.span, "", -1)
            yield token, kept, owner if kept else -1


def _parts(document: Document, token: Token) -> Iterator[tuple[Span, bool]]:
    """The newlines of a text and the stretches between them that a reader sees (True)."""
    start, end = token.span
    if token.kind == "reference":
        yield token.span, token.data != "\n"
        return
    text, at = document.text, start
    for newline in _NEWLINE.finditer(text, start, end):
        if _SEEN.search(text, at, newline.start()):
            yield Span(at, newline.start()), True
        yield Span(*newline.span()), False
        at = newline.end()
    if _SEEN.search(text, at, end):
        yield Span(at, end), True


def shown_breaks(document: Document) -> dict[int, Span]:
    """Where the newlines stand that a style shows as line breaks, with the start tag that holds the style."""
    if "white-space" not in document.body.markup:
        return {}
    tags = {element.start_tag.start: element.start_tag for element in document.select("[style]")}
    return {
        place.start: tags[owner] for place, is_line, _, owner in blanks(document) if is_line and owner >= 0
    }


def folded_breaks(document: Document) -> frozenset[int]:
    """Where the newlines stand that a reader sees as a blank."""
    return frozenset(place.start for place, is_line, kept, _ in blanks(document) if is_line and not kept)


@lru_cache(maxsize=1)
def _by_owner(document: Document) -> dict[int, list[Blanks]]:
    found: dict[int, list[Blanks]] = {}
    for each in blanks(document):
        found.setdefault(each.owner, []).append(each)
    return found


def as_markup(document: Document, owner: int) -> list[Edit]:
    """The edits that show without its style what the style of an element shows of blanks.

    ``owner`` is where its start tag stands. A blank line of Markdown stays one: it parts blocks.
    """
    if owner < 0 or "white-space" not in document.body.markup:
        return []
    is_markdown = document.body.kind == "markdown"
    edits: list[Edit] = []
    previous = -1
    for span, is_line, kept, _ in _by_owner(document).get(owner, ()):
        written = document.text[slice(*span)] if kept == "all" else ""
        behind = "" if "&" in written else written.lstrip("\n").replace("\t", " " * _TAB)
        if not is_line:
            edits.append(Edit(span, "&nbsp;" * (len(behind) - 1) + " "))
        elif not (is_markdown and previous == span.start):
            edits.append(Edit(span, "<br>\n" + "&nbsp;" * len(behind)))
        previous = span.end
    return edits
