"""Addresses that a script was to put in place: what a picture or a player really shows.

``own`` are the attributes of a tag, decoded, by name in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from artlint.data.images import BACKGROUND_ATTRIBUTES, LAZY_ATTRIBUTES, PLACEHOLDER
from artlint.document.attributes import attributes, hides
from artlint.document.character_references import escape
from artlint.document.tokens import parsed_tokens
from artlint.pattern_lazy import lazily
from artlint.policy import ARTICLE

# By element the attributes that a script may set; `src` and `srcset` are two ways to say one thing.
_SET_LATE = {
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "a": ("href",),
}
LAZY_ELEMENTS = tuple(_SET_LATE)
_NEVER_LAZY = frozenset(
    "src srcset poster href alt title width height sizes class style type controls".split()
)
_OF_A_PICTURE = ("src", "alt", "title", "width", "height")
# It has a dot or a slash, is no number, holds no mark of template code, and a blank only in a file's name.
_ADDRESS = lazily(
    r"(?=[^./]*[./])(?![\d.]+\Z)(?:[^\s{}<>\"']+|[^\t\n{}<>\"']+\.[a-z0-9]{2,5})", re.IGNORECASE
)
_SRCSET = lazily(r"[^{}<>\"']+")
_PICTURE = lazily(r"[^\s{}<>\"']+\.(?:jpe?g|png|gif|webp|avif|bmp)(?:[?#!@].*)?", re.IGNORECASE)
_BACKGROUND = lazily(r"(?:^|;)\s*background(?:-image)?\s*:[^;]*?(url\(.*)", re.IGNORECASE | re.DOTALL)
_CSS_URL = lazily(r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s)]*))\s*\)", re.IGNORECASE)
_CSS_FUNCTION = lazily(r"[a-z-]+\(", re.IGNORECASE)
# Elements that scripts fill with a background by the names that they use for pictures.
_BOXES = frozenset({"div", "section", "span", "figure", "i"})
_DRAWING = lazily(r"[^?#]*\.(?:gif|svg)(?:[?#].*)?", re.IGNORECASE | re.DOTALL)


def lazy_sources(tag: str, own: Mapping[str, str]) -> dict[str, str]:
    """By attribute (``src``, ``href``, …) the one that holds its value until a script comes.

    Empty where the element has an address other than that of a stand-in: this is what readers see.
    """
    if tag not in _SET_LATE or own.keys() <= _NEVER_LAZY:
        return {}
    found = {wanted: _lazy_attribute(own, wanted) for wanted in _SET_LATE[tag]}
    if tag == "img" and not any(found.values()):
        found["src"] = _unknown_attribute(own)
    if not any(found.values()):
        return {}
    for group in (("src", "srcset"), ("poster",), ("href",)):
        real = next((own[found[wanted]] for wanted in group if found.get(wanted)), "")
        if not all(is_stand_in(own.get(wanted, ""), real) for wanted in group):
            found.update(dict.fromkeys(group, ""))
    return {wanted: name for wanted, name in found.items() if name}


def kept_for_a_script(tag: str, own: Mapping[str, str]) -> set[str]:
    """The attributes that may hold the only address of a picture, player or link, also those nobody knows."""
    kept = set(lazy_sources(tag, own).values())
    if not kept and tag == "img" and is_stand_in(own.get("src", "")) and not own.get("srcset"):
        kept.update(name for name, value in own.items() if "://" in value)
    return kept


def background(tag: str, own: Mapping[str, str]) -> tuple[str, str]:
    """The attribute that holds the picture behind an element, and its address; empty for none.

    ``style`` and ``background`` show it, any other one waits for a script.
    """
    if tag in _SET_LATE and tag != "a":
        return "", ""
    found = _BACKGROUND.search(own.get("style", ""))
    shown = [("style", found.group(1) if found else ""), ("background", own.get("background", ""))]
    late = [(name, own[name]) for name in BACKGROUND_ATTRIBUTES if name in own]
    for name, value in (*shown, *late):
        address = _background_address(value.strip())
        if address and not is_stand_in(address):
            return name, address
    name = _lazy_attribute(own, "src") if tag in _BOXES else ""
    address = own[name].strip() if name.startswith("data-") else ""
    return (name, address) if _PICTURE.fullmatch(address) else ("", "")


def _background_address(value: str) -> str:
    """The address in the value of an attribute or a property; empty for colours and the like."""
    if found := _CSS_URL.match(value):
        value = next(filter(None, found.groups()), "").strip()
    elif _CSS_FUNCTION.match(value):
        return ""
    address = first_candidate(value)
    return address if _is_address(address, "src") else ""


def is_stand_in(address: str, real: str = "") -> bool:
    """Whether an address is none, or that of a picture that only keeps the place.

    ``real`` is what may come in its place: a photograph has no drawing for a preview.
    """
    address = address.strip()
    if not address or PLACEHOLDER.fullmatch(address):
        return True
    return bool(real and _DRAWING.fullmatch(address) and not _DRAWING.fullmatch(first_candidate(real)))


def first_candidate(srcset: str) -> str:
    """The first URL of a ``srcset`` (HTML Standard, section 4.8.4.3); of a single URL that itself."""
    return srcset.split()[0].rstrip(",") if srcset.strip() else ""


def is_dot(own: Mapping[str, str]) -> bool:
    """Whether an image is at most one pixel wide and high."""
    sizes = [own.get(name, "").strip().removesuffix("px") for name in ("width", "height")]
    return all(size in ("0", "1") for size in sizes)


def pictures_without_scripts(inside: str) -> list[dict[str, str]]:
    """The attributes of each picture in what a `<noscript>` holds, its address as ``src``.

    Left out are pictures that count readers and those that are hidden.
    """
    found = []
    for token in parsed_tokens(inside, 0):
        if token.kind != "start" or token.tag not in ("img", "image"):
            continue
        own = {name: value for name, value, _ in reversed([*attributes(inside, token.span)])}
        lazy = lazy_sources("img", own)
        source = own.get(lazy.get("src", "src"), "").strip()
        source = source or first_candidate(own.get(lazy.get("srcset", "srcset"), ""))
        if _is_address(source, "src") and not is_dot(own) and not hides(own.get("style", "")):
            found.append({**own, "src": source})
    return found


def picture_tag(own: Mapping[str, str]) -> str:
    """A tag for a picture with these attributes, as far as they say something to a reader."""
    values = [(name, " ".join(own[name].split())) for name in _OF_A_PICTURE if name in own]
    written = [f'{name}="{escape(value)}"'.replace("{", "&#123;") for name, value in values]
    return f"<img {' '.join(written)}>"


def _lazy_attribute(own: Mapping[str, str], wanted: str) -> str:
    """The best attribute that holds the value of another one; empty when there is none."""
    for name in LAZY_ATTRIBUTES[wanted]:
        value = own.get(name, "").strip()
        if value and value != own.get(wanted, "").strip() and _is_address(value, wanted):
            return name
    return ""


def _unknown_attribute(own: Mapping[str, str]) -> str:
    """An attribute of a script that nobody knows, when it names a file of a picture; empty for none."""
    for name, value in own.items():
        if (
            name.startswith("data-")
            and _PICTURE.fullmatch(value.strip())
            and _is_address(value.strip(), "src")
        ):
            return name
    return ""


def _is_address(value: str, wanted: str) -> bool:
    first = first_candidate(value) if wanted == "srcset" else value
    if not _ADDRESS.fullmatch(first) or (wanted == "srcset" and not _SRCSET.fullmatch(value)):
        return False
    is_tiny = value.startswith("data:") and PLACEHOLDER.fullmatch(value)
    return not is_tiny and ARTICLE.allows_url("img", wanted, value)
