"""Which words were deleted and inserted between two sentences; Chinese character by character."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Indel

from dragoman.model.lineage import Edit, Piece

_UNIT = re.compile(r"[\u3400-\u9fff]\s*|[^\s\u3400-\u9fff]+\s*|\s+")


def units(text: str) -> list[str]:
    """Return the words of a text, each with the space behind it, and Chinese characters singly."""
    return _UNIT.findall(text)


def redline(before: str, after: str) -> tuple[Piece, ...]:
    """Return what leads from one text to another.

    The kept and deleted pieces together are `before`, the kept and inserted ones `after`; only the white space
    behind a kept word is that of `after`.
    """
    pieces: list[Piece] = []
    gone, come = "", ""
    for edit, words in _steps(units(before), units(after)):
        if edit is not Edit.KEPT:
            gone, come = (gone + words, come) if edit is Edit.DELETED else (gone, come + words)
            continue
        pieces += _changed(gone, come)
        pieces.append(Piece(Edit.KEPT, words))
        gone, come = "", ""
    return (*pieces, *_changed(gone, come))


def _changed(gone: str, come: str) -> list[Piece]:
    """Return what was deleted, then what was inserted in its place."""
    return [Piece(edit, words) for edit, words in ((Edit.DELETED, gone), (Edit.INSERTED, come)) if words]


def _steps(old: list[str], new: list[str]) -> Iterator[tuple[Edit, str]]:
    bare_old, bare_new = [word.strip() for word in old], [word.strip() for word in new]
    for step in Indel.opcodes(bare_old, bare_new):
        if step.tag == "equal":
            yield Edit.KEPT, "".join(new[step.dest_start : step.dest_end])
            continue
        yield Edit.DELETED, "".join(old[step.src_start : step.src_end])
        yield Edit.INSERTED, "".join(new[step.dest_start : step.dest_end])
