"""Strict reading of a pack's YAML: every error names file, line and key."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

import yaml

from artlint.errors import PackError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_mapping(text: str, path: str) -> Mapping:
    """The top-level mapping of a YAML text. Raises PackError or yaml.YAMLError."""
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise PackError(f"{path}:{line}: aliases are not allowed")
    node = yaml.compose(text, Loader=_Loader)
    if not isinstance(node, yaml.MappingNode):
        raise PackError(f"{path}:1: a pack is a mapping with the keys `pack`, `prefix` and `rules`")
    return Mapping(node, path, "")


class Mapping:
    """One mapping of the file; ``finish`` complains about keys that nobody asked for."""

    def __init__(self, node: yaml.MappingNode, path: str, name: str) -> None:
        self._path = path
        self._name = name
        self._line = node.start_mark.line + 1
        self._values: dict[str, yaml.Node] = {}
        self._asked: set[str] = set()
        for key, value in node.value:
            if key.value in self._values:
                raise PackError(f"{path}:{key.start_mark.line + 1}: key `{key.value}` stands twice")
            self._values[key.value] = value

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def error(self, key: str, problem: str) -> PackError:
        """An error about one key of this mapping (or about the mapping, with an empty key)."""
        node = self._values.get(key)
        line = node.start_mark.line + 1 if node is not None else self._line
        name = ".".join(part for part in (self._name, key) if part)
        return PackError(f"{self._path}:{line}: `{name}` {problem}")

    def text(self, key: str, default: str | None = None) -> str:
        """A text value."""
        node = self._get(key, default is not None)
        if node is None:
            return default or ""
        return self._scalar(key, node)

    def texts(self, key: str, optional: bool = False) -> list[str]:
        """A list of texts; a single text counts as a list of one."""
        node = self._get(key, optional)
        if node is None:
            return []
        if isinstance(node, yaml.SequenceNode):
            return [self._scalar(key, item) for item in node.value]
        return [self._scalar(key, node)]

    def choice(self, key: str, choices: Sequence[str], default: str | None = None) -> str:
        """One of some words."""
        value = self.text(key, default)
        if value not in choices:
            near = difflib.get_close_matches(value, choices, 1)
            hint = f"; did you mean `{near[0]}`?" if near else ""
            raise self.error(key, f"is `{value}`, not one of {', '.join(choices)}{hint}")
        return value

    def pattern(self, key: str) -> re.Pattern[str] | None:
        """A regular expression, compiled."""
        if key not in self._values:
            return None
        try:
            return re.compile(self.text(key))
        except re.error as error:
            raise self.error(key, f"is not a regular expression: {error}") from None

    def mapping(self, key: str) -> Mapping:
        node = self._get(key, optional=False)
        return self._mapping(key, node)

    def mappings(self, key: str, optional: bool = False) -> list[Mapping]:
        node = self._get(key, optional)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise self.error(key, "must be a list")
        return [self._mapping(f"{key}[{index}]", item) for index, item in enumerate(node.value)]

    def finish(self) -> None:
        """Raise PackError for the first key that was not asked for, with the nearest known one."""
        for key in self._values:
            if key not in self._asked:
                near = difflib.get_close_matches(key, self._asked, 1)
                hint = (
                    f"; did you mean `{near[0]}`?"
                    if near
                    else f"; known are {', '.join(sorted(self._asked))}"
                )
                raise self.error(key, f"is not a key of a pack{hint}")

    def _get(self, key: str, optional: bool) -> yaml.Node | None:
        self._asked.add(key)
        node = self._values.get(key)
        if node is None and not optional:
            raise self.error("", f"lacks the key `{key}`")
        return node

    def _scalar(self, key: str, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise self.error(key, "must be a text")
        return str(node.value)

    def _mapping(self, key: str, node: yaml.Node | None) -> Mapping:
        if not isinstance(node, yaml.MappingNode):
            raise self.error(key, "must be a mapping")
        return Mapping(node, self._path, ".".join(part for part in (self._name, key) if part))
