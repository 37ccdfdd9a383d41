"""The parties of a case: screened, and compared with what the case says of them; the case is never changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dragoman.model import Case, Member, Party, Problem, Screening, Verdict
from dragoman.model.screened import CheckedParty
from dragoman.screen.official import official_lists, official_of, searchable
from dragoman.screen.parties import PartyRow, made_party, party_problem

PARTIES = "parties"
LISTED = "listed_on"
FIELDS: Mapping[str, tuple[str, ...]] = {
    "alias": ("other_names",),
    "country": ("country", "headquarters"),
    "owners": ("owners",),
}
"""Facts of a party from which its fields are taken."""


def checked_parties(
    case: Case, screen: Callable[[PartyRow], Screening], forms: Mapping[str, str]
) -> Iterator[CheckedParty]:
    """Yield the parties of a case, screened.

    Args:
        case: as given.
        screen: screens a party.
        forms: of the imported lists, by name.
    """
    for at, member in enumerate(case.collections.get(PARTIES, ())):
        row = made_party(_getter(member), "", member.line or None)
        place = f"{PARTIES}[{at}]"
        if row.party is None:
            yield CheckedParty(place, Party(member.name), None, row.problems)
            continue
        screening = screen(row)
        contradictions = tuple(_contradictions(member, screening, forms))
        yield CheckedParty(place, row.party, screening, (*row.problems, *contradictions))


def _getter(member: Member) -> Callable[[str], list[str]]:
    def get(field: str) -> list[str]:
        if field == "name":
            return [member.name] if member.name else []
        values = (member.facts.get(fact) for fact in FIELDS.get(field, ()))
        return [value for value in values if isinstance(value, str)]

    return get


def _contradictions(member: Member, screening: Screening, forms: Mapping[str, str]) -> Iterator[Problem]:
    """Yield where the case and the lists say different things; a fact that is not stated says nothing."""
    stated = member.facts.get(LISTED)
    if not isinstance(stated, frozenset):
        return
    confirmed: set[str] = set()
    possible: set[str] = set()
    for hit in screening.hits:
        on = official_of(hit.entry, forms.get(hit.entry.list, ""))
        verdict = hit.decision.verdict if hit.decision else None
        if verdict is not Verdict.CLEARED:
            possible |= on
        if verdict is Verdict.CONFIRMED:
            for name in sorted(on - stated - confirmed):
                yield _problem("list-contradicts-case", member, name, list=hit.entry.list, entry=hit.entry.id)
            confirmed |= on
    for name in sorted((stated & searchable(forms.values())) - possible):
        yield _problem("case-contradicts-list", member, name)


def _problem(code: str, member: Member, name: str, **values: object) -> Problem:
    title = official_lists()[name].title.en
    return party_problem(code, "", member.line or None, party=member.name, title=title, **values)
