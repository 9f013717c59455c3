"""Edits that keep the reference links of Markdown alive.

The text of ``[label]`` and ``[label][]`` is the name of a definition, too: whoever changes one alone
leaves raw brackets and no link.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from artlint.diagnostic import Edit, Fix, apply_edits
from artlint.document import Document
from artlint.document.markdown import Construct
from artlint.document.markdown_definitions import folded_label
from artlint.pattern_lazy import lazily
from artlint.source import Span

_LINE_START = lazily(r"\n[ \t>]*")


def keeping_links(fix: Fix, document: Document, must: bool) -> Fix | None:
    """A fix that no reference link dies of; None when this one would let one die.

    With ``must`` the link is written with its URL then (``[text](url)``), so that the fix can apply.
    """
    references = _references(document)
    if not references:
        return fix
    broken = [construct for construct in references if _breaks(fix.edits, construct, document)]
    if not broken:
        return fix
    return _with_urls(fix, broken, document) if must else None


@lru_cache(maxsize=1)
def _references(document: Document) -> tuple[Construct, ...]:
    """The reference links of a body and the definitions that they use."""
    constructs = [construct for construct in document.body.markdown.constructs if construct.label]
    used = {construct.label for construct in constructs if construct.is_reference}
    # Of several definitions with one label the first one counts.
    first = {each.label: each for each in reversed(constructs) if not each.is_reference}
    definitions = [definition for label, definition in first.items() if label in used]
    return (*(each for each in constructs if each.is_reference and each.label in first), *definitions)


def _breaks(edits: Sequence[Edit], construct: Construct, document: Document) -> bool:
    """Whether edits give a reference or definition another label and let it stand."""
    base = document.body.span.start
    whole, label = (span.moved(base) for span in (construct.span, construct.label_span or construct.span))
    if construct.is_reference and any(_joins(edit, whole, document.text) for edit in edits):
        return True
    touching = [edit for edit in edits if _touches(edit.span, label)]
    if not touching or any(edit.span.contains(whole) for edit in touching):
        return False
    if not all(label.contains(edit.span) for edit in touching):
        return True
    inside = [Edit(edit.span.moved(-label.start), edit.text) for edit in sorted(touching)]
    written = document.text[slice(*label)]
    return folded_label(apply_edits(written, inside)) != folded_label(written)


def _joins(edit: Edit, whole: Span, text: str) -> bool:
    """Whether an edit brings next to a reference what makes something else of it (``[a](b)``, ``![a]``)."""
    (start, end), put = edit
    if start == whole.end:
        return (put or text[end : end + 1])[:1] in ("[", "(", ":")
    return end == whole.start and (put or text[max(0, start - 1) : start])[-1:] in ("]", "!", "\\")


def _touches(edit: Span, label: Span) -> bool:
    if edit.start == edit.end:
        return label.start <= edit.start <= label.end
    return edit.overlaps(label)


def _with_urls(fix: Fix, broken: Sequence[Construct], document: Document) -> Fix:
    """The fix, with the links that it would break written with their URLs."""
    base = document.body.span.start
    references = _references(document)
    labels = {construct.label for construct in broken if not construct.is_reference}
    definitions = {each.label: each for each in references if not each.is_reference}
    new = [
        _with_url(construct, definitions[construct.label], document)
        for construct in references
        if construct.is_reference and (construct.label in labels or construct in broken)
    ]
    new = [Edit(edit.span.moved(base), edit.text) for edit in new]
    # A label that goes need not be mended.
    kept = [edit for edit in fix.edits if not any(more.span.contains(edit.span) for more in new)]
    if any(more.span.overlaps(edit.span) for edit in kept for more in new):
        return fix  # it takes one end of the link: that is safe, and the ledger says so
    return fix._replace(edits=tuple(sorted((*kept, *new))))


def _with_url(reference: Construct, definition: Construct, document: Document) -> Edit:
    """The edit (in offsets into the body) that makes a link with a URL of its own of a reference."""
    text = document.body.text
    label, place = reference.label_span or reference.span, definition.label_span or definition.span
    written = text[place.end + 2 : definition.span.end]
    destination = _LINE_START.sub(" ", written).strip()
    has_text = label.start - 2 > reference.span.start  # `[text][label]`
    start = label.start - 2 if has_text else label.end
    return Edit(Span(start, reference.span.end), f"]({destination})")
