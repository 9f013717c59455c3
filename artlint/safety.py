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
    noframes noscript object optgroup option output param plaintext portal progress script select slot
    style svg template textarea title xmp""".split()
)
_NAME = re.compile(r"[a-z][a-z0-9:_-]*")


def find_danger(body: Body, policy: Policy = ARTICLE) -> str | None:
    """What the independent sanitizer would change in a body, in one line; None when it is inert.

    Markdown prose may hold unknown elements (``<T>``) and a site's own attributes: those are inert
    and allowed there as long as they are not active.
    """
    text = body.masked
    if "<" not in text:
        return None
    import nh3

    html = body.html
    elements = set(policy.elements)
    attributes = {tag: set(names | policy.any_element) for tag, names in policy.attributes.items()}
    attributes["*"] = set(policy.any_element)
    if body.kind == "markdown":
        for element in html.elements:
            if element.tag not in ACTIVE and _NAME.fullmatch(element.tag):
                elements.add(element.tag)
            attributes["*"].update(n for n in element.attributes if _NAME.fullmatch(n) and not n.startswith("on"))
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
