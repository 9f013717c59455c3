"""`artlint cache clean`."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `artlint cache` understands."""
    parser.add_argument("what", choices=("clean",), help="clean: delete what earlier runs have kept")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Delete the cache; returns the exit code."""
    from artlint.cache import clean
    from artlint.errors import ArtlintError
    from artlint.user_folder import user_folder

    folder = Path(user_folder())
    try:
        size = clean(folder)
    except OSError as error:
        raise ArtlintError(f"cannot delete the cache in {folder}: {error.strerror}") from None
    print(f"Deleted {size:,} bytes in {folder}" if size else f"No cache in {folder}")
    return 0
