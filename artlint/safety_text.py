"""Dangers in the text of a body: markup that only some readers see, and template code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.diagnostic import Applicability, Edit, apply_edits
from artlint.document import Body, Document
from artlint.document.attributes import attributes
from artlint.document.character_references import unescape
from artlint.document.elements import KNOWN
from artlint.document.html import Html
from artlint.document.masking import (
    RAW_TAG,
    bare_name,
    hits,
    is_code_block,
    mask_markup,
    merge,
    without_filler,
)
from artlint.document.plain import PLAIN_TAG
from artlint.document.tokens import Token
from artlint.pattern_lazy import lazily
from artlint.policy import (
    ACTIVE_ATTRIBUTES,
    ARTICLE,
    FORBIDDEN,
    SCRIPT_SCHEMES,
    URL_ATTRIBUTES,
    Policy,
    is_script,
    schemes_of,
)
from artlint.safety_attributes import Violation
from artlint.safety_characters import characters
from artlint.safety_edits import cut_tag
from artlint.safety_markdown import has_suspicious_url, without_brackets
from artlint.safety_scan import is_pseudo, scan
from artlint.source import Span

# What stands in an autolink: a scheme, or a whole address of mail.
_ADDRESS = lazily(r"([a-z][a-z0-9.+-]{1,31}):|[a-z0-9._+-]+@[a-z0-9.-]+(?=>|\Z)", re.IGNORECASE)
_SHORTCODE = lazily(r"\{\{[<%]\s*/?\s*([\w./-]+)[^<]*[>%]\}\}")  # Hugo's
# What a template engine passes on as it is.
_RAW_BLOCK = lazily(r"\{%-?\s*(raw|verbatim)\s*-?%\}(.*)\{%-?\s*end\1\s*-?%\}", re.DOTALL)
# What one engine takes out, and another, which does not know it, leaves in.
_COMMENT = lazily(r"\{%-?\s*comment\b[^%]*%\}(.*)\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
_MAY_HIDE = lazily(r"<|\]\(|`|~~~")
_MARKS_CODE = lazily(r"`|~~~")
_OPENS_CODE = lazily(r"\{(?=[{%#])")
_BEFORE_TAG = lazily(r"(?=<[A-Za-z])")
_OPENS_TAG = lazily(r"<[A-Za-z/!?]")
_NAME = lazily(r"[A-Za-z][^\s/>]*")
# A URL that runs, where a template tag puts it into a link or frame; not prose (`JavaScript: a book`).
# To fold the case of a range takes longer to compile than to check an article.
SCRIPT = r"(?:java|vb)script\s*:(?-i:[^\s\u2e80-\uffef])"
_RUNS = lazily(rf"(?i){SCRIPT}|data:text/html")
# What takes a template engine from the article to the program that runs it.
_ESCAPES = lazily(
    r"[.\['\"]constructor\b|__[a-z]+__|\.prototype\b|\bprocess\.(?=\w)|\brequire\s*\(|\bglobalThis\b|\bimport\s*\(|\beval\s*\("
    r"|\bmainModule\b|\bchild_process\b|\bsubprocess\b|\bpopen\b|\bos\.system\b",
)


def revealed_markup(document: Document) -> Iterator[Violation]:
    """Text of a Markdown body that a reader of HTML would take for markup outside the policy.

    CommonMark reads it as text; another Markdown, a feed reader or an excerpt may not.
    """
    body, policy = document.body, document.settings.policy
    if body.kind != "markdown" or body.text.count("<") == body.masked.count("<"):
        return
    base = body.span.start
    code = body.code_spans
    if scan(document) or characters(document):
        yield from _all_as_text(document)
        return
    loose = Html(mask_markup(body.without_templates, code), base)
    known = {token.span.start for token in body.tokens if token.kind != "text"}
    end = base
    for token in loose.tokens:
        end = token.span.end
        if token.kind != "start" or token.span.start in known:
            continue
        if _is_active(loose, token.span, token.tag, policy) or _is_unlisted(loose, token, policy):
            yield _as_revealed(document, token.span, token.tag)
            yield from _inside(document, token.span)
    rest = Span(end, body.span.end)
    if _OPENS_TAG.match(document.text, *rest) and body.tokens and body.tokens[-1].span.end == body.span.end:
        yield _as_text(document, rest, "Tag in the text is not finished")
        yield from _inside(document, rest)


def _inside(document: Document, tag: Span) -> Iterator[Violation]:
    """What becomes a tag as well when the `<` of the one around it is text."""
    body = document.body
    hidden = merge([*body.code_spans, *body.template_spans])
    finished = document.text.rfind(">", *tag)  # behind it no tag is
    for match in _OPENS_TAG.finditer(document.text, tag.start + 1, tag.end):
        start = match.start() - body.span.start
        if body.masked[start] == "<" or hits(hidden, Span(start, start + 1)):
            continue
        name = _NAME.match(document.text, match.start() + 1)
        if name is None:
            continue
        place = Span(match.start(), tag.end)
        if match.start() > finished:
            yield _as_text(document, place, "Tag in the text is not finished")
        elif name[0].lower() not in document.settings.policy.elements and not _ADDRESS.match(name[0]):
            yield _as_revealed(document, place, name[0])


def _as_revealed(document: Document, span: Span, tag: str) -> Violation:
    return _as_text(document, span, f"`<{tag[:20]}>` in the text is markup to some readers")


def _all_as_text(document: Document) -> Iterator[Violation]:
    """Every `<` of the text that could open a tag, where something else goes.

    What meets across the gap must not become markup.
    """
    body = document.body
    hidden = merge([*body.code_spans, *body.template_spans])
    for match in _OPENS_TAG.finditer(body.text):
        start = match.start()
        if body.masked[start] == "<" or _is_address(body.text, document.settings.policy, start + 1):
            continue
        if not hits(hidden, Span(start, match.end())):
            place = Span(body.span.start + start, body.span.start + match.end())
            yield _as_text(document, place, "Text looks like markup")


def _is_active(loose: Html, span: Span, tag: str, policy: Policy) -> bool:
    is_named = tag in policy.elements or tag in KNOWN or is_pseudo(tag)
    if not is_named and not _is_address(tag, policy):
        return True
    return runs_something(loose, span, tag, policy)


def runs_something(loose: Html, span: Span, tag: str, policy: Policy) -> bool:
    """Whether a start tag or one of its attributes runs, loads or embeds something."""
    return tag in FORBIDDEN or tag == "iframe" or any(_active_attributes(loose, span, tag, policy))


def _active_attributes(loose: Html, span: Span, tag: str, policy: Policy) -> Iterator[str]:
    for written, value, _ in attributes(loose.text, span, loose.base):
        name = without_filler(written)
        is_url = name in URL_ATTRIBUTES
        if name == "style" or _runs(name, value) or (is_url and not policy.allows_url(tag, name, value)):
            yield name


def _active_names(markup: Html, token: Token) -> set[str]:
    """What is active about a start tag: names of its attributes, its own."""
    return {token.tag, *_active_attributes(markup, token.span, token.tag, ARTICLE)}


def _runs(name: str, value: str) -> bool:
    """Whether an attribute runs a script on some element."""
    if name.startswith("on") or name == "srcdoc":
        return True
    return name in ACTIVE_ATTRIBUTES and not SCRIPT_SCHEMES.isdisjoint(schemes_of(value))


def _is_unlisted(loose: Html, token: Token, policy: Policy) -> bool:
    """Whether a start tag or one of its attributes is outside the policy; an autolink is no tag."""
    tag = bare_name(token.tag)
    if tag not in policy.elements:
        return not _is_address(tag, policy)
    names = (name for name, _, _ in attributes(loose.text, token.span, loose.base))
    return any(bare_name(name) == name and not policy.allows_attribute(tag, name) for name in names)


def _is_address(text: str, policy: Policy, start: int = 0) -> bool:
    """Whether the name of a tag, or what stands behind a `<`, begins as an autolink of the policy does."""
    found = _ADDRESS.match(text, start)
    return found is not None and (not found[1] or found[1].lower() in policy.schemes)


def _as_text(document: Document, span: Span, message: str) -> Violation:
    start = span.start
    link = without_brackets(document).get(start)
    if link is not None:
        return Violation("revealed", span, message, "Write the URL without `<`", (link,))
    if start > document.body.span.start and document.text[start - 1] == "\\":
        start -= 1
    edit = Edit(Span(start, span.start + 1), "&lt;")
    return Violation("revealed", span, message, "Escape the `<`", (edit,))


def template_code(document: Document) -> Iterator[Violation]:
    """Template code that reaches for the program that runs it, or that hides markup."""
    body = document.body
    live, is_code_moved = _places_alive(body) if body.template_spans else ([], False)
    for start, end in body.template_spans:
        place, code = Span(start, end), body.text[start:end]
        span = Span(body.span.start + start, body.span.start + end)
        is_alive, is_sample = hits(live, place), hits(body.code_spans, place)
        edit = Edit(span, f"&#123;{code[1:]}")
        raw = _RAW_BLOCK.fullmatch(code)
        if raw and is_alive:
            inside = _OPENS_CODE.sub("&#123;", raw[2])
            message = "Raw block holds active markup"
            yield Violation("template", span, message, "Drop its tags", (Edit(span, inside),))
        elif is_code_moved and raw and _MARKS_CODE.search(raw[2]):
            message = "Raw block holds one end of a code sample: what follows is active markup"
            drop = Edit(span, raw[2])  # what is code would change places, so a person has to do it
            yield Violation("template", span, message, "Drop its tags", (drop,), Applicability.DISPLAY)
        elif is_alive and _COMMENT.fullmatch(code):
            cut = cut_tag(document.text, span, "", body.kind == "markdown")
            message = "Template comment holds active markup"
            yield Violation("template", span, message, "Remove it", (cut,))
        elif (is_alive and not is_code_block(code)) or (not is_sample and _hides_markup(code)):
            yield Violation(
                "template", span, "Template code holds active markup", "Escape the brace", (edit,)
            )
        elif not is_sample and _RUNS.search(unescape(code)) and not is_code_block(code):
            message = "Template code holds a URL that runs a script"
            yield Violation("template", span, message, "Escape the brace", (edit,))
        elif not is_sample and _ESCAPES.search(code):
            message = "Template code reaches for the program that runs it"
            yield Violation("template", span, message, "Escape the brace", (edit,), Applicability.UNSAFE)


def _places_alive(body: Body) -> tuple[list[Span], bool]:
    """Where something active stands to a reader who knows no template code, or who drops the tags of raw.

    Template code may hold one end of a code sample, so that what follows is code to some readers only: the
    second value says whether something active is code as long as the tags of raw are there.
    """
    if not any(_MAY_HIDE.search(body.text, start, end) for start, end in body.template_spans):
        return [], False
    cuts = [Edit(Span(*tag.span())) for tag in RAW_TAG.finditer(body.text)]
    if not cuts:
        return (merge(list(_active_places(body.text, body))) if _may_reach_code(body) else []), False
    from artlint.moves import Moves  # most articles hold no template code

    moves = Moves(cuts)
    dropped = [
        Span(moves.back(start), moves.back(end))
        for start, end in _active_places(apply_edits(body.text, cuts), body)
    ]
    is_code_moved = any(hits(body.code_spans, place) for place in dropped)
    return merge([*_active_places(body.text, body), *dropped]), is_code_moved


def _may_reach_code(body: Body) -> bool:
    """The cheap question whether a start tag or a link that runs may share a place with template code.

    A tag of one line ends where it seems to, whatever of the text around it is code.
    """
    for opening in _BEFORE_TAG.finditer(body.text):
        tag = PLAIN_TAG.match(body.text, opening.start())
        is_apart = tag and "\n" not in tag[0] and not hits(body.template_spans, Span(*tag.span()))
        if not is_apart and not _is_shortcode(body.text, opening.start()):
            return True
    return body.may_be_markdown and has_suspicious_url(body.text, ARTICLE)


def _is_shortcode(text: str, start: int) -> bool:
    """Whether the `<` of what looks like a tag is that of a shortcode."""
    return text.startswith("{{", start - 2) and _SHORTCODE.match(text, start - 2) is not None


def _active_places(text: str, body: Body) -> Iterator[Span]:
    """The active start tags and links of a text of the same kind as the body, read as it stands.

    Not those that are as active with their template code taken out: other rules speak of them.
    """
    markup = Body(text, Span(0, len(text)), "", is_html=body.kind != "markdown")
    markup.template_spans = []
    base = body.span.start
    known = {token.span.start - base: token for token in body.tokens if token.kind == "start"}
    for token in markup.html.tokens:
        start = token.span.start
        if (
            token.kind != "start"
            or _is_shortcode(text, start)
            or not _is_active(markup.html, token.span, token.tag, ARTICLE)
        ):
            continue
        same = known.get(start) if text == body.text else None
        if same is None or not _active_names(markup.html, token) <= _active_names(body.html, same):
            yield token.span
    if body.may_be_markdown:
        from artlint.document.markdown import markdown_links  # HTML does without its reader

        yield from (link.span for link in markdown_links(text) if is_script(link.url))


def _hides_markup(code: str) -> bool:
    """Whether a browser would run something if no template engine took the code out."""
    if not _OPENS_TAG.search(code) or is_code_block(code):  # a block of code shows its markup
        return False
    shortcode = _SHORTCODE.fullmatch(code)
    if shortcode and shortcode.group(1).lower() not in FORBIDDEN:
        tag = Html(code)  # who does not know shortcodes takes `{{<name …>}}` for one
        starts = (token for token in tag.tokens if token.kind == "start")
        return any(_runs(name, value) for token in starts for name, value, _ in attributes(code, token.span))
    # A Markdown reader that ends a tag at a blank line finds others than a reader of HTML.
    for part in (code, *_BEFORE_TAG.split(code)):
        inside = Html(part)
        starts = (token for token in inside.tokens if token.kind == "start")
        if any(_is_active(inside, token.span, token.tag, ARTICLE) for token in starts):
            return True
    return False
