from __future__ import annotations

import pytest

from tests.cli.conftest import Run


def first(run: Run) -> str:
    identifier: str = run("--json", "provisions", "--kind", "prohibition").rows[0]["id"]
    return identifier


def test_accept_edit_reject_and_reset(filled: Run) -> None:
    line = first(filled)
    assert filled("review", line, "--accept", "--by", "Ann", "--reason", "read it").code == 0
    (row,) = filled(
        "--json", "review", line, "--edit", "--by", "Bo", "--set", "force=3", "--set", "actors=A; B"
    ).rows
    assert (row["review"], row["force"], row["actors"], row["coder"]) == ("edited", 3, ["A", "B"], "person/Bo")
    assert filled("review", line, "--reject", "--by", "Ann").err.strip() == f"{line} is rejected"
    assert filled("review", line, "--reset", "--by", "Ann").code == 0
    (shown,) = filled("--json", "show", line).rows
    assert [review["review"] for review in shown["reviews"]] == ["accepted", "edited", "rejected", "candidate"]
    assert shown["reviews"][0]["reason"] == "read it"
    assert (shown["review"], shown["actors"]) == ("candidate", ["Japan"])
    assert "person/Bo" in filled("show", line).out


def test_a_deadline_can_be_set_as_an_object(filled: Run) -> None:
    line = first(filled)
    change = 'deadline={"text": "without a licence", "kind": "by", "date": "2026-12-31"}'
    (row,) = filled("--json", "review", line, "--edit", "--by", "Ann", "--set", change).rows
    assert row["deadline"] == {"text": "without a licence", "kind": "by", "date": "2026-12-31"}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--by", "Ann"], "exactly one of --accept"),
        (["--accept", "--reject", "--by", "Ann"], "exactly one of --accept"),
        (["--accept"], "needs a reviewer"),
        (["--edit", "--by", "Ann"], "at least one change"),
        (["--edit", "--by", "Ann", "--set", "force"], "is not field=value"),
        (["--edit", "--by", "Ann", "--set", "deadline={"], "is not field=value"),
        (["--edit", "--by", "Ann", "--set", "forc=3"], "Did you mean `force`?"),
        (["--edit", "--by", "Ann", "--set", "technologies=quantm"], "Did you mean `quantum`?"),
    ],
)
def test_a_wrong_decision_changes_nothing(filled: Run, options: list[str], message: str) -> None:
    line = first(filled)
    ran = filled("review", line, *options)
    assert ran.code == 2
    assert message in ran.err
    assert filled("--json", "show", line).rows[0]["reviews"] == []


def test_the_queue_starts_with_the_most_doubtful_and_ends(filled: Run) -> None:
    sure = [row["confidence"] for row in filled("--json", "review", "queue").rows]
    assert len(sure) == 3
    assert sure == sorted(sure)
    for left in (2, 1, 0):
        (row,) = filled("--json", "review", "next").rows
        filled("review", row["id"], "--accept", "--by", "Ann")
        assert len(filled("--json", "review", "queue").rows) == left
    assert filled("review", "next").err.strip() == "Nothing is left to review."


def test_the_queue_for_people(filled: Run) -> None:
    assert "2 of 3 lines to review" in filled("review", "queue", "--limit", "2").err
    assert "3 lines to review" in filled("review", "next").err
    assert "1 of 1 lines" in filled("review", "queue", "--document", "hupan").err
