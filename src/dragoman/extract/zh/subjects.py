"""Who the subject of a Chinese clause is, and what kind of subject it is.

The subject is the noun phrase between what leads a segment in (dates, connectives, adverbial phrases) and its
predicate. A segment without one goes on with the subject of the segment, or of the sentence, before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dragoman.extract.candidate import Span
from dragoman.extract.zh.clauses import BLANKS, QUOTED, Parsed, Segment, Token
from dragoman.extract.zh.tables import load_tables
from dragoman.extract.zh.times import RUN_OF_BLANKS

AGENTIVE = ("name", "agent")
"""Roles of words that name somebody who can act."""

LEADS = ("opener", "coordinator", "adverb", "condition", "localizer", "listing")
CUTTERS = (
    "preposition",
    "adverb",
    "opener",
    "aspect",
    "passive",
    "negation",
    "verb",
    "trigger",
    "condition",
    "purpose",
)
SPAN = re.compile(r"[一二两三四五六七八九十\d]+年(?:间|来)?(?:总共|一共|合计|共)")
"""A span over which something is counted ("四年共编列…")."""
DATE = re.compile(
    r"(?:\d{2,4}\s*年(?:代|初|底|末|度)?(?:\s*\d{1,2}\s*月)?|\d{1,2}\s*月)(?:\s*\d{1,2}(?:\s*[~～—至-]\s*\d{1,2})?\s*日)?"
    r"(?:初|底|末|上旬|中旬|下旬|晚些时候)?(?:\s*[上下]半年|\s*[春夏秋冬]季)?|(?:自)?第?[一二三四五六七八九十]+\s*季度|\d+\s*月底?前?|(?<![\d年月])\d{1,2}\s*日(?![元内前后])"
    r"|(?:[〇○零一二三四五六七八九]{4}年)?[一二三四五六七八九十]{1,2}月[一二三四五六七八九十廿]{1,3}日|廿[一二三四五六七八九]?日"
)
TAILS = ("前", "起", "内")
"""What may end a date that leads a segment in."""
LATE = re.compile(
    rf"{RUN_OF_BLANKS}(?:{DATE.pattern}|今(?:（\d+）|\(\d+\))?日|今天|昨天|周[一二三四五六日]|业于)+\s*$"
)
"""A date between a subject and its predicate."""
RECENT = re.compile(
    r"今(?:（\d+）|\(\d+\))?日|今天(?=[在与同向于上下]|举行|会见|签署|发布)|今晨|今早|今晚|当日|同日|今年|去年|本月|上月|本周|上周|昨日|昨天|近日|日前|当天|昨晚|近年|(?<![一每两三四五六七八九十\d])周[一二三四五六日](?![次期])|“?十[三四五六]五”?(?:期间|时期|以来)|(?:近|过去)[一二三四五十两\d]+年(?:来|间)?"
)
"""A date told from the document's own."""
CLOSED = re.compile(r"[\s）)\]】”」]*等?(?:[（(][^（）()]*[）)])?[\s”」]*")
"""What may stand between the end of a name and the next word: a bracket with its abbreviation."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject.

    Attributes:
        span: its words.
        type: "authors" (我们, 双方), "ours" (something of theirs), "text" (本命令), "named", "previous" (其, 它),
            "person" (他), "this" (这一努力), "of-named" (a thing of somebody named), "unknown" (a short name not
            known), "thing", "activity" (a verb phrase).
        origin: "own", "carried" from an earlier segment, "sentence" from the sentence before, "object" of the
            trigger, "agent" after 由, "stem".
        speaks: whether a verb of saying follows it (双方认为, 白宫表示).
    """

    span: Span
    type: str
    origin: str = "own"
    speaks: bool = False

    @property
    def acts(self) -> bool:
        """Return whether it can act: a person, a body, the authors or their text."""
        return self.type in ACTING


ACTING = ("authors", "named", "text", "previous", "person")


