"""Independent judges: what other programs see in an article."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import lxml.html
from bs4 import BeautifulSoup, Comment

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
