"""Who gets or pays in an English clause: money, goods, a duty on them, a stake ("a loan to Coral Cells").

Each reader is asked for a group of names behind words of its rule, see `toward`; `paid` finds firms and bodies
of no register by the sum that goes to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from dragoman.extract.candidate import Candidate
from dragoman.extract.mentions import Mention
from dragoman.extract.subject_en import Group, Stretch
from dragoman.lexicon.actors import ActorRegister

NAME = r"[A-Z][\w&’'-]+(?: (?:of |and )?[A-Z][\w&’'-]+){0,4}"
PAID = re.compile(
    rf"(?:\b(?:million|billion|awards?|grants?|loans?|loan guarantees?|contracts?|conditional commitments?|dollars"
    rf"|euros|pounds|\d{{3}})(?:\s(?:of|in|worth)(?:\s[\w$€£.-]+){{1,5}})?\sto\s(?:the\s)?"
    rf"(?:(?:[A-Z]\w+\s)?(?:companies|firms|company|firm|developer|producer|chipmaker|start-?up)s?\s)?(?P<to>{NAME})"
    rf"|\bawarded\s(?P<awarded>{NAME})\s(?=[$€£]|(?:a|an|up)\s))"
)
"""A sum or a paper worth one, and to whom it goes ("a loan of $2 billion to Coral Cells")."""


def paid(stretch: Stretch, known: Sequence[Mention], candidate: Candidate) -> Iterator[Mention]:
    """Yield the firms and bodies of no register that a sum goes to."""
    trigger = candidate.trigger[0] - stretch.start
    for match in PAID.finditer(stretch.text, max(0, trigger)):
        first, end = match.span("to" if match["to"] else "awarded")
        name = stretch.text[first:end]
        if is_payee(name, stretch) and not any(m.start < end and first < m.end for m in known):
            yield Mention(first, end, name, "unknown", "named")


def is_payee(name: str, stretch: Stretch) -> bool:
    """Return whether a name can be that of somebody who is paid, and is no programme and no adjective."""
    things, last = stretch.english.sets["things"], name.rsplit(maxsplit=1)[-1]
    thing = last.removesuffix("s").lower() in things and not last.endswith(FIRM_ENDS)
    return not thing and name not in adjectives(stretch.context.lexicon.actors)


FIRM_ENDS = (
    "Technologies", "Energy", "Systems", "Materials", "Cells", "Computing", "Industries", "Resources", "Networks",
    "Power", "Space",
)  # fmt: skip


@lru_cache(maxsize=8)
def adjectives(register: ActorRegister) -> frozenset[str]:
    """Return the English adjectives of the states and regions of a register."""
    return frozenset(name.removeprefix("=") for actor in register.actors.values() for name in actor.adjectives)


def is_given(stretch: Stretch, group: Group, before: str, candidate: Candidate) -> bool:  # noqa: ARG001 - one signature
    """Return whether somebody gets what is named behind him ("provide Kenya with", "sell Kenya three")."""
    return GIVEN.match(stretch.text, group.end) is not None


GIVEN = re.compile(
    r",?\s+(?:with|through|an?|the|its|their|up|all|more|any|access|information|financing|funding|assistance|support|technical"
    r"|additional|two|three|four|five|six|ten|\d[\d,.]*)\b"
)


def is_burdened(stretch: Stretch, group: Group, before: str, candidate: Candidate) -> bool:  # noqa: ARG001 - one signature
    """Return whether a duty or ban falls on what comes from a state ("a tariff on goods from Japan")."""
    states = all(mention.type in {"state", "union"} for mention in group.mentions)
    return states and BURDEN.search(before) is not None


BURDEN = re.compile(
    r"\b(?:tariffs?|dut(?:y|ies)|quotas?|import bans?|anti-?dumping|bans? on imports)\b[^.;]{0,70}"
    r"\sfrom\s*(?:the\s*)?$",
    re.IGNORECASE,
)


def is_bought_from(stretch: Stretch, group: Group, before: str, candidate: Candidate) -> bool:  # noqa: ARG001 - one signature
    """Return whether something is bought or taken from somebody ("purchase aircraft from Coral Air")."""
    return BURDEN.search(before) is None and BOUGHT.search(before) is not None


BOUGHT = re.compile(
    r"\b(?:purchas\w*|buy\w*|bought|acquir\w*|procur\w*|order(?:s|ed|ing)?)\b"
    r"[^.;,]{0,50}\sfrom\s*(?:the\s*)?$",
    re.IGNORECASE,
)


def is_stake(stretch: Stretch, group: Group, before: str, candidate: Candidate) -> bool:  # noqa: ARG001 - one signature
    """Return whether money is put into a firm or body ("a stake in Coral Cells", "$5 million in it")."""
    return all(mention.type in {"firm", "body"} for mention in group.mentions) and STAKE.search(before) is not None


STAKE = re.compile(
    r"\b(?:stakes?|shares?|investments?|invest(?:s|ed|ing)?|million|billion|dollars|euros|equity)\s+in\s*(?:the\s*)?$"
)
