"""Which words of a segment open a predicate that may be a provision: triggers, and verbs that report a measure.

Only the first predicate of a segment counts, and one after 并 or 而; what stands deeper (a purpose, an embedded
question, an attribute before 的) is part of something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.extract.candidate import Span
from dragoman.extract.zh.clauses import Parsed, Segment, Token, follows_directly

MEASURES = ("enact", "meet", "pay")
"""Classes of verbs that report a measure."""

STACKED = ("pledge", "intend", "seek", "launch", "need", "duty", "forbid", "allow", "direct", "urge")
"""Triggers that take the place of 将 or 宣布 right before them ("将决心", "宣布计划")."""

REOPENING = ("并", "并且", "且", "而且", "而", "但")
CLOSE_CLASSES = ("intend", "need", "allow", "seek")
"""Triggers whose words are common as nouns or inside words: they need a verb right after them."""

CLOSE_WORDS = (
    "计划",
    "准备",
    "拟",
    "愿",
    "预期",
    "期望",
    "争取",
    "要",
    "需",
    "可",
    "建议",
    "要求",
    "请求",
    "提议",
    "命令",
    "指令",
    "允许",
)
LINKING = ("verb", "adverb", "preposition", "trigger", "passive", "negation", "aspect", "purpose")


@dataclass(frozen=True, slots=True)
class Find:
    """A predicate that may be a provision.

    Attributes:
        parsed, segment, number, index: the sentence, the segment, its number, the token's place in it.
        token: the trigger or the verb.
        span: the trigger's words, with what belongs to it (宣布 + 建立, 签署 + 了).
        kind_of: class of the trigger, or of the verb ("future", "duty", "enact", ...).
        verb: the main verb of the act, None where none is known.
        direct: whether a verb, adverb or preposition follows the trigger directly.
        done, running: aspect of a measure.
        again: whether it follows another predicate in its segment ("并…").
    """

    parsed: Parsed
    segment: Segment
    number: int
    index: int
    token: Token
    span: Span
    kind_of: str
    verb: Token | None
    direct: bool
    done: bool = False
    running: bool = False
    again: bool = False

    @property
    def text(self) -> str:
        """The trigger's own words."""
        return self.parsed.words(*self.span)


def finds_in(parsed: Parsed) -> Iterator[Find]:
    """Yield the predicates of a sentence, in text order."""
    for number, segment in enumerate(parsed.segments):
        yield from finds_of(parsed, number, segment)


def finds_of(parsed: Parsed, number: int, segment: Segment) -> Iterator[Find]:
    """Yield the predicates of a segment."""
    is_open, seen = True, False
    tokens = segment.tokens
    for index, token in enumerate(tokens):
        if token.role == "coordinator":
            if parsed.words(token.start, token.end) in REOPENING:
                is_open = True
        elif token.role in {"purpose", "question"} or is_purpose(parsed, tokens, index):
            is_open = False
        elif token.role in {"trigger", "verb"} and is_open and not in_phrase(parsed, tokens, index):
            found = find_at(parsed, number, segment, index)
            if found:
                yield Find(**{**fields_of(found), "again": seen})
            if found or closes(parsed, segment, index):
                is_open, seen = False, True


def fields_of(found: Find) -> dict[str, object]:
    """Return the fields of a find by name."""
    return {name: getattr(found, name) for name in Find.__slots__}


def is_purpose(parsed: Parsed, tokens: tuple[Token, ...], index: int) -> bool:
    """Return whether 以 at `index` introduces a purpose: a verb or adverb follows it directly."""
    token = tokens[index]
    if token.role != "preposition" or parsed.view.text[token.start : token.end] != "以":
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return (
        follows_directly(parsed.view.text, token, after)
        and after is not None
        and after.role in {"verb", "adverb", "trigger"}
    )


def in_phrase(parsed: Parsed, tokens: tuple[Token, ...], index: int) -> bool:
    """Return whether a word stands right after a preposition, within its phrase ("对必须存储的数据")."""
    before = tokens[index - 1] if index else None
    return (
        before is not None
        and before.role == "preposition"
        and follows_directly(parsed.view.text, before, tokens[index])
    )


def closes(parsed: Parsed, segment: Segment, index: int) -> bool:
    """Return whether a verb that is no find ends the search in its segment.

    A verb at the segment's start may be part of the subject ("处理个人信息应当…"); a verb of saying or thinking
    takes a clause of its own after it.
    """
    token = segment.tokens[index]
    if token.role != "verb" or token.data["class"] == "speech":
        return False
    if token.start == segment.start or is_attribute(parsed, token):
        return False
    return token.data["class"] in {"effect", "attitude"} or not later_modal(segment, index)


