"""Whose act it is: the subject of a finite verb, what kind of subject it is, and what clause it opens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dragoman.extract.en.clauses import (
    CLOSING,
    DASHES,
    OPENING,
    STOPS,
    Tokens,
    is_coordinator,
    opens_aside,
)
from dragoman.extract.en.subject_kinds import WE, kind_of, tells_time
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
    PAST,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SIGN,
    SUBORDINATOR,
    THIRD,
)

NAME_PARTS = frozenset({"jr", "sr", "inc", "llc", "ltd", "corp"})
"""What a comma parts from a name that it belongs to."""
LEADING = frozenset({"so", "why"})
"""Words that open a main clause after all: "So we", "That is why we"."""
BACK = frozenset({"ago", "later", "earlier"})
"""End of a time that opens a sentence: "Three months ago, X and Y"."""
QUOTES = frozenset("\"“'‘")
"""Marks that open a quotation and with it a main clause."""
LIMITS = frozenset({"later", "earlier", "less", "fewer", "more", "sooner"})
"""Behind "no" they open a bound of time: "No later than May, X, with Y, shall"."""
RELATED = frozenset({"agreement", "consensus"})
"""Nouns whose "that" opens a relative clause right before a verb: "an agreement that will lower duties"."""
THATS = frozenset({"that’s", "that's"})
CLEFT_REACH = 3
"""Tokens of "That is why"."""
MAIN = "main"
RELATIVE_CLAUSE = "relative"
SUBORDINATE = "subordinate"
COMPLEMENT = "complement"
SHARED = "shared"
AUTHORS = "authors"
NAMED = "named"
PREVIOUS = "previous"
UNKNOWN = "unknown"


class Subject(NamedTuple):
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
    """Return the subject of the finite verb at a token, read once."""
    found = tokens.subjects.get(verb)
    if found is None:
        found = tokens.subjects[verb] = read_subject(tokens, verb)
    return found


def read_subject(tokens: Tokens, verb: int) -> Subject:
    """Return the subject of the finite verb at a token, from the words before it."""
    last = verb - 1 if tokens.word(verb - 1) not in QUOTES else verb - 2
    while last >= 0 and tokens.is_(last, ADVERB) and not tokens.is_(last, PRONOUN | DET):
        last -= 1
    if last < 0:
        return Subject(verb, verb, "none")
    if tokens.tags[last] & RELATIVE and tokens.tags[last] & DET == 0:
        return relative_subject(tokens, last)
    if last and tokens.word(last) == "that" and verb_before(tokens, last) in {"", *RELATED}:
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
    while before >= 0 and (tokens.in_class(before, "time_parts") or tokens.lower[before].isdigit()):
        before -= 1
    told = before < that - 1 and tokens.in_class(before, "telling")
    return tokens.word(before) if told and tokens.is_(before, PAST | THIRD) else ""


def relative_subject(tokens: Tokens, pronoun: int) -> Subject:
    """Return the subject of a relative clause: the noun phrase before its pronoun."""
    end = pronoun
    if end and tokens.lower[end - 1] == ",":
        end -= 1
    first = phrase_start(tokens, end - 1)
    return Subject(first, end, kind_of(tokens, first, end), RELATIVE_CLAUSE, tokens.word(pronoun))


def phrase_start(tokens: Tokens, last: int) -> int:
    """Return the first token of the noun phrase that ends at `last`: its article, else what follows a verb.

    The phrase may hold "of", "on" and "for"; other prepositions, signs, verbs and pronouns end it.
    """
    stop = SIGN | FINITE | SUBORDINATOR | RELATIVE | CONJUNCTION | PRONOUN | PREPOSITION
    index = last
    while index >= 0 and not tokens.is_(index, DET):
        inner = tokens.lower[index] in {"of", "on", "for"}
        verb = index < last and is_plain_verb(tokens, index, PAST | THIRD | GERUND)
        if not inner and (tokens.is_(index, stop) or verb):
            index += 1
            break
        index -= 1
    index = max(index, 0)
    while index < last and tokens.is_(index, PREPOSITION | ADVERB):
        index += 1
    return index


def is_bare_noun(tokens: Tokens, index: int) -> bool:
    """Return whether a token is a noun without any sign of another class; a verb before it makes "steps" one."""
    tags = tokens.tags[index]
    if (tags and not tags & THIRD) or tokens.capital(index) or not tokens.lower[index].isalpha():
        return False
    return not tags or tokens.is_(index - 1, THIRD | PAST | BASE)


def is_plain_verb(tokens: Tokens, index: int, forms: int) -> bool:
    """Return whether a token is a known verb in one of some forms, not a name and not a bare form."""
    known = tokens.is_(index, forms) and tokens.lower[index] in tokens.words.base
    return known and not tokens.is_(index, BASE) and not tokens.capital(index)


def plain_subject(tokens: Tokens, last: int) -> Subject:
    """Return the subject that ends right before its verb."""
    if tokens.tags[last] & PRONOUN:
        return pronoun_subject(tokens, last)
    if tokens.is_(last, THIRD) and tokens.in_class(last, "thinking"):
        return Subject(last, last, "none", COMPLEMENT, "", tokens.word(last))
    first = segment_start(tokens, last)
    if closes_relative(tokens, first, last):
        return plain_subject(tokens, first - 2)
    clause, opener, governor = opened_by(tokens, first - 1)
    if clause == MAIN and tokens.in_class(first - 1, "bare_thinking"):
        clause, governor = COMPLEMENT, tokens.word(first - 1)
    if tokens.word(first) == "there":
        return Subject(first, first, "none", clause, opener, governor)
    contact = contact_start(tokens, first, last) if clause == MAIN else -1
    if contact >= 0:
        return Subject(contact, last + 1, kind_of(tokens, contact, last + 1), RELATIVE_CLAUSE)
    first = skip_front(tokens, first, last)
    return Subject(first, last + 1, kind_of(tokens, first, last + 1), clause, opener, governor)


def closes_relative(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether the words before a verb are a relative clause with a verb of its own behind its noun.

    "A developer that becomes aware of a fault must": the noun is the subject of "must".
    """
    if first < 2 or tokens.lower[first - 1] not in {"that", "who", "which"}:  # noqa: PLR2004 - a noun and its pronoun
        return False
    noun = not tokens.tags[first - 2] & (SIGN | PREPOSITION | CONJUNCTION | FINITE | ADVERB)
    if not noun or verb_before(tokens, first - 1) or tokens.lower[first] in {"the", "their", "its"}:
        return False
    own = first
    while own <= last and tokens.is_(own, ADVERB):
        own += 1
    several = tokens.lower[first - 2].endswith("s") and tokens.in_class(first - 2, "agent")
    bare = tokens.is_(own, BASE) and (tokens.lower[first - 1] != "that" or several)
    return own <= last and (tokens.is_(own, FINITE) or bare or is_plain_verb(tokens, own, THIRD | PAST))


