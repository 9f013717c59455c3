"""Other tools over the same articles, each doing what it can; left out when not installed.

None does the same work: rumdl and markdownlint look at Markdown only, html-validate at HTML,
prettier formats, trafilatura takes the main text out.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

_PROGRAMS = {
    "rumdl": ("rumdl", "check", "--no-cache"),
    "markdownlint-cli2": ("markdownlint-cli2",),
    "html-validate": ("html-validate", "--ext", "md"),
    "prettier": ("prettier", "--check"),
}
_TRAFILATURA = (
    "import sys, pathlib, trafilatura\n"
    "for path in pathlib.Path(sys.argv[1]).iterdir(): trafilatura.extract(path.read_text())"
)


def commands(folder: Path) -> dict[str, list[str]]:
    """The command of each installed peer for the articles of a folder."""
    found = {name: [*command, str(folder)] for name, command in _PROGRAMS.items() if shutil.which(command[0])}
    if importlib.util.find_spec("trafilatura"):
        found["trafilatura"] = [sys.executable, "-c", _TRAFILATURA, str(folder)]
    return found
