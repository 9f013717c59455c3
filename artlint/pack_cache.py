"""The shipped packs in a form that loads fast: what Python's own ``__pycache__`` does for modules.

Reading the YAML of all packs takes longer than checking an article. So the checked content, without
examples, is written once beside the compiled modules and in their format, and read as long as the packs
and artlint are the same. Where that folder cannot be written, the YAML is read each time.
"""

from __future__ import annotations

import marshal
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from artlint.pack_reader import Data


_CODE = ("pack.py", "pack_cache.py", "pack_keys.py", "pack_reader.py", "pack_words.py", "pattern.py")


def cached_packs(folder: Path) -> list[tuple[str, Data]]:
    """``(file name, content)`` of every pack of a folder, by file name; the content has no examples.

    Raises PackError when a pack is not valid.
    """
    paths = sorted(folder.glob("*.yaml"))
    here = Path(__file__).parent
    key = [[path.name, *_stamp(path)] for path in (*paths, *(here / name for name in _CODE))]
    place = here / "__pycache__" / f"packs.{sys.implementation.cache_tag}"
    packs = _read(place, key)
    if packs is None:
        packs = [(path.name, _compact(path)) for path in paths]
        _write(place, {"key": key, "packs": packs})
    return packs


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _compact(path: Path) -> Data:
    from artlint.pack_reader import read_pack
    from artlint.pack_words import with_words

    data = read_pack(path.read_text(encoding="utf-8"), str(path))
    for rule in data["rules"]:
        del rule["examples"]
        rule["match"] = with_words(rule["match"])
    return data


def _read(place: Path, key: list[list[Any]]) -> list[tuple[str, Data]] | None:
    try:
        found = marshal.loads(place.read_bytes())
        return [(name, data) for name, data in found["packs"]] if found["key"] == key else None
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return None


def _write(place: Path, content: dict[str, Any]) -> None:
    if sys.dont_write_bytecode or not place.parent.is_dir():
        return
    try:
        from tempfile import mkstemp  # takes long to import

        handle, temporary = mkstemp(dir=place.parent)
        with os.fdopen(handle, "wb") as file:
            marshal.dump(content, file)
        os.replace(temporary, place)
    except OSError:
        return  # the next run reads the YAML again
