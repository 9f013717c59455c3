"""Editing front matter: one value changes, everything else stays byte for byte."""

from __future__ import annotations

import copy
import datetime
from typing import Any

import frontmatter
import pytest
from hypothesis import given
from hypothesis import strategies as st

import artlint
from artlint.diagnostic import apply_edits
from artlint.document import Document, Node
from artlint.document.front_matter import read_front_matter
from artlint.settings import Settings
from artlint.source import Source
from artlint.value_edits import drop_field, drop_item, respell
from tests.front_matter_blocks import BLOCKS, TEXTS, parsed, wrapped

Path = tuple[Any, ...]


def _texts(node: Node, path: Path = ()) -> list[tuple[Path, Node]]:
    found = [(path, node)] if isinstance(node.value, str) and path else []
    for index, item in enumerate(node.items):
        found += _texts(item, (*path, index))
    for field in node.fields:
        found += _texts(field.node, (*path, field.key))
    return found


def _lists(node: Node, path: Path = ()) -> list[tuple[Path, Node]]:
    found = [(path, node)] if node.items else []
    for field in node.fields:
        found += _lists(field.node, (*path, field.key))
    return found


def _set(values: Any, path: Path, value: Any) -> Any:
    values = copy.deepcopy(values)
    place = values
    for step in path[:-1]:
        place = place[step]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return values


def _document(case: tuple[str, str], newline: str = "\n") -> Document:
    return Document(Source.from_text(wrapped(*case).replace("\n", newline)))


@given(BLOCKS, TEXTS, st.sampled_from(["\n", "\r\n"]), st.randoms())
def test_one_value_changes_and_nothing_else(
    case: tuple[str, str], value: str, newline: str, pick: Any
) -> None:
    document = _document(case, newline)
    block = document.front_matter
    assert block is not None
    texts = _texts(block.root)
    if not texts:
        return
    path, node = pick.choice(texts)
    edit = respell(document, node, value)
    assert edit.span == node.span
    after = apply_edits(document.text, [edit])
    new = read_front_matter(after)
    assert new is not None
    assert new.fault is None
    assert new.values == _set(parsed(*case), path, value)
    assert after.startswith(document.text[: node.span.start])
    assert after.endswith(document.text[node.span.end :])
    assert document.source.spell(after).count("\n") == document.source.spell(after).count(newline)


@given(BLOCKS, st.randoms())
def test_a_dropped_key_takes_nothing_along(case: tuple[str, str], pick: Any) -> None:
    document = _document(case)
    block = document.front_matter
    assert block is not None
    field = pick.choice(block.fields)
    if case[0] == "toml" and (field.node.fields or field.node.items):
        return  # a table may be spread over the block; no rule drops one
    after = read_front_matter(apply_edits(document.text, [drop_field(document, field)]))
    assert after is not None
    assert after.values == _set(parsed(*case), (field.key,), ...)


@given(BLOCKS, st.randoms())
def test_a_dropped_item_takes_nothing_along(case: tuple[str, str], pick: Any) -> None:
    document = _document(case)
    block = document.front_matter
    assert block is not None
    lists = [(path, node) for path, node in _lists(block.root) if len(node.items) > 1]
    if not lists:
        return
    path, node = pick.choice(lists)
    index = pick.randrange(len(node.items))
    item = node.items[index]
    if item.items or item.fields or item.value in ({}, []) or "\n" in document.text[slice(*item.span)]:
        return  # the rules drop plain terms only
    edits = drop_item(document, item)
    if edits:
        after = read_front_matter(apply_edits(document.text, edits))
        assert after is not None
        assert after.fault is None
        assert after.values == _set(parsed(*case), (*path, index), ...)


RULES = artlint.Config(select=("FM",), settings=Settings(timezone="+08:00"))


@given(BLOCKS, st.sampled_from(["Thu, 04 Nov 2021 02:10:07 GMT", "2021年11月4日", "2021-04-11 00:30:33"]))
def test_fixing_a_date_leaves_every_other_key(case: tuple[str, str], date: str) -> None:
    name, content = case
    written = {"yaml": f"date: {date}\n", "toml": f'date = "{date}"\n', "json": f'{{"date": "{date}"'}[name]
    if name == "json":
        content = written + (", " + content[1:] if parsed(*case) else "}")
    else:
        content = written + content
    result = artlint.fix(wrapped(name, content), config=RULES)
    assert not result.refused
    before, after = parsed(name, content), read_front_matter(result.text)
    assert after is not None
    named = {entry.removed.partition(":")[0] for entry in result.ledger if entry.kind == "value"}
    assert "date" in named
    assert {k: v for k, v in after.values.items() if k not in named} == {
        k: v for k, v in before.items() if k not in named
    }


