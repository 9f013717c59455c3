"""Plain markup: what no two readers take apart in different ways, found without a parser.

Most articles are plain: quoted attributes without `<` and `>`, comments without either, elements
closed in order and only inside elements that may hold them. There a pattern finds the tokens of the
HTML Standard several times as fast, and the tree is known to be the nesting of the tags. Anything
else is left to the parser.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from artlint.document.elements import BLOCK, BREAK, HEADINGS, INLINE, INVISIBLE, KNOWN, VOID
from artlint.pattern_lazy import lazily
from artlint.remembered import remembered

# A `<` that is not part of such a tag or comment makes a text not plain.
PLAIN_TAG = lazily(
    r"(</?[a-zA-Z][a-zA-Z0-9]*"
    r"""(?:[\t\n\f ]+[a-zA-Z_:][a-zA-Z0-9_:.-]*(?:="[^"<>]*"|='[^'<>]*')?)*[\t\n\f ]*/?>"""
    r"|<!--(?!-)(?:[^<>-]|-(?!-))*-->)"
)
_NAME_END = lazily(r"[\t\n\f />]")
# Elements after whose start tag the tokenizer reads on in another way, or whose text nobody sees.
_SPECIAL = (INVISIBLE - {"script", "style"}) | frozenset("textarea xmp plaintext svg math".split())

_RAW = frozenset({"script", "style"})

# HTML Standard, 13.2.6.4.7: inside and around these the tree builder changes nothing that is well nested,
# as long as no block opens inside a `p`, no link inside a link, and list items stand in lists.
_INLINE = frozenset(
    """a abbr b bdi bdo big br cite code del dfn em font i img ins kbd mark q s samp script small span
    strike strong style sub sup time tt u var wbr""".split()
)
_BLOCKS = HEADINGS | frozenset(
    """address article aside blockquote center div figcaption figure footer header hr li main nav ol p
    pre section ul""".split()
)
_MAX_DEPTH = 100
_SHOWN_INLINE = INLINE - INVISIBLE


def plain_parts(text: str) -> list[str] | None:
    """``[text, tag, text, tag, …, text]`` of plain markup (a comment counts as a tag), or None."""
    if "\0" in text or "\r" in text or text.count("<") > text.count(">"):
        return None
    parts = PLAIN_TAG.split(text)
    if text.count("<") != len(parts) // 2:
        return None
    is_raw = False
    for part in dict.fromkeys(parts[1::2]):
        tag = tag_of(part)[1]
        if tag in _SPECIAL:
            return None
        is_raw = is_raw or tag in _RAW
    return None if is_raw and not _closes_raw(parts) else parts


def _closes_raw(parts: Sequence[str]) -> bool:
    """Whether each script and style sheet ends at the next tag; then its text is the one part between."""
    opened = ""
    for part in parts[1::2]:
        kind, tag, _ = tag_of(part)
        if opened and (kind, tag) != ("end", opened):
            return False
        opened = tag if kind == "start" and tag in _RAW else ""
    return not opened


def is_raw(part: str) -> bool:
    """Whether the text behind a tag is that of a script or style sheet: unseen, and never markup."""
    kind, tag, _ = tag_of(part)
    return tag in _RAW and kind == "start"


@remembered(4096)
def tag_of(part: str) -> tuple[str, str, str]:
    """``(kind, tag, data)`` of a tag or comment of plain markup, as in a token."""
    if part.startswith("<!"):
        return "comment", "", part[4:-3]
    start = 2 if part[1] == "/" else 1
    end = _NAME_END.search(part, start)
    name = part[start : end.start() if end else len(part)].lower()
    return "end" if start == 2 else "start", name, ""


def lines(parts: Sequence[str]) -> Iterator[list[str]]:
    """The pieces of text of each line of plain markup: what stands between two tags of blocks or breaks."""
    line: list[str] = []
    is_tag = hidden = False
    for part in parts:
        if is_tag:
            breaks, hidden = _effect(part)
            if breaks:
                if line:
                    yield line
                line = []
        elif part and not hidden:
            line.append(part)
        is_tag = not is_tag
    if line:
        yield line


