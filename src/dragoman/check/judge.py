"""A case before the rules of a day: the findings, the outcome, and what to ask next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

from dragoman.check.condition import Need
from dragoman.check.pack import Pack
from dragoman.check.precedence import Bench, F, Part, Places, T, U, projected
from dragoman.check.problems import problem
from dragoman.check.reasons import reason, result_words
from dragoman.model import (
    Bilingual,
    Case,
    CheckReport,
    Confidence,
    Finding,
    Force,
    Missing,
    Problem,
    Result,
    Standing,
    Template,
)

ORDER = (Result.NOT_MET, Result.CONFLICT, Result.UNKNOWN, Result.MET, Result.NOT_APPLICABLE)
"""Open items first."""
SURENESS = (Confidence.SEEN, Confidence.SECONDARY, Confidence.UNVERIFIED)
COUNTED_STANDINGS = frozenset({Standing.IN_FORCE, Standing.UNSETTLED})
COUNTED_FORCES = frozenset({Force.MUST, Force.PRESUMPTION})
PAIR = " x "


def check_case(
    case: Case,
    packs: Sequence[Pack],
    as_of: date,
    template: Template | None = None,
    problems: Iterable[Problem] = (),
) -> CheckReport:
    """Return what the rules of some packs say of a case on a day.

    Args:
        case: as read; nothing is assumed for a fact that it does not give.
        packs: that are run, in this order.
        as_of: the day whose law is applied.
        template: kind of the case; gives names to its lists and an order to its facts.
        problems: of the case file, kept in the report.
    """
    parts = tuple(
        Part(pack, ready, version) for pack in packs for ready in pack.rules for version in ready.on(as_of)
    )
    judge = _Judge(Bench(case, as_of, parts), template)
    findings = judge.findings()
    return CheckReport(
        case=case,
        as_of=as_of,
        outcome=outcome_of(findings),
        findings=findings,
        ask=ask_list(findings, judge.rank),
        packs=tuple(f"{pack.name} {pack.version}" for pack in packs),
        not_covered=tuple((pack.name, pack.not_covered) for pack in packs),
        problems=(*problems, *links_not_run(packs)),
    )


class _Judge:
    """Judges each rule on each of its subjects."""

    def __init__(self, bench: Bench, template: Template | None) -> None:
        self.bench = bench
        self.collections = {one.name: one for one in template.collections} if template else {}
        self.order = {name: number for number, name in enumerate(template.facts)} if template else {}
        self.declared: dict[str, int] = {}
        for pack in dict.fromkeys(part.pack for part in bench.parts):
            for name in pack.facts:
                self.declared.setdefault(name, len(self.declared))

    def rank(self, missing: Missing) -> tuple[int, int, str]:
        """Return where a fact stands in the form."""
        last = len(self.order)
        return self.order.get(missing.fact, last), self.declared.get(missing.fact, -1), missing.subject

    def findings(self) -> tuple[Finding, ...]:
        """Return all findings, open items first."""
        judged = [(part, places, finding) for part in self.bench.parts for places, finding in self.of(part)]
        return tuple(sorted(in_conflict(judged), key=lambda one: ORDER.index(one.result)))

    def of(self, part: Part) -> Iterator[tuple[Places, Finding]]:
        """Yield the findings of one rule, with their subjects."""
        each = part.ready.rule.each
        unknown = [name for name in each if name not in self.bench.case.collections]
        if any(name not in unknown and not self.bench.case.collections[name] for name in each):
            return
        if unknown:
            yield (), self.without(part, unknown)
            return
        counts = (range(len(self.bench.case.collections[name])) for name in each)
        for numbers in product(*counts):
            places = tuple(zip(each, numbers, strict=True))
            yield places, self.finding(part, places)

    def without(self, part: Part, unknown: Sequence[str]) -> Finding:
        """Return the finding of a rule whose members the case does not list."""
        applies = self.bench.applies(part, ())
        if applies is F:
            return self.made(part, (), Result.NOT_APPLICABLE, reason("does-not-apply"))
        asked = list(unknown)
        needs = [Need(name) for name in asked]
        if applies is U and part.version.applies:
            needs += [
                need
                for need in part.version.applies.asks(self.bench.session(part.pack, ()))
                if need.fact in part.pack.facts and not part.pack.facts[need.fact].each
            ]
        because = reason("collection-unknown", title=self.title(asked[0]))
        return self.made(part, (), Result.UNKNOWN, because, needs)

    def title(self, collection: str) -> Bilingual:
        """Return the word for a list of the case."""
        known = self.collections.get(collection)
        return known.title if known else Bilingual(collection, collection)

    def finding(self, part: Part, places: Places) -> Finding:
        """Return what a rule says of one subject."""
        bench = self.bench
        if bench.applies(part, places) is F:
            return self.made(part, places, Result.NOT_APPLICABLE, reason("does-not-apply"))
        if bench.displaced(part, places) is T:
            return self.made(part, places, Result.NOT_APPLICABLE, self.by_successor(part, places))
        if bench.excepted(part, places) is T:
            return self.made(part, places, Result.NOT_APPLICABLE, self.by_exception(part, places))
        return self.bearing(part, places)

    def bearing(self, part: Part, places: Places) -> Finding:
        """Return what a rule says that bears on a subject, or may.

        A rule whose requirement is met is met, whatever its unknown exceptions say; not so an exception,
        which relieves nothing where an exception of its own may be met.
        """
        bench = self.bench
        requires = bench.requires(part, places)
        relieved = requires is not T or bool(part.ready.rule.exception_to)
        open_exception = relieved and bench.excepted(part, places) is U
        certain = bench.applies(part, places) is T and bench.displaced(part, places) is F and not open_exception
        if certain and requires is not U:
            return self.made(part, places, Result.MET if requires is T else Result.NOT_MET)
        needs = tuple(bench.needs(part, places, relieved=relieved))
        return self.made(part, places, Result.UNKNOWN, self.why_open(part, places), needs)

    def why_open(self, part: Part, places: Places) -> Bilingual | None:
        """Return why a rule is open beside the facts that are missing."""
        bench = self.bench
        if part.version.requires is None:
            return reason("empty-slot")
        for code, others, truth in (
            ("exception-unsettled", bench.relievers, bench.relieves),
            ("successor-unsettled", bench.successors, bench.bears),
        ):
            for other, at in others(part, places):
                if other.standing is Standing.UNSETTLED is not part.standing and truth(other, at) is T:
                    return reason(code, rule=other.id)
        return None

    def by_exception(self, part: Part, places: Places) -> Bilingual:
        """Return which exception is met."""
        met = next(o for o, at in self.bench.relievers(part, places) if self.bench.relieves(o, at) is T)
        return reason("excepted", rule=met.id)

    def by_successor(self, part: Part, places: Places) -> Bilingual:
        """Return which rule takes this one's place."""
        later = next(o for o, at in self.bench.successors(part, places) if self.bench.bears(o, at) is T)
        return reason("displaced", rule=later.id)

    def made(
        self,
        part: Part,
        places: Places,
        result: Result,
        because: Bilingual | None = None,
        needs: Iterable[Need] = (),
    ) -> Finding:
        """Return a finding with all that a reader must know."""
        rule, version = part.ready.rule, part.version.version
        is_counted = version.standing in COUNTED_STANDINGS and rule.force in COUNTED_FORCES
        return Finding(
            rule=rule.id,
            pack=part.pack.name,
            title=rule.title,
            result=result,
            force=rule.force,
            standing=version.standing,
            confidence=self.confidence(part, places),
            citation=version.citation,
            as_of=version.as_of,
            jurisdiction=rule.jurisdiction,
            counted=is_counted and part.version.requires is not None,
            subject=subject_of(self.bench.case, places),
            url=version.url,
            missing=tuple(self.missing(part, need) for need in dict.fromkeys(needs)),
            trace=tuple(self.bench.steps(part, places)),
            because=because,
            remedy=rule.remedy,
            note=version.note,
        )

    def missing(self, part: Part, need: Need) -> Missing:
        """Return a missing fact with its question."""
        schema = part.pack.vocabulary.schemas.get(need.fact)
        question = schema.question if schema else reason("which", title=self.title(need.fact))
        return Missing(need.fact, need.subject, question)

    def confidence(self, part: Part, places: Places) -> Confidence:
        """Return how sure the rule is, lowered by the tables and groups it was judged with."""
        found = part.version.version.confidence
        if found is SURENESS[-1]:
            return found
        looked_at = [(part, condition, places) for condition in part.version.conditions]
        for other, at in self.bench.relievers(part, places):
            looked_at += [(other, condition, at) for condition in other.version.conditions]
        rows = (
            condition.evidence(self.bench.session(judged.pack, at))
            for judged, condition, at in looked_at
            if condition.tables or condition.groups
        )
        return max((found, *rows), key=SURENESS.index)


