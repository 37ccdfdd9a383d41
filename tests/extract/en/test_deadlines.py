from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.extract import Extractor
from dragoman.extract.due import nearest
from dragoman.extract.en.deadlines import deadline_in, deadlines_within
from dragoman.lexicon import load_lexicon
from dragoman.model import Deadline, DeadlineKind, Kind
from dragoman.read import read_text
from tests.extract.clauses import candidate_in, check_deadline, check_words_and_day, view_of

TODAY = date(2023, 6, 8)
CASES = [
    ("We will publish a plan by the end of 2023.", "by", "2023-12-31", "by the end of 2023"),
    ("We will publish a plan by 1 March 2024.", "by", "2024-03-01", "by 1 March 2024"),
    ("We will publish a plan before March 1, 2024.", "by", "2024-02-29", "before March 1, 2024"),
    ("The ministers will meet on 5 October 2023.", "on", "2023-10-05", "on 5 October 2023"),
    ("We will open an office within the next twelve months.", "by", "2024-06-08", "within the next twelve months"),
    ("Over the next year, we will train inspectors.", "by", "2024-06-08", "Over the next year"),
    ("Work starts beginning in the next six months.", "from", "2023-12-08", "beginning in the next six months"),
    ("Both sides will report later this year.", "by", "2023-12-31", "later this year"),
    ("Both sides will report by the autumn.", "by", "2023-11-30", "by the autumn"),
    ("Both sides will report by spring 2025.", "by", "2025-05-31", "by spring 2025"),
    ("Both sides will report in mid-2024.", "by", "2024-06-30", "in mid-2024"),
    ("Both sides will report in mid-December.", "by", "2023-12-15", "in mid-December"),
    ("Both sides will report by the second quarter of 2024.", "by", "2024-06-30", "by the second quarter of 2024"),
    ("The agency shall spend it by the end of fiscal year 2025.", "by", "2025-09-30", None),
    ("Within 90 days of the date of this order, the Secretary shall report.", "by", "2023-09-06", None),
    ("Not later than 180 days after the date of this order, it shall act.", "by", "2023-12-05", None),
    ("Within 30 days of receiving the request, the office shall answer.", "vague", None, None),
    ("It shall report, not later than March 31 of each year, to the board.", "recurring", "P1Y", None),
    ("They should agree no later than the 2027 summit.", "vague", None, "no later than the 2027 summit"),
    ("The ship shall be named before making a voyage.", "vague", None, "before making a voyage"),
    ("It will publish the map on Monday.", "on", "2023-06-12", "on Monday"),
    ("It will publish the map tomorrow.", "on", "2023-06-09", "tomorrow"),
    ("They should agree ahead of the May 2024 summit.", "by", "2024-04-30", None),
    ("The council will convene biannually.", "recurring", "P6M", "biannually"),
    ("We intend to hold bi-annual rescue drills.", "recurring", "P6M", "bi-annual"),
    ("Both should publish an annual estimate of tolls.", "recurring", "P1Y", "annual"),
    ("We will hold quarterly port consultations.", "recurring", "P3M", "quarterly"),
    ("The council will convene every two years.", "recurring", "P2Y", "every two years"),
    ("The council will convene every six weeks.", "recurring", "P42D", "every six weeks"),
    ("The council will report annually thereafter.", "recurring", "P1Y", "annually thereafter"),
    ("We will act swiftly.", "vague", None, "swiftly"),
    ("We will consult in the coming months.", "vague", None, "in the coming months"),
    ("We will report by the next ministerial meeting.", "vague", None, "by the next ministerial meeting"),
    ("We will answer within half a year.", "by", "2023-12-08", "within half a year"),
    ("We will answer within one and a half months.", "by", "2023-07-23", "within one and a half months"),
    ("We will close the gap before 2030.", "by", "2029-12-31", "before 2030"),
    ("We will close the gap before March 2025.", "by", "2025-02-28", "before March 2025"),
    ("We will meet before the end of 2023.", "by", "2023-12-31", "before the end of 2023"),
    ("We will build two docks within this decade.", "by", "2029-12-31", "within this decade"),
    ("We will launch the ship in the late 2030s.", "by", "2039-12-31", "in the late 2030s"),
    ("As early as 2027, we will send two ships.", "from", "2027-12-31", "As early as 2027"),
    ("From 2025 to 2028, we will fund the school.", "by", "2028-12-31", "From 2025 to 2028"),
    ("The office shall report ahead of the July 2026 review.", "by", "2026-06-30", None),
    ("Within 20 days of the date of the memorandum, it shall act.", "by", "2023-06-28", None),
    ("We will soon open a library.", "vague", None, "soon"),
    ("The office shall submit an annual report.", "recurring", "P1Y", "an annual report"),
    ("Firms must answer within 24 hours of a notice.", "vague", None, "within 24 hours of a notice"),
    ("Firms must hold a licence before they ship kites.", "vague", None, "before they ship kites"),
    ("Firms must file it prior to export.", "vague", None, "prior to export"),
    ("Firms must file it not later than fourteen days before the sale ends.", "vague", None, None),
    ("The group shall hold two sessions a year in Malta.", "recurring", "P6M", "two sessions a year"),
    ("The group shall meet at least three times per year.", "recurring", "P4M", "at least three times per year"),
    ("The group shall meet each January.", "recurring", "P1Y", "each January"),
    ("The two will swap ten trainees each year starting in 2025.", "recurring", "P1Y", "each year"),
    ("It shall report to it, at its sixty-first session.", "vague", None, "at its sixty-first session"),
    ("It shall review deals on a continuing basis.", "vague", None, "on a continuing basis"),
    ("It shall pay within ninety days after this Act receives Royal Assent.", "vague", None, None),
    ("We will report within three to six months.", "by", "2023-12-08", "within three to six months"),
    (
        "We will spend it over the next three to five years.",
        "by",
        "2028-06-08",
        "over the next three to five years",
    ),
    ("We will open it in the fourth quarter.", "by", "2023-12-31", "in the fourth quarter"),
    ("We will fund it between 2024 and 2026.", "by", "2026-12-31", "between 2024 and 2026"),
    ("Following the issuance of the guidance, it shall update rules.", "vague", None, None),
    ("Upon completion of the review, it shall report.", "vague", None, None),
    (
        "It shall report each year, no later than 31 March.",
        "recurring",
        "P1Y",
        "each year, no later than 31 March",
    ),
    ("It shall answer within 40 working days of the request.", "vague", None, None),
    ("The ship will arrive in the early 2040s.", "vague", None, "in the early 2040s"),
]