def contact_start(tokens: Tokens, first: int, last: int) -> int:
    """Return where a clause without its pronoun begins after a noun: "steps | the Board should take", or -1."""
    if tokens.is_(first, PREPOSITION | ADVERB) or tokens.in_class(first, "time"):
        return -1
    for index in range(last, first + 1, -1):
        article = tokens.lower[index] in {"the", "our", "its", "their"} and not tokens.inside[index]
        noun = is_bare_noun(tokens, index - 1)
        if article and noun:
            return index
    return -1


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
    before = saying_before(tokens, before)
    told = tokens.in_class(before, "promising") or tokens.in_class(before, "repeating")
    if clause == MAIN and told and not tokens.is_(before - 1, DET):
        return Subject(last, last + 1, kind, COMPLEMENT, "", tokens.word(before))
    led = tokens.word(before) in LEADING or tokens.word(before) in QUOTES
    if clause == MAIN and before >= 0 and not led and not tokens.tags[before] & (SIGN | CONJUNCTION | ADVERB):
        start = segment_start(tokens, before)
        front = tokens.tags[start] & (PREPOSITION | ADVERB) or tokens.in_class(start, "time")
        if not (front or tokens.is_(start - 1, PREPOSITION)) or tokens.tags[before] & PREPOSITION:
            clause = RELATIVE_CLAUSE
    return Subject(last, last + 1, kind, clause, opener, governor)


