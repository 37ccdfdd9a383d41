"""Lines of a coder made from what the coder says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dragoman.lexicon import load_pack
from dragoman.model import Document, Kind, Language, Provision, Sentence, UsageError, quote_at
from dragoman.model.identity import provision_id
from dragoman.register import edited

FORCES = "coding/files.yaml"
PERSON = "person/"


class NoKindError(UsageError):
    """A line without a kind."""

    http_status = 422

    def __init__(self) -> None:
        super().__init__("A line needs a kind.", f"Give one of: {', '.join(kind.value for kind in Kind)}.")


def assumed_force(kind: str) -> int:
    """Return the force that is assumed for a kind."""
    return int(load_pack(FORCES)["forces"].get(kind, 1))


def made_line(
    document: Document,
    stretch: tuple[int, int],
    values: Mapping[str, Any],
    coder: str,
    trigger: tuple[str, int | None] = ("", None),
) -> Provision:
    """Return a coder's line.

    Args:
        document: what is coded.
        stretch: its offsets, inside the text.
        values: fields of the interchange format: kind, force, actors, ...; at least the kind.
        coder: name of the person.
        trigger: words that carry the kind, and their offset where it is known; words that do not stand in the
            stretch or in the sentence that introduces it are left out.

    Raises:
        UsageError: a value that a field cannot take, or no kind.
    """
    if not values.get("kind"):
        raise NoKindError
    start, end = stretch
    sentence = sentence_at(document, start)
    words, at = found_trigger(document, stretch, sentence, trigger)
    quote = quote_at(document.text, start, end)
    blank = Provision(
        id=provision_id(document.slug, quote.exact, words, 0),
        doc=document.slug,
        start=start,
        end=end,
        trigger=words,
        trigger_start=at,
        kind=Kind.MEASURE,
        force=assumed_force(str(values["kind"])),
        quote=quote,
        language=sentence.language if sentence else next(iter(document.languages), Language.EN),
        section=sentence.section if sentence else (),
    )
    return edited(blank, values, PERSON + coder)


def sentence_at(document: Document, start: int) -> Sentence | None:
    """Return the sentence that a place stands in, else the last one before it."""
    before = [one for one in document.sentences if one.start <= start]
    return before[-1] if before else None


def found_trigger(
    document: Document, stretch: tuple[int, int], sentence: Sentence | None, trigger: tuple[str, int | None]
) -> tuple[str, int]:
    """Return the words of a trigger and where they stand; "" and the start of the stretch where they do not."""
    words, told = trigger
    if not words:
        return "", stretch[0]
    if told is not None and document.text[max(told, 0) : max(told, 0) + len(words)] == words:
        return words, told
    stem = document.sentences[sentence.stem] if sentence and sentence.stem is not None else None
    for start, end in (stretch, (stem.start, stem.end) if stem else (0, 0)):
        at = document.text.find(words, start, end)
        if at >= 0:
            return words, at
    return "", stretch[0]
