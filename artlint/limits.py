"""How much of an article artlint looks at: hostile input must cost neither the time nor the memory of a run.

No article comes near these limits; a file beyond one is refused as it is, and the others go on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext

from artlint.errors import SourceError

FILE_SIZE = 10_000_000  # bytes
DEPTH = 512  # elements inside each other; WHATWG parsers flatten what is deeper
TAGS = 100_000  # `<` in one body
ELEMENTS = 50_000  # in one body
REFERENCES = 500_000  # character references in one body
EVENTS = 300_000  # pieces of a Markdown body: words between marks, starts and ends of elements
LINK_DEPTH = 8  # links, pictures and headings of Markdown inside each other
ATTRIBUTES = 1_000  # of one tag
SECONDS = 60  # for one file
SHOWN = 200  # findings of one file that a report for people lists
FRONT_MATTER_SIZE = 256 * 1024  # characters
FRONT_MATTER_DEPTH = 32  # mappings and lists inside each other
FRONT_MATTER_NODES = 10_000  # values


def applied(changes: Mapping[str, int]) -> AbstractContextManager[None]:
    """Other limits for the work inside, by the keys of the configuration (``file-size``).

    They hold for the whole process, as the defaults do: a process works on one file at a time.
    """
    return _applied(changes) if changes else nullcontext()


@contextmanager
def _applied(changes: Mapping[str, int]) -> Iterator[None]:
    names = {key: key.upper().replace("-", "_") for key in changes}
    before = {name: globals()[name] for name in names.values()}
    globals().update({names[key]: limit for key, limit in changes.items()})
    try:
        yield
    finally:
        globals().update(before)


class LimitError(SourceError):
    """An article is larger or deeper than any article is; it was not touched."""
