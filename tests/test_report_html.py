"""The HTML report in a real browser: opened from a disk, without a network, by keyboard.

Needs Chromium (Debian: `apt-get install chromium`).
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect, sync_playwright

from artlint.api import make_plan
from artlint.config import Config
from artlint.reporters import make_reporter
from artlint.reporters.shared.totals import Run, Totals
from artlint.runner import fix_one
from artlint.source import Source
from artlint.told import file_total
from tests.conftest import Cli
from tests.test_chromium import CHROMIUM
from tests.vectors import vectors

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed (Debian: apt-get install chromium)"
)

HEAD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
ARTICLES = {
    "news/one.md": f"{HEAD}<p>　　会议闭幕。</p>\n\n<p>责任编辑：李某</p>\n",
    "news/two.md": f'{HEAD}<p>会议“闭幕。<a href="javascript:x">全文</a></p>\n',
    "blog/notes.md": f"{HEAD}# 一\n\n　　二 **三**\n\n<b onclick=x>四</b>\n",
    "blog/clean.md": f"{HEAD}<p>一。</p>\n",
}
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path, cli: Cli) -> Iterator[Open]:
    """Open the report of a run; at the end nothing was asked for but the report, and nothing went wrong."""
    wrong: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    pages: list[Page] = []

    def open_report(*arguments: str, articles: dict[str, str] = ARTICLES, scheme: str = "light") -> Page:
        for path, text in articles.items():
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
        cli(
            *arguments,
            ".",
            "-q",
            "--output-format",
            "html=report.html",
            "--output-format",
            "json=report.json",
        )
        return visit(tmp_path / "report.html", scheme)

    def visit(report: Path, scheme: str = "light") -> Page:
        page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
        address = report.as_uri()
        page.on(
            "requestfinished", lambda request: wrong.append(request.url) if request.url != address else None
        )
        # A request that the page's policy stops is seen here, too, but never sent.
        page.on(
            "requestfailed", lambda request: wrong.append(request.url) if request.failure != "csp" else None
        )
        page.on("dialog", dismiss)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("popup", lambda popup: wrong.append(popup.url))
        page.goto(address)
        pages.append(page)
        return page

    open_report.visit = visit  # type: ignore[attr-defined]
    yield open_report
    for page in pages:
        page.close()
    assert wrong == []


def _texts(page: Page, selector: str) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(selector).all_inner_texts()]


def test_overview_has_the_numbers_of_the_run(opened: Open, tmp_path: Path) -> None:
    page = opened("fix", "--diff")
    summary = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["summary"]
    names = ("files", "changed", "fixes", "removed", "findings")
    assert [int(text) for text in _texts(page, ".card b")] == [summary[name] for name in names]
    rows = {row.split()[0]: row for row in _texts(page, "h3:text('By rule') + div tbody tr")}
    assert set(rows) == {rule["code"] for rule in summary["rules"]}
    assert rows["BP101"].startswith("BP101 Note that names only the responsible editor editor-note 1 7 – 1")
    families = {row.split()[0]: row for row in _texts(page, "h3:text('By family') + div tbody tr")}
    assert families["BP"] == "BP Boilerplate 1 7 –"


def test_quoted_parts_are_shown_as_code(opened: Open) -> None:
    article = f'{HEAD}<p><b style="font-weight:normal">一</b></p>\n'
    page = opened("check", "--select", "CSS", articles={"news/a.md": article})
    page.locator("h3:text('By rule')").wait_for()
    assert "`" not in page.inner_text("body")
    assert page.locator("summary code").all_inner_texts() == ["<b>"]
    assert "`" not in (page.locator(".code").last.get_attribute("title") or "")


def test_each_change_has_its_rule_beside_it(opened: Open) -> None:
    page = opened("fix", "--diff")
    page.get_by_role("link", name="one.md").click()
    page.locator("tr.change").first.wait_for()
    assert _texts(page, "tr.change") == [
        "6 <p> 会议闭幕。</p> 6 <p>会议闭幕。</p> CJK001",
        "8 <p>责任编辑：李某</p> BP101",
    ]
    assert page.locator("tr.change del").all_inner_texts() == ["　　"]
    page.get_by_label("unified").check()
    page.locator("tr.change td").nth(3).wait_for()
    assert _texts(page, "tr.change") == ["6 <p> 会议闭幕。</p> CJK001", "8 <p>责任编辑：李某</p> BP101"]
    page.get_by_role("tab", name="Ledger").click()
    page.locator(".ledger").wait_for()
    assert _texts(page, "#panel tbody tr") == [
        "8 text BP101 责任编辑：李某 Note that names only the responsible editor"
    ]
    page.get_by_role("tab", name="Article").click()
    page.locator("iframe").nth(1).wait_for()
    before, after = page.frames[1:]
    assert before.inner_text("body").split() == ["会议闭幕。", "责任编辑：李某"]
    assert after.inner_text("body").split() == ["会议闭幕。"]
    assert page.locator("iframe").first.get_attribute("sandbox") == ""


def test_a_check_shows_each_finding_at_its_line(opened: Open) -> None:
    article = f"{HEAD}<p>{'一' * 200}“</p><p>{'二' * 9}</p>\n"
    page = opened("check", "--ignore", "HTM900", articles={**ARTICLES, "news/long.md": article})
    page.get_by_role("link", name="two.md").click()
    page.locator("tr.finding").first.wait_for()
    assert _texts(page, "tr.finding") == [
        ":6 “ has no partner in its paragraph CJK008",
        ":13 URL with the scheme javascript: · Drop href SEC003",
    ]
    assert _texts(page, "tr.change td.rule") == ["SEC003"]
    page.get_by_role("link", name="long.md").click()
    # A long line is cut before blocks; its findings stand below the last piece.
    expect(page.locator("tr.finding td:nth-child(2)")).to_have_text(["“ has no partner in its paragraph"])
    expect(page.get_by_text("No safe fixes.")).to_be_visible()
    page.get_by_role("link", name="notes.md").click()
    page.get_by_role("tab", name="Article").click()
    # Markdown is rendered.
    expect(page.frame_locator("iframe").first.locator("h1")).to_have_text("一")
    expect(page.frame_locator("iframe").first.locator("strong")).to_have_text("三")


def test_it_works_by_keyboard(opened: Open) -> None:
    page = opened("fix", "--diff")
    press, files = page.keyboard.press, page.locator("#files li:not([hidden]) .name")
    expect(files).to_have_text(["blog/notes.md", "news/one.md", "news/two.md"])
    press("/")
    page.keyboard.type("NEWS/")
    expect(files).to_have_text(["news/one.md", "news/two.md"])
    expect(page.locator("#shown")).to_have_text("2 of 3 files")
    press("Enter")
    title = page.locator("main h2")
    expect(title).to_have_text("news/one.md")
    page.evaluate("document.activeElement.blur()")
    press("j")
    expect(title).to_have_text("news/two.md")
    press("k")
    expect(title).to_have_text("news/one.md")
    press("3")
    expect(page.get_by_role("tab", selected=True)).to_have_text("Ledger 1")
    press("1")
    cells = page.locator("tr.change").first.locator("td")
    expect(cells).to_have_count(5)
    press("u")
    expect(cells).to_have_count(4)
    press("Escape")
    expect(files).to_have_count(3)
    press("r")
    page.keyboard.type("SEC003")
    expect(files).to_have_text(["news/two.md"])
    press("Escape")
    expect(files).to_have_count(3)
    press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    press("o")
    expect(title).to_have_text("What would be fixed")
    # Everything that can be used can be reached by the tabulator.
    reached = set()
    for _ in range(40):
        press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert {"keys", "theme", "path", "rule", "code"} <= reached


def test_a_rule_leads_to_its_files(opened: Open) -> None:
    page = opened("fix", "--diff")
    files = page.locator("#files li:not([hidden]) .name")
    page.locator("h3:text('By rule') + div").get_by_role("link", name="BP101").click()
    expect(files).to_have_text(["news/one.md"])
    page.go_back()
    expect(files).to_have_count(3)
    page.locator("h3:text('By family') + div").get_by_role("link", name="CJK").click()
    expect(files).to_have_text(["news/one.md", "news/two.md"])


def test_light_and_dark(opened: Open) -> None:
    colours = []
    for scheme in ("light", "dark"):
        page = opened("check", scheme=scheme)
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.locator("#theme").click()
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    light, dark = colours[0], colours[1]
    assert light != dark
    assert colours == [light, dark, dark, light]


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A port of this machine that nobody connects to."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server
        with pytest.raises(BlockingIOError):
            server.accept()


def test_a_hostile_article_executes_and_asks_for_nothing(opened: Open, listener: socket.socket) -> None:
    attacks = sorted(set(vectors()))[::12]
    links = "".join(
        f'<link rel="{rel}" href="EVIL/{rel}">' for rel in ("stylesheet", "preconnect", "prefetch")
    )
    loads = (
        links + '<meta http-equiv="refresh" content="0;url=EVIL/"><base href="EVIL/">'
        '<style>@import "EVIL/i.css"; p { background: url(EVIL/b.png) }</style>'
        '<img src="EVIL/p.png"><img srcset="q.png 2x"><video src="v.mp4" poster="w.png"></video>'
        '<iframe src="EVIL/"></iframe><object data="EVIL/o"></object>'
        '<p><a href="EVIL/link">链接</a></p><svg><image href="EVIL/s.png"/></svg>'
        '<form action="EVIL/"><button>Go</button></form><p style="position:fixed">over</p>'
    ).replace("EVIL", f"http://127.0.0.1:{listener.getsockname()[1]}")
    run = "parent.document.title=`ran`;document.title=`ran`;alert(1)"
    articles = {
        "attacks.html": HEAD + "\n".join(attack.replace("run()", run) for attack in attacks),
        "loads.html": HEAD + loads,
        "names.md": f"{HEAD}<p onclick=x></p>\n</script><script>alert(1)</script><!-- {{{{ x }}}} \u202e\n",
    }
    for arguments in (("check",), ("fix", "--diff")):
        page = opened(*arguments, articles=articles)
        for name in articles:
            page.get_by_role("link", name=name).click()
            for tab in ("Findings", "Article"):
                page.get_by_role("tab", name=tab).click()
            page.locator("iframe").first.wait_for()
            page.wait_for_timeout(300)
            for frame in page.frames[1:]:
                held = frame.locator("script, link, iframe, object, img, [href], [src], [onclick], form")
                assert held.count() == 0
            assert page.title() == f"{name} · artlint report"
        page.get_by_role("link", name="loads.html").click()
        page.get_by_role("tab", name="Article").click()
        page.frame_locator("iframe").first.get_by_text("链接").click(force=True)
        page.wait_for_timeout(300)


def test_a_thousand_files_draw_only_what_is_looked_at(opened: Open, tmp_path: Path) -> None:
    plan = make_plan(Config())
    text = HEAD + "".join(f"<p>　　第{number}段。会议闭幕，各方代表发言。</p>\n" for number in range(30))
    result = fix_one(Source.from_text(text), plan, unsafe=False)
    run = Run(fixing=True, rules={rule.code: rule for rule in plan.rules})
    reporter, totals = make_reporter("html", run, False), Totals(run)
    report = tmp_path / "thousand.html"
    with report.open("w", encoding="utf-8") as file:
        for number in range(1_000):
            one = result._replace(path=f"posts/{number // 100}/article-{number:04}.md")
            totals.add(file_total(one))
            file.write(reporter.file(one))
        file.write(reporter.finish(totals))
    page: Page = opened.visit(report)  # type: ignore[attr-defined]
    page.locator(".card").first.wait_for()
    assert page.locator("#files li").count() == 1_000
    assert page.locator("tr.change").count() == 0
    page.keyboard.press("/")
    page.keyboard.type("article-0777")
    page.keyboard.press("Enter")
    page.locator("tr.change").first.wait_for()
    assert page.locator("tr.change").count() < 200  # those of one file
    assert page.inner_text("main h2") == "posts/7/article-0777.md"
