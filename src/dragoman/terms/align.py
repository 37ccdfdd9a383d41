"""Aligns the two language versions of a text, without a model."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from dragoman.lexicon import Lexicon
from dragoman.model import Document, Language, Problem, Sentence
from dragoman.model.bilingual import Alignment, Link, Span
from dragoman.terms.evidence import Evidence
from dragoman.terms.learning import with_learned
from dragoman.terms.path import Match, best_path
from dragoman.terms.problems import problem
from dragoman.terms.settings import Settings, load_settings
from dragoman.terms.signs import Unit, unit_of, units_of
from dragoman.terms.third import is_english, is_other_script


def align(english: Document, chinese: Document, lexicon: Lexicon) -> Alignment:
    """Return the links between the sentences of two versions.

    Args:
        english: document with the English version.
        chinese: document with the Chinese version; the same one where both stand in one text.
        lexicon: names and terms that are looked for in both.
    """
    settings = load_settings()
    english_sentences, english_units = units_of(english, Language.EN, lexicon)
    chinese_sentences, chinese_units = units_of(chinese, Language.ZH, lexicon)
    matches = matched(english_units, chinese_units, settings)
    links = tuple(
        Link(spans(english_sentences, one.en), spans(chinese_sentences, one.zh), confidence_of(one, settings))
        for one in matches
    )
    score = score_of(matches, english_units, chinese_units, settings)
    alone = [(english, Language.EN, english_sentences), (chinese, Language.ZH, chinese_sentences)]
    problems = tuple(faults(alone, score, settings))
    return Alignment(english, chinese, links, score, problems)


def align_sentences(english: Sequence[str], chinese: Sequence[str], lexicon: Lexicon) -> list[Match]:
    """Return the links between plain sentences, nothing being known of blocks and headings."""
    first = [unit_of(text, Language.EN, lexicon, first=False) for text in english]
    second = [unit_of(text, Language.ZH, lexicon, first=False) for text in chinese]
    return matched(first, second, load_settings())


def matched(english: Sequence[Unit], chinese: Sequence[Unit], settings: Settings) -> list[Match]:
    """Return the links between sentences: a first look, words learned from it, a second look."""
    if not english or not chinese:
        return [
            *(Match((at,), (), 0.0) for at in range(len(english))),
            *(Match((), (at,), 0.0) for at in range(len(chinese))),
        ]
    matches = best_path(Evidence(english, chinese, settings, {}))
    first, second, learned = with_learned(english, chinese, matches, settings)
    evidence = Evidence(first, second, settings, learned)
    return repaired(best_path(evidence) if learned else matches, evidence, settings)


def repaired(matches: list[Match], evidence: Evidence, settings: Settings) -> list[Match]:
    """Return the links with left-over sentences of either version paired where they are near and alike."""
    english = [at for at, one in enumerate(matches) if not one.zh]
    chinese = [at for at, one in enumerate(matches) if not one.en]
    rules = settings.repair
    reach = len(matches) if len(english) * len(chinese) <= rules["most"] else rules["reach"]
    found = []
    for first in english:
        for second in (at for at in chinese if abs(at - first) <= reach):
            odds = evidence.single(matches[first].en[0], matches[second].zh[0])
            if odds >= rules["least" if abs(first - second) <= rules["reach"] else "least_far"]:
                found.append((odds, first, second))
    pairs: dict[int, Match] = {}
    gone: set[int] = set()
    for odds, first, second in sorted(found, reverse=True):
        if first not in pairs and second not in gone:
            pairs[first] = Match(matches[first].en, matches[second].zh, odds)
            gone.add(second)
    return [pairs.get(at, one) for at, one in enumerate(matches) if at not in gone]


def spans(sentences: Sequence[Sentence], positions: Iterable[int]) -> tuple[Span, ...]:
    """Return the offsets of sentences."""
    return tuple((sentences[at].start, sentences[at].end) for at in positions)


def confidence_of(match: Match, settings: Settings) -> float:
    """Return how sure a link is; half for a sentence that stands alone, since nothing speaks for it."""
    if not match.en or not match.zh:
        return 0.5
    rules = settings.confidence
    return round(1 / (1 + math.exp(min(60.0, (rules["lead"] - match.odds) / rules["scale"]))), 3)


def score_of(
    matches: Sequence[Match], english: Sequence[Unit], chinese: Sequence[Unit], settings: Settings
) -> float:
    """Return the share of the smaller version's text in sure links, of both sides the lesser share."""
    totals = [sum(one.size for one in side) for side in (english, chinese)]
    sure = [one for one in matches if one.en and confidence_of(one, settings) > settings.confidence["sure"]]
    held = [
        sum(english[at].size for one in sure for at in one.en),
        sum(chinese[at].size for one in sure for at in one.zh),
    ]
    return round(max(part / total if total else 0.0 for part, total in zip(held, totals, strict=True)), 3)


def faults(
    sides: Sequence[tuple[Document, Language, Sequence[Sentence]]], score: float, settings: Settings
) -> Iterable[Problem]:
    """Yield what is wrong with two versions."""
    empty = [(document, language) for document, language, sentences in sides if not sentences]
    for document, language in empty:
        yield problem(f"no-{language}-version", document.slug)
    for document, language, sentences in sides:
        text = " ".join(document.slice(one.start, one.end) for one in sentences)
        if is_other_script(document.text, settings) or (
            language is Language.EN and not is_english(text, settings)
        ):
            yield problem("third-language", document.slug)
    if not empty and score < settings.unrelated:
        yield problem("versions-unrelated", sides[0][0].slug, other=sides[1][0].slug, score=f"{score:.2f}")
