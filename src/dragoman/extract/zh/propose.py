"""Candidates of a sentence: which words carry a provision, of which kind and force, and who their subject is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman.extract.candidate import Candidate, Span
from dragoman.extract.context import Context, Voice
from dragoman.extract.view import View
from dragoman.extract.zh.aims import aim_of, object_of
from dragoman.extract.zh.clauses import Groups, Parsed, parse
from dragoman.extract.zh.forces import FIRM, force_of, is_weak
from dragoman.extract.zh.items import FOLLOWING, bare_find, is_advice_item, is_stem, items_are_acts
from dragoman.extract.zh.screens import (
    Setting,
    doubts_of,
    has_title,
    is_dated,
    is_legal,
    is_precise,
    is_refused,
    kind_of,
    names_in,
    noun_in,
    types_in,
    verb_class,
)
from dragoman.extract.zh.statutes import agent_in, indicatives_in
from dragoman.extract.zh.subjects import Subject, carried_subject, topic_of, phrase_after, subject_before
from dragoman.extract.zh.tables import load_tables
from dragoman.extract.zh.triggers import MEASURES, Find, finds_in
from dragoman.model import BlockKind, Kind, Why

TOWARD = ("direct", "authorize", "urge", "demand")
"""Classes of triggers whose object is who is to act."""

PASSIVE_BY = ("duty", "penalty", "charge", "forbid", "allow")
"""Classes before whose verb 由 names who is to act."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A find that is judged: what it becomes a candidate of."""

    found: Find
    subject: Subject | None
    kind: Kind
    force: int
    features: tuple[str, ...]
    doubts: tuple[str, ...]


def propose(view: View, context: Context) -> list[Candidate]:
    """Return the candidates of a sentence, in text order."""
    setting = setting_of(context)
    groups = context.lexicon.cues[view.sentence.language].groups
    if not worth_reading(view, setting, groups):
        return []
    parsed = parse(view, groups)
    readings = merged(list(readings_of(parsed, setting)), setting)
    if view.stem is not None and view.sentence.first:
        under_stem = item_readings(parsed, parse(view.stem, groups), readings, setting)
        if under_stem is not None:
            return [candidate_of(reading, setting, view, None, None) for reading in under_stem]
    elif is_run_in_heading(parsed, readings, setting):
        return []
    if not readings and is_advice_item(parsed, setting):
        readings = advice_readings(parsed)
    if setting.voice is Voice.REPORT and all(reading.doubts for reading in readings):
        readings = attribute_readings(parsed, setting) or readings
    bounds = [None, *(reading.found.segment.start for reading in readings[1:]), None]
    return [
        candidate_of(reading, setting, view, bounds[place], bounds[place + 1])
        for place, reading in enumerate(readings)
    ]


def setting_of(context: Context) -> Setting:
    """Return what the document's finds are judged by."""
    tables = load_tables()
    return Setting(context, context.document.kind.casefold() in tables.statutes, tables)


def worth_reading(view: View, setting: Setting, groups: Groups) -> bool:
    """Return whether a sentence has a word that can carry a provision."""
    if view.stem is not None or setting.voice is Voice.ADVICE:
        return bool(view.cues)
    return any(
        groups[phrase.group].get("role") in {"trigger", "verb"} for hit in view.cues for phrase in hit.phrases
    )


def readings_of(parsed: Parsed, setting: Setting) -> Iterator[Reading]:
    """Yield the readings of a sentence: its triggers and measures, and what a law states without a modal."""
    finds = list(finds_in(parsed))
    if is_stem(parsed):
        opens = setting.statute and bool(items_are_acts(parsed, setting))
        finds = [f for f in finds if not (is_opening(f) if opens else only_introduces(f, setting))]
        if opens and not finds:
            return
    readings: list[Reading] = []
    for found in finds:
        if found.kind_of == "weak":
            readings += explored(found, readings) if found.again or goes_on(found) else encouraged(found, setting)
            continue
        subject = subject_of(found, setting)
        if not is_refused(found, subject, setting) and not is_governed(found, readings):
            readings.append(reading_of(found, subject, setting))
    if setting.statute:
        for found, duty_bearer in indicatives_in(parsed, [reading.found for reading in readings]):
            readings.append(reading_of(found, duty_bearer, setting, Kind.OBLIGATION))
    yield from sorted(readings, key=lambda reading: reading.found.span)


