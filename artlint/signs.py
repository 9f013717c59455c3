"""Signs that a document gives, by which most rules know that they would find nothing in it.

Each function reads one kind of them; rules name the signs they wait for (``Needs``), and each function is
asked once a document, for all of its rules.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from artlint.document import Document


def characters(document: Document) -> Iterable[str]:
    """The characters of the prose but the commonest (``Body.alphabet``), and their categories in Unicode."""
    alphabet = document.body.alphabet
    return {*alphabet, *map(unicodedata.category, alphabet)}


def keys(document: Document) -> Iterable[str]:
    """The keys of the front matter, in lower case."""
    block = document.front_matter
    return [field.key.lower() for field in block.fields] if block else ()


def addresses(document: Document) -> Iterable[str]:
    """``link`` and ``image`` where there are any, and which of `%` and `?` their URLs hold."""
    links, images = document.links, document.images
    signs = ["link"] * bool(links) + ["image"] * bool(images)
    return [*signs, *(mark for mark in "%?" if any(mark in link.url for link in (*links, *images)))]


def headings(document: Document) -> Iterable[str]:
    """``heading`` where there is one."""
    return ("heading",) if document.headings else ()


def suppressions(document: Document) -> Iterable[str]:
    """``suppression`` where the article silences something, or tries to."""
    return () if document.suppressions is None else ("suppression",)
