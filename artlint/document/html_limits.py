"""Too much markup is refused before a tree is built: a parser takes quadratic time on deep nesting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice

from artlint import limits
from artlint.document.attributes import attributes
from artlint.document.elements import OPTIONAL_END, VOID
from artlint.document.tokens import Token
from artlint.pattern_lazy import lazily

_ELEMENT = lazily(r"<[a-zA-Z]")
_LEVELS = {"table": 4, "ul": 2, "ol": 2, "dl": 2}  # with the rows, cells and items in them
_LONG = 50_000  # characters; a shorter text is not worth a look at each tag


def check_amount(text: str) -> None:
    """Raise LimitError for too many tags or references."""
    tags = text.count("<")
    if tags > limits.TAGS:
        raise limits.LimitError(f"too much markup: {tags:,} tags; the limit is {limits.TAGS:,}")
    elements = len(_ELEMENT.findall(text)) if tags > limits.ELEMENTS else 0
    if elements > limits.ELEMENTS:
        raise limits.LimitError(f"too much markup: {elements:,} elements; the limit is {limits.ELEMENTS:,}")
    references = text.count("&")
    if references > limits.REFERENCES:
        raise limits.LimitError(
            f"too much markup: {references:,} character references; the limit is {limits.REFERENCES:,}"
        )


def is_large(text: str) -> bool:
    """Whether the tokens must be looked at before a tree is built."""
    return text.count("<") > limits.DEPTH or len(text) > _LONG


def check_nesting(tokens: tuple[Token, ...]) -> None:
    """Raise LimitError for tags nested too deeply."""
    if len(tokens) > limits.DEPTH and _deepest(tokens) > limits.DEPTH:
        raise limits.LimitError(f"markup is nested deeper than {limits.DEPTH} levels")


def check_attributes(tokens: Iterable[Token], text: str, base: int) -> None:
    """Raise LimitError for a tag with too many attributes."""
    for token in tokens:
        if token.kind == "start" and token.span.end - token.span.start > 2 * limits.ATTRIBUTES:
            found = attributes(text, token.span, base)
            if next(islice(found, limits.ATTRIBUTES, None), None) is not None:
                raise limits.LimitError(f"a tag has more than {limits.ATTRIBUTES:,} attributes")


def _deepest(tokens: Iterable[Token]) -> int:
    """How deep the tags nest at most, without those whose end tag may be left out."""
    opened: Counter[str] = Counter()
    depth = deepest = 0
    for token in tokens:
        if token.tag in VOID or token.tag in OPTIONAL_END or token.tag == "a":  # a link ends a link
            continue
        if token.kind == "start":
            opened[token.tag] += 1
            depth += _LEVELS.get(token.tag, 1)
            deepest = max(deepest, depth)
        elif token.kind == "end" and opened[token.tag]:
            opened[token.tag] -= 1
            depth -= _LEVELS.get(token.tag, 1)
    return deepest
