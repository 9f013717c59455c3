"""What a reader gets from a document: visible text, links, pictures and front-matter values.

Read from the tokens of the source in source order, so that every piece has its place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from artlint.diagnostic import Edit, apply_edits
from artlint.document import Body, Document
from artlint.document.attributes import attributes
from artlint.document.elements import BLOCK, BREAK, IMAGES, LINKS, MEDIA, UNSEEN_MARKUP, VERBATIM
from artlint.document.html import Html
from artlint.document.lazy import background, first_candidate, is_stand_in, lazy_sources
from artlint.document.line_breaks import shown_breaks
from artlint.document.model import SUPPRESSION_KEY
from artlint.document.plain import is_raw, tag_of
from artlint.document.tokens import Token, parsed_tokens
from artlint.errors import ArtlintError
from artlint.pattern_lazy import lazily
from artlint.remembered import remembered
from artlint.source import Span

_TARGETS = {
    tag: (kind, names)
    for kind, table in (("link", LINKS), ("image", IMAGES), ("media", MEDIA))
    for tag, names in table.items()
}


_SIGNS_OF_BACKGROUNDS = ("background", "data-")
_NEWLINE = lazily(r"\n")
_BLANK = lazily(r"\s")  # in a URL it is the same as its escape
_ENDS_LINE = BLOCK | BREAK
_VERBATIM = ",".join(sorted(VERBATIM))
# Filler: lone surrogates. No text that was decoded holds one, and a reference to one says U+FFFD.
UNSEEN, TAG, LINE_END = "\ud800", "\ud801", "\ud802"
VISIBLE = lazily(f"[^{UNSEEN}{TAG}{LINE_END}]+")
# The HTML Standard makes an `img` of it; in a drawing it has a link.
_TARGETS["image"] = ("image", ("src", "href", "xlink:href"))


class Unaccounted(ArtlintError):
    """Something would leave or change in the article that no edit accounts for."""


class Target(NamedTuple):
    """What the ``attribute`` of the start tag at ``span`` loads or links to.

    What a script was to write into it has an attribute such as ``lazy src``, whatever held it; a picture
    behind an element has ``background``. A link or picture of Markdown has none; ``definition`` is where
    the URL of a reference stands.
    """

    span: Span
    attribute: str
    kind: str
    value: str
    definition: Span | None = None

    @property
    def meaning(self) -> tuple[str, str, str]:
        """What a reader gets, wherever it stands."""
        return self.attribute, self.kind, self.value


class View(NamedTuple):
    """What a reader gets, in source order. ``code`` holds text in which every blank counts.

    ``shown`` is as long as the document: each visible character at its place, and filler for the rest. What
    a reader does not see (a tag, a comment) is `UNSEEN` but for its first character, which is `LINE_END`
    where a block or line ends, else `TAG`. ``uneven`` are the places of visible text that is shorter than
    what stands for it in the source (`&amp;`): a `TAG`, the text, `UNSEEN`. ``shown_breaks`` are the newlines
    of the text that a style shows as line breaks, each with the start tag of the element that has the style.
    """

    shown: str
    uneven: tuple[Span, ...]
    targets: tuple[Target, ...]
    values: dict[str, object]
    code: tuple[str, ...]
    shown_breaks: dict[int, Span]

    @property
    def words(self) -> list[str]:
        """The visible text, split at white space."""
        return words(self.shown)

    @property
    def lines(self) -> list[list[str]]:
        """The words of each line that a reader sees."""
        text = self.shown
        breaks = {at + (text[at] == TAG) for at in self.shown_breaks}  # one may be a reference
        places = [found.start() for found in _NEWLINE.finditer(text)]
        edits = [Edit(Span(at, at + 1), LINE_END if at in breaks else " ") for at in places]
        return [line for line in map(words, apply_edits(text, edits).split(LINE_END)) if line]

    @property
    def stretches(self) -> list[Span]:
        """Where text is visible without anything between; a reference stands alone."""
        return [Span(*found.span()) for found in VISIBLE.finditer(self.shown)]


@lru_cache(maxsize=2)  # the text after one round is the text before the next
def view(document: Document) -> View:
    """Read what a reader gets from a document."""
    block = document.front_matter
    code = tuple(element.text for element in document.select(_VERBATIM))
    # What the key of suppressions says is for artlint, not for a reader.
    values = {key: value for key, value in block.values.items() if key != SUPPRESSION_KEY} if block else {}
    shown, uneven = _shown(document.body)
    targets = [*_targets(document)]
    targets += _backgrounds(document.body, {target.value for target in targets})
    return View(shown, uneven, tuple(targets), dict(values), code, shown_breaks(document))


def words(shown: str) -> list[str]:
    """What is visible in a part of ``View.shown``, split at white space."""
    return shown.replace(UNSEEN, "").replace(TAG, "").replace(LINE_END, "\n").split()


def split(seen: View, cuts: Sequence[Span]) -> tuple[list[str], list[str]]:
    """``(kept, cut)``: what is shown between the cuts (one text more than cuts), and inside each.

    A tag of which a cut takes only a part still ends the line. Raises Unaccounted when a cut goes through
    a character reference.
    """
    _check_references(seen, cuts)
    kept, inside = [], []
    done = 0
    for start, end in cuts:
        before, gone = seen.shown[done:start], seen.shown[start:end]
        if gone and seen.shown[end : end + 1] == UNSEEN:
            tag = max(gone.rfind(TAG), gone.rfind(LINE_END))
            if tag >= 0 and gone[tag] == LINE_END:
                before, gone = before + LINE_END, gone[:tag]
        kept.append(before)
        inside.append(gone)
        done = end
    return [*kept, seen.shown[done:]], inside


def _check_references(seen: View, cuts: Sequence[Span]) -> None:
    for span in seen.uneven:
        first = bisect_right(cuts, span.start, key=lambda cut: cut.end)
        last = bisect_left(cuts, span.end, key=lambda cut: cut.start)
        for cut in cuts[first:last]:
            if not cut.contains(span):
                shown = seen.shown[span.start + 1 : span.end].replace(UNSEEN, "").strip()
                raise Unaccounted(f"an edit would cut through `{shown[:40]}`")


def _shown(body: Body) -> tuple[str, tuple[Span, ...]]:
    """``shown`` and ``uneven`` of a document with this body."""
    html = body.html
    parts = html.parts if html.is_simple else None
    if parts is not None:
        html.check_limits()
        found, uneven = _shown_of_parts(parts, html.base)
    else:
        found, uneven = _shown_of_tokens(html.tokens, html.base)
    missing = len(body.text) - sum(map(len, found))
    if missing < 0:
        raise Unaccounted("the text has no place of its own in the source")
    return UNSEEN * html.base + body.unmask("".join(found)) + _hidden(missing), tuple(uneven)


def _shown_of_parts(parts: Sequence[str], at: int) -> tuple[list[str], list[Span]]:
    """The parts of plain markup as ``shown`` has them, and what is uneven in them."""
    found: list[str] = []
    uneven: list[Span] = []
    is_tag = hidden = False
    for part in parts:
        if is_tag:
            filler, hidden = _filler_of(part)
            found.append(filler)
        elif hidden:
            found.append(_hidden(len(part)))
        elif "&" in part:
            inner, odd = _shown_of_tokens(parsed_tokens(part, at), at)
            found.extend(inner)
            uneven.extend(odd)
        else:
            found.append(part)
        is_tag = not is_tag
        at += len(part)
    return found, uneven


def _shown_of_tokens(tokens: Iterable[Token], done: int) -> tuple[list[str], list[Span]]:
    """As ``_shown_of_parts``, for the tokens of a text that starts at offset ``done``."""
    found: list[str] = []
    uneven: list[Span] = []
    for kind, span, data, tag, visible in tokens:
        found.append(_hidden(span.start - done))  # what no token stands for
        length = span.end - span.start
        if tag or kind == "comment" or not visible:
            found.append(_hidden(length, tag in _ENDS_LINE))
        elif len(data) == length:
            found.append(data)
        else:
            found.append(TAG + data + UNSEEN * (length - len(data) - 1))
            uneven.append(span)
        done = span.end
    return found, uneven


@remembered(4096)
def _filler_of(part: str) -> tuple[str, bool]:
    """What hides a tag of plain markup, and whether the text behind it is hidden, too."""
    return _hidden(len(part), tag_of(part)[1] in _ENDS_LINE), is_raw(part)


def _hidden(length: int, ends_line: bool = False) -> str:
    return (LINE_END if ends_line else TAG) + UNSEEN * (length - 1) if length > 0 else ""


def _targets(document: Document) -> Iterator[Target]:
    body, opened = document.body, ""
    for token in _tokens_with_targets(body.html):
        if token.kind == "text" and opened in UNSEEN_MARKUP:
            # The parser takes it for text; a browser without scripts shows it.
            inside = body.masked[token.span.start - body.span.start : token.span.end - body.span.start]
            for unseen in parsed_tokens(inside, token.span.start):
                yield from _targets_of(unseen, document)
        opened = token.tag if token.kind == "start" else ""
        yield from _targets_of(token, document)
    yield from _markdown_targets(body)


def _tokens_with_targets(html: Html) -> Iterable[Token]:
    """The tokens of markup; of plain markup only those that may have a target."""
    if not html.is_simple:
        return html.tokens
    return () if html.tags.isdisjoint(_TARGETS) else _start_tags(html.parts or (), html.base)


def _start_tags(parts: Sequence[str], at: int) -> Iterator[Token]:
    """The start tags of plain markup that may have a target."""
    for index, part in enumerate(parts):
        if index % 2:
            kind, tag, data = tag_of(part)
            if tag in _TARGETS and kind == "start":
                yield Token(kind, Span(at, at + len(part)), data, tag, True)
        at += len(part)


def _targets_of(token: Token, document: Document) -> Iterator[Target]:
    if token.tag not in _TARGETS or token.kind != "start":
        return
    tag = "img" if token.tag == "image" else token.tag
    kind, names = _TARGETS[token.tag]
    found = _values(token, document.body)
    for name in names:
        if found.get(name):
            yield Target(token.span, name, kind, found[name])
    lazy = lazy_sources(tag, found)
    if "src" in lazy:
        lazy.pop("srcset", "")  # the same picture
    for wanted, name in lazy.items():
        value = first_candidate(found[name]) if wanted == "srcset" else found[name]
        yield Target(token.span, f"lazy {wanted}", kind, value)
    # Of a picture with a source of its own a `srcset` holds other sizes.
    if is_stand_in(found.get("src", "")) and not is_stand_in(found.get("srcset", "")):
        yield Target(token.span, "srcset", kind, first_candidate(found["srcset"]))


def _values(token: Token, body: Body) -> dict[str, str]:
    """The values of the attributes of a start tag, by name."""
    found: dict[str, str] = {}
    for attribute in attributes(body.masked, token.span, body.span.start):
        found.setdefault(attribute.name, body.unmask(attribute.value))
    return found


def _backgrounds(body: Body, known: Set[str]) -> Iterator[Target]:
    """The pictures behind elements, without those that are ``known``."""
    if not any(map(body.markup.__contains__, _SIGNS_OF_BACKGROUNDS)):
        return
    base = body.span.start
    for token in body.tokens:
        if token.kind != "start":
            continue
        source = body.masked[token.span.start - base : token.span.end - base].lower()
        if not any(map(source.__contains__, _SIGNS_OF_BACKGROUNDS)):
            continue
        name, address = background(token.tag, _values(token, body))
        if address and address not in known:
            attribute = "lazy background" if name.startswith("data-") else "background"
            yield Target(token.span, attribute, "image", address)


def _markdown_targets(body: Body) -> Iterator[Target]:
    base = body.span.start
    constructs = body.markdown.constructs
    # Of several definitions with one label the first one counts.
    places = {each.label: each.span for each in reversed(constructs) if each.kind == "definition"}
    for construct in constructs:
        if construct.kind not in ("link", "image", "autolink") or construct.label.startswith("^"):
            continue  # the mark of a footnote is a link only to who knows none
        kind = "image" if construct.kind == "image" else "link"
        url = _BLANK.sub(lambda blank: quote(blank.group()), body.unmask(construct.url))
        place = places.get(construct.label) if construct.is_reference else None
        yield Target(construct.span.moved(base), "", kind, url, place and place.moved(base))
