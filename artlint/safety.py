"""The safety gate: what artlint writes is inert, within the policy, and the same to two parsers.

The tree is read by turbohtml; nh3 (ammonia on html5ever) sanitizes the same text with the same
policy, and its result is read again. When the two trees differ, the text is refused. The gate trusts
no rule: it does not look at what the scan of the rules found.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from artlint.document import Body
from artlint.document.attributes import attributes as attributes_of
from artlint.document.elements import KNOWN
from artlint.document.html import Html
from artlint.document.markdown import markdown_to_html
from artlint.document.masking import bare_name, unmask
from artlint.document.versions import as_before, is_disputed, without_stand_ins
from artlint.pattern_lazy import lazily
from artlint.policy import ARTICLE, FORBIDDEN, Policy, is_inert_attribute

if TYPE_CHECKING:
    import nh3

# A text nested deeper is not read at all: html5ever takes quadratic time on it.
MAX_DEPTH = 512

# Only when all of these rules are switched on, a body must be within the policy to the letter.
POLICY_RULES = frozenset(f"SEC{number:03}" for number in range(1, 12))

# What hides markup from a reader of HTML; to one of Markdown it may end at a blank line.
_HIDES = lazily(r"<(?:!--|pre\b|xmp\b|listing\b)", re.IGNORECASE)
_PAGE_TAG = lazily(r"<(?:html|body)", re.IGNORECASE)
_PLAIN_NAME = lazily(r"[a-z0-9]+")
_PLAIN_URL = lazily(r"(?:https?|ftp|mailto|tel):", re.IGNORECASE)


def find_danger(body: Body, policy: Policy = ARTICLE, strict: bool = True) -> str | None:
    """What the independent sanitizer would change in a body, in one line; None when it is inert.

    ``strict``: everything outside the policy counts. Otherwise, when rules of safety are switched off,
    only what a browser runs or loads counts: elements and attributes without a meaning to it pass, and so
    do styles.
    """
    if "<" in body.masked:
        # Read anew: the gate trusts nothing that was known of the body before.
        danger = _danger_of(Html(body.masked), policy, strict, styles=strict)
        if danger is not None:
            return danger
    if body.kind != "markdown" and not (body.may_be_markdown and _HIDES.search(body.masked)):
        return None
    text = body.without_templates
    readings = [markdown_to_html(text)]
    if is_disputed(text):
        readings.append(without_stand_ins(markdown_to_html(as_before(text))))
    dangers = (_danger_of(Html(reading), policy, strict=False, styles=strict) for reading in readings)
    return next(filter(None, dangers), None)


def _danger_of(html: Html, policy: Policy, strict: bool, styles: bool) -> str | None:
    """As ``find_danger``; ``styles``: whether those count that are outside the policy."""
    if _PAGE_TAG.search(html.text) and (danger := _danger_of_page_tags(html)):
        return danger
    elements: set[str] = set()
    attributes: set[tuple[str, str]] = set()
    for element in html.all_elements:
        tag, base = element.tag, bare_name(element.tag)
        if base != tag and base in policy.elements:
            elements.add(tag)
        attributes.update(("*", name) for name in element.attribute_names if bare_name(name) != name)
        is_style = tag == "style" and not styles
        if is_style or (not strict and _does_nothing(tag)):
            elements.add(tag)
            attributes.update((tag, name) for name in element.attribute_names if is_inert_attribute(name))
    clean = _cleaner(policy, styles, frozenset(elements), frozenset(attributes)).clean(html.text)
    return None if clean == html.text else _difference(html, Html(clean))


def _does_nothing(tag: str) -> bool:
    """Whether an element has no meaning to a browser that a policy would have to allow."""
    is_plain = tag in KNOWN or _PLAIN_NAME.fullmatch(tag) is not None
    return is_plain and tag not in FORBIDDEN and tag != "iframe"


@lru_cache(maxsize=32)  # to make one takes as long as to read an article with it
def _cleaner(
    policy: Policy, styles: bool, elements: frozenset[str], attributes: frozenset[tuple[str, str]]
) -> nh3.Cleaner:
    """A sanitizer of the policy that also lets these elements and attributes (by element) pass."""
    import nh3

    allowed = {tag: set(names) for tag, names in policy.attributes.items()}
    everywhere = allowed.setdefault("*", set())
    if not styles:
        everywhere.add("style")
    prefixes = {name for name in everywhere if name.endswith("-")}
    for tag, name in attributes:
        allowed.setdefault(tag, set()).add(name)
    return nh3.Cleaner(
        tags=(set(policy.elements) - FORBIDDEN) | elements,
        clean_content_tags=set(),
        attributes=allowed,
        attribute_filter=lambda tag, name, value: _filtered(policy, tag, name, value, styles),
        strip_comments=False,
        link_rel=None,
        generic_attribute_prefixes=prefixes,
        url_schemes=set(policy.schemes) | ({"data"} if policy.data_images else set()),
    )


def _danger_of_page_tags(html: Html) -> str | None:
    """What `<html>` and `<body>` do: no tree has them, but a browser gives their attributes to the page."""
    for token in html.tokens:
        if token.kind == "start" and token.tag in ("html", "body"):
            names = (attribute.name for attribute in attributes_of(html.text, token.span, html.base))
            if not all(map(is_inert_attribute, names)):
                return f"`{html.text[slice(*token.span.moved(-html.base))][:100]}` is outside the policy"
    return None


def _filtered(policy: Policy, tag: str, name: str, value: str, styles: bool) -> str | None:
    """The value, or None for a frame of an unknown host, a style, or a ``data:`` URL that is no picture."""
    if name in ("href", "src", "srcset", "poster", "cite"):
        return value if policy.allows_url(tag, name, unmask(value)) else None
    if name == "style":
        return value if not styles or policy.allows_style(unmask(value)) else None
    return value


def _difference(ours: Html, theirs: Html) -> str | None:
    left, right = _inventory(ours), _inventory(theirs)
    if left != right:
        removed = Counter(left) - Counter(right)
        first = next((tag for tag in left if removed[tag]), "the nesting of the body")
        return f"`{first[:100]}` is outside the policy"
    if "".join(ours.root.text.split()) != "".join(theirs.root.text.split()):
        return "another parser reads another text"
    return None


def _inventory(html: Html) -> list[str]:
    """Every element of the tree as a start tag with its attributes by name.

    A URL with a plain scheme of the web is left out: nh3 also drops one that is merely mistyped.
    """
    tags = []
    for element in html.all_elements:
        attributes = "".join(
            f' {name}="{value}"'
            for name, value in sorted(element.attributes.items())
            if not (name in ("href", "src", "cite", "poster") and _PLAIN_URL.match(value))
        )
        tags.append(f"<{element.tag}{attributes}>")
    return tags
