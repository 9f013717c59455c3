"""The names of the output formats, apart from the reporters so that `--help` imports none of them."""

from __future__ import annotations

import os

_FOLDER = os.path.join(os.path.dirname(__file__), "reporters")


def formats() -> list[str]:
    """Every format: one for each module in ``artlint/reporters``."""
    names = (os.path.splitext(name) for name in os.listdir(_FOLDER))
    return sorted(
        name.replace("_", "-") for name, ending in names if ending == ".py" and not name.startswith("__")
    )


def module_of(name: str) -> str:
    """The module that holds the reporter of a format."""
    return f"artlint.reporters.{name.replace('-', '_')}"
