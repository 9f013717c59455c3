"""Each row of the table in docs/exit-codes.md, run as a process."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import ROOT, Cli
from tests.test_changed import commit, git

HEAD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
FILES = {
    "clean.md": f"{HEAD}<p>One.</p>\n",
    "indent.md": f"{HEAD}<p>　　会议闭幕。</p>\n",
    "code.md": f"{HEAD}One {{{{ a.constructor }}}}.\n",
    "quote.md": f"{HEAD}<p>会议“闭幕。</p>\n",
    "script.md": f"{HEAD}<p>　　One.</p>\n\n<script>alert(1)</script>\n",
    "locked.md": f"{HEAD}<p>　　会议闭幕。</p>\n",
    "broken.yaml": "pack: other\n",
    "stale.jsonl": (
        '{"fingerprint": "1:fe007fc6fe79/31741ac7", "rule": "CJK001", "path": "clean.md", "context": "x"}\n'
    ),
}
PAGE = (ROOT / "docs" / "exit-codes.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(artlint.*?)` \| (\d+) \| (.+) \|$", PAGE, re.MULTILINE)


def test_the_table_is_read() -> None:
    assert len(ROWS) == PAGE.count("\n| `artlint")
    assert {code for _, code, _ in ROWS} == {"0", "1", "2"}


@pytest.mark.parametrize(("command", "code", "says"), ROWS, ids=[row[0] for row in ROWS])
def test_each_row_is_so(command: str, code: str, says: str, tmp_path: Path, cli: Cli) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "binary.md").write_bytes(b"\x00\x01\xff\xfe" * 40)
    (tmp_path / "locked.md").chmod(0o444)
    (tmp_path / "empty").mkdir()
    if command == "artlint init":
        (tmp_path / "artlint.toml").touch()
    if "--changed" in command:
        git(tmp_path, "init", "--quiet")
        commit(tmp_path)
    ran = cli(*shlex.split(command)[1:])
    assert str(ran.returncode) == code, ran.stdout + ran.stderr
    assert says in ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr
