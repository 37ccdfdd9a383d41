"""Chooses the reader of a format: by the first bytes, then by what the server says, then by the name."""

from __future__ import annotations

import re
from pathlib import PurePath

from dragoman.read.decode import decode_text
from dragoman.read.draft import Draft
from dragoman.read.faults import problem, unreadable
from dragoman.read.settings import ReadSettings

_PLAIN = {".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown"}
_PAGES = frozenset({".html", ".htm", ".xhtml"})
_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "it is a file of an old word processor (.doc) or table"),
    (b"\x89PNG", "it is a picture"),
    (b"\xff\xd8\xff", "it is a picture"),
    (b"GIF8", "it is a picture"),
    (b"{\\rtf", "it is RTF"),
    (b"\x7fELF", "it is a program"),
    (b"7z\xbc\xaf", "it is an archive"),
    (b"SQLite format 3", "it is a database"),
)


def draft_of(data: bytes, name: str, settings: ReadSettings, media_type: str = "") -> Draft:
    """Return the draft of a file's bytes.

    Args:
        data: the bytes.
        name: path or address.
        settings: limits.
        media_type: what the server said, or "".

    Raises:
        UnreadableError: the bytes give no text.
    """
    if not data:
        raise unreadable(name, "empty-file")
    ending = PurePath(name.split("?", maxsplit=1)[0].removesuffix(".gz")).suffix.lower()
    if data.startswith(b"%PDF-") or b"%PDF-" in data[:1024] or ending == ".pdf":
        from dragoman.read.pdf import read_pdf  # noqa: PLC0415 - each format is loaded only where it is met

        return read_pdf(data, name)
    if data.startswith(b"PK\x03\x04") or ending == ".docx":
        from dragoman.read.docx import read_docx  # noqa: PLC0415 - as above

        return read_docx(data, name, settings)
    for head, reason in _FOREIGN:
        if data.startswith(head):
            raise unreadable(name, "not-text", reason=reason)
    if _is_page(data, ending, media_type):
        from dragoman.read.html import read_html  # noqa: PLC0415 - as above

        return read_html(data, name, settings)
    return _plain(data, name, ending, media_type)


def _is_page(data: bytes, ending: str, media_type: str) -> bool:
    if ending in _PAGES or media_type in {"text/html", "application/xhtml+xml"}:
        return True
    return ending not in _PLAIN and bool(_MARKUP.match(data[:4096]))


def _plain(data: bytes, name: str, ending: str, media_type: str) -> Draft:
    draft = decode_text(data, name, _PLAIN.get(ending, "text/plain"))
    known = ending in _PLAIN or ending in {"", ".json"} or media_type or "://" in name
    if known:
        return draft
    note = problem("unknown-extension", name)
    return Draft(draft.text, draft.marks, draft.media_type, draft.title, (*draft.problems, note))
