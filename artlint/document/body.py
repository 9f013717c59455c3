"""The article below the front matter, in HTML or Markdown. Everything is read on first use."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING

from artlint.document.attributes import decoded as resolved
from artlint.document.character_references import unescape
from artlint.document.kind import could_be_markdown
from artlint.document.masking import (
    hits,
    mask_all,
    mask_markup,
    mask_tags,
    merge,
    outside,
    raw_spans,
    template_spans,
    unmask,
)
from artlint.document.site import HTML_SUFFIXES
from artlint.pattern_lazy import lazily
from artlint.source import Span

if TYPE_CHECKING:
    from artlint.document.blocks import Block
    from artlint.document.html import Comment, Html
    from artlint.document.markdown import Markdown
    from artlint.document.markdown_blocks import MarkdownImage
    from artlint.document.tokens import Token

_PAGE = lazily(r"<(?:!doctype\s|html|head|body)[\s>]", re.IGNORECASE)
_SITE_FOLDERS = frozenset({"_includes", "_layouts", "layouts", "partials", "themes"})


def in_lower_case(text: str) -> str:
    """A text in lower case, with the letters beyond ASCII that a pattern takes for `i` and `s` as these."""
    text = text.lower()
    for odd, letter in _ODD_LETTERS:
        if odd in text:
            text = text.replace(odd, letter)
    return text


_ODD_LETTERS = (("ſ", "s"), ("ı", "i"), ("i\u0307", "i"))  # the last is İ in lower case


class Body:
    """The article below the front matter. All spans are offsets into the whole source."""

    def __init__(self, text: str, span: Span, path: str, is_html: bool = False) -> None:
        self.span = span
        self.text = text[span.start : span.end]
        self._path = path
        self._is_html = is_html

    def share(self, other: Body) -> None:
        """Take over what is known of the same text, whatever kind of body it was taken for."""
        if other.kind != "markdown":
            self.template_spans = other.template_spans
            self._without_templates = other._without_templates

    @cached_property
    def kind(self) -> str:
        """``html``, ``page`` or ``markdown``.

        An ``.html`` file is HTML. Elsewhere a body is HTML when nothing in it could be Markdown: at
        the top level only elements and comments, none of them as indented code, and after a blank line
        (where CommonMark ends an HTML block) again markup; and when no element says that it holds
        Markdown. HTML with template code, or with a head of its own, is a page of a site rather than an
        article: only rules about front matter and safety speak of it.
        """
        if not self._is_html and not self._has_html_name:
            stripped = self.text.strip()
            is_marked_up = stripped.startswith("<") and stripped.endswith(">")
            if not is_marked_up or could_be_markdown(self.text, self.span.start, self._without_templates):
                return "markdown"
        is_page = self.is_in_site_folder or self.has_template_code() or _PAGE.search(self.text)
        return "page" if is_page else "html"

    @cached_property
    def _has_html_name(self) -> bool:
        return PurePath(self._path).suffix.lower() in HTML_SUFFIXES

    @property
    def may_be_markdown(self) -> bool:
        """Whether somebody may read this as Markdown, also when its kind is HTML."""
        return not self._has_html_name

    @property
    def is_in_site_folder(self) -> bool:
        return any(folder in self._path for folder in _SITE_FOLDERS) and not _SITE_FOLDERS.isdisjoint(
            PurePath(self._path).parts
        )

    def has_template_code(self) -> bool:
        """Whether template code stands outside of code samples."""
        if not self.template_spans:
            return False
        samples = self._without_templates.verbatim_spans
        base = self.span.start
        return not all(
            any(sample.contains(Span(base + start, base + end)) for sample in samples)
            for start, end in self.template_spans
        )

    @cached_property
    def template_spans(self) -> list[Span]:
        """Template code, as offsets into the body (not the source)."""
        return template_spans(self.text)

    @cached_property
    def markdown(self) -> Markdown:
        """What CommonMark finds, in offsets into the body; nothing for a body of another kind."""
        from artlint.document.markdown import Markdown, read_markdown

        return read_markdown(self.without_templates) if self.kind == "markdown" else Markdown()

    @cached_property
    def prose(self) -> str:
        """The running text, everything else hidden by filler; see ``artlint.document.prose``."""
        from artlint.document.prose import read_prose

        return read_prose(self)

    @cached_property
    def alphabet(self) -> str:
        """The characters of the prose, without the commonest: says fast what the prose does not hold.

        Left out are Han characters (but mojibake), ASCII letters and digits, `，` and `。`.
        """
        from artlint.document.prose import uncommon

        return uncommon(self.condensed)

    @cached_property
    def condensed(self) -> str:
        """The prose with what a Chinese text repeats left out: says fast what no pattern can find in it.

        See ``artlint.document.prose.condensed``. Of plain markup it holds all text, not only the prose.
        """
        from artlint.document.prose import condensed, condensed_parts

        parts = None if self.kind == "markdown" else self.html.parts
        return condensed(self.prose) if parts is None else condensed_parts(parts[::2])

    @cached_property
    def without_templates(self) -> str:
        """The text with template code hidden by filler of the same length."""
        return mask_all(self.text, self.template_spans)

    @property
    def code_spans(self) -> list[Span]:
        """Code of a Markdown body, as offsets into the body (not the source)."""
        return self.markdown.code

    @cached_property
    def masked(self) -> str:
        """The body as the HTML parser sees it: code hidden by filler of the same length."""
        text = self._without_templates.text
        if self.kind != "markdown":
            return text
        html, code = self.markdown.html, self.markdown.code
        return mask_tags(mask_markup(text, merge(code)), outside(merge([*html, *code]), len(text)))

    @cached_property
    def html(self) -> Html:
        return self._without_templates if self.kind != "markdown" else self._parse(self.masked)

    @cached_property
    def _without_templates(self) -> Html:
        return self._parse(self.without_templates)

    def _parse(self, text: str) -> Html:
        from artlint.document.html import Html  # the parser takes longer to import than the rest

        return Html(text, self.span.start)

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.html.tokens

    @property
    def comments(self) -> tuple[Comment, ...]:
        return self.html.comments

    @cached_property
    def blocks(self) -> list[Block]:
        """The paragraphs, list items and lines with visible text, in source order."""
        from artlint.document.blocks import html_blocks

        has_html = self.kind != "markdown" or bool(self.markdown.html)
        blocks = html_blocks(self.tokens, self.span.end, self._fold) if has_html else []
        if self.kind == "markdown":
            written, _ = self._markdown
            # The parser sees Markdown prose as bare text: what counts is how Markdown reads it.
            inside = merge([block.span for block in written])
            base = self.span.start
            marked = merge([Span(base + start, base + end) for start, end in self.markdown.html])
            blocks = [b for b in blocks if hits(marked, b.span) and not hits(inside, b.span)]
            blocks = sorted((*blocks, *written), key=lambda block: block.span)
        return [block._replace(text=unmask(block.text)) for block in blocks] if self._is_masked else blocks

    @cached_property
    def block_texts(self) -> list[str]:
        """The text of each block; of plain markup without finding the blocks themselves."""
        parts = self.html.parts
        if self.kind == "markdown" or parts is None:
            return [block.text for block in self.blocks]
        from artlint.document.plain import lines
        from artlint.document.tokens import decoded

        read = decoded if "&" in self.text else str
        texts = [self._fold("".join(map(read, line))) for line in lines(parts)]
        return [self.unmask(text) for text in texts if text] if self._is_masked else list(filter(None, texts))

    @cached_property
    def _fold(self) -> Callable[[str], str]:
        from artlint.document.blocks import folded

        return cache(folded)  # of blocks both their texts and they themselves are asked for

    def edge(self, position: int) -> str:
        """The text of the first (positive) or last (negative) so many blocks, in lower case, a line each."""
        if position not in self._edges:
            texts = self.block_texts[:position] if position > 0 else self.block_texts[position:]
            self._edges[position] = in_lower_case("\n".join(texts))
        return self._edges[position]

    @cached_property
    def _edges(self) -> dict[int, str]:
        return {}

    @cached_property
    def markdown_images(self) -> list[MarkdownImage]:
        """The pictures written in Markdown's own syntax."""
        return self._markdown[1] if self.kind == "markdown" else []

    @cached_property
    def _markdown(self) -> tuple[list[Block], list[MarkdownImage]]:
        from artlint.document.markdown_blocks import markdown_blocks

        return markdown_blocks(self.without_templates, self.span.start)

    @cached_property
    def markup(self) -> str:
        """What the tags and comments hold, in lower case, to look for a word before anything is selected.

        References stand there both as they are and resolved. Of markup that is not plain it is the whole
        body. What comes twice stands there once; so no word goes across a `<`. At the end are the URLs of
        pictures in Markdown's own syntax.
        """
        parts = self.html.parts
        if parts is None:
            text, *tags = self.masked.split("<")
            text = "<".join((text, *dict.fromkeys(tags)))
        else:
            text = "\n".join(dict.fromkeys(parts[1::2]))
        if "&" in text:
            text = f"{text}\n{resolved(text)}\n{unescape(text)}"
        text = in_lower_case("\n".join((self.unmask(text), *(image.url for image in self.markdown_images))))
        return text.replace("<image", "<img") + text if "<image" in text else text

    @cached_property
    def said(self) -> str:
        """The text of the blocks in lower case, a line each, to look for a word."""
        return in_lower_case("\n".join(dict.fromkeys(self.block_texts)))

    @cached_property
    def all_text(self) -> str:
        """All text of the elements, one after another, in lower case, to look for a word."""
        from artlint.document.blocks import folded

        return in_lower_case(folded(self.unmask(self.html.all_text)))

    @cached_property
    def protected(self) -> list[Span]:
        """Where no rule may match: template code, code blocks and code spans (source offsets)."""
        base = self.span.start
        raw = raw_spans(self.text) if self.template_spans else []
        code = (*self.template_spans, *raw, *self.markdown.code)
        shifted = [Span(base + start, base + end) for start, end in code]
        return merge([*shifted, *self.html.verbatim_spans])

    def unmask(self, text: str) -> str:
        """Text of this body as the author wrote it, without filler."""
        return unmask(text) if self._is_masked else text

    @cached_property
    def _is_masked(self) -> bool:
        return self.masked != self.text
