"""Problems in the words of a pack: sentences and remedies in both languages, filled with what was found.

A problem is made with its English sentences and keeps what fills them; by its code and these values it is said
again in another language, as is what the register kept long ago.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any

from dragoman.lexicon.packs import PackFaultError, load_pack, packs_named
from dragoman.lexicon.phrases import phrase
from dragoman.model import Language, Problem, Severity
from dragoman.model.problem import Filling

ENDING = "problems.yaml"
"""What the names of the packs of problems end with."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is; the fields of `Problem`."""

    source: str = ""
    doc: str | None = None
    start: int | None = None
    end: int | None = None
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What is wrong and what to do about it, in a language.

    Attributes:
        language: of the two sentences.
        message: what is wrong.
        remedy: what to do, "" for nothing.
    """

    language: Language
    message: str
    remedy: str

    @property
    def whole(self) -> str:
        """Both sentences, one after the other."""
        return f"{self.message}{'' if self.language is Language.ZH else ' '}{self.remedy}".strip()


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
    message, remedy = entry["message"]["en"], entry["remedy"]["en"]
    return Problem(
        code,
        Severity(entry["severity"]),
        message.format(**fill),
        remedy.format(**fill),
        place.source,
        doc=place.doc,
        start=place.start,
        end=place.end,
        page=place.page,
        line=place.line,
        values={name: _filling(fill[name]) for name in sorted(places_in(message) | places_in(remedy))},
    )


def said(problem: Problem, language: Language) -> Said:
    """Return a problem in a language; in English where it was kept without what fills its sentences."""
    entry = entries().get(problem.code)
    if language is Language.EN or entry is None:
        return Said(Language.EN, problem.message, problem.remedy)
    sentences = [entry[part][language.value] for part in ("message", "remedy")]
    if not {name for sentence in sentences for name in places_in(sentence)} <= problem.values.keys():
        return Said(Language.EN, problem.message, problem.remedy)
    fill = {name: phrase(name, value, language) for name, value in problem.values.items()}
    message, remedy = (sentence.format(**fill) for sentence in sentences)
    return Said(language, message, remedy)


@cache
def entries() -> Mapping[str, Mapping[str, Any]]:
    """Return severity, message and remedy of every code, from all packs of problems."""
    return {code: entry for path in packs_named(ENDING) for code, entry in load_pack(path)["problems"].items()}


@cache
def places_in(sentence: str) -> frozenset[str]:
    """Return the names of the places of a sentence that are filled in."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)


def _filling(value: object) -> Filling:
    """Return a value as JSON keeps it: numbers as they are, everything else in words."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
