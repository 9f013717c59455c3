"""Answers that are kept because articles ask the same again and again: about tags, URLs, keys.

What is asked about is kept with the answer, and in some articles it is long (a picture inside its tag).
So after a long article all answers are forgotten: memory must not grow with the number of articles.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

LONG = 20_000  # characters of an article that may hold what is too long to keep

Function = TypeVar("Function", bound=Callable[..., Any])
_caches: list[Any] = []


def remembered(most: int) -> Callable[[Function], Function]:
    """A decorator: the latest so many answers of a function are kept."""

    def keeping(function: Function) -> Function:
        cache: Any = lru_cache(maxsize=most)(function)
        _caches.append(cache)
        kept: Function = cache
        return kept

    return keeping


def forget_after(text: str) -> None:
    """Forget all answers if the article with this text is long."""
    if len(text) > LONG:
        for cache in _caches:
            cache.cache_clear()
