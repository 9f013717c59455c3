"""The parser behind `artlint.document.html`: spans, tokens and tree, on any input.

turbohtml is young; these tests are why its version is pinned. justhtml, another implementation of the
HTML Standard, is the judge of the tree.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from justhtml import JustHTML

from artlint.document.html import Html
from tests.grammar import bodies, well_formed_bodies


@given(bodies.map(lambda body: body.replace("\r", "\n")), st.integers(0, 50))
def test_tokens_lie_where_they_say(body: str, base: int) -> None:
    end = base
    for token in Html(body, base).tokens:
        assert end <= token.span.start <= token.span.end <= base + len(body)
        end = token.span.end
        source = body[token.span.start - base : token.span.end - base]
        if token.kind == "text":
            assert token.data == source or "</>" in source
        elif token.kind == "reference":
            assert source.startswith("&")
        else:
            assert source.startswith("<")
            assert token.tag == "" or token.tag in source.lower()


@given(bodies.map(lambda body: body.replace("\r", "\n")), st.integers(0, 50))
def test_spans_of_elements_and_attributes(body: str, base: int) -> None:
    def source(span: tuple[int, int]) -> str:
        return body[span[0] - base : span[1] - base]

    for element in Html(body, base).elements:
        name = (
            "image"
            if element.tag == "img" and source(element.start_tag).lower().startswith("<image")
            else element.tag
        )
        assert source(element.start_tag).lower().startswith(f"<{name.lower()}")
        assert source(element.start_tag).endswith(">")
        assert element.span.start == element.start_tag.start
        assert element.span.end >= element.start_tag.end
        if element.end_tag:
            assert source(element.end_tag).lower().startswith(f"</{name.lower()}")
        for attribute in element.attribute_names:
            assert source(element.attribute_span(attribute)).lower().startswith(attribute)


@given(well_formed_bodies)
def test_another_implementation_builds_the_same_tree(body: str) -> None:
    ours = [node.split(" ")[0].strip("<>") for node in Html(body).inventory]
    theirs = JustHTML(body, fragment=True, sanitize=False).root
    names: list[str] = []
    stack = list(reversed(theirs.children or []))
    while stack:
        node = stack.pop()
        if node.name and node.name[0].isalpha():
            names.append(node.name)
        stack.extend(reversed(node.children or []))
    assert ours == names


@pytest.mark.parametrize(
    ("body", "tag", "span", "sound"),
    [
        ("<p>a</p>b", "p", "<p>a</p>", True),
        ("<p>a<p>b", "p", "<p>a", False),
        ("<ul><li>a<li>b</ul>", "ul", "<ul><li>a<li>b</ul>", True),
        ("x<br>y", "br", "<br>", True),
        ("<b>a<i>b</b>c</i>", "b", "<b>a<i>b</b>", False),
        ("<div><p>a</div>b", "div", "<div><p>a</div>", True),
        ("<DIV>中<!-- </div> --></DIV>", "div", "<DIV>中<!-- </div> --></DIV>", True),
    ],
)
def test_element_spans_by_example(body: str, tag: str, span: str, sound: bool) -> None:
    element = Html(body, 3).select(tag)[0]
    assert body[element.span.start - 3 : element.span.end - 3] == span
    assert element.is_sound is sound
