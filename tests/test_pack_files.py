"""Files of packs: found in folders, refused with a reason, valid by the schema, cached."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

import artlint
from artlint.config import Config
from artlint.errors import PackError
from artlint.fixer import fix_source
from artlint.pack import PackRule, load_pack, load_packs, load_shipped_packs, rules_folder
from artlint.pack_schema import pack_schema, schema_text
from artlint.registry import registry_with
from artlint.source import Source
from tests.conftest import ROOT, Cli
from tests.test_pack_format import write_pack


def test_packs_of_a_folder(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"no pack in the folder; a pack is a file that ends in \.yaml"):
        load_packs([tmp_path])
    write_pack(tmp_path, "{select: p.x}")
    assert [pack.name for pack in load_packs([tmp_path])] == ["mine"]
    assert registry_with((str(tmp_path),)).get("my-rule").origin == "pack mine"
    with pytest.raises(PackError, match="cannot read the pack: no such file"):
        load_packs([tmp_path / "none.yaml"])
    (tmp_path / "bad.yaml").write_bytes(b"\xff")
    with pytest.raises(PackError, match="not UTF-8"):
        load_packs([tmp_path / "bad.yaml"])


def test_pictures_of_a_user_pack_are_no_head_images(tmp_path: Path) -> None:
    picture = "https://pictures.example/qr-of-mine.png"
    write_pack(tmp_path, "{select: p.x}", f"action: remove; boilerplate-images: ['{picture}']")
    text = f"---\ntitle: A\nheadimg: {picture}\n---\n<p><img src='https://pictures.example/a.png'></p>"
    config = Config(select=("FM006",), rules=(str(tmp_path / "mine.yaml"),), format=False)
    assert [d.code for d in artlint.lint(text, config=config)] == ["FM006"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("{select: p.x}", "{select: 'p['}", "mine.yaml:9: `rules[0].match.select` is not a CSS selector"),
        ("{select: p.x}", "{text: '(a+)+b'}", "repeats a group with `*` or `+`; give it a limit"),
        ("{select: p.x}", "{text: a, has: b}", "`rules[0].match.has` goes with `select`, not with `text`"),
        ("{select: p.x}", "{text: a, position: end}", "write `first 3` or `last 3`"),
        ("{select: p.x}", "{select: p.x, text: a}", "here are `select` and `text`"),
        (
            "{select: p.x}",
            "{comment: a}\n    with: x",
            "`rules[0].action` `unwrap` cannot be done to `comment`",
        ),
        ("action: unwrap", "action: replace", "is `replace`, which needs the key `with`"),
        ("action: unwrap", "action: unwrp", "did you mean `unwrap`?"),
        ("action: unwrap", "action: unwrap\n    family: BP", "key `family` stands twice"),
        ("why: Because.", "why: ''", "`rules[0].why` is empty"),
        ("pack: mine", "pack: [mine]", "`pack` must be a text"),
        ("pack: mine", "pack: &a mine\nx: *a", "aliases are not allowed"),
        ("rules:", "rules: {}\nx:", "is not a key of a pack here"),
        ("pack: mine", "pack: 'mine", "not valid YAML"),
    ],
)
def test_errors_say_where_and_what_to_do(tmp_path: Path, old: str, new: str, problem: str) -> None:
    write_pack(tmp_path, "{select: p.x}", "action: unwrap")
    text = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(PackError) as caught:
        load_pack(text.replace(old, new, 1), "mine.yaml")
    assert problem in str(caught.value)
    assert str(caught.value).startswith("mine.yaml:")


def test_schema_is_not_stale() -> None:
    """``python -m artlint.pack_schema`` writes it."""
    assert (ROOT / "docs" / "pack.schema.json").read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("path", sorted(rules_folder().glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_packs_are_valid_by_schema(path: Path) -> None:
    """Another reader (PyYAML's own loader) and another validator agree with ours."""
    validator = jsonschema.Draft202012Validator(pack_schema())
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert [error.message for error in validator.iter_errors(data)] == []
    broken = json.loads(json.dumps(data))
    broken["rules"][0]["actoin"] = "remove"
    assert not validator.is_valid(broken)


def test_each_pack_has_its_own_prefix() -> None:
    prefixes: dict[str, str] = {}
    for pack in load_shipped_packs():
        for rule in pack.rules:
            prefix = rule.code[:3]
            assert prefixes.setdefault(prefix, pack.name) == pack.name, rule.code


def test_cached_packs_are_the_same(tmp_path: Path, cli: Cli) -> None:
    """A run that reads the cache says what the run that wrote it said."""
    article = tmp_path / "a.md"
    article.write_text("<p>正文。</p><p>责任编辑：李某某</p>", encoding="utf-8")
    first, second = (cli("check", str(article), PYTHONDONTWRITEBYTECODE="") for _ in range(2))
    assert "BP101" in first.stdout
    assert first.stdout == second.stdout


NOTED = [rule for pack in load_shipped_packs() for rule in pack.rules if rule.note_key]


@pytest.mark.parametrize("rule", NOTED, ids=lambda rule: rule.code)
def test_every_note_can_move(rule: PackRule) -> None:
    """With the setting on, what a bad example holds stands in the front matter, and nothing is lost."""
    for example in rule.examples:
        if len(example.spans) != 1:
            continue
        source = Source.from_text(f"---\ntitle: A\n---\n{example.text}")
        result = fix_source(source, [rule.moving()])
        assert result.refused is None
        post = result.post()
        assert str(post.metadata[rule.note_key]).strip()
        assert post.metadata["title"] == "A"
        assert {entry.kind for entry in result.ledger} & {"value"}