def subject_before(parsed: Parsed, segment: Segment, bound: int, *, whole: bool = False) -> Subject | None:
    """Return the subject that stands in a segment before `bound`, None where there is none.

    Args:
        parsed: the sentence.
        segment: the segment.
        bound: where the predicate starts; the segment's end where it is not known.
        whole: the predicate is not known: the first verb ends the subject.
    """
    text = parsed.view.text
    told = None if whole else told_of(parsed, segment, bound)
    if told is not None:
        return told
    start = lead_end(text, segment, bound)
    tokens = [token for token in segment.tokens if start <= token.start < bound]
    if tokens and tokens[0].start == start and text[tokens[0].start : tokens[0].end] in load_tables().topics:
        return None
    if tokens and tokens[0].start == start and tokens[0].role in {"verb", "preposition", "trigger", "passive"}:
        head = after_last_of(text, tokens, bound) if is_relative(tokens) else None
        if head is None:
            return activity(tokens[0], start, bound) if not whole else None
        start = head
        tokens = [token for token in tokens if token.start >= start]
    end = cut(text, tokens, (start, bound), whole=whole)
    late = LATE.search(text, start, end)
    end = late.start() if late is not None and late.start() > start else end
    start, end = stripped(text, start, end)
    if text.startswith(EACH, end - 1) and end - start > len(EACH):
        end -= len(EACH)
    if end <= start or ends_in_time(tokens, end):
        return None
    inside = [token for token in tokens if token.end <= end]
    return Subject((start, end), type_of(text, inside, (start, end)), speaks=speaks_after(segment, end))


def told_of(parsed: Parsed, segment: Segment, bound: int) -> Subject | None:
    """Return the subject of what is said, behind a verb of saying ("协会认为新规将…"), None without one."""
    ruled = rule_end(parsed.view.text, segment.start, bound)
    if ruled:
        behind = tuple(token for token in segment.tokens if token.start >= ruled)
        return subject_before(parsed, replace(segment, start=ruled, tokens=behind), bound)
    said = [token for token in segment.tokens if token.end < bound and token.data.get("class") == "speech"]
    if not said or said[-1].start == segment.start:
        return None
    behind = tuple(token for token in segment.tokens if token.start >= said[-1].end)
    return subject_before(parsed, replace(segment, start=said[-1].end, tokens=behind), bound)


def rule_end(text: str, start: int, bound: int) -> int:
    """Return where what a rule says begins in a stretch ("该法案规定成员国应…"), 0 where no rule says anything."""
    if text.startswith(LAYING_DOWN, start) and start + len(LAYING_DOWN) < bound:
        return start + len(LAYING_DOWN)
    found = load_tables().rule_says.match(text, start, bound)
    return found.end() if found is not None and found.end() < bound else 0


LAYING_DOWN = "规定"
"""Opens what a rule named before says ("公布了草案，规定运营者须…")."""
EACH = "各"


def is_relative(tokens: Sequence[Token]) -> bool:
    """Return whether words that start with a verb or preposition may be an attribute: a verb before its 的."""
    last = max((place for place, token in enumerate(tokens) if token.role == "of"), default=0)
    if tokens[0].role == "trigger" and tokens[0].data["class"] == "charge":
        return last > 0
    return tokens[0].role != "trigger" and any(token.role == "verb" for token in tokens[:last])


def activity(first: Token, start: int, bound: int) -> Subject | None:
    """Return a verb phrase as subject ("处理个人信息应当…"), None for a phrase with a preposition."""
    return Subject((start, bound), "activity") if first.role == "verb" else None


def lead_end(text: str, segment: Segment, bound: int) -> int:
    """Return where the dates, connectives and adverbial phrases that lead a segment in end."""
    position = segment.start
    while True:
        while position < bound and text[position] in BLANKS:
            position += 1
        date = SPAN.match(text, position, bound)
        if date:
            position = date.end()
            continue
        date = DATE.match(text, position, bound)
        if date:
            position = date.end() + text.startswith(TAILS, date.end(), bound)
            continue
        token = next((t for t in segment.tokens if t.start == position and t.start < bound), None)
        if token is None:
            return position
        if token.role in LEADS or token.data.get("class") == "speech":
            position = token.end
        elif token.role == "preposition":
            closed = adverbial_end(text, segment, token, bound)
            if closed is None:
                return position
            position = closed
        else:
            return position


