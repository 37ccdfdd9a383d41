"""What other parts get of a termbase: words for aligning, tags for reading, names for screening."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dragoman.lexicon import Lexicon, Matcher, Phrase
from dragoman.lexicon.matcher import JoinedMatcher
from dragoman.lexicon.script import simplified
from dragoman.lexicon.tags import TagLexicon
from dragoman.lexicon.term_spelling import folded_term
from dragoman.model import Language
from dragoman.model.identity import sha256_of_text
from dragoman.model.term import Concept, ConceptStatus, Term, TermUse
from dragoman.terms.term_index import is_exact, numbers_of, spellings

GROUP = "termbase"
MARK_DIGITS = 8


def lexicon_with(lexicon: Lexicon, concepts: Iterable[Concept]) -> Lexicon:
    """Return a lexicon that also finds the terms of concepts; what is found is the concept's id.

    Deprecated terms too: an old word for a thing in one version still tells which sentence of the other it belongs
    to.
    """
    phrases = [
        Phrase(text, GROUP, concept.id, exact_case=is_exact(term))
        for concept in concepts
        for term in concept.terms
        for text in written_so(term)
    ]
    return replace(lexicon, terms=JoinedMatcher((lexicon.terms, Matcher(phrases))))


def written_so(term: Term) -> tuple[str, ...]:
    """Return the spellings of a term in texts whose signs are left as they are: with its hyphens, and without."""
    whole = (term.text, *numbers_of(term.text)) if term.language is Language.EN else (simplified(term.text),)
    return tuple(dict.fromkeys((*whole, *spellings(term))))


def reading_with(lexicon: Lexicon, concepts: Iterable[Concept]) -> tuple[Lexicon, str]:
    """Return a lexicon with the terms of agreed concepts that have a tag, and a mark of what was added.

    The mark is "" where nothing is added, and the same for the same words.
    """
    agreed = [one for one in concepts if one.status is ConceptStatus.AGREED and one.tags]
    technologies, instruments = (tags_with(tags, agreed) for tags in (lexicon.technologies, lexicon.instruments))
    known = {*lexicon.technologies.phrases, *lexicon.instruments.phrases}
    added = sorted(
        f"{one.key}={one.text}" for one in (*technologies.phrases, *instruments.phrases) if one not in known
    )
    if not added:
        return lexicon, ""
    found = JoinedMatcher((Matcher(technologies.phrases), Matcher(instruments.phrases)))
    made = replace(lexicon, terms=found, technologies=technologies, instruments=instruments)
    return made, "terms/" + sha256_of_text("\n".join(added))[:MARK_DIGITS]


def tags_with(tags: TagLexicon, concepts: Iterable[Concept]) -> TagLexicon:
    """Return a lexicon of tags with the terms of concepts that have one of its tags."""
    known = {(folded_term(phrase.text), phrase.key) for phrase in tags.phrases}
    more = [
        Phrase(text, tags.group, tag, exact_case=is_exact(term))
        for tag, term in _tagged(tags, concepts)
        if (folded_term(term.text), tag) not in known
        for text in written_so(term)
    ]
    return replace(tags, phrases=(*tags.phrases, *dict.fromkeys(more)))


def _tagged(tags: TagLexicon, concepts: Iterable[Concept]) -> Iterator[tuple[str, Term]]:
    """Yield the tags and terms of concepts; deprecated terms still mean the thing where they stand."""
    for concept in concepts:
        yield from ((tag, term) for tag in concept.tags if tag in tags.labels for term in concept.terms)


def names_of_organisations(concepts: Iterable[Concept]) -> dict[str, tuple[str, ...]]:
    """Return the other names of organisations by each of their names, folded; none that is out of use."""
    found: dict[str, dict[str, None]] = {}
    for concept in concepts:
        names = [term.text for term in concept.terms if term.use is not TermUse.DEPRECATED]
        for term in concept.terms:
            own = found.setdefault(folded_term(term.text), {})
            own.update(dict.fromkeys(name for name in names if folded_term(name) != folded_term(term.text)))
    return {name: tuple(others) for name, others in found.items()}
