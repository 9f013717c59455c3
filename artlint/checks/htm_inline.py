"""HTM: elements inside a line: those that say the same twice, and those that hold blocks."""

from __future__ import annotations

from collections.abc import Iterator

from artlint.diagnostic import Applicability, Diagnostic, Edit, Fix, Severity
from artlint.document import Document
from artlint.document.element import Element
from artlint.document.elements import BLOCK, HEADINGS
from artlint.rule import HTML, Check, Stage, bad, fix, good, unwrap
from artlint.source import Span

_SAME = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "u": "u", "s": "s", "mark": "mark"}


class NestedEmphasis(Check):
    """Bold inside bold is not bolder; it is what editors leave when a style is clicked twice.

    Safe: the outer element says it already.
    """

    code = "HTM011"
    name = "nested-emphasis"
    summary = "Element inside one that says the same"
    severity = Severity.NOTE
    stage = Stage.MARKUP
    needs = HTML
    examples = (
        bad("<p><strong>One ⟦<b>two</b>⟧</strong>.</p>", fixed="<p><strong>One two</strong>.</p>"),
        good("<p><strong>One <em>two</em></strong>.</p>"),
        good("<p>x<sup>2<sup>n</sup></sup></p>", note="a power of a power"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html":
            return
        for element in document.select(", ".join(_SAME)):
            if not element.attribute_names and _has_around(element):
                message = f"`<{element.tag}>` stands inside one that says the same"
                yield self.at(element.span, message, fix("Keep the text, drop the tags", unwrap(element)))


class SplitEmphasis(Check):
    """One bold phrase cut into two elements; nothing stands between them.

    Safe: an element that ends where the same one starts again can as well go on.
    """

    code = "HTM012"
    name = "split-emphasis"
    summary = "Element ends where the same one starts"
    severity = Severity.NOTE
    stage = Stage.MARKUP
    needs = HTML
    examples = (
        bad("<p><strong>One⟦</strong><strong>⟧ two</strong>.</p>", fixed="<p><strong>One two</strong>.</p>"),
        good("<p><strong>One</strong> <strong>two</strong>.</p>"),
        good("<p><strong>One</strong><em>two</em>.</p>"),
        good('<p><b lang="ja">一</b><b>two</b></p>'),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html":
            return
        previous: Element | None = None
        for element in document.select("strong, b, em, i, u, s, mark, sub, sup"):
            if previous is not None and _goes_on(previous, element) and previous.end_tag is not None:
                span = Span(previous.end_tag.start, element.start_tag.end)
                yield self.at(span, fix=fix("Make them one", (Edit(span),)))
            previous = element


class BlockInInline(Check):
    """Bold or italic text cannot hold paragraphs, and a heading cannot hold any: readers differ on it.

    Safe where each paragraph becomes bold or italic itself, or where a heading holds one paragraph and
    no more. A heading around several paragraphs is none: unsafe.
    """

    code = "HTM006"
    name = "block-in-inline"
    summary = "Block inside an element that cannot hold one"
    stage = Stage.MARKUP
    needs = HTML
    examples = (
        bad(
            "<p>A</p>⟦<strong><p>One.</p>\n<p>Two.</p></strong>⟧",
            fixed="<p>A</p><p><strong>One.</strong></p>\n<p><strong>Two.</strong></p>",
            path="article.html",
        ),
        bad("⟦<h3><p>One</p></h3>⟧", fixed="<h3>One</h3>"),
        bad("⟦<h3><p>One</p><p>Two</p></h3>⟧", fixed="<p>One</p><p>Two</p>"),
        bad("<p>A</p>⟦<b>One<ul><li>Two</li></ul></b>⟧", path="article.html", note="a person must decide"),
        good("<p><strong>One.</strong></p>"),
        good('<a href="/x"><p>One.</p></a>', note="a link may hold blocks"),
        good("# Title\n\n<b><p>One.</p></b>\n", note="Markdown stays the author's"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html":
            return
        end = -1
        for element in document.select(f"{', '.join(_SAME)}, {', '.join(sorted(HEADINGS))}"):
            if element.span.start < end or not any(inner.tag in BLOCK for inner in element.select("*")):
                continue
            end = element.span.end
            is_heading = element.tag in HEADINGS
            found = _out_of_heading(element) if is_heading else _into_blocks(element)
            yield self.at(element.span, f"Block inside `<{element.tag}>`", found)


class VisualEmphasis(Check):
    """`<b>` and `<i>` say how text looks; `<strong>` and `<em>` say that it is stressed.

    Safe: both look the same everywhere, and the text stays. On request only, for the HTML Standard has
    uses for `<b>` and `<i>` (a product's name, a foreign word).
    """

    code = "HTM013"
    name = "visual-emphasis"
    summary = "`<b>` or `<i>` where `<strong>` or `<em>` is meant"
    severity = Severity.NOTE
    stage = Stage.MARKUP
    default = False
    examples = (
        bad("<p>One ⟦<b>two</b>⟧.</p>", fixed="<p>One <strong>two</strong>.</p>"),
        bad("<p>One ⟦<i>two</i>⟧.</p>", fixed="<p>One <em>two</em>.</p>"),
        good('<p><i class="icon"></i>One <strong>two</strong>.</p>'),
        good("One <b>two</b>.\n", note="Markdown stays the author's"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if document.body.kind != "html":
            return
        for element in document.select("b, i"):
            edits = unwrap(element)
            if element.attribute_names or not element.text.strip():
                continue
            tag = _SAME[element.tag]
            if edits:
                edits = (Edit(edits[0].span, f"<{tag}>"), Edit(edits[1].span, f"</{tag}>"))
            message = f"`<{element.tag}>` where `<{tag}>` is meant"
            yield self.at(element.span, message, fix(f"Make it `<{tag}>`", edits))


def _has_around(element: Element) -> bool:
    parent = element.parent
    while parent is not None:
        if _SAME.get(parent.tag) == _SAME[element.tag]:
            return True
        parent = parent.parent
    return False


def _goes_on(first: Element, second: Element) -> bool:
    if first.tag != second.tag or first.end_tag is None or second.end_tag is None:
        return False
    if first.attribute_names or second.attribute_names or not (first.is_sound and second.is_sound):
        return False
    return first.end_tag.end == second.start_tag.start


def _into_blocks(element: Element) -> Fix | None:
    """Put an inline element inside each of the paragraphs that it holds."""
    children, end_tag = element.children, element.end_tag
    if element.has_text or element.attribute_names or not element.is_sound or end_tag is None:
        return None
    edits = [Edit(element.start_tag), Edit(end_tag)]
    for child in children:
        if not _is_paragraph(child) or not child.text.strip():
            return None
        inner = child.inner_span
        edits.append(Edit(Span(inner.start, inner.start), f"<{element.tag}>"))
        edits.append(Edit(Span(inner.end, inner.end), f"</{element.tag}>"))
    return fix("Put it inside each paragraph", sorted(edits, key=lambda edit: edit.span))


def _out_of_heading(element: Element) -> Fix | None:
    children = element.children
    if element.has_text or not all(_is_paragraph(child) for child in children):
        return None
    if len(children) == 1:
        return fix("Drop the tags of the paragraph", unwrap(children[0]))
    return fix("Keep the paragraphs, drop the heading", unwrap(element), Applicability.UNSAFE)


def _is_paragraph(element: Element) -> bool:
    is_plain = not any(inner.tag in BLOCK for inner in element.select("*"))
    return element.tag == "p" and element.has_span and element.is_sound and is_plain
