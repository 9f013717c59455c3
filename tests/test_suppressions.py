"""Suppressions: what an article silences in itself, and what it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import frontmatter
import pytest
from hypothesis import given
from hypothesis import strategies as st

import artlint
from artlint.add_ignore import add_suppressions
from artlint.api import make_plan
from artlint.document import Document
from artlint.ledger import prove_same
from artlint.source import Source
from artlint.verdict import Judge, Origin, Verdict
from tests.conftest import Cli
from tests.grammar import articles, bodies, paths

HEAD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
INDENT = "<p>　　会议闭幕。</p>\n"
SCRIPT = "<p>One.</p>\n\n<script>alert(1)</script>\n"


def codes(text: str, path: str = "article.md", config: artlint.Config | None = None) -> list[str]:
    return [found.code for found in artlint.lint(text, path=path, config=config)]


def lines(text: str, code: str, path: str = "article.md") -> list[int]:
    return [found.start.line for found in artlint.lint(text, path=path) if found.code == code]


@pytest.mark.parametrize("path", ["article.md", "article.html"])
def test_ignore_speaks_of_the_next_element_only(path: str) -> None:
    text = f"{HEAD}<!-- artlint: ignore[CJK001] a poem -->\n\n{INDENT}\n{INDENT}"
    assert lines(text, "CJK001", path) == [10]
    assert codes(text.replace("ignore[CJK001]", "ignore[CJK001, CJK002]"), path).count("CJK001") == 1
    nested = f"{HEAD}<blockquote>\n  <!-- artlint: ignore[CJK001] -->\n  {INDENT}  {INDENT}</blockquote>\n"
    assert lines(nested, "CJK001", path) == [9]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<!-- artlint: ignore[CJK004] -->\n\n一,二\n\n三,四\n", [5]),
        ("<!-- artlint: ignore[CJK004] -->\n一,二\n\n三,四\n", [4]),
        ("一二\n<!-- artlint: ignore[CJK004] -->\n三,四\n", []),
        ("一,二 <!-- artlint: ignore[CJK004] --> 三,四\n五,六\n", [1, 2]),
        ("<!-- artlint: ignore[CJK004] -->\n\n- 一,二\n\n- 三,四\n\n五,六\n", [7]),
        ("- <!-- artlint: ignore[CJK004] --> 一,二\n- 三,四\n", [2]),
        ("> <!-- artlint: ignore[CJK004] -->\n> 一,二\n\n三,四\n", [4]),
        ("<!-- artlint: ignore[CJK004] -->\n\n| 一,二 |\n| --- |\n| 三,四 |\n\n五,六\n", [7]),
        ("<!-- artlint: ignore[CJK004] -->\n\n**一,二** 三,四\n", []),
        ("<div>\n<!-- artlint: ignore[CJK004] -->\n<p>一,二</p>\n<p>三,四</p>\n</div>\n\n五\n", [4]),
        ("`<!-- artlint: ignore[CJK004] -->`\n\n一,二\n", [3]),
        ("```html\n<!-- artlint: disable[CJK004] -->\n```\n\n一,二\n", [5]),
    ],
)
def test_ignore_in_markdown(text: str, left: list[int]) -> None:
    assert lines(text, "CJK004") == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<p>一,二</p><!-- artlint: ignore[CJK004] -->三,四<b>五,六</b><p>七,八</p>", ["一,二", "七,八"]),
        ("<!-- artlint: ignore[CJK004] --><p>一,二</p>三,四", ["三,四"]),
        ("<p>一,二</p><!-- artlint: ignore[CJK004] -->", ["一,二"]),
        ("<div><!-- artlint: ignore[CJK004] --></div><p>一,二</p>", ["一,二"]),
    ],
)
def test_ignore_in_html(text: str, left: list[str]) -> None:
    found = [d for d in artlint.lint(text, path="a.html") if d.code == "CJK004"]
    assert [text[d.span.start - 1 : d.span.end + 1] for d in found] == left


def test_ranges() -> None:
    text = (
        f"{HEAD}{INDENT}\n<!-- artlint: disable[CJK001] poems -->\n\n{INDENT}\n{INDENT}\n"
        f"<!-- artlint: enable[CJK001] -->\n\n{INDENT}"
    )
    assert lines(text, "CJK001") == [6, 16]
    assert lines(text.replace("<!-- artlint: enable[CJK001] -->\n\n", ""), "CJK001") == [6]
    both = text.replace("disable[CJK001]", "disable[CJK001, HTM002]")
    fixed = artlint.fix(both).text  # HTM002 has no end mark, and nothing to silence
    assert "<!-- artlint: disable[CJK001] poems -->" in fixed
    assert fixed.count("　　") == 2


LOUD = "LOUD TITLES EVERYWHERE"


@pytest.mark.parametrize(
    "head",
    [
        f"---\ntitle: {LOUD}\ndate: 2020-01-02\nartlint: {{ignore: [FM024, CJK001], reason: name}}\n---\n\n",
        f"---\ntitle: {LOUD}\ndate: 2020-01-02\nartlint:\n  ignore:\n    - FM024\n    - 'CJK001'\n---\n\n",
        f'+++\ntitle = "{LOUD}"\ndate = 2020-01-02\n[artlint]\nignore = ["FM024", "CJK001"]\n+++\n\n',
        f'{{"title": "{LOUD}", "date": "2020-01-02", "artlint": {{"ignore": ["FM024", "CJK001"]}}}}\n\n',
    ],
)
def test_the_key_speaks_of_the_whole_file(head: str) -> None:
    silenced = head + INDENT
    assert set(codes(silenced)) <= {"FM900"}
    assert {"FM024", "CJK001"} <= set(codes(silenced.replace("ignore", "ignored")))
    assert "　　" in artlint.fix(silenced, unsafe=True).text


def test_a_closed_schema_knows_the_key() -> None:
    from artlint.schema_table import schema_of_table
    from artlint.settings import SchemaChoice, Settings

    schema = schema_of_table({"keys": {"title": "text"}, "closed": True}, "schema")
    config = artlint.Config(settings=Settings(schemas=(SchemaChoice(schema),)))
    text = "---\ntitle: LOUD TITLES EVERYWHERE\nartlint: {ignore: [FM024]}\n---\n"
    assert codes(text, config=config) == []
    assert codes(text.replace("artlint", "artlin"), config=config) != []


def test_fix_leaves_what_is_suppressed_and_does_not_wait_for_it() -> None:
    text = f"{HEAD}<!-- artlint: ignore[CJK001] a poem -->\n{INDENT}<P>　　Two.</P>"
    result = artlint.fix(text)
    assert result.text == f"{HEAD}<!-- artlint: ignore[CJK001] a poem -->\n\n{INDENT}\n<p>Two.</p>\n"
    assert {done.code for done in result.applied} == {"CJK001", "HTM900"}
    assert result.remaining == ()
    assert artlint.fix(result.text).text == result.text


def test_other_rules_leave_suppressions_alone() -> None:
    text = (
        f"{HEAD}<!-- artlint: ignore[BP101] news of an editor -->\n\n<p>责任编辑：李某</p>\n\n"
        "<!-- 广告位 end -->\n\n<p>One.</p>\n"
    )
    result = artlint.fix(text, unsafe=True)
    assert "责任编辑" in result.text
    assert "<!-- artlint: ignore[BP101] news of an editor -->" in result.text
    assert not result.ledger


def test_a_fix_does_not_part_a_suppression_from_what_it_speaks_of() -> None:
    text = f"{HEAD}<!-- artlint: ignore[CJK001] a poem -->\n\n<div>\n  {INDENT}  {INDENT}</div>\n"
    assert "HTM004" in codes(text)  # said, but unwrapping would leave the second line without its comment
    result = artlint.fix(text)
    assert result.text.count("　　") == 2
    assert [found.code for found in result.remaining] == ["HTM004"]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}<!-- artlint: ignore[SEC001] our player -->\n\n{SCRIPT}",
        f"{HEAD}<!-- artlint: disable[SEC001, SEC002, SEC003] -->\n\n{SCRIPT}",
        f"{HEAD}<!-- artlint: disable[SEC001, ART004] -->\n\n{SCRIPT}",
        f"---\ntitle: A\ndate: 2020-01-02\nartlint: {{ignore: [SEC001, ART004]}}\n---\n\n{SCRIPT}",
    ],
)
def test_no_article_switches_safety_off(text: str) -> None:
    found = codes(text)
    assert "SEC001" in found
    assert "ART004" in found
    result = artlint.fix(text)
    assert "<script" not in result.text
    assert "ART004" in {found.code for found in result.remaining}  # a person should see who tried


def test_a_site_can_refuse_suppressions(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "artlint.toml").write_text("suppressions = false\n", encoding="utf-8")
    text = f"{HEAD}<!-- artlint: ignore[CJK001] a poem -->\n\n{INDENT}"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert "CJK001" in cli("check", "a.md").stdout
    assert cli("check", "--isolated", "a.md").returncode == 0


def test_a_suppression_that_readers_disagree_on_is_no_suppression() -> None:
    for comment in (
        "<!-- artlint: ignore[CJK001] --!><script>x</script>",
        "<!-- artlint: ignore[CJK001] <!-- -->",
        "<!--artlint: ignore[CJK001]--!>",
    ):
        found = codes(f"{HEAD}{comment}\n\n{INDENT}")
        assert "SEC009" in found or "SEC001" in found
        assert "CJK001" in found


def test_unused_ones_are_judged_last() -> None:
    # The paragraph becomes empty only when its note is gone.
    text = (
        f"{HEAD}<!-- artlint: ignore[HTM002] a gap -->\n\n<div><p>责任编辑：李某</p></div>\n\n<p>One.</p>\n"
    )
    assert "ART001" not in codes(text)
    unused = f"{HEAD}<!-- artlint: ignore[HTM002] a gap -->\n\n<p>One.</p>\n"
    assert codes(unused) == ["ART001"]
    assert artlint.fix(unused).text == f"{HEAD}<p>One.</p>\n"


def test_selecting_other_rules_leaves_suppressions() -> None:
    text = f"{HEAD}<!-- artlint: ignore[CSS001] -->\n\n{INDENT}"
    result = artlint.fix(text, config=artlint.Config(select=("CJK",)))
    assert "ignore[CSS001]" in result.text


def test_removing_one_never_joins_two_lists() -> None:
    text = f"{HEAD}- one\n\n<!-- artlint: ignore[CSS001] -->\n\n- two\n"
    (found,) = artlint.lint(text)
    assert found.code == "ART001"
    assert found.fix is None
    assert artlint.fix("One\n<!-- artlint: ignore[CSS001] -->\nTwo\n").text == "One\n\nTwo\n"


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("artlint: ignore", "Suppression is not ignore[CODE], disable[CODE] or enable[CODE]"),
        ("artlint: ignore[]", "Suppression is not ignore[CODE], disable[CODE] or enable[CODE]"),
        ("artlint: ignore[BP]", "No rule has the code `BP`"),
        ("artlint: ignore[editor-note]", "No rule has the code `editor-note`; did you mean `BP101`?"),
        ("artlint: ignore[BP1O1]", "No rule has the code `BP1O1`; did you mean `BP101`?"),
        ("artlint: enable[BP101]", "No `disable[BP101]` stands before it"),
        ("artlint: ignore[SEC002]", "An article may not suppress `SEC002`; use the configuration"),
    ],
)
def test_what_is_wrong_with_a_suppression(comment: str, message: str) -> None:
    messages = [found.message for found in artlint.lint(f"{HEAD}<!-- {comment} -->\n\n<p>One.</p>\n")]
    assert message in messages


def test_conversion_keeps_them() -> None:
    text = f"{HEAD}<!-- artlint: ignore[CJK004] a code -->\n\n<p>一,二</p>\n\n<p>三。</p>\n"
    result = artlint.fix(text, config=artlint.Config(to="markdown"))
    assert result.refused is None
    assert "<!-- artlint: ignore[CJK004] a code -->\n\n一,二\n" in result.text
    assert result.remaining == ()


_DIRECTIVES = st.builds(
    "<!-- artlint: {}[{}] why -->".format,
    st.sampled_from(["ignore", "disable", "enable"]),
    st.lists(
        st.sampled_from(["CJK001", "HTM002", "HTM900", "CSS003", "BP101", "SEC002", "LNK001"]),
        min_size=1,
        max_size=3,
    ).map(", ".join),
)
_SUPPRESSED = st.lists(st.one_of(_DIRECTIVES, bodies, st.just("\n\n")), max_size=6).map("".join)


@given(_SUPPRESSED, paths)
def test_fixing_stays_a_fixed_point(body: str, path: str) -> None:
    result = artlint.fix(body, path=path)
    if not result.refused:
        again = artlint.fix(result.text, path=path)
        assert again.text == result.text
        assert not again.refused
        assert not any(found.is_fixable() for found in artlint.lint(result.text, path=path))


@given(_SUPPRESSED, paths)
def test_suppressions_never_let_more_through(body: str, path: str) -> None:
    result = artlint.fix(body, path=path)
    if not result.refused:
        assert not [
            d for d in artlint.lint(result.text, path=path) if d.code.startswith("SEC") and d.is_fixable()
        ]


def suppressed(text: str, path: str = "article.md", reason: str = "") -> Document:
    document = Document(Source.from_text(text, path))
    return add_suppressions(document, make_plan(artlint.Config()).rules, reason)


@given(articles, paths)
def test_add_ignore_changes_nothing_a_reader_sees(article: str, path: str) -> None:
    document = Document(Source.from_text(article, path))
    try:
        after = suppressed(article, path, "an old file")
    except artlint.ArtlintError:
        return
    prove_same(document, after)
    rest = {found.code for found in artlint.lint(after.text, path=path)}
    block = document.front_matter
    if block and not block.fault and document.body.kind != "page":
        assert all(code.startswith(("SEC", "ART")) for code in rest), rest


def test_add_ignore_on_the_seed(seed: str) -> None:
    after = suppressed(seed, "seed.txt", "the archive of 2021")
    binding = {"SEC001", "SEC019"}  # of links that are no longer unwrapped
    assert {found.code for found in artlint.lint(after.text, path="seed.txt")} == binding
    assert frontmatter.loads(after.text.lstrip()).metadata["artlint"] == {
        "ignore": ["FM001", "FM004", "FM005", "FM006"],
        "reason": "the archive of 2021",
    }
    result = artlint.fix(after.text, path="seed.txt")
    assert {done.code for done in result.applied} == {"SEC001", "FM900", "HTM900"}
    assert "SEC019" in {found.code for found in result.remaining}


class HidesOne(Judge):
    """Hides the first finding, as a baseline may."""

    def verdicts(
        self, document: Document, found: Sequence[artlint.Diagnostic], origin: Origin
    ) -> list[Verdict]:
        return [
            Verdict.HIDE if origin(finding.span.start) < len(HEAD) + 9 else Verdict.FIX for finding in found
        ]


def test_add_ignore_leaves_what_a_baseline_holds() -> None:
    document = Document(Source.from_text(f"{HEAD}{INDENT}\n{INDENT}"))
    after = add_suppressions(document, make_plan(artlint.Config()).rules, judge=HidesOne())
    assert after.text == f"{HEAD}{INDENT}\n<!-- artlint: ignore[CJK001] -->\n\n{INDENT}"


def test_add_ignore_on_the_command_line(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "a.md").write_text(f"{HEAD}{INDENT}\n{INDENT}", encoding="utf-8")
    ran = cli("check", "--add-ignore=a poem", "a.md")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    comment = "<!-- artlint: ignore[CJK001] a poem -->\n\n"
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == f"{HEAD}{comment}{INDENT}\n{comment}{INDENT}"
    assert cli("fix", "a.md").stdout.startswith("Nothing to fix")
    (tmp_path / "b.md").write_text(f"{HEAD}{INDENT}", encoding="utf-8")
    assert cli("check", "--add-ignore", "b.md").returncode == 0
    assert "ignore[CJK001] -->" in (tmp_path / "b.md").read_text(encoding="utf-8")
    (tmp_path / "c.md").write_text(HEAD + SCRIPT, encoding="utf-8")
    ran = cli("check", "--add-ignore", "c.md")
    assert ran.returncode == 1
    assert "SEC001" in ran.stdout
    assert cli("check", "--add-ignore=a --> b", "c.md").returncode == 2
    assert "standard input" in cli("check", "--add-ignore", "-", stdin=INDENT).stderr
