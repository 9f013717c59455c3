"""Front matter with the span of every key and value, nested ones too.

The block is found by its fences, then read by the reader of its format. Nothing here changes the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from artlint.document.fields import Fault, Field, Node, Unreadable, Value, check_length
from artlint.document.plain_yaml import read_plain_yaml
from artlint.pattern_lazy import lazily
from artlint.source import BOM, Span

# What may stand before the fence by mistake: blanks, blank lines, a byte-order mark.
_BEFORE = rf"[\s{BOM}]*?(?:^|(?<={BOM}))[ \t]*"
_FENCE = lazily(rf"{_BEFORE}(---|\+\+\+)[ \t]*\n", re.MULTILINE)
_JSON = lazily(rf'{_BEFORE}(\{{)(?=\s*(?:"[^"\n]*"\s*:|\}}[ \t]*(?:\n|\Z)))', re.MULTILINE)
_CLOSING = {
    "---": lazily(r"^(?:---|\.\.\.)[ \t]*$\n?", re.MULTILINE),  # Jekyll also ends at YAML's `...`
    "+++": lazily(r"^\+\+\+[ \t]*$\n?", re.MULTILINE),
}
_KEY_LINE = lazily(r"\s*[\w.'\"-]+[ \t]*[:：=]|\s*(?:#.*)?\Z|\s*\[")


class FrontMatter:
    """The block at the top of an article.

    ``format`` is yaml, toml or json. ``span`` covers both fences and the newline after the closing
    one; ``content`` is what stands between them (in JSON the braces and what they hold). When
    ``fault`` is set there are no fields.
    """

    def __init__(
        self,
        kind: str,
        span: Span,
        content: Span,
        fields: tuple[Field, ...] = (),
        fault: Fault | None = None,
    ) -> None:
        self.format = kind
        self.span = span
        self.content = content
        self.fields = fields
        self.fault = fault

    @cached_property
    def _by_key(self) -> dict[str, Field]:
        return {entry.key: entry for entry in self.fields}

    def get(self, key: str) -> Field | None:
        """The top-level field of that name, or None."""
        return self._by_key.get(key)

    @property
    def values(self) -> dict[str, Value]:
        """The values by key, as YAML, TOML or JSON reads them."""
        return {entry.key: entry.value for entry in self.fields}

    @property
    def root(self) -> Node:
        """The whole block as one mapping."""
        return Node({entry.key: entry.value for entry in self.fields}, self.content, fields=self.fields)


def read_front_matter(text: str) -> FrontMatter | None:
    """Find and read the front matter of an article; None when there is none."""
    opening = _FENCE.match(text)
    if opening is None:
        return _read_json(text)
    fence = opening.group(1)
    name = "yaml" if fence == "---" else "toml"
    start = opening.start(1)
    closing = _CLOSING[fence].search(text, opening.end())
    if closing is None:
        return _unclosed(text, name, Span(start, start + 3), opening.end())
    if text[text.rfind("\n", 0, start) + 1 : start].strip(BOM) and not _KEY_LINE.match(
        text, opening.end(), closing.start()
    ):
        return None  # an indented `---` is a code sample unless keys follow
    span = Span(start, closing.end())
    content = Span(opening.end(), closing.start())
    return _read(name, text, span, content, _reader(name))


def _reader(name: str) -> Callable[[str, Span], tuple[Field, ...]]:
    if name == "yaml":
        return _read_yaml
    from artlint.document.toml_reader import read_toml

    return read_toml


def _read_yaml(text: str, content: Span) -> tuple[Field, ...]:
    check_length(content)
    fields = read_plain_yaml(text, content)
    if fields is not None:
        return fields
    from artlint.document.yaml_reader import read_yaml

    return read_yaml(text, content)


def _read(
    name: str, text: str, span: Span, content: Span, reader: Callable[[str, Span], tuple[Field, ...]]
) -> FrontMatter:
    try:
        return FrontMatter(name, span, content, reader(text, content))
    except Unreadable as error:
        return FrontMatter(name, span, content, fault=error.fault)


def _unclosed(text: str, name: str, fence: Span, start: int) -> FrontMatter | None:
    """A block without an end; a thematic break above prose is none."""
    line_end = text.find("\n", start)
    first = text[start : len(text) if line_end == -1 else line_end]
    if not re.match(r"[\w-]+[ \t]*[:=]", first):
        return None
    mark = text[fence.start : fence.end]
    fault = Fault(f"Front matter is not closed: no `{mark}` line after it", fence)
    return FrontMatter(name, Span(fence.start, len(text)), Span(start, len(text)), fault=fault)


def _read_json(text: str) -> FrontMatter | None:
    opening = _JSON.match(text)
    if opening is None:
        return None
    from artlint.document.json_reader import end_of_object, read_json

    start = opening.start(1)
    end = end_of_object(text, start)
    if end is None:
        fault = Fault("Front matter is not closed: no `}` for this `{`", Span(start, start + 1))
        return FrontMatter("json", Span(start, len(text)), Span(start, len(text)), fault=fault)
    rest = re.compile(r"[ \t]*(\n|\Z)").match(text, end)
    if rest is None:
        return None  # the object is part of a line of prose
    return _read("json", text, Span(start, rest.end()), Span(start, end), read_json)
