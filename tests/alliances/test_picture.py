from __future__ import annotations

from datetime import date

import pytest

from dragoman.alliances.choosing import Choice, MembershipCycleError, chosen
from dragoman.alliances.columns import Columns
from dragoman.alliances.picture import cells_of, entries_of, matrix_of, points_of, timeline_of
from dragoman.lexicon.actors import Actor, ActorRegister, Member, register_of
from dragoman.model.alliance import Axis, Groups, Layer, Mark, Stance
from tests.alliances.making import columns, tie

US, JAPAN, CHINA = "United States", "Japan", "China"


def register(*actors: Actor) -> ActorRegister:
    return register_of({one.name: one for one in actors})


def group(name: str, *members: Member) -> Actor:
    return Actor(name, "group", members=members)


def pairs(ties: Columns) -> set[tuple[str, str]]:
    return {(ties.tie(at).actor, ties.tie(at).partner) for at in range(len(ties))}


def test_a_cell_counts_each_sentence_once_and_lists_it() -> None:
    ties = columns(
        tie(US, JAPAN, "ai", start=5, end=9),
        tie(JAPAN, US, "ai", "quantum", start=5, end=9, why="apart"),
        tie(US, JAPAN, "ai", start=20, end=30, day=date(2022, 1, 1)),
        tie(US, CHINA, "ai", stance=Stance.AGAINST),
    )
    cells = cells_of(ties, entries_of(ties, Axis.TECHNOLOGY))
    first = cells[0]
    assert (first.actor, first.partner, first.column, first.stance, first.count) == (
        US,
        JAPAN,
        "ai",
        Stance.WITH,
        2,
    )
    assert [(place.doc, place.start, place.end) for place in first.sentences] == [
        ("paper", 5, 9),
        ("paper", 20, 30),
    ]
    assert (first.first, first.last) == (date(2021, 3, 12), date(2022, 1, 1))
    assert [(cell.partner, cell.column, cell.stance.value) for cell in cells[1:]] == [
        (CHINA, "ai", "against"),
        (JAPAN, "quantum", "with"),
    ]


def test_a_cell_can_list_fewer_sentences_than_it_counts() -> None:
    ties = columns(*(tie(US, JAPAN, "ai", start=at, end=at + 1) for at in range(5)))
    (cell,) = cells_of(ties, entries_of(ties, Axis.TECHNOLOGY), most=2)
    assert (cell.count, len(cell.sentences)) == (5, 2)


def test_ties_without_a_value_of_the_axis_stand_in_no_cell_and_are_told() -> None:
    ties = columns(tie(US, JAPAN), tie(US, JAPAN, "ai"))
    entries = entries_of(ties, Axis.TECHNOLOGY)
    assert (entries.unnamed, len(cells_of(ties, entries))) == (1, 1)
    assert [cell.column for cell in cells_of(ties, entries_of(ties, Axis.LAYER))] == ["develop"]


def test_nobody_gives_no_cells_no_matrix_and_no_timeline() -> None:
    ties = columns()
    entries = entries_of(ties, Axis.TECHNOLOGY)
    assert cells_of(ties, entries) == ()
    assert matrix_of(ties, entries, Axis.TECHNOLOGY).rows == ()
    assert timeline_of(ties, entries) == ()


def test_the_matrix_has_gaps_and_says_how_many_sentences_are_against() -> None:
    ties = columns(
        tie(US, CHINA, "ai", stance=Stance.AGAINST, force=4),
        tie(US, CHINA, "ai", start=30, force=2),
        tie(US, JAPAN, "quantum"),
    )
    matrix = matrix_of(ties, entries_of(ties, Axis.TECHNOLOGY), Axis.TECHNOLOGY, US)
    assert matrix.rows == ((US, CHINA), (US, JAPAN))
    assert matrix.marks[(US, CHINA), "ai"] == Mark(2, 3.0, 1)
    assert ((US, JAPAN), "ai") not in matrix.marks
    assert matrix.columns == ("ai", "quantum", "telecom", "semiconductors")


