"""Whether a report tells what a rule says: "根据新规，企业须…", "草案规定，…", and what goes on after that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.extract.zh.clauses import Parsed, Segment
from dragoman.extract.zh.setting import Setting
from dragoman.extract.zh.speakers import STATES, sentences_back, speaks_in, types_in
from dragoman.extract.zh.subjects import Subject, agent_in, rule_end
from dragoman.extract.zh.triggers import Find


def is_ruled(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a report tells what a rule says ("根据新规，企业须…", "该条例明确，…")."""
    parsed = found.parsed
    if rule_end(parsed.view.text, found.segment.start, found.span[0]):
        return True
    before = parsed.segments[: found.number]
    acted = max((number for number, part in enumerate(before) if is_told_done(parsed, part)), default=0)
    if any(says_rule(parsed, segment, setting) for segment in before[acted:]):
        return True
    if under_rule(found, setting) or is_due(found, setting):
        return True
    if types_in(parsed, subject, setting) & STATES:
        return False
    told = any(rule_end(parsed.view.text, part.start, part.end) for part in parsed.segments[: found.number])
    return told or is_applicant(found, subject, setting) or goes_on(found, setting)


def is_told_done(parsed: Parsed, segment: Segment) -> bool:
    """Return whether a segment tells something as done ("商务部发布了公告"): a rule named before is its basis."""
    return any(parsed.words(token.start, token.end) == DONE for token in segment.tokens)


DONE = "了"


def is_due(found: Find, setting: Setting) -> bool:
    """Return whether news tell what somebody has to do by a day, or will have to do: a rule binds him."""
    if not setting.release or found.text not in BOUND:
        return False
    text, before = found.parsed.view.text, found.span[0]
    return text.startswith(WILL, before - 1) or BY_DAY.match(text, found.span[1]) is not None


BOUND = ("必须", "须")
WILL = "将"
BY_DAY = re.compile(r"[在于]?[^，,。；]{0,12}?\d{1,2}\s*(?:月底?|日)(?:之|以)?前")
"""The last day for what has to be done ("必须在4月30日之前公布")."""


def under_rule(found: Find, setting: Setting) -> bool:
    """Return whether what is to be done is done by a rule ("应当根据《…条例》相关规定提出申请")."""
    if not setting.release:
        return False
    told = found.parsed.view.text[found.span[1] : found.segment.end]
    return told.startswith(setting.tables.under_rule) and BY_RULE.match(told) is not None


BY_RULE = re.compile(r"[^，,。；]{2,40}?(?:规定|条例》|办法》|法》)")
"""The rule by which something is done, after 根据."""


def is_stated(found: Find, setting: Setting) -> bool:
    """Return whether the sentence itself brings in the rule."""
    parsed = found.parsed
    return any(holds_rule(parsed, segment, setting) for segment in parsed.segments[: found.number + 1])


def handed_over(parsed: Parsed, taken: Sequence[Find], setting: Setting) -> Iterator[tuple[Find, Subject]]:
    """Yield what a rule or programme told in a report gives into somebody's charge ("该事项由主管机关办理")."""
    numbers = {found.number for found in taken}
    for number, segment in enumerate(parsed.segments):
        agent = agent_in(parsed, segment) if number not in numbers else None
        found = charge_in(parsed, number, segment, setting) if agent is not None else None
        if agent is None or found is None:
            continue
        before = parsed.words(segment.start, agent.span[0] - 1)
        if before.endswith(setting.tables.programmes) or is_ruled(found, agent, setting):
            yield found, agent


def charge_in(parsed: Parsed, number: int, segment: Segment, setting: Setting) -> Find | None:
    """Return the charge that ends a segment with 由, None where another word of the grammar stands in it."""
    if any(token.role in {"trigger", "aspect", "negation"} for token in segment.tokens):
        return None
    last = segment.tokens[-1]
    text = parsed.words(last.start, last.end)
    if (
        last.role != "verb"
        or text not in setting.tables.charges
        or parsed.words(last.end, segment.end).strip("。")
    ):
        return None
    index = len(segment.tokens) - 1
    span = (last.start, last.end)
    return Find(parsed, segment, number, index, last, span, "indicative", last, direct=True)


def says_rule(parsed: Parsed, segment: Segment, setting: Setting) -> bool:
    """Return whether a segment brings in what a rule says ("根据新规", "该条例明确", "部长指示")."""
    tables = setting.tables
    words = parsed.words(segment.start, segment.end)
    if words.startswith(tables.under_rule) and words.endswith(tables.rule_ends):
        return True
    if words.endswith(tables.instructing):
        return True
    rule = next((verb for verb in tables.ruling if words.endswith(verb)), "")
    return bool(rule) and words.removesuffix(rule).rstrip(ALSO).endswith(tables.rule_ends)


ALSO = "还也亦并另"
"""Adverbs between a rule and its verb ("草案还规定，")."""


def is_applicant(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a release tells what those have to do who apply to a programme ("申请企业须…")."""
    if not setting.release:
        return False
    text = found.parsed.view.text
    if subject is not None and text.startswith(setting.tables.applicants, subject.span[0]):
        return True
    return any(
        text.startswith(setting.tables.applicants, part.start) for part in found.parsed.segments[: found.number]
    )


def goes_on(found: Find, setting: Setting) -> bool:
    """Return whether a sentence of news goes on with what a rule in one before it says, and nobody speaks."""
    if not setting.release:
        return False
    for parsed, number in sentences_back(found, setting, REACH + 1):
        if parsed is not found.parsed and any(holds_rule(parsed, one, setting) for one in parsed.segments):
            return True
        if speaks_in(parsed, number, setting):
            return False
    return False


REACH = 3
"""Sentences back to which what a rule says is looked for."""


def holds_rule(parsed: Parsed, segment: Segment, setting: Setting) -> bool:
    """Return whether a segment brings in what a rule says, or tells some of it itself ("新规要求企业…")."""
    return says_rule(parsed, segment, setting) or rule_end(parsed.view.text, segment.start, segment.end) > 0
