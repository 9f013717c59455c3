"""The tokens of HTML with their places: what stands in the source, before any tree is built.

turbohtml's tokenizer says what they are; of plain markup (``plain``) they are known without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import compress, pairwise, repeat
from typing import Any, NamedTuple

from artlint.document.elements import INVISIBLE
from artlint.document.parser import turbohtml
from artlint.document.plain import is_raw, tag_of
from artlint.source import Span, line_starts


class Token(NamedTuple):
    """One piece of the markup: ``kind`` is text, reference, start, end or comment.

    ``data`` is the decoded text of a text or reference, the content of a comment, or empty;
    ``tag`` is the lower-case name of a start or end tag, else empty. ``visible`` says whether a
    reader sees the text (it is not inside a script, style, …).
    """

    kind: str
    span: Span
    data: str
    tag: str
    visible: bool


_KINDS = {
    "TEXT": "text",
    "CHARACTER_REFERENCE": "reference",
    "START_TAG": "start",
    "END_TAG": "end",
    "COMMENT": "comment",
    "PROCESSING_INSTRUCTION": "comment",
    "DOCTYPE": "comment",
}


@cache
def _kinds() -> list[str]:
    """The kind of each of the parser's types of tokens, by its number."""
    return [_KINDS[turbohtml.TokenType(number).name] for number in range(len(_KINDS))]


_tuple = tuple.__new__  # half the time of a named tuple's own constructor
_span = partial(_tuple, Span)
_token = partial(_tuple, Token)


def tokens_of_parts(parts: Sequence[str], offsets: Sequence[int]) -> list[Token]:
    """The tokens of plain markup, of which the parts start, and the last one ends, at these offsets."""
    texts, tags = parts[::2], parts[1::2]
    kinds, names, data = zip(*map(tag_of, tags), strict=True) if tags else ((), (), ())
    places = list(map(_span, pairwise(offsets)))
    tokens: list[Any] = [None] * len(parts)
    tokens[::2] = map(_token, zip(repeat("text"), places[::2], texts, repeat(""), repeat(True), strict=False))
    tokens[1::2] = map(_token, zip(kinds, places[1::2], data, names, repeat(True), strict=False))
    hidden = {tag for tag in dict.fromkeys(tags) if is_raw(tag)}
    if hidden:
        for index in [2 * number + 1 for number, tag in enumerate(tags) if tag in hidden]:
            for near in (index, index + 1):
                tokens[near] = tokens[near]._replace(visible=False)
    referring = [2 * number for number, text in enumerate(texts) if "&" in text]
    if not referring:
        return list(compress(tokens, parts))
    found: list[Token] = []
    done = 0
    for index in referring:
        if tokens[index].visible:
            found += compress(tokens[done:index], parts[done:index])
            found += parsed_tokens(parts[index], offsets[index])
            done = index + 1
    return [*found, *compress(tokens[done:], parts[done:])]


def decoded(text: str) -> str:
    """A text without markup, with its character references resolved."""
    return "".join([token.data for token in parsed_tokens(text, 0)]) if "&" in text else text


def parsed_tokens(text: str, base: int) -> Iterator[Token]:
    """The tokens of any text, as turbohtml reads it."""
    starts: Sequence[int] = line_starts(text)
    kinds = _kinds()
    hidden: list[str] = []
    found = list(
        turbohtml.tokenize(text, resolve_references=False, capture_source=True, capture_attributes=False)
    )
    offsets = [starts[token.line - 1] + token.col for token in found]
    offsets.append(len(text))
    for index, token in enumerate(found):
        kind = kinds[token.type]
        tag = token.tag or ""
        start = offsets[index]
        if token.source is not None:
            end = start + len(token.source)
        elif index + 1 < len(found):
            end = offsets[index + 1]  # text also holds the markup that the tokenizer drops, such as `</>`
        else:
            end = start + len(token.data or "")
        if kind == "start" and tag in INVISIBLE and tag != "head":  # text closes the head
            hidden.append(tag)
        elif kind == "end" and tag in hidden:
            while hidden.pop() != tag:
                pass
        data = "" if kind in ("start", "end") else token.data or ""
        yield _tuple(Token, (kind, _tuple(Span, (base + start, base + end)), data, tag, not hidden))
