"""What only a reader of Markdown, or one who knows no template code, takes for markup."""

from __future__ import annotations

import re

import cmarkgfm
import pyromark
import pytest
from cmarkgfm.cmark import Options

import artlint
from tests.judges import body_of, danger

HEAD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"


@pytest.mark.parametrize(
    "body",
    [
        "<b class=a<style onload=run()></style><embed src=javascript:run()><p><div>",
        "{%\n\n</p'<b&<<input autofocus onfocus=run()>%}\n",
        "<span></span><pre></pre><pre>[x][a]\n\n[a]: &#106;avascript:run()\n</pre>\n",
        "<br></p =<?<video src=x onerror=run()></video>",
        "</p =\n\n<video src=x onerror=run()></video>\n",
        '<i></li title="<b>><area href="javascript&colon;run()"></i>\n',
        "</source>`<svg onload=run()></svg>` and\n",
        "</search>[x](javascript:run())\n",
        "<search>a<!--<svg onload=run()>\n<form>x</form>-->\n",
        "<source>a<!--<svg onload=run()>\n<form>x</form>-->\n",
        "Text {{<img src=x onerror=run()>}}\n",
        "Text {{<a href=javascript:run()>}}b{{</a>}}\n",
        "A <!--\n<source><svg onload=run()>-->\n",
        "A <!--\n<search><svg onload=run()>-->\n",
        "One\n\n</p{{></ul>}}<title>\n",
        "    <!--<div>\n\n<body onload=run()>\n\n</div>-->\n",
        "<div>x</div>\n\n    <!--<div>\n\n<svg onload=run()></svg>\n\n</div>-->\n",
        "<div>x</div>\n   \n    <b>\n\t<!--\n\n<svg onload=run()></svg>\n\n-->\n</b>\n",
        "> [x](\n> javascript:run())\n",
        "<br>](![x](javascript:run())\n",
        "A ]:![x](javascript:run())\n",
        "A ](a<javascript:run()>\n",
        "[a]:x[b](javascript:run())\n",
        "> [a]\n>\n> [a]:\n> javascript:run()\n",
        "1. > ![x](\n   > data:text/html,1)\n",
        "A[^1]\n\n[^1]: [x](javascript:run())\n",
        "A[^1]\n\n[^1]: b\n\n    [x](javascript:run())\n",
        "[q](r[x](javascript:run())\n",
        "One [q]:r[x](javascript:run())\n",
        "[q](<r[x](javascript:run())\n",
        "[q](r<javascript:run()>\n",
        "{% raw %}[x](javascript:run()){% endraw %}\n",
    ],
)
def test_what_only_a_reader_of_markdown_sees(body: str) -> None:
    result = artlint.fix(HEAD + body, path="a.md")
    assert result.refused is None
    # One reads CommonMark as it was before version 0.31, the other as it is since.
    for options in (0, Options.CMARK_OPT_FOOTNOTES):
        html = cmarkgfm.markdown_to_html(body_of(result.text), Options.CMARK_OPT_UNSAFE | options)
        assert danger(html) == set()
    assert danger(pyromark.html(body_of(result.text))) == set()
    assert artlint.fix(result.text, path="a.md").text == result.text


@pytest.mark.parametrize(
    ("body", "fixed"),
    [
        ("[a]\n\n[a]: /ok\n[a]: javascript:run()\n", "[a]\n\n[a]: /ok\n[a]: #\n"),
        ("[x]({# a #}javascript:run())\n", "x\n"),
        ('<p><a href="java{# a #}script:run()">x</a></p>\n\nText\n', "<p><a>x</a></p>\n\nText\n"),
        ("[x]({{ site.url }}/a) [y]({% link a.md %})\n", "[x]({{ site.url }}/a) [y]({% link a.md %})\n"),
    ],
)
def test_what_another_reader_may_follow(body: str, fixed: str) -> None:
    config = artlint.Config(select=("SEC",))
    assert body_of(artlint.fix(HEAD + body, path="a.md", config=config).text) == "\n" + fixed


@pytest.mark.parametrize("note", ["doi:10.1000/182", "ISBN:978-7-302", "Nature:2019年第3期，第5页。"])
def test_the_text_of_a_footnote_stays(note: str) -> None:
    result = artlint.fix(f"{HEAD}A[^1]\n\n[^1]: {note}\n", path="a.md")
    assert result.refused is None
    assert result.ledger == ()
    assert body_of(result.text) == f"\nA[^1]\n\n[^1]: {note.replace(':', ': ')}\n"


