"""Who speaks in a document: the parties of a joint text, who gives an order, whom advice is for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dragoman.lexicon import Lexicon, fold
from dragoman.lexicon.actors import ACTOR, Actor, ActorRegister
from dragoman.lexicon.packs import load_pack
from dragoman.model import Document, Language

OPENING = 3000
"""Characters at the start of a text in which its authors name themselves."""
FORMULA_REACH = 160
"""Characters from the formula of an order in which its state is named."""
SAMPLE = 20000
"""Characters that are looked at to find the state a text is about."""
PARTIES = "parties"
"""Name of the field of the metadata."""
SPEAKING = re.compile(
    r"\b[Ww]e,? (?:the (?:[a-z-]+ ){0,3}(?:leaders|governments|heads|ministers|members|representatives|states)"
    r"(?: of [a-z ]+)? of "
    r"|(?=(?:the )?[A-Z][a-z]+(?: [A-Z][a-z]+){0,3}(?:,| and )))"
    r"((?:[^.;:]|\.(?=\w)){5,900}?)(?=, (?!and\b|the\b)[a-z]| (?:have|are|met|gathered)\b)"
)
"""How those who speak name themselves."""
WRITTEN_FOR = re.compile(r"\bMEMORANDUM FOR (?:THE )?([A-Z][^\n]+)")
FEW = 4
"""Members up to which a group that speaks is spelled out: the Quad is its states, the G7 the G7."""
STATES = frozenset({"state", "union"})
BODIES = frozenset({"group", "body"})


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who speaks.

    Attributes:
        authors: those whom "we" stands for.
        home: the state whose agencies are meant where none is named, "" where there is none.
        body: the body that the title names, or "".
        advised: whom a text of advice speaks to.
        told: the office a memorandum is written for ("you"), or "".
    """

    authors: tuple[str, ...] = ()
    home: str = ""
    body: str = ""
    advised: tuple[str, ...] = ()
    told: str = ""


def speakers_of(document: Document, voice: str, lexicon: Lexicon) -> Speakers:
    """Return who speaks in a document.

    Args:
        document: the document.
        voice: "joint", "order", "advice" or "report".
        lexicon: what is known.
    """
    register = lexicon.actors
    parties = head_first(known_parties(document.parties, register), document, lexicon)
    titled = tuple(dict.fromkeys(names_in(said_by(document.title), lexicon)))
    body = next((name for name in titled if register.type_of(name) in BODIES), "")
    states = tuple(name for name in titled if register.type_of(name) in STATES)
    giver = order_giver(document, voice, issuing_states(parties, register) or states, lexicon)
    if giver:
        authors: tuple[str, ...] = (giver,)
    elif voice == "order":
        authors = issuing_states(parties, register)
    else:
        told = () if parties and PARTIES not in document.guessed else self_named(document, voice, titled, lexicon)
        authors = told or parties or titled_authors(titled, register)
    authors = spelled_out(authors, document, register)
    home = home_of(authors, states, document, lexicon)
    advised = states if len(states) > 1 else (home,) if home else ()
    return Speakers(authors, home, body, advised, told_in(document, lexicon))


