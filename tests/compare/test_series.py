from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dragoman.compare import series_of
from dragoman.compare.series import ordinals_of
from dragoman.compare.settings import load_wording
from dragoman.model import Document
from dragoman.read import ReadSettings, read_inputs
from tests.compare.making import lineage, statement

BODY = "Statement\n\nJapan will fund the Arctic Institute.\n"


def codes(*texts: tuple[Document, tuple[object, ...]]) -> list[str]:
    return [problem.code for problem in series_of(texts)[2]]  # type: ignore[arg-type]


def test_texts_are_put_in_the_order_of_their_dates_and_that_is_said() -> None:
    later, earlier = statement("b2", BODY), statement("a1", BODY + "\nCanada will fund it too.\n")
    texts, _, problems = series_of([later, earlier])
    assert [text.document.slug for text in texts] == ["a1", "b2"]
    assert [problem.code for problem in problems] == ["series-reordered"]
    assert "a1 (2021-06-01), b2 (2022-06-01)" in problems[0].message


def test_without_a_date_the_order_given_stays() -> None:
    undated = statement("z9", BODY)[0]
    from dataclasses import replace  # noqa: PLC0415 - only here

    texts, _, problems = series_of([(replace(undated, date=None), ()), statement("a1", BODY + "\nMore.\n")])
    assert [text.document.slug for text in texts] == ["z9", "a1"]
    assert "series-undated" in [problem.code for problem in problems]


def test_a_document_named_twice_is_compared_once() -> None:
    text = statement("a1", BODY)
    assert codes(text, text) == ["series-same-document", "series-one-text"]


def test_texts_of_one_day_are_compared_as_named() -> None:
    one, two = statement("a1", BODY), statement("b1", BODY + "\nCanada will fund it too.\n")
    assert codes(one, two) == ["series-same-day"]


def test_a_text_without_provisions_is_named() -> None:
    assert "series-no-provisions" in codes(statement("a1", BODY), statement("b2", "Menu\n\nSoup.\n"))


@pytest.mark.parametrize(
    ("title", "body", "number"),
    [
        ("Inaugural Meeting of the Tidal Council", BODY, 1),
        ("Readout of the Tidal Council Fifth Ministerial Meeting", BODY, 5),
        ("Joint Statement", "The fourth Ministerial meeting of the Tidal Council took place in Kobe.\n", 4),
        ("第三次潮汐会议联合声明", BODY, 3),
        ("Joint Statement", "The first draft was short.\n", None),
    ],
)
def test_the_number_of_a_meeting_is_read(title: str, body: str, number: int | None) -> None:
    document = statement("tide", body, title=title)[0]
    assert ordinals_of([document], load_wording()) == [number]


def test_the_number_in_a_slug_counts_where_two_slugs_are_numbered_alike() -> None:
    one, three, other = (statement(slug, BODY)[0] for slug in ("tide-1-kobe", "tide-3-oslo", "storm-7"))
    assert ordinals_of([one, three, other], load_wording()) == [1, 3, None]


def test_a_year_in_a_slug_is_no_number_of_a_meeting() -> None:
    documents = [statement(f"tide-{year}", BODY, date(year, 1, 1))[0] for year in (2021, 2023)]
    assert ordinals_of(documents, load_wording()) == [None, None]


@pytest.mark.real
def test_the_missing_meeting_of_a_real_series_shows_as_a_gap(shared: Path) -> None:
    from tests.compare.making import extractor  # noqa: PLC0415 - only here

    names = ("1-pittsburgh-2021", "3-college-park-2022", "4-lulea-2023")
    paths = [str(shared / "corpus" / "ttc" / f"ttc-{name}.en.txt") for name in names]
    documents = [result.document for result in read_inputs(paths, ReadSettings()) if result.document]
    found = lineage([(document, extractor().extract(document)) for document in documents])
    assert [(gap.ordinals, gap.before[:5]) for gap in found.gaps] == [((2,), "ttc-3")]
    assert all(line.gaps == (2,) for line in found.lines if line.dropped_in.startswith("ttc-3"))
    assert {line.dropped_in[:5] for line in found.lines if line.dropped_in} == {"ttc-3", "ttc-4"}
