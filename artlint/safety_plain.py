"""Tags that are known to be harmless: what the scan need not look at twice.

An article repeats a handful of tags, and most articles hold no other. The answer is remembered for
each tag as it is written; whatever is not surely harmless goes through the scan.
"""

from __future__ import annotations

from artlint.document.attributes import attributes
from artlint.document.plain import tag_of
from artlint.pattern_lazy import lazily
from artlint.policy import URL_ATTRIBUTES, Policy
from artlint.remembered import remembered
from artlint.safety_names import CLOBBERING
from artlint.source import Span

_LOOKED_AT = frozenset({"style", "hidden", "target", "rel"})
_PLAIN_URL = lazily(r"(https?)://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?#][!-~]*)?")


@remembered(8192)
def is_harmless(tag: str, policy: Policy) -> bool:
    """Whether the scan would find nothing in a tag or comment of plain markup."""
    kind, name, comment = tag_of(tag)
    if kind == "comment":
        return not comment.startswith(("[if", "[endif"))
    if name not in policy.elements or name in ("iframe", "image"):
        return False
    seen: set[str] = set()
    for attribute, value, _ in attributes(tag, Span(0, len(tag))) if kind == "start" else ():
        if attribute in seen or not _is_plain(policy, name, attribute, value):
            return False
        seen.add(attribute)
    return True


def _is_plain(policy: Policy, tag: str, name: str, value: str) -> bool:
    if (
        name.startswith("on")
        or name in ("style", "hidden", "target", "rel")
        or not policy.allows_attribute(tag, name)
    ):
        return False
    if name in URL_ATTRIBUTES:
        url = _PLAIN_URL.fullmatch(value)
        return name != "srcset" and url is not None and url.group(1) in policy.schemes
    if name == "class":
        return "*" in policy.classes
    return name not in ("id", "name") or value.strip().lower() not in CLOBBERING
