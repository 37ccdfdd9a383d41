"""Who the subject of a Chinese clause names, read from the words before its trigger.

From the clause of the trigger back to the start of the sentence, the subject is the first name that opens a
clause, or that 由 or 使 makes act, and that no preposition governs and no noun makes a mere attribute.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dragoman.extract.context import Context
from dragoman.extract.mentions import Mention, mentions_in, overlaps
from dragoman.extract.phrases_zh import body_before
from dragoman.extract.view import View
from dragoman.extract.who_words import ChineseWords, chinese_words

Group = tuple[Mention, ...]
"""Names that stand side by side: 美国和英国."""

BRACKETS = re.compile(r"[（(][^（）()]*[）)]|《[^《》]*》")
OPENED = frozenset("（(《")
SIGNS = re.compile(r"[，,；;：:。]")
JOINERS = re.compile(r"\s*(?:、|和|及|以及|或者|或|与|同|，和|、和)?\s*(?:其|各)?")
WITH = re.compile(r"\s*[与同]\s*")
JOINED_ON = re.compile(r"(?:和|以及|及|、)")
"""What joins a further noun phrase, one that ends in another name, to a subject."""
TIME = re.compile(r"(?:[年月日前后时初底内中上下来间末晚天]|期间|以来|[）)》”\"\d]|\d日[电讯])\s*$")
RELATIVE = re.compile(r"[^，、的在与和对]{2,5}的")
"""A short relative clause between a name and its head noun."""
STATES = frozenset({"state", "union", "region"})
OF, AND = "的", "与"
TOGETHER_REACH = 24
TOGETHER = re.compile(r"[^，。；]{0,12}?(?:签署|签订|签定|续签|缔结|达成(?:共识|一致)|联合|共同|一道|举办|互换)")
"""What two that 与 joins do together ("中国与阿盟签署")."""
BEHIND = 8
"""Characters behind a clause in which the act that 与 belongs to is looked for."""


class Stretch(NamedTuple):
    """A stretch of a sentence; the offsets of its mentions count from its start.

    Attributes:
        text: its words, brackets and titles of documents blanked.
        chinese: words of the data.
        behind: what follows it in its sentence.
    """

    text: str
    chinese: ChineseWords
    behind: str = ""


def stretch_of(view: View, start: int, end: int, context: Context) -> tuple[Stretch, list[Mention]]:
    """Return a stretch of a sentence with the actors named in it, those in brackets and titles left out."""
    text = view.text[start:end]
    if not OPENED.isdisjoint(text):
        text = BRACKETS.sub(lambda match: " " * len(match.group()), text)
    moved = (mention.moved(-start) for mention in mentions_in(view, start, end, context))
    named = [mention for mention in moved if text[mention.start] != " "]
    behind = view.text[end : min(view.end, end + TOGETHER_REACH)]
    return Stretch(text, chinese_words(context.lexicon.actors), behind), named


def subject_names(view: View, start: int, end: int, context: Context) -> list[Mention]:
    """Return who the words between two offsets name as the subject, [] where they name nobody who acts.

    Args:
        view: the sentence, or the stem, in which the words stand.
        start: of the sentence or of the subject.
        end: where the trigger starts.
        context: of the document.
    """
    stretch, mentions = stretch_of(view, start, end, context)
    mentions = sorted([*mentions, *pronouns_in(stretch, mentions)])
    clauses = clauses_of(stretch.text)
    span = (start + clauses[-1][0], start + clauses[-1][1])
    body = body_before(view, span, [mention.moved(start) for mention in mentions], stretch.chinese, context)
    if body is not None:
        return [body]
    for index, (first, last) in reversed(list(enumerate(clauses))):
        own = [mention for mention in mentions if first <= mention.start and mention.end <= last]
        groups = grouped(stretch, own, last)
        is_own = context.is_law or index == len(clauses) - 1
        found = subject_of(stretch, (first, last), groups, is_own=is_own)
        if found:
            return [mention.moved(start) for mention in found]
    return []


def pronouns_in(stretch: Stretch, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the words in a stretch that stand for the authors, their heads or their text."""
    order = stretch.chinese.words["order"]
    return [
        Mention(*match.span(), match.group(), "authors", "order" if match.group() in order else "authors")
        for match in stretch.chinese.pronouns.finditer(stretch.text)
        if not overlaps(mentions, *match.span())
    ]


def clauses_of(text: str) -> list[tuple[int, int]]:
    """Return where the clauses of a stretch start and end; the last one is that of the trigger."""
    ends = [match.start() for match in SIGNS.finditer(text)]
    starts = [0, *(end + 1 for end in ends)]
    return list(zip(starts, [*ends, len(text)], strict=True))


