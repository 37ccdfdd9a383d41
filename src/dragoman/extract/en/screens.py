"""What looks like a provision and is none: effects, thoughts, exhortations, possibilities, vague measures.

A screen gives the name of a doubt; a candidate with one is off unless the weights say otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dragoman.extract.context import Context, Voice
from dragoman.extract.en.aims import chain_of
from dragoman.extract.en.clauses import Tokens
from dragoman.extract.en.subjects import COMPLEMENT, RELATIVE_CLAUSE, SHARED, SUBORDINATE, Subject, subject_of
from dragoman.extract.en.triggers import Find
from dragoman.extract.en.words import ADVERB, GERUND, PREPOSITION
from dragoman.model import Kind

ACTING = frozenset({"we", "actor", "agent"})
CONCRETE_REACH = 14
"""Tokens of a measure's clause in which the thing done is looked for."""
EMPOWERING = ("memorandum of understanding", "agreement", "treaty", "law", "regulation", "act")
"""Kinds of document whose "may" empowers though the parties speak together."""


def doubts_of(tokens: Tokens, find: Find, subject: Subject, context: Context) -> Iterator[str]:
    """Yield the names of the doubts about a find."""
    yield from clause_doubts(tokens, find, subject)
    yield from note_doubts(find)
    if find.kind is Kind.MEASURE:
        yield from measure_doubts(tokens, find, subject)
    elif find.rule.startswith("modal"):
        yield from modal_doubts(tokens, find, subject, context)
    elif find.kind is Kind.COMMITMENT:
        yield from commitment_doubts(find, subject, context)
    elif "asked" in find.notes and find.subject is not None and subject.kind in {"thing", "none", "vehicle"}:
        yield "thing-addressee"
    elif find.rule == "order-responsible" and subject.kind not in ACTING | {"anaphor"}:
        yield "thing-subject"
    elif find.kind is Kind.PERMISSION and subject.kind not in ACTING and find.tense != "modal":
        yield "thing-permitted"
    if (
        "asked" in find.notes
        and find.subject is not None
        and asker_of(tokens, find).kind in {"thing", "none", "holder"}
    ):
        yield "thing-asker"
    if tokens.view.text[tokens.view.end - 1] == "?":
        yield "question"


def asker_of(tokens: Tokens, find: Find) -> Subject:
    """Return who directs, asks or allows."""
    asker = subject_of(tokens, find.verb)
    return replace(asker, kind="we") if asker.clause == SHARED else asker


def clause_doubts(tokens: Tokens, find: Find, subject: Subject) -> Iterator[str]:
    """Yield doubts from the clause the verb stands in."""
    if subject.clause == SUBORDINATE and subject.opener != "whereas":
        yield "subordinate"
    if subject.clause == COMPLEMENT:
        telling = subject.governor in tokens.words.classes["telling"]
        if not telling or (subject.governor in tokens.words.classes["thinking"] and find.rule != "modal-should"):
            yield "thought"
    if subject.clause == RELATIVE_CLAUSE and not relative_acts(tokens, find, subject):
        yield "relative"


def relative_acts(tokens: Tokens, find: Find, subject: Subject) -> bool:
    """Return whether a relative clause holds an act of its own: a body that will act, "through which we will"."""
    if find.tense != "modal":
        return False
    if " " in subject.opener:
        return subject.kind in ACTING
    firm = find.kind in {Kind.COMMITMENT, Kind.OBLIGATION}
    return (
        firm
        and subject.kind in {"agent", "actor"}
        and subject.opener in {"that", "which", "who"}
        and not (tokens.words.is_verb(tokens.word(find.act), "effect") and tokens.verb(find.act) != "bring")
    )


def note_doubts(find: Find) -> Iterator[str]:
    """Yield doubts from what the reader noted."""
    for note in (
        "no-act",
        "bare-noun",
        "participial",
        "speaking",
        "is-to",
        "present-passive",
        "designed",
        "talk",
        "narrated",
        "agreed-that",
    ):
        if note in find.notes:
            yield note


def modal_doubts(tokens: Tokens, find: Find, subject: Subject, context: Context) -> Iterator[str]:
    """Yield doubts about will, shall, must, may, should."""
    verb = tokens.verb(find.act) if find.act < len(tokens) else ""
    effect = verb in tokens.words.verbs["effect"] or verb == "be"
    order = context.voice is Voice.ORDER
    if verb == "be" and not find.passive and find.rule in {"modal-must", "modal-should", "modal-may"}:
        yield "state"
    if find.rule == "modal-will":
        yield from will_doubts(find, subject, effect=effect)
    elif find.rule in {"modal-must", "modal-need"} and (subject.kind == "we" or is_self(tokens, subject)):
        yield "exhortation"
    elif find.rule in {"modal-must", "modal-need"} and not order:
        if subject.kind in {"we", "anaphor", "thing", "vehicle", "text", "none"} or is_self(tokens, subject):
            yield "exhortation"
    elif find.rule == "modal-should":
        if context.voice is not Voice.ADVICE and not order and subject.kind in {"we", "thing", "text", "none"}:
            yield "exhortation"
    elif find.rule == "modal-may" and not may_empowers(tokens, find, subject, context):
        yield "possibility"


