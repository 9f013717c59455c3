"""The policy of a project: the table ``[tool.artlint.policy]``, checked, on top of a preset."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from artlint.errors import ConfigError
from artlint.policy import FORBIDDEN, PRESETS, SCRIPT_SCHEMES, Policy

# A list of the table replaces what the preset says; with `extend-` before its key it adds to it.
LISTS = ("elements", "url-schemes", "classes", "css-properties", "media-hosts", "rel")
EXTENSIONS = tuple(f"extend-{key}" for key in LISTS)
_KEYS = ("preset", "attributes", "extend-attributes", "data-images", *LISTS, *EXTENSIONS)
_NAME = re.compile(r"[a-z0-9*][a-z0-9:._*-]*")


def policy_from_table(table: Mapping[str, object]) -> Policy:
    """The policy that a configuration table describes.

    ``preset`` (default ``article``) is the start; a list replaces what the preset says, a list with
    the prefix ``extend-`` adds to it; ``attributes`` is a table of lists by element, ``*`` for all.
    Raises ConfigError for an unknown key (with the nearest match), a wrong type, or what no policy may
    allow.
    """
    for key in table:
        if key not in _KEYS:
            raise ConfigError(f"unknown key `policy.{key}`{_nearest(key, _KEYS)}")
    name = table.get("preset", "article")
    if not isinstance(name, str) or name not in PRESETS:
        raise ConfigError(f"unknown policy preset `{name}`{_nearest(str(name), PRESETS)}")
    policy = PRESETS[name]

    def names(key: str, start: frozenset[str]) -> frozenset[str]:
        if key in table:
            start = _names(f"policy.{key}", table[key])
        extra = f"extend-{key}"
        return start | _names(f"policy.{extra}", table[extra]) if extra in table else start

    policy = policy.with_values(
        elements=names("elements", policy.elements),
        schemes=names("url-schemes", policy.schemes),
        classes=names("classes", policy.classes),
        css=names("css-properties", policy.css),
        media_hosts=names("media-hosts", policy.media_hosts),
        rel=names("rel", policy.rel),
    )
    if "attributes" in table:
        policy = policy.with_values(attributes=_attributes("attributes", table["attributes"]))
    if "extend-attributes" in table:
        added = _attributes("extend-attributes", table["extend-attributes"])
        merged = {tag: policy.attributes.get(tag, frozenset()) | names for tag, names in added.items()}
        policy = policy.with_values(attributes={**policy.attributes, **merged})
    if "data-images" in table:
        if not isinstance(table["data-images"], bool):
            raise ConfigError("`policy.data-images` is true or false")
        policy = policy.with_values(data_images=table["data-images"])
    _check_never_allowed(policy)
    return policy


def _names(key: str, value: object) -> frozenset[str]:
    if not isinstance(value, (list, tuple)) or not all(isinstance(name, str) for name in value):
        raise ConfigError(f'`{key}` is a list of names, such as ["a", "b"]')
    for name in value:
        if not _NAME.fullmatch(name) and not key.endswith("classes"):
            raise ConfigError(f"`{key}` holds `{name}`, which is not a name in lower case")
    return frozenset(value)


def _attributes(key: str, value: object) -> dict[str, frozenset[str]]:
    if not isinstance(value, Mapping):
        raise ConfigError(f"`policy.{key}` is a table of lists, one an element (`*` for all)")
    return {tag: _names(f"policy.{key}.{tag}", names) for tag, names in value.items()}


def _check_never_allowed(policy: Policy) -> None:
    for tag in sorted(policy.elements & FORBIDDEN):
        raise ConfigError(f"the policy cannot allow `<{tag}>`: it runs, embeds or submits something")
    for scheme in sorted(policy.schemes & SCRIPT_SCHEMES):
        raise ConfigError(f"the policy cannot allow `{scheme}:` URLs: they run a script")
    for tag, names in policy.attributes.items():
        for name in sorted(names):
            if name.startswith("on") or name in ("srcdoc", "is"):
                raise ConfigError(f"the policy cannot allow `{name}` on `{tag}`: it runs a script")


def _nearest(word: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # only mistakes need it

    near = get_close_matches(word, list(known), 1)
    return f"; did you mean `{near[0]}`?" if near else f"; one of {', '.join(known)}"
