"""Strict reading of a pack's YAML by the table of keys: every error names file, line and key."""

from __future__ import annotations

import re
from collections.abc import Mapping as Readable
from collections.abc import Sequence
from typing import Any

import yaml

from artlint.errors import PackError
from artlint.pack_keys import MATCH_KINDS, PACK, Key
from artlint.pack_match import position_of
from artlint.pattern import PatternError, compile_pattern

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

Data = dict[str, Any]
# Which keys of a rule go with which actions (and are needed there).
_NEEDED = {"replace": "with", "set-attribute": "with", "move-to-front-matter": "note"}
_COMPANIONS = {
    "has": ("select",),
    "in": ("text",),
    "position": ("text",),
    "images": ("text",),
    "value": ("attribute", "front-matter"),
    "on": ("attribute",),
    "max-text": ("select", "text", "between"),
}


def read_pack(text: str, path: str) -> Data:
    """The checked content of a pack, as plain data. Raises PackError with file, line and key."""
    try:
        node = _compose(text, path)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise PackError(f"{path}:{line}: not valid YAML: {error.problem or error.context}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise PackError(f"{path}:1: not valid YAML: {error}") from None
    top = _Mapping(node, path, "")
    data = top.read(PACK)
    for entry, rule in zip(top.entries("rules"), data["rules"], strict=True):
        _check_rule(entry, rule, data["prefix"])
    return data


def _compose(text: str, path: str) -> yaml.MappingNode:
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise PackError(f"{path}:{line}: aliases are not allowed; write the value out")
    node = yaml.compose(text, Loader=_Loader)
    if not isinstance(node, yaml.MappingNode):
        raise PackError(f"{path}:1: a pack is a mapping with the keys `pack`, `prefix` and `rules`")
    return node


def _check_rule(entry: _Mapping, rule: Data, prefix: str) -> None:
    if not rule["code"].startswith(prefix):
        raise entry.error("code", f"must start with the pack's prefix `{prefix}`")
    action = rule["action"]
    needed = _NEEDED.get(action)
    if needed and needed not in rule:
        raise entry.error("action", f"is `{action}`, which needs the key `{needed}`")
    match = entry.entry("match")
    kinds = [kind for kind in MATCH_KINDS if kind in rule["match"]]
    if len(kinds) != 1:
        found = f"; here are {' and '.join(f'`{kind}`' for kind in kinds)}" if kinds else ""
        raise match.error("", f"needs exactly one of {', '.join(f'`{k}`' for k in MATCH_KINDS)}{found}")
    kind = kinds[0]
    for key, companions in _COMPANIONS.items():
        if key in rule["match"] and kind not in companions:
            wanted = " or ".join(f"`{word}`" for word in companions)
            raise match.error(key, f"goes with {wanted}, not with `{kind}`")
    if kind == "between":
        for side in ("start", "end"):
            if len(rule["match"]["between"][side]) != 1:
                raise match.entry("between").error(side, "needs one of `comment`, `text`, `select`")
    _check_action(entry, action, kind, rule)


def _check_action(entry: _Mapping, action: str, kind: str, rule: Data) -> None:
    fits = {
        "unwrap": ("select",),
        "replace": ("select", "text", "image", "comment", "front-matter"),
        "set-attribute": ("select", "attribute", "image"),
        "drop-attribute": ("select", "attribute", "image"),
        "move-to-front-matter": ("select", "text", "comment"),
        "remove": ("select", "text", "comment", "image", "front-matter", "between"),
    }.get(action, MATCH_KINDS)
    if kind not in fits:
        raise entry.error("action", f"`{action}` cannot be done to `{kind}`; it is for {', '.join(fits)}")
    if action in ("set-attribute", "drop-attribute") and kind != "attribute" and "attribute" not in rule:
        raise entry.error("action", f"is `{action}`, which needs the key `attribute`")
    has_fix = action != "report"
    for index, example in enumerate(entry.entry("examples").entries("bad")):
        fixed = "fixed" in rule["examples"]["bad"][index]
        if fixed and not has_fix:
            raise example.error("fixed", "stands here although the action is `report`")
        source = rule["examples"]["bad"][index]["source"]
        if "⟦" not in source or source.count("⟦") != source.count("⟧"):
            raise example.error("source", "must mark what is to be found with ⟦ and ⟧")


class _Mapping:
    """One mapping of the file."""

    def __init__(self, node: yaml.Node | None, path: str, name: str) -> None:
        if not isinstance(node, yaml.MappingNode):
            line = node.start_mark.line + 1 if node is not None else 1
            raise PackError(f"{path}:{line}: `{name}` must be a mapping: lines of `key: value`")
        self._path = path
        self._name = name
        self._line = node.start_mark.line + 1
        self._values: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise PackError(f"{path}:{key.start_mark.line + 1}: a key must be a word")
            if key.value in self._values:
                raise PackError(f"{path}:{key.start_mark.line + 1}: key `{key.value}` stands twice")
            self._values[key.value] = value

    def error(self, key: str, problem: str) -> PackError:
        """An error about one key of this mapping (or about the mapping, with an empty key)."""
        node = self._values.get(key)
        line = node.start_mark.line + 1 if node is not None else self._line
        name = ".".join(part for part in (self._name, key) if part)
        subject = f"`{name}`" if name else "the pack"
        return PackError(f"{self._path}:{line}: {subject} {problem}")

    def entry(self, key: str) -> _Mapping:
        return _Mapping(self._values[key], self._path, self._name_of(key))

    def entries(self, key: str) -> list[_Mapping]:
        node = self._values[key]
        if not isinstance(node, yaml.SequenceNode):
            raise self.error(key, "must be a list: lines that start with `- `")
        return [
            _Mapping(item, self._path, f"{self._name_of(key)}[{index}]")
            for index, item in enumerate(node.value)
        ]

    def read(self, keys: Sequence[Key]) -> Data:
        """The values by the table. Raises PackError for a key that is unknown, missing or wrong."""
        known = {key.name: key for key in keys}
        for name in self._values:
            if name not in known:
                from difflib import get_close_matches  # only mistakes need it

                near = get_close_matches(name, known, 1)
                hint = f"did you mean `{near[0]}`?" if near else f"known are {', '.join(known)}"
                raise self.error(name, f"is not a key of a pack here; {hint}")
        for key in keys:
            if key.required and key.name not in self._values:
                raise self.error("", f"lacks the key `{key.name}`: {key.about}")
        return {name: self._value(known[name]) for name in self._values}

    def _name_of(self, key: str) -> str:
        return ".".join(part for part in (self._name, key) if part)

    def _value(self, key: Key) -> Any:
        match key.kind:
            case "mapping":
                return self.entry(key.name).read(key.keys)
            case "mappings":
                found = [entry.read(key.keys) for entry in self.entries(key.name)]
                if not found:
                    raise self.error(key.name, "is empty")
                return found
            case "table":
                return self.entry(key.name)._table()
            case "texts":
                return self._texts(key.name)
        text = self._text(key.name)
        problem = _problem(key, text)
        if problem:
            raise self.error(key.name, problem)
        if key.kind == "number":
            return int(text)
        return text == "true" if key.kind == "flag" else text

    def _table(self) -> Readable[str, str]:
        return {name: self._text(name) for name in self._values}

    def _texts(self, key: str) -> list[str]:
        node = self._values[key]
        if isinstance(node, yaml.SequenceNode):
            if not all(isinstance(item, yaml.ScalarNode) for item in node.value):
                raise self.error(key, "must be a list of texts")
            return [str(item.value) for item in node.value]
        return [self._text(key)]

    def _text(self, key: str) -> str:
        node = self._values[key]
        if not isinstance(node, yaml.ScalarNode):
            raise self.error(key, "must be a text")
        if not node.value:
            raise self.error(key, "is empty")
        return str(node.value)


def _problem(key: Key, text: str) -> str:
    """What is wrong with a text value, or nothing."""
    if key.kind == "choice" and text not in key.choices:
        from difflib import get_close_matches  # only mistakes need it

        near = get_close_matches(text, key.choices, 1)
        hint = f"; did you mean `{near[0]}`?" if near else ""
        return f"is `{text}`, not one of {', '.join(key.choices)}{hint}"
    if key.kind == "number" and not re.fullmatch(r"[0-9]{1,5}", text):
        return f"is `{text}`, not a number"
    if key.kind == "flag" and text not in ("true", "false"):
        return f"is `{text}`, not true or false"
    if key.kind == "position" and not position_of(text):
        return f"is `{text}`; write `first 3` or `last 3`"
    if key.kind == "pattern":
        try:
            compile_pattern(text)
        except PatternError as error:
            return str(error)
    if key.kind == "selector":
        from artlint.document.selectors import selector_problem

        problem = selector_problem(text)
        return f"is not a CSS selector: {problem}" if problem else ""
    if key.kind == "template" and any(not name for name in _PLACEHOLDER.findall(text)):
        return "has `{}` without a name inside"
    return ""
