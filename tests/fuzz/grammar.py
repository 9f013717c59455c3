"""Fuzz with articles made by grammar: ``python -m tests.fuzz.grammar [seconds] [seed]``.

Pieces of articles and of attacks are put together at random; each article must keep the promises.
"""

from __future__ import annotations

import random
import sys
import time

from tests.fuzz.promises import ask
from tests.vectors import PLACES, RUNS, SCHEMES, URLS

HEAD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
PATHS = ("article.md", "article.html", "_posts/article.html")
ALL_RULES = 0.1  # so many of the articles go through all rules, the rest through those of safety
TAGS = "p div a b i svg math style script title textarea table tr td select option form li ul pre".split()
PIECES = (
    *(
        "One ",
        "会议",
        "。",
        "\n",
        "\n\n",
        "　　",
        "&nbsp;",
        "&lt;",
        "&#60",
        "<",
        ">",
        '"',
        "'",
        "=",
        "/",
        "-->",
        "<!--",
    ),
    *(
        "]]>",
        "<![CDATA[",
        "<?",
        "</",
        "{{",
        "}}",
        "{%",
        "%}",
        "{",
        "\\",
        "[",
        "](",
        ")",
        "#",
        "* ",
        "> ",
        "\x00",
        "\u202e",
    ),
    *("\u200b\u200b\u200b", " onclick=x", " href=", " style=x", " class=a", "<b", "</p", "--!>", "&", ";"),
)


def article(dice: random.Random) -> str:
    """A random article."""
    parts = []
    for _ in range(dice.randint(1, 9)):
        kind = dice.random()
        if kind < 0.45:
            parts.append(dice.choice(PIECES))
        elif kind < 0.75:
            slash = "/" if dice.random() < 0.4 else ""
            parts.append(f"<{slash}{dice.choice(TAGS)}>")
        elif kind < 0.85:
            place = dice.choice(PLACES)
            parts.append(place.replace("{{", "").replace("}}", "").replace("{}", dice.choice(RUNS)))
        elif kind < 0.95:
            parts.append(dice.choice(RUNS))
        else:
            parts.append(dice.choice(URLS).replace("{}", dice.choice(SCHEMES)))
    return (HEAD if dice.random() < 0.7 else "") + "".join(parts)


def main(seconds: float, seed: int) -> None:
    """Ask for the promises until the time is over; the first broken one ends the run."""
    dice = random.Random(seed)
    end = time.monotonic() + seconds
    asked = refused = 0
    while time.monotonic() < end:
        plan = "all" if dice.random() < ALL_RULES else "safety"
        refused += not ask(article(dice), dice.choice(PATHS), plan)
        asked += 1
    print(f"{asked:,} articles, {refused:,} refused, no promise broken (seed {seed})")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
