"""What is wrong with a call, in the other language: exceptions are worded in English where they are raised.

`data/interface/errors.yaml` says the same in Chinese: by class, filled with what the exception was raised with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

from dragoman.lexicon.packs import load_pack
from dragoman.lexicon.phrases import phrase
from dragoman.lexicon.problems import Said, places_in, said
from dragoman.model import DragomanError, Language, Problem, Severity
from dragoman.model.rule import Bilingual

PACK = "interface/errors.yaml"
INSIDE = frozenset({"problems"})
"""What an error calls the problems that it was raised for; the worst of them is said."""
RANKS = tuple(Severity)


def told(error: DragomanError, language: Language) -> Said:
    """Return an error in a language; in English where the pack has no words for its class."""
    english = Said(Language.EN, error.message, error.remedy)
    if language is Language.EN:
        return english
    entry = failures().get(code_of(type(error)))
    if entry is None:
        return next((said(one, language) for one in error.values.values() if isinstance(one, Problem)), english)
    fill = dict(_fill(error.values, language))
    sentences = [entry.get(part, {}).get(language.value, "") for part in ("message", "remedy")]
    if not {name for sentence in sentences for name in places_in(sentence)} <= fill.keys():
        return english
    message, remedy = (sentence.format(**fill) for sentence in sentences)
    return Said(language, message, remedy)


def code_of(kind: type[DragomanError]) -> str:
    """Return the name of a class of errors in the pack: its module and name, without the package."""
    return f"{kind.__module__.removeprefix('dragoman.')}.{kind.__name__}"


@cache
def failures() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return message and remedy in the other languages, by class."""
    found: Mapping[str, Mapping[str, Mapping[str, str]]] = load_pack(PACK)["errors"]
    return found


def _fill(values: Mapping[str, Any], language: Language) -> Iterator[tuple[str, object]]:
    """Yield what fills the sentences; of the problems it was raised for, message and remedy of the worst."""
    for name, value in values.items():
        if name in INSIDE:
            worst = min(value, key=lambda one: RANKS.index(one.severity), default=None)
            inner = said(worst, language) if worst else Said(language, "", "")
            yield from ((name, inner.message), (f"{name}_remedy", inner.remedy))
        else:
            yield name, _words(name, value, language)


def _words(place: str, value: Any, language: Language) -> object:  # noqa: ANN401 - what a call was given
    """Return a value in words; numbers stay numbers, so that a sentence can say how they are written."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, Bilingual):
        return value.text(language.value)
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping):
        return "、".join(str(_words(place, one, language)) for one in value)
    return phrase("reason" if isinstance(value, OSError) else place, _plain(value), language)


def _plain(value: Any) -> str:  # noqa: ANN401 - what a call was given
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, OSError):
        return value.strerror or str(value)
    return value.isoformat() if isinstance(value, datetime | date) else str(value)
