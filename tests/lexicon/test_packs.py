from __future__ import annotations

import pytest

from dragoman.lexicon import PackFaultError, load_pack
from dragoman.lexicon.packs import parse_pack

HEAD = "title: T\nsource: S\nas_of: 2026-01-01\n"


def test_a_pack_with_its_head_is_read() -> None:
    assert parse_pack("p.yaml", HEAD + "words: [a]\n")["words"] == ["a"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[a, b]", "not a mapping"),
        ("title: T\nsource: S\n", "no `as_of:`"),
        ("title: T\nsource: S\nas_of: soon\n", "not a date"),
        ("title: [", "not readable as YAML"),
    ],
)
def test_a_faulty_pack_is_refused_with_file_and_fault(text: str, fault: str) -> None:
    with pytest.raises(PackFaultError, match=fault) as caught:
        parse_pack("p.yaml", text)
    assert "p.yaml" in str(caught.value)


def test_a_missing_pack_is_named() -> None:
    with pytest.raises(PackFaultError, match="no such file"):
        load_pack("lexicons/none.yaml")
