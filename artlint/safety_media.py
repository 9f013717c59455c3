"""What stays of elements that go as a whole: the page in a frame, the pictures for who runs no scripts."""

from __future__ import annotations

from functools import lru_cache

from artlint.document import Document
from artlint.document.attributes import attributes
from artlint.document.character_references import escape
from artlint.document.elements import UNSEEN_MARKUP
from artlint.document.lazy import first_candidate, lazy_sources, picture_tag, pictures_without_scripts
from artlint.document.tokens import Token, parsed_tokens
from artlint.policy import EMBEDS, schemes_of


def frame_url(document: Document, token: Token) -> str:
    """The address of what a frame shows, also where a script was to put it in place."""
    own = _attributes_of(document, token)
    return own.get(lazy_sources("iframe", own).get("src", "src"), "").strip()


def _attributes_of(document: Document, token: Token) -> dict[str, str]:
    """The attributes of a tag as a browser takes them: of two with one name the first."""
    body = document.body
    found = reversed([*attributes(body.masked, token.span, body.span.start)])
    return {name: body.unmask(value) for name, value, _ in found}


def frame_as_link(document: Document, token: Token) -> str:
    """The page in a frame of a known media host as a link, so that the reader does not lose it."""
    url = frame_url(document, token)
    if not EMBEDS.allows_url("iframe", "src", url):
        return ""
    if not schemes_of(url) <= document.settings.policy.schemes or any(mark in url for mark in "{}|\\ \n"):
        return ""
    url = url if schemes_of(url) else f"https:{url}"
    return f'<a href="{escape(url)}">{escape(url)}</a>'


def without_scripts(document: Document, tokens: tuple[Token, ...], index: int) -> str:
    """Of what a `<noscript>` or the like holds the pictures, and frames as links, that stand nowhere else."""
    body, following = document.body, tokens[index + 1 : index + 2]
    if tokens[index].tag not in UNSEEN_MARKUP or not following or following[0].kind != "text":
        return ""
    start, end = following[0].span
    inside = body.masked[start - body.span.start : end - body.span.start]
    shown = _shown_addresses(document)
    found = pictures_without_scripts(document.text[start:end])
    pictures = [picture_tag(own) for own in found if own["src"] not in shown]
    frames = [
        token for token in parsed_tokens(inside, start) if (token.kind, token.tag) == ("start", "iframe")
    ]
    links = [frame_as_link(document, frame) for frame in frames if frame_url(document, frame) not in shown]
    return "".join([*pictures, *links])


@lru_cache(maxsize=1)
def _shown_addresses(document: Document) -> frozenset[str]:
    """The addresses of all pictures and frames that the article shows, or would with scripts."""
    shown = {image.url for image in document.images if image.element is None}
    for token in document.body.tokens:  # what `<noscript>` holds is text to them
        if token.kind != "start" or token.tag not in ("img", "image", "iframe"):
            continue
        tag = "iframe" if token.tag == "iframe" else "img"
        own = _attributes_of(document, token)
        values = [own.get(name, "").strip() for name in ("src", *lazy_sources(tag, own).values())]
        shown.update((*values, *map(first_candidate, values)))
    return frozenset(shown)
