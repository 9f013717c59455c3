"""The settings of a run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Config:
    """What to check and how to fix.

    ``select`` and ``ignore`` hold ``ALL``, families (``BP``), prefixes of codes, codes or names; the
    more specific selector wins. ``format`` says whether fixing ends with the canonical form. ``to``
    is the syntax to convert bodies to: ``markdown``, ``html`` or empty for none.
    """

    select: tuple[str, ...] = ("ALL",)
    ignore: tuple[str, ...] = ()
    format: bool = True
    to: str = ""
