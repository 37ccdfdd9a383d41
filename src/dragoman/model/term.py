"""The termbase: concepts with their terms in two languages, and what the two sides say of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dragoman.model.document import Language
from dragoman.model.problem import Problem, Severity


class TermUse(StrEnum):
    """How a term is to be used; the administrative statuses of TBX."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"


class TermType(StrEnum):
    """What form a term is; the term types of TBX-Basic."""

    FULL = "fullForm"
    ACRONYM = "acronym"
    ABBREVIATION = "abbreviation"
    SHORT = "shortForm"
    VARIANT = "variant"
    PHRASE = "phrase"


class ConceptKind(StrEnum):
    """What a concept is."""

    GENERAL = "general"
    ORGANISATION = "organisation"
    """A body with a name; its names are names of one party when parties are screened."""


class ConceptStatus(StrEnum):
    """How far the two sides are with a concept."""

    PROPOSED = "proposed"
    """No side has accepted it."""
    UNDER_REVIEW = "under review"
    """One side has accepted it."""
    AGREED = "agreed"
    """Both sides have accepted it."""
    CONTESTED = "contested"
    """A side objects to it."""
    WITHDRAWN = "withdrawn"
    """It is out of use."""


class ProposalKind(StrEnum):
    """What is proposed of a concept that is there."""

    CHANGE = "change"
    DEPRECATION = "deprecation"
    """A term of it is not to be used any more."""
    WITHDRAWAL = "withdrawal"


