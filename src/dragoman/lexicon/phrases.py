"""Words of ours that fill a place of a sentence, by their English: "it holds no text" in the other language.

What comes from elsewhere - a name, a quotation, the message of another program - is no phrase and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from dragoman.lexicon.packs import load_pack
from dragoman.model import Language
from dragoman.model.problem import Filling

PACKS = ("interface/phrases.yaml", "interface/screen.yaml")
"""Words of sentences, and of the command line."""
COMMA, NUMBER, ANY, FIGURE = ", ", "number", ".+?", r"[\d.,]+"
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(slots=True)
class _Phrases:
    """Phrases of a place: those without places of their own by their English, the others by an expression.

    Where the place is `listed`, several phrases stand in it, with commas between.
    """

    whole: dict[str, str] = field(default_factory=dict)
    filled: list[tuple[re.Pattern[str], str]] = field(default_factory=list)
    listed: bool = False


def phrase(place: str, value: Filling, language: Language) -> Filling:
    """Return what fills a place of a sentence in a language: a phrase of ours translated, anything else as it is.

    Args:
        place: name of the place (`reason`, `near`).
        value: what fills it, in English where it is ours.
        language: of the sentence.
    """
    known = _phrases().get(place)
    if language is Language.EN or known is None or not isinstance(value, str):
        return value
    if known.listed and COMMA in value:
        return "、".join(str(phrase(place, one, language)) for one in value.split(COMMA))
    if value in known.whole:
        return known.whole[value]
    found = ((expression.fullmatch(value), other) for expression, other in known.filled)
    return next((_filled(match.groupdict(), other, language) for match, other in found if match), value)


def _filled(given: Mapping[str, str], sentence: str, language: Language) -> str:
    """Return a phrase with its own places filled, which may hold phrases again."""
    return sentence.format(**{name: phrase(name, value, language) for name, value in given.items()})


@cache
def _phrases() -> Mapping[str, _Phrases]:
    found: dict[str, _Phrases] = {}
    for group in (one for pack in PACKS for one in load_pack(pack)["groups"]):
        for place in group["places"]:
            known = found.setdefault(place, _Phrases())
            known.listed = group.get("list", False)
            for row in group["phrases"]:
                if _PLACE.search(row["en"]):
                    known.filled.append((_expression(row["en"]), row["zh"]))
                else:
                    known.whole[row["en"]] = row["zh"]
    return found


def _expression(english: str) -> re.Pattern[str]:
    """Return an expression for a phrase with places of its own; {number} takes digits only."""
    parts = _PLACE.split(english)
    pieces = [
        f"(?P<{part}>{FIGURE if part == NUMBER else ANY})" if at % 2 else re.escape(part)
        for at, part in enumerate(parts)
    ]
    return re.compile("".join(pieces), re.DOTALL)
