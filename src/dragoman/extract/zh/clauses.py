"""A Chinese sentence as the grammar reads it: its words with their roles, cut into segments at the commas.

What stands in titles and brackets is left out, as is a quoted name; quoted speech is read like the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from dragoman.extract.candidate import Span
from dragoman.extract.view import View
from dragoman.extract.zh.tables import load_tables
from dragoman.lexicon import Hit

Groups = Mapping[str, Mapping[str, Any]]
"""Attributes of each group of cues."""

NO_DATA: Mapping[str, Any] = {}
SPEECH_LENGTH = 12
"""A quotation of this many characters after a comma, colon or verb of saying is speech, a shorter one a name."""

BREAKS = ("comma", "semicolon", "colon", "stop")
BLANKS = " \t\r\n\u3000\xa0"


class Token(NamedTuple):
    """A word of the sentence that the grammar knows.

    Attributes:
        start, end: offsets in the document.
        role: what it does in a clause ("trigger", "verb", "preposition", "agent", ...); "name" for an actor.
        group: its group in the lexicon.
        data: the group's attributes.
    """

    start: int
    end: int
    role: str
    group: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch between two signs.

    Attributes:
        start, end: without the sign and surrounding blanks.
        tokens: the known words in it.
        closed_by: role of the sign that ends it, "" at the sentence's end.
    """

    start: int
    end: int
    tokens: tuple[Token, ...]
    closed_by: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence with its segments and the titles and quoted names that were left out of them.

    `asked` keeps what was asked of the whole sentence, by a name; its finds all ask the same.
    """

    view: View
    segments: tuple[Segment, ...]
    titles: tuple[Span, ...]
    quotes: tuple[Span, ...]
    asked: dict[str, bool] = field(default_factory=dict, compare=False)

    def words(self, start: int, end: int) -> str:
        """Return a stretch of the text."""
        return self.view.text[start:end]


def parse(view: View, groups: Groups, *, news: bool = False) -> Parsed:
    """Return the sentence cut into segments; 会 is what one says one will do, in `news` also what one will do."""
    tokens = tokens_of(view, groups)
    tokens, titles, quotes = outside(view, tokens)
    tokens = mended(view, tokens, groups)
    if WILL in view.own:
        tokens = [willed(view.text, tokens, index, groups, news=news) for index in range(len(tokens))]
    return Parsed(view, tuple(segments_of(view, tokens)), tuple(titles), tuple(quotes))


def willed(text: str, tokens: Sequence[Token], index: int, groups: Groups, *, news: bool) -> Token:
    """Return a token, 会 between somebody and his act as what he will do ("政府会设立…", "「小组」会研究…")."""
    token = tokens[index]
    if text[token.start : token.end] != WILL or index + 1 == len(tokens) or tokens[index + 1].start != token.end:
        return token
    at = index - 1
    start = token.start
    while at >= 0 and tokens[at].role == "adverb" and tokens[at].end == start:
        start, at = tokens[at].start, at - 1
    before = tokens[at] if at >= 0 and tokens[at].end == start else None
    headed = before is not None and before.data.get("class") == "speech"
    if news and not headed:
        headed = text[start - 1] in QUOTED or (before is not None and before.role in WHO)
    if not headed or tokens[index + 1].role not in {"verb", "adverb", "preposition"}:
        return token
    return Token(token.start, token.end, "trigger", FUTURE, groups[FUTURE])


WILL, FUTURE = "会", "future"
QUOTED = "」”》"
WHO = ("name", "agent")
"""Roles of words that name somebody who can act."""


def tokens_of(view: View, groups: Groups) -> list[Token]:
    """Return the sentence's cues and actors' names in order; a cue inside a name is part of the name."""
    tokens = [Token(name.start, name.end, "name", "name", NO_DATA) for name in view.names]
    names = iter(view.names)
    name = next(names, None)
    for hit in view.cues:
        while name and name.end <= hit.start:
            name = next(names, None)
        if name and name.start < hit.end:
            continue
        token = token_of(hit, groups)
        if token:
            tokens.append(token)
    tokens.sort()
    return tokens


def token_of(hit: Hit, groups: Groups) -> Token | None:
    """Return the token of a cue, None where no group of this grammar holds it."""
    for phrase in hit.phrases:
        data = groups[phrase.group]
        if "role" in data:
            return Token(hit.start, hit.end, data["role"], phrase.group, data)
    return None


def outside(view: View, tokens: Sequence[Token]) -> tuple[list[Token], list[Span], list[Span]]:
    """Return the tokens outside of titles, brackets and quoted names, with the titles and the quoted names."""
    kept: list[Token] = []
    titles: list[Span] = []
    quotes: list[Span] = []
    skip_to = -1
    for index, token in enumerate(tokens):
        if token.start < skip_to:
            continue
        if token.role != "open" or (token.start == view.start and not is_name(token)):
            if token.role != "close":
                kept.append(token)
            continue
        end = closing(tokens, index)
        if end is None or (token.data.get("quote") and is_speech(tokens, index, end)):
            continue
        skip_to = end
        if token.data.get("title"):
            titles.append((token.start, end))
        elif token.data.get("quote"):
            quotes.append((token.start, end))
    return kept, titles, quotes


def is_name(token: Token) -> bool:
    """Return whether a bracket is that of a title or quotation."""
    return bool(token.data.get("title") or token.data.get("quote"))


def closing(tokens: Sequence[Token], index: int) -> int | None:
    """Return where the bracket at `index` closes, None where it does not."""
    depth = 0
    for token in tokens[index:]:
        if token.role == "open":
            depth += 1
        elif token.role == "close":
            depth -= 1
            if not depth:
                return token.end
    return None


def is_speech(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Return whether a quotation is what somebody said, not a name."""
    opened = tokens[index]
    if end - opened.start < SPEECH_LENGTH:
        return False
    if not index:
        return True
    before = tokens[index - 1]
    if before.end < opened.start - 1:
        return False
    return before.role in BREAKS or before.data.get("class") == "speech"


