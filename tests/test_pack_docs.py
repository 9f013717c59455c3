"""docs/packs.md, followed as a new user would: copy the blocks, run the commands."""

from __future__ import annotations

import re
from pathlib import Path

from artlint.pack_keys import ACTIONS, MATCH_KINDS
from tests.conftest import ROOT, Cli

PAGE = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")
FIRST, SECOND = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
ARTICLE = "---\ntitle: A\n---\n" + re.findall(r"```html\n(.*?)```", PAGE, re.DOTALL)[0]


def test_the_tutorial_works(tmp_path: Path, cli: Cli) -> None:
    folder = tmp_path / "artlint-rules"
    folder.mkdir()
    pack = folder / "example-times.yaml"
    pack.write_text(FIRST, encoding="utf-8")
    tested = cli("rule", "test", str(pack))
    assert (tested.returncode, tested.stdout) == (0, "2/2 examples passed\n")
    pack.write_text(FIRST + SECOND, encoding="utf-8")
    assert cli("rule", "test", str(pack)).stdout == "4/4 examples passed\n"
    article = tmp_path / "a.md"
    article.write_text(ARTICLE, encoding="utf-8")
    tried = cli("rule", "try", str(pack), str(article))
    assert "1 file read; nothing was written." in tried.stdout
    assert "ETI002" in tried.stdout
    fixed = cli("fix", "--rules", str(folder), "--select", "ETI", "--no-format", str(article))
    assert fixed.returncode == 0, fixed.stderr
    assert article.read_text(encoding="utf-8").split("---\n")[2].split("\n") == [
        "<p>The council adjourned at nine.</p>",
        "",
        "",
        "",
    ]
    pack.write_text(FIRST.replace("select:", "selct:"), encoding="utf-8")
    broken = cli("rule", "test", str(pack))
    shown = re.findall(r"artlint: error: artlint-rules/(.*)", PAGE)[0]
    assert broken.stderr.strip().endswith(shown)


def test_every_kind_and_action_is_explained() -> None:
    for word in (*MATCH_KINDS, *ACTIONS):
        assert f"`{word}`" in PAGE
