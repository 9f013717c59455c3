"""What a rule of a pack does to a place: edits, and the title of the fix."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from artlint.diagnostic import Edit
from artlint.document.character_references import escape
from artlint.pack_match import Place
from artlint.pattern_lazy import lazily
from artlint.rule import attribute_cut, cut, unwrap
from artlint.source import Span

if TYPE_CHECKING:
    from artlint.document import Document

_PLACEHOLDER = lazily(r"\{([^{}]+)\}")
_PLAIN = lazily(r"[\w（《“「【][^\n:#'\"\\]*[^\s:#'\"\\]|\w")
_NOT_TEXT = lazily(r"(?i:true|false|yes|no|on|off|null|[-+.\d][\d_.:eExXoO+-]*)")


class Action(NamedTuple):
    """What to do: the ``word`` of the pack and what it needs (see ``pack_keys``)."""

    word: str
    with_: str = ""
    attribute: str = ""
    key: str = ""
    value: str = ""

    @property
    def title(self) -> str:
        """The title of the fix."""
        return _TITLES[self.word].format(attribute=self.attribute or "the attribute", key=self.key)

    def edits(self, place: Place, document: Document) -> tuple[Edit, ...]:
        """The edits at a place; none when it cannot be done cleanly there."""
        return _DOERS[self.word](self, place, document)


_TITLES = {
    "remove": "Remove it",
    "unwrap": "Keep what is inside, drop the tags",
    "replace": "Replace it",
    "set-attribute": "Set `{attribute}`",
    "drop-attribute": "Drop `{attribute}`",
    "move-to-front-matter": "Move it to `{key}` in the front matter",
    "report": "",
}


def filled(template: str, values: dict[str, str], escape: Callable[[str], str] = str) -> str:
    """A template with its placeholders replaced; one without a value becomes empty."""
    return _PLACEHOLDER.sub(lambda found: escape(values.get(found.group(1), "")), template)


def _report(action: Action, place: Place, document: Document) -> tuple[Edit, ...]:
    return ()


def _remove(action: Action, place: Place, document: Document) -> tuple[Edit, ...]:
    return () if place.cut is None else (cut(document.body.html, place.cut),)


def _unwrap(action: Action, place: Place, document: Document) -> tuple[Edit, ...]:
    return unwrap(place.element) if place.element else ()


def _replace(action: Action, place: Place, document: Document) -> tuple[Edit, ...]:
    if place.attribute:
        return _set_value(document, place, filled(action.with_, place.values))
    if place.cut is None:
        return ()
    return (Edit(place.cut, filled(action.with_, place.values, escape)),)


def _set_value(document: Document, place: Place, value: str) -> tuple[Edit, ...]:
    block = document.front_matter
    if block is None or block.format != "yaml" or "\n" in value or value == place.values["value"]:
        return ()
    return (Edit(place.span, yaml_text(value, document.text[place.span.start : place.span.start + 1])),)


def _set_attribute(action: Action, place: Place, document: Document) -> tuple[Edit, ...]:
    element = place.element
    if element is None:
        return ()
    name = place.attribute or action.attribute
    text = f'{name}="{escape(filled(action.with_, place.values))}"'
    if name in element.attribute_names:
        old = element.attribute_span(name)
        return () if document.text[old.start : old.end] == text else (Edit(old, text),)
    after_name = element.start_tag.start + 1 + len(element.tag)
    return (Edit(Span(after_name, after_name), f" {text}"),)


def _drop_attribute(action: Action, place: Place, document: Document) -> tuple[Edit, ...]:
    element, name = place.element, place.attribute or action.attribute
    if element is None or name not in element.attribute_names:
        return ()
    return (attribute_cut(element, name, document.text),)


def _move(action: Action, place: Place, document: Document) -> tuple[Edit, ...]:
    """Cut the place and write its value under a key that is free or says the same."""
    block = document.front_matter
    value = " ".join(filled(action.value, place.values).split())
    if place.cut is None or block is None or block.fault or not value or block.format not in ("yaml", "toml"):
        return ()
    old = block.get(action.key)
    if old is not None:
        return (cut(document.body.html, place.cut),) if old.value == value else ()
    text = document.text[block.content.start : block.content.end]
    if text.strip() and not block.fields:
        return ()  # what the block holds is not known
    if block.format == "toml" and re.search(r"^\[", text, re.MULTILINE):
        return ()  # at the end the key would belong to the last table
    line = f"{action.key} = {_toml_text(value)}" if block.format == "toml" else _yaml_line(action.key, value)
    gap = "" if text.endswith("\n") or not text else "\n"
    end = block.content.end
    return (Edit(Span(end, end), f"{gap}{line}\n"), cut(document.body.html, place.cut))


def _yaml_line(key: str, value: str) -> str:
    return f"{key}: {yaml_text(value)}"


def yaml_text(value: str, quote: str = "") -> str:
    """A one-line text as a YAML scalar, plain where that cannot be misread and none was quoted before."""
    if quote == '"' and not re.search(r'["\\\x00-\x1f\x7f-\x9f]', value):
        return f'"{value}"'
    if quote not in ("'", '"') and _PLAIN.fullmatch(value) and not _NOT_TEXT.fullmatch(value):
        return value
    return "'" + value.replace("'", "''") + "'"


def _toml_text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


_DOERS: dict[str, Callable[[Action, Place, Document], tuple[Edit, ...]]] = {
    "report": _report,
    "remove": _remove,
    "unwrap": _unwrap,
    "replace": _replace,
    "set-attribute": _set_attribute,
    "drop-attribute": _drop_attribute,
    "move-to-front-matter": _move,
}
