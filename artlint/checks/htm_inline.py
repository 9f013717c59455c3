"""HTM: elements inside a line that say the same twice."""

from __future__ import annotations

from collections.abc import Iterator

from artlint.diagnostic import Diagnostic, Edit, Severity
from artlint.document import Document
from artlint.document.html import Element
from artlint.rule import Check, Stage, bad, fix, good, unwrap
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