def adverbial_end(text: str, segment: Segment, preposition: Token, bound: int) -> int | None:
    """Return where a phrase that starts with a preposition ends: after its last localizer (在…领域)."""
    for token in reversed(segment.tokens):
        inside = preposition.end < token.start and token.end <= bound
        if token.role == "localizer" and inside and not text.startswith("的", token.end):
            return int(token.end)
    return None


def after_last_of(text: str, tokens: Sequence[Token], bound: int) -> int | None:
    """Return where the head noun starts after the last 的, None without one."""
    for token in reversed(tokens):
        if token.role == "of" and text[token.end : bound].strip(BLANKS):
            return int(token.end)
    return None


DEPARTMENTS = re.compile(
    r"(?=[^，,。；：]*、)[^，,。；：]{4,60}?等(?:有关|相关|其他)?(?:主管)?(?:部门|机关|单位|机构)"
)
"""A list of departments by their fields alone ("网信、教育、公安等部门")."""


def cut(text: str, tokens: Sequence[Token], span: Span, *, whole: bool) -> int:
    """Return where the noun phrase that starts `span` ends."""
    start, bound = span
    listed = DEPARTMENTS.match(text, start, bound)
    first = listed.end() if listed is not None else start
    for index, token in enumerate(tokens):
        if token.start <= start or token.start < first or token.role not in CUTTERS:
            continue
        before = tokens[index - 1] if index else None
        if before is not None and before.role == "listing" and token.role == "verb":
            continue
        headed = before is not None and before.role in AGENTIVE and is_closed(text, before.end, token.start)
        headed = headed or SIDE.fullmatch(text, start, token.start) is not None
        if ends_phrase(text, tokens[index:], bound, headed=headed, whole=whole):
            return token.start
    return bound


def ends_phrase(text: str, rest: Sequence[Token], bound: int, *, headed: bool, whole: bool) -> bool:
    """Return whether the first of the remaining words ends the noun phrase before it."""
    token = rest[0]
    if token.data.get("class") == "speech" or (whole and is_main_modal(rest)):
        return True
    if token.role == "preposition" and text[token.start] in load_tables().joining and joins(rest):
        return False
    if token.role in {"adverb", "opener"} and not headed and not token.data.get("light"):
        return False
    if text.startswith("对", token.start) and is_nominal(rest, bound):
        return False
    if after_last_of(text, rest, bound) is not None:
        return headed and (token.role != "verb" or whole)
    return headed or whole or token.role != "verb"


def is_main_modal(rest: Sequence[Token]) -> bool:
    """Return whether a modal is the predicate and stands in no attribute ("各地要建立由…牵头的机制")."""
    token = rest[0]
    if token.role != "trigger" or token.data.get("class") not in MODALS or len(rest) == 1:
        return False
    of = next((other.start for other in rest if other.role == "of"), None)
    return of is None or of - token.end > ATTRIBUTIVE


MODALS = ("duty", "need", "forbid", "future")
ATTRIBUTIVE = 8
"""An attribute with a modal in it has at most so many characters behind that ("应当报告的事项")."""


def is_nominal(rest: Sequence[Token], bound: int) -> bool:
    """Return whether the noun phrase goes on to a short head after 的 ("国防部对人工智能的使用")."""
    last = next((token for token in reversed(rest) if token.role == "of"), None)
    return last is not None and 0 < bound - last.end <= HEAD


HEAD = 4
"""A noun after 的 of at most so many characters right before a modal is the head of the phrase."""


def joins(rest: Sequence[Token]) -> bool:
    """Return whether 与 joins two nouns: no localizer follows it, and no verb but one right behind somebody."""
    for before, token in pairwise(rest):
        if token.role == "localizer":
            return False
        if token.role == "verb":
            return before.role in AGENTIVE and token.data.get("class") in CONCLUDING
    return True


CONCLUDING = ("enact", "pay", "meet")
"""Classes of verbs of what two do together ("A与B达成协议，并成立…")."""


