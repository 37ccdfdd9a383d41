"""The termbase itself: looking, proposing, reviewing, files, versions, the lint, and what other parts get."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from dragoman.lexicon import Lexicon, load_lexicon
from dragoman.lexicon.actors import ActorRegister
from dragoman.model import Language, Problem
from dragoman.model.term import (
    Concept,
    ConceptChange,
    ConceptKind,
    ConceptPage,
    ConceptStatus,
    ConceptStep,
    ImportOutcome,
    Proposal,
    ProposalKind,
    ReviewVerdict,
    TermbaseVersion,
    TermLint,
    TermQuery,
    TermSource,
)
from dragoman.register import Register
from dragoman.report import ReportFormat, write
from dragoman.report.term_lint import lint_report
from dragoman.termbank.arriving import fresh, known_tags, take_in, with_id
from dragoman.termbank.linting import Texts, lint_of, plain_document
from dragoman.termbank.refusals import (
    BadIdError,
    NothingNewError,
    NothingThereError,
    NothingToLintError,
    QuoteNotFoundError,
    TwoSidesError,
    UnknownLintPartyError,
    UnknownTermTagError,
)
from dragoman.termbank.writing import Print, written
from dragoman.terms.agreeing import (
    Speaker,
    UnknownSideError,
    checked,
    first_step,
    proposal_of,
    proposal_reviewed,
    reviewed,
    without_term,
)
from dragoman.terms.feeding import lexicon_with, names_of_organisations, reading_with
from dragoman.terms.glossary import shipped_concepts
from dragoman.terms.lint import Wanted
from dragoman.terms.term_faults import Faults
from dragoman.terms.term_files import concepts_of
from dragoman.terms.term_index import TermIndex
from dragoman.terms.termbase import (
    codes,
    default_sides,
    differing,
    free_id,
    is_id,
    made_id,
    term_problem,
)

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Known:
    """The concepts in use at a step, with what finds their terms."""

    step: int
    index: TermIndex
    problems: tuple[Problem, ...]


class Termbank:
    """The termbase of a workspace.

    Args:
        register: where it is kept.
        clock: gives the time of steps.
        texts: reads texts that are linted, and aligns two versions.
        names: what parties are called in a language, by canonical name.
    """

    def __init__(
        self,
        register: Register,
        clock: Clock,
        texts: Texts,
        names: Callable[[Language], Mapping[str, str]],
    ) -> None:
        self._register = register
        self._terms = register.terms
        self._clock = clock
        self._texts = texts
        self._names = names
        self._known: Known | None = None
        self._words: tuple[int, Lexicon] | None = None
        self._reading: tuple[tuple[int, ActorRegister], Lexicon, str] | None = None
        self._synonyms: tuple[int, Mapping[str, tuple[str, ...]]] | None = None

    # -- looking

    def sides(self) -> tuple[str, ...]:
        """Return the two sides that have to agree."""
        return self._terms.sides() or default_sides()

    def name_sides(self, sides: Sequence[str], *, by: str) -> tuple[str, ...]:
        """Let two other sides agree from now on. Raises UsageError: not two, or nobody's name."""
        named = tuple(dict.fromkeys(map(self.party, sides)))
        if len(named) != len(default_sides()):
            raise TwoSidesError
        who = checked(Speaker(by, "", self._clock()), named)
        self._terms.name_sides(named, who.by, who.at)
        return named

    def party(self, name: str) -> str:
        """Return the canonical name of a party; one that nobody knows as it is written."""
        plain = " ".join(name.split())
        return codes().get(plain.upper()) or load_lexicon().actors.canonical(plain) or plain

    def find(self, query: TermQuery) -> ConceptPage:
        """Return the concepts of a query."""
        return self._terms.find(query)

    def counts(self) -> Mapping[str, int]:
        """Return how many concepts have each status."""
        return self._terms.counts()

    def tags(self) -> tuple[str, ...]:
        """Return the tags that concepts have."""
        return self._terms.tags()

    def parties(self) -> tuple[str, ...]:
        """Return the parties that have terms of their own."""
        return self._terms.parties()

    def concept(self, identifier: str) -> Concept:
        """Return a concept as it stands. Raises NotFoundError."""
        return self._terms.concept(identifier).concept

    def history(self, identifier: str) -> tuple[ConceptStep, ...]:
        """Return every step of a concept, oldest first. Raises NotFoundError."""
        return self._terms.history(identifier)

    def waiting(self) -> int:
        """Return how many proposals wait for a review."""
        return self._terms.waiting()

    def proposals(
        self, concept: str | None = None, *, closed: bool = False, limit: int | None = None
    ) -> tuple[Proposal, ...]:
        """Return proposals in the order made: of a concept or of all, closed ones only where asked for."""
        return self._terms.proposals(concept, closed=closed, limit=limit)

    def proposal(self, identifier: str) -> Proposal:
        """Return a proposal. Raises NotFoundError."""
        return self._terms.proposal(identifier)

    def is_proposal(self, identifier: str) -> bool:
        """Return whether there is a proposal with an id."""
        return self._terms.is_proposal(identifier)

    # -- proposing and reviewing

    def propose(self, concept: Concept, *, by: str, side: str = "", reason: str = "") -> Concept:
        """Propose a new concept; who proposes it for a side accepts it for that side.

        Args:
            concept: its id may be "", one is made then. A source sentence with a document and no offsets is
                pinned to its place there.
            by: who proposes it.
            side: for which side, "" for none.
            reason: why.

        Raises:
            UsageError: nobody's name, an unknown side or tag, no term, an id that cannot be one.
            ConflictError: the id is taken.
            NotFoundError: a document that is not there.
        """
        if concept.id and not is_id(concept.id):
            raise BadIdError(concept.id)
        step = first_step(self._sound(concept), self._speaker(by, side, reason), self.sides())
        if not step.concept.id:
            made = free_id(made_id(step.concept.terms), lambda one: bool(self._terms.known([one])))
            step = replace(step, concept=replace(step.concept, id=made))
        return self._terms.add(step).concept

    def propose_change(
        self,
        after: Concept,
        *,
        by: str,
        side: str = "",
        reason: str = "",
        kind: ProposalKind = ProposalKind.CHANGE,
    ) -> Proposal:
        """Propose that a concept be otherwise; both sides have to accept it before it is.

        Args:
            after: the concept as it shall be; its id says which it is.
            by: who proposes it.
            side: for which side, "" for none.
            reason: why.
            kind: see `ProposalKind`.

        Raises:
            NotFoundError: no such concept.
            UsageError: see `propose`; or nothing changes.
        """
        standing, who = self._terms.concept(after.id), self._speaker(by, side, reason)
        return self._terms.propose(with_id(proposal_of(standing, kind, self._sound(after), who, self.sides())))

    def deprecate(self, identifier: str, term: str, *, by: str, side: str = "", reason: str = "") -> Proposal:
        """Propose that a term of a concept be not used any more. Raises as `propose_change`."""
        after = without_term(self.concept(identifier), term)
        return self.propose_change(after, by=by, side=side, reason=reason, kind=ProposalKind.DEPRECATION)

    def withdraw(self, identifier: str, *, by: str, side: str = "", reason: str = "") -> Proposal:
        """Propose that a concept be taken out of use. Raises as `propose_change`."""
        after = self.concept(identifier)
        return self.propose_change(after, by=by, side=side, reason=reason, kind=ProposalKind.WITHDRAWAL)

    def review(
        self, identifier: str, verdict: ReviewVerdict, *, by: str, side: str, reason: str = ""
    ) -> Concept | Proposal:
        """Record what a side says of a concept as it stands, or of a proposal.

        Args:
            identifier: of a concept or a proposal.
            verdict: accept; reject (a concept that is not agreed yet is withdrawn then); or contest.
            by: who says so.
            side: for which side.
            reason: why; needed to reject or contest.

        Returns:
            The concept or the proposal as it stands then.

        Raises:
            NotFoundError: no such concept or proposal.
            UsageError: nobody's name, no side, no reason.
            ConflictError: it is too late for that.
        """
        who, sides = self._speaker(by, side, reason), self.sides()
        if self._terms.is_proposal(identifier):
            say = partial(proposal_reviewed, verdict=verdict, who=who, sides=sides)
            return self._terms.review(identifier, say)
        return self._terms.change(identifier, lambda step: reviewed(step, verdict, who, sides)).concept

    def _speaker(self, by: str, side: str, reason: str) -> Speaker:
        party = self.party(side) if side.strip() else ""
        if party and party not in self.sides():
            raise UnknownSideError(side, self.sides())
        return Speaker(by, party, self._clock(), reason)

    def _sound(self, concept: Concept) -> Concept:
        """Return a concept with its parties by their names and its sources pinned; its tags are known ones."""
        for tag in concept.tags:
            if tag not in known_tags():
                raise UnknownTermTagError(tag)
        return replace(
            concept,
            terms=tuple(replace(one, party=self._of(one.party)) for one in concept.terms),
            definitions=tuple(replace(one, party=self._of(one.party)) for one in concept.definitions),
            sources=tuple(map(self._pin, concept.sources)),
        )

    def _of(self, party: str) -> str:
        return self.party(party) if party.strip() else ""

    def _pin(self, source: TermSource) -> TermSource:
        if not source.doc or source.start >= 0:
            return source
        start = self._register.document(source.doc).text.find(source.quote)
        if start < 0:
            raise QuoteNotFoundError(source.doc)
        return replace(source, start=start, end=start + len(source.quote))

    # -- files

    def import_file(self, path: Path, *, by: str, name: str = "", side: str = "") -> ImportOutcome:
        """Take in a file of concepts, whole or not at all.

        New concepts come in as the file has them; of those that are there otherwise the file's is a proposal.

        Args:
            path: TBX, SKOS (RDF/XML, JSON-LD), CSV, TSV or Excel.
            by: who imports it.
            name: how messages call the file, by default its own name.
            side: that accepts the new concepts, "" for none.

        Raises:
            UsageError: nobody's name, an unknown side.
        """
        faults = Faults(name or path.name)
        who = self._speaker(by, side, f"import of {faults.name}")
        return take_in(self._terms, concepts_of(path, known_tags(), faults), faults, who, self.sides())

    def import_shipped(self, *, by: str, side: str = "") -> ImportOutcome:
        """Take in the glossary that ships. Raises as `import_file`."""
        who = self._speaker(by, side, "the glossary that ships")
        return take_in(self._terms, shipped_concepts(), Faults("glossary"), who, self.sides())

    def propose_file(
        self, path: Path, *, by: str, name: str = "", side: str = "", least: float = 0.0
    ) -> ImportOutcome:
        """Propose the candidates of a table as new concepts; pairs of terms that are there are left out.

        Args:
            path: a table with columns `en` and `zh`, such as `dragoman terms extract` writes.
            by: who proposes them.
            name: how messages call the file, by default its own name.
            side: that accepts them, "" for none.
            least: score below which candidates are left out, where the table has one.
        """
        faults = Faults(name or path.name)
        who = self._speaker(by, side, f"candidates of {faults.name}")
        found = fresh(concepts_of(path, known_tags(), faults, least), self._terms.content())
        return take_in(self._terms, found, faults, who, self.sides())

    def write(
        self,
        form: str,
        *,
        version: int | None = None,
        query: TermQuery | None = None,
        language: Language = Language.EN,
        reproduce: str = "",
    ) -> Iterator[bytes]:
        """Stream the termbase as a file.

        Args:
            form: one of `FILES`.
            version: number of a published version; None for how it stands.
            query: which concepts; None for all that are not withdrawn. Not for a version.
            language: of the words of a printed glossary.
            reproduce: the command that makes it again, for print.

        Raises:
            NotFoundError: no such version.
            UsageError: there is nothing to write.
        """
        published = self._terms.version(version) if version else None
        day = (published.at if published else self._clock()).date()
        if query is not None and published is None:
            concepts: Iterable[Concept] = self.find(replace(query, offset=0, limit=None)).concepts
        else:
            concepts = self._terms.content(published.step if published else None)
        return written(form, concepts, Print(day, language, self._names(language), version, reproduce))

    # -- versions

    def publish(self, *, by: str, note: str = "") -> TermbaseVersion:
        """Give the termbase as it stands a number.

        Raises:
            UsageError: nobody's name; nothing is there, or has changed since the last version.
        """
        who = checked(Speaker(by, "", self._clock(), note), self.sides())
        before = self.versions()
        last = self._terms.last_step()
        if not last:
            raise NothingThereError
        if before and before[-1].step == last:
            raise NothingNewError(before[-1].number)
        counts, digest = self._terms.fingerprint()
        statuses = tuple(sorted(counts.items()))

        def made(number: int, step: int) -> TermbaseVersion:
            total = sum(counts.values())
            return TermbaseVersion(number, step, who.at, who.by, who.reason, total, statuses, digest)

        return self._terms.publish(made)

    def versions(self) -> tuple[TermbaseVersion, ...]:
        """Return the published versions, oldest first."""
        return self._terms.versions()

    def diff(self, first: int | None = None, last: int | None = None) -> tuple[ConceptChange, ...]:
        """Return what changed between two versions, concept by concept.

        Args:
            first: number of the earlier version; None for the beginning.
            last: number of the later version; None for how the termbase stands.

        Raises:
            NotFoundError: no such version.
        """
        since = self._terms.version(first).step if first else 0
        until = self._terms.version(last).step if last else self._terms.last_step()
        steps: dict[str, list[ConceptStep]] = {}
        for step in self._terms.between(since, until):
            steps.setdefault(step.concept.id, []).append(step)
        before = self._terms.as_of(list(steps), since)
        found = (_change(before.get(key), own) for key, own in steps.items())
        changes = [one for one in found if one.before or one.after]
        return tuple(sorted((one for one in changes if one.before != one.after), key=lambda one: one.concept.id))

    # -- the lint and the other parts

    def lint(self, names: Sequence[str], *, party: str = "", language: Language = Language.EN) -> TermLint:
        """Hold texts against the termbase; an English and a Chinese one also against each other.

        Args:
            names: slugs of the register or paths of files, which are read and not kept.
            party: the side whose words the texts shall use, "" for none.
            language: of the messages.

        Raises:
            NotFoundError: neither a document nor a file.
            UsageError: a file that cannot be read, no text, a party that nobody knows.
        """
        known, wanted = self._in_use(), self._wanted(party, language)
        versions = self.versions()
        number = versions[-1].number if versions else None
        return replace(lint_of(names, known.index, wanted, self._texts, known.problems), version=number)

    def lint_text(self, text: str, *, party: str = "", language: Language = Language.EN) -> TermLint:
        """Hold a text that is at hand against the termbase. Arguments and exceptions as for `lint`."""
        known, wanted = self._in_use(), self._wanted(party, language)
        if not text.strip():
            raise NothingToLintError
        document = plain_document(text)
        given = Texts(lambda _name: (document, ()), self._texts.align)
        return lint_of([document.slug], known.index, wanted, given, known.problems)

    def lint_written(self, lint: TermLint, form: ReportFormat, language: Language, reproduce: str = "") -> bytes:
        """Return a lint as a report in a language; `reproduce` is the command that makes it again."""
        titles = {one.slug: one.title or one.slug for one in self._register.each_document()}
        return write(lint_report(lint, language, titles, reproduce), form)

    def _wanted(self, party: str, language: Language) -> Wanted:
        name = self._of(party)
        parties = sorted({*self.sides(), *self._terms.parties()})
        if name and name not in parties:
            raise UnknownLintPartyError(party, tuple(parties))
        return Wanted(name, language, self._names(language))

    def _in_use(self) -> Known:
        """Return the concepts in use; those of the shipped glossary where the termbase is empty."""
        step = self._terms.last_step()
        if self._known is None or self._known.step != step:
            concepts = tuple(self._terms.content())
            problems = () if concepts else (term_problem("termbase-empty"),)
            self._known = Known(step, TermIndex(concepts or shipped_concepts()), problems)
        return self._known

    def lexicon(self, lexicon: Lexicon) -> Lexicon:
        """Return a lexicon with the words of the termbase, for aligning versions; itself where there are none."""
        step = self._terms.last_step()
        if not step:
            return lexicon
        if self._words is None or self._words[0] != step:
            self._words = step, lexicon_with(lexicon, self._in_use().index.concepts.values())
        return self._words[1]

    def reading(self, lexicon: Lexicon) -> tuple[Lexicon, str]:
        """Return a lexicon with the terms of agreed concepts that have a tag, and a mark of what was added."""
        step = self._terms.last_step()
        if self._reading is None or self._reading[0] != (step, lexicon.actors):
            agreed = self.find(TermQuery(statuses=(ConceptStatus.AGREED,), limit=None)).concepts if step else ()
            self._reading = (step, lexicon.actors), *reading_with(lexicon, agreed)
        return self._reading[1:]

    def synonyms(self) -> Mapping[str, tuple[str, ...]]:
        """Return the other names of the organisations of the termbase by each of their names, folded."""
        step = self._terms.last_step()
        if self._synonyms is None or self._synonyms[0] != step:
            query = TermQuery(kinds=(ConceptKind.ORGANISATION,), limit=None)
            self._synonyms = step, names_of_organisations(self.find(query).concepts if step else ())
        return self._synonyms[1]


def _change(before: Concept | None, steps: Sequence[ConceptStep]) -> ConceptChange:
    """Return what some steps made of a concept."""
    after = steps[-1].concept
    old = None if before is None or before.status is ConceptStatus.WITHDRAWN else before
    new = None if after.status is ConceptStatus.WITHDRAWN else after
    fields = differing(old, new) if old and new else ()
    return ConceptChange(old, new, fields, tuple(steps))