def subject_of(case: Case, places: Places) -> str:
    """Return the members in view in words: "items[2] NVIDIA H100 SXM"."""
    names = (
        f"{collection}[{number}] {case.collections[collection][number].name}".strip()
        for collection, number in places
    )
    return PAIR.join(names)


def in_conflict(judged: Sequence[tuple[Part, Places, Finding]]) -> Iterator[Finding]:
    """Yield the findings, those in conflict marked: rules that contradict each other and disagree on a subject."""
    rivals: dict[str, set[str]] = {}
    for part, _, _ in judged:
        for other in part.ready.rule.contradicts:
            rivals.setdefault(part.id, set()).add(other)
            rivals.setdefault(other, set()).add(part.id)
    definite = [one for one in judged if one[2].result in {Result.MET, Result.NOT_MET} and is_law(one[0])]
    for part, places, finding in judged:
        against = next(
            (
                other
                for rival, where, other in definite
                if rival.id in rivals.get(part.id, ()) and is_law(part) and disagree(finding, other, places, where)
            ),
            None,
        )
        if against is None:
            yield finding
        else:
            because = reason("conflict", rule=against.rule, result=result_words(against.result))
            yield replace(finding, result=Result.CONFLICT, because=because)


def is_law(part: Part) -> bool:
    """Return whether a version can be in conflict: law that is in force, or may be."""
    return part.standing in COUNTED_STANDINGS


