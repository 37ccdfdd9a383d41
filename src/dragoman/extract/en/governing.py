"""Whether a verb form is a finite verb of its own: not governed by a modal or "to", no noun, no attribute."""

from __future__ import annotations

from dragoman.extract.en.clauses import STOPS, Tokens, act_after, infinitive_after, is_act, skip_adverbs
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

QUANTIFYING = frozenset({"both", "each", "all"})
"""What may stand between a subject and its verb: "the two sides both reaffirm"."""
ENDS = frozenset(";:.")
PHRASE_REACH = 8
"""Tokens of a noun phrase before its head."""
ADJUNCT_REACH = 6
"""Tokens from "have" to its participle where a time or reason stands between."""
OBJECT_REACH = 24
"""Tokens between "directs" and the "to" of what is directed."""


def before(tokens: Tokens, index: int) -> int:
    """Return the last token before `index` that is no adverb or negation, or -1."""
    tags = tokens.tags
    index -= 1
    while index >= 0 and tags[index] & ADVERB and not tags[index] & (PRONOUN | BE | DET):
        index -= 1
    return index


def governed(tokens: Tokens, index: int) -> bool:
    """Return whether a verb form hangs on a modal, "to", have or be before it."""
    previous = before(tokens, index)
    if previous < 0:
        return False
    if tokens.lower[previous] == "to" or tokens.tags[previous] & FINITE:
        return True
    bare = tokens.is_(index, BASE) and not tokens.is_(index, HAVE)
    return bare and tokens.tags[previous] & (CONJUNCTION | SIGN) != 0 and under_modal(tokens, previous)


def under_modal(tokens: Tokens, index: int) -> bool:
    """Return whether a coordinated bare verb can hang on a modal or "to" before it in its clause."""
    for at in range(index, -1, -1):
        if tokens.lower[at] in STOPS and at < index - 1:
            return False
        if tokens.tags[at] & MODAL or (tokens.lower[at] == "to" and tokens.is_(at + 1, BASE)):
            return True
    return False


def is_noun(tokens: Tokens, index: int) -> bool:
    """Return whether a form that can be verb or noun is a noun: after an article, possessive or preposition."""
    previous = before(tokens, index)
    while (
        tokens.word(previous) in QUANTIFYING and previous > 0 and not tokens.is_(previous - 1, PREPOSITION | SIGN)
    ):
        previous -= 1
    tags = tokens.tags[previous] if previous >= 0 else 0
    if tags & PRONOUN or tags & RELATIVE:
        return False
    possessive = tokens.word(previous).endswith(("’s", "'s", "s’"))
    acted = tokens.is_(index, PAST) and tokens.in_class(previous, "agent")
    if (
        tokens.is_(index, BASE)
        and not acted
        and not tags & (SIGN | CONJUNCTION)
        and in_noun_phrase(tokens, previous)
    ):
        return True
    told = tokens.is_(index, PAST) and tokens.is_(index + 1, DET | PRONOUN)
    held = tokens.is_(index, PAST) and tokens.in_class(previous, "governance") and not qualifies(tokens, index)
    after_gerund = tokens.is_(previous, GERUND) and not tags & DET and not told and not held
    return possessive or bool(tags & (DET | PREPOSITION)) or after_gerund


def qualifies(tokens: Tokens, index: int) -> bool:
    """Return whether a past form behind a noun is a participle: "talks related to", not "the talks began in"."""
    return tokens.is_(index + 1, PREPOSITION) and not tokens.in_class(index, "intransitive")


def in_noun_phrase(tokens: Tokens, index: int) -> bool:
    """Return whether a word is a modifier after an article ("a public call"), or a verb with a bare object.

    A plural noun ("the parties plan") agrees with a bare verb, so what follows it is none.
    """
    if tokens.is_(index, BASE) and (tokens.is_(index - 1, MODAL | ADVERB) or tokens.word(index - 1) == "to"):
        return True
    word = tokens.word(index)
    if not word or word.endswith("s") or tokens.is_(index, PRONOUN | SIGN | CONJUNCTION) or tokens.capital(index):
        return False
    return tokens.is_(index - 1, DET | PREPOSITION)


