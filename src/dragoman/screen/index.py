"""The index over the names of all lists: who may a party be, in either script, and why."""

from __future__ import annotations

import gc
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Self, TypeVar, overload

from dragoman.model import Hit, ListEntry, NameKind, Party, PartyKind, TokenEvidence
from dragoman.screen.align import Aligned, Query, align
from dragoman.screen.bridge import ToHan, ToLatin, readings
from dragoman.screen.candidates import Candidates
from dragoman.screen.characters import HanCandidates
from dragoman.screen.crossing import Lexicons, cross_best
from dragoman.screen.facts import EQUAL, Facts, facts_of, plain_identifier
from dragoman.screen.han import HanName, HanVocabulary, analyse_han, compare_han, han_vocabulary, is_name_of_han
from dragoman.screen.sounds import sound_table
from dragoman.screen.spelling import HAN as HAN_SIGN
from dragoman.screen.spelling import clean
from dragoman.screen.sums import State
from dragoman.screen.thresholds import CROSS, HAN, LATIN, Thresholds, default_thresholds
from dragoman.screen.vocabulary import Analysed, Vocabulary, analyse, analyse_person, vocabulary

LOOKED_AT, LOOKED_AT_ACROSS, LOOKED_AT_BACK = 6, 8, 3
"""Names that are compared word by word: within a script, Latin ones for a Chinese query, Chinese ones for a Latin
query."""
WORTH_A_LOOK, LATIN_SLACK = 0.5, 0.68
"""Estimated score, 0 to 1, under which a name is not compared, and the same as a share of the threshold."""
SMALLEST = 1e-6
"""Score under which names have nothing in common, whatever the threshold."""
BY_IDENTIFIER = 0.99
"""Score of an entry that has an identifier of the party, whatever its names."""
WEAK = 0.93
"""What a score is multiplied by where the listed name is marked as weak and is not the party's name exactly."""


class Found(NamedTuple):
    """A listed name that may be a name of the party.

    Attributes:
        entry: number of the entry.
        scripts: of the two names.
        name, query: the listed name and the party's.
        aligned: how they account for one another.
        weak: whether the list calls the name weak.
        turned: whether the listed name stands as the query in the evidence.
    """

    entry: int
    scripts: str
    name: str
    query: str
    aligned: Aligned
    weak: bool = False
    turned: bool = False

    @property
    def score(self) -> float:
        """0 to 1."""
        score = self.aligned.score
        return score * WEAK if self.weak and score < EQUAL else score

    def evidence(self) -> tuple[TokenEvidence, ...]:
        """Return what became of each word."""
        lines = self.aligned.evidence()
        if not self.turned:
            return lines
        return tuple(TokenEvidence(one.listed, one.query, one.how, one.weight, one.similarity) for one in lines)


@dataclass(slots=True)
class _Names:
    """The names of one script, column by column."""

    entries: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    weak: list[bool] = field(default_factory=list)
    persons: list[bool] = field(default_factory=list)

    def add(self, number: int, text: str, kind: NameKind, *, person: bool) -> None:
        """Add a name of an entry."""
        self.entries.append(number)
        self.texts.append(text)
        self.weak.append(kind is NameKind.WEAK)
        self.persons.append(person)

    def kept(self) -> State:
        """Return what it is made of."""
        flags = [array("b", column) for column in (self.weak, self.persons)]
        return {"entries": array("i", self.entries), "texts": self.texts, "weak": flags[0], "persons": flags[1]}

    @classmethod
    def restored(cls, state: State) -> Self:
        """Return what `kept` came from."""
        flags = [list(map(bool, state[column])) for column in ("weak", "persons")]
        return cls(state["entries"].tolist(), state["texts"], flags[0], flags[1])


One = TypeVar("One")