def saying_before(tokens: Tokens, index: int) -> int:
    """Return the verb of a promise before the time it was told, "said on Monday | it would"; else the token."""
    at = index
    while at > 0 and tells_time(tokens, at, at + 1):
        at -= 1
    return at if tokens.in_class(at, "promising") and tokens.is_(at, PAST) else index


def opened_by(tokens: Tokens, index: int) -> tuple[str, str, str]:
    """Return which clause the word before a subject opens, that word, and what it depends on."""
    if index < 0:
        return MAIN, "", ""
    word, tags = tokens.lower[index], tokens.tags[index]
    if word in {"that", "so"} and index == 0:
        return MAIN, "", ""
    if word == "that":
        return COMPLEMENT, word, verb_before(tokens, index) or joined_governor(tokens, index)
    if tags & RELATIVE:
        through = tokens.is_(index - 1, PREPOSITION)
        return RELATIVE_CLAUSE, f"{tokens.lower[index - 1]} {word}" if through else word, ""
    if tags & SUBORDINATOR and not is_cleft(tokens, index):
        return SUBORDINATE, word, ""
    return MAIN, "", ""


def joined_governor(tokens: Tokens, that: int) -> str:
    """Return what a "that" behind "and" depends on, as the "that" before it; else the word before."""
    if tokens.is_(that - 1, CONJUNCTION):
        earlier = (at for at in range(that - 2, 0, -1) if tokens.lower[at] == "that" and verb_before(tokens, at))
        first = next(earlier, -1)
        if first > 0:
            return verb_before(tokens, first)
    return tokens.word(that - 1)


def is_cleft(tokens: Tokens, index: int) -> bool:
    """Return whether "why" only leads to the main act: "That is why the President launched", "That’s why"."""
    if tokens.lower[index] != "why":
        return False
    after_be = tokens.is_(index - 1, BE) and (index <= CLEFT_REACH or tokens.word(index - 2) == "that")
    return after_be or tokens.word(index - 1) in THATS


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
        if word == "," and tokens.word(index + 1) in NAME_PARTS:
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
    tags, word = tokens.tags[index], tokens.lower[index]
    if (index == 0 and word == "that") or (word == "as" and tokens.word(index - 1) == "such"):
        return False
    if tags & FINITE or word in tokens.words.classes["bare_thinking"]:
        return True
    if not tags & (SUBORDINATOR | RELATIVE):
        return False
    listed = word == "as" and tokens.is_(index + 1, PARTICIPLE) and not tokens.is_(index + 1, FINITE)
    opens = tags & SUBORDINATOR and not (tags & PREPOSITION and (word != "as" or listed))
    return bool(opens or tags & RELATIVE)


def clause_before(tokens: Tokens, conjunction: int) -> bool:
    """Return whether what stands left of "and" is a clause with a verb of its own.

    Before a bare "and" only its own segment counts; before ", and" all segments, for it may close a list.
    """
    listed = tokens.word(conjunction - 1) == ","
    for index in range(conjunction - 1, -1, -1):
        if tokens.inside[index]:
            continue
        if tokens.lower[index] in STOPS or (tokens.lower[index] == "," and index < conjunction - 1 and not listed):
            return False
        if tokens.lower[index] == "that" and verb_before(tokens, index):
            return False
        third = is_plain_verb(tokens, index, THIRD | PAST) and tokens.is_(index + 1, DET)
        needs = tokens.lower[index] == "need" and tokens.lower[index + 1] == "to"
        if needs or tokens.is_(index, FINITE) or (third and tokens.word(index + 1) != "that"):
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
    if verb_goes_on(tokens, first) or tokens.in_class(first, "fronted"):
        return False
    if first == 0 and comma == 1 and tokens.in_class(first, "ordinal"):
        return False
    if tokens.in_class(first, "placed") or tokens.lower[comma - 1] in BACK:
        return False
    if first >= comma or opens_aside(tokens, first) or tokens.is_(first, PARTICIPLE | ADVERB):
        return False
    return not (tokens.in_class(first, "time") or tells_time(tokens, first, comma))


