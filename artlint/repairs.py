"""Repairs of front matter that cannot be read: what its author very likely meant, proved by parsing.

The block is cut at its top-level keys. Each piece that does not parse by itself gets the one change
that makes it parse to what was intended; then the whole block must parse, every other piece to the
value it has alone. Whatever has no repair leaves the block as it is.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple

from artlint import limits
from artlint.diagnostic import Applicability, Edit
from artlint.document import FrontMatter, Value
from artlint.document.fields import Unreadable
from artlint.document.front_matter import read_front_matter
from artlint.document.yaml_reader import read_yaml
from artlint.pattern_lazy import lazily
from artlint.schema_presets import ALL_KEYS
from artlint.source import Span

SAFE, UNSAFE = Applicability.SAFE, Applicability.UNSAFE


class Repair(NamedTuple):
    """Edits that make a block readable, what they do, and whether there is one intended reading."""

    title: str
    edits: tuple[Edit, ...]
    applicability: Applicability


class _Change(NamedTuple):
    """A piece written anew; ``value`` is what it must parse to (``...``: whatever it does)."""

    text: str
    title: str
    applicability: Applicability
    value: Any = ...


def find_repair(text: str, block: FrontMatter) -> Repair | None:
    """The repair of a closed block that cannot be read, None where nothing certain can be said."""
    start, end = block.content
    if block.fault is None or end == len(text) == block.span.end or end - start > limits.FRONT_MATTER_SIZE:
        return None
    find = _repair_json if block.format == "json" else _repair_pieces
    repair = find(text, block)
    return repair if repair and _reads(text, block, repair) else None


def _reads(text: str, block: FrontMatter, repair: Repair) -> bool:
    """The proof that the whole can be read, and ends where it ended."""
    after = (
        text[: block.content.start] + _applied(text, block.content, repair.edits) + text[block.content.end :]
    )
    new = read_front_matter(after)
    return new is not None and new.fault is None and len(after) - new.span.end == len(text) - block.span.end


def _applied(text: str, content: Span, edits: tuple[Edit, ...]) -> str:
    parts = []
    done = content.start
    for edit in edits:
        parts += [text[done : edit.span.start], edit.text]
        done = edit.span.end
    return "".join(parts) + text[done : content.end]


_YAML_KEY = lazily(r"^(?:[A-Za-z_\u3400-\u9fff][\w.-]*[ \t]*[:：](?!//)|['\"])", re.MULTILINE)
_TOML_KEY = lazily(r"^[A-Za-z_][\w-]*[ \t]*[=:]", re.MULTILINE)


def _repair_pieces(text: str, block: FrontMatter) -> Repair | None:
    is_yaml = block.format == "yaml"
    content = text[block.content.start : block.content.end]
    pattern, parse, changes = (
        (_YAML_KEY, _yaml, _yaml_changes) if is_yaml else (_TOML_KEY, _toml, _toml_changes)
    )
    table = None if is_yaml else re.search(r"^[ \t]*\[", content, re.MULTILINE)
    starts = [
        match.start() for match in pattern.finditer(content, 0, table.start() if table else len(content))
    ]
    if table:  # what follows a header belongs to its table: one piece
        starts.append(table.start())
    if not starts or (content[: starts[0]].strip() and parse(content[: starts[0]]) is None):
        starts.insert(0, 0)
    edits: list[Edit] = []
    titles: list[str] = []
    values: dict[str, Value] = {}
    applicability = SAFE
    for start, end in zip(starts, [*starts[1:], len(content)], strict=True):
        piece = content[start:end]
        found = parse(piece)
        if found is None:
            change = next((c for c in changes(piece) if _fits(parse(c.text), c)), None)
            if change is None:
                return None
            found = parse(change.text)
            edits.append(_smallest(block.content.start + start, piece, change.text))
            titles.append(change.title)
            if change.applicability is UNSAFE:
                applicability = UNSAFE
        if values.keys() & (found or {}).keys():
            return None  # a key twice: no repair can choose
        values.update(found or {})
    whole = _applied(text, block.content, tuple(edits))
    if not edits or parse(whole) != values:
        return None
    return Repair("; ".join(dict.fromkeys(titles)), tuple(edits), applicability)


def _fits(found: dict[Any, Any] | None, change: _Change) -> bool:
    return bool(found) and (change.value is ... or list((found or {}).values()) == [change.value])


def _smallest(start: int, old: str, new: str) -> Edit:
    """The edit without what both texts begin and end with."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return Edit(Span(start + head, start + len(old) - tail), new[head : len(new) - tail])