def is_opening(found: Find) -> bool:
    """Return whether the trigger of a stem only leads to its list ("应当采取下列措施…："), with no act before."""
    segment = found.segment
    words = found.parsed.words(segment.start, segment.end)
    following = next((token for token in segment.tokens[found.index + 1 :]), None)
    return any(word in words for word in FOLLOWING) or (following is not None and following.role == "preposition")


def goes_on(found: Find) -> bool:
    """Return whether a find's segment starts with 并 and goes on with the sentence."""
    first = found.segment.tokens[0]
    return first.role == "coordinator" and first.start == found.segment.start and found.number > 0


def encouraged(found: Find, setting: Setting) -> list[Reading]:
    """Return what the parties of a declaration encourage or explore, without any other trigger."""
    if setting.voice is not Voice.JOINT:
        return []
    subject = subject_before(found.parsed, found.segment, found.span[0])
    if subject is None or subject.type not in {"authors", "named"}:
        return []
    kind = Kind.RECOMMENDATION if found.text == "鼓励" else Kind.COMMITMENT
    return [Reading(found, subject, kind, 1, tuple(features_of(found, subject, kind, setting)), ())]


def explored(found: Find, before: Sequence[Reading]) -> list[Reading]:
    """Return what is only explored after a firm act of the same subject ("将…，并考虑…")."""
    firm = [r for r in before if r.kind in {Kind.COMMITMENT, Kind.RECOMMENDATION}]
    if not firm or firm[-1].force == 1:
        return []
    last = firm[-1]
    return [replace(last, found=found, force=1, features=("rule:weak-second", *last.features))]


def is_governed(found: Find, before: Sequence[Reading]) -> bool:
    """Return whether a find belongs to an earlier trigger of its sentence.

    A bare verb in a later segment without a subject of its own goes on with the act of the trigger before it;
    nothing after a disclaimer counts.
    """
    part = [reading for reading in before if not ended_between(reading.found, found)]
    if any(reading.found.kind_of == "disclaim" for reading in part):
        return True
    if found.kind_of not in MEASURES or found.done or not part:
        return False
    last = part[-1].found
    if last.token.role != "trigger" or last.kind_of in {"announce", "launch"}:
        return False
    own = subject_before(found.parsed, found.segment, bound_of(found))
    return own is None or own.type == "activity" or found.number == last.number


def ended_between(first: Find, second: Find) -> bool:
    """Return whether a semicolon stands between two finds."""
    if second.kind_of in MEASURES and not second.done and first.kind_of == "pledge":
        return False
    return any(s.closed_by in {"semicolon", "stop"} for s in first.parsed.segments[first.number : second.number])


def only_introduces(found: Find, setting: Setting) -> bool:
    """Return whether a stem's trigger has no act of its own: "负责：", "必须：", "应当履行下列义务："."""
    segment = found.segment
    if segment.closed_by != "colon" or found.number + 1 < len(found.parsed.segments):
        return False
    last = segment.tokens[-1]
    return (
        last.end == segment.end
        and last.role in {"trigger", "verb"}
        and items_are_acts(found.parsed, setting) is None
    )


def reading_of(found: Find, subject: Subject | None, setting: Setting, kind: Kind | None = None) -> Reading:
    """Return the reading of a find."""
    kind = kind or kind_of(found, subject, setting)
    legal = kind is Kind.MEASURE and is_legal(found, setting)
    force = force_of(found, kind, setting.voice, legal=legal)
    doubts = tuple(doubts_of(found, subject, setting))
    return Reading(found, subject, kind, force, tuple(features_of(found, subject, kind, setting)), doubts)


