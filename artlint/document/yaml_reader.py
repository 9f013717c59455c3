"""YAML with spans: one pass over PyYAML's events that refuses what is dangerous before it is built.

Anchors, aliases and merge keys are refused (they can grow without bounds), and so are tags (they
can name Python objects). Scalars are resolved as ``yaml.safe_load`` does.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import yaml
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from artlint import limits
from artlint.document.fields import (
    Field,
    Node,
    Unreadable,
    Value,
    check_length,
    stands_twice,
    too_deep,
    too_many,
)
from artlint.source import BOM, Span

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str, content: Span) -> tuple[Field, ...]:
    """The fields of a block. Raises Unreadable."""
    check_length(content)
    block = text[content.start : content.end]
    try:
        return _Composer(text, block, content.start).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = content.start + (min(mark.index, len(block)) if mark else 0)
        if "maximum nesting depth" in str(error.problem):  # libyaml looks ahead of what it hands out
            raise too_deep(at) from None
        raise Unreadable(f"Front matter is not valid YAML: {_in_plain_words(error)}", at) from None
    except yaml.reader.ReaderError:
        bad = yaml.reader.Reader.NON_PRINTABLE.search(block)
        at = content.start + (bad.start() if bad else 0)
        raise Unreadable(f"Front matter holds the control character U+{ord(text[at]):04X}", at) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Unreadable(f"Front matter is not valid YAML: {error}", content.start) from None


class _Scalars(SafeConstructor, Resolver):
    """PyYAML's reading of plain scalars, without its composer."""

    def __init__(self) -> None:
        SafeConstructor.__init__(self)
        Resolver.__init__(self)


_READ_BY = SafeConstructor.yaml_constructors
_TEXT = "tag:yaml.org,2002:str"


