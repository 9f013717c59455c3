"""The settings of a run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Config:
    """What to check and how to fix.

    ``select`` and ``ignore`` hold ``ALL``, families (``BP``), prefixes of codes, codes or names; the
    more specific selector wins. ``format`` says whether fixing ends with the canonical form. ``to``
    is the syntax to convert bodies to: ``markdown``, ``html`` or empty for none. ``rules`` are packs
    of the user: files and folders. ``editor_notes`` (``remove``) and ``source_notes`` (``keep``) say
    what becomes of notes that name the responsible editor, and of those about source, original and
    rights; ``front-matter`` moves them there.
    """

    select: tuple[str, ...] = ("ALL",)
    ignore: tuple[str, ...] = ()
    format: bool = True
    to: str = ""
    rules: tuple[str, ...] = ()
    editor_notes: str = "remove"
    source_notes: str = "keep"
