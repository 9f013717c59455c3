"""What `--help` says beside the options: what each command does, with examples. Text only."""

from __future__ import annotations

import argparse
import sys
from functools import cache
from typing import NamedTuple

from artlint.terminal import columns, columns_asked_for


def formatter(prog: str) -> argparse.HelpFormatter:
    """What lays out the help: paragraphs stay as they are.

    argparse asks for one with each argument; left to find the width itself it imports `shutil` and with
    that every codec of archives, which takes longer than to read an article.
    """
    return argparse.RawDescriptionHelpFormatter(prog, width=_width())


@cache
def _width() -> int:
    """The columns of the terminal, but for two, as argparse has it."""
    return (columns_asked_for() or columns(sys.__stdout__) or 80) - 2


class Page(NamedTuple):
    """The help of a command: one line, then paragraphs about it, then examples (command, comment)."""

    summary: str
    about: str
    examples: tuple[tuple[str, str], ...]
    has_codes: bool = False

    @property
    def epilog(self) -> str:
        """The examples, and what the exit codes mean."""
        width = max((len(command) for command, comment in self.examples if comment), default=0)
        lines = [
            f"  {command:{width}}  {comment}" if comment else f"  {command}"
            for command, comment in self.examples
        ]
        text = "\n".join(["examples:", *lines]) + "\n"
        return f"{text}\n{EXIT_CODES}" if self.has_codes else text


EXIT_CODES = """\
exit codes:
  0  nothing to report (or everything was fixed)
  1  findings remain, or --diff would change something
  2  wrong usage or settings, a file that cannot be read, a fix that was refused
"""

MAIN = Page(
    "Lint and sanitize articles: front matter plus an HTML or Markdown body.",
    """\
artlint finds what scrapers, exports and pasting leave in articles and fixes it into clean canonical
HTML. Every word, link and picture that a fix takes out stands in the ledger it prints; a fix that
cannot show this is refused, and so is one whose result would not be safe to publish.""",
    (
        ("artlint check posts/", "what is wrong"),
        ("artlint fix --diff posts/", "what fixing would change; writes nothing"),
        ("artlint fix posts/", "fix in place"),
        ("artlint rule BP101", "explain a rule"),
        ("artlint check --help", "all about a command"),
    ),
    True,
)

PAGES = {
    "check": Page(
        "report what is wrong",
        """\
Each finding has a place, the code of its rule, a message and often a fix. A folder stands for the
articles below it that git does not ignore; a file that is named is read whatever it is called. The
configuration closest to each file counts (docs/configuration.md). To silence a finding, name its
code in the article (docs/suppressions.md, `--add-ignore`) or keep it in a baseline.""",
        (
            ("artlint check posts/", "every article below a folder"),
            ("artlint check --select BP,FM posts/a.md", "only boilerplate and front matter"),
            ("artlint check --changed --since origin/main .", "what a branch changed"),
            ("artlint check --output-format sarif=out.sarif .", "a report for programs"),
            ("artlint check --config 'ignore=[\"CJK\"]' posts/", "one setting for one run"),
            ("artlint check --show-settings posts/a.md", "what holds for a file, and why"),
            ("artlint check --add-ignore='a poem' a.md", "silence what is found, with a reason"),
            ("git show HEAD:a.md | artlint check - --stdin-filename a.md", ""),
        ),
        True,
    ),
    "fix": Page(
        "fix what can be fixed, and account for it",
        """\
Applies the safe fixes until nothing is left to apply, gives HTML its canonical form, proves that
every word, link and picture is still there or stands in the ledger, lets another sanitizer read the
result, and replaces the file at one stroke. Fixing twice changes nothing. Files that were refused
stay byte for byte as they were.""",
        (
            ("artlint fix --diff posts/", "show what would change, write nothing"),
            ("artlint fix posts/", "fix in place"),
            ("artlint fix --diff --output-format html=report.html .", "a report to look at"),
            ("artlint fix --unsafe-fixes --diff posts/a.md", "with fixes that a person should look at"),
            ("artlint fix --interactive posts/", "decide about each fix"),
            ("artlint fix --no-format posts/", "the rules' fixes, every other byte as it is"),
            ("artlint fix --to markdown --rename posts/", "HTML bodies become GFM, with proof"),
            ("artlint fix - < a.md > b.md", "standard input"),
        ),
        True,
    ),
    "baseline": Page(
        "keep known findings out of the report",
        """\
A baseline is a list of the findings of today, one a line, so that an old archive reports only what is
new. It recognises a finding by its rule and what stands around it, not by its line.""",
        (
            ("artlint baseline create posts/", "write down the findings of today"),
            ("artlint baseline show", "what the baseline holds"),
            ("artlint baseline prune", "drop the entries of what was mended"),
            ('artlint baseline update --reason "old import" posts/2019/', ""),
        ),
    ),
    "cache": Page(
        "delete what earlier runs have kept",
        """\
artlint keeps the findings of files that have not changed, so that the next run need not look again.
What is kept depends on all that the findings do; nobody has to delete it for a right result.""",
        (("artlint cache clean", "delete what earlier runs have kept"),),
    ),
    "rule": Page(
        "list, explain, test or try rules",
        """\
Each rule carries its own good and bad examples: they are its page and its tests. A pack is a file of
declarative rules, for one site or topic (docs/packs.md).""",
        (
            ("artlint rule", "list all rules"),
            ("artlint rule BP101", "explain one"),
            ("artlint rule --all --output-format json", "everything about all of them"),
            ("artlint rule test", "run the examples of all rules"),
            ("artlint rule test my-site.yaml", "run those of a pack"),
            ("artlint rule try my-site.yaml posts/", "what a pack would do to articles; writes nothing"),
        ),
    ),
    "schema": Page(
        "show the schema of a file's front matter",
        """\
A schema says which keys front matter must and may hold. The configuration chooses one for each file:
a preset, a table, a JSON Schema file or a pydantic model (docs/front-matter.md).""",
        (
            ("artlint schema show", "the schema of files in this folder"),
            ("artlint schema show content/posts/a.md", "the schema of one file"),
            ("artlint schema show --schema hugo", "a preset"),
            ("artlint schema show --output-format json", "as JSON Schema"),
        ),
    ),
    "init": Page(
        "write a configuration after a look at the repository",
        """\
Looks for a site generator, the time zone and title of the site, the schema that its articles pass and
the packs that know something of them, and writes `artlint.toml` with every other key as a comment.
Overwrites nothing.""",
        (
            ("artlint init", "look at this folder and write artlint.toml"),
            ("artlint init blog/", "the same for another one"),
        ),
    ),
    "completion": Page(
        "print a completion script for a shell",
        """\
The script knows all commands, options, rules and files. Make it anew after an update of artlint.""",
        (
            ("artlint completion bash > ~/.local/share/bash-completion/completions/artlint", ""),
            ("artlint completion zsh > ~/.zfunc/_artlint", "with `fpath+=~/.zfunc` in ~/.zshrc"),
            ("artlint completion fish > ~/.config/fish/completions/artlint.fish", ""),
        ),
    ),
}
