"""The promises, asked of one article: inert, stable, accounted for, without an error or a long wait."""

from __future__ import annotations

import time
from collections import Counter

import cmarkgfm
import pyromark
from cmarkgfm.cmark import Options

from artlint import Config
from artlint.api import make_plan
from artlint.document import Document
from artlint.errors import ArtlintError
from artlint.fixer import FixResult, fix_source
from artlint.source import Source
from artlint.view import view
from tests.judges import body_of, danger

SLOW = 1.0  # seconds of CPU for a text of some hundred characters

# All rules, and those of safety alone, which are far faster: most articles go through these.
PLANS = {"all": make_plan(Config()), "safety": make_plan(Config(select=("SEC",)))}


class Broken(Exception):
    """A promise that does not hold; the article is in the message."""


def ask(article: str, path: str, plan: str = "all") -> bool:
    """Whether the article was fixed or left alone (False: refused). Raises Broken."""
    started = time.perf_counter()
    try:
        result = _fix(article, path, plan)
    except ArtlintError:
        return False
    if time.perf_counter() - started > SLOW:  # perhaps the machine was busy: ask again by the CPU's clock
        started = time.process_time()
        _fix(article, path, plan)
        if time.process_time() - started > SLOW:
            raise Broken(f"slow: {article!r}")
    if result.refused:
        if "come to an end" in result.refused:
            raise Broken(f"{result.refused}: {article!r}")
        if result.text != article or result.changed:
            raise Broken(f"refused, but changed: {article!r}")
        return False
    after = Document(Source.from_text(result.text, path))
    found = set() if after.is_site_page else _danger(result.text, path)
    is_reported = not result.changed and any(left.code.startswith("SEC") for left in result.remaining)
    if found and not is_reported:
        raise Broken(f"{sorted(found)} left: {article!r} -> {result.text!r}")
    if not _is_accounted_for(article, path, result):
        raise Broken(f"text lost: {article!r} -> {result.text!r}, {result.ledger}")
    again = _fix(result.text, path, plan)
    if again.refused or again.text != result.text:
        raise Broken(f"not stable: {article!r} -> {result.text!r} -> {again.text!r}")
    return True


def _fix(article: str, path: str, plan: str) -> FixResult:
    chosen = PLANS[plan]
    return fix_source(Source.from_text(article, path), chosen.rules, settings=chosen.settings)


def _danger(article: str, path: str) -> set[str]:
    """What is dangerous in a body as HTML, and in what CommonMark makes of a Markdown body."""
    body = body_of(article)
    has_code = "`" in body or "    " in body or "\t" in body or "~~~" in body  # code shows what it holds
    found: set[str] = set()
    if not path.endswith(".md") or not has_code:
        found |= danger(body)
    if path.endswith(".md"):
        # CommonMark as it was before version 0.31, and as it is since.
        found |= danger(cmarkgfm.markdown_to_html(body, Options.CMARK_OPT_UNSAFE))
        found |= danger(pyromark.html(body))
    return found


def _is_accounted_for(article: str, path: str, result: FixResult) -> bool:
    """Whether the ledger holds the letters that went and those that came.

    As many of each; in which order, the property tests ask. The URL of a Markdown link is text too.
    """
    before, after = Counter(_letters(article, path)), Counter(_letters(result.text, path))
    removed = Counter("".join(entry.removed for entry in result.ledger))
    inserted = Counter("".join(entry.inserted for entry in result.ledger))
    return before - after <= removed and after - before <= inserted


def _letters(article: str, path: str) -> str:
    return "".join(view(Document(Source.from_text(article, path))).words)
