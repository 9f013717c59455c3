"""The `init` command: write a commented configuration after a look at the repository."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from artlint.errors import ArtlintError, ConfigError

if TYPE_CHECKING:
    from artlint.survey import Survey

_NAME = "artlint.toml"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `artlint init`."""
    parser.add_argument(
        "folder", nargs="?", default=".", metavar="PATH", help="the top of the repository; default: here"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run `artlint init`; returns the exit code. Raises ArtlintError when there is a configuration."""
    from artlint.config import config_in
    from artlint.reporters.shared.style import one_line
    from artlint.survey import survey

    folder = Path(arguments.folder)
    if not folder.is_dir():
        raise ArtlintError(f"{folder} is no folder")
    there = config_in(folder)
    if there is not None:
        raise ConfigError(f"{there} configures this folder already; edit it, or remove it first")
    found = survey(folder)
    try:
        with (folder / _NAME).open("x", encoding="utf-8") as file:
            file.write(text_of(found))
    except OSError as error:
        raise ArtlintError(f"{folder / _NAME}: cannot write: {(error.strerror or '').lower()}") from None
    print(f"Wrote {one_line(str(folder / _NAME))} for {found.description}.")
    print("`artlint check --show-settings PATH` shows what holds for a file, `artlint check` what is wrong.")
    return 0


def text_of(found: Survey) -> str:
    """The configuration for what was found, with every other key as a comment."""
    from artlint.config_keys import GROUPS
    from artlint.config_text import as_toml

    parts = [f"# For {found.description}.\n# docs/configuration.md explains every key.\n"]
    if found.packs:
        seen = ", ".join(f"{name} ({count})" for name, count in found.packs)
        parts.append(_comment(f"Packs that know something of these articles (files): {seen}."))
    for title, keys in GROUPS.items():
        parts.append(f"\n# -- {title} --\n")
        for key in keys:
            value = found.settings.get(key.name)
            line = f"# {key.name} = {key.example}"
            if value is not None:
                line = f"{key.name} = {as_toml(value)}"
            why = f"\n{_comment(found.reasons[key.name])}".rstrip("\n") if key.name in found.reasons else ""
            parts.append(f"\n{_comment(key.about)}".rstrip("\n") + f"{why}\n{line}\n")
    return "".join(parts)


def _comment(text: str) -> str:
    import textwrap

    return textwrap.indent(textwrap.fill(text, 98, break_on_hyphens=False), "# ") + "\n"
