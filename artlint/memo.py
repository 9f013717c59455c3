"""What a run knows from earlier ones: the findings of files that have not changed since.

An entry of the cache is two lines of JSON: what reports said of a file, and its findings, which are
read only for other reports.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from artlint import diagnostic, told
from artlint.diagnostic import Diagnostic
from artlint.told import Told

if TYPE_CHECKING:
    from artlint.api import Plan
    from artlint.cache import Cache


class Known(NamedTuple):
    """What is known of a file: what was told of it, where that holds for this run; else the findings."""

    told: Told | None
    findings: tuple[Diagnostic, ...]


class Memo:
    """The cache as one run sees it.

    ``how`` says what the run does to the files, ``telling`` what its reports depend on beside them.
    """

    def __init__(self, cache: Cache, *how: object, telling: str) -> None:
        self._cache = cache
        self._how = how
        self._telling = telling
        self._runs: dict[int, tuple[Plan, bytes | None, frozenset[str]]] = {}

    def recall(self, plan: Plan, path: str, data: bytes) -> Known | None:
        """What is known of a file with these bytes."""
        from artlint.cache_key import key_of

        run, _ = self._run_of(plan)
        kept = self._cache.get(key_of(run, path, data)) if run else None
        if kept is None:
            return None
        first, _, second = kept.partition(b"\n")
        try:
            day, is_dated, telling, row = _loaded(first)
            # What lies in the future is past one day; nothing else changes with the calendar.
            today = _today()
            if day > today or (day < today and is_dated):
                return None
            if row is not None and telling == self._telling:
                return Known(told.from_row(path, row), ())
            return Known(None, tuple(map(diagnostic.from_row, _loaded(second))))
        except (TypeError, ValueError, LookupError):
            return None

    def keep(self, plan: Plan, data: bytes, found: tuple[Diagnostic, ...], said: Told) -> None:
        """Keep the findings of a file, and what was said of it."""
        from artlint.cache_key import key_of

        run, dated = self._run_of(plan)
        if run:
            is_dated = not dated.isdisjoint(finding.code for finding in found)
            head = (_today(), is_dated, self._telling, told.to_row(said))
            rows = [diagnostic.to_row(finding) for finding in found]
            self._cache.put(key_of(run, said.path, data), _dumped(head) + b"\n" + _dumped(rows))

    def _run_of(self, plan: Plan) -> tuple[bytes | None, frozenset[str]]:
        known = self._runs.get(id(plan))
        if known is None:
            from artlint.cache_key import Unknown, run_of

            dated = frozenset(rule.code for rule in plan.rules if getattr(rule, "depends_on_date", False))
            try:
                # A judge may know more than the plan says.
                run = None if plan.judge_for else run_of(plan, *self._how)
            except Unknown:
                run = None
            known = self._runs[id(plan)] = (plan, run, dated)
        return known[1], known[2]

    def flush(self) -> None:
        self._cache.flush()

    def close(self) -> None:
        self._cache.close()


def _dumped(value: object) -> bytes:
    import json  # a run over few files has no cache

    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _loaded(data: bytes) -> Any:
    import json

    return json.loads(data.decode("utf-8", "surrogatepass"))


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()
