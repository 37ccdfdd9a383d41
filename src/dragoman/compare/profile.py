"""Profile of documents over time: hard and soft, force, precision, joint and separate, by tag or target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from dragoman.compare.coordination import is_hard, is_soft
from dragoman.compare.coordination_settings import CoordinationSettings
from dragoman.compare.measures import Text, measure_of, restricts, targets_of
from dragoman.compare.remarks import remark
from dragoman.compare.targets import TargetFinder, directed
from dragoman.lexicon import Lexicon
from dragoman.model import Document, Problem, Provision
from dragoman.model.coordination import Measure, Mode
from dragoman.model.profile import PRECISION, Profile, ProfileCell

NONE = "none"
"""Value of a provision without a tag."""
ACTING = frozenset({"state", "union"})
BODIES = frozenset({"", "body", "group"})
TWO = 2
UNDATED = date.max

ValuesOf = Callable[[Measure, CoordinationSettings], tuple[str, ...]]

BY: Mapping[str, ValuesOf] = {
    "technology": lambda one, _: one.technologies or (NONE,),
    "instrument": lambda one, _: one.instruments or (NONE,),
    "target": lambda one, _: one.against,
    "hardness": lambda one, settings: (hardness_of(one, settings),),
    "mode": lambda one, _: ("joint" if one.mode is Mode.JOINT else "separate",),
    "force": lambda one, _: (str(one.force),),
    "precision": lambda one, _: (str(one.legalization[PRECISION]) if one.legalization else NONE,),
}
"""What a profile can be by, and the values of a provision."""


def hardness_of(measure: Measure, settings: CoordinationSettings) -> str:
    """Return "hard", "soft" or "none" for the instruments of a measure."""
    return "hard" if is_hard(measure, settings) else "soft" if is_soft(measure, settings) else NONE


def profile_of(texts: Sequence[Text], by: str, lexicon: Lexicon, settings: CoordinationSettings) -> Profile:
    """Return the profile of documents.

    Args:
        texts: documents with their lines.
        by: a key of `BY`.
        lexicon: names of states and types of actors.
        settings: hard and soft instruments, words of direction.
    """
    ordered = sorted(texts, key=lambda text: (text[0].date or UNDATED, text[0].slug))
    cells: dict[tuple[str, str], ProfileCell] = {}
    totals: Counter[str] = Counter()
    for document, lines in ordered:
        groups: dict[str, list[Measure]] = {}
        for measure in measures_of(document, lines, lexicon, settings):
            for value in BY[by](measure, settings):
                groups.setdefault(value, []).append(measure)
        for value, measures in groups.items():
            cells[document.slug, value] = cell_of(document, value, measures, settings)
            totals[value] += len(measures)
    values = tuple(sorted(totals, key=lambda value: (-totals[value], value)))
    documents = tuple((document.slug, document.date) for document, _ in ordered)
    return Profile(by, documents, values, cells, tuple(remarks_of(ordered, cells)))


def remarks_of(texts: Iterable[Text], cells: Mapping[tuple[str, str], ProfileCell]) -> Iterator[Problem]:
    """Yield what should be looked at."""
    yield from (
        remark("coordination-undated", doc=document.slug) for document, _ in texts if document.date is None
    )
    if not cells:
        yield remark("profile-nothing")


def cell_of(
    document: Document, value: str, measures: Sequence[Measure], settings: CoordinationSettings
) -> ProfileCell:
    """Return one cell."""
    hard = tuple(one for one in measures if is_hard(one, settings))
    soft = tuple(one for one in measures if is_soft(one, settings))
    return ProfileCell(document.slug, document.date, value, tuple(measures), hard, soft)


def measures_of(
    document: Document, lines: Iterable[Provision], lexicon: Lexicon, settings: CoordinationSettings
) -> Iterator[Measure]:
    """Yield the provisions of a document as measures; the parties of the document are no targets."""
    insiders = {*document.parties}
    for party in document.parties:
        insiders.update(lexicon.actors.members_at(party, document.date or date.min))
    finder = TargetFinder(lexicon, settings.targets, insiders)
    places = {sentence.start: sentence.index for sentence in document.sentences}
    for line in lines:
        mode = Mode.JOINT if is_joint(line, document, lexicon) else Mode.FIRST
        named = targets_of(line, document, finder, places)
        targets = directed(named, line.actors, restricts=restricts(line, settings))
        yield replace(measure_of(line, document.date or UNDATED, mode), targets=targets)


def is_joint(line: Provision, document: Document, lexicon: Lexicon) -> bool:
    """Return whether several states or unions act, or a body in a document of several parties."""
    types = [lexicon.actors.type_of(name) for name in line.actors]
    if sum(kind in ACTING for kind in types) >= TWO:
        return True
    return len(document.parties) >= TWO and any(kind in BODIES for kind in types)
