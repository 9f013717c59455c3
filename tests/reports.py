"""The reports that the tests of the output formats read."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from artlint.formats import formats
from tests.conftest import ROOT

HEAD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
ARTICLES = {
    "posts/dirty.md": f"{HEAD}<p>　　会议闭幕。</p>\n\n<p>责任编辑：李某</p>\n",
    "posts/date.md": "---\ntitle: 会议\ndate: Thu, 04 Nov 2021 02:10:07 GMT\n---\n\n<p>一。</p>\n",
    "posts/left.md": f'{HEAD}<p>会议“闭幕。<a href="javascript:x">全文</a></p>\n',
    "clean.md": f"{HEAD}<p>一。</p>\n",
}
Reports = Callable[..., str]


def all_reports(folder: Path, *arguments: str, paths: Sequence[str] = (".",)) -> dict[str, str]:
    """One run in a folder that writes the report of every format."""
    command = [sys.executable, "-m", "artlint", *arguments]
    for name in formats():
        command += ["--output-format", f"{name}=../{folder.name}-out/{name}"]
    out = folder.parent / f"{folder.name}-out"
    out.mkdir(exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    ran = subprocess.run(
        [*command, "--", *paths], cwd=folder, env=environment, capture_output=True, timeout=60, check=False
    )
    assert ran.stderr == b""
    return {name: (out / name).read_text(encoding="utf-8") for name in formats()}


def reports_of(folder: Path) -> Reports:
    """The report of a run over some articles and a file that is no text."""
    for path, text in ARTICLES.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    (folder / "posts" / "binary.md").write_bytes(b"\0\1")
    made: dict[tuple[str, ...], dict[str, str]] = {}

    def run(name: str, *arguments: str) -> str:
        arguments = arguments or ("check",)
        if arguments not in made:
            made[arguments] = all_reports(folder, *arguments)
        return made[arguments][name]

    return run
