"""turbohtml, loaded when it is first used: most articles in Markdown need no HTML parser.

To import it takes longer than to check such an article.
"""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType
from typing import TYPE_CHECKING

__all__ = ["turbohtml"]


def _when_used(name: str) -> ModuleType:
    """A module that loads itself with the first look at it (Python's recipe for lazy imports)."""
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


if TYPE_CHECKING:
    import turbohtml
else:
    turbohtml = _when_used("turbohtml")
