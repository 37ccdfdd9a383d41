from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Candidate, Stage, Stance
from dragoman.model.corpus import REGISTER, CorpusPage
from dragoman.track.ranking import within
from tests.track.pages import (
    COPY,
    CORRIDOR,
    COUNCIL,
    EARLIER,
    ELSEWHERE,
    MET,
    NOW,
    OTHER,
    PAGES,
    commitment,
    document,
    page,
    ranker,
)


def candidates(*pages: CorpusPage, sentence: str = COUNCIL, **fields: Any) -> dict[str, Candidate]:  # noqa: ANN401
    found = ranker(pages or PAGES).rank(commitment(sentence, **fields), at=NOW, limit=20)
    return {one.page: one for one in found.candidates}


def test_the_page_that_tells_of_the_act_comes_first() -> None:
    assert next(iter(candidates())) == MET.id


def test_a_candidate_says_where_it_stands_and_what_it_is_of() -> None:
    best = candidates()[MET.id]
    assert best.quote == MET.text[best.start : best.end]
    assert best.quote.startswith("The Quantum Standards Council convened")
    assert (best.title, best.day, best.address) == (MET.title, MET.day, MET.address)


def test_a_candidate_says_why_it_ranks_as_it_does() -> None:
    why = {name: words for name, words, _ in candidates(technologies=("quantum",))[MET.id].why}
    assert why["named things"] == "quantum standards council"
    assert "lakeside declaration" in why["document named"]
    assert why["parties"] == "United States, Japan"
    assert why["technology"] == "quantum"
    assert why["kind of page"] == "readout"


def test_the_shares_of_a_score_add_up() -> None:
    for candidate in candidates().values():
        assert sum(share for _, _, share in candidate.why if share > 0) == pytest.approx(1, abs=0.001)


def test_a_page_without_a_word_of_the_commitment_is_no_candidate() -> None:
    assert OTHER.id not in candidates()


@pytest.mark.parametrize(("weak", "reason"), [(COPY, "copy"), (EARLIER, "before"), (ELSEWHERE, "other parties")])
def test_what_speaks_against_a_page_is_said(weak: CorpusPage, reason: str) -> None:
    against = {name: share for name, _, share in candidates()[weak.id].why if share < 0}
    assert -1 < against[reason] < 0


def test_the_document_itself_and_older_pages_do_not_fill_the_top() -> None:
    copies = [replace(COPY, id=f"copy/{number}") for number in range(15)]
    found = ranker([*copies, EARLIER, MET]).rank(commitment(COUNCIL), at=NOW, limit=3)
    assert found.candidates[0].page == MET.id


def test_a_page_of_the_same_day_is_held_back() -> None:
    sheet = replace(MET, id="facts", day=date(2026, 5, 4))
    found = candidates(sheet, MET)
    assert found["facts"].score < found[MET.id].score
    assert found["facts"].stance is Stance.CONTEXT


def test_a_later_page_that_only_repeats_the_sentence_is_held_back() -> None:
    text = f"{COUNCIL} They will ask their laboratories to share test beds for cryogenic sensors."
    found = candidates(page("reprint", f"An old text was read out.\n{text}"), MET)
    assert "repeats" in {name for name, _, _ in found["reprint"].why}
    assert found["reprint"].score < found[MET.id].score


def test_the_document_as_the_register_holds_it_is_no_evidence_for_itself() -> None:
    own = replace(COPY, id="lakeside", source=REGISTER)
    assert set(candidates(own, MET)) == {MET.id}


def test_a_page_that_is_in_corpus_and_register_is_shown_once() -> None:
    assert set(candidates(MET, replace(MET, id="council-meets", source=REGISTER))) & {MET.id, "council-meets"} == {
        "council-meets"
    }


def test_a_page_without_a_date_is_kept_and_says_so() -> None:
    undated = candidates(page("undated", MET.text, day=None))["undated"]
    assert undated.day is None
    assert "undated" in {name for name, _, _ in undated.why}


def test_a_document_without_a_date_takes_pages_of_all_days_alike() -> None:
    source = document(day=None)
    found = ranker(PAGES, source).rank(commitment(COUNCIL, source=source), at=NOW, limit=20)
    assert not {"before", "same day"} & {name for one in found.candidates for name, _, _ in one.why}


def test_a_commitment_without_an_actor_takes_the_parties_of_the_document() -> None:
    why = {name: words for name, words, _ in candidates(actors=())[MET.id].why}
    assert why["parties"] == "United States, Japan"


def test_stance_and_stage_are_proposed() -> None:
    best = candidates()[MET.id]
    assert (best.stance, best.stage) == (Stance.SUPPORTS, Stage.COMPLETED)


def test_what_was_given_up_contradicts() -> None:
    dropped = page("dropped", "Japan did not open negotiations on the Pacific Data Corridor.")
    found = candidates(dropped, sentence=CORRIDOR, actors=("Japan",), aim="open negotiations")
    assert found["dropped"].stance is Stance.CONTRADICTS


def test_a_chinese_commitment_finds_an_english_page_by_actors_tags_and_names() -> None:
    text = "美国和日本将在一年内成立量子标准理事会（Quantum Standards Council）。"
    source = document(text)
    asked = commitment(text, source=source, technologies=("quantum",))
    found = ranker([OTHER, ELSEWHERE, MET], source).rank(asked, at=NOW, limit=5)
    assert found.candidates[0].page == MET.id


def test_an_empty_corpus_gives_a_search_of_nothing() -> None:
    found = ranker([]).rank(commitment(COUNCIL), at=NOW, limit=5)
    assert found.candidates == ()
    assert (found.search.sources, found.search.until, found.search.found) == ((), None, 0)


def test_a_search_records_where_for_what_and_until_when() -> None:
    search = ranker().rank(commitment(COUNCIL), at=NOW, limit=1).search
    assert search.sources == (f"made: {len(PAGES)} pages",)
    assert search.until == date(2026, 11, 2)
    assert "quantum" in search.terms
    assert search.made == NOW
    assert search.found >= 1


def test_nothing_is_found_where_no_page_reaches_the_threshold() -> None:
    found = ranker([EARLIER, OTHER]).rank(commitment(CORRIDOR), at=NOW, limit=5)
    assert found.search.found == 0


def test_candidates_can_be_cut_at_a_score() -> None:
    found = ranker().rank(commitment(COUNCIL), at=NOW, limit=20)
    assert [one.page for one in within(found, found.candidates[0].score).candidates] == [MET.id]


@given(st.lists(st.sampled_from(PAGES), unique=True, max_size=5), st.integers(1, 5))
def test_candidates_come_best_first_and_quote_their_pages(pages: list[CorpusPage], limit: int) -> None:
    found = ranker(pages).rank(commitment(COUNCIL), at=NOW, limit=limit).candidates
    by_id = {one.id: one for one in pages}
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(0 <= one.score <= 1 for one in found)
    assert all(by_id[one.page].text[one.start : one.end] == one.quote for one in found)
    assert len(found) <= limit


@given(st.text(min_size=1, max_size=80))
def test_any_page_can_be_read(text: str) -> None:
    found = ranker([page("odd", f"{text} Quantum Standards Council")]).rank(commitment(COUNCIL), at=NOW, limit=1)
    assert [one.page for one in found.candidates] == ["odd"]
