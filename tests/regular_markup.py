"""Hypothesis strategies for markup that nests, but is not in canonical form: what a formatter is for.

``tests/grammar.py`` mixes elements as they come, and few of its bodies nest; these all do. They hold
no template code, which would make a page of them, and only what an article may contain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from tests.grammar import WORDS

_Draw = st.DrawFn
_Part = Callable[[_Draw], str]

_WORDS = st.lists(st.sampled_from([word for word in WORDS if "{{" not in word]), max_size=4).map("".join)
# What the policy allows anywhere, and on some elements: an article that is not safe is not formatted.
_ANYWHERE = (
    'class="keyword"',
    "ID=top",
    "TITLE='A \"b\"  c'",
    'title="a\nb &amp; c"',
    "lang='EN-US'",
    "data-x=1",
)
_SPECIAL = {
    "a": ('href="/a?b=1&amp;c=2"', "HREF=#top", "href=' //b.c/d '"),
    "img": ("src='a.png'", 'alt="A &quot;b&quot;"', "SRC=b.png?c&d", 'width="1" height=1'),
    "td": ("colspan='2'", "ROWSPAN=2"),
    "ol": ("start=3", "REVERSED"),
}
# Spellings of a start tag and an end tag; all but the first are not canonical.
_SPELLINGS = st.sampled_from(
    [
        ("<{}{}>", "</{}>", str.lower),
        ("<{}{}>", "</{}>", str.upper),
        ("<{}{}\n>", "</{} >", str.lower),
        ("<{}\n {} >", "</{}\n>", str.upper),
    ]
)


def _one_of(draw: _Draw, *parts: _Part) -> str:
    return parts[draw(st.integers(0, len(parts) - 1))](draw)


def _some(draw: _Draw, part: _Part, most: int, least: int = 0) -> str:
    return "".join(part(draw) for _ in range(draw(st.integers(least, most))))


def _attributes(draw: _Draw, name: str) -> str:
    values = (*_ANYWHERE, *_SPECIAL.get(name.lower(), ()) * 2)
    return "".join(f" {draw(st.sampled_from(values))}" for _ in range(draw(st.integers(0, 2))))


def _element(draw: _Draw, names: Sequence[str], inner: _Part) -> str:
    start, end, spell = draw(_SPELLINGS)
    name = spell(draw(st.sampled_from(names)))
    return f"{start.format(name, _attributes(draw, name))}{inner(draw)}{end.format(name)}"


def _words(draw: _Draw) -> str:
    return draw(_WORDS)


def _void(draw: _Draw) -> str:
    name = draw(st.sampled_from(("br", "img", "IMG")))
    return f"<{name}{_attributes(draw, name)}>"


def _comment(draw: _Draw) -> str:
    return draw(st.sampled_from(("<!-- more -->", "<!-- 广告位 end -->", "<!---->")))


def _bare(draw: _Draw) -> str:
    return _one_of(draw, _words, _words, _void, _comment)


def _link(draw: _Draw) -> str:
    """A link; links do not stand in links, so it holds nothing that may hold one."""
    return _element(draw, ("a",), lambda draw: _one_of(draw, _bare, _emphasis))


def _emphasis(draw: _Draw) -> str:
    return _element(draw, ("b", "em", "span", "code"), _bare)


def _inline(draw: _Draw) -> str:
    names = ("b", "i", "strong", "span", "font", "code", "sub", "u", "s")
    return _one_of(draw, _bare, _link, lambda draw: _element(draw, names, lambda d: _one_of(d, _bare, _link)))


def _line(draw: _Draw) -> str:
    return _some(draw, _inline, 3)


def _code(draw: _Draw) -> str:
    return _bare(draw) + draw(st.sampled_from(("", "", "", "", "\n\n    ", "\n\n"))) + _bare(draw)


def _leaf(draw: _Draw) -> str:
    """A block that holds no block."""
    return _one_of(
        draw,
        lambda draw: _element(draw, ("p", "h2", "div", "figcaption"), _line),
        lambda draw: _element(draw, ("pre",), _code),
        lambda draw: f"<hr{_attributes(draw, 'hr')}>",
    )


def _mixed(draw: _Draw) -> str:
    return _one_of(draw, _line, _leaf, lambda draw: _some(draw, lambda d: _one_of(d, _leaf, _inline), 3))


def _container(draw: _Draw, depth: int = 2) -> str:
    """An element that holds blocks, among them lists and tables with every part where it belongs."""

    def inner(draw: _Draw) -> str:
        return _container(draw, depth - 1) if depth and draw(st.booleans()) else _mixed(draw)

    def row(draw: _Draw) -> str:
        return _element(draw, ("tr",), lambda d: _some(d, lambda d: _element(d, ("td", "th"), inner), 3, 1))

    def parts(parent: Sequence[str], child: Sequence[str]) -> _Part:
        return lambda draw: _element(draw, parent, lambda d: _some(d, lambda d: _element(d, child, inner), 3))

    return _one_of(
        draw,
        lambda draw: _element(draw, ("div", "section", "blockquote", "figure"), inner),
        parts(("ul", "ol"), ("li",)),
        parts(("dl",), ("dt", "dd")),
        lambda draw: _element(draw, ("table",), row),
        lambda draw: _element(
            draw, ("table",), lambda d: _element(d, ("tbody",), lambda d: _some(d, row, 2))
        ),
    )


def _paragraph(draw: _Draw) -> str:
    return _element(draw, ("p", "h2", "div"), _line)


@st.composite
def blocks(draw: _Draw) -> str:
    """Blocks at the top level, none of them preformatted text, the first no comment."""
    first = _one_of(draw, _paragraph, _container)
    rest = [_one_of(draw, _paragraph, _container, _comment) for _ in range(draw(st.integers(0, 3)))]
    return "\n".join([first, *rest])


@st.composite
def blocks_and_text(draw: _Draw) -> str:
    """Blocks, and what a writer of Markdown may put before or behind them without a blank line."""
    before = _line(draw) if draw(st.booleans()) else ""
    return "\n".join(part for part in (before, draw(blocks()) + _line(draw), _line(draw)) if part)