def subject_of(found: Find, setting: Setting) -> Subject | None:
    """Return the subject of a find: whom the trigger names, who stands after 由, or the clause's own."""
    parsed, segment = found.parsed, found.segment
    if found.kind_of in TOWARD:
        span = phrase_after(parsed, segment, found.span[1])
        if span is not None:
            return Subject(span, "named", "object")
        if found.kind_of in {"urge", "demand"}:
            return None
    if found.kind_of in PASSIVE_BY:
        by_agent = agent_in(parsed, segment)
        if by_agent is not None:
            return by_agent
    own = None if found.again else subject_before(parsed, segment, bound_of(found))
    if own is None and found.again:
        own = subject_before(parsed, segment, segment.end, whole=True)
    if own is not None and (own.type != "activity" or not found.number):
        return own
    carried = topic_of(parsed, found.number) or carried_subject(parsed, found.number)
    if carried is not None and setting.statute and not carried.acts:
        carried = None
    carried = carried or own
    if carried is None and setting.voice is not Voice.JOINT:
        carried = from_sentence_before(parsed, setting)
    return carried


def bound_of(found: Find) -> int:
    """Return where the predicate of a find starts: its trigger, with the adverbs and aspect words before it."""
    start = found.span[0]
    for token in reversed(found.segment.tokens[: found.index]):
        if token.end == start and token.role in {"adverb", "aspect", "negation", "passive"}:
            start = token.start
    return start


def from_sentence_before(parsed: Parsed, setting: Setting) -> Subject | None:
    """Return the subject of the sentence before in the same block."""
    before = parsed.view.previous
    if before is None:
        return None
    groups = setting.context.lexicon.cues[before.sentence.language].groups
    earlier = parse(before, groups)
    found = carried_subject(earlier, len(earlier.segments))
    return replace(found, origin="sentence") if found is not None and found.acts else None


RUN_IN = 40
"""A list item's first sentence of at most so many characters, without a subject and with text after it, is a heading."""


def is_run_in_heading(parsed: Parsed, readings: Sequence[Reading], setting: Setting) -> bool:
    """Return whether a sentence of a declaration is a heading at the start of its paragraph or item."""
    sentence = parsed.view.sentence
    if setting.voice is not Voice.JOINT or not sentence.first or sentence.kind is not BlockKind.ITEM:
        return False
    if any(reading.subject is not None for reading in readings) or sentence.end - sentence.start > RUN_IN:
        return False
    return bare_find(parsed, "bare") is not None


def item_readings(
    parsed: Parsed, stem: Parsed, own_readings: Sequence[Reading], setting: Setting
) -> list[Reading] | None:
    """Return the readings of an item under a stem, None where the stem says nothing about it."""
    are_acts = items_are_acts(stem, setting)
    if are_acts is False:
        return []
    if setting.voice is not Voice.ORDER and any(not reading.doubts for reading in own_readings):
        return None
    if is_followed(parsed, setting):
        return []
    carried = stem_find(stem, setting)
    if carried is None:
        if not are_acts or setting.voice is not Voice.JOINT:
            return None
        found = bare_find(parsed, "bare")
        return [bare_reading(found, None, FIRM)] if found else None
    found, subject = carried
    kind = kind_of(found, subject, setting)
    if kind is Kind.MEASURE:
        return None
    own = bare_find(parsed, "bare")
    subject = replace(subject, origin="stem") if subject else None
    force = force_of(found, kind, setting.voice, legal=False)
    if setting.voice is Voice.ADVICE and own is not None:
        advice = advice_readings(parsed)
        return [replace(reading, subject=subject) for reading in advice]
    if kind is Kind.COMMITMENT and own is not None:
        intended = int(found.token.data.get("force", FIRM))
        return [bare_reading(own, subject, intended)]
    if own is None and setting.voice is not Voice.ORDER:
        return []
    features = (
        "rule:stem-item",
        f"class:{found.kind_of}",
        f"voice:{setting.voice}",
        f"starts:{'verb' if own else 'noun'}",
    )
    more = [
        reading for reading in own_readings
        if reading.kind is not kind and not reading.doubts and reading.found.token.role == "trigger"
    ]  # fmt: skip
    item = replace(own, span=found.span, kind_of="stem") if own else replace(found, kind_of="stem-noun")
    return [Reading(item, subject, kind, force, features, ()), *more]


def is_followed(parsed: Parsed, setting: Setting) -> bool:
    """Return whether an item of a declaration is a short heading with sentences of its own after it."""
    sentence = parsed.view.sentence
    if setting.voice is not Voice.JOINT or sentence.end - sentence.start > RUN_IN:
        return False
    sentences = setting.context.document.sentences
    after = sentences[sentence.index + 1] if sentence.index + 1 < len(sentences) else None
    return after is not None and after.block == sentence.block


