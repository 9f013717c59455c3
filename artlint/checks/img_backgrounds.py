"""Pictures that an empty box shows as its background."""

from __future__ import annotations

from collections.abc import Iterator

from artlint.data.images import BACKGROUND_ATTRIBUTES, LAZY_ATTRIBUTES
from artlint.diagnostic import Edit
from artlint.document import Document
from artlint.document.element import Element
from artlint.document.lazy import background, picture_tag
from artlint.rule import attribute_cut

# A script finds them by these attributes.
WORDS = tuple(name for name in (*BACKGROUND_ATTRIBUTES, *LAZY_ATTRIBUTES["src"]) if name.startswith("data-"))
_BOXES = "a, div, figure, i, p, section, span"


def boxes_for_a_picture(document: Document) -> Iterator[tuple[Element, str, Edit]]:
    """The empty elements that wait for a background, the attribute that holds it, and the edit for it."""
    if not any(map(document.body.markup.__contains__, WORDS)):
        return
    for element in document.select(_BOXES):
        own = element.attributes
        name, address = background(element.tag, own)
        end_tag = element.end_tag
        if not name.startswith("data-") or end_tag is None or not _is_empty(document, element):
            continue
        label = own.get("alt") or own.get("aria-label") or own.get("title")
        picture = picture_tag({"src": address, **({"alt": label} if label else {})})
        start, end = element.start_tag
        cut = attribute_cut(element, name, document.text)
        tag = document.text[start : cut.span.start] + document.text[cut.span.end : end]
        yield element, name, Edit(element.span, tag + picture + document.text[slice(*end_tag)])


def _is_empty(document: Document, element: Element) -> bool:
    return not document.text[slice(*element.inner_span)].strip()
