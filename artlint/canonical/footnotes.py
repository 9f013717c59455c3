"""Footnotes of HTML as Markdown footnotes (``[^1]``), where the article has them whole and in order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from artlint.diagnostic import Edit, apply_edits
from artlint.document.element import Element
from artlint.document.html import Html
from artlint.source import Span

# Stands for the mark of a note while the text around it is converted: a letter to every Markdown
# program. From Unicode's private use area, so no article says anything with it.
_STAND_IN = "\ue000{}\ue001"
_STAND_INS = re.compile("\ue000([0-9]+)\ue001")
_BACK = re.compile(r"\s*(?:\u21a9[\ufe0e\ufe0f]?|\u2191|\^)\s*")
_END_TAGS = re.compile(r"</[a-z]+>")


@dataclass(frozen=True)
class Footnotes:
    """A body without its notes: each mark is a stand-in, ``notes`` holds the HTML of each note."""

    body: Html
    notes: tuple[Html, ...]


def read_footnotes(html: Html) -> Footnotes | None:
    """The notes of a canonical body, or None when it has none that Markdown could say.

    Notes are the items of the last list of the body when each has an ``id``, one mark in the text
    that links to it (a link in a ``sup``, or around one, that shows the number of the item), and one
    link back to that mark. Pandoc, kramdown, cmark-gfm and Goldmark write them so.
    """
    found = html.select("ol")
    if not found or _STAND_INS.search(html.text) or not _is_last(found[-1]):
        return None
    edits = [Edit(_box(found[-1]).span, "")]
    notes: list[Html] = []
    for number, item in enumerate(found[-1].children, 1):
        mark = _mark(html, item, str(number))
        back = _link_back(item, mark) if mark else None
        if mark is None or back is None or mark.span.start > found[-1].span.start:
            return None
        edits.append(Edit(mark.span, _STAND_IN.format(number)))
        note = apply_edits(html.text[: item.inner_span.end], [Edit(back, "")])
        notes.append(Html(note[item.inner_span.start :]))
    edits.sort(key=lambda edit: edit.span)
    text = apply_edits(html.text, edits)
    in_order = [int(number) for number in _STAND_INS.findall(text)] == [*range(1, len(notes) + 1)]
    return Footnotes(Html(text), tuple(notes)) if notes and in_order else None


def with_marks(markdown: str) -> str:
    """Converted Markdown with the marks of notes in place of their stand-ins."""
    return _STAND_INS.sub(r"[^\1]", markdown)


def with_numbers(html: str) -> str:
    """HTML with the numbers that a reader sees in place of the stand-ins."""
    return _STAND_INS.sub(r"\1", html)


def definition(number: int, markdown: str) -> str:
    """The definition of a note: its lines after the first one are indented, so that they belong to it."""
    lines = markdown.strip().split("\n")
    return f"[^{number}]: " + "\n".join([lines[0], *(f"    {line}" if line else "" for line in lines[1:])])


def _is_last(element: Element) -> bool:
    """Whether only end tags stand behind an element of the body."""
    return not _END_TAGS.sub("", element.html.text[element.span.end :]).strip()


def _box(element: Element) -> Element:
    """The outermost element around a list of notes that holds nothing else but a line."""
    while (parent := element.parent) is not None and parent.tag in ("div", "section", "aside", "footer"):
        if parent.has_text or any(child.tag not in ("hr", element.tag) for child in parent.children):
            break
        element = parent
    return element


def _mark(html: Html, item: Element, number: str) -> Element | None:
    """The one mark of a note in the text: the ``sup`` and the ``a`` that stand around each other."""
    name = item.attribute("id")
    links = [link for link in html.select("a[href]") if name and link.attribute("href") == f"#{name}"]
    if len(links) != 1 or links[0].text != number:
        return None
    link, parent = links[0], links[0].parent
    if parent is not None and parent.tag == "sup" and parent.text == number:
        return parent
    return link if [child.tag for child in link.children] == ["sup"] else None


def _link_back(item: Element, mark: Element) -> Span | None:
    """The link from a note to its mark, with the blanks before it; None when there is none."""
    names = {f"#{element.attribute('id')}" for element in (mark, *mark.select("[id]"))}
    links = [link for link in item.select("a[href]") if link.attribute("href") in names]
    if len(links) != 1 or not _BACK.fullmatch(links[0].text):
        return None
    start, end = links[0].span
    before = item.html.text[item.inner_span.start : start].rstrip().removesuffix("&nbsp;")
    return Span(item.inner_span.start + len(before.rstrip()), end)
