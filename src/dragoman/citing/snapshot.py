"""Frozen snapshots of a register, to be cited: lines, documents, decisions, a manifest with hashes, a citation.

    frozen = workspace.citing.snapshot(Path("register-2026"), Query(), as_of=date(2026, 11, 26))
    print(frozen.citation)
    print(verify(Path("register-2026")).problems)

The same register on the same day gives the same bytes: nothing in a snapshot hangs on the clock, on the machine or
on the order in which a database answers. Its id is the SHA-256 of what it holds and of the head of its manifest.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from dragoman import __version__
from dragoman.citing.errors import CannotWriteSnapshotError, LaterChangesError, SnapshotThereError
from dragoman.exchange import as_csv, as_jsonl
from dragoman.model import Document, Entry, Query
from dragoman.register import Register

FORM = 1
"""Of the snapshot."""
MANIFEST, CITATION, TEXT = "manifest.json", "CITATION.cff", "CITATION.txt"
LINES, TABLE, DOCUMENTS, REVIEWS = "provisions.jsonl", "provisions.csv", "documents.jsonl", "reviews.jsonl"
TEXTS = "texts"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
CHUNK = 1 << 20
SHORT = 12
"""Digits of the id in a citation's sentence."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A snapshot that was written.

    Attributes:
        path: of the folder or ZIP file.
        id: 64 hexadecimal digits: what is cited.
        counts: lines, documents, reviews, texts.
        citation: a sentence to cite it by.
    """

    path: Path
    id: str
    counts: Mapping[str, int]
    citation: str


class Citing:
    """Writes snapshots of a register."""

    def __init__(self, register: Register, coder: Callable[[], str], clock: Callable[[], datetime]) -> None:
        self._register = register
        self._coder = coder
        self._clock = clock

    def snapshot(
        self,
        path: Path,
        query: Query | None = None,
        *,
        as_of: date | None = None,
        texts: bool = False,
        title: str = "",
        authors: Sequence[str] = (),
    ) -> Frozen:
        """Write a snapshot of one moment, whatever others write meanwhile; it appears when it is whole.

        Args:
            path: of a new folder, or of a new file where it ends in .zip.
            query: which lines; all. Its page does not count.
            as_of: the day it is cited by; today. Nothing in it may be later.
            texts: whether the texts of the documents go along.
            title: of the citation; by default one that names what it is.
            authors: of the citation.

        Raises:
            SnapshotThereError, LaterChangesError, CannotWriteSnapshotError: see there.
            NotFoundError: a document of the query.
        """
        if path.exists():
            raise SnapshotThereError(path)
        day = as_of or self._clock().date()
        asked = replace(query or Query(), limit=None, offset=0, after="", order="text")
        try:
            folder = Path(mkdtemp(prefix=f".{path.name}.", dir=path.parent))
            try:
                with self._register.at_one_moment():
                    frozen = self._written(folder, path, asked, day, texts=texts, cited=(title, tuple(authors)))
                _put(folder, path)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
        except OSError as fault:
            raise CannotWriteSnapshotError(path, fault) from fault
        return frozen

    def _written(
        self, folder: Path, path: Path, query: Query, day: date, *, texts: bool, cited: tuple[str, tuple[str, ...]]
    ) -> Frozen:
        entries = list(self._register.export(query))
        self._refuse_later(entries, query, day)
        documents = self._documents(entries, query)
        reviews = list(self._reviews(entries))
        _write(folder / LINES, as_jsonl(entries))
        _write(folder / TABLE, as_csv(entries))
        _write(folder / DOCUMENTS, map(_line, map(document_row, documents)))
        _write(folder / REVIEWS, map(_line, reviews))
        for document, _ in documents if texts else ():
            (folder / TEXTS).mkdir(exist_ok=True)
            _write(folder / TEXTS / f"{document.text_sha256}.txt", [document.text.encode("utf-8", "replace")])
        counts = {
            "lines": len(entries),
            "documents": len(documents),
            "reviews": len(reviews),
            "texts": len({document.text_sha256 for document, _ in documents}) if texts else 0,
        }
        head = self._head(query, day, counts, Counter(entry.provision.coder for entry in entries))
        files = [_file_row(folder, name) for name in _names(folder)]
        name = id_of(head, files)
        citation = cite(name, day, counts, *cited)
        _write(folder / TEXT, [f"{citation}\n".encode()])
        _write(folder / CITATION, [citation_file(name, day, *cited).encode()])
        told = [_file_row(folder, one) for one in (CITATION, TEXT)]
        manifest = {**head, "id": name, "citation": citation, "files": files, "citation_files": told}
        _write(folder / MANIFEST, [(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()])
        return Frozen(path, name, counts, citation)

    def _refuse_later(self, entries: Sequence[Entry], query: Query, day: date) -> None:
        """Refuse what is later than the day of the snapshot. Raises LaterChangesError."""
        chosen = {entry.provision.doc for entry in entries} | set(query.documents)
        times = [one.read_at for one in self._register.each_document() if one.slug in chosen or not _narrow(query)]
        times += [entry.review.at for entry in entries if entry.review]
        last = max((one.astimezone(UTC) for one in times), default=None)
        if last is not None and last >= datetime.combine(day + timedelta(days=1), datetime.min.time(), UTC):
            raise LaterChangesError(day, last)

    def _documents(self, entries: Sequence[Entry], query: Query) -> list[tuple[Document, int]]:
        """Return the documents of the lines, those of the query, or all where it asks for all; by slug."""
        versions = {entry.provision.doc: entry.version for entry in entries}
        for one in self._register.each_document():
            if one.slug in query.documents or not _narrow(query):
                versions.setdefault(one.slug, one.version)
        return [(self._register.document(slug, number), number) for slug, number in sorted(versions.items())]

    def _reviews(self, entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
        for entry in entries:
            if entry.review is None:
                continue
            for review in self._register.history(entry.provision.id)[1]:
                yield {
                    "provision": review.provision,
                    "state": review.state.value,
                    "reviewer": review.reviewer,
                    "at": review.at.isoformat(),
                    "reason": review.reason,
                }

    def _head(
        self, query: Query, day: date, counts: Mapping[str, int], coders: Mapping[str, int]
    ) -> dict[str, Any]:
        return {
            "form": FORM,
            "dragoman": __version__,
            "grammar": self._coder(),
            "data": dict(data_versions()),
            "as_of": day.isoformat(),
            "query": query_row(query),
            "counts": dict(counts),
            "coders": dict(sorted(coders.items())),
        }


def _narrow(query: Query) -> bool:
    """Return whether a query leaves lines out."""
    return query != replace(Query(), limit=query.limit, offset=query.offset, order=query.order)


def query_row(query: Query) -> dict[str, Any]:
    """Return what a query asks for as JSON: only what it states."""
    stated = {name: value for name, value in asdict(query).items() if value not in ((), "", None, 0)}
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in stated.items()}
    rows = {name: value.isoformat() if isinstance(value, date) else value for name, value in plain.items()}
    return {name: rows[name] for name in sorted(rows) if name not in {"order", "limit", "offset", "after"}}


def document_row(of: tuple[Document, int]) -> dict[str, Any]:
    """Return what a snapshot tells of a document; its text is found under its hash."""
    document, version = of
    return {
        "slug": document.slug,
        "version": version,
        "title": document.title,
        "date": document.date.isoformat() if document.date else None,
        "kind": document.kind,
        "parties": list(document.parties),
        "languages": [one.value for one in document.languages],
        "work": document.work,
        "source": document.source if "://" in document.source else Path(document.source).name,
        "media_type": document.media_type,
        "sha256": document.sha256,
        "text_sha256": document.text_sha256,
        "characters": len(document.text),
        "guessed": sorted(document.guessed),
    }


DATA = ("actors", "groups", "lexicons", "packs", "reading", "tables", "terms", "weights")
"""Folders of the data packs on which hangs what is read and found, and the rules that are checked."""


def data_versions() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield for those folders, and for the packs beside them, how many files there are and the hash of all."""
    root = resources.files("dragoman").joinpath("data")
    beside = [(one.name, one.read_bytes()) for one in root.iterdir() if one.name.endswith(".yaml")]
    groups = {name: list(_files(root.joinpath(name), name)) for name in DATA} | {"beside": beside}
    for name, files in groups.items():
        lines = sorted(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in files)
        yield name, {"files": len(lines), "sha256": hashlib.sha256("".join(lines).encode()).hexdigest()}


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for one in folder.iterdir():
        if one.is_dir():
            yield from _files(one, f"{path}/{one.name}")
        elif one.name.endswith(".yaml"):
            yield f"{path}/{one.name}", one.read_bytes()


