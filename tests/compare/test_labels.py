from __future__ import annotations

from datetime import date

import pytest

from dragoman.compare.labels import deadline_step
from dragoman.model import Deadline, DeadlineKind
from dragoman.model.lineage import LineageField, LineageLabel, LineageLine
from tests.compare.making import line_with, lineage, series

REST = (
    "Japan and Canada will publish a list of shared tidal energy standards.",
    "Japan and Canada will train port inspectors in drone detection.",
    "Japan and Canada will fund a survey of permafrost below northern airports.",
)


def between(before: str, after: str) -> LineageLine:
    """Return the line of the second of two statements in which one sentence differs."""
    bodies = ["Statement\n\n" + "\n\n".join((sentence, *REST)) for sentence in (before, after)]
    return line_with(lineage(series(*bodies)), after)


@pytest.mark.parametrize(
    ("before", "after", "label", "field"),
    [
        # firmness
        (
            "Japan will consider a ban on cobalt exports.",
            "Japan will adopt a ban on cobalt exports.",
            LineageLabel.STRENGTHENED,
            LineageField.FIRMNESS,
        ),
        (
            "Japan commits to adopt a ban on cobalt exports.",
            "Japan intends to consider a ban on cobalt exports.",
            LineageLabel.WEAKENED,
            LineageField.FIRMNESS,
        ),
        (
            "Japan must publish a cobalt price list.",
            "Japan is authorized to publish a cobalt price list.",
            LineageLabel.WEAKENED,
            LineageField.FIRMNESS,
        ),
        (
            "Japan intends to continue to survey cobalt mines.",
            "Japan will continue to survey cobalt mines.",
            LineageLabel.REPEATED,
            None,
        ),
        (
            "Japan plans to survey cobalt mines.",
            "Japan remains committed to surveying cobalt mines.",
            LineageLabel.REPEATED,
            None,
        ),
        (
            "The working group is tasked to publish a cobalt price list.",
            "Japan and Canada intend to publish a cobalt price list.",
            LineageLabel.REPEATED,
            None,
        ),
        (
            "Japan will identify new opportunities to recycle cobalt.",
            "Japan will endeavour to recycle cobalt at new plants.",
            LineageLabel.STRENGTHENED,
            LineageField.FIRMNESS,
        ),
        # deadline
        (
            "Canada will open a cobalt registry.",
            "Canada will open a cobalt registry by 1 March 2024.",
            LineageLabel.STRENGTHENED,
            LineageField.DEADLINE,
        ),
        (
            "Canada will open a cobalt registry by 1 March 2024.",
            "Canada will open a cobalt registry.",
            LineageLabel.WEAKENED,
            LineageField.DEADLINE,
        ),
        (
            "Canada will open a cobalt registry by 1 March 2024.",
            "Canada will open a cobalt registry by 1 September 2025.",
            LineageLabel.WEAKENED,
            LineageField.DEADLINE,
        ),
        # haste that is no longer said is no term that was given up
        (
            "Canada will immediately open a cobalt registry.",
            "Canada will open a cobalt registry.",
            LineageLabel.REPEATED,
            None,
        ),
        # condition
        (
            "Canada will share cobalt price data.",
            "Canada will share cobalt price data, subject to the availability of appropriations.",
            LineageLabel.WEAKENED,
            LineageField.CONDITION,
        ),
        (
            "Canada will share cobalt price data, where appropriate.",
            "Canada will share cobalt price data.",
            LineageLabel.STRENGTHENED,
            LineageField.CONDITION,
        ),
        (
            "Canada will share cobalt price data.",
            "Canada will share cobalt price data, in accordance with international law.",
            LineageLabel.REPEATED,
            None,
        ),
        # scope
        (
            "Canada will share cobalt price data.",
            "Canada will share cobalt price data with Norway.",
            LineageLabel.STRENGTHENED,
            LineageField.SCOPE,
        ),
        (
            "Canada will map the cobalt mines of Norway.",
            "Canada will map cobalt mines with Norway.",
            LineageLabel.REPEATED,
            None,
        ),
        (
            "Canada will inspect cobalt mines near Halifax.",
            "Canada will expand inspections of cobalt mines near Halifax.",
            LineageLabel.STRENGTHENED,
            LineageField.SCOPE,
        ),
        # a plan beside what was done
        (
            "Canada has opened a cobalt registry in Halifax.",
            "Canada intends to open a second cobalt registry in Halifax.",
            LineageLabel.REPEATED,
            None,
        ),
        # precision
        (
            "Canada will restore cobalt mines.",
            "Canada will restore 12 cobalt mines around Lake Temagami and Mount Baldy.",
            LineageLabel.STRENGTHENED,
            LineageField.PRECISION,
        ),
        (
            "Canada will restore the old cobalt mines in the northern valleys.",
            "Canada will restore the old cobalt mines in the northern valleys of Lake Temagami North Shore Park.",
            LineageLabel.REPEATED,
            None,
        ),
        # nothing
        (
            "Canada will restore cobalt mines.",
            "Canada will restore the cobalt mines.",
            LineageLabel.REPEATED,
            None,
        ),
        # delivery
        (
            "Canada intends to establish a cobalt registry.",
            "Canada established the cobalt registry.",
            LineageLabel.DELIVERED,
            LineageField.DELIVERY,
        ),
        (
            "Canada and Japan intend to exchange information on cobalt prices.",
            "Canada and Japan have exchanged information on cobalt prices.",
            LineageLabel.DELIVERED,
            LineageField.DELIVERY,
        ),
        (
            "Canada and Japan intend to meet on cobalt prices in the autumn.",
            "Canada and Japan held a conference on cobalt prices.",
            LineageLabel.DELIVERED,
            LineageField.DELIVERY,
        ),
    ],
)
def test_the_field_that_changed_makes_the_label(
    before: str, after: str, label: LineageLabel, field: LineageField | None
) -> None:
    line = between(before, after)
    assert (line.label, line.field) == (label, field), line


