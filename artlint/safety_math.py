"""A formula in MathML as one line of text: without its tags ½ would read 12.

What each element means: MathML Core, section 3 (https://www.w3.org/TR/mathml-core/).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from artlint.document.tokens import Token
from artlint.pattern_lazy import lazily

_SIMPLE = lazily(r"\w*|.")
_UNSEEN = frozenset({"annotation", "annotation-xml", "mphantom", "mspace", "none", "mprescripts"})
_PLAIN = frozenset("maction menclose merror mi mmultiscripts mn mo mpadded mrow ms mstyle mtd mtext".split())


def is_formula(tokens: Sequence[Token]) -> bool:
    """Whether nothing but MathML stands between the tags of a formula; anything else may hold an article."""
    return all(
        token.tag in _PLAIN or token.tag in _UNSEEN or token.tag in _FORMS for token in tokens if token.tag
    )


def as_line(tokens: Sequence[Token]) -> str:
    """The text of a formula, given what stands between its tags; fractions, powers and roots in words of
    typewriters: ``1/2``, ``x^2``, ``√(a+b)``.
    """
    return "".join(_children(iter(tokens)))


def _children(tokens: Iterator[Token]) -> Iterator[str]:
    """The text of each child up to the end tag of the element they stand in."""
    for token in tokens:
        if token.kind == "end":
            return
        if token.kind in ("text", "reference") and token.data.strip():
            yield " ".join(token.data.split())
        elif token.kind == "start":
            parts = list(_children(tokens))
            if token.tag not in _UNSEEN:
                yield _FORMS.get(token.tag, "".join)(parts)


def _group(text: str) -> str:
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def _joined(*marks: str) -> Callable[[list[str]], str]:
    def form(parts: list[str]) -> str:
        return "".join(f"{mark}{_group(part)}" for mark, part in zip(("", *marks), parts, strict=False))

    return form


def _root(parts: list[str]) -> str:
    return f"{''.join(parts[1:])}√{_group(''.join(parts[:1]))}"


_FORMS: dict[str, Callable[[list[str]], str]] = {
    "mfrac": _joined("/"),
    "msup": _joined("^"),
    "mover": _joined("^"),
    "msub": _joined("_"),
    "munder": _joined("_"),
    "msubsup": _joined("_", "^"),
    "munderover": _joined("_", "^"),
    "msqrt": lambda parts: f"√{_group(''.join(parts))}",
    "mroot": _root,
    "mfenced": lambda parts: f"({','.join(parts)})",
    "mtr": ", ".join,
    "mlabeledtr": ", ".join,
    "mtable": "; ".join,
    "semantics": lambda parts: "".join(parts[:1]),
}
_MARKS = lazily(r"[\\`*_\[\]]")


def for_markdown(text: str) -> str:
    """A text with references for whatever would be a mark of Markdown; in HTML blocks they read the same."""
    return _MARKS.sub(lambda mark: f"&#{ord(mark.group())};", text)
