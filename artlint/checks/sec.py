"""SEC: safety. What a browser could run does not belong in an article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.diagnostic import Applicability, Diagnostic, Severity
from artlint.document import Document
from artlint.policy import ARTICLE
from artlint.rule import Check, attribute_cut, bad, fix, good, remove
from artlint.safety import ACTIVE


class ActiveElement(Check):
    """Scripts, forms and embedded objects run or submit something on the reader's page.

    artlint writes no file that still holds one. Taking it out may cost the article a player or a
    form, so a person should look first.
    """

    code = "SEC001"
    name = "active-element"
    summary = "Active element"
    severity = Severity.ERROR
    examples = (
        bad("<p>One.</p>⟦<script>alert(1)</script>⟧", fixed="<p>One.</p>"),
        bad('<p>One.</p>⟦<svg onload="x"></svg>⟧', fixed="<p>One.</p>"),
        bad('# Title\n\n⟦<object data="a.swf"></object>⟧\n', fixed="# Title\n\n\n"),
        good("<p>One.</p><pre>&lt;script&gt;</pre>"),
        good("# Title\n\n```html\n<script>alert(1)</script>\n```\n"),
    )
    inspects_code = False

    def check(self, document: Document) -> Iterator[Diagnostic]:
        end = -1
        for element in document.select(_ACTIVE_SELECTOR):
            if element.span.start < end:
                continue
            end = element.span.end
            message = f"Active element `<{element.tag}>`"
            yield self.at(element.span, message, fix("Remove it", remove(element), Applicability.UNSAFE))


class EventHandler(Check):
    """An attribute such as `onclick` is a script, also when it is empty."""

    code = "SEC002"
    name = "event-handler"
    summary = "Event handler attribute"
    severity = Severity.ERROR
    examples = (
        bad('<p ⟦onclick="x()"⟧>One.</p>', fixed="<p>One.</p>"),
        bad("Text <b ⟦ONMOUSEOVER⟧>bold</b>\n", fixed="Text <b>bold</b>\n"),
        good("<p>onclick=1</p>"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if "on" not in document.body.text.lower():
            return
        for element in document.body.html.elements:
            for name in element.attribute_names:
                if name.startswith("on"):
                    edit = attribute_cut(element, name, document.text)
                    span = element.attribute_span(name)
                    yield self.at(span, f"Event handler `{name}`", fix(f"Drop `{name}`", (edit,)))


class ScriptUrl(Check):
    """A link or source with a scheme outside the policy (`javascript:`, `data:`, …) can run a script.

    The link text stays; the address goes to the ledger.
    """

    code = "SEC003"
    name = "unsafe-url"
    summary = "URL with a scheme outside the policy"
    severity = Severity.ERROR
    examples = (
        bad('<p><a ⟦href="javascript:void(0)"⟧>More</a></p>', fixed="<p><a>More</a></p>"),
        bad('<p><a ⟦href=" Java&#10;Script:alert(1)"⟧>More</a></p>', fixed="<p><a>More</a></p>"),
        good('<p><a href="https://example.com/javascript:x">More</a></p>'),
        good('<p><a href="/a:b">More</a> <a href="mailto:a@example.com">mail</a></p>'),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for element in document.select("[href], [src], [poster], [cite], [data], [action], [srcset]"):
            for name in element.attribute_names:
                scheme = _scheme(element.attribute(name) or "") if name in _URL_ATTRIBUTES else ""
                if scheme and scheme not in ARTICLE.schemes:
                    edit = attribute_cut(element, name, document.text)
                    message = f"URL with the scheme `{scheme}:`"
                    yield self.at(element.attribute_span(name), message, fix(f"Drop `{name}`", (edit,)))


_ACTIVE_SELECTOR = ", ".join(sorted(ACTIVE - {"style", "link"})) + ", link:not([rel~=stylesheet])"
_URL_ATTRIBUTES = frozenset("href src poster cite data action".split())


def _scheme(url: str) -> str:
    """The scheme as a browser reads it: control characters and blanks do not count (URL Standard)."""
    url = re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]", "", url)
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", url)
    return found.group(1).lower() if found else ""
