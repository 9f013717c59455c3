"""Safety that takes nothing from the article: typed tags, template code, rules adopted one by one."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import artlint

HEAD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"


@pytest.mark.parametrize("tag", ["script", "style", "iframe", "title", "noscript", "template", "noembed"])
@pytest.mark.parametrize("name", ["a.md", "a.html"])
def test_a_tag_that_nobody_closed_takes_nothing_away(tag: str, name: str) -> None:
    body = f"<p>About the <{tag}> tag.</p>\n\n<p>More <a href='https://example.com/'>here</a>.</p>\n"
    if name == "a.md":
        body = f"About the <{tag}> tag.\n\nMore [here](https://example.com/).\n"
    result = artlint.fix(HEAD + body, path=name)
    assert result.refused is None
    assert f"&lt;{tag}" in result.text
    assert "More" in result.text
    assert "https://example.com/" in result.text
    assert not artlint.lint(result.text, path=name)
    assert any(entry.inserted.startswith(f"<{tag}> tag.") for entry in result.ledger)


def test_what_stands_behind_an_open_frame_stays() -> None:
    body = "<p>One.</p>\n<iframe src='https://player.vimeo.com/1'>\n\nTwo.\n"
    result = artlint.fix(HEAD + body)
    assert "https://player.vimeo.com/1</a>" in result.text
    assert result.text.endswith("\n\nTwo.\n")


def test_a_script_that_nothing_follows_goes() -> None:
    assert artlint.fix(f"{HEAD}<p>One.</p><script src='x.js'>", path="a.html").text == f"{HEAD}<p>One.</p>\n"


@pytest.mark.parametrize("path", ["a.md", "a.html"])
@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<select><option>one<option>two</select>three", "one two three"),
        ('one<noscript><img src="a.jpg"></noscript>two', 'one <img src="a.jpg">two'),
        ('one<img src="loading.gif"><noscript><img src="a.jpg"></noscript>two', 'one <img src="a.jpg">two'),
    ],
)
def test_words_stay_apart_where_a_box_goes(body: str, shown: str, path: str) -> None:
    for around in ("<p>{}</p>\n", "{}\n"):
        result = artlint.fix(around.format(body), path=path)
        assert result.refused is None
        assert shown in " ".join(result.text.split())


def test_template_code_in_a_tag_is_not_to_blame_for_the_tag() -> None:
    sample = "{% highlight html %}\n<script>alert(1)</script>\n{% endhighlight %}\n\n"
    body = f'# T\n\n{sample}<img alt="A" src="{{{{ site.url }}}}/a.png" style="width:50%">\n\nProse.\n'
    assert artlint.fix(HEAD + body).text == HEAD + body.replace(' style="width:50%"', "")


def test_template_code_that_ends_a_tag_is() -> None:
    sample = "{% highlight html %}\n<script>alert(1)</script>\n{% endhighlight %}\n\n"
    body = f'# T\n\n{sample}<img alt="A" src="{{{{ \'" onerror="alert(1)\' }}}}/a.png">\n\nProse.\n'
    assert "SEC016" in {found.code for found in artlint.lint(HEAD + body)}
    assert "{{" not in artlint.fix(HEAD + body).text


@pytest.mark.parametrize(
    "body",
    [
        "# H\n\n<p style='color:red'>　　二段</p>\n\nprose\n",
        "# H\n\n<p foo='1'>　　二段</p>\n\nprose\n",
        "# H\n\n[One](https://example.com/?utm_source=x)\n\n<p style='position:fixed'>Three.</p>\n",
    ],
)
def test_a_check_names_what_is_outside_the_policy_beside_all_else(body: str) -> None:
    found = {diagnostic.code for diagnostic in artlint.lint(HEAD + body)}
    assert found & {"SEC006", "SEC007"}
    assert found & {"CJK001", "LNK002"}


@pytest.mark.parametrize(
    ("codes", "body"),
    [
        (("FM",), "<p onclick='x()'>One.</p><script>x()</script>\n"),
        (("CJK",), "<style type='text/css'>p{color:red}</style>\n<p style='font-size:16px'>　　二段</p>\n"),
    ],
)
def test_rules_are_adopted_one_by_one(codes: tuple[str, ...], body: str) -> None:
    text = f"\n---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n{body}"
    result = artlint.fix(text, config=artlint.Config(select=(*codes, "FM001")))
    assert result.refused is None
    assert result.changed


def test_a_changed_body_that_runs_something_is_refused_whatever_is_selected() -> None:
    result = artlint.fix(f"{HEAD}<p onclick='x()'>　　二段</p>\n", config=artlint.Config(select=("CJK",)))
    assert result.refused is not None
    assert "onclick" in result.refused


@pytest.mark.parametrize(
    ("formula", "line"),
    [
        ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "1/2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a+b)/2"),
        ("<msup><mi>x</mi><mn>10</mn></msup><mo>&lt;</mo><msub><mi>y</mi><mi>i</mi></msub>", "x^10<y_i"),
        ("<msubsup><mo>∑</mo><mi>i</mi><mi>n</mi></msubsup><msqrt><mi>i</mi></msqrt>", "∑_i^n√i"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "3√x"),
        (
            "<mtable><mtr><mtd>1</mtd><mtd>0</mtd></mtr><mtr><mtd>0</mtd><mtd>1</mtd></mtr></mtable>",
            "1, 0; 0, 1",
        ),
        ("<semantics><mi>x</mi><annotation encoding='application/x-tex'>x</annotation></semantics>", "x"),
        ("<mn>2</mn><mo>*</mo><mn>3</mn><mo>*</mo><mn>4</mn>", "2*3*4"),
    ],
)
@pytest.mark.parametrize(
    "place", ["<p>Let {} be so.</p>\n\n# End\n", "Let {} be so.\n", "<p>Let {} be so.</p>\n"]
)
def test_a_formula_keeps_its_meaning(formula: str, line: str, place: str) -> None:
    result = artlint.fix(HEAD + place.format(f"<math>{formula}</math>"))
    body = MarkdownIt().render(result.text.removeprefix(HEAD))
    shown = BeautifulSoup(body, "html.parser").get_text()
    assert " ".join(shown.split()).startswith(f"Let {line} be so.")
    assert artlint.fix(result.text).text == result.text


_PIECES = (
    *("{{< x >}}", "{{<b onclick=1>}}", "{{<", "{{", "}}", ">}}", "{% if x %}", "{{ '<script>' }}"),
    *("<script>", "</script>", "<b onclick=x>", '<a href="javascript:x">', "<a title='", "'>", '<a title="'),
    *('">', "[a](", "javascript:x", ")", "](", "`", "```\n", "\n", "\n\n", "    ", "> ", "<!--", "-->"),
    *("<p>", "<pre>", "a "),
)


@given(st.lists(st.sampled_from(_PIECES), max_size=12), st.sampled_from(["a.md", "a.html"]))
def test_the_cheap_question_about_template_code_hides_nothing(pieces: list[str], path: str) -> None:
    config = artlint.Config(select=("SEC016",))
    text = "x " + "".join(pieces) + "\n"
    found = artlint.lint(text, path=path, config=config)
    with patch("artlint.safety_text._may_reach_code", return_value=True):
        assert found == artlint.lint(text, path=path, config=config)
