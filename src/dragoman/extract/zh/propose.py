"""Candidates of a Chinese sentence: which words carry a provision, of which kind and force, and who bears it.

The order of the steps: `clauses` cuts the sentence into segments of known words, `triggers` finds the predicates
that may be provisions, `bearers` says whose they are, `kinds` and `forces` what they are, `screens` what speaks
against them, `items` what a list's stem gives to its items, `merging` which of them are one provision.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dragoman.extract.candidate import Candidate, Span
from dragoman.extract.context import Context, Voice
from dragoman.extract.view import View
from dragoman.extract.zh.aims import aim_of, object_of
from dragoman.extract.zh.clauses import Groups, Parsed
from dragoman.extract.zh.forces import EXPLORATORY, is_weak
from dragoman.extract.zh.items import (
    advice_readings,
    agreed_readings,
    is_advice_continued,
    is_advice_item,
    is_announced_item,
    is_run_in_heading,
    item_readings,
    plan_readings,
)
from dragoman.extract.zh.merging import merged
from dragoman.extract.zh.readings import (
    Reading,
    attribute_readings,
    opening_finds,
    readings_from,
    readings_of,
    with_firmer,
)
from dragoman.extract.zh.setting import Setting, setting_of
from dragoman.model import Kind, Why

SUBJECT_RULES = {
    "authors": "authors",
    "ours": "authors",
    "text": "authors",
    "previous": "previous",
    "person": "previous",
    "named": "named",
    "of-named": "named",
}
"""How the actors of a subject of each type are read; of the other types, by the document's voice."""


THAT = "该"
"""Begins a subject that was named before."""


def propose(view: View, context: Context) -> list[Candidate]:
    """Return the candidates of a sentence, in text order.

    Args:
        view: the sentence.
        context: of its document.
    """
    setting = setting_of(context)
    if is_passed_over(view, setting):
        return []
    readings = judged(view, setting)
    clauses = clauses_of(readings, view)
    return [candidate_of(*pair, setting, view) for pair in zip(readings, clauses, strict=True)]


def read_ahead(views: Sequence[View], context: Context) -> None:
    """Read the sentences that will be asked for, each step for all of them: see `dragoman.extract.fields`."""
    setting = setting_of(context)
    passed_over = [is_passed_over(view, setting) for view in views]
    for view, passed in zip(views, passed_over, strict=True):
        context.memory.passed[view.sentence.index] = passed
    parsed = [setting.parsed(view) for view, passed in zip(views, passed_over, strict=True) if not passed]
    finds = [opening_finds(one, setting) for one in parsed]
    for one, found in zip(parsed, finds, strict=True):
        context.memory.readings[one.view.sentence.index] = readings_from(one, found, setting)


def is_passed_over(view: View, setting: Setting) -> bool:
    """Return whether a sentence is not read: it holds no word of a provision, or a reporter asks it."""
    known = setting.context.memory.passed.pop(view.sentence.index, None)
    if known is not None:
        return known
    return not worth_reading(view, setting.groups, setting.voice) or is_asked(view, setting)


def is_asked(view: View, setting: Setting) -> bool:
    """Return whether a sentence is part of what a reporter asks ("某社记者：…", "问：…")."""
    if setting.voice is not Voice.REPORT:
        return False
    block = setting.context.document.blocks[view.sentence.block]
    if QUESTION.match(view.text, block.start) is not None or ASKED.match(view.own) is not None:
        return True
    return view.own.rstrip().endswith(("？", "?"))


QUESTION = re.compile(r"\s*(?:问\s*[：:]|[^：:，。\n]{0,16}记者\s*(?:[：:]|(?:提|追)?问(?:道|及)?\s*[：:]))")
ASKED = re.compile(r"\s*[^：:，。\n]{0,16}(?:记者|媒体)(?:提|追)?问(?:道|及)?\s*[，,]")


