"""Fuzz with articles made by grammar: ``python -m tests.fuzz.grammar [seconds] [seed] [rules]``.

Pieces of articles and of attacks are put together at random; each article must keep the promises.
``rules`` is ``safety``, ``all``, or ``both`` (most articles go through those of safety, which are faster).
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter

from artlint.document.elements import KNOWN
from tests.fuzz.promises import Broken, ask
from tests.vectors import PLACES, RUNS, SCHEMES, URLS

HEAD = "---\ntitle: A\ndate: 2020-01-02T03:04:05Z\n---\n\n"
PATHS = ("article.md", "article.html", "_posts/article.html")
ALL_RULES = 0.1  # of `both`, so many of the articles go through all rules
ENOUGH = 50  # broken promises, after which a run ends
COMMON = "p div a b i svg math style script title textarea table tr td select option form li ul pre".split()
RARE = sorted(KNOWN | {"x", "x-y", "image", "mtext", "mglyph", "foreignObject", "annotation-xml", "o:p"})
TEXTS = (
    "One ",
    "会议",
    "。",
    "\n",
    "\n\n",
    "　　",
    "&nbsp;",
    "&lt;",
    "&#60",
    "&",
    ";",
    "{{",
    "}}",
    "{%",
    "%}",
    "{",
)
MARKS = ("<", ">", '"', "'", "=", "/", "\\", "[", "](", ")", "#", "* ", "> ", "`", "    ", "\x00", "\u202e")
ODDITIES = ("-->", "<!--", "]]>", "<![CDATA[", "<?", "</", "<b", "</p", "--!>", "\u200b\u200b\u200b")
DECLARATIONS = (
    "<!doctype html>",
    "<!-- a -->",
    "<!-- -->",
    "<br>",
    "<hr>",
    "<p><br></p>",
    "{% raw %}",
    "{: #a}",
)
ATTRIBUTES = (
    " onclick=x",
    " href=",
    " style=x",
    " class=a",
    ' title="<b>',
    " id=a",
    " xmlns=",
    " href=javascript:x",
)
LINKS = (
    "[a <b>]",
    "[a <b>][]",
    "![x][a\u202e]",
    "\n\n[a <b>]: u\n",
    "\n\n[a\u202e]: <a b> 't'\n",
    "](<a b>)",
    "<tel:1>",
)
PIECES = (*TEXTS, *MARKS, *ODDITIES, *DECLARATIONS, *ATTRIBUTES, *LINKS)


def article(dice: random.Random) -> str:
    """A random article."""
    parts = []
    for _ in range(dice.randint(1, 9)):
        kind = dice.random()
        if kind < 0.42:
            parts.append(dice.choice(PIECES))
        elif kind < 0.75:
            slash = "/" if dice.random() < 0.4 else ""
            attribute = dice.choice(ATTRIBUTES) if dice.random() < 0.1 else ""
            parts.append(f"<{slash}{dice.choice(COMMON if dice.random() < 0.6 else RARE)}{attribute}>")
        elif kind < 0.85:
            place = dice.choice(PLACES)
            parts.append(place.replace("{{", "").replace("}}", "").replace("{}", dice.choice(RUNS)))
        elif kind < 0.95:
            parts.append(dice.choice(RUNS))
        else:
            parts.append(dice.choice(URLS).replace("{}", dice.choice(SCHEMES)))
    return (HEAD if dice.random() < 0.4 else "") + "".join(parts)


def main(seconds: float, seed: int, rules: str = "both") -> int:
    """Ask for the promises until the time is over; how many were broken, each shown in a line."""
    dice = random.Random(seed)
    end = time.monotonic() + seconds
    asked: Counter[str] = Counter()
    refused = broken = 0
    while time.monotonic() < end and broken < ENOUGH:
        plan = rules if rules != "both" else "all" if dice.random() < ALL_RULES else "safety"
        text, path = article(dice), dice.choice(PATHS)
        asked[plan] += 1
        try:
            refused += not ask(text, path, plan)
        except Broken as error:
            broken += 1
            print(f"{plan} rules, {path}: {error}", flush=True)
        except Exception as error:  # any that escapes is what we look for
            broken += 1
            print(f"{plan} rules, {path}: {error!r}: {text!r}", flush=True)
    counts = ", ".join(f"{count:,} by {plan} rules" for plan, count in sorted(asked.items()))
    print(f"{counts}; {refused:,} refused, {broken or 'no'} promises broken (seed {seed})")
    return broken


if __name__ == "__main__":
    arguments = dict(enumerate(sys.argv))
    has_broken = main(float(arguments.get(1, 60)), int(arguments.get(2, 1)), arguments.get(3, "both"))
    sys.exit(1 if has_broken else 0)
