"""Fuzz with bytes, led by coverage: ``python -m tests.fuzz.bytes corpus/ -max_total_time=60``.

Needs atheris (`pip install atheris`), which is no dependency of the project.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run until the limits given in libFuzzer's arguments."""
    import atheris

    with atheris.instrument_imports(include=["artlint"]):
        from tests.fuzz.promises import ask

    def one(data: bytes) -> None:
        """One input: the first byte chooses the kind of file and the rules."""
        first = data[0] if data else 0
        plan = "all" if first & 15 == 0 else "safety"
        ask(data[1:].decode("utf-8", "replace"), "article.html" if first & 16 else "article.md", plan)

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
