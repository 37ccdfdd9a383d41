"""Who the subject of an English clause names, read from the words before its trigger.

Of the names and pronouns in that stretch the subject is the last group that opens a clause and is neither
governed by a preposition, nor a possessive, nor a mere attribute of the noun behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from dragoman.extract.context import Context
from dragoman.extract.mentions import Mention, alternatives, mentions_in
from dragoman.extract.view import View
from dragoman.model import Language

Words = dict[str, tuple[str, ...]]

BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|—[^—]{12,}—")
POSSESSIVE = re.compile(r"['’](?:s\b|(?=\s))")
LAST_WORD = re.compile(r"([\w’'-]+)\s*$")
NEXT = re.compile(r"\s*([\w’'-]+)")
SIGN_BEFORE = re.compile(r"(?:^|[,.;:—–\d”\"(]|\s-)\s*$")
CLAUSE_BREAK = re.compile(
    r"[,;:—–]\s|(?<![A-Z])\.\s+(?=[A-Z])|\bthat\s|\bwhich\s|\bwho\s|\bwhere\s|\bwhile\s|\bas\s(?=we\b|they\b|the\b)"
)
TRAILING = re.compile(
    r"(?:\s|\b(?:also|both|further|therefore|jointly|each|then|\w+ly|have|has|had|is|are|was|were|be|been|to|not|again|already|will|shall|may|must|should)\b)+$",
    re.IGNORECASE,
)
DETERMINED = re.compile(r"\b(?:an?|the)\s+(?:new\s+)?((?:[\w’'&.-]+\s+){0,9}[\w’'&.-]+)\s*$", re.IGNORECASE)
FULL_STATE = re.compile(r"\bthe\s+$", re.IGNORECASE)


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


class Patterns(NamedTuple):
    """The words of the data as patterns."""

    authors: re.Pattern[str]
    coordination: re.Pattern[str]
    articles: re.Pattern[str]
    heads: re.Pattern[str]


@cache
def patterns_of(
    authors: tuple[str, ...], joiners: tuple[str, ...], articles: tuple[str, ...], heads: tuple[str, ...]
) -> Patterns:
    """Return the patterns of some words."""
    return Patterns(
        re.compile(rf"\b(?:{alternatives(authors)})\b|(?-i:\bI\b)(?=\s[a-z])", re.IGNORECASE),
        re.compile(rf"[\s,/]*(?:(?:{alternatives(joiners)})\b[\s,]*)*", re.IGNORECASE),
        re.compile(rf"(?:\b(?:{alternatives(articles)})\s+)+$", re.IGNORECASE),
        re.compile(
            rf"(?:(?!(?:in|with|of|by|for|to|at)\b)[\w-]+\s+){{0,4}}\b(?:{alternatives(heads)})\s+(?:of|from)\s+$",
            re.IGNORECASE,
        ),
    )


def patterns_in(words: Words) -> Patterns:
    """Return the patterns of the words of the data."""
    return patterns_of(
        words["authors"] + words["leaders"], words["coordination"], words["articles"], words["heads_of"]
    )


def subject_names(view: View, start: int, end: int, context: Context) -> list[Mention]:
    """Return who the words between two offsets name as the subject, [] where they name nobody who acts.

    Args:
        view: the sentence, or the stem, in which the words stand.
        start, end: from the start of the clause or of its subject to the trigger.
        context: of the document.
    """
    words = context.lexicon.actors.words[Language.EN]
    text = blanked(view.text, start, end)
    patterns = patterns_in(words)
    aside = aside_start(text, start, view, words, context)
    if aside is not None:
        shortened = subject_names(view, start, aside, context)
        if shortened:
            return shortened
    mentions = [m for m in mentions_in(view, start, end, context) if text[m.start - start] != " "]
    relative = relative_antecedent(text, start, end, mentions, words, context)
    if relative is not None:
        return relative
    mentions += [
        Mention(m.start() + start, m.end() + start, m.group().lower(), "authors", "authors")
        for m in patterns.authors.finditer(text)
    ]
    mentions.sort()
    groups = grouped(text, start, mentions, patterns)
    chosen = chosen_group(text, start, groups, words, patterns)
    tail = tail_start(text)
    if chosen is None or chosen.end - start <= tail:
        phrase = last_phrase(text, start, tail, view, words, patterns, context)
        if phrase is not None and not (chosen and phrase[0].type == "previous"):
            return phrase
    return [*chosen.mentions, *joined_phrase(text, start, chosen, words)] if chosen else []


def aside_start(text: str, start: int, view: View, words: Words, context: Context) -> int | None:
    """Return where an aside between a subject and its verb starts ("the Secretary, in consultation with X,")."""
    if not text.rstrip().endswith(",") and ASIDE_END.search(text) is None:
        return None
    match = aside_pattern(words["asides"]).search(text)
    return start + match.start() if match and match.start() > 0 else None


ASIDE_END = re.compile(
    r",\s(?:including|such as)\s[^,]*$|,[^,]*\b(?:and|or)\s[^,]*$|,\s*(?:also|jointly|periodically|further|\w+ly)?\s*$"
)


@cache
def aside_pattern(asides: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of a comma with words that open an aside."""
    return re.compile(rf",\s+(?:{alternatives(asides)})\b", re.IGNORECASE)


