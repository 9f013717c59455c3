"""A configuration as TOML: for `--show-settings` and `artlint init`."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any

from artlint import limits
from artlint.config import Config
from artlint.config_keys import KEYS, LIMITS, Key


def as_toml(value: Any) -> str:
    """A value of a TOML file on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(as_toml(item) for item in value)}]"
    if isinstance(value, Mapping):
        parts = (f"{_key(str(name))} = {as_toml(item)}" for name, item in value.items())
        return "{" + ", ".join(parts) + "}"
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else str(value)


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else json.dumps(name)


def default_of(key: Key) -> Any:
    """The value a key has when nothing sets it; None where that is no value of TOML."""
    if key.kind == "schema":
        return "article"
    if key.kind == "policy":
        return {"preset": "article"}
    if key.kind == "limits":
        return limit_defaults()
    if key.kind in ("path", "schemas", "overrides"):
        return None
    target = key.target.removeprefix("settings.")
    config = Config()
    value = getattr(config.settings if target != key.target else config, target)
    if key.kind == "codes-by-path":
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


def limit_defaults() -> dict[str, int]:
    """The limits in force, by key."""
    return {name: getattr(limits, name.upper().replace("-", "_")) for name in LIMITS}


def settings_text(config: Config) -> str:
    """Every key with its value, and where that comes from."""
    lines = []
    for key in KEYS.values():
        value, where = config.given.get(key.name, (default_of(key), "default"))
        if key.name in ("select", "ignore", "rules"):  # the command line may say otherwise
            current = list(getattr(config, key.name))
            written = list(value) if key.name != "rules" else current
            value, where = (current, "command line") if current != written else (value, where)
        if key.kind == "limits":
            value = {**limit_defaults(), **config.limits}
        if value is not None:
            lines.append(f"{key.name} = {as_toml(value)}  # {where}\n")
    return "".join(lines)
