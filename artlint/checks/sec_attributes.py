"""SEC: safety. What the attributes of a tag run, load, restyle or hide."""

from __future__ import annotations

from artlint.checks.sec import Scanned
from artlint.diagnostic import Severity
from artlint.rule import Stage, bad, good


class EventHandler(Scanned):
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


class ScriptUrl(Scanned):
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


class ActiveAttribute(Scanned):
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


class UnlistedAttribute(Scanned):
    """The policy does not know this attribute. A browser does nothing with it; a script may.

    One with the only address of a picture or player gets a name that the policy allows (IMG001 off).
    """

    code = "SEC006"
    name = "unlisted-attribute"
    summary = "Attribute outside the policy"
    severity = Severity.NOTE
    stage = Stage.POLICY
    kind = "unlisted"
    examples = (
        bad('<p><img ⟦cms-width="300"⟧ src="a.png"></p>', fixed='<p><img src="a.png"></p>'),
        bad("Text <b ⟦unselectable⟧>bold</b>\n", fixed="Text <b>bold</b>\n"),
        bad(
            '<p><a href="/x" ⟦rel="nofollow y"⟧>One</a></p>',
            fixed='<p><a href="/x" rel="nofollow">One</a></p>',
        ),
        bad(
            'Text <img src="/loading.gif" ⟦file="a.png"⟧>\n',
            fixed='Text <img src="/loading.gif" data-src="a.png">\n',
        ),
        good('<p><img data-width="300" src="a.png"></p>'),
    )


class UnsafeStyle(Scanned):
    """A style can cover the page, load files and hide text; the policy names the properties it may set.

    The presets name none (`css-properties` in the policy).
    """

    code = "SEC007"
    name = "unsafe-style"
    summary = "Inline style outside the policy"
    severity = Severity.WARNING
    stage = Stage.POLICY
    kind = "style"
    examples = (
        bad('<p ⟦style="position:fixed"⟧>One.</p>', fixed="<p>One.</p>"),
        bad('Text <b ⟦style="background:url(//x)"⟧>bold</b>\n', fixed="Text <b>bold</b>\n"),
        bad('Text <b ⟦style="color:red; display: none"⟧>bold</b>\n', fixed="Text <b hidden>bold</b>\n"),
        good("<p>style=1</p>"),
    )


class DuplicateAttribute(Scanned):
    """A browser takes the first of two attributes with one name, another reader the last."""

    code = "SEC008"
    name = "duplicate-attribute"
    summary = "Attribute stands twice"
    kind = "duplicate"
    examples = (
        bad('<p><a href="/x" ⟦href="/y"⟧>One</a></p>', fixed='<p><a href="/x">One</a></p>'),
        good('<p><a href="/x">One</a><a href="/y">Two</a></p>'),
    )


class HiddenText(Scanned):
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


class ClobberingName(Scanned):
    """An element with this `id` or `name` takes the place of a property that scripts of the page use."""

    code = "SEC013"
    name = "clobbering-name"
    summary = "Name of an element hides a property of the document"
    kind = "clobber"
    examples = (
        bad('<p><img alt="" ⟦name="cookie"⟧ src="a.png"></p>', fixed='<p><img alt="" src="a.png"></p>'),
        good('<h2 id="cookies">Cookies</h2>'),
    )


class WindowOpener(Scanned):
    """A page that a link opens in a window of its own may send the article's page elsewhere.

    `rel="noopener"` forbids it. Browsers since 2021 do so by themselves for `_blank`, not for named
    windows. Unsafe: a few sites, such as those with a window to sign in, mean it to be steered.
    """

    code = "SEC019"
    name = "window-opener"
    summary = "Link opens a window that may steer this page"
    severity = Severity.NOTE
    stage = Stage.POLICY  # in an HTML body the attribute may go
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
