"""The readings of a sentence: its finds with subject, kind, force and what speaks against them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman.extract.context import Voice
from dragoman.extract.zh.bearers import bound_of, subject_of
from dragoman.extract.zh.clauses import Parsed
from dragoman.extract.zh.features import features_of
from dragoman.extract.zh.forces import EXPLORATORY, FIRM, INTENDED, force_of, is_weak
from dragoman.extract.zh.kinds import is_refused, kind_of
from dragoman.extract.zh.measures import is_dated, is_legal, is_precise
from dragoman.extract.zh.places import ATTRIBUTE
from dragoman.extract.zh.rulings import handed_over
from dragoman.extract.zh.screens import doubts_of
from dragoman.extract.zh.setting import Setting
from dragoman.extract.zh.speakers import speaker_of, types_in
from dragoman.extract.zh.statutes import indicatives_in
from dragoman.extract.zh.stems import is_stem, items_are_acts, names_things
from dragoman.extract.zh.subjects import Subject, agent_in, carried_subject, phrase_after, subject_before
from dragoman.extract.zh.tables import load_tables
from dragoman.extract.zh.triggers import MEASURES, Find, finds_in
from dragoman.model import Kind

TOPIC_SEGMENTS = 2
"""The topic of a sentence stands in one of its first so many segments."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A find that is judged: what it becomes a candidate of.

    Attributes:
        found, subject: the predicate and who bears it.
        kind, force: of the provision.
        features, doubts: names of what was noticed, and of what speaks against it.
    """

    found: Find
    subject: Subject | None
    kind: Kind
    force: int
    features: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    @property
    def who(self) -> str | None:
        """The subject's words, None without a subject."""
        return self.found.parsed.words(*self.subject.span) if self.subject else None


def readings_of(parsed: Parsed, setting: Setting) -> list[Reading]:
    """Return the readings of a sentence: its triggers and measures, and what a law states without a modal."""
    return readings_from(parsed, opening_finds(parsed, setting), setting)


def readings_from(parsed: Parsed, finds: Sequence[Find] | None, setting: Setting) -> list[Reading]:
    """Return the readings that the finds of a sentence make."""
    readings: list[Reading] = []
    for found in finds or ():
        readings += read(found, readings, setting)
    if setting.statute and finds is not None:
        taken = [reading.found for reading in readings]
        for found, bearer in indicatives_in(parsed, taken, setting):
            readings.append(reading_of(found, bearer, setting))
    if setting.voice is Voice.REPORT and finds is not None:
        taken = [reading.found for reading in readings]
        readings += [reading_of(found, agent, setting) for found, agent in handed_over(parsed, taken, setting)]
    return sorted(readings, key=lambda reading: reading.found.span)


def opening_finds(parsed: Parsed, setting: Setting) -> list[Find] | None:
    """Return the finds that hold an act besides introducing a list; None for a stem of a law that holds none."""
    finds = list(finds_in(parsed))
    if not is_stem(parsed):
        return finds
    if not (setting.statute and items_are_acts(parsed, setting)):
        return [found for found in finds if not only_introduces(found, setting)]
    return [found for found in finds if not is_opening(found, setting)] or None


def read(found: Find, before: Sequence[Reading], setting: Setting) -> Iterator[Reading]:
    """Yield the reading of a find, if it is not refused and no part of an earlier one."""
    if found.kind_of == "weak":
        second = found.again or goes_on(found) or is_bare_second(found, before)
        yield from explored(found, before) if second else encouraged(found, before, setting)
        return
    subject = subject_of(found, setting)
    if not is_refused(found, subject, setting) and not is_governed(found, before):
        yield reading_of(found, subject, setting)


def reading_of(found: Find, subject: Subject | None, setting: Setting) -> Reading:
    """Return the reading of a find."""
    kind = kind_of(found, subject, setting)
    legal = kind is Kind.MEASURE and is_legal(found, setting)
    features = features_of(found, subject, kind, setting)
    doubts = tuple(doubts_of(found, subject, setting))
    return Reading(found, subject, kind, force_of(found, kind, legal=legal), features, doubts)


