"""Many cases before the rules of a day at once: results as arrays, one pass a comparison.

The same precedence as in `dragoman.check.precedence`, over columns: false is 0, unknown 1, true 2, so that `and`
is the lesser and `or` the greater of two. Kleene's logic alone is used here; the check of a single case may know
more, where it tries out the values of a missing fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import product

import numpy as np
import numpy.typing as npt

from dragoman.check.columns import Batch
from dragoman.check.condition import Condition
from dragoman.check.context import Context
from dragoman.check.judge import COUNTED_FORCES, COUNTED_STANDINGS, is_law, subject_of
from dragoman.check.pack import Pack
from dragoman.check.precedence import DECIDING, Part, Places
from dragoman.check.session import Session
from dragoman.model import Case, Facts, Force, Member, Result, Standing

Levels = npt.NDArray[np.int8]
"""0 false, 1 unknown, 2 true."""
Numbers = npt.NDArray[np.int64]
Each = tuple[str, ...]

RESULTS = (Result.NOT_MET, Result.CONFLICT, Result.UNKNOWN, Result.MET, Result.NOT_APPLICABLE)
NOT_MET, CONFLICT, UNKNOWN, MET, ASIDE = range(5)
"""Places in `RESULTS`; the lesser is the worse."""


@dataclass(frozen=True, slots=True)
class Subjects:
    """What rules of one kind are asked of: the cases, or the members of one or two lists of each.

    Attributes:
        cases: number of the case of each subject.
        places: member in view of each subject.
        unlisted: whether the case does not say which members there are; such a case is one subject.
        facts, lists: known facts and lists of each subject.
        index: number of each subject by case and member.
    """

    cases: Numbers
    places: tuple[Places, ...]
    unlisted: npt.NDArray[np.bool_]
    facts: tuple[Facts, ...]
    lists: tuple[dict[str, tuple[Member, ...]], ...]
    index: dict[tuple[int, Places], int]


def subjects_of(cases: Sequence[Case], each: Each) -> Subjects:
    """Return what rules over some lists are asked of."""
    found: list[tuple[int, Places, bool]] = []
    for number, case in enumerate(cases):
        if any(name in case.collections and not case.collections[name] for name in each):
            continue
        if any(name not in case.collections for name in each):
            found.append((number, (), True))
            continue
        counts = (range(len(case.collections[name])) for name in each)
        found += [(number, tuple(zip(each, numbers, strict=True)), False) for numbers in product(*counts)]
    return Subjects(
        cases=np.array([number for number, _, _ in found], dtype=np.int64),
        places=tuple(places for _, places, _ in found),
        unlisted=np.array([unlisted for _, _, unlisted in found], dtype=np.bool_),
        facts=tuple(facts_of(cases[number], places) for number, places, _ in found),
        lists=tuple(dict(cases[number].collections) for number, _, _ in found),
        index={(number, places): place for place, (number, places, _) in enumerate(found)},
    )


def facts_of(case: Case, places: Places) -> Facts:
    """Return the facts in view; a member's stand over the case's."""
    inner = [case.collections[name][number].facts for name, number in places]
    return dict(reduce(lambda one, other: {**one, **other}, inner, dict(case.facts))) if inner else case.facts


@dataclass(frozen=True, slots=True)
class Verdict:
    """The results of one version of a rule.

    Attributes:
        part: the version.
        subjects: what it was asked of.
        results: places in `RESULTS`, one a subject.
    """

    part: Part
    subjects: Subjects
    results: Levels

    @property
    def is_counted(self) -> bool:
        """Return whether it bears on the outcome."""
        rule, standing = self.part.ready.rule, self.part.standing
        is_slot = self.part.version.requires is None
        return standing in COUNTED_STANDINGS and rule.force in COUNTED_FORCES and not is_slot

    def weights(self) -> Levels:
        """Return what the results mean for the outcome, see `dragoman.check.judge.weight_of`."""
        results = self.results
        if self.part.ready.rule.force is Force.PRESUMPTION:
            return np.where(results == ASIDE, ASIDE, MET).astype(np.int8)
        if self.part.standing is Standing.UNSETTLED:
            return np.where(results == NOT_MET, UNKNOWN, results).astype(np.int8)
        return results


class Panes:
    """Some cases of one kind before the rules of some packs on a day."""

    def __init__(self, cases: Sequence[Case], packs: Sequence[Pack], as_of: date) -> None:
        self.cases = cases
        self.as_of = as_of
        self.parts = tuple(
            Part(pack, ready, version) for pack in packs for ready in pack.rules for version in ready.on(as_of)
        )
        self._by_rule: dict[str, list[Part]] = {}
        self._exceptions: dict[str, list[str]] = {}
        for part in self.parts:
            self._by_rule.setdefault(part.id, []).append(part)
            for other in part.ready.rule.exception_to:
                self._exceptions.setdefault(other, []).append(part.id)
        self._subjects: dict[Each, Subjects] = {}
        self._batches: dict[tuple[str, Each], Batch] = {}
        self._bearing: dict[int, Levels] = {}

    def subjects(self, each: Each) -> Subjects:
        """Return what rules over some lists are asked of."""
        if each not in self._subjects:
            self._subjects[each] = subjects_of(self.cases, each)
        return self._subjects[each]

    def verdicts(self) -> list[Verdict]:
        """Return the results of all rules."""
        found = [Verdict(part, self.subjects(part.ready.rule.each), self._results(part)) for part in self.parts]
        conflicts = [pair for one, other in self._rivals(found) for pair in disagreeing(one, other)]
        for verdict, number in conflicts:
            verdict.results[number] = CONFLICT
        return found

    def outcomes(self, verdicts: Iterable[Verdict]) -> list[Result]:
        """Return the outcome of each case."""
        worst = np.full(len(self.cases), ASIDE, dtype=np.int8)
        for verdict in verdicts:
            if verdict.is_counted and len(verdict.results):
                np.minimum.at(worst, verdict.subjects.cases, verdict.weights())
        return [RESULTS[number] for number in worst]

    # ---- conditions ----

    def _level(self, part: Part, condition: Condition | None) -> Levels:
        subjects = self.subjects(part.ready.rule.each)
        if condition is None:
            return np.full(len(subjects.facts), 2, dtype=np.int8)
        if not subjects.facts:
            return np.zeros(0, dtype=np.int8)
        truths = self._batch(part).truths([condition])[0]
        return np.where(truths < 0, 1, truths * 2).astype(np.int8)

    def _batch(self, part: Part) -> Batch:
        key = (part.pack.name, part.ready.rule.each)
        if key not in self._batches:
            subjects = self.subjects(part.ready.rule.each)
            context = Context(self.as_of, part.pack.groups, part.pack.tables)

            def open_session(number: int) -> Session:
                case = self.cases[subjects.cases[number]]
                session = part.pack.vocabulary.session(case.facts, context, subjects.lists[number])
                return reduce(lambda inner, place: inner.member(*place), subjects.places[number], session)

            self._batches[key] = Batch(part.pack.vocabulary, subjects.facts, context, subjects.lists, open_session)
        return self._batches[key]

    def _requires(self, part: Part) -> Levels:
        if part.version.requires is None:
            return np.ones(len(self.subjects(part.ready.rule.each).facts), dtype=np.int8)
        return self._level(part, part.version.requires)

    # ---- precedence ----

    def _bears(self, part: Part) -> Levels:
        if id(part) not in self._bearing:
            applies = self._level(part, part.version.applies)
            levels = (applies, 2 - self._displaced(part), 2 - self._excepted(part))
            self._bearing[id(part)] = reduce(np.minimum, levels)
        return self._bearing[id(part)]

    def _displaced(self, part: Part) -> Levels:
        return self._any(part, part.ready.rule.yields_to, self._bears)

    def _excepted(self, part: Part) -> Levels:
        return self._any(part, self._exceptions.get(part.id, ()), self._relieves)

    def _relieves(self, part: Part) -> Levels:
        return np.minimum(self._bears(part), self._requires(part))

    def _any(self, part: Part, names: Iterable[str], judged: Callable[[Part], Levels]) -> Levels:
        """Return whether one of some other rules holds on a part's subjects."""
        found = np.zeros(len(self.subjects(part.ready.rule.each).facts), dtype=np.int8)
        for other in (other for name in names for other in self._by_rule.get(name, ())):
            if other.standing not in DECIDING and other.standing is not part.standing:
                continue
            levels = self._seen_from(part, other, judged(other))
            if other.standing is Standing.UNSETTLED is not part.standing:
                levels = np.minimum(levels, 1)
            found = np.maximum(found, levels)
        return found

    def _seen_from(self, part: Part, other: Part, levels: Levels) -> Levels:
        """Return the levels of another rule for a part's subjects; unknown where they have no counterpart."""
        padded = np.append(levels, np.int8(1))
        return padded[self._counterparts(part, other)]

    def _counterparts(self, part: Part, other: Part) -> Numbers:
        """Return the number of the other rule's subject for each of a part's; the last where there is none."""
        mine, theirs = self.subjects(part.ready.rule.each), self.subjects(other.ready.rule.each)
        names = other.ready.rule.each
        last = len(theirs.facts)
        keys = (
            (case, tuple((name, dict(places)[name]) for name in names) if places or not names else None)
            for case, places in zip(mine.cases.tolist(), mine.places, strict=True)
        )
        return np.array([theirs.index.get(key, last) for key in keys], dtype=np.int64)  # type: ignore[arg-type]

    # ---- results ----

    def _results(self, part: Part) -> Levels:
        subjects = self.subjects(part.ready.rule.each)
        applies, requires = self._level(part, part.version.applies), self._requires(part)
        displaced, excepted = self._displaced(part), self._excepted(part)
        matters = (requires != 2) | bool(part.ready.rule.exception_to)  # noqa: PLR2004 - true
        sure = (applies == 2) & (displaced == 0) & ~((excepted == 1) & matters)  # noqa: PLR2004
        results = np.full(len(subjects.facts), UNKNOWN, dtype=np.int8)
        results[sure & (requires == 2)] = MET  # noqa: PLR2004
        results[sure & (requires == 0)] = NOT_MET
        results[(displaced == 2) | (excepted == 2)] = ASIDE  # noqa: PLR2004
        results[subjects.unlisted] = UNKNOWN
        results[applies == 0] = ASIDE
        return results

    def _rivals(self, verdicts: Sequence[Verdict]) -> Iterator[tuple[Verdict, Verdict]]:
        """Yield pairs of rules that contradict each other."""
        for one in verdicts:
            for other in verdicts:
                if other.part.id in one.part.ready.rule.contradicts and is_law(one.part) and is_law(other.part):
                    yield one, other


def disagreeing(one: Verdict, other: Verdict) -> Iterator[tuple[Verdict, int]]:
    """Yield the findings of two rules that disagree on a subject: one is met and the other is not."""
    by_case: dict[int, list[int]] = {}
    for number, case in enumerate(other.subjects.cases.tolist()):
        by_case.setdefault(case, []).append(number)
    for mine, (case, places) in enumerate(zip(one.subjects.cases.tolist(), one.subjects.places, strict=True)):
        for theirs in by_case.get(case, ()):
            around = other.subjects.places[theirs]
            same = set(around) <= set(places) or set(places) <= set(around)
            if same and {int(one.results[mine]), int(other.results[theirs])} == {MET, NOT_MET}:
                yield one, mine
                yield other, theirs


def findings(verdict: Verdict, cases: Sequence[Case]) -> Iterator[tuple[int, str, Result]]:
    """Yield number of the case, subject and result of each finding."""
    for number, places, result in zip(
        verdict.subjects.cases.tolist(), verdict.subjects.places, verdict.results.tolist(), strict=True
    ):
        yield number, subject_of(cases[number], places), RESULTS[result]
