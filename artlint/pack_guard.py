"""When a pack applies: generic class names and phrases need a sign that the source is the right one."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from artlint.document import Document


class Guard(NamedTuple):
    """When a pack applies: any one condition is enough; no condition means always."""

    front_matter: tuple[tuple[str, str], ...] = ()
    image_hosts: tuple[str, ...] = ()
    link_hosts: tuple[str, ...] = ()
    markers: tuple[str, ...] = ()

    @classmethod
    def of(cls, entries: Sequence[dict[str, Any]]) -> Guard:
        """The guard of the ``applies`` entries of a pack."""
        return cls(
            tuple((key, value) for entry in entries for key, value in entry.get("front-matter", {}).items()),
            *(
                tuple(text for entry in entries for text in entry.get(key, ()))
                for key in ("image-host", "link-host", "marker")
            ),
        )

    def admits(self, document: Document) -> bool:
        """Whether the pack's rules are to look at the document."""
        if not (self.front_matter or self.image_hosts or self.link_hosts or self.markers):
            return True
        text = document.body.text
        if any(marker in text for marker in self.markers):
            return True
        block = document.front_matter
        values = block.values if block else {}
        if any(fnmatchcase(str(values.get(key, "")), pattern) for key, pattern in self.front_matter):
            return True
        return _has_host(document, "img", "src", self.image_hosts) or _has_host(
            document, "a", "href", self.link_hosts
        )


def _has_host(document: Document, tag: str, attribute: str, patterns: tuple[str, ...]) -> bool:
    # Parsing is dear: ask for the host's fixed part in the text first.
    text = document.body.text
    wanted = [pattern for pattern in patterns if pattern.lstrip("*.") in text]
    if not wanted:
        return False
    urls = [element.attribute(attribute) or "" for element in document.select(f"{tag}[{attribute}]")]
    if tag == "img":
        urls += [image.url for image in document.body.markdown_images]
    return any(fnmatchcase(_host(url), pattern) for url in urls for pattern in wanted)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
