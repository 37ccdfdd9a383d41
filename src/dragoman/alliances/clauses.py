"""The bonds that a clause of a sentence tells of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from dragoman.alliances.mentions import Named
from dragoman.alliances.page import Memory, Page
from dragoman.alliances.parties import Party, Resolver
from dragoman.alliances.roles import Bond, bonds_with, listed_together, relation_of, targets_of, unique
from dragoman.alliances.settings import ReadingWords, Relation
from dragoman.model import Sentence
from dragoman.model.alliance import Level, Stance

BOTH = 2
SHORT = "short"
COMMAS = ",，"


class Clause(NamedTuple):
    """A clause of a sentence, with the parties named in it.

    Attributes:
        sentence: its sentence.
        start, end: where it stands.
        targets: names that it acts against.
        others: the other names.
        back: whether a pronoun points back to parties named before.
    """

    sentence: Sentence
    start: int
    end: int
    targets: list[Named]
    others: list[Named]
    back: bool


def clauses_of(page: Page, sentence: Sentence, words: ReadingWords) -> Iterator[Clause]:
    """Yield the clauses of a sentence."""
    text, start = page.document.text, sentence.start
    cuts = [match.end() for match in words.clause.finditer(text, sentence.start, sentence.end)]
    for end in (*cuts, sentence.end):
        if end > start:
            names = [one for one in page.within(start, end) if is_party(text, one, start, end, words)]
            targets, others = targets_of(text, names, start, end, words)
            ends = {one.end for one in names}
            back = any(match.start() not in ends for match in words.pair.finditer(text, start, end))
            yield Clause(sentence, start, end, targets, others, back)
        start = end


def is_party(text: str, one: Named, start: int, end: int, words: ReadingWords) -> bool:
    """Return whether a name in a clause stands for a party, and not for a subject or an example."""
    before, own, after = text[start : one.start], text[one.start : one.end], text[one.end : end]
    return not any(
        ahead.search(before) and behind.search(after) and named.search(own)
        for ahead, behind, named in words.not_parties
    )


class ClauseReader:
    """Reads the bonds of clauses.

    Args:
        page: the document.
        words: of reading.
        resolver: of names.
    """

    def __init__(self, page: Page, words: ReadingWords, resolver: Resolver) -> None:
        self._page = page
        self._words = words
        self._resolver = resolver

    def bonds(self, clause: Clause, memory: Memory) -> Iterator[Bond]:
        """Yield the bonds of a clause."""
        text = self._page.document.text[clause.start : clause.end]
        yield from self._against(clause)
        yield from self._toward(clause)
        if abroad := self._carried_out(clause):
            yield from abroad
        elif relation := relation_of(text, self._words):
            yield from self._with(clause, memory, relation)

    def _against(self, clause: Clause) -> Iterator[Bond]:
        targets = unique([one.party for one in clause.targets if not self._is_inside(one, clause)])
        names = {one.name for one in targets}
        segment = self.segment(clause, clause.targets[-1].start) if names else (0, 0)
        if not names or self._words.against.unless.search(self._page.document.text, *segment):
            return
        before = [one for one in clause.others if one.start < clause.targets[-1].start]
        acting = self._acting(before, names)
        for actor, target in product(acting, targets):
            yield Bond(actor, target, Stance.AGAINST, self._words.against.force, joint=False, why="against")
        if not acting and not self._page.sides & names:
            for own, target in product(sorted(self._page.sides), targets):
                force = self._words.against.force
                yield Bond(Party(own), target, Stance.AGAINST, force, joint=False, why="against-own")

    def _is_inside(self, one: Named, clause: Clause) -> bool:
        """Return whether a body of a party that acts itself is no target (a bill that is sent to Congress)."""
        acting = {other.party.name for other in clause.others} | self._page.sides
        return one.party.name in acting and one.actor != one.party.name

    def _acting(self, before: Sequence[Named], targets: Collection[str]) -> list[Party]:
        """Return who acts against targets: those listed with a side of the document, else those named last."""
        groups = listed_together(self._page.document.text, before, self._words)
        parties = [unique([one.party for one in group if one.party.name not in targets]) for group in groups]
        parties = [group for group in parties if group]
        own = [group for group in parties if any(one.name in self._page.sides for one in group)]
        if not own and len(self._page.parties) >= BOTH:
            return [one for one in self._page.parties if one.name not in targets]
        return (own or parties or [[]])[-1]

    def segment(self, clause: Clause, at: int) -> tuple[int, int]:
        """Return the part of a clause between commas that an offset stands in."""
        text = self._page.document.text
        start = max((text.rfind(sign, clause.start, at) + 1 for sign in COMMAS), default=clause.start)
        ends = [end for sign in COMMAS if (end := text.find(sign, at, clause.end)) >= 0]
        return max(start, clause.start), min(ends, default=clause.end)

    def _toward(self, clause: Clause) -> Iterator[Bond]:
        """Yield the bonds with parties that a clause acts for."""
        text = self._page.document.text
        for group in listed_together(text, clause.others, self._words):
            if not self._words.toward.search(text[clause.start : group[0].start]):
                continue
            partners = unique([one.party for one in group if one.party.name not in self._page.sides])
            before = [one for one in clause.others if one.start < group[0].start]
            acting = self._acting(before, {one.name for one in partners})
            why = "apart" if acting else "own"
            acting = acting or [Party(name) for name in sorted(self._page.sides)]
            for actor, partner in product(acting, partners):
                yield Bond(actor, partner, Stance.TOWARD, self._words.toward_force, joint=False, why=why)

    def _with(self, clause: Clause, memory: Memory, relation: Relation) -> Iterator[Bond]:
        others = [one for one in clause.others if one.how != SHORT]
        listed = listed_together(self._page.document.text, others, self._words)
        groups = [unique([one.party for one in group]) for group in listed]
        named = unique([one for group in groups for one in group])
        fullest = {one.name: one for one in named}
        groups = [[fullest[one.name] for one in group] for group in groups]
        if len(named) >= BOTH:
            memory.remember(together(groups), clause.sentence)
            if self._is_own_of(named):
                groups.insert(0, [Party(self._page.own)])
                listed.insert(0, [])
            yield from bonds_with(groups, self._lead(clause, listed, groups), relation, self._words.crowd)
        else:
            yield from self._unnamed(clause, memory, relation, named)

    def _is_own_of(self, named: Sequence[Party]) -> bool:
        """Return whether the document's own actor is meant with a group that it is a member of."""
        own = self._page.own
        if not own or any(one.name == own for one in named):
            return False
        return any(self._resolver.is_member(own, one.name) for one in named)

    def _lead(self, clause: Clause, listed: Sequence[Sequence[Named]], groups: Sequence[Sequence[Party]]) -> int:
        """Return which group leads: a host, else that of the document's own actor, else the first of several."""
        text = self._page.document.text
        for at, group in enumerate(listed):
            if at and group and self._words.hosted.search(text[clause.start : group[0].start]):
                return at
        several = [at for at, group in enumerate(groups) if len(group) >= BOTH]
        if several:
            return several[0]
        own = [at for at, group in enumerate(groups) if any(one.name == self._page.own for one in group)]
        return own[0] if own else 0

    def _unnamed(
        self, clause: Clause, memory: Memory, relation: Relation, named: Sequence[Party]
    ) -> Iterator[Bond]:
        """Yield the bonds of a clause that names one party or none."""
        pointed = clause.back and not self._is_own_of(named)
        meant = memory.meant(clause.sentence, self._page) if pointed else ()
        names = {one.name for one in meant}
        if len(meant) >= BOTH:
            others = [one for one in named if one.name not in names]
            yield from (
                one._replace(why="pronoun") for one in bonds_with([meant, others], 0, relation, self._words.crowd)
            )
        elif meant and not named:
            yield from self._of_group(meant[0], relation)
        for party in named:
            if not meant and self._resolver.is_group(party.name):
                memory.remember((party,), clause.sentence)
                yield from self._of_group(party, relation)

    def _of_group(self, group: Party, relation: Relation) -> Iterator[Bond]:
        """Yield the bond of the document's own actor with a group that it is a member of."""
        own = self._page.own
        if own and self._resolver.is_member(own, group.name):
            yield Bond(Party(own), group, Stance.WITH, relation.force, joint=True, why="own")

    def _carried_out(self, clause: Clause) -> list[Bond]:
        """Return the bonds of a project with the places in which it is carried out."""
        if not clause.others or not self._page.own:
            return []
        text = self._page.document.text
        before, after = text[clause.start : clause.others[0].start], text[clause.others[-1].end : clause.end]
        if not (self._words.carried_out.search(before) and self._words.carried_out_after.match(after)):
            return []
        places = unique([one.party for one in clause.others if one.party.name != self._page.own])
        own = Party(self._page.own)
        return [Bond(own, place, Stance.TOWARD, 3, joint=False, why="own") for place in places]


def together(groups: Sequence[Sequence[Party]]) -> list[Party]:
    """Return whom a pronoun after a clause means: the last parties that are listed together, else all."""
    several = [group for group in groups if len(group) >= BOTH]
    return list(several[-1]) if several else unique([one for group in groups for one in group])


def level_of(bond: Bond, text: str, words: ReadingWords) -> Level:
    """Return at which level two parties meet.

    Args:
        bond: of the two.
        text: of the clause.
        words: of reading.
    """
    levels = {bond.actor.level, bond.partner.level}
    for level in (Level.COMPANIES, Level.RESEARCHERS):
        if level in levels:
            return level
    if bond.actor.official or bond.partner.official or bond.stance is Stance.AGAINST:
        return Level.GOVERNMENTS
    if words.levels[Level.GOVERNMENTS].search(text):
        return Level.GOVERNMENTS
    found = [
        (match.start(), level)
        for level in (Level.COMPANIES, Level.RESEARCHERS)
        if (match := words.levels[level].search(text))
    ]
    return min(found)[1] if found else Level.GOVERNMENTS
