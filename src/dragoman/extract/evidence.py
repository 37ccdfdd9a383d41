"""Why a provision may carry a tag: where the tag's terms stand, in the clause and around it.

Every place is a feature; the weights (data/weights/) say how much each counts. The same features serve the
trainer and the extractor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from dragoman.extract.around import INSTRUMENT, TECHNOLOGY, Around, around
from dragoman.extract.candidate import Candidate
from dragoman.extract.en.words import (
    BE,
    CONJUNCTION,
    DET,
    HAVE,
    MODAL,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    load_words,
)
from dragoman.extract.topics import Recent, Topics
from dragoman.extract.view import View
from dragoman.extract.weights import WORD
from dragoman.lexicon import Hit, Phrase
from dragoman.lexicon.tags import WEAK
from dragoman.model import Language


class Evidence(NamedTuple):
    """What speaks for one tag of one provision, besides the company that all tags share.

    Attributes:
        places: names of the places its terms stand in, and how it stands among the tags that the act names.
        state: whether the act names other tags, "rivals", or none, "silent"; "" where it names this one.
        tagged: names that count together with the tag: its places, its terms and their senses.
        hit: the term in the sentence or stem that says it most plainly, None where only the surroundings do.
        term: its spelling in the lexicon, or the name of the place.
    """

    places: tuple[str, ...]
    state: str
    tagged: tuple[str, ...]
    hit: Hit | None
    term: str

    @property
    def features(self) -> tuple[str, ...]:
        """Names that stand for themselves: the places, and the places with the state."""
        return features_at(self.places, self.state)


def features_at(places: tuple[str, ...], state: str) -> tuple[str, ...]:
    """Return the names of places, and once more with the state where there is one."""
    return (*places, *[f"{state}:{place}" for place in places]) if state else places


@dataclass(slots=True)
class Traces:
    """What was found of one tag while looking: plain and tagged names, and the most telling term.

    `own` are the offsets of its strong terms in the act; of its `told` terms in the sentence, `apart` stand in no
    actor's name.
    """

    names: list[str]
    tagged: list[str]
    rank: int = 99
    hit: Hit | None = None
    term: str = ""
    own: list[int] = field(default_factory=list)
    told: int = 0
    apart: int = 0


class Clause(NamedTuple):
    """What is read of a clause once for every group of tags.

    Attributes:
        traces: what the terms in the sentence and its stem say, by group and tag.
        named: tags of the strong terms in the clause itself, by group.
        words: the words of the act's core, each once: English base forms, or pairs of Chinese characters.
        rest: its kind and the voice of its document, and what counts for each tag as such.
        origin: offset of its trigger.
        step: characters of a step from there.
        silent: state of the clause where it names no tag of a group: whether its words are new in the text.
    """

    traces: Mapping[str, dict[str, Traces]]
    named: Mapping[str, set[str]]
    words: Mapping[str, None]
    rest: tuple[str, str, str]
    origin: int
    step: int
    silent: str


def evidence_of(
    view: View, candidate: Candidate, topics: Topics, recent: Recent, group: str
) -> dict[str, Evidence]:
    """Return the evidence for each tag of a group that has any, what counts with every tag included.

    `group` is "technology" or "instrument".
    """
    clause = clause_of(view, candidate, topics)
    evidence, beside = evidence_in(clause, around(view, topics, recent), group)
    company = (*beside, *(WORD + word for word in clause.words), *clause.rest)
    return {tag: item._replace(tagged=(*item.tagged, *company)) for tag, item in evidence.items()}


def clause_of(view: View, candidate: Candidate, topics: Topics) -> Clause:
    """Return what is read of a candidate's clause for every group of tags."""
    traces: dict[str, dict[str, Traces]] = {TECHNOLOGY: {}, INSTRUMENT: {}}
    named: dict[str, set[str]] = {TECHNOLOGY: set(), INSTRUMENT: set()}
    start, end = candidate.clause
    for hit, place in placed(view, candidate):
        inside, here = start <= hit.start < end, place != STEM
        apart = here and not (view.names and is_inside_name(view, hit))
        for phrase in hit.phrases:
            group, strength = GROUPS[phrase.group]
            found = traces[group].get(phrase.key)
            if found is None:
                found = traces[group][phrase.key] = Traces([], [])
            note(found, hit, place, strength, phrase)
            found.told += here
            found.apart += apart
            if inside and strength == STRONG:
                named[group].add(phrase.key)
    rest = (candidate.kind.value, topics.voice, BASE)
    language = view.sentence.language
    words = core_words(view, candidate)
    core = dict.fromkeys(filter(None, map(base_form, words)) if language is Language.EN else words)
    told = named[TECHNOLOGY] and named[INSTRUMENT]
    silent = SILENT if told or language is not Language.EN else silence(words, topics)
    return Clause(traces, named, core, rest, candidate.trigger[0], STEP[language], silent)


