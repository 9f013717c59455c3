"""`fix --interactive` at a terminal: what is accepted is written, with every promise kept."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest

import artlint
from tests.conftest import ROOT, Cli

HEAD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
TEXT = HEAD + "<p>　　会议开幕。</p>\n\n<p>　　会议闭幕。</p>\n\n<p>（责编：王某 SF123）</p>\n"
QUESTION = "Apply this fix [y,n,a,d,r,q,?]? "


class Terminal:
    """A person at a terminal who reads to the next question and answers it."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._controller, terminal = pty.openpty()
        environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
        environment |= {"PYTHONPATH": str(ROOT), "TERM": "xterm", "PYTHONUTF8": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "artlint", "fix", "--interactive", *arguments],
            cwd=folder,
            env=environment,
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
        )
        os.close(terminal)

    def read(self) -> str:
        """What appears up to the next question, or to the end; without colour."""
        output = b""
        while not re.sub(rb"\x1b\[\d+m", b"", output).endswith(QUESTION.encode()):
            ready, _, _ = select.select([self._controller], [], [], 60)
            assert ready, f"nothing more came after {output.decode()}"
            try:
                read = os.read(self._controller, 65536)
            except OSError:  # Linux says so when the other end closes
                break
            if not read:
                break
            output += read
        self.raw = output.decode()
        return re.sub(r"\x1b\[\d+m", "", self.raw).replace("\r\n", "\n")

    def answer(self, text: str) -> str:
        """Answer a question; returns what appears then."""
        os.write(self._controller, text.encode())
        return self.read()

    def close(self) -> int:
        """Wait for the end; returns the exit code."""
        try:
            return self._process.wait(timeout=30)
        finally:
            self._process.kill()
            os.close(self._controller)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def _fix(article: Path, answers: str, *arguments: str) -> tuple[str, list[str], int]:
    """The file after some answers, what was shown before each and at the end, and the exit code."""
    terminal = Terminal(article.parent, *(arguments or (article.name,)))
    shown = [terminal.read(), *(terminal.answer(f"{letter}\n") for letter in answers)]
    return article.read_text(encoding="utf-8"), shown, terminal.close()


@pytest.mark.parametrize("answers", ["q", "nnn"])
def test_a_safe_fix_that_was_declined_is_not_called_unsafe(article: Path, answers: str) -> None:
    text, shown, code = _fix(article, answers)
    assert (text, code) == (TEXT, 1)
    assert "CJK001 Paragraph is indented with blanks\n" in shown[-1]
    assert "BP101 Note that names only the responsible editor\n" in shown[-1]
    assert "unsafe" not in "".join(shown)


def test_each_fix_is_shown_with_rule_message_and_diff(article: Path) -> None:
    terminal = Terminal(article.parent, "a.md")
    shown = terminal.read()
    assert shown == (
        "\na.md:6:4 CJK001 ideographic-indent: Paragraph is indented with blanks\n"
        "  fix: Remove the indent\n"
        "    ---\n"
        "    \n"
        "  - <p>　　会议开幕。</p>\n"
        "  + <p>会议开幕。</p>\n"
        "    \n"
        "    <p>　　会议闭幕。</p>\n"
        f"{QUESTION}"
    )
    assert "\x1b[31m  - <p>　　会议开幕。</p>\x1b[0m" in terminal.raw
    assert "y - apply this fix\n" in terminal.answer("?\n")
    assert "q - quit" in terminal.answer("what\n")
    terminal.answer("q\n")
    assert terminal.close() == 1
    assert article.read_text(encoding="utf-8") == TEXT


def test_yes_and_no(article: Path) -> None:
    text, shown, code = _fix(article, "ynyn")
    assert text == TEXT.replace("　　会议开", "会议开").replace("<p>（责编：王某 SF123）</p>", "")
    assert "line 10: text BP101" in shown[-1], "the ledger accounts for what was accepted"
    assert "a.md:8:4 CJK001" in shown[-1], "what was declined remains"
    assert code == 1


