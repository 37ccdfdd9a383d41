"""Who the subject of an English clause names, read from the words before its trigger.

Of the names and pronouns in that stretch the subject is the last group that opens a clause and is neither
governed by a preposition, nor a possessive, nor a mere attribute of the noun behind it. Where no name stands
in the last clause its noun phrase is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from dragoman.extract.classes_en import all_classes
from dragoman.extract.context import Context
from dragoman.extract.en.words import load_words
from dragoman.extract.mentions import Mention, mentions_in
from dragoman.extract.phrases_en import acts, phrase_names, stands_for
from dragoman.extract.view import View
from dragoman.extract.who_words import EnglishWords, english_words

BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|—[^—]{12,}—")
POSSESSIVE = re.compile(r"['’](?:s\b|(?=\s))")
OWNING = re.compile(r"['’]s?\s*")
OWNED_PAPER = re.compile(r"['’]s?\s(?:[a-z-]+\s){0,2}([a-z]+)\s*")
LAST_WORD = re.compile(r"([\w’'-]+)\s*$")
NEXT = re.compile(r"\s*([\w’'-]+)")
SIGN_BEFORE = re.compile(r"(?:^|[,.;:—–\d”\"(]|\s-)\s*$")
CLAUSE_BREAK = re.compile(
    r"[,;:—–]\s|(?<![A-Z])\.\s+(?=[A-Z])|\b(?:that|which|who|where|while)\s|\bas\s(?=we\b|they\b|the\b)"
)
RELATIVE = re.compile(r",?\s(?:that|who|which)$", re.IGNORECASE)
DETERMINED = re.compile(r"\b(?:an?|the)\s+(?:new\s+)?((?:[\w’'&.-]+\s+){0,9}[\w’'&.-]+)\s*$", re.IGNORECASE)
SPEAKER = re.compile(r"\bI\b(?=\s[a-z])")
FULL_TITLE = re.compile(r"[A-Z]\w+(?: [A-Z]\w+)? (?:of|for) (?:the )?[A-Z]")
"""A title in full behind the name of its state ("the Malta Minister for Ports"), which names the office."""
FULL_STATE = re.compile(r"\bthe\s+$", re.IGNORECASE)
ASIDE_END = re.compile(
    r",(?:\s(?:including|such as)\s[^,]*|[^,]*\b(?:and|or)\s[^,]*|\s*(?:\w+ly|also|further)?\s*)$"
)
"""The last comma of a stretch, where an aside may end with the stretch."""
RELATIVES = ("that", "who", "which")
LONGEST_RELATIVE = len("which")
PHRASE = 120
"""Characters of the longest noun phrase that a relative pronoun takes up."""
NEAR = 80
"""Characters before a name that are looked at to see what governs it."""
JOINED_PHRASE = re.compile(r"(?:\s[\w-]+)?,?\s+and\s+(?:the\s+)?([A-Za-z][\w -]{3,60}?)\s*$")
MADE_BY = re.compile(r"\b\w+ed\s+by\s+(?:the\s+)?$", re.IGNORECASE)
"""What makes a name behind it the agent of a participle ("proposals selected by the Secretary")."""


FRONTED_TIME = re.compile(
    r"(?:earlier\s|later\s)?(?:last|this|next|that)\s(?:week|month|year|quarter|spring|summer|autumn|fall|winter"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\s(?=(?:the|an?)\s)",
    re.IGNORECASE,
)
"""A time that opens a sentence before its subject ("Last week the ministry")."""


class Group(NamedTuple):
    """Names that stand side by side: "the United States and the United Kingdom"."""

    mentions: tuple[Mention, ...]

    @property
    def start(self) -> int:
        """Offset of the first name."""
        return self.mentions[0].start

    @property
    def end(self) -> int:
        """Offset after the last name."""
        return self.mentions[-1].end


class Stretch(NamedTuple):
    """A stretch of a sentence; the offsets of its mentions count from its start.

    Attributes:
        text: its words, brackets blanked.
        start: its offset in the document.
        view: the sentence.
        english: words of the data.
        context: of the document.
    """

    text: str
    start: int
    view: View
    english: EnglishWords
    context: Context

    def mentions(self) -> list[Mention]:
        """Return the actors named in it, those in brackets left out."""
        text, start = self.text, self.start
        found = mentions_in(self.view, start, start + len(text), self.context)
        return [mention.moved(-start) for mention in found if text[mention.start - start] != " "]


def stretch_of(view: View, start: int, end: int, context: Context) -> Stretch:
    """Return a stretch of a sentence, what stands in brackets as blanks."""
    text = view.text[start:end].replace("\n", " ")
    if "(" in text or "[" in text or "—" in text:
        text = BRACKETS.sub(lambda match: " " * len(match.group()), text)
    return Stretch(text, start, view, english_words(context.lexicon.actors), context)


def subject_names(view: View, start: int, end: int, context: Context) -> list[Mention]:
    """Return who the words between two offsets name as the subject, [] where they name nobody who acts.

    Args:
        view: the sentence, or the stem, in which the words stand.
        start: of the clause or of its subject.
        end: where the trigger starts.
        context: of the document.
    """
    stretch = without_channels(stretch_of(view, start, end, context))
    aside = aside_start(stretch)
    if aside is not None:
        shortened = subject_names(view, start, start + aside, context)
        if shortened:
            return shortened
    return [mention.moved(start) for mention in subject_in(stretch)]


CHANNEL = re.compile(r"(?:,\s(?:acting\s)?through|\s(?:with respect to|on behalf of))\s[^,;]+(?=[,;])")
"""In a list of subjects: through whom or for what one acts ("the Secretary, through the Director, and")."""


def without_channels(stretch: Stretch) -> Stretch:
    """Return a stretch with blanks for what is said of one member of a list of subjects."""
    return stretch._replace(text=CHANNEL.sub(lambda match: " " * len(match.group()), stretch.text))


def subject_in(stretch: Stretch) -> list[Mention]:
    """Return who a stretch without an aside at its end names as the subject."""
    mentions = stretch.mentions()
    relative = relative_antecedent(stretch, mentions)
    if relative is not None:
        return [relative]
    groups = grouped(stretch, sorted([*mentions, *author_words(stretch)]))
    chosen = examples(stretch, groups) or chosen_group(stretch, groups)
    tail = tail_start(stretch.text)
    if chosen is None or chosen.end <= tail:
        phrase = all_classes(stretch.text, tail, last_phrase(stretch, tail), stretch.english)
        if phrase and not (chosen and phrase[0].type == "previous"):
            return phrase
    return [*chosen.mentions, *joined_phrase(stretch, chosen)] if chosen else []


EXAMPLES = re.compile(r"(?:^|[,;]\s)(?:[\w-]+\s){1,3}(?:including|such as|like)\s(?:the\s)?$")
"""What stands before the names of some of a class that acts ("Companies including Intel and Micron")."""


AND_SUCH = re.compile(r",?\s(?:and|or)\s(?:[\w-]+\s){1,3}(?:including|such as|like)\s(?:the\s)?")
"""What joins examples of a class to a name before it ("the Union and countries such as Canada")."""


def examples(stretch: Stretch, groups: Sequence[Group]) -> Group | None:
    """Return the firms or agencies named as examples of the class that is the whole subject, else None."""
    last = groups[-1] if groups else None
    if last is None or without_trailing(stretch.text[last.end :], stretch.english).strip(" ,"):
        return None
    before = stretch.text[: last.start]
    if EXAMPLES.search(before) and acts(before.split(maxsplit=1)[0], stretch.english):
        return last
    joined = len(groups) > 1 and AND_SUCH.fullmatch(stretch.text, groups[-2].end, last.start)
    return Group((*groups[-2].mentions, *last.mentions)) if joined else None


def author_words(stretch: Stretch) -> list[Mention]:
    """Return the words of a stretch that stand for the authors."""
    text = stretch.text
    found = [match.span() for match in stretch.english.authors.finditer(text.lower())]
    found += [match.span() for match in SPEAKER.finditer(text)] if "I " in text else []
    return [
        Mention(first, last, text[first:last].lower(), "authors", "authors")
        for first, last in found
        if not first or not text[first - 1].isalnum()
    ]


def aside_start(stretch: Stretch) -> int | None:
    """Return where an aside between a subject and its verb starts ("the Secretary, in consultation with X,")."""
    comma = stretch.text.rfind(",")
    if comma < 0 or ASIDE_END.match(stretch.text, comma) is None:
        return None
    match = stretch.english.aside.search(stretch.text)
    return match.start() if match and match.start() > 0 else None


def grouped(stretch: Stretch, mentions: Sequence[Mention]) -> list[Group]:
    """Return the names in groups: those with nothing but commas and conjunctions between them."""
    groups: list[Group] = []
    joins = stretch.english.coordination
    for mention in mentions:
        if groups and mention.start < groups[-1].end:
            continue
        if groups and joins.fullmatch(stretch.text, groups[-1].end, mention.start):
            groups[-1] = Group((*groups[-1].mentions, mention))
        else:
            groups.append(Group((mention,)))
    return groups


def chosen_group(stretch: Stretch, groups: Sequence[Group]) -> Group | None:
    """Return the last group that can be a subject and opens a clause, else the first that can be one."""
    able = [group for group in groups if can_act(stretch, group)]
    for group in reversed(able):
        if opens_clause(stretch, group.start):
            return group
        later = behind_comma(stretch.text, group)
        if later is not None:
            return later
    free = [group for group in able if not is_governed(stretch, group.start)]
    agents = [group for group in able if MADE_BY.search(stretch.text, 0, group.start)]
    return next(iter([*free, *agents]), None) or possessor(stretch, groups)


def behind_comma(text: str, group: Group) -> Group | None:
    """Return the names of a group behind its first comma, where a preposition governs the one before it.

    "Within the Working Group, the United States and the European Union" is no list of three.
    """
    for index, (one, two) in enumerate(pairwise(group.mentions), start=1):
        if "," in text[one.end : two.start]:
            return Group(group.mentions[index:])
    return None


def possessor(stretch: Stretch, groups: Sequence[Group]) -> Group | None:
    """Return the last group where it owns the trigger itself ("the Department's pledge to").

    Also where it owns the paper that is the subject, and opens its clause ("agencies' policies must").
    """
    if not groups:
        return None
    last, text = groups[-1], stretch.text
    owned = OWNED_PAPER.fullmatch(text, last.end)
    paper = owned is not None and owned[1].lower() in stretch.english.sets["products"]
    fits = OWNING.fullmatch(text, last.end) or (paper and opens_clause(stretch, last.start))
    return last if fits else None


def can_act(stretch: Stretch, group: Group) -> bool:
    """Return whether a group is neither a possessive nor an attribute of the noun behind it."""
    text, end, last = stretch.text, group.end, group.mentions[-1]
    if POSSESSIVE.match(text, end) or text.startswith("-", end) or text.endswith("-", 0, group.start):
        return False
    following = NEXT.match(text, end)
    if following is None or last.type == "authors" or not text[end : following.start(1)].isspace():
        return True
    word, words = following.group(1), stretch.english.words
    is_group = last.type == "group" and word in stretch.english.sets["group_nouns"]
    if is_group or word.lower() in stretch.english.sets["after_subject"] or is_adverb(word):
        return True
    titled = FULL_TITLE.match(text, following.start(1)) is not None
    if not titled and text[following.start(1) :].lower().startswith(words["representatives"]):
        return True
    if word[0].isupper():
        return last.type == "office"
    return is_verb(stretch, group, following)


def is_adverb(word: str) -> bool:
    """Return whether a word ends as an adverb does and is none of the nouns that do: "US supply", "a family"."""
    return word.endswith("ly") and word[0].islower() and word not in load_words().classes["not_adverb"]


def is_verb(stretch: Stretch, group: Group, following: re.Match[str]) -> bool:
    """Return whether the word behind a name is its verb and no noun that it qualifies."""
    text, word, words = stretch.text, following.group(1), stretch.english.words
    if word.endswith("s") and text.endswith(words["governing"], 0, group.end):
        return True
    after = NEXT.match(text, following.end())
    closed = after is not None and after.group(1).lower() in stretch.english.sets["behind_verb"]
    in_full = FULL_STATE.search(text, 0, group.start) is not None or group.mentions[-1].type == "office"
    several = in_full and len(group.mentions) > 1 and word.endswith("ed")
    return several or (closed and (in_full or word.endswith(("ed", "es", "s"))))


def opens_clause(stretch: Stretch, offset: int) -> bool:
    """Return whether nothing but a conjunction, an adverb or a date stands before a group in its clause."""
    english = stretch.english
    before = without_articles(stretch.text[max(0, offset - NEAR) : offset], english)
    head = english.heads.search(f"{before} ") if before.endswith(("of", "from")) else None
    if head is not None:
        before = without_articles(before[: head.start()], english)
    if SIGN_BEFORE.search(before):
        return True
    word = last_word(before)
    return word in english.sets["openers"] or word.endswith("ly")


def is_governed(stretch: Stretch, offset: int) -> bool:
    """Return whether a preposition governs a group."""
    word = last_word(without_articles(stretch.text[max(0, offset - NEAR) : offset], stretch.english))
    return word in stretch.english.sets["prepositions"] or word.endswith(("ing", "ed"))


def without_trailing(text: str, english: EnglishWords) -> str:
    """Return a text without the adverbs and auxiliaries at its end."""
    end = len(text.rstrip())
    while end:
        start = text.rfind(" ", 0, end) + 1
        word = text[start:end].lower()
        if word not in english.sets["before_verb"] and not is_adverb(word):
            break
        end = len(text[:start].rstrip())
    return text[:end]


def without_articles(text: str, english: EnglishWords) -> str:
    """Return a text without the articles at its end, one blank between its words."""
    parts = text.split()
    while parts and parts[-1].lower() in english.sets["articles"]:
        parts.pop()
    return " ".join(parts)


def last_word(text: str) -> str:
    """Return the last word of a text in small letters, "" without one."""
    match = LAST_WORD.search(text)
    return match.group(1).lower() if match else ""


def tail_start(text: str) -> int:
    """Return where the last clause of a stretch starts: after its last sign or relative word."""
    for first in dict.fromkeys((max(0, len(text) - LAST_CLAUSE), 0)):
        starts = [match.end() for match in CLAUSE_BREAK.finditer(text, first)]
        for start in reversed(starts):
            if text[start:].strip():
                return start
    return 0


LAST_CLAUSE = 120
"""Characters at the end of a stretch in which its last clause mostly starts; only else is it read whole."""


def relative_antecedent(stretch: Stretch, mentions: Sequence[Mention]) -> Mention | None:
    """Return the noun that a relative pronoun right before the trigger takes up, None without one."""
    stripped = without_trailing(stretch.text, stretch.english)
    if not stripped[-LONGEST_RELATIVE:].lower().endswith(RELATIVES):
        return None
    match = RELATIVE.search(stripped, max(0, len(stripped) - NEAR))
    if match is None:
        return None
    end = match.start()
    if mentions and mentions[-1].end >= end - 1:
        return mentions[-1]
    phrase = DETERMINED.search(stripped, max(0, end - PHRASE), end)
    if phrase is None:
        return None
    name = phrase.group(1)
    while (shorter := DETERMINED.search(name)) is not None:
        name = shorter.group(1)
    first = phrase.end(1) - len(name)
    return Mention(first, first + len(name), name, "unknown", "relative") if acts(name, stretch.english) else None


def last_phrase(stretch: Stretch, tail: int) -> list[Mention]:
    """Return who the noun phrase of the last clause names where no name does, [] where it names nobody."""
    english = stretch.english
    phrase = without_trailing(stretch.text[tail:], english).strip()
    opener = english.openers.match(phrase)
    bare = phrase[opener.end() :] if opener else phrase
    fronted = FRONTED_TIME.match(bare)
    bare = bare[fronted.end() :] if fronted else bare
    if not bare:
        return []
    first = stretch.text.index(bare, tail)
    known = stands_for(bare, first, english, stretch.context)
    if known is not None:
        return [known]
    offset = stretch.start
    named = phrase_names(bare, first + offset, stretch.view, english, stretch.context)
    return [mention.moved(-offset) for mention in named]


def joined_phrase(stretch: Stretch, group: Group) -> list[Mention]:
    """Return an actor without a name of its own that "and" joins to a group ("members and insurance bodies")."""
    match = JOINED_PHRASE.match(without_trailing(stretch.text[group.end :], stretch.english))
    if match is None or not acts(match.group(1), stretch.english):
        return []
    first, context = group.end + match.start(1), stretch.context
    name = context.lexicon.actors.canonical(match.group(1), context.home) or match.group(1)
    return [Mention(first, first + len(match.group(1)), name, "unknown", "named")]
