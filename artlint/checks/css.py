"""CSS: style and editor residue left in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.diagnostic import Diagnostic, Edit, Severity
from artlint.document import Document
from artlint.document.html import Element
from artlint.policy import ARTICLE
from artlint.rule import Check, Stage, attribute_cut, bad, fix, good, remove, unwrap


class StyleBlock(Check):
    """A `<style>` in an article restyles the page around it, or shows as text where it is escaped.

    How an article looks is the theme's business.
    """

    code = "CSS001"
    name = "style-block"
    summary = "Style sheet inside the article"
    examples = (
        bad(
            "<p>One.</p>⟦<style>.box&#123;color:red&#125;</style>⟧<p>Two.</p>",
            fixed="<p>One.</p><p>Two.</p>",
        ),
        bad('<p>One.</p>⟦<link rel="stylesheet" href="a.css">⟧', fixed="<p>One.</p>"),
        bad(
            "# Title\n\nText\n\n⟦<style>\nh1 { color: red }\n</style>⟧\n",
            note="a Markdown page may style itself",
        ),
        good("<p>One.</p><pre>&lt;style&gt;p{}&lt;/style&gt;</pre>"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for element in document.select("style, link[rel~=stylesheet]"):
            edits = remove(element) if document.body.kind == "html" else ()
            yield self.at(element.span, fix=fix("Remove the style sheet", edits))


class StyleAttribute(Check):
    """Inline styles fight with the theme and outlive every redesign.

    A style that carries meaning (bold, struck out, hidden, …) is reported, not dropped: its meaning
    has to become markup first.
    """

    code = "CSS002"
    name = "style-attribute"
    summary = "Inline style"
    stage = Stage.MARKUP
    examples = (
        bad('<p ⟦style="text-align: left;"⟧>One.</p>', fixed="<p>One.</p>"),
        bad('<p>A <span ⟦style="font-weight:bold"⟧>bold</span> word.</p>', note="bold is meaning"),
        bad(
            '<table><tr><td ⟦style="text-align:right"⟧>1</td></tr></table>',
            note="so is the alignment of a cell",
        ),
        good("<p>One.</p>"),
        good('# Title\n\n<p style="color:red">One.</p>\n', note="the author of a Markdown page meant it"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html" or "style" not in document.body.text.lower():
            return
        for element in document.select("[style]"):
            meaning = _meaning(element)
            if meaning:
                yield self.at(element.attribute_span("style"), f"Inline style carries meaning: `{meaning}`")
            else:
                edit = attribute_cut(element, "style", document.text)
                yield self.at(element.attribute_span("style"), fix=fix("Drop the style", (edit,)))


class ForeignAttribute(Check):
    """Publishing systems, editors and trackers leave attributes that say nothing to a reader.

    Kept are the attributes that HTML gives a meaning a reader can see, the `id` that a link of the
    article points to, and what a picture needs to load.
    """

    code = "CSS003"
    name = "foreign-attribute"
    summary = "Attribute of a publishing system, editor or tracker"
    stage = Stage.MARKUP
    examples = (
        bad(
            '<p ⟦class="MsoNormal"⟧>See <a href="/x" ⟦target="_blank"⟧ ⟦data-sudaclick="kw"⟧>this</a>.</p>',
            fixed='<p>See <a href="/x">this</a>.</p>',
        ),
        bad(
            '<p><img src="a.png" ⟦h="337"⟧ ⟦w=600⟧ alt="A" /></p>', fixed='<p><img src="a.png" alt="A" /></p>'
        ),
        bad(
            '<p>In <span ⟦lang="EN-US"⟧>Win11</span>.</p>',
            fixed="<p>In <span>Win11</span>.</p>",
            note="Word's",
        ),
        good('<p><a href="#top">Up</a></p><p id="top">Here</p>'),
        good('<p><img src="a.png" alt="" referrerpolicy="no-referrer"></p>'),
        good('<pre class="language-js"><code class="js">a</code></pre>'),
        good('<table><tr><td align="right" colspan="2">1</td></tr></table>'),
        good('<p lang="ja">ぐんま</p>'),
        good('# Title\n\n<p class="note">One.</p>\n', note="the author of a Markdown page meant it"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html":
            return
        targets: set[str] | None = None
        for element in document.body.html.elements:
            for name in element.attribute_names:
                if _is_kept(element, name):
                    continue
                if name in ("id", "name"):
                    targets = _link_targets(document) if targets is None else targets
                    if element.attribute(name) in targets:
                        continue
                span = element.attribute_span(name)
                message = f"`{name}` on `<{element.tag}>` says nothing to a reader"
                edit = attribute_cut(element, name, document.text)
                yield self.at(span, message, fix(f"Drop `{name}`", (edit,)))


class FontElement(Check):
    """`<font>` and `<center>` are style in the shape of an element; HTML has dropped both.

    A font element that a publishing system uses for bold or italic text becomes the element for it.
    """

    code = "CSS004"
    name = "font-element"
    summary = "Presentational element"
    severity = Severity.NOTE
    examples = (
        bad(
            '<p>A ⟦<font color="red">red</font>⟧ word.</p>',
            fixed="<p>A red word.</p>",
        ),
        bad(
            '<p>⟦<font cms-style="strong-Bold">Bold.</font>⟧</p>',
            fixed="<p><strong>Bold.</strong></p>",
            note="bold is meaning",
        ),
        bad('# Title\n\n⟦<font color="red">Red.</font>⟧\n', note="the author of a Markdown page meant it"),
        good("<p>A <strong>bold</strong> word.</p>"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for element in document.select("font"):
            style = " ".join(element.attributes.values()).lower()
            tag = "strong" if "bold" in style else "em" if "italic" in style else ""
            edits = unwrap(element) if document.body.kind == "html" else ()
            if tag and edits:
                edits = (Edit(edits[0].span, f"<{tag}>"), Edit(edits[1].span, f"</{tag}>"))
            title = f"Make it `<{tag}>`" if tag else "Keep the text, drop the tags"
            yield self.at(element.span, fix=fix(title, edits))


# Attributes of the policy that a clean article still does without.
_PRESENTATIONAL = frozenset(
    """id class style align valign border hspace vspace bgcolor role itemprop itemscope itemtype name
    target type""".split()
)
_CELLS = frozenset({"td", "th", "tr", "table", "col", "colgroup"})
_CODE = frozenset({"pre", "code", "samp", "kbd"})
_MEANING = re.compile(
    r"font-weight\s*:\s*(?:bold|[6-9]00)|font-style\s*:\s*(?:italic|oblique)|text-decoration[a-z-]*\s*:[^;]*"
    r"(?:underline|line-through)|vertical-align\s*:\s*(?:sub|super)|display\s*:\s*none|visibility\s*:\s*hidden"
    r"|white-space\s*:\s*pre|direction\s*:|url\s*\(|font-variant\s*:|text-emphasis",
    re.IGNORECASE,
)
_ALIGNMENT = re.compile(r"text-align\s*:\s*(?:right|center)", re.IGNORECASE)


def _meaning(element: Element) -> str:
    style = element.attribute("style") or ""
    found = _MEANING.search(style)
    if found is None and element.tag in ("td", "th"):
        found = _ALIGNMENT.search(style)
    return found.group() if found else ""


def _is_kept(element: Element, name: str) -> bool:
    tag = element.tag
    if name == "style" or name.startswith("on"):
        return True  # CSS002 and SEC002 speak of these
    if tag not in ARTICLE.elements:
        return True
    if tag in _CODE and name in ("class", "data-lang", "data-language"):
        return True
    if tag in _CELLS and name in ("align", "width"):
        return True
    if name == "lang":
        return tag != "span" or not re.fullmatch(r"[A-Z]{2}-[A-Z]{2}", element.attribute("lang") or "")
    if name in _PRESENTATIONAL:
        return name == "type" and tag in ("ol", "source")
    return ARTICLE.allows_attribute(tag, name) and not name.startswith("data-")


def _link_targets(document: Document) -> set[str]:
    return {(link.attribute("href") or "")[1:] for link in document.select('a[href^="#"]')}
