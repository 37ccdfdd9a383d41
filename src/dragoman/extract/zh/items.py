"""List items: acts under a stem that carries their kind, imperatives of advice, run-in headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dragoman.extract.context import Voice
from dragoman.extract.zh.bearers import subject_of
from dragoman.extract.zh.claims import verb_class
from dragoman.extract.zh.clauses import Parsed
from dragoman.extract.zh.forces import EXPLORATORY, FIRM, INTENDED, force_of, is_weak
from dragoman.extract.zh.kinds import is_refused, kind_of
from dragoman.extract.zh.readings import Reading, points_down
from dragoman.extract.zh.setting import Setting
from dragoman.extract.zh.speakers import is_party
from dragoman.extract.zh.statutes import duty_in, indicatives_in, subjects_of
from dragoman.extract.zh.stems import at_end, bare_find, is_stem, items_are_acts, names_things, starts_unknown
from dragoman.extract.zh.subjects import Subject, agent_in
from dragoman.extract.zh.triggers import Find, finds_in
from dragoman.model import BlockKind, Kind

RUN_IN = 40
"""A first sentence of at most so many characters, without a subject and with text after it, may be a heading."""


def item_readings(
    parsed: Parsed, stem: Parsed, own_readings: Sequence[Reading], setting: Setting
) -> list[Reading] | None:
    """Return the readings of an item under a stem, None where the stem says nothing about it.

    Args:
        parsed: the item.
        stem: the sentence that introduces its list.
        own_readings: what the item says by itself.
        setting: of the document.
    """
    are_acts = items_are_acts(stem, setting)
    if are_acts is False:
        return []
    if setting.voice is not Voice.ORDER and any(not reading.doubts for reading in own_readings):
        return None
    if is_followed(parsed, setting):
        return []
    carried = stem_find(stem, setting)
    if carried is not None:
        return under(parsed, carried, own_readings, setting, are_acts=bool(are_acts))
    if not are_acts or setting.voice is not Voice.JOINT:
        return None
    found = bare_find(parsed)
    return [bare_reading(found, None, FIRM)] if found else None


def under(
    parsed: Parsed,
    carried: tuple[Find, Subject | None],
    own_readings: Sequence[Reading],
    setting: Setting,
    *,
    are_acts: bool,
) -> list[Reading] | None:
    """Return the readings of an item whose stem has a trigger, None where the stem only reports.

    A stem that ends in its modal ("双方将：") makes an act of each item; one that announces acts
    ("采取下列措施：") of each that starts with a verb, known or not.
    """
    found, subject = carried
    kind = kind_of(found, subject, setting)
    if kind is Kind.MEASURE:
        return None
    subject = replace(subject, origin="stem") if subject else None
    own = bare_find(parsed)
    if setting.voice is Voice.ADVICE and own is not None:
        return [replace(reading, subject=reading.subject or subject) for reading in advice_readings(parsed)]
    if kind is Kind.COMMITMENT and own is not None:
        return [bare_reading(own, subject, int(found.token.data.get("force", FIRM)))]
    if own is None and setting.voice is not Voice.ORDER:
        ends_bare = found.token.end >= found.segment.end
        topics = names_things(found.parsed, setting) and points_down(found, setting)
        if topics or not (ends_bare or (are_acts and starts_unknown(parsed))):
            return []
    features = (
        "rule:stem-item",
        f"class:{found.kind_of}",
        f"voice:{setting.voice}",
        f"verb-first:{own is not None}",
    )
    beside = [other for other in own_readings if stands_beside(other, kind)]
    if beside and is_all(parsed, beside[0]):
        return beside
    item = replace(own, span=found.span, kind_of="stem") if own else replace(found, kind_of="stem-noun")
    reading = Reading(item, subject, kind, force_of(found, kind, legal=False), features)
    return [reading, *beside]


def is_all(parsed: Parsed, reading: Reading) -> bool:
    """Return whether an item says no more than what it forbids or allows, after a condition ("涉及…的，不得…")."""
    before = parsed.segments[: reading.found.number]
    return bool(before) and all(parsed.words(s.start, s.end).endswith(CONDITION) for s in before)


CONDITION = "的"


def stands_beside(reading: Reading, kind: Kind) -> bool:
    """Return whether an item's own reading counts besides the stem's: another kind, with a trigger of its own."""
    return reading.kind is not kind and not reading.doubts and reading.found.token.role == "trigger"


def bare_reading(found: Find, subject: Subject | None, force: int) -> Reading:
    """Return the commitment of an item that starts with the verb of its act."""
    features = ("rule:bare-item", f"verb:{verb_class(found)}", f"subject:{subject.type if subject else 'none'}")
    return Reading(found, subject, Kind.COMMITMENT, EXPLORATORY if is_weak(found) else force, features)


def stem_find(stem: Parsed, setting: Setting) -> tuple[Find, Subject | None] | None:
    """Return the trigger of a stem, the last one, with its subject."""
    finds = [found for found in finds_in(stem) if found.token.role == "trigger"]
    if setting.statute and all(is_refused(found, None, setting) for found in finds):
        return next(indicatives_in(stem, [], setting), None)
    for found in map(at_end, reversed(finds)):
        subject = subject_of(found, setting)
        bare = found.span[1] >= found.segment.end
        if found.kind_of != "announce" and (bare or not is_refused(found, subject, setting)):
            return found, subject
    return None


def is_advice_continued(parsed: Parsed, setting: Setting) -> bool:
    """Return whether a sentence of a paper goes on with what the one before it advises ("建议…。加快…")."""
    if setting.voice is not Voice.REPORT or setting.release or setting.plan or parsed.view.sentence.first:
        return False
    first, before = next(iter(parsed.segments[0].tokens), None), parsed.view.previous
    if first is None or first.start != parsed.segments[0].start or first.role not in {"verb", "adverb"}:
        return False
    for _ in range(CONTINUED):
        if before is None:
            return False
        if ADVISES.match(before.own) is not None:
            return True
        if bare_find(setting.parsed(before)) is None:
            return False
        before = before.previous
    return False


CONTINUED = 5
"""Sentences over which advice goes on without saying so."""
ADVISES = re.compile(r"\s*(?:[^，,。；]{0,12}[，,])?(?:本文|我们|笔者)?建议")


def advice_readings(parsed: Parsed) -> list[Reading]:
    """Return the advice of an imperative under a heading of advice."""
    found = bare_find(parsed)
    if found is None or verb_class(found) in {"attitude", "mind", "state"}:
        return []
    force = EXPLORATORY if is_weak(found) else INTENDED
    features = ("rule:imperative", f"verb:{verb_class(found)}")
    agents = (agent_in(parsed, segment) for segment in parsed.segments[: found.number + 1])
    agent = next((agent for agent in agents if agent is not None), None)
    return [Reading(found, agent, Kind.RECOMMENDATION, force, features)]


def plan_readings(parsed: Parsed, setting: Setting) -> list[Reading]:
    """Return what a plan lays out without a subject ("加快建设算力网络"): its author is going to do it.

    Purposes, principles and headings at the start of an item are none.
    """
    found = bare_find(parsed)
    if found is None or verb_class(found) not in PLANNED:
        return []
    if parsed.view.own.startswith(PURPOSES) and not is_for_somebody(parsed, found):
        return []
    if parsed.view.sentence.first and has_more(parsed, setting):
        return []
    return [bare_reading(found, None, FIRM)]


PURPOSES = ("为", "根据", "按照", "特此", "现将", "现就", "现印发")
"""Openings of the sentence that tells why a plan is made."""


def is_for_somebody(parsed: Parsed, found: Find) -> bool:
    """Return whether 为 opens no purpose but whom something is done for ("为企业提供培训")."""
    first, second = (*found.segment.tokens, found.token)[:2]
    purpose = second.role in {"verb", "adverb"} and second.start == first.end
    return found.number == 0 and parsed.words(first.start, first.end) == FOR and not purpose


FOR = "为"
PLANNED = ("act", "enact", "pay", "meet", "weak", "none", "launch")
"""Classes of verbs that a plan lays out."""


def is_announced_item(parsed: Parsed, setting: Setting) -> bool:
    """Return whether a fact sheet has announced that it lists what its authors do ("在以下领域开展合作。")."""
    kind, sentence = setting.context.document.kind, parsed.view.sentence
    if not setting.context.authors or FACTS not in kind or not sentence.first or parsed.view.stem is not None:
        return False
    before = setting.context.document.sentences[max(0, sentence.index - LISTED) : sentence.index]
    text = setting.context.document.text
    return any(ANNOUNCED.search(text, one.start, one.end) is not None for one in before)


FACTS, LISTED = "fact sheet", 40
"""The kind of document that lists deeds, and sentences back to which its list is announced."""
ANNOUNCED = re.compile(
    r"(?:以下|下列|如下)[^，,。；：]{0,8}(?:领域|方面|举措|措施|行动|倡议|项目|步骤|工作)[^，,。；]{0,12}[。：]?$"
)
"""Announces a list of deeds at the end of a sentence."""


def has_more(parsed: Parsed, setting: Setting) -> bool:
    """Return whether a short item has sentences of its own after it."""
    sentence = parsed.view.sentence
    if sentence.kind is not BlockKind.ITEM or sentence.end - sentence.start > RUN_IN:
        return False
    return is_followed_in_block(parsed, setting)


def agreed_readings(parsed: Parsed, setting: Setting) -> list[Reading]:
    """Return what the parties of an agreement do by its text, without a modal ("双方在…基础上，加强…")."""
    if not setting.agreement or is_stem(parsed):
        return []
    for number, subject in subjects_of(parsed, range(len(parsed.segments))):
        found = duty_in(parsed, number, parsed.segments[number], subject)
        if found is not None and found.text in CONFIRMING:
            return []
        if found is not None and is_party(parsed, subject, setting) and verb_class(found) in PLANNED:
            return [bare_reading(replace(found, kind_of="bare"), subject, FIRM)]
    return []


CONFIRMING = ("确认", "承认", "尊重", "了解")
"""Verbs of what parties state of themselves."""


def is_advice_item(parsed: Parsed, setting: Setting) -> bool:
    """Return whether a sentence stands in a list, or under a heading, of advice."""
    sentence = parsed.view.sentence
    if setting.voice is Voice.REPORT:
        return is_numbered_advice(parsed, setting)
    if setting.voice is not Voice.ADVICE:
        return False
    if sentence.kind is BlockKind.ITEM:
        return True
    return bool(sentence.section) and sentence.section[-1].strip("#*：: \u3000") in setting.tables.advice_sections


POINT = 18
"""A numbered point of at most so many characters with sentences behind it heads them ("第一，完善规则。")."""


def is_numbered_advice(parsed: Parsed, setting: Setting) -> bool:
    """Return whether a sentence of a paper counts up its advice, under the heading of it ("第三，鼓励企业…")."""
    titles = (title.strip("#*：: \u3000") for title in parsed.view.sentence.section)
    if not any(title.endswith(setting.tables.advice_sections) for title in titles):
        return False
    if (
        parsed.view.sentence.first
        and len(parsed.view.own.strip()) <= POINT
        and is_followed_in_block(parsed, setting)
    ):
        return False
    return parsed.view.own.startswith(setting.tables.counting)


def is_run_in_heading(parsed: Parsed, readings: Sequence[Reading], setting: Setting) -> bool:
    """Return whether a sentence of a declaration is a heading at the start of its item."""
    sentence = parsed.view.sentence
    if setting.voice is not Voice.JOINT or not sentence.first or sentence.kind is not BlockKind.ITEM:
        return False
    if any(reading.subject is not None for reading in readings) or sentence.end - sentence.start > RUN_IN:
        return False
    return bare_find(parsed) is not None


def is_followed(parsed: Parsed, setting: Setting) -> bool:
    """Return whether an item of a declaration is a short heading with sentences of its own after it."""
    sentence = parsed.view.sentence
    if setting.voice is not Voice.JOINT or sentence.end - sentence.start > RUN_IN:
        return False
    return is_followed_in_block(parsed, setting)


def is_followed_in_block(parsed: Parsed, setting: Setting) -> bool:
    """Return whether another sentence follows in the same block."""
    sentence, sentences = parsed.view.sentence, setting.context.document.sentences
    after = sentences[sentence.index + 1] if sentence.index + 1 < len(sentences) else None
    return after is not None and after.block == sentence.block
