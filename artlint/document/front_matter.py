"""Front matter with the span of every top-level key and value.

The block is found by its fences; PyYAML reads it, after a scan of its events has refused what is
dangerous (aliases, tags, depth, size). Nothing here changes the text.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Hashable
from dataclasses import dataclass, field

import yaml

from artlint.source import Span

MAX_LENGTH = 256 * 1024
MAX_NODES = 10_000
MAX_DEPTH = 32

Value = None | bool | int | float | str | datetime.date | list["Value"] | dict[Hashable, "Value"]

_OPENING = re.compile(r"[\s\ufeff]*?^(---|\+\+\+)[ \t]*\n", re.MULTILINE)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Field:
    """One top-level key. ``span`` runs from the key to the end of its last line, newline included."""

    key: str
    value: Value
    key_span: Span
    value_span: Span
    span: Span


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the block cannot be read: a message in plain words, and where."""

    message: str
    span: Span


@dataclass(frozen=True)
class FrontMatter:
    """The block at the top of an article.

    ``span`` covers both fences and the newline after the closing one; ``content`` is what stands
    between them. When ``fault`` is set there are no fields.
    """

    format: str
    span: Span
    content: Span
    fields: tuple[Field, ...] = ()
    fault: Fault | None = None
    _by_key: dict[str, Field] = field(default_factory=dict, init=False, repr=False, compare=False)

    def get(self, key: str) -> Field | None:
        """The field of that name, or None."""
        if not self._by_key:
            self._by_key.update({entry.key: entry for entry in self.fields})
        return self._by_key.get(key)

    @property
    def values(self) -> dict[str, Value]:
        """The values by key, as YAML reads them."""
        return {entry.key: entry.value for entry in self.fields}


class _Unreadable(Exception):
    def __init__(self, message: str, start: int, end: int | None = None) -> None:
        super().__init__(message)
        self.fault = Fault(message, Span(start, start + 1 if end is None else end))


def read_front_matter(text: str) -> FrontMatter | None:
    """Find and read the front matter of an article; None when there is none."""
    opening = _OPENING.match(text)
    if opening is None:
        return None
    fence = opening.group(1)
    start = opening.start(1)
    closing = re.compile(rf"^{re.escape(fence)}[ \t]*$\n?", re.MULTILINE).search(text, opening.end())
    name = "yaml" if fence == "---" else "toml"
    if closing is None:
        fault = Fault(f"Front matter is not closed: no `{fence}` line after it", Span(start, start + 3))
        return FrontMatter(name, Span(start, len(text)), Span(opening.end(), len(text)), fault=fault)
    span = Span(start, closing.end())
    content = Span(opening.end(), closing.start())
    if name == "toml":
        return FrontMatter(name, span, content)
    try:
        fields = _read_yaml(text[content.start : content.end], content.start)
    except _Unreadable as error:
        return FrontMatter(name, span, content, fault=error.fault)
    return FrontMatter(name, span, content, tuple(fields))


def _read_yaml(block: str, base: int) -> list[Field]:
    if len(block) > MAX_LENGTH:
        raise _Unreadable(f"Front matter is longer than {MAX_LENGTH:,} characters", base)
    try:
        _scan_events(block, base)
        loader = _Loader(block)
        try:
            node = loader.get_single_node()
            return [] if node is None else _fields(loader, node, block, base)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = base + (min(mark.index, len(block)) if mark else 0)
        raise _Unreadable(f"Front matter is not valid YAML: {_in_plain_words(error)}", at) from None
    except yaml.reader.ReaderError as error:
        message = f"Front matter holds the control character U+{ord_of(error):04X}"
        raise _Unreadable(message, base + _first_bad(block)) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _Unreadable(f"Front matter is not valid YAML: {error}", base) from None


def ord_of(error: yaml.reader.ReaderError) -> int:
    """The code point that the YAML reader complained about."""
    character = error.character
    if isinstance(character, int):
        return character
    return ord(character[:1]) if character else 0


def _first_bad(block: str) -> int:
    match = yaml.reader.Reader.NON_PRINTABLE.search(block)
    return match.start() if match else 0


def _scan_events(block: str, base: int) -> None:
    """Refuse aliases, tags, depth and size before anything is built of them."""
    depth = 0
    for count, event in enumerate(yaml.parse(block, Loader=_Loader)):
        at = base + (event.start_mark.index if event.start_mark else 0)
        if count > MAX_NODES:
            raise _Unreadable(f"Front matter has more than {MAX_NODES:,} values", at)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Unreadable("Front matter uses a YAML anchor or alias; write the value out", at)
        tag = getattr(event, "tag", None)
        if tag:
            raise _Unreadable(f"Front matter uses the YAML tag `{tag}`; write a plain value", at)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _Unreadable(f"Front matter is nested deeper than {MAX_DEPTH} levels", at)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent) and event.explicit and count > 1:
            raise _Unreadable("Front matter holds more than one YAML document", at)


def _fields(loader: yaml.SafeLoader, node: yaml.Node, block: str, base: int) -> list[Field]:
    if not isinstance(node, yaml.MappingNode):
        raise _Unreadable("Front matter is not a list of `key: value` lines", base + node.start_mark.index)
    fields: dict[str, Field] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        at = base + key_node.start_mark.index
        if key in fields:
            first = block.count("\n", 0, fields[key].key_span.start - base) + 2
            message = f"Key `{key}` stands twice; the first is on line {first} of the block"
            raise _Unreadable(message, at, at + len(key))
        value_start, value_end = value_node.start_mark.index, value_node.end_mark.index
        value_end = value_start + len(block[value_start:value_end].rstrip())
        line_end = block.find("\n", max(value_end, key_node.end_mark.index))
        line_end = len(block) if line_end == -1 else line_end + 1
        fields[key] = Field(
            key,
            _construct(loader, value_node, base),
            Span(at, base + key_node.end_mark.index),
            Span(base + value_start, base + value_end),
            Span(at, base + line_end),
        )
    return list(fields.values())


def _construct(loader: yaml.SafeLoader, node: yaml.Node, base: int) -> Value:
    try:
        value: Value = loader.construct_object(node, deep=True)
    except ValueError:  # an impossible date or number: what the author wrote, as text
        return str(node.value)
    except yaml.constructor.ConstructorError as error:
        mark = error.problem_mark or node.start_mark
        message = f"Front matter is not valid YAML: {_in_plain_words(error)}"
        raise _Unreadable(message, base + mark.index) from None
    return value


_PLAIN_WORDS = (
    ("mapping values are not allowed", "a `: ` inside an unquoted value; put the value in quotes"),
    ("could not find expected ':'", "a line is not `key: value`"),
    ("found character '\\t'", "a tab where YAML wants blanks"),
    ("cannot start any token", "a value starts with a character that needs quotes"),
    ("found unexpected end of stream", "a quote is not closed"),
    ("expected <block end>", "a line has the wrong indentation or stray characters after a quoted value"),
    ("found unknown escape character", "an unknown `\\` escape in a double-quoted value"),
    ("did not find expected key", "a line has the wrong indentation or is not `key: value`"),
    ("did not find expected '-' indicator", "a list item has the wrong indentation"),
    ("found unhashable key", "a key is itself a list or a mapping"),
)


def _in_plain_words(error: yaml.MarkedYAMLError) -> str:
    problem = str(error.problem or error.context or error)
    for technical, plain in _PLAIN_WORDS:
        if technical in problem:
            return plain
    return problem
