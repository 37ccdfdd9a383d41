"""What looks like a provision and is none: effects, thoughts, exhortations, possibilities, vague measures.

A screen gives the name of a doubt; a candidate with one is off unless the weights say otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.extract.context import Context, Voice
from dragoman.extract.en.aims import chain_of
from dragoman.extract.en.clauses import Tokens
from dragoman.extract.en.finds import Find
from dragoman.extract.en.forces import BINDING, INTENDED
from dragoman.extract.en.papers import is_advised
from dragoman.extract.en.subject_kinds import head_of
from dragoman.extract.en.subjects import (
    COMPLEMENT,
    MAIN,
    RELATIVE_CLAUSE,
    SHARED,
    SUBORDINATE,
    Subject,
    subject_of,
)
from dragoman.extract.en.talk import is_idle, is_quoted, is_reporters, is_spoken
from dragoman.extract.en.things import is_concrete, is_performing, marks_of
from dragoman.extract.en.words import ADVERB, BE, DET, GERUND, HAVE, MODAL, PREPOSITION, SIGN, THIRD
from dragoman.model import Kind

ACTING = frozenset({"we", "actor", "agent"})
BODIES = frozenset({"actor", "agent"})
LIFELESS = frozenset({"thing", "none", "holder"})
UNDIRECTED = frozenset({"thing", "none", "vehicle"})
CALLING = frozenset({"call", "urge", "ask", "invite"})
"""Verbs whose object is always somebody who can act: "call on the private sector to"."""
IMPERSONAL = frozenset((
    "advice-imperative", "advice-value", "legal-unlawful", "advice-way", "advice-case", "advice-merit",
    "advice-falls", "advice-needed", "cleft-asking",
))  # fmt: skip
"""Rules whose sentence begins with "it is", "there is" or a way to go: nobody asks."""
FREEING = frozenset({"legal-exempt", "legal-disapplied", "legal-no-duty"})
"""Rules by which a law frees things as well as people."""
UNADDRESSED = frozenset({"we", "anaphor", "thing", "vehicle", "text", "holder", "none"})
UNADVISED = frozenset({"we", "thing", "text", "none"})
OPENING = 7
"""Tokens of a sentence among which it says what period it looks back on."""
EMPOWERING = frozenset({"memorandum of understanding", "agreement", "treaty", "law", "regulation", "act"})
"""Kinds of document whose "may" empowers though the parties speak together."""
NOTED = (
    "no-act", "bare-noun", "participial", "speaking", "is-to", "present-passive", "designed", "talk", "narrated",
    "agreed-that", "announced", "undone",
)  # fmt: skip
"""Notes of the readers that are doubts."""
TERMS = (("take", "effect"), ("take", "place"), ("enter", "into"), ("come", "into"), ("remain", "in"))
"""Verbs of more than one word by which an agreement begins, holds and ends."""
YET_TO_COME = frozenset({"future", "further", "subsequent"})
NAMING = 3
"""Tokens of "referred to as"."""
GOING_ON = frozenset({"help", "continue", "keep"})
"""Verbs that leave it to the next one whether something is an effect."""
TOLD = frozenset({"verb-past", "auxiliary-have"})
"""Rules of what was done; a legal text does so itself: "the Act established a fund"."""


def doubts_of(tokens: Tokens, find: Find, subject: Subject, context: Context) -> Iterator[str]:
    """Yield the names of the doubts about a find."""
    yield from clause_doubts(tokens, find, subject, context)
    yield from (note for note in NOTED if note in find.notes)
    if find.kind is Kind.MEASURE:
        yield from measure_doubts(tokens, find, subject)
    elif find.rule.startswith("modal"):
        yield from modal_doubts(tokens, find, subject, context)
    elif find.kind is Kind.COMMITMENT:
        yield from commitment_doubts(tokens, find, subject, context)
    else:
        yield from directive_doubts(tokens, find, subject)
    if tokens.view.text[tokens.view.end - 1] == "?":
        yield "question"
    if is_spoken(context):
        yield from talk_doubts(tokens, find, subject, context)
    elif says_idly(tokens, find, subject, context):
        yield "idle"
    if find.rule == "modal-will" and tokens.in_class(find.act, "schedule"):
        yield "schedule"


def says_idly(tokens: Tokens, find: Find, subject: Subject, context: Context) -> bool:
    """Return whether a report quotes what somebody said, and no act is in it."""
    quoted = context.voice is Voice.REPORT and is_quoted(tokens, find.verb)
    return quoted and is_idle(tokens, find, subject, marks_of(tokens, find))


def talk_doubts(tokens: Tokens, find: Find, subject: Subject, context: Context) -> Iterator[str]:
    """Yield doubts about what is said in a transcript."""
    if is_reporters(tokens, context):
        yield "reporter"
    marks = marks_of(tokens, find)
    if find.passive and any(tokens.in_class(at, "governance") for at in range(subject.first, subject.end)):
        marks |= {"governance"}
    if is_idle(tokens, find, subject, marks):
        yield "idle"


def clause_doubts(tokens: Tokens, find: Find, subject: Subject, context: Context) -> Iterator[str]:
    """Yield doubts from the clause the verb stands in."""
    if subject.clause == SUBORDINATE and not adds_clause(tokens, find, subject):
        yield "subordinate"
    if subject.clause == COMPLEMENT and is_thought(tokens, find, subject) and not is_news(find, subject, context):
        yield "thought"
    if subject.clause == RELATIVE_CLAUSE and not relative_acts(tokens, find, subject):
        yield "relative"


def is_news(find: Find, subject: Subject, context: Context) -> bool:
    """Return whether a report passes on what a named actor will do: "they noted that the Quad will launch"."""
    passed = subject.governor in {"note", "notes", "noted", "explained", "adds"} and find.rule == "modal-will"
    return passed and context.voice is Voice.REPORT and subject.kind == "actor"


def adds_clause(tokens: Tokens, find: Find, subject: Subject) -> bool:
    """Return whether "whereas", or "while" behind a main clause, sets somebody else's act beside another.

    So does the place of an act: "met in Oslo, where they agreed to".
    """
    if subject.opener == "where":
        return find.rule == "verb-firm" and subject.kind == "anaphor" and tokens.word(subject.first - 2) == ","
    if subject.opener != "while" or subject.kind not in BODIES:
        return subject.opener == "whereas"
    at = next((i for i in range(subject.first - 1, 1, -1) if tokens.lower[i] == "while"), 0)
    return at > 1 and tokens.lower[at - 1] == ","


def is_thought(tokens: Tokens, find: Find, subject: Subject) -> bool:
    """Return whether a clause after "that" is thought and not told; "share the view that X should" advises."""
    classes = tokens.words.classes
    if find.rule in {"modal-would", "modal-will"} and subject.governor in classes["promising"]:
        return False
    if (
        find.rule == "modal-will"
        and subject.governor in classes["repeating"]
        and subject.kind in {"we", "anaphor"}
    ):
        return False
    if subject.governor not in classes["telling"]:
        return True
    return subject.governor in classes["thinking"] and find.rule != "modal-should"


def relative_acts(tokens: Tokens, find: Find, subject: Subject) -> bool:
    """Return whether a relative clause holds an act of its own: a body that will act, "through which we will"."""
    if find.tense != "modal":
        return False
    if " " in subject.opener or (subject.kind == "we" and is_loose(tokens, subject)):
        cases = subject.opener == "in which" and find.kind is Kind.RECOMMENDATION
        return subject.kind in ACTING and find.kind is not Kind.PERMISSION and not cases
    if find.passive and subject.kind != "actor":
        return False
    last = chain_of(tokens, find.act)[-1] if find.act < len(tokens) else find.act
    effect = tokens.verb_in(last, "effect") and tokens.verb(find.act) != "bring"
    firm = find.kind in {Kind.COMMITMENT, Kind.OBLIGATION}
    return firm and subject.kind in BODIES and bool(subject.opener) and not effect


def is_loose(tokens: Tokens, subject: Subject) -> bool:
    """Return whether a relative clause only adds to its noun: ", which we will co-chair"."""
    return subject.opener == "which" and tokens.word(subject.first - 2) == ","


def directive_doubts(tokens: Tokens, find: Find, subject: Subject) -> Iterator[str]:
    """Yield doubts about what is asked, ordered or allowed: by whom, and of whom."""
    asked = "asked" in find.notes and find.subject is not None
    ruled = find.passive and asker_of(tokens, find).kind == "text"
    called = find.rule == "advice-firm" and tokens.verb(find.verb) in CALLING and not find.passive
    if asked and subject.kind in UNDIRECTED and not ruled and not (called and subject.kind == "thing"):
        yield "thing-addressee"
    if (
        not ruled
        and find.rule not in IMPERSONAL
        and (asked or "no-addressee" in find.notes)
        and asker_of(tokens, find).kind in LIFELESS
    ):
        yield "thing-asker"
    if "no-addressee" in find.notes and find.tense == "past" and find.kind is Kind.RECOMMENDATION:
        yield "talk"
    if find.rule == "order-direct" and find.tense == "present" and find.subject is None and "asked" in find.notes:
        told = tokens.verb_in(find.trigger[1] - 2, "addressing") or tokens.verb_in(
            find.trigger[1] - 1, "addressing"
        )
        if told and subject.kind == "thing":
            yield "thing-addressee"
    if find.rule == "order-responsible" and subject.kind not in ACTING | {"anaphor"}:
        yield "thing-subject"
    spends = tokens.word(find.verb - 1) == "there" and tokens.word(find.act) in {"appropriated", "be"}
    freed = spends or find.rule in FREEING
    if find.kind is Kind.PERMISSION and not asked and subject.kind not in ACTING and not freed:
        yield "thing-permitted"


def asker_of(tokens: Tokens, find: Find) -> Subject:
    """Return who directs, asks or allows."""
    asker = subject_of(tokens, find.verb)
    if opens_with_verb(tokens, find.verb):
        return asker._replace(kind="agent")
    return asker._replace(kind="we") if asker.clause == SHARED else asker


def opens_with_verb(tokens: Tokens, verb: int) -> bool:
    """Return whether a sentence opens with its finite verb and no subject: "Also requests", "Decides to"."""
    if not tokens.is_(verb, THIRD) or tokens.is_(verb, BE | HAVE) or not (verb or tokens.capital(0)):
        return False
    return all(tokens.is_(at, ADVERB | SIGN) or tokens.lower[at].isdigit() for at in range(verb))


def modal_doubts(tokens: Tokens, find: Find, subject: Subject, context: Context) -> Iterator[str]:
    """Yield doubts about will, shall, must, may, should."""
    if (
        tokens.verb(find.act) == "be"
        and not find.passive
        and find.rule not in {"modal-will", "modal-shall", "modal-would", "modal-going"}
        and not (find.rule == "modal-is-to" and tokens.word(find.verb - 1) == "there")
    ):
        yield "state"
    if find.passive and tokens.verb_in(find.act, "naming") and "as" in tokens.lower[find.act : find.act + NAMING]:
        yield "state"
    if find.rule in {"modal-will", "modal-would", "modal-going"} and tells_effect(tokens, find, subject):
        yield "effect"
    elif (
        find.rule in {"modal-will", "modal-going"}
        and context.voice in {Voice.REPORT, Voice.ADVICE}
        and foretells(tokens, find, subject)
    ):
        yield "foretold"
    elif find.rule == "modal-could" and (
        not could_be_done(tokens, find, subject)
        or (tokens.verb_in(find.act, "possible") and not names_gerund(tokens, find.act))
    ):
        yield "possibility"
    elif find.rule in {"modal-must", "modal-need", "modal-should", "modal-have-to"} and exhorts(
        tokens, find, subject, context
    ):
        yield "exhortation"
    elif (
        find.rule == "modal-may"
        and find.kind is not Kind.RECOMMENDATION
        and not may_empowers(tokens, find, subject, context)
    ) or (find.rule == "modal-can" and not can_empowers(tokens, find, subject, context)):
        yield "possibility"
    elif find.rule == "modal-shall" and tells_scope(tokens, find, subject):
        yield "scope"


def could_be_done(tokens: Tokens, find: Find, subject: Subject) -> bool:
    """Return whether "could" advises: somebody to act, or that something planned be done."""
    they = tokens.word(subject.first) == "they" and subject.clause == MAIN and not find.passive
    return subject.kind in BODIES or they or (find.passive and subject.kind in {"vehicle", "text"})


def names_gerund(tokens: Tokens, act: int) -> bool:
    """Return whether a verb is followed by its means: "help by amending the statute"."""
    return tokens.word(act + 1) == "by" and tokens.is_(act + 2, GERUND)


def foretells(tokens: Tokens, find: Find, subject: Subject) -> bool:
    """Return whether will tells what somebody is going to be, or what others do if something holds."""
    state = tokens.is_(find.act + 1, DET) or tokens.word(find.act + 1) == "able"
    becomes = tokens.verb(find.act) in {"be", "have"} and not find.passive and state
    reacts = tokens.verb_in(find.act, "reacting") or (find.passive and "negated" in find.notes)
    if reacts and subject.kind != "we" and not is_actor_named(tokens, subject):
        return True
    return becomes or (tokens.word(0) == "if" and subject.kind != "we")


def is_actor_named(tokens: Tokens, subject: Subject) -> bool:
    """Return whether a subject is an actor of the register or has a capital inside the sentence."""
    return subject.kind == "actor" or any(tokens.capital(at) for at in range(max(subject.first, 1), subject.end))


def exhorts(tokens: Tokens, find: Find, subject: Subject, context: Context) -> bool:
    """Return whether must or should urges the speakers themselves, or says how things ought to be."""
    if find.rule == "modal-should":
        own = context.voice is Voice.ORDER and subject.kind == "we"
        return (
            own
            or tokens.word(subject.first) in {"none", "nothing"}
            or states_nature(tokens, find, subject, context)
            or (context.voice not in {Voice.ADVICE, Voice.ORDER} and subject.kind in UNADVISED)
        )
    if is_advised(tokens, subject, context):
        return False
    if context.voice is Voice.ADVICE:
        thing = find.rule == "modal-must" and subject.kind == "thing" and not find.passive
        return subject.kind == "we" or thing
    if subject.kind == "we" or is_self(tokens, subject):
        return True
    if find.rule == "modal-need" and subject.kind in LIFELESS:
        return True
    demanded = find.rule == "modal-must" and subject.kind == "thing" and tokens.verb_in(find.act, "complying")
    return not demanded and context.voice is not Voice.ORDER and subject.kind in UNADDRESSED


def states_nature(tokens: Tokens, find: Find, subject: Subject, context: Context) -> bool:
    """Return whether the parties say how their own work should be: "this dialogue should be open"."""
    being = tokens.verb(find.act) == "be" or tokens.verb_in(find.act, "speaking")
    return context.voice is Voice.JOINT and subject.kind == "vehicle" and being and not find.passive


def is_self(tokens: Tokens, subject: Subject) -> bool:
    """Return whether a subject is the speaking nation itself: "America must lead"."""
    return subject.end > subject.first and tokens.in_class(subject.end - 1, "self")


def may_empowers(tokens: Tokens, find: Find, subject: Subject, context: Context) -> bool:
    """Return whether "may" permits: in orders, laws and agreements, with somebody who can act."""
    if find.kind is Kind.RECOMMENDATION:
        return True
    head = head_of(tokens, subject.first, subject.end)
    if "negated" in find.notes or (subject.end > subject.first and tokens.in_class(head, "authors")):
        return True
    if context.voice is Voice.ORDER and tokens.in_class(head, "made_under_law"):
        return True
    acts = subject.kind in ACTING or find.passive or (subject.kind == "anaphor" and context.voice is Voice.ORDER)
    if tells_chance(tokens, find, subject) or (not acts and tokens.verb_in(find.act, "effect")):
        return False
    if context.voice is Voice.ORDER:
        return True
    return acts and context.document.kind.casefold() in EMPOWERING


def can_empowers(tokens: Tokens, find: Find, subject: Subject, context: Context) -> bool:
    """Return whether "can" permits: in a law or an agreement, somebody who can act, or something to be done."""
    if find.kind is Kind.RECOMMENDATION:
        effect = tokens.verb_in(find.act, "effect") or tokens.verb_in(find.act, "possible")
        able = subject.kind == "actor" or tokens.word(subject.first) == "they"
        return subject.clause == MAIN and able and not effect
    if context.document.kind.casefold() not in EMPOWERING or subject.clause != MAIN:
        return False
    return (subject.kind in BODIES or find.passive) and not tells_chance(tokens, find, subject)


def tells_scope(tokens: Tokens, find: Find, subject: Subject) -> bool:
    """Return whether "shall" only says what a text is applied to: "This Act shall also apply to"."""
    same = tokens.lower[subject.first : subject.end] == ("the", "same")
    return tokens.verb(find.act) == "apply" and not find.passive and (subject.kind == "text" or same)


def tells_chance(tokens: Tokens, find: Find, subject: Subject) -> bool:
    """Return whether "may" tells what can happen: by its verb, or its subject is a risk."""
    hostile = any(tokens.in_class(at, "adversary") for at in range(subject.first, subject.end))
    contains = tokens.verb_in(find.act, "containing") and subject.kind in ACTING
    return hostile or (tokens.verb_in(find.act, "possible") and not contains)


def tells_effect(tokens: Tokens, find: Find, subject: Subject) -> bool:
    """Return whether will tells a nature or an effect and no act of the parties."""
    if find.passive:
        return False
    if told_by_means(tokens, find, subject) or (
        subject.kind == "vehicle" and tokens.word(subject.first) in YET_TO_COME
    ):
        return True
    if subject.kind in {"thing", "holder"} or (subject.kind == "text" and find.force > INTENDED):
        return True
    if find.rule == "modal-would" and subject.kind == "anaphor":
        return tokens.verb(find.act) == "be"
    last = chain_of(tokens, find.act)[-1] if tokens.verb(find.act) in GOING_ON else find.act
    effect = tokens.verb_in(last, "effect") or (tokens.verb(find.act) == "be" and not sets_focus(tokens, find))
    return effect and subject.kind in {"vehicle", "anaphor"}


def sets_focus(tokens: Tokens, find: Find) -> bool:
    """Return whether a clause says what work is to be about: "an early focus will be on ports"."""
    on = tokens.word(find.act + 1) == "on"
    return on and any(tokens.in_class(at, "foci") for at in range(find.verb))


def told_by_means(tokens: Tokens, find: Find, subject: Subject) -> bool:
    """Return whether a sentence opens with the means of an effect: "By selling more, X will strengthen"."""
    return (
        subject.kind in BODIES
        and tokens.word(0) == "by"
        and tokens.is_(1, GERUND)
        and tokens.verb_in(find.act, "effect")
    )


def commitment_doubts(tokens: Tokens, find: Find, subject: Subject, context: Context) -> Iterator[str]:
    """Yield doubts about intend, plan, agree and the like: whose intention it is."""
    if find.tense == "nominal":
        speaks = context.voice is Voice.JOINT and subject.kind == "text" and tokens.word(subject.first) == "this"
        lifeless = subject.kind in {"thing", "text"} and not speaks
    elif find.rule == "verb-performed":
        lifeless = subject.kind not in ACTING
    else:
        named = (
            subject.end - subject.first == 1 and tokens.capital(subject.first) and not tokens.tags[subject.first]
        )
        lifeless = subject.kind in {"thing", "none"} and find.tense != "list" and not named
        lifeless = lifeless and not opens_with_verb(tokens, find.verb)
    order = subject.kind == "text" and context.voice is Voice.ORDER
    told = find.tense == "present" or find.rule == "progressive-launch"
    vehicle = subject.kind in {"text", "vehicle"} and told and not find.passive
    if (lifeless or (vehicle and not order)) and not sets_term(tokens, find, context):
        yield "thing-subject"
    if find.rule == "state-expected" and expects_effect(tokens, find, subject):
        yield "effect"
    if find.rule == "state-intended" and forecasts(tokens, find, subject):
        yield "foretold"
    if find.tense == "perfect" and looks_back(tokens):
        yield "background"


def forecasts(tokens: Tokens, find: Find, subject: Subject) -> bool:
    """Return whether what is set to come is a forecast: "is set to become", "to supply more than"."""
    becomes = tokens.verb_in(find.act, "happening") and subject.kind not in {"we", "actor"}
    measured = tokens.word(find.act + 1) in {"more", "less", "nearly", "almost", "over"}
    return becomes or (measured and tokens.word(find.trigger[1] - 2) in {"set", "poised"})


def sets_term(tokens: Tokens, find: Find, context: Context) -> bool:
    """Return whether an agreement says when it, or an act under it, begins or ends: "is intended to commence"."""
    if find.rule != "state-expected" or context.document.kind.casefold() not in EMPOWERING:
        return False
    return tokens.verb_in(find.act, "term") or tokens.lower[find.act : find.act + 2] in TERMS


def expects_effect(tokens: Tokens, find: Find, subject: Subject) -> bool:
    """Return whether a thing is expected to have an effect: "The project is expected to save"."""
    expected = tokens.verb(find.trigger[1] - 2) == "expect" and "passive-act" not in find.notes
    return expected and subject.kind in {"thing", "vehicle", "text"} and tokens.verb_in(find.act, "effect")


def measure_doubts(tokens: Tokens, find: Find, subject: Subject) -> Iterator[str]:
    """Yield doubts about a measure: it must be concrete and have somebody who did it."""
    legal = find.rule == "signature" or (find.rule == "verb-enacts" and "narrated" not in find.notes)
    marks = marks_of(tokens, find)
    if find.rule == "verb-present" and not is_habitual(tokens, find, subject, marks):
        yield "present"
    if not find.passive and not legal and lacks_doer(tokens, find, subject):
        yield "thing-subject"
    if find.passive and not is_performing(tokens, find.act):
        yield "passive-state"
    if not legal and not is_concrete(tokens, find, marks):
        yield "vague"
    if find.tense in {"perfect", "past"} and looks_back(tokens) and not stands_out(tokens, find, subject):
        yield "background"
    if tells_behind(tokens, find):
        yield "told"
    if find.rule == "progressive" and tokens.verb(find.act) == "ensure" and tokens.word(find.act + 1) == "that":
        yield "effect"


def tells_behind(tokens: Tokens, find: Find) -> bool:
    """Return whether a verb only says who told the sentence: "The lab will open, the minister announced today"."""
    if "," not in tokens.lower[: find.act]:
        return False
    if tokens.verb(find.act) == "add" and tokens.word(find.act - 1) in {"he", "she", "they"}:
        return True
    if tokens.verb(find.act) not in {"announce", "confirm", "say"}:
        return False
    ends = find.act + 1 >= len(tokens) or tokens.is_(find.act + 1, SIGN) or tokens.in_class(find.act + 1, "time")
    return ends and any(tokens.is_(at, MODAL) for at in range(find.act))


def stands_out(tokens: Tokens, find: Find, subject: Subject) -> bool:
    """Return whether somebody's act in a sentence that looks back is one by itself: a law made, a sum given."""
    if subject.kind not in BODIES or "," not in tokens.lower[: find.verb]:
        return False
    return (find.tense == "past" and find.force == BINDING) or "amount" in marks_of(tokens, find)


