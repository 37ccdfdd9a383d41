"""Classes that act together without a name of their own: "suppliers, vendors and distributors" are three."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.extract.mentions import Mention
from dragoman.extract.phrases_en import acts
from dragoman.extract.who_words import EnglishWords

JOINED = re.compile(r"\s+(?:and|or)\s+(?:(?:any|all|every|each|its|their|the)\s+)?")
LAST = re.compile(r"\s*(?:and|or)\s")
"""Opens the last member of a list."""
MEMBER = re.compile(
    r"(?:(?:the|all|any|its|their|each|every)\s+)?([A-Za-z][\w-]*(?:\s[\w-]+){0,3})", re.IGNORECASE
)
MOST = 6
"""Members of a list that are looked for."""


def all_classes(text: str, tail: int, found: list[Mention], english: EnglishWords) -> list[Mention]:
    """Return the classes of a list of which `found` is the last member, or a pair of two joined by "and".

    Args:
        text: the words before the trigger.
        tail: where the last clause of the text starts.
        found: who its noun phrase names.
        english: words of the data.
    """
    if len(found) != 1 or found[0].rule != "named" or not found[0].name.islower():
        return found
    last = list(split_pair(found[0], english))
    if LAST.match(text, tail) is None and len(last) == 1:
        return last
    return [*reversed([*members_before(text, tail, english)]), *last]


def split_pair(mention: Mention, english: EnglishWords) -> Iterator[Mention]:
    """Yield two plural classes that "and" joins, else the mention itself."""
    parts = JOINED.split(mention.name)
    one = mention.name.endswith("departments and agencies")
    several = len(parts) > 1 and not one and all(part.endswith("s") and acts(part, english) for part in parts)
    yield from (mention._replace(name=part) for part in parts) if several else (mention,)


def members_before(text: str, tail: int, english: EnglishWords) -> Iterator[Mention]:
    """Yield the members of a list before its last, from the last to the first; each must be able to act."""
    end = len(text[:tail].rstrip().rstrip(","))
    for _ in range(MOST):
        start = max(text.rfind(",", 0, end), text.rfind(";", 0, end)) + 1
        member = MEMBER.fullmatch(text[start:end].strip())
        if member is None or not acts(member[1], english):
            return
        first = text.index(member[1], start)
        name = member[1].lower() if member[1][1:].islower() else member[1]
        yield Mention(first, end, name, "unknown", "named")
        if start == 0:
            return
        end = start - 1
