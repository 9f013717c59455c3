"""Make the pictures of docs/images/: `python docs/screenshots.py`.

Needs what the tests need, Chromium, and fonts with Han characters (Debian: `apt-get install chromium
fonts-noto-cjk`). The articles are made up.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).parent.parent
IMAGES = Path(__file__).parent / "images"
CHROMIUM = shutil.which(os.environ.get("ARTLINT_CHROMIUM", "chromium"))

HARBOUR = """\

---
title: '新港口投入使用 市民谈_水上巴士_'
categories:
 - 本地新闻
date: Thu, 04 Nov 2021 02:10:07 GMT
headimg: 'https://example.com/qr/app.png'
---

<div>
<p>　　本报讯　东湾新港口昨日投入使用，首批三条“水上巴士”航线同时开通，票价与公交车相同。</p>
<p>　　“从家到单位少走了二十分钟。”家住北岸的陈女士说。她每天要过江上班，过去得绕两座桥。</p>
<p cms-style="font-L">　　负责建设的<span id="stock_sz000001">\
<a href="https://example.com/sz000001" class="keyword">东湾船业</a></span>\
<span id="quote_sz000001"></span>介绍，水上巴士用电驱动，充一次电可行驶一百公里。</p>
<!-- 正文下iframe -->
<p>　　下一步，港口还将开通到白沙岛的航线。详见\
<a href="https://link.zhihu.com/?target=https%3A//harbour.example/lines%3Futm_source%3Dapp">航线图</a>。</p>
<div class="appendQr_wrap"><img src="https://example.com/qr/app.png">\
<div>海量资讯、精准解读，尽在东湾新闻APP</div></div>
<p class="article-editor">责任编辑：李某 </p>
</div>
"""
LIBRARY = """\
---
title: 社区图书馆延长开放时间
date: 2021-11-05 09:00:00
author: 东湾新闻
---

<p onclick="share()">　　从下周起，全市社区图书馆开放到晚上九点。</p>
<p>　　<b>周末</b>上午，还会为孩子们举办故事会...</p>
<p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="https://img.example/library.jpg"></p>
<script src="https://stat.example/count.js"></script>
<p>扫码关注我们的公众号</p>
"""
GARDEN = """\
---
title: 屋顶上的菜园
date: 2021-11-06T08:30:00Z
---

## 一

　　去年春天，我们在屋顶上种了十二种菜。

<font color="green">番茄</font>长得最好，[照片](http://garden.example/a.jpg?utm_source=feed)在这里。

<a href="javascript:void(0)">展开全文</a>
"""
CLEAN = "---\ntitle: 晨跑\ndate: 2021-11-07T06:00:00Z\n---\n\n<p>清晨的江边，跑步的人越来越多。</p>\n"
ARTICLES = {
    "posts/2021/harbour.md": HARBOUR,
    "posts/2021/library.md": LIBRARY,
    "posts/2021/garden.md": GARDEN,
    "posts/2021/morning.md": CLEAN,
}

_THEME = TerminalTheme(
    (22, 24, 29),
    (230, 232, 236),
    [
        (92, 99, 112),
        (255, 123, 114),
        (126, 214, 148),
        (240, 185, 77),
        (124, 176, 255),
        (210, 168, 255),
        (118, 219, 232),
        (230, 232, 236),
    ],
)
# A terminal's cells: in this font two Latin letters are as wide as a Han character.
_TERMINAL = """\
<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0 }}
div {{ display: inline-block; background: {background}; border-radius: 10px; padding: 10px 18px 16px }}
i {{ display: inline-block; width: 12px; height: 12px; margin-right: 6px; border-radius: 6px;
  background: #666 }}
pre {{ color: {foreground}; font: 15px/1.4 "Noto Sans Mono CJK SC", monospace; margin: 8px 0 0 }}
</style><div><i></i><i></i><i></i><pre>{code}</pre></div>
"""


def main() -> None:
    """Make all pictures in a scratch folder of articles."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        folder = Path(name)
        for path, text in ARTICLES.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        terminal(browser, folder, "check", "artlint check posts/2021/library.md")
        terminal(browser, folder, "fix", "artlint fix posts/2021/harbour.md")
        (folder / "posts/2021/harbour.md").write_text(HARBOUR, encoding="utf-8")
        terminal(browser, folder, "statistics", "artlint check --statistics posts/")
        run(folder, "artlint fix --diff -q posts/ --output-format html=report.html")
        report(browser, folder / "report.html")
        browser.close()


def run(folder: Path, command: str) -> str:
    """What a command prints, with colours."""
    words = [sys.executable, "-m", *command.split()]
    environment = {**os.environ, "FORCE_COLOR": "1", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    ).stdout


def terminal(browser: Browser, folder: Path, name: str, command: str) -> None:
    """A picture of a command and its output."""
    console = Console(record=True, width=118, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(f"\x1b[32m$\x1b[0m {command}\n{run(folder, command)}".rstrip()))
    page = browser.new_page(device_scale_factor=1.5)
    page.set_content(console.export_html(theme=_THEME, code_format=_TERMINAL, inline_styles=True))
    page.locator("div").screenshot(path=IMAGES / f"{name}.png", omit_background=True)
    page.close()


def report(browser: Browser, file: Path) -> None:
    """Pictures of the HTML report."""
    for name, scheme, place, keys in (
        ("report-overview", "light", "", ""),
        ("report-changes", "light", "#file=1&tab=changes", ""),
        ("report-unified", "dark", "#file=1&tab=changes", "u"),
        ("report-ledger", "dark", "#file=1&tab=ledger", ""),
        ("report-article", "light", "#file=1&tab=article", ""),
    ):
        page = browser.new_page(
            viewport={"width": 1280, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
        )
        page.goto(file.as_uri() + place)
        page.keyboard.type(keys)
        page.wait_for_timeout(300)
        page.screenshot(path=IMAGES / f"{name}.png")
        page.close()


if __name__ == "__main__":
    main()