def later_modal(segment: Segment, index: int) -> bool:
    """Return whether a modal follows in the segment that is not inside an attribute."""
    for place, token in enumerate(segment.tokens[index + 1 :], index + 1):
        if token.role == "trigger" and token.data["class"] in {"duty", "forbid", "allow", "future", "exempt"}:
            return (
                not any(t.role == "of" for t in segment.tokens[place:])
                or segment.tokens[index].start <= segment.start
            )
    return False


def is_attribute(parsed: Parsed, token: Token) -> bool:
    """Return whether 的 or 了的 follows a verb directly."""
    return parsed.view.text.startswith(("的", "了的"), token.end)


def find_at(parsed: Parsed, number: int, segment: Segment, index: int) -> Find | None:
    """Return the predicate that opens at a token, None where it opens none."""
    token = segment.tokens[index]
    if is_attribute(parsed, token):
        return None
    if token.role == "verb":
        return measure_at(parsed, number, segment, index)
    return trigger_at(parsed, number, segment, index)


def trigger_at(parsed: Parsed, number: int, segment: Segment, index: int) -> Find | None:
    """Return the predicate of a trigger word, None where the word is a noun or another trigger follows it."""
    tokens, text = segment.tokens, parsed.view.text
    token = tokens[index]
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    direct = follows_directly(text, token, after) and after is not None and after.role in LINKING
    kind_of = token.data["class"]
    if kind_of in {"future", "announce"} and direct and after is not None and after.role == "trigger":
        if after.data["class"] in STACKED:
            return None
    if (
        text[token.start : token.end] in CLOSE_WORDS
        and not direct
        and kind_of not in {"urge", "demand", "direct", "authorize"}
    ):
        return None
    if text.startswith("了", token.end) and kind_of == "pledge" and text[token.start : token.end] == "决定":
        return None
    span = (token.start, token.end)
    if kind_of == "announce" and direct and after is not None and after.role == "verb":
        span = (token.start, after.end)
    verb = main_verb(parsed, segment, index)
    running = kind_of == "running"
    return Find(
        parsed, segment, number, index, token, span, kind_of, verb, direct, done=not running, running=running
    )


def main_verb(parsed: Parsed, segment: Segment, index: int) -> Token | None:
    """Return the main verb after a trigger: adverbs and a phrase with a preposition are passed over."""
    tokens, text = segment.tokens, parsed.view.text
    place = index + 1
    while place < len(tokens) and tokens[place].role in {"adverb", "negation", "aspect", "passive"}:
        place += 1
    if place >= len(tokens):
        return None
    if tokens[place].role == "preposition":
        place = after_phrase(tokens, place, text)
    for token in tokens[place:]:
        if token.role == "verb" and not is_attribute(parsed, token):
            return token
        if token.role in {"purpose", "coordinator"} and text[token.start : token.end] in REOPENING:
            return None
    return None


def after_phrase(tokens: tuple[Token, ...], place: int, text: str) -> int:
    """Return the place after a phrase with a preposition: after its localizer where it has one."""
    for later in range(place + 1, len(tokens)):
        token = tokens[later]
        if token.role == "localizer" and not text.startswith("的", token.end):
            return later + 1
    return place + 1


def measure_at(parsed: Parsed, number: int, segment: Segment, index: int) -> Find | None:
    """Return the predicate of a verb that reports a measure done or under way, None for other verbs."""
    tokens, text = segment.tokens, parsed.view.text
    token = tokens[index]
    running = aspect_before(tokens, index, "running", text)
    done = aspect_before(tokens, index, "done", text)
    finished = text.startswith("了", token.end) or text.startswith("过", token.end)
    if token.data["class"] not in MEASURES and running is None:
        return None
    if token.data["class"] in {"speech", "attitude", "effect", "state"}:
        return None
    start = running.start if running is not None else token.start
    end = token.end + 1 if text.startswith("了", token.end) else token.end
    kind_of = "running" if running is not None else token.data["class"]
    return Find(
        parsed, segment, number, index, token, (start, end), kind_of, token,
        direct=True, done=finished or done is not None, running=running is not None,
    )  # fmt: skip


def aspect_before(tokens: tuple[Token, ...], index: int, kind: str, text: str) -> Token | None:
    """Return the aspect word of a kind (done: 已; running: 正在) that stands before a verb, adverbs between."""
    place = index - 1
    while place >= 0 and tokens[place].role in {"adverb", "aspect", "preposition", "name", "agent", "localizer"}:
        token = tokens[place]
        if token.role == "aspect" and token.data.get(kind):
            return token
        if token.role not in {"adverb", "aspect"} and place < index - PATIENCE:
            return None
        place -= 1
    return None


PATIENCE = 4
"""So many words may stand between 正在 and its verb ("正在与盟友合作")."""