@pytest.mark.parametrize("path", ["article.md", "article.html"])
def test_a_typed_less_than_takes_nothing_away(path: str) -> None:
    result = artlint.fix(f"{HEAD}<p>当x<y时，结论成立。</p>\n<p>当x<y</p>\n<p>二</p>\n", path=path)
    html = body_of(result.text)
    assert html == "\n<p>当x&lt;y时，结论成立。</p>\n\n<p>当x&lt;y</p>\n\n<p>二</p>\n"


@pytest.mark.parametrize("path", ["article.md", "article.html"])
@pytest.mark.parametrize(
    "text",
    [
        "if x<b or y>c then",
        "if x<p and q>r then",
        "a<i once j>k",
        "x<foo and y>z",
        "a<u is b>c",
        "a<foo b-c #d>e",
    ],
)
def test_a_comparison_is_no_tag(text: str, path: str) -> None:
    for body in (f"<p>{text}</p>\n", f"{text}\n"):
        assert _shown(body, path) == text.replace(" ", "")


@pytest.mark.parametrize("path", ["article.md", "article.html"])
@pytest.mark.parametrize(
    "text",
    [
        "if x<b or y>c then</b> d",
        "x<i of j-1>k <i>l</i></i>",
        "a<a or b>c</a>d",
        "a<code in b>c</code>",
        "<b>bold if x<b or y>c</b> d",
        "x<br or y>c",
        "x<td or y>c",
        "x<b && y>c</b>",
        "x<b 或y>c</b>",
    ],
)
def test_a_comparison_is_no_tag_that_something_closes(text: str, path: str) -> None:
    shown = re.sub(r"</?[a-z]+>|\s", "", text)
    for body in (f"<p>{text}</p>\n", f"{text}\n"):
        assert _shown(body, path) == shown


def _shown(body: str, path: str) -> str:
    """What a reader sees of a body when it is fixed, without blanks."""
    result = artlint.fix(HEAD + body, path=path)
    assert result.refused is None
    assert all(re.sub(r"</?[a-z]+>", "", entry.inserted) in body for entry in result.ledger)
    text = re.sub(r"<[^<>]*>|\s", "", body_of(result.text))
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def test_an_attribute_without_a_value_is_no_comparison() -> None:
    body = "<p v-cloak>a <b unselectable>c</b> <br clear><b ng-if>d</b></p><p align>e</p>\n"
    assert body_of(artlint.fix(HEAD + body, path="a.html").text) == (
        '\n<p>a <b>c</b> <br clear=""><b>d</b></p>\n\n<p>e</p>\n'
    )
    for flags in (
        "contenteditable draggable",
        "@click.prevent #a",
        "data-1 data-of-us",
        "id foo",
        "foo=1 bar",
    ):
        assert (
            "&lt;" not in artlint.fix(f"{HEAD}<p>a<b {flags}>b</b>c<br {flags}>d</p>\n", path="a.html").text
        )


@pytest.mark.parametrize("tag", ["source", "search"])
def test_a_tag_on_which_versions_disagree_keeps_nothing_from_being_fixed(tag: str) -> None:
    body = f'Text\n\n<audio controls>\n  <{tag} src="a.mp3">\n</audio>\n\n<b onclick="x">y</b>\n'
    result = artlint.fix(HEAD + body, path="a.md")
    if tag == "source":
        assert result.refused is None
        assert body_of(result.text) == "\n" + body.replace(' onclick="x"', "")
    bad = f"Text\n\n<{tag}>a\n`<svg onload=run()></svg>`\n"
    assert danger(cmarkgfm.markdown_to_html(artlint.fix(bad).text, Options.CMARK_OPT_UNSAFE)) == set()


def test_a_comment_that_markdown_ends_early() -> None:
    body = "<i><p>\n<img src=x onerror=run()><!--</<a>x</a>\n\n<marquee onstart=run()>x</marquee>"
    result = artlint.fix(HEAD + body, path="a.md")
    assert result.refused is not None
    assert "the result would not be safe to publish: `<marquee" in result.refused


def test_an_unknown_name_in_markdown_becomes_text() -> None:
    result = artlint.fix(f"{HEAD}A List<T> of <name>these</name>.\n", path="a.md")
    assert body_of(result.text) == "\nA List&lt;T> of &lt;name>these&lt;/name>.\n"


