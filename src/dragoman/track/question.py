"""The question that a commitment puts to the index: its terms with their weights, named things, parties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from dragoman.model import Document, Language, Provision, Sentence
from dragoman.track.settings import Weights
from dragoman.track.terms import ACTOR_SIGN, INSTRUMENT_SIGN, TECHNOLOGY_SIGN, Tagger, is_tag
from dragoman.track.things import named_things, names_of

PRONOUNS_APART = 12
"""Most parties of a document that stand for "we" where a provision names no actor."""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What is looked for.

    Attributes:
        weights: of its terms, tags included; the frequency in the index is not in it yet.
        things: named things of the commitment, in lower case, with the stems of their words.
        document: the same of the document's own name.
        parties: tags of who acts and toward whom.
        groups: tags of groups that have just these parties.
        technologies, instruments: tags.
        own_words: words of the commitment, without those that only the document's name has.
        own_terms: the same with tags.
        states: tags of all states and unions there are.
        between: tags of the states and unions among the parties.
        aims: stems of the aim, its verb first.
        day: date of the document.
        due: last day of the deadline.
    """

    weights: Mapping[str, float]
    things: Mapping[str, tuple[str, ...]]
    document: Mapping[str, tuple[str, ...]]
    parties: tuple[str, ...]
    groups: frozenset[str]
    technologies: frozenset[str]
    instruments: frozenset[str]
    own_words: frozenset[str]
    own_terms: frozenset[str]
    states: frozenset[str]
    between: frozenset[str]
    aims: tuple[str, ...]
    day: date | None
    due: date | None


@dataclass(slots=True)
class _Basket:
    """Terms with the greatest weight they got."""

    tagger: Tagger
    terms: dict[str, float] = field(default_factory=dict)

    def put(self, terms: Iterable[str], weight: float) -> None:
        for term in terms:
            self.terms[term] = max(weight, self.terms.get(term, 0.0))

    def put_text(self, text: str, weight: float) -> None:
        self.put(self.tagger.words.stems_of(text.lower()), weight)


def question_of(provision: Provision, document: Document, tagger: Tagger, weights: Weights) -> Question:
    """Return what is to be looked for.

    Args:
        provision: the commitment.
        document: where it stands.
        tagger: finds words, names and terms.
        weights: see `Weights.terms`.
    """
    by = weights.terms
    quote = document.slice(provision.start, provision.end)
    things = named_things(quote, tagger)
    names = names_of(document.title, tagger)
    parties = _parties(provision, document)
    states = _states(tagger)
    technologies = frozenset(TECHNOLOGY_SIGN + tag for tag in provision.technologies)
    instruments = frozenset(INSTRUMENT_SIGN + tag for tag in provision.instruments)
    basket = _Basket(tagger)
    for title in provision.section[-1:]:
        basket.put_text(title, by["section"])
    basket.put_text(_lead(provision, document), by["lead"])
    basket.put_text(quote, by["sentence"])
    basket.put_text(f"{provision.aim} {provision.object}", by["act"])
    basket.put_text(" ".join(things), by["named"])
    if provision.language is not Language.EN:
        basket.put_text(_labels(provision, tagger), by["technology"])
    own_words = frozenset(basket.terms)
    basket.put_text(" ".join(names), by["document"])
    basket.put((ACTOR_SIGN + name for name in provision.actors), by["actor"])
    basket.put((ACTOR_SIGN + name for name in provision.counterparties), by["counterparty"])
    basket.put(technologies, by["technology"])
    basket.put(instruments, by["instrument"])
    return Question(
        weights=basket.terms,
        things=_with_stems(things, tagger),
        document=_with_stems(names, tagger),
        parties=parties,
        groups=_groups_of(parties, tagger, document.date),
        technologies=technologies,
        instruments=instruments,
        own_words=own_words,
        own_terms=own_words.union(term for term in basket.terms if is_tag(term)),
        states=states,
        between=states & set(parties),
        aims=tuple(tagger.words.stems_of(provision.aim.lower())),
        day=document.date,
        due=provision.deadline.date if provision.deadline else None,
    )


def _labels(provision: Provision, tagger: Tagger) -> str:
    """Return what the tags of a provision are called in English, for pages in another language than its own."""
    technologies, instruments = tagger.lexicon.technologies.labels, tagger.lexicon.instruments.labels
    labels = [technologies.get(tag, {}).get("en", "") for tag in provision.technologies]
    labels += [instruments.get(tag, {}).get("en", "") for tag in provision.instruments]
    return " ".join(labels)


def _states(tagger: Tagger) -> frozenset[str]:
    """Return the tags of all states and unions."""
    actors = tagger.lexicon.actors.actors.values()
    return frozenset(ACTOR_SIGN + actor.name for actor in actors if actor.type in {"state", "union"})


def _with_stems(things: Iterable[str], tagger: Tagger) -> dict[str, tuple[str, ...]]:
    return {thing.lower(): tuple(tagger.words.stems_of(thing.lower())) for thing in things}


def _parties(provision: Provision, document: Document) -> tuple[str, ...]:
    """Return who acts and toward whom; the document's parties where the provision names nobody."""
    named = (*provision.actors, *provision.counterparties) or document.parties[:PRONOUNS_APART]
    return tuple(dict.fromkeys(ACTOR_SIGN + name for name in named))


def _groups_of(parties: tuple[str, ...], tagger: Tagger, day: date | None) -> frozenset[str]:
    """Return the groups whose members are these parties and no others."""
    wanted = {party.removeprefix(ACTOR_SIGN) for party in parties}
    if len(wanted) < 2 or day is None:  # noqa: PLR2004 - one state is no group
        return frozenset()
    actors = tagger.lexicon.actors
    return frozenset(
        ACTOR_SIGN + actor.name
        for actor in actors.actors.values()
        if actor.members and set(actors.members_at(actor.name, day)) == wanted
    )


def _lead(provision: Provision, document: Document) -> str:
    """Return what introduces the sentence: the lead-in of its list, and the sentence before it in its block."""
    own = next((one for one in document.sentences if one.start <= provision.start < one.end), None)
    if own is None:
        return ""
    before = [document.sentences[own.stem]] if own.stem is not None else []
    if own.index and not own.first:
        before.append(document.sentences[own.index - 1])
    return " ".join(_text(document, sentence) for sentence in before)


def _text(document: Document, sentence: Sentence) -> str:
    return document.slice(sentence.start, sentence.end)