def clauses_of(readings: Sequence[Reading], view: View) -> list[Span]:
    """Return the stretch of each reading: from its segment, or its trigger within one, to that of the next."""
    if len(readings) <= 1 or any(reading.found.parsed.view is not view for reading in readings):
        return [(view.start, view.end)] * len(readings)
    bounds = [view.start]
    for before, reading in pairwise(readings):
        apart = reading.found.number > before.found.number
        bounds.append(reading.found.segment.start if apart else reading.found.span[0])
    spans = [(start, next_bound(readings, bounds, at) or view.end) for at, start in enumerate(bounds)]
    return [(start, end) if start < end else (view.start, view.end) for start, end in spans]


def next_bound(readings: Sequence[Reading], bounds: Sequence[int], at: int) -> int:
    """Return where the stretch of the next reading begins, 0 without one; a doubted one ends only doubted ones."""
    following = range(at + 1, len(readings))
    return next((bounds[i] for i in following if readings[at].doubts or not readings[i].doubts), 0)


def worth_reading(view: View, groups: Groups, voice: Voice) -> bool:
    """Return whether a sentence has a word that can carry a provision."""
    if view.stem is not None or voice is Voice.ADVICE:
        return bool(view.cues)
    return any(groups[phrase.group].get("role") in TELLING for hit in view.cues for phrase in hit.phrases)


TELLING = frozenset({"trigger", "verb", "split"})
"""Roles of words without which a sentence holds no provision."""


def judged(view: View, setting: Setting) -> list[Reading]:
    """Return the readings of a sentence, those under a stem, or those of advice."""
    parsed = setting.parsed(view)
    read = setting.context.memory.readings.pop(view.sentence.index, None)
    readings = merged(with_firmer(readings_of(parsed, setting) if read is None else read, setting), setting)
    if view.stem is not None and view.sentence.first:
        under_stem = item_readings(parsed, setting.parsed(view.stem), readings, setting)
        if under_stem is not None:
            return under_stem
    elif is_run_in_heading(parsed, readings, setting):
        return []
    if not readings and setting.voice is Voice.JOINT:
        readings = after_colon(parsed, setting) or agreed_readings(parsed, setting)
    if any(not reading.doubts for reading in readings):
        return readings
    return bare_readings(parsed, setting) or readings


def bare_readings(parsed: Parsed, setting: Setting) -> list[Reading]:
    """Return what a sentence without a trigger of its own tells by where it stands."""
    if is_advice_item(parsed, setting) or is_advice_continued(parsed, setting):
        return advice_readings(parsed)
    if setting.plan or is_announced_item(parsed, setting):
        return plan_readings(parsed, setting)
    return attribute_readings(parsed, setting) if setting.voice is Voice.REPORT else []


def after_colon(parsed: Parsed, setting: Setting) -> list[Reading]:
    """Return the act of a sentence that goes on after a colon ("双方同意：推动…")."""
    before = parsed.view.previous
    if before is None or not before.own.rstrip().endswith(COLONS):
        return []
    under_stem = item_readings(parsed, setting.parsed(before), [], setting)
    return [reading for reading in under_stem or () if reading.found.span[0] >= parsed.view.start]


COLONS = ("：", ":")


def candidate_of(reading: Reading, clause: Span, setting: Setting, view: View) -> Candidate:
    """Return the candidate of a reading."""
    found, subject = reading.found, reading.subject
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


def subject_rule(reading: Reading, setting: Setting) -> str:
    """Return how the actors of a reading are to be read, see `Candidate`."""
    subject = reading.subject
    default = "authors" if setting.voice is Voice.JOINT else "unknown"
    advised = reading.kind is Kind.RECOMMENDATION
    if subject is None:
        own = reading.found.kind_of == "refuse" and setting.proclaims
        return "authors" if own else "addressee" if advised else default
    if advised and subject.origin in {"carried", "sentence"} and subject.speaks:
        return "addressee"
    if subject.type == "text" and setting.voice is Voice.REPORT:
        return "unknown"
    by_origin = {"stem": "stem", "sentence": "previous"}
    if reading.who is not None and reading.who.startswith(THAT):
        return "previous"
    return by_origin.get(subject.origin) or SUBJECT_RULES.get(subject.type, default)


def force_reason(reading: Reading) -> str:
    """Return why a reading has its force."""
    weak = is_weak(reading.found) and reading.force == EXPLORATORY
    return "weaker-verb" if weak else f"class:{reading.found.kind_of}"
