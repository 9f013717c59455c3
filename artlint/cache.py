"""What was found in a file, kept as long as its content, the settings, the rules and artlint are the same.

The cache is in the user's own cache folder. It holds bytes with a checksum: what is damaged or cannot
be read counts as not there. SQLite keeps it sound when several runs write at once or one is killed.
"""

from __future__ import annotations

import os
import sqlite3
import time
from hashlib import blake2b
from pathlib import Path

from artlint import user_folder
from artlint.compiled import PREFIX

KEPT = 30  # days without use
_FLUSH = 64  # entries written at once
_DAY = 86_400
_SCHEMA = """
create table if not exists entries (key blob primary key, used integer, value blob) without rowid;
create table if not exists notes (name text primary key, value integer) without rowid;
"""


class Cache:
    """Values by key; whatever goes wrong with the file, a run only takes longer."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "findings.sqlite"
        self._process = 0
        self._database: sqlite3.Connection | None = None
        self._new: dict[bytes, bytes] = {}
        self._used: set[bytes] = set()

    def get(self, key: bytes) -> bytes | None:
        """The value of a key, None when there is none."""
        database = self._open()
        if database is None:
            return None
        try:
            row = database.execute("select used, value from entries where key = ?", (key,)).fetchone()
        except sqlite3.Error:
            self._give_up()
            return None
        if row is None:
            return None
        used, value = row
        if used < _today():
            self._used.add(key)
        return _read(key, value)

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value."""
        self._new[key] = _checksum(key, value) + value
        if len(self._new) >= _FLUSH:
            self.flush()

    def flush(self) -> None:
        """Write what is new."""
        if not self._new and not self._used:
            return
        database = self._open()
        if database is None:
            self._new, self._used = {}, set()
            return
        today = _today()
        try:
            with database:
                database.executemany(
                    "insert or replace into entries values (?, ?, ?)",
                    [(key, today, value) for key, value in self._new.items()],
                )
                database.executemany(
                    "update entries set used = ? where key = ?", [(today, key) for key in self._used]
                )
        except sqlite3.Error:
            self._give_up()
        self._new, self._used = {}, set()

    def close(self) -> None:
        """Write what is new, and once a day drop what was not used for long."""
        self.flush()
        database = self._open() if self._database is not None else None
        if database is None:
            return
        today = _today()
        try:
            with database:
                cleaned = database.execute("select value from notes where name = 'cleaned'").fetchone()
                if cleaned is None or cleaned[0] != today:
                    database.execute(
                        "delete from entries where used < ? or used > ?", (today - KEPT, today + 1)
                    )
                    database.execute("insert or replace into notes values ('cleaned', ?)", (today,))
            database.close()
        except sqlite3.Error:
            pass
        self._database, self._process = None, 0

    def _open(self) -> sqlite3.Connection | None:
        if self._process == os.getpid():
            return self._database
        self._process = os.getpid()  # a forked process needs a connection of its own
        self._database = None
        try:
            if not user_folder.make(str(self._path.parent)):
                return None
            database = sqlite3.connect(self._path, timeout=5)
            database.execute("pragma journal_mode = wal")
            database.execute("pragma synchronous = normal")
            database.executescript(_SCHEMA)
        except sqlite3.DatabaseError as error:
            if not isinstance(error, sqlite3.OperationalError):
                _remove(self._path)  # no database: the next run starts a new one
            return None
        except OSError:
            return None
        self._database = database
        return database

    def _give_up(self) -> None:
        """Go on without the cache."""
        if self._database is not None:
            self._database.close()
        self._database = None


def clean(folder: Path) -> int:
    """Delete what is kept in the user's folder; returns how many bytes it took."""
    size = 0
    for path in (*folder.glob("findings.sqlite*"), *folder.glob(f"{PREFIX}*")):
        size += path.stat().st_size
        path.unlink()
    return size


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _checksum(key: bytes, data: bytes) -> bytes:
    return blake2b(data, digest_size=8, key=key).digest()


def _read(key: bytes, value: object) -> bytes | None:
    if not isinstance(value, bytes) or value[:8] != _checksum(key, value[8:]):
        return None
    return value[8:]


def _today() -> int:
    return int(time.time()) // _DAY
