"""Speed as ratios in one run: ``python benchmarks/run.py [--count N]``.

Every figure is CPU time of this process on the same files, so the table says how artlint compares,
not how fast the machine is. The floor is what reading and parsing alone cost with the same libraries.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nh3
import turbohtml
import yaml

sys.path.insert(0, str(Path(__file__).parent))

from articles import generated, write_corpus
from naive import clean

from artlint.api import chosen_rules
from artlint.config import Config
from artlint.runner import check_files, fix_files

ROOT = Path(__file__).parent.parent
SEED = ROOT / "tests" / "articles" / "seed.txt"


def main() -> None:
    """Make the corpus, run everything, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=400, help="articles (default: 400)")
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as folder:
        paths = write_corpus(Path(folder) / "articles", count, SEED)
        _throughput(paths)
        _growth(Path(folder))
        _start_up(paths[1])


def _throughput(paths: list[Path]) -> None:
    rules = chosen_rules(Config())
    naive = _cpu(lambda: [clean(path) for path in paths[: max(20, len(paths) // 5)]]) / max(
        20, len(paths) // 5
    )
    floor = _cpu(lambda: [_floor(path) for path in paths]) / len(paths)
    fix_floor = _cpu(lambda: [_fix_floor(path) for path in paths]) / len(paths)
    check = _cpu(lambda: list(check_files(paths, rules))) / len(paths)
    fix = _cpu(lambda: list(fix_files(paths, rules, unsafe=False, write=False))) / len(paths)
    print(
        f"{len(paths)} articles, one process: µs of CPU an article,"
        " × the naive script's speed, × the floor's cost"
    )
    for name, cost, base in (
        ("naive script", naive, floor),
        ("floor: read, YAML, HTML", floor, floor),
        ("artlint check", check, floor),
        ("floor of fix: + HTML, nh3", fix_floor, fix_floor),
        ("artlint fix --diff", fix, fix_floor),
    ):
        print(f"  {name:28} {cost * 1e6:9.0f} µs {naive / cost:8.1f} × {cost / base:8.1f} ×")


def _growth(folder: Path) -> None:
    rules = chosen_rules(Config())
    print("time of check for each kB, by size of the article")
    for paragraphs in (10, 100, 1_000, 10_000):
        path = folder / "grown.md"
        path.write_text(generated(1, paragraphs), encoding="utf-8")
        cost = _cpu(lambda path=path: list(check_files([path], rules)))  # type: ignore[misc]
        print(f"  {path.stat().st_size / 1000:9.0f} kB {cost / path.stat().st_size * 1e9:9.0f} µs")


def _start_up(path: Path) -> None:
    bare = _wall(["-c", "pass"])
    print("start-up, × `python -c pass`")
    for name, arguments in (("--version", ["--version"]), ("check of one file", ["check", str(path)])):
        print(f"  {name:28} {_wall(['-m', 'artlint', *arguments]) / bare:8.1f} ×")


def _floor(path: Path) -> str:
    body = path.read_text(encoding="utf-8").lstrip()
    _, block, rest = body.split("---\n", 2)
    yaml.compose(block, Loader=yaml.CSafeLoader)
    turbohtml.parse_fragment(rest, source_locations=True)
    return rest


def _fix_floor(path: Path) -> None:
    rest = _floor(path)
    turbohtml.parse_fragment(rest, source_locations=True)
    nh3.clean(rest)


def _cpu(work: Callable[[], object]) -> float:
    work()
    start = time.process_time()
    work()
    return time.process_time() - start


def _wall(arguments: list[str]) -> float:
    times = []
    for _ in range(7):
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], capture_output=True, check=False, cwd=ROOT)
        times.append(time.perf_counter() - start)
    return sorted(times)[3]


if __name__ == "__main__":
    main()
