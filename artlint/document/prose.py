"""The running text of a body, with everything that is not prose hidden by filler of the same length.

A rule about typography or characters searches this text with a pattern; every match is at its place
in the source and may be edited.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from artlint.document.elements import BLOCK, BREAK
from artlint.document.masking import merge
from artlint.source import Span

if TYPE_CHECKING:
    from artlint.document.model import Body

# Filler: two noncharacters (Unicode 23.7), so no text can hold them.
INLINE = "\ufffe"  # an inline tag, a reference, code, math, a URL: the sentence goes on behind it
BREAKS = "\uffff"  # a block's tag or a line break: nothing before it belongs to what follows

_PROSE = re.compile(f"[^\\n{INLINE}{BREAKS}]")
_MATH = re.compile(
    r"\$\$.{1,4000}?\$\$|\\\[.{1,4000}?\\\]|\\\(.{1,2000}?\\\)|\\begin\{(\w+\*?)\}.{1,4000}?\\end\{\1\}"
    r"|(?<![\\$\w])\$(?=[^\s$])(?:[^$\n\\]|\\.){0,200}?(?<=[^\s])\$(?![\d$])",
    re.DOTALL,
)
_URL = re.compile(
    r"(?:(?:https?|ftp)://|\bwww\.)[A-Za-z0-9._~:/?#@!$&*+,;=%-]+(?:(?<=[/=_#])[\w/.,_%-]+)?", re.IGNORECASE
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+", re.ASCII)
_SHORTCODE = re.compile(
    r"\[/?[a-z_-]{1,40}(?:\s{1,9}\w{1,40}=(?:\"[^\"\n]{0,300}\"|[^\s\"\]]{1,300})){1,20}\s{0,9}/?\]"
    r"|^:::.*$|\{:[^{}\n]{0,300}\}",
    re.MULTILINE,
)


def read_prose(body: Body) -> str:
    """The prose of a body: as long as ``body.text``; all filler for a page of a site."""
    if body.kind == "page":
        return BREAKS * len(body.text)
    base = body.span.start
    parts = []
    done = base
    for token in body.tokens:
        if token.span.start < done:
            continue
        parts.append(INLINE * (token.span.start - done))
        done = token.span.end
        length = token.span.end - token.span.start
        if token.kind == "text" and token.visible and len(token.data) == length:
            parts.append(body.text[token.span.start - base : token.span.end - base])
        else:
            breaks = token.tag in BLOCK or token.tag in BREAK
            parts.append((BREAKS if breaks else INLINE) * length)
    text = "".join(parts) + INLINE * (base + len(body.text) - done)
    text = _hide(text, [Span(start - base, end - base) for start, end in body.protected])
    return _hide(text, _not_prose(body, text))


def _not_prose(body: Body, text: str) -> list[Span]:
    found: list[Span] = []
    if "://" in text or "www." in text:
        found.extend(Span(*match.span()) for match in _URL.finditer(text))
    if "@" in text:
        found.extend(Span(*match.span()) for match in _EMAIL.finditer(text))
    if "$" in text or "\\" in text:
        found.extend(Span(*match.span()) for match in _MATH.finditer(text))
    if body.kind == "markdown":
        found.extend(Span(*match.span()) for match in _SHORTCODE.finditer(text))
        for construct in body.markdown.constructs:
            if construct.kind in ("autolink", "definition"):
                found.append(construct.span)
            elif construct.kind in ("link", "image"):
                found.append(Span(construct.inner.end, construct.span.end))
    return merge(found)


def _hide(text: str, spans: list[Span]) -> str:
    """``text`` with the spans (sorted, disjoint) hidden; its newlines, and what is filler already, stay."""
    parts = []
    done = 0
    for start, end in spans:
        start, end = max(start, 0), min(end, len(text))
        if end <= start:
            continue
        parts.append(text[done:start])
        parts.append(_PROSE.sub(INLINE, text[start:end]))
        done = end
    parts.append(text[done:])
    return "".join(parts)
