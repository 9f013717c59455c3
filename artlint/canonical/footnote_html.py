"""Footnotes of Markdown (``[^1]``) as the HTML that cmark-gfm writes for them, with proof."""

from __future__ import annotations

import re
from collections.abc import Callable

from artlint.canonical.footnotes import read_footnotes, with_numbers
from artlint.canonical.html import format_html
from artlint.canonical.readings import difference, words
from artlint.diagnostic import Edit, apply_edits
from artlint.document.html import Html
from artlint.view import Unaccounted

# Stands for a mark while the text around it is converted. It starts and ends like `[^1]`, so that
# emphasis beside it opens and closes as it did.
_STAND_IN = "[\ue000{}\ue001]"
_STAND_INS = re.compile("\\[\ue000([0-9]+)\ue001\\]")
_LABEL = re.compile(r"[A-Za-z0-9_-]+")
_LAST_PARAGRAPH = re.compile(r"</p>\s*\Z")


def notes_to_html(markdown: str, to_html: Callable[[str], str]) -> str:
    """A Markdown body that may hold footnotes as canonical HTML, the notes in a list at its end.

    ``to_html`` converts Markdown without notes, with proof. Raises Unaccounted when the notes are not
    whole, or when a reader of the HTML would get something else than a reader of the Markdown.
    """
    from artlint.document.markdown_notes import split_notes

    split = None if "\ue000" in markdown else split_notes(markdown, _STAND_IN)
    if split is None:
        raise Unaccounted("its footnotes do not have one mark each, in the text, and a place of their own")
    if not split.notes:
        return to_html(markdown)
    body, notes = to_html(split.text), [to_html(note) for note in split.notes]
    _check_reading(markdown, body, notes)
    names = _names(split.labels, [Html(part) for part in (body, *notes)])
    text = _STAND_INS.sub(lambda mark: _mark(names[int(mark[1]) - 1], mark[1]), body)
    items = [
        _item(name, number, note) for number, (name, note) in enumerate(zip(names, notes, strict=True), 1)
    ]
    html = format_html(
        Html(f'{text}<section class="footnotes" data-footnotes><ol>{"".join(items)}</ol></section>')
    )
    _check_marks(Html(html), body, notes)
    return html


def _names(labels: tuple[str, ...], parts: list[Html]) -> list[str]:
    """A name for each note, its label where that is plain; nothing in the article has one of its ids."""
    is_plain = all(map(_LABEL.fullmatch, labels))
    taken = {
        element.attribute(kind) for part in parts for element in part.elements for kind in ("id", "name")
    }
    names: list[str] = []
    for name in labels if is_plain else map(str, range(1, len(labels) + 1)):
        while not taken.isdisjoint(ids := {f"fn-{name}", f"fnref-{name}"}):
            name += "-"
        taken |= ids
        names.append(name)
    return names


def _check_reading(markdown: str, body: str, notes: list[str]) -> None:
    """Raise Unaccounted unless a program that knows footnotes reads the same text and notes."""
    from artlint.document.html_export import to_html

    whole = Html(to_html(markdown, footnotes=True, heading_ids=True))
    boxes, marks = whole.select("div.footnote-definition"), whole.select("sup.footnote-reference")
    numbers = [str(number) for number in range(1, len(notes) + 1)]
    edits = [Edit(box.span) for box in boxes] + [Edit(mark.span, mark.text) for mark in marks]
    edits.sort(key=lambda edit: edit.span)
    read = {}
    for box in boxes:
        label, text = box.children[0], whole.text[: box.inner_span.end]
        read[label.text] = Html(text[label.span.end :])
    if sorted(read) != sorted(numbers) or [mark.text for mark in marks] != numbers:
        raise Unaccounted("two ways of reading its footnotes do not agree on their order")
    reason = difference(Html(_numbered(body)), Html(apply_edits(whole.text, edits)))
    for number, note in zip(numbers, notes, strict=True):
        reason = reason or difference(Html(note), read[number])
    if reason:
        raise Unaccounted(f"two ways of reading its footnotes do not agree: {reason}")


def _check_marks(html: Html, body: str, notes: list[str]) -> None:
    """Raise Unaccounted unless the notes of the HTML are found again, each with its mark."""
    found = read_footnotes(html)
    if (
        found is None
        or words(Html(with_numbers(found.body.text))) != words(Html(_numbered(body)))
        or [words(note) for note in found.notes] != [words(Html(note)) for note in notes]
    ):
        raise Unaccounted("its footnotes would not be found again in the HTML")


def _numbered(html: str) -> str:
    return _STAND_INS.sub(r"\1", html)


def _mark(name: str, number: str) -> str:
    link = f'<a href="#fn-{name}" id="fnref-{name}" data-footnote-ref>{number}</a>'
    return f'<sup class="footnote-ref">{link}</sup>'


def _item(name: str, number: int, note: str) -> str:
    """The item of a note, with the way back to its mark at the end of its last paragraph."""
    back = (
        f' <a href="#fnref-{name}" class="footnote-backref" data-footnote-backref'
        f' data-footnote-backref-idx="{number}" aria-label="Back to reference {number}">\u21a9</a>'
    )
    last = _LAST_PARAGRAPH.search(note)
    content = f"{note[: last.start()]}{back}</p>" if last else f"{note}{back}"
    return f'<li id="fn-{name}">{content}</li>'
