"""What front matter may hold: a schema in JSON Schema's words.

Every kind of schema (preset, table of the configuration, JSON Schema file, pydantic model) is a JSON
Schema (draft 2020-12) here, so one checker serves all and ``artlint schema show`` prints what counts.
Dates that YAML or TOML reads count as strings with the format `date` or `date-time`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from artlint.schema_check import violations_of
from artlint.schema_violation import Kind, Violation

KEY_ORDER = "x-key-order"  # the one keyword of ours: a list of keys


class Schema(NamedTuple):
    """A schema by name. ``document`` is its JSON Schema.

    ``is_preset``: it describes articles in general, so pages beside them need not have its required
    keys. ``validate`` (of a pydantic model) takes the place of the checker.
    """

    name: str
    document: Mapping[str, Any]
    is_preset: bool = False
    validate: Callable[[Mapping[str, Any]], Sequence[Violation]] | None = None

    @property
    def key_order(self) -> tuple[str, ...]:
        return tuple(self.document.get(KEY_ORDER, ()))

    @property
    def keys(self) -> frozenset[str]:
        """The keys that the schema knows by name."""
        return frozenset(self.document.get("properties", ()))

    def violations(self, values: Mapping[str, Any]) -> list[Violation]:
        """Where the values of a front matter break the schema."""
        if self.validate is not None:
            found = list(self.validate(values))
        else:
            found = list(violations_of(self.document, values))
        order = [key for key in values if key in self.key_order]
        for key, wanted in zip(order, sorted(order, key=self.key_order.index), strict=True):
            if key != wanted:
                found.append(Violation(Kind.ORDER, (key,), f"`{wanted}` belongs before `{key}`"))
                break
        return found
