"""Independent judges: what other programs see in an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

import lxml.html
from bs4 import BeautifulSoup, Comment
from justhtml import JustHTML

from artlint.ledger import LedgerEntry

_HIDDEN = ("script", "style", "template", "noscript", "iframe", "title", "head")


class Seen(NamedTuple):
    """What a judge sees: the text without blanks, the link targets and the picture sources."""

    text: str
    links: list[str]
    images: list[str]


def body_of(article: str) -> str:
    """The text below the front matter, found without artlint."""
    lines = article.replace("\r\n", "\n").lstrip().split("\n")
    if lines[0].strip() != "---":
        return article
    return "\n".join(lines[lines.index("---", 1) + 1 :])


def beautiful_soup(body: str, parser: str = "lxml") -> Seen:
    """What BeautifulSoup sees."""
    soup = BeautifulSoup(body, parser)
    for element in soup.find_all(_HIDDEN):
        element.decompose()
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    links = [str(link["href"]) for link in soup.find_all("a", href=True)]
    images = [str(image["src"]) for image in soup.find_all("img", src=True)]
    return Seen("".join(soup.get_text().split()), links, images)


def lxml_html(body: str) -> Seen:
    """What lxml's HTML parser sees."""
    if not body.strip():
        return Seen("", [], [])
    tree = lxml.html.fragment_fromstring(body, create_parent="div")
    for element in list(tree.iter(*_HIDDEN)):
        element.drop_tree()
    for comment in list(tree.iter(lxml.etree.Comment, lxml.etree.ProcessingInstruction)):
        comment.drop_tree()
    text = "".join(tree.text_content().split())
    return Seen(text, [str(v) for v in tree.xpath("//a/@href")], [str(v) for v in tree.xpath("//img/@src")])


JUDGES: dict[str, Callable[[str], Seen]] = {
    "beautifulsoup-lxml": beautiful_soup,
    "beautifulsoup-html.parser": lambda body: beautiful_soup(body, "html.parser"),
    "lxml": lxml_html,
}


_DANGEROUS = frozenset(
    """annotation-xml applet base button dialog embed foreignobject form frame frameset iframe input link
    listing marquee math meta mglyph mtext noembed noframes noscript object option plaintext script
    select slot style svg template textarea title xmp""".split()
)
_URLS = frozenset("href src action formaction poster background cite data ping srcset xlink:href".split())


def danger(body: str) -> set[str]:
    """What justhtml (a WHATWG parser of its own) finds dangerous, in the text and in what it writes."""
    found: set[str] = set()
    for _ in range(2):
        root = JustHTML(f"<div>{body}</div>", sanitize=False, collect_errors=False).root
        for node in root.query("*"):
            name = node.name.lower()
            if name in _DANGEROUS or "-" in name:
                found.add(f"<{name}>")
            for attribute, value in (node.attrs or {}).items():
                if attribute.startswith("on") or attribute in ("style", "srcdoc", "is"):
                    found.add(f"@{attribute}")
                elif attribute in _URLS and _runs(value or ""):
                    found.add(f"{attribute}={value}")
        body = root.query("body")[0].to_html()
    return found


def _runs(url: str) -> bool:
    plain = re.sub(r"[\t\n\r]", "", url.strip("".join(map(chr, range(33))))).lower()
    if plain.startswith("data:"):
        return not re.match(r"data:image/(png|gif|jpe?g|webp|avif|bmp)\b", plain)
    return plain.startswith(("javascript:", "vbscript:"))


def follows_the_ledger(before: str, after: str, ledger: Iterable[LedgerEntry]) -> bool:
    """Whether ``after`` is ``before`` with the text of each entry replaced, in order, where it stands.

    Both are text without blanks. An entry does not say which of several places it means, so any will
    do. URLs of Markdown's own links stand in the text, those of HTML do not: these may be replaced.
    """
    wanted: list[tuple[str, str, bool]] = []  # what goes, what comes, whether it has to
    for entry in ledger:
        removed, inserted = ("".join(part.split()) for part in (entry.removed, entry.inserted))
        if entry.kind == "text" and (removed or inserted):
            wanted.append((removed, inserted, True))
        elif entry.kind in ("link", "image") and removed:
            wanted.extend((mark + removed, mark + inserted, False) for mark in ("(", "(<", "]:"))
    ways = [(0, 0, tuple(sorted(wanted)))]
    seen = set(ways)
    while ways:
        i, j, left = ways.pop()
        equal = _equal_letters(before[i:], after[j:])
        at_end = i + equal == len(before) and j + equal == len(after)
        if at_end and not any(has_to for _, _, has_to in left):
            return True
        for removed, inserted, has_to in set(left):
            which = left.index((removed, inserted, has_to))
            others = left[:which] + left[which + 1 :]
            for place in range(equal + 1):
                if not before.startswith(removed, i + place):
                    continue
                fits = _equal_letters(inserted, after[j + place : j + place + len(inserted)])
                # What a fix only inserts may come in parts, a start tag and an end tag say.
                for length in range(1 if not removed else len(inserted), fits + 1):
                    more = (("", inserted[length:], has_to),) if length < len(inserted) else ()
                    way = (i + place + len(removed), j + place + length, tuple(sorted(others + more)))
                    if way not in seen:
                        seen.add(way)
                        ways.append(way)
    return False


def _equal_letters(one: str, other: str) -> int:
    """How many letters two texts have in common from the start."""
    return next(
        (place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )
