"""A corpus made of nothing: articles that vary by index, the same on every machine."""

from __future__ import annotations

import random
from pathlib import Path

_CLAUSES = (
    "会议昨日在海边的小城举行",
    "与会者谈到了纸张与油墨的价格",
    "A reader wrote to the paper last week",
    "编辑部收到了来自各地的三十七封信",
    "the old press was moved to the second floor",
    "这家书店已经开了六十年",
)
_DEBRIS = (
    '<!-- 正文下iframe -->\n\n<p class="article-editor">责任编辑：某人 </p>\n',
    '<div class="clearfix appendQr_wrap"><div><img src="https://n.sinaimg.cn/finance/x.png"></div>'
    "<div>下载客户端</div></div>\n",
    '<span id="quote_sh600000"></span>\n',
    "<style>.a&#123;color:red&#125;</style>\n",
)


def write_corpus(folder: Path, count: int, seed: Path) -> list[Path]:
    """Write ``count`` articles; a quarter are the seed with its own title, the rest are generated."""
    folder.mkdir(parents=True, exist_ok=True)
    text = seed.read_text(encoding="utf-8")
    paths = []
    for index in range(count):
        path = folder / f"{index:06}.md"
        article = text.replace("2021世界", f"{index}世界", 1) if index % 4 == 0 else generated(index)
        path.write_text(article, encoding="utf-8")
        paths.append(path)
    return paths


def generated(index: int, paragraphs: int | None = None) -> str:
    """One scraped-looking article."""
    dice = random.Random(index)
    blocks = []
    for _ in range(paragraphs or dice.randint(3, 40)):
        sentence = "，".join(dice.choice(_CLAUSES) for _ in range(dice.randint(2, 12))) + "。"
        kind = dice.random()
        if kind < 0.1:
            sentence = f'<a href="https://example.com/{index}" target="_blank" class="keyword">{sentence}</a>'
        elif kind < 0.15:
            sentence = f"<strong>{sentence}</strong>"
        blocks.append(f"<p>\u3000\u3000{sentence}</p>")
    blocks.append(dice.choice(_DEBRIS))
    head = f"\n---\ntitle: '第{index}号文章'\ncategories: \n - 新闻\n"
    head += "date: Thu, 04 Nov 2021 02:10:07 GMT\n---\n\n"
    return head + "<div>   \n" + "\n".join(blocks) + "</div>\n"
