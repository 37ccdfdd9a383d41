"""Duties that Chinese laws state without a modal: "国家建立…制度", "由国务院制定", "由有关主管部门责令改正"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.extract.zh.clauses import Parsed, Segment, Token
from dragoman.extract.zh.forces import is_weak
from dragoman.extract.zh.kinds import AIM
from dragoman.extract.zh.places import ATTRIBUTE
from dragoman.extract.zh.prospects import RECURRING
from dragoman.extract.zh.setting import Setting
from dragoman.extract.zh.subjects import Subject, agent_in, subject_before
from dragoman.extract.zh.triggers import Find
from dragoman.model import BlockKind

NO_ACT = ("state", "effect", "speech", "attitude", "mind")
"""Classes of verbs that lay down no duty."""


def indicatives_in(
    parsed: Parsed, taken: Sequence[Find], setting: Setting
) -> Iterator[tuple[Find, Subject | None]]:
    """Yield the duties of the parts between semicolons that hold no trigger, with who bears them."""
    numbers = {found.number for found in taken}
    part: list[int] = []
    for number, segment in enumerate(parsed.segments):
        part.append(number)
        if segment.closed_by in {"semicolon", "stop", ""} or number + 1 == len(parsed.segments):
            if not numbers.intersection(part):
                yield from duties_in(parsed, part, setting)
            else:
                yield from duties_beside(parsed, part, taken, setting)
            part = []


def duties_beside(
    parsed: Parsed, part: Sequence[int], taken: Sequence[Find], setting: Setting
) -> Iterator[tuple[Find, Subject | None]]:
    """Yield the duty of somebody else beside a trigger ("海关开展核查，有关单位应当配合", "…，由海关监管")."""
    first = min(found.number for found in taken if found.number in part)
    last = max(found.number for found in taken if found.number in part)
    before = [number for number in part if number < first]
    conditional = any(is_condition(parsed, parsed.segments[number]) for number in before)
    if before and not conditional and opens_anew(parsed, first):
        duties = duties_in(parsed, before, setting)
        yield from (duty for duty in duties if duty[0].token.data["class"] == ENACTING)
    behind = [number for number in part if number > last]
    if behind and parsed.view.text.startswith(BY, parsed.segments[behind[0]].start):
        yield from duties_in(parsed, behind, setting)


def opens_anew(parsed: Parsed, number: int) -> bool:
    """Return whether the segment of a trigger has somebody of its own who acts."""
    segment = parsed.segments[number]
    trigger = next((token for token in segment.tokens if token.role == "trigger"), None)
    if trigger is None or trigger.start == segment.start:
        return False
    own = subject_before(parsed, segment, trigger.start)
    return own is not None and own.acts and own.type == "named"


BY, ENACTING = "由", "enact"


def duties_in(parsed: Parsed, part: Sequence[int], setting: Setting) -> Iterator[tuple[Find, Subject | None]]:
    """Yield the duties of a part: the first firm one and the first that only encourages."""
    if any(tells_scope(parsed, number, setting) for number in part):
        return
    bare = bare_duty(parsed, part[0]) or fostered_then(parsed, part)
    if bare is not None:
        yield bare, None
        yield from ((later, None) for later in also_fostered(parsed, part, bare))
        return
    main = [n for n in part if not is_condition(parsed, parsed.segments[n]) and not is_topic(parsed, part, n)]
    seen: set[bool] = set()
    for number, subject in subjects_of(parsed, main):
        segment = parsed.segments[number]
        found = duty_in(parsed, number, segment, subject)
        if found is None:
            if has_no_act(segment):
                return
        elif is_weak(found) not in seen:
            seen.add(is_weak(found))
            yield found, subject


def fostered_then(parsed: Parsed, part: Sequence[int]) -> Find | None:
    """Return what is encouraged behind a condition ("验证身份的，鼓励优先使用公共服务"), None without it."""
    number = next((n for n in part if not is_condition(parsed, parsed.segments[n])), part[0])
    segment = parsed.segments[number]
    token = next(iter(segment.tokens), None)
    if number == part[0] or token is None or token.start != segment.start or token.data.get("class") != "weak":
        return None
    return Find(parsed, segment, number, 0, token, (token.start, token.end), "indicative", token, direct=True)


def also_fostered(parsed: Parsed, part: Sequence[int], first: Find) -> Iterator[Find]:
    """Yield what a sentence that starts with what is supported goes on to encourage ("支持…，鼓励…")."""
    for number in part[1:]:
        segment = parsed.segments[number]
        token = next(iter(segment.tokens), None)
        weak = token is not None and token.start == segment.start and token.data.get("class") == "weak"
        if token is not None and weak and not is_weak(first):
            span = (token.start, token.end)
            yield Find(parsed, segment, number, 0, token, span, "indicative", token, direct=True)
            return


def subjects_of(parsed: Parsed, numbers: Sequence[int]) -> Iterator[tuple[int, Subject]]:
    """Yield the segments whose subject acts, their own or the one before; none where the first is a thing."""
    subject: Subject | None = None
    for number in numbers:
        segment = parsed.segments[number]
        own = agent_in(parsed, segment) or own_subject(parsed, segment, subject)
        if own is not None and not own.acts and not (own.type == "unknown" and is_regular(parsed, segment)):
            if subject is None:
                return
            continue
        subject = own or subject
        if subject is not None:
            yield number, subject


def is_regular(parsed: Parsed, segment: Segment) -> bool:
    """Return whether something is laid down to be done regularly: whoever it is, he acts ("样本库每年演练")."""
    return RECURRING.search(parsed.view.text, segment.start, segment.end) is not None


BASES = ("依据", "按照", "依照", "根据", "会同")
"""Prepositions of what somebody named before acts by or with ("…部门，依据各自职责加强…")."""


def own_subject(parsed: Parsed, segment: Segment, before: Subject | None) -> Subject | None:
    """Return the subject of a segment; one that starts with a verb goes on with the subject before."""
    first = next(iter(segment.tokens), None)
    if before is None or first is None or first.start != segment.start:
        return subject_before(parsed, segment, segment.end, whole=True)
    if first.role in {"verb", "adverb"} or parsed.words(first.start, first.end) in BASES:
        return None
    return subject_before(parsed, segment, segment.end, whole=True)


def tells_scope(parsed: Parsed, number: int, setting: Setting) -> bool:
    """Return whether a segment tells what a law applies to ("适用本法"), or from when ("自公布之日起施行")."""
    segment = parsed.segments[number]
    words = parsed.words(segment.start, segment.end).rstrip("。")
    return words.startswith(setting.tables.scopes) or words.endswith(setting.tables.commencing)


def bare_duty(parsed: Parsed, number: int) -> Find | None:
    """Return the duty of a sentence that starts with its verb ("支持企业…"), None for other sentences."""
    segment = parsed.segments[number]
    view = parsed.view
    if view.sentence.kind is BlockKind.ITEM or is_condition(parsed, segment) or number:
        return None
    start = segment.start
    for index, token in enumerate(segment.tokens):
        if token.start != start or token.role not in {"adverb", "verb"}:
            return None
        if token.role == "verb":
            is_duty = token.data["class"] in {"act", "weak", "enact"} and not view.text.startswith(
                ATTRIBUTE, token.end
            )
            if not is_duty or any(t.role in {"trigger", "negation"} or is_state(t) for t in all_tokens(parsed)):
                return None
            if COUNTED.search(view.text, token.end, segment.end):
                return None
            return Find(
                parsed, segment, number, index, token, (start, token.end), "indicative", token, direct=True
            )
        start = token.end
    return None


COUNTED = re.compile(r"[限期]为?[一二两三四五六七八九十百\d]+|为[一二两三四五六七八九十百\d]+")
"""Tells a period or number of what the verb and noun before it name ("评估结果有效期为二年")."""


def all_tokens(parsed: Parsed) -> Iterator[Token]:
    """Yield the known words of a sentence."""
    for segment in parsed.segments:
        yield from segment.tokens


def is_state(token: Token) -> bool:
    """Return whether a word is a verb that tells what is."""
    return token.role == "verb" and token.data["class"] in {"state", "effect"}


def is_topic(parsed: Parsed, part: Sequence[int], number: int) -> bool:
    """Return whether a segment only names what the next one is about ("…的办法，由国务院制定")."""
    if number == part[-1]:
        return False
    following = parsed.segments[number + 1]
    first = next(iter(following.tokens), None)
    if first is None or first.start != following.start:
        return False
    return parsed.words(first.start, first.end) == "由" or first.data.get("class") == "state"


def has_no_act(segment: Segment) -> bool:
    """Return whether the first verb of a segment tells what is, so that the part lays down no duty."""
    told = (token for token in segment.tokens if token.role in {"verb", "negation", "trigger"})
    first = next((token for token in told if not is_of_phrase(segment, token)), None)
    return first is not None and (first.role == "negation" or first.data["class"] in NO_ACT)


def is_of_phrase(segment: Segment, verb: Token) -> bool:
    """Return whether a verb stands in an attribute right behind 对 ("对有下列情形之一的进口商")."""
    before = next((token for token in segment.tokens if token.end == verb.start), None)
    if before is None or before.role != "preposition":
        return False
    return any(token.role == "of" and token.start > verb.end for token in segment.tokens)


def is_condition(parsed: Parsed, segment: Segment) -> bool:
    """Return whether a segment states a condition or exception."""
    words = parsed.words(segment.start, segment.end)
    return words.endswith(("的", "除外", "从其规定")) and not words.endswith(AIM)


def duty_in(parsed: Parsed, number: int, segment: Segment, subject: Subject) -> Find | None:
    """Return the duty of a segment: the verb of an act of its subject."""
    for index, token in enumerate(segment.tokens):
        if token.start < subject.span[1]:
            continue
        if token.role in {"negation", "trigger", "passive", "aspect"}:
            return None
        if token.role == "verb" and not parsed.view.text.startswith(ATTRIBUTE, token.end):
            if is_of_phrase(segment, token):
                continue
            if index and segment.tokens[index - 1].role == "listing":
                continue
            if token.data["class"] in {*NO_ACT, "principle"}:
                return None
            span = (token.start, token.end)
            return Find(parsed, segment, number, index, token, span, "indicative", token, direct=True)
    return None
