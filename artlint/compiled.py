"""What is kept beside the compiled modules and in their format, because to make it anew takes too long.

What Python's own ``__pycache__`` does for modules: read as long as what it was made of is the same, and
made anew each time where that folder cannot be written.
"""

from __future__ import annotations

import marshal
import os
import sys
from typing import Any

_FOLDER = os.path.join(os.path.dirname(__file__), "__pycache__")


def read(name: str, key: object) -> Any:
    """What was kept under a name, None when there is nothing or when it was made of something else."""
    try:
        with open(_place(name), "rb") as file:
            found = marshal.loads(file.read())
        return found["content"] if found["key"] == key else None
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return None


def is_writable() -> bool:
    """Whether anything can be kept."""
    return not sys.dont_write_bytecode and os.access(_FOLDER, os.W_OK)


def write(name: str, key: object, content: object) -> None:
    """Keep plain data with what it was made of; nothing happens where that is not possible."""
    if not is_writable():
        return
    place = _place(name)
    temporary = f"{place}.{os.getpid()}"
    try:
        with open(temporary, "xb") as file:
            file.write(marshal.dumps({"key": key, "content": content}))
        os.replace(temporary, place)
    except OSError:
        return  # the next run makes it anew


def _place(name: str) -> str:
    return os.path.join(_FOLDER, f"{name}.{sys.implementation.cache_tag}")
