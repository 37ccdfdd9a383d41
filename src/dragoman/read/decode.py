"""Decodes bytes into text without touching line ends, so that offsets are those of the file."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from charset_normalizer import from_bytes

from dragoman.lexicon.packs import load_pack
from dragoman.model import Problem
from dragoman.read.draft import Draft
from dragoman.read.faults import problem, unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 200_000
"""Bytes from which an encoding is guessed."""
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x7f]")
_MAX_CONTROL = 0.01
"""Share of control characters above which bytes are no text."""
_NUL_SHARE = 0.2
"""Share of NUL bytes from which bytes are UTF-16 or no text."""
_HAN = re.compile("[\u4e00-\u9fff]")
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_SINGLE_BYTE = frozenset({"cp1252", "latin_1", "iso8859_1", "cp1250", "iso8859_15"})


def decode_text(data: bytes, source: str, media_type: str = "text/plain") -> Draft:
    """Return the draft of a plain-text file.

    A byte order mark is no character of the text. NUL characters become U+FFFD one for one.

    Args:
        data: the bytes.
        source: path, for messages.
        media_type: of the file.

    Raises:
        UnreadableError: empty, no text, or no known encoding.
    """
    if not data:
        raise unreadable(source, "empty-file")
    text, problems = decode(data, source)
    if text.count("\0"):
        problems.append(problem("nul-characters", source, count=text.count("\0")))
        text = text.replace("\0", "\ufffd")
    if not text.strip("\ufeff\ufffd \t\r\n\xa0\u3000"):
        raise unreadable(source, "no-text")
    if _has_mixed_ends(text):
        problems.append(problem("mixed-line-ends", source))
    return Draft(text, media_type=media_type, problems=tuple(problems))


def decode(data: bytes, source: str) -> tuple[str, list[Problem]]:
    """Return the text of bytes and what was assumed. Raises UnreadableError."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding, source)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data, source)
    if "\0" in text and data.count(0) > len(data) * _NUL_SHARE:
        return _guess(data, source)
    _refuse_binary(text, source)
    return text, []


def _decode_as(data: bytes, encoding: str, source: str) -> tuple[str, list[Problem]]:
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    _refuse_binary(text, source)
    return text, [problem("undecodable-bytes", source, count=text.count("\ufffd"), encoding=encoding)]


def _guess(data: bytes, source: str) -> tuple[str, list[Problem]]:
    """Guess the encoding of bytes that are not UTF-8."""
    sample = data[: _SAMPLE - _SAMPLE % 4]
    encoding = _chinese_encoding(sample) or _wide_encoding(sample)
    if encoding is None:
        if _is_nearly_utf8(data):
            return _decode_as(data, "utf-8", source)
        if b"\0" in sample:
            raise unreadable(source, "not-text", reason="it holds NUL bytes as programs and pictures do")
        encoding = _western_encoding(sample, source)
    text = data.decode(encoding, "replace")
    _refuse_binary(text, source)
    problems = [problem("encoding-guessed", source, encoding=encoding)]
    if lost := text.count("\ufffd"):
        problems.append(problem("undecodable-bytes", source, count=lost, encoding=encoding))
    return text, problems


def _chinese_encoding(sample: bytes) -> str | None:
    """Return the encoding that makes the bytes Chinese with the most common characters, or None."""
    pack = load_pack("reading/encodings.yaml")
    common = frozenset(pack["common"] + pack["common_traditional"])
    scores = [(_score(sample, name, common), name) for name in pack["candidates"]]
    best, encoding = max(scores, key=lambda one: one[0])
    return str(encoding) if best >= pack["minimum"] else None


def _score(sample: bytes, encoding: str, common: Iterable[str]) -> float:
    text = sample.decode(encoding, "replace")
    han = _HAN.findall(text)
    broken = text.count("\ufffd") + len(_CONTROL.findall(text)) + text.count("\0")
    if len(han) < 2 or broken * 50 > len(text):  # noqa: PLR2004 - two characters are no evidence
        return 0.0
    known = sum(char in common for char in han) / len(han)
    printed = sum(map(len, re.findall("[ -~\r\n\u3000-\u303f\uff00-\uffef\u2010-\u2030]+", text)))
    return known * (len(han) + printed) / len(text)


def _wide_encoding(sample: bytes) -> str | None:
    """Return UTF-16 without a byte order mark, known by the NUL halves of its Latin letters, or None."""
    half = max(1, len(sample) // 2)
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = sample[offset::2].count(0), sample[1 - offset :: 2].count(0)
        if zeros > half * _NUL_SHARE and others < zeros / 20 and "\0" not in sample.decode(encoding, "replace"):
            return encoding
    return None


def _is_nearly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    wide = sum(char > "\x7f" for char in text[:_SAMPLE])
    return text.count("\ufffd", 0, _SAMPLE) * 10 < wide


def _western_encoding(sample: bytes, source: str) -> str:
    best = from_bytes(sample[:20_000]).best()
    if best is None:
        raise unreadable(source, "encoding-unknown")
    return "cp1252" if best.encoding in _SINGLE_BYTE else str(best.encoding)


def _refuse_binary(text: str, source: str) -> None:
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > max(2, len(sample) * _MAX_CONTROL):
        raise unreadable(source, "not-text", reason="it holds control characters as programs and pictures do")


def _has_mixed_ends(text: str) -> bool:
    windows = text.count("\r\n")
    unix, old = text.count("\n") - windows, text.count("\r") - windows
    return sum(count > 0 for count in (windows, unix, old)) > 1
