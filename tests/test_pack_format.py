"""The pack format: each kind of match and each action, through packs as a user writes them."""

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

_HEAD = """\
pack: mine
prefix: MIN
{guard}rules:
  - code: MIN001
    name: my-rule
    family: BP
    summary: Mine
    why: Because.
    match: {match}
{action}
    examples:
      bad: [{{source: "⟦a⟧"}}]
      good: ["b"]
"""


def _pack(folder: Path, match: str, action: str = "action: remove", guard: str = "") -> Config:
    lines = "\n".join(f"    {line}" for line in action.split("; "))
    text = _HEAD.format(match=match, action=lines, guard=guard)
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    return Config(select=("MIN001",), rules=(str(folder / "mine.yaml"),), format=False)


def _fixed(config: Config, text: str) -> str:
    result = artlint.fix(text, config=config, unsafe=True)
    assert result.refused is None
    again = artlint.fix(result.text, config=config, unsafe=True)
    assert not again.changed
    return result.text


@pytest.mark.parametrize(
    ("match", "action", "text", "fixed"),
    [
        (
            "{select: 'div.x', has: img}",
            "action: remove",
            "<p>a</p><div class='x'><img src='a'></div>",
            "<p>a</p>",
        ),
        ("{select: 'div.x', has: img}", "action: remove", "<p>a</p><div class='x'>b</div>", ""),
        ("{select: 'div.x', max-text: 3}", "action: remove", "<p>a</p><div class='x'>long text</div>", ""),
        ("{select: 'b.x'}", "action: unwrap", "<p>a <b class='x'>c</b></p>", "<p>a c</p>"),
        (
            "{select: iframe}",
            "action: replace; with: '<a href=\"{src}\">{src}</a>'",
            "<p>a</p><p><iframe src='/v?a&amp;b'></iframe></p>",
            '<p>a</p><p><a href="/v?a&amp;b">/v?a&amp;b</a></p>',
        ),
        (
            "{text: 'bye', position: last 1}",
            "action: remove",
            "<p>bye</p><p>a</p><p>bye</p>",
            "<p>bye</p><p>a</p>",
        ),
        (
            "{text: 'bye', position: first 1}",
            "action: remove",
            "<p>bye</p><p>a</p><p>bye</p>",
            "<p>a</p><p>bye</p>",
        ),
        ("{text: 'bye'}", "action: remove", "<p>bye <img src='a'></p><p>a</p>", ""),
        ("{text: 'bye', images: true}", "action: remove", "<p>bye <img src='a'></p><p>a</p>", "<p>a</p>"),
        ("{text: 'bye', in: 'i'}", "action: remove", "<p>a<i>bye</i></p>", "<p>a</p>"),
        (
            "{comment: 'slot [0-9]{1,3}'}",
            "action: remove",
            "<p>a</p><!-- slot 1 --><!-- slot x -->",
            "<p>a</p><!-- slot x -->",
        ),
        (
            "{attribute: 'data-x*', value: '[0-9]{1,3}'}",
            "action: drop-attribute",
            "<p data-x1='12' data-x2='b'>a</p>",
            "<p data-x2='b'>a</p>",
        ),
        (
            "{attribute: 'lang', on: span}",
            "action: drop-attribute",
            "<p lang='a'><span lang='b'>a</span></p>",
            "<p lang='a'><span>a</span></p>",
        ),
        (
            "{select: 'img[data-src]'}",
            "action: set-attribute; attribute: src; with: '{data-src}'",
            "<p>a<img src='b' data-src='c'></p>",
            "<p>a<img src=\"c\" data-src='c'></p>",
        ),
        (
            "{select: 'a[data-x]'}",
            "action: drop-attribute; attribute: data-x",
            "<p><a data-x='1' href='/'>a</a></p>",
            "<p><a href='/'>a</a></p>",
        ),
        (
            "{image: ['https://x.example/*']}",
            "action: remove",
            "<p>a<img src='https://x.example/1'></p>",
            "<p>a</p>",
        ),
        ("{image: ['https://x.example/*']}", "action: remove", "a ![](https://x.example/1) b\n", "a  b\n"),
        (
            "{front-matter: title, value: '(?P<t>.{1,40}) - Site'}",
            "action: replace; with: '{t}'",
            "---\ntitle: News - Site\n---\na\n",
            "---\ntitle: News\n---\na\n",
        ),
        (
            "{front-matter: title, value: '(?P<t>.{1,40}) - Site'}",
            "action: replace; with: '{t}'",
            '---\ntitle: "It\'s: so - Site"\n---\na\n',
            '---\ntitle: "It\'s: so"\n---\na\n',
        ),
        (
            "{front-matter: title, value: '(?P<t>.{1,40}) - Site'}",
            "action: replace; with: '{t}'",
            "---\ntitle: 1 - Site\n---\na\n",
            "---\ntitle: '1'\n---\na\n",
        ),
        (
            "{front-matter: views}",
            "action: remove",
            "---\ntitle: A\nviews: many\n---\na\n",
            "---\ntitle: A\n---\na\n",
        ),
        (
            "{between: {start: {comment: 'ad'}, end: {comment: '/ad'}}}",
            "action: remove",
            "<p>a</p><!-- ad --><p>b</p><!-- /ad --><p>c</p>",
            "<p>a</p><p>c</p>",
        ),
        (
            "{between: {start: {text: 'More'}, end: {select: 'ul.l'}}}",
            "action: remove",
            "<p>a</p><p>More</p><ul class='l'><li>b</li></ul><p>c</p>",
            "<p>a</p><p>c</p>",
        ),
        (
            "{between: {start: {comment: 'ad'}, end: {comment: '/ad'}}}",
            "action: remove",
            "<div><p>a</p><!-- ad --></div><div><p>b</p><!-- /ad --></div>",
            "",
        ),
    ],
)
def test_kinds_and_actions(tmp_path: Path, match: str, action: str, text: str, fixed: str) -> None:
    """``fixed`` is empty where the text must stay."""
    assert _fixed(_pack(tmp_path, match, action), text) == (fixed or text)


