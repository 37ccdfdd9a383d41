"""Who bears a find: whom its trigger names, who stands after 由, the clause's subject, or one carried on."""

from __future__ import annotations

from dataclasses import replace

from dragoman.extract.candidate import Span
from dragoman.extract.context import Voice
from dragoman.extract.zh.clauses import Parsed
from dragoman.extract.zh.setting import Setting
from dragoman.extract.zh.speakers import concludes
from dragoman.extract.zh.subjects import (
    AGENTIVE,
    BY,
    Subject,
    agent_after,
    agent_in,
    carried_subject,
    phrase_after,
    subject_before,
    topic_of,
)
from dragoman.extract.zh.tables import load_tables
from dragoman.extract.zh.triggers import MEASURES, Find

TOWARD = ("direct", "authorize", "urge", "demand", "hope")
"""Classes of triggers whose object is who is to act."""

PASSIVE_BY = ("duty", "penalty", "charge", "forbid", "allow")
"""Classes before whose verb 由 names who is to act."""

BEFORE = ("adverb", "aspect", "negation", "passive")
"""Roles of words before a trigger that belong to its predicate."""


def subject_of(found: Find, setting: Setting) -> Subject | None:
    """Return the subject of a find, None where nothing names it."""
    asked = told_in_passive(found) or object_of(found, setting) if found.kind_of in TOWARD else None
    if asked is not None or found.kind_of in {"urge", "hope", "demand", "direct", "refuse"}:
        return asked
    needed = needed_of(found)
    if needed is not None:
        return needed
    own = named_agent(found) or own_subject(found)
    if own is not None and ends_list(found):
        return with_list(own, found)
    if own is not None and (own.type != "activity" or not found.number):
        return own
    earlier = carried(found, setting) or own
    if earlier is not None or concludes(found, setting):
        return earlier
    return from_sentence_before(found.parsed, setting)


def needed_of(found: Find) -> Subject | None:
    """Return of whom something is needed ("这需要双方加强沟通"), None where 需要 has a subject of its own."""
    first, end = found.segment.tokens[0], found.span[1]
    if found.kind_of != "need" or first.role not in {"this", "trigger"} or found.verb is None:
        return None
    who = next((token for token in found.segment.tokens if token.role in AGENTIVE and token.start >= end), None)
    if who is None or who.start - end > NEEDED_REACH or found.verb.start < who.end:
        return None
    span = phrase_after(found.parsed, found.segment, end)
    return Subject(span, "named", "object") if span is not None else None


NEEDED_REACH = 2
"""Characters between 需要 and the first word that names of whom something is needed."""


def ends_list(found: Find) -> bool:
    """Return whether the subject of a find ends a list that the segment before began ("甲、乙，以及丙…")."""
    first = found.segment.tokens[0]
    if not found.number or first.role != "coordinator" or first.start != found.segment.start:
        return False
    before = found.parsed.segments[found.number - 1]
    if found.parsed.words(first.start, first.end) not in LIST_ENDS or before.closed_by != "comma":
        return False
    return not any(token.role in {"verb", "trigger"} for token in before.tokens)


LIST_ENDS = ("以及", "和", "及")


def with_list(own: Subject, found: Find) -> Subject:
    """Return a subject with the beginning of its list in the segment before."""
    first = carried_subject(found.parsed, found.number)
    return replace(own, span=(first.span[0], own.span[1])) if first is not None and first.acts else own


def object_of(found: Find, setting: Setting) -> Subject | None:
    """Return who is asked, named or not, None where nobody is."""
    span = phrase_after(found.parsed, found.segment, found.span[1]) or written_to(found, setting)
    if span is not None:
        return Subject(span, "named", "object")
    unknown = object_of_demand(found) if found.kind_of in {"demand", "direct"} else None
    return Subject(unknown, "unknown", "object") if unknown is not None else None


def written_to(found: Find, setting: Setting) -> Span | None:
    """Return to whom the segment before writes, where what is asked names nobody ("致信国会，要求推迟…")."""
    if not found.number or found.token.start != found.segment.start:
        return None
    before = found.parsed.segments[found.number - 1]
    letter = setting.tables.letters.search(found.parsed.view.text, before.start, before.end)
    return phrase_after(found.parsed, before, letter.end()) if letter is not None else None


