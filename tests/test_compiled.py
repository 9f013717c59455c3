"""What is kept beside the compiled modules is what would be made anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from artlint import compiled, pattern_lazy

PATTERNS = [
    ("[一-龥·]{2,5}|(?P<name>[A-Z][a-z]{1,15})(?:[、，](?P=name))?", 0),
    (r"(?i:ur[li])|(a)(?P<b>b)?\Z", re.IGNORECASE | re.MULTILINE),
    (r"(?x) a # a comment", re.VERBOSE),
    (rb"(?:[\xc3-\xdf]|[\xe3-\xef])\Z", 0),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compiled, "_BESIDE", str(tmp_path / "beside"))
    monkeypatch.setenv("ARTLINT_CACHE_DIR", str(tmp_path / "own"))
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    (tmp_path / "beside").mkdir()
    forget()
    return tmp_path / "beside"


def forget() -> None:
    """As in a new process."""
    pattern_lazy.compile_once.cache_clear()
    pattern_lazy._kept.cache_clear()


@pytest.mark.parametrize(("text", "flags"), PATTERNS)
def test_kept_patterns_are_as_compiled(text: str, flags: int, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = re.compile(text, flags)
    pattern_lazy.compile_once(text, int(flags))
    pattern_lazy.keep_patterns()
    forget()
    monkeypatch.setattr(re, "compile", None)  # not asked any more
    found = pattern_lazy.compile_once(text, int(flags))
    assert found == wanted
    assert (found.pattern, found.flags, found.groups) == (wanted.pattern, wanted.flags, wanted.groups)
    assert found.groupindex == wanted.groupindex


@pytest.mark.parametrize("damage", [b"", b"\x00", b"no marshal data"])
def test_damaged_data_counts_as_not_there(folder: Path, damage: bytes) -> None:
    pattern_lazy.compile_once("a+", 0)
    pattern_lazy.keep_patterns()
    (file,) = folder.iterdir()
    file.write_bytes(damage)
    forget()
    assert pattern_lazy.compile_once("a+", 0).fullmatch("aa")


def test_nothing_is_kept_of_another_version() -> None:
    compiled.write("x", "one", [1])
    assert compiled.read("x", "one") == [1]
    assert compiled.read("x", "two") is None


def test_what_cannot_lie_beside_the_modules_lies_in_the_users_folder(folder: Path) -> None:
    folder.rmdir()
    compiled.write("x", "one", [1])
    assert compiled.read("x", "one") == [1]
    assert not folder.exists()
    (kept,) = (folder.parent / "own").iterdir()
    kept.parent.chmod(0o777)  # now anybody could have put it there
    assert compiled.read("x", "one") is None


def test_no_bytecode_means_nothing_beside_the_modules(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    compiled.write("x", "one", [1])
    assert compiled.read("x", "one") == [1]
    assert not list(folder.iterdir())


def test_no_folder_at_all_is_no_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.rmdir()
    (folder.parent / "file").write_text("")
    monkeypatch.setenv("ARTLINT_CACHE_DIR", str(folder.parent / "file" / "own"))
    compiled.write("x", "one", [1])
    assert compiled.read("x", "one") is None