@pytest.mark.parametrize(("sentence", "kind", "when", "words"), CASES, ids=[case[0] for case in CASES])
def test_deadline(sentence: str, kind: str, when: str | None, words: str | None) -> None:
    check_deadline(nearest(deadlines_within(sentence, 0, len(sentence), TODAY)), kind, when, words)


@pytest.mark.parametrize(
    "sentence",
    [
        "We recall the agreement of 2019 and will build on it.",
        "We will build on what was agreed by March 2021.",
        "It may fall to the council to decide.",
        "The council may spring into action.",
        "We will mark 60 years of friendship with a regatta.",
        "After a year of grief, we will rebuild the pier.",
        "We will provide five years of funding for sailors.",
        "From 2023, we will fund the school.",
    ],
)
def test_no_deadline(sentence: str) -> None:
    assert nearest(deadlines_within(sentence, 0, len(sentence), TODAY)) is None


def test_the_nearest_of_several_dates_counts() -> None:
    text = "We will publish a draft by March 2024 and a final text by the end of 2023."
    deadline = nearest(deadlines_within(text, 0, len(text), TODAY))
    assert deadline is not None
    assert deadline.date == date(2023, 12, 31)


def test_a_date_no_calendar_has_is_no_deadline() -> None:
    text = "We will report by 30 February 2024."
    assert nearest(deadlines_within(text, 0, len(text), TODAY)) is None


def test_without_a_document_date_a_relative_time_stays_unresolved() -> None:
    text = "We will report within six months."
    deadline = nearest(deadlines_within(text, 0, len(text), None))
    assert deadline is not None
    assert (deadline.kind, deadline.date) == (DeadlineKind.BY, None)


def test_the_event_of_a_relative_deadline_is_kept() -> None:
    text = "Within 30 days of receiving the request, the office shall answer."
    deadline = nearest(deadlines_within(text, 0, len(text), TODAY))
    assert deadline is not None
    assert deadline.event == "receiving the request"


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("We will act within 90 days after the U.S. Congress agrees.", "the U.S. Congress agrees"),
        ("We will act within the first 100 days of taking office.", "taking office"),
        ("We will act within 60 days of signing the treaty.", "signing the treaty"),
        ("We will act within 30 days of a request unless both agree otherwise.", "a request"),
        ("It shall act within 1 year of the effective date of rules under this order.", None),
    ],
)
def test_the_name_of_an_event_is_whole_and_ends_where_the_event_does(sentence: str, event: str | None) -> None:
    deadline = nearest(deadlines_within(sentence, 0, len(sentence), TODAY))
    assert deadline is not None
    assert (deadline.kind, deadline.date) == (DeadlineKind.VAGUE, None)
    assert deadline.event == (event or "the effective date of rules under this order")