def is_closed(text: str, end: int, start: int) -> bool:
    """Return whether only blanks and a bracket stand between two words."""
    return end == start or CLOSED.fullmatch(text, end, start) is not None


def ends_in_time(tokens: Sequence[Token], end: int) -> bool:
    """Return whether a localizer ends a phrase: it gives a time or place ("紧急情况下")."""
    return any(token.role == "localizer" and token.end == end for token in tokens)


def stripped(text: str, start: int, end: int) -> Span:
    """Return a span without blanks at its ends and without a final 的 or a word that joins what is cut off."""
    while start < end and text[start] in BLANKS:
        start += 1
    while end > start and (text[end - 1] in BLANKS or text[end - 1] == "的"):
        end -= 1
    joined = JOINED_TO.search(text, start, end)
    return start, joined.start() if joined is not None else end


JOINED_TO = re.compile(r"(?:或者|以及|、|既)$")


def type_of(text: str, tokens: Sequence[Token], span: Span) -> str:
    """Return the type of a subject, see `Subject`."""
    start, end = span
    if load_tables().states.fullmatch(text, start, end) or (not tokens and SIDE.fullmatch(text, start, end)):
        return "named"
    if not tokens:
        if is_authority(text, start, end) or is_quoted_body(text, start, end) or is_titled(text, start, end):
            return "named"
        return "unknown" if end - start <= SHORT else "thing"
    first, last = tokens[0], tokens[-1]
    if last.role in AGENTIVE and is_closed(text, last.end, end):
        if first.data.get("subject") == "authors" and last is not first and text.startswith("的", first.end):
            return "ours"
        kind = last.data.get("subject", "named")
        return "named" if kind == "previous" and first is not last else str(kind)
    agency = first.role == "name" and first.start == start and is_authority(text, first.end, end)
    told = "named" if agency else of_first(tokens, span)
    return told or ("of-named" if any(token.role == "name" for token in tokens) else "thing")


def is_authority(text: str, start: int, end: int) -> bool:
    """Return whether a noun phrase ends as the names of authorities do."""
    ends = text.endswith(load_tables().authorities, start + 2, end)
    return ends and not text.endswith(NO_AUTHORITIES, start, end)


def is_quoted_body(text: str, start: int, end: int) -> bool:
    """Return whether a noun phrase is the name of a body in quotation marks ("「效能提升组」")."""
    return text[end - 1] in QUOTED and text.endswith((*load_tables().organs, "组", "院"), start, end - 1)


def is_titled(text: str, start: int, end: int) -> bool:
    """Return whether a short name was named before with a title ("首相高市早苗…。高市将…")."""
    if not 1 < end - start <= NAME_LENGTH:
        return False
    words, near = text[start:end], max(0, start - NEARBY)
    return any(text.find(title + words, near, start) >= 0 for title in load_tables().titles)


NAME_LENGTH, NEARBY = 4, 3000
"""Characters of a person's name by which he is taken up, and of the text before in which his title stands."""


def of_first(tokens: Sequence[Token], span: Span) -> str | None:
    """Return the type that the word a subject starts with tells, None where it tells none."""
    first = tokens[0]
    if first.start != span[0]:
        return None
    told = {"authors": "ours", "previous": "this", "text": "this"}.get(str(first.data.get("subject")))
    if first.role == "this" or told:
        return told or "this"
    if first.role in AGENTIVE and not any(token.role == "of" for token in tokens):
        return "named" if span[1] - first.end <= FEW else "of-named"
    return None


SIDE = re.compile(r"(?![对各多官警军校资某])[\u4e00-\u9fff]{1,3}方")
"""A side of talks by a short name (赤几方, 甲方)."""
NO_AUTHORITIES = (
    "内部",
    "外部",
    "全部",
    "局部",
    "东部",
    "西部",
    "南部",
    "北部",
    "中部",
    "格局",
    "布局",
    "结局",
    "僵局",
    "变局",
    "破局",
)
SHORT = 12
"""A noun phrase without a known word and at most so long may name somebody unknown."""

