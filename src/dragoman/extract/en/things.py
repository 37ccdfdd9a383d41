"""What the object of an act holds: names, numbers, nouns of governance; whether it names a concrete thing done."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.extract.en.aims import chain_of
from dragoman.extract.en.clauses import Tokens
from dragoman.extract.en.finds import Find
from dragoman.extract.en.words import ADVERB, DET, GERUND, PREPOSITION

PARTICLE_VERBS = frozenset({"stand", "take", "put", "set", "roll"})
PARTICLES = frozenset({"place", "out", "up", "in"})
NAMED_THINGS = frozenset({"governance", "name", "amount", "instrument", "date"})
CONCRETE_REACH = 14
"""Tokens of a measure's clause in which the thing done is looked for."""
MEANS_REACH, THING_REACH = 24, 6
"""Tokens after an act among which its means stand, and after "through" among which they are named."""
YEAR = 4
"""Digits of a year."""
MONEY = frozenset({"$", "€", "£", "million", "billion"})


def is_performing(tokens: Tokens, act: int) -> bool:
    """Return whether a verb founds, enacts or holds something, alone or with its particle ("took place")."""
    if tokens.verb(act) in PARTICLE_VERBS and tokens.word(act + 1) in PARTICLES:
        return True
    return tokens.verb_in(act, "performing")


def is_concrete(tokens: Tokens, find: Find, marks: frozenset[str]) -> bool:
    """Return whether a measure names what was done: a performing verb with a thing, a process, a rule or body."""
    if tokens.verb_in(find.act, "happening") and not find.passive:
        return False
    if tokens.verb(find.act) == "take" and any(tokens.in_class(at, "moves") for at in near(tokens, find.act)):
        official = any(tokens.lower[at] == "executive" for at in near(tokens, find.act))
        return official or names_means(tokens, find.act)
    if tokens.verb_in(find.act, "making") and is_performing(tokens, find.act):
        return bool(marks & NAMED_THINGS) or ("number" in marks and "vague" not in marks)
    if is_performing(tokens, find.act):
        return bool(marks & NAMED_THINGS) or "vague" not in marks or tokens.word(find.act) in {"met", "took"}
    if tokens.verb_in(chain_of(tokens, find.act)[-1], "process") or names_means(tokens, find.act):
        return True
    summed = tokens.verb(find.act) == "make" and "amount" in marks
    return summed or (bool(marks & {"governance", "instrument"}) and "vague" not in marks)


def near(tokens: Tokens, act: int) -> range:
    """Return the tokens among which an act's object has its head."""
    return range(act + 1, min(act + THING_REACH, len(tokens)))


def names_means(tokens: Tokens, act: int) -> bool:
    """Return whether the means of an act are named after it: "by issuing a framework", "through exchanges"."""
    for at in range(act + 1, min(act + MEANS_REACH, tokens.count)):
        word = tokens.lower[at]
        if word in {";", ":"}:
            return False
        if word == "by" and tokens.is_(at + 1, GERUND):
            if tokens.verb_in(at + 1, "performing") or tokens.verb_in(at + 1, "process"):
                return True
        elif word == "through" and any(is_named_thing(tokens, ahead) for ahead in near(tokens, at)):
            return True
    return False


def is_named_thing(tokens: Tokens, index: int) -> bool:
    """Return whether a token is a noun of governance or part of a name."""
    return tokens.capital(index) or (tokens.in_class(index, "governance") and not tokens.is_(index, GERUND))


def marks_of(tokens: Tokens, find: Find) -> frozenset[str]:
    """Return what stands in the object of an act: names, numbers, nouns of governance, vague nouns; read once."""
    marks = tokens.marks.get(find.act)
    if marks is None:
        marks = tokens.marks[find.act] = frozenset(read_marks(tokens, find.act))
    return marks


def read_marks(tokens: Tokens, act: int) -> Iterator[str]:
    """Yield what stands in the object of an act: names, numbers, nouns of governance, vague nouns."""
    end, classes = min(tokens.count, act + CONCRETE_REACH), tokens.words.classes
    stop = next((at for at in range(act + 1, end) if tokens.lower[at] in PAUSES), end)
    words, starts = tokens.lower[act + 1 : stop], tokens.starts
    if not classes["governance"].isdisjoint(words) and any(
        names_governance(tokens, at) for at in range(act + 1, stop)
    ):
        yield "governance"
    if not classes["vague"].isdisjoint(words[: CONCRETE_REACH // 2 - 1]):
        yield "vague"
    if any(map(str.isupper, map(tokens.view.text.__getitem__, starts[act + 2 : stop]))):
        yield "name"
    if not MONEY.isdisjoint(words):
        yield "amount"
    yield from ["date" if len(word) == YEAR else "number" for word in words if word[0].isdigit()]
    first, last = starts[min(act, tokens.count - 1)], tokens.ends[end - 1]
    yield from [hit.phrases[0].group for hit in tokens.view.names if first <= hit.start < last]


PAUSES = frozenset(";:")


def names_governance(tokens: Tokens, at: int) -> bool:
    """Return whether a token is a noun of governance: no verb form, no world order."""
    if not tokens.in_class(at, "governance") or tokens.is_(at, GERUND | ADVERB | PREPOSITION):
        return False
    named = tokens.capital(at) or tokens.is_(at - 1, DET) or tokens.word(at - 1) == "executive"
    return tokens.lower[at] != "order" or named
