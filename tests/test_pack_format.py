"""The pack format: each kind of match and each action, through packs as a user writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

import artlint
from artlint.config import Config
from artlint.pack import load_shipped_packs

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


def write_pack(folder: Path, match: str, action: str = "action: remove", guard: str = "") -> Config:
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
    assert _fixed(write_pack(tmp_path, match, action), text) == (fixed or text)


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
    assert artlint.lint(text, config=write_pack(tmp_path, "{comment: '.*'}")) == []


def test_a_block_around_an_excerpt_mark_stays(tmp_path: Path) -> None:
    config = write_pack(tmp_path, "{select: div.x}")
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
    config = write_pack(tmp_path, "{select: p.x}", guard=f"applies: [{guard}]\n")
    assert len(artlint.lint(text, config=config)) == 1
    assert artlint.lint("<p class='x'>a</p>", config=config) == []


def test_layouts_and_pages_are_left_alone(tmp_path: Path) -> None:
    config = write_pack(tmp_path, "{select: p}")
    assert artlint.lint("<html><body><p>a</p></body></html>", path="a.html", config=config) == []
    assert artlint.lint("<p>{{ page.title }}</p>", path="a.html", config=config) == []


def test_a_note_moves_to_the_front_matter(tmp_path: Path) -> None:
    action = "action: report; note: {key: source, value: '{who}'}"
    config = write_pack(tmp_path, "{text: 'From (?P<who>.{1,20})'}", action)
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
