"""What is kept beside the compiled modules and in their format, because to make it anew takes too long.

What Python's own ``__pycache__`` does for modules: read as long as what it was made of is the same. Where
that folder cannot be written (another user installed artlint) it lies in the user's own.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterator
from typing import Any

_BESIDE = os.path.join(os.path.dirname(__file__), "__pycache__")
PREFIX = "compiled-"  # of the files in the user's folder


def read(name: str, key: object) -> Any:
    """What was kept under a name, None when there is nothing or when it was made of something else."""
    for place in _places(name):
        try:
            with open(place, "rb") as file:
                found = marshal.loads(file.read())
            if found["key"] == key:
                return found["content"]
        except (OSError, EOFError, ValueError, KeyError, TypeError):
            continue
    return None


def write(name: str, key: object, content: object) -> None:
    """Keep plain data with what it was made of; where that is not possible each run makes it anew."""
    data = marshal.dumps({"key": key, "content": content})
    for place in _places(name, to_write=True):
        temporary = f"{place}.{os.getpid()}"
        try:
            with open(temporary, "xb") as file:
                file.write(data)
            os.replace(temporary, place)
            return
        except OSError:
            continue


def _places(name: str, to_write: bool = False) -> Iterator[str]:
    file = f"{name}.{sys.implementation.cache_tag}"
    if not (to_write and sys.dont_write_bytecode):
        yield os.path.join(_BESIDE, file)
    from zlib import crc32  # mostly the first place is the right one

    from artlint.user_folder import is_own, make, user_folder

    folder = user_folder()
    try:
        if make(folder) if to_write else is_own(folder):
            # Another installation has its own.
            yield os.path.join(folder, f"{PREFIX}{crc32(os.fsencode(_BESIDE)):08x}-{file}")
    except OSError:
        return