def mended(view: View, tokens: Sequence[Token], groups: Groups) -> list[Token]:
    """Return the tokens without verbs that are part of a noun ("处理者", "的实施"), 通过 as what it is here."""
    text = view.text
    kept: list[Token] = []
    tokens = split_up(view, tokens, groups)
    for index, token in enumerate(tokens):
        role, words = token.role, text[token.start : token.end]
        if role == "opener" and COUNTED.match(text, token.start):
            continue
        if role == "verb":
            after = tokens[index + 1] if index + 1 < len(tokens) else None
            if after and after.start == token.end and after.data.get("suffix"):
                continue
            if kept and kept[-1].role == "of" and kept[-1].end == token.start:
                continue
            if words == COPE and is_ought(tokens, index):
                middle = token.start + 1
                kept.append(Token(token.start, middle, "trigger", OUGHT, groups[OUGHT]))
                kept.append(Token(middle, token.end, "preposition", "preposition", NO_DATA))
                continue
            if words.startswith(THROUGH) and not is_passing(text, tokens, index):
                token = token._replace(role="preposition", group="preposition", data=NO_DATA)  # noqa: PLW2901
        elif words == OUGHT_TO and is_at_request(text, tokens, index):
            token = token._replace(role="preposition", group="preposition", data=NO_DATA)  # noqa: PLW2901
        elif words == ORGANIZE and is_organizing(view, tokens, index):
            token = token._replace(role="verb", group=ACT, data=groups[ACT])  # noqa: PLW2901
        kept.append(token)
    return kept