def is_habitual(tokens: Tokens, find: Find, subject: Subject, marks: frozenset[str]) -> bool:
    """Return whether somebody keeps up a named thing: "we support the pilot program"."""
    upholds = tokens.verb(find.act) in {"support", "leverage"} and subject.kind in ACTING
    return upholds and subject.clause == MAIN and "governance" in marks


def looks_back(tokens: Tokens) -> bool:
    """Return whether a sentence in the perfect opens with a period it sums up: "Over the past year, we have"."""
    if not any(tags & HAVE for tags in tokens.tags):
        return False
    if tokens.word(0) == "since":
        return True
    opening = range(min(len(tokens), OPENING))
    span = tokens.word(0) == "for" or any(tokens.lower[at] in {"past", "last", "recent"} for at in opening)
    return span and tokens.is_(0, PREPOSITION) and any(tokens.in_class(at, "periods") for at in opening)


def lacks_doer(tokens: Tokens, find: Find, subject: Subject) -> bool:
    """Return whether nobody who can act is the subject of a measure."""
    if find.rule == "verb-continue" and (subject.kind == "vehicle" or tokens.verb(find.act) == "be"):
        return True
    if subject.kind == "text" and find.rule in TOLD:
        return not (tokens.verb_in(find.act, "enacting") and tokens.in_class(subject.end - 1, "enacting"))
    return subject.kind in {"thing", "text", "holder"} or (subject.kind == "none" and find.tense != "list")