def test_the_name_of_an_event_ends_where_the_clause_begins() -> None:
    text = "Within 60 days after signature the parties shall exchange lists."
    stops = (text.index("the parties"), text.index("shall"))
    deadline = nearest(deadlines_within(text, 0, len(text), TODAY, stops=stops))
    assert deadline is not None
    assert (deadline.text, deadline.event) == ("Within 60 days after signature", "signature")


LISTS = [
    ("Within 10 days of the date of this order:\n\n(a) the Mint shall report; and\n\n(b) the Bank shall pay.", "2023-06-18"),
    ("By March 2024, the Mint shall:\n\n(a) strike a coin; and\n\n(b) melt a bell.", "2024-03-31"),
    ("By March 2024, the Mint shall issue rules requiring banks to:\n\n(a) count coins; and\n\n(b) keep books.", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "when"), LISTS, ids=[text[:40] for text, _ in LISTS])
def test_items_are_due_when_the_sentence_above_their_list_says(text: str, when: str | None) -> None:
    stated = {"title": "An Order", "date": "2023-06-08", "kind": "executive order", "parties": ["United States"]}
    document = read_text(f"An Order\n\n{text}\n", slug="order", metadata=stated)
    found = [one for one in Extractor(load_lexicon()).extract(document) if one.start > text.index("(a)")]
    dates = {one.deadline.date.isoformat() if one.deadline and one.deadline.date else None for one in found}
    assert len(found) >= 2
    assert dates == {when}


def test_what_is_told_of_a_month_was_the_last_one() -> None:
    context = FakeContext()
    told = "In February, the mayor directed the office to plant trees."
    candidate = candidate_in(told, "directed", Kind.OBLIGATION)._replace(features=("tense:past",))
    assert deadline_in(view_of(told), candidate, context) is None  # type: ignore[arg-type]


def test_a_finished_measure_has_no_deadline_a_running_one_has() -> None:
    done = "The ministry opened the fund in December 2023."
    running = "The ministry is drafting rules, due by the autumn."
    context = FakeContext()
    assert deadline_in(view_of(done), candidate_in(done, "opened", Kind.MEASURE), context) is None  # type: ignore[arg-type]
    found = deadline_in(view_of(running), candidate_in(running, "is drafting", Kind.MEASURE), context)  # type: ignore[arg-type]
    assert found is not None
    assert found.date == date(2023, 11, 30)


class FakeContext:
    is_law = False

    class document:  # noqa: N801 - stands for an attribute
        date = TODAY


WORDS = st.sampled_from(
    ["by", "before", "the", "end of", "2024", "next", "year", "within", "90", "days", "of", "this order", "May", "mid-", "spring",
     "Q3", "upon", "completion of", "hours", "before they", "times a year", "each", "between", "and", "prior to", "to", "every", "two", "months", "biannually", "no later than", "30", "February", ",", "swiftly", "31 December", "in"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=12), st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_the_words_of_a_deadline_stand_in_the_text_and_its_date_lies_ahead(
    words: list[str], today: date | None
) -> None:
    text = " ".join(words)
    check_words_and_day(text, deadlines_within(text, 0, len(text), today), today)


def test_nearest_prefers_a_date_to_a_rhythm_to_a_vague_time() -> None:
    vague = Deadline("soon", DeadlineKind.VAGUE, start=0)
    rhythm = Deadline("annually", DeadlineKind.RECURRING, every="P1Y", start=5)
    dated = Deadline("by 2030", DeadlineKind.BY, date(2030, 12, 31), start=9)
    assert nearest([vague, rhythm, dated]) is dated
    assert nearest([vague, rhythm]) is rhythm
    assert nearest([vague]) is vague
    assert nearest([]) is None


@pytest.mark.parametrize("said", ["said", "told journalists", "warned in a joint statement"])
def test_the_day_on_which_something_was_said_is_no_deadline(said: str) -> None:
    text = f"The office will publish a map by the autumn, it {said} on Wednesday."
    found = deadline_in(view_of(text), candidate_in(text, "will"), FakeContext())  # type: ignore[arg-type]
    assert found is not None
    assert found.date == date(2023, 11, 30)
