"""SEC: safety. What the text of an article hides: Markdown, template code, characters."""

from __future__ import annotations

from collections.abc import Iterator

from artlint.checks.sec import Violated
from artlint.diagnostic import Severity
from artlint.document import Document
from artlint.rule import Needs, bad, good
from artlint.safety_attributes import Violation
from artlint.safety_braces import attribute_lists
from artlint.safety_characters import characters
from artlint.safety_front_matter import front_matter_dangers
from artlint.safety_markdown import formula_urls, markdown_urls
from artlint.safety_text import revealed_markup, template_code


def _kinds_of_texts(document: Document) -> set[str]:
    """The kinds of what characters and front matter hide."""
    return {violation.kind for violation in (*characters(document), *front_matter_dangers(document))}


class RevealedMarkup(Violated):
    """CommonMark reads this as text; other programs that read the file see active markup.

    The URL of a link (`![x](<title page.png>)`) is written without its brackets, so that the link lives.
    """

    code = "SEC011"
    name = "revealed-markup"
    summary = "Text that some readers take for active markup"
    kind = "revealed"
    needs = Needs(("markdown",))
    examples = (
        bad("Text ⟦<img src=`x` onerror=`y`>⟧\n", fixed="Text &lt;img src=`x` onerror=`y`>\n"),
        bad("Text \\⟦<script>⟧\n", fixed="Text &lt;script>\n"),
        bad("![x](⟦<title page.png>⟧)\n", fixed="![x](title%20page.png)\n", note="the picture stays"),
        bad("See [y]\n\n[y]: ⟦<a b.html>⟧ 'Two'\n", fixed="See [y]\n\n[y]: a%20b.html 'Two'\n"),
        bad(
            "See ⟦<https://example.com/onclick=y>⟧ now\n",
            fixed="See [https://example.com/onclick=y](https://example.com/onclick=y) now\n",
        ),
        good("Text \\<b> and a < b\n"),
        good("Call <tel:10086> or write to <editor@example.com>\n"),
        good("Text `<script>`\n"),
    )

    def found(self, document: Document) -> Iterator[Violation]:
        return revealed_markup(document)


class MarkdownUrl(Violated):
    r"""A Markdown link with a scheme outside the policy runs a script like one in HTML.

    So does `\href` in a formula, of which MathJax makes a link.
    """

    code = "SEC014"
    name = "unsafe-markdown-url"
    summary = "Markdown link with a scheme outside the policy"
    kind = "url"
    examples = (
        bad("See ⟦[more](javascript:x())⟧ now\n", fixed="See more now\n"),
        bad("See ⟦<javascript:x>⟧ now\n", fixed="See javascript:x now\n"),
        bad("See [more][a] now\n\n⟦[a]: &#106;avascript:x⟧\n", fixed="See [more][a] now\n\n[a]: #\n"),
        bad("See ⟦[more](hhttps://example.com/)⟧\n", fixed="See [more](https://example.com/)\n"),
        bad("See ⟦{% [more](javascript:x()) %}⟧ now\n", fixed="See &#123;% more %} now\n"),
        bad("<p>The sum $\\href{⟦javascript:x()⟧}{x}$</p>", fixed="<p>The sum $\\href{#}{x}$</p>"),
        bad("<div>[more](⟦javascript:x()⟧)</div>\n\nText\n", fixed="<div>[more](#)</div>\n\nText\n"),
        good("The sum $\\href{https://example.com/}{x}$ and `\\href{javascript:x}`\n"),
        good('See [more](/x "javascript:") and `[a](javascript:x)`\n'),
    )

    def found(self, document: Document) -> Iterator[Violation]:
        yield from markdown_urls(document)
        yield from formula_urls(document)


class ActiveAttributeList(Violated):
    """kramdown puts the attributes of `{: … }` on the element before it, also a script.

    So do other programs with `{ … }`. Pandoc passes code with `{=html}` behind it on as markup.
    """

    code = "SEC015"
    name = "active-attribute-list"
    summary = "Attribute list sets a script or style"
    kind = "attribute"
    examples = (
        bad('A [link](/x)⟦{: onclick="y()"}⟧ here\n', fixed="A [link](/x) here\n"),
        bad("# Title ⟦{#a onclick=⟧y()}\n", fixed="# Title &#123;#a onclick=y()}\n"),
        bad("Text `<b>`⟦{=html}⟧ here\n", fixed="Text `<b>` here\n"),
        good("Text `{: onclick=x}` and {once = 1} and (onclick = 2)\n"),
        good('A [link](/x){: .button target="_blank"} here\n'),
    )

    def found(self, document: Document) -> Iterator[Violation]:
        return attribute_lists(document)


