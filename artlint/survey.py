"""A look at a repository: its site generator, where its articles come from, which schema they pass."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from artlint.api import make_plan
from artlint.config import Config
from artlint.discover import SKIPPED, Choice, discover
from artlint.document import Document
from artlint.engine import check
from artlint.errors import ArtlintError
from artlint.pack import PackRule
from artlint.reporters.shared.style import count
from artlint.schema_presets import PRESETS, preset
from artlint.settings import SchemaChoice, Settings, read_zone
from artlint.source import Source
from artlint.writing import read_bytes

_SAMPLE = 300  # articles that are looked into
_CONFIG_SIZE = 100_000

# The files that tell a generator (any one, with wildcards), its schema preset, and what is no article in
# a repository of it: what it writes, takes from others, copies as it is or makes pages with.
_GENERATORS: tuple[tuple[str, str, str, str], ...] = (
    (
        "Hugo",
        "hugo.toml hugo.yaml hugo.json config/_default archetypes",
        "hugo",
        "archetypes/ assets/ layouts/ public/ resources/ static/ themes/",
    ),
    ("Hexo", "scaffolds source/_posts _config.*.yml", "hexo", "public/ scaffolds/ source/_data/ themes/"),
    ("Jekyll", "_posts _layouts _includes", "jekyll", "_data/ _includes/ _layouts/ _site/ assets/ vendor/"),
)
# What tells of the repository itself, at its top.
_ABOUT = ".github/ CHANGELOG.md CODE_OF_CONDUCT.md CONTRIBUTING.md LICENSE.md README.md"
_SITE_FILES = ("_config.yml", "_config.yaml", "hugo.toml", "hugo.yaml", "config.toml", "config.yaml")
_ZONE = re.compile(r"^\s*time_?zone\s*[:=]\s*['\"]?([\w/+:-]+)", re.IGNORECASE | re.MULTILINE)
_TITLE = re.compile(r"^title\s*[:=][ \t]*(['\"]?)([^'\"\n#]{1,60}?)\1[ \t]*(?:#.*)?$", re.MULTILINE)


@dataclass
class Survey:
    """What was found: values for keys of the configuration, why, and packs with the files they know."""

    generator: str = ""
    articles: int = 0
    settings: dict[str, Any] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    packs: list[tuple[str, int]] = field(default_factory=list)

    @property
    def description(self) -> str:
        """What the repository is, in a few words."""
        articles = count(self.articles, "article", "articles")
        return (
            f"a {self.generator} site with {articles}"
            if self.generator
            else f"{articles}, no known generator"
        )


def survey(folder: Path) -> Survey:
    """Look at a repository; reads, writes nothing."""
    found = Survey()
    preferred = "article"
    for name, signs, schema, made in _GENERATORS:
        if any(next(folder.glob(sign), None) for sign in signs.split()):
            found.generator, preferred = name, schema
            # From the top only: a folder of articles may have such a name too.
            theirs = [f"/{place}" for place in (*made.split(), *_ABOUT.split()) if (folder / place).exists()]
            if theirs:
                found.settings["extend-exclude"] = theirs
                found.reasons["extend-exclude"] = f"What is no article in a repository of {name}."
            break
    _read_site(folder, found)
    exclude = (*SKIPPED, *found.settings.get("extend-exclude", ()))
    paths = list(discover([folder], lambda _: Choice(exclude=exclude, root=folder)))
    found.articles = len(paths)
    step = max(1, len(paths) // _SAMPLE)
    documents = list(_documents(paths[::step][:_SAMPLE]))
    _choose_schema(documents, preferred, found)
    _count_packs(documents, found)
    return found


def _read_site(folder: Path, found: Survey) -> None:
    """Time zone and title of the site, as its own configuration gives them."""
    for name in _SITE_FILES:
        try:
            with (folder / name).open(encoding="utf-8", errors="replace") as file:
                text = file.read(_CONFIG_SIZE)
        except OSError:
            continue
        zone, title = _ZONE.search(text), _TITLE.search(text)
        if zone and _is_zone(zone[1]) and "timezone" not in found.settings:
            found.settings["timezone"] = zone[1]
            found.reasons["timezone"] = f"As in {name}."
        if title and title[2].strip() and "site" not in found.settings:
            found.settings["site"] = title[2].strip()
            found.reasons["site"] = f"As in {name}."


def _is_zone(name: str) -> bool:
    try:
        read_zone(name)
    except ValueError:
        return False
    return True


def _documents(paths: list[Path]) -> Iterator[Document]:
    for path in paths:
        try:
            yield Document(Source.from_bytes(read_bytes(path), str(path)))
        except ArtlintError:
            continue


def _choose_schema(documents: list[Document], preferred: str, found: Survey) -> None:
    """The preset that most articles pass; the generator's own where several do."""
    articles = [document for document in documents if document.front_matter and document.is_readable]
    passed = {name: _passing(articles, name) for name in PRESETS}
    best = max(passed, key=lambda name: (passed[name], name == preferred, name == "article"))
    if articles:
        counts = ", ".join(f"{name} {count}" for name, count in passed.items())
        found.settings["schema"] = best
        found.reasons["schema"] = (
            f"Of {count(len(articles), 'article', 'articles')} looked at, so many pass: {counts}."
        )


def _passing(articles: list[Document], name: str) -> int:
    config = Config(select=("FM101", "FM102", "FM103", "FM104"))
    plan = make_plan(config._replace(settings=Settings(schemas=(SchemaChoice(preset(name)),))))
    return sum(not check(Document(document.source, plan.settings), plan.rules) for document in articles)


def _count_packs(documents: list[Document], found: Survey) -> None:
    plan = make_plan(Config())
    packs: Mapping[str, str] = {r.code: Path(r.origin).stem for r in plan.rules if isinstance(r, PackRule)}
    files: Counter[str] = Counter()
    for document in documents:
        try:
            seen = {packs[d.code] for d in check(document, plan.rules) if d.code in packs}
        except ArtlintError:
            continue
        files.update(seen)
    found.packs = sorted(files.items(), key=lambda item: (-item[1], item[0]))
