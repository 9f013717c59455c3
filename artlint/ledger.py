"""The proof that a fix lost nothing: what left the article stands here, by rule and place.

Edits cut the text before into pieces that stay and pieces that go; every piece that stays must come
back, character by character, at the place where the edits move it. What the edits took out and put
in is written down. The proof trusts no rule: it reads both texts anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from artlint.diagnostic import Diagnostic, Edit
from artlint.document import Document, Field
from artlint.document.joints import parts_words
from artlint.ledger_lines import lost_lines
from artlint.moves import Moves
from artlint.source import Span
from artlint.view import LINE_END, TAG, UNSEEN, VISIBLE, Target, Unaccounted, View, split, view, words


class LedgerEntry(NamedTuple):
    """One thing that a fix took out of the article or replaced.

    ``kind`` is text, link, image, media or value (of front matter, as ``key: value``); ``removed``
    and ``inserted`` are what a reader saw before and sees after, either may be empty; ``line`` is
    the 1-based line in the file as it was before the first fix; ``reason`` is the rule's message.
    """

    kind: str
    removed: str
    inserted: str
    line: int
    code: str
    name: str
    reason: str


def prove_same(before: Document, after: Document) -> None:
    """Raise Unaccounted unless both documents say the same to a reader (for pure formatting)."""
    old, new = view(before), view(after)
    if old.words != new.words:
        raise Unaccounted(f"text would change near `{_first_difference(old.words, new.words)}`")
    # What was read as HTML shows its Markdown links as text.
    shown = (
        new.targets if before.body.kind == "markdown" else [each for each in new.targets if each.attribute]
    )
    meanings = zip_longest(*([target.meaning for target in seen] for seen in (old.targets, shown)))
    for left, right in meanings:
        if left != right:
            _, kind, value = left or right
            raise Unaccounted(f"the {kind} to `{value[:60]}` would change")
    if (old.shown_breaks or new.shown_breaks) and old.lines != new.lines:
        raise Unaccounted("line breaks that a style shows would change")
    if old.code != new.code:
        raise Unaccounted("code or preformatted text would change")
    if old.values != new.values:
        raise Unaccounted("a value of the front matter would change")


def account(
    before: Document,
    after: Document,
    applied: Sequence[Diagnostic],
    line_of: Callable[[int], int],
) -> list[LedgerEntry]:
    """The entries for the fixes of ``applied`` that turned ``before`` into ``after``.

    ``line_of`` maps an offset into ``before`` to the line to report. Raises Unaccounted when
    something else changed than what the edits touch.
    """
    edits = sorted((edit.span, edit.text, index) for index, done in enumerate(applied) for edit in done.edits)
    book = _Book(applied, [index for _, _, index in edits], line_of)
    book.moves = Moves([Edit(span, text) for span, text, _ in edits])
    old, new = view(before), view(after)
    book.texts(before, old, new)
    book.lines(after, old, new)
    book.targets(old, new)
    book.values(before, after)
    return sorted(book.entries, key=lambda entry: entry.line)


_NOTHING = UNSEEN + TAG  # what is filler and ends no line


class _Book:
    moves: Moves

    def __init__(
        self, applied: Sequence[Diagnostic], owners: list[int], line_of: Callable[[int], int]
    ) -> None:
        self.entries: list[LedgerEntry] = []
        self._applied = applied
        self._owners = owners  # for each edit the index of its fix
        self._line_of = line_of

    def write(self, edit: int, kind: str, removed: str, inserted: str, offset: int) -> None:
        done = self._applied[self._owners[edit]]
        line = self._line_of(offset)
        self.entries.append(LedgerEntry(kind, removed, inserted, line, done.code, done.name, done.message))

    def texts(self, before: Document, old: View, new: View) -> None:
        old_kept, old_cut = split(old, self.moves.before)
        new_kept, new_cut = split(new, self.moves.after)
        self._stays(old, new)
        _check_joints(new_kept, old_cut, new_cut)
        gone: dict[int, str] = {}
        come: dict[int, str] = {}
        for edit, owner in enumerate(self._owners):
            is_blank_seen = LINE_END not in old_cut[edit] and _parts_words(old_kept, edit)
            out, into = (_folded(shown, is_blank_seen) for shown in (old_cut[edit], new_cut[edit]))
            gone[owner] = gone.get(owner, "") + out
            come[owner] = come.get(owner, "") + into
        for edit, owner in enumerate(self._owners):
            out, into = gone.pop(owner, ""), come.pop(owner, "")
            if out != into:
                place = self.moves.before[edit]
                kind = _kind_at(before, place)
                self.write(edit, kind, *_trimmed(out, into), _first_seen(old, place))

    def _stays(self, old: View, new: View) -> None:
        """Raise Unaccounted unless all that is visible between the edits comes back where they move it."""
        stretches = (_between(old.shown, self.moves.before), _between(new.shown, self.moves.after))
        for left, right in zip(*stretches, strict=True):
            if left != right and _letters(left) != _letters(right):
                raise Unaccounted(
                    f"text would change outside of the edits near `{' '.join(words(left))[:40]}`"
                )

    def lines(self, after: Document, old: View, new: View) -> None:
        for edit, place, removed, inserted in lost_lines(after, old, new, self.moves):
            self.write(edit, "text", removed, inserted, place)

    def targets(self, old: View, new: View) -> None:
        arrived = {(target.span.start, target.attribute): target for target in new.targets}
        places = {(each.span.start, *each[2:4]): each.attribute for each in new.targets}
        for target in old.targets:
            moved, edit = self.moves.forward(target.span.start)
            found = None if moved is None else arrived.pop((moved, target.attribute), None)
            if edit is not None:
                self._cut_out(target, arrived, edit)
            elif found is None and (place := (moved or 0, *target[2:4])) in places:
                arrived.pop((place[0], places[place]), None)  # another attribute of the tag holds it now
            elif found is None or found.value != target.value:
                self._changed(target, found.value if found else "")
        for target in arrived.values():
            edit = self.moves.put_in(target.span.start)
            if edit is not None:
                self.write(edit, target.kind, "", target.value, self.moves.before[edit].start)
            elif target.attribute and not target.attribute.startswith("lazy"):
                # What Markdown makes of the text that was there is no loss, nor is what waited for a script.
                raise Unaccounted(f"a {target.kind} to `{target.value}` would appear")

    def _cut_out(self, target: Target, arrived: dict[tuple[int, str], Target], edit: int) -> None:
        """A target whose tag an edit took out: it may stand again in what the edit put in."""
        for place, found in arrived.items():
            if found[2:4] == target[2:4] and self.moves.put_in(found.span.start) == edit:
                del arrived[place]
                return
        self.write(edit, target.kind, target.value, "", target.span.start)

    def _changed(self, target: Target, value: str) -> None:
        """A target whose tag stayed but lost or changed its attribute, or a link whose URL changed."""
        for edit, span in enumerate(self.moves.before):
            if target.span.overlaps(span) or (target.definition and target.definition.overlaps(span)):
                if target.attribute or not value:  # the URL of Markdown is text, and stands there as such
                    self.write(edit, target.kind, target.value, value, target.span.start)
                return
        raise Unaccounted(f"the {target.kind} to `{target.value}` would change")

    def values(self, before: Document, after: Document) -> None:
        old_block, new_block = before.front_matter, after.front_matter
        if old_block and not old_block.fault and (new_block is None or new_block.fault):
            raise Unaccounted("the front matter could not be read any more")
        if old_block and old_block.fault:
            self._mended(before, after, old_block.content)
            return
        old = {entry.key: entry for entry in old_block.fields} if old_block else {}
        new = {entry.key: entry for entry in new_block.fields} if new_block else {}
        for key, entry in old.items():
            if key in new and _same(new[key].value, entry.value):
                continue
            inserted = _written(after, new[key]) if key in new else ""
            edit = self._edit_at(entry.span, key)
            self.write(edit, "value", _written(before, entry), inserted, entry.span.start)
        for key, entry in new.items():
            if key not in old:
                end = old_block.span.end if old_block else 0
                edit = self._edit_at(Span(0, end), key)
                self.write(edit, "value", "", _written(after, entry), self.moves.before[edit].start)

    def _mended(self, before: Document, after: Document, content: Span) -> None:
        """A block without values before the fix: its lines stand for them, each once."""
        told = set()
        for edit, span in enumerate(self.moves.before):
            if content.contains(span):
                removed, inserted = _lines(before.text, span), _lines(after.text, self.moves.after[edit])
                place = (self._owners[edit], self._line_of(span.start), removed)
                if place not in told:
                    self.write(edit, "value", removed, inserted, span.start)
                told.add(place)

    def _edit_at(self, place: Span, key: str) -> int:
        for edit, span in enumerate(self.moves.before):
            if place.overlaps(span):
                return edit
        raise Unaccounted(f"the front matter key `{key}` would change")


def _written(document: Document, field: Field) -> str:
    """A field as its file spells it, blanks folded."""
    value = document.text[field.value_span.start : field.value_span.end]
    return f"{field.key}: {' '.join(value.split())}"


def _lines(text: str, span: Span) -> str:
    """The lines that a span touches, blanks folded."""
    end = text.find("\n", span.end)
    return " ".join(text[text.rfind("\n", 0, span.start) + 1 : len(text) if end == -1 else end].split())


def _kind_at(document: Document, place: Span) -> str:
    """What a reader gets at a place of the text: a link or an image where Markdown writes its URL."""
    if document.body.kind == "markdown":
        for kind, links in (("link", document.links), ("image", document.images)):
            if any(link.element is None and link.url_span.contains(place) for link in links):
                return kind
    return "text"


def _same(new: object, old: object) -> bool:
    return type(new) is type(old) and new == old


def _between(shown: str, cuts: Sequence[Span]) -> Iterator[str]:
    """What is shown before, between and behind the cuts."""
    done = 0
    for start, end in cuts:
        yield shown[done:start]
        done = end
    yield shown[done:]


def _letters(shown: str) -> str:
    """What is visible at its place, whatever the filler is."""
    return shown.replace(TAG, UNSEEN).replace(LINE_END, UNSEEN)


def _first_seen(seen: View, cut: Span) -> int:
    """Where the first text that is not blank starts in a cut; the start of the cut if there is none."""
    found = (text.start() for text in VISIBLE.finditer(seen.shown, *cut) if not text.group().isspace())
    return next(found, cut.start)


def _check_joints(kept: Sequence[str], cut: Sequence[str], put: Sequence[str]) -> None:
    """Words that a line break or a blank kept apart must not run together when it goes.

    ``kept`` and ``put`` are what stays and comes in the text after, ``cut`` what went of the one before.
    """
    last, gone = " ", ""
    for edit, shown in enumerate(kept):
        shown = shown.strip(_NOTHING)
        if gone and shown and _kept_apart(gone, last[-1], shown[0]):
            joined = words(last)[-1][-20:] + words(shown)[0][:20]
            raise Unaccounted(f"words would run together as `{joined}`")
        last, gone = shown or last, "" if shown else gone
        if edit < len(cut):
            gone += cut[edit].replace(UNSEEN, "").replace(TAG, "")
            if put[edit] and (LINE_END in put[edit] or any(map(_has_blank_edge, VISIBLE.findall(put[edit])))):
                last = " "
            elif put[edit].strip(_NOTHING):
                gone = LINE_END if LINE_END in gone else ""  # what came parts words as well


def _kept_apart(gone: str, last: str, first: str) -> bool:
    """Whether what went parted two characters that stay; no reader sees a blank of template code."""
    if not (_is_letter(last) and _is_letter(first)):
        return False
    holds_blank = len(f"-{gone}-".split()) > 1 and "{" not in gone
    return LINE_END in gone or (holds_blank and parts_words(last, first))


def _has_blank_edge(text: str) -> bool:
    return text[0].isspace() or text[-1].isspace()


def _is_letter(character: str) -> bool:
    """Whether something is visible and no blank."""
    return character != LINE_END and not character.isspace()


def _folded(shown: str, is_blank_seen: bool) -> str:
    """The text a reader saw; a mere blank counts only where it parts two words."""
    text = " ".join(words(shown))
    return text or (" " if is_blank_seen and shown.strip(_NOTHING) else "")


def _trimmed(out: str, into: str) -> tuple[str, str]:
    """Both texts without blanks at their ends, unless there is nothing but blanks."""
    return (out.strip(), into.strip()) if out.strip() or into.strip() else (out, into)


def _parts_words(kept: Sequence[str], edit: int) -> bool:
    """Whether text that is not blank stands directly on both sides of an edit."""
    before, after = kept[edit].rstrip(_NOTHING)[-1:], kept[edit + 1].lstrip(_NOTHING)[:1]
    return bool(before and after) and _is_letter(before) and _is_letter(after)


def _first_difference(left: Sequence[str], right: Sequence[str]) -> str:
    for one, other in zip(left, right, strict=False):
        if one != other:
            return one[:40]
    longer = left if len(left) > len(right) else right
    return longer[min(len(left), len(right))][:40] if longer else ""
