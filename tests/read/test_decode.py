from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.read.decode import decode_text
from dragoman.read.faults import UnreadableError

CHINESE = "双方将在明年会面，并就小部件的生产和出口达成一致。各国应当报告进展。" * 3
TRADITIONAL = "雙方將在明年會面，並就小部件的生產達成一致。各國應當報告進展。" * 3


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_chinese_encodings(encoding: str) -> None:
    assert decode_text(CHINESE.encode(encoding), "a.txt").text == CHINESE


def test_big5() -> None:
    draft = decode_text(TRADITIONAL.encode("big5"), "a.txt")
    assert draft.text == TRADITIONAL
    assert [one.code for one in draft.problems] == ["encoding-guessed"]


def test_western_encoding() -> None:
    text = "The café in Zürich will meet our needs. We shall see to the façade."
    assert decode_text(text.encode("cp1252"), "a.txt").text == text


def test_line_ends_are_kept_and_mixing_is_noted() -> None:
    draft = decode_text(b"We will act.\r\nThey will not.\nYou may.\r", "a.txt")
    assert draft.text == "We will act.\r\nThey will not.\nYou may.\r"
    assert [one.code for one in draft.problems] == ["mixed-line-ends"]


def test_nul_characters_are_replaced_one_for_one() -> None:
    draft = decode_text(b"We will\0 act.", "a.txt")
    assert draft.text == "We will\ufffd act."
    assert [one.code for one in draft.problems] == ["nul-characters"]


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    data = CHINESE.encode() + b"\xff" + "完。".encode()
    draft = decode_text(data, "a.txt")
    assert draft.text == CHINESE + "\ufffd完。"
    assert [one.code for one in draft.problems] == ["undecodable-bytes"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b" \r\n\t", "no-text"),
        (b"\x7fELF" + bytes(900), "not-text"),
        (bytes(range(1, 32)) * 40, "not-text"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        decode_text(data, "a.txt")
    assert caught.value.problem.code == code


def test_random_bytes_are_refused() -> None:
    with pytest.raises(UnreadableError):
        decode_text(os.urandom(20_000), "a.txt")


@given(st.text(min_size=1).filter(lambda text: text.strip("\ufeff\ufffd \t\r\n\xa0\u3000") and "\0" not in text))
def test_any_utf8_text_comes_back_as_it_is_or_is_refused(text: str) -> None:
    try:
        draft = decode_text(text.encode("utf-8", "replace"), "a.txt")
    except UnreadableError as fault:
        assert fault.problem.code in {"not-text", "no-text"}  # noqa: PT017 - either outcome is right
    else:
        assert draft.text == text.encode("utf-8", "replace").decode().removeprefix("\ufeff")


@given(st.binary(max_size=400))
def test_any_bytes_give_a_text_or_a_problem(data: bytes) -> None:
    try:
        assert decode_text(data, "a.txt").text
    except UnreadableError as fault:
        assert fault.problem.remedy  # noqa: PT017 - either outcome is right
