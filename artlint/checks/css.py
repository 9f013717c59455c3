"""CSS: style and editor residue left in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.checks.css_meaning import meaning_of
from artlint.checks.img_sources import real_source
from artlint.diagnostic import Diagnostic, Edit, Severity
from artlint.document import Document
from artlint.document.elements import BLOCK, INLINE
from artlint.document.html import Element
from artlint.policy import ARTICLE
from artlint.rule import Check, Stage, attribute_cut, bad, fix, good, remove, unwrap
from artlint.source import Span


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
        if document.body.kind == "page":
            return
        for element in document.select("style, link[rel~=stylesheet]"):
            edits = remove(element) if document.body.kind == "html" else ()
            yield self.at(element.span, fix=fix("Remove the style sheet", edits))


class StyleAttribute(Check):
    """Inline styles fight with the theme and outlive every redesign.

    Meaning becomes markup before the style goes: bold, italic, underlined and struck-out text, subscript,
    superscript and the alignment of table cells. Safe: the text stays, and what the style said about it
    is said by an element. Hidden text, and a style whose meaning no element has, is reported.
    """

    code = "CSS002"
    name = "style-attribute"
    summary = "Inline style"
    stage = Stage.MARKUP
    examples = (
        bad('<p ⟦style="text-align: left;"⟧>One.</p>', fixed="<p>One.</p>"),
        bad(
            '<p>A <span ⟦style="color:red;font-weight:bold"⟧>bold</span> word.</p>',
            fixed="<p>A <strong>bold</strong> word.</p>",
            note="bold is meaning",
        ),
        bad(
            '<p ⟦style="font-weight:700;font-style:italic"⟧>One.</p>',
            fixed="<p><strong><em>One.</em></strong></p>",
        ),
        bad('<p><strong ⟦style="font-weight: bold"⟧>One.</strong></p>', fixed="<p><strong>One.</strong></p>"),
        bad('<h2 ⟦style="font-weight:bold"⟧>One</h2>', fixed="<h2>One</h2>", note="a heading is bold"),
        bad(
            '<p>H<span ⟦style="vertical-align: sub"⟧>2</span>O</p>',
            fixed="<p>H<sub>2</sub>O</p>",
        ),
        bad(
            '<table><tr><td ⟦style="text-align:right"⟧>1</td></tr></table>',
            fixed='<table><tr><td align="right">1</td></tr></table>',
        ),
        bad('<p ⟦style="display:none"⟧>Hidden.</p>', note="a reader did not see it; a person must decide"),
        bad('<div ⟦style="font-weight:bold"⟧><p>One.</p></div>', note="nothing bold may hold a paragraph"),
        good("<p>One.</p>"),
        good('<div style="height:9em" id="map"></div><script>draw()</script>', note="a script draws in it"),
        good('# Title\n\n<p style="color:red">One.</p>\n', note="the author of a Markdown page meant it"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html" or "style" not in document.body.text.lower():
            return
        scripted = bool(document.select("script"))
        for element in document.select("[style]"):
            if scripted and not element.text.strip():
                continue  # a script may be about to draw in it
            span = element.attribute_span("style")
            style = element.attribute("style") or ""
            problem, tags = meaning_of(style, element)
            edits = () if problem else _as_markup(document, element, tags)
            if problem or not edits:
                problem = problem or style.strip()[:40]
                yield self.at(span, f"Inline style carries meaning: `{problem}`")
            elif tags:
                shown = " and ".join(f"`<{tag}>`" for tag in tags)
                yield self.at(span, fix=fix(f"Say it with {shown}", edits))
            else:
                yield self.at(span, fix=fix("Drop the style", edits))


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
        good('<div class="map" id="map"></div><script>draw()</script>', note="a script draws in it"),
        good('<p><img src="a.png" alt="" referrerpolicy="no-referrer"></p>'),
        good(
            '<p><img data-original="/a.png" src="/img/loading.gif"></p>', note="IMG001 speaks of its source"
        ),
        good('<pre class="language-js"><code class="js">a</code></pre>'),
        good('<table><tr><td align="right" colspan="2">1</td></tr></table>'),
        good('<p lang="ja">ぐんま</p>'),
        good('# Title\n\n<p class="note">One.</p>\n', note="the author of a Markdown page meant it"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html":
            return
        targets: set[str] | None = None
        scripted = bool(document.select("script"))
        for element in document.body.html.elements:
            if scripted and element.tag == "div" and not element.text.strip():
                continue  # a script may be about to draw in it
            lazy = real_source(element) if element.tag == "img" else None
            for name in element.attribute_names:
                if _is_kept(element, name) or name == lazy:
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
    """`<font>`, `<center>` and `<big>` are style in the shape of an element; HTML has dropped them.

    Safe: the text stays. A font element that a publishing system uses for bold or italic text becomes
    the element for it, and so do `<strike>`, `<tt>` and `<acronym>`.
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
        bad("⟦<center>One.</center>⟧", fixed="<p>One.</p>"),
        bad("⟦<center><p>One.</p></center>⟧", fixed="<p>One.</p>"),
        bad(
            "<p>⟦<strike>Old</strike>⟧ ⟦<tt>code</tt>⟧ ⟦<big>big</big>⟧</p>",
            fixed="<p><s>Old</s> <code>code</code> big</p>",
        ),
        good("<p>A <strong>bold</strong> word.</p>"),
        good("<p>One <sup>2</sup>, <s>two</s> and <u>three</u>.</p>"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind == "page":
            return
        for element in document.select(", ".join(_SUCCESSORS)):
            if document.body.kind == "markdown":
                if element.tag in ("font", "center"):
                    yield self.at(element.span, f"Presentational element `<{element.tag}>`")
                continue
            tag = _successor(element)
            if tag is None:
                yield self.at(element.span, f"Presentational element `<{element.tag}>`")
                continue
            edits = unwrap(element)
            if tag and edits:
                edits = (Edit(edits[0].span, f"<{tag}>"), Edit(edits[1].span, f"</{tag}>"))
            title = f"Make it `<{tag}>`" if tag else "Keep the text, drop the tags"
            message = f"Presentational element `<{element.tag}>`"
            yield self.at(element.span, message, fix=fix(title, edits))


# Attributes of the policy that a clean article still does without.
_PRESENTATIONAL = frozenset(
    """id class style align valign border hspace vspace bgcolor role itemprop itemscope itemtype name
    target type""".split()
)
_CELLS = frozenset({"td", "th", "tr", "table", "col", "colgroup"})
_CODE = frozenset({"pre", "code", "samp", "kbd"})
# What an element says by itself, so that a style that says it again may go.
_BOLD = frozenset({"strong", "b", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_SUCCESSORS = {"font": "", "center": "p", "big": "", "strike": "s", "tt": "code", "acronym": "abbr"}


def _successor(element: Element) -> str | None:
    """The element that says what a presentational one says; empty for none, None when there is no way."""
    if element.tag == "font":
        style = " ".join(element.attributes.values()).lower()
        return "strong" if "bold" in style else "em" if "italic" in style else ""
    if element.tag != "center":
        return _SUCCESSORS[element.tag]
    blocks = [child.tag in BLOCK for child in element.children]
    if not any(blocks):
        inside_block = element.parent is not None and element.parent.tag == "p"
        return None if inside_block else "p"
    return "" if all(blocks) and not element.has_text else None


def _as_markup(document: Document, element: Element, tags: tuple[str, ...]) -> tuple[Edit, ...]:
    """The edits that drop a style and say it with elements; none when there is no way."""
    cut = attribute_cut(element, "style", document.text)
    end_tag = element.end_tag
    if not tags:
        return (cut,)
    if "=" in tags[0]:
        return (Edit(element.attribute_span("style"), tags[0]),)
    if end_tag is None or not element.is_sound or any(e.tag in BLOCK for e in element.select("*")):
        return ()
    if element.tag == "span" and element.attribute_names == ["style"]:
        opening, closing = _tags(tags)
        return (Edit(element.start_tag, opening), Edit(end_tag, closing))
    if element.tag not in BLOCK and element.tag not in INLINE:
        return ()
    opening, closing = _tags(tags)
    inner = element.inner_span
    return cut, Edit(Span(inner.start, inner.start), opening), Edit(Span(inner.end, inner.end), closing)


def _tags(tags: tuple[str, ...]) -> tuple[str, str]:
    return "".join(f"<{tag}>" for tag in tags), "".join(f"</{tag}>" for tag in reversed(tags))


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