def goes_on(found: Find) -> bool:
    """Return whether a find's segment starts with 并 and goes on with the sentence."""
    first = found.segment.tokens[0]
    return first.role == "coordinator" and first.start == found.segment.start and found.number > 0


def is_bare_second(found: Find, before: Sequence[Reading]) -> bool:
    """Return whether what is explored starts the segment after the one of a pledge ("双方同意…，探讨共建…")."""
    last = before[-1].found if before else None
    if last is None or last.kind_of not in {"pledge", "future"} or found.number != last.number + 1:
        return False
    if last.text == "致力于" or found.text not in EXPLORING:
        return False
    return found.token.start == found.segment.start and not ended_between(last, found)


EXPLORING = ("探讨", "探索", "考虑", "研究探讨", "共同探讨")
"""Verbs of what is only explored that are verbs wherever they stand."""


def explored(found: Find, before: Sequence[Reading]) -> Iterator[Reading]:
    """Yield what is only explored after a firm act of the same subject ("将…，并考虑…")."""
    firm = [reading for reading in before if reading.kind in {Kind.COMMITMENT, Kind.RECOMMENDATION}]
    if firm and firm[-1].force > EXPLORATORY:
        features = ("rule:weak-second", *firm[-1].features)
        yield replace(firm[-1], found=found, force=EXPLORATORY, features=features)


def encouraged(found: Find, before: Sequence[Reading], setting: Setting) -> Iterator[Reading]:
    """Yield what the parties of a declaration encourage or explore, without any other trigger."""
    subject = subject_before(found.parsed, found.segment, found.span[0])
    if setting.voice is Voice.REPORT and is_considered(found, subject, setting):
        features = features_of(found, subject, Kind.COMMITMENT, setting)
        yield Reading(found, subject, Kind.COMMITMENT, EXPLORATORY, features)
    if setting.voice is Voice.ORDER and not setting.statute and subject is None and not before:
        yield from invited(found, setting)
    told = setting.voice is Voice.REPORT and setting.release
    if told and subject is not None and subject.acts and speaker_of(found, setting) is not None:
        yield from invited(found, setting)
    if setting.voice is not Voice.JOINT:
        return
    if subject is None and before and before[-1].found.kind_of == "weak":
        subject = carried_subject(found.parsed, found.number)
    if subject is not None and subject.type in {"authors", "named"}:
        kind = Kind.RECOMMENDATION if found.text == ENCOURAGE else Kind.COMMITMENT
        yield Reading(found, subject, kind, EXPLORATORY, features_of(found, subject, kind, setting))


def invited(found: Find, setting: Setting) -> Iterator[Reading]:
    """Yield what an order, or somebody in news, encourages somebody to do ("鼓励工作组听取意见")."""
    span = phrase_after(found.parsed, found.segment, found.span[1])
    if found.text != ENCOURAGE or span is None:
        return
    asked = Subject(span, "named", "object")
    features = features_of(found, asked, Kind.RECOMMENDATION, setting)
    yield Reading(found, asked, Kind.RECOMMENDATION, EXPLORATORY, features)


ENCOURAGE = "鼓励"
LEADING = ("verb", "preposition", "adverb")
"""Roles of words that may open what is considered."""


