"""artlint lints and sanitizes article files: front matter plus an HTML or Markdown body.

The public Python API: ``lint`` and ``fix`` work on text, without a file system.
"""

from __future__ import annotations

TYPE_CHECKING = False  # what `typing` says; to import that would double the time of `--version`
if TYPE_CHECKING:
    from artlint.config import Config
    from artlint.diagnostic import Applicability, Diagnostic, Edit, Fix, Severity
    from artlint.errors import ArtlintError
    from artlint.fixer import FixResult
    from artlint.source import Position, Span

__version__ = "0.1.0"
__all__ = [
    "Applicability",
    "ArtlintError",
    "Config",
    "Diagnostic",
    "Edit",
    "Fix",
    "Position",
    "Severity",
    "Span",
    "fix",
    "lint",
]

# Where the names live; loaded when first asked for (PEP 562), since a start should cost little.
_HOMES = {
    "Applicability": "diagnostic",
    "ArtlintError": "errors",
    "Config": "config",
    "Diagnostic": "diagnostic",
    "Edit": "diagnostic",
    "Fix": "diagnostic",
    "Position": "source",
    "Severity": "diagnostic",
    "Span": "source",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module `artlint` has no attribute `{name}`")
    from importlib import import_module

    value = getattr(import_module(f"artlint.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})


def lint(text: str, *, path: str = "article.md", config: Config | None = None) -> list[Diagnostic]:
    """Every finding in an article, by place.

    ``path`` names the file: its ending decides how the body is read (``.html`` and ``.htm`` are HTML,
    anything else HTML or Markdown by its content). Spans are code-point offsets into the text with
    ``\\n`` newlines and without a BOM; positions are 1-based. Raises ConfigError for an unknown rule
    in ``config``, SourceError for a text with lone surrogates, which no file can hold.
    """
    from artlint.api import lint_text

    return lint_text(text, path, config)


def fix(
    text: str, *, path: str = "article.md", unsafe: bool = False, config: Config | None = None
) -> FixResult:
    """Fix an article: every safe fix (and the unsafe ones with ``unsafe``), to a fixed point.

    ``FixResult.text`` keeps the newline style and BOM of ``text``. A fix that cannot account for
    what it removes is refused: ``FixResult.refused`` says why, and the text comes back as it was.
    Raises ConfigError for an unknown rule in ``config``, SourceError for a text with lone surrogates.
    """
    from artlint.api import fix_text

    return fix_text(text, path, unsafe, config)
