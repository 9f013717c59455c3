"""The keys of a pack file: the one table that the reader, the JSON Schema and the docs follow."""

from __future__ import annotations

from typing import NamedTuple


class Key(NamedTuple):
    """One key of a mapping.

    ``kind``: text, template, selector, pattern (checked regular expression), texts (a text or a list
    of texts), choice (one of ``choices``), number, flag, position, mapping (with ``keys``), mappings
    (a list of them) or table (any keys, text values).
    """

    name: str
    kind: str
    about: str
    required: bool = False
    choices: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()


ACTIONS = (
    "remove",
    "unwrap",
    "replace",
    "set-attribute",
    "drop-attribute",
    "move-to-front-matter",
    "report",
)
MATCH_KINDS = ("select", "text", "comment", "attribute", "image", "front-matter", "between")

_MARK = (
    Key("comment", "pattern", "A comment whose whole content matches."),
    Key("text", "pattern", "A block whose whole text matches."),
    Key("select", "selector", "The first element that the selector finds."),
)
_GUARD = (
    Key("front-matter", "table", "Front-matter keys with shell patterns for their values."),
    Key("image-host", "texts", "Hosts of pictures, `*` allowed."),
    Key("link-host", "texts", "Hosts of links, `*` allowed."),
    Key("marker", "texts", "Texts that only this source has, such as a class name."),
)
_MATCH = (
    Key("select", "selector", "Elements that a CSS selector finds."),
    Key("has", "selector", "With `select`: only elements that hold such an element."),
    Key("text", "pattern", "Blocks (paragraphs, list items, lines) whose whole text matches."),
    Key("in", "selector", "With `text`: look at the text of these elements instead of at blocks."),
    Key("position", "position", "With `text`: only the `first n` or `last n` blocks of the article."),
    Key("images", "flag", "With `text`: also blocks that hold a picture or player, which go with it."),
    Key("max-text", "number", "Only places with at most so many characters of text."),
    Key("comment", "pattern", "Comments whose whole content matches."),
    Key("attribute", "text", "Attributes by name, `*` allowed."),
    Key("value", "pattern", "With `attribute` or `front-matter`: only values that match as a whole."),
    Key("on", "selector", "With `attribute`: only on these elements."),
    Key("image", "texts", "Pictures by address, `*` allowed."),
    Key("front-matter", "text", "The front-matter key of this name."),
    Key(
        "between",
        "mapping",
        "Everything from one mark to another, marks included.",
        keys=(
            Key("start", "mapping", "Where it starts.", True, keys=_MARK),
            Key("end", "mapping", "Where it ends.", True, keys=_MARK),
        ),
    ),
)
_NOTE = (
    Key("key", "text", "The front-matter key that takes the note.", True),
    Key("value", "template", "What is written there.", True),
)
_EXAMPLES = (
    Key(
        "bad",
        "mappings",
        "Texts in which the rule must find exactly the places between ⟦ and ⟧.",
        True,
        keys=(
            Key("source", "text", "The text, with the marks.", True),
            Key("fixed", "text", "The text after the fix; none when there is no fix."),
            Key("note", "text", "A remark for readers."),
        ),
    ),
    Key("good", "texts", "Texts in which the rule must find nothing.", True),
)
_RULE = (
    Key("code", "text", "The prefix and three digits; never reused.", True),
    Key("name", "text", "The fault in a few words, joined by hyphens.", True),
    Key("family", "text", "BP (boilerplate), QUO (dead widgets), or another family.", True),
    Key("summary", "text", "One line: the message of a finding.", True),
    Key("why", "text", "Two or three sentences about readers.", True),
    Key("match", "mapping", "What to look for: exactly one kind.", True, keys=_MATCH),
    Key("action", "choice", "What the fix does.", True, choices=ACTIONS),
    Key("with", "template", "For `replace` and `set-attribute`: the new text or value."),
    Key("attribute", "text", "For `set-attribute` and `drop-attribute` on elements: which one."),
    Key("note", "mapping", "What the place says, for the front matter.", keys=_NOTE),
    Key("applicability", "choice", "What the fix promises (safe).", choices=("safe", "unsafe", "display")),
    Key("severity", "choice", "How much it matters (warning).", choices=("error", "warning", "note")),
    Key("boilerplate-images", "texts", "Addresses of pictures that are never an article's head image."),
    Key("examples", "mapping", "The tests of the rule.", True, keys=_EXAMPLES),
)
PACK = (
    Key("pack", "text", "The name of the pack: the file's name.", True),
    Key("prefix", "text", "What the codes of the pack start with.", True),
    Key("applies", "mappings", "When the pack applies; any one is enough. Always, if absent.", keys=_GUARD),
    Key("rules", "mappings", "The rules.", True, keys=_RULE),
)
