"""HTM: markup that parsers have to repair."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from artlint.diagnostic import Diagnostic, Edit, Severity
from artlint.document import Body, Document
from artlint.document.elements import BLOCK, OPTIONAL_END
from artlint.document.html import Html
from artlint.document.tokens import Token
from artlint.pattern_lazy import lazily
from artlint.rule import HTML, Check, Stage, bad, fix, good
from artlint.source import Span

_MOST_TRIES = 12


class MisnestedMarkup(Check):
    """The HTML of this article does not nest, so each program that reads it repairs it its own way.

    The HTML Standard says how a browser reads such markup. Safe where that can be written down and
    proved: the repaired body has the same elements with the same attributes, the same text in the same
    order, and the same links and pictures. Where the repair would move text (out of a table, say), it is
    only reported, and artlint does not put such a body into canonical form.
    """

    code = "HTM001"
    name = "misnested-markup"
    summary = "Markup does not nest"
    severity = Severity.ERROR
    stage = Stage.MARKUP
    needs = HTML
    examples = (
        bad("⟦⟧<p><b>One <i>two</b> three</i></p>", fixed="<p><b>One <i>two</i></b><i> three</i></p>"),
        bad(
            "⟦⟧<p><b>One</p><p>&#123;&#123; two &amp; }}</b></p>",
            fixed="<p><b>One</b></p><p><b>&#123;{ two &amp; }}</b></p>",
        ),
        bad("⟦⟧<table><tr><td>1</td>Text</tr></table>", path="article.html", note="the text would move"),
        bad("⟦⟧<p>One.</p><p>Two <a href='x'", path="article.html"),
        good("<ul><li>One<li>Two</ul><p>Three"),
        good("<table><tr><td>1</td></tr></table>"),
        good("List<T> and <string> in prose\n", note="Markdown prose is not HTML"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        body = document.body
        if body.kind != "html":
            return
        problem = body.html.irregularity
        if problem:
            place = Span(body.span.start, body.span.start)
            repaired = _repaired(body)
            edits = () if repaired is None else (Edit(body.span, repaired),)
            yield self.at(place, f"Markup does not nest: {problem}", fix("Nest it as browsers do", edits))


class StrayEndTag(Check):
    """An end tag that closes nothing is debris of a template or of an element that was cut out.

    Safe where it is proved that a browser builds the same tree without it.
    """

    code = "HTM005"
    name = "stray-end-tag"
    summary = "End tag closes nothing"
    stage = Stage.MARKUP
    needs = HTML
    examples = (
        bad("<p>One.</p>⟦</div>⟧\n<p>Two.</p>", fixed="<p>One.</p>\n<p>Two.</p>"),
        bad("<p>One⟦</span>⟧ two.</p>", fixed="<p>One two.</p>"),
        bad("<p>One⟦</br>⟧two.</p>", fixed="<p>One<br>two.</p>", note="browsers read it as `<br>`"),
        good("<p>One.</p>"),
        good("<ul><li>One</li><li>Two</ul>"),
        good("Text</div>\n", note="Markdown pages may close what a template opened"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        body = document.body
        if body.kind != "html" or body.html.irregularity is None:
            return
        stray = _stray(body.html)
        provable = set(_provable(body, stray))
        for token in stray:
            edits = (_mended(token),) if token in provable else ()
            title = "Write `<br>`" if token.tag == "br" else "Remove it"
            yield self.at(token.span, f"`</{token.tag}>` closes nothing", fix(title, edits))


_BLOCK_TAG = lazily(rf"</?(?:{'|'.join(sorted(BLOCK))})\b[^<>]*>", re.IGNORECASE)
_TEMPLATE_MARK = lazily(r"\{(?=[{%#])")


def _stray(html: Html) -> list[Token]:
    """The end tags that close nothing, but for those whose element is crossed by another one."""
    closed = {element.end_tag for element in html.elements}
    stray = [token for token in html.tokens if token.kind == "end" and token.span not in closed]
    if not stray:
        return []
    crossed = {element.tag for element in html.elements if element.end_tag is None}
    return [token for token in stray if token.tag not in crossed or token.tag in OPTIONAL_END]


def _mended(token: Token) -> Edit:
    return Edit(token.span, "<br>" if token.tag == "br" else "")


def _provable(body: Body, stray: Sequence[Token]) -> list[Token]:
    """The stray end tags without which the tree is the same."""
    stray = [token for token in stray if _parts_no_words(body, token)]
    if not stray or _same_without(body, stray):
        return list(stray)
    return [token for token in stray[:_MOST_TRIES] if _same_without(body, [token])]


def _without(body: Body, stray: Sequence[Token]) -> Html:
    base = body.span.start
    parts, done = [], 0
    for token in stray:
        parts += [body.masked[done : token.span.start - base], _mended(token).text]
        done = token.span.end - base
    return Html("".join(parts) + body.masked[done:], base)


def _same_without(body: Body, stray: Sequence[Token]) -> bool:
    before, after = body.html, _without(body, stray)
    # `</p>` that closes nothing makes an empty paragraph.
    made = sum(token.tag == "p" for token in stray)
    same = len(before.inventory) - made == len(after.inventory)
    if made:
        return same and [t for t in before.inventory if t != "<p>"] == [
            t for t in after.inventory if t != "<p>"
        ]
    return same and before.inventory == after.inventory and before.root.text == after.root.text


def _parts_no_words(body: Body, token: Token) -> bool:
    """Whether no two words would run together without a block's end tag."""
    if token.tag not in BLOCK:
        return True
    start, end = token.span.start - body.span.start, token.span.end - body.span.start
    before, after = body.masked[max(0, start - 200) : start], body.masked[end : end + 1]
    if not before[-1:].strip() or not after.strip():
        return True
    tag = before.rfind("<")
    return tag >= 0 and _BLOCK_TAG.fullmatch(before, tag) is not None


def _repaired(body: Body) -> str | None:
    """The body as browsers read it, when that is proved to say the same; None when it is not."""
    html = body.html
    problem = html.irregularity or ""
    if "not closed" in problem or "deeper" in problem:
        return None
    stray = _provable(body, _stray(html))
    if stray and _without(body, stray).irregularity is None:
        return None  # HTM005 mends it with less
    text = _TEMPLATE_MARK.sub("&#123;", html.serialized)
    new = Html(text, html.base)
    if new.irregularity or new.inventory != html.inventory:
        return None
    if _seen(new) != _seen(html) or _targets(new) != _targets(html):
        return None
    return body.unmask(text)


def _seen(html: Html) -> list[str]:
    parts = []
    for token in html.tokens:
        if token.kind in ("text", "reference"):
            parts.append(token.data if token.visible else "")
        elif token.tag in BLOCK or token.tag == "br":
            parts.append("\n")
    return "".join(parts).split()


def _targets(html: Html) -> list[dict[str, str]]:
    return [element.attributes for element in html.select("a, area, img, video, audio, source, iframe")]
