"""Problems in the words of a pack: one file of sentences and remedies a room, filled in with what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.lexicon.packs import PackFaultError, load_pack
from dragoman.model import Problem, Severity


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is; the fields of `Problem`."""

    source: str = ""
    doc: str | None = None
    start: int | None = None
    end: int | None = None
    page: int | None = None
    line: int | None = None


def worded(pack: str, code: str, place: Place, values: Mapping[str, object]) -> Problem:
    """Return a problem with its sentence and remedy.

    Args:
        pack: path of the pack of words.
        code: a code of the pack.
        place: where it is; source, doc, page and line stand in the message as {name}, {doc}, {page} and {line}.
        values: what the message and remedy need besides.

    Raises:
        PackFaultError: the pack has no such code.
    """
    entry = load_pack(pack)["problems"].get(code)
    if entry is None:
        raise PackFaultError(pack, f"no problem {code}")
    fill = {
        "name": place.source,
        "source": place.source,
        "doc": place.doc,
        "page": place.page,
        "line": place.line,
        **values,
    }
    return Problem(
        code,
        Severity(entry["severity"]),
        entry["message"].format(**fill),
        entry["remedy"].format(**fill),
        place.source,
        doc=place.doc,
        start=place.start,
        end=place.end,
        page=place.page,
        line=place.line,
    )
