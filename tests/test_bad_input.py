"""Bad input: one clear line, the right exit code, the other files processed, the file untouched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import Cli

BODY = b'\n<p onclick="x">One.</p>\n'
GOOD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n<p>One.</p>\n"

# name: (bytes, exit code of check and fix, what the line must say)
FILES = {
    "broken-yaml": (
        b"---\ntitle: A date: B\n---\n" + BODY,
        1,
        "bad.md:2:14 FM002 Front matter is not valid YAML",
    ),
    "unclosed": (b"---\ntitle: A\n" + BODY, 1, "bad.md:1:1 FM002 Front matter is not closed"),
    "tab": (b"---\n\ttitle: A\n---\n" + BODY, 1, "bad.md:2:1 FM002"),
    "open-quote": (
        b'---\ntitle: "A\n---\n' + BODY,
        1,
        "FM002 Front matter is not valid YAML: a quote is not closed",
    ),
    "double-key": (b"---\na: 1\na: 2\n---\n" + BODY, 1, "bad.md:3:1 FM002 Key `a` stands twice"),
    "alias": (b"---\na: &x [1]\nb: *x\n---\n" + BODY, 1, "bad.md:2:4 FM002"),
    "alias-bomb": (b"---\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n" + BODY, 1, "FM002"),
    "merge-bomb": (b"---\na: &a {<<: [*a, *a]}\n---\n" + BODY, 1, "FM002"),
    "tag": (b"---\na: !!python/object:os.system x\n---\n" + BODY, 1, "FM002 Front matter uses the YAML tag"),
    "deep": (
        b"---\na: " + b"[" * 5000 + b"]" * 5000 + b"\n---\n" + BODY,
        1,
        "FM002 Front matter is nested deeper",
    ),
    "huge-number": (b"---\na: 0b" + b"_" * 10 + b"\n---\n<p>One.</p>\n", 0, ""),
    "control": (b"---\na: \x01\n---\n" + BODY, 1, "FM002 Front matter holds the control character U+0001"),
    "not-utf-8": (b"---\ntitle: \xc4\xe3\n---\n" + BODY, 2, "bad.md: error: not UTF-8: byte 0xc4 on line 2"),
    "utf-16": ("---\ntitle: A\n".encode("utf-16"), 2, "bad.md: error: not UTF-8 but UTF-16"),
    "binary": (b"\x89PNG\r\n\x1a\n\0\0\0", 2, "bad.md: error: binary file"),
    "nul": (b"---\ntitle: A\n---\n<p>\0</p>", 2, "bad.md: error: binary file: NUL character on line 4"),
    "empty": (b"", 1, "bad.md:1:1 FM003 File is empty"),
}


@pytest.mark.parametrize("command", ["check", "fix"])
@pytest.mark.parametrize("name", FILES)
def test_bad_file(tmp_path: Path, cli: Cli, name: str, command: str) -> None:
    content, code, line = FILES[name]
    bad, good = tmp_path / "bad.md", tmp_path / "good.md"
    bad.write_bytes(content)
    good.write_bytes(GOOD.replace("<p>One", "<p>　　One").encode())
    ran = cli(
        command,
        "--select",
        "FM00,SEC,CJK",
        "--ignore",
        "FM001",
        "--output-format",
        "concise",
        "bad.md",
        "good.md",
    )
    assert ran.stderr == ""
    assert line in ran.stdout
    assert bad.read_bytes() == content
    if command == "fix":
        assert good.read_text(encoding="utf-8") == GOOD
        assert ran.returncode == code
    else:
        assert "good.md:6:4 CJK001" in ran.stdout
        assert ran.returncode == max(code, 1)


@pytest.mark.parametrize("command", ["check", "fix"])
def test_bad_paths(tmp_path: Path, cli: Cli, command: str) -> None:
    (tmp_path / "none").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "dangling.md").symlink_to("nowhere")
    for path, problem in (
        ("missing.md", "missing.md: error: no such file or folder"),
        ("pipe.md", "pipe.md: error: not a regular file"),
        ("dangling.md", "dangling.md: error: no such file or folder"),
        ("none", "artlint: error: no article in none"),
    ):
        ran = cli(command, path)
        assert ran.returncode == 2
        assert problem in ran.stdout + ran.stderr
        assert "Traceback" not in ran.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_permissions(tmp_path: Path, cli: Cli) -> None:
    unreadable, read_only = tmp_path / "unreadable.md", tmp_path / "read-only.md"
    for path, mode in ((unreadable, 0o000), (read_only, 0o444)):
        path.write_text("<p>　　One.</p>\n", encoding="utf-8")
        path.chmod(mode)
    ran = cli("fix", "unreadable.md", "read-only.md")
    assert ran.returncode == 2
    assert "unreadable.md: error: cannot read: permission denied" in ran.stdout
    assert "read-only.md: error: not written: the file is read-only" in ran.stdout
    assert read_only.read_text(encoding="utf-8") == "<p>　　One.</p>\n"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["check", "--nope", "a.md"], "unrecognized arguments: --nope"),
        (["chek", "a.md"], "invalid choice: 'chek'"),
        (["check"], "the following arguments are required: PATH"),
        (["check", "--output-format", "xml", "a.md"], "unknown format `xml`"),
        (
            ["check", "--select", "editr-note", "a.md"],
            "unknown rule `editr-note`; did you mean `editor-note`?",
        ),
        (["check", "--ignore", "XYZ", "a.md"], "unknown rule `XYZ`"),
        (["rule", "bp1O1"], "unknown rule `bp1O1`; did you mean `BP101`?"),
    ],
)
def test_bad_usage(tmp_path: Path, cli: Cli, arguments: list[str], problem: str) -> None:
    (tmp_path / "a.md").write_text(GOOD, encoding="utf-8")
    ran = cli(*arguments)
    assert ran.returncode == 2
    assert problem in ran.stderr
    assert ran.stdout == ""
    assert "Traceback" not in ran.stderr


def test_output_cannot_be_abused(tmp_path: Path, cli: Cli) -> None:
    name = "a\x1b[31m\n::error::.md"
    (tmp_path / name).write_text(
        '---\ntitle: "\x9b31m": x\n---\n<p onclick="\u202e">\x1b[2J</p>\n', encoding="utf-8"
    )
    for arguments in (["check", "."], ["fix", "--diff", "."], ["check", "--output-format", "concise", "."]):
        ran = cli(*arguments)
        assert not set(ran.stdout) & set("\x1b\x9b\u202e")
        assert "\n::error" not in ran.stdout