@remembered(4096)
def _effect(part: str) -> tuple[bool, bool]:
    """Whether a tag ends a line, and whether it hides the text behind it."""
    tag = tag_of(part)[1]
    return tag in BLOCK or tag in BREAK, is_raw(part)


def _is_blank(text: str) -> bool:
    if "&" not in text:
        return not text.strip()
    from artlint.document.tokens import decoded  # which reads plain markup, too

    return not decoded(text).strip()


def has_only_markup(parts: Sequence[str]) -> bool:
    """``Html.has_only_markup`` of markup of which the nesting is known."""
    opened: list[str] = []
    inline = ""  # the inline element at the top level whose text is being read
    is_tag = False
    for part in parts:
        if is_tag:
            kind, tag, _ = tag_of(part)
            if kind == "start":
                if not opened:
                    if tag not in KNOWN:
                        return False
                    inline = tag if tag in _SHOWN_INLINE else ""
                if tag not in VOID:
                    opened.append(tag)
            elif kind == "end":
                opened.pop()
        elif part and (not opened or inline) and not _is_blank(part):
            return False
        is_tag = not is_tag
    return True


def may_be_empty(parts: Sequence[str], filled: Set[str]) -> bool:
    """Whether an element may be empty: a start tag with only blanks before the next end tag.

    The elements ``filled`` count as text: neither they nor what holds one is empty.
    """
    opened = blank = False
    is_tag = False
    for part in parts:
        if is_tag:
            kind, tag, _ = tag_of(part)
            if kind == "end" and opened and blank:
                return True
            opened = kind == "start" and tag not in filled
        elif opened:
            blank = not part or part.isspace() or "&" in part
        is_tag = not is_tag
    return False


def has_text_beside_blocks(parts: Sequence[str], containers: Set[str], pictures: Set[str]) -> bool:
    """Whether text or a picture may stand beside a block, right inside the body or one of the containers.

    Inline elements around it do not count. For markup of which the nesting is known.
    """
    opened = [""]
    text, blocks = [False], [False]  # of each of them
    is_tag = hidden = False
    for part in parts:
        if is_tag:
            kind, tag, _ = tag_of(part)
            hidden = kind == "start" and tag in _RAW
            if tag in BLOCK and kind == "start":
                blocks[-1] = True
                if tag not in VOID:
                    opened.append(tag)
                    text.append(False)
                    blocks.append(False)
            elif tag in BLOCK and kind == "end":
                holds_text, holds_blocks = text.pop(), blocks.pop()
                if opened.pop() in containers and holds_text and holds_blocks:
                    return True
            elif tag in pictures:
                text[-1] = True
        elif part and not hidden and not part.isspace():
            text[-1] = True
        is_tag = not is_tag
    return text[0] and blocks[0]


def nesting(tags: Sequence[str]) -> list[int] | None:
    """The number of the end tag for that of each start tag, and the other way round.

    Those of void elements are their own; comments have -1. None unless the tree that a parser builds of
    markup with these tags is just their nesting.
    """
    partners = [-1] * len(tags)
    numbers: list[int] = []
    opened: list[str] = []
    for number, (kind, tag, _) in enumerate(map(tag_of, tags)):
        if kind == "start":
            if not _may_open(tag, opened):
                return None
            if tag in VOID:
                partners[number] = number
            else:
                numbers.append(number)
                opened.append(tag)
        elif kind == "end":
            if not opened or opened.pop() != tag:
                return None
            start = partners[number] = numbers.pop()
            partners[start] = number
    return None if opened else partners


def _may_open(tag: str, opened: list[str]) -> bool:
    """Whether the parser puts the element where its tag stands."""
    if len(opened) > _MAX_DEPTH:
        return False
    if tag in _INLINE:
        return tag != "a" or "a" not in opened
    if tag not in _BLOCKS or "p" in opened:
        return False
    if tag == "li":
        return bool(opened) and opened[-1] in ("ul", "ol")
    return tag not in HEADINGS or not opened or opened[-1] not in HEADINGS
