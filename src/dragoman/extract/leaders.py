"""Heads of state and government whom a text itself introduces: "Philippine President Ferdinand Marcos Jr.".

The register knows some holders of such offices; of others the text says whose they are, once, and then calls them
by title and name ("President Marcos").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from dragoman.extract.who_words import alternatives
from dragoman.lexicon.actors import ActorRegister
from dragoman.model import Language

NAME = r"(?:[A-Z][\w’'-]*\.?\s){0,4}[A-Z][\w’'-]+"
STATE = r"(?:the\s)?(?P<state>[A-Z]\w+(?:\s(?:of\s|of\sthe\s)?[A-Z]\w+){0,3})"
NO_NAME = frozenset({"Jr", "Sr", "II", "III"})


def leaders_in(text: str, register: ActorRegister) -> dict[str, str]:
    """Return the offices of the heads a text introduces, by title and name as it calls them."""
    found: dict[str, str] = {}
    for pattern in introductions(register):
        for match in pattern.finditer(text):
            office = office_of(match["title"], match["state"], register)
            if office:
                found.update(dict.fromkeys(called(match["title"], match["name"], text), office))
    return found


@lru_cache(maxsize=8)
def introductions(register: ActorRegister) -> tuple[re.Pattern[str], ...]:
    """Return patterns of "Philippine President X" and "President X of the Philippines"."""
    title = rf"(?P<title>{alternatives(register.words[Language.EN]['heads'])})"
    states = alternatives(adjectives_of(register))
    initials = "".join(sorted({re.escape(name[0]) for name in adjectives_of(register)}))
    return (
        re.compile(rf"\b(?=[{initials}])(?P<state>{states})\s{title}\s(?P<name>{NAME})"),
        re.compile(rf"\b{title}\s(?P<name>{NAME}),?\sof\s{STATE}"),
    )


@lru_cache(maxsize=8)
def adjectives_of(register: ActorRegister) -> Mapping[str, str]:
    """Return the states by their English adjectives."""
    return {name: actor.name for actor in register.actors.values() for name in actor.adjectives}


def office_of(title: str, state: str, register: ActorRegister) -> str:
    """Return the canonical name of an office, "" where no state is known by that name or adjective."""
    known = adjectives_of(register).get(state) or register.canonical(state)
    if not known or register.type_of(known) != "state":
        return ""
    article = "the " if known in register.words[Language.EN]["with_article"] else ""
    name = f"{title} of {article}{known}"
    return register.canonical(name) or name


def called(title: str, name: str, text: str) -> Iterator[str]:
    """Yield what a text calls a head by: title and full name, and title with one word of it."""
    yield f"{title} {name}"
    for word in name.replace(".", "").split():
        short = f"{title} {word}"
        if word not in NO_NAME and len(word) > 1 and f"{short} " in text:
            yield short
