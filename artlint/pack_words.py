"""The words without which a match cannot match, so that most rules are done after one look."""

from __future__ import annotations

import re
from typing import Any

from artlint.pack_keys import MATCH_KINDS
from artlint.pattern import first_characters, needed_marks, needed_words
from artlint.pattern_lazy import lazily

_WITHOUT = lazily(r":not\((?:[^()]|\([^()]*\))*\)")
_HOLDS = lazily(r":has\(([^(),]*)\)")
_ARGUMENTS = lazily(r"\([^()]*\)")
_STRINGS = lazily(r"""\[\s*[\w-]+\s*[~|^$*]?=\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*i?\s*\]""")
_NAMES = lazily(r"[.#]([\w-]+)|\[\s*([\w-]+)\s*\]")
_TAG = lazily(r"(?:^|[\s>+~])([a-zA-Z](?:[\w-]|\\:)*)")


def with_words(match: dict[str, Any]) -> dict[str, Any]:
    """The match of a rule with more keys: its kind, the words it needs, and what its text needs."""
    kind = next(kind for kind in MATCH_KINDS if kind in match)
    more = {"said": (), "first": "", "marks": ()}
    if kind == "text":
        text = match["text"]
        more = {"said": needed_words(text), "first": first_characters(text), "marks": needed_marks(text)}
    return {**match, "kind": kind, "words": match_words(kind, match), **more}


def match_words(kind: str, keys: dict[str, Any]) -> tuple[str, ...]:
    """Lower-case words of which a document must hold one for the match to hold; none if unknown."""
    if kind == "select":
        return _selector_words(keys["select"])
    if kind == "text" and "in" in keys:
        return _selector_words(keys["in"])
    if kind == "text":
        return needed_words(keys[kind])
    if kind == "comment":
        return _until_tags(needed_words(keys[kind]))
    if kind == "attribute":
        return _longest_fixed(keys["attribute"])
    if kind == "image":
        words = [_longest_fixed(pattern) for pattern in keys["image"]]
        return tuple(word for found in words for word in found) if all(words) else ()
    if kind == "between":
        (mark, text), *_ = keys["between"]["start"].items()
        if mark == "select":
            return _selector_words(text)
        return needed_words(text) if mark == "text" else _until_tags(needed_words(text))
    return ()


def _until_tags(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without what goes across a `<`, where the markup of a document may be cut."""
    return tuple(word[:1] + word[1:].partition("<")[0] for word in words)


def _longest_fixed(pattern: str) -> tuple[str, ...]:
    word = max(re.split(r"[*?]|\[[^\]]*\]", pattern), key=len).lower()
    return (word,) if word else ()


def _selector_words(selector: str) -> tuple[str, ...]:
    if "\\" in selector.replace("\\:", ""):
        return ()
    words = []
    strings = [next(filter(None, found), "") for found in _STRINGS.findall(selector)]
    # Commas inside of strings would split an alternative in two.
    if any("," in text or ")" in text or "(" in text for text in strings):
        return ()
    plain = _HOLDS.sub(r" \1", _WITHOUT.sub("", selector))
    if ":not(" in plain:
        return ()
    while _ARGUMENTS.search(plain):
        plain = _ARGUMENTS.sub("", plain)
    for alternative in plain.split(","):
        found = [next(filter(None, groups), "") for groups in _STRINGS.findall(alternative)]
        rest = _STRINGS.sub(" ", alternative)
        found += [next(filter(None, groups), "") for groups in _NAMES.findall(rest)]
        tags = _TAG.findall(_NAMES.sub(" ", rest))
        word = max(found, key=len, default="") or (f"<{max(tags, key=len)}" if tags else "")
        if not word:
            return ()
        words.append(word.lower().replace("\\", ""))
    return tuple(words)
