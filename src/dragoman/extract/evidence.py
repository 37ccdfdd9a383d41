"""Why a provision may carry a tag: where the tag's terms stand, in the clause and around it.

Every place is a feature; the weights (data/weights/) say how much each counts. The same features serve the
trainer and the extractor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.extract.candidate import Candidate
from dragoman.extract.topics import Recent, Surroundings, Tag, Topics
from dragoman.extract.view import View
from dragoman.extract.weights import WORD
from dragoman.lexicon import Hit
from dragoman.lexicon.tags import WEAK
from dragoman.model import Language

TECHNOLOGY, INSTRUMENT = "technology", "instrument"


class Evidence(NamedTuple):
    """What speaks for one tag of one provision, besides the company that all tags share.

    Attributes:
        places: names of the places its terms stand in.
        state: whether the act names other tags, "rivals", or none, "silent"; "" where it names this one.
        tagged: names that count together with the tag: its places and its terms.
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
    """What was found of one tag while looking: plain and tagged names, and the most telling term."""

    names: list[str]
    tagged: list[str]
    rank: int = 99
    hit: Hit | None = None
    term: str = ""


class Clause(NamedTuple):
    """What is read of a clause once for every group of tags.

    Attributes:
        traces: what the terms in the sentence and its stem say, by group and tag.
        named: tags of the strong terms in the clause itself, by group.
        words: the words of the act's core.
        rest: its kind and the voice of its document, and what counts for each tag as such.
    """

    traces: Mapping[str, dict[str, Traces]]
    named: Mapping[str, set[str]]
    words: Mapping[str, None]
    rest: tuple[str, str, str]


def evidence_of(
    view: View, candidate: Candidate, topics: Topics, recent: Recent, group: str
) -> dict[str, Evidence]:
    """Return the evidence for each tag of a group that has any, what counts with every tag included.

    `group` is "technology" or "instrument".
    """
    clause = clause_of(view, candidate, topics)
    evidence, beside = evidence_in(clause, around(view, topics, recent)[group], group)
    company = (*beside, *(WORD + word for word in clause.words), *clause.rest)
    return {tag: item._replace(tagged=(*item.tagged, *company)) for tag, item in evidence.items()}


def clause_of(view: View, candidate: Candidate, topics: Topics) -> Clause:
    """Return what is read of a candidate's clause for every group of tags."""
    traces: dict[str, dict[str, Traces]] = {TECHNOLOGY: {}, INSTRUMENT: {}}
    named: dict[str, set[str]] = {TECHNOLOGY: set(), INSTRUMENT: set()}
    start, end = candidate.clause
    for hit, place in placed(view, candidate):
        inside = start <= hit.start < end
        for phrase in hit.phrases:
            group, strength = GROUPS[phrase.group]
            note(traces[group], hit, place, strength, phrase.key, phrase.text)
            if inside and strength == STRONG:
                named[group].add(phrase.key)
    return Clause(traces, named, core_words(view, candidate), (candidate.kind.value, topics.voice, BASE))


def note(found: dict[str, Traces], hit: Hit, place: str, strength: str, tag: str, text: str) -> None:
    """Add what a term at a place says of a tag to what was found."""
    traces = found.get(tag)
    if traces is None:
        traces = found[tag] = Traces([], [])
    here, rank = PLACES[place, strength]
    traces.names.append(here)
    traces.tagged += (here, f"{text}|{NEAR[place]}")
    if rank < traces.rank:
        traces.rank, traces.hit, traces.term = rank, hit, text


def evidence_in(clause: Clause, surroundings: Surroundings, group: str) -> tuple[dict[str, Evidence], list[str]]:
    """Return the evidence for each tag of a group that has any, and what else the act names.

    Args:
        clause: what is read of the clause; its traces of the group are used up.
        surroundings: what the places around its sentence say of each tag of the group.
        group: of tags.
    """
    found = clause.traces[group]
    own = {tag for tag, traces in found.items() if not OWN.isdisjoint(traces.names)}
    state = RIVALS if own else SILENT
    evidence = {}
    for tag, traces in found.items():
        if tag in surroundings:
            traces.names += surroundings[tag][0]
        places = tuple(dict.fromkeys(traces.names))
        tagged = tuple(dict.fromkeys(traces.tagged))
        evidence[tag] = Evidence(places, "" if tag in own else state, tagged, traces.hit, traces.term)
    for tag, (places, telling) in surroundings.items():
        if telling and tag not in found:
            evidence[tag] = Evidence(places, state, (), None, places[0])
    return evidence, companions(clause, own, group) if evidence else []


