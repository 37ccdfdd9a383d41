"""Readers of what was done, is under way, or is done by saying it: has signed, are launching, met, is hereby established."""

from __future__ import annotations

from dragoman.extract.context import Voice
from dragoman.extract.en.clauses import STOPS, Tokens, infinitive_after, is_act, skip_adverbs
from dragoman.extract.en.finds import Cue, Find
from dragoman.extract.en.forces import weakened
from dragoman.extract.en.governing import (
    act_of,
    before,
    finite_here,
    governed,
    is_noun,
    participle_after,
    passive_after,
    to_trigger,
)
from dragoman.extract.en.subjects import head_of, subject_of
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

ASKING = frozenset(
    {
        "direct",
        "order",
        "instruct",
        "require",
        "task",
        "authorize",
        "authorise",
        "permit",
        "allow",
        "prohibit",
        "call",
        "urge",
        "ask",
        "encourage",
        "recommend",
        "request",
        "invite",
        "propose",
    }
)


LAUNCHING = frozenset(
    {
        "launch",
        "announce",
        "establish",
        "enter",
        "endorse",
        "create",
        "initiate",
        "open",
        "form",
        "release",
        "issue",
        "adopt",
        "introduce",
        "unveil",
        "start",
        "begin",
        "convene",
        "sign",
        "impose",
    }
)


INTRANSITIVE = frozenset(
    {
        "met",
        "convened",
        "engaged",
        "participated",
        "joined",
        "took place",
        "began",
        "started",
        "led",
        "agreed",
        "discussed",
        "had",
        "reported",
        "continued",
        "expanded",
        "reached",
    }
)


