"""Dangers in Markdown's own syntax: links, pictures and definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from artlint.diagnostic import Edit
from artlint.document import Document
from artlint.document.character_references import unescape
from artlint.document.masking import hits, is_code_block, merge, without_filler
from artlint.document.versions import as_before, is_disputed
from artlint.pattern_lazy import lazily
from artlint.policy import SCRIPT_SCHEMES, Policy, is_script, meant_scheme, schemes_of
from artlint.safety_attributes import Violation, foreign_scheme
from artlint.source import Span

if TYPE_CHECKING:
    from artlint.document.markdown import MarkdownLink

# In a quote each line of a link starts with `>`; what stands behind the label of a footnote may be a link.
# None goes on to where the next may start, so that what is no link hides none.
_DESTINATIONS = lazily(
    r"\]\([\s>]*<?((?:[^\s)<>\]]|\](?![(:])){1,4000})|\]:[\s>]*<?(?!\[)((?:[^\s<\]]|\](?![(:])){1,4000})"
    r"|<([A-Za-z][A-Za-z0-9+.-]{1,31}:)"
)
_AUTOLINKS = lazily(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:)")  # a text may hold no other destination
_CLOSING = lazily(r"\)*")
_FORMULA_URL = lazily(r"\\href\s*\{([^{}\n]{1,2000})\}")
_MARK = lazily(r"[\\`*_~\[\]&]")
# In a destination without brackets: an escape; what needs one; what has to be written as bytes.
_NOT_BARE = lazily(r"(\\[!-/:-@\[-`{-~])|([\\()])|[\s\x00-\x1f\x7f]")
_ESCAPE = lazily(r"\\([!-/:-@\[-`{-~])")


def markdown_urls(document: Document) -> Iterator[Violation]:
    """Links, pictures and definitions of Markdown whose URL is outside the policy."""
    body, policy = document.body, document.settings.policy
    masked = body.without_templates
    # Template code may leave nothing behind.
    readings = {body.text, without_filler(masked)} if body.template_spans else {body.text}
    if not body.may_be_markdown or not any(has_suspicious_url(text, policy) for text in readings):
        return
    from artlint.document.markdown import markdown_links  # HTML does without its reader

    base = body.span.start
    links = _links(masked)
    yield from _links_in_html(document, merge([link.span for link in links]))
    for link in links:
        scheme = foreign_scheme(document, *_place_of(link), link.url)
        if scheme is None:
            continue
        span = Span(base + link.span.start, base + link.span.end)
        message = f"URL with the scheme `{scheme[:40]}:`"
        meant = meant_scheme(scheme)
        written = document.text.rfind(scheme + ":", span.start, span.end) if meant else -1
        if written >= 0:
            edit, title = Edit(Span(written, written + len(scheme)), meant), f"Write `{meant}:`"
        elif link.kind == "definition" and link.label.startswith("^") and scheme not in SCRIPT_SCHEMES:
            yield _of_note(document, span, scheme)
            continue
        elif link.kind == "definition":
            edit, title = Edit(span, f"[{link.label}]: #"), "Point it to `#`"
        else:
            inner = document.text[base + link.inner.start : base + link.inner.end]
            edit, title = Edit(span, inner), "Keep the text"
        yield Violation("url", span, message, title, (edit,))
    for link in markdown_links(body.text) if body.template_spans else ():
        code = next((code for code in body.template_spans if code.overlaps(link.span)), None)
        allowed = policy.allows_url(*_place_of(link), link.url)
        if code is None or allowed or is_code_block(body.text[code.start : code.end]):
            continue
        start = base + code.start
        message = "Template code holds a link that readers without it may follow"
        edit = Edit(Span(start, start + 1), "&#123;")
        yield Violation("url", Span(start, base + code.end), message, "Escape the brace", (edit,))


def _links_in_html(document: Document, known: list[Span]) -> Iterator[Violation]:
    """What only those take for a link that runs who read Markdown in HTML, as kramdown can be told to."""
    body = document.body
    inside = merge(body.markdown.islands) if body.kind == "markdown" else [Span(0, len(body.text))]
    base = body.span.start
    shown = [Span(start - base, end - base) for start, end in body.html.verbatim_spans]
    hidden = merge([*known, *shown, *body.template_spans, *body.code_spans])
    for match in _DESTINATIONS.finditer(body.text):
        start, end = match.span(1) if match[1] else match.span(2)
        if start < 0 or not is_script(_plain(body.text[start:end])):
            continue
        if hits(inside, Span(start, end)) and not hits(hidden, Span(start, end)):
            depth = body.text.count("(", start, end) - body.text.count(")", start, end)
            closing = _CLOSING.match(body.text, end)
            end += max(0, min(depth, len(closing.group()) if closing else 0))
            message = "Some Markdown programs read a link here that runs a script"
            span = Span(base + start, base + end)
            yield Violation("url", span, message, "Point it to `#`", (Edit(span, "#"),))


@lru_cache(maxsize=1)
def without_brackets(document: Document) -> dict[int, Edit]:
    """For each `<` that stands before the URL of a link: the edit that writes the link without it.

    It keeps a link alive whose `<…>` some readers take for a tag. Where the policy or template code is
    in the way there is none.
    """
    body, policy = document.body, document.settings.policy
    base, found = body.span.start, {}
    for construct in body.markdown.constructs:
        place = construct.url_span
        if place is None or body.text[place.start - 1 : place.start] != "<":
            continue
        if hits(body.template_spans, construct.span):
            continue
        url = bare_destination(body.text[slice(*place)])
        if construct.kind == "autolink":
            if not policy.allows_url("a", "href", construct.url):
                continue
            url = f"[{_MARK.sub(_escaped, body.text[slice(*place)])}]({_mailto(construct.url, url)})"
        whole = Span(place.start - 1, place.end + 1).moved(base)
        found[whole.start] = Edit(whole, url)
    return found


def bare_destination(written: str) -> str:
    """A destination that stood between `<` and `>`, written without these (CommonMark 0.31, 6.3)."""
    return _NOT_BARE.sub(_bare, written)


def _bare(part: re.Match[str]) -> str:
    escape, mark = part.groups()
    return escape or (f"\\{mark}" if mark else quote(part[0]))


def _mailto(url: str, written: str) -> str:
    """The destination of an autolink: that of an address has a scheme that is not written."""
    return f"mailto:{written}" if "@" in url and not schemes_of(url) else written


def _escaped(mark: re.Match[str]) -> str:
    return f"\\{mark[0]}"


def formula_urls(document: Document) -> Iterator[Violation]:
    r"""Links that MathJax makes of `\href` in the text of a page, when they run a script."""
    body = document.body
    if "\\href" not in body.text:
        return
    base = body.span.start
    for match in _FORMULA_URL.finditer(body.text):
        span = Span(base + match.start(1), base + match.end(1))
        if is_script(unescape(match[1])) and not hits(body.protected, span):
            message = "Formula with a link that runs a script"
            yield Violation("url", span, message, "Point it to `#`", (Edit(span, "#"),))


def _links(text: str) -> list[MarkdownLink]:
    """The links of a text, whoever reads it.

    Some readers know footnotes, of two definitions with one label some take the last, and some find
    blocks of HTML elsewhere.
    """
    from artlint.document.markdown import MarkdownLink, markdown_links, read_markdown

    found = markdown_links(text)
    if "[^" in text:
        found.extend(link for link in markdown_links(text, footnotes=True) if link not in found)
    known = {link.span.start for link in found}
    found.extend(
        MarkdownLink("definition", other.span, other.inner, other.url, other.text)
        for other in read_markdown(text).constructs
        if other.kind == "definition" and other.span.start not in known
    )
    if is_disputed(text):
        found.extend(link for link in markdown_links(as_before(text)) if link not in found)
    return found


def _of_note(document: Document, span: Span, scheme: str) -> Violation:
    """A note such as `[^1]: doi:10.1`: a reader who knows no footnotes takes its text for a URL."""
    message = f"Footnote that some readers take for a URL with the scheme `{scheme[:40]}:`"
    pattern = re.compile(re.escape(scheme) + r":(?=[^\s\"'(])", re.IGNORECASE)
    found = pattern.search(document.text, *span)
    edits = (Edit(Span(*found.span()), f"{found.group()} "),) if found else ()
    return Violation("url", span, message, "Put a blank behind the colon", edits)


def _place_of(link: MarkdownLink) -> tuple[str, str]:
    """The tag and attribute that the URL of a link becomes."""
    return ("img", "src") if link.kind == "image" else ("a", "href")


def has_suspicious_url(text: str, policy: Policy) -> bool:
    """The cheap question whether what somebody may take for a link has a URL outside the policy."""
    pattern = _DESTINATIONS if "]" in text and ("](" in text or "]:" in text) else _AUTOLINKS
    return any(_is_suspicious("".join(found), policy) for found in pattern.findall(text))


def _plain(destination: str) -> str:
    return _ESCAPE.sub(r"\1", unescape(destination))


def _is_suspicious(destination: str, policy: Policy) -> bool:
    scheme, colon, _ = destination.partition("://")
    if colon and scheme in ("http", "https"):
        return scheme not in policy.schemes  # the common case
    return bool(schemes_of(_plain(destination)) - policy.schemes)