class Lazily(Sequence[One]):
    """Things that are made when they are asked for, and kept.

    Args:
        count: how many there are.
        make: makes one, by its number.
    """

    def __init__(self, count: int, make: Callable[[int], One]) -> None:
        self._count = count
        self._make = make
        self._made: dict[int, One] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, number: int) -> One: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[One]: ...
    def __getitem__(self, number: int | slice) -> One | Sequence[One]:
        if isinstance(number, slice):
            return [self[at] for at in range(*number.indices(self._count))]
        if not 0 <= number < self._count:
            raise IndexError(number)
        if number not in self._made:
            self._made[number] = self._make(number)
        return self._made[number]


class NameIndex:
    """Finds the entries that a party may be.

    Args:
        entries: of all lists that are to be screened against.
    """

    _part: Callable[[str], State]

    def __init__(self, entries: Iterable[ListEntry]) -> None:
        self.entries: Sequence[ListEntry] = tuple(entries)
        self._know()
        self._latin = _Names()
        self._han = _Names()
        latin: list[Analysed] = []
        han: list[HanName] = []
        self._latin_names: Sequence[Analysed] = latin
        self._han_names: Sequence[HanName] = han
        self._numbers: dict[str, list[int]] = {}
        with _no_collection():
            shared: dict[Analysed, Analysed] = {}
            for number, entry in enumerate(self.entries):
                self._add(number, entry, latin, han, shared)
            self._words = Candidates([name.words for name in latin], self._known)
            self._characters = HanCandidates(han)
            self._to_latin = ToLatin(self._words, self._lexicons)
            self._to_han = ToHan(han, self._lexicons)

    def _know(self) -> None:
        self._known: Vocabulary = vocabulary()
        self._han_known = han_vocabulary()
        self._lexicons = Lexicons(self._han_known, self._known, sound_table())

    def kept(self) -> dict[str, State]:
        """Return what the index is made of, in parts, without the entries and what the data packs tell."""
        return {
            "names": {"latin": self._latin.kept(), "han": self._han.kept(), "numbers": self._numbers},
            "words": self._words.kept(),
            "characters": self._characters.kept(),
            "to latin": self._to_latin.kept(),
            "to han": self._to_han.kept(),
        }

    def restore(self, part: Callable[[str], State], entries: Sequence[ListEntry]) -> Self:
        """Become an index as `kept` gave it, and return it; what only one script needs is read when it is needed.

        Args:
            part: gives a part of what was kept, by name.
            entries: those that the index was made over, in their order.
        """
        self.entries = entries
        self._know()
        names = part("names")
        self._latin, self._han = _Names.restored(names["latin"]), _Names.restored(names["han"])
        self._numbers = names["numbers"]
        self._latin_names = Lazily(len(self._latin.texts), self._latin_name)
        self._han_names = Lazily(len(self._han.texts), self._han_name)
        self._words = Candidates.__new__(Candidates).restore(part("words"), self._known)
        self._part = part
        return self

    def _latin_name(self, number: int) -> Analysed:
        return self._taken(self._latin.texts[number], person=self._latin.persons[number])

    def _han_name(self, number: int) -> HanName:
        return analyse_han(self._han.texts[number], self._han_known)

    @cached_property
    def _characters(self) -> HanCandidates:
        return HanCandidates.__new__(HanCandidates).restore(self._part("characters"))

    @cached_property
    def _to_latin(self) -> ToLatin:
        return ToLatin.__new__(ToLatin).restore(self._part("to latin"), self._words, self._lexicons)

    @cached_property
    def _to_han(self) -> ToHan:
        return ToHan.__new__(ToHan).restore(self._part("to han"), self._lexicons)

    def _add(
        self,
        number: int,
        entry: ListEntry,
        latin: list[Analysed],
        han: list[HanName],
        shared: dict[Analysed, Analysed],
    ) -> None:
        person = entry.kind is PartyKind.PERSON
        for name in entry.names:
            if is_name_of_han(name.text, self._han_known):
                self._han.add(number, name.text, name.kind, person=person)
                han.append(analyse_han(name.text, self._han_known))
                continue
            analysed = self._taken(name.text, person=person)
            if analysed.words:
                self._latin.add(number, name.text, name.kind, person=person)
                latin.append(shared.setdefault(analysed, analysed))
        for identifier in entry.identifiers:
            if plain := plain_identifier(identifier):
                self._numbers.setdefault(plain, []).append(number)

    @property
    def names(self) -> int:
        """How many names can be found."""
        return len(self._latin_names) + len(self._han_names)

    def search(
        self, party: Party, threshold: Thresholds | float | None = None, limit: int = 10
    ) -> tuple[Hit, ...]:
        """Return the entries that a party may be, best first.

        Args:
            party: who is looked for; the more is known of it, the better the order.
            threshold: scores from which a name is a hit; one number for all scripts; None for the calibrated ones.
            limit: most hits.
        """
        if threshold is None:
            threshold = default_thresholds()
        elif not isinstance(threshold, Thresholds):
            threshold = Thresholds(threshold, threshold, threshold)
        best: dict[int, Found] = {}
        for name in dict.fromkeys((party.name, *party.other_names)):
            for found in self._search(name, party.kind, threshold):
                if found.entry not in best or found.score > best[found.entry].score:
                    best[found.entry] = found
        hits = [hit for found in best.values() if (hit := self._as_hit(party, found, threshold))]
        hits += self._by_identifier(party, {(found.entry.list, found.entry.id) for found in hits})
        hits.sort(key=lambda hit: -hit.score)
        return tuple(hits[:limit])

    def compare(self, party: Party, entry: ListEntry) -> Hit:
        """Return a party and an entry compared, however little alike; the entry need not be in the index.

        Args:
            party: who is looked for.
            entry: who it may be.
        """
        names = dict.fromkeys((party.name, *party.other_names))
        best = max(
            (self._pair(name, listed.text, entry, party.kind) for name in names for listed in entry.names),
            key=lambda found: found.score,
        )
        nothing = Thresholds(0.0, 0.0, 0.0)
        return _as_hit(party, entry, best, nothing) or Hit(entry, best.name, best.query, 0.0, ())

    def _pair(self, name: str, listed: str, entry: ListEntry, kind: PartyKind | None) -> Found:
        person = PartyKind.PERSON in {entry.kind, kind}
        of_han = is_name_of_han(name, self._han_known), is_name_of_han(listed, self._han_known)
        if all(of_han):
            compared = compare_han(*(analyse_han(one, self._han_known) for one in (name, listed)))
            return Found(0, HAN, listed, name, compared)
        take = analyse_person if person else analyse
        mine, theirs = (take(_latin_part(one, self._han_known), self._known) for one in (name, listed))
        if not any(of_han):
            compared = align(Query(mine, self._words.weight, self._known, person=person), theirs)
            return Found(0, LATIN, listed, name, compared)
        han, words = (name, theirs.words) if of_han[0] else (listed, mine.words)
        compared = self._crossed(analyse_han(han, self._han_known), words, person=person)
        return Found(0, CROSS, listed, name, compared, turned=of_han[1])

    def _search(self, name: str, kind: PartyKind | None, least: Thresholds) -> Iterable[Found]:
        if not name.isascii() and is_name_of_han(name, self._han_known):
            query = analyse_han(name, self._han_known)
            yield from self._han_by_han(name, query, least.han)
            yield from self._latin_by_han(name, query, least.cross)
        elif clean(name):
            yield from self._latin_by_latin(name, kind, least.latin)
            if self._han_names:
                yield from self._han_by_latin(name, least.cross)

    def _latin_by_latin(self, name: str, kind: PartyKind | None, least: float) -> Iterable[Found]:
        words = self._taken(name, person=kind is PartyKind.PERSON).words
        queries: dict[bool, Query] = {}
        for number in self._words.find(words, LOOKED_AT, max(WORTH_A_LOOK, LATIN_SLACK * least)):
            of_person = self._latin.persons[number]
            if of_person not in queries:
                taken = self._taken(name, person=of_person)
                like = [self._words.reach(word).like for word in taken.words]
                queries[of_person] = Query(taken, self._words.weight, self._known, like, person=of_person)
            compared = align(queries[of_person], self._latin_names[number])
            if compared.score >= max(least, SMALLEST):
                yield self._found(self._latin, number, LATIN, name, compared)

    def _taken(self, name: str, *, person: bool) -> Analysed:
        """Return a Latin name taken apart as that of a person or of a company."""
        return (analyse_person if person else analyse)(_latin_part(name, self._han_known), self._known)

    def _han_by_han(self, name: str, query: HanName, least: float) -> Iterable[Found]:
        for number in self._characters.find(query.core, LOOKED_AT):
            compared = compare_han(query, self._han_names[number])
            if compared.score >= max(least, SMALLEST):
                yield self._found(self._han, number, HAN, name, compared)

    def _latin_by_han(self, name: str, query: HanName, least: float) -> Iterable[Found]:
        for number in self._to_latin.find(query, LOOKED_AT_ACROSS):
            compared = self._crossed(query, self._latin_names[number].words, person=self._latin.persons[number])
            if compared.score >= max(least, SMALLEST):
                yield self._found(self._latin, number, CROSS, name, compared)

    def _han_by_latin(self, name: str, least: float) -> Iterable[Found]:
        words = self._taken(name, person=False).words
        for number in self._to_han.find(words, self._words.weight, LOOKED_AT_BACK):
            compared = self._crossed(self._han_names[number], words, person=self._han.persons[number])
            if compared.score >= max(least, SMALLEST):
                yield self._found(self._han, number, CROSS, name, compared, turned=True)

    def _crossed(self, han: HanName, words: Sequence[str], *, person: bool) -> Aligned:
        ways = readings(han, self._lexicons, person=person)
        return cross_best(ways, words, self._words.weight, self._lexicons)

    def _found(
        self, names: _Names, number: int, scripts: str, query: str, compared: Aligned, *, turned: bool = False
    ) -> Found:
        return Found(
            names.entries[number], scripts, names.texts[number], query, compared, names.weak[number], turned
        )

    def _as_hit(self, party: Party, found: Found, least: Thresholds) -> Hit | None:
        return _as_hit(party, self.entries[found.entry], found, least)

    def _by_identifier(self, party: Party, seen: set[tuple[str, str]]) -> Iterable[Hit]:
        """Yield the entries that have an identifier of the party, and none of its names."""
        for identifier in party.identifiers:
            for number in self._numbers.get(plain_identifier(identifier), ()):
                entry = self.entries[number]
                if (entry.list, entry.id) not in seen:
                    seen.add((entry.list, entry.id))
                    line = TokenEvidence(identifier, identifier, "identifier", 1.0, 1.0)
                    yield Hit(
                        entry, entry.name, party.name, BY_IDENTIFIER, (line,), facts_of(party, entry).against
                    )


@contextmanager
def _no_collection() -> Iterator[None]:
    """Put garbage collection off: an index has no cycles, and collecting while it grows takes half of the time."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _as_hit(party: Party, entry: ListEntry, found: Found, least: Thresholds) -> Hit | None:
    """Return a found name as a hit, the facts weighed; None where the kinds of party make it none."""
    facts = facts_of(party, entry)
    score = found.score if found.score >= EQUAL else found.score * facts.kind
    if facts.identifier:
        return _identified(found, entry, facts)
    if score < least.of(found.scripts):
        return None
    return Hit(entry, found.name, found.query, score * facts.others, found.evidence(), facts.against)


def _identified(found: Found, entry: ListEntry, facts: Facts) -> Hit:
    line = TokenEvidence(facts.identifier, facts.identifier, "identifier", 0.0, 1.0)
    score = max(found.score, BY_IDENTIFIER)
    return Hit(entry, found.name, found.query, score, (*found.evidence(), line), facts.against)


def _latin_part(name: str, known: HanVocabulary) -> str:
    """Return a name without a Chinese legal form: "Acme公司" is a Latin name."""
    return " ".join(analyse_han(name, known).parts) if HAN_SIGN.search(name) else name
