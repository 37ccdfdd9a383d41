"""Whose act it is: the subject of a finite verb, what kind of subject it is, and what clause it opens."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.extract.en.clauses import (
    CLOSING,
    DASHES,
    OPENING,
    STOPS,
    Tokens,
    is_coordinator,
    opens_aside,
)
from dragoman.extract.en.words import (
    ADVERB,
    BASE,
    BE,
    CONJUNCTION,
    DET,
    FINITE,
    GERUND,
    MODAL,
    PARTICIPLE,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SIGN,
    SUBORDINATOR,
    THIRD,
)

WE = frozenset({"we", "i", "us"})
ANAPHORS = frozenset({"it", "they", "he", "she", "this", "these", "those", "both"})
EXPLETIVES = frozenset({"there"})
MAIN = "main"
RELATIVE_CLAUSE = "relative"
SUBORDINATE = "subordinate"
COMPLEMENT = "complement"
SHARED = "shared"
AUTHORS = "authors"
NAMED = "named"
PREVIOUS = "previous"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a finite verb.

    Attributes:
        first, end: its tokens, end exclusive; equal where there is none.
        kind: "we", "actor" (a name of the register), "agent" (a noun that can act), "vehicle" (work, efforts,
            a plan), "text" (a declaration), "anaphor" (it, they), "thing" (any other), "none".
        clause: main, relative, subordinate, complement (after "that"), shared (with the verb before).
        opener: the word that opens a relative, subordinate or complement clause, "" for others.
        governor: the word before "that" of a complement clause.
    """

    first: int
    end: int
    kind: str
    clause: str = MAIN
    opener: str = ""
    governor: str = ""


def subject_of(tokens: Tokens, verb: int) -> Subject:
    """Return the subject of the finite verb at a token."""
    last = verb - 1
    while (
        last >= 0
        and tokens.tags[last] & ADVERB
        and not tokens.tags[last] & (PRONOUN | DET) | (tokens.word(last) == "both")
    ):
        last -= 1
    if last < 0:
        return Subject(verb, verb, "none")
    if tokens.tags[last] & RELATIVE and tokens.tags[last] & DET == 0:
        return relative_subject(tokens, last)
    if last and tokens.word(last) == "that" and verb_before(tokens, last) == "":
        return relative_subject(tokens, last)
    if is_coordinator(tokens, last):
        return Subject(verb, verb, "none", SHARED)
    if tokens.lower[last] in {",", *DASHES, *CLOSING}:
        return subject_across(tokens, last, verb)
    return plain_subject(tokens, last)


def verb_before(tokens: Tokens, that: int) -> str:
    """Return the word a "that" depends on when it opens a complement, else ""."""
    before = that - 1
    while before >= 0 and tokens.tags[before] & ADVERB:
        before -= 1
    if tokens.in_class(before, "thinking") or tokens.in_class(before, "telling"):
        return tokens.word(before)
    return ""


def relative_subject(tokens: Tokens, pronoun: int) -> Subject:
    """Return the subject of a relative clause: the noun phrase before its pronoun."""
    end = pronoun
    if end and tokens.lower[end - 1] == ",":
        end -= 1
    first = phrase_start(tokens, end - 1, stop_at_prepositions=True)
    return Subject(first, end, kind_of(tokens, first, end), RELATIVE_CLAUSE, tokens.word(pronoun))


def phrase_start(tokens: Tokens, last: int, *, stop_at_prepositions: bool) -> int:
    """Return the first token of the noun phrase that ends at `last`.

    The phrase may hold "of" phrases; other prepositions end it where asked.
    """
    stop = SIGN | FINITE | SUBORDINATOR | RELATIVE | CONJUNCTION
    index = last
    while index >= 0:
        tags = tokens.tags[index]
        if tags & stop and not tags & DET:
            break
        if tags & PREPOSITION and stop_at_prepositions and tokens.lower[index] not in {"of", "on", "for"}:
            break
        index -= 1
    index += 1
    while index < last and tokens.tags[index] & (PREPOSITION | ADVERB):
        index += 1
    return index


