"""The running text of a body, with everything that is not prose hidden by filler of the same length.

A rule about typography or characters searches this text with a pattern; every match is at its place
in the source and may be edited.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from artlint.data.mojibake import FIRST, LOST
from artlint.document.elements import BLOCK, BREAK
from artlint.document.masking import merge
from artlint.document.plain import is_raw, tag_of
from artlint.pattern_lazy import lazily
from artlint.remembered import remembered
from artlint.source import Span

if TYPE_CHECKING:
    from artlint.document.body import Body

# Filler: two noncharacters (Unicode 23.7), so no text can hold them.
INLINE = "\ufffe"  # an inline tag, a reference, code, math, a URL: the sentence goes on behind it
BREAKS = "\uffff"  # a block's tag or a line break: nothing before it belongs to what follows

_PROSE = lazily(f"[^\\n{INLINE}{BREAKS}]")
_MATH = lazily(
    r"\$\$.{1,4000}?\$\$|\\\[.{1,4000}?\\\]|\\\(.{1,2000}?\\\)|\\begin\{(\w+\*?)\}.{1,4000}?\\end\{\1\}"
    r"|\$(?<![\\$\w]\$)(?=[^\s$])(?:[^$\n\\]|\\.){0,200}?(?<=[^\s])\$(?![\d$])",
    re.DOTALL,
)
# As the one above, it starts with a set of characters, for which a text is searched several times as fast.
_URL = lazily(
    r"[hHfFwW](?:(?<=[hH])(?i:ttps?)://|(?<=[fF])(?i:tp)://|(?<=\b[wW])(?i:ww)\.)"
    r"[A-Za-z0-9._~:/?#@!$&*+,;=%-]+(?:(?<=[/=_#])[\w/.,_%-]+)?"
)
_EMAIL = lazily(r"[\w.+-]+@[\w-]+\.[\w.-]+", re.ASCII)
_MAIL_HOST = lazily(r"@[\w-]+\.[\w.-]", re.ASCII)  # faster to look for than an address
_MARKDOWN = {  # what is no prose in Markdown only, by what it starts with
    "[": lazily(
        r"\[/?[a-z_-]{1,40}(?:\s{1,9}\w{1,40}=(?:\"[^\"\n]{0,300}\"|[^\s\"\]]{1,300})){1,20}\s{0,9}/?\]"
    ),
    ":::": lazily(r"^:::.*$", re.MULTILINE),
    "{:": lazily(r"\{:[^{}\n]{0,300}\}"),
    "[^": lazily(r"\[\^[^\]\s]{1,100}\]:?"),  # of a footnote: its mark and its label are one name
}


def read_prose(body: Body) -> str:
    """The prose of a body: as long as ``body.text``; all filler for a page of a site."""
    if body.kind == "page":
        return BREAKS * len(body.text)
    parts = body.html.parts
    if parts is not None and not body.protected:
        text = _of_parts(parts, body.text)
        return _hide(text, _not_prose(body, text))
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


def _of_parts(parts: Sequence[str], text: str) -> str:
    """The prose of plain markup without code: tags and references hidden, all else as ``text`` has it."""
    found = []
    is_tag = hidden = False
    at = 0
    for part in parts:
        end = at + len(part)
        if is_tag:
            filler, hidden = _filler_of(part)
            found.append(filler)
        elif hidden:
            found.append(INLINE * len(part))
        elif "&" in part:
            found.append(_without_references(part, text[at:end]))
        else:
            found.append(text[at:end])
        is_tag = not is_tag
        at = end
    return "".join(found)


@remembered(4096)
def _filler_of(part: str) -> tuple[str, bool]:
    """What hides a tag, and whether the text behind it is hidden too."""
    tag = tag_of(part)[1]
    breaks = tag in BLOCK or tag in BREAK
    return (BREAKS if breaks else INLINE) * len(part), is_raw(part)


def _without_references(part: str, text: str) -> str:
    from artlint.document.tokens import parsed_tokens

    pieces = []
    for token in parsed_tokens(part, 0):
        start, end = token.span
        is_text = token.kind == "text" and len(token.data) == end - start
        pieces.append(text[start:end] if is_text else INLINE * (end - start))
    return "".join(pieces)


def _not_prose(body: Body, text: str) -> list[Span]:
    found: list[Span] = []
    if "://" in text or "www." in text:
        found.extend(Span(*match.span()) for match in _URL.finditer(text))
    if _MAIL_HOST.search(text):
        found.extend(Span(*match.span()) for match in _EMAIL.finditer(text))
    if "$" in text or "\\" in text:
        found.extend(Span(*match.span()) for match in _MATH.finditer(text))
    if body.kind == "markdown":
        for mark, pattern in _MARKDOWN.items():
            if mark in text:
                found.extend(Span(*match.span()) for match in pattern.finditer(text))
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
        hidden = text[start:end]
        is_line = "\n" not in hidden and BREAKS not in hidden
        parts.append(text[done:start])
        parts.append(INLINE * len(hidden) if is_line else _PROSE.sub(INLINE, hidden))
        done = end
    parts.append(text[done:])
    return "".join(parts)


def condensed(text: str) -> str:
    """A text with each run of Han characters as one, and each run between them once.

    In it a pattern finds whether it can match in the text, if it asks for nothing across a run of Han
    characters and takes one of them for any other; most texts get much shorter. Mojibake stands at the end.
    """
    between = _HAN.join(dict.fromkeys(_HAN_RUN.split(text)))
    return _HAN.join((between, *filter(text.__contains__, _MOJIBAKE)))


def condensed_parts(texts: Iterable[str]) -> str:
    """The same of texts between tags, each of which may end a block."""
    return condensed(f"{BREAKS}{_HAN}{BREAKS}".join(texts))


def uncommon(text: str) -> str:
    """Each character of a text once, in their order, without the common ones."""
    # Most characters are common; it is faster to leave them out than to make a set of all.
    text = text.replace(INLINE, "").replace(BREAKS, "")
    rest = text.encode(errors="surrogatepass").translate(None, _COMMON_ASCII).decode(errors="surrogatepass")
    return "".join([one for one in sorted(set(rest) - _COMMON) if not _is_han(one) or one in _MOJIBAKE])


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf"


_HAN = "一"
_HAN_RUN = lazily("[\u4e00-\u9fff]+")
_MOJIBAKE = frozenset(FIRST + LOST)
_COMMON_ASCII = b"\n" + bytes(code for code in range(128) if chr(code).isalnum())
_COMMON = frozenset(f"，。{INLINE}{BREAKS}{_COMMON_ASCII.decode()}")
