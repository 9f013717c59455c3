"""turbohtml, loaded when it is first used: most articles in Markdown need no HTML parser.

To import it takes longer than to check such an article.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__all__ = ["turbohtml"]


class _WhenUsed:
    """Stands for a module; each name is looked up there once."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        value = getattr(importlib.import_module(self._module), name)
        self.__dict__[name] = value
        return value


if TYPE_CHECKING:
    import turbohtml
else:
    turbohtml = _WhenUsed("turbohtml")
