"""The promises of artlint, on inputs nobody thought of."""

from __future__ import annotations

import hypothesis
import pytest
import turbohtml
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

import artlint
from artlint.document import Document
from artlint.ledger import LedgerEntry
from artlint.source import Source
from artlint.view import view
from tests.grammar import articles, bodies, paths, well_formed_bodies
from tests.judges import beautiful_soup, body_of, follows_the_ledger


@given(articles, paths, st.booleans())
def test_fixing_reaches_a_fixed_point(article: str, path: str, unsafe: bool) -> None:
    result = artlint.fix(article, path=path, unsafe=unsafe)
    if result.refused:
        assert result.text == article
        assert not result.changed
        assert not result.ledger
        assert not result.applied
        return
    again = artlint.fix(result.text, path=path, unsafe=unsafe)
    assert not again.refused
    assert again.text == result.text
    assert not any(found.is_fixable(unsafe) for found in artlint.lint(result.text, path=path))
    assert list(result.remaining) == artlint.lint(result.text, path=path)


@given(articles, paths)
def test_every_word_is_kept_or_in_the_ledger(article: str, path: str) -> None:
    result = artlint.fix(article, path=path)
    before, after = _letters(article, path), _letters(result.text, path)
    assert follows_the_ledger(before, after, result.ledger)


@pytest.mark.parametrize(
    ("after", "removed", "inserted", "holds"),
    [
        ("abcd", "xy", "", True),
        ("abcd", "x", "y", False),
        ("acbd", "xy", "", False),
        ("abczd", "xy", "z", True),
        ("abzcd", "xy", "z", False),
    ],
)
def test_the_judge_of_the_ledger_minds_the_order(
    after: str, removed: str, inserted: str, holds: bool
) -> None:
    entry = LedgerEntry("text", removed, inserted, 1, "BP001", "a-rule", "why")
    assert follows_the_ledger("abcxyd", after, [entry]) is holds


def _letters(article: str, path: str) -> str:
    words = view(Document(Source.from_text(article, path))).words
    return "".join(words)


@given(well_formed_bodies)
def test_another_parser_sees_the_same_text_in_order(body: str) -> None:
    result = artlint.fix(body, path="article.html")
    hypothesis.assume("&copy" not in body and not any(entry.kind == "text" for entry in result.ledger))
    before, after = beautiful_soup(body, "html.parser"), beautiful_soup(result.text, "html.parser")
    # html.parser does not know the HTML rules for stray and unclosed tags: compare what it can.
    assert sorted(before.text) == sorted(after.text)


@given(bodies, paths)
def test_formatting_changes_nothing_a_reader_sees(body: str, path: str) -> None:
    config = artlint.Config(select=("HTM900", "FM900"))
    result = artlint.fix(body, path=path, config=config)
    assert not result.refused or "safe to publish" in result.refused
    before, after = (turbohtml.parse_fragment(text) for text in (body_of(body), body_of(result.text)))
    if result.changed:
        assert "".join(before.text.split()) == "".join(after.text.split())
        for selector in ("a[href]", "img[src]"):
            assert [n.attrs for n in before.select(selector)] == [n.attrs for n in after.select(selector)]


@given(articles, paths)
def test_diagnostics_are_well_formed(article: str, path: str) -> None:
    source = Source.from_text(article, path)
    found = artlint.lint(article, path=path)
    assert found == sorted(found, key=lambda diagnostic: (diagnostic.span, diagnostic.code))
    for diagnostic in found:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(source.text)
        assert source.position(diagnostic.span.start) == diagnostic.start
        assert len(diagnostic.message) < 160
        for edit in diagnostic.fix.edits if diagnostic.fix else ():
            assert 0 <= edit.span.start <= edit.span.end <= len(source.text)


@given(articles, paths)
def test_what_is_written_is_inert(article: str, path: str) -> None:
    result = artlint.fix(article, path=path, unsafe=True)
    hypothesis.assume(result.changed)
    document = Document(Source.from_text(result.text, path))
    body = document.body
    hypothesis.assume(not document.is_site_page)  # its front matter may change, its scripts stay
    tree = turbohtml.parse_fragment(body.masked)
    assert not tree.select("script, svg, iframe, object, form, base, meta, style")
    assert not any(name.startswith("on") for node in tree.iter_elements() for name in node.attrs)
    for link in BeautifulSoup(body.masked, "lxml").find_all("a", href=True):
        assert not str(link["href"]).strip().lower().startswith("javascript")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300), paths)
def test_any_text_survives(text: str, path: str) -> None:
    result = artlint.fix(text, path=path)
    assert result.refused is None or result.text == text


def test_a_fix_that_only_applies_on_request_keeps_back_no_other_fix() -> None:
    """An empty link is removed only on request; what its style may not say goes all the same."""
    body = '<p>One <a href="/b" style="color:red"></a></p>\n'
    assert artlint.fix(body, path="a.html").text == '<p>One <a href="/b"></a></p>\n'
    assert artlint.fix(body, path="a.html", unsafe=True).text == "<p>One</p>\n"


# Markup that one rule makes and another takes apart, or that changes its meaning when a tag goes.
TANGLED = {
    "what ends a paragraph in a ruby": ("<ruby><div><p><rp><img src=x onerror=run()>", "html"),
    "a paragraph that only the box around it ends": ("<center><p>One</center>two", "html"),
    "a tag in a tag that becomes text": ('<div><x y="><iframe onload=run()"></div>\n', "md"),
}


@pytest.mark.parametrize(("body", "kind"), TANGLED.values(), ids=list(TANGLED))
def test_rules_do_not_undo_each_other(body: str, kind: str) -> None:
    result = artlint.fix(body, path=f"article.{kind}")
    assert result.refused is None
    assert artlint.fix(result.text, path=f"article.{kind}").text == result.text