# As the corpora write them: (in the file, with --unsafe-fixes and timezone +08:00).
DATES = {
    "Thu, 04 Nov 2021 02:10:07 GMT": "2021-11-04T02:10:07Z",
    "Thu, 4 Nov 2021 02:10:07 +0800": "2021-11-04T02:10:07+08:00",
    "2021-04-11 00:30:33": "2021-04-11T00:30:33+08:00",
    "2018-02-29": None,
    "Invalid Date": None,
    "June 19, 2018 at 9:99PM": None,
    "June 19, 2018 at 04:36PM": "2018-06-19T16:36:00+08:00",
    "2020-01-22 9:00:00 -0500": "2020-01-22T09:00:00-05:00",
    "2019-01-02T12:30+08:00": "2019-01-02T12:30:00+08:00",
    "2019-01-02 10:11 +0800": "2019-01-02T10:11:00+08:00",
    "2021年11月4日 02:10": "2021-11-04T02:10:00+08:00",
    "2021年11月4日 下午3时05分": "2021-11-04T15:05:00+08:00",
    "1636000000": "2021-11-04T04:26:40Z",
    "1636000000123": "2021-11-04T04:26:40.123Z",
    "Thu Nov 04 2021 10:10:07 GMT+0800": "2021-11-04T10:10:07+08:00",
    "04/11/2021": None,
    "2021-11-04T02:10:07Z": "2021-11-04T02:10:07Z",
    "2021-11-04": "2021-11-04",
}
SPELLINGS = {
    "yaml": ("yaml", "title: A\ndate: {}\nlast: 'x' # c\n"),
    "yaml, single quotes": ("yaml", "title: A\ndate: '{}' # c\n"),
    "yaml, double quotes": ("yaml", 'date: "{}"\nb: [1, 2]\n'),
    "toml": ("toml", 'date = "{}" # c\nb = 1\n'),
    "json": ("json", '{{"date": "{}", "b": [1]}}'),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("date", DATES)
def test_dates_of_every_form(date: str, spelling: str) -> None:
    name, frame = SPELLINGS[spelling]
    text = wrapped(name, frame.format(date))
    config = artlint.Config(
        select=("FM004", "FM010", "FM011", "FM012"), settings=Settings(timezone="Asia/Shanghai")
    )
    result = artlint.fix(text, config=config)
    wanted = DATES[date]
    if wanted is None:
        assert not result.changed
        assert [d.code for d in result.remaining] == ["FM011"]
        return
    assert result.text == wrapped(name, frame.format(wanted))
    assert result.remaining == ()


@pytest.mark.parametrize(
    ("written", "fixed"),
    [
        ("2021-04-11T00:30:33", "2021-04-11T00:30:33+08:00"),
        ("2021-04-11 00:30:33", "2021-04-11T00:30:33+08:00"),
        ("2021-04-11T00:30:33Z", "2021-04-11T00:30:33Z"),
        ("2021-04-11", "2021-04-11"),
    ],
)
def test_toml_date_times(written: str, fixed: str) -> None:
    result = artlint.fix(f"+++\ndate = {written} # c\n+++\n", config=RULES)
    assert result.text == f"+++\ndate = {fixed} # c\n+++\n"


def test_a_naive_date_is_not_guessed() -> None:
    text = "---\ntitle: A\ndate: 2021-04-11 00:30:33\n---\n"
    config = artlint.Config(select=("FM012",))
    assert artlint.fix(text, config=config).text == text
    assert "2021-04-11T00:30:33Z" in artlint.fix(text, config=config, unsafe=True).text


def test_a_time_that_the_clocks_show_twice_is_not_guessed() -> None:
    text = "---\ndate: 2021-10-31 02:30:00\n---\n"
    config = artlint.Config(select=("FM012",), settings=Settings(timezone="Europe/Berlin"))
    assert artlint.fix(text, config=config).text == text
    assert artlint.fix(text.replace("02:30", "04:30"), config=config).changed


@pytest.mark.parametrize(
    ("style", "fixed"),
    [
        ("iso", "2021-11-04T02:10:07Z"),
        ("hexo", "2021-11-04 10:10:07"),
        ("jekyll", "2021-11-04 02:10:07 +0000"),
    ],
)
def test_date_styles(style: str, fixed: str) -> None:
    config = artlint.Config(select=("FM",), settings=Settings(timezone="+08:00", date_format=style))
    text = "---\ntitle: A\ndate: Thu, 04 Nov 2021 02:10:07 GMT\n---\n"
    result = artlint.fix(text, config=config)
    assert f"date: {fixed}\n" in result.text
    assert result.remaining == ()
    assert frontmatter.loads(result.text)["title"] == "A"


REPAIRS = {
    "colon": ("title: A: B", "title: 'A: B'", True),
    "label": ("title: [New] A", "title: '[New] A'", True),
    "at": ("title: @home", "title: '@home'", True),
    "apostrophe": ("title: 'It's'", "title: 'It''s'", True),
    "nested quotes": ('title: "The "new" one"', "title: 'The \"new\" one'", True),
    "no blank": ("title:A", "title: A", True),
    "wide colon": ("title：A", "title: A", True),
    "tab": ("tags:\n\t- a\n\t- b", "tags:\n  - a\n  - b", True),
    "two quotes": ('title: "A" and "B"', 'title: \'"A" and "B"\'', False),
    "open quote": ('title: "A', "title: 'A'", False),
    "indented key": ("title: A\n date: 2020-01-02", "title: A\ndate: 2020-01-02", False),
    "two keys": ("title: A date: B", None, False),
    "seven quotes": ('title: "a" "b" "c" "', None, False),
    "anchor": ("title: &a B", None, False),
    "list": ("title: [A", None, False),
}


@pytest.mark.parametrize("name", REPAIRS)
def test_repairs(name: str) -> None:
    written, fixed, is_safe = REPAIRS[name]
    frame = "---\n# keep: this\nfirst:   'one'  # 1\n{}\nlast: [1,2]\n---\n\n<p>Text</p>\n"
    text = frame.format(written)
    config = artlint.Config(select=("FM002",))
    for unsafe in (False, True):
        result = artlint.fix(text, config=config, unsafe=unsafe)
        if fixed is None or (not is_safe and not unsafe):
            assert result.text == text
            assert [d.code for d in result.remaining] == ["FM002"]
        else:
            assert result.text == frame.format(fixed)
            post = frontmatter.loads(result.text)
            assert (post["first"], post["last"]) == ("one", [1, 2])
            assert [entry.kind for entry in result.ledger] == ["value"]


@given(BLOCKS, st.sampled_from(["title: A: B", "title: 'It's'", "title: @x"]))
def test_a_repair_changes_no_other_key(case: tuple[str, str], line: str) -> None:
    name, content = case
    if name != "yaml" or content.startswith(("-", "[")):
        return
    result = artlint.fix(
        wrapped(name, f"{content}{line}\n"), config=artlint.Config(select=("FM002",)), unsafe=True
    )
    assert not result.refused
    block = read_front_matter(result.text)
    assert block is not None
    if block.fault is None:
        values = block.values
        del values["title"]
        assert values == parsed(name, content)


def test_titles_that_scrapers_leave() -> None:
    config = artlint.Config(select=("FM005", "FM021", "FM022", "FM023", "FM026"))
    cases = {
        "title: 'The _FALCON_ is fast'\n---\n<p>A “FALCON”.</p>": "title: 'The “FALCON” is fast'",
        "title: \"'Disable the port of the box '\"\n---\n": 'title: "Disable the port of the box"',
        "title: '@name \"\n1st\n\"'\n---\n": "title: '@name \"1st\"'",
        "title: Q&amp;A &#8211; one\n---\n": "title: Q&A – one",
        "title: A <em>b</em>\n---\n": "title: A b",
    }
    for written, fixed in cases.items():
        result = artlint.fix(f"---\n{written}\n", config=config, unsafe=True)
        assert result.text.split("\n---\n")[0] == f"---\n{fixed}"
        assert result.remaining == ()


def test_dates_are_read_where_the_clock_is_wrong() -> None:
    future = datetime.datetime.now(datetime.UTC).year + 2
    (found,) = artlint.lint(f"---\ndate: {future}-01-01\n---\n", config=artlint.Config(select=("FM013",)))
    assert found.message == "`date` lies in the future"


def test_a_line_that_is_mended_twice_stands_in_the_ledger_once() -> None:
    text = '{"title": "A", "tags": ["a",], "date": "2020-01-02T03:04:05Z",}\n\n<p>One.</p>\n'
    result = artlint.fix(text)
    removed, inserted = text.split("\n")[0], result.text.split("\n")[0]
    assert inserted == '{"title": "A", "tags": ["a"], "date": "2020-01-02T03:04:05Z"}'
    assert [(entry.removed, entry.inserted) for entry in result.ledger] == [(removed, inserted)]
