"""The page about the configuration: ``python -m artlint.config_page > docs/configuration.md``."""

from __future__ import annotations

import sys

from artlint.config_keys import GROUPS, LIMITS, Key
from artlint.config_text import as_toml, default_of, limit_defaults

_HEAD = """\
<!-- Generated: python -m artlint.config_page > docs/configuration.md -->

# Configuration

`artlint.toml`, `.artlint.toml`, or `[tool.artlint]` in pyproject.toml. For each file the closest one in its
folder or above counts, alone: nothing is merged, unless a file says `extend`. `artlint init` writes one
after a look at the repository. An unknown key or rule is an error that names the nearest one.

```toml
timezone = "Asia/Shanghai"
schema = "hexo"
extend-exclude = ["themes/", "public/"]
per-file-ignores = {"about/**" = ["FM101"]}

[[overrides]]
paths = ["docs/**"]
ignore = ["BP"]
policy = {preset = "embeds"}
```

Patterns are those of `.gitignore` and count from the folder of the file; with `--config FILE` from the
working folder. Paths count from the file they stand in. docs/artlint.schema.json is the JSON Schema, for
editors that check and complete TOML: `#:schema docs/artlint.schema.json` as the first line.

On the command line:

| option | does |
| --- | --- |
| `--config FILE` | takes this file instead of the closest one |
| `--config KEY=VALUE` | sets one value, as TOML (`--config limits.shown=20`); stronger than any file |
| `--isolated` | reads no file |
| `--show-settings` | prints the settings of the files given, and where each comes from |
| `--show-files` | prints the files that would be read |
| `--select`, `--ignore`, `--rules` | stronger than the keys of that name |

Keys with *yes* under *by path* may also stand in `[[overrides]]`.
"""


def config_page() -> str:
    """All keys as a Markdown page, a table for each group."""
    parts = [_HEAD]
    for title, keys in GROUPS.items():
        head = "| key | what | default | example | by path |\n| --- | --- | --- | --- | --- |"
        parts.append(f"## {title}\n\n" + "\n".join([head, *map(_row, keys)]) + "\n")
        if any(key.kind == "limits" for key in keys):
            rows = [f"| `{name}` | {LIMITS[name]} | {limit:,} |" for name, limit in limit_defaults().items()]
            parts.append("\n".join(["| limit | counts | default |", "| --- | --- | --- |", *rows]) + "\n")
    return "\n".join(parts)


def _row(key: Key) -> str:
    default = "see below" if key.kind == "limits" else _code(as_toml(default_of(key)))
    if default_of(key) is None or default_of(key) in ([], {}):
        default = "–"
    words = f" One of {', '.join(f'`{word}`' for word in key.choices)}." if key.choices else ""
    by_path = "yes" if key.by_path else "–"
    return f"| `{key.name}` | {key.about}{words} | {default} | {_code(key.example)} | {by_path} |"


def _code(text: str) -> str:
    return f"`{text}`".replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(config_page())