def test_an_actor_that_is_asked_for_stands_first() -> None:
    ties = columns(tie(US, JAPAN, "ai"), tie(US, CHINA, "ai"), tie(CHINA, JAPAN, "ai", stance=Stance.AGAINST))
    found = chosen(ties, Choice(actor=JAPAN), register())
    assert pairs(found) == {(JAPAN, US), (CHINA, JAPAN)}


def test_days_and_confidence_choose() -> None:
    ties = columns(
        tie(US, JAPAN, "ai", day=date(2020, 1, 1)),
        tie(US, "India", "ai", day=date(2021, 1, 1)),
        tie(US, "Brazil", "ai", day=None),
        tie(US, "Chile", "ai", day=date(2021, 1, 2), confidence=0.5),
    )
    asked = Choice(since=date(2020, 6, 1), until=date(2021, 6, 1), least=0.6)
    assert pairs(chosen(ties, asked, register())) == {(US, "India")}


def test_a_group_becomes_its_members_of_the_day() -> None:
    quad = group("Quad", Member(US), Member(JAPAN, date(2010, 1, 1)), Member("India", date(2022, 1, 1)))
    ties = columns(
        tie("France", "Quad", "ai"),
        tie(US, "Quad", "quantum"),
        tie("Quad", "Quad", "telecom"),
        tie(US, "Five", "ai"),
    )
    found = chosen(ties, Choice(groups=Groups.MEMBERS), register(quad, group("Five")))
    assert pairs(found) == {("France", US), ("France", JAPAN), (US, JAPAN), (US, "Five")} or pairs(found) == {
        ("France", US),
        ("France", JAPAN),
        (US, JAPAN),
        (JAPAN, US),
        (US, "Five"),
    }


def test_members_are_found_through_groups_within_groups() -> None:
    inner, outer = group("Inner", Member(JAPAN)), group("Outer", Member("Inner"), Member(US))
    found = chosen(columns(tie("France", "Outer", "ai")), Choice(groups=Groups.MEMBERS), register(inner, outer))
    assert pairs(found) == {("France", JAPAN), ("France", US)}


def test_groups_that_are_members_of_each_other_are_told() -> None:
    one, two = group("One", Member("Two")), group("Two", Member("One"))
    with pytest.raises(MembershipCycleError, match="One > Two > One"):
        chosen(columns(tie("France", "One", "ai")), Choice(groups=Groups.MEMBERS), register(one, two))


def test_the_timeline_has_steps_and_pairs_that_are_new() -> None:
    ties = columns(
        tie(US, JAPAN, "ai", day=date(2020, 2, 1)),
        tie(US, JAPAN, "quantum", day=date(2021, 8, 1), start=20),
        tie(US, "India", "ai", day=date(2021, 9, 1), start=40),
    )
    entries = entries_of(ties, Axis.TECHNOLOGY)
    years = timeline_of(ties, entries, US)
    assert [(span.name, dict(span.counts), span.new) for span in years] == [
        ("2020", {"ai": 1}, ((US, JAPAN),)),
        ("2021", {"ai": 1, "quantum": 1}, ((US, "India"),)),
    ]
    assert [span.name for span in timeline_of(ties, entries, US, quarters=True)] == ["2020-Q1", "2021-Q3"]
    assert timeline_of(ties, entries, US, quarters=True)[1].last == date(2021, 9, 30)


def test_only_partners_with_a_place_are_on_the_map() -> None:
    ties = columns(
        tie(US, JAPAN, "ai"),
        tie(US, "Quad", "ai"),
        tie(US, CHINA, "ai", stance=Stance.AGAINST, layer=Layer.RESTRICT),
    )
    points = points_of(ties, {JAPAN: (36.0, 138.0), CHINA: (35.0, 104.0)}, US)
    assert {(point.name, point.count, point.against) for point in points} == {(JAPAN, 1, 0), (CHINA, 1, 1)}
