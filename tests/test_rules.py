"""Every rule does what its examples say, and a rule is one file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from artlint.diagnostic import Diagnostic, Edit, Fix
from artlint.document import Document
from artlint.errors import PackError, RuleError
from artlint.pack import load_pack
from artlint.registry import Registry, shipped_registry
from artlint.rule import Check, Example, bad, good
from artlint.source import Span
from artlint.testing import test_rules as run_examples
from tests.conftest import ROOT, Cli

RULES = list(shipped_registry())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples_hold(rule: Check) -> None:
    verdict = run_examples([rule])
    assert [f"{failure.example!r}: {failure.problem}" for failure in verdict.failures] == []
    assert verdict.passed == len(rule.examples)


class EmptyLink(Check):
    """A link without text is silent in a screen reader."""

    code = "LNK999"
    name = "test-empty-link"
    summary = "Link has no text"
    examples = (
        bad('see ⟦<a href="/x"></a>⟧ now', fixed="see  now"),
        good('<a href="/x">the report</a>'),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for link in document.select("a[href]"):
            if not link.text:
                yield self.at(link.span, fix=Fix("Remove the link", (Edit(link.span),)))


_BAD = 'see ⟦<a href="/x"></a>⟧ then'


def _varied(*examples: Example) -> Check:
    examples = (*examples, good("b"), bad(_BAD, fixed="see  then"))
    return type("Varied", (EmptyLink,), {"examples": examples})()  # type: ignore[no-any-return]


def _verdict(*examples: Example) -> list[str]:
    return [failure.problem for failure in run_examples([_varied(*examples)]).failures]


def test_harness_is_strict() -> None:
    assert _verdict(*EmptyLink.examples) == []
    failures = run_examples([_varied(bad('see ⟦<a href="/x">⟧</a> now', fixed="see  now"))]).failures
    assert "other places are found" in failures[0].problem
    assert failures[0].expected == 'see ⟦<a href="/x">⟧</a> now'
    assert failures[0].got == 'see ⟦<a href="/x"></a>⟧ now'
    assert "no fixed text" in _verdict(bad('see ⟦<a href="/x"></a>⟧ now'))[0]
    assert "fixed text is another one" in _verdict(bad('see ⟦<a href="/x"></a>⟧ now', fixed="see now"))[0]
    assert "are found" in _verdict(good('<a href="/x"></a>'))[0]
    assert "two examples" in _verdict(good("a"), good("a"))[0]


class CaseSensitive(EmptyLink):
    """A rule that reads the source with a pattern misses what HTML says is the same."""

    def check(self, document: Document) -> Iterator[Diagnostic]:
        at = document.text.find('<a href="/x"></a>')
        if at >= 0:
            yield self.at(Span(at, at + 17), fix=Fix("Remove the link", (Edit(Span(at, at + 17)),)))


def test_harness_varies_examples() -> None:
    problems = [failure.problem for failure in run_examples([CaseSensitive()]).failures]
    assert any("another verdict with upper-case tags" in problem for problem in problems)


class LosesText(EmptyLink):
    """A fix that removes more than it says is refused by the ledger, so the harness fails it."""

    examples = (bad("⟦<p>One.</p>⟧<p>Two.</p>", fixed="<p>Two.</p>"), good("Two."))

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for element in document.select("p"):
            if element.text == "One.":
                # The edit cuts a character reference apart in the text that stays.
                yield self.at(element.span, fix=Fix("Remove it", (Edit(element.span, "&am"),)))


def test_harness_wants_the_fixed_text_to_be_right() -> None:
    assert run_examples([LosesText()]).failures


def test_registry_checks_rules() -> None:
    def changed(**values: object) -> Check:
        return type("Changed", (EmptyLink,), {"__doc__": "Why.", **values})()  # type: ignore[no-any-return]

    Registry([EmptyLink()])
    for values, problem in (
        ({"code": "LNK1"}, "a code is"),
        ({"code": "XXX001"}, "unknown family"),
        ({"name": "EmptyLink"}, "not kebab-case"),
        ({"summary": ""}, "a summary and a why"),
        ({"examples": (good("a"),)}, "a bad and a good example"),
    ):
        with pytest.raises(RuleError, match=problem):
            Registry([changed(**values)])
    with pytest.raises(RuleError, match="taken by LNK999"):
        Registry([EmptyLink(), changed(code="LNK998")])


def test_selection() -> None:
    registry = shipped_registry()

    def codes(select: str, ignore: str = "") -> set[str]:
        return {rule.code for rule in registry.select(select.split(), ignore.split())}

    everything = codes("ALL")
    assert codes("ALL") == {rule.code for rule in RULES}
    assert codes("BP101") == codes("editor-note") == {"BP101"}
    assert codes("FM") == {code for code in everything if code.startswith("FM")}
    assert {"SIN001", "BP101"} <= codes("BP")
    assert codes("ALL", "FM") == everything - codes("FM")
    assert "FM001" in codes("FM001", "FM")
    assert codes("BP", "BP101") == codes("BP") - {"BP101"}


PACK = """\
pack: example
prefix: EXA
rules:
  - code: EXA001
    name: promotion-block
    family: BP
    summary: Promotion block
    why: It advertises.
    match: {select: "div.promo"}
    action: remove
    examples:
      bad: [{source: "<p>A.</p>⟦<div class='promo'>B.</div>⟧", fixed: "<p>A.</p>"}]
      good: ["<p>promo</p>"]
