"""The lexicon: every word list the rooms above look things up in, loaded once and passed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.lexicon.actors import ActorRegister, load_actors
from dragoman.lexicon.cues import Cues, load_cues
from dragoman.lexicon.matcher import JoinedMatcher, Matcher
from dragoman.lexicon.packs import load_pack
from dragoman.lexicon.tags import TagLexicon, load_tags
from dragoman.model import Language


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the extractor knows.

    Attributes:
        names: finds actors in either language, longest first.
        terms: finds the terms of technologies and instruments in either language, longest first within each.
        actors: register of actors with canonical names, types and members.
        technologies, instruments: tags and their terms.
        cues: per language, the grammar's own words (triggers, pronouns, connectives, date words).
        voices: how a document speaks, by its kind.
    """

    names: Matcher
    terms: JoinedMatcher
    actors: ActorRegister
    technologies: TagLexicon
    instruments: TagLexicon
    cues: Mapping[Language, Cues]
    voices: Mapping[str, Any]


@cache
def load_lexicon() -> Lexicon:
    """Return the lexicon of the shipped data packs. Raises DataPackError where a pack is wrong."""
    actors = load_actors()
    technologies = load_tags("technology", "lexicons/technologies.yaml")
    instruments = load_tags("instrument", "lexicons/instruments.yaml")
    return Lexicon(
        names=Matcher(actors.phrases),
        terms=JoinedMatcher((Matcher(technologies.phrases), Matcher(instruments.phrases))),
        actors=actors,
        technologies=technologies,
        instruments=instruments,
        cues={language: load_cues(language) for language in Language},
        voices=load_pack("lexicons/voices.yaml"),
    )
