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
from dragoman.extract.topics import Recent, Tag, Topics
from dragoman.extract.view import View
from dragoman.extract.weights import WORD
from dragoman.lexicon import Hit
from dragoman.lexicon.tags import WEAK
from dragoman.model import Language

TECHNOLOGY, INSTRUMENT = "technology", "instrument"


class Evidence(NamedTuple):
    """What speaks for one tag of one provision.

    Attributes:
        features: names of the places its terms stand in.
        tagged: names that count together with the tag: its places and terms, what else the act names, its words.
        hit: the term in the sentence or stem that says it most plainly, None where only the surroundings do.
        term: its spelling in the lexicon, or the name of the place.
    """

    features: tuple[str, ...]
    tagged: tuple[str, ...]
    hit: Hit | None
    term: str


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
        words: the words of the act's core, as word features.
        rest: its kind and the voice of its document.
    """

    traces: Mapping[str, dict[str, Traces]]
    named: Mapping[str, set[str]]
    words: Mapping[str, None]
    rest: tuple[str, str]


def evidence_of(view: View, candidate: Candidate, topics: Topics, recent: Recent, group: str) -> dict[str, Evidence]:
    """Return the evidence for each tag of a group that has any; `group` is "technology" or "instrument"."""
    return evidence_in(clause_of(view, candidate, topics), around(view, topics, recent)[group], group)


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
    return Clause(traces, named, core_words(view, candidate), (candidate.kind.value, topics.voice))


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


def evidence_in(
    clause: Clause, surroundings: Surroundings, group: str, known: frozenset[str] | None = None
) -> dict[str, Evidence]:
    """Return the evidence for each tag of a group that has any.

    Args:
        clause: what is read of the clause; its traces of the group are used up.
        surroundings: what the places around its sentence say of each tag of the group.
        group: of tags.
        known: the names that count together with a tag in any weight; None (the trainer) keeps them all.
    """
    found = clause.traces[group]
    own = {tag for tag, traces in found.items() if not OWN.isdisjoint(traces.names)}
    for tag, (names, telling) in surroundings.items():
        if tag in found:
            found[tag].names.extend(names)
        elif telling:
            found[tag] = Traces(names, [], term=names[0])
    if not found:
        return {}
    company: tuple[str, ...] = (*companions(clause, own, group), *clause.words, *clause.rest, BASE)
    if known is not None:
        company = tuple([name for name in company if name in known])
    state = RIVALS if own else SILENT
    return {tag: summed(traces, company, None if tag in own else state) for tag, traces in found.items()}


class Prefixed(dict[str, str]):
    """Names with a prefix before them, by name."""

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self._prefix = prefix

    def __missing__(self, name: str) -> str:
        self[name] = prefixed = f"{self._prefix}{name}"
        return prefixed


RIVALS, SILENT = Prefixed("rivals:"), Prefixed("silent:")
"""Names of places for an act that does not name the tag: where it names others, and where it names none."""
WITH = Prefixed("with:")


def summed(traces: Traces, company: tuple[str, ...], state: Prefixed | None) -> Evidence:
    """Return the evidence of one tag: its traces, with the state of the act where the act does not name it."""
    names = tuple(dict.fromkeys(traces.names))
    features = names if state is None else (*names, *[state[name] for name in names])
    return Evidence(features, (*dict.fromkeys(traces.tagged), *company), traces.hit, traces.term)


BASE = "base"
"""Counts for each tag as such."""


def core_words(view: View, candidate: Candidate) -> dict[str, None]:
    """Return the words of the act's core as features, in order: English words, or pairs of Chinese characters."""
    start, (_, end) = candidate.trigger, candidate.clause
    if view.sentence.language is Language.EN:
        words = WORDS.findall(view.folded, start[0], min(end, start[1] + CORE_EN))
    else:
        core = view.folded[start[0] : min(end, start[1] + CORE_ZH)]
        words = [core[i : i + 2] for i in range(len(core) - 1) if is_han(core[i]) and is_han(core[i + 1])]
    return dict.fromkeys([WORD + word for word in words])


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


Surroundings = Mapping[str, tuple[list[str], bool]]
"""Per tag the names of the places around a sentence that speak of it, and whether one of them tells it alone."""


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
        add_place(names, place, tags)
    for group, by_tag in names.items():
        for tag, topic in topics.text_topics[group]:
            by_tag.setdefault(tag, []).append(topic)
        for tag, main in recent.section.topics(group):
            by_tag.setdefault(tag, []).append("part-main" if main else "part-some")
    return {
        group: {tag: (found, not TELLING.isdisjoint(found)) for tag, found in by_tag.items()}
        for group, by_tag in names.items()
    }


NO_TITLES: tuple[frozenset[Tag], frozenset[Tag]] = (frozenset(), frozenset())


def add_place(names: dict[str, dict[str, list[str]]], place: str, tags: frozenset[Tag] | tuple[()]) -> None:
    """Add the name of a place to each tag that stands there."""
    for found, tag in sorted(tags):
        group, strength = GROUPS[found]
        names[group].setdefault(tag, []).append(f"{place}-{strength}")
