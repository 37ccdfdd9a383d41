"""Readers of what was done, is under way, or is done by saying it: has signed, are launching, hereby."""

from __future__ import annotations

from dragoman.extract.context import Voice
from dragoman.extract.en.clauses import STOPS, Tokens, act_after, infinitive_after, is_act, skip_adverbs
from dragoman.extract.en.directives import requested
from dragoman.extract.en.finds import Cue, Find, weaker
from dragoman.extract.en.forces import BINDING, EXPLORATORY, FIRM, INTENDED, weakened
from dragoman.extract.en.governing import (
    act_of,
    before,
    finite_here,
    governed,
    is_noun,
    negated_between,
    participle_after,
    passive_after,
    to_trigger,
)
from dragoman.extract.en.subject_kinds import head_of, kind_of
from dragoman.extract.en.subjects import MAIN, Subject, subject_of
from dragoman.extract.en.suggestions import way_to
from dragoman.extract.en.words import (
    ADVERB,
    BASE,
    BE,
    CONJUNCTION,
    DET,
    FINITE,
    GERUND,
    HAVE,
    PARTICIPLE,
    PAST,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SIGN,
    SUBORDINATOR,
    THIRD,
)
from dragoman.model import Kind

NEAR = 3
"""Tokens from "our" to "goal"."""
ASKED = {
    "directing": (Kind.OBLIGATION, BINDING),
    "addressing": (Kind.RECOMMENDATION, INTENDED),
    "allowing": (Kind.PERMISSION, BINDING),
}
"""What it is to have asked, by class of verb."""
LEFT = frozenset({"delegate", "agree", "undertake", "commit", "pledge"})
"""Verbs behind "hereby" that have readers of their own: "the Parties hereby agree to" promises."""
WAS = frozenset({"was", "were"})
READY = frozenset({"prepared", "set", "scheduled", "poised"})
NOBODY = frozenset({"no", "neither"})
NOTHING = frozenset({"nothing", "none", "neither"})
BOUNDS = frozenset({"less", "fewer", "later", "longer", "more", "sooner", "earlier"})
TOLD_BEHIND = frozenset({"clear", "how", "why", "what", "whether"})
"""Behind a past form they make it one of telling: "shared how", "made clear"."""
YEAR = 4
"""Digits of a year."""
NAME_REACH, LAUNCH_REACH = 8, 5
"""Tokens after "announcing" among which a document's name, or "the launch of", is looked for."""


