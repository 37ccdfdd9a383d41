"""Cases with their case files, documents and memos as one ZIP file, with a list of what is in it by hash."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING

from dragoman.model import Language
from dragoman.model.identity import sha256_of_bytes

if TYPE_CHECKING:
    from dragoman.docketing.docketing import Docketing

ODD = re.compile(r"[^\w.-]+")
LONGEST_NAME = 80
BEGINNING = (1980, 1, 1, 0, 0, 0)
"""Time of each file in the archive, so that the same cases make the same archive."""
MANIFEST = "manifest.csv"


def write_bundle(docketing: Docketing, numbers: Iterable[str], language: Language, stream: IO[bytes]) -> int:
    """Write cases as a ZIP file: for each a folder with all acts, case files, documents and memo.

    Args:
        docketing: the docket as a person sees it; what it does not show is not written.
        numbers: of the cases.
        language: of the memos.
        stream: takes the file.

    Returns:
        How many cases were written.
    """
    lines, written = [("path", "sha256", "bytes")], 0
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in numbers:
            written += 1
            for path, content in _files_of(docketing, number, language):
                _put(archive, path, content)
                lines.append((path, sha256_of_bytes(content), str(len(content))))
        table = io.StringIO()
        csv.writer(table, lineterminator="\n").writerows(lines)
        _put(archive, MANIFEST, table.getvalue().encode())
    return written


def _files_of(docketing: Docketing, number: str, language: Language) -> Iterator[tuple[str, bytes]]:
    view = docketing.view(number)
    yield f"{number}/case.json", json.dumps(docketing.row(number), ensure_ascii=False, indent=1).encode()
    yield f"{number}/memo.docx", docketing.memo(number, language, "docx")
    for version in view.versions:
        if version.sha256:
            name = f"{number}/versions/{version.number}-{_safe(version.name)}"
            yield name, docketing.file(number, version.sha256)[1]
    for one in view.case.attachments:
        yield f"{number}/documents/{one.act:03d}-{_safe(one.name)}", docketing.file(number, one.sha256)[1]


def _safe(name: str) -> str:
    """Return a name that no file system takes for a path."""
    return ODD.sub("_", name.rpartition("/")[2]).lstrip(".")[-LONGEST_NAME:] or "file"


def _put(archive: zipfile.ZipFile, path: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(path, BEGINNING)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