class ProposalState(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CONTESTED = "contested"


class ReviewVerdict(StrEnum):
    """What a side says of a concept or a proposal."""

    ACCEPT = "accept"
    REJECT = "reject"
    CONTEST = "contest"


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase for a concept.

    Attributes:
        text: as it is written.
        language: of the term.
        use: see `TermUse`.
        party: the side that uses it so, by its canonical name; "" for everybody.
        type: see `TermType`; None where nothing is known.
        part_of_speech: noun, verb, adjective, adverb, other; "" where nothing is known.
        note: on its use.
        source: where it comes from, in words.
    """

    text: str
    language: Language
    use: TermUse = TermUse.PREFERRED
    party: str = ""
    type: TermType | None = None
    part_of_speech: str = ""
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """What a concept means.

    Attributes:
        text: the definition.
        language: of the text.
        party: whose definition it is; "" for everybody's.
        source: where it comes from, in words.
    """

    text: str
    language: Language
    party: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class TermSource:
    """A sentence in which a concept is named.

    Attributes:
        quote: its words.
        language: of the words.
        doc: slug of the document of the register, "" for a source outside.
        start, end: offsets in the document's text, -1 for a source outside.
        citation: where it stands, in words.
    """

    quote: str
    language: Language
    doc: str = ""
    start: int = -1
    end: int = -1
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept.

    Attributes:
        id: short, without spaces; unique in the termbase.
        terms: its terms, those of English first; at least one.
        definitions: at most one of each language and party.
        sources: sentences in which it is named.
        note: on differing use.
        subjects: subject fields, in words.
        tags: technology and instrument tags.
        kind: see `ConceptKind`.
        status: see `ConceptStatus`.
        accepted, contested: the sides that accept it and that object to it.
    """

    id: str
    terms: tuple[Term, ...]
    definitions: tuple[Definition, ...] = ()
    sources: tuple[TermSource, ...] = ()
    note: str = ""
    subjects: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    kind: ConceptKind = ConceptKind.GENERAL
    status: ConceptStatus = ConceptStatus.PROPOSED
    accepted: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()

    def of(self, language: Language) -> tuple[Term, ...]:
        """Return its terms in a language."""
        return tuple(term for term in self.terms if term.language is language)

    def best(self, language: Language, party: str = "") -> Term | None:
        """Return the term to use in a language: the party's preferred one, then everybody's, then any in use."""
        found = [term for term in self.of(language) if term.use is not TermUse.DEPRECATED]
        return min(found, key=lambda term: _rank(term, party), default=None)


def _rank(term: Term, party: str) -> tuple[bool, bool, bool]:
    """Return the order in which a party chooses its words."""
    return (
        term.party not in {"", party} if party else False,
        term.use is not TermUse.PREFERRED,
        term.party != party,
    )


@dataclass(frozen=True, slots=True)
class ConceptStep:
    """One step of the history of a concept; what was recorded is never changed.

    Attributes:
        number: counts the steps of the whole termbase.
        concept: as it stood after the step.
        action: proposed, imported, changed, deprecated, withdrawn, accepted, contested or rejected.
        by: who did it.
        side: for which side, "" for none.
        at: when.
        reason: why.
        proposal: id of the proposal that it carries out, "" for none.
    """

    number: int
    concept: Concept
    action: str
    by: str
    side: str
    at: datetime
    reason: str = ""
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class ProposalReview:
    """What a side says of a proposal. The last word of a side counts."""

    side: str
    verdict: ReviewVerdict
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of a concept that both sides have to accept.

    Attributes:
        id: short.
        concept: id of the concept.
        kind: see `ProposalKind`.
        after: the concept as it shall be.
        base: number of the concept's step that it changes.
        by, side, at, reason: who proposes it, for which side ("" for none), when and why.
        state: see `ProposalState`.
        reviews: oldest first.
    """

    id: str
    concept: str
    kind: ProposalKind
    after: Concept
    base: int
    by: str
    side: str
    at: datetime
    reason: str = ""
    state: ProposalState = ProposalState.OPEN
    reviews: tuple[ProposalReview, ...] = ()


@dataclass(frozen=True, slots=True)
class TermbaseVersion:
    """A published version of the termbase.

    Attributes:
        number: 1, 2, ...
        step: number of the last step that is part of it.
        at, by: when and by whom it was published.
        note: what is new, in words.
        concepts: how many it holds, those withdrawn not counted.
        statuses: how many of each status.
        sha256: hash of its concepts.
    """

    number: int
    step: int
    at: datetime
    by: str
    note: str
    concepts: int
    statuses: tuple[tuple[str, int], ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class ConceptChange:
    """What became of a concept between two versions.

    Attributes:
        before, after: the concept; None where it was not there, or was withdrawn.
        fields: names of the fields that differ.
        steps: what was done in between, oldest first.
    """

    before: Concept | None
    after: Concept | None
    fields: tuple[str, ...] = ()
    steps: tuple[ConceptStep, ...] = ()

    @property
    def concept(self) -> Concept:
        """The concept as it last stood."""
        found = self.after or self.before
        if found is None:
            raise ValueError(self)
        return found

    @property
    def kind(self) -> str:
        """Added, removed or changed."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


@dataclass(frozen=True, slots=True)
class TermQuery:
    """Which concepts are asked for.

    Attributes:
        words: part of a term in either language, or an id; "" for all.
        statuses, parties, tags, kinds: alternatives; () for all. Withdrawn ones only where asked for.
        language: of the terms that are looked at; None for both.
        offset, limit: stretch of the result; None for all.
    """

    words: str = ""
    statuses: tuple[ConceptStatus, ...] = ()
    parties: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    kinds: tuple[ConceptKind, ...] = ()
    language: Language | None = None
    offset: int = 0
    limit: int | None = 50


@dataclass(frozen=True, slots=True)
class ConceptPage:
    """Concepts of a query: the best first where words were given, else by their first term."""

    concepts: tuple[Concept, ...]
    total: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of a file of concepts.

    Attributes:
        new, unchanged: ids of concepts.
        proposals: ids of the changes proposed to concepts that were there otherwise.
        taken: whether the file was taken; a file with an error changes nothing.
        problems: of the file.
    """

    new: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()
    taken: bool = True
    problems: tuple[Problem, ...] = ()


class TermFault(StrEnum):
    """What a text may do wrong with a term."""

    DEPRECATED = "deprecated"
    OTHER_SIDE = "other side"
    INCONSISTENT = "inconsistent"
    CONTESTED = "contested"
    NOT_RENDERED = "not rendered"


@dataclass(frozen=True, slots=True)
class TermFinding:
    """A term of a text that should be looked at.

    Attributes:
        doc: slug or path of the text.
        start, end: offsets in its text.
        line, column: of the start, from 1.
        text: the words found.
        fault: what is wrong.
        severity: how much it matters.
        concept: id of the concept.
        language: of the words.
        suggestion: the term to use, "" where there is none.
        message: what is wrong, in one sentence.
        other: of two versions, the offsets of the sentence in the other one.
        other_doc: and its text.
    """

    doc: str
    start: int
    end: int
    line: int
    column: int
    text: str
    fault: TermFault
    severity: Severity
    concept: str
    language: Language
    suggestion: str
    message: str
    other: tuple[int, int] | None = None
    other_doc: str = ""


@dataclass(frozen=True, slots=True)
class TermLint:
    """What linting texts gave.

    Attributes:
        docs: slugs or paths of the texts.
        findings: text by text, in order.
        concepts: how many concepts the texts were held against.
        version: number of the last published version, None where none was.
        problems: of the texts or the termbase.
    """

    docs: tuple[str, ...]
    findings: tuple[TermFinding, ...]
    concepts: int
    version: int | None = None
    problems: tuple[Problem, ...] = ()