def plain_subject(tokens: Tokens, last: int) -> Subject:
    """Return the subject that ends right before its verb."""
    if tokens.tags[last] & PRONOUN:
        return pronoun_subject(tokens, last)
    if tokens.is_(last, THIRD) and tokens.in_class(last, "thinking"):
        return Subject(last, last, "none", COMPLEMENT, "", tokens.word(last))
    first = segment_start(tokens, last)
    clause, opener, governor = opened_by(tokens, first - 1)
    if clause == MAIN and tokens.in_class(first - 1, "bare_thinking"):
        clause, governor = COMPLEMENT, tokens.word(first - 1)
    if tokens.word(first) in {"there"}:
        return Subject(first, first, "none", clause, opener, governor)
    first = skip_front(tokens, first, last)
    return Subject(first, last + 1, kind_of(tokens, first, last + 1), clause, opener, governor)


def pronoun_subject(tokens: Tokens, last: int) -> Subject:
    """Return a subject that is a pronoun, with the clause it opens.

    A noun right before "we" makes a contact clause ("the steps we will take"), unless the sentence opens
    with an adjunct that has no comma ("Through the dialogue we will").
    """
    kind = "we" if tokens.lower[last] in WE else "anaphor"
    before = last - 1
    while before >= 0 and tokens.tags[before] & ADVERB:
        before -= 1
    clause, opener, governor = opened_by(tokens, before)
    if clause == MAIN and before >= 0 and not tokens.tags[before] & (SIGN | CONJUNCTION | ADVERB):
        start = segment_start(tokens, before)
        front = tokens.tags[start] & (PREPOSITION | ADVERB) or tokens.in_class(start, "time")
        if not (front or tokens.is_(start - 1, PREPOSITION)) or tokens.tags[before] & PREPOSITION:
            clause = RELATIVE_CLAUSE
    return Subject(last, last + 1, kind, clause, opener, governor)


def opened_by(tokens: Tokens, index: int) -> tuple[str, str, str]:
    """Return which clause the word before a subject opens, that word, and what it depends on."""
    if index < 0:
        return MAIN, "", ""
    word, tags = tokens.lower[index], tokens.tags[index]
    if word == "that" and index == 0:
        return MAIN, "", ""
    if word == "that":
        governor = verb_before(tokens, index)
        return (COMPLEMENT, word, governor) if governor else (COMPLEMENT, word, tokens.word(index - 1))
    if tags & RELATIVE:
        through = tokens.is_(index - 1, PREPOSITION)
        return RELATIVE_CLAUSE, f"{tokens.lower[index - 1]} {word}" if through else word, ""
    if tags & SUBORDINATOR:
        return SUBORDINATE, word, ""
    return MAIN, "", ""


def segment_start(tokens: Tokens, last: int) -> int:
    """Return where the subject phrase that ends at `last` may begin.

    Left to the nearest sign or opener of a clause; over "and" while both sides are noun phrases; over commas
    where the phrase is the last member of a list.
    """
    index, joined = last, False
    while index >= 0:
        tags, word = tokens.tags[index], tokens.lower[index]
        if tokens.inside[index] or word in CLOSING:
            index -= 1
            continue
        if word == "," and joined and list_goes_on(tokens, index):
            index -= 1
            continue
        if tags & SIGN:
            break
        if tags & CONJUNCTION:
            if clause_before(tokens, index):
                break
            joined = True
        elif ends_phrase(tokens, index):
            break
        index -= 1
    first = index + 1
    while first < last and (
        is_coordinator(tokens, first) or tokens.inside[first] or tokens.lower[first] in CLOSING
    ):
        first += 1
    return first


def ends_phrase(tokens: Tokens, index: int) -> bool:
    """Return whether a token cannot stand inside a subject phrase."""
    tags = tokens.tags[index]
    if index == 0 and tokens.lower[0] == "that":
        return False
    if tags & FINITE or tokens.in_class(index, "bare_thinking"):
        return True
    if tags & SUBORDINATOR and not (tags & PREPOSITION and tokens.lower[index] != "as"):
        return tokens.lower[index] not in {"so", "how", "what"} or True
    return bool(tags & RELATIVE) and not relative_inside(tokens, index)


def relative_inside(tokens: Tokens, index: int) -> bool:  # noqa: ARG001 - kept for symmetry with ends_phrase
    """Return whether a "that" or "which" stands inside a subject phrase and not before it."""
    return False