def joined_phrase(text: str, start: int, group: Group, words: Words) -> list[Mention]:
    """Return an actor without a name of its own that "and" joins to a group ("members and insurance bodies")."""
    match = re.match(
        r"(?:\s[\w-]+)?,?\s+and\s+([a-z][\w -]{3,60}?)\s*$", TRAILING.sub("", text[group.end - start :])
    )
    if match is None or not acts(match.group(1), words):
        return []
    first = group.end + match.start(1)
    return [Mention(first, first + len(match.group(1)), match.group(1), "unknown", "named")]


def blanked(text: str, start: int, end: int) -> str:
    """Return a stretch of a text with what stands in brackets as blanks, offsets kept."""
    return BRACKETS.sub(lambda match: " " * len(match.group()), text[start:end].replace("\n", " "))


def grouped(text: str, start: int, mentions: Sequence[Mention], patterns: Patterns) -> list[Group]:
    """Return the names in groups: those with nothing but commas and conjunctions between them."""
    groups: list[Group] = []
    for mention in mentions:
        if groups and mention.start < groups[-1].end:
            continue
        if groups and patterns.coordination.fullmatch(text, groups[-1].end - start, mention.start - start):
            groups[-1] = Group((*groups[-1].mentions, mention))
        else:
            groups.append(Group((mention,)))
    return groups


def chosen_group(text: str, start: int, groups: Sequence[Group], words: Words, patterns: Patterns) -> Group | None:
    """Return the last group that can be a subject and opens a clause, else the first that can be one."""
    able = [group for group in groups if can_act(text, start, group, words, patterns)]
    for group in reversed(able):
        if opens_clause(text, group.start - start, words, patterns):
            return group
        later = behind_comma(text, start, group)
        if later is not None:
            return later
    for group in able:
        if not is_governed(text, group.start - start, words, patterns):
            return group
    agents = [group for group in able if MADE_BY.search(text, 0, group.start - start)]
    return agents[0] if agents else possessor(text, start, groups)


MADE_BY = re.compile(r"\b\w+ed\s+by\s+(?:the\s+)?$", re.IGNORECASE)
"""What makes a name behind it the agent of a participle ("proposals selected by the Secretary")."""


def behind_comma(text: str, start: int, group: Group) -> Group | None:
    """Return the names of a group behind its first comma, where a preposition governs the one before it.

    "Within the Working Group, the United States and the European Union" is no list of three.
    """
    for index, (one, two) in enumerate(zip(group.mentions, group.mentions[1:], strict=False), start=1):
        if "," in text[one.end - start : two.start - start]:
            return Group(group.mentions[index:])
    return None


def possessor(text: str, start: int, groups: Sequence[Group]) -> Group | None:
    """Return the last group where it owns the trigger itself ("the Department's pledge to")."""
    if groups and re.fullmatch(r"['’]s?\s*", text[groups[-1].end - start :]):
        return groups[-1]
    return None


def can_act(text: str, start: int, group: Group, words: Words, patterns: Patterns) -> bool:
    """Return whether a group is neither a possessive nor an attribute of the noun behind it."""
    end = group.end - start
    if POSSESSIVE.match(text, end) or text.startswith("-", end) or text[: group.start - start].endswith("-"):
        return False
    following = NEXT.match(text, end)
    if following is None or group.mentions[-1].type == "authors":
        return True
    if group.mentions[-1].type == "office" and following.group(1)[0].isupper():
        return True
    if not text[end : following.start(1)].isspace():
        return True
    word = following.group(1)
    if word.lower() in words["after_subject"] or word.endswith("ly"):
        return True
    rest = text[following.start(1) :].lower()
    if rest.startswith(words["representatives"]):
        return True
    if word[0].isupper():
        return False
    return is_verb(text, following, group, start)


