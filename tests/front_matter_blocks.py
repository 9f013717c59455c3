"""Strategies for front matter of all three formats, as people and programs write it."""

from __future__ import annotations

import datetime
import json
import tomllib
from typing import Any

import yaml
from hypothesis import strategies as st

_CHARACTERS = st.characters(
    codec="utf-8",
    exclude_characters="\u2028\u2029\ufeff",
    exclude_categories=("Cc", "Cs", "Cn", "Co"),
)
TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            "plain",
            "a: b",
            "it's",
            'say "so"',
            "# no comment",
            "- item",
            "true",
            "12",
            "2021-01-02",
            "谈“双城记”",
            " padded ",
            "a\nb\n",
            "tab\there",
            "back\\slash",
            "😀 emoji",
            "@at",
            "[a]",
            "{b}",
            "x, y",
            "~",
            "%",
            "--- x",
        ]
    ),
    st.text(_CHARACTERS, max_size=30),
)
KEYS = st.text("abcdefgh_-国", min_size=1, max_size=6).filter(
    lambda key: key.strip("-") == key and key != "---"
)
_SCALARS = st.one_of(
    TEXTS, st.integers(-(10**12), 10**12), st.booleans(), st.dates(datetime.date(1900, 1, 1))
)
_JSON_SCALARS = st.one_of(
    TEXTS, st.integers(), st.booleans(), st.none(), st.floats(allow_nan=False, allow_infinity=False)
)


def _nested(scalars: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(
        scalars,
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
        max_leaves=6,
    )


MAPPINGS = st.dictionaries(KEYS, _nested(_SCALARS), min_size=1, max_size=5)
JSON_MAPPINGS = st.dictionaries(KEYS, _nested(_JSON_SCALARS), min_size=1, max_size=5)


@st.composite
def yaml_blocks(draw: st.DrawFn) -> str:
    """Content between `---` fences: PyYAML's output in one of its styles, with comments and blank lines."""
    values = draw(MAPPINGS)
    parts = []
    for key, value in values.items():
        piece = yaml.safe_dump(
            {key: value},
            allow_unicode=True,
            default_flow_style=draw(st.sampled_from([False, True, None])),
            default_style=draw(st.sampled_from([None, None, "'", '"'])) if isinstance(value, str) else None,
            width=draw(st.sampled_from([20, 1000])),
            indent=draw(st.sampled_from([2, 4])),
        )
        if piece.startswith("{"):  # a flow mapping at the top would be a block of its own
            piece = yaml.safe_dump({key: value}, allow_unicode=True, default_flow_style=False)
        if piece.count("\n") == 1 and piece.startswith(f"{key}: ") and draw(st.booleans()):
            piece = piece.rstrip("\n") + "  # why\n"
        parts.append(draw(st.sampled_from(["", "", "# a comment\n", "\n"])) + piece)
    return "".join(parts)


@st.composite
def toml_blocks(draw: st.DrawFn) -> str:
    """Content between `+++` fences: keys, dotted keys, tables and lists of tables, in many spellings."""
    values = draw(MAPPINGS)
    lines, tables = [], []
    for key, value in values.items():
        name = _toml_key(key)
        comment = draw(st.sampled_from(["", "", " # why", "\n# a comment\n"]))
        if isinstance(value, dict) and value and draw(st.booleans()):
            inner = [f"{_toml_key(k)} = {_toml(draw, v)}" for k, v in value.items()]
            tables.append("\n".join([f"[{name}]{comment}", *inner]))
        elif isinstance(value, dict) and value and draw(st.booleans()):
            lines += [f"{name} . {_toml_key(k)} = {_toml(draw, v)}{comment}" for k, v in value.items()]
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            for item in value:
                tables.append(
                    "\n".join([f"[[{name}]]", *(f"{_toml_key(k)}={_toml(draw, v)}" for k, v in item.items())])
                )
        else:
            lines.append(f"{name} = {_toml(draw, value)}{comment}")
    text = "\n".join([*lines, *tables]) + "\n"
    tomllib.loads(text)
    return text


def _toml_key(key: str) -> str:
    return key if key.isascii() else f'"{key}"'


def _toml(draw: st.DrawFn, value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_toml_key(k)} = {_toml(draw, v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        gap = draw(st.sampled_from([" ", "\n  ", " # x\n "]))
        return "[" + ",".join(gap + _toml(draw, item) for item in value) + ("\n]" if "#" in gap else "]")
    if isinstance(value, str):
        plain = all(character.isprintable() for character in value)
        if plain and "'" not in value and draw(st.booleans()):
            return draw(st.sampled_from([f"'{value}'", f"'''{value}'''"]))
        if plain and draw(st.booleans()):
            return '"""' + value.replace("\\", "\\\\").replace('"', '\\"') + '"""'
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


@st.composite
def json_blocks(draw: st.DrawFn) -> str:
    """A JSON object in one of the layouts that programs write."""
    return json.dumps(
        draw(JSON_MAPPINGS),
        ensure_ascii=draw(st.booleans()),
        indent=draw(st.sampled_from([None, 2, "\t"])),
        separators=draw(st.sampled_from([(",", ":"), (", ", ": "), (" ,", " : ")])),
    )


def wrapped(name: str, content: str, body: str = "\nText\n") -> str:
    """An article with a block of that format."""
    fence = {"yaml": "---\n", "toml": "+++\n"}.get(name, "")
    return f"{fence}{content}{fence}{body}" if fence else f"{content}\n{body}"


def parsed(name: str, content: str) -> Any:
    """The values that the format's own library reads."""
    if name == "yaml":
        return yaml.safe_load(content)
    return tomllib.loads(content) if name == "toml" else json.loads(content)


BLOCKS = st.one_of(
    st.tuples(st.just("yaml"), yaml_blocks()),
    st.tuples(st.just("toml"), toml_blocks()),
    st.tuples(st.just("json"), json_blocks()),
)