def silence(words: Iterable[str], topics: Topics) -> str:
    """Return the state of a clause that names no tag: what it is about is new where its words stand only here.

    Pairs of Chinese characters are too often alone to tell anything.
    """
    stems = {word.rstrip("s") for word in words if len(word) > SHORT_PLURAL - 2 and base_form(word)}
    alone = sum(map(topics.vocabulary.__getitem__, stems))
    return NEW if alone > len(stems) * NEW_SHARE else SILENT


def is_inside_name(view: View, hit: Hit) -> bool:
    """Return whether a term is part of an actor's longer name: "security" in "Department of Homeland Security"."""
    start, end, _ = hit
    return any(
        [first <= start and end <= last and last - first > end - start for first, last, _ in view.names]  # noqa: C419
    )


def note(found: Traces, hit: Hit, place: str, strength: str, phrase: Phrase) -> None:
    """Add what a term at a place says of its tag to what was found of it."""
    here, rank = PLACES[place, strength]
    found.names.append(here)
    found.tagged += said_by(phrase.text, phrase.sense, place, here)
    if here in OWN:
        found.own.append(hit.start)
    if rank < found.rank:
        found.rank, found.hit, found.term = rank, hit, phrase.text


@lru_cache(maxsize=8192)
def said_by(text: str, sense: str, place: str, here: str) -> tuple[str, ...]:
    """Return the names that count together with the tag of a term at a place."""
    plain = (here, f"{text}|{NEAR[place]}")
    return (*plain, f"s:{sense}|{NEAR[place]}", f"s:{sense}|{place}") if sense else plain