class TemplateEscape(Violated):
    """Template code in an article runs when the site is built, or, as some scripts do it, in the page.

    Template code that holds active markup is escaped; where it only reaches for the program behind
    it, a person should look.
    """

    code = "SEC016"
    name = "template-escape"
    summary = "Template code that reaches out of the article"
    kind = "template"
    examples = (
        bad(
            "Text ⟦{{ ''.constructor }}⟧ here\n",
            fixed="Text &#123;{ ''.constructor }} here\n",
        ),
        bad("⟦{% link a javascript:x() %}⟧\n", fixed="&#123;% link a javascript:x() %}\n"),
        good('{% codeblock JavaScript: one %}javascript:x(){% endcodeblock %} {% b "JavaScript: two" %}\n'),
        good("Text {{ page.title }} and {% include a.html %}\n"),
        good('Text {{< figure src="a.png" >}}\n'),
    )

    def found(self, document: Document) -> Iterator[Violation]:
        return template_code(document)


class BidirectionalControl(Violated):
    """These characters turn the order of the text around: what is shown is not what is written."""

    code = "SEC017"
    name = "bidirectional-control"
    summary = "Bidirectional control character"
    kind = "bidi"
    needs = Needs(signs=("bidi",), read=_kinds_of_texts)
    examples = (
        bad("<p>pay ⟦\u202e⟧001 now</p>", fixed="<p>pay 001 now</p>"),
        bad("---\ntitle: pay ⟦\u202e⟧001\n---\n", fixed="---\ntitle: pay 001\n---\n"),
        bad('---\ntitle: ⟦"pay \\u202e001"⟧\n---\n', note="which escape was meant, a person knows"),
        good("<p>\u2067שלום\u2069 one</p>", note="closed, in a text that needs it"),
        good("---\ntitle: \u2067שלום\u2069 one\n---\n"),
    )

    def found(self, document: Document) -> Iterator[Violation]:
        yield from characters(document)
        yield from front_matter_dangers(document)


class InvisibleCharacters(Violated):
    """Invisible characters in a row carry text that a program reads and a person does not."""

    code = "SEC018"
    name = "invisible-characters"
    summary = "Invisible characters in a row"
    kind = "invisible"
    severity = Severity.WARNING
    needs = Needs(signs=("invisible",), read=_kinds_of_texts)
    examples = (
        bad("<p>One⟦\u200b\u200c\u200b\u200b⟧.</p>", fixed="<p>One.</p>"),
        bad("<p>One⟦\U000e0041\U000e0042⟧.</p>", fixed="<p>One.</p>"),
        bad("---\ntitle: One⟦\u200b\u200c\u200b\u200b⟧\n---\n", fixed="---\ntitle: One\n---\n"),
        good("<p>\U0001f3f4\U000e0067\U000e0062\U000e007f and 葛\U000e0100</p>", note="a flag; a variant"),
    )

    def found(self, document: Document) -> Iterator[Violation]:
        yield from characters(document)
        yield from front_matter_dangers(document)


class ActiveFrontMatter(Violated):
    """Some themes show a title, a description or a picture's URL as it stands: markup in it runs.

    Liquid prints values as they are; Hugo and EJS escape them. No fix: in a title about HTML the tag is
    the text. Write it in words, or with `&lt;` where the theme does not escape.
    """

    code = "SEC021"
    name = "active-front-matter"
    summary = "Front matter holds what a browser may run"
    kind = "metadata"
    needs = Needs(signs=("metadata",), read=_kinds_of_texts)
    examples = (
        bad("---\ntitle: ⟦'A <script>x()</script>'⟧\n---\n"),
        bad("---\ndescription: ⟦A <img src=x onerror=y()⟧\n---\n", note="the theme's next tag ends it"),
        bad("+++\n[params]\nimages = [⟦'a.png\" onerror=\"x()'⟧]\n+++\n"),
        bad('{\n  "link": ⟦"javascript:x()"⟧\n}\n'),
        good("---\ntitle: AT&T, List<T>, <Some:Name/> and <em>more</em>\n---\n"),
        good("---\ntitle: 'JavaScript: an introduction'\nlink: https://example.com/javascript:x\n---\n"),
        good("---\nimage: data:image/png;base64,aaaa\n---\n"),
    )

    def found(self, document: Document) -> Iterator[Violation]:
        yield from front_matter_dangers(document)
