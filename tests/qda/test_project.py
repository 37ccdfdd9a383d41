"""Projects and codebooks: the same bytes each time, well formed by the standard, and read back as they were."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from dragoman.lexicon import load_lexicon
from dragoman.model import Deadline, DeadlineKind, Document, Entry, Kind, Provision
from dragoman.qda import code_map, codebook_bytes, project_bytes, read_project
from dragoman.qda.codes import values_of
from tests.coding.making import line, text

SCHEMA = etree.RelaxNG(etree.parse(str(Path(__file__).parent / "project.rng")))
DOC = text()
BY = Deadline("by 2027", DeadlineKind.BY, date(2027, 12, 31))


def written(*lines: Provision, doc: Document = DOC) -> bytes:
    entries = [Entry(one) for one in lines]
    return project_bytes(entries, {(doc.slug, 1): doc}, load_lexicon(), "test", "dragoman test")


def project_in(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("project.qde")


def test_a_project_is_as_the_standard_has_it_and_the_same_each_time() -> None:
    ana = line(DOC, 1, actors=("Alba", "A & <B>"), technologies=("ai",), instruments=("rnd",), deadline=BY)
    bo = line(DOC, 1, "Bo", kind=Kind.MEASURE, counterparties=("Alba\x00",), conditions="if \ud800 calm")
    data = written(ana, bo)
    assert data == written(ana, bo)
    root = etree.fromstring(project_in(data))
    assert SCHEMA.validate(root), SCHEMA.error_log
    guids = [one.get("guid") for one in root.iter() if one.get("guid")]
    assert len(guids) == len(set(guids))
    assert {one.get("targetGUID") for one in root.iter() if one.get("targetGUID")} <= set(guids)
    assert {one.get("creatingUser") for one in root.iter() if one.get("creatingUser")} <= set(guids)


def test_the_text_goes_along_as_it_is() -> None:
    doc = text("# Head\r\nAlba will watch \N{GRINNING FACE}.\r\n", "odd")
    with zipfile.ZipFile(io.BytesIO(written(doc=doc))) as archive:
        names = archive.namelist()
        assert names[0] == "project.qde"
        assert archive.read(names[1]).decode() == doc.text
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


def test_a_codebook_has_every_kind_force_and_tag() -> None:
    root = etree.fromstring(codebook_bytes(load_lexicon(), [line(DOC, 1, actors=("Alba",))]))
    assert root.tag == "{urn:QDA-XML:codebook:1.0}CodeBook"
    names = {one.get("name") for one in root.iter() if one.get("name")}
    assert {
        "kind: commitment",
        "force: 4 binding",
        "technology: quantum",
        "instrument: rnd",
        "actor: Alba",
    } <= names


tags = load_lexicon()
names = st.lists(st.sampled_from(["Alba", "Boria", "Japan", "Norway"]), unique=True, max_size=3).map(tuple)
deadlines = st.none() | st.builds(
    Deadline,
    st.just("by 2027"),
    st.sampled_from([DeadlineKind.BY, DeadlineKind.ON, DeadlineKind.FROM]),
    st.dates(date(2000, 1, 1), date(2099, 1, 1)),
)


@st.composite
def provisions(draw: st.DrawFn) -> Provision:
    return line(
        DOC,
        draw(st.integers(1, 4)),
        span=(0, draw(st.integers(1, 20))),
        kind=draw(st.sampled_from(Kind)),
        force=draw(st.integers(1, 4)),
        actors=draw(names),
        counterparties=draw(names),
        technologies=tuple(
            draw(st.lists(st.sampled_from(sorted(tags.technologies.labels)), unique=True, max_size=3))
        ),
        instruments=tuple(
            draw(st.lists(st.sampled_from(sorted(tags.instruments.labels)), unique=True, max_size=3))
        ),
        deadline=draw(deadlines),
        aim=draw(st.sampled_from(["", "light the harbour"])),
    )


@settings(deadline=None, max_examples=40)
@given(st.lists(provisions(), max_size=5))
def test_a_project_is_read_back_as_it_was(lines: list[Provision]) -> None:
    data = written(*lines)
    assert SCHEMA.validate(etree.fromstring(project_in(data)))
    project = read_project(data, "x.qdpx")
    assert project.problems == ()
    (source,) = project.sources
    assert (source.name, source.text) == (DOC.slug, DOC.text)
    codes = code_map(tags)
    for one, passage in zip(lines, source.passages, strict=True):
        (values,), unknown = values_of(passage.codes, codes)
        assert unknown == []
        assert (passage.start, passage.end, passage.user) == (one.start, one.end, one.coder)
        assert (values["kind"], values["force"]) == (one.kind.value, str(one.force))
        for name in ("actors", "counterparties", "technologies", "instruments"):
            assert tuple(values.get(name, ())) == getattr(one, name)
        told = json.loads(passage.note) if passage.note else {}
        assert told.get("aim", "") == one.aim
        assert told.get("deadline", {}).get("date") == (
            one.deadline.date.isoformat() if one.deadline and one.deadline.date else None
        )