def clause_before(tokens: Tokens, conjunction: int) -> bool:
    """Return whether what stands left of "and" in its segment is a clause with a verb of its own."""
    for index in range(conjunction - 1, -1, -1):
        if tokens.inside[index]:
            continue
        if tokens.lower[index] in STOPS or tokens.lower[index] == ",":
            return tokens.lower[index] == "," and index == conjunction - 1
        if tokens.tags[index] & FINITE:
            return True
        if tokens.is_(index - 1, PRONOUN) and tokens.lower[index - 1] in WE:
            return True
    return False


def list_goes_on(tokens: Tokens, comma: int) -> bool:
    """Return whether the segment left of a comma is a further member of a list of noun phrases."""
    index = comma - 1
    while index >= 0 and tokens.lower[index] not in {",", *STOPS}:
        if tokens.tags[index] & FINITE and not tokens.inside[index]:
            return False
        index -= 1
    first = index + 1
    if first >= comma or opens_aside(tokens, first) or tokens.is_(first, PARTICIPLE | ADVERB):
        return False
    return not tokens.in_class(first, "time")


def skip_front(tokens: Tokens, first: int, last: int) -> int:
    """Return where the subject begins after a fronted adjunct without a comma.

    "Today the United States", "In 2019 President X", "In conjunction with this the Council".
    """
    while (
        first < last
        and (tokens.tags[first] & ADVERB or tokens.in_class(first, "time"))
        and not (
            tokens.tags[first] & DET and not tokens.in_class(first + 1, "time") and tokens.word(first) != "both"
        )
    ):
        first += 1
    if not tokens.is_(first, PREPOSITION) or tokens.is_(first, DET):
        return first
    for hit in tokens.view.names:
        at = tokens.at(hit.start)
        if first < at <= last and hit.phrases[0].group == "actor" and not tokens.is_(at - 1, PREPOSITION | DET):
            return at
    for index in range(last - 1, first, -1):
        if tokens.tags[index] & DET and not tokens.tags[index - 1] & (PREPOSITION | CONJUNCTION):
            return index
    return first


def subject_across(tokens: Tokens, comma: int, verb: int) -> Subject:
    """Return the subject that an aside parts from its verb: "The Council, chaired by X, shall"."""
    begin = comma
    if tokens.lower[comma] in CLOSING:
        begin = comma - 1
        while begin > 0 and tokens.lower[begin] not in OPENING:
            begin -= 1
        return with_end(tokens, plain_or_none(tokens, begin - 1), begin)
    if tokens.lower[comma] in DASHES:
        begin = comma - 1
        while begin > 0 and tokens.lower[begin] not in DASHES:
            begin -= 1
        last = begin - 1 if begin > 0 else comma - 1
        return plain_or_none(tokens, last)
    floor = clause_floor(tokens, comma)
    start = floor
    while start < comma:
        stop = start
        while stop < comma and (tokens.lower[stop] != "," or tokens.inside[stop]):
            stop += 1
        after = start
        while after < stop and (tokens.tags[after] & (ADVERB | CONJUNCTION)):
            after += 1
        bare = after > floor and tokens.is_(after, BASE) and not tokens.capital(after)
        if after < stop and not opens_aside(tokens, after) and not bare:
            if stop == comma and after > floor and tokens.is_(after, CONJUNCTION):
                break
            clause, opener, governor = opened_by(tokens, after - 1) if after == floor else (MAIN, "", "")
            return Subject(after, stop, kind_of(tokens, after, stop), clause, opener, governor)
        start = stop + 1
    return Subject(verb, verb, "none", SHARED)


def with_end(tokens: Tokens, subject: Subject, end: int) -> Subject:
    """Return the subject as it is; the bracket after it is no part of it."""
    del tokens, end
    return subject


def plain_or_none(tokens: Tokens, last: int) -> Subject:
    """Return the subject that ends at a token, or none at the sentence's start."""
    if last < 0:
        return Subject(0, 0, "none")
    if tokens.tags[last] & RELATIVE:
        return relative_subject(tokens, last)
    return plain_subject(tokens, last)


def clause_floor(tokens: Tokens, index: int) -> int:
    """Return the first token after the last stop or finite verb before a token."""
    for at in range(index - 1, -1, -1):
        if tokens.inside[at]:
            continue
        if tokens.lower[at] in STOPS:
            return at + 1
        if tokens.tags[at] & (MODAL | BE) and not in_relative(tokens, at):
            comma = at
            while comma < index and tokens.lower[comma] != ",":
                comma += 1
            return comma + 1 if comma < index else at + 1
    return 0


