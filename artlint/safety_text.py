"""Dangers in the text of a body.

Markdown links, markup that only some readers of Markdown see, template code that hides markup, and
characters that hide or turn text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from artlint.diagnostic import Applicability, Edit
from artlint.document import Body, Document
from artlint.document.attributes import attributes
from artlint.document.elements import KNOWN
from artlint.document.html import Html
from artlint.document.markdown import markdown_links
from artlint.document.masking import bare_name, hits, mask_all, mask_markup, merge
from artlint.document.tokens import Token
from artlint.policy import ARTICLE, FORBIDDEN, URL_ATTRIBUTES, Policy, meant_scheme, schemes_of
from artlint.safety_attributes import Violation
from artlint.safety_scan import is_pseudo, scan
from artlint.source import Span

_DESTINATIONS = re.compile(
    r"\]\(\s*<?([^\s)>]{1,4000})|\]:\s*<?(\S{1,4000})|<([A-Za-z][A-Za-z0-9+.-]{1,31}:)"
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# kramdown's attribute lists: `{: onclick="…"}` puts an attribute on the element before it.
_ATTRIBUTE_LIST = re.compile(r"\{:[^{}\n]{0,2000}\}")
_ACTIVE_LIST = re.compile(
    r"(?i)[\s:](?:on[a-z]+|style|srcdoc|formaction)\s*=|(?:javascript|vbscript|data)\s*:"
)
_ADDRESS = re.compile(r"(?:https?|ftp|mailto):|[a-z0-9._+-]+@[a-z0-9.-]+\Z")  # an autolink
_SHORTCODE = re.compile(r"\{\{[<%]\s*/?\s*([\w./-]+)[^<]*[>%]\}\}")  # Hugo's
# What a template engine passes on as it is.
_RAW_BLOCK = re.compile(r"\{%-?\s*(raw|verbatim)\s*-?%\}(.*)\{%-?\s*end\1\s*-?%\}", re.DOTALL)
_OPENS_CODE = re.compile(r"\{(?=[{%#])")
_BEFORE_TAG = re.compile(r"(?=<[A-Za-z])")
_OPENS_TAG = re.compile(r"<[A-Za-z/!?]")
# What takes a template engine from the article to the program that runs it.
_ESCAPES = re.compile(
    r"[.\['\"]constructor\b|__[a-z]+__|\.prototype\b|\bprocess\.(?=\w)|\brequire\s*\(|\bglobalThis\b|\bimport\s*\(|\beval\s*\("
    r"|\bmainModule\b|\bchild_process\b|\bsubprocess\b|\bpopen\b|\bos\.system\b",
)
_INVISIBLE = re.compile(
    "[\x00\ufff9-\ufffb]|(?<!\U0001f3f4)(?<![\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+"
    "|[\u115f\u1160\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\uffa0\u200c\u200d]{3,}"
    "|[\U000e0100-\U000e01ef\ufe00-\ufe0e]{2,}"
)
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Every match of the two has one of these: one search for the many articles that have none.
_SUSPECT = re.compile(
    "[\x00\u115f\u1160\u180e\u200b-\u200d\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e01ef]"
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def markdown_urls(document: Document) -> Iterator[Violation]:
    """Links, pictures and definitions of Markdown whose URL is outside the policy."""
    body, policy = document.body, document.settings.policy
    if not body.may_be_markdown or not any(
        _is_suspicious("".join(found), policy) for found in _DESTINATIONS.findall(body.text)
    ):
        return
    base = body.span.start
    for link in markdown_links(mask_all(body.text, body.template_spans)):
        url = body.unmask(link.url)
        tag = "img" if link.kind == "image" else "a"
        if policy.allows_url(tag, "src" if tag == "img" else "href", url):
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


def revealed_markup(document: Document) -> Iterator[Violation]:
    """Text of a Markdown body that a reader of HTML would take for markup outside the policy.

    CommonMark reads it as text; another Markdown, a feed reader or an excerpt may not.
    """
    body, policy = document.body, document.settings.policy
    if body.kind != "markdown" or body.text.count("<") == body.masked.count("<"):
        return
    base = body.span.start
    code = body.code_spans
    if scan(document) or _INVISIBLE.search(body.text) or _BIDI.search(body.text):
        yield from _all_as_text(document)
        return
    loose = Html(mask_markup(mask_all(body.text, body.template_spans), code), base)
    known = {token.span.start for token in body.tokens if token.kind != "text"}
    end = base
    for token in loose.tokens:
        end = token.span.end
        if token.kind != "start" or token.span.start in known:
            continue
        if _is_active(loose, token.span, token.tag, policy) or _is_unlisted(loose, token, policy):
            yield _as_text(
                document, token.span, f"`<{token.tag[:20]}>` in the text is markup to some readers"
            )
    rest = document.text[end : body.span.end]
    if _OPENS_TAG.match(rest) and body.tokens and body.tokens[-1].span.end == body.span.end:
        yield _as_text(document, Span(end, body.span.end), "Tag in the text is not finished")


def _all_as_text(document: Document) -> Iterator[Violation]:
    """Every `<` of the text that could open a tag, where something else goes.

    What meets across the gap must not become markup.
    """
    body = document.body
    hidden = merge([*body.code_spans, *body.template_spans])
    for match in _OPENS_TAG.finditer(body.text):
        start = match.start()
        if body.masked[start] == "<" or _ADDRESS.match(body.text, start + 1):
            continue
        if not hits(hidden, Span(start, match.end())):
            place = Span(body.span.start + start, body.span.start + match.end())
            yield _as_text(document, place, "Text looks like markup")


def _is_active(loose: Html, span: Span, tag: str, policy: Policy) -> bool:
    if tag not in policy.elements and tag not in KNOWN and not is_pseudo(tag) and not _ADDRESS.match(tag):
        return True
    if tag in FORBIDDEN or tag == "iframe":
        return True
    for name, value, _ in attributes(loose.text, span, loose.base):
        if name.startswith("on") or name in ("style", "srcdoc"):
            return True
        if name in URL_ATTRIBUTES and not policy.allows_url(tag, name, value):
            return True
    return False


def _is_unlisted(loose: Html, token: Token, policy: Policy) -> bool:
    """Whether a start tag or one of its attributes is outside the policy; an autolink is no tag."""
    tag = bare_name(token.tag)
    if tag not in policy.elements:
        return not _ADDRESS.match(tag)
    names = (name for name, _, _ in attributes(loose.text, token.span, loose.base))
    return any(bare_name(name) == name and not policy.allows_attribute(tag, name) for name in names)


def _as_text(document: Document, span: Span, message: str) -> Violation:
    start = span.start
    if start > document.body.span.start and document.text[start - 1] == "\\":
        start -= 1
    edit = Edit(Span(start, span.start + 1), "&lt;")
    return Violation("revealed", span, message, "Escape the `<`", (edit,))


def template_code(document: Document) -> Iterator[Violation]:
    """Template code that reaches for the program that runs it, or that hides markup."""
    body = document.body
    for start, end in body.template_spans:
        if hits(body.code_spans, Span(start, end)):
            continue
        code = body.text[start:end]
        span = Span(body.span.start + start, body.span.start + end)
        edit = Edit(span, f"&#123;{code[1:]}")
        raw = _RAW_BLOCK.fullmatch(code)
        if raw and _is_active_article(raw[2]):
            inside = _OPENS_CODE.sub("&#123;", raw[2])
            message = "Raw block holds active markup"
            yield Violation("template", span, message, "Drop its tags", (Edit(span, inside),))
        elif _hides_markup(code):
            yield Violation(
                "template", span, "Template code holds active markup", "Escape the brace", (edit,)
            )
        elif _ESCAPES.search(code):
            message = "Template code reaches for the program that runs it"
            yield Violation("template", span, message, "Escape the brace", (edit,), Applicability.UNSAFE)


def _is_active_article(text: str) -> bool:
    """Whether a text, read as an article, holds anything active outside of code."""
    html = Body(text, Span(0, len(text)), "article.md").html
    starts = (token for token in html.tokens if token.kind == "start")
    return any(_is_active(html, token.span, token.tag, ARTICLE) for token in starts)


def _hides_markup(code: str) -> bool:
    """Whether a browser would run something if no template engine took the code out."""
    if not _OPENS_TAG.search(code) or code.count("%}") > 1:  # a block of code shows its markup
        return False
    shortcode = _SHORTCODE.fullmatch(code)
    if shortcode and shortcode.group(1).lower() not in FORBIDDEN:
        return False
    # A Markdown reader that ends a tag at a blank line finds others than a reader of HTML.
    for part in (code, *_BEFORE_TAG.split(code)):
        inside = Html(part)
        starts = (token for token in inside.tokens if token.kind == "start")
        if any(_is_active(inside, token.span, token.tag, ARTICLE) for token in starts):
            return True
    return False


@lru_cache(maxsize=1)  # two rules ask
def characters(document: Document) -> tuple[Violation, ...]:
    """Bidirectional controls that turn the text around, and invisible characters in a row."""
    return tuple(_characters(document.body)) if _SUSPECT.search(document.body.text) else ()


def _characters(body: Body) -> Iterator[Violation]:
    text = body.text
    base = body.span.start
    if _BIDI.search(text):
        for place, end in _runs(_stray_controls(text)):
            span = Span(base + place, base + end)
            name = f"U+{ord(text[place]):04X}"
            yield Violation("bidi", span, f"Bidirectional control {name}", "Remove it", (Edit(span),))
    for match in _INVISIBLE.finditer(text):
        span = Span(base + match.start(), base + match.end())
        count = len(match.group())
        message = (
            f"{count} invisible character{'s' if count > 1 else ''}, U+{ord(match.group()[0]):04X} first"
        )
        # A parser reads U+0000 as U+FFFD; without either, what stands around it would meet.
        edit = Edit(span, "\ufffd" if match.group() == "\0" else "")
        yield Violation("invisible", span, message, "Remove them", (edit,))


def _stray_controls(text: str) -> set[int]:
    """The overrides, and the embeddings and isolates that are not closed in their line.

    In a text without right-to-left letters none has a use.
    """
    places = [match.start() for match in _BIDI.finditer(text)]
    if not _RIGHT_TO_LEFT.search(text):
        return set(places)
    stray: set[int] = set()
    opened: list[int] = []
    line_end = -1
    for place in places:
        if place > line_end:
            stray.update(opened)
            opened = []
            found = text.find("\n", place)
            line_end = len(text) if found == -1 else found
        character = text[place]
        if character in "\u202d\u202e":
            stray.add(place)
        elif character in "\u202a\u202b\u2066\u2067\u2068":
            opened.append(place)
        elif opened and (character == "\u202c") == (text[opened[-1]] in "\u202a\u202b"):
            opened.pop()
        else:
            stray.add(place)
    return stray | set(opened)


def _runs(places: set[int]) -> list[tuple[int, int]]:
    """The places as half-open ranges."""
    runs: list[tuple[int, int]] = []
    for place in sorted(places):
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs
