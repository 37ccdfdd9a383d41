"""The features of a passage as evidence for a commitment: each with what it shares and a value from 0 to 1."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from dragoman.lexicon.matcher import is_word
from dragoman.model import Stage
from dragoman.track.passages import Passage, Reading
from dragoman.track.question import Question
from dragoman.track.settings import Weights
from dragoman.track.stance import Cues
from dragoman.track.terms import is_tag

MOST_WORDS = 8
"""Words named as the reason of a feature, the rarest first."""
WHOLE, SCATTERED = 1.0, 0.4
"""What a named thing counts where it stands as written, and where only all its words stand."""
TOLD_OTHERWISE = 0.5
"""What delivery counts where a passage tells of one, but not of the commitment's own act."""
PLANNED = 0.1
ON_TOPIC = 0.5
"""Value of `words` from which a passage is about the commitment."""
TWO = 2
"""States that make a commitment one between states."""
DONE = frozenset({Stage.COMPLETED, Stage.OPERATIONAL, Stage.LAUNCHED, Stage.ANNOUNCED, Stage.FUNDED})


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a candidate: its name, the words it shares, its value from 0 to 1."""

    name: str
    words: str
    value: float


@dataclass(frozen=True, slots=True, eq=False)
class Meeting:
    """A commitment and a passage that may be evidence for it.

    Attributes:
        question, rarity: of the commitment.
        reading, passage, sentence: the page, its passage, the passage's text.
        around: terms of the passage's neighbours in the same paragraph.
        page_share: what BM25 gives the page, 0 to 1.
    """

    question: Question
    rarity: Mapping[str, float]
    reading: Reading
    passage: Passage
    sentence: str
    around: frozenset[str]
    page_share: float


def words(meeting: Meeting, weights: Weights) -> Feature:
    """Words of the commitment that stand in the passage, by weight; those beside it count in part."""
    rarity = {term: meeting.rarity[term] for term in meeting.question.own_words}
    own = meeting.passage.terms & rarity.keys()
    beside = (meeting.around & rarity.keys()) - own
    got = sum(rarity[term] for term in own) + weights.neighbour * sum(rarity[term] for term in beside)
    share = got / (sum(rarity.values()) * weights.full or 1.0)
    return Feature("words", _named(own, rarity), min(1.0, share))


def page_words(meeting: Meeting, weights: Weights) -> Feature:
    """How well the page as a whole answers the question."""
    own = meeting.reading.terms & meeting.rarity.keys()
    share = meeting.page_share / weights.full
    return Feature(
        "page words", _named((term for term in own if not is_tag(term)), meeting.rarity), min(1.0, share)
    )


def named_things(meeting: Meeting, _weights: Weights) -> Feature:
    """Named things of the commitment that stand in the passage, or at least in the page."""
    return _things("named things", meeting.question.things, meeting)


def document_named(meeting: Meeting, _weights: Weights) -> Feature:
    """Whether the page names the document, by any of its names; a name of common words counts less."""
    names = meeting.question.document
    weights = {
        name: max((meeting.rarity.get(stem, 0.0) for stem in stems), default=0.0) for name, stems in names.items()
    }
    values = {name: weights[name] * _value_of(name, stems, meeting) for name, stems in names.items()}
    shared = [name for name, value in values.items() if value >= weights[name] / 2 > 0]
    share = max(values.values(), default=0.0) / (max(weights.values(), default=0.0) or 1.0)
    return Feature("document named", ", ".join(shared[:MOST_WORDS]), share)


def _things(name: str, things: Mapping[str, tuple[str, ...]], meeting: Meeting) -> Feature:
    """Return how much of some named things a page holds, the rare ones counting more."""
    most = got = 0.0
    shared = []
    for thing, stems in things.items():
        weight = sum(meeting.rarity.get(stem, 0.0) for stem in stems)
        value = _value_of(thing, stems, meeting)
        most, got = most + weight, got + weight * value
        if value >= WHOLE / 2:
            shared.append(thing)
    return Feature(name, ", ".join(shared[:MOST_WORDS]), got / most if most else 0.0)


def _value_of(thing: str, stems: tuple[str, ...], meeting: Meeting) -> float:
    near = meeting.passage.terms | meeting.around
    if stands_in(thing, meeting.sentence):
        return WHOLE
    if stands_in(thing, meeting.reading.folded):
        return WHOLE if near.issuperset(stems) else WHOLE / 2
    return SCATTERED if near.issuperset(stems) else 0.0


def stands_in(thing: str, folded: str) -> bool:
    """Return whether a thing stands in a text as whole words, both in lower case."""
    at = folded.find(thing)
    while at >= 0:
        end = at + len(thing)
        before, after = folded[at - 1 : at] if at else "", folded[end : end + 1]
        if not (before and is_word(before) and is_word(thing[0])) and not (after and is_word(after)):
            return True
        at = folded.find(thing, at + 1)
    return False


def parties(meeting: Meeting, weights: Weights) -> Feature:
    """Parties of the commitment named in the passage; where only the page names them they count in part."""
    question = meeting.question
    near, page = meeting.passage.terms | meeting.around, meeting.reading.terms
    shared = {party: 1.0 for party in question.parties if party in near}
    for party in question.parties:
        if party in page and party not in shared:
            shared[party] = weights.page_party if party in meeting.reading.lead_terms else weights.page_party / 2
    groups = question.groups & page
    if groups:
        shared = dict.fromkeys(question.parties, 1.0 if groups & near else weights.page_party) | shared
    rarity = {party: meeting.rarity.get(party, 1.0) for party in question.parties}
    got = sum(rarity[party] * value for party, value in shared.items())
    named = ", ".join(party[1:] for party in (*groups, *shared))
    return Feature("parties", named, got / (sum(rarity.values()) or 1.0))


def other_parties(question: Question, reading: Reading) -> tuple[str, ...]:
    """Return the states that a page's title names beside or instead of those of a commitment between states.

    () where the commitment is one state's own, or the title names all its states.
    """
    named = reading.title_terms & question.states
    missing = question.between - named
    if len(question.between) < TWO or not missing or question.groups & reading.title_terms:
        return ()
    return tuple(sorted(named - question.between))


def technology(meeting: Meeting, weights: Weights) -> Feature:
    """Technologies of the commitment in the passage or beside it."""
    return _tags("technology", meeting.question.technologies, meeting, weights)


def instrument(meeting: Meeting, weights: Weights) -> Feature:
    """Instruments of the commitment in the passage or beside it."""
    return _tags("instrument", meeting.question.instruments, meeting, weights)


def _tags(name: str, tags: frozenset[str], meeting: Meeting, weights: Weights) -> Feature:
    own, beside = tags & meeting.passage.terms, tags & meeting.around
    share = (len(own) + weights.neighbour * len(beside - own)) / (len(tags) or 1)
    return Feature(name, ", ".join(sorted(tag[1:] for tag in own | beside)), share)


def delivery(meeting: Meeting, cues: Cues, stage: Stage | None, near: float) -> Feature:
    """Whether the passage tells that something was done, best of all the commitment's own act.

    Args:
        meeting: commitment and passage.
        cues: words of acts done.
        stage: what the passage tells of.
        near: value of its `words`; what is done in a passage about something else counts less.
    """
    part = min(1.0, near / ON_TOPIC)
    if stage not in DONE:
        return Feature("delivery", stage.value if stage else "", part * PLANNED if stage else 0.0)
    told = cues.tells_of(meeting.question.aims, meeting.passage.terms)
    return Feature("delivery", ", ".join((stage.value, *told)), part * (1.0 if told else TOLD_OTHERWISE))


def date_of_page(meeting: Meeting, weights: Weights) -> Feature:
    """How near the page is to the deadline, or to the commitment where there is none; older pages get nothing."""
    question, day = meeting.question, meeting.reading.page.day
    if day is None or question.day is None or day < question.day:
        return Feature("date", "", 0.0)
    away = abs((day - (question.due or question.day)).days)
    share = weights.early + (1 - weights.early) * 0.5 ** (away / weights.half_life)
    return Feature("date", day.isoformat(), share)


def kind_of_page(meeting: Meeting, weights: Weights) -> Feature:
    """What kind of page it is, by words of its title and id."""
    page = meeting.reading.page
    said = f"{page.title} {page.id}".lower().replace("-", " ")
    for kind in weights.kinds:
        for word in kind.words:
            if word in said:
                return Feature("kind of page", word, kind.share)
    return Feature("kind of page", "", weights.other_kind)


def title(meeting: Meeting, weights: Weights) -> Feature:
    """Terms of the commitment in the title of the page."""
    rarity = meeting.rarity
    asked = [term for term in rarity if term in meeting.question.own_words or is_tag(term)]
    own = meeting.reading.title_terms & set(asked)
    share = sum(rarity[term] for term in own) / (sum(rarity[term] for term in asked) * weights.full / 2 or 1.0)
    return Feature("title", _named(own, rarity), min(1.0, share))


FEATURES: tuple[Callable[[Meeting, Weights], Feature], ...] = (
    words, page_words, named_things, document_named, parties, technology, instrument, date_of_page, kind_of_page,
    title,
)  # fmt: skip
"""All features but delivery, which also asks the cues."""


def _named(terms: Iterable[str], rarity: Mapping[str, float]) -> str:
    chosen = sorted(terms, key=lambda term: (-rarity[term], term))[:MOST_WORDS]
    return ", ".join(term[1:] if is_tag(term) else term for term in chosen)
