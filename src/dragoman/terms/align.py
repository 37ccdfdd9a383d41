"""Aligns the two language versions of a text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from dragoman.lexicon import Lexicon
from dragoman.model import Document, Language, Problem
from dragoman.model.bilingual import Alignment, Link, Span
from dragoman.terms.aids import NO_AIDS, Aids
from dragoman.terms.evidence import Evidence, Witness
from dragoman.terms.learning import with_learned
from dragoman.terms.likeness import Likeness, unsure
from dragoman.terms.path import Match, best_path
from dragoman.terms.problems import problem
from dragoman.terms.settings import Settings, load_settings
from dragoman.terms.signs import Reader, Unit, units_of
from dragoman.terms.third import is_english, is_other_script
from dragoman.terms.threads import one_thread
from dragoman.terms.translations import relearned, translated, translations


def align(english: Document, chinese: Document, lexicon: Lexicon, aids: Aids = NO_AIDS) -> Alignment:
    """Return the links between the sentences of two versions.

    Args:
        english: document with the English version.
        chinese: document with the Chinese version; the same one where both stand in one text.
        lexicon: names and terms that are looked for in both.
        aids: dictionary and encoder, if any.
    """
    settings = load_settings()
    reader = Reader(lexicon, aids.meanings)
    english_spans, english_units = units_of(english, Language.EN, reader)
    chinese_spans, chinese_units = units_of(chinese, Language.ZH, reader)
    with one_thread():
        matches = matched(english_units, chinese_units, settings, aids)
    links = tuple(
        Link(picked(english_spans, one.en), picked(chinese_spans, one.zh), confidence_of(one, settings))
        for one in matches
    )
    score = score_of(matches, english_units, chinese_units, settings)
    alone = [(english, Language.EN, english_spans), (chinese, Language.ZH, chinese_spans)]
    problems = tuple(faults(alone, score, settings))
    return Alignment(english, chinese, links, score, problems, aids.names)


def align_sentences(
    english: Sequence[str], chinese: Sequence[str], lexicon: Lexicon, aids: Aids = NO_AIDS
) -> list[Match]:
    """Return the links between plain sentences, nothing being known of blocks and headings."""
    reader = Reader(lexicon, aids.meanings)
    first = [reader.unit(text, Language.EN) for text in english]
    second = [reader.unit(text, Language.ZH) for text in chinese]
    with one_thread():
        return matched(first, second, load_settings(), aids)


def matched(english: Sequence[Unit], chinese: Sequence[Unit], settings: Settings, aids: Aids) -> list[Match]:
    """Return the links between sentences: a first look, words learned from it, a second look beside it."""
    if not english or not chinese:
        return [
            *(Match((at,), (), 0.0) for at in range(len(english))),
            *(Match((), (at,), 0.0) for at in range(len(chinese))),
        ]
    sides = translations(english, chinese, aids.meanings, settings) if aids.meanings else None
    witnesses: list[Witness] = [translated(sides, settings)] if sides else []
    matches = best_path(Evidence(english, chinese, settings.quick, witnesses=witnesses))
    if sides:
        witnesses = [translated(relearned(sides, matches, settings), settings)]
    first, second, learned = with_learned(english, chinese, matches, settings)
    evidence = Evidence(first, second, settings, learned, witnesses)
    matches = best_path(evidence, matches)
    stretches = unsure(matches, settings) if aids.encoder else []
    if aids.encoder and stretches:
        texts = [one.text for one in english], [one.text for one in chinese]
        evidence.witnesses.append(Likeness(aids.encoder, texts, stretches, settings))
        matches = best_path(evidence, matches)
    return repaired(matches, evidence, settings)


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


def picked(spans: Sequence[Span], positions: Iterable[int]) -> tuple[Span, ...]:
    """Return the offsets of some sentences."""
    return tuple(spans[at] for at in positions)


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
    sides: Sequence[tuple[Document, Language, Sequence[Span]]], score: float, settings: Settings
) -> Iterable[Problem]:
    """Yield what is wrong with two versions."""
    empty = [(document, language) for document, language, spans in sides if not spans]
    for document, language in empty:
        yield problem(f"no-{language}-version", document.slug)
    for document, language, spans in sides:
        text = " ".join(document.slice(*one) for one in spans)
        if is_other_script(document.text, settings) or (
            language is Language.EN and not is_english(text, settings)
        ):
            yield problem("third-language", document.slug)
    if not empty and score < settings.unrelated:
        yield problem("versions-unrelated", sides[0][0].slug, other=sides[1][0].slug, score=f"{score:.2f}")
