"""Who gets or pays in an English clause: money, goods, a duty on them, a stake ("a loan to Coral Cells").

Each reader is asked for a group of names behind words of its rule, see `toward`; `paid` finds firms and bodies
of no register by the sum that goes to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.extract.candidate import Candidate
from dragoman.extract.leaders import adjectives_of
from dragoman.extract.mentions import Mention
from dragoman.extract.phrases_en import antecedent
from dragoman.extract.subject_en import Group, Stretch

NAME = r"[A-Z][\w&’'-]+(?: (?:of |and )?[A-Z][\w&’'-]+){0,4}"
PAID = re.compile(
    rf"(?:\b(?:million|billion|awards?|grants?|loans?|loan guarantees?|contracts?|conditional commitments?|dollars"
    rf"|euros|pounds|\d{{3}})(?:\s(?:of|in|worth)(?:\s[\w$€£.-]+){{1,5}})?\sto\s(?:the\s)?"
    rf"(?:(?:[A-Z]\w+\s)?(?:companies|firms|company|firm|developer|producer|chipmaker|start-?up)s?\s)?(?P<to>{NAME})"
    rf"|\bstakes?\sin\s(?P<stake>{NAME})|\bawarded\s(?P<awarded>{NAME})\s(?=[$€£]|(?:a|an|up)\s))"
)
"""A sum or a paper worth one, and to whom it goes ("a loan of $2 billion to Coral Cells")."""


def paid(stretch: Stretch, known: Sequence[Mention], candidate: Candidate) -> Iterator[Mention]:
    """Yield the firms and bodies of no register that a sum goes to."""
    trigger = candidate.trigger[0] - stretch.start
    for match in PAID.finditer(stretch.text, max(0, trigger)):
        first, end = match.span(match.lastgroup or "to")
        name = stretch.text[first:end]
        if is_payee(name, stretch) and not any(m.start < end and first < m.end for m in known):
            yield Mention(first, end, name, "unknown", "named")


def is_payee(name: str, stretch: Stretch) -> bool:
    """Return whether a name can be that of somebody who is paid, and is no programme and no adjective."""
    things, last = stretch.english.sets["things"], name.rsplit(maxsplit=1)[-1]
    thing = last.removesuffix("s").lower() in things and last not in stretch.english.sets["firm_words"]
    return not thing and name not in adjectives_of(stretch.context.lexicon.actors)


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


BODY_NAME = re.compile(
    r"\b(?P<article>[Tt]he\s)?(?P<name>[A-Z][\w&’'-]+(?:\s(?:of\s|of\sthe\s|for\s|on\s|and\s)?[A-Z][\w&’'-]+){0,6})"
)
"""A stretch of capital words, with its article."""
MET = re.compile(
    r"\b(?:with|alongside|consult(?:s|ed|ing)?|notif(?:y|ies|ied|ying)|inform(?:s|ed|ing)?|advis(?:e|es|ed|ing)"
    r"|together with|before|report(?:s|ed)? to|submit(?:s|ted)?\s(?:\w+\s){0,6}to|appeals? to|provides?|and)\s$",
    re.IGNORECASE,
)
"""What stands before a body of no register that is a counterpart."""


def with_unknown_bodies(stretch: Stretch, candidate: Candidate) -> list[Mention]:
    """Return the actors named in a stretch, with the bodies that no register has where an act is done with them.

    A longer proper name takes the place of the register's names in it (a firm that is called after a state).
    """
    known = stretch.mentions()
    trigger = candidate.trigger[0] - stretch.start
    for match in BODY_NAME.finditer(stretch.text, max(0, trigger)):
        start, end = match.span("name")
        within = [m for m in known if m.start < end and start < m.end]
        before = stretch.text[max(0, match.start() - MET_REACH) : match.start()]
        if MET.search(before) is None or not is_unknown_body(match, within, known, stretch):
            continue
        known = sorted([*(m for m in known if m not in within), *named_bodies(match, stretch)])
    return known


def named_bodies(match: re.Match[str], stretch: Stretch) -> Iterator[Mention]:
    """Yield the body that capital words name, in full where the text named it so before; two that "and" joins."""
    start, end = match.span("name")
    words = stretch.english.sets
    for joined in AND.finditer(match["name"]):
        one, two = match["name"][: joined.start()], match["name"][joined.end() :]
        heads = {HEAD_OF_NAME.split(part, maxsplit=1)[0].split()[-1] for part in (one, two)}
        if heads <= words["body_nouns"] | words["further_bodies"] | words["firm_words"]:
            yield Mention(start, start + len(one), one, "unknown", "named")
            yield Mention(end - len(two), end, two, "unknown", "named")
            return
    taken_up = antecedent(match["name"], stretch.view, stretch.start + start, stretch.english, stretch.context)
    if taken_up is not None and match["article"]:
        yield Mention(start, end, taken_up.name, taken_up.type, "named")
    else:
        yield Mention(start, end, match["name"], "unknown", "named")


AND = re.compile(r"\sand\s(?:the\s)?")


MET_REACH = 60


def is_unknown_body(
    match: re.Match[str], within: Sequence[Mention], known: Sequence[Mention], stretch: Stretch
) -> bool:
    """Return whether capital words name a body or firm: by its noun behind an article, or by several words."""
    name, sets = match["name"], stretch.english.sets
    last = name.split()[-1]
    joined = stretch.text[: match.start()].rstrip().endswith("and")
    if joined and not any(m.end >= match.start() - len(" and ") and m.rule == "named" for m in known):
        return False
    whole = match.span("name")
    if any(m.type not in {"state", "region"} or (m.start, m.end) == whole for m in within):
        return False
    head = HEAD_OF_NAME.split(name, maxsplit=1)[0].split()[-1]
    body = head in sets["body_nouns"] or head in sets["further_bodies"]
    if match["article"]:
        return body
    return " " in name and (last in sets["firm_words"] or (body and " of " in name))


HEAD_OF_NAME = re.compile(r"\s(?:of|for|on)\s")
