"""Projects of other programs as a coder's lines: texts compared, positions moved, all kept or none."""

from __future__ import annotations

import pytest

from dragoman.model import Kind
from dragoman.model.coding import Submission
from dragoman.register import Register
from dragoman.team_coding import CodingDesk
from tests.coding.conftest import Team
from tests.coding.making import text
from tests.qda.making import archive, code, passage, project, source, user

DOC = text()
START = DOC.text.index("Boria shall")
CODES = code(3, "Prohibition") + code(4, "Binding") + code(5, "Strange") + code(6, "Pledge")
USERS = user(1, "Ana") + user(2, "Bo")


@pytest.fixture
def desk(team: Team) -> CodingDesk:
    desk = team()
    desk.assign(["harbour"], ["Ana"], by="Mara")
    return desk


def taken(
    desk: CodingDesk, inner: str, body: str = DOC.text, name: str = "harbour.txt", **more: object
) -> Submission:
    data = archive({"project.qde": project(source(name, inner), CODES, USERS), "sources/t.txt": body.encode()})
    return desk.take_in(data, "p.qdpx", coder="Ana", **more)  # type: ignore[arg-type]


def test_passages_become_lines_and_unknown_codes_labels(desk: CodingDesk) -> None:
    found = taken(desk, passage(START, START + 33, 3, 4, 5, note="it forbids"))
    assert (found.kept, found.lines, [one.code for one in found.problems]) == (True, 1, ["coding-unknown-code"])
    (one,) = desk.lines("harbour", "Ana")
    assert (one.line.kind, one.line.force, one.labels, one.reason) == (
        Kind.PROHIBITION,
        4,
        ("Strange",),
        "it forbids",
    )
    assert one.line.quote.exact == "Boria shall not close the strait."


def test_positions_move_where_only_white_space_and_line_ends_differ(desk: CodingDesk) -> None:
    body = DOC.text.replace("\n", "\r\n\r\n").replace("shall not", "shall  not")
    start = body.index("Boria")
    assert taken(desk, passage(start - 2, start + 36, 3), body).kept
    (one,) = desk.lines("harbour", "Ana")
    assert (one.line.start, one.line.quote.exact) == (START, "Boria shall not close the strait.")


def test_a_source_is_known_by_its_text_or_as_it_is_told(desk: CodingDesk) -> None:
    assert taken(desk, passage(START, START + 33, 3), name="Memo 7").kept is True
    other = taken(desk, passage(START, START + 33, 3), name="canal-old", sources={"canal-old": "canal"})
    assert dict(other.documents) == {"canal": 1}


@pytest.mark.parametrize(
    ("inner", "body", "code"),
    [
        (passage(START, START + 9_000, 3), DOC.text, "coding-outside"),
        (passage(5, 5, 3), DOC.text, "coding-outside"),
        (passage(-3, 5, 3), DOC.text, "coding-outside"),
        (passage("one", 5, 3), DOC.text, "coding-bad-value"),
        (passage(0, 4, 3), DOC.text.replace("strait", "street"), "qda-other-text"),
        (passage(0, 4, 3) + passage(5, 9, 3, who=2), DOC.text, "qda-many-users"),
    ],
)
def test_with_an_error_nothing_is_kept(
    desk: CodingDesk, register: Register, inner: str, body: str, code: str
) -> None:
    before = register.coding.steps()
    found = taken(desk, passage(START, START + 33, 3) + inner, body)
    assert not found.kept
    errors = [one for one in found.problems if one.severity == "error"]
    assert code in [one.code for one in errors]
    assert all(one.line for one in errors if one.code != "qda-many-users")
    assert register.coding.steps() == before


def test_a_source_that_no_document_is_is_an_error(desk: CodingDesk) -> None:
    found = taken(desk, passage(0, 4, 3), "Nobody read this.", "memo")
    assert [one.code for one in found.problems] == ["qda-unknown-source"]


def test_one_of_several_people_is_taken_and_passages_without_a_kind_are_told(desk: CodingDesk) -> None:
    inner = passage(START, START + 33, 3) + passage(START, START + 33, 4, who=2) + passage(0, 9, 6, who=2)
    found = taken(desk, inner, user="Bo", codes=(b"codes: {Pledge: {kind: commitment}}", "m.yaml"))
    assert [one.code for one in found.problems] == ["coding-selection-without-kind", "coding-force-assumed"]
    assert [one.line.kind for one in desk.lines("harbour", "Ana")] == [Kind.COMMITMENT]


def test_the_same_passage_twice_is_kept_once(desk: CodingDesk) -> None:
    found = taken(desk, passage(START, START + 33, 3, 4) * 2)
    assert (found.lines, [one.code for one in found.problems]) == (1, ["coding-duplicate"])


def test_what_goes_out_as_a_project_comes_back_as_it_was(desk: CodingDesk) -> None:
    values = {"kind": "prohibition", "force": 4, "actors": ["Boria"], "counterparties": ["Alba"], "aim": "close the strait",
              "technologies": ["cyber"], "deadline": {"text": "strait", "kind": "by", "date": "2027-01-31"}}  # fmt: skip
    desk.save("harbour", (START, START + 33), values, coder="Ana", trigger="shall not")
    desk.done("harbour", coder="Ana")
    data = b"".join(desk.file_of(desk.entries(["harbour"], "Ana"), "qdpx"))
    desk.assign(["harbour"], ["Bo"], by="Mara")
    assert desk.take_in(data, "back.qdpx", coder="Bo").problems == ()
    desk.done("harbour", coder="Bo")
    assert desk.queue("harbour") == ()
    ana, bo = (desk.lines("harbour", name)[0].line for name in ("Ana", "Bo"))
    assert (ana.trigger_start, ana.aim, ana.deadline) == (bo.trigger_start, bo.aim, bo.deadline)
