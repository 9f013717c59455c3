"""The safety gate: an independent sanitizer must find nothing to remove in what artlint writes.

The tree is read by turbohtml; nh3 (ammonia on html5ever) sanitizes the same text with the same
policy. When the two trees differ, the text is not inert by the policy.
"""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

from artlint.document import Body
from artlint.policy import ARTICLE, Policy

# What no policy may allow: active content, and elements that change the page around the article.
ACTIVE = frozenset(
    """applet base button dialog embed fieldset form frame frameset head input link math meta noembed
    noframes noscript object optgroup option output param plaintext portal progress script select
    slot style svg template textarea title xmp""".split()
)
# Attributes with which a browser runs, loads or submits something, besides the policy's own.
_ACTIVE_ATTRIBUTES = frozenset(
    """action archive background classid code codebase data dynsrc formaction http-equiv icon longdesc
    lowsrc manifest ping profile srcdoc usemap xlink:href xml:base xmlns xmlns:xlink""".split()
)
_UNUSUAL = re.compile(r"[^a-z0-9:._-]")


def _is_inert(name: str) -> bool:
    return not name.startswith("on") and name not in _ACTIVE_ATTRIBUTES


def find_danger(body: Body, policy: Policy = ARTICLE) -> str | None:
    """What the independent sanitizer would change in a body, in one line; None when it is inert.

    An element that HTML does not know (``<T>`` in prose) and an attribute without a meaning to a
    browser are inert, so the gate lets them pass; rules speak of them.
    """
    text = body.masked
    if "<" not in text:
        return None
    import nh3

    html = body.html
    elements = set(policy.elements)
    attributes = {tag: set(names | policy.any_element) for tag, names in policy.attributes.items()}
    attributes["*"] = set(policy.any_element)
    for element in html.elements:
        if element.tag not in ACTIVE and not _UNUSUAL.search(element.tag):
            elements.add(element.tag)
        attributes["*"].update(name for name in element.attribute_names if _is_inert(name))
    clean = nh3.clean(
        text,
        tags=elements,
        clean_content_tags=set(),
        attributes=attributes,
        attribute_filter=lambda tag, name, value: _frame_source(tag, name, value, policy),
        strip_comments=False,
        link_rel=None,
        generic_attribute_prefixes=set(policy.prefixes),
        url_schemes=set(policy.schemes),
    )
    return _difference(html.inventory, type(html)(clean).inventory)


def _frame_source(tag: str, name: str, value: str, policy: Policy) -> str | None:
    """Keep a frame's address only when it is a known media host's."""
    if tag != "iframe" or name != "src":
        return value
    try:
        host = urlsplit(value).hostname
    except ValueError:
        return None
    return value if host in policy.media_hosts else None


def _difference(ours: list[str], theirs: list[str]) -> str | None:
    if ours == theirs:
        return None
    removed = Counter(ours) - Counter(theirs)
    first = next((tag for tag in ours if removed[tag]), "the nesting of the body")
    return f"`{first[:100]}` is outside the policy"
