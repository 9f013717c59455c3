"""How fast artlint is, as ratios in one run: ``python benchmarks/run.py [--count N] [--full]``.

Times are CPU times on the same files in one run, so the table says how artlint compares, not how
fast the machine is. The floor is what reading and parsing alone cost with the same libraries; the
naive script is what a user would write today.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

import floor
import peers
from articles import generated, write_corpus
from measure import ROOT, artlint, best, cpu, run
from naive import clean

from artlint.api import Plan, make_plan
from artlint.config import Config
from artlint.diagnostic import from_row, to_row
from artlint.fixer import fix_source
from artlint.reporters import tell
from artlint.runner import FileResult, check_files, check_source, fix_files, read_source
from artlint.told import Told

SEED = ROOT / "tests" / "articles" / "seed.txt"


def main() -> None:
    """Make the articles, run everything, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=400, help="articles (default: 400)")
    parser.add_argument("--full", action="store_true", help="also grow to 100,000 files and 10 MB (minutes)")
    arguments = parser.parse_args()
    print("| what | cost | ratio |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        paths = write_corpus(folder / "articles", arguments.count, SEED)
        # The memory of processes first: to Linux a process was once as large as the one that started it.
        for rows in (
            _numbers(folder, arguments.full),
            _processes(folder),
            _start_up(folder, paths[1]),
            _throughput(paths),
            _sizes(folder, arguments.full),
            _others(folder / "articles", len(paths)),
        ):
            for what, cost, ratio in rows:
                print(f"| {what} | {cost} | {ratio} |", flush=True)


Rows = Iterator[tuple[str, str, str]]


def _throughput(paths: list[Path]) -> Rows:
    plan = make_plan(Config())
    few = paths[: max(20, len(paths) // 5)]
    naive = cpu(lambda: [clean(path) for path in few], 1) / len(few)
    least = cpu(lambda: [floor.read(path) for path in paths]) / len(paths)
    least_fix = cpu(lambda: [floor.fix(path) for path in paths]) / len(paths)
    check = cpu(lambda: list(check_files(paths, lambda _: plan, _tell))) / len(paths)
    fix = cpu(lambda: list(fix_files(paths, lambda _: plan, _tell, unsafe=False, write=False))) / len(paths)
    yield "naive script", f"{naive * 1e6:.0f} µs an article", "1"
    yield "floor of check", f"{least * 1e6:.0f} µs", f"{naive / least:.1f} × the naive script's speed"
    for name, cost, base in (("check", check, least), ("fix --diff", fix, least_fix)):
        ratio = f"{naive / cost:.1f} × the naive script's speed, {cost / base:.1f} × the cost of its floor"
        yield name, f"{cost * 1e6:.0f} µs", ratio
    yield from _beside(paths, plan, least)


def _beside(paths: list[Path], plan: Plan, least: float) -> Rows:
    """What a check costs at least for what it finds, and for articles in which there is nothing to find."""
    sources = [read_source(path) for path in paths]
    rows = [to_row(found) for source in sources for found in check_source(source, plan).diagnostics]
    made = cpu(lambda: list(map(from_row, rows)), 9) / len(paths)
    yield "only to make these findings, as objects", f"{made * 1e6:.0f} µs", f"{made / least:.1f} × the floor"
    folder = paths[0].parent.with_name("fixed")
    folder.mkdir()
    fixed = [folder / path.name for path in paths]
    for path, source in zip(fixed, sources, strict=True):
        path.write_text(fix_source(source, plan.rules, settings=plan.settings).text, encoding="utf-8")
    left = cpu(lambda: list(check_files(fixed, lambda _: plan, _tell))) / len(paths)
    least = cpu(lambda: [floor.read(path) for path in fixed]) / len(paths)
    yield (
        "check of the same articles, fixed",
        f"{left * 1e6:.0f} µs",
        f"{left / least:.1f} × the cost of its floor",
    )


def _tell(result: FileResult) -> Told:
    return tell(result, ())


def _processes(folder: Path) -> Rows:
    for count in (1_000, 4_000):  # the first tenth of a second is that of one process alone
        articles = folder / f"many{count}"
        write_corpus(articles, count, SEED)
        common = ("check", "--isolated", "--output-format", "concise", str(articles))
        # In turn, so that what else the machine does meets both.
        walls = [[artlint(*common, "--no-cache", "--jobs", jobs).wall for jobs in "12"] for _ in range(3)]
        one, two = map(min, zip(*walls, strict=True))
        yield (
            f"two processes, {count:,} articles",
            f"{two:.2f} s on the clock",
            f"{one / two:.2f} × one process",
        )
    cache = str(folder / "cache")
    first = artlint(*common, "--jobs", "1", ARTLINT_CACHE_DIR=cache)
    again = min(artlint(*common, "--jobs", "1", ARTLINT_CACHE_DIR=cache).cpu for _ in range(2))
    yield "a second run, nothing changed", f"{again:.2f} s", f"{first.cpu / again:.1f} × the first run"


def _start_up(folder: Path, path: Path) -> Rows:
    bare = best(lambda: run([sys.executable, "-c", "pass"]))
    yield "python -c pass", f"{bare * 1e3:.0f} ms", "1"
    clean_file = folder / "clean.md"
    clean_file.write_text("---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n<p>One.</p>\n", encoding="utf-8")
    for name, arguments in (
        ("artlint --version", ("--version",)),
        ("check of one article", ("check", "--isolated", str(path))),
        ("fix of one clean article (hook)", ("fix", "--isolated", str(clean_file))),
    ):
        took = best(lambda arguments=arguments: artlint(*arguments))  # type: ignore[misc]
        yield name, f"{took * 1e3:.0f} ms", f"{took / bare:.1f} × `python -c pass`"


def _sizes(folder: Path, full: bool) -> Rows:
    plan = make_plan(Config())
    first = 0.0
    for paragraphs in (4, 40, 400, 4_000, 30_000)[: None if full else 4]:
        path = folder / "grown.md"
        path.write_text(generated(1, paragraphs), encoding="utf-8")
        size = path.stat().st_size / 1e3
        took = cpu(lambda path=path: list(check_files([path], lambda _: plan, _tell)), 2) / size  # type: ignore[misc]
        first = first or took
        yield f"check of {size:,.0f} kB", f"{took * 1e6:.0f} µs a kB", f"{took / first:.2f} × the smallest"


def _numbers(folder: Path, full: bool) -> Rows:
    first = None
    for count in (1_000, 10_000, 100_000)[: None if full else 2]:
        articles = folder / f"files{count}"
        articles.mkdir()
        for index in range(count):
            part = articles / str(index // 1_000)
            part.mkdir(exist_ok=True)
            (part / f"{index}.md").write_text(generated(index, 2), encoding="utf-8")
        cost = artlint(
            "check", "--isolated", "--no-cache", "--jobs", "1", "--output-format", "concise", str(articles)
        )
        each = cost.cpu / count
        first = first or (each, cost.megabytes)
        memory = f"{cost.megabytes:.0f} MB, {cost.megabytes / first[1]:.2f} ×"
        yield f"check of {count:,} files", f"{each * 1e6:.0f} µs a file, {memory}", f"{each / first[0]:.2f} ×"


def _others(folder: Path, count: int) -> Rows:
    base = artlint("check", "--isolated", "--no-cache", "--jobs", "1", str(folder)).cpu
    for name, command in peers.commands(folder).items():
        took = run(command).cpu
        yield f"{name} over {count} articles", f"{took:.2f} s", f"{took / base:.1f} × `artlint check`"


if __name__ == "__main__":
    main()
