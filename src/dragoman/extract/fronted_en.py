"""Whom "it" takes up behind a clause that opens its sentence: "Where the Agency finds a fault, it shall"."""

from __future__ import annotations

import re

from dragoman.extract.context import Context
from dragoman.extract.mentions import Mention, mentions_in
from dragoman.extract.phrases_en import acts, phrase_names
from dragoman.extract.view import View
from dragoman.extract.who_words import EnglishWords, english_words

FRONTED = re.compile(
    r"(?P<opens>(?:Where|If|When|Whenever|Once|Unless|Before|After|Until|Should)\s)"
    r"(?P<article>(?:the|an?|any|each|such)\s)(?P<words>[\w’'-]+(?:\s[\w’'-]+){1,6})[^.;]*,\s(?:then\s)?$"
)
"""A clause that opens a sentence, up to the comma before its pronoun."""
GOES_ON = frozenset({"of", "for", "and", "or", "to", "in"})
"""Words behind a noun with which its phrase goes on."""


def subject_of_fronted(mention: Mention, view: View, context: Context) -> list[Mention]:
    """Return who the subject of the clause before a pronoun names, [] where none opens the sentence.

    Args:
        mention: the pronoun.
        view: its sentence.
        context: of the document.
    """
    clause = FRONTED.match(view.text, view.start, mention.start)
    if clause is None:
        return []
    english, first = english_words(context.lexicon.actors), clause.start("article")
    known = mentions_in(view, first, clause.end(), context)
    if known and known[0].start <= clause.start("words"):
        return [known[0]._replace(rule="fronted")]
    noun = head_in(clause["words"], english)
    named = phrase_names(f"{clause['article']}{noun}", first, view, english, context) if noun else []
    return [one._replace(rule="fronted") for one in named]


def head_in(phrase: str, english: EnglishWords) -> str:
    """Return the words of a clause up to the noun of who acts, "" where none is near or its phrase goes on."""
    words = phrase.split()
    ends = [count for count in range(1, len(words)) if acts(" ".join(words[:count]), english)]
    last = next((count for count in ends if count + 1 not in ends), 0)
    return "" if not last or words[last] in GOES_ON else " ".join(words[:last])
