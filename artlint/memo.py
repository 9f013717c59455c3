"""What a run knows from earlier ones: the findings of files that have not changed since."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from artlint.diagnostic import Diagnostic, from_row, to_row

if TYPE_CHECKING:
    from artlint.api import Plan
    from artlint.cache import Cache


class Memo:
    """The cache as one run sees it; ``how`` says what the run does to the files."""

    def __init__(self, cache: Cache, *how: object) -> None:
        self._cache = cache
        self._how = how
        self._runs: dict[int, tuple[Plan, bytes | None, frozenset[str]]] = {}

    def recall(self, plan: Plan, path: str, data: bytes) -> tuple[Diagnostic, ...] | None:
        """The findings of a file with these bytes, or None."""
        from artlint.cache_key import key_of

        run, dated = self._run_of(plan)
        kept = self._cache.get(key_of(run, path, data)) if run else None
        if kept is None:
            return None
        try:
            day, rows = kept
            found = tuple(map(from_row, rows))
        except (TypeError, ValueError, LookupError):
            return None
        # What lies in the future is past one day; nothing else changes with the calendar.
        today = _today()
        is_fresh = day == today or (day < today and dated.isdisjoint(d.code for d in found))
        return found if is_fresh else None

    def keep(self, plan: Plan, path: str, data: bytes, found: tuple[Diagnostic, ...]) -> None:
        """Keep the findings of a file."""
        from artlint.cache_key import key_of

        run, _ = self._run_of(plan)
        if run:
            self._cache.put(key_of(run, path, data), [_today(), [to_row(d) for d in found]])

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


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()