FEW = 6
"""A name followed by at most so many characters is still somebody ("美国谈判团队")."""


def speaks_after(segment: Segment, end: int) -> bool:
    """Return whether a verb of saying is the first verb after a subject."""
    for token in segment.tokens:
        if token.start >= end and token.role in {"verb", "trigger"}:
            return token.data.get("class") == "speech"
    return False


def carried_subject(parsed: Parsed, index: int) -> Subject | None:
    """Return the subject of the nearest segment before `index` that has one who can act, else of any."""
    fallback = None
    for segment in reversed(parsed.segments[:index]):
        if segment.tokens and segment.tokens[0].role == "purpose":
            continue
        if parsed.view.text.startswith(IN_CASE, segment.start):
            continue
        found = subject_before(parsed, segment, segment.end, whole=True)
        if found is None or found.type == "activity":
            continue
        found = Subject(found.span, found.type, "carried", found.speaks)
        if found.acts:
            return found
        aside = parsed.words(*found.span) in load_tables().asides
        fallback = fallback or (found if found.span[1] - found.span[0] > 1 and not aside else None)
    return fallback


IN_CASE = "遇"
"""Opens a case in which something is to be done ("遇突发事件，应召开会议")."""


def topic_of(parsed: Parsed, number: int) -> Subject | None:
    """Return whom an earlier segment names as topic ("对于中方，…", "对中国而言，…"), None without one."""
    for segment in reversed(parsed.segments[:number]):
        if segment.closed_by == "semicolon":
            return None
        found = topic_in(parsed, segment)
        if found is not None:
            return found
    return None


def topic_in(parsed: Parsed, segment: Segment) -> Subject | None:
    """Return whom a segment names as topic."""
    first = next(iter(segment.tokens), None)
    text = parsed.view.text
    if first is None or first.role != "preposition" or text[first.start : first.end] not in load_tables().topics:
        return None
    span = phrase_after(parsed, segment, first.end)
    if span is None or text[span[1] : segment.end].strip() not in load_tables().topic_ends:
        return None
    return Subject(span, "named", "topic")


def agent_in(parsed: Parsed, segment: Segment, *, qualifying: bool = False) -> Subject | None:
    """Return who stands after 由 in a segment, None without 由.

    One that only qualifies a noun ("由大学管理的平台") is passed over unless `qualifying` asks for it.
    """
    for token in segment.tokens:
        if token.role == "preposition" and parsed.view.text.startswith(BY, token.start):
            if not qualifying and is_attributive(parsed, segment, token):
                continue
            return agent_after(parsed, segment, token.end)
    return None


def is_attributive(parsed: Parsed, segment: Segment, by: Token) -> bool:
    """Return whether 由 and its verb only qualify a noun ("设立一个由大学管理的平台")."""
    verb = next((token for token in segment.tokens if token.start > by.end and token.role == "verb"), None)
    return verb is not None and parsed.view.text.startswith(OF, verb.end)


OF = "的"


BY = "由"


def agent_after(parsed: Parsed, segment: Segment, start: int) -> Subject | None:
    """Return who stands after 由 at `start`: "由有关主管部门责令…"."""
    found = phrase_after(parsed, segment, start)
    return Subject(found, "named", "agent") if found else None


def phrase_after(parsed: Parsed, segment: Segment, start: int) -> Span | None:
    """Return the noun phrase of somebody that starts at `start`, up to the verb or preposition after it."""
    text = parsed.view.text
    last: Token | None = None
    for token in segment.tokens:
        if token.start < start:
            continue
        if token.role in AGENTIVE:
            last = token
        elif token.role in {"verb", "preposition", "trigger", "adverb", "aspect"}:
            if last is None:
                if token.role == "verb" and token.start == start and text.startswith(OF, token.end):
                    start = token.end + 1
                    continue
                if token.start == start and text.startswith(load_tables().whose, start):
                    start = token.end
                    continue
                if token.start <= start + 1 or token.role != "verb":
                    return None
                continue
            if is_closed(text, last.end, token.start) or token.role != "verb":
                break
    return stripped(text, start, last.end) if last else None
