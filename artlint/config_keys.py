"""The keys of the configuration in one table.

Checks, JSON Schema, documentation and `artlint init` derive from it.
"""

from __future__ import annotations

from typing import NamedTuple

from artlint.settings import DATE_FORMATS


class Key(NamedTuple):
    """A key of the configuration.

    ``kind`` says what it holds: codes, texts, patterns, flag, text, zone, choice, or a kind of its own.
    ``field`` is where it goes: a field of ``Config``, ``settings.NAME`` for one of ``Settings``.
    ``about`` is one sentence or two about it, ``example`` a value as TOML. ``by_path``: it may stand in
    ``[[overrides]]``.
    """

    name: str
    kind: str
    about: str
    example: str
    field: str = ""
    choices: tuple[str, ...] = ()
    by_path: bool = True

    @property
    def target(self) -> str:
        return self.field or self.name.replace("-", "_")


GROUPS: dict[str, tuple[Key, ...]] = {
    "Which rules": (
        Key(
            "select",
            "codes",
            "The rules that are on: codes, names, prefixes, families, `DEFAULT`, `ALL`.",
            '["DEFAULT", "HTM013"]',
        ),
        Key("ignore", "codes", "The rules that are off; the more specific selector wins.", '["CJK001"]'),
        Key(
            "extend-select",
            "codes",
            "Adds to `select`; a file that extends another adds to what that one says.",
            '["CJK011"]',
        ),
        Key("extend-ignore", "codes", "Adds to `ignore`, likewise.", '["HTM900"]'),
        Key(
            "per-file-ignores",
            "codes-by-path",
            "Rules that are off in some files, whatever else is said: a table of patterns.",
            '{"docs/**" = ["CJK", "BP"]}',
            by_path=False,
        ),
        Key(
            "rules",
            "paths",
            "Packs of your own: files and folders (docs/packs.md).",
            '["artlint-rules"]',
            by_path=False,
        ),
        Key(
            "suppressions",
            "flag",
            "Whether an article may silence rules in itself (docs/suppressions.md); false for what strangers"
            " submit.",
            "false",
            "settings.suppressions",
        ),
    ),
    "Which fixes": (
        Key("fixable", "codes", "The rules whose fixes may apply.", '["DEFAULT"]'),
        Key(
            "unfixable", "codes", "The rules that only report; the more specific selector wins.", '["BP104"]'
        ),
        Key("extend-safe-fixes", "codes", "Rules whose unsafe fixes count as safe here.", '["CJK004"]'),
        Key(
            "extend-unsafe-fixes",
            "codes",
            "Rules whose safe fixes count as unsafe here; stronger than `extend-safe-fixes`.",
            '["FM005"]',
        ),
        Key("format", "flag", "Whether fixing ends with the canonical form (docs/canonical.md).", "false"),
        Key(
            "editor-notes",
            "choice",
            "What becomes of a note that names only the responsible editor.",
            '"front-matter"',
            choices=("remove", "front-matter"),
        ),
        Key(
            "source-notes",
            "choice",
            "What becomes of notes about source, original and rights.",
            '"front-matter"',
            choices=("keep", "front-matter"),
        ),
    ),
    "Which files": (
        Key(
            "extend",
            "path",
            "Another configuration file to start from; nothing is merged without it. The `extend-` keys,"
            " `per-file-ignores`, `limits` and `overrides` add to those of that file, every other key"
            " replaces its own.",
            '"../artlint.toml"',
            by_path=False,
        ),
        Key(
            "include",
            "patterns",
            "The files of a folder that are articles. Without it: `.md`, `.markdown`, `.mdown`, `.html`,"
            " `.htm`, and `.txt` files that start with front matter.",
            '["*.md", "posts/**/*.txt"]',
            by_path=False,
        ),
        Key(
            "exclude",
            "patterns",
            "Files and folders that are left out, beside those that git ignores. A file named on the"
            " command line is read all the same, unless `--force-exclude` is given.",
            '["themes/", "public/"]',
            by_path=False,
        ),
        Key("extend-exclude", "patterns", "Adds to `exclude`.", '["drafts/"]', by_path=False),
    ),
    "What rules are told": (
        Key("timezone", "zone", "The zone of dates that name none.", '"Asia/Shanghai"', "settings.timezone"),
        Key(
            "date-format",
            "choice",
            "The one form of all dates; without it every form stays that all generators read.",
            '"iso"',
            "settings.date_format",
            choices=DATE_FORMATS,
        ),
        Key(
            "site",
            "text",
            "The name of the site, which is no author and no part of a title.",
            '"Example News"',
            "settings.site",
        ),
        Key(
            "names",
            "texts",
            "Names that no rule about typography or characters touches.",
            '["Hello,World"]',
            "settings.names",
        ),
        Key(
            "schema",
            "schema",
            "What front matter must hold: a preset (`article`, `hexo`, `jekyll`, `hugo`), `{file = …}`,"
            " `{model = …}`, or a table (docs/front-matter.md).",
            '"hexo"',
            "settings.schema",
        ),
        Key(
            "schemas",
            "schemas",
            "Schemas for some files: a list of tables with `paths` and `schema`; the first that fits counts.",
            '[{paths = ["pages/**"], schema = {keys = {title = "text"}}}]',
            "settings.schemas",
            by_path=False,
        ),
        Key(
            "policy",
            "policy",
            "What a body may contain: a preset and changes to it (docs/safety.md).",
            '{preset = "embeds"}',
            "settings.policy",
        ),
    ),
    "How much": (
        Key(
            "limits",
            "limits",
            "How much of an article is looked at; beyond a limit a file is refused as it is.",
            "{file-size = 1_000_000, shown = 50}",
            by_path=False,
        ),
    ),
    "By path": (
        Key(
            "overrides",
            "overrides",
            "Other values for some files: a list of tables with `paths` and any key of this page that is"
            " marked *by path*. All that match apply, in their order.",
            '[{paths = ["docs/**"], policy = {preset = "embeds"}, ignore = ["BP"]}]',
            by_path=False,
        ),
    ),
}

KEYS: dict[str, Key] = {key.name: key for keys in GROUPS.values() for key in keys}

# What the limits of `artlint.limits` mean, by the key that changes them.
LIMITS = {
    "file-size": "bytes of a file",
    "seconds": "seconds of work on a file",
    "shown": 'findings of one file that a report for people lists, before "and N more"',
    "depth": "elements inside each other",
    "tags": "`<` of a body",
    "elements": "elements of a body",
    "attributes": "attributes of a tag",
    "references": "character references of a body",
    "events": "pieces of a Markdown body: words between marks, starts and ends of elements",
    "link-depth": "links, pictures and headings of Markdown inside each other",
    "front-matter-size": "characters of the front matter",
    "front-matter-depth": "mappings and lists of the front matter inside each other",
    "front-matter-nodes": "values of the front matter",
}
