"""What a cue makes of its clause: kind, force, trigger and the act's verb.

Each group of `data/lexicons/en/triggers.yaml` says in `reads:` which of these readers looks at the words
around its cue. A reader returns what it found, or None where the cue carries nothing here (a noun, an
infinitive, a verb another cue already governs).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dragoman.extract.context import Voice
from dragoman.extract.en.clauses import STOPS, Tokens, act_after, infinitive_after, is_act, skip_adverbs
from dragoman.extract.en.forces import weakened
from dragoman.extract.en.subjects import Subject, head_of, kind_of, subject_of
from dragoman.extract.en.words import (
    ADVERB,
    BASE,
    BE,
    CONJUNCTION,
    DET,
    FINITE,
    GERUND,
    HAVE,
    MODAL,
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

OBJECT_REACH = 24
"""Tokens between "directs" and the "to" of what is directed."""
NOUN_REACH = 8
"""Tokens between "reaffirm" and "commitment"."""
FOR = frozenset({"for", "with"})


@dataclass(frozen=True, slots=True)
class Find:
    """A cue that carries a kind.

    Attributes:
        rule: the cue's group, refined.
        kind, force: as the words say.
        trigger: first token of the trigger and the token after it.
        verb: the finite verb whose subject is looked for.
        act: the act's verb; the sentence's length where the act is missing (an open stem).
        tense: modal, present, perfect, past, progressive, nominal, bare.
        passive: whether the act is done to the subject.
        subject: whose act, where it is not the subject of `verb` (who is directed, who is advised).
        notes: what else was noticed.
    """

    rule: str
    kind: Kind
    force: int
    trigger: tuple[int, int]
    verb: int
    act: int
    tense: str
    passive: bool = False
    subject: Subject | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a sentence: its tokens, group name, and the group's attributes."""

    first: int
    end: int
    group: str
    attributes: Mapping[str, Any]

    @property
    def kind(self) -> Kind:
        """Kind the group carries."""
        return Kind(self.attributes["kind"])

    @property
    def force(self) -> int:
        """Force the group carries."""
        return int(self.attributes["force"])


FUNCTION_WORDS = frozenset({"modal", "perfect", "being", "nothing", "policy", "need"})
"""Readers whose cues are verbs even where capitals are written."""
Reader = Callable[[Tokens, Cue, Voice], Find | None]


