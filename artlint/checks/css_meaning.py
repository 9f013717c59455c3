"""What an inline style says about text: the part of CSS that has an element of its own."""

from __future__ import annotations

import re

from artlint.document.element import Element
from artlint.pattern_lazy import lazily

_BOLD = lazily(r"bold|bolder|[6-9]00")
_ITALIC = lazily(r"italic|oblique")
# Declarations that hide text or change how it reads, and that no element says.
_PROBLEM = lazily(
    r"(?<![\w-])(?:display:none|visibility:hidden|opacity:0(?:\.0+)?(?:[;%]|$)|font-size:0(?:px|pt|em)?(?:;|$)"
    r"|direction:rtl|unicode-bidi:(?!normal)|text-indent:-\d{3,}|left:-\d{3,}|clip:rect"
    r"|font-variant:small-caps|text-emphasis:(?!none)|text-transform:(?!none|initial|inherit)|content:)"
)
_IMAGE = lazily(r"background(?:-image)?:[^;]*url\(", re.IGNORECASE)
_NUMBERING = {"lower-alpha": "a", "upper-alpha": "A", "lower-roman": "i", "upper-roman": "I"}
_ALREADY = {
    "strong": frozenset("strong b th h1 h2 h3 h4 h5 h6 dt".split()),
    "em": frozenset("em i cite dfn var address".split()),
    "u": frozenset("u ins a".split()),
    "s": frozenset("s strike del".split()),
    "sub": frozenset({"sub"}),
    "sup": frozenset({"sup"}),
}


def meaning_of(style: str, element: Element) -> tuple[str, tuple[str, ...]]:
    """``(problem, tags)`` of a style: a declaration no element says, or the elements that say it.

    The alignment of a cell and the numbering of a list is an attribute, ``align="…"``, and stands first.
    What the element or one around it says already needs no tag.
    """
    declarations = _declarations(style)
    plain = ";".join(f"{name}:{value.replace(' ', '')}" for name, value in declarations.items())
    problem = _PROBLEM.search(plain) or _IMAGE.search(plain)
    if problem:
        return problem.group().strip(";").replace(":", ": "), ()
    attribute = _attribute(declarations, element)
    around = _tags_around(element)
    if not element.text.strip():
        return "", attribute
    wanted = [tag for tag in _wanted(declarations) if not around & _ALREADY[tag]]
    if "u" in wanted and element.text.strip() == "".join(link.text for link in element.select("a")).strip():
        wanted.remove("u")  # links are underlined anyway
    return "", (*attribute, *wanted)


def _attribute(declarations: dict[str, str], element: Element) -> tuple[str, ...]:
    aligned = declarations.get("text-align")
    numbering = _NUMBERING.get(declarations.get("list-style-type", ""))
    if element.tag in ("td", "th") and aligned in ("right", "center"):
        return () if "align" in element.attribute_names else (f'align="{aligned}"',)
    if element.tag == "ol" and numbering and "type" not in element.attribute_names:
        return (f'type="{numbering}"',)
    return ()


def _declarations(style: str) -> dict[str, str]:
    found = {}
    for declaration in style.split(";"):
        name, mark, value = declaration.partition(":")
        if mark:
            found[name.strip().lower()] = value.lower().replace("!important", "").strip()
    return found


def _wanted(declarations: dict[str, str]) -> list[str]:
    wanted = []
    font = declarations.get("font", "").split()
    if _BOLD.fullmatch(declarations.get("font-weight", "")) or "bold" in font:
        wanted.append("strong")
    if _ITALIC.match(declarations.get("font-style", "")) or "italic" in font:
        wanted.append("em")
    line = declarations.get("text-decoration", "") + " " + declarations.get("text-decoration-line", "")
    wanted.extend(tag for word, tag in (("underline", "u"), ("line-through", "s")) if word in line)
    wanted.extend(
        tag for tag in ("sub", "sup") if declarations.get("vertical-align", "") in (tag, tag + "er")
    )
    return wanted


def _tags_around(element: Element) -> set[str]:
    tags = {element.tag}
    parent = element.parent
    while parent is not None:
        tags.add(parent.tag)
        parent = parent.parent
    # A style of one child that fills it says it already.
    only = element.children
    if len(only) == 1 and only[0].text.strip() == element.text.strip():
        tags.add(only[0].tag)
    return tags