@pytest.mark.parametrize("path", ["article.md", "article.html"])
@pytest.mark.parametrize(
    "code",
    [
        "{{ x<script>run()</script> }}",
        "{% comment %}<script>run()</script>{% endcomment %}",
        "{%- comment x -%}<p>{{ y }}</p><img src=x onerror=run()>{%- endcomment -%}",
        "{{<script>run()</script>}}",
        "{%}<script>run()</script>%}",
        "{{ %} %}<script>run()</script> }}",
        "{% highlight <script>run()</script> %}",
        "{%<table background=javascript&colon;run()><tr><td>x</table>%}",
    ],
)
def test_template_code_hides_nothing(code: str, path: str) -> None:
    result = artlint.fix(f"{HEAD}<p>One. {code}</p>\n", path=path)
    assert result.refused is None
    assert danger(body_of(result.text)) == set()


@pytest.mark.parametrize("body", ["</p{{></ul>}}<title>", "<p {{>}}<style>p{}</style>"])
def test_template_code_does_not_end_a_tag(body: str) -> None:
    result = artlint.fix(f"{HEAD}{body}\n", path="_posts/a.html")
    assert result.refused is None
    assert danger(body_of(result.text)) == set()


def test_a_raw_block_is_part_of_the_article() -> None:
    result = artlint.fix(f"{HEAD}One.\n\n{{% raw %}}<script>run()</script>{{% endraw %}}\n", path="a.md")
    assert "<script" not in result.text


@pytest.mark.parametrize(
    "body",
    [
        'A [link](/x){: title="{" onclick="run()"}',
        'A [link](/x){: title="a"\nonclick="run()"}',
        "# Title {onclick=run()}",
        '## Title {#a .b onclick="run()"}',
        '![a](/x){title="}" onerror=run()}',
        '[a](/x){ href="javascript:run()" }',
        '{::options template="/etc/passwd" /}',
        "# Title \\{onclick=run()}",
    ],
)
def test_braces_set_no_script(body: str) -> None:
    result = artlint.fix(f"{HEAD}{body}\n", path="a.md")
    assert result.refused is None
    assert "{" not in body_of(result.text)
    assert "\\" not in body_of(result.text)
    shown = [cmarkgfm.markdown_to_html(text) for text in (body.replace("\\", ""), body_of(result.text))]
    assert shown[0] == shown[1]  # to who knows no attribute lists
    options = pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    assert danger(pyromark.html(body_of(result.text), options=options)) == set()


@pytest.mark.parametrize(
    ("body", "fixed"),
    [
        ("`<b>`{=html}\n", "`<b>`\n"),
        ("``` {=html5}\n<b>\n```\n", "``` \n<b>\n```\n"),
        ("`{=html}` and `<b>`{=latex}\n", "`{=html}` and `<b>`{=latex}\n"),
        ("`{: onclick=x}`\n\n    {onclick=x}\n", "`{: onclick=x}`\n\n    {onclick=x}\n"),
        (
            '<div markdown="1">[x](javascript:run(1)) y</div>\n\nTwo\n',
            '<div markdown="1">[x](#) y</div>\n\nTwo\n',
        ),
        ("<div>\n[x]: javascript:run()\n</div>\n\nTwo\n", "<div>\n[x]: #\n</div>\n\nTwo\n"),
        ("Is $\\href{ java&Tab;script:run()}{x}$\n", "Is $\\href{#}{x}$\n"),
        ("{{< figure link='javascript:run()' >}}\n", "&#123;&#123;< figure link='javascript:run()' >}}\n"),
        ("One{% comment %}[x](javascript:run()){% endcomment %} two\n", "One two\n"),
        ("<scr{% comment %}<svg onload=run()>{% endcomment %}ipt>\n", "&lt;script>\n"),
        ("{% comment %}<b>x</b>{% endcomment %}\n", "{% comment %}<b>x</b>{% endcomment %}\n"),
        ("{% raw %}`[x](javascript:a)`{% endraw %}\n", "{% raw %}`[x](javascript:a)`{% endraw %}\n"),
        ("\\[x](javascript:run())\n", "\\[x](javascript:run())\n"),
    ],
)
def test_what_some_programs_run(body: str, fixed: str) -> None:
    result = artlint.fix(HEAD + body, path="a.md", config=artlint.Config(select=("SEC",)))
    assert body_of(result.text) == "\n" + fixed