def finite_here(tokens: Tokens, index: int) -> bool:
    """Return whether a form is a finite verb of its own: not governed, no noun, no bare participle or gerund."""
    if tokens.is_(index, GERUND):
        return tokens.is_(before(tokens, index), BE) and not governed(tokens, before(tokens, index))
    return not governed(tokens, index) and not is_noun(tokens, index)


def negated_between(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether "not" stands between two tokens."""
    return any(tokens.word(at) == "not" for at in range(first + 1, last))


def is_open_to(tokens: Tokens, to: int) -> bool:
    """Return whether a "to" waits for the items of a list: only asides and the final colon come after it."""
    if tokens.word(to) != "to" or tokens.word(len(tokens) - 1) not in {":", "—", "–", ","}:
        return False
    return tokens.is_(to + 1, SIGN) or to + 1 == len(tokens)


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


def participle_after(tokens: Tokens, index: int) -> int:
    """Return the participle after have, past adverbs and asides, or -1."""
    at = behind_time(tokens, skip_adverbs(tokens, index))
    if tokens.word(at) == "(":
        at = skip_adverbs(tokens, at + 3)
    if tokens.word(at) == ",":
        comma = next((i for i in range(at + 1, len(tokens)) if tokens.lower[i] == ","), -1)
        at = skip_adverbs(tokens, comma + 1) if comma > 0 else at
    return at if tokens.is_(at, PARTICIPLE) or tokens.word(at) == "been" else -1


def behind_time(tokens: Tokens, index: int) -> int:
    """Return the participle behind an adjunct of "have": "has since | suspended", "has in response | asked"."""
    if tokens.word(index) == "since":
        return skip_adverbs(tokens, index + 1)
    if tokens.word(index) not in {"in", "for", "at", "by", "so", "over"}:
        return index
    for at in range(index + 2, min(index + ADJUNCT_REACH, len(tokens))):
        if tokens.is_(at, SIGN | FINITE | CONJUNCTION):
            break
        if tokens.is_(at, PARTICIPLE) and not tokens.is_(at - 1, DET | PREPOSITION):
            return at
    return index


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
        return act if is_act(tokens, act) or (certain and is_unknown(tokens, act)) else -1
    return infinitive_after(tokens, end, reach)


def act_noun(tokens: Tokens, first: int) -> int:
    """Return the noun of an act that heads the phrase at a token ("further joint development of"), or -1."""
    for at in range(first, min(first + PHRASE_REACH, len(tokens))):
        ends = tokens.is_(at + 1, PREPOSITION | SIGN | RELATIVE | CONJUNCTION) or at + 1 == len(tokens)
        if ends and tokens.in_class(at, "act_nouns"):
            return at
        if tokens.is_(at, SIGN | FINITE | RELATIVE) and not tokens.is_(at, DET):
            return -1
        if tokens.is_(at, PREPOSITION) and at > first:
            return -1
    return -1


def infinitive_of(tokens: Tokens, first: int, *, certain: bool = False) -> int:
    """Return the verb of the infinitive that completes an object: "directs the Secretary, with X, to submit".

    Where the verb before takes a person and an infinitive (`certain`), an unknown word after "to" is a verb.
    """
    for at in range(first, min(first + OBJECT_REACH, len(tokens))):
        if tokens.lower[at] == "to" and at > first:
            act = act_after(tokens, at + 1)
            if is_act(tokens, act) or (certain and is_unknown(tokens, act)):
                return act
            if is_open_to(tokens, at):
                return len(tokens)
        if tokens.is_(at, CONJUNCTION) and tokens.verb_in(at + 1, "pledging") and tokens.is_(at + 1, BASE | THIRD):
            return -1
        opens = tokens.is_(at, FINITE | RELATIVE | SUBORDINATOR) and not tokens.is_(at, DET | PREPOSITION)
        if tokens.lower[at] in ENDS or opens:
            return -1
    return -1


def is_unknown(tokens: Tokens, index: int) -> bool:
    """Return whether a token is a word of no known class, written small."""
    return index < len(tokens) and not tokens.tags[index] and not tokens.capital(index)