def _yaml(piece: str) -> dict[str, Value] | None:
    try:
        return {field.key: field.value for field in read_yaml(piece, Span(0, len(piece)))}
    except Unreadable:
        return None


def _toml(piece: str) -> dict[Any, Any] | None:
    try:
        return tomllib.loads(piece)
    except (ValueError, RecursionError):
        return None


_APOSTROPHE = lazily(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_STRAY_KEY = lazily(rf"^[ \t]+(?=(?:{'|'.join(sorted(ALL_KEYS))}):(?:\s|$))", re.MULTILINE)
_SECOND_KEY = lazily(rf"\s(?:{'|'.join(sorted(ALL_KEYS))}):\s")


def _yaml_changes(piece: str) -> Iterator[_Change]:
    """What may have been meant by a piece of YAML that does not parse, the likeliest first."""
    if piece[0] in " \t":
        yield _Change(piece.lstrip("\t "), "Drop the indentation", UNSAFE)
    if "\t" in piece:
        # PyYAML takes no tab before a key or item; each was a step of indentation.
        spaced = re.sub(r"^[ \t]+", lambda m: m.group().replace("\t", "  "), piece, flags=re.MULTILINE)
        spaced = re.sub(r"^([\w-]+:)[ \t]+", r"\1 ", spaced)
        is_list = re.fullmatch(r"[\w-]+:[ \t]*\n(?:[ \t]+- .*\n?)+\s*", piece) is not None
        yield _Change(spaced, "Indent with blanks", SAFE if is_list else UNSAFE)
    if _STRAY_KEY.search(piece):
        yield _Change(_STRAY_KEY.sub("", piece), "Drop the indentation", UNSAFE)
    line = _line(piece)
    if line is None:
        return
    key, mark, value, end = line
    if mark in (":", "："):
        yield _Change(f"{key}: {value}{end}", "Put a colon and a blank after the key", SAFE)
    for text, title, applicability in _intended(value):
        yield _Change(f"{key}: {_single(text)}{end}", title, applicability, text)


def _line(piece: str) -> tuple[str, str, str, str] | None:
    """Key, mark (with the blank behind it), value and what follows it; None for several lines."""
    found = re.match(r"([^:：=\n]+)([:：=])", piece)
    if found is None:
        return None
    rest = piece[found.end() :]
    value = rest.strip()
    blank = " " if rest[:1] in (" ", "\t") else ""
    end = piece[len(piece.rstrip()) :] if value else rest.lstrip(" \t")
    return None if "\n" in value else (found[1].strip(), found[2] + blank, value, end)


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _intended(value: str) -> Iterator[tuple[str, str, Applicability]]:
    """The texts that an unreadable value may stand for, with what the repair does."""
    quote = value[:1]
    if quote in ("'", '"') and quote:
        yield from _quoted_texts(value, quote)
    elif quote in ("&", "*", "!"):
        return  # an anchor, alias or tag may be meant
    elif quote in ("|", ">", "{", "-", "?"):
        yield value, "Put the value in quotes", UNSAFE
    elif quote == "[" and not re.match(r"\[[^\[\]]*\]\s*[^\s\[\]]", value):
        return  # a list, not a text with a label before it
    elif value and not _SECOND_KEY.search(value):
        yield value, "Put the value in quotes", UNSAFE if " #" in value else SAFE


def _quoted_texts(value: str, quote: str) -> Iterator[tuple[str, str, Applicability]]:
    inner = value[1:-1]
    if len(value) > 1 and value.endswith(quote):
        nested = inner.replace("\\" + quote, quote)
        if quote not in inner:  # then a backslash is the fault
            yield inner, "Take the backslashes as they stand", UNSAFE
            return
        if quote == "'" and not _APOSTROPHE.sub("", inner).count("'"):
            yield inner, "Double the quotes inside", SAFE
        elif _is_nested(inner, quote):
            yield nested, "Escape the quotes inside", SAFE
        elif _is_closing(value, value.find(quote, 1)) and value.count(quote) % 2 == 0:
            yield value, "Put the value in quotes", UNSAFE
        elif inner.count(quote) == 2:
            yield nested, "Escape the quotes inside", UNSAFE
        return
    closing = value.find(quote, 1)
    if closing > 0 and value.count(quote) % 2 == 0:
        yield value, "Put the value in quotes", UNSAFE if " #" in value else SAFE
    elif closing == -1 and " #" not in value:
        # An apostrophe may begin a word; a quote alone was never closed.
        yield (
            (value, "Put the value in quotes", UNSAFE)
            if quote == "'"
            else (value[1:], "Close the quote", UNSAFE)
        )


def _is_nested(inner: str, quote: str) -> bool:
    """Whether the quotes inside open and close in turn, as far as the blanks around them tell."""
    places = [match.start() for match in re.finditer(re.escape(quote), inner)]
    if not places or len(places) % 2:
        return False
    return all(
        _is_opening(inner, at) if turn % 2 == 0 else _is_closing(inner, at) for turn, at in enumerate(places)
    )


def _is_opening(text: str, at: int) -> bool:
    return (at == 0 or text[at - 1] in " (（[【") and at + 1 < len(text) and not text[at + 1].isspace()


def _is_closing(text: str, at: int) -> bool:
    rest = text[at + 1 : at + 2]
    return at > 0 and not text[at - 1].isspace() and (not rest or rest in " ,.;:!?)）]】，。；：！？")


def _toml_changes(piece: str) -> Iterator[_Change]:
    """What may have been meant by a piece of TOML that does not parse."""
    line = _line(piece)
    if line is None or not line[2]:
        return
    key, mark, value, end = line
    if mark.startswith(":"):
        yield _Change(f"{key} = {value}{end}", "Write `=` after the key", UNSAFE)
        yield _Change(f"{key} = {_double(value)}{end}", "Write `=` and quotes", UNSAFE, value)
        return
    quote = value[:1]
    if quote in ("'", '"'):
        for text, title, applicability in _quoted_texts(value, quote):
            yield _Change(f"{key} = {_double(text)}{end}", title, applicability, text)
    elif re.match(r"[^\W\d]", value) and not re.search(r"[\[\]{}\"'=]", value):
        # Letters that are no date or number can only be a text.
        yield _Change(
            f"{key} = {_double(value)}{end}",
            "Put the value in quotes",
            UNSAFE if "#" in value else SAFE,
            value,
        )


def _double(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


_TRAILING_COMMA = lazily(r",(?=\s*[}\]])")


def _repair_json(text: str, block: FrontMatter) -> Repair | None:
    """Commas: one too many before a bracket, one missing at the end of a line."""
    edits: list[Edit] = []
    titles: list[str] = []
    strings = [match.span() for match in re.finditer(r'"(?:[^"\\\n]|\\.)*"', text[: block.content.end])]
    repair = (_TRAILING_COMMA, "", "Drop the comma after the last entry")
    missing = (re.compile(r"(?<=[\"\d\]}el])(?=[ \t]*\n\s*\")"), ",", "Put a comma between the entries")
    for pattern, replacement, title in (repair, missing):
        for match in pattern.finditer(text, *block.content):
            if not any(start < match.start() < end for start, end in strings):
                edits.append(Edit(Span(*match.span()), replacement))
                titles.append(title)
    edits.sort(key=lambda edit: edit.span)
    return Repair("; ".join(dict.fromkeys(titles)), tuple(edits), SAFE) if edits else None
