"""Ties of a document: from its provisions, and from sentences that tell who works with whom.

A provision tells who acts and toward whom; a paper that reports alliances tells more than its provisions do, so
every sentence is read for two parties and a word of relation as well. Where both find the same pair in a sentence,
they are one tie.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product

from dragoman.alliances.clauses import Clause, ClauseReader, clauses_of, level_of
from dragoman.alliances.dates import DayReader
from dragoman.alliances.page import Memory, Page, Scope, focused, page_of, topic_of
from dragoman.alliances.parties import Resolver
from dragoman.alliances.roles import Bond, relation_of, unique
from dragoman.alliances.settings import ReadingWords
from dragoman.alliances.topics import Topic
from dragoman.lexicon import Lexicon
from dragoman.model import BlockKind, Document, Provision, Sentence
from dragoman.model.alliance import Layer, Level, Stance, Tie

READ_BY = "alliances/5"
"""Goes up with every change of what is read."""
NOT_READ = frozenset({BlockKind.FURNITURE, BlockKind.HEADING})
BOTH = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A bond with what it is about.

    Attributes:
        bond: of two parties.
        topic: technologies.
        instruments: tags.
        level: at which they meet.
        confidence: 0-1.
    """

    bond: Bond
    topic: Topic
    instruments: tuple[str, ...]
    level: Level
    confidence: float


class TieReader:
    """Reads ties.

    Args:
        lexicon: names and terms.
        words: of reading.
    """

    def __init__(self, lexicon: Lexicon, words: ReadingWords) -> None:
        self._lexicon = lexicon
        self._words = words
        self._resolver = Resolver(lexicon.actors, words.parties)

    def parties_of(self, name: str) -> tuple[str, ...]:
        """Return the names of the parties that a canonical name stands for."""
        return tuple(party.name for party in self._resolver.of(name))

    def read(self, document: Document, provisions: Iterable[Provision]) -> tuple[Tie, ...]:
        """Return the ties of a document in text order.

        Args:
            document: its current version.
            provisions: its lines that count.
        """
        page = page_of(document, self._lexicon, self._words, self._resolver)
        days = DayReader(self._words.dates, document.date)
        lines: dict[int, list[Provision]] = {}
        for one in provisions:
            lines.setdefault(one.start, []).append(one)
        ties: list[Tie] = []
        for sentence, found in self._sentences(page, lines):
            day = days.day_in(document.slice(sentence.start, sentence.end))
            ties += [self._tie(same, page, sentence, day) for same in by_pair(found)]
        return tuple(one for one in self._weighed(ties) if one.confidence >= self._words.least)

    def _weighed(self, ties: Sequence[Tie]) -> Iterator[Tie]:
        """Yield ties; two that a document sets against each other more often are less surely together."""
        sides: dict[frozenset[str], int] = {}
        for one in ties:
            pair = frozenset((one.actor, one.partner))
            sides[pair] = sides.get(pair, 0) + (1 if one.stance is Stance.AGAINST else -1)
        unlikely = self._words.confidence["unlikely"]
        for one in ties:
            if one.stance is Stance.AGAINST or sides[frozenset((one.actor, one.partner))] <= 0:
                yield one
            else:
                yield replace(one, confidence=round(one.confidence * unlikely, 3))

    def _sentences(self, page: Page, lines: dict[int, list[Provision]]) -> Iterator[tuple[Sentence, list[Found]]]:
        """Yield the sentences that are read, each with what was found in it."""
        memory = Memory()
        clauses = ClauseReader(page, self._words, self._resolver)
        for sentence in page.document.sentences:
            if sentence.kind in NOT_READ:
                continue
            memory.enter(sentence, page, self._words)
            found = list(self._told(page, sentence, clauses, memory))
            targets = {one.bond.partner.name for one in found if one.bond.stance is Stance.AGAINST}
            for line in lines.get(sentence.start, ()):
                found += self._provided(page, sentence, line, memory, targets)
            found = [one for one in found if not self._is_inner(one, page)]
            found = centred(found, page, self._words.confidence["among"])
            memory.leave(sentence, page)
            yield sentence, found

    def _is_inner(self, found: Found, page: Page) -> bool:
        """Return whether a bond joins a group and its member, neither of them a side of the document."""
        first, second = names_of(found)
        inner = self._resolver.is_member(first, second) or self._resolver.is_member(second, first)
        return inner and not page.sides.intersection((first, second))

    def _told(self, page: Page, sentence: Sentence, clauses: ClauseReader, memory: Memory) -> Iterator[Found]:
        """Yield what the words of a sentence tell."""
        for clause in clauses_of(page, sentence, self._words):
            text = page.document.text[clause.start : clause.end]
            for bond in clauses.bonds(clause, memory):
                topic = self._topic(page, memory, clause, clauses, bond)
                instruments = page.terms.instruments(clause.start, clause.end)
                level = level_of(bond, text, self._words)
                yield Found(bond, topic, instruments, level, self._words.confidence[bond.why])

    def _topic(self, page: Page, memory: Memory, clause: Clause, clauses: ClauseReader, bond: Bond) -> Topic:
        """Return the technologies of a bond; an act on somebody is about those that stand beside the name."""
        narrow = bond.stance is not Stance.WITH and bond.why != "own"
        at = next(
            (one.start for one in (*clause.targets[::-1], *clause.others) if one.party.name == bond.partner.name),
            0,
        )
        span = clauses.segment(clause, at) if narrow else (clause.start, clause.end)
        return topic_of(page, memory, Scope(clause.sentence, *span, back=clause.back, narrow=narrow), self._words)

    def _provided(
        self, page: Page, sentence: Sentence, line: Provision, memory: Memory, targets: set[str]
    ) -> Iterator[Found]:
        """Yield what a provision of a sentence tells."""
        text = page.document.text[sentence.start : sentence.end]
        relation = relation_of(text, self._words)
        topic = self._topic_of_line(page, sentence, line, memory)
        named = {one.party.name for one in page.within(sentence.start, sentence.end)}
        for bond in self._of_line(line, targets, together=relation is not None):
            if not is_grounded(bond, named, page, memory, sentence):
                continue
            level = level_of(bond, text, self._words)
            sure = self._words.confidence[bond.why] * line.confidence
            yield Found(bond, topic, line.instruments, level, sure)
            if bond.joint:
                memory.remember((bond.actor, bond.partner), sentence)

    def _topic_of_line(self, page: Page, sentence: Sentence, line: Provision, memory: Memory) -> Topic:
        """Return the technologies of a line, or those of its paragraph or heading if its sentence names none."""
        near = topic_of(page, memory, Scope(sentence, sentence.start, sentence.end), self._words)
        if not line.technologies or near.whence in {"paragraph", "heading"}:
            return near
        field = page.headings.get(sentence.section, ())
        return Topic(focused(line.technologies, field, self._words), "own")

    def _of_line(self, line: Provision, targets: set[str], *, together: bool) -> Iterator[Bond]:
        actors = unique([party for name in line.actors for party in self._resolver.of(name)])
        others = unique([party for name in line.counterparties for party in self._resolver.of(name)])
        names = {one.name for one in actors}
        acting = [one for one in actors if one.name not in targets]
        why = "crowd" if len(acting) > self._words.crowd else "provision"
        for first, second in combinations(acting, BOTH):
            yield Bond(first, second, Stance.WITH, line.force, joint=True, why=why)
        for actor, other in product(acting, others):
            if other.name not in names:
                stance = Stance.WITH if together else Stance.TOWARD
                if other.name in targets or ("sanctions" in line.instruments and not together):
                    stance = Stance.AGAINST
                yield Bond(actor, other, stance, line.force, joint=stance is Stance.WITH, why="provision")

    def _tie(self, same: Sequence[Found], page: Page, sentence: Sentence, day: date | None) -> Tie:
        """Return the tie of all that a sentence tells of one pair."""
        best = max(same, key=lambda one: one.confidence)
        named = [one.topic for one in same if one.topic.whence == "own"] or [best.topic]
        instruments = tuple(dict.fromkeys(tag for one in same for tag in one.instruments))
        return Tie(
            actor=best.bond.actor.name,
            partner=best.bond.partner.name,
            technologies=tuple(dict.fromkeys(tag for topic in named for tag in topic.technologies)),
            instruments=instruments,
            stance=best.bond.stance,
            level=best.level,
            layer=self._layer(best.bond.stance, instruments),
            force=best.bond.force,
            joint=best.bond.joint,
            day=day,
            doc=page.document.slug,
            start=sentence.start,
            end=sentence.end,
            confidence=round(best.confidence * self._words.carried[named[0].whence], 3),
            why=best.bond.why if named[0].whence == "own" else f"{best.bond.why}, {named[0].whence}",
        )

    def _layer(self, stance: Stance, instruments: Sequence[str]) -> Layer:
        """Return the layer of a tie: that of its strongest instrument."""
        layers = {self._words.layers.get(tag, Layer.DEVELOP) for tag in instruments}
        if stance is Stance.AGAINST or Layer.RESTRICT in layers:
            return Layer.RESTRICT
        return Layer.TRADE if layers == {Layer.TRADE} else Layer.DEVELOP


