"""BP: boilerplate that needs more than a pack can say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.diagnostic import Diagnostic, Severity
from artlint.document import Document
from artlint.pattern_lazy import lazily
from artlint.rule import Check, Needs, bad, good
from artlint.source import Span

_ROOT = lazily(r"<html[\s>]", re.IGNORECASE)
_HEAD = lazily(r"<(?:title|meta|link|body)[\s>]", re.IGNORECASE)


class SavedWebPage(Check):
    """The file holds a whole web page (head, menus, scripts) and not an article.

    Which part of it is the article cannot be told from outside, so artlint trims nothing: take the
    article out of the page, or leave the file out of the check.
    """

    code = "BP001"
    name = "saved-web-page"
    summary = "Whole web page, not an article"
    severity = Severity.WARNING
    needs = Needs(("page",))
    examples = (
        bad(
            "⟦<html>⟧<head><title>News</title></head><body><nav>Menu</nav><p>One.</p></body></html>",
            path="article.html",
        ),
        bad("<!DOCTYPE html>\n⟦<html lang='en'>⟧<body>\n<p>One.</p>\n</body></html>\n"),
        good("<p>One.</p>"),
        good("<html><head><title>{{ page.title }}</title></head></html>", note="a layout of the site"),
        good("```html\n<html><body>\n```\n", note="a code sample"),
        good("# Title\n\nA page starts with `<html>` and `<body>`.\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        body = document.body
        if body.kind != "page" or body.template_spans:
            return
        root = _ROOT.search(body.text)
        if root and _HEAD.search(body.text, root.end()):
            start = body.span.start + root.start()
            end = document.text.find(">", start)
            yield self.at(Span(start, len(document.text) if end == -1 else end + 1))
