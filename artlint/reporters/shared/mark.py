"""How a report that could be taken for an article is known."""

from __future__ import annotations

from pathlib import Path

REPORT_MARK = "<!-- artlint report -->"
_PAGE_START = f"<!doctype html>\n{REPORT_MARK}\n".encode()


def is_report_page(path: Path) -> bool:
    """Whether a file is an HTML report of artlint's own, byte for byte (but for its data)."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_PAGE_START))
            if start != _PAGE_START:
                return False
            text = (start + file.read()).decode()
    except (OSError, UnicodeDecodeError):
        return False
    from artlint.reporters.html import is_whole_report

    return is_whole_report(text)
