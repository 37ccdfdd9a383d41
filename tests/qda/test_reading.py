"""Projects of other programs: what is read, and what is refused before anything is done with it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.lexicon import load_lexicon
from dragoman.qda import code_map, read_project
from dragoman.qda.codes import BadMapError, values_of
from tests.qda.making import archive, code, guid, passage, project, source, user

TEXT = "Alba will watch."


def test_codes_users_notes_and_texts_are_read() -> None:
    note = f'<Note guid="{guid(50)}" name="n"><PlainTextContent>plain enough</PlainTextContent></Note>'
    inner = passage(0, 16, 3, 4, who=2).replace(
        "</PlainTextSelection>", f'<NoteRef targetGUID="{guid(50)}"/></PlainTextSelection>'
    )
    body = project(
        source("memo.txt", inner), code(2, "Deontic", code(3, "Pledge")) + code(4, "Firm"), user(1, "Ana") + user(2, "Bo"), note
    )  # fmt: skip
    found = read_project(
        archive({"project.qde": body, "Sources/T.txt": b"\xef\xbb\xbf" + TEXT.encode()}), "p.qdpx"
    )
    assert (found.origin, found.problems) == ("Other 1", ())
    (one,) = found.sources
    assert (one.name, one.text) == ("memo.txt", TEXT)
    (first,) = one.passages
    assert (first.start, first.end, first.user, first.note) == (0, 16, "Bo", "plain enough")
    assert first.codes == (("Deontic", "Pledge"), ("Firm",))


def test_a_project_file_alone_is_read_and_what_is_no_text_is_told() -> None:
    picture = f'<PictureSource guid="{guid(1)}" name="map"/>'
    pdf = f'<PDFSource guid="{guid(2)}" name="memo.pdf"><Representation guid="{guid(3)}" plainTextPath="internal://x.txt">{passage(0, 4, 99)}</Representation></PDFSource>'
    found = read_project(project(picture + pdf).encode(), "p.qde")
    assert [one.code for one in found.problems] == ["qda-not-text", "qda-no-code"]
    assert [(one.name, one.text, len(one.passages)) for one in found.sources] == [("memo.pdf", None, 1)]


def bomb() -> bytes:
    return archive({"project.qde": project(""), "sources/a.txt": b"\0" * 30_000_000})


ENTITY = '<!DOCTYPE Project [<!ENTITY x SYSTEM "file://{path}">]>'
LAUGH = '<!DOCTYPE Project [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 broken", "coding-not-readable"),
        (archive({"other.xml": "<a/>"}), "qda-no-project"),
        (archive({"project.qde": "<Project"}), "qda-bad-xml"),
        (archive({"project.qde": "<Library/>"}), "qda-no-project"),
        (archive({"project.qde": project(""), "../../evil.txt": "x"}), "qda-unsafe"),
        (archive({"project.qde": project(""), "/etc/evil.txt": "x"}), "qda-unsafe"),
        (archive({"project.qde": project(""), "..\\evil.txt": "x"}), "qda-unsafe"),
        (bomb(), "qda-unsafe"),
        (archive({"project.qde": LAUGH + project("").partition("?>")[2]}), "qda-unsafe"),
        (b"not a project", "qda-bad-xml"),
        (b"", "qda-bad-xml"),
    ],
)
def test_what_is_not_safe_or_no_project_is_refused(data: bytes, code: str) -> None:
    found = read_project(data, "p.qdpx")
    assert (found.sources, [one.code for one in found.problems]) == ((), [code])
    assert "p.qdpx" in found.problems[0].message


def test_no_other_file_is_read_through_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret", encoding="utf-8")
    body = ENTITY.format(path=secret) + project(source("a", "<Description>&x;</Description>")).partition("?>")[2]
    found = read_project(archive({"project.qde": body}), "p.qdpx")
    assert [one.code for one in found.problems] == ["qda-unsafe"]
    assert "a secret" not in repr(found)


def test_an_archive_that_lies_about_its_size_is_not_unpacked_further() -> None:
    data = bytearray(archive({"project.qde": project(""), "sources/a.txt": b"x" * 5000}))
    size = (5000).to_bytes(4, "little")
    assert data.count(size) == 2
    assert (
        read_project(bytes(data.replace(size, (5).to_bytes(4, "little"))), "p.qdpx").problems[0].severity
        == "error"
    )


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=300), st.integers(0, 400))
def test_any_bytes_are_read_or_refused(noise: bytes, at: int) -> None:
    whole = archive({"project.qde": project(source("a", passage(0, 1, 3)))})
    for data in (noise, whole[:at] + noise + whole[at:]):
        found = read_project(data, "p.qdpx")
        assert found.problems or zipfile.is_zipfile(io.BytesIO(data))


@pytest.mark.parametrize(
    ("path", "meaning"),
    [
        (("kind: obligation",), ("kind", "obligation")),
        (("Obligation",), ("kind", "obligation")),
        (("义务",), ("kind", "obligation")),
        (("Kind", "commitment"), ("kind", "commitment")),
        (("force: 4 binding",), ("force", "4")),
        (("binding",), ("force", "4")),
        (("Technology", "Quantum"), ("technologies", "quantum")),
        (("人工智能",), ("technologies", "ai")),
        (("Export control",), ("instruments", "export-control")),
        (("actor: 日本",), ("actors", "Japan")),
        (("counterparty: Atlantis",), ("counterparties", "Atlantis")),
        (("Japan",), ("actors", "Japan")),
        (("Mood", "calm"), None),
    ],
)
def test_codes_are_known_by_their_names(path: tuple[str, ...], meaning: tuple[str, str] | None) -> None:
    assert code_map(load_lexicon()).meaning(path) == meaning


def test_a_mapping_says_what_codes_stand_for() -> None:
    stated = b"codes:\n  Pledge: {kind: commitment}\n  Mood/calm: {force: 2}\n  Aside:\n"
    codes = code_map(load_lexicon(), stated, "m.yaml")
    assert codes.meaning(("Speech", "pledge")) == ("kind", "commitment")
    assert codes.meaning(("Mood", "Calm")) == ("force", "2")
    sets, unknown = values_of([("Pledge",), ("Aside",), ("Strange",), ("obligation",)], codes)
    assert (sets, unknown) == ([{"kind": "commitment"}, {"kind": "obligation"}], ["Strange"])
    table = code_map(load_lexicon(), b"code,field,value\nPledge,kind,measure\n", "m.csv")
    assert table.meaning(("Pledge",)) == ("kind", "measure")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"codes: [", "m.yaml"),
        (b"names: {}", "m.yaml"),
        (b"codes: {A: {mood: calm}}", "m.yaml"),
        (b"codes: {A: {kind: measure, force: 2}}", "m.yaml"),
        (b"\xff", "m.yaml"),
        (b"name,field,value\nA,kind,measure\n", "m.csv"),
    ],
)
def test_a_mapping_that_is_none_is_refused(data: bytes, name: str) -> None:
    with pytest.raises(BadMapError):
        code_map(load_lexicon(), data, name)
