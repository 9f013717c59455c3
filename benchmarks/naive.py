"""The script a user would write today: what artlint is measured against.

python-frontmatter reads the file, BeautifulSoup on lxml drops known debris, bleach sanitizes, YAML dumps.
"""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from pathlib import Path

import bleach
import frontmatter
from bs4 import BeautifulSoup, Comment

DEBRIS = "div.appendQr_wrap, p.article-editor, style, script, span[id^=quote_]"
TAGS = set(
    "p a strong em b i ul ol li img h1 h2 h3 h4 blockquote pre code table thead tbody tr td th br".split()
)
ATTRIBUTES = {"a": ["href", "title"], "img": ["src", "alt", "title", "referrerpolicy"]}


def clean(path: Path) -> str:
    """The cleaned article as text."""
    post = frontmatter.loads(path.read_text(encoding="utf-8").lstrip())
    date = post.get("date")
    if isinstance(date, str) and re.match(r"[A-Z][a-z]{2}, ", date):
        post["date"] = parsedate_to_datetime(date).isoformat()
    soup = BeautifulSoup(post.content, "lxml")
    for element in soup.select(DEBRIS):
        element.decompose()
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    body = soup.body.decode_contents() if soup.body else ""
    post.content = bleach.clean(body, tags=TAGS, attributes=ATTRIBUTES, strip=True)
    return frontmatter.dumps(post)
