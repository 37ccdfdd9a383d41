from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.model import SearchPage
from dragoman.register import Register
from dragoman.register.tokens import MOST_TOKENS, marks_of, phrases_of
from tests.register.making import CODER, NOON, document, provision

ENGLISH = """The U.S. and the EU will share export-control lists.
Export controls on semiconductors (chips) stay.
The export of controls is another matter.
Ask us, not U.S.A. Inc.
~ Export controls in a menu"""
CHINESE = """双方将就人工智能芯片开展合作。
美国(U.S.)和欧盟将共享出口管制清单。
５Ｇ和AI技术。"""


def fill(register: Register) -> Register:
    """Keep three documents."""
    for doc in (
        document(ENGLISH, "en-2021", date(2021, 1, 1)),
        document(CHINESE, "zh-2024", date(2024, 1, 1)),
        document(ENGLISH + "\nUndated chips.", "undated", None),
    ):
        register.save(doc, [provision(doc, 0, "will"), provision(doc, 0, "将")], coder=CODER, at=NOON)
    return register


@pytest.fixture(scope="module")
def asked(kept: Register) -> Register:
    """The three documents on each engine, for questions that change nothing."""
    return fill(kept)


def found(page: SearchPage) -> list[tuple[str, str]]:
    return [(hit.doc, hit.text) for hit in page.hits]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("芯片", 1),
        ("人工智能芯片", 1),
        ("智芯", 0),
        ("U.S.", 5),
        ("u.s", 5),
        ("us", 2),
        ("export control", 2),
        ('"export control"', 2),
        ("export controls", 4),
        ('"export controls"', 2),
        ("export control*", 6),
        ('"EXPORT controls" chips', 2),
        ("5g ai", 1),
        ("ＡＩ", 1),
        ("chips", 3),
        ("nothing", 0),
        ("。", 0),
        ("", 0),
        ('"', 0),
        ("chips' OR 1=1 --", 0),
        ("chips AND", 0),
        ("menu", 0),
    ],
)
def test_what_is_found(asked: Register, query: str, number: int) -> None:
    page = asked.search(query)
    assert page.total == number == len(page.hits)
    assert all(hit.marks == marks_of(hit.text, phrases_of(query)) and hit.marks for hit in page.hits)


def test_hits_come_newest_document_first_then_in_text_order(register: Register) -> None:
    page = fill(register).search("u.s.")
    assert [hit.doc for hit in page.hits] == ["zh-2024", "en-2021", "en-2021", "undated", "undated"]
    assert page.hits[1].start < page.hits[2].start
    assert register.search("u.s.", offset=1, limit=2).hits == page.hits[1:3]
    assert register.search("u.s.", offset=9) == SearchPage((), 5, 9)


def test_a_hit_names_its_lines(register: Register) -> None:
    doc = document(ENGLISH, "en-2021", date(2021, 1, 1))
    hit = fill(register).search("lists").hits[0]
    assert hit.provisions == (provision(doc, 0, "将").id, provision(doc, 0, "will").id)
    assert (hit.title, hit.text) == ("About en-2021", ENGLISH.split("\n", maxsplit=1)[0])
    assert register.search("semiconductors").hits[0].provisions == ()


def test_a_sentence_beyond_all_measure_is_found_by_its_beginning(register: Register) -> None:
    text = "start " + "word " * (2 * MOST_TOKENS) + "end " + "x" * 3000
    register.save(document(text), [], coder=CODER, at=NOON)
    assert register.search("start word").total == 1
    assert register.search("end").total == 0


QUERIES = (
    "芯片",
    "将共享",
    "U.S.",
    "us",
    "export control*",
    '"export controls"',
    "the",
    "ai",
    "５g",
    "inc*",
    "and",
)


@pytest.mark.postgres
def test_both_engines_find_the_same(emptied: str, tmp_path: Path) -> None:
    pages = []
    for place in (str(tmp_path / "register.sqlite"), emptied):
        register = fill(Register.open(place))
        pages.append([(register.search(query), register.search(query, offset=1, limit=1)) for query in QUERIES])
        register.close()
    assert pages[0] == pages[1]
    assert any(page.total for page, _ in pages[0])


@pytest.mark.postgres
@pytest.mark.real
def test_both_engines_find_the_same_in_real_texts(emptied: str, tmp_path: Path, shared: Path) -> None:
    words = (
        "技术",
        "芯片",
        "出口管制",
        "U.S.",
        "quantum",
        "export control*",
        '"critical minerals"',
        "the",
        "EU US",
    )
    pages = []
    for place in (str(tmp_path / "register.sqlite"), emptied):
        register = Register.open(place)
        for path in sorted((shared / "docs").glob("*.txt")):
            text = path.read_text().replace("。", "。\n").replace(". ", ".\n")
            register.save(document(text, path.stem), [], coder=CODER, at=NOON)
        pages.append([register.search(word, limit=1000) for word in words])
        register.close()
    assert pages[0] == pages[1]
    assert all(page.total for page in pages[0][:-1])


@pytest.fixture(scope="module")
def one_register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """A register that every example gives a new version of the same document."""
    register = Register.open(tmp_path_factory.mktemp("one") / "register.sqlite")
    yield register
    register.close()


han = st.text(alphabet="中美将就人工智能芯片出口管制合作一二三", min_size=2, max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sentences=st.lists(han, min_size=1, max_size=4), data=st.data())
def test_every_han_substring_is_found_and_nothing_else(
    one_register: Register, sentences: list[str], data: st.DataObject
) -> None:
    one_register.save(document("\n".join(sentences)), [], coder=CODER, at=NOON)
    sentence = data.draw(st.sampled_from(sentences))
    start = data.draw(st.integers(0, len(sentence) - 2))
    part = sentence[start : data.draw(st.integers(start + 2, len(sentence)))]
    page = one_register.search(part, limit=100)
    assert [hit.text for hit in page.hits] == [line for line in sentences if part in line]
    assert page.total == len(page.hits)


words = st.text(alphabet="abC1é.’-， 人中", max_size=20)


@settings(max_examples=60, deadline=None)
@given(text=words.filter(str.strip), query=words)
def test_the_index_and_the_marks_agree(one_register: Register, text: str, query: str) -> None:
    one_register.save(document(text), [], coder=CODER, at=NOON)
    phrases = phrases_of(query)
    expected = bool(phrases) and all(marks_of(text, [phrase]) for phrase in phrases)
    assert (one_register.search(query).total == 1) == expected
