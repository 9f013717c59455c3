"""What only a reader of Markdown, or one who knows no template code, takes for markup."""

from __future__ import annotations

import cmarkgfm
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
        "One\n\n</p{{></ul>}}<title>\n",
    ],
)
def test_what_only_a_reader_of_markdown_sees(body: str) -> None:
    result = artlint.fix(HEAD + body, path="a.md")
    assert result.refused is None
    assert danger(cmarkgfm.markdown_to_html(body_of(result.text), Options.CMARK_OPT_UNSAFE)) == set()
    assert artlint.fix(result.text, path="a.md").text == result.text


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
        "{{<script>run()</script>}}",
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
