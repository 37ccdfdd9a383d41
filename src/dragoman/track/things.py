"""Named things of a text: programmes, councils, agreements, acronyms; not its parties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.track.terms import Tagger

_REST = r"[^\W\u3400-\u9fff]|[&’'./-]"
_CAPITAL = rf"[A-Z0-9](?:{_REST})*"
_JOINT = r"(?:of the|of|on|for the|for|in the|in|to|the)"
_RUN = re.compile(rf"(?<![A-Za-z0-9])\d{{0,3}}[A-Z](?:{_REST})*(?:\s+(?:{_JOINT}\s+)?{_CAPITAL})*")
_QUOTED = re.compile('[“"《「『]([^”"》」』]{3,80})[”"》」』]')
_LATIN_IN_HAN = re.compile(r"[A-Za-z][A-Za-z0-9.&-]+(?: [A-Za-z0-9.&-]+)*")
_CAPITALS = 2
_ARTICLES = frozenset({"a", "an", "the"})
_OPENINGS = frozenset(
    {"our", "we", "to", "in", "through", "for", "under", "both", "this", "these", "as", "by", "on"}
)
_SUBJECT = re.compile(r"\s(?:on|for|to|in)\s")
"""What comes before a document's subject in its name."""
_TRIM = ".,;:’'/-"
_POSSESSIVE = re.compile(r"[’']s\b.*$")


def named_things(text: str, tagger: Tagger) -> tuple[str, ...]:
    """Return the named things of a sentence or title, as written, each once, in order.

    A run of capitalised words is one; a single capitalised word is one where it is an acronym or does not begin
    the sentence. Names of actors, and what is left without a word that says something, are none.
    """
    found = [*_QUOTED.findall(text), *_runs(text), *_latin(text)]
    return tuple(dict.fromkeys(thing for thing in found if _says_something(thing, tagger)))


def names_of(title: str, tagger: Tagger) -> tuple[str, ...]:
    """Return the names that a document's title gives it: its named things of several words, and their heads.

    "The Lakeside Declaration on Trusted Technology" is also called by its head, "Lakeside Declaration".
    """
    things = [thing for thing in named_things(title, tagger) if " " in thing or thing[0] >= "\u3400"]
    heads = [_SUBJECT.split(thing, maxsplit=1)[0] for thing in things]
    return tuple(dict.fromkeys(thing for thing in (*heads, *things) if " " in thing or thing[0] >= "\u3400"))


def _runs(text: str) -> Iterator[str]:
    for match in _RUN.finditer(text):
        thing = _POSSESSIVE.sub("", match.group()).strip(_TRIM)
        words = thing.split()
        capitals = sum(character.isupper() for character in thing)
        opens = not text[: match.start()].strip("“\"'‘ (")
        while len(words) > 1 and (words[0].lower() in _ARTICLES or (opens and _is_plain_opening(words))):
            words = words[1:]
        thing = " ".join(words)
        if len(words) > 1 or capitals >= _CAPITALS or thing[:1].isdigit() or not opens:
            yield thing


def _is_plain_opening(words: Sequence[str]) -> bool:
    """Return whether the first of a run of words is capitalised only because it opens the sentence."""
    first, second = words[0], words[1]
    plain = first[1:].islower() and (first.endswith("ing") or first.lower() in _OPENINGS)
    return plain or second[:1].islower()


def _latin(text: str) -> Iterator[str]:
    """Yield Latin words inside a Chinese text."""
    if any("\u3400" <= character <= "\u9fff" for character in text):
        yield from (match.group().strip(_TRIM) for match in _LATIN_IN_HAN.finditer(text))


def _says_something(thing: str, tagger: Tagger) -> bool:
    """Return whether something but names of actors and words that are left out remains of a thing."""
    rest = thing
    for hit in reversed(tagger.lexicon.names.find(thing)):
        rest = rest[: hit.start] + " " + rest[hit.end :]
    return any(tagger.words.stems_of(rest.lower()))
