"""Pairs of terms of two versions, ranked, with what is rendered inconsistently."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dragoman.lexicon import Lexicon, fold
from dragoman.model.bilingual import Alignment
from dragoman.model.term_candidate import Context, Rendering, TermCandidate
from dragoman.terms.candidates import Candidate, Occurrence, candidates_of, key_of, load_words, occurrence_of
from dragoman.terms.meanings import load_meanings
from dragoman.terms.pairing import Choice, bare, choose, guesses
from dragoman.terms.ranking import Termhood
from dragoman.terms.tokens import english_tokens
from dragoman.terms.wordlinks import Pairing, pairings

SURE = 0.45
"""Score from which on a rendering counts as one of its own."""


def extract_terms(alignment: Alignment, lexicon: Lexicon) -> list[TermCandidate]:
    """Return the pairs of terms of a text, the likeliest first.

    Args:
        alignment: of its two versions.
        lexicon: names and terms that are known.
    """
    return ranked_terms(pairings(alignment, lexicon, load_meanings()), alignment, lexicon)


def ranked_terms(pairs: Sequence[Pairing], alignment: Alignment, lexicon: Lexicon) -> list[TermCandidate]:
    """Return the pairs of terms of a text whose links are known word by word, the likeliest first."""
    found = candidates_of(pairs, alignment.english.text, lexicon)
    termhood = Termhood(found, lexicon)
    candidates = [
        candidate_of(candidate, choices, termhood)
        for candidate in found.values()
        if (choices := chosen(candidate.occurrences, pairs, alignment))
    ]
    kept = [one for one in candidates if one.pair >= load_words().least_pair]
    return with_shared(sorted(kept, key=lambda one: (-one.score, one.contexts[0].en)))


def translation_of(term: str, alignment: Alignment, lexicon: Lexicon) -> list[Rendering]:
    """Return what stands for an English term in the other version, likeliest first; [] where it does not occur.

    Args:
        term: as a person writes it; capitals, hyphens and the plural do not matter.
        alignment: of the two versions.
        lexicon: names that are known.
    """
    pairs = pairings(alignment, lexicon, load_meanings())
    return renderings(chosen(occurrences_of(term, pairs, alignment), pairs, alignment))


def occurrences_of(term: str, pairs: Sequence[Pairing], alignment: Alignment) -> list[Occurrence]:
    """Return where an English term stands."""
    wanted = key_of([token.text.lower() for token in english_tokens(fold(term), 0, load_meanings())])
    found = []
    for number, pair in enumerate(pairs):
        words = [key_of([token.text.lower()])[0] for token in pair.english]
        for first in range(len(words) - len(wanted) + 1):
            if tuple(words[first : first + len(wanted)]) == wanted:
                last = first + len(wanted) - 1
                found.append(occurrence_of(number, pair, (first, last), alignment.english.text))
    return found


def chosen(occurrences: Iterable[Occurrence], pairs: Sequence[Pairing], alignment: Alignment) -> list[Choice]:
    """Return what stands for the occurrences of a term."""
    text = alignment.chinese.text
    return choose([(one, guesses(pairs[one.link], one, text)) for one in occurrences])


def renderings(choices: Sequence[Choice]) -> list[Rendering]:
    """Return what stands for a term, that with most weight first; with and without a particle is one."""
    weight: dict[str, float] = defaultdict(float)
    written: dict[str, dict[str, list[Choice]]] = defaultdict(lambda: defaultdict(list))
    for choice in choices:
        plain = bare(choice.guess.text)
        weight[plain] += max(0.0, choice.guess.weight) * choice.guess.score + 1e-6
        written[plain][choice.guess.text].append(choice)
    return [rendering_of(written[plain]) for plain in sorted(weight, key=lambda word: (-weight[word], word))]


def rendering_of(written: Mapping[str, Sequence[Choice]]) -> Rendering:
    """Return a rendering by its commonest spelling, the shorter of two."""
    text = min(written, key=lambda word: (-len(written[word]), len(word)))
    choices = [choice for one in written.values() for choice in one]
    return Rendering(text, len(choices), tuple(context_of(choice) for choice in choices))


def context_of(choice: Choice) -> Context:
    """Return where a term and its rendering stand."""
    return Context(choice.span, (choice.guess.start, choice.guess.end), choice.guess.link)


def candidate_of(candidate: Candidate, choices: Sequence[Choice], termhood: Termhood) -> TermCandidate:
    """Return a candidate with its renderings and its score."""
    best = renderings(choices)[0]
    pair = max(one.guess.score for one in choices if bare(one.guess.text) == bare(best.text))
    sure = [one for one in choices if one.guess.score >= SURE or bare(one.guess.text) == bare(best.text)]
    kept = renderings(sure)
    odds = termhood.odds(candidate, pair)
    return TermCandidate(
        en=candidate.text,
        zh=best.text,
        score=round(1 / (1 + math.exp(-odds)), 4),
        pair=round(pair, 3),
        frequency=len(candidate.occurrences),
        contexts=tuple(context for one in kept for context in one.contexts),
        renderings=tuple(kept),
    )


def with_shared(candidates: Sequence[TermCandidate]) -> list[TermCandidate]:
    """Return the candidates, each with the other English terms that have the same Chinese."""
    by_chinese: dict[str, list[str]] = defaultdict(list)
    for one in candidates:
        by_chinese[bare(one.zh)].append(one.en)
    return [
        replace(one, shared_with=tuple(other for other in by_chinese[bare(one.zh)] if other != one.en))
        for one in candidates
    ]
