"""How two sides come to agree on a concept, as pure functions: what a step or review makes of what stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dragoman.model import ConflictError, UsageError
from dragoman.model.term import (
    Concept,
    ConceptStatus,
    ConceptStep,
    Proposal,
    ProposalKind,
    ProposalReview,
    ProposalState,
    ReviewVerdict,
    TermUse,
)
from dragoman.terms.termbase import same_content, tidied

OPEN_STATUSES = frozenset({ConceptStatus.PROPOSED, ConceptStatus.UNDER_REVIEW})
ACTIONS = {
    ProposalKind.CHANGE: "changed",
    ProposalKind.DEPRECATION: "deprecated",
    ProposalKind.WITHDRAWAL: "withdrawn",
}
DONE = {
    ReviewVerdict.ACCEPT: "accepted",
    ReviewVerdict.REJECT: "rejected",
    ReviewVerdict.CONTEST: "contested",
}


class NobodyError(UsageError):
    """Something is recorded without the name of who does it."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__("The termbase records who says what; a name is needed.", "State who you are (--by NAME).")


class UnknownSideError(UsageError):
    """A side that is none of the two."""

    http_status = 422

    def __init__(self, side: str, sides: Sequence[str]) -> None:
        named = f"“{side}” is no side of this termbase" if side else "A review is made for a side"
        super().__init__(f"{named}: they are {' and '.join(sides)}.", "Name one of them (--side).")


class NoReviewReasonError(UsageError):
    """A side objects without saying why."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__("To reject or contest needs a reason.", "State it (--reason).")


class SettledError(ConflictError):
    """A concept cannot be rejected any more."""

    def __init__(self, concept: str, status: str) -> None:
        super().__init__(
            f"Concept `{concept}` is {status}; it cannot be rejected any more.",
            "Contest it, or propose its withdrawal.",
        )


class ClosedProposalError(ConflictError):
    """A proposal that is decided."""

    def __init__(self, proposal: str, state: str) -> None:
        super().__init__(f"Proposal `{proposal}` is {state} already.", "Propose anew what should be otherwise.")


class StaleProposalError(ConflictError):
    """The concept has changed since the proposal was made."""

    def __init__(self, proposal: str, concept: str) -> None:
        super().__init__(
            f"Concept `{concept}` has changed since proposal `{proposal}` was made.",
            "Reject the proposal and make it anew from what stands now.",
        )


class NothingChangesError(UsageError):
    """A proposal that leaves the concept as it is."""

    http_status = 422

    def __init__(self, concept: str) -> None:
        super().__init__(f"The proposal leaves concept `{concept}` as it is.", "State what shall be otherwise.")


class NoTermError(UsageError):
    """A concept without a term."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__("A concept needs a term in English or Chinese.", "State one (--en, --zh).")


