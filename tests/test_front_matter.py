"""Reading front matter: values as the formats' own libraries read them, and spans that hold them."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from artlint.document.fields import Field, Node
from artlint.document.front_matter import FrontMatter, read_front_matter
from artlint.document.plain_yaml import read_plain_yaml
from artlint.document.yaml_reader import read_yaml
from artlint.source import Source, Span
from tests.front_matter_blocks import BLOCKS, TEXTS, parsed, wrapped


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


_ITEMS = (
    *"a 国 1 01 2021-01-02 'a' 'a,b' \"c]\" true no ~ - -a a-b a:b a? ?a &a *a [b] {c} 'it''s'".split(),
    *'"\\" %a @a a#b'.split(),
    *(
        "",
        " ",
        " a ",
        "a b",
        " 'x' ",
        "'x' y",
        "# a",
        "a #b",
        "a: b",
        "\u3000",
        "2021-01-02 03:04:05",
        "'a' : b",
    ),
)
_VALUES = st.one_of(
    TEXTS.filter(lambda text: "\n" not in text),
    TEXTS.map(lambda text: f"'{text}'"),
    TEXTS.map(lambda text: f'"{text}"'),
    st.integers(-5, 10**19).map(str),
    st.datetimes(timezones=st.none() | st.timezones()).map(lambda date: date.isoformat(timespec="seconds")),
    st.dates().map(str),
    st.sampled_from(
        """2021-02-30 2021-2-3 2021-01-02T25:00:00Z 1:30 1_000 0x1f 010 0b1 1e3 .5 Null NO Yes y ~ = <<
        _ a:b a: a#b 'a 1、一 2021年 ２ 国 « * & ! | > ? - [] {} ` @ a' it''s ''""".split()
    ),
    st.sampled_from(["2021-01-02 03:04:05", "2021-01-02 03:04:05+08:00", "2021-01-02 03:04:05 +08:00"]),
    st.lists(st.sampled_from(_ITEMS), max_size=4).map(lambda items: f"[{','.join(items)}]"),
    st.sampled_from(
        ["[a", "[", "[]]", "[a] ", "[ ]", "[a] b", "[a]]", "[a,]", "[a b, c", "[]a", "true ", "True"]
    ),
    st.sampled_from(["a #b", "\u3000a", "a\u3000", "'a' ", "'a' b", "a  ", "a\tb", "a\t#b"]),
)
_BLANKS = st.sampled_from(["", " ", "  "])
_PLAIN_LINES = st.one_of(
    st.tuples(st.sampled_from("a b title date tags on Null -a 国 a.b".split()), _BLANKS, _VALUES).map(
        lambda line: f"{line[0]}: {line[1]}{line[2]}"
    ),
    st.tuples(st.sampled_from(["title:", "tags: ", "b:"]), st.lists(_VALUES, max_size=3), _BLANKS).map(
        lambda line: "\n".join([line[0], *(f"{line[2]}- {value}" for value in line[1])])
    ),
    st.tuples(_BLANKS, _VALUES).map(lambda line: f"{line[0]}- {line[1]}"),
    st.sampled_from(
        ["", "  ", "# comment", "...", "key", "a:b", "-", "a:", "- a: b", "\ta: b", "a: |", " b"]
    ),
)


@given(st.lists(_PLAIN_LINES, max_size=5).map("\n".join), st.booleans())
@example("tags:\n- a\n-  'b' \n\ntitle: x", True)
@example("tags:\n  - a\n - b", False)
@example("a:\n\n  \nb: ''", True)
@example("a: [b, 'c', 1 ]\nb: []\n  # c\nd: true", True)
@example("a:\n# b\n- c\n # d\n- e", False)
def test_plain_yaml_is_what_the_library_reads(block: str, ends: bool) -> None:
    text = f"---\n{block}" + "\n---\n" * ends
    content = Span(4, 4 + len(block) + ends)
    fields = read_plain_yaml(text, content)
    assert fields is None or _typed(fields) == _typed(read_yaml(text, content))


def _typed(fields: tuple[Field, ...]) -> list[object]:
    return [(field, type(field.value), [type(item.value) for item in field.node.items]) for field in fields]


def test_usual_front_matter_is_plain() -> None:
    for block in (
        "title: One\n",
        "title: '一'\ndate: 2021-01-02 03:04:05\ntags:\n  - a\ndraft:\n",
        "tags: [a, 'b']\n# c\nx: true",
    ):
        assert read_plain_yaml(block, Span(0, len(block)))
