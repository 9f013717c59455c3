"""What a URL says: parts, unwrapping, and spelling; no network."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

from artlint.pattern_lazy import lazily
from artlint.remembered import remembered

# All of printable ASCII but what a URL must not hold raw (RFC 3986, 2; WHATWG URL, path set).
_KEPT = "!#$%&'()*+,-./:;=?@[]_~"
_FORBIDDEN = lazily(r"[\x00-\x20\x7f<>\"\\^`{|}]")


@remembered(1024)  # many rules ask for the host of a link
def host_of(url: str) -> str:
    """The host of an absolute or protocol-relative URL in lower case; empty when there is none."""
    if url[:5].lower() == "data:":
        return ""  # and `urlsplit` would keep the whole picture
    try:
        return (urlsplit(url.strip()).hostname or "").lower()
    except ValueError:
        return ""


def is_web(url: str) -> bool:
    """Whether a URL is http or https, with a host that can exist and no blank or control in it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = parts.hostname or ""
    named = "." in host.strip(".") and re.fullmatch(r"[^\s/%\\@<>\"']+", host) is not None
    return parts.scheme in ("http", "https") and named and "@" not in parts.netloc


def host_matches(host: str, pattern: str) -> bool:
    """Whether a host is the pattern's: the same, below it (``.example.com``), any top level (``a.*``)."""
    if pattern.startswith("."):
        return host.endswith(pattern)
    if pattern.endswith(".*"):
        stem = pattern[:-1]
        return host.startswith(stem) and host[len(stem) :].count(".") <= 1
    return host == pattern


def is_below(host: str, site: str) -> bool:
    """Whether a host is a site's or lies below it."""
    return host == site or host.endswith("." + site)


def query_fields(query: str) -> list[tuple[str, str, str]]:
    """``(field as written, decoded name, value as written)`` for each field of a query."""
    fields = []
    for written in query.split("&"):
        name, _, value = written.partition("=")
        fields.append((written, unquote(name).lower(), value))
    return fields


def decoded(written: str) -> str | None:
    """A percent-encoded URL as a URL, in ASCII; None when it is not UTF-8 or not http(s)."""
    try:
        url = unquote(written, errors="strict").strip()
    except UnicodeDecodeError:
        return None
    if _FORBIDDEN.search(url) and not _FORBIDDEN.search(url.replace(" ", "")):
        url = url.replace(" ", "%20")
    if _FORBIDDEN.search(url) or not is_web(url):
        return None
    return quote(url, safe=_KEPT)