def bare_reading(found: Find, subject: Subject | None, force: int) -> Reading:
    """Return the commitment of an item that starts with the verb of its act."""
    if is_weak(found):
        force = 1
    return Reading(found, subject, Kind.COMMITMENT, force, ("rule:bare-item", f"verb:{verb_class(found)}"), ())


def stem_find(stem: Parsed, setting: Setting) -> tuple[Find, Subject | None] | None:
    """Return the last trigger of a stem, with its subject."""
    finds = [found for found in finds_in(stem) if found.token.role == "trigger"]
    if setting.statute and not any(not is_refused(f, None, setting) for f in finds):
        for duty in indicatives_in(stem, []):
            return duty
    for segment_find in reversed(finds):
        if segment_find.kind_of in {"announce"}:
            continue
        found = last_in_segment(segment_find)
        subject = subject_of(found, setting)
        if not is_refused_as_stem(found, subject, setting):
            return found, subject
    return None


def last_in_segment(found: Find) -> Find:
    """Return the find of the trigger that ends the stem ("应要求每份提案必须："), else the find itself."""
    last = found.segment.tokens[-1]
    if last.role == "trigger" and last.end == found.segment.end and last is not found.token:
        return replace(found, token=last, span=(last.start, last.end), index=len(found.segment.tokens) - 1,
                       kind_of=last.data["class"], verb=None, again=True)  # fmt: skip
    return found


