"""QUO: shares whose name and code, or code and exchange, do not agree; what the article itself can show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from artlint.checks.cjk_text import HAN, found
from artlint.data.exchanges import EXCHANGES, PLACES
from artlint.diagnostic import Diagnostic
from artlint.document import Document
from artlint.pattern_lazy import lazily
from artlint.rule import Check, bad, good
from artlint.source import Span


class DisagreeingShareName(Check):
    """One code stands for two shares in this article: a name or a code was mixed up on the way.

    Readers look up the code and find another company. No fix: which of the two is right only a person
    can say. Names that have a character in common count as one (`某某银行`, `某某`).
    """

    code = "QUO007"
    name = "disagreeing-share-name"
    summary = "One share code stands for two names"
    examples = (
        bad(
            '<p><a href="https://example.com/sz002000/">甲乙科技</a>与'
            '⟦<a href="https://example.com/sz002000/">丙丁银行</a>⟧今日上涨。</p>'
        ),
        bad("甲乙科技（002000.SZ）上涨，⟦丙丁银行（002000.SZ⟧）下跌。\n"),
        good("甲乙科技（002000.SZ）上涨，甲乙（002000.SZ）昨日下跌。\n"),
        good("甲乙科技（002000.SZ）上涨，丙丁银行（600000.SH）下跌。\n"),
        good("某大学（200433）与某学院（200433）\n", note="postal codes"),
        good('<p><a href="https://example.com/sz002000/">甲乙科技</a>（<a href="/sz002000/">行情</a>）</p>'),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        names: dict[str, str] = {}
        for mention in sorted(_mentions(document), key=lambda mention: mention.span):
            first = names.setdefault(mention.code, mention.name)
            if not set(first) & set(mention.name):
                message = f"`{mention.code}` is `{mention.name[-8:]}` here, `{first[-8:]}` above"
                yield self.at(mention.span, message)


class WrongExchange(Check):
    """The code of this share belongs to another exchange than the prefix or suffix says.

    A link or look-up with it leads to nothing, or to another paper. No fix: the code may be the wrong part.
    """

    code = "QUO008"
    name = "wrong-exchange"
    summary = "Share code and exchange do not agree"
    examples = (
        bad('<p><a href="⟦https://example.com/sh002000/⟧">甲乙科技</a>上涨。</p>'),
        bad("甲乙科技（⟦002000.SH⟧）上涨，丙丁银行（⟦SZ600000⟧）下跌。\n"),
        good("甲乙科技（002000.SZ）上涨，丙丁银行（SH600000）下跌。\n"),
        good("上证指数（000001.SH）上涨，丙丁银行（000001.SZ）下跌。\n"),
        good("型号 SZ6000001 与 002000.SHA\n"),
    )

    def check(self, document: Document) -> Iterator[Diagnostic]:
        for link in document.links:
            for match in _IN_URL.finditer(link.url.lower()):
                yield from self._finding(link.url_span, match.group(1), match.group(2))
        for span, match in _codes(document, _WRITTEN, near=True):
            prefix = (match.group("before") or match.group("after")).lower().replace("ss", "sh")
            yield from self._finding(span, prefix, match.group("first") or match.group("second"))

    def _finding(self, span: Span, prefix: str, code: str) -> Iterator[Diagnostic]:
        meant = EXCHANGES.get(code[:3], prefix)
        if meant != prefix:
            yield self.at(span, f"`{code}` is a code of {PLACES[meant]}, not of {PLACES[prefix]}")


class _Mention(NamedTuple):
    span: Span
    code: str
    name: str


_IN_URL = lazily(r"(sh|sz|bj)(?<![a-z0-9]..)(\d{6})(?![a-z0-9])")
_WRITTEN = lazily(
    r"(?<![A-Za-z0-9])(?:(?P<before>SH|SZ|BJ|sh|sz|bj)[:：]?(?P<first>\d{6})"
    r"|(?P<second>\d{6})\.(?P<after>SH|SZ|SS|BJ))(?![A-Za-z0-9])"
)
_CODE = lazily("[0-9][0-9]{5}")
_NAMED = lazily(f"([{HAN}]{{2,12}})[（(](?:SH|SZ|BJ)?[:：]?(\\d{{6}})(?:\\.(?:SH|SZ|SS|BJ)|(?=[)）,，]))")
_NAME = lazily(f"[*A-Z]{{0,4}}[{HAN}]{{2,8}}[AB]?")
# What portals link besides a name.
_NO_NAME = frozenset("行情 股吧 资讯 问诊 研报 诊股 公告 财报 个股 走势 详情 更多".split())


def _codes(
    document: Document, pattern: re.Pattern[str], near: bool = False
) -> Iterator[tuple[Span, re.Match[str]]]:
    return found(document, pattern, near=near) if _holds_code(document) else iter(())


@lru_cache(maxsize=1)  # two rules ask
def _holds_code(document: Document) -> bool:
    return _CODE.search(document.body.condensed) is not None


def _mentions(document: Document) -> Iterator[_Mention]:
    """Where the article names a share together with its code: a link of the name, or a code behind it."""
    for link in document.links:
        match = _IN_URL.search(link.url.lower())
        name = (link.text or "").strip()
        if match and _NAME.fullmatch(name) and name not in _NO_NAME:
            yield _Mention(link.span, match.group(2), name)
    for span, match in _codes(document, _NAMED):
        # A number of six digits alone may be a postal code; none begins so.
        is_share = re.search("[A-Z]", match.group()) or match.group(2).startswith(("60", "68", "00"))
        if is_share and match.group(2)[:3] in EXCHANGES:
            yield _Mention(span, match.group(2), match.group(1))
