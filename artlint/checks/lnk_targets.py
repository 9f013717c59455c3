"""LNK: links whose URL is not the one a reader goes to."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from artlint.data.redirectors import REDIRECTORS, Redirector
from artlint.data.tracking import BY_HOST, EVERYWHERE, WITH_VALUE
from artlint.diagnostic import Diagnostic, Severity
from artlint.document import Document
from artlint.remembered import remembered
from artlint.rule import Check, Needs, bad, fix, good
from artlint.signs import addresses
from artlint.urls import decoded, host_matches, host_of, is_below, is_web, query_fields


class RedirectorLink(Check):
    """The link goes to a jump page ("you are leaving our site") that only leads on to the URL it carries.

    The jump page watches the reader and dies with its site, and the link with it. Safe: the target is
    written in the link itself, the table names the parameter for each jump page, and only a plain
    http(s) URL is taken out. Share links are not jump pages; they stay.
    """

    code = "LNK001"
    name = "redirector-link"
    summary = "Link goes through a jump page"
    needs = Needs(signs=("link",), read=addresses)
    examples = (
        bad(
            '<p><a href="⟦https://link.zhihu.com/?target=https%3A//example.com/a%3Fb%3D1⟧">A</a></p>',
            fixed='<p><a href="https://example.com/a?b=1">A</a></p>',
        ),
        bad(
            "See [A](⟦https://www.oschina.net/action/GoToLink?url=https%3A%2F%2Fexample.com%2F%E6%96%87⟧).\n",
            fixed="See [A](https://example.com/%E6%96%87).\n",
        ),
        bad(
            "[A](⟦https://link.csdn.net/?target=https%3A%2F%2Flink.juejin.cn%3Ftarget%3Dhttps%253A%252F%252Fexample.com⟧)\n",
            fixed="[A](https://example.com)\n",
            note="one jump page inside another",
        ),
        good('<a href="https://www.facebook.com/sharer.php?u=https%3A%2F%2Fexample.com">Share</a>'),
        good('<a href="https://link.zhihu.com/?target=javascript%3Aalert(1)">A</a>', note="not http(s)"),
        good('<a href="https://www.google.com/search?q=https://example.com">A</a>'),
        good("Write `https://link.zhihu.com/?target=https%3A//example.com` so.\n"),
        good("<https://link.zhihu.com/?target=https%3A//example.com>\n", note="a reader sees this very URL"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for link in document.links:
            target = None if link.shows_url else _behind(link.url)
            if target is not None:
                message = f"Link goes through the jump page `{host_of(link.url)}`"
                yield self.at(link.url_span, message, fix("Link to the target itself", (link.to(target),)))


class TrackingParameter(Check):
    """Tracking parameters tell a site who shared a link where; the page is the same without them.

    They make one page look like many, and name the person or campaign that shared it. Safe: the table
    holds only parameters that the vendors define for tracking, or that a site's own share button adds.
    """

    code = "LNK002"
    name = "tracking-parameter"
    summary = "URL has tracking parameters"
    severity = Severity.NOTE
    needs = Needs(signs=("?",), read=addresses)
    examples = (
        bad(
            '<a href="⟦https://example.com/a?id=1&amp;utm_source=rss&amp;utm_medium=feed#b⟧">A</a>',
            fixed='<a href="https://example.com/a?id=1#b">A</a>',
        ),
        bad("[A](⟦https://example.com/?fbclid=abc⟧ 'T')\n", fixed="[A](https://example.com/ 'T')\n"),
        bad(
            "[a]: ⟦https://mp.weixin.qq.com/s?__biz=M&mid=1&idx=1&sn=2&scene=21⟧\n\nSee [a].\n",
            fixed="[a]: https://mp.weixin.qq.com/s?__biz=M&mid=1&idx=1&sn=2\n\nSee [a].\n",
        ),
        good('<a href="https://example.com/a?from=beijing&source=map">A</a>'),
        good('<a href="https://example.com/utm_source=1">A</a>'),
        good("<https://example.com/?utm_source=a>\n", note="a reader sees this very URL"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        if "?" not in document.body.text:
            return
        for link in document.links:
            if link.shows_url or "?" not in link.url:
                continue
            clean, names = _without_tracking(link.url)
            if names:
                shown = ", ".join(f"`{name}`" for name in names[:3])
                edit = link.to(clean)
                yield self.at(
                    link.url_span, f"URL has tracking parameters: {shown}", fix("Drop them", (edit,))
                )


@remembered(1024)  # an article links the same sites again and again
def _behind(url: str) -> str | None:
    """The URL that a jump page's URL carries, through as many jump pages as there are."""
    found = None
    if "%" not in url and "http" not in url[1:].lower():
        return None  # nothing in it could be a URL
    for _ in range(5):
        target = _one_step(url)
        if target is None:
            break
        found = url = target
    return found


def _one_step(url: str) -> str | None:
    host = host_of(url)
    if not host:
        return None
    for redirector in _redirectors_at(host):
        parts = urlsplit(url)
        if not (parts.path or "/").lower().startswith(redirector.path):
            continue
        if redirector.parameter:
            target = decoded(_carried(redirector.parameter, parts.query))
        else:
            target = parts.query if is_web(parts.query) else None
        if target is not None:
            return target if "#" in target or not parts.fragment else f"{target}#{parts.fragment}"
    return None


@remembered(4096)
def _redirectors_at(host: str) -> tuple[Redirector, ...]:
    return tuple(redirector for redirector in REDIRECTORS if host_matches(host, redirector.host))


def _carried(parameter: str, query: str) -> str:
    return next((value for _, name, value in query_fields(query) if name == parameter), "")


def _without_tracking(url: str) -> tuple[str, list[str]]:
    """``(url without tracking parameters, their names)``; every other byte stays."""
    head, mark, fragment = url.partition("#")
    path, _, query = head.partition("?")
    if not query:
        return url, []
    host = host_of(url)
    kept, dropped = [], []
    for written, name, value in query_fields(query):
        if _is_tracking(name, value, host):
            dropped.append(name)
        else:
            kept.append(written)
    query = "&".join(kept)
    return path + ("?" + query if query else "") + mark + fragment, dropped


def _is_tracking(name: str, value: str, host: str) -> bool:
    if name in EVERYWHERE or value.lower() in WITH_VALUE.get(name, ()):
        return True
    if any(name.startswith(known[:-1]) for known in _PREFIXES):
        return True
    return any(name in names for site, names in BY_HOST.items() if is_below(host, site))


_PREFIXES = tuple(name for name in EVERYWHERE if name.endswith("*"))