def is_verb(text: str, following: re.Match[str], group: Group, start: int) -> bool:
    """Return whether the word behind a name is its verb and no noun that it qualifies."""
    after = NEXT.match(text, following.end())
    if text[: group.end - start].endswith(GOVERNING) and following.group(1).endswith("s"):
        return True
    closed = after is not None and after.group(1).lower() in CLOSED
    named_in_full = bool(FULL_STATE.search(text, 0, group.start - start)) or group.mentions[-1].type == "office"
    word = following.group(1)
    return closed and (named_in_full or word.endswith(("ed", "es", "s")))


GOVERNING = ("dministration", "overnment")
"""Ends of names that no noun follows."""
CLOSED = frozenset("the a an to our its their that this these those in on with for and all new its each".split())
"""Words that follow a verb rather than a noun."""


def opens_clause(text: str, offset: int, words: Words, patterns: Patterns) -> bool:
    """Return whether nothing but a conjunction, an adverb or a date stands before a group in its clause."""
    before = patterns.articles.sub("", text[:offset])
    head = patterns.heads.search(before)
    if head is not None:
        before = patterns.articles.sub("", before[: head.start()])
    if SIGN_BEFORE.search(before):
        return True
    word = LAST_WORD.search(before)
    return bool(word) and (word.group(1).lower() in words["openers"] or word.group(1).lower().endswith("ly"))


def is_governed(text: str, offset: int, words: Words, patterns: Patterns) -> bool:
    """Return whether a preposition governs a group."""
    before = patterns.articles.sub("", text[:offset])
    word = LAST_WORD.search(before)
    return bool(word) and (
        word.group(1).lower() in words["prepositions"] or word.group(1).lower().endswith(("ing", "ed"))
    )


def tail_start(text: str) -> int:
    """Return where the last clause of a stretch starts: after its last sign or relative word."""
    last = 0
    for match in CLAUSE_BREAK.finditer(text):
        if text[match.end() :].strip():
            last = match.end()
    return last


def relative_antecedent(
    text: str, start: int, end: int, mentions: Sequence[Mention], words: Words, context: Context
) -> list[Mention] | None:
    """Return the noun that a relative pronoun right before the trigger takes up, None without one."""
    stripped = TRAILING.sub("", text)
    match = re.search(r",?\s(that|who|which)$", stripped, re.IGNORECASE)
    if match is None:
        return None
    end = match.start()
    if mentions and mentions[-1].end - start >= end - 1:
        return [mentions[-1]]
    phrases = DETERMINED.search(stripped, 0, end)
    if phrases is None:
        return None
    name = phrases.group(1)
    while (shorter := DETERMINED.search(name)) is not None:
        name = shorter.group(1)
    if acts(name, words):
        first = start + phrases.start(1) + phrases.group(1).rfind(name)
        return [Mention(first, first + len(name), name, "unknown", "relative")]
    return None


def acts(name: str, words: Words) -> bool:
    """Return whether the head noun of a phrase is one that can act."""
    head = HEAD_END.split(name.lower(), maxsplit=1)[0].rstrip()
    return bool(head) and (head.rsplit(maxsplit=1)[-1] in words["actor_nouns"] or head.endswith(TWO_WORD_BODIES))


HEAD_END = re.compile(
    r"\s(?:of|on|for|in|with|to|from|under|at|by|and|likely|developing|subject|responsible|selected|issued|jointly)\s"
)
"""What ends the head of a noun phrase."""
TWO_WORD_BODIES = ("task force", "working group")


def last_phrase(
    text: str, start: int, tail: int, view: View, words: Words, patterns: Patterns, context: Context
) -> list[Mention] | None:
    """Return who the noun phrase of the last clause names where no name does, None where it names nobody.

    [] says that the phrase is a subject of its own, so that an earlier name is not the subject.
    """
    phrase = TRAILING.sub("", text[tail:]).strip()
    first = start + tail + text[tail:].find(phrase)
    bare = re.sub(rf"^(?:(?:{alternatives(words['openers'])})\s+)+", "", phrase, flags=re.IGNORECASE)
    first += len(phrase) - len(bare)
    plain = bare.lower()
    if not plain:
        return None
    if plain.startswith(words["order"]):
        return [Mention(first, first + len(bare), "order", "authors", "order")]
    if plain in words["government"] and context.home:
        return [Mention(first, first + len(bare), context.home, "state", "government")]
    if plain in words["speaker"]:
        return [Mention(first, first + len(bare), "i", "authors", "speaker")]
    if plain in words["of_body"] and context.body:
        return [Mention(first, first + len(bare), context.body, "body", "of-body")]
    if (plain in words["members"] or plain.endswith(" members")) and len(context.authors) == 1:
        return [Mention(first, first + len(bare), "members", "authors", "members")]
    if plain in words["previous"]:
        return [Mention(first, first + len(bare), plain, "previous", "previous")]
    name = re.sub(rf"^(?:(?:{alternatives(words['articles'])})\s+)+", "", bare, flags=re.IGNORECASE)
    if not acts(name, words):
        return None
    if plain.startswith(POINTING) and not name.title().endswith(words["body_nouns"]):
        return None
    taken_up = antecedent(name, view, first, context) if name != bare else None
    if taken_up:
        return [taken_up]
    return [Mention(first, first + len(bare), each, "unknown", "named") for each in unknown_names(name)]