def id_of(head: Mapping[str, Any], files: Sequence[Mapping[str, Any]]) -> str:
    """Return the id of a snapshot: the SHA-256 of the head of its manifest and of the hashes of its files."""
    plain = json.dumps({"head": head, "files": list(files)}, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()


def cite(name: str, day: date, counts: Mapping[str, int], title: str, authors: Sequence[str]) -> str:
    """Return a sentence to cite a snapshot by."""
    who = f"{'; '.join(authors)}. " if authors else ""
    size = f"{counts['lines']} lines of {counts['documents']} documents"
    what = f"Snapshot {name[:SHORT]} as of {day.isoformat()} ({size}), dragoman {__version__}"
    return f"{who}{title_of(title)}. {what}. SHA-256 {name}."


def title_of(title: str) -> str:
    """Return the title of a citation."""
    return " ".join(title.split()) or "A register of provisions"


def citation_file(name: str, day: date, title: str, authors: Sequence[str]) -> str:
    """Return a citation as a Citation File Format 1.2.0 file, which is YAML; JSON strings are YAML too."""
    people = [f"  - name: {json.dumps(one, ensure_ascii=False)}" for one in authors or ("The users of dragoman",)]
    rows = [
        "cff-version: 1.2.0",
        "message: Cite this snapshot by its SHA-256.",
        "type: dataset",
        f"title: {json.dumps(title_of(title), ensure_ascii=False)}",
        "authors:",
        *people,
        f'version: "{name[:SHORT]}"',
        f"date-released: {day.isoformat()}",
        "identifiers:",
        "  - type: other",
        f'    value: "sha256:{name}"',
    ]
    return "\n".join(rows) + "\n"


def _line(row: Mapping[str, Any]) -> bytes:
    return (json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("wb") as stream:
        for piece in pieces:
            stream.write(piece)


def _names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _file_row(folder: Path, name: str) -> dict[str, Any]:
    path = folder / name
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"name": name, "bytes": path.stat().st_size, "sha256": digest}


def _put(folder: Path, path: Path) -> None:
    """Give a written folder its name, or write it as a ZIP file."""
    if path.suffix.lower() != ".zip":
        folder.chmod(0o755)
        folder.rename(path)
        return
    partial = folder / ".zip"
    names = _names(folder)
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            info = zipfile.ZipInfo(name, FIRST_DAY)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            big = (folder / name).stat().st_size >= zipfile.ZIP64_LIMIT
            with archive.open(info, "w", force_zip64=big) as target, (folder / name).open("rb") as content:
                shutil.copyfileobj(content, target, CHUNK)
    partial.rename(path)
