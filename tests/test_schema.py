"""Schemas: the checker against jsonschema, and every kind of schema through the configuration."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import artlint
from artlint.config import config_in, find_config, load_config
from artlint.errors import ConfigError
from artlint.schema import Schema
from artlint.schema_file import check_schema
from artlint.schema_presets import PRESETS, preset
from tests.conftest import ROOT, Cli

_TYPES = st.sampled_from(["null", "boolean", "integer", "number", "string", "array", "object"])
_KEYS = st.sampled_from(["a", "b", "c"])
_VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-3, 3),
        st.sampled_from([0.5, 2.0]),
        st.sampled_from(["", "a", "ab", "1"]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=3)),
    max_leaves=5,
)
_PLAIN = st.fixed_dictionaries(
    {},
    optional={
        "type": st.one_of(_TYPES, st.lists(_TYPES, min_size=1, max_size=3, unique=True)),
        "enum": st.lists(_VALUES, min_size=1, max_size=3),
        "const": _VALUES,
        "pattern": st.sampled_from(["^a", "b$", "1"]),
        "minLength": st.integers(0, 2),
        "maxLength": st.integers(0, 2),
        "minimum": st.integers(-2, 2),
        "exclusiveMaximum": st.integers(-2, 2),
        "multipleOf": st.sampled_from([1, 2]),
        "minItems": st.integers(0, 2),
        "maxItems": st.integers(0, 2),
        "uniqueItems": st.booleans(),
        "required": st.lists(_KEYS, max_size=2, unique=True),
        "dependentRequired": st.dictionaries(_KEYS, st.lists(_KEYS, max_size=2, unique=True), max_size=2),
    },
)
_SCHEMAS = st.recursive(
    st.one_of(st.booleans(), _PLAIN),
    lambda inner: st.builds(
        lambda plain, rest: {**plain, **rest},
        _PLAIN,
        st.fixed_dictionaries(
            {},
            optional={
                "items": inner,
                "prefixItems": st.lists(inner, min_size=1, max_size=2),
                "properties": st.dictionaries(_KEYS, inner, max_size=2),
                "patternProperties": st.dictionaries(st.sampled_from(["^a", "b"]), inner, max_size=1),
                "additionalProperties": inner,
                "allOf": st.lists(inner, min_size=1, max_size=2),
                "anyOf": st.lists(inner, min_size=1, max_size=2),
                "oneOf": st.lists(inner, min_size=1, max_size=2),
                "not": inner,
                "if": inner,
                "then": inner,
                "else": inner,
            },
        ),
    ),
    max_leaves=4,
)


@given(_SCHEMAS, st.dictionaries(_KEYS, _VALUES, max_size=3))
def test_same_verdict_as_jsonschema(schema: Any, values: dict[str, Any]) -> None:
    document = {"allOf": [schema]}
    check_schema(document, "test")
    expected = jsonschema.Draft202012Validator(document).is_valid(values)
    found = Schema("test", document).violations(values)
    assert (not found) == expected, found
    assert all(len(violation.message.splitlines()) == 1 for violation in found)


@pytest.mark.parametrize("name", PRESETS)
def test_presets_are_json_schema(name: str) -> None:
    document = preset(name).document
    jsonschema.Draft202012Validator.check_schema(document)
    check_schema(document, name)
    jsonschema.Draft202012Validator(document).validate({"title": "A", "date": "2021-11-04", "tags": ["a"]})


TABLE = """
select = ["FM1"]
[schema]
required = ["title"]
closed = true
key-order = ["title", "kind"]
keys.title = "text"
keys.kind = {type = "text", enum = ["news", "opinion"]}
keys.tags = {type = "list", items = {type = "text", pattern = "^[a-z]+$"}, max-items = 2}
keys.day = {type = "date"}
keys.place = {type = "text-or-list"}
keys.source = {format = "uri"}
[[schema.when]]
key = "kind"
equals = "opinion"
required = ["tags"]
"""

# front matter: (position, message)
FINDINGS = {
    "kind: news": ("3:1", "FM101 `title` is missing"),
    "title: A\ntitel: B": ("3:1", "FM102 `titel` is not a known key; did you mean `title`?"),
    "title: 12": ("2:8", "FM103 `title` must be text, not a whole number"),
    "title: A\nkind: newz": (
        "3:7",
        "FM104 `kind` must be one of `news`, `opinion`; did you mean `news`?",
    ),
    "title: A\ntags:\n  - a\n  - B": ("5:5", "FM104 `tags[1]` must match `^[a-z]+$`"),
    "title: A\ntags: [a, b, c]": ("3:7", "FM104 `tags` has 3 entries, at most 2"),
    "title: A\nday: soon": ("3:6", "FM104 `day` must be a date such as 2021-11-04"),
    "title: A\nplace: {a: 1}": ("3:8", "FM103 `place` must be text or a list, not a mapping"),
    "title: A\nsource: here": ("3:9", "FM104 `source` must be a URL"),
    "title: A\nkind: opinion": ("4:1", "FM101 `tags` is missing"),
    "kind: news\ntitle: A": ("2:1", "FM105 `title` belongs before `kind`"),
}


@pytest.mark.parametrize("content", FINDINGS)
def test_a_table_points_at_the_value(tmp_path: Path, content: str) -> None:
    (tmp_path / "artlint.toml").write_text(TABLE)
    config = load_config(tmp_path / "artlint.toml")
    (found,) = artlint.lint(f"---\n{content}\n---\n", config=config)
    position, message = FINDINGS[content]
    assert f"{found.start.line}:{found.start.column}" == position
    assert f"{found.code} {found.message}" == message


def test_a_good_article_is_quiet(tmp_path: Path) -> None:
    (tmp_path / "artlint.toml").write_text(TABLE)
    config = load_config(tmp_path / "artlint.toml")
    text = "---\ntitle: A\nkind: opinion\ntags: [a]\nday: 2021-11-04\nplace: x\nsource: https://example.com\n---\n"
    assert artlint.lint(text, config=config) == []


def test_a_json_schema_file(tmp_path: Path) -> None:
    schema = {"$defs": {"t": {"type": "string"}}, "properties": {"title": {"$ref": "#/$defs/t"}}}
    (tmp_path / "post.json").write_text(json.dumps(schema))
    (tmp_path / "artlint.toml").write_text('select = ["FM1"]\nschema = {file = "post.json"}\n')
    config = load_config(tmp_path / "artlint.toml")
    (found,) = artlint.lint("+++\ntitle = [1]\n+++\n", config=config)
    assert found.message == "`title` must be text, not a list"


MODEL = """
from pathlib import Path
from pydantic import BaseModel, ConfigDict, field_validator
Path(__file__).with_name("ran").touch()
class Post(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str
    tags: list[str] = []
    @field_validator("title")
    def short(cls, value):
        assert len(value) < 9, "is too long"
        return value
"""


def test_a_model_runs_only_with_permission(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "post_model.py").write_text(MODEL)
    (tmp_path / "artlint.toml").write_text('select = ["FM1"]\nschema = {model = "post_model:Post"}\n')
    (tmp_path / "a.md").write_text("---\ntitle: A much too long one\ntags: [a, [b]]\nmood: x\n---\n")
    refused = cli("check", "a.md")
    assert refused.returncode == 2
    assert "allow it with `--allow-python`" in refused.stderr
    assert not (tmp_path / "ran").exists()
    ran = cli("check", "--allow-python", "--output-format", "concise", "a.md")
    assert ran.returncode == 1
    assert "a.md:2:8 FM104 `title`: assertion failed, is too long" in ran.stdout.lower().replace(
        "fm104", "FM104"
    )
    assert "a.md:3:11 FM104 `tags.1`" in ran.stdout
    assert "a.md:4:1 FM102 `mood` is not a known key" in ran.stdout
    assert (tmp_path / "ran").exists()


def test_schemas_by_path(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.artlint]\nselect = ["FM1"]\n'
        '[[tool.artlint.schemas]]\npaths = ["posts/**", "!posts/draft*"]\nschema = {required = ["lead"]}\n'
    )
    (tmp_path / "posts").mkdir()
    for name in ("posts/a.md", "posts/draft.md", "b.md"):
        (tmp_path / name).write_text("---\ntitle: A\ndate: 2021-11-04\n---\n")
    ran = cli("check", "--output-format", "concise", ".")
    assert [line for line in ran.stdout.splitlines() if "FM101" in line] == [
        "posts/a.md:4:1 FM101 `lead` is missing"
    ]
    assert cli("check", "--isolated", ".").returncode == 0
    assert cli("check", "--ignore", "FM101", ".").returncode == 0


def test_the_closest_configuration_wins(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "artlint.toml").write_text("")
    (tmp_path / "a" / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert find_config(inner) == tmp_path / "artlint.toml"
    (inner / ".artlint.toml").write_text("")
    (inner / "artlint.toml").write_text("")
    config_in.cache_clear()
    assert find_config(inner) == inner / "artlint.toml"


WRONG = {
    'selct = ["FM"]': "unknown key `selct`; did you mean `select`?",
    "format = 1": "`format` must be true or false",
    'timezone = "Mars"': "`Mars` is no time zone",
    'date-format = "hexxo"': "did you mean `hexo`?",
    'schema = "hugoo"': "did you mean `hugo`?",
    "schema = 1": "must be the name of a preset or a table",
    "schema = {requird = []}": "unknown key `requird`; did you mean `required`?",
    'schema = {keys = {a = "txt"}}': "did you mean `text`?",
    'schema = {keys = {a = {patern = "x"}}}': "did you mean `pattern`?",
    'schema = {keys = {a = {pattern = "["}}}': "is not a regular expression",
    'schema = {file = "none.json"}': "no such file",
    "[[schemas]]\npaths = ['x']": "needs `paths` and `schema`",
    "select = [": "not valid TOML",
}


@pytest.mark.parametrize("content", WRONG)
def test_wrong_settings_name_file_and_key(tmp_path: Path, content: str, cli: Cli) -> None:
    (tmp_path / "artlint.toml").write_text(content)
    (tmp_path / "a.md").write_text("---\ntitle: A\n---\n")
    ran = cli("check", "a.md")
    assert ran.returncode == 2
    assert ran.stderr.startswith("artlint: error: ")
    assert "artlint.toml" in ran.stderr
    assert WRONG[content] in ran.stderr
    assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ({"$ref": "https://example.com/x.json"}, "may only point into the file"),
        ({"$ref": "#/$defs/none"}, "does not exist"),
        ({"properties": {"a": {"tpye": "string"}}}, "did you mean `type`?"),
        ({"type": "text"}, "not one of null, boolean"),
        ({"properties": 1}, "not a keyword that artlint checks"),
    ],
)
def test_a_schema_half_understood_is_refused(schema: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message.replace("?", r"\?")):
        check_schema(schema, "x.json")


def test_a_reference_to_itself_ends() -> None:
    with pytest.raises(ConfigError, match="without end"):
        Schema("x", {"$ref": "#"}).violations({"a": 1})


def test_schema_show(tmp_path: Path, cli: Cli) -> None:
    shown = cli("schema", "show", "--output-format", "json")
    assert json.loads(shown.stdout) == preset("article").document
    assert cli("schema", "show", "--schema", "hugo").stdout.startswith("hugo: ")
    (tmp_path / "artlint.toml").write_text(TABLE)
    document = json.loads(cli("schema", "show", "--output-format", "json").stdout)
    jsonschema.Draft202012Validator.check_schema(document)
    assert document["properties"]["kind"]["enum"] == ["news", "opinion"]
    assert "Other keys are not allowed." in cli("schema", "show").stdout
    assert cli("schema", "show", "--schema", "hugoo").returncode == 2


def test_the_settings_of_the_documentation_are_understood(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "front-matter.md").read_text(encoding="utf-8")
    (tmp_path / "post.schema.json").write_text("{}")
    (tmp_path / "our_models.py").write_text(
        "import pydantic\nclass Note(pydantic.BaseModel):\n    title: str\n"
    )
    tables = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert len(tables) == 3
    for table in tables:
        (tmp_path / "artlint.toml").write_text(table, encoding="utf-8")
        config = load_config(tmp_path / "artlint.toml", allow_python=True)
        assert config.settings != artlint.Config().settings
