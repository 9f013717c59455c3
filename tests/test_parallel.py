"""Several processes find what one finds, in the same order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from artlint.discover import Articles, Choice
from artlint.errors import ArtlintError
from artlint.formats import formats
from artlint.parallel import in_order
from tests.conftest import ROOT, Cli

needs_fork = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")


def _articles(folder: Path, count: int) -> None:
    for number in range(count):
        title = f"title: 'No {number}'\n" if number % 3 else ""
        body = "<p>\u3000One.</p><script>x</script>" if number % 2 else "<p>One.</p>\n"
        (folder / f"{number:04}.md").write_text(f"---\n{title}---\n\n{body}", encoding="utf-8")


def test_the_report_does_not_depend_on_the_processes(tmp_path: Path, cli: Cli) -> None:
    _articles(tmp_path, 100)
    alone, shared = (
        cli("check", "--no-cache", "--jobs", jobs, "--output-format", "concise", ".") for jobs in ("1", "3")
    )
    assert alone.returncode == shared.returncode == 1
    assert alone.stdout == shared.stdout
    assert alone.stdout.count("\n") > 100


@pytest.mark.parametrize("command", ["check", "fix"])
def test_no_report_depends_on_the_processes(tmp_path: Path, cli: Cli, command: str) -> None:
    _articles(tmp_path, 80)
    (tmp_path / "0042.md").write_bytes(b"---\ntitle: A\n---\n\n\xff\n")
    reports = {}
    for jobs in ("1", "3"):
        into = [f"--output-format={name}={name}.report" for name in formats()]
        extra = ["--diff"] if command == "fix" else []
        assert cli(command, *extra, "--no-cache", "--jobs", jobs, *into, ".").returncode == 2
        reports[jobs] = {
            name: (tmp_path / f"{name}.report").read_text(encoding="utf-8") for name in formats()
        }
    assert reports["1"] == reports["3"]
    assert all(reports["1"].values())


def test_files_are_fixed_by_several_processes(tmp_path: Path, cli: Cli) -> None:
    _articles(tmp_path, 100)
    cli("fix", "--no-cache", "--jobs", "2", ".")
    assert not any("<script" in path.read_text(encoding="utf-8") for path in tmp_path.glob("*.md"))
    again = cli("fix", "--no-cache", "--jobs", "1", "--diff", ".")
    assert "+<p>" not in again.stdout


@needs_fork
def test_results_come_in_order_and_not_all_at_once() -> None:
    started: list[Path] = []

    def paths() -> Iterator[Path]:
        for number in range(2_000):
            started.append(Path(str(number)))
            yield started[-1]

    results = in_order(lambda path: (os.getpid(), str(path)), paths(), 2)
    first = [next(results) for _ in range(100)]
    assert len(started) < 400
    rest = list(results)
    assert [name for _, name in (*first, *rest)] == [str(number) for number in range(2_000)]
    assert os.getpid() not in {process for process, _ in rest}


def test_files_are_found_anew_each_time(tmp_path: Path) -> None:
    _articles(tmp_path, 3)
    found = Articles([tmp_path], lambda _: Choice(), False, lambda path: path.name == "0001.md")
    assert [path.name for path in found] == ["0000.md", "0002.md"]
    assert len(found) == 2
    (tmp_path / "0002.md").unlink()
    assert [path.name for path in found] == ["0000.md"]
    twice = Articles([tmp_path, tmp_path / "0000.md"], lambda _: Choice(), False, lambda _: False)
    assert len(twice) == 2


@needs_fork
def test_few_files_need_no_process() -> None:
    assert set(in_order(lambda path: os.getpid(), map(Path, "abc"), 4)) == {os.getpid()}


@needs_fork
def test_a_killed_process_ends_the_run_in_plain_words() -> None:
    def work(path: Path) -> str:
        if path.name == "500":
            os.kill(os.getpid(), signal.SIGKILL)
        return path.name

    with pytest.raises(ArtlintError, match="killed"):
        list(in_order(work, [Path(str(number)) for number in range(1_000)], 2))


@needs_fork
def test_an_interrupt_leaves_no_half_written_file(tmp_path: Path) -> None:
    _articles(tmp_path, 400)
    before = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.md")}
    command = [sys.executable, "-m", "artlint", "fix", "--no-cache", "--jobs", "2", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    while process.poll() is None and "<script" in (tmp_path / "0001.md").read_text(encoding="utf-8"):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=60)
    assert {path.name for path in tmp_path.iterdir()} == before.keys()
    for path in tmp_path.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert text == before[path.name] or ("<script" not in text and text.endswith("</p>\n"))


@pytest.mark.parametrize("jobs", ["0", "-1", "many", "1.5"])
def test_a_wrong_number_of_processes_is_named(cli: Cli, jobs: str) -> None:
    ran = cli("check", f"--jobs={jobs}", ".")
    assert ran.returncode == 2
    assert f"`{jobs}` is not a number of processes" in ran.stderr
