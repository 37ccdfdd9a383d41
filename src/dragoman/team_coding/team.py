"""Who codes what, blind; what each coder has; how far they agree; what is decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from dragoman.coding import (
    Standing,
    TeamDocument,
    agreed_of,
    agreement_of,
    differences_of,
    settings,
    settled_of,
    standing_of,
)
from dragoman.coding.queue import Agreed, as_coder
from dragoman.coding.remarks import remark
from dragoman.coding.rows import VALUES
from dragoman.lexicon import Lexicon
from dragoman.lexicon.problems import Place
from dragoman.model import Document, Entry, Provision, ReviewState
from dragoman.model.coding import (
    ARBITRATED,
    GRAMMAR,
    NO_LINE,
    OWN,
    AgreementReport,
    Assignment,
    Coded,
    CodedLine,
    CodingAct,
    CodingState,
    CodingStep,
    Difference,
)
from dragoman.model.docket import Person
from dragoman.model.interchange import provision_to_row
from dragoman.model.procedure import Role
from dragoman.register import Register
from dragoman.team_coding.errors import (
    BadChoiceError,
    BadCoderError,
    DecidedMeanwhileError,
    DoneError,
    NoNameError,
    NoSuchDifferenceError,
    NoSuchUnitError,
    NotAssignedError,
    NotCodedError,
    NotYoursError,
    OutsideError,
    StillBlindError,
)
from dragoman.team_coding.making import made_line

COORDINATORS = frozenset({Role.EDITOR, Role.DESK})
"""Accounts that give documents to coders, open and reopen codings."""
ARBITERS = COORDINATORS | {Role.ARBITER}
MOST_NAME = 100
WHO, WHY, CODER = "the name of who answers for it", "a reason", "the name of the coder"
"""What a step needs, in words."""
SEED = 1
"""Of the bootstrap, unless another is asked for: the same report gives the same figures."""

Extract = Callable[[Document], tuple[Provision, ...]]


class TeamCoding:
    """Team coding as a person sees it; without one, as people see it who share a machine.

    Steps are only added. Nobody sees another's lines, nor the grammar's, while a document is coded blind.
    """

    def __init__(
        self,
        register: Register,
        extract: Extract,
        lexicon: Callable[[], Lexicon],
        clock: Callable[[], datetime],
        person: Person | None = None,
    ) -> None:
        self._register = register
        self._extract = extract
        self.lexicon = lexicon
        self._clock = clock
        self._person = person

    # Who is who

    def coder(self, name: str = "") -> str:
        """Return as whom one codes: the account that is signed in, else a name. Raises UsageError."""
        if self._person is not None:
            if name.strip() not in {"", self._person.account}:
                raise NotYoursError(self._person.account, f"code as {name.strip()}")
            return self._person.account
        return coder_named(name)

    def answers(self, name: str, roles: frozenset[Role], what: str) -> str:
        """Return who answers for a step. Raises UsageError."""
        if self._person is None:
            if not name.strip():
                raise NoNameError(WHO)
            return name.strip()
        if not roles & self._person.roles:
            raise NotYoursError(self._person.account, what)
        return self._person.account

    @property
    def coordinates(self) -> bool:
        """Whether one may give documents to coders and open codings."""
        return self._person is None or bool(COORDINATORS & self._person.roles)

    @property
    def arbitrates(self) -> bool:
        """Whether one may decide differences."""
        return self._person is None or bool(ARBITERS & self._person.roles)

    # Where it stands

    def board(self, coder: str = "") -> tuple[Coded, ...]:
        """Return the documents that are coded by a team, by slug; those of a coder where one is named."""
        by_doc: dict[str, list[CodingStep]] = {}
        for step in self._register.coding.steps():
            by_doc.setdefault(step.doc, []).append(step)
        standings = [standing_of(doc, steps) for doc, steps in sorted(by_doc.items())]
        asked = [one for one in standings if one.assignments and (not coder or one.of(coder))]
        titles = self._register.titles([one.doc for one in asked])
        return tuple(self._coded(one, titles[one.doc]) for one in asked if one.doc in titles)

    def _coded(self, standing: Standing, title: str) -> Coded:
        newest = self._register.version(standing.doc)
        early = standing.opened and not standing.done
        shown = tuple(map(self._as_seen, standing.assignments)) if standing.blind else standing.assignments
        return Coded(standing.doc, title, standing.version, newest, shown, standing.blind, early)

    def _as_seen(self, one: Assignment) -> Assignment:
        """Return an assignment as one sees it who codes blind: without how many lines another has."""
        hidden = not self.coordinates and self._person is not None and self._person.account != one.coder
        return replace(one, lines=0, changed=None) if hidden else one

    def standing(self, doc: str) -> Standing:
        """Return where the coding of a document stands. Raises NotCodedError."""
        standing = standing_of(doc, self._register.coding.steps(doc))
        if not standing.assignments:
            raise NotCodedError(doc)
        return standing

    def document(self, doc: str) -> Document:
        """Return a document in the version that is coded. Raises NotFoundError."""
        return self._register.document(doc, self.standing(doc).version)

    def assign(
        self, docs: Sequence[str], coders: Sequence[str], *, by: str = "", reason: str = "", withdraw: bool = False
    ) -> tuple[str, ...]:
        """Give documents to coders, or take them back; return the slugs.

        Args:
            docs: slugs. The first time the version that is current then is what all code, for good.
            coders: names of persons (of accounts, where there are any), or `grammar`.
            by: who does it.
            reason: why.
            withdraw: takes them back; the lines stay in the history.

        Raises:
            NotFoundError: no such document, or nothing to take back.
            UsageError: a name that cannot be a coder's.
        """
        by = self.answers(by, COORDINATORS, "give documents to coders")
        names = [one.strip() if one.strip() == GRAMMAR else coder_named(one) for one in coders]
        steps: list[CodingStep] = []
        for doc in docs:
            standing = standing_of(doc, self._register.coding.steps(doc))
            version = standing.version or self._register.version(doc)
            for name in dict.fromkeys(names):
                if withdraw and standing.of(name) is None:
                    raise NotAssignedError(doc, name)
                if withdraw or standing.of(name) is None:
                    act = CodingAct.WITHDRAW if withdraw else CodingAct.ASSIGN
                    values = {} if withdraw else {"version": version}
                    steps.append(self.step(act, doc, name, by, reason, values=values))
        self._register.coding.keep(steps)
        return tuple(docs)

    def taking(self, doc: str, coder: str) -> CodingStep:
        """Return the step by which a coder takes a document that nobody gave, where no account has to.

        Raises:
            NotAssignedError: an account that keeps no documents has to give it.
            DoneError: the others are done with it.
        """
        if not self.coordinates:
            raise NotAssignedError(doc, coder)
        standing = standing_of(doc, self._register.coding.steps(doc))
        if standing.assignments and not standing.blind:
            raise DoneError(doc, coder)
        values = {"version": standing.version or self._register.version(doc)}
        return self.step(CodingAct.ASSIGN, doc, coder, coder, values=values)

    def now(self) -> datetime:
        """Return the time of a step."""
        return self._clock()

    def step(self, act: CodingAct, doc: str, coder: str, by: str, reason: str = "", **more: Any) -> CodingStep:  # noqa: ANN401
        """Return a step of now."""
        return CodingStep(0, act, doc, coder, by, self._clock(), reason.strip(), **more)

    # Coding

    def lines(self, doc: str, coder: str) -> tuple[CodedLine, ...]:
        """Return a coder's lines, in text order.

        One's own always; another's, and the grammar's, when the document is not blind any more.

        Raises:
            NotFoundError: no such coder of the document.
            StillBlindError: it is still coded blind.
        """
        standing = self.standing(doc)
        if coder not in {GRAMMAR, ARBITRATED} and standing.of(coder) is None:
            raise NotAssignedError(doc, coder)
        own = self._person is None or self._person.account == coder
        if standing.blind and not (own and coder in standing.lines):
            raise StillBlindError(doc, waiting(standing))
        if coder == GRAMMAR:
            return self._grammar(self.document(doc))
        if coder == ARBITRATED:
            return tuple(CodedLine(0, line) for line in self.agreed(doc).lines)
        return standing.lines[coder]

    def _grammar(self, document: Document) -> tuple[CodedLine, ...]:
        return tuple(CodedLine(0, line) for line in self._extract(document))

    def coding_of(self, doc: str, coder: str) -> tuple[Standing, int]:
        """Return where a document stands that a coder is coding, and the last step that touches it.

        Raises:
            NotAssignedError: it was not given to the coder.
            DoneError: it is finished, or was opened.
        """
        steps = self._register.coding.steps(doc)
        standing = standing_of(doc, steps)
        own = standing.of(coder)
        if own is None:
            raise NotAssignedError(doc, coder)
        if own.state is CodingState.DONE or not standing.blind:
            raise DoneError(doc, coder)
        return standing, max((one.number for one in steps if one.coder in {coder, ""}), default=0)

    def save(
        self,
        doc: str,
        stretch: tuple[int, int],
        values: Mapping[str, Any],
        *,
        coder: str = "",
        unit: int = 0,
        reason: str = "",
        trigger: str = "",
    ) -> int:
        """Keep a line, new or changed, and return its number.

        Args:
            doc: slug.
            stretch: offsets in the version that is coded.
            values: fields of the interchange format; tags must be known.
            coder: who codes, where no account is signed in.
            unit: number of the line that is changed, 0 for a new one.
            reason: why it is coded so.
            trigger: the words that carry the kind.

        Raises:
            UsageError: a value that makes no sense; NotFoundError: no such line; ConflictError: it is finished.
        """
        name = self.coder(coder)
        standing, last = self.coding_of(doc, name)
        document = self._register.document(doc, standing.version)
        if not 0 <= stretch[0] < stretch[1] <= len(document.text):
            raise OutsideError(doc, *stretch)
        past = next((one for one in standing.lines[name] if one.unit == unit), None)
        if unit and past is None:
            raise NoSuchUnitError(doc, unit)
        line = made_line(document, stretch, values, name, (trigger, None))
        labels = {"labels": list(past.labels)} if past and past.labels else {}
        step = self.step(CodingAct.SET, doc, name, name, reason, unit=unit, line=line, values=labels)
        number = self._register.coding.keep([step], last)[0]
        return unit or number

    def remove(self, doc: str, unit: int, *, coder: str = "", reason: str = "") -> None:
        """Take a line out of a coder's coding; it stays in the history. Raises as `save`."""
        name = self.coder(coder)
        standing, last = self.coding_of(doc, name)
        if all(one.unit != unit for one in standing.lines[name]):
            raise NoSuchUnitError(doc, unit)
        self._register.coding.keep([self.step(CodingAct.REMOVE, doc, name, name, reason, unit=unit)], last)

    def done(self, doc: str, *, coder: str = "") -> None:
        """Say that a coder has finished a document. Raises as `save`."""
        name = self.coder(coder)
        _, last = self.coding_of(doc, name)
        self._register.coding.keep([self.step(CodingAct.DONE, doc, name, name)], last)

    def reopen(self, doc: str, coder: str, *, by: str = "", reason: str = "") -> None:
        """Let a coder go on; the document is blind again. Raises UsageError, NotAssignedError."""
        by = self.answers(by, COORDINATORS, "reopen a coding")
        standing = self.standing(doc)
        if coder == GRAMMAR or standing.of(coder) is None:
            raise NotAssignedError(doc, coder)
        self._register.coding.keep([self.step(CodingAct.REOPEN, doc, coder, by, reason)])

    def open(self, doc: str, *, by: str = "", reason: str = "") -> None:
        """Let all lines of a document be seen before all coders are done; nobody codes it further."""
        by = self.answers(by, COORDINATORS, "open a coding")
        self.standing(doc)
        self._register.coding.keep([self.step(CodingAct.OPEN, doc, "", by, reason)])

    # Agreement and arbitration

    def seen(self, doc: str) -> tuple[Standing, Document]:
        """Return a document that is not blind any more. Raises NotCodedError, StillBlindError."""
        standing = self.standing(doc)
        if standing.blind:
            raise StillBlindError(doc, waiting(standing))
        return standing, self._register.document(doc, standing.version)

    def agreement(
        self, docs: Sequence[str] = (), *, seed: int = SEED, resamples: int | None = None, grammar: bool = True
    ) -> AgreementReport:
        """Return how far the coders agree.

        Args:
            docs: slugs; by default all that are not blind, and a note for each that is.
            seed: of the bootstrap.
            resamples: of the bootstrap; by default those of the settings.
            grammar: whether the grammar is compared as one more coder.

        Raises:
            NotCodedError, StillBlindError: of a document that is named.
        """
        board = [one for one in self.board() if not docs]
        problems = [remark("coding-blind", Place(doc=one.doc)) for one in board if one.blind]
        chosen = docs or [one.doc for one in board if not one.blind]
        team = []
        for doc in dict.fromkeys(chosen):
            standing, document = self.seen(doc)
            lines = dict(standing.lines)
            if grammar or standing.of(GRAMMAR):
                lines[GRAMMAR] = self._grammar(document)
            team.append(TeamDocument(document, lines))
        return agreement_of(team, seed=seed, resamples=resamples, problems=problems)

    def _compared(self, standing: Standing, document: Document) -> dict[str, tuple[CodedLine, ...]]:
        """Return the lines that an arbiter compares: of all persons, and of the grammar where it was assigned."""
        grammar = {GRAMMAR: self._grammar(document)} if standing.of(GRAMMAR) else {}
        return {**standing.lines, **grammar}

    def queue(self, doc: str) -> tuple[Difference, ...]:
        """Return the units of a document on which coders differ. Raises NotCodedError, StillBlindError."""
        standing, document = self.seen(doc)
        lines = self._compared(standing, document)
        return differences_of(document, lines, standing.decisions, settings().overlap)

    def settled(self, doc: str) -> tuple[Document, tuple[tuple[Difference, Provision | None], ...]]:
        """Return a document and all units of its coders, each with the line that stands. Raises as `agreed`."""
        standing, document = self.seen(doc)
        lines = self._compared(standing, document)
        return document, tuple(settled_of(document, lines, standing.decisions, settings().overlap))

    def agreed(self, doc: str) -> Agreed:
        """Return what the team agrees on. Raises NotCodedError, StillBlindError."""
        standing, document = self.seen(doc)
        lines = self._compared(standing, document)
        return agreed_of(document, lines, standing.decisions, settings().overlap)

    def decide(
        self,
        key: str,
        choice: str,
        *,
        by: str = "",
        reason: str = "",
        changes: Mapping[str, Any] | None = None,
        seen: str = "",
        after: int | None = None,
    ) -> Difference:
        """Decide a difference; earlier decisions stay in the history.

        Args:
            key: of the difference.
            choice: name of the coder whose line stands, `nobody`, or `own` with `changes`.
            by: who decides.
            reason: why; not empty.
            changes: fields of the interchange format of the arbiter's own line, and its `trigger`; those not
                named are taken from the first coder's.
            seen: hash of the codings that the arbiter looked at, "" for as they stand.
            after: number of the last decision that the arbiter saw (0 for none); None for any.

        Raises:
            NotFoundError: no such difference; UsageError: no such choice, or no name or reason.
            DecidedMeanwhileError: it was changed or decided meanwhile.
        """
        by = self.answers(by, ARBITERS, "decide where coders differ")
        if not reason.strip():
            raise NoNameError(WHY)
        doc = key.rpartition(":")[0]
        last = self._register.coding.last(doc)
        one = self.difference(key)
        if seen not in {"", one.seen} or after not in {None, one.decision.number if one.decision else 0}:
            raise DecidedMeanwhileError(key)
        line = self._line_of(one, choice, changes or {}, by)
        values = {"key": key, "seen": one.seen, "choice": choice}
        self._register.coding.keep(
            [self.step(CodingAct.DECIDE, doc, "", by, reason, line=line, values=values)], last
        )
        return self.difference(key)

    def difference(self, key: str) -> Difference:
        """Return a difference by its key. Raises NotFoundError, StillBlindError."""
        found = next((one for one in self.queue(key.rpartition(":")[0]) if one.key == key), None)
        if found is None:
            raise NoSuchDifferenceError(key)
        return found

    def _line_of(self, one: Difference, choice: str, changes: Mapping[str, Any], by: str) -> Provision | None:
        """Return the line that stands by a choice. Raises UsageError."""
        if choice == NO_LINE:
            return None
        if choice == OWN:
            first = next(side.line for side in one.sides.values() if side)
            words = str(changes.get("trigger", first.trigger))
            trigger = (words, first.trigger_start if words == first.trigger else None)
            values = {**stated(first), **{name: value for name, value in changes.items() if name != "trigger"}}
            return made_line(self.document(one.doc), (first.start, first.end), values, by, trigger)
        side = one.sides.get(choice)
        if side is None:
            raise BadChoiceError(choice, [*(name for name, said in one.sides.items() if said), NO_LINE, OWN])
        return side.line

    def decisions(self, doc: str) -> tuple[CodingStep, ...]:
        """Return every decision on a document, oldest first. Raises NotCodedError, StillBlindError."""
        self.seen(doc)
        return tuple(one for one in self._register.coding.steps(doc) if one.act is CodingAct.DECIDE)

    def entries(self, docs: Sequence[str], coder: str) -> tuple[Entry, ...]:
        """Return a coder's lines as lines of the register, for its exports.

        Args:
            docs: slugs; all documents of the coder that may be seen, where none is named.
            coder: a person's name, `grammar` or `arbitrated`.

        Raises:
            NotFoundError, StillBlindError: as `lines`.
        """
        found: list[Entry] = []
        special = coder in {GRAMMAR, ARBITRATED}
        chosen = docs or [one.doc for one in self.board("" if special else coder) if not one.blind]
        for doc in chosen:
            standing = self.standing(doc)
            lines = [one.line for one in self.lines(doc, coder)]
            name = lines[0].coder if lines else ""
            state = ReviewState.ACCEPTED if coder == ARBITRATED else ReviewState.CANDIDATE
            found += [Entry(line, state, standing.version) for line in as_coder(lines, name)]
        return tuple(found)


def coder_named(name: str) -> str:
    """Return a name that a coder can have. Raises UsageError."""
    wanted = name.strip()
    if not wanted:
        raise NoNameError(CODER)
    if wanted in {GRAMMAR, ARBITRATED, NO_LINE, OWN} or len(wanted) > MOST_NAME or not wanted.isprintable():
        raise BadCoderError(wanted)
    return wanted


def waiting(standing: Standing) -> Iterable[str]:
    """Return the coders who are not done."""
    return [one.coder for one in standing.assignments if one.state is CodingState.OPEN]


def stated(line: Provision) -> dict[str, Any]:
    """Return what a coder sets of a line, under the names of the interchange format."""
    row = provision_to_row(line)
    return {name: row[name] for name in VALUES}
