"""Tables of events: our own columns, two public exports, and what can be wrong with them."""

from __future__ import annotations

import csv

import pytest

from dragoman.compare.coordination_settings import load_coordination
from dragoman.compare.events import EventReader, EventTable
from dragoman.compare.sides import Sides
from dragoman.lexicon import load_lexicon
from dragoman.model.coordination import Mode

LEXICON = load_lexicon()
READER = EventReader(LEXICON, load_coordination(), Sides("United States", "European Union", LEXICON.actors))


def read(*lines: str) -> EventTable:
    return READER.read("\n".join(lines).encode(), "table.csv")


def codes(table: EventTable) -> list[tuple[str, int | None]]:
    return [(one.code, one.line) for one in table.problems]


def test_our_own_columns() -> None:
    table = read(
        "date,party,target,topic,instrument,title,url,force",
        '2030-02-01,US,"China; Russia",ai,export-control,A rule on lamps,https://example.org/a,4',
        "2030-03-01,欧盟,俄罗斯,,sanctions,第二批措施,,2",
        "2030-04-01,joint,,,,A roadmap of both,,",
    )
    first, second, third = table.measures
    assert codes(table) == []
    assert (first.mode, first.against, first.technologies, first.instruments, first.force, first.line) == (
        Mode.FIRST,
        ("China", "Russia"),
        ("ai",),
        ("export-control",),
        4,
        2,
    )
    assert (second.mode, second.against, second.force) == (Mode.SECOND, ("Russia",), 2)
    assert third.mode is Mode.JOINT


def test_a_public_export_of_interventions() -> None:
    table = read(
        "State Act Title;Date Announced;Implementing Jurisdictions;Affected Jurisdictions;Intervention Type;GTA Evaluation",
        "United States of America: Controls on lamps;2030-02-01;United States of America;China;Export ban;Red",
        "EU: Controls eased;2030-03-01;Netherlands;China;Export licensing requirement;Green",
    )
    assert table.kind == "Global Trade Alert"
    assert [(one.mode, one.against, one.instruments, one.relaxes) for one in table.measures] == [
        (Mode.FIRST, ("China",), ("export-control",), False),
        (Mode.SECOND, ("China",), ("export-control",), True),
    ]


def test_a_public_export_of_digital_policy() -> None:
    table = read(
        "event_date,event_title,implementing_jurisdictions,policy_area_name,event_type_name",
        "2030-02-01,Lamp rules adopted,European Union,Data governance,order",
        "2030-02-02,Lamp talks,European Union,Data governance,declaration",
    )
    assert table.kind == "Digital Policy Alert"
    assert [(one.instruments, one.force) for one in table.measures] == [(("data-flow",), 4), (("data-flow",), 2)]


def test_wrong_columns_are_named() -> None:
    table = read("date,who,what", "2030-01-01,US,x")
    (found,) = table.problems
    assert (found.code, found.line) == ("events-columns", 1)
    assert "own: party, title" in found.message
    assert "Implementing Jurisdictions" in found.message
    assert table.measures == ()


def test_rows_with_faults_are_left_out_with_their_line() -> None:
    table = read(
        "date,party,title",
        "soon,US,A",
        '2030-01-01,Atlantis,"B',
        'goes on"',
        "2030-01-01,Japan,C",
        "",
        "2030-02-30,US,D",
    )
    assert codes(table) == [("events-date", 2), ("events-party", 3), ("events-date", 7), ("events-others", None)]
    assert table.measures == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"\xff\xfe\x00", "events-encoding"), (b"", "events-columns"), (b"date,party,title\n", "events-empty")],
)
def test_files_that_are_none(data: bytes, code: str) -> None:
    assert codes(READER.read(data, "table.csv"))[0][0] == code


@pytest.mark.parametrize("length", [3, 200_000])
@pytest.mark.parametrize("others", [131_072, 1_000_000])
def test_a_cell_without_end_is_said_with_its_line_and_takes_no_row(length: int, others: int) -> None:
    csv.field_size_limit(others)
    table = read("date,party,title", "2030-01-01,US,A", '2030-01-02,US,"' + "x" * length)
    assert codes(table) == [("events-broken", 3)]
    assert table.measures == ()


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_rows_end_as_old_and_new_machines_end_them(end: str) -> None:
    data = end.join(("date;party;title", "2030-01-01;US;A", "2030-01-02;US;B")).encode()
    assert [one.text for one in READER.read(data, "table.csv").measures] == ["A", "B"]


def test_an_unknown_target_is_kept_and_an_odd_force_counts_as_adopted() -> None:
    table = read("date,party,title,target,force", "2030-01-01,US,A,Atlantis,9")
    assert [one.against for one in table.measures] == [("Atlantis",)]
    assert sorted(codes(table)) == [("events-force", 2), ("events-target", 2)]
    assert table.measures[0].force == 4