def object_of_demand(found: Find) -> Span | None:
    """Return the words between 要求 and the verb of what is demanded ("要求重点车辆安装终端"), or None."""
    after = [token for token in found.segment.tokens if token.start >= found.span[1]]
    verb = next((token for token in after if token.role in {"verb", "preposition"}), None)
    between = {token.role for token in after if verb is not None and token.start < verb.start}
    if verb is None or not LEAST <= verb.start - found.span[1] <= MOST or not between <= {"adverb"}:
        return None
    return found.span[1], verb.start


LEAST, MOST = 3, 14
"""Characters of whom something unknown to the lexicon is demanded."""


def told_in_passive(found: Find) -> Subject | None:
    """Return who is directed or authorized in the passive ("商务部长被责成…"), None in the active."""
    before = found.segment.tokens[found.index - 1] if found.index else None
    if before is None or before.role != "passive" or before.end != found.token.start:
        return None
    subject = subject_before(found.parsed, found.segment, before.start)
    return replace(subject, origin="object") if subject is not None else None


def named_agent(found: Find) -> Subject | None:
    """Return who stands after 由 ("由商务部承担", "将由双方主持"), None where nobody does."""
    if found.kind_of in PASSIVE_BY or is_hosted(found):
        return agent_in(found.parsed, found.segment)
    if found.kind_of == "future" and found.parsed.view.text.startswith(BY, found.span[1]):
        return agent_after(found.parsed, found.segment, found.span[1] + len(BY))
    return None


def is_hosted(found: Find) -> bool:
    """Return whether a verb ends its segment and tells who has a meeting held ("本届论坛由大学主办")."""
    return found.kind_of == "meet" and found.text in load_tables().hosting


def own_subject(found: Find) -> Subject | None:
    """Return the subject that stands in the find's own segment."""
    if found.again:
        return subject_before(found.parsed, found.segment, found.segment.end, whole=True)
    reports = found.kind_of in MEASURES
    return subject_before(found.parsed, found.segment, bound_of(found), whole=reports)


def carried(found: Find, setting: Setting) -> Subject | None:
    """Return the topic or subject of an earlier segment; in a law only one that can act."""
    parsed = found.parsed
    if setting.statute:
        agents = (agent_in(parsed, segment) for segment in reversed(parsed.segments[: found.number]))
        by_agent = next((agent for agent in agents if agent is not None), None)
        earlier = by_agent or carried_subject(parsed, found.number)
        return replace(earlier, origin="carried") if earlier is not None and earlier.acts else None
    named = named_before(found) if found.kind_of == "future" else None
    topic, earlier = topic_of(parsed, found.number), carried_subject(parsed, found.number)
    if topic is not None and earlier is not None and earlier.acts and earlier.span[0] > topic.span[1]:
        return named or earlier
    return topic or named or earlier


def named_before(found: Find) -> Subject | None:
    """Return the text or programme that the segment before only names ("这一贸易协议，将推动…"), or None."""
    if not found.number or found.token.start != found.segment.start:
        return None
    before = found.parsed.segments[found.number - 1]
    words = found.parsed.words(before.start, before.end)
    if before.closed_by != "comma" or any(token.role in PREDICATES for token in before.tokens):
        return None
    tables = load_tables()
    named = any(
        words.endswith(match) for pattern in (tables.named, tables.law) for match in pattern.findall(words)
    )
    return Subject((before.start, before.end), "thing") if named else None


PREDICATES = ("verb", "trigger", "preposition", "localizer", "name")
"""Roles of words that make a segment more than the name of something."""


def bound_of(found: Find) -> int:
    """Return where the predicate of a find starts: its trigger, with the adverbs and aspect words before it."""
    start = found.span[0]
    for token in reversed(found.segment.tokens[: found.index]):
        if token.end == start and token.role in BEFORE:
            start = token.start
    return start


def from_sentence_before(parsed: Parsed, setting: Setting) -> Subject | None:
    """Return the subject of the sentence before in the same block; in a declaration the authors act instead.

    In a report one without a subject is passed over: its own comes from before, too.
    """
    before = parsed.view.previous
    for _ in range(PASSED if setting.voice is Voice.REPORT else 1):
        if before is None or setting.voice is Voice.JOINT:
            return None
        earlier = setting.parsed(before)
        found = carried_subject(earlier, len(earlier.segments))
        if found is not None:
            return replace(found, origin="sentence") if found.acts else None
        before = before.previous
    return None


PASSED = 2
"""Sentences of a report in which a subject is looked for."""
