from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.check.located import (
    Fields,
    Items,
    Located,
    NotReadableError,
    Scalar,
    TooMuchError,
    parse,
    parse_json,
    parse_yaml,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def plain(node: Located | None) -> object:
    """The value again, scalars that were not quoted as JSON reads them."""
    if isinstance(node, Fields):
        return {entry.key: plain(entry.value) for entry in node.entries}
    if isinstance(node, Items):
        return [plain(one) for one in node.nodes]
    assert node is not None
    return json.loads(node.text) if node.plain else node.text


@given(JSON)
def test_json_comes_back_as_the_standard_library_reads_it(value: object) -> None:
    assert plain(parse_json(json.dumps(value))) == value


@given(JSON)
def test_json_with_line_ends_and_tabs_comes_back_too(value: object) -> None:
    assert plain(parse_json(json.dumps(value, indent="\t", ensure_ascii=False))) == value


def test_each_value_knows_its_line() -> None:
    for node in (parse_yaml("a: 1\nb:\n- x\n- y: z\n"), parse_json('{"a": 1,\n"b":\n["x",\n{"y": "z"}]}')):
        assert isinstance(node, Fields)
        assert [entry.line for entry in node.entries] == [1, 2]
        items = node.entries[1].value
        assert isinstance(items, Items)
        assert [one.line for one in items.nodes] == [3, 4]


def test_words_stay_as_they_are_written() -> None:
    node = parse_yaml("a: [NO, 'NO', 007, 2026-01-01, ~]")
    assert isinstance(node, Fields)
    items = node.entries[0].value
    assert isinstance(items, Items)
    assert [one.text for one in items.nodes if isinstance(one, Scalar)] == ["NO", "NO", "007", "2026-01-01", "~"]
    assert [one.is_empty for one in items.nodes if isinstance(one, Scalar)] == [False] * 4 + [True]


def test_a_key_that_stands_twice_is_there_twice() -> None:
    node = parse_yaml("a: 1\na: 2\n")
    assert isinstance(node, Fields)
    assert [entry.line for entry in node.entries] == [1, 2]


@pytest.mark.parametrize("text", ["", " \n"])
def test_nothing_is_nothing(text: str) -> None:
    assert parse(text) is None
    assert parse(text, is_json=True) is None


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('{"a": }', 1, 7),
        ('{"a" 1}', 1, 6),
        ("[1 2]", 1, 4),
        ('{"a": 1}\nx', 2, 1),
        ('{\n "a": "b', 2, 7),
        ("[", 1, 2),
        ("{'a': 1}", 1, 2),
        ("[1,]", 1, 4),
        ("nought", 1, 1),
        ("[01]", 1, 2),
    ],
)
def test_a_fault_of_json_has_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(NotReadableError) as caught:
        parse_json(text)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: b\n  c: d\n", 2), ("a: [1,\n", 2), ("? [a]\n: 1\n", 1), ("a: \x07", 1), ("a: *b\n", 1)],
)
def test_a_fault_of_yaml_has_its_line(text: str, line: int) -> None:
    with pytest.raises(NotReadableError) as caught:
        parse_yaml(text)
    assert caught.value.line == line


def bomb() -> str:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for last, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{last}'] * 10)}]")
    return "\n".join(lines)


@pytest.mark.parametrize("text", [bomb(), "a: &a [*a]", "[" * 60 + "]" * 60])
def test_a_file_that_unfolds_too_far_is_not_unfolded(text: str) -> None:
    with pytest.raises(TooMuchError):
        parse_yaml(text)


@pytest.mark.parametrize("text", ["[" * 60 + "]" * 60, '{"a":' * 60 + "1" + "}" * 60])
def test_json_too_deep_is_refused(text: str) -> None:
    with pytest.raises(TooMuchError):
        parse_json(text)


@pytest.mark.parametrize("depth", [5_000, 100_000])
def test_brackets_without_end_break_nothing(depth: int) -> None:
    with pytest.raises((NotReadableError, TooMuchError)):
        parse_yaml("[" * depth)
    with pytest.raises((NotReadableError, TooMuchError)):
        parse_json("[" * depth)