class _Composer:
    """Builds nodes from events."""

    def __init__(self, text: str, block: str, base: int) -> None:
        self._text = text
        self._base = base
        # libyaml does not count a byte-order mark at the start of its input.
        self._base += block.startswith(BOM)
        self._block = block.removeprefix(BOM)
        # The stubs know neither that events of text have marks nor their styles.
        self._next: Callable[[], Any] = _Loader(self._block).get_event
        self._count = 0
        self._scalars: _Scalars | None = None

    def document(self) -> tuple[Field, ...]:
        """The fields of the one document in the block."""
        fields: tuple[Field, ...] | None = None
        while (event := self._next()) is not None:
            if isinstance(event, yaml.DocumentStartEvent):
                if fields is not None:
                    raise Unreadable("Front matter holds more than one YAML document", *self._span(event))
                fields = self._top()
        return fields or ()

    def _top(self) -> tuple[Field, ...]:
        event = self._next()
        node = self._node(event, 1)
        if isinstance(event, yaml.MappingStartEvent):
            return node.fields
        if node.value is None and not isinstance(event, yaml.SequenceStartEvent):
            return ()
        raise Unreadable("Front matter is not a list of `key: value` lines", *self._span(event))

    def _span(self, event: Any) -> Span:
        return Span(self._base + event.start_mark.index, self._base + event.end_mark.index)

    def _node(self, event: Any, depth: int) -> Node:
        self._count += 1
        if self._count > limits.FRONT_MATTER_NODES:
            raise too_many(self._span(event).start)
        kind = type(event)
        if kind is yaml.AliasEvent or event.anchor:
            message = "Front matter uses a YAML anchor or alias; write the value out"
            raise Unreadable(message, self._span(event).start)
        if event.tag:
            short = event.tag.removeprefix("tag:yaml.org,2002:")[:24]
            message = f"Front matter uses the YAML tag `{short}`; write a plain value"
            raise Unreadable(message, self._span(event).start)
        if kind is yaml.ScalarEvent:
            start, end = event.start_mark.index, event.end_mark.index
            if event.style in ("|", ">"):  # their end mark is the next token's start
                end = start + len(self._block[start:end].rstrip())
            value = self._value(event) if event.implicit[0] else event.value
            return Node(value, Span(self._base + start, self._base + end))
        if depth > limits.FRONT_MATTER_DEPTH:
            raise too_deep(self._span(event).start)
        if kind is yaml.SequenceStartEvent:
            return self._sequence(event, depth)
        return self._mapping(event, depth)

    def _value(self, event: Any) -> Value:
        text: str = event.value
        resolvers = Resolver.yaml_implicit_resolvers.get(text[:1], ())
        for tag, pattern in resolvers:
            if pattern.match(text):
                return self._typed(tag, text, event)
        return text

    def _typed(self, tag: str, text: str, event: Any) -> Value:
        if tag not in _READ_BY or tag == _TEXT:
            return text
        if self._scalars is None:
            self._scalars = _Scalars()
        try:
            value: Value = self._scalars.construct_object(yaml.ScalarNode(tag, text, event.start_mark))
        except ValueError:  # an impossible date or number: what the author wrote, as text
            return text
        return value

    def _sequence(self, opening: Any, depth: int) -> Node:
        items: list[Node] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        last = items[-1].span.end if items else 0
        return Node([item.value for item in items], self._collection(opening, event, last), tuple(items))

    def _mapping(self, opening: Any, depth: int) -> Node:
        fields: dict[str, Field] = {}
        values: dict[Hashable, Value] = {}
        block_end = self._base + len(self._block)
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key, key_value, key_span = self._key(event, depth)
            if key in fields:
                raise stands_twice(key, self._text, fields[key].key_span, key_span)
            node = self._node(self._next(), depth + 1)
            end = max(node.span.end, key_span.end)
            if not opening.flow_style:
                line_end = self._text.find("\n", end, block_end)
                end = block_end if line_end == -1 else line_end + 1
            fields[key] = Field(key, node, key_span, Span(key_span.start, end))
            values[key_value] = node.value
        last = max((entry.value_span.end for entry in fields.values()), default=0)
        span = self._collection(opening, event, last)
        return Node(values, span, fields=tuple(fields.values()))

    def _key(self, event: Any, depth: int) -> tuple[str, Hashable, Span]:
        if not isinstance(event, yaml.ScalarEvent):
            raise Unreadable(
                "Front matter is not valid YAML: a key is itself a list or a mapping", *self._span(event)
            )
        node = self._node(event, depth)
        if event.value == "<<" and event.implicit[0]:
            raise Unreadable(
                "Front matter uses the YAML merge key `<<`; write the keys out", *self._span(event)
            )
        return event.value, node.value, node.span  # type: ignore[return-value]  # scalars are hashable

    def _collection(self, opening: Any, closing: Any, last: int) -> Span:
        start = self._base + opening.start_mark.index
        if opening.flow_style:
            return Span(start, self._base + closing.end_mark.index)
        return Span(start, max(start, last))


_PLAIN_WORDS = (
    ("mapping values are not allowed", "a `: ` in an unquoted value"),
    ("could not find expected ':'", "a line is not `key: value`"),
    ("found character '\\t'", "a tab where YAML wants blanks"),
    ("found a tab character", "a tab where YAML wants blanks"),
    ("cannot start any token", "a value that needs quotes"),
    ("found unexpected end of stream", "a quote is not closed"),
    ("expected <block end>", "wrong indentation, or text after a closing quote"),
    ("found unknown escape character", "an unknown `\\` escape in double quotes"),
    ("did not find expected key", "wrong indentation, or not `key: value`"),
    ("did not find expected '-' indicator", "a list item has the wrong indentation"),
    ("did not find expected ',' or ']'", "a `[` list is not closed"),
    ("did not find expected ',' or '}'", "a `{` mapping is not closed"),
    ("did not find expected node content", "a comma too many or a missing value"),
    ("block sequence entries are not allowed", "a `- ` where no list can stand"),
    ("did not find expected <document start>", "a line is not `key: value`"),
    ("while scanning a block scalar", "a `|` or `>` with text after it on its line"),
    ("undefined alias", "a value starts with `*`; put it in quotes"),
)


def _in_plain_words(error: yaml.MarkedYAMLError) -> str:
    problem = f"{error.problem or ''} {error.context or ''}"
    for technical, plain in _PLAIN_WORDS:
        if technical in problem:
            return plain
    return str(error.problem or error.context or error)