def is_refused_as_stem(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a stem's trigger cannot carry its items."""
    return is_refused(found, subject, setting) and found.span[1] < found.segment.end


def advice_readings(parsed: Parsed) -> list[Reading]:
    """Return the advice of an imperative under a heading of advice."""
    found = bare_find(parsed, "bare")
    if found is None:
        return []
    force = 1 if is_weak(found) else 2
    return [Reading(found, None, Kind.RECOMMENDATION, force, ("rule:imperative", f"verb:{verb_class(found)}"), ())]


def attribute_readings(parsed: Parsed, setting: Setting) -> list[Reading]:
    """Return the measure that an attribute of the topic tells, in a sentence without any other provision.

    "2021年3月，由欧盟委员会发布的《…》旨在…": dated, with its actor, and of something that is named.
    """
    if not is_dated(parsed):
        return []
    for number, segment in enumerate(parsed.segments[:TOPIC_SEGMENTS]):
        for index, token in enumerate(segment.tokens):
            if token.data.get("class") != "enact" or not parsed.view.text.startswith("的", token.end):
                continue
            subject = agent_in(parsed, segment) or subject_before(parsed, segment, token.start)
            if subject is None or not subject.acts or index + 1 >= len(segment.tokens):
                continue
            found = Find(
                parsed, segment, number, index, token, (token.start, token.end), "enact", token, direct=True
            )
            if is_precise(found, setting):
                reading = reading_of(found, subject, setting)
                return [replace(reading, features=("rule:attribute", *reading.features), doubts=())]
    return []


TOPIC_SEGMENTS = 2
"""The topic stands in one of the first so many segments."""


def merged(readings: Sequence[Reading], setting: Setting) -> list[Reading]:
    """Return the readings with those of one actor, kind and force in a sentence as one; the first stands."""
    kept: dict[tuple[object, ...], Reading] = {}
    who: object = None
    for reading in readings:
        who = actor_key(reading, who, setting, started=bool(kept))
        key = (*key_of(reading, setting), who)
        earlier = kept.get(key)
        if earlier is None:
            kept[key] = reading
        else:
            kept[key] = joined(earlier, reading)
    return sorted(kept.values(), key=lambda reading: reading.found.span)


def joined(first: Reading, second: Reading) -> Reading:
    """Return two readings as one: what only one of them is doubted for counts no more."""
    doubts = tuple(doubt for doubt in first.doubts if doubt in second.doubts)
    if first.doubts and not second.doubts:
        return second
    force = max(first.force, second.force) if first.kind is Kind.MEASURE and not second.doubts else first.force
    return replace(first, force=force, doubts=doubts)


def key_of(reading: Reading, setting: Setting) -> tuple[object, ...]:
    """Return what besides the actor must be equal for two readings to be one provision."""
    firm = reading.force if reading.kind is Kind.COMMITMENT else reading.force == 1
    return reading.kind, firm, reading.found.running


def actor_key(reading: Reading, before: object, setting: Setting, *, started: bool) -> object:
    """Return who acts in a reading, to compare; in a law, penalties and what has no actor go on with the one before."""
    subject = reading.subject
    if setting.statute:
        goes_on = subject is None or not subject.acts or subject.origin == "sentence"
        if goes_on or (subject is not None and subject.origin == "carried" and started):
            return before
    if reading.kind is Kind.MEASURE and subject is not None and not subject.acts and started:
        return before
    if subject is not None and started and words_of(reading, subject.span) in GENERAL:
        return before
    return words_of(reading, subject.span) if subject else None


GENERAL = ("政府", "该国政府")
"""Subjects that stand for the one named before."""


def words_of(reading: Reading, span: Span) -> str:
    """Return a stretch of a reading's text."""
    return reading.found.parsed.words(*span)


def features_of(found: Find, subject: Subject | None, kind: Kind, setting: Setting) -> Iterator[str]:
    """Yield the names of what was noticed, for the weights."""
    voice = setting.voice.value
    yield f"rule:{found.kind_of}"
    yield f"voice:{voice}"
    yield f"rule:{found.kind_of}|voice:{voice}"
    yield f"trigger:{found.text}"
    yield f"verb:{verb_class(found)}"
    who = f"{subject.type}" if subject else "none"
    yield f"subject:{who}"
    yield f"subject:{who}|rule:{found.kind_of}"
    if subject:
        yield f"origin:{subject.origin}"
        for name in sorted(types_in(found.parsed, subject, setting)):
            yield f"subject-actor:{name}"
    yield f"direct:{found.direct}"
    if found.again:
        yield "again"
    if found.done:
        yield "aspect:done"
    if found.running:
        yield "aspect:running"
    if has_title(found):
        yield "has:title"
    if noun_in(found, setting):
        yield "has:noun"
    if is_dated(found.parsed):
        yield "has:date"
    if kind is Kind.MEASURE and is_legal(found, setting):
        yield "has:law"
    if names_in(found.parsed, Subject((found.span[1], found.segment.end), "named")):
        yield "has:name"
    if setting.statute:
        yield "statute"


SUBJECT_RULES = {"authors": "authors", "ours": "authors", "text": "authors", "previous": "previous", "named": "named",
                 "of-named": "named"}  # fmt: skip


def subject_rule(reading: Reading, setting: Setting) -> str:
    """Return how the actors of a reading are to be read."""
    subject = reading.subject
    if subject is None:
        if reading.kind is Kind.RECOMMENDATION:
            return "addressee"
        return "authors" if setting.voice is Voice.JOINT else "unknown"
    if reading.kind is Kind.RECOMMENDATION and subject.origin in {"carried", "sentence"} and subject.speaks:
        return "addressee"
    if subject.origin == "stem":
        return "stem"
    if subject.origin == "sentence":
        return "previous"
    default = "authors" if setting.voice is Voice.JOINT else "unknown"
    return SUBJECT_RULES.get(subject.type, default)


def candidate_of(reading: Reading, setting: Setting, view: View, start: int | None, end: int | None) -> Candidate:
    """Return the candidate of a reading; its clause runs from `start` to `end`, None for the sentence's own."""
    found, subject = reading.found, reading.subject
    clause = (view.start if start is None else start, view.end if end is None else end)
    own = found.parsed.view is view
    return Candidate(
        start=view.start,
        end=view.end,
        trigger=found.span,
        kind=reading.kind,
        force=reading.force,
        rule=found.kind_of,
        clause=clause,
        subject=subject.span if subject else None,
        subject_rule=subject_rule(reading, setting),
        aim=aim_of(found) if own else (view.start, view.end),
        object=object_of(found) if own else None,
        features=(*reading.features, *reading.doubts),
        why=(
            Why("kind", reading.kind.value, f"trigger:{found.kind_of}", *found.span),
            Why("force", str(reading.force), force_reason(reading), *found.span),
        ),
    )


def force_reason(reading: Reading) -> str:
    """Return why a reading has its force."""
    return "weaker-verb" if is_weak(reading.found) and reading.force == 1 else f"class:{reading.found.kind_of}"