def is_passing(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Return whether 通过 means to pass a law: its words follow, or the clause ends in a law without a verb."""
    token = tokens[index]
    if text.startswith(load_tables().enacted, token.end):
        return True
    rest = []
    for later in tokens[index + 1 :]:
        if later.role in BREAKS:
            break
        rest.append(later)
    end = tokens[index + 1 + len(rest)].start if index + 1 + len(rest) < len(tokens) else len(text)
    if not rest and token.end == end:
        return index > 0 and tokens[index - 1].role not in BREAKS
    opens = not index or tokens[index - 1].role in BREAKS
    verbs = any(later.role in {"verb", "trigger", "preposition"} for later in rest)
    return not opens and not verbs and PASSED.match(text, token.end, end) is not None


PASSED = re.compile(r"[^，,。；：]{0,24}(?:法|法案|草案|条例|决议|修正案|预算案|议案)\s*$")
"""What is passed, up to the end of the clause ("通过AI基本法草案，")."""


COUNTED = re.compile(r"第[一二三四五六七八九十]+[届次轮期批季款项]")
"""An ordinal that counts a meeting or thing, and does not lead a point of a text in."""


def split_up(view: View, tokens: Sequence[Token], groups: Groups) -> list[Token]:
    """Return the tokens with those in two that are two words, and verbs of an authority's name as that name."""
    kept: list[Token] = []
    text, start = view.text, view.start
    for index, token in enumerate(tokens):
        role = token.role
        if role == "verb":
            if names_authority(text, token.end):
                kept.append(Token(token.start, token.end + 1, "agent", AGENT, groups[AGENT]))
                continue
            doer = names_doer(start, text, tokens, index)
        elif role == "split":
            kept += both(text, token, groups)
            continue
        else:
            doer = role == "localizer" and names_side(text, token, kept)
        kept.append(token._replace(role="agent", group=AGENT, data=groups[AGENT]) if doer else token)
    return kept


def both(text: str, token: Token, groups: Groups) -> Iterator[Token]:
    """Yield the two words that a longer one only seems to be ("在4月前提交")."""
    first, group, second, other = load_tables().splits[text[token.start : token.end]]
    middle = token.end - len(second)
    for start, end, name in ((middle - len(first), middle, group), (middle, token.end, other)):
        yield Token(start, end, groups[name]["role"], name, groups[name])


AGENT = "agent"


SIDES = ("方面", "层面")
"""Behind a name they stand for whom it names ("日本方面", "企业层面")."""


def names_side(text: str, token: Token, before: Sequence[Token]) -> bool:
    """Return whether 方面 or 层面 right after a name stands for whom it names."""
    named = bool(before) and before[-1].role in {"name", "agent"} and before[-1].end == token.start
    return named and text[token.start : token.end] in SIDES


def names_doer(start: int, text: str, tokens: Sequence[Token], index: int) -> bool:
    """Return whether a verb that opens a clause is part of the noun before a modal ("采集单位应当…")."""
    if index + 2 >= len(tokens) or tokens[index + 1].role not in WHO:
        return False
    verb, noun, modal = tokens[index : index + 3]
    if noun.role == "name" and not text.endswith(FIRMS, noun.start, noun.end):
        return False
    if noun.start != verb.end or modal.start != noun.end or modal.data.get("class") not in DOING:
        return False
    before = tokens[index - 1].end if index and tokens[index - 1].role in BREAKS else start
    return not text[before : verb.start].strip()


FIRMS = ("企业", "公司", "机构", "单位", "者", "人")
"""Ends of classes that the register names ("申请企业须…")."""
DOING = ("duty", "forbid", "allow", "exempt", "need", "future")
"""Classes of triggers right after which a doer's noun ends."""


def names_authority(text: str, end: int) -> bool:
    """Return whether what follows a verb makes it part of an authority's name ("创新部", "审计署")."""
    tables = load_tables()
    return text.startswith(tables.authorities, end) and not text.startswith(tables.no_authorities, end)


def is_at_request(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Return whether 应 is "at the request of": somebody and 请求 or 要求 follow it ("应任何一方请求")."""
    token = tokens[index]
    if index + 1 >= len(tokens) or tokens[index + 1].start != token.end:
        return False
    end = token.end
    for later in tokens[index + 1 :]:
        if later.role not in {"name", "agent", "of", "listing", "coordinator"} or later.start != end:
            break
        end = later.end
    request = load_tables().requests.match(text, end) if end > token.end else None
    return request is not None and tokens[index + 1].role in {"name", "agent"}


OUGHT_TO = "应"


def is_organizing(view: View, tokens: Sequence[Token], index: int) -> bool:
    """Return whether 组织 is the verb here: after an adverb, a modal or a sign, or right before another verb."""
    token = tokens[index]
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is not None and after.role == "verb" and after.start == token.end:
        return True
    start = before.end if before is not None else view.start
    opens = before is None or before.role in {*BREAKS, "adverb"} or before.data.get("class") in DOING
    return opens and not view.text[start : token.start].strip()


ORGANIZE, ACT = "组织", "verb-act"


def is_ought(tokens: Sequence[Token], index: int) -> bool:
    """Return whether 应对 is 应 + 对 here ("两国应对数据…制定标准"): somebody before it, another verb after it."""
    if not index or tokens[index - 1].role not in WHO or tokens[index - 1].end != tokens[index].start:
        return False
    for later in tokens[index + 1 :]:
        if later.role in BREAKS:
            return False
        if later.role == "verb":
            return True
    return False


COPE = "应对"
OUGHT = "must"
"""Group of 应."""
THROUGH = "通过"


def segments_of(view: View, tokens: Sequence[Token]) -> list[Segment]:
    """Return the stretches between commas, semicolons, colons and stops."""
    segments: list[Segment] = []
    start = view.start
    inner: list[Token] = []
    for token in tokens:
        if token.role in BREAKS and not within_number(view.text, token):
            add_segment(segments, view.text, (start, token.start), inner, token.role)
            start, inner = token.end, []
        else:
            inner.append(token)
    add_segment(segments, view.text, (start, view.end), inner, "")
    return segments


def within_number(text: str, sign: Token) -> bool:
    """Return whether a comma or colon stands between two digits ("7,300")."""
    return sign.end < len(text) and text[sign.start - 1].isdigit() and text[sign.end].isdigit()


def add_segment(segments: list[Segment], text: str, span: Span, tokens: list[Token], closed_by: str) -> None:
    """Add a segment without the blanks around it, unless it is empty."""
    start, end = span
    while start < end and text[start] in BLANKS:
        start += 1
    while end > start and text[end - 1] in BLANKS:
        end -= 1
    if end > start:
        segments.append(Segment(start, end, tuple(tokens), closed_by))


def follows_directly(text: str, first: Token, second: Token | None) -> bool:
    """Return whether nothing but blanks stands between two tokens."""
    return second is not None and not text[first.end : second.start].strip()
