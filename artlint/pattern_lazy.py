"""Regular expressions that are compiled when first used: most are never needed in a run.

To compile a class of Han characters takes a tenth of a millisecond, and the rules have many.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    """Stands for a pattern; becomes as fast as one with the first use of each of its methods."""

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self._text, self._flags), name)
        self.__dict__[name] = value
        return value


def lazily(text: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile`` when needed; an error in the pattern shows then."""
    return cast(re.Pattern[str], _Lazy(text, flags))
