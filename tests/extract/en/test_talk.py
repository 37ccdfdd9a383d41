"""Transcripts and reports: what is said and does nothing is left out, what is done stays."""

from __future__ import annotations

import pytest

from dragoman.model import Kind
from tests.extract.en.reading import document_of, is_sure, proposals


def kept(text: str, kind: str = "speech") -> list[tuple[Kind, str]]:
    """Return kind and trigger of the lines that the grammar keeps of a text."""
    return [
        (candidate.kind, view.text[slice(*candidate.trigger)])
        for view, candidate in proposals(document_of(text, kind))
        if is_sure(candidate)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "I’ll tell you why that mattered.",
        "With that, I will turn it over to my colleague.",
        "We will get this done, and we will win.",
        "I held a glass of water and watched the rain.",
        "They created tens of thousands of good jobs all across the river valley.",
        "We will work through that in the morning.",
    ],
)
def test_talk_that_does_nothing_is_left_out(text: str) -> None:
    assert kept(text) == []
    assert kept(text, "press briefing") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The United States will open a regional office for export licensing in May.", Kind.COMMITMENT),
        ("Last week, I signed an executive order on ports.", Kind.MEASURE),
        ("So we’re announcing an investment of $40 million in magnets.", Kind.COMMITMENT),
        ("And I urge Congress to pass the bill this month.", Kind.RECOMMENDATION),
        ("The Department of Commerce has issued a rule on chips.", Kind.MEASURE),
        ("Today, the new order establishes a council on minerals.", Kind.MEASURE),
    ],
)
def test_what_is_done_in_talk_stays(text: str, kind: Kind) -> None:
    assert [found for found, _ in kept(text)] == [kind]


def test_a_reporters_question_is_left_out() -> None:
    asked = "Q And one on chips. Japan has signed an agreement on chips with Korea."
    assert kept(asked, "press briefing") == []
    assert kept(asked.removeprefix("Q And one on chips. "), "press briefing") == [(Kind.MEASURE, "has signed")]


def test_the_same_words_bind_in_a_statement() -> None:
    text = "We will deepen our work on quantum networks."
    assert kept(text) == []
    assert kept(text, "joint statement") == [(Kind.COMMITMENT, "will")]


def test_a_quotation_in_a_report_is_talk() -> None:
    said = "we will level the playing field for every worker in this country"
    assert kept(f"Senator Green of Maine: “{said.capitalize()}.”", "fact sheet") == []
    assert kept("We will publish “A Plan for Ports” in June.", "fact sheet") == [(Kind.COMMITMENT, "will")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dozens of companies have committed to nearly $40 billion in new fabs.", [Kind.MEASURE]),
        ("Two years ago, President Biden signed into law the Ports Act.", [Kind.MEASURE]),
        ("The Department of Energy is on track to allocate all grants by the end of 2024.", [Kind.COMMITMENT]),
        ("The need is clear, and that is why Congress needs to act on this bill.", [Kind.RECOMMENDATION]),
        ("The Secretary of State has been directed to report on ports.", [Kind.OBLIGATION]),
        ("The Ports Act is creating a sturdy trade in cranes.", []),
        ("Japan has not adopted the new rule on cranes.", []),
        ("The project is expected to save millions of hours.", []),
        ("The United States will once again be a leader in cranes.", []),
        ("If we wait, then China will adopt a plan.", []),
        ("Two years ago, Japan produced none of the best cranes.", []),
        ("For decades, ministers have promised to rebuild the ports.", []),
        ("This week, Secretary Blinken will travel to Chile.", []),
        ("The United States will not be able to buy cranes.", []),
        ("The Ports Act established a council on cranes.", [Kind.MEASURE]),
        ("The memorandum reestablishes a committee on cranes.", [Kind.MEASURE]),
        ("The Department of Energy is ensuring that cranes are safe.", []),
        ("The minister made clear that a plan is needed.", []),
        ("Japan has not dropped its plan, nor removed a tariff.", []),
    ],
)
def test_reports_of_acts_and_of_other_things(text: str, found: list[Kind]) -> None:
    assert [kind for kind, _ in kept(text, "fact sheet")] == found


def test_items_under_a_label_take_the_stem_above_it() -> None:
    text = (
        "The Trade Representative shall raise the rates of duty for these goods:\n\n"
        "- Cranes:\n\n- Increase the rate to 25 percent in 2024;\n\n- Magnets:\n\n- Increase the rate to 50 percent in 2025."
    )
    found = kept(text, "executive order")
    assert found.count((Kind.OBLIGATION, "shall")) == 3


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("The Ports Act was signed into law on August 9, 2022.", 4),
        ("The Ports Act established a council on cranes.", 4),
        ("Today, President Biden signed a Presidential Memorandum on cranes.", 4),
        ("Today, Japan and Korea signed a memorandum of understanding on cranes.", 3),
    ],
)
def test_what_law_does_binds(text: str, force: int) -> None:
    found = [candidate.force for _, candidate in proposals(document_of(text, "fact sheet")) if is_sure(candidate)]
    assert found == [force]
