"""Where what artlint keeps from run to run lies: in the user's own cache folder.

Never in a repository, where a stranger could submit it, nor where others can write.
"""

from __future__ import annotations

import os
import stat
import sys


def user_folder() -> str:
    """The folder: ARTLINT_CACHE_DIR, else the system's folder for caches of this user."""
    own = os.environ.get("ARTLINT_CACHE_DIR")
    if own:
        return own
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
        return os.path.join(local, "artlint", "Cache")
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Caches", "artlint")
    return os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache"), "artlint")


def make(folder: str) -> bool:
    """Make a folder where it is not there; whether it may be used. Raises OSError when that fails."""
    os.makedirs(folder, mode=0o700, exist_ok=True)
    return is_own(folder)


def is_own(folder: str) -> bool:
    """Whether nobody else can write there: what others can write is not to be trusted."""
    if not hasattr(os, "getuid"):
        return True
    status = os.stat(folder)
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
