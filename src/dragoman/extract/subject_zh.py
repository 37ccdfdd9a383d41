"""Who the subject of a Chinese clause names, read from the words before its trigger.

From the clause of the trigger back to the start of the sentence, the subject is the first name that opens a
clause, or that 由 or 使 makes act, and that no preposition governs and no noun makes a mere attribute.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from dragoman.extract.context import Context
from dragoman.extract.mentions import Mention, alternatives, mentions_in
from dragoman.extract.view import View
from dragoman.model import Language

Words = dict[str, tuple[str, ...]]

BRACKETS = re.compile(r"[（(][^（）()]*[）)]|《[^《》]*》")
SIGNS = re.compile(r"[，,；;：:。]")
JOINERS = re.compile(r"[\s]*(?:、|和|及|以及|或者|或|与|同|，和|、和)?[\s]*(?:其|各)?")
WITH = re.compile(r"[\s]*[与同][\s]*")
JOINT_ACT = re.compile(r"[^，。；]{0,12}(?:磋商|协商|商定|协调|合作|会谈)")
QUALIFIER = re.compile(
    r"(?:任何|各|其他|有关|相关|所有|每个|每|两个以上的|全体|上述|部分|主要|其|本|该|中方|美方|两国的|双方的|参与本次对话的)$"
)
TIME = re.compile(r"(?:[年月日前后时初底内中上下来间末晚天]|期间|以来|[）)》”\"\d])\s*$")


def subject_names(view: View, start: int, end: int, context: Context) -> list[Mention]:
    """Return who the words between two offsets name as the subject, [] where they name nobody who acts.

    Args:
        view: the sentence, or the stem, in which the words stand.
        start, end: from the start of the sentence or of the subject to the trigger.
        context: of the document.
    """
    words = context.lexicon.actors.words[Language.ZH]
    text = BRACKETS.sub(lambda match: " " * len(match.group()), view.text[start:end])
    mentions = [m for m in mentions_in(view, start, end, context) if text[m.start - start] != " "]
    mentions += pronouns_in(text, start, mentions, words)
    mentions = [m._replace(start=m.start - start, end=m.end - start) for m in mentions]
    mentions.sort()
    clauses = clauses_of(text)
    carries = any(context.lexicon.actors.type_of(name) == "state" for name in context.authors) and (
        context.voice == "order"
    )
    for index in range(len(clauses) - 1, -1, -1):
        first, last = clauses[index]
        own = [m for m in mentions if first <= m.start and m.end <= last]
        groups = grouped(text, own, last)
        found = of_clause(text, (first, last), groups, words, is_own=index == len(clauses) - 1 or carries)
        if found:
            return [m._replace(start=m.start + start, end=m.end + start) for m in found]
    return []


def pronouns_in(text: str, start: int, mentions: Sequence[Mention], words: Words) -> list[Mention]:
    """Return the words in a stretch that stand for the authors, their heads, their text or the government."""
    found = []
    for match in pronoun_pattern(words["authors"], words["leaders"], words["order"], words["many"]).finditer(text):
        first, last = match.start() + start, match.end() + start
        if not any(m.start < last and first < m.end for m in mentions):
            rule = "order" if match.group() in words["order"] else "authors"
            found.append(Mention(first, last, match.group(), "authors", rule))
    return found


@cache
def pronoun_pattern(*groups: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of words that stand for somebody; 我 alone is read as a word by itself."""
    return re.compile(alternatives(tuple(word for group in groups for word in group)))


def clauses_of(text: str) -> list[tuple[int, int]]:
    """Return where the clauses of a stretch start and end; the last one is that of the trigger."""
    ends = [match.start() for match in SIGNS.finditer(text)]
    starts = [0, *(end + 1 for end in ends)]
    return list(zip(starts, [*ends, len(text)], strict=True))


