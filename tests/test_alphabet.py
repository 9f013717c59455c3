"""What rules about characters look for first stands in the alphabet of a body whenever it is in the text."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import artlint.checks
from artlint.document.prose import uncommon

EVERY_CHARACTER = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]


def _needed() -> Iterator[tuple[str, str]]:
    """Module and name of each function given to ``cjk_text.found`` as what a text needs."""
    for module in pkgutil.iter_modules(artlint.checks.__path__, "artlint.checks."):
        path = Path(str(importlib.import_module(module.name).__file__))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "found":
                for argument in [*node.args[2:], *(keyword.value for keyword in node.keywords)]:
                    assert isinstance(argument, ast.Name), f"{path.name}:{node.lineno}: give it a name"
                    yield module.name, argument.id


@pytest.fixture(scope="module")
def left_out() -> str:
    """The characters that an alphabet does not mention."""
    kept = set(uncommon("".join(EVERY_CHARACTER)))
    return "".join(character for character in EVERY_CHARACTER if character not in kept)


@pytest.mark.parametrize(("module", "name"), sorted(set(_needed())))
def test_no_rule_needs_what_an_alphabet_leaves_out(module: str, name: str, left_out: str) -> None:
    needs: Callable[[str], bool] = getattr(importlib.import_module(module), name)
    assert not needs(left_out)


def test_an_alphabet_leaves_out_what_most_texts_hold(left_out: str) -> None:
    assert set("的一是ABCxyz019，。\n") <= set(left_out)
    assert not set("锛銆“”？！\u3000 \ufffd\x00") & set(left_out)
