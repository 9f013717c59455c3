"""The promises, asked of one article: inert, stable, accounted for, without an error or a long wait."""

from __future__ import annotations

import time

import artlint
from tests.judges import body_of, danger

SLOW = 1.0  # seconds of CPU for a text of some hundred characters


class Broken(Exception):
    """A promise that does not hold; the article is in the message."""


def ask(article: str, path: str) -> bool:
    """Whether the article was fixed or left alone (False: refused). Raises Broken."""
    started = time.process_time()
    try:
        result = artlint.fix(article, path=path)
    except artlint.ArtlintError:
        return False
    if time.process_time() - started > SLOW:
        raise Broken(f"slow: {article!r}")
    if result.refused:
        if result.text != article or result.changed:
            raise Broken(f"refused, but changed: {article!r}")
        return False
    if "`" not in article and "    " not in article and "\t" not in article:  # code in Markdown shows itself
        found = danger(body_of(result.text)) if result.changed else set()
        if found:
            raise Broken(f"{sorted(found)} left: {article!r} -> {result.text!r}")
    again = artlint.fix(result.text, path=path)
    if again.refused or again.text != result.text:
        raise Broken(f"not stable: {article!r} -> {result.text!r} -> {again.text!r}")
    return True