def is_self(tokens: Tokens, subject: Subject) -> bool:
    """Return whether a subject is the speaking nation itself: "America must lead"."""
    return subject.end > subject.first and tokens.in_class(subject.end - 1, "self")


def may_empowers(tokens: Tokens, find: Find, subject: Subject, context: Context) -> bool:
    """Return whether "may" permits: in orders, laws and agreements, with somebody who can act."""
    if "negated" in find.notes:
        return True
    if subject.end > subject.first and tokens.in_class(subject.end - 1, "authors"):
        return True
    if subject.kind not in ACTING and not find.passive and find.act < len(tokens):
        verb = tokens.verb(find.act)
        if verb in {"include", "be", "help"} or verb in tokens.words.verbs["effect"]:
            return False
    legal = context.voice is Voice.ORDER or context.document.kind.casefold() in EMPOWERING
    return legal and (subject.kind in ACTING or find.passive or context.voice is Voice.ORDER)


def will_doubts(find: Find, subject: Subject, *, effect: bool) -> Iterator[str]:
    """Yield doubts about will: what tells a nature or an effect is no act of the parties."""
    if subject.kind in {"thing", "holder"} and not find.passive:
        yield "effect"
    elif subject.kind == "text" and not find.passive and find.force > 2:
        yield "effect"
    elif subject.kind in {"vehicle", "anaphor"} and effect and not find.passive:
        yield "effect"


def commitment_doubts(find: Find, subject: Subject, context: Context) -> Iterator[str]:
    """Yield doubts about intend, plan, agree and the like."""
    nominal = find.tense == "nominal" and subject.kind in {"thing", "text"}
    if nominal or (subject.kind in {"thing", "none"} and find.tense not in {"nominal", "list", "modal"}):
        yield "thing-subject"
    if subject.kind in {"text", "vehicle"} and find.tense == "present" and not find.passive:
        if context.voice is not Voice.ORDER or subject.kind != "text":
            yield "thing-subject"
    if find.rule == "verb-performed" and subject.kind not in ACTING:
        yield "thing-subject"


def measure_doubts(tokens: Tokens, find: Find, subject: Subject) -> Iterator[str]:
    """Yield doubts about a measure: it must be concrete and have somebody who did it."""
    if find.rule in {"verb-present"}:
        yield "present"
    legal = find.rule == "verb-enacts" and "narrated" not in find.notes
    if subject.kind in {"thing", "text", "holder"} and not find.passive and not legal:
        yield "thing-subject"
    if find.rule == "verb-continue" and (subject.kind == "vehicle" or tokens.verb(find.act) == "be"):
        yield "thing-subject"
    if subject.kind == "none" and find.tense != "list" and not find.passive:
        yield "no-subject"
    if find.passive and not is_performing(tokens, find.act):
        yield "passive-state"
    if not legal and not is_concrete(tokens, find):
        yield "vague"


def is_performing(tokens: Tokens, act: int) -> bool:
    """Return whether a verb founds, enacts or holds something, alone or with its particle ("took place")."""
    if tokens.verb(act) in {"take", "put", "set", "roll"} and tokens.word(act + 1) in {"place", "out", "up", "in"}:
        return True
    return tokens.words.is_verb(tokens.word(act), "performing")


def is_concrete(tokens: Tokens, find: Find) -> bool:
    """Return whether a measure names what was done: a performing verb with a thing of governance."""
    marks = set(marks_of(tokens, find))
    if is_performing(tokens, find.act):
        named = marks & {"governance", "name", "amount", "instrument", "date"}
        return bool(named) or "vague" not in marks or tokens.word(find.act) in {"met", "took"}
    if tokens.verb(chain_of(tokens, find.act)[-1]) in tokens.words.verbs["process"]:
        return True
    return bool(marks & {"governance", "instrument"}) and not marks & {"vague"}


def marks_of(tokens: Tokens, find: Find) -> Iterator[str]:
    """Yield what stands in the object of an act: names, numbers, nouns of governance, vague nouns."""
    end = min(len(tokens), find.act + CONCRETE_REACH)
    for at in range(find.act + 1, end):
        if tokens.lower[at] in {";", ":"}:
            break
        if tokens.in_class(at, "governance") and not tokens.is_(at, GERUND | ADVERB | PREPOSITION):
            yield "governance"
        if tokens.in_class(at, "vague") and at - find.act < CONCRETE_REACH // 2:
            yield "vague"
        if tokens.capital(at) and at > find.act + 1:
            yield "name"
        if tokens.lower[at][0].isdigit():
            yield "date" if len(tokens.lower[at]) == 4 else "number"  # noqa: PLR2004 - a year
        if tokens.lower[at] in {"$", "€", "£", "million", "billion"}:
            yield "amount"
    start, stop = tokens.starts[min(find.act, len(tokens) - 1)], tokens.ends[end - 1]
    for hit in tokens.view.names:
        if start <= hit.start < stop:
            yield hit.phrases[0].group
