"""Character references of HTML, resolved and written.

Python's table of their 2,231 names takes as long to load as an article takes to check, so it is
loaded when the first text holds one.
"""

from __future__ import annotations


def unescape(text: str) -> str:
    """A text with its references resolved as in the text of an element (HTML Standard, 13.2.5.72)."""
    if "&" not in text:
        return text
    import html

    return html.unescape(text)


def escape(text: str) -> str:
    """A text as it stands in an element or a quoted attribute."""
    import html

    return html.escape(text)


def named(name: str) -> str | None:
    """The characters of a name such as `amp;`, as the HTML Standard lists them; None when there is none."""
    from html.entities import html5

    return html5.get(name)
