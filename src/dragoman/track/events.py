"""Which recorded event a deadline hangs on: by a person's choice or by equal names, never by guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cache

from dragoman.lexicon import fold, load_pack
from dragoman.lexicon.script import simplified
from dragoman.model import Deadline, DeadlineKind, Event, Provision
from dragoman.track.periods import PACKS, Period, period_in

PACK = "tracking/event_names.yaml"
DAY = Period(days=1)
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
    """Return whether a deadline calls an event by its name or by another that was recorded for it.

    "The next meeting" is another one in each document: such words are met only by an event of the document itself.
    """
    if deadline is None or not (deadline.event or event.doc):
        return False
    own = plain(event_of(deadline))
    return bool(own) and own in {plain(name) for name in (event.name, *event.aliases)}


def event_of(deadline: Deadline) -> str:
    """Return the event that a deadline hangs on, as its text calls it, "" where it hangs on none.

    A time that stays vague hangs on a meeting where its words name one ("by the next ministerial meeting"): the
    words themselves then stand for the event.
    """
    if deadline.event or deadline.kind is not DeadlineKind.VAGUE:
        return deadline.event
    return deadline.text if any(has_word(deadline.text, word) for word in occasions()) else ""


@cache
def occasions() -> tuple[str, ...]:
    """Return the words for meetings in the packs of time, both languages together."""
    return tuple(word for pack in PACKS for word in load_pack(pack)["occasions"])


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
    """Return the period between an event and the last day allowed, None where that is the event's own.

    It is negative where the words set it before the event; without a count that is the day before.
    """
    if deadline is None:
        return None
    period = period_in(deadline.text)
    if not lies_before(deadline.text):
        return period
    return (period or DAY).times(-1)


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
