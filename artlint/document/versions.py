"""Where versions of CommonMark disagree: which tag that starts a line opens a block of HTML.

Before version 0.31 `<source>` did (specification 0.30, section 4.6), since then `<search>` does. Many a
reader is of the older kind; pyromark is of the newer.
"""

from __future__ import annotations

import re

from artlint.pattern_lazy import lazily

_DISPUTED = lazily(r"(</?)(search|source)(?=[\s/>])", re.IGNORECASE)
# Names as long: one that no version takes for the start of a block, and one that today's readers do.
_STAND_INS = {"search": "xearch", "source": "search"}
_MEANT = {stand_in: name for name, stand_in in _STAND_INS.items()}
_STANDING_IN = lazily(r"(</?)(xearch|search)(?=[\s/>])", re.IGNORECASE)


def is_disputed(text: str) -> bool:
    """Whether a text holds one of the tags."""
    return bool(_DISPUTED.search(text))


def as_before(text: str) -> str:
    """A text of the same length in which today's readers find the blocks that older ones find in ``text``."""
    return _DISPUTED.sub(lambda tag: tag.group(1) + _STAND_INS[tag.group(2).lower()], text)


def without_stand_ins(html: str) -> str:
    """What a reader makes of ``as_before(text)``, with the elements that ``text`` has."""
    return _STANDING_IN.sub(lambda tag: tag.group(1) + _MEANT[tag.group(2).lower()], html)