def hereby(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read "is hereby established", "I hereby determine"; what other cues read is left to them."""
    verb = skip_adverbs(tokens, cue.end)
    copula = cue.first - 1
    if verb >= len(tokens) or "order" in tokens.words.classes["agent"]:
        return None
    group = tokens.verb(verb)
    if group in {"direct", "order", "authorize", "delegate", "require", "prohibit", "instruct", "permit"}:
        return None
    passive = tokens.is_(copula, BE)
    if not passive and not tokens.is_(verb, BASE | THIRD):
        return None
    if passive and not tokens.is_(verb, PARTICIPLE):
        return None
    kind = Kind.MEASURE
    return Find(
        cue.group, kind, 4, (cue.first, verb + 1), copula if passive else cue.first, verb, "present", passive
    )


def perfect(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read has signed, have been imposed, have committed to, have been working on."""
    if governed(tokens, cue.first):
        return None
    verb = participle_after(tokens, cue.end)
    if verb < 0:
        return had_noun(tokens, cue)
    if tokens.word(verb) == "been":
        return been(tokens, cue, verb)
    words = tokens.words
    if tokens.verb(verb) in {
        "commit",
        "agree",
        "decide",
        "pledge",
        "resolve",
        "vow",
        "promise",
        "undertake",
        "plan",
    }:
        act = infinitive_after(tokens, verb + 1, 6)
        if act >= 0:
            force, by = weakened(tokens, act, 3)
            notes = (f"weaker:{by}",) if by else ()
            return Find(
                "perfect-commissive",
                Kind.COMMITMENT,
                force,
                (cue.first, verb + 1),
                cue.first,
                act,
                "perfect",
                notes=notes,
            )
    notes = ("speaking",) if words.is_verb(tokens.word(verb), "speaking") else ()
    return Find(cue.group, Kind.MEASURE, 3, (cue.first, verb + 1), cue.first, verb, "perfect", notes=notes)


def had_noun(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "had exchanges on": have as a full verb in the past."""
    if tokens.word(cue.first) != "had" or tokens.is_(cue.end, SIGN):
        return None
    return Find(
        "past-had", Kind.MEASURE, 3, (cue.first, cue.end), cue.first, cue.first, "past", notes=("had-noun",)
    )


def been(tokens: Tokens, cue: Cue, verb: int) -> Find | None:
    """Read have been + participle or gerund."""
    act = skip_adverbs(tokens, verb + 1)
    if tokens.is_(act, GERUND):
        return Find(
            cue.group, Kind.MEASURE, 3, (cue.first, act + 1), cue.first, act, "perfect", notes=("been-ing",)
        )
    if tokens.is_(act, PARTICIPLE) and not tokens.is_(act, DET):
        return Find(cue.group, Kind.MEASURE, 3, (cue.first, act + 1), cue.first, act, "perfect", passive=True)
    return None


def being(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:
    """Read are launching, is working to, was launched, is to submit."""
    if governed(tokens, cue.first):
        return None
    act = skip_adverbs(tokens, cue.end)
    if tokens.word(cue.end) == "hereby":
        return None
    if tokens.word(act) == ",":
        act = participle_after(tokens, cue.end) if participle_after(tokens, cue.end) >= 0 else act
    if tokens.word(act) == "to" and is_act(tokens, act + 1):
        return is_to(tokens, cue, act, voice)
    if tokens.is_(act, GERUND) and not tokens.is_(act, PREPOSITION | DET):
        return progressive(tokens, cue, act)
    if tokens.is_(act, PARTICIPLE) and not tokens.is_(act, DET | ADVERB):
        return was_done(tokens, cue, act)
    return None


def is_to(tokens: Tokens, cue: Cue, to: int, voice: Voice) -> Find | None:
    """Read "proposals are to include": an obligation, doubtful outside orders."""
    passive, act = passive_after(tokens, to + 1)
    notes = () if voice is Voice.ORDER else ("is-to",)
    return Find(
        "modal-is-to", Kind.OBLIGATION, 4, (cue.first, to + 1), cue.first, act, "present", passive=passive, notes=notes
    )


def progressive(tokens: Tokens, cue: Cue, act: int) -> Find | None:
    """Read are launching (commitment), are exploring (exploratory), is working to (measure)."""
    verbs, verb = tokens.words.verbs, tokens.verb(act)
    trigger = (cue.first, act + 1)
    if tokens.word(cue.first) in {"was", "were"}:
        return Find("progressive-past", Kind.MEASURE, 3, trigger, cue.first, act, "progressive", notes=("was",))
    if verb in {"explore", "consider"} or (verb in {"seek"} and tokens.word(act + 1) == "to"):
        return Find("progressive-exploratory", Kind.COMMITMENT, 1, trigger, cue.first, act, "progressive")
    if verb in verbs["intended"] and verb not in {"attempt", "try"}:
        inner = infinitive_after(tokens, act + 1, 4)
        if inner < 0 and verb == "plan" and tokens.is_(act + 1, DET):
            return Find("progressive-intended", Kind.COMMITMENT, 2, trigger, cue.first, act, "progressive")
        if inner < 0:
            return None
        force, _ = weakened(tokens, inner, 2)
        return Find(
            "progressive-intended",
            Kind.COMMITMENT,
            force,
            to_trigger(tokens, act, act + 1),
            cue.first,
            inner,
            "progressive",
        )
    if verb in verbs["speaking"] or verb in ASKING:
        return None
    if verb in {"commit", "pledge"}:
        return Find("progressive-launch", Kind.COMMITMENT, 3, trigger, cue.first, act, "progressive")
    if tokens.words.tags[verb] and verb in LAUNCHING:
        return launching(tokens, cue, act)
    weak, _ = weakened(tokens, act, 3)
    if weak == 1:
        return Find("progressive-weak", Kind.COMMITMENT, 1, trigger, cue.first, act, "progressive")
    return Find("progressive", Kind.MEASURE, 3, trigger, cue.first, act, "progressive")


def launching(tokens: Tokens, cue: Cue, act: int) -> Find:
    """Read are launching X (commitment); are announcing a named document (measure), its launch (commitment)."""
    trigger = (cue.first, act + 1)
    if tokens.verb(act) != "announce":
        return Find("progressive-launch", Kind.COMMITMENT, 3, trigger, cue.first, act, "progressive")
    names_text = any(
        tokens.in_class(at, "text") and tokens.capital(at) for at in range(act + 1, min(act + 8, len(tokens)))
    )
    launch = any(tokens.in_class(at, "launchable") for at in range(act + 1, min(act + 5, len(tokens))))
    kind = Kind.MEASURE if names_text and not launch else Kind.COMMITMENT
    return Find("progressive-announce", kind, 3, trigger, cue.first, act, "progressive")


def was_done(tokens: Tokens, cue: Cue, act: int) -> Find | None:
    """Read was launched (measure); is based (doubtful)."""
    if tokens.verb(act) in ASKING:
        return None
    if tokens.word(act) in {
        "committed",
        "determined",
        "intended",
        "expected",
        "planned",
        "designed",
        "dedicated",
        "resolved",
    }:
        return None
    past = tokens.word(cue.first) in {"was", "were"}
    if tokens.words.is_verb(tokens.word(act), "speaking"):
        return None
    if tokens.word(cue.first - 1) == "there":
        return Find("legal-hereby", Kind.MEASURE, 4, (cue.first, act + 1), cue.first, act, "present", passive=True)
    notes = () if past else ("present-passive",)
    return Find(
        "passive-past" if past else "passive-present",
        Kind.MEASURE,
        3,
        (cue.first, act + 1),
        cue.first,
        act,
        "past" if past else "present",
        True,
        notes=notes,
    )


def continuing(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read continue to consult, continued exchanges."""
    if not finite_here(tokens, cue.first):
        return None
    act = act_of(tokens, cue.end, 3)
    if act < 0 and tokens.is_(skip_adverbs(tokens, cue.end), GERUND):
        act = skip_adverbs(tokens, cue.end)
    tense = "past" if tokens.word(cue.first) == "continued" else "present"
    trigger = to_trigger(tokens, cue.first, cue.end)
    force, by = weakened(tokens, act, 3) if act >= 0 else (3, "")
    if force == 1:
        return Find(
            "continue-exploratory", Kind.COMMITMENT, 1, trigger, cue.first, act, tense, notes=(f"weaker:{by}",)
        )
    return Find(cue.group, cue.kind, 3, trigger, cue.first, act if act >= 0 else cue.first, tense)


def enacts(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read "the Order establishes a clearinghouse": a legal act told by its text; of others doubtful."""
    if not finite_here(tokens, cue.first) or before(tokens, cue.first) < 0 or tokens.is_(cue.end, SIGN):
        return None
    subject = subject_of(tokens, cue.first)
    named = tokens.word(subject.first) in {"the", "this"} or tokens.capital(subject.end - 1)
    legal = (
        subject.kind == "text"
        and named
        and tokens.in_class(head_of(tokens, subject.first, subject.end), "enacting")
    )
    return Find(
        cue.group,
        cue.kind,
        cue.force,
        (cue.first, cue.end),
        cue.first,
        cue.first,
        "present",
        notes=() if legal else ("narrated",),
    )


def performed(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read "Today we launch": the act is done by saying it."""
    if not finite_here(tokens, cue.first) or tokens.is_(before(tokens, cue.first), SIGN | CONJUNCTION):
        return None
    if not tokens.is_(cue.first, THIRD) and not tokens.is_(before(tokens, cue.first), PRONOUN):
        return None
    return Find(cue.group, cue.kind, cue.force, (cue.first, cue.end), cue.first, cue.first, "present")


def present(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read "we support the work of": told as a measure now and then, doubtful."""
    if not finite_here(tokens, cue.first) or before(tokens, cue.first) < 0:
        return None
    if tokens.is_(before(tokens, cue.first), CONJUNCTION | SIGN) and tokens.is_(cue.first, BASE):
        return None
    return Find(cue.group, cue.kind, cue.force, (cue.first, cue.end), cue.first, cue.first, "present")


def past(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read signed, launched, met as finite verbs; participles in noun phrases are left alone."""
    previous = before(tokens, cue.first)
    if governed(tokens, cue.first) or is_noun(tokens, cue.first):
        return None
    if previous < 0 or tokens.inside[cue.first] or tokens.is_(previous, PREPOSITION):
        return None
    if tokens.is_(previous, CONJUNCTION) and not past_before(tokens, previous):
        return None
    loose = tokens.is_(previous, CONJUNCTION | SIGN) and not tokens.is_(cue.end, DET | PREPOSITION | ADVERB)
    if loose and tokens.words.is_verb(tokens.lower[cue.first], "attributive"):
        return None
    if is_reduced(tokens, cue):
        return None
    notes = (
        ("talk",)
        if tokens.verb(cue.first) in {"welcome", "discuss", "demonstrate", "report", "offer", "seek"}
        else ()
    )
    return Find(cue.group, cue.kind, cue.force, (cue.first, cue.end), cue.first, cue.first, "past", notes=notes)


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
    following = tokens.tags[cue.end] if cue.end < len(tokens) else SIGN
    text = tokens.view.folded[tokens.starts[cue.first] : tokens.ends[cue.end - 1]]
    passive_like = following & (PREPOSITION | SIGN) and (text not in INTRANSITIVE or tokens.word(cue.end) == "by")
    for at in range(cue.end, len(tokens)):
        tags = tokens.tags[at]
        if tags & (SIGN | CONJUNCTION | RELATIVE | SUBORDINATOR):
            break
        if tags & FINITE:
            return True
    previous = before(tokens, cue.first)
    if tokens.is_(previous, SIGN) and tokens.word(previous) == "," and passive_like:
        return True
    for at in range(previous, -1, -1):
        tags = tokens.tags[at]
        if tokens.inside[at]:
            continue
        if tags & (SIGN | CONJUNCTION | RELATIVE | SUBORDINATOR) and not tags & DET:
            return bool(passive_like)
        if tags & FINITE or (tokens.word(at) == "to" and tokens.is_(at + 1, BASE)):
            return True
    return bool(passive_like)
