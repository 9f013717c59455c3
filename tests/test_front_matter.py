"""Reading front matter: values as the formats' own libraries read them, and spans that hold them."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given

from artlint.document.fields import Field, Node
from artlint.document.front_matter import FrontMatter, read_front_matter
from artlint.source import Source
from tests.front_matter_blocks import BLOCKS, parsed, wrapped


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for inner in (*node.items, *(field.node for field in node.fields)):
        yield from _nodes(inner)


def _fields(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        yield field
        for node in _nodes(field.node):
            yield from node.fields


def _is_tables(node: Node) -> bool:
    return node.value == {} or bool(node.items and all(isinstance(item.value, dict) for item in node.items))


def _read(text: str) -> FrontMatter:
    block = read_front_matter(text)
    assert block is not None
    return block


@given(BLOCKS)
def test_values_are_those_of_the_library(case: tuple[str, str]) -> None:
    name, content = case
    block = _read(wrapped(name, content))
    assert block.format == name
    assert block.fault is None
    assert block.values == parsed(name, content)
    assert {key: type(value) for key, value in block.values.items()} == {
        key: type(value) for key, value in parsed(name, content).items()
    }


@given(BLOCKS)
def test_spans_hold_what_they_say(case: tuple[str, str]) -> None:
    name, content = case
    text = wrapped(name, content)
    block = _read(text)
    for field in _fields(block.fields):
        key = text[slice(*field.key_span)]
        assert parsed("yaml", f"{key}: 1") == {field.key: 1} or field.key in key
        assert field.span.contains(field.key_span)
    for field in block.fields:
        for node in _nodes(field.node):
            raw = text[slice(*node.span)]
            if node.fields or (name == "toml" and raw.startswith("[") and raw != "[]" and _is_tables(node)):
                continue  # a table is not a value that could stand alone
            if "\n" in raw and name == "yaml":
                continue  # its indentation is that of its place
            if name == "json":
                assert parsed("json", raw) == node.value
            elif name == "toml":
                assert parsed("toml", f"x = {raw}")["x"] == node.value
            else:
                assert parsed("yaml", f"- {raw}") == [node.value]


@given(BLOCKS)
def test_newlines_and_what_stands_before_change_nothing(case: tuple[str, str]) -> None:
    name, content = case
    text = wrapped(name, content)
    values = _read(text).values
    assert _read(Source.from_text(text.replace("\n", "\r\n")).text).values == values
    later = _read(f" \n\n\ufeff{text}")
    assert later.values == values
    assert later.span.start == 4


FAULTS = {
    "anchor": ("---\na: &x 1\n---\n", "anchor or alias", 7),
    "alias": ("---\na: *x\n---\n", "anchor or alias", 7),
    "merge key": ("---\n<<: {a: 1}\n---\n", "merge key", 4),
    "python tag": ("---\na: !!python/object/apply:os.system [x]\n---\n", "tag", 7),
    "own tag": ("---\na: !x y\n---\n", "tag", 7),
    "twice": ("---\na: 1\nb: 2\na: 3\n---\n", "`a` stands twice; the first is on line 2", 14),
    "twice inside": ("---\na:\n  b: 1\n  b: 2\n---\n", "`b` stands twice; the first is on line 3", 16),
    "twice in toml": ("+++\na = 1\na = 2\n+++\n", "`a` stands twice; the first is on line 2", 10),
    "twice in json": ('{"a": 1,\n"a": 2}\n', "`a` stands twice; the first is on line 1", 9),
    "two documents": ("---\na: 1\n--- \n", None, 0),
    "deep yaml": ("---\na: " + "[" * 99 + "]" * 99 + "\n---\n", "nested deeper than 32", 38),
    "deep toml": ("+++\na = " + "[" * 99 + "]" * 99 + "\n+++\n", "nested deeper than 32", 40),
    "deep json": ('{"a": ' + "[" * 99 + "]" * 99 + "}\n", "nested deeper than 32", 37),
    "dotted toml": ("+++\n" + "a." * 5_000 + "a = 1\n+++\n", "nested deeper than 32", None),
    "deepest toml": (
        "+++\na = " + ("{" + "a." * 30 + "a = ") * 30 + "1" + "}" * 30 + "\n+++\n",
        "nested deeper than 32",
        None,
    ),
    "long": ("---\na: " + "x" * 300_000 + "\n---\n", "longer than 262,144", 4),
    "many": ("---\na: [" + "1," * 20_000 + "]\n---\n", "more than 10,000 values", None),
    "unclosed": ("---\na: 1\n", "not closed", 0),
    "unclosed json": ('{"a": 1\n', "not closed", 0),
    "list": ("---\n- a\n---\n", "not a list of `key: value` lines", 4),
    "control": ("---\na: \x01\n---\n", "control character U+0001", 7),
    "long number": ('{"a": ' + "1" * 5000 + "}\n", "a number of thousands of digits", 0),
    "half": ('{"a": "\\ud800"}\n', "an escape is half a character", 6),
    "nan": ('{"a": NaN}\n', "`NaN` is not a JSON value", 0),
    "toml date": ("+++\na = 2018-02-29\n+++\n", "a date that no calendar has", 8),
    "toml text": ("+++\na = b c\n+++\n", "a text value needs quotes", 8),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults_say_what_and_where(name: str) -> None:
    text, message, start = FAULTS[name]
    began = time.process_time()
    block = _read(text)
    if message is None:
        assert block.fault is None
        return
    assert block.fault is not None
    assert message in block.fault.message
    assert start is None or block.fault.span.start == start
    assert block.fields == ()
    assert time.process_time() - began < 1
    assert len(block.fault.message) <= 80


NONE = (
    "",
    "Text\n",
    "{% if x %}\n",
    "{{< x >}}\n",
    '{"a": 1} is prose\n',
    "---\n\nText\n",
    "    ---\n    x\n---\n",
    "----\n",
)


@pytest.mark.parametrize("text", NONE)
def test_no_front_matter(text: str) -> None:
    assert read_front_matter(text) is None


def test_an_impossible_date_is_text() -> None:
    assert _read("---\ndate: 2018-02-29\n---\n").values == {"date": "2018-02-29"}
    with pytest.raises(ValueError, match="day"):
        yaml.safe_load("date: 2018-02-29")


def test_toml_dates() -> None:
    block = _read("+++\na = 2021-04-11T00:30:33\nb = 2021-04-11 00:30:33+08:00 # c\nc = 00:30:33\n+++\n")
    assert block.values == {
        "a": datetime.datetime(2021, 4, 11, 0, 30, 33),
        "b": datetime.datetime(2021, 4, 11, 0, 30, 33, tzinfo=datetime.timezone(datetime.timedelta(hours=8))),
        "c": datetime.time(0, 30, 33),
    }


def test_jekyll_ends_front_matter_with_dots() -> None:
    block = _read("---\na: 1\n...\nText\n")
    assert block.values == {"a": 1}
    assert block.span.end == 13
