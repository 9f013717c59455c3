"""What reading and parsing alone cost with the libraries that artlint uses."""

from __future__ import annotations

from pathlib import Path

import nh3
import turbohtml
import yaml


def read(path: Path) -> str:
    """The floor of `check`: read the file, compose its YAML, parse its HTML. Returns the body."""
    text = path.read_text(encoding="utf-8").lstrip()
    _, block, body = text.split("---\n", 2)
    yaml.compose(block, Loader=yaml.CSafeLoader)
    turbohtml.parse_fragment(body, source_locations=True)
    return body


def fix(path: Path) -> str:
    """The floor of `fix`: the same, a second parse of the result, and the sanitizer; what that leaves."""
    body = read(path)
    turbohtml.parse_fragment(body, source_locations=True)
    return nh3.clean(body)