def verb_goes_on(tokens: Tokens, first: int) -> bool:
    """Return whether a segment is a further verb of a fronted purpose: "To raise X and keep Y, we"."""
    while is_coordinator(tokens, first) or tokens.is_(first, ADVERB):
        first += 1
    fronted = tokens.word(0) == "to" and tokens.is_(1, BASE)
    return fronted and tokens.is_(first, BASE) and not tokens.is_(first, DET | PREPOSITION)


def skip_front(tokens: Tokens, first: int, last: int) -> int:
    """Return where the subject begins after a fronted adjunct without a comma.

    "Today the United States", "In 2019 President X", "In conjunction with this the Council".
    """
    start = first
    while first < last and (is_front_word(tokens, first) or (first > start and is_period(tokens, first))):
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


def is_period(tokens: Tokens, index: int) -> bool:
    """Return whether a word goes on a time that opens a sentence: "Last | week the ministry"."""
    named = tokens.in_class(index, "periods") or tokens.in_class(index, "time_parts")
    return named and tokens.in_class(index - 1, "time") and not tokens.is_(index, PREPOSITION | DET)


def is_front_word(tokens: Tokens, index: int) -> bool:
    """Return whether a word before a subject is an adverb or tells a time ("Today", "Last year")."""
    if not (tokens.is_(index, ADVERB) or tokens.in_class(index, "time")):
        return False
    article = tokens.is_(index, DET) and not tokens.in_class(index + 1, "time")
    return not article or tokens.word(index) == "both"


def subject_across(tokens: Tokens, sign: int, verb: int) -> Subject:
    """Return the subject that an aside parts from its verb: "The Council, chaired by X, shall"."""
    if tokens.lower[sign] in CLOSING:
        return plain_or_none(tokens, opening_before(tokens, sign, OPENING) - 1)
    if tokens.lower[sign] in DASHES:
        begin = opening_before(tokens, sign, DASHES)
        return plain_or_none(tokens, begin - 1 if begin > 0 else sign - 1)
    floor = clause_floor(tokens, sign)
    for start, stop in segments(tokens, floor, sign):
        first = start
        while first < stop and tokens.is_(first, ADVERB | CONJUNCTION):
            first += 1
        bare = first > floor and tokens.is_(first, BASE) and not tokens.capital(first)
        bare = bare or (tokens.word(first) in {"no", "not"} and tokens.word(first + 1) in LIMITS)
        told = next((at for at in range(stop - 2, first, -1) if tokens.lower[at] == "that"), -1)
        if told >= 0 and verb_before(tokens, told):
            governor = verb_before(tokens, told)
            return Subject(told + 1, stop, kind_of(tokens, told + 1, stop), COMPLEMENT, "that", governor)
        if first < stop and not opens_aside(tokens, first) and not bare:
            clause = opened_by(tokens, first - 1) if first == floor else (MAIN, "", "")
            return Subject(first, stop, kind_of(tokens, first, stop), *clause)
    return Subject(verb, verb, "none", SHARED)


def opening_before(tokens: Tokens, index: int, signs: frozenset[str]) -> int:
    """Return the nearest of some signs before a token, 0 where there is none."""
    return next((at for at in range(index - 1, 0, -1) if tokens.lower[at] in signs), 0)


def segments(tokens: Tokens, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches between commas outside brackets."""
    while start < end:
        stop = start
        while stop < end and (tokens.lower[stop] != "," or tokens.inside[stop]):
            stop += 1
        yield start, stop
        start = stop + 1


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