class Prefixed(dict[str, str]):
    """Names with a prefix before them, by name."""

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self._prefix = prefix

    def __missing__(self, name: str) -> str:
        self[name] = prefixed = f"{self._prefix}{name}"
        return prefixed


RIVALS, SILENT = "rivals", "silent"
"""States of an act that does not name a tag: it names others, or none."""
WITH = Prefixed("with:")


BASE = "base"
"""Counts for each tag as such."""


def core_words(view: View, candidate: Candidate) -> dict[str, None]:
    """Return the words of the act's core, in order: English words, or pairs of Chinese characters."""
    start, (_, end) = candidate.trigger, candidate.clause
    if view.sentence.language is Language.EN:
        words = WORDS.findall(view.folded, start[0], min(end, start[1] + CORE_EN))
    else:
        core = view.folded[start[0] : min(end, start[1] + CORE_ZH)]
        words = [core[i : i + 2] for i in range(len(core) - 1) if is_han(core[i]) and is_han(core[i + 1])]
    return dict.fromkeys(words)


def is_han(character: str) -> bool:
    """Return whether a character is a Han character."""
    return "\u4e00" <= character <= "\u9fff"


def companions(clause: Clause, own: set[str], group: str) -> list[str]:
    """Return what else the act names: tags of its own group, and those of the other one."""
    others = clause.named[INSTRUMENT if group == TECHNOLOGY else TECHNOLOGY]
    return [WITH[tag] for tag in sorted(own | others)] or ["with:nothing"]


WORDS = re.compile(r"[a-z]{4,}")
CORE_EN, CORE_ZH = 200, 40
"""Characters behind the trigger that count as the act's core."""
OWN = frozenset({"aim-strong", "act-strong"})
TELLING = frozenset(
    {"section-strong", "above-strong", "lead-strong", "last-strong", "block-strong", "text-main", "part-main"}
)
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


def around(view: View, topics: Topics, recent: Recent) -> Mapping[str, Surroundings]:
    """Return what the places around the sentence say, by group; read once a sentence."""
    if recent.around is None:
        recent.around = read_around(view, topics, recent)
    return recent.around


def read_around(view: View, topics: Topics, recent: Recent) -> Mapping[str, Surroundings]:
    """Return what the places around the sentence say, by group."""
    names: dict[str, dict[str, list[str]]] = {TECHNOLOGY: {}, INSTRUMENT: {}}
    own, above = topics.sections.get(view.sentence.section, NO_TITLES)
    for place, tags in (
        ("section", own),
        ("above", above),
        ("lead", recent.lead),
        ("last", recent.last if recent.block else ()),
        ("block", recent.block),
        ("title", topics.title),
    ):
        if tags:
            add_place(names, place, tags)
    for group, by_tag in names.items():
        for tag, topic in topics.text_topics[group]:
            by_tag.setdefault(tag, []).append(topic)
        for tag, main in recent.section.topics(group):
            by_tag.setdefault(tag, []).append("part-main" if main else "part-some")
    return {
        group: {tag: (tuple(found), not TELLING.isdisjoint(found)) for tag, found in by_tag.items()}
        for group, by_tag in names.items()
    }


NO_TITLES: tuple[frozenset[Tag], frozenset[Tag]] = (frozenset(), frozenset())


def add_place(names: dict[str, dict[str, list[str]]], place: str, tags: frozenset[Tag] | tuple[()]) -> None:
    """Add the name of a place to each tag that stands there."""
    for found, tag in sorted(tags):
        group, strength = GROUPS[found]
        names[group].setdefault(tag, []).append(f"{place}-{strength}")
