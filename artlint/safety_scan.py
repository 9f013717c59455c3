"""What in a body is outside the policy, with its place and the edits that take it out.

The scan reads tokens, not the tree: a start tag that the tree builder drops (``<td onclick>`` outside
of a table) may come alive on another page. It is sound because the fixer repeats it: when only tags
of the policy are left, none of them changes how the rest is read (no script, no foreign content, no
raw text), so every parser sees the same tags.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import accumulate

from artlint.diagnostic import Edit
from artlint.document import Document
from artlint.document.attributes import Attribute, attributes
from artlint.document.character_references import escape
from artlint.document.elements import BLOCK, BREAK, INVISIBLE, KNOWN, VOID
from artlint.document.joints import gap
from artlint.document.masking import bare_name
from artlint.document.tokens import Token
from artlint.policy import FORBIDDEN
from artlint.safety_attributes import Violation, are_words, attribute_violations, tag_in_tag
from artlint.safety_comments import comment_violations, end_of_body
from artlint.safety_edits import cut_tag, tag_as_text
from artlint.safety_media import frame_as_link, frame_url, without_scripts
from artlint.safety_names import FOREIGN
from artlint.safety_plain import is_harmless
from artlint.source import Span

# Elements that go with what is inside them: a reader sees none of it, or it is a drawing.
_DROPPED = (INVISIBLE - {"head"}) | {"svg"}
# What the HTML Standard and the formats of fast pages call a picture.
_PICTURES = frozenset({"image", "amp-img", "mip-img"})
# Elements whose text the parser does not read as markup; it stays, escaped, as preformatted text.
_RAW_TEXT = frozenset({"xmp", "plaintext", "textarea", "listing"})


@lru_cache(maxsize=1)
def scan(document: Document) -> tuple[Violation, ...]:
    """Every violation in the markup of a body, by place."""
    if "<" not in document.body.masked:
        return ()
    places = _places_to_look_at(document)
    return () if places == [] else tuple(_Scan(document, places).violations())


def _places_to_look_at(document: Document) -> list[int] | None:
    """Where the tags and comments of plain markup start that are not known to be harmless; None for all."""
    body, policy = document.body, document.settings.policy
    parts = body.html.parts
    # Template code could stand inside a tag of Markdown.
    if parts is None or (body.kind == "markdown" and body.template_spans):
        return None
    suspects = {tag for tag in set(parts[1::2]) if not is_harmless(tag, policy)}
    if not suspects:
        return []
    starts = accumulate(map(len, parts), initial=body.span.start)
    return [start for start, part in zip(starts, parts, strict=False) if part in suspects]


def kinds_of_violations(document: Document) -> set[str]:
    """The kinds of what the scan finds."""
    return {violation.kind for violation in scan(document)}


def is_pseudo(tag: str) -> bool:
    """Whether a tag is what prose such as `List<T>` makes: a name that means nothing to a browser."""
    is_name = tag.isascii() and tag.isalnum()
    return is_name and tag not in FORBIDDEN and tag not in KNOWN and tag not in FOREIGN


class _Scan:
    def __init__(self, document: Document, places: list[int] | None) -> None:
        self.document = document
        self.text = document.text
        self.policy = document.settings.policy
        self.is_markdown = document.body.kind == "markdown"
        self.places = places
        self.tokens = document.body.tokens
        self._end = document.body.span.end

    @cached_property
    def pairs(self) -> tuple[dict[int, int], set[int]]:
        """``(start → end, lone ends)``: which end tag closes which start tag, by tag name alone."""
        ends: dict[int, int] = {}
        lone: set[int] = set()
        opened: dict[str, list[int]] = {}
        for index, token in enumerate(self.tokens):
            if token.kind == "start" and token.tag not in VOID:
                opened.setdefault(token.tag, []).append(index)
            elif token.kind == "end":
                if opened.get(token.tag):
                    ends[opened[token.tag].pop()] = index
                else:
                    lone.add(index)
        return ends, lone

    def violations(self) -> Iterator[Violation]:
        done = 0  # inside what goes as a whole there is nothing to say
        for index, token in self.to_look_at():
            if token.span.start < done:
                continue
            if token.kind == "start":
                if self.is_typed(index, token):
                    message = f"`{self.text[slice(*token.span)][:40]}` is text, not a tag"
                    edit = tag_as_text(self.text, token.span)
                    if token.tag in BLOCK or token.tag in BREAK:
                        edit = edit._replace(text=f" {edit.text}")  # it kept words apart
                    yield Violation("element", token.span, message, "Show it as text", (edit,))
                    continue
                if self.is_allowed(token):
                    yield from self.tag_in_tag(token)
                    yield from self.attributes(token)
                    continue
                violation = self.element(index, token)
                is_line = token.tag == "math" and len(violation.edits) == 1
                if token.tag in _DROPPED or token.tag == "iframe" or is_line:
                    done = violation.edits[-1].span.end
                yield violation
            elif token.kind == "comment":
                yield from comment_violations(self.document, token)
            elif token.kind == "end" and not self.is_allowed(token) and index in self.pairs[1]:
                message = f"End tag of `<{token.tag[:40]}>`, which the policy does not allow"
                edit = cut_tag(self.text, token.span, token.tag, self.is_markdown)
                yield Violation("element", token.span, message, "Remove it", (edit,))
            elif token.kind == "end":
                yield from self.tag_in_tag(token)
        if done < self.document.body.span.end:
            yield from end_of_body(self.document)

    def to_look_at(self) -> Iterable[tuple[int, Token]]:
        """The tokens that are not known to be harmless, each with its index."""
        if self.places is None:
            return enumerate(self.tokens)
        starts = [token.span.start for token in self.tokens]
        found = (bisect_left(starts, place) for place in self.places)
        return ((index, self.tokens[index]) for index in found)

    def is_allowed(self, token: Token) -> bool:
        tag = bare_name(token.tag)
        return tag in self.policy.elements and (tag != "iframe" or self._is_media(token))

    def is_typed(self, index: int, token: Token) -> bool:
        """Whether a tag is a comparison such as `x<b or y>c`: it holds words, and no editor would write it.

        Of a tag that something closes, or that needs no end tag, the words alone must be proof enough.
        """
        tag, (start, end) = token.tag, token.span
        own = self.attributes_of(token)
        if not are_words(own, is_sure=False, is_element=False):
            return False  # mostly so, and then nobody has to look for what closes the tag
        is_closed = index in self.pairs[0]
        if tag in FORBIDDEN or (is_closed and not tag.isalnum()):
            return False
        if tag in BLOCK or tag in VOID:  # whatever closes a paragraph may close another one
            if not (self.text[start - 1 : start].isalnum() and self.text[end : end + 1].isalnum()):
                return False
            is_closed = tag != "p"
        is_element = is_closed or tag in KNOWN or "-" in tag
        return are_words(own, is_closed, is_element)

    def _is_media(self, token: Token) -> bool:
        found = {attribute.name for attribute in self.attributes_of(token)}
        url = frame_url(self.document, token)
        return "srcdoc" not in found and self.policy.allows_url("iframe", "src", url)

    def source(self, token: Token) -> str:
        """A tag as the parser sees it."""
        body = self.document.body
        return body.masked[token.span.start - body.span.start : token.span.end - body.span.start]

    def attributes_of(self, token: Token) -> list[Attribute]:
        body = self.document.body
        return list(attributes(body.masked, token.span, body.span.start))

    def element(self, index: int, token: Token) -> Violation:
        tag, span = token.tag, token.span
        end = self.pairs[0].get(index)
        whole = Span(span.start, self.tokens[end].span.end if end is not None else span.end)
        is_active = tag in FORBIDDEN or tag == "iframe"
        kind = "active" if is_active else "element"
        message = f"Active element `<{tag}>`" if is_active else f"`<{tag[:40]}>` is not in the policy"
        swallowed = self._swallowed(index, end)
        if tag == "iframe" and (link := frame_as_link(self.document, token)):
            whole = self._hidden_run(index)
            return Violation(kind, whole, message, "Make it a link", (Edit(whole, link + swallowed),))
        if swallowed:
            rest = Span(span.start, self.document.body.span.end)
            message = f"`<{tag}>` is not closed and hides the rest of the article"
            shown = self.text[slice(*span)].replace("<", "&lt;")
            return Violation(kind, span, message, "Show it as text", (Edit(rest, shown + swallowed),))
        if tag in _DROPPED:
            if tag in INVISIBLE:
                whole = self._hidden_run(index)
            if tag in INVISIBLE or end is not None:
                edit = cut_tag(self.text, whole, self._break_in(index, whole), self.is_markdown)
                if shown := without_scripts(self.document, self.tokens, index):
                    edit = Edit(whole, gap(self.document.body.html, whole) + shown)
                    return Violation(kind, whole, message, "Keep its pictures", (edit,))
                return Violation(kind, whole, message, "Remove it", (edit,))
        if tag == "math" and end is not None and (line := self._formula(index, end)):
            return Violation(kind, whole, message, "Write it in one line", (Edit(whole, line),))
        if tag in _PICTURES:
            name = [Edit(Span(span.start + 1, span.start + 1 + len(tag)), "img")]
            if end is not None:
                name.append(cut_tag(self.text, self.tokens[end].span, tag, self.is_markdown))
            return Violation(kind, span, message, "Make it `<img>`", tuple(name))
        if tag in _RAW_TEXT:
            return Violation(kind, whole, message, "Keep the text as `<pre>`", self._as_pre(index, end))
        # Of `x<y时，` a browser shows nothing from the `<` on.
        is_typed = not bare_name(tag).isascii() or "<" in tag
        if tag not in KNOWN and (self.is_markdown or is_typed):
            spans = [span] if end is None else [span, self.tokens[end].span]
            edits = tuple(tag_as_text(self.text, place) for place in spans)
            return Violation(kind, span, message, "Show it as text", edits)
        inside = "" if end is None else self.text[span.end : self.tokens[end].span.start]
        if end is not None and not inside.strip() and not (inside and self._is_inside_text(whole)):
            edit = cut_tag(self.text, whole, tag, self.is_markdown)
            return Violation(kind, whole, message, "Remove it", (edit,))
        title = "Remove it" if end is None else "Keep what is inside, drop the tags"
        return Violation(kind, whole, message, title, self._unwrapped(index, end))

    def _is_inside_text(self, span: Span) -> bool:
        """Whether text stands right before a span and right behind it."""
        return bool(self.text[: span.start][-1:].strip() and self.text[span.end :][:1].strip())

    def _swallowed(self, index: int, end: int | None) -> str:
        """What stands behind a tag that hides all of it, because nothing closes it; empty for blanks."""
        token = self.tokens[index]
        if end is not None or token.tag not in INVISIBLE or self._hidden_run(index).end < self._end:
            return ""
        rest = self.text[token.span.end : self._end]
        return rest if rest.strip() else ""

    def _hidden_run(self, index: int) -> Span:
        """From an element whose text nobody sees to where text is visible again."""
        start = self.tokens[index].span.start
        for token in self.tokens[index:]:
            if token.visible:
                return Span(start, token.span.end if token.kind == "end" else token.span.start)
        return Span(start, self._end)

    def _break_in(self, index: int, span: Span) -> str:
        """A block inside the span, whose break keeps the words around apart; empty when there is none."""
        for token in self.tokens[index:]:
            if token.span.start >= span.end:
                break
            if token.tag in BLOCK or token.tag in BREAK:
                return token.tag
        return ""

    def _formula(self, index: int, end: int) -> str:
        from artlint.safety_math import as_line, for_markdown, is_formula  # few articles hold one

        tokens = self.tokens[index + 1 : end]
        line = escape(as_line(tokens)) if is_formula(tokens) else ""
        return for_markdown(line) if self.is_markdown else line

    def _as_pre(self, index: int, end: int | None) -> tuple[Edit, ...]:
        edits = [Edit(self.tokens[index].span, "<pre>")]
        last = len(self.tokens) if end is None else end
        for token in self.tokens[index + 1 : last]:
            if token.kind == "text" and self.tokens[index].tag != "listing":
                text = self.text[token.span.start : token.span.end]
                if self.tokens[index].tag != "textarea":
                    text = text.replace("&", "&amp;")
                edits.append(Edit(token.span, text.replace("<", "&lt;")))
        if end is None:
            bound = self.document.body.span.end
            edits.append(Edit(Span(bound, bound), "</pre>\n"))
        else:
            edits.append(Edit(self.tokens[end].span, "</pre>"))
        return tuple(edits)

    def _unwrapped(self, index: int, end: int | None) -> tuple[Edit, ...]:
        token = self.tokens[index]
        if self.is_markdown and token.tag in BLOCK and end is not None:
            # A line that opens an HTML block must stay one, or the lines below become something else.
            return (Edit(token.span, "<div>"), Edit(self.tokens[end].span, "</div>"))
        spans = [token.span] if end is None else [token.span, self.tokens[end].span]
        return tuple(cut_tag(self.text, span, token.tag, self.is_markdown) for span in spans)

    def attributes(self, token: Token) -> Iterator[Violation]:
        if token.span.end - token.span.start >= len(token.tag) + 3:  # there is room for one
            yield from attribute_violations(self.document, token, self.attributes_of(token))

    def tag_in_tag(self, token: Token) -> Iterator[Violation]:
        """What starts a tag inside of one that ends earlier to a reader of Markdown or of no template."""
        holds_template = (
            self.document.body.template_spans and self.source(token) != self.text[slice(*token.span)]
        )
        if self.is_markdown or holds_template:
            yield from tag_in_tag(self.document, token, self.attributes_of)