def read_cue(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:
    """Return what a cue makes of its clause, None where it carries nothing."""
    reads = cue.attributes["reads"]
    if cue.first and tokens.capital(cue.first) and reads not in FUNCTION_WORDS and not tokens.capital(cue.first - 1, whole=True):
        return None
    return READERS[reads](tokens, cue, voice)


def before(tokens: Tokens, index: int) -> int:
    """Return the last token before `index` that is no adverb or negation, or -1."""
    index -= 1
    while index >= 0 and tokens.tags[index] & ADVERB and not tokens.tags[index] & (PRONOUN | BE | DET):
        index -= 1
    return index


def governed(tokens: Tokens, index: int) -> bool:
    """Return whether a verb form hangs on a modal, "to", have or be before it."""
    previous = before(tokens, index)
    if tokens.word(previous) == "to" or tokens.is_(previous, FINITE):
        return True
    return tokens.is_(previous, CONJUNCTION | SIGN) and tokens.is_(index, BASE) and under_modal(tokens, previous)


def under_modal(tokens: Tokens, index: int) -> bool:
    """Return whether a coordinated bare verb can hang on a modal or "to" before it in its clause."""
    for at in range(index, -1, -1):
        if tokens.lower[at] in STOPS:
            return False
        if tokens.tags[at] & MODAL or (tokens.lower[at] == "to" and tokens.is_(at + 1, BASE)):
            return True
    return False


def is_noun(tokens: Tokens, index: int) -> bool:
    """Return whether a form that can be verb or noun is a noun: after an article, possessive or preposition."""
    previous = before(tokens, index)
    tags = tokens.tags[previous] if previous >= 0 else 0
    if tags & PRONOUN or tags & RELATIVE:
        return False
    possessive = tokens.word(previous).endswith(("’s", "'s", "s’"))
    if tokens.is_(index, BASE) and not tags & (SIGN | CONJUNCTION) and in_noun_phrase(tokens, previous):
        return True
    return possessive or bool(tags & (DET | PREPOSITION)) or (tokens.is_(previous, GERUND) and not tags & DET)


def in_noun_phrase(tokens: Tokens, index: int) -> bool:
    """Return whether a word is a modifier after an article ("a public call"), or a verb's bare object begins there.

    A plural noun ("the parties plan") agrees with a bare verb, so what follows it is none.
    """
    word = tokens.word(index)
    if tokens.is_(index, BASE) and tokens.is_(index - 1, MODAL | ADVERB) and tokens.is_(index, BASE):
        return True
    if tokens.word(index - 1) == "to" and tokens.is_(index, BASE):
        return True
    if not word or word.endswith("s") or tokens.tags[index] & (PRONOUN | SIGN | CONJUNCTION) or tokens.capital(index):
        return False
    return tokens.is_(index - 1, DET | PREPOSITION)


def modal(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001 - one form for all readers
    """Read will, shall, must, may, should."""
    word = tokens.lower[cue.first]
    if (word == "may" and tokens.capital(cue.first)) or (word == "will" and tokens.is_(cue.first - 1, DET | PREPOSITION)):
        return None
    negated = tokens.word(cue.end) in {"not", "never", "neither"} and tokens.word(cue.end + 1) != "only"
    act = act_after(tokens, cue.end + (tokens.word(cue.end) == "neither"))
    if act < len(tokens) and not is_act(tokens, act) and tokens.tags[act] & (DET | PREPOSITION | PRONOUN | SIGN):
        return None
    kind, notes = cue.kind, []
    subject = subject_of(tokens, cue.first)
    denied = tokens.word(subject.first) in {"no", "neither", "nothing", "none", "nobody"} and subject.end > subject.first
    if tokens.word(subject.first) == "nothing" and tokens.word(subject.first + 1) in {"in", "herein", "contained"}:
        return None
    if (negated or denied) and kind in {Kind.OBLIGATION, Kind.PERMISSION}:
        kind = Kind.PROHIBITION
    if negated or denied:
        notes.append("negated")
    passive, act = passive_after(tokens, act)
    kind = kind_of_participle(tokens, act, kind) if passive else kind
    force, by = modal_force(tokens, act, kind, cue.force)
    if kind is Kind.OBLIGATION and tokens.verb(act) in {"prohibit", "forbid"} and not passive:
        return forbids(tokens, cue, act, subject)
    notes += [f"weaker:{by}"] if by else []
    end = cue.end + 1 if negated else cue.end
    return Find(cue.group, kind, force, (cue.first, end), cue.first, act, "modal", passive, subject, tuple(notes))


def modal_force(tokens: Tokens, act: int, kind: Kind, force: int) -> tuple[int, str]:
    """Return the force of a modal with its verb, and the verb that weakened it; to consider is a duty in full."""
    if kind in {Kind.PERMISSION, Kind.PROHIBITION}:
        return force, ""
    lower, by = weakened(tokens, act, force)
    if kind is Kind.OBLIGATION and by not in {"explore", "seek", "encourage"}:
        return force, ""
    return lower, by


def forbids(tokens: Tokens, cue: Cue, act: int, subject: Subject) -> Find:
    """Read "shall prohibit X from engaging": a prohibition for X."""
    end = act + 1
    while end < len(tokens) and tokens.lower[end] != "from" and not tokens.tags[end] & SIGN:
        end += 1
    whom = Subject(act + 1, end, kind_of(tokens, act + 1, end)) if tokens.word(end) == "from" else subject
    return Find(cue.group, Kind.PROHIBITION, 4, (cue.first, act + 1), cue.first, act, "modal", False, whom)


def passive_after(tokens: Tokens, act: int) -> tuple[bool, int]:
    """Return whether the verb at `act` begins a passive, and the verb that names the act."""
    if tokens.word(act) != "be":
        return False, act
    following = act_after(tokens, act + 1)
    if tokens.is_(following, PARTICIPLE) and not tokens.is_(following, DET | PREPOSITION):
        return True, following
    if tokens.is_(following, GERUND):
        return False, following
    return False, act


def kind_of_participle(tokens: Tokens, act: int, kind: Kind) -> Kind:
    """Return the kind where the passive verb itself forbids or allows ("shall be prohibited")."""
    if kind is not Kind.OBLIGATION:
        return kind
    verb = tokens.verb(act)
    if verb in {"prohibit", "forbid", "ban", "bar"}:
        return Kind.PROHIBITION
    if verb in {"authorize", "permit", "allow", "entitle", "empower"}:
        return Kind.PERMISSION
    return kind


def need(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read need to, has to."""
    act = act_after(tokens, cue.end)
    if governed(tokens, cue.first) or is_noun(tokens, cue.first) or not is_act(tokens, act):
        return None
    passive, act = passive_after(tokens, act)
    return Find(cue.group, cue.kind, cue.force, (cue.first, cue.end), cue.first, act, "present", passive)


def to_trigger(tokens: Tokens, first: int, end: int) -> tuple[int, int]:
    """Return a trigger with the "to" after it, where only adverbs stand between."""
    if tokens.word(end - 1) == "to":
        return first, end
    following = skip_adverbs(tokens, end)
    return (first, following + 1) if tokens.word(following) == "to" else (first, end)


def act_of(tokens: Tokens, end: int, reach: int = 7, *, certain: bool = False) -> int:
    """Return the verb after a commissive: behind its "to" (which may be part of the cue), -1 where none is.

    Args:
        tokens: the sentence.
        end: token after the cue.
        reach: tokens within which "to" is looked for.
        certain: whether the cue takes infinitives only, so that an unknown word after "to" is a verb.
    """
    adjacent = end if tokens.word(end - 1) == "to" else end + 1 if tokens.word(end) == "to" else -1
    if adjacent >= 0:
        act = act_after(tokens, adjacent)
        unknown = certain and act < len(tokens) and not tokens.tags[act] and not tokens.capital(act)
        return act if is_act(tokens, act) or unknown else -1
    return infinitive_after(tokens, end, reach)


def commissive(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read intend to, plan to, agree to, decide to, seek to as finite verbs."""
    if is_noun(tokens, cue.first):
        return noun(tokens, cue, voice)
    if tokens.is_(before(tokens, cue.first), FINITE) or tokens.word(before(tokens, cue.first)) == "to":
        return None
    act = act_of(tokens, cue.end, certain=True)
    if act < 0 and is_open_to(tokens, skip_adverbs(tokens, cue.end)):
        act = len(tokens)
    if act < 0:
        return agreed_that(tokens, cue)
    if tokens.verb(cue.first) == "explore" and not tokens.is_(cue.first - 1, PRONOUN):
        return None
    tense = "past" if tokens.is_(cue.first, PAST) else "present"
    force, by = weakened(tokens, act, cue.force)
    trigger = to_trigger(tokens, cue.first, cue.end)
    passive, act = passive_after(tokens, act)
    return Find(cue.group, cue.kind, force, trigger, cue.first, act, tense, passive, None, (f"weaker:{by}",) if by else ())


def agreed_that(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "agreed on", "agreed that": a commitment without an infinitive, told by note."""
    following = skip_adverbs(tokens, cue.end)
    if tokens.verb(cue.first) not in {"agree", "decide", "resolve"} or tokens.word(following) not in {"on", "upon", "that"}:
        return None
    note = "agreed-that" if tokens.word(following) == "that" else "agreed-on"
    return Find(cue.group, cue.kind, cue.force, (cue.first, cue.end), cue.first, cue.first, "past", notes=(note,))


def state(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read are committed to, remain committed to, is determined to, stands ready to."""
    holder = before(tokens, cue.first)
    while tokens.word(holder) in {"both", "all"}:
        holder -= 1
    copula = tokens.is_(holder, BE) or tokens.verb(holder) in {"remain", "stay", "stand"}
    joined = tokens.is_(holder, CONJUNCTION)
    if tokens.is_(holder, HAVE | DET) or (cue.group == "state-intended" and not copula):
        return None
    act = act_of(tokens, cue.end)
    if act < 0 and tokens.word(skip_adverbs(tokens, cue.end)) != "to":
        return None
    first = holder if copula else cue.first
    if not copula and not joined and tokens.verb(cue.first) != "commit":
        return None
    if copula and governed(tokens, holder):
        return None
    notes: tuple[str, ...] = ("no-act",) if act < 0 else ()
    force, by = weakened(tokens, act, cue.force)
    notes += (f"weaker:{by}",) if by else ()
    return Find(
        cue.group, cue.kind, force, to_trigger(tokens, first, cue.end), first,
        act if act >= 0 else min(cue.end + 1, len(tokens) - 1), "present" if copula else "past", notes=notes,
    )  # fmt: skip


def expected(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read is expected to, is intended to, are planned; "is not intended to" forbids."""
    copula = before(tokens, cue.first)
    negated = any(tokens.word(at) == "not" for at in range(copula + 1, cue.first))
    if not tokens.is_(copula, BE) or governed(tokens, copula):
        return None
    act = act_of(tokens, cue.end, 10, certain=True) if tokens.word(cue.end) in {"to", ","} else -1
    if act < 0:
        return None
    kind, force = (Kind.PROHIBITION, 4) if negated and tokens.verb(cue.first) == "intend" else (cue.kind, cue.force)
    if kind is Kind.COMMITMENT:
        force, _ = weakened(tokens, act, force)
    notes = ("negated",) if negated else ()
    if tokens.verb(cue.first) == "design":
        notes += ("designed",)
    trigger = to_trigger(tokens, copula, cue.end)
    passive, act = passive_after(tokens, act)
    return Find(cue.group, kind, force, trigger, copula, act, "present", True, notes=(*notes, *(("passive-act",) if passive else ())))


def noun(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read reaffirm our commitment to, share the commitment to, with plans to, the pledge to."""
    act = act_of(tokens, cue.end, 8)
    if tokens.verb(cue.first) == "aim" or tokens.is_(cue.first - 1, PRONOUN) or tokens.is_(before(tokens, cue.first), FINITE):
        return None
    if act < 0 and tokens.word(cue.end) != "to":
        return None
    holder = speaker_of(tokens, cue.first)
    if holder >= 0 and any(tokens.lower[at].endswith(("’s", "'s")) for at in range(holder, cue.first)):
        holder = -1
    notes: tuple[str, ...] = ("no-act",) if act < 0 else ()
    to = next((at for at in range(cue.end - 1, len(tokens)) if tokens.lower[at] == "to"), cue.end)
    if holder < 0:
        notes += ("with-noun",) if tokens.word(cue.first - 1) in FOR else ("bare-noun",)
        trigger = (cue.first, to + 1)
        holder = cue.first
    else:
        trigger = (holder, to + 1)
    force, by = weakened(tokens, act, cue.force)
    notes += (f"weaker:{by}",) if by else ()
    if tokens.word(to + 1) == "not":
        notes += ("negated",)
    return Find(cue.group, cue.kind, force, trigger, holder, act if act >= 0 else to, "nominal", notes=notes)


def speaker_of(tokens: Tokens, index: int) -> int:
    """Return the finite verb of speaking that a noun of commitment is the object of, or -1."""
    for at in range(index - 1, max(index - NOUN_REACH, -1), -1):
        tags = tokens.tags[at]
        if tags & SIGN or tags & FINITE:
            return -1
        if tokens.words.is_verb(tokens.lower[at], "pledging") and tags & (BASE | THIRD | PAST):
            return -1 if is_noun(tokens, at) or tokens.word(before(tokens, at)) == "to" else at
    return -1


def addressee(tokens: Tokens, first: int, act: int) -> Subject | None:
    """Return the noun phrase between a verb of asking and the "to" of what is asked."""
    end = min(act, len(tokens) - 1)
    while end > first and tokens.lower[end] != "to":
        end -= 1
    while end > first and tokens.tags[end - 1] & (ADVERB | SIGN):
        end -= 1
    aside = next((at for at in range(first, end) if tokens.lower[at] == "," and tokens.is_(at + 1, PREPOSITION)), end)
    end = min(end, aside)
    return Subject(first, end, kind_of(tokens, first, end)) if first < end else None


def requested(tokens: Tokens, cue: Cue) -> tuple[int, Subject | None]:
    """Return the act asked for and who is asked, (-1, None) where the verb has no such complement."""
    first = skip_adverbs(tokens, cue.end)
    if tokens.word(first) == "to" and not cue.group.startswith("advice"):
        return -1, None
    if tokens.word(first) == "that":
        return that_clause(tokens, first + 1)
    if tokens.is_(first, PREPOSITION) and tokens.word(first) not in {"to"}:
        return -1, None
    certain = tokens.verb(cue.first) in {"direct", "instruct", "urge", "ask", "call"}
    act = infinitive_of(tokens, first, certain=certain)
    if act < 0:
        return -1, None
    return act, addressee(tokens, first, act)


def infinitive_of(tokens: Tokens, first: int, *, certain: bool = False) -> int:
    """Return the verb of the infinitive that completes an object: "directs the Secretary, with X, to submit".

    Where the verb before takes a person and an infinitive (`certain`), an unknown word after "to" is a verb.
    """
    for at in range(first, min(first + OBJECT_REACH, len(tokens))):
        if tokens.lower[at] == "to" and at > first:
            act = act_after(tokens, at + 1)
            unknown = certain and act < len(tokens) and not tokens.tags[act] and not tokens.capital(act)
            if is_act(tokens, act) or unknown:
                return act
            if is_open_to(tokens, at):
                return len(tokens)
        if tokens.lower[at] in {";", ":", "."} or tokens.tags[at] & (FINITE | RELATIVE | SUBORDINATOR) and not (
            tokens.tags[at] & (DET | PREPOSITION)
        ):
            return -1
    return -1


def that_clause(tokens: Tokens, first: int) -> tuple[int, Subject | None]:
    """Return verb and subject of "that X (should) act" after recommend or require."""
    for at in range(first, min(first + OBJECT_REACH, len(tokens))):
        if tokens.tags[at] & MODAL:
            return act_after(tokens, at + 1), subject_of(tokens, at)
        if tokens.tags[at] & BE and at > first:
            return passive_after(tokens, at)[1], Subject(first, at, kind_of(tokens, first, at))
        if tokens.tags[at] & BASE and at > first and not tokens.is_(at - 1, DET | PREPOSITION | CONJUNCTION):
            return at, Subject(first, at, kind_of(tokens, first, at))
        if tokens.tags[at] & SIGN:
            break
    return -1, None


def is_open_to(tokens: Tokens, to: int) -> bool:
    """Return whether a "to" waits for the items of a list: only asides and the final colon come after it."""
    if tokens.word(to) != "to" or tokens.word(len(tokens) - 1) not in {":", "—", "–", ","}:
        return False
    return tokens.is_(to + 1, SIGN) or to + 1 == len(tokens)


def asked_passively(tokens: Tokens, cue: Cue) -> Find | None:
    """Read are encouraged to, is required to, is authorized to, are prohibited from."""
    copula = before(tokens, cue.first)
    if tokens.tags[copula] & MODAL or tokens.word(copula) in {"been", "being"} or governed(tokens, copula):
        return None
    negated = any(tokens.word(at) == "not" for at in range(copula + 1, cue.first))
    following = skip_adverbs(tokens, cue.end)
    link = tokens.word(following)
    kind = cue.kind
    if kind is Kind.PERMISSION and tokens.is_(following, CONJUNCTION) and tokens.verb(following + 1) in {"direct", "require"}:
        kind, link, following = Kind.OBLIGATION, tokens.word(following + 2), following + 2
    act = act_of(tokens, cue.end, 12)
    if kind is Kind.PROHIBITION and act < 0:
        after = skip_adverbs(tokens, following + 1)
        act = after if link == "from" and tokens.is_(after, GERUND) else cue.first
    if act < 0 and is_open_to(tokens, following):
        act = len(tokens)
    if act < 0:
        return None
    if negated and kind is Kind.PERMISSION:
        kind = Kind.PROHIBITION
    notes = ("negated",) if negated else ()
    if tokens.word(copula) in {"was", "were"}:
        notes += ("was",)
    end = following + 1 if link in {"to", "from"} else cue.end
    return Find(cue.group, kind, cue.force, (copula, end), copula, act, "present", notes=(*notes, "asked"))


def advice(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read recommend, call on, urge, ask, encourage, invite, propose."""
    if tokens.is_(before(tokens, cue.first), BE) and tokens.is_(cue.first, PARTICIPLE):
        return asked_passively(tokens, cue)
    if not finite_here(tokens, cue.first):
        return None
    act, subject = requested(tokens, cue)
    notes: tuple[str, ...] = ("asked",)
    if act < 0:
        act, notes = skip_adverbs(tokens, cue.end), ("no-addressee",)
        if tokens.is_(act, SIGN | PREPOSITION) or tokens.verb(cue.first) not in {"encourage", "recommend", "propose"}:
            return None
    tense = "past" if tokens.is_(cue.first, PAST) and not tokens.is_(cue.first, BASE) else "present"
    first = before(tokens, cue.first) if tokens.is_(cue.first, GERUND) else cue.first
    return Find(cue.group, cue.kind, cue.force, (first, cue.end), first, act, tense, False, subject, notes)


def finite_here(tokens: Tokens, index: int) -> bool:
    """Return whether a form is a finite verb of its own: not governed, no noun, no bare participle or gerund."""
    if tokens.is_(index, GERUND):
        return tokens.is_(before(tokens, index), BE) and not governed(tokens, before(tokens, index))
    return not governed(tokens, index) and not is_noun(tokens, index)


def order(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read directs X to, requires X to, authorizes X to, prohibits X from, and their passives."""
    previous = before(tokens, cue.first)
    if tokens.is_(previous, BE) and tokens.is_(cue.first, PARTICIPLE) and not tokens.is_(cue.first, GERUND):
        return asked_passively(tokens, cue)
    gerund = tokens.is_(cue.first, GERUND) and not tokens.is_(previous, BE | PREPOSITION | DET)
    if not gerund and not finite_here(tokens, cue.first):
        return None
    act, subject = requested(tokens, cue)
    notes: tuple[str, ...] = ("asked",)
    if act < 0:
        if not takes_object(tokens, cue):
            return None
        act, subject, notes = cue.first, None, ("no-addressee",)
    tense = "past" if tokens.is_(cue.first, PAST) else "present"
    notes += ("participial",) if gerund else ()
    first = previous if tokens.is_(cue.first, GERUND) and not gerund else cue.first
    return Find(cue.group, cue.kind, cue.force, (first, cue.end), first, act, tense, False, subject, notes)


def takes_object(tokens: Tokens, cue: Cue) -> bool:
    """Return whether a verb of ordering or forbidding stands with a thing as its object: "directs the expansion of"."""
    if tokens.is_(cue.end, PREPOSITION | SIGN | FINITE) or tokens.word(cue.end + 1) == "following":
        return False
    speaks = tokens.is_(cue.first, THIRD) or tokens.is_(before(tokens, cue.first), PRONOUN)
    directs = tokens.verb(cue.first) in {"direct", "order", "instruct", "mandate"}
    return speaks and (directs or cue.kind is Kind.PROHIBITION)


def denial(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read "does not create any right": what a text denies to be."""
    subject = subject_of(tokens, cue.first)
    if subject.kind not in {"text", "none", "vehicle"}:
        return None
    return Find(cue.group, cue.kind, cue.force, (cue.first, cue.end), cue.first, cue.first + 2, "present", True, None, ("negated",))


def delegate(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read "I delegate to the Secretary the authority to"."""
    if not finite_here(tokens, cue.first) or not tokens.is_(before(tokens, cue.first), PRONOUN):
        return None
    to = next((at for at in range(cue.end, len(tokens)) if tokens.lower[at] == "to"), -1)
    if to < 0:
        return None
    end = to + 1
    while end < len(tokens) and not tokens.tags[end] & SIGN and not (tokens.lower[end] == "the" and end > to + 1 and tokens.verb(end + 1) in {"authority", "authorities", "functions", "function", "power"}):
        end += 1
    subject = Subject(to + 1, end, kind_of(tokens, to + 1, end))
    return Find(cue.group, cue.kind, cue.force, (cue.first, cue.end), cue.first, cue.first, "present", False, subject, ("asked",))


def responsible(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read is responsible for doing; under "shall" the modal reads it."""
    copula = before(tokens, cue.first)
    if not tokens.is_(copula, BE) or governed(tokens, copula) or tokens.word(copula) in {"being", "been"}:
        return None
    return Find(cue.group, cue.kind, cue.force, (copula, cue.end), copula, skip_adverbs(tokens, cue.end), "present")


def nothing(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read "Nothing in this order shall be construed to", "Nothing in this memorandum commits"."""
    verb = next((at for at in range(cue.end, len(tokens)) if tokens.tags[at] & (FINITE | THIRD) and not tokens.tags[at] & DET), -1)
    if verb < 0:
        return None
    act = act_after(tokens, verb + 1) if tokens.tags[verb] & FINITE else verb
    inner = infinitive_after(tokens, act, 6)
    subject = Subject(cue.first, verb, "text")
    act = inner if inner >= 0 else min(act, len(tokens) - 1)
    return Find(cue.group, cue.kind, cue.force, (cue.first, cue.first + 1), verb, act, "present", True, subject, ("negated",))


def policy(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read "It is the policy of the United States to", "... that"."""
    act = infinitive_of(tokens, cue.end)
    subject = addressee(tokens, cue.end, act) if act >= 0 else None
    act = act if act >= 0 else min(cue.end, len(tokens) - 1)
    return Find(cue.group, cue.kind, cue.force, (cue.first, cue.end), cue.first, act, "present", False, subject)


def purpose(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read "this order aims to"."""
    act = act_of(tokens, cue.end)
    if act < 0:
        return None
    subject = Subject(max(cue.first - 1, 0), cue.first + 1, "text")
    return Find(cue.group, cue.kind, cue.force, (cue.first + 1, cue.end), cue.first + 1, act, "present", False, subject)


def valuable(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read "it would be valuable to"."""
    act = act_after(tokens, cue.end)
    subject = Subject(cue.first, cue.first, "none")
    return Find(cue.group, cue.kind, cue.force, (cue.first, cue.end), cue.first, act, "modal", True, subject) if is_act(tokens, act) else None


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
    return Find(cue.group, kind, 4, (cue.first, verb + 1), copula if passive else cue.first, verb, "present", passive)


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
    if tokens.verb(verb) in {"commit", "agree", "decide", "pledge", "resolve", "vow", "promise", "undertake", "plan"}:
        act = infinitive_after(tokens, verb + 1, 6)
        if act >= 0:
            force, by = weakened(tokens, act, 3)
            notes = (f"weaker:{by}",) if by else ()
            return Find("perfect-commissive", Kind.COMMITMENT, force, (cue.first, verb + 1), cue.first, act, "perfect", notes=notes)
    notes = ("speaking",) if words.is_verb(tokens.word(verb), "speaking") else ()
    return Find(cue.group, Kind.MEASURE, 3, (cue.first, verb + 1), cue.first, verb, "perfect", notes=notes)


def participle_after(tokens: Tokens, index: int) -> int:
    """Return the participle after have, past adverbs and asides, or -1."""
    at = skip_adverbs(tokens, index)
    if tokens.word(at) == "(":
        at = skip_adverbs(tokens, at + 3)
    if tokens.word(at) == ",":
        comma = next((i for i in range(at + 1, len(tokens)) if tokens.lower[i] == ","), -1)
        at = skip_adverbs(tokens, comma + 1) if comma > 0 else at
    return at if tokens.is_(at, PARTICIPLE) or tokens.word(at) == "been" else -1


def had_noun(tokens: Tokens, cue: Cue) -> Find | None:
    """Read "had exchanges on": have as a full verb in the past."""
    if tokens.word(cue.first) != "had" or tokens.is_(cue.end, SIGN):
        return None
    return Find("past-had", Kind.MEASURE, 3, (cue.first, cue.end), cue.first, cue.first, "past", notes=("had-noun",))


def been(tokens: Tokens, cue: Cue, verb: int) -> Find | None:
    """Read have been + participle or gerund."""
    act = skip_adverbs(tokens, verb + 1)
    if tokens.is_(act, GERUND):
        return Find(cue.group, Kind.MEASURE, 3, (cue.first, act + 1), cue.first, act, "perfect", notes=("been-ing",))
    if tokens.is_(act, PARTICIPLE) and not tokens.is_(act, DET):
        return Find(cue.group, Kind.MEASURE, 3, (cue.first, act + 1), cue.first, act, "perfect", True)
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
    return Find("modal-is-to", Kind.OBLIGATION, 4, (cue.first, to + 1), cue.first, act, "present", passive, notes=notes)


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
        return Find("progressive-intended", Kind.COMMITMENT, force, to_trigger(tokens, act, act + 1), cue.first, inner, "progressive")
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


ASKING = frozenset({"direct", "order", "instruct", "require", "task", "authorize", "authorise", "permit", "allow", "prohibit", "call", "urge", "ask", "encourage", "recommend", "request", "invite", "propose"})
LAUNCHING = frozenset({"launch", "announce", "establish", "enter", "endorse", "create", "initiate", "open", "form", "release", "issue", "adopt", "introduce", "unveil", "start", "begin", "convene", "sign", "impose"})


def launching(tokens: Tokens, cue: Cue, act: int) -> Find:
    """Read are launching X (commitment); are announcing a named document (measure), its launch (commitment)."""
    trigger = (cue.first, act + 1)
    if tokens.verb(act) != "announce":
        return Find("progressive-launch", Kind.COMMITMENT, 3, trigger, cue.first, act, "progressive")
    names_text = any(tokens.in_class(at, "text") and tokens.capital(at) for at in range(act + 1, min(act + 8, len(tokens))))
    launch = any(tokens.in_class(at, "launchable") for at in range(act + 1, min(act + 5, len(tokens))))
    kind = Kind.MEASURE if names_text and not launch else Kind.COMMITMENT
    return Find("progressive-announce", kind, 3, trigger, cue.first, act, "progressive")


def was_done(tokens: Tokens, cue: Cue, act: int) -> Find | None:
    """Read was launched (measure); is based (doubtful)."""
    if tokens.verb(act) in ASKING:
        return None
    if tokens.word(act) in {"committed", "determined", "intended", "expected", "planned", "designed", "dedicated", "resolved"}:
        return None
    past = tokens.word(cue.first) in {"was", "were"}
    if tokens.words.is_verb(tokens.word(act), "speaking"):
        return None
    if tokens.word(cue.first - 1) == "there":
        return Find("legal-hereby", Kind.MEASURE, 4, (cue.first, act + 1), cue.first, act, "present", True)
    notes = () if past else ("present-passive",)
    return Find("passive-past" if past else "passive-present", Kind.MEASURE, 3, (cue.first, act + 1), cue.first, act, "past" if past else "present", True, notes=notes)


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
        return Find("continue-exploratory", Kind.COMMITMENT, 1, trigger, cue.first, act, tense, notes=(f"weaker:{by}",))
    return Find(cue.group, cue.kind, 3, trigger, cue.first, act if act >= 0 else cue.first, tense)


def enacts(tokens: Tokens, cue: Cue, voice: Voice) -> Find | None:  # noqa: ARG001
    """Read "the Order establishes a clearinghouse": a legal act told by its text; of others doubtful."""
    if not finite_here(tokens, cue.first) or before(tokens, cue.first) < 0 or tokens.is_(cue.end, SIGN):
        return None
    subject = subject_of(tokens, cue.first)
    named = tokens.word(subject.first) in {"the", "this"} or tokens.capital(subject.end - 1)
    legal = subject.kind == "text" and named and tokens.in_class(head_of(tokens, subject.first, subject.end), "enacting")
    return Find(cue.group, cue.kind, cue.force, (cue.first, cue.end), cue.first, cue.first, "present", notes=() if legal else ("narrated",))


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
    notes = ("talk",) if tokens.verb(cue.first) in {"welcome", "discuss", "demonstrate", "report", "offer", "seek"} else ()
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


INTRANSITIVE = frozenset({"met", "convened", "engaged", "participated", "joined", "took place", "began", "started", "led", "agreed", "discussed", "had", "reported", "continued", "expanded", "reached"})


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


def with_subject(find: Find, subject: Subject) -> Find:
    """Return a find with its subject."""
    return replace(find, subject=subject)


READERS: Mapping[str, Reader] = {
    "modal": modal,
    "need": need,
    "commissive": commissive,
    "state": state,
    "expected": expected,
    "noun": noun,
    "advice": advice,
    "valuable": valuable,
    "order": order,
    "delegate": delegate,
    "responsible": responsible,
    "nothing": nothing,
    "policy": policy,
    "purpose": purpose,
    "hereby": hereby,
    "perfect": perfect,
    "being": being,
    "continue": continuing,
    "denial": denial,
    "enacts": enacts,
    "performed": performed,
    "present": present,
    "past": past,
}
