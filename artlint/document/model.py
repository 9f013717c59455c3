"""A parsed article: front matter and a body whose HTML is known with spans."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from artlint.document.body import Body
from artlint.document.front_matter import FrontMatter, read_front_matter
from artlint.document.site import is_site_page
from artlint.settings import DEFAULTS, Settings
from artlint.source import Source, Span

if TYPE_CHECKING:
    from artlint.document.element import Element
    from artlint.document.links import Heading, Link
    from artlint.schema import Schema
    from artlint.schema_violation import Violation
    from artlint.suppressions import Suppressions

SUPPRESSION_KEY = "artlint"


class Document:
    """What a rule sees: the source, its front matter, its body. Everything is read on first use."""

    def __init__(
        self,
        source: Source,
        settings: Settings = DEFAULTS,
        is_html: bool = False,
    ) -> None:
        self.source = source
        self.settings = settings
        self.text = source.text
        self._is_html = is_html

    def with_text(self, text: str) -> Document:
        """The same file, under the same settings, with another text.

        A body that was not Markdown is still read as HTML.
        """
        is_html = self._is_html or self.body.kind != "markdown"
        document = Document(self.source.with_text(text), self.settings, is_html)
        block = self.front_matter
        written = self.text[: block.span.end] if block and not block.fault else ""
        if written.endswith("\n") and text.startswith(written):
            document.front_matter = block  # the same text up to its end is read in the same way
            if "violations" in vars(self):
                document.violations = self.violations
        return document

    @property
    def afresh(self) -> Document:
        """The same text as somebody reads it who does not know what it was."""
        document = Document(self.source, self.settings)
        document.front_matter = self.front_matter
        document.body.share(self.body)
        return document

    @cached_property
    def front_matter(self) -> FrontMatter | None:
        return read_front_matter(self.text)

    @cached_property
    def body(self) -> Body:
        start = self.front_matter.span.end if self.front_matter else 0
        return Body(self.text, Span(start, len(self.text)), self.source.path, self._is_html)

    @cached_property
    def is_site_page(self) -> bool:
        """Whether this is a part of the site rather than an article; see ``artlint.document.site``."""
        return is_site_page(self)

    @cached_property
    def schema(self) -> Schema:
        """The schema that the settings choose for this file."""
        return self.settings.schema_for(self.source.path)

    @cached_property
    def violations(self) -> list[Violation]:
        """Where the front matter breaks its schema."""
        block = self.front_matter
        if block is None or block.fault:
            return []
        # The key of suppressions speaks to artlint, not to the site.
        values = {key: value for key, value in block.values.items() if key != SUPPRESSION_KEY}
        return self.schema.violations(values)

    @cached_property
    def suppressions(self) -> Suppressions | None:
        """What the article silences in itself; None when it names no code or may not."""
        if SUPPRESSION_KEY not in self.text or not self.settings.suppressions:
            return None
        from artlint.suppressions import read_suppressions

        return read_suppressions(self)

    @property
    def is_readable(self) -> bool:
        """Whether the front matter, if there is any, could be read."""
        return self.front_matter is None or self.front_matter.fault is None

    def select(self, selector: str) -> list[Element]:
        """The elements of the body that match a CSS selector, in document order."""
        return self.body.html.select(selector)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links of the body, written as HTML or Markdown, in source order."""
        from artlint.document.links import read_links

        return () if self.body.kind == "page" else read_links(self.body)

    @cached_property
    def images(self) -> tuple[Link, ...]:
        """The images of the body that have a source, written as HTML or Markdown, in source order."""
        from artlint.document.links import read_links

        return () if self.body.kind == "page" else read_links(self.body, images=True)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings of the body, written as HTML or Markdown, in source order."""
        from artlint.document.links import read_headings

        return () if self.body.kind == "page" else read_headings(self.body)
