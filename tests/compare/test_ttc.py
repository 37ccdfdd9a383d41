"""The real series beside a careful reading: provisions on export controls by meeting and target; the example workbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.coordinating import CoordinationRequest
from dragoman.model.coordination import NONE_NAMED, Coordination, Mode
from dragoman.workspace import Workspace

SAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples" / "tracing"
TEXTS = (
    "ttc-1-pittsburgh-2021.en",
    "ttc-2-paris-saclay-2022-us-factsheet.en",
    "ttc-3-college-park-2022.en",
    "ttc-4-lulea-2023.en",
    "ttc-5-washington-2024-readout.en",
    "ttc-6-leuven-2024.en",
)
READING = {
    TEXTS[0]: {NONE_NAMED: 8},
    TEXTS[1]: {"Russia": 1, "non-market": 1},
    TEXTS[2]: {"Russia": 2, "Belarus": 1, NONE_NAMED: 6},
    TEXTS[3]: {"Russia": 3, "Belarus": 2, "Iran": 1, "non-market": 1, NONE_NAMED: 8},
    TEXTS[4]: {},
    TEXTS[5]: {"Russia": 4, "Belarus": 1, NONE_NAMED: 3},
}
"""Counted by hand in the statements, by the rules of docs/coordination.md."""
TOLERANCE = 2
PARTIES = ("United States", "European Union")

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def workspace(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = shared / "corpus" / "ttc"
    with Workspace.open(tmp_path_factory.mktemp("ttc") / "w") as opened:
        assert {one.status for one in opened.read([str(folder / f"{name}.txt") for name in TEXTS])} == {"new"}
        yield opened


@pytest.fixture(scope="module")
def found(workspace: Workspace) -> Coordination:
    events = (SAMPLES / "ttc-measures.csv",)
    return workspace.coordinating.coordination(CoordinationRequest(*PARTIES, "export-control", events=events))


def test_counts_by_meeting_and_target(found: Coordination) -> None:
    rows = {doc: {name: len(measures) for name, measures in row.items()} for doc, _, row in found.meetings}
    assert set(rows) == set(TEXTS)
    off = {
        (doc, name): (rows[doc].get(name, 0), READING[doc].get(name, 0))
        for doc in TEXTS
        for name in {*rows[doc], *READING[doc]}
        if abs(rows[doc].get(name, 0) - READING[doc].get(name, 0)) > TOLERANCE
    }
    assert off == {}


def test_the_dual_track_shows(found: Coordination) -> None:
    targets = {figures.target: figures for figures in found.targets}
    assert targets["Russia"].shares()["joint"] > 0.5
    assert targets["China"].joint == ()


def test_sentences_are_where_they_are_said_to_be(workspace: Workspace, found: Coordination) -> None:
    for measure in found.overall.joint:
        assert measure.mode is Mode.JOINT
        assert workspace.document(measure.doc).text[measure.start : measure.end] == measure.text


def test_the_example_workbook_quotes_what_stands_there(workspace: Workspace) -> None:
    reading = workspace.process_tracing.check(SAMPLES / "ttc-dual-track.yaml")
    assert [one.code for one in reading.problems] == ["tracing-residual"]
    assert reading.checked
    assert reading.tracing is not None
    pins = [item.pin for item in reading.tracing.workbook.items if item.pin]
    assert len(pins) == 7
    assert max(len(pin.quote.split()) for pin in pins) <= 12