def test_what_goes_on_delivers_nothing() -> None:
    line = between(
        "Canada intends to establish a cobalt registry.", "Canada is supporting a cobalt registry in Ontario."
    )
    assert line.label is not LineageLabel.DELIVERED


@pytest.mark.parametrize(
    ("act", "delivers"),
    [
        ("Concluding a treaty on cobalt recycling with Norway", True),
        ("Exploring a treaty on cobalt recycling with Norway", False),
    ],
)
def test_an_item_of_a_list_delivers_where_its_verb_ends_something(act: str, *, delivers: bool) -> None:
    before = "Canada intends to negotiate a treaty on cobalt recycling with Norway."
    after = (
        f"Canada and Japan reached the following results:\n\n- {act}.\n\n- Launching a fund for cobalt smelters."
    )
    bodies = ["Statement\n\n" + "\n\n".join((sentence, *REST)) for sentence in (before, after)]
    line = line_with(lineage(series(*bodies)), act)
    assert line.ancestors
    assert (line.label is LineageLabel.DELIVERED) == delivers


def test_what_was_done_already_is_not_delivered_again() -> None:
    line = between("Canada established the cobalt registry.", "Canada has established the cobalt registry.")
    assert line.label is LineageLabel.REPEATED


def due(day: str | None, text: str = "then") -> Deadline:
    return Deadline(text, DeadlineKind.BY, date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("new", "old", "step"),
    [
        (None, None, 0),
        (due("2024-01-01"), None, 1),
        (None, due("2024-01-01"), -1),
        (None, due("2023-12-01"), 0),  # it had passed
        (None, due(None), 0),
        (due("2024-06-01"), due("2025-06-01"), 1),
        (due("2026-06-01"), due("2025-06-01"), -1),
        (due("2024-06-01"), due("2024-06-01"), 0),
        # the earlier deadline has passed: half a year then, half a year now
        (due("2024-07-01"), due("2023-07-01"), 0),
        (due("2025-07-01"), due("2023-07-01"), -1),
        (due(None), due("2025-06-01"), -1),
        (due("2025-06-01"), due(None), 1),
    ],
)
def test_deadlines_are_compared_by_day_or_by_term(new: Deadline | None, old: Deadline | None, step: int) -> None:
    assert deadline_step(new, old, (date(2024, 1, 1), date(2023, 1, 1)), 60) == step