def centred(found: Sequence[Found], page: Page, among: float) -> list[Found]:
    """Return what was found; bonds that no side of the document has are less sure beside those that one has.

    Args:
        found: in one sentence.
        page: the document. In one of several parties, no other bond is more than named beside theirs.
        among: confidence of such a bond.
    """
    sides = page.sides
    told = [one for one in found if one.bond.stance is not Stance.AGAINST]
    if len(page.parties) < BOTH and not any(sides.intersection(names_of(one)) for one in told):
        return list(found)
    return [
        one
        if sides.intersection(names_of(one)) or (len(page.parties) < BOTH and one.bond.stance is Stance.AGAINST)
        else replace(one, bond=one.bond._replace(why="among"), confidence=among)
        for one in found
    ]


def is_grounded(bond: Bond, named: Collection[str], page: Page, memory: Memory, sentence: Sentence) -> bool:
    """Return whether both parties of a line are named in its sentence, meant by a pronoun, or the document's."""
    meant = {one.name for one in (*page.parties, *memory.meant(sentence, page))}
    return all(
        one.name in named or one.name in meant or one.name == page.own for one in (bond.actor, bond.partner)
    )


def names_of(found: Found) -> tuple[str, str]:
    """Return the names of the two parties."""
    return found.bond.actor.name, found.bond.partner.name


def by_pair(found: Iterable[Found]) -> Iterator[list[Found]]:
    """Yield what was found of each pair and stance.

    A pair that acts together has no order, and who helps the one it acts with acts with it.
    """
    listed = list(found)
    together = {frozenset(names_of(one)) for one in listed if one.bond.stance is Stance.WITH}
    pairs: dict[tuple[object, Stance], list[Found]] = {}
    for one in listed:
        names = frozenset(names_of(one))
        if one.bond.stance is Stance.AGAINST or names not in together:
            pairs.setdefault((names_of(one), one.bond.stance), []).append(one)
        elif one.bond.stance is Stance.WITH:
            pairs.setdefault((names, Stance.WITH), []).append(one)
    yield from pairs.values()
