"""Dangers in front matter: values that a theme may show as they are, and characters that hide text.

Whether `<` in a title is markup only the theme knows: Liquid prints a value as it is, Hugo and EJS
escape it. So a value is reported and left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from artlint.document import Document, Field, Node
from artlint.document.body import in_lower_case
from artlint.document.character_references import unescape
from artlint.document.html import Html
from artlint.pattern_lazy import lazily
from artlint.policy import SCRIPT_SCHEMES, Policy, schemes_of
from artlint.safety_attributes import Violation
from artlint.safety_characters import SUSPECT, characters_in
from artlint.safety_text import SCRIPT, runs_something

# Keys whose value a theme puts into `href` or `src`, and those whose value it only shows.
_URL_KEY = lazily(
    r"(?i)ur[li]|link|href|src|ima?ge?|cover|thumb|banner|avatar|photo|picture|redirect|canonical|website"
    r"|homepage|logo|icon|video|audio"
)
_TEXT_KEY = lazily(r"(?i)title|description|summary|excerpt|tags?|categor(?:y|ies)|keywords?|series|authors?")
# A scheme that runs, in front of what is no prose (`JavaScript: an introduction`).
_RUNS = lazily(rf"(?i)\s*(?:{SCRIPT}|data\s*:\s*[\w.+-]*(?:/[\w.+-]+)?[;,])")
_HANDLER = lazily(r"(?i)[\s\"'/]on[a-z]{3,}\s*=")
_QUOTE = lazily("[\"'`]")


@lru_cache(maxsize=1)  # three rules ask
def front_matter_dangers(document: Document) -> tuple[Violation, ...]:
    """Active values, and characters that turn the text around or hide some, in the front matter."""
    block = document.front_matter
    if block is None:
        return ()
    found: list[Violation] = []
    written = document.text[block.content.start : block.content.end]
    if not written.isascii() and SUSPECT.search(written):
        found.extend(characters_in(written, block.content.start))
    policy = document.settings.policy
    for key, node in _texts(block.fields):
        value = str(node.value)
        danger = _danger_of(key, value, policy)
        if danger:
            found.append(Violation("metadata", node.span, f"`{key[:24]}` {danger}", "", ()))
        is_escaped = SUSPECT.search(value) and not SUSPECT.search(document.text, *node.span)
        for hidden in characters_in(value, 0) if is_escaped else ():
            found.append(Violation(hidden.kind, node.span, f"{hidden.message}, as an escape", "", ()))
    return tuple(found)


def _texts(fields: Iterable[Field]) -> Iterator[tuple[str, Node]]:
    """Every text in the front matter with the key it stands under."""
    waiting = [(field.key, field.node) for field in fields]
    while waiting:
        key, node = waiting.pop()
        if isinstance(node.value, str):
            yield key, node
        waiting.extend((key, item) for item in node.items)
        waiting.extend((field.key, field.node) for field in node.fields)


def _danger_of(key: str, value: str, policy: Policy) -> str:
    """What a browser would run if a theme showed the value as it is, in words; empty when nothing."""
    if "<" in value:
        markup = Html(f"{value}'\">")  # what is not finished ends with the next tag of the theme
        starts = (token for token in markup.tokens if token.kind == "start")
        if any(runs_something(markup, token.span, token.tag, policy) for token in starts):
            return "holds active markup, which a theme may show as it is"
    quote = _QUOTE.search(value)
    if quote and _HANDLER.search(value, quote.start()):
        return "ends an attribute and holds an event handler"
    if ":" in value and _is_script(key, unescape(value), policy):
        return "is a URL that runs a script"
    return ""


def _may_run(url: str) -> bool:
    """What `_RUNS` asks of a text, without the time it takes to compile that."""
    text = in_lower_case(url)
    return "script" in text or "data" in text


def _is_script(key: str, url: str, policy: Policy) -> bool:
    if _may_run(url) and _RUNS.match(url):
        return _TEXT_KEY.fullmatch(key) is None and not policy.allows_url("img", "src", url)
    return _URL_KEY.search(key) is not None and not schemes_of(url).isdisjoint(SCRIPT_SCHEMES - {"data"})
