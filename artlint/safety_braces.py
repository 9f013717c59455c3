"""Dangers in braces: attributes that a Markdown program puts on the element beside them.

kramdown writes `{: onclick="x()"}`, Pandoc, markdown-it and others `{onclick="x()"}`; each ends the braces
in its own way. So what looks like one is removed, and what only might be one loses its opening brace.
"""

from __future__ import annotations

from collections.abc import Iterator

from artlint.diagnostic import Edit
from artlint.document import Body, Document
from artlint.document.masking import mask_all, merge
from artlint.pattern_lazy import lazily
from artlint.safety_attributes import Violation
from artlint.source import Span

_LIST = lazily(r"\{:[^{}\n]{0,2000}\}")
_ACTIVE_LIST = lazily(r"(?i)[\s:](?:on[a-z]+|style|srcdoc|formaction)\s*=|(?:javascript|vbscript|data)\s*:")
# A brace, the end of a paragraph, or what makes a list active; a word such as `once =` is none.
_PART = lazily(
    r"(?i)(?P<brace>\{)|(?P<end>\n[ \t]*\n)|=\s*[\"']?\s*(?:javascript|vbscript)\s*:"
    r"|(?<![\w-])(?:on(?!(?:e|ce|ly|to|line)\b)[a-z]{3,}|srcdoc|formaction)\s*="
)
# What kramdown reads as its own options: since 2.3.0 an article may set these no more.
_OPTIONS = lazily(r"\{(?=::options\s[^}]{0,2000}?\b(?:template|syntax_highlighter_opts)\s*=)")
# Pandoc passes code with this behind it on as markup.
_RAW = lazily(r"(?i)\{[ \t]*=[ \t]*html\w*[ \t]*\}")
_FENCE = lazily(r"(?:`{3,}|~{3,})[ \t]*\Z")


def attribute_lists(document: Document) -> Iterator[Violation]:
    """Attribute lists that set a script or a style, and code that Pandoc takes for markup."""
    body = document.body
    if "{" not in body.text or not body.may_be_markdown:
        return
    base = body.span.start
    # Code is blank here, so that no brace in it counts.
    text = mask_all(body.text, merge([*body.code_spans, *body.template_spans]))
    lists = [Span(*match.span()) for match in _LIST.finditer(text) if _ACTIVE_LIST.search(match.group())]
    for start, end in lists:
        span = Span(base + start, base + end)
        message = "Attribute list sets a script or style"
        yield Violation("attribute", span, message, "Remove it", (Edit(span),))
    if body.kind != "markdown":
        return
    for places, end in _active_braces(mask_all(text, merge([*lists, *body.markdown.html]))):
        span = Span(base + places[0], base + end)
        edits = tuple(_escaped(document.text, base + place) for place in places)
        message = "Some Markdown programs read an attribute list that sets a script"
        yield Violation("attribute", span, message, "Escape the brace", edits)
    yield from _raw_attributes(body)


def _active_braces(text: str) -> Iterator[tuple[list[int], int]]:
    """The braces of a paragraph that stand open before something active, and where that ends."""
    last = text.rfind("}")
    opened: list[int] = [match.start() for match in _OPTIONS.finditer(text)]
    if opened:
        yield opened, opened[-1] + 1
    known, opened = set(opened), []
    for match in _PART.finditer(text, 0, max(last, 0)):
        if match["brace"]:
            opened.append(match.start())
        elif match["end"]:
            opened = []
        elif places := [place for place in opened if place not in known]:
            yield places, match.end()
            opened = []


def _escaped(text: str, place: int) -> Edit:
    """The edit that writes a brace as a reference, in the place of a backslash before it, if any."""
    before = text[max(0, place - 40) : place]
    slashes = len(before) - len(before.rstrip("\\"))
    return Edit(Span(place - slashes % 2, place + 1), "&#123;")


def _raw_attributes(body: Body) -> Iterator[Violation]:
    if "=" not in body.text or not body.code_spans:
        return
    starts, ends = {code.start for code in body.code_spans}, {code.end for code in body.code_spans}
    for match in _RAW.finditer(body.text):
        line = body.text.rfind("\n", 0, match.start()) + 1
        fence = _FENCE.search(body.text, line, match.start())
        if match.start() in ends or (fence and fence.start() in starts):
            span = Span(body.span.start + match.start(), body.span.start + match.end())
            message = f"`{match.group()}` makes Pandoc pass the code on as markup"
            yield Violation("attribute", span, message, "Remove it", (Edit(span),))
