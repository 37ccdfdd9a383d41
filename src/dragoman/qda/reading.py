"""Reading REFI-QDA projects of any program: users, codes, texts, coded passages. Nothing is unpacked to the disk.

Refused are archives that name paths out of their folder or hold far more than their size, and XML with a document
type, which may name entities or other files; no entity is resolved and nothing is fetched.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from dragoman.lexicon import load_pack
from dragoman.lexicon.problems import Place, worded
from dragoman.model import Problem
from dragoman.model.archives import DAMAGED_ARCHIVE
from dragoman.qda.codes import Path

LIMITS, PROBLEMS = "coding/files.yaml", "coding/problems.yaml"
UNSAFE, UNREADABLE, NO_PROJECT, BAD_XML = "qda-unsafe", "coding-not-readable", "qda-no-project", "qda-bad-xml"
INTERNAL = "internal://"
Element = Any
"""An element of lxml, which has no types."""
ZIP = b"PK\x03\x04"
SMALL = 1_000_000
"""Bytes that a member may unpack to, whatever its compressed size."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A coded passage.

    Attributes:
        start, end: positions in the text of its source.
        codes: paths of its codes.
        user: name of who coded it, "" where it is not told.
        note: its description and notes.
        line: of the project file.
    """

    start: int
    end: int
    codes: tuple[Path, ...]
    user: str
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source.

    Attributes:
        name: as the project calls it.
        text: None where the project does not hold it.
        passages: in the order of the project.
        line: of the project file.
    """

    name: str
    text: str | None
    passages: tuple[Passage, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Project:
    """A project.

    Attributes:
        origin: the program it comes from.
        sources: those with a plain text.
        problems: what is wrong with it; with an error there are no sources.
    """

    origin: str = ""
    sources: tuple[SourceText, ...] = ()
    problems: tuple[Problem, ...] = ()


class _RefusedError(Exception):
    """A file that is not read."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def read_project(data: bytes, name: str) -> Project:
    """Return the project of a .qdpx or .qde file.

    Args:
        data: its bytes.
        name: its name, for messages.
    """
    try:
        members = _members(data) if data.startswith(ZIP) else {"project.qde": data}
        root = _parsed(_project_of(members))
    except _RefusedError as refused:
        return Project(problems=(worded(PROBLEMS, refused.code, Place(source=name), refused.values),))
    return _Reader(root, members, name).project()


def _members(data: bytes) -> dict[str, bytes]:
    """Return the members of an archive by name. Raises _RefusedError."""
    limits = load_pack(LIMITS)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [one for one in archive.infolist() if not one.is_dir()]
            _check(infos, limits)
            left = int(limits["most_unpacked"])
            found = {}
            for info in infos:
                with archive.open(info) as stream:
                    found[info.filename] = stream.read(left + 1)
                left -= len(found[info.filename])
                if left < 0:
                    raise _RefusedError(UNSAFE, why="it holds too much once it is unpacked")
    except (*DAMAGED_ARCHIVE, OSError) as fault:
        raise _RefusedError(UNREADABLE, what="REFI-QDA", why=fault) from fault
    return found


def _check(infos: Sequence[zipfile.ZipInfo], limits: Mapping[str, Any]) -> None:
    """Refuse archives that are not what they seem. Raises _RefusedError."""
    if len(infos) > limits["most_members"] or sum(one.file_size for one in infos) > limits["most_unpacked"]:
        raise _RefusedError(UNSAFE, why="it holds too much once it is unpacked")
    for one in infos:
        parts = PurePosixPath(one.filename.replace("\\", "/")).parts
        if ".." in parts or one.filename.startswith(("/", "\\")) or ":" in one.filename:
            raise _RefusedError(UNSAFE, why="it names a path out of its folder")
        if one.file_size > max(SMALL, one.compress_size * limits["most_ratio"]):
            raise _RefusedError(UNSAFE, why="a member unpacks to far more than its size")
        if one.flag_bits & 1:
            raise _RefusedError(UNSAFE, why="it is encrypted")


def _project_of(members: Mapping[str, bytes]) -> bytes:
    found = [data for name, data in members.items() if PurePosixPath(name).name.lower() == "project.qde"]
    found += [data for name, data in members.items() if name.lower().endswith(".qde")]
    if not found:
        raise _RefusedError(NO_PROJECT)
    return found[0]


def _parsed(data: bytes) -> Element:
    """Return the root of a project file. Raises _RefusedError."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise _RefusedError(BAD_XML, why=fault) from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise _RefusedError(UNSAFE, why="its XML has a document type")
    if _local(root) != "Project":
        raise _RefusedError(NO_PROJECT)
    return root


def _local(element: Element) -> str:
    return str(etree.QName(element).localname)


def _each(element: Element, name: str) -> Iterator[Any]:
    return (one for one in element if _local(one) == name)


@dataclass(slots=True)
class _Reader:
    """Reads the tree of a project."""

    root: Element
    members: Mapping[str, bytes]
    name: str
    problems: list[Problem] = field(default_factory=list)

    def project(self) -> Project:
        users = {one.get("guid"): one.get("name", "") for part in _each(self.root, "Users") for one in part}
        codes, notes = self._codes(), self._notes()
        sources = tuple(
            found
            for part in _each(self.root, "Sources")
            for one in part
            if (found := self._source(one, users, codes, notes)) is not None
        )
        return Project(self.root.get("origin", ""), sources, tuple(self.problems))

    def _codes(self) -> dict[str, Path]:
        found: dict[str, Path] = {}

        def walk(element: Element, above: Path) -> None:
            for one in _each(element, "Code"):
                path = (*above, one.get("name", "").strip() or one.get("guid", ""))
                found[one.get("guid", "")] = path
                walk(one, path)

        for book in _each(self.root, "CodeBook"):
            for codes in _each(book, "Codes"):
                walk(codes, ())
        return found

    def _notes(self) -> dict[str, str]:
        notes = (one for part in _each(self.root, "Notes") for one in part)
        return {one.get("guid", ""): self._text(one) or one.get("name", "") for one in notes}

    def _source(
        self, element: Element, users: Mapping[str, str], codes: Mapping[str, Path], notes: Mapping[str, str]
    ) -> SourceText | None:  # fmt: skip
        name = element.get("name", "")
        text = element if _local(element) == "TextSource" else next(_each(element, "Representation"), None)
        if text is None:
            place = Place(source=self.name, line=element.sourceline)
            self.problems.append(worded(PROBLEMS, "qda-not-text", place, {"source_name": name}))
            return None
        passages = [self._passage(one, users, codes, notes) for one in _each(text, "PlainTextSelection")]
        return SourceText(
            name or text.get("name", ""), self._text(text), tuple(filter(None, passages)), element.sourceline
        )

    def _text(self, element: Element) -> str | None:
        """Return the plain text of a source or note, None where the project does not hold it."""
        inline = next(_each(element, "PlainTextContent"), None)
        if inline is not None:
            return inline.text or ""
        path = element.get("plainTextPath", "").removeprefix(INTERNAL).replace("\\", "/")
        wanted = PurePosixPath(path).name.lower()
        data = next(
            (one for name, one in self.members.items() if PurePosixPath(name).name.lower() == wanted), None
        )
        return None if data is None or not wanted else _decoded(data)

    def _passage(
        self, element: Element, users: Mapping[str, str], codes: Mapping[str, Path], notes: Mapping[str, str]
    ) -> Passage | None:  # fmt: skip
        place = Place(source=self.name, line=element.sourceline)
        paths, coders = [], [element.get("creatingUser", "")]
        for coding in _each(element, "Coding"):
            coders.append(coding.get("creatingUser", ""))
            for ref in _each(coding, "CodeRef"):
                if ref.get("targetGUID", "") in codes:
                    paths.append(codes[ref.get("targetGUID")])
                else:
                    self.problems.append(worded(PROBLEMS, "qda-no-code", place, {}))
        told = [one.text or "" for one in _each(element, "Description")]
        told += [notes.get(one.get("targetGUID", ""), "") for one in _each(element, "NoteRef")]
        try:
            start, end = int(element.get("startPosition", "")), int(element.get("endPosition", ""))
        except ValueError:
            why = "a passage has no whole numbers as its positions"
            values = {"why": why, "what": "Export the project anew."}
            self.problems.append(worded(PROBLEMS, "coding-bad-value", place, values))
            return None
        user = next((users[one] for one in reversed(coders) if one in users), "")
        return Passage(
            start, end, tuple(dict.fromkeys(paths)), user, "\n".join(filter(None, told)), place.line or 0
        )


def _decoded(data: bytes) -> str:
    """Return a text of a project: UTF-8, or UTF-16 where it says so by its byte order mark."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")
