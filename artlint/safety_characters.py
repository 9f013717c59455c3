"""Characters that hide text or turn it around."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from artlint.diagnostic import Edit
from artlint.document import Body, Document
from artlint.pattern_lazy import lazily
from artlint.safety_attributes import Violation
from artlint.source import Span

_INVISIBLE = lazily(
    "[\x00\ufff9-\ufffb]|(?<!\U0001f3f4)(?<![\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+"
    "|[\u115f\u1160\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\uffa0\u200c\u200d]{3,}"
    "|[\U000e0100-\U000e01ef\ufe00-\ufe0e]{2,}"
)
_BIDI = lazily("[\u202a-\u202e\u2066-\u2069]")
# Every match of the two has one of these: one search for the many articles that have none.
SUSPECT = lazily(
    "[\x00\u115f\u1160\u180e\u200b-\u200d\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e01ef]"
)
_RIGHT_TO_LEFT = lazily("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@lru_cache(maxsize=1)  # two rules ask
def characters(document: Document) -> tuple[Violation, ...]:
    """Bidirectional controls that turn the text around, and invisible characters in a row."""
    body = document.body
    return tuple(characters_in(body.text, body.span.start)) if SUSPECT.search(_all_characters(body)) else ()


def _all_characters(body: Body) -> str:
    """A text with all the characters of a body, except for some harmless ones."""
    parts = body.html.parts
    if parts is None or body.kind == "markdown" or body.template_spans:
        return body.text
    return body.alphabet + "".join(set(parts[1::2]))


def characters_in(text: str, base: int) -> Iterator[Violation]:
    """The same for a text that stands at ``base`` in the source."""
    if _BIDI.search(text):
        for place, end in _runs(_stray_controls(text)):
            span = Span(base + place, base + end)
            name = f"U+{ord(text[place]):04X}"
            yield Violation("bidi", span, f"Bidirectional control {name}", "Remove it", (Edit(span),))
    for match in _INVISIBLE.finditer(text):
        span = Span(base + match.start(), base + match.end())
        count = len(match.group())
        message = (
            f"{count} invisible character{'s' if count > 1 else ''}, U+{ord(match.group()[0]):04X} first"
        )
        # A parser reads U+0000 as U+FFFD; without either, what stands around it would meet.
        edit = Edit(span, "\ufffd" if match.group() == "\0" else "")
        yield Violation("invisible", span, message, "Remove them", (edit,))


def _stray_controls(text: str) -> set[int]:
    """The overrides, and the embeddings and isolates that are not closed in their line.

    In a text without right-to-left letters none has a use.
    """
    places = [match.start() for match in _BIDI.finditer(text)]
    if not _RIGHT_TO_LEFT.search(text):
        return set(places)
    stray: set[int] = set()
    opened: list[int] = []
    line_end = -1
    for place in places:
        if place > line_end:
            stray.update(opened)
            opened = []
            found = text.find("\n", place)
            line_end = len(text) if found == -1 else found
        character = text[place]
        if character in "\u202d\u202e":
            stray.add(place)
        elif character in "\u202a\u202b\u2066\u2067\u2068":
            opened.append(place)
        elif opened and (character == "\u202c") == (text[opened[-1]] in "\u202a\u202b"):
            opened.pop()
        else:
            stray.add(place)
    return stray | set(opened)


def _runs(places: set[int]) -> list[tuple[int, int]]:
    """The places as half-open ranges."""
    runs: list[tuple[int, int]] = []
    for place in sorted(places):
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs
