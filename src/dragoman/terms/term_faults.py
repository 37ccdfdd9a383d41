"""Problems of one file of concepts, so many of a kind, and what every reader of files does with a concept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from dragoman.lexicon.term_spelling import folded_term
from dragoman.model import Language, Problem, Severity
from dragoman.model.term import Concept, ConceptKind, ConceptStatus, TermUse
from dragoman.terms.termbase import (
    free_id,
    is_id,
    limits,
    made_id,
    one_line,
    pairs_of,
    term_problem,
    tidied,
)

Value = TypeVar("Value", bound=StrEnum)
VALUE_NAMES: Mapping[type[StrEnum], str] = {
    ConceptKind: "kind of concept",
    ConceptStatus: "status of a concept",
    TermUse: "use of a term",
}
LANGUAGES = {language.value: language for language in Language}


@dataclass(slots=True)
class Faults:
    """What is wrong with a file. Of one kind only the first are listed, the rest are counted."""

    name: str
    found: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, code: str, line: int | None, **values: object) -> None:
        """Note a problem at a line."""
        self.counts[code] += 1
        if self.counts[code] <= limits().problems:
            self.found.append(term_problem(code, self.name, line, **values))

    @property
    def serious(self) -> bool:
        """Whether there is an error, so that nothing of the file may be taken."""
        return any(problem.severity is Severity.ERROR for problem in self.found)

    def all(self) -> tuple[Problem, ...]:
        """Return the problems, those left out as one for each kind."""
        most = limits().problems
        rest = (
            term_problem("more-of-these", self.name, kind=code, given=count - most)
            for code, count in sorted(self.counts.items())
            if count > most
        )
        return (*self.found, *rest)


def language_of(tag: str, faults: Faults, line: int) -> Language | None:
    """Return the language of a BCP 47 tag; None, and a note once for each tag, where it is none of ours."""
    found = LANGUAGES.get(tag.replace("_", "-").split("-")[0].strip().lower())
    if found is None:
        code = "term-language-left-out"
        if not any(one.code == code and f"`{tag}`" in one.message for one in faults.found):
            faults.add(code, line, given=tag)
    return found


@dataclass(slots=True)
class Gate:
    """Lets the concepts of a file through, tidy and with ids of their own, and notes what is wrong with them.

    Attributes:
        faults: of the file.
        known_tags: tags that concepts may have.
        least: score below which rows of a table are left out.
        ids: those that the file has used.
        pairs: ids by English and Chinese term.
    """

    faults: Faults
    known_tags: frozenset[str]
    least: float = 0.0
    ids: set[str] = field(default_factory=set)
    pairs: dict[tuple[str, str], str] = field(default_factory=dict)

    def through(self, concept: Concept, line: int) -> Iterator[Concept]:
        """Yield a concept as it is taken, or nothing."""
        given = concept.id.strip()
        self._terms(concept, line)
        made = tidied(concept)
        if not made.terms:
            self.faults.add("concept-without-term", line, concept=given or "?")
            return
        if given in self.ids:
            self.faults.add("concept-doubled", line, concept=given)
            return
        made = replace(made, id=self._id(made, given, line), tags=self._tags(made, line))
        self.ids.add(made.id)
        self._sizes(made, line)
        self._alike(made, line)
        yield made

    def value(self, kind: type[Value], written: str, fallback: Value, line: int) -> Value:
        """Return a value of a list; the fallback, and a problem, where the file has another."""
        text = written.strip()
        if not text:
            return fallback
        if text not in {one.value for one in kind}:
            what = VALUE_NAMES[kind]
            self.faults.add("term-value-unknown", line, given=text, what=what, taken=fallback.value)
            return fallback
        return kind(text)

    def _id(self, concept: Concept, given: str, line: int) -> str:
        if given and is_id(given):
            return given
        made = free_id(made_id(concept.terms), self.ids.__contains__)
        if given:
            self.faults.add("concept-id-made", line, given=given, concept=made)
        return made

    def _terms(self, concept: Concept, line: int) -> None:
        seen: set[tuple[Language, str, str]] = set()
        for term in concept.terms:
            key = (term.language, term.party, folded_term(term.text))
            if not one_line(term.text):
                self.faults.add("term-empty", line, concept=concept.id)
            elif key in seen:
                self.faults.add("term-doubled", line, term=term.text.strip(), concept=concept.id)
            seen.add(key)

    def _tags(self, concept: Concept, line: int) -> tuple[str, ...]:
        for tag in concept.tags:
            if tag not in self.known_tags:
                self.faults.add("concept-unknown-tag", line, given=tag, concept=concept.id)
        return tuple(tag for tag in concept.tags if tag in self.known_tags)

    def _sizes(self, concept: Concept, line: int) -> None:
        most = limits()
        passages = [
            concept.note,
            *(one.text for one in concept.definitions),
            *(one.quote for one in concept.sources),
        ]
        sizes = [(len(term.text), most.text) for term in concept.terms]
        sizes += [(len(text), most.passage) for text in (*passages, *(term.note for term in concept.terms))]
        for size, limit in sizes:
            if size > limit:
                self.faults.add("term-too-long", line, concept=concept.id, given=size, limit=limit)

    def _alike(self, concept: Concept, line: int) -> None:
        for pair in pairs_of(concept):
            other = self.pairs.setdefault(pair, concept.id)
            if other != concept.id:
                self.faults.add("concepts-alike", line, concept=concept.id, other=other)
                return
