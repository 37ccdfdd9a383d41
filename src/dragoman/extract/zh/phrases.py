"""Whether a word stands in a phrase of time or place: "在首脑会谈中", "在访问日本时", "双方会谈后发表了声明"."""

from __future__ import annotations

from dragoman.extract.zh.mains import BY_MEANS
from dragoman.extract.zh.places import ATTRIBUTE, Place
from dragoman.extract.zh.subjects import DATE, is_closed
from dragoman.extract.zh.tables import load_tables


def is_only_time(place: Place) -> bool:
    """Return whether a verb with 后 right behind it only gives the time of the act ("双方会谈后发表了声明")."""
    after = place.near(1)
    if place.token.role != "verb" or after is None or after.role != "localizer" or after.end == place.segment.end:
        return False
    times = place.parsed.words(after.start, after.end) in load_tables().times
    return times and any(token.role in {"verb", "trigger"} for token in place.segment.tokens[place.at + 2 :])


def is_in_phrase(place: Place) -> bool:
    """Return whether a word stands between 在 and the localizer that closes its phrase ("在首脑会谈中").

    A date or a name right after 在 is a phrase by itself.
    """
    text, tokens = place.parsed.view.text, place.segment.tokens
    for index in range(place.at - 1, -1, -1):
        token = tokens[index]
        if token.role == "localizer" and not text.startswith("的", token.end):
            return False
        if token.role == "preposition" and place.parsed.words(token.start, token.end) in load_tables().placed:
            return not is_place_alone(place, index) and is_timed(place)
    return False


def is_matter(place: Place) -> bool:
    """Return whether a word tells what an accord is about ("就每年举行演习达成共识")."""
    words, tokens = place.parsed.words, place.segment.tokens
    topic = any(
        token.role == "preposition" and words(token.start, token.end) == ABOUT for token in tokens[: place.at]
    )
    return topic and any(words(token.start, token.end) in ACCORD for token in tokens[place.at + 1 :])


ABOUT, ACCORD = "就", ("达成", "交换", "交换意见", "交换了意见")
"""Brings in what two sides come to terms or exchange views about, and the verbs of it."""


def is_way(place: Place) -> bool:
    """Return whether a verb tells in what way something is done ("通过订立合同的方式提供")."""
    words, text, segment = place.parsed.words, place.parsed.view.text, place.segment
    by = any(
        token.role == "preposition" and words(token.start, token.end).startswith(BY_MEANS)
        for token in segment.tokens[: place.at]
    )
    means = load_tables().means.search(text, place.token.end, segment.end) if by else None
    return means is not None and text.endswith(ATTRIBUTE, 0, means.start())


def is_place_alone(place: Place, index: int) -> bool:
    """Return whether a date, or a name before a verb, follows the preposition at an index."""
    text, tokens = place.parsed.view.text, place.segment.tokens
    preposition, after = tokens[index], tokens[index + 1]
    start = preposition.end
    while start < place.segment.end and text[start].isspace():
        start += 1
    date = DATE.match(text, start, place.segment.end)
    if date is not None and date.end() > start:
        last = tokens[-1]
        closed = last.role == "localizer" and last.end == place.segment.end
        return not (closed and place.segment.closed_by == "comma")
    if after.role != "name" or index + 2 >= len(tokens):
        return False
    return tokens[index + 2].role == "verb" and is_closed(text, after.end, tokens[index + 2].start)


def is_timed(place: Place) -> bool:
    """Return whether a localizer closes the phrase of a verb, before the predicate ("在访问日本时宣布")."""
    tokens = place.segment.tokens[place.at :]
    text = place.parsed.view.text
    ends = [i for i, t in enumerate(tokens) if t.role == "localizer" and not text.startswith("的", t.end)]
    if ends and tokens[ends[-1]].end == place.segment.end and place.segment.closed_by == "comma":
        return True
    return bool(ends) and any(t.role in {"verb", "trigger"} for t in tokens[ends[-1] :])
