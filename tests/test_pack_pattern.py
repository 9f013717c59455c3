"""Patterns of packs match in linear time, and those that could not are refused in plain words."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artlint.document.body import in_lower_case
from artlint.pack import load_shipped_packs
from artlint.pattern import PatternError, compile_pattern, first_characters, needed_marks, needed_words


def _patterns(keys: dict[str, object]) -> Iterator[str]:
    for key, value in keys.items():
        if isinstance(value, dict):
            yield from _patterns(value)
        elif key in ("text", "comment", "value") and isinstance(value, str):
            yield value


SHIPPED = [
    pytest.param(pattern, id=f"{rule.code}-{index}")
    for pack in load_shipped_packs()
    for rule in pack.rules
    for index, pattern in enumerate(_patterns(rule.match.keys))
]


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("(a+)+b", "repeats a group"),
        ("(?:a|aa)+b", "repeats a group"),
        ("(?:a*){2,9}b", "holds `*` or `+`"),
        ("a*a*b", "two `*` or `+`"),
        (".*x.*y", "two `*` or `+`"),
        (r"(a)\1", "back-reference"),
        ("(?=a)b", "look-around"),
        ("[[a]b", "another way"),
        ("[a--b]", "another way"),
        ("(?<!a)b", "look-around"),
        ("(?:a?){20}a{20}", "too many ways"),
        ("a{0,50}a{0,50}a{0,50}a{0,50}b", "too many ways"),
        ("(?:ax|a.){1,30}c", "too many ways"),
        ("(", "not a regular expression"),
        ("(?i)A*a*b", "two `*` or `+`"),
    ],
)
def test_slow_patterns_are_refused(pattern: str, problem: str) -> None:
    with pytest.raises(PatternError, match=re.escape(problem)):
        compile_pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("编辑 ?： ?[一-龥]{2,4}", "编辑：李某某"),
        ("[^,]*,.*", "news,a,b"),
        (r"\s*\w+", " a1"),
        ("(?P<name>.+?) - Example", "News - Example"),
        ("(?:a|b){1,30}c", "ababc"),
    ],
)
def test_honest_patterns_pass(pattern: str, text: str) -> None:
    assert compile_pattern(pattern).fullmatch(text)


def _evil_texts(pattern: str, length: int) -> Iterator[str]:
    """Texts that keep a backtracking matcher busy: pieces of the pattern, repeated, with a wrong end."""
    pieces = set(re.findall(r"[一-龥A-Za-z0-9]+|[：:|/ \[\](){}#=-]", pattern)) | {"a", "一", " ", "1", "-"}
    for piece in sorted(pieces)[:60]:
        yield (piece * length)[:length] + "\x00"


def _slowest(compiled: re.Pattern[str], length: int, pattern: str) -> float:
    slowest = 0.0
    for text in _evil_texts(pattern, length):
        best = 1.0
        for _ in range(3):
            start = time.perf_counter()
            compiled.fullmatch(text)
            best = min(best, time.perf_counter() - start)
        slowest = max(slowest, best)
    return slowest


@pytest.mark.parametrize("pattern", SHIPPED)
def test_doubling_the_text_doubles_the_time_at_most(pattern: str) -> None:
    compiled = compile_pattern(pattern)
    short, long = _slowest(compiled, 2_000, pattern), _slowest(compiled, 8_000, pattern)
    # Four times the text: four times the time is linear, sixteen times would be quadratic.
    assert long < 8 * short + 0.002, (short, long)


@given(st.text(alphabet="ab.*+?{}()|[]^1,2", min_size=1, max_size=14))
def test_what_passes_is_fast(pattern: str) -> None:
    """Whatever the check lets through stays fast on texts made to be slow."""
    try:
        compiled = compile_pattern(pattern)
    except PatternError:
        return
    for text in ("a" * 4_000 + "!", "ab" * 2_000 + "!", "b" * 4_000 + "!"):
        start = time.perf_counter()
        compiled.fullmatch(text)
        assert time.perf_counter() - start < 0.5


def test_blanks_of_python_are_known() -> None:
    """`\\s` holds U+00A0 and U+3000, so it competes with them."""
    with pytest.raises(PatternError):
        compile_pattern("\\s*[\u3000x]*\\s*y")
    assert compile_pattern("\\s*").fullmatch("\u3000\u00a0 ")


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("责任编辑：.{2,4}", {"责任编辑："}),
        ("(?:责编|编辑)：.{2,4}", {"责编", "编辑"}),
        (".{2,4}", set()),
        ("(?i)THE END|END", {"end", "the end"}),
        ("x?(?:ABC)+", {"abc"}),
    ],
)
def test_needed_words(pattern: str, words: set[str]) -> None:
    assert set(needed_words(pattern)) == words


@pytest.mark.parametrize("pattern", SHIPPED)
def test_needed_words_are_needed(pattern: str) -> None:
    """No example of a shipped rule is found by a text without one of the words."""
    words = needed_words(pattern)
    compiled = compile_pattern(pattern)
    for pack in load_shipped_packs():
        for rule in pack.rules:
            if pattern in rule.match.keys.values():
                for example in rule.examples:
                    for start, end in example.spans:
                        text = " ".join(re.sub(r"<[^>]*>|[*]{2}", "", example.text[start:end]).split())
                        if compiled.fullmatch(text) and words:
                            assert any(word in text.lower() for word in words)


@pytest.mark.parametrize(
    ("pattern", "characters"),
    [
        ("责任编辑", "责"),
        ("(?:责编|编辑)：.{2,4}", "编责"),
        ("[（(]? ?(?i:THE) END|结", " (t结（"),
        ("x?(?:y|z)?", "xyz"),
        (".END", ""),
        ("\\s?END", ""),
        ("[一-龥]END", ""),
    ],
)
def test_first_characters(pattern: str, characters: str) -> None:
    assert first_characters(pattern) == characters


@pytest.mark.parametrize("pattern", SHIPPED)
@given(data=st.data())
@settings(max_examples=10)
def test_every_text_starts_with_a_first_character(pattern: str, data: st.DataObject) -> None:
    first = first_characters(pattern)
    text = data.draw(st.from_regex(pattern, fullmatch=True).filter(bool))
    assert not first or in_lower_case(text[0])[:1] in first
    assert all(set(marks) & set(text) for marks in needed_marks(pattern))


@pytest.mark.parametrize(
    ("pattern", "marks"),
    [
        ("责编[：:] ?.{2,4}", ("：:",)),
        ("[（(]责编[：:].{2,4}[)）]", ("（(", "：:", ")）")),
        ("[（(]?责编[：:a]", ()),
        ("责编[^：:]|[：:]", ()),
    ],
)
def test_needed_marks(pattern: str, marks: tuple[str, ...]) -> None:
    assert needed_marks(pattern) == marks
