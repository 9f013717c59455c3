"""What attributes say beyond the policy: scripts, URLs, styles, windows, and tags inside of tags."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from artlint.diagnostic import Applicability, Edit
from artlint.document import Document
from artlint.document.attributes import Attribute, hides
from artlint.document.elements import BOOLEAN
from artlint.document.lazy import lazy_sources
from artlint.document.line_breaks import as_markup
from artlint.document.masking import bare_name, without_filler
from artlint.document.tokens import Token
from artlint.pattern_lazy import lazily
from artlint.policy import (
    ACTIVE_ATTRIBUTES,
    ARTICLE,
    URL_ATTRIBUTES,
    is_inert_attribute,
    is_script,
    meant_scheme,
    schemes_of,
)
from artlint.safety_edits import cut_attribute
from artlint.safety_names import CLOBBERING
from artlint.source import Span

_OPENS_TAG = lazily(r"<(?=[A-Za-z/!?])")
_KNOWN_NAMES = BOOLEAN.union(ACTIVE_ATTRIBUTES, *ARTICLE.attributes.values())
# What editors and scripts write without a value, too.
_FLAGS = BOOLEAN | frozenset(
    """allowtransparency contenteditable declare disablepictureinpicture disableremoteplayback draggable
    formnovalidate mozallowfullscreen noresize scoped seamless spellcheck translate typemustmatch
    unselectable webkitallowfullscreen""".split()
)
# Operators, and letters of words that stand in no attribute's name.
_NO_NAME = lazily(r"[|&+]|[^\W\d_a-zA-Z]")
_FRAMEWORK_NAME = lazily(r"[@#:{]|data-|[\w.:]*[a-z]-[a-z]")
_SAME_WINDOW = frozenset({"", "_self", "_parent", "_top"})


class Violation(NamedTuple):
    """One thing outside the policy: ``kind`` says which rule speaks of it; no edits: report only."""

    kind: str
    span: Span
    message: str
    title: str
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.SAFE


def attribute_violations(document: Document, token: Token, found: list[Attribute]) -> Iterator[Violation]:
    """What the attributes of a start tag of the policy say beyond it."""
    seen: dict[str, Attribute] = {}
    late = lazy_sources(token.tag, {name: value for name, value, _ in found}).items()
    for attribute in found:
        name = attribute.name
        if bare_name(name) != name:
            yield from _beside_template_code(document, token, attribute)
            continue
        if name in seen:
            message = f"`{name[:40]}` stands twice; the first one counts"
            yield _without(document, "duplicate", attribute, message)
            continue
        seen[name] = attribute
        wanted = next((f"data-{wanted}" for wanted, lazy in late if lazy == name), name)
        if wanted != name and is_inert_attribute(name) and _may_become(document, token.tag, name, wanted):
            span = Span(attribute.span.start, attribute.span.start + len(name))
            message = f"`{name}` on `<{token.tag}>` is not in the policy"
            yield Violation("unlisted", attribute.span, message, f"Make it `{wanted}`", (Edit(span, wanted),))
            continue
        yield from _of_attribute(document, token, attribute)
    if "target" in seen and "href" in seen:
        yield from _window_opener(seen)


def are_words(found: list[Attribute], is_sure: bool = False, is_element: bool = True) -> bool:
    """Whether the attributes of a tag are words somebody typed: none has a value, and HTML knows not all.

    ``is_sure``: of a tag that has a use, one word that could be a name is no proof. In a tag that
    ``is_element`` to somebody a name that needs no value says something, and so does one of a framework
    (`v-cloak`, `@click`).
    """
    names = [name for name, _, (start, end) in found if end - start == len(name)]
    if len(names) < len(found) or any(bare_name(name) != name for name in names):
        return False
    if is_element and any(name in _FLAGS or _FRAMEWORK_NAME.match(name) for name in names):
        return False
    words = [name for name in names if name not in _KNOWN_NAMES and not name.startswith("on")]
    return len(words) > is_sure or any(map(_NO_NAME.search, words))


def _beside_template_code(document: Document, token: Token, attribute: Attribute) -> Iterator[Violation]:
    """A script in an attribute that template code stands at: cut out, it could leave half of the code."""
    name, value = without_filler(attribute.name), without_filler(attribute.value)
    if name.startswith("on") or name == "srcdoc" or (name in URL_ATTRIBUTES and is_script(value)):
        message = f"`{name[:40]}` runs a script where the template code beside it is gone"
        edit = Edit(token.span, document.text[slice(*token.span)].replace("<", "&lt;"))
        yield Violation("handler", attribute.span, message, "Show the tag as text", (edit,))


def _of_attribute(document: Document, token: Token, attribute: Attribute) -> Iterator[Violation]:
    tag, name, policy = token.tag, attribute.name, document.settings.policy
    value = document.body.unmask(attribute.value)
    if name.startswith("on"):
        yield _without(document, "handler", attribute, f"Event handler `{name[:40]}`")
    elif name == "style" and policy.allows_attribute(tag, name):
        if not policy.allows_style(value):
            yield _style(document, token, attribute, value)
    elif not policy.allows_attribute(tag, name):
        kind = "unlisted" if is_inert_attribute(name) else "attribute"
        yield _without(document, kind, attribute, f"`{name[:40]}` on `<{tag[:20]}>` is not in the policy")
    elif (
        name in URL_ATTRIBUTES
        and (scheme := foreign_scheme(document, tag, name, attribute.value)) is not None
    ):
        yield _url(document, attribute, scheme)
    elif name == "rel":
        yield from _foreign_relations(document, attribute)
    elif name == "class" and "*" not in policy.classes:
        if not all(policy.allows_class(word) for word in value.split()):
            yield _without(document, "unlisted", attribute, f"`class` on `<{tag}>` is not in the policy")
    elif name in ("id", "name") and value.strip().lower() in CLOBBERING:
        message = f"`{name}={value[:40]}` hides what scripts look up"
        yield _without(document, "clobber", attribute, message)
    elif name == "hidden":
        yield Violation("hidden", attribute.span, f"Text of `<{tag}>` is hidden from readers", "", ())


def _may_become(document: Document, tag: str, name: str, other: str) -> bool:
    """Whether the policy allows another name for an attribute that it does not allow."""
    allows = document.settings.policy.allows_attribute
    return not allows(tag, name) and allows(tag, other)


def foreign_scheme(document: Document, tag: str, name: str, url: str) -> str | None:
    """The scheme by which a URL (template code in it hidden) is outside the policy; None when it is not.

    Empty when its scheme is not why. Template code may leave nothing behind, so what it parts counts, too.
    """
    policy, shown, bare = document.settings.policy, document.body.unmask(url), without_filler(url)
    if bare != url and is_script(bare) and not policy.allows_url(tag, name, bare):
        return min(schemes_of(bare))
    return (
        None if policy.allows_url(tag, name, shown) else min(schemes_of(shown) - policy.schemes, default="")
    )


def _url(document: Document, attribute: Attribute, scheme: str) -> Violation:
    message, meant = f"URL with the scheme `{scheme[:40]}:`", meant_scheme(scheme)
    start = document.text.find(scheme + ":", *attribute.span) if meant else -1
    if start < 0:
        return _without(document, "url", attribute, message)
    edit = Edit(Span(start, start + len(scheme)), meant)
    return Violation("url", attribute.span, message, f"Write `{meant}:`", (edit,))


def _style(document: Document, token: Token, attribute: Attribute, value: str) -> Violation:
    message = "Inline style outside the policy"
    if hides(value) and document.settings.policy.allows_attribute(token.tag, "hidden"):
        edit = Edit(attribute.span, "hidden")  # without it readers would see what they did not
        return Violation("style", attribute.span, message, "Write `hidden`", (edit,))
    if lines := as_markup(document, token.span.start):
        edits = (cut_attribute(document.text, attribute.span), *lines)
        return Violation("style", attribute.span, message, "Show its line breaks without it", edits)
    return _without(document, "style", attribute, message)


def _without(document: Document, kind: str, attribute: Attribute, message: str) -> Violation:
    edit = cut_attribute(document.text, attribute.span)
    return Violation(kind, attribute.span, message, f"Drop `{attribute.name[:40]}`", (edit,))


def _window_opener(seen: dict[str, Attribute]) -> Iterator[Violation]:
    """A link to a new window that may steer the one it was opened from (HTML Standard, 4.6.6)."""
    target, rel = seen["target"], seen.get("rel")
    words = rel.value.lower().split() if rel else []
    if target.value.lower() in _SAME_WINDOW or not {"noopener", "noreferrer"}.isdisjoint(words):
        return
    message = f"Link opens `{target.value[:40]}`, which may steer this page"
    edit = Edit(Span(target.span.end, target.span.end), ' rel="noopener"')
    if rel:
        edit = Edit(rel.span, f'rel="{" ".join((*words, "noopener"))}"')
    edits = (edit,) if all(word.isascii() and word.isalnum() for word in words) else ()
    yield Violation("opener", target.span, message, "Add `noopener`", edits, Applicability.UNSAFE)


def _foreign_relations(document: Document, attribute: Attribute) -> Iterator[Violation]:
    """What `rel` says beyond the policy."""
    words = attribute.value.split()
    kept = [word for word in words if word.lower() in document.settings.policy.rel]
    if kept == words or not attribute.value.isascii():  # template code
        return
    edit, title = cut_attribute(document.text, attribute.span), "Drop `rel`"
    if kept:
        edit, title = Edit(attribute.span, f'rel="{" ".join(kept)}"'), "Drop the word"
    yield Violation("unlisted", attribute.span, "`rel` holds a word outside the policy", title, (edit,))


def tag_in_tag(
    document: Document, token: Token, attributes_of: Callable[[Token], list[Attribute]]
) -> Iterator[Violation]:
    """A `<` in a tag of Markdown: to a reader who takes the tag for text it starts another one.

    So does one who ends the tag at a blank line, where a block of HTML ends.
    """
    base, start = document.body.span.start, token.span.start
    tag = document.body.masked[start - base : token.span.end - base]
    places = [match.start() + start for match in _OPENS_TAG.finditer(tag, 1)]
    if not places:
        return
    found = {
        start + match.start(): attribute
        for attribute in attributes_of(token)
        for match in _OPENS_TAG.finditer(tag, attribute.span.start - start, attribute.span.end - start)
    }
    span = found[places[0]].span if places[0] in found else token.span
    message = f"A tag starts inside of `<{token.tag[:20]}>` to some readers"
    if all(place in found and _is_quoted(document.text, found[place]) for place in places):
        edits = tuple(Edit(Span(place, place + 1), "&lt;") for place in places)
        yield Violation("unfinished", span, message, "Escape the `<`", edits)
        return
    cuts = [start, *places, token.span.end]
    parts = [document.text[cut + 1 : end] for cut, end in pairwise(cuts)]
    edit = Edit(token.span, "&lt;" + "&lt;".join(parts))
    yield Violation("unfinished", span, message, "Show it as text", (edit,))


def _is_quoted(text: str, attribute: Attribute) -> bool:
    return "<" not in attribute.name and text[attribute.span.end - 1] in "\"'"