@pytest.mark.parametrize(
    "text",
    [
        "<p>a</p><!-- more --><p>b</p>",
        "<p>a</p><!--more--><!-- excerpt --><!-- truncate -->",
        "<p>a</p><!-- artlint: ignore[MIN001] -->",
        "```html\n<!-- x -->\n```\n",
        "<pre>&lt;!-- x --&gt;</pre>",
        "{% raw %}<!-- x -->{% endraw %}\n",
        "<p>a</p>{{ '<!-- x -->' }}\n",
    ],
)
def test_never_matched(tmp_path: Path, text: str) -> None:
    """Excerpt marks, template code and code blocks, even by a rule that takes every comment."""
    assert artlint.lint(text, config=_pack(tmp_path, "{comment: '.*'}")) == []


def test_a_block_around_an_excerpt_mark_stays(tmp_path: Path) -> None:
    config = _pack(tmp_path, "{select: div.x}")
    assert artlint.lint("<p>a</p><div class='x'>b<!-- more -->c</div>", config=config) == []
    assert len(artlint.lint("<p>a</p><div class='x'>b<!-- other -->c</div>", config=config)) == 1


@pytest.mark.parametrize(
    ("guard", "text"),
    [
        ("{front-matter: {author: 'Some*'}}", "---\nauthor: Some Site\n---\n<p class='x'>a</p>"),
        ("{image-host: '*.example.com'}", "<p class='x'>a<img src='https://i.example.com/a'></p>"),
        ("{image-host: '*.example.com'}", "<p class='x'>a</p>\n\n![](https://i.example.com/a)\n"),
        ("{link-host: example.com}", "<p class='x'>a<a href='https://example.com/a'>b</a></p>"),
        ("{marker: [sign-of-it]}", "<p class='x'>a</p><div id='sign-of-it'>b</div>"),
    ],
)
def test_guards(tmp_path: Path, guard: str, text: str) -> None:
    config = _pack(tmp_path, "{select: p.x}", guard=f"applies: [{guard}]\n")
    assert len(artlint.lint(text, config=config)) == 1
    assert artlint.lint("<p class='x'>a</p>", config=config) == []


def test_layouts_and_pages_are_left_alone(tmp_path: Path) -> None:
    config = _pack(tmp_path, "{select: p}")
    assert artlint.lint("<html><body><p>a</p></body></html>", path="a.html", config=config) == []
    assert artlint.lint("<p>{{ page.title }}</p>", path="a.html", config=config) == []


def test_a_note_moves_to_the_front_matter(tmp_path: Path) -> None:
    action = "action: report; note: {key: source, value: '{who}'}"
    config = _pack(tmp_path, "{text: 'From (?P<who>.{1,20})'}", action)
    text = "---\ntitle: A\n---\n<p>a</p><p>From The Times: a paper</p>"
    assert artlint.fix(text, config=config).text == text
    moving = Config(select=("MIN001",), rules=config.rules, format=False, source_notes="front-matter")
    result = artlint.fix(text, config=moving)
    assert result.text == "---\ntitle: A\nsource: 'The Times: a paper'\n---\n<p>a</p>"
    assert {(entry.kind, entry.removed, entry.inserted) for entry in result.ledger} == {
        ("text", "From The Times: a paper", ""),
        ("value", "", "source: 'The Times: a paper'"),
    }
    taken = text.replace("title: A", "title: A\nsource: Another")
    assert artlint.fix(taken, config=moving).text == taken
    without = "<p>a</p><p>From X</p>"
    assert artlint.fix(without, config=moving).text == without


def test_editor_notes_by_setting() -> None:
    text = "---\ntitle: A\n---\n<p>正文。</p><p>责任编辑：李某某</p>"
    removed = artlint.fix(text, config=Config(select=("BP101",), format=False))
    assert removed.text == "---\ntitle: A\n---\n<p>正文。</p>"
    assert [entry.removed for entry in removed.ledger] == ["责任编辑：李某某"]
    moved = artlint.fix(text, config=Config(select=("BP101",), format=False, editor_notes="front-matter"))
    assert moved.text == "---\ntitle: A\neditor: 李某某\n---\n<p>正文。</p>"


def test_rights_are_never_dropped_by_a_safe_fix() -> None:
    for pack in load_shipped_packs():
        for rule in pack.rules:
            if rule.note_key and rule.note_key != "editor":
                assert rule.action.word == "report" or rule.applicability.value == "unsafe", rule.code


def test_packs_of_a_folder(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"no pack in the folder; a pack is a file that ends in \.yaml"):
        load_packs([tmp_path])
    _pack(tmp_path, "{select: p.x}")
    assert [pack.name for pack in load_packs([tmp_path])] == ["mine"]
    assert registry_with((str(tmp_path),)).get("my-rule").origin == "pack mine"
    with pytest.raises(PackError, match="cannot read the pack: no such file"):
        load_packs([tmp_path / "none.yaml"])
    (tmp_path / "bad.yaml").write_bytes(b"\xff")
    with pytest.raises(PackError, match="not UTF-8"):
        load_packs([tmp_path / "bad.yaml"])


def test_pictures_of_a_user_pack_are_no_head_images(tmp_path: Path) -> None:
    picture = "https://pictures.example/qr-of-mine.png"
    _pack(tmp_path, "{select: p.x}", f"action: remove; boilerplate-images: ['{picture}']")
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
    _pack(tmp_path, "{select: p.x}", "action: unwrap")
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
