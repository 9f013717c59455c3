"""What must go and what must stay in real articles, file by file.

The list (tests/data/scraped.json) was checked by eye against the files: for each file every place
that is boilerplate, with the rule that finds it, its offsets, a hash of its text, and whether the
safe fix takes it out.
To write it anew after reading the files: ``python -m tests.test_pack_corpus``.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

import artlint
from artlint.config import Config
from artlint.document import Document
from artlint.source import Source
from artlint.view import view

CORPUS = os.environ.get("ARTLINT_CORPUS")
DATA = Path(__file__).parent / "data" / "scraped.json"
BOILERPLATE = Config(select=("BP", "QUO"), format=False)

pytestmark = pytest.mark.skipif(not CORPUS, reason="ARTLINT_CORPUS names no folder with articles")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _read(name: str) -> str:
    return Path(CORPUS or "", "scraped", name).read_text(encoding="utf-8")


def _places(text: str, name: str) -> list[list[Any]]:
    """Every finding: code, start, end, hash, what happens to it."""
    plain = Source.from_text(text).text
    return [
        [d.code, *d.span, _hash(plain[slice(*d.span)]), d.fix.applicability.value if d.fix else "report"]
        for d in artlint.lint(text, path=name, config=BOILERPLATE)
    ]


def _words(text: str) -> str:
    return "".join(view(Document(Source.from_text(text))).words)


def _record(name: str) -> dict[str, Any]:
    text = _read(name)
    result = artlint.fix(text, path=name, config=BOILERPLATE)
    removed = [_hash(entry.removed) for entry in result.ledger if entry.kind == "text" and entry.removed]
    return {
        "text": _hash(text),
        "places": _places(text, name),
        "removed": removed,
        "stays": _hash(_words(result.text)),
    }


FILES: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8")) if DATA.exists() else {}


@pytest.mark.parametrize("name", sorted(FILES))
def test_what_goes_and_what_stays(name: str) -> None:
    expected = FILES[name]
    text = _read(name)
    if _hash(text) != expected["text"]:
        pytest.skip("the corpus holds another version of the file")
    assert _places(text, name) == expected["places"]
    result = artlint.fix(text, path=name, config=BOILERPLATE)
    removed = [entry.removed for entry in result.ledger if entry.kind == "text" and entry.removed]
    assert [_hash(part) for part in removed] == expected["removed"]
    rest = _words(text)
    for part in removed:
        rest = rest.replace("".join(part.split()), "", 1)
    assert rest == _words(result.text)
    assert _hash(_words(result.text)) == expected["stays"]


def test_every_file_of_the_list_is_there() -> None:
    found = {
        str(p.relative_to(Path(CORPUS or "", "scraped"))) for p in Path(CORPUS or "", "scraped").rglob("*.md")
    }
    assert found == set(FILES)


def test_clean_repositories_get_no_safe_fix() -> None:
    seen = 0
    for path in sorted(Path(CORPUS or "", "clean").rglob("*")):
        if path.suffix in (".md", ".markdown", ".html") and path.is_file():
            text = path.read_bytes().decode("utf-8", errors="replace")
            fixable = [d for d in artlint.lint(text, path=str(path), config=BOILERPLATE) if d.is_fixable()]
            assert fixable == [], path
            seen += 1
    assert seen > 100


def _found(folder: str) -> dict[str, set[str]]:
    """The codes found in each file below a folder of the dirty corpus."""
    codes: dict[str, set[str]] = {}
    for path in sorted(Path(CORPUS or "", "dirty", folder).rglob("*")):
        if path.suffix in (".md", ".html") and path.is_file():
            text = path.read_bytes().decode("utf-8", errors="replace")
            codes[str(path)] = {d.code for d in artlint.lint(text, path=str(path), config=BOILERPLATE)}
    return codes


def test_imports_and_exports_are_found() -> None:
    sofa = _found("sofastack+sofastack.tech")
    assert sum("BP107" in codes for codes in sofa.values()) >= 24  # tails of a public account
    wayback = _found("skoelle+buildbroken-blog-archive")
    assert sum("BP001" in codes for codes in wayback.values()) == 15  # saved pages
    assert all(codes <= {"BP001"} for name, codes in wayback.items() if name.endswith(".html"))
    feeds = _found("sergioafanou+blog")
    assert {"FED001", "BP203", "WGT004"} <= set().union(*feeds.values())
    shortcodes = _found("openSUSE+news-o-o")
    assert sum("WPR005" in codes for codes in shortcodes.values()) >= 9


def main() -> None:
    names = sorted(
        str(path.relative_to(Path(CORPUS or "", "scraped")))
        for path in Path(CORPUS or "", "scraped").rglob("*.md")
    )
    lines = [f"  {json.dumps(name)}: {json.dumps(_record(name))}" for name in names]
    DATA.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