def grouped(stretch: Stretch, mentions: Sequence[Mention], last: int) -> list[Group]:
    """Return the names in groups; a word for the authors beside names (美欧双方) is left out of theirs.

    Args:
        stretch: where they stand.
        mentions: the names.
        last: end of their clause.
    """
    groups: list[Group] = []
    for mention in mentions:
        before = groups[-1][-1] if groups else None
        if before and mention.start < before.end:
            continue
        if before and joins(stretch, before, mention, last):
            groups[-1] = (*groups[-1], mention)
        else:
            groups.append((mention,))
    return [tuple(mention for mention in group if mention.type != "authors") or group for group in groups]


def joins(stretch: Stretch, first: Mention, second: Mention, last: int) -> bool:
    """Return whether two names act together; 与 before 协商 and the like joins none."""
    text = stretch.text
    if second.type == "authors" and not text[first.end : second.start].strip():
        return True
    if not JOINERS.fullmatch(text, first.end, second.start):
        return False
    if WITH.fullmatch(text, first.end, second.start):
        both = AND in text[first.end : second.start] and "class" not in {first.type, second.type}
        if both and TOGETHER.match(f"{text[second.end :]}{stretch.behind}"):
            return True
        act = stretch.chinese.joint_act.match(text, second.end, min(len(text), last + BEHIND))
        return act is None and (first.type == second.type or {first.type, second.type} <= STATES)
    return True


def subject_of(stretch: Stretch, clause: tuple[int, int], groups: Sequence[Group], *, is_own: bool) -> Group:
    """Return the group of a clause that is its subject, () where there is none.

    Args:
        stretch: the stretch.
        clause: where in it the clause starts and ends.
        groups: the names in it.
        is_own: whether it is the clause of the trigger itself, in which 由 makes somebody act.
    """
    first, last = clause
    made = made_to_act(stretch, clause, groups) if is_own else ()
    if made:
        return made
    headed: Group = ()
    for group in groups:
        before = without_authors(stretch.text[first : group[0].start].strip(), stretch.chinese)
        behind = stretch.text[group[-1].end : last].strip()
        if before.endswith(OF) and not behind:
            headed = (*headed, *group)
        if is_attribute(stretch, group, behind) or is_ours(group, behind, groups):
            continue
        if is_topic(stretch, before, behind) or stretch.text.startswith(OF, group[0].start):
            return group
        if opens(stretch, before):
            if not JOINED_ON.match(behind):
                return head_noun(stretch, group, groups) or group
            headed = group
    return headed


def without_authors(before: str, chinese: ChineseWords) -> str:
    """Return what stands before a name without the word for the authors that only says whose it is (两国企业)."""
    for word in chinese.words["authors"]:
        if before.endswith(word):
            return before.removesuffix(word)
    return before


def made_to_act(stretch: Stretch, clause: tuple[int, int], groups: Sequence[Group]) -> Group:
    """Return the last group that 由, 使 or the like makes act, () without one."""
    first, last = clause
    agents = stretch.chinese.words["agents"]
    made = [group for group in groups if stretch.text[first : group[0].start].strip().endswith(agents)]
    if made and not is_attribute(stretch, made[-1], stretch.text[made[-1][-1].end : last].strip()):
        return made[-1]
    return ()


def head_noun(stretch: Stretch, group: Group, groups: Sequence[Group]) -> Group:
    """Return the names behind a short relative clause of a name (财政部牵头的外国投资委员会), () without one."""
    end = group[-1].end
    return next((later for later in groups if RELATIVE.fullmatch(stretch.text, end, later[0].start)), ())


def opens(stretch: Stretch, before: str) -> bool:
    """Return whether nothing but a conjunction, a date or the like stands before a name in its clause."""
    words = stretch.chinese.words
    if before in words["qualifiers"]:
        return True
    led = before.endswith(words["openers"]) or TIME.search(before) or stretch.chinese.qualifier.search(before)
    return not before or (bool(led) and not governed(before, stretch))


def governed(before: str, stretch: Stretch) -> bool:
    """Return whether the word right before a name governs it."""
    words = stretch.chinese.words
    return before.endswith(words["prepositions"]) and not before.endswith(words["no_prepositions"])


def is_topic(stretch: Stretch, before: str, behind: str) -> bool:
    """Return whether a name is what the clause is about (对于中方，)."""
    words = stretch.chinese.words
    return before in words["topics"] and (not behind or behind in words["topic_ends"])


def is_ours(group: Group, behind: str, groups: Sequence[Group]) -> bool:
    """Return whether a word for the authors only says whose somebody named later is (两国的专家)."""
    return group[-1].type == "authors" and behind.startswith(OF) and group is not groups[-1]


def is_attribute(stretch: Stretch, group: Group, behind: str) -> bool:
    """Return whether what stands behind a name makes it an attribute (美国公司, 美国的政策)."""
    words = stretch.chinese.words
    if behind in {"", OF} or group[-1].type == "authors":
        return False
    if behind.startswith(OF):
        return not behind.startswith(words["representatives"], 1)
    if behind.startswith((*words["representatives"], *words["after_subject"])) or behind.endswith(
        words["officials"]
    ):
        return False
    return behind.startswith(words["modified_nouns"]) and group[-1].type in STATES
