"""A short run of the fuzzer; ``python -m tests.fuzz.grammar 3600`` is the long one."""

from __future__ import annotations

import os

import pytest

from tests.fuzz import grammar


def test_random_articles_keep_the_promises(capsys: pytest.CaptureFixture[str]) -> None:
    broken = grammar.main(float(os.environ.get("ARTLINT_FUZZ_SECONDS", "4")), seed=7)
    assert not broken, capsys.readouterr().out
