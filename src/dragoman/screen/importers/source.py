"""The file of a list: its bytes, packed or not, their hash and encoding. Read in pieces, never whole."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from charset_normalizer import from_bytes

from dragoman.lexicon import load_pack
from dragoman.screen.importers.faults import Faults, limit, unreadable

_PIECE = 1 << 20
ALWAYS_UNPACKED = 64 << 20
"""Bytes to which a packed file may grow however small it is."""
_SAMPLE = 200_000
"""Bytes from which an encoding is guessed."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GZIP = b"\x1f\x8b"
_ARCHIVES = {
    b"PK\x03\x04": "it is a ZIP archive or a workbook",
    b"%PDF": "it is a PDF",
    b"\xd0\xcf\x11\xe0": "it is an old workbook",
}
_CONTROL = re.compile(b"[\x01-\x08\x0e-\x19\x7f]")
_MOST_CONTROL = 0.01
"""Share of control characters above which bytes are no text."""
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be read as text.

    Attributes:
        path: where it is.
        name: its name, for messages.
        sha256: of the file's bytes, as they lie there.
        encoding: of the text.
        head: the first characters.
        ended: whether the last line has an end.
    """

    path: Path
    name: str
    sha256: str
    encoding: str
    head: str
    ended: bool

    def bytes(self) -> BinaryIO:
        """Open the unpacked bytes."""
        return _opened(self.path)

    def text(self) -> TextIO:
        """Open the text; line ends stay as they are."""
        return io.TextIOWrapper(self.bytes(), encoding=self.encoding, errors="replace", newline="")


@dataclass(slots=True)
class _Look:
    """What a first pass over the bytes tells."""

    first: bytes = b""
    last: bytes = b""
    bad: bytes = b""
    cut: bool = False
    lines: int = 1


def open_source(path: Path, faults: Faults) -> Source:
    """Look at a file once and return what can be read from it.

    Args:
        path: the file; one that begins as gzip does is unpacked.
        faults: takes what was assumed.

    Raises:
        UnreadableList: it is missing, empty, cut, or no text.
    """
    try:
        sha256 = _hash(path)
        look = _look(_pieces(path, faults))
    except (EOFError, zlib.error) as fault:
        raise unreadable(faults, "list-cut", 1, reason="the packed file is not complete") from fault
    except OSError as fault:
        raise unreadable(faults, "list-not-readable", reason=fault.strerror or str(fault)) from fault
    encoding = _encoding(look, faults)
    head = look.first.decode(encoding, "replace")
    if not head.strip("\ufeff \t\r\n\0\x1a"):
        raise unreadable(faults, "list-empty")
    return Source(
        path, path.name, sha256, encoding, head[:_SAMPLE], look.last.rstrip(b"\0")[-1:] in (b"\n", b"\r", b"\x1a")
    )


def _opened(path: Path) -> BinaryIO:
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    return cast("BinaryIO", gzip.open(path, "rb")) if packed else path.open("rb")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pieces(path: Path, faults: Faults) -> Iterator[bytes]:
    """Yield the unpacked bytes. Raises UnreadableList where they are far more than the packed ones."""
    times = int(limit("unpacked"))
    most, size = max(ALWAYS_UNPACKED, times * path.stat().st_size), 0
    with _opened(path) as file:
        while piece := file.read(_PIECE):
            size += len(piece)
            if size > most:
                raise unreadable(faults, "list-expands-too-far", times=times)
            yield piece


def _look(pieces: Iterator[bytes]) -> _Look:
    """Return the beginning, the end, the first bytes that are not UTF-8, and whether the last character is cut."""
    look, decoder = _Look(), codecs.getincrementaldecoder("utf-8")()
    for piece in pieces:
        look.first = look.first or piece[:_SAMPLE]
        look.last = piece[-4:]
        look.lines += piece.count(b"\n")
        if not look.bad:
            look.bad = _not_utf8(decoder, piece)
    if not look.bad:
        look.cut = bool(decoder.getstate()[0])
    return look


def _not_utf8(decoder: codecs.IncrementalDecoder, piece: bytes) -> bytes:
    try:
        decoder.decode(piece)
    except UnicodeDecodeError as fault:
        return piece[max(0, fault.start - _SAMPLE // 2) :][:_SAMPLE]
    return b""


def _encoding(look: _Look, faults: Faults) -> str:
    for mark, encoding in _BOMS:
        if look.first.startswith(mark):
            return encoding
    _refuse_binary(look.first, faults)
    if look.first.lstrip().startswith(b"<"):
        return "utf-8"  # XML says its own encoding, and lxml reads it
    if look.cut:
        raise unreadable(faults, "list-cut", look.lines, reason="it ends inside a character")
    if not look.bad:
        return "utf-8"
    encoding = _guessed(look.bad, faults)
    faults.add("list-encoding-guessed", encoding=encoding)
    return encoding


def _refuse_binary(sample: bytes, faults: Faults) -> None:
    for magic, reason in _ARCHIVES.items():
        if sample.startswith(magic):
            raise unreadable(faults, "list-not-text", reason=reason)
    if b"\0" in sample[:_SAMPLE]:
        raise unreadable(faults, "list-not-text", reason="it holds NUL bytes as programs and pictures do")
    if len(_CONTROL.findall(sample)) > max(8, len(sample) * _MOST_CONTROL):
        raise unreadable(faults, "list-not-text", reason="it holds control characters as programs and pictures do")


def _guessed(sample: bytes, faults: Faults) -> str:
    """Return an encoding of bytes that are not UTF-8: a Chinese one where its commonest characters appear."""
    pack = load_pack("reading/encodings.yaml")
    common = frozenset(pack["common"] + pack["common_traditional"])
    names = [name for name in pack["candidates"] if not name.startswith("utf")]
    best, encoding = max((_chinese(sample, name, common), name) for name in names)
    if best >= pack["minimum"]:
        return str(encoding)
    found = from_bytes(sample[:20_000]).best()
    if found is None:
        raise unreadable(faults, "list-not-text", reason="its encoding is not known")
    return "cp1252" if found.encoding in {"latin_1", "iso8859_1", "iso8859_15", "cp1250"} else str(found.encoding)


def _chinese(sample: bytes, encoding: str, common: frozenset[str]) -> float:
    text = sample.decode(encoding, "replace")
    han = _HAN.findall(text)
    if len(han) < 2 or text.count("\ufffd") * 50 > len(text):  # noqa: PLR2004 - two characters are no evidence
        return 0.0
    wide = sum(char > "\x7f" for char in text)
    return sum(char in common for char in han) / len(han) * len(han) / wide
