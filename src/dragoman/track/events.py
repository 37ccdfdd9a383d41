"""Which recorded event a deadline hangs on: by a person's choice or by equal names, never by guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from dragoman.lexicon import fold, load_pack
from dragoman.lexicon.script import simplified
from dragoman.model import Deadline, DeadlineKind, Event, Provision
from dragoman.track.periods import Period, period_in

PACK = "tracking/event_names.yaml"
NO_WORD = re.compile(r"[\W_]+")


def resolving(provision: Provision, events: Iterable[Event], as_of: date) -> tuple[Event, ...]:
    """Return the events that give a line its day, the one that counts first.

    Those that a person chose for the line, else those whose name is that of the deadline's event; of each the
    earliest first.

    Args:
        provision: the line.
        events: all that are recorded.
        as_of: the day of the board. An event after it counts where it was recorded, as planned, by then.
    """
    known = [event for event in events if bears_on(event, provision.doc) and is_known(event, as_of)]
    chosen = [event for event in known if provision.id in event.provisions]
    named = [event for event in known if is_named(provision.deadline, event)]
    found = chosen or named
    return tuple(sorted(found, key=lambda event: (event.day, event.name, event.id)))


def bears_on(event: Event, doc: str) -> bool:
    """Return whether an event stands and is for a document."""
    return not event.withdrawn and event.doc in {"", doc}


def is_known(event: Event, as_of: date) -> bool:
    """Return whether an event had happened on a day, or was recorded as planned by then."""
    return event.day <= as_of or (event.recorded is not None and event.recorded.date() <= as_of)


def is_named(deadline: Deadline | None, event: Event) -> bool:
    """Return whether a deadline calls an event by its name or by another that was recorded for it."""
    if deadline is None:
        return False
    words = deadline.event or (deadline.text if deadline.kind is DeadlineKind.VAGUE else "")
    own = plain(words)
    return bool(own) and own in {plain(name) for name in (event.name, *event.aliases)}


def plain(name: str) -> str:
    """Return a name as it is compared: case, width, script, punctuation and a leading article do not matter."""
    folded = fold(simplified(unicodedata.normalize("NFKC", name))).strip()
    for article in sorted(load_pack(PACK)["articles"], key=len, reverse=True):
        lead = f"{article} " if article.isascii() else article
        if folded.startswith(lead) and len(folded) > len(lead):
            folded = folded[len(lead) :]
            break
    return NO_WORD.sub("", folded)


def offset_of(deadline: Deadline | None) -> Period | None:
    """Return the period between an event and the day due, negative where it lies before; None on the very day."""
    if deadline is None:
        return None
    period = period_in(deadline.text)
    return period.times(-1) if period and lies_before(deadline.text) else period


def lies_before(text: str) -> bool:
    """Return whether a deadline's words set it before its event."""
    words = load_pack(PACK)
    return any(has_word(text, word) for word in listed(words["before"])) and not any(
        has_word(text, word) for word in listed(words["after"])
    )


def listed(languages: dict[str, list[str]]) -> list[str]:
    """Return the words of all languages."""
    return [word for words in languages.values() for word in words]


def has_word(text: str, word: str) -> bool:
    """Return whether a text holds a word: Latin ones by themselves, Chinese ones anywhere."""
    pattern = rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)
    return re.search(pattern, fold(text)) is not None
