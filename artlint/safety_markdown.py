"""Dangers in Markdown's own syntax: links, pictures, definitions and kramdown's attribute lists."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from artlint.diagnostic import Edit
from artlint.document import Body, Document
from artlint.document.markdown import MarkdownLink, markdown_links
from artlint.document.masking import hits, mask_all, mask_tags
from artlint.pattern_lazy import lazily
from artlint.policy import Policy, meant_scheme, schemes_of
from artlint.safety_attributes import Violation
from artlint.source import Span

_DESTINATIONS = lazily(r"\]\(\s*<?([^\s)>]{1,4000})|\]:\s*<?(\S{1,4000})|<([A-Za-z][A-Za-z0-9+.-]{1,31}:)")
_AUTOLINKS = lazily(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:)")  # a text may hold no other destination
_SEARCH = lazily(r"</?search[\s/>]", re.IGNORECASE)
_ESCAPE = lazily(r"\\([!-/:-@\[-`{-~])")
# kramdown's attribute lists: `{: onclick="…"}` puts an attribute on the element before it.
_ATTRIBUTE_LIST = lazily(r"\{:[^{}\n]{0,2000}\}")
_ACTIVE_LIST = lazily(r"(?i)[\s:](?:on[a-z]+|style|srcdoc|formaction)\s*=|(?:javascript|vbscript|data)\s*:")


def markdown_urls(document: Document) -> Iterator[Violation]:
    """Links, pictures and definitions of Markdown whose URL is outside the policy."""
    body, policy = document.body, document.settings.policy
    if not body.may_be_markdown or not _has_suspicious_url(body.text, policy):
        return
    base = body.span.start
    for link in _links(mask_all(body.text, body.template_spans)):
        url = body.unmask(link.url)
        if _is_allowed(link, url, policy):
            continue
        span = Span(base + link.span.start, base + link.span.end)
        scheme = next(iter(schemes_of(url) - policy.schemes), "")
        message = f"URL with the scheme `{scheme[:40]}:`"
        meant = meant_scheme(scheme)
        written = document.text.rfind(scheme + ":", span.start, span.end) if meant else -1
        if written >= 0:
            edit, title = Edit(Span(written, written + len(scheme)), meant), f"Write `{meant}:`"
        elif link.kind == "definition":
            edit, title = Edit(span, f"[{link.label}]: #"), "Point it to `#`"
        else:
            inner = document.text[base + link.inner.start : base + link.inner.end]
            edit, title = Edit(span, inner), "Keep the text"
        yield Violation("url", span, message, title, (edit,))
    for link in markdown_links(body.text) if body.template_spans else ():
        code = next((code for code in body.template_spans if code.overlaps(link.span)), None)
        if code is None or _is_allowed(link, link.url, policy) or _shows_code(body, code):
            continue
        start = base + code.start
        message = "Template code holds a link that readers without it may follow"
        edit = Edit(Span(start, start + 1), "&#123;")
        yield Violation("url", Span(start, base + code.end), message, "Escape the brace", (edit,))


def _links(text: str) -> list[MarkdownLink]:
    """The links of a text, also of what stands behind `<search>`: since CommonMark 0.31 that is HTML."""
    found = markdown_links(text)
    opened = [Span(match.start(), match.start() + 1) for match in _SEARCH.finditer(text)]
    if opened:
        found.extend(link for link in markdown_links(mask_tags(text, opened)) if link not in found)
    return found


def _is_allowed(link: MarkdownLink, url: str, policy: Policy) -> bool:
    is_image = link.kind == "image"
    return policy.allows_url("img" if is_image else "a", "src" if is_image else "href", url)


def _shows_code(body: Body, template: Span) -> bool:
    """Whether template code stands in a code sample or is a block that shows one."""
    return hits(body.code_spans, template) or body.text[template.start : template.end].count("%}") > 1


def _has_suspicious_url(text: str, policy: Policy) -> bool:
    pattern = _DESTINATIONS if "](" in text or "]:" in text else _AUTOLINKS
    return any(_is_suspicious("".join(found), policy) for found in pattern.findall(text))


def _is_suspicious(destination: str, policy: Policy) -> bool:
    plain = _ESCAPE.sub(r"\1", html.unescape(destination))
    return bool(schemes_of(plain) - policy.schemes)


def attribute_lists(document: Document) -> Iterator[Violation]:
    """Attribute lists of kramdown that set a script or a style."""
    body = document.body
    if "{:" not in body.text or not body.may_be_markdown:
        return
    for match in _ATTRIBUTE_LIST.finditer(body.text):
        if _ACTIVE_LIST.search(match.group()):
            span = Span(body.span.start + match.start(), body.span.start + match.end())
            message = "Attribute list sets a script or style"
            yield Violation("attribute", span, message, "Remove it", (Edit(span),))