def hereby(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "is hereby established", "I hereby determine"; what other cues read is left to them."""
    verb = skip_adverbs(tokens, cue.end)
    if verb >= len(tokens) or tokens.verb_in(verb, "asking") or tokens.verb(verb) in LEFT:
        return None
    if any(tokens.in_class(at, "intents") for at in range(verb + 1, min(verb + NEAR, len(tokens)))):
        return None
    passive = tokens.is_(cue.first - 1, BE)
    if not tokens.is_(verb, PARTICIPLE if passive else BASE | THIRD):
        return None
    finite = cue.first - 1 if passive else cue.first
    return cue.find(verb, "present", trigger=(cue.first, verb + 1), verb=finite, passive=passive)


def perfect(tokens: Tokens, cue: Cue) -> Find | None:
    """Read has signed, have been imposed, have committed to, have been working on."""
    if governed(tokens, cue.first):
        return None
    verb = participle_after(tokens, cue.end)
    if verb < 0:
        had = tokens.word(cue.first) == "had" and not tokens.is_(cue.end, SIGN)
        return cue.find(cue.first, "past", rule="past-had", notes=("had-noun",)) if had else None
    if tokens.word(verb) == "been":
        return been(tokens, cue, verb)
    trigger = (cue.first, verb + 1)
    asked = has_asked(tokens, cue, verb)
    if asked is not None:
        return asked
    act = infinitive_after(tokens, verb + 1, 6) if tokens.verb_in(verb, "binding") else -1
    if act < 0 and commits_to_thing(tokens, verb) and not names_sum(tokens, verb):
        act = verb
    if act >= 0:
        force, by = weakened(tokens, act, FIRM)
        fields = {"kind": Kind.COMMITMENT, "force": force, "trigger": trigger, "notes": weaker(by)}
        return cue.find(act, "perfect", rule="perfect-commissive", **fields)
    told = tokens.verb_in(verb, "speaking") and not agrees_on_text(tokens, verb)
    told = told or (tokens.verb_in(verb, "finding") and tokens.word(verb + 1) == "that")
    notes: tuple[str, ...] = ("speaking",) if told or tokens.word(verb + 1) == "clear" else ()
    notes += ("announced",) if tells_promise(tokens, verb) else ()
    notes += ("undone",) if negated_between(tokens, cue.first, verb) or acts_on_nothing(tokens, verb) else ()
    return cue.find(verb, "perfect", trigger=trigger, notes=notes)


def tells_promise(tokens: Tokens, verb: int) -> bool:
    """Return whether what is announced is a promise of its own: "announced that it will open"."""
    if tokens.verb(verb) != "announce" or tokens.word(verb + 1) not in {"that", "it", "they"}:
        return False
    return any(tokens.lower[at] in {"will", "would", "plans", "intends"} for at in range(verb + 2, len(tokens)))


def has_asked(tokens: Tokens, cue: Cue, verb: int) -> Find | None:
    """Read "have instructed our ministers to", "has called on Congress to": what is asked of whom."""
    kind, force = next((kinds for name, kinds in ASKED.items() if tokens.verb_in(verb, name)), (None, 0))
    if kind is None:
        return None
    end = verb + 2 if tokens.word(verb + 1) in {"on", "upon", "for"} else verb + 1
    act, subject = requested(tokens, cue._replace(first=verb, end=end, group="advice"))
    if act < 0 and tokens.verb(verb) == "ask":
        act, subject = asked_for(tokens, end)
    if act < 0 or subject is None or subject.kind not in {"actor", "agent", "thing"}:
        return None
    fields = {"rule": "perfect-asked", "kind": kind, "force": force, "trigger": (cue.first, end)}
    return cue.find(act, "perfect", subject=subject, notes=("asked",), **fields)


def asked_for(tokens: Tokens, first: int) -> tuple[int, Subject | None]:
    """Return the sum asked for and of whom: "have asked Congress for $500 million"; (-1, None) without one."""
    by = next((at for at in range(first, min(first + LAUNCH_REACH, len(tokens))) if tokens.lower[at] == "for"), -1)
    if by <= first or not names_sum(tokens, by):
        return -1, None
    return by, Subject(first, by, kind_of(tokens, first, by))


def agrees_on_text(tokens: Tokens, verb: int) -> bool:
    """Return whether something concluded is agreed: "have agreed to a Framework for an Agreement"."""
    if tokens.verb(verb) != "agree" or tokens.word(verb + 1) not in {"to", "on", "upon"}:
        return False
    return any(tokens.in_class(at, "governance") for at in range(verb + 2, verb + LAUNCH_REACH))


def names_sum(tokens: Tokens, verb: int) -> bool:
    """Return whether a sum of money is committed: "have committed to nearly $40 billion", a measure."""
    return any(tokens.word(at) in {"$", "€", "£"} for at in range(verb + 1, verb + LAUNCH_REACH))


def commits_to_thing(tokens: Tokens, verb: int) -> bool:
    """Return whether a participle promises a thing: "has committed to the removal of", "made commitments on"."""
    if tokens.verb(verb) == "commit":
        return tokens.word(skip_adverbs(tokens, verb + 1)) == "to"
    made = tokens.verb(verb) == "make"
    return made and any(tokens.word(at).startswith("commitment") for at in range(verb + 1, verb + 4))


def been(tokens: Tokens, cue: Cue, verb: int) -> Find | None:
    """Read have been + participle or gerund."""
    act = skip_adverbs(tokens, verb + 1)
    trigger = (cue.first, act + 1)
    if tokens.is_(act, GERUND):
        return cue.find(act, "perfect", trigger=trigger, notes=("been-ing",))
    if tokens.verb_in(act, "directing") and tokens.word(act + 1) == "to" and is_act(tokens, act + 2):
        fields = {"rule": "perfect-asked", "kind": Kind.OBLIGATION, "force": BINDING}
        return cue.find(act + 2, "perfect", trigger=trigger, **fields)
    if tokens.is_(act, PARTICIPLE) and not tokens.is_(act, DET):
        return cue.find(act, "perfect", trigger=trigger, passive=True)
    return None


def being(tokens: Tokens, cue: Cue) -> Find | None:
    """Read are launching, is working to, was launched, is to submit."""
    if governed(tokens, cue.first) or tokens.word(cue.end) == "hereby":
        return None
    act = skip_adverbs(tokens, cue.end)
    if tokens.word(act) == ",":
        act = max(participle_after(tokens, cue.end), act)
    if tokens.word(act) == "to" and is_act(tokens, act + 1):
        return None if tokens.word(cue.end) == "here" else way_to(tokens, cue, act) or is_to(tokens, cue, act)
    if tokens.word(act) == "going" and tokens.word(act + 1) == "to":
        return going_to(tokens, cue, act)
    if tokens.is_(act, GERUND) and not tokens.is_(act, PREPOSITION | DET):
        return progressive(tokens, cue, act)
    if tokens.is_(act, PARTICIPLE) and not tokens.is_(act, DET | ADVERB) and not tokens.capital(act):
        return was_done(tokens, cue, act)
    return None


def going_to(tokens: Tokens, cue: Cue, going: int) -> Find | None:
    """Read "is going to publish" as what will be done; what was going to be, or is not, is told by nothing."""
    act = act_after(tokens, going + 2)
    if not is_act(tokens, act) or tokens.word(cue.first) in WAS or negated_between(tokens, cue.first, going):
        return None
    passive, act = passive_after(tokens, act)
    force, by = weakened(tokens, act, FIRM)
    fields = {"rule": "modal-going", "kind": Kind.COMMITMENT, "force": force, "notes": weaker(by)}
    return cue.find(act, "modal", trigger=(cue.first, going + 2), passive=passive, **fields)


def is_to(tokens: Tokens, cue: Cue, to: int) -> Find:
    """Read "proposals are to include": an obligation, doubtful outside orders."""
    passive, act = passive_after(tokens, to + 1)
    subject = subject_of(tokens, cue.first)
    head = head_of(tokens, subject.first, subject.end)
    aims = tokens.in_class(head, "purposes")
    holder = goal_holder(tokens, subject, head)
    if aims and holder is not None:
        force, _ = weakened(tokens, act, INTENDED)
        fields = {"rule": "goal-is-to", "kind": Kind.COMMITMENT, "force": force, "subject": holder}
        return cue.find(act, "present", trigger=(cue.first, to + 1), passive=passive, **fields)
    past = tokens.word(cue.first) in WAS
    if cue.voice is Voice.REPORT and subject.kind in {"actor", "agent"} and not (past or aims or passive):
        force, _ = weakened(tokens, act, FIRM)
        fields = {"rule": "modal-is-to", "kind": Kind.COMMITMENT, "force": force, "trigger": (cue.first, to + 1)}
        return cue.find(act, "present", **fields)
    if cue.voice is Voice.JOINT and not (past or aims) and (passive or subject.kind in {"actor", "agent"}):
        return agreed_to_be(tokens, cue, to, act, passive=passive)
    notes: tuple[str, ...] = () if cue.voice is Voice.ORDER and not aims and not past else ("is-to",)
    denied = negated_between(tokens, cue.first, to) or tokens.word(subject.first) in NOBODY
    notes += ("negated",) if denied else ()
    kind = Kind.PROHIBITION if denied else Kind.OBLIGATION
    fields = {"kind": kind, "force": BINDING, "trigger": (cue.first, to + 1), "notes": notes}
    return cue.find(act, "present", rule="modal-is-to", passive=passive, **fields)


def agreed_to_be(tokens: Tokens, cue: Cue, to: int, act: int, *, passive: bool) -> Find:
    """Read "each Participant is to name" and "is not to be passed on" where the parties speak together."""
    negated = negated_between(tokens, cue.first, to)
    kind, force = (Kind.PROHIBITION, BINDING) if negated else (Kind.COMMITMENT, weakened(tokens, act, FIRM)[0])
    fields = {"rule": "modal-is-to", "kind": kind, "force": force, "trigger": (cue.first, to + 1)}
    return cue.find(act, "present", passive=passive, notes=("negated",) if negated else (), **fields)


def goal_holder(tokens: Tokens, subject: Subject, head: int) -> Subject | None:
    """Return whose goal a subject is: "our goal", "the Administration's goal"; None for the goal of a thing."""
    if tokens.word(subject.first) in {"our", "my"} and head - subject.first <= NEAR:
        return subject._replace(end=subject.first + 1, kind="we")
    owner = next((at for at in range(subject.first, head) if tokens.lower[at].endswith(("’s", "'s"))), -1)
    if owner < 0:
        return None
    whose = kind_of(tokens, subject.first, owner + 1)
    mine = tokens.word(subject.first) in {"our", "my"}
    return subject._replace(end=owner + 1, kind="agent") if mine or whose in {"actor", "agent"} else None


def progressive(tokens: Tokens, cue: Cue, act: int) -> Find | None:
    """Read are launching (commitment), are exploring (exploratory), is working to (measure)."""
    trigger = (cue.first, act + 1)
    if tokens.word(act) == "founding" and tokens.in_class(act + 1, "agent"):
        return None
    if tokens.word(cue.first) in WAS:
        return cue.find(act, "progressive", rule="progressive-past", trigger=trigger, notes=("was",))
    if tokens.verb_in(act, "planning"):
        return planning(tokens, cue, act)
    if tokens.verb_in(act, "speaking") and not tokens.verb_in(act, "exploratory"):
        return None
    if tokens.verb_in(act, "asking") and (
        not tokens.verb_in(act, "exploratory") or asks_somebody(tokens, cue, act)
    ):
        return None
    rule, kind, force = progressive_kind(tokens, act)
    return cue.find(act, "progressive", rule=rule, kind=kind, force=force, trigger=trigger)


def asks_somebody(tokens: Tokens, cue: Cue, act: int) -> bool:
    """Return whether a progressive asks somebody for an act: "is encouraging this industry to uphold"."""
    asked, subject = requested(tokens, cue._replace(first=act, end=act + 1, group="advice"))
    return asked >= 0 and subject is not None and subject.kind in {"actor", "agent"}


def planning(tokens: Tokens, cue: Cue, act: int) -> Find | None:
    """Read are planning to, are aiming to, is planning a workshop."""
    inner = infinitive_after(tokens, act + 1, 4)
    fields = {"rule": "progressive-intended", "kind": Kind.COMMITMENT}
    if inner >= 0:
        force, _ = weakened(tokens, inner, INTENDED)
        trigger = to_trigger(tokens, act, act + 1)
        return cue.find(inner, "progressive", force=force, trigger=trigger, **fields)
    if tokens.verb(act) == "plan" and tokens.is_(act + 1, DET):
        return cue.find(act, "progressive", force=INTENDED, trigger=(cue.first, act + 1), **fields)
    return None


def progressive_kind(tokens: Tokens, act: int) -> tuple[str, Kind, int]:
    """Return rule, kind and force of an act under way."""
    if tokens.verb_in(act, "launching"):
        return "progressive-launch", launch_kind(tokens, act), FIRM
    if weakened(tokens, act, FIRM)[0] == EXPLORATORY:
        return "progressive-exploratory", Kind.COMMITMENT, EXPLORATORY
    return "progressive", Kind.MEASURE, FIRM


def launch_kind(tokens: Tokens, act: int) -> Kind:
    """Return the kind of a founding act: announcing a named document is a measure, its launch a commitment."""
    if tokens.verb(act) != "announce":
        return Kind.COMMITMENT
    ahead = range(act + 1, min(act + NAME_REACH, len(tokens)))
    names_text = any(tokens.in_class(at, "text") and tokens.capital(at) for at in ahead)
    launch = any(tokens.in_class(at, "launchable") for at in ahead[: LAUNCH_REACH - 1])
    return Kind.MEASURE if names_text and not launch else Kind.COMMITMENT


def was_done(tokens: Tokens, cue: Cue, act: int) -> Find | None:
    """Read was launched (measure), there is established (legal act), is based (doubtful)."""
    if tokens.verb_in(act, "asking") or tokens.verb_in(act, "stative") or tokens.verb_in(act, "speaking"):
        return None
    if tokens.lower[act + 1 : act + 3] == ("to", "announce") or is_ready(tokens, act):
        return None
    trigger = (cue.first, act + 1)
    if tokens.word(cue.first - 1) == "there":
        return cue.find(act, "present", rule="legal-hereby", force=BINDING, trigger=trigger, passive=True)
    if tokens.word(cue.first) in WAS:
        return cue.find(act, "past", rule="passive-past", trigger=trigger, passive=True)
    if cue.voice is Voice.ORDER and tokens.verb_in(act, "ending") and rules_text(tokens, cue):
        return cue.find(act, "present", rule="legal-hereby", force=BINDING, trigger=trigger, passive=True)
    notes = ("present-passive",)
    return cue.find(act, "present", rule="passive-present", trigger=trigger, passive=True, notes=notes)


def is_ready(tokens: Tokens, act: int) -> bool:
    """Return whether a participle tells a readiness that has a reader of its own: "is prepared to"."""
    return tokens.lower[act] in READY and tokens.word(act + 1) == "to"


def rules_text(tokens: Tokens, cue: Cue) -> bool:
    """Return whether the subject of a passive is a legal text: "Executive Order 13942 is revoked"."""
    subject = subject_of(tokens, cue.first)
    return subject.clause == MAIN and any(
        tokens.in_class(at, "legal") or tokens.lower[at] in {"section", "subsection", "memorandum", "notice"}
        for at in range(subject.first, subject.end)
    )


def continuing(tokens: Tokens, cue: Cue) -> Find | None:
    """Read continue to consult, continued exchanges."""
    if not finite_here(tokens, cue.first):
        return None
    act = act_of(tokens, cue.end, 3)
    following = skip_adverbs(tokens, cue.end)
    if act < 0 and tokens.is_(following, GERUND):
        act = following
    tense = "past" if tokens.is_(cue.first, PAST) else "present"
    trigger = to_trigger(tokens, cue.first, cue.end)
    if act < 0:
        return cue.find(cue.first, tense, trigger=trigger)
    force, by = weakened(tokens, act, FIRM)
    if tokens.verb_in(act, "addressing") and tokens.verb(act) not in {"direct", "instruct"}:
        return None
    if force > EXPLORATORY:
        return cue.find(act, tense, trigger=trigger)
    fields = {"kind": Kind.COMMITMENT, "force": force, "trigger": trigger, "notes": weaker(by)}
    return cue.find(act, tense, rule="continue-exploratory", **fields)


def enacts(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "the Order establishes a clearinghouse": a legal act told by its text; of others doubtful."""
    if not finite_here(tokens, cue.first) or before(tokens, cue.first) < 0 or tokens.is_(cue.end, SIGN):
        return None
    if tokens.word(cue.end) == "that":
        return None
    subject = subject_of(tokens, cue.first)
    named = tokens.word(subject.first) in {"the", "this"} or tokens.capital(subject.end - 1)
    head = head_of(tokens, subject.first, subject.end)
    legal = subject.kind == "text" and named and tokens.in_class(head, "enacting")
    return cue.find(cue.first, "present", notes=() if legal else ("narrated",))


def performed(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "Today we launch": the act is done by saying it."""
    previous = before(tokens, cue.first)
    if not finite_here(tokens, cue.first) or tokens.is_(previous, SIGN | CONJUNCTION):
        return None
    agrees = tokens.is_(cue.first, THIRD) or tokens.is_(previous, PRONOUN)
    return cue.find(cue.first, "present") if agrees else None


def present(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "we support the work of": told as a measure now and then, doubtful."""
    previous = before(tokens, cue.first)
    pronominal = previous == 0 and tokens.lower[0] == "this" and tokens.is_(cue.first, THIRD)
    if not (pronominal or finite_here(tokens, cue.first)) or previous < 0:
        return None
    if tokens.is_(previous, CONJUNCTION | SIGN) and tokens.is_(cue.first, BASE):
        return None
    return cue.find(cue.first, "present")


def past(tokens: Tokens, cue: Cue) -> Find | None:
    """Read signed, launched, met as finite verbs; participles in noun phrases are left alone."""
    previous = before(tokens, cue.first)
    if governed(tokens, cue.first) or is_noun(tokens, cue.first):
        return None
    if previous < 0 or tokens.inside[cue.first] or tokens.is_(previous, PREPOSITION):
        return None
    if tokens.word(previous) in {"nor", "neither"}:
        return None
    if is_attribute(tokens, cue, previous) or is_reduced(tokens, cue):
        return None
    if not is_full_verb(tokens, cue, previous):
        return None
    talks = tokens.verb_in(cue.first, "talking") or tokens.word(cue.end) in TOLD_BEHIND
    notes: tuple[str, ...] = ("talk",) if talks else ()
    notes += ("announced",) if tells_promise(tokens, cue.first) else ()
    notes += ("undone",) if acts_on_nothing(tokens, cue.first) else ()
    return cue.find(cue.first, "past", notes=notes)


def acts_on_nothing(tokens: Tokens, verb: int) -> bool:
    """Return whether a verb has nothing for its object: "issued nothing", "took no steps", not "no fewer than"."""
    following = tokens.word(verb + 1)
    return following in NOTHING or (following == "no" and tokens.word(verb + 2) not in BOUNDS)


def signature(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "Signed at Oslo, on 3 May 2025, in duplicate": the parties signed, where it opens a dated sentence."""
    dated = any(len(word) == YEAR and word.isdigit() for word in tokens.lower[cue.end :])
    if cue.first or cue.voice is not Voice.JOINT or not dated:
        return None
    return cue.find(0, "list", trigger=(0, 1))


def is_full_verb(tokens: Tokens, cue: Cue, previous: int) -> bool:
    """Return whether a past form has its own sense: "met" a person and not a demand, "provided" no condition."""
    word = tokens.lower[cue.first]
    if word == "provided":
        return not (tokens.word(previous) == "," and tokens.is_(cue.end, DET))
    following = skip_adverbs(tokens, cue.end)
    if word != "met" or following >= len(tokens):
        return True
    named = tokens.capital(following) or tokens.in_class(following, "time")
    return named or tokens.is_(following, PREPOSITION | SIGN | CONJUNCTION)


def is_attribute(tokens: Tokens, cue: Cue, previous: int) -> bool:
    """Return whether a coordinated past form is an adjective: "universal rights and shared values"."""
    if tokens.is_(previous, CONJUNCTION) and not past_before(tokens, previous):
        return True
    loose = tokens.is_(previous, CONJUNCTION | SIGN) and not tokens.is_(cue.end, DET | PREPOSITION | ADVERB)
    return loose and tokens.verb_in(cue.first, "attributive")


def past_before(tokens: Tokens, index: int) -> bool:
    """Return whether a past form coordinated at a conjunction can share the tense of a verb before it."""
    for at in range(index - 1, 0, -1):
        if tokens.lower[at] in STOPS:
            return False
        if tokens.tags[at] & PAST and not tokens.tags[at] & (BASE | DET) and not is_noun(tokens, at):
            return True
        if tokens.tags[at] & HAVE:
            return True
    return False


def is_reduced(tokens: Tokens, cue: Cue) -> bool:
    """Return whether a past form is a participle after its noun ("the group established in May")."""
    if tokens.is_(before(tokens, cue.first), PRONOUN):
        return False
    if finite_follows(tokens, cue.end):
        return True
    no_object = cue.end >= len(tokens) or tokens.is_(cue.end, PREPOSITION | SIGN)
    text = tokens.view.folded[tokens.starts[cue.first] : tokens.ends[cue.end - 1]]
    alone = text in tokens.words.classes["intransitive"] and tokens.word(cue.end) != "by"
    passed = tokens.lower[cue.end : cue.end + 2] == ("into", "law")
    listed = tokens.word(cue.end) == "," and tokens.is_(cue.end + 1, PAST) and tokens.capital(0)
    passive_like = no_object and not alone and not passed and not listed
    return passive_like or after_finite(tokens, before(tokens, cue.first))


def finite_follows(tokens: Tokens, index: int) -> bool:
    """Return whether a finite verb comes before the clause can end."""
    for at in range(index, len(tokens)):
        if tokens.tags[at] & (SIGN | CONJUNCTION | RELATIVE | SUBORDINATOR):
            return False
        if tokens.tags[at] & FINITE:
            return True
    return False


def after_finite(tokens: Tokens, index: int) -> bool:
    """Return whether the words before a past form are the object of a verb before them."""
    for at in range(index, -1, -1):
        if tokens.inside[at]:
            continue
        if tokens.is_(at, SIGN | CONJUNCTION | RELATIVE | SUBORDINATOR) and not tokens.is_(at, DET):
            return False
        if tokens.is_(at, FINITE) or (tokens.word(at) == "to" and tokens.is_(at + 1, BASE)):
            return True
    return False


def gladly(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "we are pleased to announce": the act is done by saying it."""
    copula = before(tokens, cue.first)
    if not tokens.is_(copula, BE) or governed(tokens, copula) or tokens.word(cue.end) == "that":
        return None
    act = cue.end - 1
    return cue.find(act, "present", kind=launch_kind(tokens, act), trigger=(copula, cue.end), verb=copula)
