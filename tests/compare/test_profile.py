"""Profiles over time of invented lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dragoman.compare.coordination_settings import load_coordination
from dragoman.compare.profile import BY, profile_of
from dragoman.lexicon import load_lexicon
from dragoman.model import Document, Kind, Language, Legalization, Provision
from dragoman.model.profile import Profile, profile_to_row
from dragoman.model.quote import quote_at

TEXT = "They will curb chips to Russia. Japan will draft standards."
CUT = TEXT.index(" Japan")
BOTH = ("Japan", "Norway")
DOCUMENT = Document("one", "", date(2030, 1, 1), "", BOTH, (Language.EN,), "", "", "", TEXT)


def provision(start: int, end: int, actors: tuple[str, ...], tag: str, precision: int) -> Provision:
    return Provision(
        id=f"one:{start}",
        doc="one",
        start=start,
        end=end,
        trigger="will",
        trigger_start=TEXT.index("will", start),
        kind=Kind.COMMITMENT,
        force=3,
        quote=quote_at(TEXT, start, end),
        language=Language.EN,
        actors=actors,
        instruments=(tag,),
        legalization=Legalization(2, precision, 0),
    )


LINES = (
    provision(0, CUT, BOTH, "export-control", 2),
    replace(provision(CUT + 1, len(TEXT), ("Japan",), "standards", 4), force=1),
)


def profile(by: str) -> Profile:
    return profile_of([(DOCUMENT, LINES)], by, load_lexicon(), load_coordination())


@pytest.mark.parametrize(
    ("by", "values"),
    [
        ("technology", {"none": 2}),
        ("instrument", {"export-control": 1, "standards": 1}),
        ("target", {"Russia": 1, "none named": 1}),
        ("hardness", {"hard": 1, "soft": 1}),
        ("mode", {"joint": 1, "separate": 1}),
        ("force", {"3": 1, "1": 1}),
        ("precision", {"2": 1, "4": 1}),
    ],
)
def test_by(by: str, values: dict[str, int]) -> None:
    assert {value: len(cell.measures) for (_, value), cell in profile(by).cells.items()} == values


def test_every_kind_of_profile_is_tested() -> None:
    assert set(BY) == {"technology", "instrument", "target", "hardness", "mode", "force", "precision"}


def test_the_figures_of_a_cell_open_their_sentences() -> None:
    (cell,) = profile_to_row(profile("technology"))["cells"]
    assert (cell["force"]["value"], cell["precision"]["value"]) == (2, 3)
    assert cell["hard"]["sentences"] == [{"doc": "one", "start": 0, "end": CUT}]
    assert cell["separate"]["sentences"] == [{"doc": "one", "start": CUT + 1, "end": len(TEXT)}]


def test_documents_in_order_of_date_and_those_without_one_last() -> None:
    others = [replace(DOCUMENT, slug="late", date=date(2031, 1, 1)), replace(DOCUMENT, slug="odd", date=None)]
    found = profile_of([(one, ()) for one in (*others, DOCUMENT)], "force", load_lexicon(), load_coordination())
    assert [slug for slug, _ in found.documents] == ["one", "late", "odd"]
    assert [one.code for one in found.problems] == ["coordination-undated", "profile-nothing"]
