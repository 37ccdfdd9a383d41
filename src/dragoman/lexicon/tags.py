"""Technology and instrument tags and the terms they are found by.

tags:
  ai:
    label: {en: Artificial intelligence, zh: 人工智能}
    en: [artificial intelligence, "=AI"]
    zh: [人工智能]
  body:
    label: {en: Body or forum, zh: 机构与机制}
    senses:
      meeting: {en: [summit, meeting], zh: [峰会, 会议]}
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.lexicon.actors import EXACT
from dragoman.lexicon.matcher import Phrase
from dragoman.lexicon.packs import PackFaultError, load_pack

WEAK = ":weak"
"""Suffix of the group of terms that only hint at a tag ("technology:weak")."""


@dataclass(frozen=True, slots=True)
class TagLexicon:
    """The tags of one kind.

    Attributes:
        group: "technology" or "instrument".
        labels: per tag, its name by language code.
        phrases: what the matcher looks for; `Phrase.key` is the tag.
    """

    group: str
    labels: Mapping[str, Mapping[str, str]]
    phrases: tuple[Phrase, ...]


def load_tags(group: str, path: str) -> TagLexicon:
    """Return the tags of a pack. Raises PackFaultError for a tag without labels."""
    labels: dict[str, Mapping[str, str]] = {}
    phrases: list[Phrase] = []
    for tag, entry in load_pack(path).get("tags", {}).items():
        if not entry.get("label"):
            raise PackFaultError(path, f"tag `{tag}` has no label")
        labels[tag] = entry["label"]
        phrases += [phrase_of(group, tag, term) for term in terms_of(entry)]
        for sense, terms in entry.get("senses", {}).items():
            phrases += [phrase_of(group, tag, term, sense) for term in terms_of(terms)]
        weak = (*entry.get("en_weak", ()), *entry.get("zh_weak", ()))
        phrases += [phrase_of(group + WEAK, tag, term) for term in weak]
    return TagLexicon(group, labels, (*phrases, *plurals_of(phrases)))


def plurals_of(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Return the plurals of English terms ("talent exchanges") that no tag of the pack lists by itself."""
    known = {phrase.text.casefold() for phrase in phrases}
    return [
        replace(phrase, text=f"{phrase.text}s")
        for phrase in phrases
        if NOUN.search(phrase.text) and not phrase.exact_case and f"{phrase.text.casefold()}s" not in known
    ]


NOUN = re.compile(r"[a-z]{3,}(?<![sxy])(?<!ch)(?<!sh)(?<!ing)(?<!ed)(?<!ly)(?<!ic)(?<!al)$")
"""The end of a term that can be a noun with a plural in -s."""


def terms_of(entry: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the English and Chinese terms of a tag, or of one of its senses."""
    return (*entry.get("en", ()), *entry.get("zh", ()))


def phrase_of(group: str, tag: str, term: str, sense: str = "") -> Phrase:
    """Return the phrase of a term; "=" before it asks for its own case."""
    return Phrase(term.removeprefix(EXACT), group, tag, term.startswith(EXACT), sense)