class NotItsTermError(UsageError):
    """A term that the concept does not have."""

    http_status = 422

    def __init__(self, term: str, concept: str) -> None:
        super().__init__(f"Concept `{concept}` has no term `{term}`.", f"`dragoman terms base show {concept}`.")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something, for which side ("" for none), when and why."""

    by: str
    side: str
    at: datetime
    reason: str = ""


def status_of(concept: Concept, sides: Sequence[str]) -> ConceptStatus:
    """Return how far the sides are with a concept, from those that accept and contest it."""
    if concept.contested:
        return ConceptStatus.CONTESTED
    count = len(set(concept.accepted) & set(sides))
    if count == len(sides):
        return ConceptStatus.AGREED
    return ConceptStatus.UNDER_REVIEW if count else ConceptStatus.PROPOSED


def step_of(concept: Concept, action: str, who: Speaker, proposal: str = "") -> ConceptStep:
    """Return a step, its number still to be given."""
    return ConceptStep(0, concept, action, who.by, who.side, who.at, who.reason, proposal)


def checked(who: Speaker, sides: Sequence[str], *, reviews: bool = False) -> Speaker:
    """Return who speaks, without stray blanks. Raises NobodyError, UnknownSideError."""
    said = replace(who, by=" ".join(who.by.split()), reason=" ".join(who.reason.split()))
    if not said.by:
        raise NobodyError
    if said.side not in sides and (said.side or reviews):
        raise UnknownSideError(said.side, sides)
    return said


def first_step(concept: Concept, who: Speaker, sides: Sequence[str]) -> ConceptStep:
    """Return the step that proposes a new concept; who proposes it for a side accepts it for that side.

    Raises:
        NobodyError, UnknownSideError, NoTermError: something is lacking.
    """
    said = checked(who, sides)
    made = tidied(replace(concept, accepted=(said.side,) if said.side else (), contested=()))
    if not made.terms:
        raise NoTermError
    return step_of(replace(made, status=status_of(made, sides)), "proposed", said)


def reviewed(standing: ConceptStep, verdict: ReviewVerdict, who: Speaker, sides: Sequence[str]) -> ConceptStep:
    """Return the step that a side's word on a concept as it stands makes.

    Raises:
        NobodyError, UnknownSideError, NoReviewReasonError: something is lacking.
        SettledError: it is too late to reject it.
    """
    said, concept = _said(verdict, who, sides), standing.concept
    if verdict is ReviewVerdict.REJECT:
        if concept.status not in OPEN_STATUSES:
            raise SettledError(concept.id, concept.status.value)
        gone = replace(concept, status=ConceptStatus.WITHDRAWN, accepted=(), contested=())
        return step_of(gone, "rejected", said)
    accepts = verdict is ReviewVerdict.ACCEPT
    made = replace(
        concept,
        accepted=_with(concept.accepted, said.side, inside=accepts),
        contested=_with(concept.contested, said.side, inside=not accepts),
    )
    return step_of(replace(made, status=status_of(made, sides)), DONE[verdict], said)


def _said(verdict: ReviewVerdict, who: Speaker, sides: Sequence[str]) -> Speaker:
    said = checked(who, sides, reviews=True)
    if verdict is not ReviewVerdict.ACCEPT and not said.reason:
        raise NoReviewReasonError
    return said


def _with(values: Sequence[str], side: str, *, inside: bool) -> tuple[str, ...]:
    found = set(values) - {side}
    return tuple(sorted(found | {side} if inside else found))


def proposal_of(
    standing: ConceptStep, kind: ProposalKind, after: Concept, who: Speaker, sides: Sequence[str]
) -> Proposal:
    """Return a proposal to change a concept, its id still to be given; who proposes it for a side accepts it.

    Raises:
        NobodyError, UnknownSideError, NoTermError, NothingChangesError: something is lacking.
    """
    said = checked(who, sides)
    made = tidied(replace(after, id=standing.concept.id))
    if not made.terms:
        raise NoTermError
    if kind is not ProposalKind.WITHDRAWAL and same_content(made, standing.concept):
        raise NothingChangesError(made.id)
    accepts = ProposalReview(said.side, ReviewVerdict.ACCEPT, said.by, said.at, said.reason)
    reviews = (accepts,) if said.side else ()
    return Proposal(
        "", made.id, kind, made, standing.number, said.by, said.side, said.at, said.reason, reviews=reviews
    )


def without_term(concept: Concept, text: str) -> Concept:
    """Return a concept in which a term is deprecated. Raises NotItsTermError."""
    wanted = " ".join(text.split())
    if all(term.text != wanted for term in concept.terms):
        raise NotItsTermError(wanted, concept.id)
    terms = (replace(term, use=TermUse.DEPRECATED) if term.text == wanted else term for term in concept.terms)
    return replace(concept, terms=tuple(terms))


def proposal_reviewed(
    proposal: Proposal,
    standing: ConceptStep,
    verdict: ReviewVerdict,
    who: Speaker,
    sides: Sequence[str],
) -> tuple[Proposal, ConceptStep | None]:
    """Return a proposal with one review more, and the step of the concept once both sides accept it.

    Raises:
        NobodyError, UnknownSideError, NoReviewReasonError: something is lacking.
        ClosedProposalError: it is decided.
        StaleProposalError: the concept is another by now.
    """
    said = _said(verdict, who, sides)
    if proposal.state not in {ProposalState.OPEN, ProposalState.CONTESTED}:
        raise ClosedProposalError(proposal.id, proposal.state.value)
    reviews = (*proposal.reviews, ProposalReview(said.side, verdict, said.by, said.at, said.reason))
    state = state_of(reviews, sides)
    after = replace(proposal, reviews=reviews, state=state)
    if state is not ProposalState.ACCEPTED:
        return after, None
    if standing.number != proposal.base:
        raise StaleProposalError(proposal.id, proposal.concept)
    return after, step_of(_carried_out(proposal, sides), ACTIONS[proposal.kind], said, proposal.id)


def state_of(reviews: Sequence[ProposalReview], sides: Sequence[str]) -> ProposalState:
    """Return what became of a proposal: the last word of each side counts."""
    last = {review.side: review.verdict for review in reviews}
    said = set(last.values())
    if ReviewVerdict.REJECT in said:
        return ProposalState.REJECTED
    if ReviewVerdict.CONTEST in said:
        return ProposalState.CONTESTED
    return ProposalState.ACCEPTED if set(sides) <= set(last) else ProposalState.OPEN


def _carried_out(proposal: Proposal, sides: Sequence[str]) -> Concept:
    """Return a concept after a proposal that both sides accept."""
    agreed = replace(proposal.after, accepted=tuple(sorted(sides)), contested=(), status=ConceptStatus.AGREED)
    if proposal.kind is not ProposalKind.WITHDRAWAL:
        return agreed
    return replace(agreed, status=ConceptStatus.WITHDRAWN, accepted=())
