"""What a rule is: one fault we can recognise, with its own examples.

Rules written in Python subclass ``Check``; rules of a pack (``artlint.pack``) have the same shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import IntEnum
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol

from artlint.diagnostic import Applicability, Diagnostic, Edit, Fix, Severity
from artlint.document.elements import BLOCK
from artlint.document.joints import gap
from artlint.pattern_lazy import lazily
from artlint.settings import DEFAULTS, Settings
from artlint.source import Span

if TYPE_CHECKING:
    from artlint.document import Document
    from artlint.document.element import Element
    from artlint.document.html import Html

FAMILIES = {
    "FM": "Front matter",
    "BP": "Boilerplate",
    "QUO": "Stock quotes and other dead widgets",
    "CSS": "Style left in the text",
    "SEC": "Safety",
    "HTM": "Structure",
    "LNK": "Links",
    "IMG": "Images",
    "CJK": "Typography",
    "ENC": "Encoding",
    "ART": "Suppressions",
}
# What somebody submits must not switch off the rules of safety, nor those that report the attempt.
BINDING = frozenset({"SEC", "ART"})


_DIGITS = str.maketrans("OIL", "011")


class Stage(IntEnum):
    """When a rule's fixes may apply: a later stage waits until nothing of an earlier one is left.

    A finding of a later stage at or inside the place of an earlier one is not reported: who removes a
    block need not hear about its attributes. ``POLICY`` speaks of what no rule before it knows, ``FORMAT``
    of the form of the whole document.
    """

    CONTENT = 1
    MARKUP = 2
    POLICY = 3
    FORMAT = 4


class Example:
    """A text that a rule must find (``spans``, in offsets into ``text``) or leave alone (no spans).

    ``fixed`` is the text after the rule's fix, None when the rule has none. The marks of a bad example
    are read when somebody asks for them: a run over articles never does.
    """

    def __init__(
        self, written: str, is_bad: bool, fixed: str | None, note: str, path: str, settings: Settings
    ) -> None:
        self._written = written
        self.is_bad = is_bad
        self.fixed = fixed
        self.note = note
        self.path = path
        self.settings = settings

    @cached_property
    def text(self) -> str:
        return "".join(_MARK.split(self._written)) if self.is_bad else self._written

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The spans between ``⟦`` and ``⟧``. Raises ValueError when these are unbalanced."""
        if not self.is_bad:
            return ()
        marks = list(_MARK.finditer(self._written))
        offsets = [mark.start() - index for index, mark in enumerate(marks)]  # without the marks before
        if "".join(mark.group() for mark in marks) != "⟦⟧" * (len(marks) // 2):
            raise ValueError(f"unbalanced ⟦ ⟧ in example {self._written!r}")
        return tuple(map(Span, offsets[::2], offsets[1::2]))


_MARK = lazily("[⟦⟧]")


def bad(
    marked: str,
    *,
    fixed: str | None = None,
    note: str = "",
    path: str = "article.md",
    settings: Settings = DEFAULTS,
) -> Example:
    """An example with each expected span between ``⟦`` and ``⟧``. Raises ValueError when there is none."""
    if "⟦" not in marked or "⟧" not in marked:
        raise ValueError(f"a bad example marks its spans with ⟦ ⟧: {marked!r}")
    return Example(marked, True, fixed, note, path, settings)


def good(
    text: str,
    *,
    note: str = "",
    path: str = "article.md",
    settings: Settings = DEFAULTS,
) -> Example:
    """An example in which the rule must find nothing."""
    return Example(text, False, None, note, path, settings)


class Needs(NamedTuple):
    """What a document must hold for a rule to find anything in it; of no other document it is asked.

    ``kinds``: kinds of body. ``markup``: words (lower case) of tags and comments (``Body.markup``);
    ``said``: words of the text of blocks (``Body.said``). ``signs``: what ``read`` (of ``artlint.signs``)
    says of a document. If there are any words and signs, one of them must be there.
    """

    kinds: tuple[str, ...] = ()
    markup: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    read: Callable[[Document], Iterable[str]] | None = None


NOTHING = Needs()
ARTICLES = Needs(("html", "markdown"))
HTML = Needs(("html",))


class Rule(Protocol):
    """The one shape of all rules; ``check`` reads a document and changes nothing."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def family(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def why(self) -> str: ...
    @property
    def stage(self) -> Stage: ...
    @property
    def examples(self) -> tuple[Example, ...]: ...
    @property
    def origin(self) -> str: ...
    @property
    def inspects_code(self) -> bool: ...
    @property
    def default(self) -> bool: ...
    @property
    def needs(self) -> Needs: ...

    def check(self, document: Document) -> Iterable[Diagnostic]: ...


class Check:
    """Base of the rules written in Python; the docstring of a subclass is its *why*.

    ``inspects_code``: whether the rule may match inside code and template code (only for rules of
    safety and encoding). ``default``: whether the rule is on without being asked for. ``needs``: which
    documents it can find anything in; only for speed, ``check`` must not rely on it.
    ``depends_on_date``: whether what it finds today may be no fault tomorrow. ``summary`` doubles as the
    message where ``at`` is given none.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    summary: ClassVar[str]
    examples: ClassVar[tuple[Example, ...]] = ()
    severity: ClassVar[Severity] = Severity.WARNING
    stage: ClassVar[Stage] = Stage.CONTENT
    inspects_code: ClassVar[bool] = False
    default: ClassVar[bool] = True
    depends_on_date: ClassVar[bool] = False

    @property
    def family(self) -> str:
        return self.code.rstrip("0123456789")

    @property
    def needs(self) -> Needs:
        return NOTHING

    @property
    def why(self) -> str:
        import inspect  # only who explains a rule needs it

        return inspect.cleandoc(self.__doc__ or "")

    @property
    def origin(self) -> str:
        return type(self).__module__

    def check(self, document: Document) -> Iterator[Diagnostic]:
        raise NotImplementedError

    def at(self, span: Span, message: str = "", fix: Fix | None = None) -> Diagnostic:
        """A finding of this rule at a span."""
        return Diagnostic(self.code, self.name, message or self.summary, span, self.severity, fix)


class CheckOfRules(Check):
    """Base of the checks that speak of other rules: the registry tells them all of its rules, by code."""

    rules: Mapping[str, Rule] = MappingProxyType({})


def nearest_rule(word: str, rules: Mapping[str, Rule]) -> str | None:
    """The code, name or family that was very likely meant by a word that is none of them."""
    import difflib

    by_name = {rule.name: code for code, rule in rules.items()}
    known = [*rules, *by_name, *FAMILIES]
    near = difflib.get_close_matches(word, known, 1) or difflib.get_close_matches(word.upper(), known, 1)
    # Letters for digits (`BP1O1`) are as far from one code as from ten others.
    code = word[:2].upper() + word[2:].upper().translate(_DIGITS)
    return code if code in rules else near[0] if near else None


def is_fixable(rule: Rule) -> bool:
    """Whether the rule can have a fix, as its examples show."""
    return any(example.fixed is not None for example in rule.examples)


def remove(element: Element) -> tuple[Edit, ...]:
    """Edits that cut the element out, so that no words join; none when its tags are not well nested."""
    return (cut(element.html, element.span),) if element.is_sound else ()


def cut(html: Html, span: Span) -> Edit:
    """The edit that takes a span out; a blank stays where only it parted two words."""
    return Edit(span, gap(html, span))


def unwrap(element: Element) -> tuple[Edit, ...]:
    """Edits that drop the element's tags and keep what is inside; none when not well nested."""
    end_tag, left_open = element.end_tag, element.left_open
    if end_tag is None or left_open is None:
        return ()
    # What only the end of a block closed would take in what follows.
    closed = "".join(f"</{tag}>" for tag in reversed(left_open)) if element.tag in BLOCK else ""
    start = cut(element.html, element.start_tag)
    return (start, Edit(end_tag, closed + gap(element.html, end_tag)))


def fix(title: str, edits: Iterable[Edit], applicability: Applicability = Applicability.SAFE) -> Fix | None:
    """A fix, or None when there are no edits."""
    edits = tuple(edits)
    return Fix(title, edits, applicability) if edits else None


def attribute_cut(element: Element, name: str, text: str) -> Edit:
    """The edit that drops an attribute together with the blanks before it."""
    start, end = element.attribute_span(name)
    while text[start - 1].isspace():
        start -= 1
    return Edit(Span(start, end))