def compare(found: Mapping[str, Traces], origin: int, step: int) -> None:
    """Add to each tag how it stands among those the act names: how often, first or later, how far on."""
    firsts = {tag: min(traces.own) for tag, traces in found.items() if traces.own}
    first = min(firsts.values(), default=0)
    counts = sorted([len(traces.own) for traces in found.values() if traces.own], reverse=True)
    for tag, traces in found.items():
        own = len(traces.own)
        traces.names += standing(min(MANY, own), min(MANY, len(counts) - (own > 0)))
        if traces.told > traces.apart:
            inside = "in-name" if traces.apart else "only-in-name"
            traces.names += ("in-name", inside)
            traces.tagged += ("in-name", inside)
        if own:
            others = counts[1:2] if counts[0] == own else counts[:1]
            place = "first" if firsts[tag] == first else "later"
            often = "most" if min(MANY, own) >= sum(others) else "less"
            away = max(0, min(FARTHEST, (firsts[tag] - origin) // step))
            traces.names += (place, often, AWAY[away])
            traces.tagged.append(place)


@lru_cache(maxsize=64)
def standing(mine: int, rivals: int) -> tuple[str, str, str]:
    """Return the names of how often the act names a tag, and how many others."""
    return f"own:{mine}", f"rivals:{rivals}", f"own:{mine}:{rivals}"


def evidence_in(clause: Clause, places: Around, group: str) -> tuple[dict[str, Evidence], list[str]]:
    """Return the evidence for each tag of a group that has any, and what else the act names.

    Args:
        clause: what is read of the clause; its traces of the group are used up.
        places: where tags stand around its sentence.
        group: of tags.
    """
    found = clause.traces[group]
    compare(found, clause.origin, clause.step)
    own = {tag for tag, traces in found.items() if traces.own}
    state = RIVALS if own else clause.silent
    evidence = {}
    for tag, traces in found.items():
        named = tuple(dict.fromkeys([*traces.names, *places.names_of(group, tag)]))
        tagged = tuple(dict.fromkeys(traces.tagged))
        evidence[tag] = Evidence(named, "" if tag in own else state, tagged, traces.hit, traces.term)
    for tag in sorted(places.told[group].difference(found)):
        named = places.names_of(group, tag)
        evidence[tag] = Evidence(named, state, (), None, named[0])
    return evidence, companions(clause, own, group) if evidence else []


class Prefixed(dict[str, str]):
    """Names with a prefix before them, by name."""

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self._prefix = prefix

    def __missing__(self, name: str) -> str:
        self[name] = prefixed = f"{self._prefix}{name}"
        return prefixed


RIVALS, SILENT, NEW = "rivals", "silent", "silent-new"
"""States of an act that does not name a tag: it names others, or none, or none and is about something new."""
NEW_SHARE = 0.35
"""Share of words that stand nowhere else in the text from which an act is about something new."""
WITH = Prefixed("with:")


BASE = "base"
"""Counts for each tag as such."""


def core_words(view: View, candidate: Candidate) -> list[str]:
    """Return the words of the act's core, in order, in small letters, or the pairs of its Chinese characters."""
    (start, stop), (_, end) = candidate.trigger, candidate.clause
    if view.sentence.language is Language.EN:
        return WORDS.findall(view.folded, start, min(end, stop + CORE_EN))
    return HAN_PAIR.findall(view.folded[start : min(end, stop + CORE_ZH)])


@lru_cache(maxsize=50_000)
def base_form(word: str) -> str:
    """Return the base form of a verb, the singular of what looks like a plural noun, "" for function words."""
    words = load_words()
    if word in words.base:
        return words.base[word]
    if words.tags.get(word, 0) & EMPTY:
        return ""
    if word.endswith("ies") and len(word) > SHORT_PLURAL:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) >= SHORT_PLURAL:
        return word[:-1]
    return word


def companions(clause: Clause, own: set[str], group: str) -> list[str]:
    """Return what else the act names: tags of its own group, and those of the other one."""
    others = clause.named[INSTRUMENT if group == TECHNOLOGY else TECHNOLOGY]
    return [WITH[tag] for tag in sorted(own | others)] or ["with:nothing"]


STEM = "stem"
WORDS = re.compile(r"[a-z][a-z&-]{2,}")
HAN_PAIR = re.compile(r"(?=([\u4e00-\u9fff]{2}))")
EMPTY = DET | PRONOUN | PREPOSITION | CONJUNCTION | MODAL | BE | HAVE | RELATIVE
"""Classes of words that say nothing of an act's content."""
SHORT_PLURAL = 5
"""Letters from which a word in -s is taken for a plural."""
MANY, FARTHEST = 3, 6
"""Terms, and steps from the trigger, that are counted apart."""
AWAY = [f"away:{steps}" for steps in range(FARTHEST + 1)]
STEP = {Language.EN: 30, Language.ZH: 10}
"""Characters of a step."""
CORE_EN, CORE_ZH = 200, 60
"""Characters behind the trigger that count as the act's core."""
OWN = frozenset({"aim-strong", "act-strong"})
STRONG, FAINT = "strong", "weak"
GROUPS: Mapping[str, tuple[str, str]] = {
    TECHNOLOGY: (TECHNOLOGY, STRONG),
    INSTRUMENT: (INSTRUMENT, STRONG),
    TECHNOLOGY + WEAK: (TECHNOLOGY, FAINT),
    INSTRUMENT + WEAK: (INSTRUMENT, FAINT),
}
"""The group of tags that a group of phrases belongs to, and how strongly its phrases speak."""
RANKED = ("aim", "act", "before", "stem", "rest")
"""Places of a term, the most telling first."""
PLACES = {
    (place, strength): (f"{place}-{strength}", rank + faint * len(RANKED))
    for faint, strength in enumerate((STRONG, FAINT))
    for rank, place in enumerate(RANKED)
}
"""Name and rank of a term at a place."""
NEAR = {place: "in" if place in {"aim", "act"} else "by" for place in RANKED}
"""Whether a place is in the act itself or around it."""
AIM_LENGTH = 60
"""Characters from the trigger on that count as the act's core where the grammar gave no aim."""


def placed(view: View, candidate: Candidate) -> Iterator[tuple[Hit, str]]:
    """Yield the terms of the sentence and its stem with the place each stands in."""
    start, end = candidate.clause
    aim_start, aim_end = candidate.aim or (candidate.trigger[1], candidate.trigger[1] + AIM_LENGTH)
    act_start = min(candidate.trigger[0], aim_start)
    for hit in view.terms:
        if not start <= hit.start < end:
            yield hit, "rest"
        elif aim_start <= hit.start < aim_end:
            yield hit, "aim"
        elif hit.start >= act_start:
            yield hit, "act"
        else:
            yield hit, "before"
    if view.stem is not None:
        for hit in view.stem.terms:
            yield hit, "stem"
