from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.compare import redline
from dragoman.model.lineage import Edit, Piece

WORDS = st.lists(
    st.sampled_from(["we", "will", "intend", "to", "launch", "a", "fund,", "中", "国", "将"]), max_size=12
)


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_words_that_went_stand_before_those_that_came() -> None:
    assert redline("We intend to launch a fund.", "We will launch a large fund.") == (
        Piece(Edit.KEPT, "We "),
        Piece(Edit.DELETED, "intend to "),
        Piece(Edit.INSERTED, "will "),
        Piece(Edit.KEPT, "launch a "),
        Piece(Edit.INSERTED, "large "),
        Piece(Edit.KEPT, "fund."),
    )


def test_chinese_is_compared_character_by_character() -> None:
    assert redline("双方将探讨合作。", "双方将开展合作。") == (
        Piece(Edit.KEPT, "双方将"),
        Piece(Edit.DELETED, "探讨"),
        Piece(Edit.INSERTED, "开展"),
        Piece(Edit.KEPT, "合作。"),
    )


@pytest.mark.parametrize(("before", "after"), [("", ""), ("", "new words"), ("old words", "")])
def test_an_empty_side_gives_one_piece_at_most(before: str, after: str) -> None:
    assert len(redline(before, after)) == bool(before or after)


@given(before=WORDS, after=WORDS)
def test_the_pieces_give_both_texts_back(before: list[str], after: list[str]) -> None:
    old, new = " ".join(before), " ".join(after)
    pieces = redline(old, new)
    assert bare("".join(piece.text for piece in pieces if piece.edit is not Edit.INSERTED)) == bare(old)
    assert "".join(piece.text for piece in pieces if piece.edit is not Edit.DELETED) == new or old.strip() != old
