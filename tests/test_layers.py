"""A module imports only from the layers below it (ARCHITECTURE.md)."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

# From the bottom up. A module may import from layers below its own, and from its own layer.
LAYERS = (
    {
        "errors",
        "source",
        "formats",
        "dates",
        "known",
        "schema",
        "settings",
        "compiled",
        "pattern",
        "urls",
        "data",
        "encodings",
        "limits",
        "policy",
        "remembered",
        "terminal",
        "user_folder",
    },
    {"diagnostic", "document", "suppressions"},
    {
        "rule",
        "signs",
        "words",
        "fingerprint",
        "view",
        "ledger",
        "moves",
        "references",
        "overlaps",
        "rebuilt",
        "structure",
        "separators",
        "verdict",
        "canonical",
        "safety",
        "value_edits",
        "suppression_edits",
        "repairs",
    },
    {"pack"},
    {"checks"},
    {"registry", "triggers", "engine"},
    {"fixer", "config"},
    {"add_ignore"},
    {
        "api",
        "writing",
        "cache",
        "memo",
        "parallel",
        "profile",
        "runner",
        "told",
        "reporters",
        "explain",
        "rule_table",
        "testing",
        "discover",
        "trial",
        "survey",
        "baseline",
        "changed",
        "interactive",
    },
    {
        "cli",
        "command_line",
        "plain_words",
        "choices",
        "inputs",
        "check_command",
        "fix_command",
        "completion_command",
        "help_pages",
        "init_command",
        "output",
        "running",
        "cache_command",
        "rule_command",
        "schema_command",
        "baseline_command",
        "judging",
        "__init__",
        "__main__",
    },
)
ONLY_IN = {
    "turbohtml": {
        "document/parser.py",
        "encodings.py",
    },
    "nh3": {"safety.py"},
    "pyromark": {
        "document/markdown.py",
        "document/markdown_events.py",
        "document/markdown_gfm.py",
        "document/markdown_notes.py",
        "document/html_export.py",
    },
}


def _modules() -> list[Path]:
    return sorted((ROOT / "artlint").rglob("*.py"))


def _layer(module: str) -> int:
    """The layer of a name such as `pack_reader`: that of the longest name it starts with."""
    found = [
        (len(name), index)
        for index, layer in enumerate(LAYERS)
        for name in layer
        if module == name or module.startswith(f"{name}_")
    ]
    assert found, f"{module} has no place in LAYERS"
    return max(found)[1]


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module == "artlint":
                yield from (f"artlint.{alias.name}" for alias in node.names if alias.name != "__version__")


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    own = path.relative_to(ROOT / "artlint").parts[0].removesuffix(".py")
    for name in _imports(path):
        top, _, rest = name.partition(".")
        if top == "artlint" and rest and (ROOT / "artlint" / rest.split(".")[0]).with_suffix("").name:
            module = rest.split(".")[0]
            known = (ROOT / "artlint" / f"{module}.py").exists() or (ROOT / "artlint" / module).is_dir()
            if known:
                assert _layer(module) <= _layer(own), f"{own} imports {module} from above"
        if top in ONLY_IN:
            assert str(path.relative_to(ROOT / "artlint")) in ONLY_IN[top], f"{name} is imported in {path}"


def test_start_up_imports_little() -> None:
    code = "import sys, artlint.command_line; artlint.command_line.make_parser(); print(*sorted(sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=ROOT, check=True
    )
    loaded = set(ran.stdout.split())
    assert not loaded & {
        "turbohtml",
        "nh3",
        "yaml",
        "rich",
        "pydantic",
        "frontmatter",
        "pathspec",
        "pyromark",
    }


def test_a_check_does_without_the_heavy_libraries(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n<p>One.</p>\n")
    code = (
        "import sys, artlint.cli; artlint.cli.main(['check', sys.argv[1]]);"
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "a.md")]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(2):  # the first run may have to read the packs and keep them
        ran = subprocess.run(
            command, capture_output=True, encoding="utf-8", cwd=ROOT, check=True, env=environment
        )
    assert ran.stdout.startswith("No findings")
    heavy = {"turbohtml", "nh3", "rich", "pydantic", "frontmatter", "pyromark", "bs4"}
    assert not set(ran.stderr.split()) & {*heavy, "argparse", "dataclasses", "inspect", "ast"}
