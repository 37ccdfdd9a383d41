"""What the texts propose for the register of actors: new ones, one under two names, two under one name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from dragoman.alliances.actor_edits import is_chinese, spellings
from dragoman.lexicon import load_pack
from dragoman.lexicon.actors import ActorRegister
from dragoman.model.actor import ActorProposal, ProposalKind

PACK = "alliances/proposals.yaml"
OF_A_STATE = frozenset({"agency", "office", ""})
TWO = 2
LONG = 7
LETTERS = re.compile(r"[A-Z]{2,7}")
UNITED_STATES = re.compile(r"\bu\.? ?s\.?(?=\s)|\bus(?=\s)")


@dataclass(slots=True)
class Named:
    """How often somebody is named.

    Attributes:
        lines: in all.
        documents: slugs.
        states: lines by the state that the text is of.
    """

    lines: int = 0
    documents: set[str] = field(default_factory=set)
    states: dict[str, int] = field(default_factory=dict)


def proposals_of(
    counts: Iterable[tuple[str, str, int]], actors: ActorRegister, homes: Mapping[str, str]
) -> tuple[ActorProposal, ...]:
    """Return what the texts propose, splits first, then merges, then new ones; the most named first.

    Args:
        counts: name, slug and number of lines.
        actors: the register.
        homes: the state of a document by its slug, for those that are of one.
    """
    named = gathered(counts, homes)
    pack = load_pack(PACK)
    affixes = affixes_of(actors)
    strange = {name: one for name, one in named.items() if name not in actors.actors}
    merges = {one.name: one for one in merges_of(strange, actors, affixes, pack)}
    found = [
        *splits_of(named, actors, affixes, pack),
        *merges.values(),
        *(one for one in news_of(strange, affixes, pack) if one.name not in merges),
    ]
    order = list(ProposalKind)[::-1]
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), -one.lines, one.name)))


def gathered(counts: Iterable[tuple[str, str, int]], homes: Mapping[str, str]) -> dict[str, Named]:
    """Return how often each name stands."""
    found: dict[str, Named] = {}
    for name, slug, lines in counts:
        one = found.setdefault(name, Named())
        one.lines += lines
        one.documents.add(slug)
        if home := homes.get(slug):
            one.states[home] = one.states.get(home, 0) + lines
    return found


def news_of(strange: Mapping[str, Named], affixes: Affixes, pack: Mapping[str, Any]) -> Iterator[ActorProposal]:
    """Yield names that stand often, are names of somebody, and are not in the register."""
    for name, one in strange.items():
        kind = type_of(name, pack)
        if one.lines >= pack["least"] and (kind or is_proper(name)):
            of = home_of(name, one, affixes) if kind in OF_A_STATE else ""
            yield proposal(ProposalKind.ADD, name, one, "often", type=kind, of=of)


def proposal(kind: ProposalKind, name: str, one: Named, why: str, **more: Any) -> ActorProposal:  # noqa: ANN401 - fields
    """Return a proposal."""
    return ActorProposal(kind, name, one.lines, len(one.documents), why, **more)


def type_of(name: str, pack: Mapping[str, Any]) -> str:
    """Return the type that a name speaks for by its last words, "" for none."""
    if is_chinese(name):
        return next((kind for kind, heads in pack["heads"]["zh"].items() if name.endswith(tuple(heads))), "")
    if not name[:1].isupper():
        return ""
    words = re.findall(r"[a-z]+", name.lower())
    front = re.findall(r"[a-z]+", re.split(r" (?:of|for|on|to) ", name.lower())[0])
    for part in (front, words):
        text = " ".join(part)
        for kind, heads in pack["heads"]["en"].items():
            if any(text == head or text.endswith(f" {head}") for head in heads):
                return str(kind)
    return ""


def is_proper(name: str) -> bool:
    """Return whether a name is an abbreviation, which is somebody's."""
    return bool(LETTERS.fullmatch(name))


def home_of(name: str, one: Named, affixes: Affixes) -> str:
    """Return the state that a body is of: the one in its name, or the only one whose texts name it."""
    found = next(states_in(name, affixes.names), "")
    return found or (next(iter(one.states)) if len(one.states) == 1 else "")


class Affixes(NamedTuple):
    """What stands before or after the name of a body for its state.

    Attributes:
        names: of states, by themselves.
        every: adjectives too ("British").
    """

    names: Mapping[str, str]
    every: Mapping[str, str]


