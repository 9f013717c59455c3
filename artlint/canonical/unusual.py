"""Syntax of Markdown beyond CommonMark and GFM that a conversion to HTML would flatten into text."""

from __future__ import annotations

from artlint.document.kind import holds_markdown
from artlint.document.markdown import read_markdown
from artlint.document.masking import mask_all
from artlint.pattern_lazy import lazily
from artlint.view import Unaccounted

# What the marks of a construct look like, and what it is.
CONSTRUCTS = (
    (r"\{:[^}\n]*\}", "an attribute list"),
    (r"(?:(?<=[)\]`*_])|[ \t])\{(?:[.#][\w-]|[\w-]+=)[^{}\n]*\}", "an attribute list"),
    (r"^ {0,3}:[ \t]+\S[^\n]*", "a definition list"),
    (r"^ {0,3}\*\[[^\]\n]+\]:", "an abbreviation"),
    (r"\[\^[^\]\n]+\]", "a footnote"),
    (r"\^\[[^\]\n]+\]", "a footnote in the text"),
    (r"^[ >]*\[(?:TOC|toc)\]", "a table of contents"),
    (r"\$\$", "a formula"),
    (r"^[ >]*:::", "a container"),
    (r"(?<![=\w])==(?=[^\s=])[^=\n]*[^\s=]==(?!=)", "marked text"),
    (r"^[ >]*>[ \t]*\[![A-Za-z]+\]", "a callout"),
)
_ANY = lazily("(?m)" + "|".join(f"({pattern})" for pattern, _ in CONSTRUCTS))


def check_syntax(markdown: str) -> None:
    """Raise Unaccounted when a Markdown text holds, outside of code, what not every program knows."""
    text = mask_all(markdown, read_markdown(markdown).code)
    found = _ANY.search(text)
    if found and found.lastindex:
        what = CONSTRUCTS[found.lastindex - 1][1]
        raise Unaccounted(f"`{found.group().strip()[:60]}` is not CommonMark but {what}")
    if holds_markdown(text):
        raise Unaccounted("an element with the attribute `markdown` holds Markdown")