def head_first(parties: tuple[str, ...], document: Document, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the parties; of a title that opens with a head of state, guessed ones give way to the head's state.

    "President Biden takes action against China's practices" is no text of China's.
    """
    if PARTIES not in document.guessed or len(parties) != 1:
        return parties
    first = next(names_in(document.title, lexicon), "")
    state = state_of(first, lexicon.actors) if lexicon.actors.type_of(first) == "office" else ""
    return (state,) if state and state not in parties else parties


def said_by(title: str) -> str:
    """Return the part of a title that names who speaks: "Remarks by X on Y" is by X, whatever Y names."""
    match = remarks().match(title)
    return match[1] if match else title


@cache
def remarks() -> re.Pattern[str]:
    """Return the pattern of a title that says whose remarks a text is, up to where it says what they are about."""
    about = "|".join(map(re.escape, load_pack("reading/metadata.yaml")["subject_of_title"]))
    return re.compile(
        r"((?:Joint )?(?:Remarks|Statement|Speech|Address|Keynote)(?: as prepared)? (?:by|of|from) .+?)"
        rf"(?= (?:in|at|before|after|{about}) |$)",
        re.IGNORECASE,
    )


def self_named(document: Document, voice: str, titled: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """Return the states that a joint text of unknown parties names as its speakers, () where there are not two.

    In its words ("We, the governments of Japan, Norway, and Chile, recognize"), or in its title, where the head
    of a state counts for the state.
    """
    if voice != "joint":
        return ()
    register = lexicon.actors
    found = SPEAKING.search(document.text, 0, OPENING)
    inside = [name for name in names_in(found[1], lexicon) if register.type_of(name) in STATES] if found else []
    heads = (state_of(name, register) for name in titled)
    named = [tuple(dict.fromkeys(names)) for names in (inside, filter(None, heads))]
    return next((names for names in named if len(names) > 1), enacting_body(document, register))


def enacting_body(document: Document, register: ActorRegister) -> tuple[str, ...]:
    """Return the body in whose name a resolution is drawn up: "The General Assembly," on a line of its own."""
    line = ENACTING.search(document.text, 0, OPENING)
    if line is None:
        return ()
    return (register.canonical(line[1]) or line[1],)


ENACTING = re.compile(
    r"^[Tt]he ([A-Z][\w’'-]+(?: (?:of the |of |on the |on |for the |for |to the |and )?[A-Z][\w’'-]+){0,7}),\s*$",
    re.MULTILINE,
)


def told_in(document: Document, lexicon: Lexicon) -> str:
    """Return the one office a memorandum is for by its head ("MEMORANDUM FOR THE SECRETARY OF STATE"), or ""."""
    line = WRITTEN_FOR.search(document.text, 0, OPENING)
    named = tuple(dict.fromkeys(names_in(line[1], lexicon))) if line else ()
    return named[0] if len(named) == 1 else ""


def known_parties(parties: tuple[str, ...], register: ActorRegister) -> tuple[str, ...]:
    """Return the parties of the metadata by canonical name, words that name nobody ("multilateral") left out."""
    named = (register.canonical(party) or party for party in parties)
    return tuple(dict.fromkeys(name for name in named if not (name.isascii() and name.islower())))


def names_in(text: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield the canonical names of the actors a text names, compounds of states included, in order."""
    register = lexicon.actors
    hits = [hit for hit in lexicon.names.find(text) if any(phrase.group == ACTOR for phrase in hit.phrases)]
    found = [(hit.start, next(p.key for p in hit.phrases if p.group == ACTOR)) for hit in hits]
    for first, last in register.compounds.find(text, 0, len(text)):
        if register.compounds.is_sure(text, first, last):
            found += [(offset, register.compounds.names[text[offset]]) for offset in range(first, last)]
    yield from (name for _, name in sorted(found))


def order_giver(document: Document, voice: str, states: tuple[str, ...], lexicon: Lexicon) -> str:
    """Return the office that gives an order: by the kind of document or the formula of its text, else "".

    An executive order without more is one of the state whose head gives such orders; the head of another state
    gives one only where the text speaks as the head ("vested in me").
    """
    register = lexicon.actors
    opening = fold(document.text[:OPENING])
    speaks = says(opening, "head_formula", register)
    by_kind = voice == "order" and is_order_of_office(document, register)
    if not (speaks or by_kind or says(opening, "order_formula", register)):
        return ""
    first = next(heads_of_order(register), "")
    own = state_of(first, register)
    if speaks and own in formula_states(document, lexicon):
        return first
    if not document.parties:
        named = {name for name in names_in(document.text[:SAMPLE], lexicon) if register.type_of(name) in STATES}
        if own in {*named, *states} or not {*named, *states}:
            return first
    heads = (head for state in states if (head := head_of(state, register)) and (speaks or state == own))
    return next(heads, "")


def formula_states(document: Document, lexicon: Lexicon) -> set[str]:
    """Return the states named behind the formula of an order: "as President by the laws of the United States"."""
    register, opening = lexicon.actors, fold(document.text[:OPENING])
    formulas = (formula for language in Language for formula in register.words[language]["head_formula"])
    at = min((found for formula in formulas if (found := opening.find(formula)) >= 0), default=-1)
    if at < 0:
        return set()
    named = names_in(document.text[at : at + FORMULA_REACH], lexicon)
    return {name for name in named if register.type_of(name) in STATES}


def says(opening: str, group: str, register: ActorRegister) -> bool:
    """Return whether the start of a text, in small letters, holds one of the formulas of a group."""
    return any(formula in opening for language in Language for formula in register.words[language][group])


def is_order_of_office(document: Document, register: ActorRegister) -> bool:
    """Return whether a document is by its kind the order of an office, no law."""
    kind = document.kind.casefold()
    return any(kind.startswith(register.words[language]["order_kinds"]) for language in Language)


def heads_of_order(register: ActorRegister) -> Iterator[str]:
    """Yield the offices that give orders in the words of the formula: the first head of state registered."""
    yield from (actor.name for actor in register.actors.values() if is_head(actor))


def is_head(actor: Actor) -> bool:
    """Return whether an office is that of a head of state or government: it has holders with a title."""
    return actor.type == "office" and bool(actor.title)


def head_of(state: str, register: ActorRegister) -> str:
    """Return the office of the head of state or government of a state, "" for an unknown one."""
    return next((a.name for a in register.actors.values() if a.of == state and is_head(a)), "")


def issuing_states(parties: tuple[str, ...], register: ActorRegister) -> tuple[str, ...]:
    """Return the states whose law a document is: its parties, or the states their bodies belong to."""
    return tuple(dict.fromkeys(state_of(party, register) or party for party in parties))


def state_of(name: str, register: ActorRegister) -> str:
    """Return the state an actor is or belongs to, "" where it is none's."""
    actor = register.actors.get(name)
    while actor is not None and actor.type not in STATES:
        actor = register.actors.get(actor.of)
    return actor.name if actor else ""


def titled_authors(titled: tuple[str, ...], register: ActorRegister) -> tuple[str, ...]:
    """Return the authors that a title names: its states where it joins several, else each side that it names.

    An office stands for its state: a readout of a president's call with a chancellor is of both states.
    """
    states = tuple(name for name in titled if register.type_of(name) in STATES)
    if len(states) > 1:
        return states
    bodies = tuple(name for name in titled if register.type_of(name) in BODIES)
    sides = tuple(dict.fromkeys(filter(None, (state_of(name, register) for name in titled))))
    return tuple(dict.fromkeys((*sides, *bodies)))


def spelled_out(authors: tuple[str, ...], document: Document, register: ActorRegister) -> tuple[str, ...]:
    """Return the authors with a small group replaced by its members on the day of the document."""
    if len(authors) != 1 or document.date is None:
        return authors
    members = register.members_at(authors[0], document.date)
    return members if 1 < len(members) <= FEW else authors


def home_of(authors: tuple[str, ...], states: tuple[str, ...], document: Document, lexicon: Lexicon) -> str:
    """Return the state a document is of: its first author's, its title's, else the one it names most."""
    for name in (*authors, *states):
        state = state_of(name, lexicon.actors)
        if state:
            return state
    if authors and all(lexicon.actors.type_of(name) in BODIES for name in authors):
        return ""
    counts: Counter[str] = Counter()
    for name in names_in(document.text[:SAMPLE], lexicon):
        if lexicon.actors.type_of(name) in STATES:
            counts[name] += 1
    return min(counts, key=lambda name: (-counts[name], name)) if counts else ""
