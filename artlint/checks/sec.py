"""SEC: safety. What a browser could run in the markup, and elements that the policy does not allow."""

from __future__ import annotations

from collections.abc import Iterator

from artlint.diagnostic import Diagnostic, Fix, Severity
from artlint.document import Document
from artlint.rule import Check, Needs, bad, good
from artlint.safety_attributes import Violation
from artlint.safety_scan import kinds_of_violations, scan

_RUNS = ("active", "handler", "url")  # kinds of what a browser runs


class Violated(Check):
    """A rule that speaks of one kind of violation."""

    kind: str
    severity = Severity.ERROR
    inspects_code = True  # the scan reads a body without its code

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.is_site_page:
            return  # SEC020 speaks of it
        for violation in self.found(document):
            if violation.kind == self.kind:
                yield self.report(violation)

    def found(self, document: Document) -> Iterator[Violation]:
        raise NotImplementedError

    def report(self, violation: Violation) -> Diagnostic:
        if not violation.edits:
            return self.at(violation.span, violation.message)
        fix = Fix(violation.title, violation.edits, violation.applicability)
        return self.at(violation.span, violation.message, fix)


class Scanned(Violated):
    """A rule that speaks of one kind of what the scan finds."""

    @property
    def needs(self) -> Needs:
        return Needs(signs=(self.kind,), read=kinds_of_violations)

    def found(self, document: Document) -> Iterator[Violation]:
        yield from scan(document)


class ActiveElement(Scanned):
    """Scripts, forms, frames and drawings run, submit or embed something on the reader's page.

    What a reader does not see goes as a whole; the text in a form stays, without the form, and a formula
    becomes one line of text (`1/2`, `x^2`). A frame of a known media host becomes a link to what it shows
    (`preset = "embeds"` keeps it), and the pictures that only `<noscript>` holds stay. A tag that nobody
    closes, so that it hides the rest of the article, is shown as text. In an HTML file with template code,
    or a whole page without front matter, they are the site's own (SEC020).
    """

    code = "SEC001"
    name = "active-element"
    summary = "Active element"
    kind = "active"
    examples = (
        bad("<p>One.</p>⟦<script>alert(1)</script>⟧", fixed="<p>One.</p>"),
        bad('<p>One.</p>⟦<svg onload="x"></svg>⟧', fixed="<p>One.</p>"),
        bad("<p>One.</p>⟦<form><p>Two.</p></form>⟧", fixed="<p>One.</p> <p>Two.</p>"),
        bad('# Title\n\n⟦<object data="a.swf"></object>⟧\n', fixed="# Title\n\n"),
        bad("Text\n\n⟦<form>\n<p>One.</p>\n</form>⟧\n", fixed="Text\n\n<div>\n<p>One.</p>\n</div>\n"),
        bad("<p>One.</p>⟦<noscript><p>Two.</p></noscript>⟧", fixed="<p>One.</p>"),
        bad(
            '<p>One.</p>⟦<noscript>Two <img src="a.jpg" alt="A"></noscript>⟧',
            fixed='<p>One.</p><img src="a.jpg" alt="A">',
        ),
        bad("<p>⟦<textarea>a < b</textarea>⟧</p>", fixed="<p><pre>a &lt; b</pre></p>"),
        bad(
            '<p>⟦<iframe src="//player.vimeo.com/1"></iframe>⟧</p>',
            fixed='<p><a href="https://player.vimeo.com/1">https://player.vimeo.com/1</a></p>',
        ),
        bad(
            '<p>⟦<iframe data-src="//player.vimeo.com/1"></iframe>⟧</p>',
            fixed='<p><a href="https://player.vimeo.com/1">https://player.vimeo.com/1</a></p>',
        ),
        bad("<p>One⟦<button> </button>⟧two</p>", fixed="<p>One two</p>"),
        bad(
            "<p>⟦<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>⟧</p>",
            fixed="<p>1/2</p>",
            note="without its tags a half would be twelve",
        ),
        bad("<p>1 <⟦<svg></svg>⟧b>2</p>", fixed="<p>1 &lt;b>2</p>", note="nothing joins across the gap"),
        good("<p>One.</p><pre>&lt;script&gt;</pre>"),
        good("# Title\n\n```html\n<script>alert(1)</script>\n```\n"),
    )


