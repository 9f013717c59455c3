"""Promises over real articles, in the folder that ARTLINT_CORPUS names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

import artlint
from artlint.document import Document
from artlint.errors import SourceError
from artlint.source import Source
from artlint.view import view
from tests.judges import JUDGES, Seen, beautiful_soup, body_of, follows_the_ledger
from tests.test_convert import RENDERERS
from tests.test_plain import compare

CORPUS = os.environ.get("ARTLINT_CORPUS")

# Rules whose safe fix changes where a link of a well-kept article leads, as their pages say.
RETARGETING = ("LNK001", "LNK002")
# Rules of safety: an embedded player becomes a link, a script goes.
EMBEDS = frozenset({"SEC001", "SEC016"})

pytestmark = pytest.mark.skipif(not CORPUS, reason="ARTLINT_CORPUS names no folder with articles")


def _articles(*folders: str) -> Iterator[tuple[str, Source]]:
    for folder in folders or ("",):
        for path in sorted(Path(CORPUS or "", folder).rglob("*")):
            if path.suffix in (".md", ".markdown", ".html") and path.is_file():
                try:
                    yield str(path), Source.from_bytes(path.read_bytes(), str(path))
                except SourceError:
                    continue


def _words(text: str, path: str) -> str:
    return "".join(view(Document(Source.from_text(text, path))).words)


def test_every_fix_is_accounted_for_and_stable() -> None:
    changed = 0
    for path, source in _articles():
        result = artlint.fix(source.original, path=path)
        if result.refused:
            assert result.text == source.original, path
            continue
        changed += result.changed
        before, after = _words(source.original, path), _words(result.text, path)
        assert follows_the_ledger(before, after, result.ledger), path
        assert artlint.fix(result.text, path=path).text == result.text, path
        assert not [d for d in artlint.lint(result.text, path=path) if d.is_fixable()], path
    assert changed


def test_clean_articles_lose_no_text() -> None:
    for path, source in _articles("clean"):
        result = artlint.fix(source.original, path=path)
        lost = [entry for entry in result.ledger if entry.kind != "value" and not _is_documented(entry.code)]
        assert lost == [], path


def test_formatting_says_the_same() -> None:
    form = artlint.Config(select=("HTM900", "FM900"))
    for path, source in _articles():
        result = artlint.fix(source.original, path=path, config=form)
        if result.changed:
            assert not artlint.fix(result.text, path=path, config=form).changed, path
            for name, judge in JUDGES.items():
                assert judge(source.text) == judge(result.text), (name, path)


def test_conversion_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    blocks = kept = 0
    to_markdown = artlint.Config(select=("HTM900",), to="markdown")
    for path, source in _articles():
        fixed = artlint.fix(source.original, path=path)
        result = artlint.fix(fixed.text, path=path, config=to_markdown)
        if fixed.refused or not result.conversion:
            continue
        blocks += result.conversion.blocks
        kept += len(result.conversion.kept)
        wanted = beautiful_soup(body_of(fixed.text))
        for name, render in RENDERERS.items():
            found = beautiful_soup(render(body_of(result.text)))
            assert (found.text, found.images) == (wanted.text, wanted.images), (name, path)
    with capsys.disabled():
        print(f"\n{1 - kept / blocks:.1%} of {blocks:,} blocks became Markdown")
    assert kept <= blocks / 10


def test_plain_markup_of_real_articles_is_what_the_parser_finds() -> None:
    for _, source in _articles():
        compare(source.text, 0)


def test_clean_articles_read_the_same_to_an_independent_judge() -> None:
    for path, source in _articles("clean"):
        result = artlint.fix(source.original, path=path)
        codes = {applied.code for applied in result.applied}
        if not result.changed or codes & EMBEDS:
            continue
        before, after = (_rendered(text, path) for text in (source.text, result.text))
        assert before.text == after.text, path
        assert before.images == after.images, path
        if not codes & set(RETARGETING):
            assert before.links == after.links, path


def _is_documented(code: str) -> bool:
    return code in RETARGETING or code in EMBEDS


def _rendered(article: str, path: str) -> Seen:
    body = body_of(article)
    is_markdown = not path.endswith(".html")
    html = cmarkgfm.markdown_to_html(body, Options.CMARK_OPT_UNSAFE) if is_markdown else body
    return beautiful_soup(html)
