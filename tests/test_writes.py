"""Writing: the old file or the new one, never less, whatever happens."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from artlint.errors import SourceError, WriteError
from artlint.writing import read_bytes, replace_file
from tests.conftest import ROOT, Cli

OLD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n<p>　　One {}.</p>\n" + "<p>Two.</p>\n" * 20
TRIALS = int(os.environ.get("ARTLINT_KILL_TRIALS", "5"))


def test_kill_at_any_moment(tmp_path: Path) -> None:
    files = [tmp_path / f"{index}.md" for index in range(50)]
    command = [sys.executable, "-m", "artlint", "fix", "--output-format", "concise", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def reset() -> None:
        for index, path in enumerate(files):
            path.write_text(OLD.format(index), encoding="utf-8")
            path.chmod(0o640 if index % 2 else 0o755)

    reset()
    started = time.monotonic()
    subprocess.run(command, env=environment, capture_output=True, check=True)
    whole = time.monotonic() - started
    new = [path.read_text(encoding="utf-8") for path in files]
    assert all("　" not in text for text in new)
    dice = random.Random(1)
    cut = 0
    for _ in range(TRIALS):
        reset()
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        time.sleep(dice.uniform(0.3, 1.0) * whole)
        process.send_signal(signal.SIGKILL)
        process.wait()
        texts = [path.read_text(encoding="utf-8") for path in files]
        for index, path in enumerate(files):
            assert texts[index] in (OLD.format(index), new[index])
            assert path.stat().st_mode & 0o777 == (0o640 if index % 2 else 0o755)
        cut += texts != new and any(text == after for text, after in zip(texts, new, strict=True))
    assert cut or TRIALS < 10, "no trial was cut in the middle"
    subprocess.run(command, env=environment, capture_output=True, check=True)
    assert [path.read_text(encoding="utf-8") for path in files] == new
    reset()
    subprocess.run(command, env=environment, capture_output=True, check=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in files)


def test_links(tmp_path: Path, cli: Cli) -> None:
    tree, outside = tmp_path / "tree", tmp_path.parent / "outside.md"
    tree.mkdir()
    outside.write_text(OLD, encoding="utf-8")
    (tree / "real.md").write_text(OLD, encoding="utf-8")
    (tree / "inside.md").symlink_to("real.md")
    (tree / "leads-out.md").symlink_to(outside)
    (tree / "loop.md").symlink_to("loop.md")
    (tree / "nowhere.md").symlink_to("missing.md")
    (tree / "folder").symlink_to(".")
    ran = cli("fix", "--output-format", "concise", "tree")
    assert ran.returncode == 2
    assert "tree/leads-out.md: error: a symbolic link that leads out of the folders given" in ran.stdout
    assert "tree/loop.md: error: cannot read: too many levels of symbolic links" in ran.stdout
    assert "tree/nowhere.md: error: no such file or folder" in ran.stdout
    assert outside.read_text(encoding="utf-8") == OLD
    assert (tree / "inside.md").is_symlink()
    assert "　" not in (tree / "real.md").read_text(encoding="utf-8")


def test_hard_links_and_read_only_files(tmp_path: Path, cli: Cli) -> None:
    for name in ("one.md", "locked.md", "free.md"):
        (tmp_path / name).write_text(OLD, encoding="utf-8")
    os.link(tmp_path / "one.md", tmp_path / "two.md")
    (tmp_path / "locked.md").chmod(0o444)
    ran = cli("fix", "--output-format", "concise", "one.md", "locked.md", "free.md")
    assert ran.returncode == 2
    assert "one.md: error: not written: the file has 2 names (hard links)" in ran.stdout
    assert "locked.md: error: not written: the file is read-only" in ran.stdout
    assert (tmp_path / "one.md").samefile(tmp_path / "two.md")
    assert (tmp_path / "locked.md").read_text(encoding="utf-8") == OLD
    assert "　" not in (tmp_path / "free.md").read_text(encoding="utf-8")


def test_a_file_that_changed_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"second")
    with pytest.raises(WriteError, match="changed while artlint worked"):
        replace_file(path, b"first", b"third")
    assert path.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match="not written: no space left on device"):
        replace_file(path, b"old", b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_process_that_may_write_no_more(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(OLD, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "artlint", "fix", "--output-format", "concise", "a.md", "b.md"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 2
    assert "a.md: error: not written: file too large" in ran.stdout
    assert "b.md: error: not written: file too large" in ran.stdout
    assert ran.stderr == ""
    assert {path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {OLD}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_real_device_is_no_article() -> None:
    with pytest.raises(SourceError, match="not a regular file"):
        read_bytes(Path("/dev/full"))


def test_a_folder_without_write_permission() -> None:
    with tempfile.TemporaryDirectory() as place:  # that of pytest is closed to other users
        folder = Path(place)
        path = folder / "a.md"
        path.write_bytes(b"old")
        path.chmod(0o666)
        folder.chmod(0o555)
        try:
            problem = _as_nobody(lambda: replace_file(path, b"old", b"new"))
            assert problem == "not written: permission denied"
            assert path.read_bytes() == b"old"
            assert list(folder.iterdir()) == [path]
        finally:
            folder.chmod(0o755)


def _as_nobody(act: Callable[[], None]) -> str:
    """What the WriteError of an act says, done by a user whom permissions hold: root may do all."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        try:
            act()
        except WriteError as error:
            os.write(theirs, str(error).encode())
        os._exit(0)
    os.close(theirs)
    os.waitpid(child, 0)
    with os.fdopen(ours, "rb") as pipe:
        return pipe.read().decode()


def test_leftovers_of_a_killed_run_go(tmp_path: Path) -> None:
    path, leftover = tmp_path / "a.md", tmp_path / ".artlint-999999999-x.tmp"
    path.write_bytes(b"old")
    leftover.write_bytes(b"half")
    replace_file(path, b"old", b"new")
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"new"
