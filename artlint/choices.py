"""Which configuration is for which file: the files found, and what the command line says on top."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from artlint.config import Config, find_config, load_config
from artlint.errors import ConfigError

if TYPE_CHECKING:
    import argparse

    from artlint.api import Plan
    from artlint.discover import Choice


class Choices:
    """The configuration, the plan and the choice of files for each path of a run.

    Raises ConfigError, before the first file is read, for a file or value that cannot be used.
    """

    def __init__(self, arguments: argparse.Namespace) -> None:
        # Not every command has all the options.
        self._arguments = type(arguments)(**{**_OPTIONS, **vars(arguments)})
        files, self._pairs = _files_and_pairs(self._arguments.config or ())
        if files and self._arguments.isolated:
            raise ConfigError("`--config FILE` and `--isolated` contradict each other")
        if len(files) > 1:
            raise ConfigError("`--config` takes one FILE; the others can `extend` it")
        self._file = files[0] if files else None
        if self._file and not self._file.is_file():
            raise ConfigError(f"`--config {self._file}` is neither KEY=VALUE nor a file")
        self.config_at = lru_cache(maxsize=None)(self._config_at)
        self._plan = lru_cache(maxsize=None)(self._make_plan)

    def place_of(self, folder: Path) -> Path | None:
        """The configuration file for the files of a folder."""
        return self._file or (None if self._arguments.isolated else find_config(folder))

    def _config_at(self, place: Path | None) -> Config:
        allow_python = self._arguments.allow_python
        config = load_config(place, allow_python) if place else Config()
        if self._file:  # its patterns count from here, wherever it stands
            config = config._replace(settings=config.settings._replace(root=str(Path.cwd())))
        if self._pairs:
            from artlint.config_reader import with_values

            config = with_values(config, self._pairs, allow_python)
        return _overridden(config, self._arguments)

    def config_for(self, path: Path) -> Config:
        """The configuration of one file."""
        return self.config_at(self.place_of(path.parent)).for_path(str(path))

    def plan_for(self, path: Path) -> Plan:
        """The plan of one file."""
        place = self.place_of(path.parent)
        config = self.config_at(place)
        return self._plan(place, config.variant(str(path)))

    def _make_plan(self, place: Path | None, variant: tuple[int, ...]) -> Plan:
        from artlint.api import make_plan
        from artlint.registry import registry_with

        config = self.config_at(place)
        registry_with(config.rules).select(
            [*_split(self._arguments.select or ()), *_split(self._arguments.ignore or ())]
        )
        try:
            plan = make_plan(config)  # a wrong rule is an error, whichever files there are
            varied = config.varied(variant)
            return plan if varied == config else make_plan(varied)
        except ConfigError as error:
            for key, (_, where) in config.given.items():
                if str(error).startswith(f"`{key}"):
                    raise ConfigError(f"{where}: {error}") from None
            raise

    def choice_for(self, folder: Path) -> Choice:
        """Which files of a folder are articles."""
        from artlint.discover import Choice

        config = self.config_at(self.place_of(folder))
        exclude = (*config.exclude, *config.extend_exclude)
        return Choice(config.include, exclude, Path(config.settings.root))


_OPTIONS = {
    "config": None,
    "isolated": False,
    "allow_python": False,
    "select": None,
    "ignore": None,
    "rules": None,
    "to": None,
    "no_format": False,
}


def _files_and_pairs(words: Sequence[str]) -> tuple[list[Path], list[str]]:
    if not words:
        return [], []
    from artlint.config_reader import is_pair

    pairs = [word for word in words if is_pair(word)]
    return [Path(word) for word in words if word not in pairs], pairs


def _overridden(config: Config, arguments: argparse.Namespace) -> Config:
    changes: dict[str, Any] = {}
    if arguments.select:
        changes["select"] = _split(arguments.select)
    if arguments.ignore:
        changes["ignore"] = _split(arguments.ignore)
    if arguments.rules:
        changes["rules"] = (*config.rules, *arguments.rules)
    if arguments.to:
        changes["to"] = arguments.to
    if arguments.no_format:
        changes["format"] = False
    return config._replace(**changes)


def _split(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def settings_lines(choices: Choices, paths: Iterable[Path]) -> Iterator[str]:
    """The settings of the files, as TOML with the origin of each value: once for all that share them."""
    from artlint.config_text import settings_text

    shared: dict[tuple[Path | None, tuple[int, ...]], list[Path]] = {}
    for path in paths:
        place = choices.place_of(path.parent)
        shared.setdefault((place, choices.config_at(place).variant(str(path))), []).append(path)
    for (place, variant), files in shared.items():
        rest = f" and {len(files) - 1:,} more" if len(files) > 1 else ""
        yield f"# {files[0]}{rest}, by {place or 'no configuration file'}\n"
        config = choices.config_at(place).varied(variant)
        rules = ", ".join(rule.code for rule in choices.plan_for(files[0]).rules)
        yield settings_text(config) + f"# rules: {rules}\n\n"