def disagree(one: Finding, other: Finding, places: Places, where: Places) -> bool:
    """Return whether one finding is met and the other not, on the same subject."""
    if {one.result, other.result} != {Result.MET, Result.NOT_MET}:
        return False
    return (
        projected(places, [name for name, _ in where]) == where
        or projected(where, [name for name, _ in places]) == places
    )


def outcome_of(findings: Iterable[Finding]) -> Result:
    """Return the outcome of a case: the worst of what counts.

    A presumption counts as met whatever it says; a `must` of unsettled standing that is not met counts as unknown.
    """
    found = {weight_of(finding) for finding in findings if finding.counted}
    return next((result for result in ORDER if result in found), Result.NOT_APPLICABLE)


def weight_of(finding: Finding) -> Result:
    """Return what a counted finding means for the outcome."""
    if finding.result is Result.NOT_APPLICABLE:
        return finding.result
    if finding.force is Force.PRESUMPTION:
        return Result.MET
    if finding.result is Result.NOT_MET and finding.standing is Standing.UNSETTLED:
        return Result.UNKNOWN
    return finding.result


def ask_list(findings: Iterable[Finding], rank: Callable[[Missing], tuple[int, int, str]]) -> tuple[Missing, ...]:
    """Return the missing facts of all counted findings, the one that can settle most first.

    A fact weighs, for each open finding, one over the number of facts that the finding waits for.
    """
    weights: dict[tuple[str, str], float] = {}
    asked: dict[tuple[str, str], Missing] = {}
    for finding in findings:
        if not finding.counted:
            continue
        for missing in finding.missing:
            key = (missing.fact, missing.subject)
            asked.setdefault(key, missing)
            weights[key] = weights.get(key, 0.0) + 1 / len(finding.missing)
    return tuple(sorted(asked.values(), key=lambda m: (-weights[m.fact, m.subject], rank(m))))


def links_not_run(packs: Sequence[Pack]) -> Iterator[Problem]:
    """Yield a note for each link to a rule of a pack that is not run."""
    run = {pack.name for pack in packs}
    for pack in packs:
        for ready in pack.rules:
            for key in ("exception_to", "yields_to", "contradicts"):
                for other in getattr(ready.rule, key):
                    name = other.partition("/")[0]
                    if name not in run:
                        yield problem(
                            "rule-not-run",
                            ready.rule.path,
                            ready.rule.line,
                            rule=ready.rule.id,
                            key=key,
                            given=other,
                            pack=name,
                        )
