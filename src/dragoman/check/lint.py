"""What is wrong with a pack that loads: gaps, rules that never apply, facts nobody asks, old and doubtful law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations, islice

from dragoman.check.context import Context
from dragoman.check.located import Fields
from dragoman.check.pack import Pack, ReadyRule, ReadyVersion
from dragoman.check.problems import problem
from dragoman.check.reach import can_apply, can_remain
from dragoman.check.thresholds import families, gaps, overlaps
from dragoman.model import Confidence, Problem, Standing

FRESH_DAYS = 365
"""Days after which somebody should look at a rule's source again, unless the caller says otherwise."""
MOST_REGIONS = 3
"""Regions named for one family of rules."""


def lint(
    pack: Pack, today: date, fresh_days: int = FRESH_DAYS, others: Iterable[Pack] = ()
) -> tuple[Problem, ...]:
    """Return what should be looked at in a pack, by file and line.

    Args:
        pack: as loaded; its own warnings are among the result.
        today: day on which the law and its age are looked at.
        fresh_days: days for which a rule's `as_of` counts as fresh.
        others: packs whose facts must have other names.
    """
    context = Context(today, pack.groups, pack.tables)
    found = [
        *pack.problems,
        *contradictory_versions(pack),
        *old_law(pack, today, fresh_days),
        *doubtful(pack),
        *never_asked(pack),
        *doubled_facts(pack, others),
        *untested(pack),
        *stray_exceptions(pack),
        *unreachable(pack, context),
        *regions(pack, context),
    ]
    return tuple(sorted(found, key=lambda one: (one.source, one.line or 0, one.code)))


def name_of(ready: ReadyRule) -> str:
    """Return the id of a rule without its pack."""
    return ready.rule.id.partition("/")[2]


def note(code: str, ready: ReadyRule, line: int | None = None, **values: object) -> Problem:
    """Return a problem of a rule."""
    return problem(code, ready.rule.path, line or ready.rule.line, rule=name_of(ready), **values)


def contradictory_versions(pack: Pack) -> Iterator[Problem]:
    """Yield versions of one standing that hold on the same day."""
    for ready in pack.rules:
        for one, other in combinations(ready.versions, 2):
            if one.version.standing is other.version.standing and share_days(one, other):
                day = max(one.version.since or date.min, other.version.since or date.min)
                yield note(
                    "contradictory-versions", ready, other.line, standing=one.version.standing.value, day=day
                )


def share_days(one: ReadyVersion, other: ReadyVersion) -> bool:
    """Return whether two versions hold on a common day."""
    start = max(one.version.since or date.min, other.version.since or date.min)
    end = min(one.version.until or date.max, other.version.until or date.max)
    return start <= end


def old_law(pack: Pack, today: date, fresh_days: int) -> Iterator[Problem]:
    """Yield rules whose source was looked at too long ago, or that have ended without a successor."""
    limit = today - timedelta(days=fresh_days)
    for ready in pack.rules:
        current = ready.on(today)
        for version in current:
            if version.version.as_of < limit:
                yield note("stale-rule", ready, version.line, as_of=version.version.as_of, days=fresh_days)
        ends = [version.version.until for version in ready.versions]
        future = any(version.version.since and version.version.since > today for version in ready.versions)
        if not current and not future and ends and all(ends):
            yield note("lapsed-rule", ready, until=max(end for end in ends if end))


def doubtful(pack: Pack) -> Iterator[Problem]:
    """Yield rules that are not verified, and slots that nobody could fill."""
    for ready in pack.rules:
        for version in ready.versions:
            if version.requires is None:
                yield note("empty-slot", ready, version.line)
            elif version.version.confidence is Confidence.UNVERIFIED:
                yield note("unverified-rule", ready, version.line)


def never_asked(pack: Pack) -> Iterator[Problem]:
    """Yield facts of the pack that no rule rests on."""
    used = set(pack.used())
    for name, line in pack.own.items():
        if name not in used:
            yield problem("fact-never-asked", f"{pack.path}/facts.yaml", line, fact=name)


def doubled_facts(pack: Pack, others: Iterable[Pack]) -> Iterator[Problem]:
    """Yield facts that another pack has as well."""
    for other in others:
        for name in pack.own:
            if other.name != pack.name and name in other.own:
                source = f"{pack.path}/facts.yaml"
                yield problem("fact-of-two-packs", source, pack.own[name], fact=name, other=other.name)


def untested(pack: Pack) -> Iterator[Problem]:
    """Yield rules that no test of the pack names."""
    named = {
        name.split(" (")[0].split(" @ ")[0].rpartition("/")[2]
        for case in pack.cases
        for name in expected(case.node)
    }
    for ready in pack.rules:
        if name_of(ready) not in named:
            yield note("untested-rule", ready)


def expected(node: Fields) -> Iterator[str]:
    """Yield the findings that a test names."""
    expect = node.get("expect")
    for key in ("findings", "missing"):
        inner = expect.get(key) if isinstance(expect, Fields) else None
        if isinstance(inner, Fields):
            yield from (entry.key for entry in inner.entries)


def stray_exceptions(pack: Pack) -> Iterator[Problem]:
    """Yield exceptions that never hold on a day of their rule."""
    known = {ready.rule.id: ready for ready in pack.rules}
    for ready in pack.rules:
        for other in ready.rule.exception_to:
            base = known.get(other)
            if base and not any(share_days(a, b) for a in ready.versions for b in base.versions):
                yield note("exception-without-base", ready, given=name_of(base))


def unreachable(pack: Pack, context: Context) -> Iterator[Problem]:
    """Yield rules that can bear on no case: by their own condition, or because others always take it from them."""
    by_id = {ready.rule.id: ready for ready in pack.rules}
    for ready in pack.rules:
        for version in ready.on(context.as_of):
            if not can_apply(pack, context, version):
                yield note("unreachable-rule", ready, version.line, applies=version.version.applies)
            elif not is_left_something(pack, context, ready, version, by_id):
                yield note("masked-rule", ready, version.line)


def is_left_something(
    pack: Pack, context: Context, ready: ReadyRule, version: ReadyVersion, by_id: Mapping[str, ReadyRule]
) -> bool:
    """Return whether exceptions and later rules leave a rule a case."""
    exceptions = in_force(
        (other for other in pack.rules if ready.rule.id in other.rule.exception_to), context.as_of
    )
    later = in_force((by_id[name] for name in ready.rule.yields_to if name in by_id), context.as_of)
    return not (exceptions or later) or can_remain(pack, context, version, exceptions, later)


def in_force(rules: Iterable[ReadyRule], day: date) -> list[ReadyVersion]:
    """Return the versions of rules that are in force on a day."""
    return [v for ready in rules for v in ready.on(day) if v.version.standing is Standing.IN_FORCE]


def regions(pack: Pack, context: Context) -> Iterator[Problem]:
    """Yield gaps and overlaps between thresholds."""
    for family in families(pack, context):
        names = ", ".join(name_of(ready) for ready, _ in family.rules)
        first = family.rules[0][0]
        for region in islice(gaps(pack, family, context), MOST_REGIONS):
            yield note("threshold-gap", first, rules=names, region=region.words)
        for region in islice(overlaps(pack, family, context), MOST_REGIONS):
            one, other = region.rules
            yield note("threshold-overlap", one, other=name_of(other), region=region.words)
