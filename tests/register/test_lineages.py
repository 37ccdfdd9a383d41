from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dragoman.model.lineage import LineageCorrection, LineageLabel
from dragoman.register import Register

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SAID = LineageCorrection("memo:1", LineageLabel.WEAKENED, ("old:1", "old:2"), "为何\n“so”", "Ann", NOON)


@pytest.mark.parametrize("ancestors", [None, (), ("old:1", "old:2")])
def test_a_correction_comes_back_as_it_was_kept(place: str, ancestors: tuple[str, ...] | None) -> None:
    said = replace(SAID, ancestors=ancestors)
    register = Register.open(place)
    register.lineages.keep(said)
    register.close()
    register = Register.open(place)
    assert register.lineages.standing() == {"memo:1": said}
    register.close()


def test_the_last_correction_counts_and_the_earlier_ones_stay(place: str) -> None:
    later = replace(SAID, label=LineageLabel.REPEATED, ancestors=None, person="Bob")
    other = replace(SAID, provision="memo:2")
    register = Register.open(place)
    for said in (SAID, other, later):
        register.lineages.keep(said)
    assert register.lineages.standing() == {"memo:1": later, "memo:2": other}
    assert register.lineages.history("memo:1") == (SAID, later)
    assert register.lineages.history("memo:3") == ()
    register.close()
