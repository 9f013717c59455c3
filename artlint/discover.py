"""Which files a run looks at."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from artlint.config import Config

if TYPE_CHECKING:
    import pathspec

ARTICLE_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".html", ".htm"})
SKIPPED = Config().exclude
_FENCES = (b"---", b"+++", b"{")


class Choice:
    """Which files of a folder are articles, as the configuration of the folder says.

    ``include`` (empty: the known endings), ``exclude``: gitignore patterns that count from ``root``.
    """

    def __init__(
        self, include: Sequence[str] = (), exclude: Sequence[str] = SKIPPED, root: Path = Path()
    ) -> None:
        self._include, self._exclude = tuple(include), tuple(exclude)
        self._plain = frozenset(exclude) == frozenset(SKIPPED)
        self._root = os.path.abspath(root)

    def takes(self, path: Path) -> bool:
        """Whether a file is an article, wherever it stands."""
        if not self._include:
            return _is_article(path)
        return _spec(self._include).match_file(self._relative(path) or path.name)

    def leaves_out(self, path: Path, is_folder: bool) -> bool:
        """Whether a file or folder is excluded; the folders above it are another question."""
        if self._plain:
            return is_folder and path.name in SKIPPED
        place = self._relative(path)
        return bool(place) and _spec(self._exclude).match_file(place + ("/" if is_folder else ""))

    def _relative(self, path: Path) -> str:
        """The path from the root; empty for one that lies outside."""
        relative = os.path.relpath(os.path.abspath(path), self._root)
        return "" if relative.startswith("..") or relative == "." else Path(relative).as_posix()


ChoiceFor = Callable[[Path], Choice]


def discover(
    paths: Iterable[Path], choice_for: ChoiceFor = lambda _: Choice(), force_exclude: bool = False
) -> Iterator[Path]:
    """The files to look at: named files always, in folders the articles that git does not ignore.

    ``choice_for`` says of a folder which of its files are articles: by default those with one of
    ``ARTICLE_SUFFIXES``, and ``.txt`` files that start with front matter; HTML reports of artlint's own
    are none. With ``force_exclude``
    named files are treated likewise. Folders come in the order of their names; a file
    named twice comes once.
    """
    paths = list(paths)
    seen: set[str] = set()
    for path in paths:
        if force_exclude and not path.is_dir() and _is_left_out(path, choice_for(path.parent)):
            continue
        for found in _articles(path, choice_for) if path.is_dir() else (path,):
            if len(paths) > 1:  # below one folder no file comes twice, and no name has to be kept
                place = os.path.abspath(found)
                if place in seen:
                    continue
                seen.add(place)
            yield found


class Articles:
    """The files that ``discover`` finds, found anew each time: so a run keeps none of their names.

    ``leaves_out`` says which of them are not meant. ``len`` is the number of the last time, if any.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        choice_for: ChoiceFor,
        force_exclude: bool,
        leaves_out: Callable[[Path], bool],
    ) -> None:
        self._find = partial(discover, paths, choice_for, force_exclude)
        self._leaves_out = leaves_out
        self._count: int | None = None

    def __iter__(self) -> Iterator[Path]:
        count = 0
        for path in self._find():
            if not self._leaves_out(path):
                count += 1
                yield path
        self._count = count

    def __len__(self) -> int:
        if self._count is None:
            deque(self, maxlen=0)
        return self._count or 0

    def __bool__(self) -> bool:
        return any(True for _ in self)


def _is_left_out(path: Path, choice: Choice) -> bool:
    """Whether a named file would not be found in its folder."""
    is_excluded = choice.leaves_out(path, False) or any(choice.leaves_out(p, True) for p in path.parents)
    return is_excluded or (path.exists() and (not choice.takes(path) or _is_report(path)))


def _articles(folder: Path, choice_for: ChoiceFor) -> Iterator[Path]:
    yield from _walk(folder, _specs_above(folder), choice_for)


def _walk(
    folder: Path, specs: list[tuple[Path, pathspec.GitIgnoreSpec]], choice_for: ChoiceFor
) -> Iterator[Path]:
    folders, files = [], []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.name)
                elif entry.is_symlink() or entry.is_file():  # reading it says where a link leads
                    files.append(entry.name)
    except OSError:
        yield folder  # reading it will say why it cannot be read
        return
    specs = [*specs, *_spec_of(folder)]
    choice = choice_for(folder)
    below = frozenset(folders)
    for name in sorted([*folders, *files]):
        path, is_folder = folder / name, name in below
        if choice.leaves_out(path, is_folder) or _ignored(path, is_folder, specs):
            continue
        if is_folder:
            yield from _walk(path, specs, choice_for)
        elif choice.takes(path) and not _is_report(path):
            yield path


@lru_cache
def _spec(patterns: tuple[str, ...]) -> pathspec.GitIgnoreSpec:
    import pathspec

    return pathspec.GitIgnoreSpec.from_lines(patterns)


def _is_article(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix in ARTICLE_SUFFIXES:
        return True
    return suffix == ".txt" and _starts_with_front_matter(path)


def _is_report(path: Path) -> bool:
    if path.suffix.lower() not in (".html", ".htm") or not path.is_file():
        return False
    from artlint.reporters.shared.mark import is_report_page

    return is_report_page(path)


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