def unknown_names(name: str) -> list[str]:
    """Return a noun phrase as the name of an actor that the register does not know.

    "Working Groups on X and on Y" names two.
    """
    plain = re.sub(r"\b(?:our|its|their)\s+", "", QUALIFIED.split(name)[0]).strip()
    if plain[1:].islower():
        plain = plain.lower()
    several = SEVERAL.fullmatch(plain)
    if several is not None:
        return [f"{several.group(1)} on {several.group(2)}", f"{several.group(1)} on {several.group(3)}"]
    return [plain]


QUALIFIED = re.compile(r",|\s(?:who|that|which|in|from|operating|likely|including|through|subject|jointly)\s")
"""What cuts the name of an actor that is taken as named."""
POINTING = ("this ", "these ", "such ")
SEVERAL = re.compile(r"(.*[A-Z]\w+)s on (.+?),? and on (.+)")


def antecedent(name: str, view: View, first: int, context: Context) -> Mention | None:
    """Return the body that "the Task Force", "this group" takes up, None where the text named none.

    The nearest before, else one in the same sentence: a name in capitals that ends in the noun or holds it
    ("Roundtable on Inclusion"), else a phrase with a further word to it ("group of technical experts").
    """
    wanted = re.sub(r"^(?:new|newly formed)\s+", "", name.strip())
    if len(wanted.split()) > MOST_TAKEN_UP:
        return None
    before, behind = view.text[max(0, first - REACH) : first], view.text[first : view.end]
    place = (first, first + len(wanted))
    for found in (full_names(wanted, before), full_names(wanted, behind)):
        if found:
            known = context.lexicon.actors.canonical(found[-1])
            kind = context.lexicon.actors.type_of(known) if known else "unknown"
            return Mention(*place, known or found[-1], kind, "antecedent")
    phrases = longer_phrases(wanted.lower(), before)
    return Mention(*place, phrases[-1], "unknown", "antecedent") if phrases else None


def full_names(wanted: str, text: str) -> list[str]:
    """Return the names in capitals of which a phrase is the head noun."""
    head = re.escape(wanted.title())
    pattern = rf"((?:[A-Z][\w.&’'-]*\s+(?:(?:for|of|on|and|in|the|to)\s+){{0,2}}){{1,8}}{head}\b(?:\s(?:on|for)\s(?:[A-Z]\w+|and|of|the|,)(?:\s(?:[A-Z]\w+|and|of))*)?)(?!\s+[A-Z])"
    return [LEADING_WORDS.sub("", name) for name in re.findall(pattern, text)]


LEADING_WORDS = re.compile(r"^(?:(?:The|A|An|This|In|Through|Within|By|Today|Via|Under)\s+)+")
MOST_TAKEN_UP = 3
"""Words at most of a phrase that may take up a longer name."""
REACH = 2500
"""Characters back to which the body that a phrase takes up is looked for."""
DETERMINERS = frozenset(
    "the a an this that these those our its their of in to for and or with by on each any all such dedicated "
    "three two four as new from other both relevant".split()
)
"""Words that do not belong to the name of a body when they stand before it."""


def longer_phrases(noun: str, text: str) -> list[str]:
    """Return the phrases in small letters that have a noun for their head and a further word to it."""
    pattern = rf"\b((?:[\w-]+\s){{0,2}}{re.escape(noun)}(?:\sof\s[a-z-]+(?:\s[a-z-]+s\b)?)?)"
    found = []
    for phrase in re.findall(pattern, text):
        parts = phrase.split()
        while parts and parts[0].lower() in DETERMINERS:
            parts.pop(0)
        if len(parts) > len(noun.split()):
            found.append(" ".join(parts))
    return found
