"""SEC: safety. What a browser could run, and what the policy does not allow, in the markup."""

from __future__ import annotations

from collections.abc import Iterator

from artlint.diagnostic import Diagnostic, Fix, Severity
from artlint.document import Document
from artlint.rule import Check, Stage, bad, good
from artlint.safety_attributes import Violation
from artlint.safety_scan import scan


class _Scanned(Check):
    """A rule that speaks of one kind of what the scan finds."""

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
        yield from scan(document)

    def report(self, violation: Violation) -> Diagnostic:
        if not violation.edits:
            return self.at(violation.span, violation.message)
        fix = Fix(violation.title, violation.edits, violation.applicability)
        return self.at(violation.span, violation.message, fix)


class ActiveElement(_Scanned):
    """Scripts, forms, frames and drawings run, submit or embed something on the reader's page.

    What a reader does not see goes as a whole; the text in a form stays, without the form. A frame of
    a known media host becomes a link to what it shows (`preset = "embeds"` keeps it). In an HTML file
    with template code, or a whole page without front matter, they are the site's own (SEC020).
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
        bad("<p>⟦<textarea>a < b</textarea>⟧</p>", fixed="<p><pre>a &lt; b</pre></p>"),
        bad(
            '<p>⟦<iframe src="//player.vimeo.com/1"></iframe>⟧</p>',
            fixed='<p><a href="https://player.vimeo.com/1">https://player.vimeo.com/1</a></p>',
        ),
        bad("<p>1 <⟦<svg></svg>⟧b>2</p>", fixed="<p>1 &lt;b>2</p>", note="nothing joins across the gap"),
        good("<p>One.</p><pre>&lt;script&gt;</pre>"),
        good("# Title\n\n```html\n<script>alert(1)</script>\n```\n"),
    )


class EventHandler(_Scanned):
    """An attribute such as `onclick` is a script, also when it is empty."""

    code = "SEC002"
    name = "event-handler"
    summary = "Event handler attribute"
    kind = "handler"
    examples = (
        bad('<p ⟦onclick="x()"⟧>One.</p>', fixed="<p>One.</p>"),
        bad("Text <b ⟦ONMOUSEOVER⟧>bold</b>\n", fixed="Text <b>bold</b>\n"),
        bad('<p>One.</p><td ⟦onclick="x()"⟧>Two.', fixed="<p>One.</p><td>Two.", note="no table around it"),
        bad('<p><img alt="A"⟦onerror=x()⟧ src="a.png"></p>', fixed='<p><img alt="A" src="a.png"></p>'),
        good("<p>onclick=1</p>"),
    )


class ScriptUrl(_Scanned):
    """A link or source with a scheme outside the policy (`javascript:`, `data:`, …) can run a script.

    Read as a browser reads it, and once more as one that is fooled: without control characters,
    blanks and invisible characters, with full-width letters folded. The link text stays; the address
    goes to the ledger. A raster image in a `data:` URL may stay.
    """

    code = "SEC003"
    name = "unsafe-url"
    summary = "URL with a scheme outside the policy"
    kind = "url"
    examples = (
        bad('<p><a ⟦href="javascript:void(0)"⟧>More</a></p>', fixed="<p><a>More</a></p>"),
        bad('<p><a ⟦href=" Java&#10;Script:alert(1)"⟧>More</a></p>', fixed="<p><a>More</a></p>"),
        bad("<p><a ⟦href=javascript:123⟧>More</a></p>", fixed="<p><a>More</a></p>"),
        bad('<p><a ⟦href="ｊａｖａｓｃｒｉｐｔ：x()"⟧>More</a></p>', fixed="<p><a>More</a></p>"),
        good('<p><a href="https://example.com/javascript:x">More</a></p>'),
        good('<p><a href="/a:b">More</a> <a href="mailto:a@example.com">mail</a></p>'),
        good('<p><img alt="" src="data:image/png;base64,aaaa"></p>'),
    )


class UnlistedElement(_Scanned):
    """The policy does not know this element; a theme or a script of the page may.

    Its text stays. What an author typed in Markdown and HTML does not know (`List<T>`) is shown as
    text: as markup no reader would see it.
    """

    code = "SEC004"
    name = "unlisted-element"
    summary = "Element outside the policy"
    severity = Severity.WARNING
    kind = "element"
    examples = (
        bad("<p>⟦<o:p>One.</o:p>⟧</p>", fixed="<p>One.</p>"),
        bad("<p>One.⟦</custom-card>⟧</p>", fixed="<p>One.</p>"),
        bad("Write ⟦<your-name>⟧ here\n", fixed="Write &lt;your-name> here\n"),
        bad("A List⟦<T>⟧ here\n", fixed="A List&lt;T> here\n"),
        good("Text List&lt;T> and `List<T>` and <https://example.com>\n"),
    )


class ActiveAttribute(_Scanned):
    """An attribute outside the policy with which a browser loads, submits or restyles something."""

    code = "SEC005"
    name = "active-attribute"
    summary = "Active attribute outside the policy"
    kind = "attribute"
    examples = (
        bad(
            '<table ⟦background="a.png"⟧><tr><td>1</td></tr></table>',
            fixed="<table><tr><td>1</td></tr></table>",
        ),
        bad('Text <a href="/x" ⟦ping="/y"⟧>more</a>\n', fixed='Text <a href="/x">more</a>\n'),
        good('<p><a href="/x" rel="nofollow">One</a></p>'),
    )


class UnlistedAttribute(_Scanned):
    """The policy does not know this attribute. A browser does nothing with it; a script may."""

    code = "SEC006"
    name = "unlisted-attribute"
    summary = "Attribute outside the policy"
    severity = Severity.NOTE
    stage = Stage.FORMAT
    kind = "unlisted"
    examples = (
        bad('<p><img ⟦cms-width="300"⟧ src="a.png"></p>', fixed='<p><img src="a.png"></p>'),
        bad("Text <b ⟦unselectable⟧>bold</b>\n", fixed="Text <b>bold</b>\n"),
        bad(
            '<p><a href="/x" ⟦rel="nofollow y"⟧>One</a></p>',
            fixed='<p><a href="/x" rel="nofollow">One</a></p>',
        ),
        good('<p><img data-width="300" src="a.png"></p>'),
    )


class UnsafeStyle(_Scanned):
    """A style can cover the page, load files and hide text; the policy names the properties it may set.

    The presets name none (`css-properties` in the policy).
    """

    code = "SEC007"
    name = "unsafe-style"
    summary = "Inline style outside the policy"
    severity = Severity.WARNING
    stage = Stage.FORMAT
    kind = "style"
    examples = (
        bad('<p ⟦style="position:fixed"⟧>One.</p>', fixed="<p>One.</p>"),
        bad('Text <b ⟦style="background:url(//x)"⟧>bold</b>\n', fixed="Text <b>bold</b>\n"),
        bad('Text <b ⟦style="color:red; display: none"⟧>bold</b>\n', fixed="Text <b hidden>bold</b>\n"),
        good("<p>style=1</p>"),
    )


class DuplicateAttribute(_Scanned):
    """A browser takes the first of two attributes with one name, another reader the last."""

    code = "SEC008"
    name = "duplicate-attribute"
    summary = "Attribute stands twice"
    kind = "duplicate"
    examples = (
        bad('<p><a href="/x" ⟦href="/y"⟧>One</a></p>', fixed='<p><a href="/x">One</a></p>'),
        good('<p><a href="/x">One</a><a href="/y">Two</a></p>'),
    )


class BrokenComment(_Scanned):
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


class UnfinishedMarkup(_Scanned):
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


class HiddenText(_Scanned):
    """Readers do not see the text of this element; search engines and programs do."""

    code = "SEC012"
    name = "hidden-text"
    summary = "Hidden text"
    severity = Severity.WARNING
    kind = "hidden"
    examples = (
        bad("<p ⟦hidden⟧>One.</p>"),
        good("<p>hidden</p>"),
    )


class ClobberingName(_Scanned):
    """An element with this `id` or `name` takes the place of a property that scripts of the page use."""

    code = "SEC013"
    name = "clobbering-name"
    summary = "Name of an element hides a property of the document"
    kind = "clobber"
    examples = (
        bad('<p><img alt="" ⟦name="cookie"⟧ src="a.png"></p>', fixed='<p><img alt="" src="a.png"></p>'),
        good('<h2 id="cookies">Cookies</h2>'),
    )


class WindowOpener(_Scanned):
    """A page that a link opens in a window of its own may send the article's page elsewhere.

    `rel="noopener"` forbids it. Browsers since 2021 do so by themselves for `_blank`, not for named
    windows. Unsafe: a few sites, such as those with a window to sign in, mean it to be steered.
    """

    code = "SEC019"
    name = "window-opener"
    summary = "Link opens a window that may steer this page"
    severity = Severity.NOTE
    stage = Stage.FORMAT  # in an HTML body the attribute may go
    kind = "opener"
    examples = (
        bad(
            'Text <a href="/x" ⟦target="_blank"⟧>one</a>\n',
            fixed='Text <a href="/x" target="_blank" rel="noopener">one</a>\n',
        ),
        bad(
            '<p><a href="/x" rel=nofollow ⟦target=new⟧>One</a></p>',
            fixed='<p><a href="/x" rel="nofollow noopener" target=new>One</a></p>',
        ),
        good(
            '<p><a href="/x" target="_blank" rel="noreferrer">One</a> <a href="/x" target="_top">Two</a></p>'
        ),
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


_RUNS = ("active", "handler", "url")


def _end(violation: Violation) -> int:
    """What ends first lies innermost: a script rather than the whole page."""
    return violation.span.end