def in_relative(tokens: Tokens, finite: int) -> bool:
    """Return whether a finite verb stands in a relative clause right after its pronoun."""
    before = finite - 1
    while before >= 0 and tokens.tags[before] & ADVERB:
        before -= 1
    return before >= 0 and bool(tokens.tags[before] & (RELATIVE | SUBORDINATOR))


def kind_of(tokens: Tokens, first: int, end: int) -> str:
    """Return what kind of subject a phrase is, judged by its head: the last noun before its first preposition."""
    if first >= end:
        return "none"
    if end - first == 1 and tokens.lower[first] in ANAPHORS:
        return "anaphor"
    if end - first == 1 and tokens.lower[first] in WE:
        return "we"
    head = head_of(tokens, first, end)
    start, stop = tokens.starts[first], tokens.ends[min(head, end - 1)]
    for hit in tokens.view.names:
        if hit.start >= stop:
            break
        if hit.start >= start and hit.end >= stop - 1 and hit.phrases[0].group == "actor":
            return "actor"
    for name in ("agent", "vehicle", "text"):
        if tokens.in_class(head, name):
            named_body = name == "vehicle" and tokens.capital(head) and head > first
            return "agent" if named_body else name
    if any(tokens.in_class(at, "agent") and tokens.capital(at) for at in range(first, head)) and tokens.capital(
        head
    ):
        return "agent"
    if tokens.capital(head, whole=True) and tokens.lower[head].isalpha() and not is_term(tokens, head):
        return "agent"
    if names_actor(tokens, first, end) and tokens.tags[first] & PREPOSITION == 0:
        return "holder"
    return "thing"


def is_term(tokens: Tokens, index: int) -> bool:
    """Return whether a token belongs to a technology or instrument term ("AI")."""
    start = tokens.starts[index]
    return any(hit.start <= start < hit.end and hit.phrases[0].group != "actor" for hit in tokens.view.names)


def names_actor(tokens: Tokens, first: int, end: int) -> bool:
    """Return whether the name of an actor stands in a phrase."""
    start, stop = tokens.starts[first], tokens.ends[end - 1]
    return any(
        start <= hit.start and hit.end <= stop and hit.phrases[0].group == "actor" for hit in tokens.view.names
    )


def head_of(tokens: Tokens, first: int, end: int) -> int:
    """Return the head noun of a phrase: the token before its first preposition, bracket, comma or participle."""
    for index in range(first + 1, end):
        tags = tokens.tags[index]
        if tags & (PREPOSITION | SIGN | RELATIVE | SUBORDINATOR) and not tokens.capital(index):
            if tags & PREPOSITION and tokens.capital(index - 1) and tokens.capital(index + 1):
                continue
            return index - 2 if is_coordinator(tokens, index - 1) else index - 1
        if tags & GERUND and index > first + 1 and not tokens.capital(index) and index + 1 < end:
            following = tokens.tags[index + 1]
            if following & (DET | PREPOSITION) and tokens.word(index + 1) != "of":
                return index - 1
    return end - 1


def rule_of(subject: Subject, *, passive: bool) -> str:
    """Return how the actor helper shall read a subject: named, authors, previous, unknown."""
    if subject.kind == "we":
        return AUTHORS
    if subject.kind == "anaphor":
        return PREVIOUS
    if subject.kind in {"actor", "agent", "holder"}:
        return NAMED
    if passive or subject.kind in {"vehicle", "text"}:
        return AUTHORS
    return UNKNOWN if subject.kind == "thing" else AUTHORS


def is_capital_name(tokens: Tokens, first: int, end: int) -> bool:
    """Return whether a phrase is written as a name."""
    return any(tokens.capital(index) and tokens.view.start != tokens.starts[index] for index in range(first, end))


__all__ = [
    "AUTHORS", "BE", "COMPLEMENT", "MAIN", "NAMED", "PREVIOUS", "RELATIVE_CLAUSE", "SHARED", "SUBORDINATE",
    "UNKNOWN", "Subject", "head_of", "is_capital_name", "kind_of", "names_actor", "rule_of", "subject_of",
]  # fmt: skip
