"""What GFM adds to the text of CommonMark (task lists, bare URLs), written as CommonMark has it.

Source: GitHub Flavored Markdown Spec 0.29, 5.3 (task list items) and 6.9 (autolinks).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.diagnostic import Edit, apply_edits
from artlint.document.markdown_events import Events, in_columns
from artlint.pattern_lazy import lazily
from artlint.source import Span

_DONE, _TO_DO = "\u2611", "\u2610"  # ballot box with check, ballot box
_LEAVES = frozenset({"Paragraph", "Heading", "Item", "TableCell"})
# A scheme may stand behind anything but a letter or digit, as cmark-gfm has it.
_ADDRESS = lazily(
    r"(?<![a-z0-9])(?:https?|ftp)://(?=[a-z0-9])|(?<![^\s*_~(])www\.(?=[a-z0-9])"
    r"|(?<![\w.+/-])[\w.+-]+@[a-z0-9]",
    re.ASCII | re.IGNORECASE,
)
_HOST = lazily(r"(?:[a-z]+://)?([\w-]+(?:\.[\w-]+)*)", re.ASCII | re.IGNORECASE)
_MAIL = lazily(r"[\w.+-]+@(?:[\w-]+\.)+[\w-]*[a-z0-9]", re.ASCII | re.IGNORECASE)
_END = lazily(r"[\s<]|\Z")
_TRAILING = lazily(r"&[A-Za-z0-9]+;\Z|[?!.,:;*_~'\"]\Z")
# What is written in Markdown with an escape, or hides where a URL ends.
_PLAIN = lazily(r"[\w.~:/?#@!$&'()*+,;=%-]+", re.ASCII)
_TAG = lazily(r"<(/?)(?:a|button)\b", re.IGNORECASE)  # in which no link may stand


def with_boxes(text: str) -> str:
    """The text with a character for the box of each item of a task list (`[x]`, `[ ]`)."""
    edits = [
        Edit(Span(start, end), _DONE if value else _TO_DO)
        for kind, _, value, start, end in _events(text).rows()
        if kind == "TaskListMarker"
    ]
    return apply_edits(text, edits)


def with_links(text: str) -> str:
    """The text with bare URLs and addresses of mail as links, as far as every program sees where they end.

    One that goes on with other characters than a URL is made of (``https://example.com，``) stays text.
    """
    if "://" not in text and "www." not in text and "@" not in text:
        return text
    edits: list[Edit] = []
    for run, end in _runs(text):
        for match in _ADDRESS.finditer(text, run.start, run.end):
            if edits and match.start() < edits[-1].span.end:
                continue
            place = _extent(text, match.start(), end)
            if place.end <= run.end and (link := _link(text[slice(*place)])):
                edits.append(Edit(place, link))
    return apply_edits(text, edits)


def _link(url: str) -> str:
    """A bare URL or address as a link of CommonMark; empty for what GFM makes no link of."""
    is_bare_host = url[:4].lower() == "www."
    host = _HOST.match(url)
    if not _PLAIN.fullmatch(url) or host is None:
        return ""
    if "://" not in url and not is_bare_host:
        return f"<{url}>" if _MAIL.fullmatch(url) else ""
    if "_" in "".join(host[1].split(".")[-2:]):
        return ""
    return f"[{url}](<http://{url}>)" if is_bare_host else f"<{url}>"


def _extent(text: str, start: int, end: int) -> Span:
    """From where a URL starts to where it ends, without punctuation of the sentence around it."""
    found = _END.search(text, start, end)
    last = found.start() if found else end
    while True:
        url = text[start:last]
        trailing = _TRAILING.search(url)
        if trailing:
            last -= len(trailing.group())
        elif url.endswith(")") and url.count(")") > url.count("("):
            last -= 1
        else:
            return Span(start, last)


def _runs(text: str) -> Iterator[tuple[Span, int]]:
    """The stretches of text that stand there as they are written, in no link; and where their block ends."""
    links, ends = 0, [len(text)]
    tags = 0
    run: Span | None = None
    for kind, name, value, start, end in _events(text).rows():
        is_plain = kind == "Text" and not links and not tags and text[start:end] == value
        if run and not (is_plain and run.end == start):
            yield run, ends[-1]
            run = None
        if is_plain:
            run = Span(run.start if run else start, end)
        elif kind in ("Start", "End"):
            step = 1 if kind == "Start" else -1
            links += step * (name in ("Link", "Image", "CodeBlock", "HtmlBlock", "MetadataBlock"))
            if name in _LEAVES:
                tags = 0
                ends = [*ends, end] if kind == "Start" else ends[:-1]
        elif kind == "InlineHtml" and (tag := _TAG.match(str(value))):
            tags = max(0, tags + (-1 if tag.group(1) else 1))


def _events(text: str) -> Events:
    import pyromark

    options = pyromark.Options.ENABLE_TASKLISTS | pyromark.Options.ENABLE_TABLES
    options |= pyromark.Options.ENABLE_STRIKETHROUGH | pyromark.Options.ENABLE_FOOTNOTES
    return in_columns(text, list(pyromark.events_with_range(text, options=options)))
