"""Why a provision may carry a tag: where the tag's terms stand, in the clause and around it.

Every place is a feature; the weights (data/weights/) say how much each counts. The same features serve the
trainer and the extractor.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dragoman.extract.candidate import Candidate
from dragoman.extract.topics import DOMINANT, PRESENT, Recent, Tag, Topics, shares, tags_of
from dragoman.extract.view import View
from dragoman.lexicon import Hit
from dragoman.lexicon.tags import WEAK


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one tag of one provision.

    Attributes:
        features: names of the places and terms.
        hit: the term in the sentence or stem that says it most plainly, None where only the surroundings do.
        term: its spelling in the lexicon, or the name of the place.
    """

    features: tuple[str, ...]
    hit: Hit | None
    term: str


def evidence_of(
    view: View, candidate: Candidate, topics: Topics, recent: Recent, group: str
) -> dict[str, Evidence]:
    """Return the evidence for each tag of a group that has any."""
    places = {**around(view, topics, recent, group)}
    found: dict[str, list[str]] = {}
    hits: dict[str, tuple[int, Hit, str]] = {}
    for hit, place in placed(view, candidate):
        for phrase in hit.phrases:
            strength = strength_of(phrase.group, group)
            if strength is None:
                continue
            found.setdefault(phrase.key, []).extend(
                (
                    f"{place}-{strength}",
                    f"{phrase.key}|{place}-{strength}",
                    f"{phrase.key}|{phrase.text}|{near(place)}",
                )
            )
            rank = RANKS[place] + (strength == "weak") * len(RANKS)
            if phrase.key not in hits or rank < hits[phrase.key][0]:
                hits[phrase.key] = (rank, hit, phrase.text)
    own = {tag for tag, names in found.items() if any(name in OWN for name in names)}
    for tag, names in places.items():
        if tag in found or any(name in TELLING for name in names):
            found.setdefault(tag, []).extend(names)
    state = "rivals" if own else "silent"
    evidence = {}
    for tag, names in found.items():
        surely = () if tag in own else tuple(f"{state}:{name}" for name in names if "|" not in name)
        best = hits.get(tag)
        features = (
            *dict.fromkeys(names),
            *dict.fromkeys(surely),
            f"tag:{tag}",
            f"tag:{tag}|{candidate.kind.value}",
        )
        evidence[tag] = Evidence(features, best[1] if best else None, best[2] if best else names[0])
    return evidence


OWN = frozenset({"aim-strong", "act-strong"})
TELLING = frozenset(
    {"section-strong", "above-strong", "lead-strong", "last-strong", "block-strong", "text-main", "part-main"}
)
RANKS = {"aim": 0, "act": 1, "before": 2, "stem": 3, "rest": 4}
"""Places of a term, the most telling first."""
AIM_LENGTH = 60
"""Characters from the trigger on that count as the act's core where the grammar gave no aim."""


def strength_of(found: str, group: str) -> str | None:
    """Return "strong" or "weak" for a phrase's group, None for another group."""
    if found == group:
        return "strong"
    return "weak" if found == group + WEAK else None


def near(place: str) -> str:
    """Return whether a place is in the act itself or around it."""
    return "in" if place in {"aim", "act"} else "by"


def placed(view: View, candidate: Candidate) -> Iterator[tuple[Hit, str]]:
    """Yield the terms of the sentence and its stem with the place each stands in."""
    start, end = candidate.clause
    aim_start, aim_end = candidate.aim or (candidate.trigger[1], candidate.trigger[1] + AIM_LENGTH)
    for hit in view.terms:
        if not start <= hit.start < end:
            yield hit, "rest"
        elif aim_start <= hit.start < aim_end:
            yield hit, "aim"
        elif hit.start >= min(candidate.trigger[0], aim_start):
            yield hit, "act"
        else:
            yield hit, "before"
    if view.stem is not None:
        for hit in view.stem.terms:
            yield hit, "stem"


def around(view: View, topics: Topics, recent: Recent, group: str) -> Mapping[str, list[str]]:
    """Return per tag the features of what stands around the sentence."""
    own, above = topics.sections.get(view.sentence.section, (frozenset(), frozenset()))
    names: dict[str, list[str]] = {}
    for place, tags in (
        ("section", own),
        ("above", above),
        ("lead", recent.lead),
        ("last", recent.last if recent.block else frozenset()),
        ("block", recent.block),
        ("title", topics.title),
    ):
        for tag in sorted(tags):
            add(names, tag, place, group)
    for place, counts in (("text", recent.text), ("part", recent.section)):
        for tag, share in shares(counts).items():
            if tag[0] == group and share >= PRESENT:
                names.setdefault(tag[1], []).append(f"{place}-{'main' if share >= DOMINANT else 'some'}")
    return names


def add(names: dict[str, list[str]], tag: Tag, place: str, group: str) -> None:
    """Note a place for a tag of the group, strong or weak."""
    strength = strength_of(tag[0], group)
    if strength:
        names.setdefault(tag[1], []).append(f"{place}-{strength}")


__all__ = ["Evidence", "evidence_of", "tags_of"]
