"""What a passage seems to say of a commitment, and how far delivery seems to be: proposals for a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.lexicon import Matcher, Phrase, fold, load_pack
from dragoman.model import Stage, Stance

PACK = "tracking/cues.yaml"
_BROKEN = frozenset({Stage.REPEALED})
_HELD_UP = frozenset({Stage.SUSPENDED, Stage.OVERTAKEN})


@dataclass(frozen=True, slots=True, eq=False)
class Cues:
    """Words that show stance and stage.

    Attributes:
        stages: finds words of stages; the key is the stage.
        order: stages, the one that counts first.
        plans: finds words that make a plan of what follows within `reach` characters.
        stances: finds words of stances; the key is the stance.
        supporting: stages that support a commitment.
        done: beginnings of an aim's stem, and beginnings of stems that tell of its being done.
    """

    stages: Matcher
    order: tuple[Stage, ...]
    plans: Matcher
    reach: int
    stances: Matcher
    supporting: frozenset[Stage]
    done: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]

    def stage_of(self, sentence: str, about: Sequence[int] = ()) -> Stage | None:
        """Return the stage a sentence tells of; a plan is `PROPOSED`, None where it tells of none.

        Args:
            sentence: the passage.
            about: offsets of what the commitment is about. Of several stages the one told nearest to them
                counts, else the furthest.
        """
        folded = fold(sentence)
        plans = [hit.end for hit in self.plans.find(sentence, folded)]
        told = []
        for hit in self.stages.find(sentence, folded):
            planned = any(0 <= hit.start - end <= self.reach for end in plans)
            stage = Stage.PROPOSED if planned else Stage(hit.phrases[0].key)
            away = min((abs(hit.start - offset) for offset in about), default=0)
            told.append((away, self.order.index(stage), stage))
        return min(told)[2] if told else None

    def stance_of(self, sentence: str, stage: Stage | None, *, later: bool) -> Stance:
        """Return what a sentence seems to say.

        Args:
            sentence: the passage.
            stage: what `stage_of` says of it.
            later: whether the page is younger than the commitment; what is older is context.
        """
        if not later:
            return Stance.CONTEXT
        found = {hit.phrases[0].key for hit in self.stances.find(sentence)}
        if Stance.CONTRADICTS in found or stage in _BROKEN:
            return Stance.CONTRADICTS
        if stage in _HELD_UP:
            return Stance.QUALIFIES
        if stage in self.supporting:
            return Stance.SUPPORTS
        return Stance.QUALIFIES if Stance.QUALIFIES in found or stage else Stance.CONTEXT

    def tells_of(self, aims: Iterable[str], terms: frozenset[str]) -> tuple[str, ...]:
        """Return the words of a passage that tell of an aim's being done."""
        told: list[str] = []
        for beginnings, answers in self.done:
            if any(aim.startswith(beginnings) for aim in aims):
                told += sorted(term for term in terms if term.startswith(answers))
        return tuple(dict.fromkeys(told))


def cues_of(pack: Mapping[str, Any]) -> Cues:
    """Return the cues of a pack."""
    order = tuple(Stage(name) for name in pack["stages"])
    return Cues(
        stages=_matcher(pack["stages"]),
        order=order,
        plans=_matcher({"plan": pack["plans"]}),
        reach=pack["plan_reach"],
        stances=_matcher(pack["stances"]),
        supporting=frozenset(Stage(name) for name in pack["supporting"]),
        done=tuple((tuple(row["aim"]), tuple(row["told"])) for row in pack["done"]),
    )


def _matcher(groups: Mapping[str, Mapping[str, Iterable[str]]]) -> Matcher:
    return Matcher(
        Phrase(str(word), key, key) for key, words in groups.items() for some in words.values() for word in some
    )


@cache
def load_cues() -> Cues:
    """Return the shipped cues. Raises PackFaultError where the pack is wrong."""
    return cues_of(load_pack(PACK))
