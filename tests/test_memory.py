"""Memory does not grow with the number of articles, whatever they hold."""

from __future__ import annotations

import gc
import random
import tracemalloc

import artlint

HEAD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"


def test_pictures_inside_articles_are_not_kept() -> None:
    dice = random.Random(1)
    tracemalloc.start()
    try:
        after_few, after_many = (_kept_after(dice, count) for count in (3, 20))
    finally:
        tracemalloc.stop()
    assert after_many - after_few < 200_000  # one picture; seventeen more have gone by


def _kept_after(dice: random.Random, count: int) -> int:
    """The bytes in use after so many articles with a picture of their own in each."""
    for _ in range(count):
        picture = dice.randbytes(100_000).hex()
        artlint.fix(f'{HEAD}<p>\u3000\u3000会议<img src="data:image/png;base64,{picture}">。</p>\n')
    gc.collect()
    return tracemalloc.get_traced_memory()[0]