def affixes_of(actors: ActorRegister) -> Affixes:
    """Return what stands for a state in the name of a body."""
    states = [actor for actor in actors.actors.values() if actor.type == "state"]
    names = {name: actor.name for actor in states for name in spellings(actor)}
    return Affixes(names, {word.removeprefix("="): one.name for one in states for word in one.adjectives} | names)


def states_in(name: str, affixes: Mapping[str, str]) -> Iterator[str]:
    """Yield the states that a name begins or ends with."""
    if is_chinese(name):
        heads = [name[:length] for length in range(2, min(len(name), LONG))]
    else:
        words = name.removeprefix("the ").split(" ")
        heads = [" ".join(words[:count]) for count in range(1, min(len(words), LONG))]
    yield from (affixes[head] for head in heads if head in affixes)
    if (tail := name.rpartition(" of ")[2].removeprefix("the ")) != name and tail in affixes:
        yield affixes[tail]


def merges_of(
    strange: Mapping[str, Named], actors: ActorRegister, affixes: Affixes, pack: Mapping[str, Any]
) -> Iterator[ActorProposal]:
    """Yield names that seem to be one of an actor that is known, or of another name that stands more often."""
    owners: dict[str, str] = {}
    for actor in actors.actors.values():
        for name in spellings(actor):
            owners.setdefault(plain(name), actor.name)
    known = Known(owners, [key for key in owners if len(key) >= pack["short"]], pack["alike"])
    for name, one in strange.items():
        found = same_by_words(name, actors, owners, affixes)
        if found is None and one.lines >= pack["each"]:
            found = known.alike(name)
        if found:
            yield proposal(ProposalKind.MERGE, name, one, found[1], into=found[0])


def same_by_words(
    name: str, actors: ActorRegister, owners: Mapping[str, str], affixes: Affixes
) -> tuple[str, str] | None:
    """Return the actor that a name is in another spelling, or with its state beside it, and why; None for none."""
    key = plain(name)
    if key in owners:
        return owners[key], "spelling"
    for state in states_in(name, affixes.every):
        owner = owners.get(plain(without(name, state, actors)), "")
        if owner and actors.actors[owner].of == state:
            return owner, "state"
    return None


class Known(NamedTuple):
    """Names that others may be like.

    Attributes:
        owners: actors by their names without what spellings differ in.
        keys: those names that are long enough.
        least: likeness from which two are one, per cent.
    """

    owners: Mapping[str, str]
    keys: list[str]
    least: float

    def alike(self, name: str) -> tuple[str, str] | None:
        """Return the actor with the name most like another one, and why; None for none."""
        best = process.extractOne(plain(name), self.keys, scorer=fuzz.ratio, score_cutoff=self.least)
        if best and numbers_in(best[0]) == numbers_in(name):
            return self.owners[best[0]], "spelling"
        return None


def numbers_in(text: str) -> list[str]:
    """Return the numbers of a name: groups that differ in one are two."""
    return re.findall(r"\d+", text)


def without(name: str, state: str, actors: ActorRegister) -> str:
    """Return a name without that of its state."""
    actor = actors.actors[state]
    for one in sorted((*spellings(actor), *actor.adjectives), key=len, reverse=True):
        if name.startswith(one):
            return re.sub("^['’]s? ", "", name[len(one) :]).strip()
        if name.endswith(f" of {one}"):
            return name.removesuffix(f" of {one}")
    return name


def plain(name: str) -> str:
    """Return a name without what spellings differ in: case, articles, stops, "and" for "&"."""
    text = UNITED_STATES.sub("united states", name.lower().removeprefix("=")).replace("&", " and ")
    text = re.sub(r"^the ", "", text)
    return " ".join(re.sub(r"[^\w]+", " ", text).split())


def splits_of(
    named: Mapping[str, Named], actors: ActorRegister, affixes: Affixes, pack: Mapping[str, Any]
) -> Iterator[ActorProposal]:
    """Yield bodies that texts of several states name by one name, where the register has one body for it."""
    for name, one in named.items():
        actor = actors.actors.get(name)
        kind = actor.type if actor else type_of(name, pack)
        if kind != "agency" or any(states_in(name, affixes.every)):
            continue
        states = {state: n for state, n in one.states.items() if n >= pack["each"]}
        foreign = sum(n for state, n in states.items() if not actor or state != actor.of)
        if len(states) >= TWO and foreign > states.get(actor.of if actor else "", 0):
            yield proposal(ProposalKind.SPLIT, name, one, "states", states=dict(sorted(states.items())))
