"""Which files a run looks at."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pathspec

ARTICLE_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".html", ".htm"})
_SKIPPED_FOLDERS = frozenset({".git", ".hg", ".svn", "node_modules", ".venv", "__pycache__"})
_FENCES = (b"---", b"+++", b"{")


def discover(paths: Iterable[Path]) -> Iterator[Path]:
    """The files to look at: named files always, in folders the articles that git does not ignore.

    An article is a file with one of ``ARTICLE_SUFFIXES``, or a ``.txt`` file that starts with front
    matter. Folders come in the order of their names; a file named twice comes once.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _articles(path) if path.is_dir() else (path,):
            place = Path(os.path.abspath(found))
            if place not in seen:
                seen.add(place)
                yield found


def _articles(folder: Path) -> Iterator[Path]:
    yield from _walk(folder, _specs_above(folder))


def _walk(folder: Path, specs: list[tuple[Path, pathspec.GitIgnoreSpec]]) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder  # reading it will say why it cannot be read
        return
    specs = [*specs, *_spec_of(folder)]
    for entry in entries:
        path = Path(entry.path)
        is_folder = entry.is_dir(follow_symlinks=False)
        if _ignored(path, is_folder, specs):
            continue
        if is_folder:
            if entry.name not in _SKIPPED_FOLDERS:
                yield from _walk(path, specs)
        elif _is_article(path) and (entry.is_symlink() or entry.is_file()):
            yield path  # reading it says where a link leads


def _is_article(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix in ARTICLE_SUFFIXES:
        return True
    return suffix == ".txt" and _starts_with_front_matter(path)


def _starts_with_front_matter(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError:
        return False
    lines = start.removeprefix(b"\xef\xbb\xbf").lstrip().splitlines()
    return bool(lines) and lines[0].rstrip() in _FENCES


def _specs_above(folder: Path) -> list[tuple[Path, pathspec.GitIgnoreSpec]]:
    """The ``.gitignore`` files of the folders above, up to the top of the repository."""
    place = Path(os.path.abspath(folder))
    found = []
    for parent in (place, *place.parents):
        if parent != place:
            found.append(_spec_of(parent))
        if (parent / ".git").exists():
            return [spec for specs in reversed(found) for spec in specs]
    return []


def _spec_of(folder: Path) -> list[tuple[Path, pathspec.GitIgnoreSpec]]:
    try:
        lines = (folder / ".gitignore").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    import pathspec

    return [(Path(os.path.abspath(folder)), pathspec.GitIgnoreSpec.from_lines(lines))]


def _ignored(path: Path, is_folder: bool, specs: list[tuple[Path, pathspec.GitIgnoreSpec]]) -> bool:
    """As git does: the last pattern that matches decides, the closest file last."""
    if not specs:
        return False
    place = os.path.abspath(path)
    ignored = False
    for base, spec in specs:
        relative = os.path.relpath(place, base) + ("/" if is_folder else "")
        verdict = spec.check_file(relative).include
        if verdict is not None:
            ignored = verdict
    return ignored