@pytest.mark.parametrize("path", ["a.md", "a.html"])
@pytest.mark.parametrize(
    "body",
    [
        "`{% raw %}`<script>run()</script>`{% endraw %}`",
        "```\n{% raw %}\n```\n<script>run()</script>\n```\n{% endraw %}\n```",
        "`{{`<script>run()</script>`}}`",
        "`{{`[x](javascript:run())`}}`",
        "    {% raw %}\n<img src=x onerror=run()>\n    {% endraw %}",
        "`{% comment %}`<svg onload=run()></svg>`{% endcomment %}`",
    ],
)
def test_template_code_does_not_hold_code_samples_together(body: str, path: str) -> None:
    result = artlint.fix(f"{HEAD}{body}\n", path=path)
    assert result.refused is None
    for text in (body_of(result.text), re.sub(r"{% *(end)?raw *%}", "", body_of(result.text))):
        html = cmarkgfm.markdown_to_html(text, Options.CMARK_OPT_UNSAFE) if path == "a.md" else text
        assert danger(html) == set()
    assert artlint.fix(result.text, path=path).text == result.text


@pytest.mark.parametrize(
    "body",
    [
        "{%raw%}```{%endraw%}\n\n```\n<script>run()</script>\n```\n",
        "{%raw%}`{%endraw%} and `<script>run()</script>`\n",
    ],
)
def test_one_end_of_a_code_sample_in_a_raw_block_is_reported(body: str) -> None:
    found = artlint.lint(HEAD + body, path="a.md")
    assert [each.code for each in found if "one end of a code sample" in each.message] == ["SEC016"]
    assert artlint.fix(HEAD + body, path="a.md").text == HEAD + body


@pytest.mark.parametrize(
    "body",
    [
        "{% raw %}\n```html\n<script>{{ x }}</script>\n```\n{% endraw %}\n",
        "```html\n{% raw %}<script>{{ x }}</script>{% endraw %}\n```\n",
        "Write `{% raw %}<script>{% endraw %}` or `{{`, and `}}` after.\n",
        "{{<my-card>}} and {{< figure src=a.png >}}\n",
    ],
)
def test_samples_of_template_code_stay(body: str) -> None:
    assert body_of(artlint.fix(HEAD + body, path="a.md").text) == "\n" + body


@pytest.mark.parametrize("path", ["a.md", "a.html"])
@pytest.mark.parametrize("name", ["onclick", "ONCLICK", "srcdoc", "href"])
def test_a_script_beside_template_code(name: str, path: str) -> None:
    tag = f'<a {{% if x %}}{name}="javascript:run()"{{% endif %}}>'
    result = artlint.fix(f"{HEAD}<p>One {tag}x</a></p>\n", path=path)
    assert result.refused is None
    assert f"&lt;{tag[1:-1]}" in result.text
    kept = f'{HEAD}<p>One <a {{% if x %}}class="b"{{% endif %}} href="/x">x</a></p>\n'
    assert artlint.fix(kept, path=path).text == kept


@pytest.mark.parametrize("path", ["a.md", "a.html"])
@pytest.mark.parametrize("tag", ["body onload=run()", "html onclick=run()"])
def test_the_gate_sees_tags_that_no_tree_has(tag: str, path: str) -> None:
    config = artlint.Config(ignore=("SEC",))
    result = artlint.fix(f"{HEAD}<p>\u3000\u3000One.</p>\n<{tag}>\n", path=path, config=config)
    assert result.refused
    assert tag in result.refused
    harmless = f"{HEAD}<p>\u3000\u3000One.</p>\n<body class=a>\n"
    assert artlint.fix(harmless, path=path, config=config).refused is None


@pytest.mark.parametrize(
    "text", ["i<n " * 150, "若 a<b，则 " * 150, "i<n " * 150 + "> j", "x<y> " * 150, "`a<b` i<n " * 150]
)
def test_what_looks_like_tags_is_escaped_in_one_round(text: str) -> None:
    """However often a comparison stands in a paragraph: what is markup to some readers becomes text."""
    result = artlint.fix(text + "\n", config=artlint.Config(select=("SEC",), format=False))
    assert result.refused is None
    assert result.text.replace("&lt;", "<") == text + "\n"
    assert not artlint.lint(result.text, config=artlint.Config(select=("SEC",)))