class UnlistedElement(Scanned):
    """The policy does not know this element; a theme or a script of the page may.

    Its text stays. What an author typed in Markdown and HTML does not know (`List<T>`) is shown as
    text, and so is a comparison (`x<b or y>c`) that would make a tag: as markup no reader would see it.
    """

    code = "SEC004"
    name = "unlisted-element"
    summary = "Element outside the policy"
    severity = Severity.WARNING
    kind = "element"
    examples = (
        bad("<p>⟦<o:p>One.</o:p>⟧</p>", fixed="<p>One.</p>"),
        bad('<p>⟦<amp-img src="a.jpg">⟧</amp-img></p>', fixed='<p><img src="a.jpg"></p>'),
        bad("<p>One.⟦</custom-card>⟧</p>", fixed="<p>One.</p>"),
        bad("Write ⟦<your-name>⟧ here\n", fixed="Write &lt;your-name> here\n"),
        bad("A List⟦<T>⟧ here\n", fixed="A List&lt;T> here\n"),
        bad("If x⟦<b or y>⟧c then\n", fixed="If x&lt;b or y>c then\n"),
        bad("<p>If x⟦<foo and y>⟧c then</p>", fixed="<p>If x&lt;foo and y>c then</p>"),
        good("Text List&lt;T> and `List<T>` and <https://example.com>\n"),
    )


class BrokenComment(Scanned):
    """A comment that not every reader ends at the same place can let out what it holds.

    So can conditional comments, doctypes, processing instructions and CDATA inside an article.
    """

    code = "SEC009"
    name = "broken-comment"
    summary = "Comment or declaration that readers disagree on"
    severity = Severity.WARNING
    kind = "comment"
    examples = (
        bad("<p>One.</p>⟦<!--[if IE]><p>Two.</p><![endif]-->⟧", fixed="<p>One.</p>"),
        bad("<p>One.</p>⟦<!-- a --!>⟧<p>Two.</p>", fixed="<p>One.</p><p>Two.</p>"),
        bad("<p>One.</p>⟦<?php x() ?>⟧", fixed="<p>One.</p>"),
        good("<p>One.</p><!-- more -->"),
    )


class UnfinishedMarkup(Scanned):
    """A tag or comment that the article does not finish swallows what the theme writes next.

    A tag that is not finished before the next one starts is read by each Markdown reader in its own way.
    """

    code = "SEC010"
    name = "unfinished-markup"
    summary = "Markup is not finished"
    kind = "unfinished"
    examples = (
        bad("<p>One.</p>\n⟦<!-- Two.\n⟧", fixed="<p>One.</p>\n<!-- Two.\n-->\n", path="a.html"),
        bad('<p>One.</p>⟦<a href="x⟧', fixed='<p>One.</p>&lt;a href="x', path="a.html"),
        bad('Text <b ⟦title="a<i>"⟧>bold</b>\n', fixed='Text <b title="a&lt;i>">bold</b>\n'),
        good("<p>One &lt;a</p>", path="a.html"),
        good("Text a <b\n"),
    )


class SiteCode(Check):
    """A layout, a feed or a page with code of the site may run scripts: artlint never changes them.

    It says so once a file, at the first place that a browser would run, so that nobody takes the
    file for a cleaned article. Ignore it for the folders of your theme.
    """

    code = "SEC020"
    name = "site-code"
    summary = "Page of the site is not cleaned"
    severity = Severity.NOTE
    inspects_code = True
    needs = Needs(signs=_RUNS, read=kinds_of_violations)
    examples = (
        bad("---\ntitle: A\n---\n<p>{{ a }}</p>⟦<script>b()</script>⟧", path="_includes/share.html"),
        good("<p>{{ content }}</p>", path="_layouts/post.html"),
        good("<p>One.</p>", path="_includes/note.html"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if not document.is_site_page:
            return
        found = sorted((violation for violation in scan(document) if violation.kind in _RUNS), key=_end)
        if found:
            more = f" and {len(found) - 1} more" if len(found) > 1 else ""
            message = f"{found[0].message}{more}: stays, as this is a page of the site"
            yield self.at(found[0].span, message)


def _end(violation: Violation) -> int:
    """What ends first lies innermost: a script rather than the whole page."""
    return violation.span.end
