"""Hypothesis strategies for articles: well formed, malformed, and in between."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = (
    ["One", "two", "会议", "闭幕", "，", "。", " ", "\n", "\u3000\u3000", "&nbsp;", "&amp;", "&lt;b&gt;", "a < b", "{{ x }}",
     "&#123;&#123;", "{", "“", "”", "\t", "\xa0", "…", "责任编辑：李某", "*a*", "`b`", "# c", "&copy", "é", "\U0001f600", "]]>",
     "，，", "...", '"会议"', "\u200b", "\x08", "⼥", "１", "â€™", "&amp;nbsp;", "（", "”", "<br><br>", "-- ", "[a](//b.c/d)",
     "![](//i0.wp.com/b.c/d.png?w=1)"]
)  # fmt: skip
_TEXT = st.lists(st.sampled_from(WORDS), max_size=5).map("".join)
_ATTRIBUTES = st.lists(
    st.sampled_from(
        ['class="keyword"', 'id="stock_sh1"', 'id="quote_1"', "onclick", 'style="color:red"', 'style="font-weight:bold"',
         'href="/a?b=1&amp;c=2"', "href=#top", 'id="top"', "src='a.png'", 'src="b.png"', 'alt="A &quot;b&quot;"', "data-x=1",
         'href="javascript:x()"', 'align="right"', 'colspan="2"', 'lang="EN-US"', 'title="{{ x }}"', "HREF=/b",
         'data-src="/c.png"', 'src="/img/loading.gif"', 'href="https://link.zhihu.com/?target=https%3A//b.c/%3Futm_source=d"',
         'style="font-style:italic;text-align:right"', 'src="https://mmbiz.qpic.cn/a"', 'href=" //b.c/d "', 'width="1" height="1"']
    ),
    max_size=3,
).map(lambda found: "".join(f" {attribute}" for attribute in found))  # fmt: skip
_BLOCKS = st.sampled_from("p div ul ol li h2 blockquote table tr td pre section figure dl dt dd".split())
_INLINES = st.sampled_from("a b i em strong span font code sub u s".split())
_VOIDS = st.sampled_from("br hr img".split())
_COMMENTS = st.sampled_from(
    ["<!-- more -->", "<!-- 广告位 end -->", "<!---->", "<!-- a\n\nb -->", "<?php x ?>", "<!doctype html>"]
)
_RAW = st.sampled_from(
    ["<style>p&#123;&#125;</style>", "<script>a</script>", "<textarea> x\n</textarea>", "<svg><p>x</svg>"]
)


def _element(name: str, attributes: str, inner: str) -> str:
    return f"<{name}{attributes}>{inner}</{name}>"


_WELL_FORMED = st.recursive(
    st.one_of(_TEXT, st.builds("<{}{}>".format, _VOIDS, _ATTRIBUTES), _COMMENTS),
    lambda inner: st.builds(
        _element, st.one_of(_BLOCKS, _INLINES), _ATTRIBUTES, st.lists(inner, max_size=4).map("".join)
    ),
    max_leaves=12,
)
_PIECES = st.one_of(
    _TEXT,
    _COMMENTS,
    _RAW,
    st.builds("<{}{}>".format, st.one_of(_BLOCKS, _INLINES, _VOIDS), _ATTRIBUTES),
    st.builds("</{}>".format, st.one_of(_BLOCKS, _INLINES)),
    st.sampled_from(
        [
            "<",
            "</",
            "<p",
            "</>",
            "<!--",
            "-->",
            "&#",
            '<a href="',
            "<b/>",
            "<T>",
            "<https://x.y>",
            "\x0c",
            "\r",
        ]
    ),
)
_FRONT_MATTER = st.sampled_from(
    [
        "",
        "\n---\ntitle: A\n---\n",
        "---\ntitle: 'A_会议_'\ndate: Thu, 04 Nov 2021 02:10:07 GMT\ntags: \n - a\n---\n",
        "---\na: b\n",
    ]
)

# A body as an HTML writer would make it, and any mixture of pieces of markup.
well_formed_bodies = st.lists(_WELL_FORMED, max_size=5).map("".join)
wild_bodies = st.lists(_PIECES, max_size=14).map("".join)
bodies = st.one_of(well_formed_bodies, wild_bodies)
articles = st.builds(str.__add__, _FRONT_MATTER, bodies)
paths = st.sampled_from(["article.md", "article.html"])