def grouped(text: str, mentions: Sequence[Mention], last: int) -> list[tuple[Mention, ...]]:
    """Return the names in groups: those that 和, 、 or 与 joins; 与 before 协商 and the like joins none."""
    groups: list[tuple[Mention, ...]] = []
    for mention in mentions:
        before = groups[-1][-1] if groups else None
        if before and mention.start < before.end:
            continue
        if before and joined(text, before, mention, last):
            groups[-1] = (*groups[-1], mention)
        else:
            groups.append((mention,))
    return [tuple(m for m in group if m.type != "authors") or group for group in groups]


def joined(text: str, first: Mention, second: Mention, last: int) -> bool:
    """Return whether two names act together."""
    if not JOINERS.fullmatch(text, first.end, second.start):
        return second.type == "authors" and re.fullmatch(r"\s*", text[first.end : second.start]) is not None
    if WITH.fullmatch(text, first.end, second.start):
        return not JOINT_ACT.match(text, second.end, min(len(text), last + 8)) and first.type == second.type
    return True


def of_clause(
    text: str, clause: tuple[int, int], groups: Sequence[tuple[Mention, ...]], words: Words, *, is_own: bool
) -> tuple[Mention, ...]:
    """Return the group of a clause that is its subject, () where there is none.

    Args:
        text: the whole text.
        clause: where it starts and ends.
        groups: the names in it.
        words: of the data.
        is_own: whether it is the clause of the trigger itself.
    """
    first, last = clause
    if is_own:
        made = [group for group in groups if text[first : group[0].start].strip().endswith(words["agents"])]
        if made and not is_attribute(text[made[-1][-1].end : last], words, made[-1]):
            return made[-1]
    headed: tuple[Mention, ...] = ()
    for group in groups:
        before = text[first : group[0].start].strip()
        behind = text[group[-1].end : last].strip()
        if text[group[-1].start] == "的" and not is_attribute(behind, words, group):
            return group
        if not behind and before.endswith("的"):
            headed = (*headed, *group)
        if is_attribute(behind, words, group):
            continue
        if group[-1].type == "authors" and behind.startswith("的") and group is not groups[-1]:
            continue
        if opens(before, words):
            later = head_noun(text, group, groups)
            if later is not None:
                return later
            if not JOINED_ON.match(behind):
                return group
            headed = group
        if before in {"对于", "对"} and behind in {"", "而言", "来说", "来讲"}:
            return group
    return headed


JOINED_ON = re.compile(r"(?:和|以及|及|、)")
"""What joins a further noun phrase, one that ends in another name, to a subject."""


def head_noun(
    text: str, group: tuple[Mention, ...], groups: Sequence[tuple[Mention, ...]]
) -> tuple[Mention, ...] | None:
    """Return the names behind a short relative clause of a name (财政部牵头的外国投资委员会), None without one."""
    for later in groups:
        between = text[group[-1].end : later[0].start]
        if later[0].start > group[-1].end and re.fullmatch(r"[^，、的在与和对]{2,5}的", between):
            return later
    return None


def opens(before: str, words: Words) -> bool:
    """Return whether nothing but a conjunction, a date or the like stands before a name in its clause."""
    if (
        before
        and not before.endswith(words["openers"])
        and not TIME.search(before)
        and not QUALIFIER.search(before)
    ):
        return False
    return not governed(before, words)


def governed(before: str, words: Words) -> bool:
    """Return whether the word right before a name governs it."""
    return before.endswith(words["prepositions"]) and not before.endswith(("其", "日", "年", "月"))


def is_attribute(behind: str, words: Words, group: tuple[Mention, ...]) -> bool:
    """Return whether what stands behind a name makes it an attribute (美国公司, 美国的政策)."""
    behind = behind.strip()
    if behind in {"", "的"} or group[-1].type == "authors":
        return False
    if behind.startswith("的"):
        return not behind[1:].startswith(words["representatives"])
    if behind.startswith(words["representatives"]) or behind.startswith(words["after_subject"]):
        return False
    return behind.startswith(words["modified_nouns"]) and group[-1].type in {"state", "union", "region"}
