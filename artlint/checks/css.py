"""CSS: style and editor residue left in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artlint.checks.css_meaning import meaning_of
from artlint.diagnostic import Diagnostic, Edit
from artlint.document import Document
from artlint.document.attributes import hides
from artlint.document.element import Element
from artlint.document.elements import BLOCK, HEADINGS, INLINE
from artlint.document.lazy import LAZY_ELEMENTS, kept_for_a_script
from artlint.document.line_breaks import as_markup
from artlint.policy import ARTICLE
from artlint.rule import ARTICLES, HTML, Check, Needs, Stage, attribute_cut, bad, fix, good, remove
from artlint.source import Span


class StyleBlock(Check):
    """A `<style>` in an article restyles the page around it, or shows as text where it is escaped.

    How an article looks is the theme's business. A browser also loads what a style sheet names, so
    SEC001 speaks of it first; this rule is for those who have switched SEC001 off.
    """

    code = "CSS001"
    name = "style-block"
    summary = "Style sheet inside the article"
    stage = Stage.MARKUP
    needs = Needs(ARTICLES.kinds, markup=("<style", "<link"))
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
    superscript, the alignment of table cells, and lines (`white-space: pre-wrap`). Safe: the text stays, and
    what the style said about it is said by an element or attribute: hidden text stays hidden, and SEC012
    reports it. A style whose meaning no element has is reported.
    """

    code = "CSS002"
    name = "style-attribute"
    summary = "Inline style"
    stage = Stage.MARKUP
    needs = Needs(ARTICLES.kinds, markup=("style",))
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
        bad(
            '<p><span ⟦style="text-decoration:underline"⟧><a href="/x">One</a></span></p>',
            fixed='<p><span><a href="/x">One</a></span></p>',
            note="a link is underlined",
        ),
        bad(
            '<p ⟦style="white-space:pre-wrap"⟧>Roses\n  red\nViolets</p>',
            fixed="<p>Roses<br>\n&nbsp;&nbsp;red<br>\nViolets</p>",
            note="the lines of a poem",
        ),
        bad('<p ⟦style="white-space:pre-wrap"⟧>One\n</p>', fixed="<p>One\n</p>", note="nothing to show"),
        bad('<h2 ⟦style="font-weight:bold"⟧>One</h2>', fixed="<h2>One</h2>", note="a heading is bold"),
        bad(
            '<p>H<span ⟦style="vertical-align: sub"⟧>2</span>O</p>',
            fixed="<p>H<sub>2</sub>O</p>",
        ),
        bad(
            '<table><tr><td ⟦style="text-align:right"⟧>1</td></tr></table>',
            fixed='<table><tr><td align="right">1</td></tr></table>',
        ),
        bad(
            '<table><tr><td ⟦style="text-align:center;font-weight:bold"⟧>1</td></tr></table>',
            fixed='<table><tr><td align="center"><strong>1</strong></td></tr></table>',
        ),
        bad('<p ⟦style="display:none"⟧>One.</p>', fixed="<p hidden>One.</p>", note="what is hidden stays so"),
        bad('<p ⟦style="font-size: 0"⟧>One.</p>', note="no element says it; a person must decide"),
        bad('<div ⟦style="font-weight:bold"⟧><p>One.</p></div>', note="nothing bold may hold a paragraph"),
        good("<p>One.</p>"),
        good('<div style="height:9em" id="map"></div><script>draw()</script>', note="a script draws in it"),
        bad("Not <span ⟦style='text-decoration: line-through'⟧>one</span>\n", fixed="Not <s>one</s>\n"),
        good('# Title\n\n<p style="color:red">One.</p>\n', note="the author of a Markdown page meant it"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind == "page" or "style" not in document.body.markup:
            return
        is_markdown = document.body.kind == "markdown"
        scripted = bool(document.select("script"))
        for element in document.select("[style]"):
            if scripted and not element.text.strip():
                continue  # a script may be about to draw in it
            span = element.attribute_span("style")
            style = element.attribute("style") or ""
            if hides(style) and "hidden" not in element.attribute_names:
                yield self.at(
                    span, "Text is hidden by its style", fix("Write `hidden`", (Edit(span, "hidden"),))
                )
                continue
            problem, tags = meaning_of(style, element)
            lines = as_markup(document, element.start_tag.start)
            if is_markdown and (problem or not tags):
                continue  # a Markdown page may style itself; SEC007 says how far
            edits = () if problem else _as_markup(document, element, tags)
            if problem or not edits:
                problem = problem or style.strip()[:40]
                yield self.at(span, f"Inline style carries meaning: `{problem}`")
            elif tags:
                shown = " and ".join(f"`{tag}`" if "=" in tag else f"`<{tag}>`" for tag in tags)
                yield self.at(span, _named(style), fix(f"Say it with {shown}", (*edits, *lines)))
            else:
                title = "Write its line breaks as `<br>`" if lines else "Drop the style"
                yield self.at(span, _named(style), fix(title, (*edits, *lines)))


class ForeignAttribute(Check):
    """Publishing systems, editors and trackers leave attributes that say nothing to a reader.

    Kept are the attributes that HTML gives a meaning a reader can see, the `id` of a heading (others may
    link to it) and of what a link of the article points to, and what a picture needs to load.
    """

    code = "CSS003"
    name = "foreign-attribute"
    summary = "Attribute of a publishing system, editor or tracker"
    stage = Stage.MARKUP
    needs = HTML
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
        good('<p><a href="#top">Up</a></p><p id="top">Here</p><h2 id="one">One</h2>'),
        good('<div class="map" id="map"></div><script>draw()</script>', note="a script draws in it"),
        good('<p><img src="a.png" alt="" referrerpolicy="no-referrer"></p>'),
        good(
            '<p><img data-original="/a.png" src="/img/loading.gif"></p>', note="IMG001 speaks of its source"
        ),
        good(
            '<video data-src="a.mp4"></video><p><img data-image="https://example.com/a"></p>',
            note="so does this",
        ),
        good('<pre class="language-js"><code class="js">a</code></pre>'),
        good('<p><span class="math inline">\\(x\\)</span> <a href="#a" role="doc-noteref">1</a></p>'),
        good('<table><tr><td align="right" colspan="2">1</td></tr></table>'),
        good('<p lang="ja">ぐんま</p>'),
        good('# Title\n\n<p class="note">One.</p>\n', note="the author of a Markdown page meant it"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html":
            return
        targets: set[str] | None = None
        scripted = bool(document.select("script"))
        for element in document.body.html.elements_with_attributes:
            if scripted and element.tag == "div" and not element.text.strip():
                continue  # a script may be about to draw in it
            is_media = element.tag in LAZY_ELEMENTS
            lazy = kept_for_a_script(element.tag, element.attributes) if is_media else ()
            for name in element.attribute_names:
                if name in lazy or _is_kept(element, name):
                    continue
                if name in ("id", "name"):
                    targets = _link_targets(document) if targets is None else targets
                    if element.attribute(name) in targets:
                        continue
                span = element.attribute_span(name)
                message = f"`{name}` on `<{element.tag}>` says nothing to a reader"
                edit = attribute_cut(element, name, document.text)
                yield self.at(span, message, fix(f"Drop `{name}`", (edit,)))


# Attributes of the policy that a clean article still does without.
_PRESENTATIONAL = frozenset(
    """id class style align valign border hspace vspace bgcolor role itemprop itemscope itemtype name
    target type""".split()
)
_CELLS = frozenset({"td", "th", "tr", "table", "col", "colgroup"})
_CODE = frozenset({"pre", "code", "samp", "kbd"})
# What an element says by itself, so that a style that says it again may go.
_BOLD = frozenset({"strong", "b", "th", "h1", "h2", "h3", "h4", "h5", "h6"})


def _as_markup(document: Document, element: Element, tags: tuple[str, ...]) -> tuple[Edit, ...]:
    """The edits that drop a style and say it with elements or an attribute; none when there is no way."""
    cut, end_tag = attribute_cut(element, "style", document.text), element.end_tag
    if tags and "=" in tags[0]:
        cut, tags = Edit(element.attribute_span("style"), tags[0]), tags[1:]
    if not tags:
        return (cut,)
    if end_tag is None or not element.is_sound or any(e.tag in BLOCK for e in element.select("*")):
        return ()
    opening, closing = _tags(tags)
    if element.tag == "span" and element.attribute_names == ["style"]:
        return (Edit(element.start_tag, opening), Edit(end_tag, closing))
    if element.tag not in BLOCK and element.tag not in INLINE:
        return ()
    inner = element.inner_span
    return cut, Edit(Span(inner.start, inner.start), opening), Edit(Span(inner.end, inner.end), closing)


def _named(style: str) -> str:
    names = [part.partition(":")[0].strip().lower()[:20] for part in style.split(";") if ":" in part]
    return f"Inline style sets {', '.join(f'`{name}`' for name in names[:3])}" if names else ""


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
    value = element.attribute(name) or ""
    if (name == "id" and tag in HEADINGS) or (name == "role" and value.startswith("doc-")):
        return True
    if name == "class" and "math" in value.split():
        return True  # by it a script finds the formula
    if name in _PRESENTATIONAL:
        return name == "type" and tag in ("ol", "source")
    return ARTICLE.allows_attribute(tag, name) and not name.startswith("data-")


def _link_targets(document: Document) -> set[str]:
    return {(link.attribute("href") or "")[1:] for link in document.select('a[href^="#"]')}
