"""Keyword rules look at position and shape, not at words alone: honest articles stay as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import artlint
from artlint.config import Config

BOILERPLATE = Config(select=("BP", "QUO"), format=False)


@pytest.mark.parametrize(
    "text",
    [
        "# 二维码生成库libqrencode安装\n\n先下载源码，再编译。\n\n## 扫码关注的实现\n\n见下文。\n",
        "---\ntitle: 版权声明\n---\n# 版权声明\n\n本站所有文字以知识共享协议发布，引用时写明出处即可。\n",
        "<h1>版权声明</h1><p>本站所有文字都可以自由引用。</p>",
        "<p>编辑：您是怎样开始写作的？</p><p>作家：小时候家里书多。</p><p>编辑：后来呢？</p>",
        "<p>循环到此结束：</p><pre><code>while true\n  x = 1\nend</code></pre>",
        "```ruby\ndef a\nend\n```\n\n`end` closes the method.\n",
        "这个系列分三篇：\n\n- 上一篇讲安装\n- 这一篇讲配置\n- 下一篇讲部署\n",
        "One.\n\n<!-- more -->\n\nTwo. Read more about it in the manual, it is short.\n",
        '{% include share.html %}\n\n{{ content }}\n\n{{< figure src="a.png" >}}\n',
        '<p>One.</p><a name="more"></a><p>Two.</p>',
        "# Privacy policy\n\nAll rights in this text stay with you? Not quite.\n",
        "The library's comment was `<!-- wp:paragraph -->`.\n",
        'Code:\n\n    <div class="sharedaddy">an indented code block</div>\n',
        "<p>原文：學而時習之，不亦說乎？</p><p>译文：学了又按时温习，不也高兴吗？</p>",
    ],
)
def test_honest_articles_are_silent(text: str) -> None:
    assert artlint.lint(text, config=BOILERPLATE) == []


@pytest.mark.parametrize(
    "text",
    [
        "<dl><dt>Sponsored</dt><dd>Paid for.</dd></dl>",
        "<table><tr><td>初稿</td><td>完</td></tr><tr><td>二稿</td><td>Sponsored</td></tr></table>",
        "<div>\n<table><tr><td>5 min read</td><td>Preface</td></tr></table>\n</div>\n\n正文。\n",
        "SQL 关键字：\n\n- BEGIN\n- END\n",
        "书上写着：\n\n> 全文完\n\n他合上书。\n",
        "<p>书上写着：</p><blockquote><p>责任编辑：李某</p></blockquote>",
        "1. 打开设置\n2. 分享到：微信、微博\n3. 阅读原文\n",
        "- 文章末尾\n  - （完）\n- 文章开头\n",
        "<ul><li>一</li><li><p>阅读原文</p><p>责任编辑：李某</p></li></ul>",
        "<h2>长夜<br>（完）</h2><p>正文。</p>",
        "<ul>" + "<li>责任编辑：李某</li>" * 12 + "</ul>",
        "- （完）\n" * 20,
    ],
)
def test_a_part_of_something_stays_with_the_rest(text: str) -> None:
    assert artlint.lint(text, config=BOILERPLATE) == []
    assert not artlint.fix(text, config=BOILERPLATE, unsafe=True).changed


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("<p>正文。</p><ul><li>责任编辑：李某</li></ul>", "<p>正文。</p><ul></ul>"),
        (
            "<table><tr><td> </td><td>阅读原文</td></tr></table>",
            "<table><tr><td> </td><td></td></tr></table>",
        ),
        (
            "<table><tr><td><p>正文。</p><p>（完）</p></td></tr></table>",
            "<table><tr><td><p>正文。</p></td></tr></table>",
        ),
        ("<blockquote><p>正文。</p><p>（完）</p></blockquote>", "<blockquote><p>正文。</p></blockquote>"),
        ("正文。\n\n- 阅读原文\n", "正文。\n"),
        ("<ul><li>（完）</li><li>（完）</li></ul><p>正文。</p>", "<ul></ul><p>正文。</p>"),
    ],
)
def test_a_frame_around_debris_does_not_keep_it(text: str, fixed: str) -> None:
    assert artlint.fix(text, config=BOILERPLATE).text == fixed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>责任编辑：李某</p>" * 12, 5),
        ("<p>正文。</p>" + "<p>责任编辑：李某</p>" * 6, 5),
        ("<p>5 min read</p><p>正文。</p>" * 6, 2),
    ],
)
def test_a_position_is_no_place_to_start_from(text: str, found: int) -> None:
    """A rule for the last five blocks must not go on with those that then are the last five."""
    assert len(artlint.lint(text, config=BOILERPLATE)) == found
    assert not artlint.fix(text, config=BOILERPLATE).changed


def test_the_end_of_a_listing_is_only_shown() -> None:
    text = "<p>loop do<br>&nbsp; x<br>end</p>"
    assert [found.code for found in artlint.lint(text, config=BOILERPLATE)] == ["BP121"]
    assert not artlint.fix(text, config=BOILERPLATE).changed


def test_marks_right_at_an_end_go() -> None:
    text = "<p>正文。</p>" * 9 + "<p>责任编辑：李某</p>" * 2
    assert artlint.fix(text, config=BOILERPLATE).text == "<p>正文。</p>" * 9


SUBJECTS = ("他", "记者", "这家公司", "三年以后，她", "据说编辑部", "专家认为，读者", "We think that she")
WORDS = (
    *"责任编辑 责编 编辑 校对 来源 转载请注明出处 版权声明 原文链接 二维码 公众号".split(),
    *"扫码关注 长按识别 阅读原文 点赞 分享到微信 上一篇 下一篇 当前位置 全文共300字".split(),
    *"尽在客户端 行情 股吧 视频 完 全文完 end advertisement subscribe newsletter".split(),
    *"copyright tags related min-read sponsored 登录后查看 内容已被删除 标签 纠错".split(),
)
ENDINGS = (
    "，但是谁也没有想到。",
    "这件事后来写进了书里。",
    "，他说：“不。”",
    " was a matter of taste.",
    "的历史很长，也很曲折。",
)


@given(
    st.lists(
        st.tuples(st.sampled_from(SUBJECTS), st.sampled_from(WORDS), st.sampled_from(ENDINGS)),
        min_size=1,
        max_size=5,
    ),
    st.booleans(),
)
def test_no_safe_fix_takes_a_sentence(parts: list[tuple[str, str, str]], is_markdown: bool) -> None:
    """Sentences made around the words that the packs look for, at both ends of an article."""
    sentences = ["".join(part) for part in parts]
    text = "\n\n".join(sentences) + "\n" if is_markdown else "".join(f"<p>{s}</p>" for s in sentences)
    result = artlint.fix(text, config=BOILERPLATE)
    assert not result.changed, result.ledger


PIECES = (
    *"<p> </p> <div> </div> <br> <b> </b> 责任编辑：李某某 （完） 正文。 阅读原文".split(),
    *("<!-- more -->", "<img src='a'>", "\n\n", "<!-- 正文下iframe -->"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_fixes_of_packs_hold_on_broken_markup(pieces: list[str]) -> None:
    """Whatever the nesting: every fix is proved, excerpt marks and pictures stay, the end is fixed."""
    text = "".join(pieces)
    result = artlint.fix(text, config=BOILERPLATE)
    assert result.refused is None or result.text == text
    assert result.text.count("<!-- more -->") == text.count("<!-- more -->")
    assert result.text.count("<img") == text.count("<img")
    assert result.text.count("正文。") == text.count("正文。")
    assert not artlint.fix(result.text, config=BOILERPLATE).changed or result.refused
