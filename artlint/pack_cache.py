"""The shipped packs in a form that loads fast.

Reading the YAML of all packs takes longer than checking an article. So the checked content, without
examples, is kept (``artlint.compiled``), and read as long as the packs and artlint are the same.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from artlint import compiled

if TYPE_CHECKING:
    from artlint.pack_reader import Data

_NAME = "packs"
_CODE = ("pack.py", "pack_cache.py", "pack_keys.py", "pack_reader.py", "pack_words.py", "pattern.py")


def cached_packs(folder: Path) -> list[tuple[str, Data]]:
    """``(file name, content)`` of every pack of a folder, by file name; the content has no examples.

    Raises PackError when a pack is not valid.
    """
    names = sorted(name for name in os.listdir(folder) if name.endswith(".yaml"))
    key = [_stamp(folder, name) for name in names] + [_stamp(Path(__file__).parent, name) for name in _CODE]
    packs: list[tuple[str, Data]] | None = compiled.read(_NAME, key)
    if packs is None:
        packs = [(name, _compact(folder / name)) for name in names]
        compiled.write(_NAME, key, packs)
    return packs


def _stamp(folder: Path, name: str) -> tuple[str, int, int]:
    status = os.stat(os.path.join(folder, name))
    return name, status.st_size, status.st_mtime_ns


def _compact(path: Path) -> Data:
    from artlint.pack_reader import read_pack
    from artlint.pack_words import with_words

    data = read_pack(path.read_text(encoding="utf-8"), str(path))
    for rule in data["rules"]:
        del rule["examples"]
        rule["match"] = with_words(rule["match"])
    return data
