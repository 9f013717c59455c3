"""Plain markup is read without the parser, and read as the parser reads it."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import artlint
from artlint.document.element import Element
from artlint.document.html import Html
from artlint.document.irregularity import find_irregularity
from artlint.document.plain import plain_parts
from artlint.document.tokens import parsed_tokens
from tests.grammar import bodies, well_formed_bodies

TAGS = """p div b a i em li ul ol h1 h2 span table td tr br hr img blockquote pre font nobr button form
select option svg title textarea dd center custom-x style script""".split()
# Bodies of nothing but tags, often well nested: what tree builders are made for.
tag_soup = st.recursive(
    st.sampled_from(["x ", " ", "&amp;", "<br>", "<hr/>", "<!-- c -->", '<img src="a">', "</p>", "<p>"]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(TAGS),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@given(st.one_of(bodies, well_formed_bodies, tag_soup), st.integers(0, 9))
@example("<p>a &lt b &copy; </p><!-- x - y --><IMG alt='>' SRC=\"a\"/>", 3)
@example("<b><p>1</b>2</p>", 0)
@example(
    "<pre>\n1<b>2&amp;</b><!-- 3 -->4</pre><p class ID='a'>5</p><pre>&#10;6</pre><IMG SRC=' a.png' alt/>", 7
)
@example("<p><div>1</div></p>", 0)
@example("<a>1<b><a>2</a></b></a>", 0)
@example("<ul><li>1<li>2</ul>", 0)
@example("<li>1<ul><li>2</li></ul></li>", 0)
@example("<b><b><b><b>1</b></b></b></b>", 0)
@example("<p>1<style>a &amp; b</style>2</p><script>3</script>", 0)
def test_plain_markup_is_what_the_parser_finds(body: str, base: int) -> None:
    compare(body.replace("\r", "\n"), base)


@pytest.mark.parametrize(
    "body",
    [
        "<p title='>'",
        "a < b",
        "<p x=1>",
        "<p x = 'y'>",
        "<style><p></style>",
        "<textarea>a</textarea>",
        "<!--->",
        "<!-- a --!>",
        "</>",
    ],
)
def test_other_markup_is_left_to_the_parser(body: str) -> None:
    assert plain_parts(body) is None


@pytest.mark.parametrize(
    "body", ["<p>1</p>", "<div><p>1 <b>2</b><br></p></div>\n<!-- 3 -->", "<ul><li><p>1</p></li></ul>"]
)
def test_articles_are_simple(body: str) -> None:
    assert Html(body).is_simple


SELECTORS = (
    "p",
    "b, i",
    "P B",
    "*",
    "a[href], IMG[Src] , [alt]",
    "[class][id], p",
    "a[title='x, y'], em",
    "div:has(p, b)",
    ":not(p)",
    "li > b",
    "ul|li, span",
    r"o\:p, b",
    r"h\31 ",
)


@given(st.one_of(well_formed_bodies, tag_soup), st.sampled_from(["article.html", "article.md"]))
@example("<div><p>1</p><span>2</span></div>", "article.html")
@example("<p>1</p><b><wbr></b><ul><li></li></ul>", "article.html")
@example("<div>\u3000<p>\u3000</p>&nbsp;</div><p>&emsp;\u3000<b>1</b>\xa0</p>", "article.html")
@example("<p>a</p>&#1;<p>b</p>", "article.md")
def test_findings_do_not_depend_on_how_markup_is_read(body: str, path: str) -> None:
    found = artlint.lint(body, path=path)
    with patch("artlint.document.html.plain_parts", return_value=None):
        assert artlint.lint(body, path=path) == found


def compare(body: str, base: int) -> None:
    """Assert that a body read as plain markup is what the parser finds."""
    html = Html(body, base)
    if html.parts is not None:
        assert html.tokens == tuple(parsed_tokens(body, base))
    if html.is_simple:
        assert find_irregularity(html) is None
        assert all(element.is_sound for element in html.elements)
        parsed = Html(body, base)
        parsed.__dict__.update(parts=None, _nesting=None)  # as if it were not plain
        assert html.top_nodes == parsed.top_nodes
        assert html.has_only_markup == parsed.has_only_markup
        assert html.all_text == parsed.all_text
        assert html.inventory == parsed.inventory
        assert html.comments == parsed.comments
        assert list(map(_said, html.elements)) == list(map(_said, parsed.elements))
        assert list(map(_said, html.top_elements)) == list(map(_said, parsed.top_elements))
        for selector in SELECTORS:
            found = list(map(_said, parsed.select(selector)))
            assert list(map(_said, html.select(selector))) == found
            for own, other in zip(html.elements, parsed.elements, strict=True):
                assert list(map(_said, own.select(selector))) == list(map(_said, other.select(selector)))
                assert own.matches(selector) == other.matches(selector)


def _said(element: Element) -> dict[str, object]:
    """All that an element has to say."""
    names = element.attribute_names
    return {
        "tag": element.tag,
        "places": (element.start_tag, element.end_tag, element.span, element.inner_span),
        "text": (element.text, element.has_text),
        "attributes": element.attributes,
        "values": [(name, element.attribute(name), element.attribute_span(name)) for name in names],
        "none": element.attribute("x-none"),
        "parent": element.parent and element.parent.span,
        "children": [child.span for child in element.children],
        "open": (element.is_sound, element.left_open),
    }
