"""What other parts get of a termbase: words for aligning, tags for reading, names for screening."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dragoman.lexicon import Lexicon, Matcher, Phrase
from dragoman.lexicon.matcher import JoinedMatcher
from dragoman.lexicon.tags import TagLexicon
from dragoman.lexicon.term_spelling import folded_term
from dragoman.model.term import Concept, ConceptStatus, Term, TermUse
from dragoman.terms.term_index import is_exact, spellings

GROUP = "termbase"


def lexicon_with(lexicon: Lexicon, concepts: Iterable[Concept]) -> Lexicon:
    """Return a lexicon that also finds the terms of concepts; what is found is the concept's id.

    Deprecated terms too: an old word for a thing in one version still tells which sentence of the other it belongs
    to.
    """
    phrases = [
        Phrase(text, GROUP, concept.id, exact_case=is_exact(term))
        for concept in concepts
        for term in concept.terms
        for text in spellings(term)
    ]
    return replace(lexicon, terms=JoinedMatcher((lexicon.terms, Matcher(phrases))))


def tags_with(tags: TagLexicon, concepts: Iterable[Concept]) -> TagLexicon:
    """Return a lexicon of tags with the terms of agreed concepts that have one of its tags."""
    known = {(folded_term(phrase.text), phrase.key) for phrase in tags.phrases}
    more = [
        Phrase(text, tags.group, tag, exact_case=is_exact(term))
        for tag, term in _tagged(tags, concepts)
        for text in spellings(term)
        if (folded_term(text), tag) not in known
    ]
    return replace(tags, phrases=(*tags.phrases, *dict.fromkeys(more)))


def _tagged(tags: TagLexicon, concepts: Iterable[Concept]) -> Iterator[tuple[str, Term]]:
    """Yield the tags and terms of agreed concepts; deprecated terms still mean the thing where they stand."""
    for concept in concepts:
        if concept.status is ConceptStatus.AGREED:
            yield from ((tag, term) for tag in concept.tags if tag in tags.labels for term in concept.terms)


def synonyms_in(concepts: Iterable[Concept], name: str) -> tuple[str, ...]:
    """Return the other names of the concepts that have a name, none that is out of use."""
    wanted = folded_term(name)
    found = [
        term.text
        for concept in concepts
        if any(folded_term(term.text) == wanted for term in concept.terms)
        for term in concept.terms
        if term.use is not TermUse.DEPRECATED and folded_term(term.text) != wanted
    ]
    return tuple(dict.fromkeys(found))