def is_considered(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a report tells that somebody known considers an act ("经济产业省考虑以…方式入股")."""
    after = found.segment.tokens[found.index + 1 : found.index + 2]
    leads = any(
        token.start == found.span[1] and (token.role in LEADING or token.data.get("class") == "future")
        for token in after
    )
    if not leads or subject is None or not found.text.endswith(setting.tables.considering):
        return False
    known = bool(types_in(found.parsed, subject, setting))
    return known or found.parsed.words(*subject.span).endswith(setting.tables.authorities)


def is_governed(found: Find, before: Sequence[Reading]) -> bool:
    """Return whether a find belongs to an earlier trigger of its sentence.

    A bare verb in a later segment without a subject of its own goes on with the act of the trigger before it;
    nothing after a disclaimer counts.
    """
    readings = [reading for reading in before if not ended_between(reading.found, found)]
    part = [reading.found for reading in readings if reading.found.kind_of != "disclaim" or not reading.doubts]
    predicted = found.kind_of in MEASURES and not found.done and is_predicted(found)
    if predicted or any(earlier.kind_of == "disclaim" for earlier in part):
        return True
    if not part:
        return False
    last = part[-1]
    if (
        is_striven(found, before[-1])
        or is_charged(found, last)
        or any(one.kind_of in {"duty", "allow"} and is_content(found, one) for one in part)
    ):
        return True
    if found.kind_of not in MEASURES or found.done:
        return False
    if last.token.role != "trigger" or last.kind_of in {"announce", "launch"}:
        return False
    own = subject_before(found.parsed, found.segment, bound_of(found))
    return own is None or own.type == "activity" or found.number == last.number


def is_striven(found: Find, before: Reading) -> bool:
    """Return whether 争取 goes on with advice ("中国可采取…政策，争取…")."""
    advised = before.kind is Kind.RECOMMENDATION and before.found.kind_of != "intend"
    leads = all(token.role == "adverb" for token in found.segment.tokens[: found.index])
    return advised and found.text in STRIVING and leads and bound_of(found) == found.segment.start


STRIVING = ("争取", "力争", "力求")


def is_charged(found: Find, last: Find) -> bool:
    """Return whether 负责 or 不得 opens a segment and goes on with an earlier act ("将指定协调人，负责跟进")."""
    if found.token.start != found.segment.start:
        return False
    if found.kind_of == "forbid":
        return last.kind_of in ASKING
    return found.kind_of == "charge" and last.kind_of in CHARGING


ASKING = ("urge", "demand")
"""Classes of triggers that 不得 goes on with ("敦促各国解决争端，不得使用武力")."""
CHARGING = ("future", "pledge", "intend", "duty", "need")
"""Classes of triggers that 负责 goes on with."""
EMBEDDED = ("forbid", "penalty", "duty", "future")
"""Classes of triggers that what is to be done may hold."""


def is_content(found: Find, last: Find) -> bool:
    """Return whether a find is part of what is to be done: asked for, promised, one of the measures to be taken.

    "应当承诺，未经允许，不得转让…", "可以采取禁止交易，责令中止出口等措施".
    """
    if found.kind_of in {"urge", "demand"} and last.number <= found.number:
        return subject_before(found.parsed, found.segment, bound_of(found)) is None
    if found.kind_of not in EMBEDDED:
        return False
    words = found.parsed.words(last.span[1], last.segment.end)
    if words in PROMISING and found.number > last.number:
        return True
    own = found.parsed.words(found.segment.start, found.segment.end).rstrip("。；")
    return words.startswith(TAKING) and found.number > last.number and own.endswith(STEPS) and "等" in own


PROMISING = ("承诺", "保证", "声明", "约定", "写明", "载明")
TAKING, STEPS = "采取", "措施"


def is_predicted(found: Find) -> bool:
    """Return whether a bare verb goes on with what will happen ("…会重点关注芯片，组建联盟")."""
    first = found.segment.tokens[0]
    if found.number == 0 or subject_before(found.parsed, found.segment, bound_of(found)) is not None:
        return False
    before = found.parsed.segments[found.number - 1 :: -1]
    for segment in before:
        if segment.closed_by in {"semicolon", "stop"}:
            return False
        words = {found.parsed.words(token.start, token.end) for token in segment.tokens}
        if words & WILL:
            return first.role != "trigger"
    return False


WILL = {"会", "可能", "能够"}
"""Words by which a report predicts."""


def ended_between(first: Find, second: Find) -> bool:
    """Return whether a semicolon stands between two finds; a pledge goes on after it with bare verbs."""
    if second.kind_of in MEASURES and not second.done and first.kind_of == "pledge":
        return False
    return any(s.closed_by in {"semicolon", "stop"} for s in first.parsed.segments[first.number : second.number])


def is_opening(found: Find, setting: Setting) -> bool:
    """Return whether the trigger of a stem only leads to its list ("应当采取下列措施…："), with no act before."""
    if setting.proclaims and found.kind_of == "pledge":
        return False
    segment = found.segment
    words = found.parsed.words(segment.start, segment.end)
    if any(word in words for word in setting.tables.following):
        return True
    return any(token.role == "preposition" for token in segment.tokens[found.index + 1 : found.index + 2])


def only_introduces(found: Find, setting: Setting) -> bool:
    """Return whether a stem's trigger has no act of its own: "负责：", "必须：", "不得影响："."""
    segment = found.segment
    if segment.closed_by != "colon" or found.number + 1 < len(found.parsed.segments):
        return False
    if points_down(found, setting):
        return not (setting.voice is Voice.JOINT and names_things(found.parsed, setting))
    last = segment.tokens[-1]
    if last.end != segment.end or last.role not in {"trigger", "verb"}:
        return False
    return items_are_acts(found.parsed, setting) is None


def points_down(found: Find, setting: Setting) -> bool:
    """Return whether all that follows a trigger is the announcement of the list ("同意采取以下行动：")."""
    rest = found.parsed.words(found.span[1], found.segment.end)
    return setting.tables.announcing.fullmatch(rest) is not None or WAYS.fullmatch(rest) is not None


WAYS = re.compile(r"(?:通过|以|采取|按照)(?:以下|下列)(?:方式|形式|途径|步骤|举措|措施|行动|渠道)[^，,。；]{0,8}")
"""Announces the ways in which something is done ("将通过以下方式开展合作：")."""


def attribute_readings(parsed: Parsed, setting: Setting) -> list[Reading]:
    """Return the measure that an attribute of the topic tells, in a sentence without any other provision.

    "2021年3月，由欧盟委员会发布的《…》旨在…": dated, with its actor, and of something that is named.
    """
    if not is_dated(parsed):
        return []
    for found in attributes_in(parsed):
        subject = agent_in(parsed, found.segment, qualifying=True) or subject_before(
            parsed, found.segment, found.span[0]
        )
        if subject is not None and subject.acts and is_precise(found, setting):
            reading = reading_of(found, subject, setting)
            return [replace(reading, features=("rule:attribute", *reading.features), doubts=())]
    return []


def attributes_in(parsed: Parsed) -> Iterator[Find]:
    """Yield the verbs of measures that 的 makes attributes of the topic."""
    for number, segment in enumerate(parsed.segments[:TOPIC_SEGMENTS]):
        for index, token in enumerate(segment.tokens[:-1]):
            if token.data.get("class") == "enact" and parsed.view.text.startswith(ATTRIBUTE, token.end):
                span = (token.start, token.end)
                yield Find(parsed, segment, number, index, token, span, "enact", token, direct=True)


def with_firmer(readings: list[Reading], setting: Setting) -> list[Reading]:
    """Return the readings, with the firm act that goes on after one that is only explored ("应鼓励…，放松…")."""
    result = list(readings)
    for reading in readings:
        found = reading.found
        if reading.force != EXPLORATORY or found.token.role != "trigger" or not is_weak(found) or setting.statute:
            continue
        firm = firmer_after(found, readings)
        if firm is not None:
            stated = int(found.token.data.get("force", FIRM))
            force = INTENDED if reading.kind is Kind.RECOMMENDATION else stated
            force = min(force, FIRM) if reading.kind is Kind.COMMITMENT else force
            features = ("rule:firm-second", *reading.features)
            result.append(replace(reading, found=firm, force=force, features=features))
    return sorted(result, key=lambda reading: reading.found.span)


def firmer_after(found: Find, readings: Sequence[Reading]) -> Find | None:
    """Return the first bare verb of an act that starts a later segment, before any other reading, or None."""
    taken = {reading.found.number for reading in readings}
    for number in range(found.number + 1, len(found.parsed.segments)):
        segment = found.parsed.segments[number]
        first = next(iter(segment.tokens), None)
        if number in taken or first is None or segment.closed_by == "":
            return None
        classes = {token.data.get("class") for token in segment.tokens}
        bare = first.role == "verb" and first.start == segment.start and first.data["class"] in FIRM_VERBS
        helps = found.parsed.words(first.start, first.end) in load_tables().helping
        if bare and "weak" not in classes and not first.data.get("leads") and not helps:
            span = (first.start, first.end)
            return Find(found.parsed, segment, number, 0, first, span, found.kind_of, first, direct=True)
    return None


FIRM_VERBS = ("act", "enact", "pay")
"""Classes of verbs that start a firm act."""
