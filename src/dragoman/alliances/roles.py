"""Who stands how to whom in a clause: parties listed together, parties acted against, the pairs they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import NamedTuple

from dragoman.alliances.mentions import Named
from dragoman.alliances.parties import Party
from dragoman.alliances.settings import ReadingWords, Relation
from dragoman.model.alliance import Stance

BACK = 60
"""Characters before a name in which the word that is against it may stand."""


class Bond(NamedTuple):
    """Two parties of a clause and how the first stands to the second.

    Attributes:
        actor, partner: the parties.
        stance: see `Stance`.
        force: 4 binding ... 1 exploratory.
        joint: whether they act as one.
        why: name of the confidence in reading.yaml.
    """

    actor: Party
    partner: Party
    stance: Stance
    force: int
    joint: bool
    why: str


def is_target(text: str, one: Named, start: int, end: int, words: ReadingWords) -> bool:
    """Return whether a clause acts against a name in it.

    Args:
        text: of the document.
        one: the name.
        start: of the clause.
        end: of the clause.
        words: of reading.
    """
    against = words.against
    before, after = text[max(start, one.start - BACK) : one.start], text[one.end : end]
    if against.not_after.search(after) or against.not_before.search(before):
        return False
    if against.before.search(before):
        return True
    return any(opened.search(before) and closed.search(after) for opened, closed in against.around)


def targets_of(
    text: str, names: Sequence[Named], start: int, end: int, words: ReadingWords
) -> tuple[list[Named], list[Named]]:
    """Return the names that a clause acts against, and the others; a list shares the role of its first name."""
    targets: list[Named] = []
    others: list[Named] = []
    for one in names:
        listed = bool(targets) and words.listed.fullmatch(text, targets[-1].end, one.start) is not None
        same = bool(targets) and targets[-1].party.name == one.party.name and one.start - targets[-1].end <= 1
        hit = listed or same or is_target(text, one, start, end, words)
        hit = hit and one.actor not in words.parties.bodies
        (targets if hit else others).append(one)
    return targets, others


def listed_together(text: str, names: Sequence[Named], words: ReadingWords) -> list[list[Named]]:
    """Return names in groups that the text lists together, in order."""
    groups: list[list[Named]] = []
    for one in names:
        if groups and words.listed.fullmatch(text, groups[-1][-1].end, one.start):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def relation_of(clause: str, words: ReadingWords) -> Relation | None:
    """Return the relation that a clause shows, None where it shows none or takes it back."""
    if words.no_with.search(clause):
        return None
    plain = words.not_with.sub(" ", clause)
    return next((one for one in words.relations if one.pattern.search(plain)), None)


def unique(parties: Sequence[Party]) -> list[Party]:
    """Return parties, each name once, in order; an official or a firm tells more than a bare name."""
    found: dict[str, Party] = {}
    for one in parties:
        known = found.get(one.name)
        if known is None or tells_more(one, known):
            found[one.name] = one
    return list(found.values())


def tells_more(one: Party, known: Party) -> bool:
    """Return whether a name of a party tells more of its level than another: an office or firm does."""
    return one.official if one.level is known.level else not known.official


def bonds_with(groups: Sequence[Sequence[Party]], lead: int, relation: Relation, crowd: int) -> Iterator[Bond]:
    """Yield the pairs of groups of parties that act together.

    Those of the leading group act as one, and each of them with each of the others.

    Args:
        groups: parties that are listed together.
        lead: index of the leading group.
        relation: that the clause shows.
        crowd: parties of a group above which two of it are hardly tied by being listed.
    """
    leading = list(groups[lead])
    why = "crowd" if len(leading) > crowd else "listed"
    for first, second in combinations(leading, 2):
        yield Bond(first, second, Stance.WITH, relation.force, joint=True, why=why)
    inside = {one.name for one in leading}
    rest = unique(
        [one for at, group in enumerate(groups) if at != lead for one in group if one.name not in inside]
    )
    why = "crowd" if len(leading) > crowd and len(rest) > 1 else "apart"
    for first, second in product(leading, rest):
        yield Bond(first, second, Stance.WITH, relation.force, joint=True, why=why)