"""


def test_a_pack_is_one_file() -> None:
    pack = load_pack(PACK, "example.yaml")
    assert run_examples(pack.rules).failures == ()
    Registry([*RULES, *pack.rules])


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "action: remove",
            "action: delete",
            r"example.yaml:10: `rules\[0\].action` is `delete`, not one of remove",
        ),
        ("    why: It", "    whi: It", r"`rules\[0\].whi` is not a key of a pack here; did you mean `why`?"),
        (
            "action: remove",
            "actoin: x\n    action: remove",
            "is not a key of a pack here; did you mean `action`?",
        ),
        ("code: EXA001", "code: ABC001", "must start with the pack's prefix `EXA`"),
        ("select:", "selct:", "did you mean `select`?"),
        ("{select:", "{image: a.png, select:", "needs exactly one of"),
        ('{select: "div.promo"}', "{text: '('}", "is not a regular expression"),
        ("⟦", "", "must mark what is to be found with ⟦ and ⟧"),
        ("pack: example", "pack: other", "must be the file's name"),
        ("rules:", "rules: [", "not valid YAML"),
    ],
)
def test_a_broken_pack_says_how_to_mend_it(old: str, new: str, problem: str) -> None:
    with pytest.raises(PackError, match=problem.replace("?", r"\?")):
        load_pack(PACK.replace(old, new, 1), "example.yaml")


def _copy_of_artlint(tmp_path: Path) -> Path:
    package = tmp_path / "artlint"
    package.mkdir()
    for source in (ROOT / "artlint").rglob("*"):
        target = package / source.relative_to(ROOT / "artlint")
        if source.is_dir():
            target.mkdir(exist_ok=True)
        elif source.suffix in (".py", ".yaml", ".json", ".toml"):
            target.write_bytes(source.read_bytes())
    (package / "rules").mkdir(exist_ok=True)
    for pack in (ROOT / "rules").glob("*.yaml"):
        (package / "rules" / pack.name).write_bytes(pack.read_bytes())
    return package


def test_adding_a_pack_is_one_file(tmp_path: Path, cli: Cli) -> None:
    """A file dropped into `rules/` is registered, selected, documented and tested, cache or not."""
    package = _copy_of_artlint(tmp_path)
    (package / "__pycache__").mkdir(exist_ok=True)
    cache = package / "__pycache__" / f"packs.{sys.implementation.cache_tag}"
    cache.unlink(missing_ok=True)
    settings = {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": ""}
    text = '<p>A.</p><div class="promo">B.</div>'
    for _ in range(2):  # the second run reads what the first one wrote
        assert "EXA001" not in cli("check", "-", "--select", "BP", stdin=text, **settings).stdout
    assert cache.exists()
    (package / "rules" / "example.yaml").write_text(PACK, encoding="utf-8")
    for _ in range(2):
        assert "EXA001 Promotion block" in cli("check", "-", "--select", "EXA", stdin=text, **settings).stdout
    assert "promotion-block" in cli("rule", "EXA001", **settings).stdout
    assert cli("rule", "test", **settings).returncode == 0


def test_adding_a_check_is_one_file(tmp_path: Path, cli: Cli) -> None:
    """A file dropped into `checks/` is registered, selected, documented and tested."""
    package = _copy_of_artlint(tmp_path)
    lines = Path(__file__).read_text(encoding="utf-8").split("class EmptyLink")[1].split("\n\n\ndef ")[0]
    (package / "checks" / "lnk_test.py").write_text(
        "from artlint.diagnostic import Edit, Fix\n"
        "from artlint.rule import Check, bad, good\n\n\n"
        f"class EmptyLink{lines}".replace("document: Document", "document").replace(
            " -> Iterator[Diagnostic]", ""
        ),
        encoding="utf-8",
    )
    page = cli("rule", "LNK999", PYTHONPATH=str(tmp_path))
    assert "test-empty-link" in page.stdout
    tested = cli("rule", "test", PYTHONPATH=str(tmp_path))
    assert tested.returncode == 0, tested.stdout
    found = cli("check", "-", "--select", "LNK", stdin='see <a href="/x"></a> now', PYTHONPATH=str(tmp_path))
    assert "LNK999 Link has no text" in found.stdout


def test_examples_are_values() -> None:
    example = bad("a⟦b⟧c⟦⟧")
    assert (example.text, example.spans) == ("abc", ((1, 2), (3, 3)))
    for broken in ("a⟦b", "a⟧b", "⟦⟦a⟧", "⟦a⟧⟦", "⟧a⟦", "a"):
        with pytest.raises(ValueError, match="⟦ ⟧"):
            assert bad(broken).spans
