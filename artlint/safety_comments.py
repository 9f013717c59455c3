"""Comments that some readers end elsewhere, and tags that the end of a body leaves unfinished."""

from __future__ import annotations

from collections.abc import Iterator

from artlint.diagnostic import Edit
from artlint.document import Body, Document
from artlint.document.tokens import Token
from artlint.document.versions import is_disputed
from artlint.safety_attributes import Violation
from artlint.safety_edits import cut_tag
from artlint.source import Span


def comment_violations(document: Document, token: Token) -> Iterator[Violation]:
    """What is wrong with a comment, or with other markup that is no tag (a doctype)."""
    body, text = document.body, document.text[token.span.start : token.span.end]
    is_markdown = body.kind == "markdown"
    message = "Comment ends in another place for some readers"
    if not text.startswith("<!--"):
        is_doctype = text[:9].lower() == "<!doctype"
        message = "Doctype" if is_doctype else f"`{text[:12]}` is not markup of HTML"
    elif text.endswith("-->"):
        inside = text[4:-3]
        if not (_is_ambiguous(inside) or ("<" in inside and _may_open_comments(body))):
            return
    elif token.span.end == body.span.end and not text.endswith("--!>"):
        edit = Edit(Span(token.span.end, token.span.end), "-->\n")
        if is_markdown and "-->" in text:  # it closes in what Markdown reads as text
            edit = Edit(token.span, f"&lt;{text[1:]}")
        yield Violation("unfinished", token.span, "Comment is not closed", "Close it", (edit,))
        return
    edit = cut_tag(document.text, token.span, "", is_markdown)
    yield Violation("comment", token.span, message, "Remove it", (edit,))


def end_of_body(document: Document) -> Iterator[Violation]:
    """A tag that is not finished would swallow what the theme writes next."""
    body = document.body
    start = body.tokens[-1].span.end if body.tokens else body.span.start
    rest = document.text[start : body.span.end]
    if not rest.strip():
        return
    span = Span(start, body.span.end)
    if rest.startswith("</>"):
        yield Violation("unfinished", span, "`</>` is no tag", "Remove it", (Edit(span),))
    elif rest.startswith("<"):
        edit = Edit(span, f"&lt;{rest[1:]}")
        yield Violation("unfinished", span, "Tag is not finished", "Show it as text", (edit,))


def _may_open_comments(body: Body) -> bool:
    """Whether versions of Markdown disagree on where blocks end, so that a comment may be text to some."""
    return body.may_be_markdown and "<!--" in body.text and is_disputed(body.text)


def _is_ambiguous(comment: str) -> bool:
    """Whether the inside of a comment breaks the HTML Standard's rules for one (section 13.1.6)."""
    if comment.startswith((">", "->", "[if", "[endif")) or comment.endswith("-"):
        return True
    return any(mark in comment for mark in ("<!--", "-->", "--!>"))