def test_all_and_none_of_a_file(article: Path) -> None:
    (article.parent / "b.md").write_text(TEXT, encoding="utf-8")
    text, shown, code = _fix(article, "nda", "a.md", "b.md")
    assert text == TEXT
    assert shown[2].count("b.md:6:4") == 1
    fixed = (article.parent / "b.md").read_text(encoding="utf-8")
    assert fixed == artlint.fix(TEXT, path="b.md").text
    assert code == 1


def test_all_of_a_rule(article: Path) -> None:
    (article.parent / "b.md").write_text(TEXT, encoding="utf-8")
    text, shown, code = _fix(article, "rnn", "a.md", "b.md")
    asked = [re.findall(r" ([A-Z]+\d+) [a-z-]+:", part) for part in shown[:3]]
    assert asked == [["CJK001"], ["BP101"], ["BP101"]]
    assert text == TEXT.replace("　　", "")
    assert (article.parent / "b.md").read_text(encoding="utf-8") == TEXT.replace("　　", "")
    assert code == 1


def test_quitting_writes_what_was_accepted(article: Path) -> None:
    (article.parent / "b.md").write_text(TEXT, encoding="utf-8")
    text, shown, code = _fix(article, "yq", "a.md", "b.md")
    assert text == TEXT.replace("　　会议开", "会议开")
    assert (article.parent / "b.md").read_text(encoding="utf-8") == TEXT
    assert "b.md" not in shown[-1]
    assert code == 1


def test_the_end_of_input_quits(article: Path) -> None:
    terminal = Terminal(article.parent, "a.md")
    terminal.read()
    terminal.answer("\x04")
    assert terminal.close() == 1
    assert article.read_text(encoding="utf-8") == TEXT


def test_the_form_is_asked_about_too_and_a_no_lasts(article: Path) -> None:
    article.write_text(HEAD + "<P>　　会议开幕。</P>", encoding="utf-8")
    text, shown, _ = _fix(article, "yn")
    assert "HTM900 not-canonical" in shown[1]
    assert text == HEAD + "<P>会议开幕。</P>"
    article.write_text(HEAD + "<P>　　会议开幕。</P>", encoding="utf-8")
    text, shown, _ = _fix(article, "ny")
    assert text == HEAD + "<p>　　会议开幕。</p>\n"
    assert len(shown) == 3, "what was declined is not asked again after the body was formatted"


def test_the_gate_holds_for_what_was_accepted(article: Path) -> None:
    text = HEAD + '<p>　　会议<b onclick="x()">开幕</b>。</p>\n'
    article.write_text(text, encoding="utf-8")
    after, shown, code = _fix(article, "yn")
    assert "SEC002" in shown[1]
    assert after == text
    assert "would not be safe to publish" in shown[-1]
    assert code == 2


def test_long_lines_and_control_characters(article: Path) -> None:
    article.write_text(HEAD + f"<p>{'长' * 300},{'短' * 300}\x1b[2J。</p>\n", encoding="utf-8")
    terminal = Terminal(article.parent, "--select", "CJK004", "--unsafe-fixes", "a.md")
    shown = terminal.read()
    assert f"  - …{'长' * 30},{'短' * 30}…\n  + …{'长' * 30}，{'短' * 30}…\n" in shown
    assert "[unsafe]" in shown
    assert "\x1b[2J" not in terminal.raw
    terminal.answer("q\n")
    terminal.close()


def test_without_a_terminal_or_with_options_that_contradict(article: Path, cli: Cli) -> None:
    ran = cli("fix", "--interactive", "a.md")
    assert ran.returncode == 2
    assert ran.stderr == (
        "artlint: error: `--interactive` asks at a terminal, and there is none; leave it out\n"
    )
    for option in ("--diff", "--to=markdown"):
        assert cli("fix", "--interactive", option, "a.md").returncode == 2
    assert cli("fix", "--interactive", "-", stdin=TEXT).returncode == 2
    assert article.read_text(encoding="utf-8") == TEXT
