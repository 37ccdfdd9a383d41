"""Which words of a segment open a predicate that may be a provision: triggers, and verbs that report a measure.

Only the first predicate of a segment counts, and one after 并 or 而; what stands deeper (a purpose, an embedded
question, an attribute before 的) is part of something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from dragoman.extract.candidate import Span
from dragoman.extract.zh.clauses import Parsed, Segment, Token
from dragoman.extract.zh.mains import LINKING, is_looked_into, main_verb
from dragoman.extract.zh.openings import opens_act
from dragoman.extract.zh.phrases import is_in_phrase, is_matter, is_only_time, is_timed, is_way
from dragoman.extract.zh.places import ATTRIBUTE, Place
from dragoman.extract.zh.subjects import AGENTIVE, DATE, RECENT, is_closed
from dragoman.extract.zh.tables import load_tables

MEASURES = ("enact", "meet", "pay", "talk")
"""Classes of verbs that report a measure."""

STACKED = ("pledge", "intend", "launch", "need", "duty", "forbid", "allow", "direct", "urge", "future")
"""Triggers that take the place of 将 or 宣布 right before them ("将决心", "宣布计划")."""

MODALS = ("duty", "forbid", "allow", "future", "exempt", "worth", "goal", "running")
"""Triggers that may follow a verb that is part of their subject ("处理个人信息应当…")."""

OPENING = frozenset(
    {"name", "agent", "this", "adverb", "aspect", "negation", "coordinator", "opener", "localizer"}
    | {"trigger", "passive", "condition", "of"}
)
"""Roles of words right after which a verb is a predicate, not part of a noun."""

NO_MEASURE = ("speech", "attitude", "effect", "state", "mind")


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
    for index, token in enumerate(segment.tokens):
        role = token.role
        if not is_open:
            is_open = role == "coordinator" and parsed.words(token.start, token.end) in load_tables().reopening
        elif role in CLOSING:
            is_open = False
        elif role in OPENED:
            place = Place(parsed, number, segment, index)
            if role == "preposition":
                is_open = not is_purpose(place)
            elif not is_inner(place):
                found = find_at(place)
                if found:
                    yield replace(found, again=True) if seen else found
                if found or closes(place):
                    is_open, seen = False, True


CLOSING = frozenset({"purpose", "question"})
"""Roles of words behind which no predicate is one of the sentence's own."""
OPENED = frozenset({"preposition", "trigger", "verb"})
"""Roles of words that are looked at closely."""


def is_purpose(place: Place) -> bool:
    """Return whether 以 introduces a purpose: a verb or adverb follows it directly."""
    if place.words != "以":
        return False
    after = place.near(1)
    if after is None or after.role not in {"verb", "adverb", "trigger"}:
        return False
    end = place.token.end
    return load_tables().means.search(place.parsed.view.text, end, end + MANNER) is None


MANNER = 10
"""Characters behind 以 in which 方式 makes it the manner of the act ("以协商一致方式通过")."""


def is_inner(place: Place) -> bool:
    """Return whether a word belongs to a phrase with a preposition or an attribute ("对必须存储的数据")."""
    if is_in_phrase(place) or is_only_time(place) or is_matter(place) or is_way(place):
        return True
    before = place.near(-1)
    if before is None:
        return False
    if before.role == "preposition":
        inner = place.parsed.words(before.start, before.end) in load_tables().inner
        return inner or (place.token.role == "verb" and is_timed(place))
    if before.role != "verb" or before.data["class"] in {"speech", "mind"} or place.token.role != "trigger":
        return False
    return (
        place.token.data["class"] in EMBEDDED
        and has_of_after(place)
        and is_predicate(place._replace(at=place.at - 1))
    )


EMBEDDED = ("future", "forbid", "allow", "demand", "intend")
"""Triggers that right after a verb stand in an attribute of its object ("选择将获得支持的提案")."""


def has_of_after(place: Place) -> bool:
    """Return whether 的 follows in the segment."""
    return any(token.role == "of" for token in place.segment.tokens[place.at :])


def closes(place: Place) -> bool:
    """Return whether a verb that is no find ends the search in its segment.

    A verb may be part of the subject ("处理个人信息应当…") where a modal follows it; a verb of saying or thinking
    takes a clause of its own after it.
    """
    token = place.token
    if token.role != "verb" or token.data["class"] in {"speech", "mind"} or place.followed_by(ATTRIBUTE):
        return False
    if not is_predicate(place):
        return False
    if token.start == place.segment.start and is_relative_clause(place):
        return False
    before = place.near(-1)
    if before is not None and before.data.get("class") == "future" and is_origin(place, token):
        return False
    after = place.near(1)
    if token.data.get("leads") and after is not None and after.role == "verb" and after.data["class"] in MEASURES:
        return False
    return token.data["class"] in {"effect", "attitude"} or not later_modal(place)


def is_relative_clause(place: Place) -> bool:
    """Return whether a verb starts an attribute of the subject: 的 follows, then the verb of a measure."""
    after = place.segment.tokens[place.at :]
    last = max((index for index, token in enumerate(after) if token.role == "of"), default=0)
    if place.token.data["class"] == "state":
        return last > 0
    if not last or any(token.role in {"preposition", "coordinator", "listing"} for token in after[last:]):
        return False
    return any(token.role == "verb" and token.data["class"] in MEASURES for token in after[last:])


def is_predicate(place: Place) -> bool:
    """Return whether a verb is the predicate: it starts its segment or follows a word that a predicate follows."""
    opens = place.token.start == place.segment.start
    if opens or is_moved_to(place) or is_receiving(place) or is_behind_place(place):
        return True
    before = place.near(-1)
    if before is not None and before.data.get("leads"):
        return is_predicate(place._replace(at=place.at - 1))
    last = place.segment.tokens[place.at - 1] if place.at else None
    if (
        last is not None
        and last.role in AGENTIVE
        and is_closed(place.parsed.view.text, last.end, place.token.start)
    ):
        return True
    if before is not None and before.role == "coordinator":
        return place.parsed.words(before.start, before.end) in load_tables().reopening
    return before is not None and before.role in OPENING


def is_receiving(place: Place) -> bool:
    """Return whether somebody receives a guest, wherever he does it ("…在人民大会堂会见…总统")."""
    if place.words not in load_tables().receiving:
        return False
    return any(token.role in AGENTIVE for token in place.segment.tokens[: place.at])


def is_behind_place(place: Place) -> bool:
    """Return whether the verb of an act follows somebody and an unknown place ("双方在奥斯陆举行会谈")."""
    tokens, at = place.segment.tokens, place.at
    if at < 1 or place.token.role != "verb" or place.token.data["class"] not in MEASURES:
        return False
    preposition = tokens[at - 1]
    words = place.parsed.words(preposition.start, place.token.start)
    if preposition.role != "preposition" or PLACE.fullmatch(words) is None:
        return False
    before = tokens[at - 2] if at > 1 else None
    return before is None or (before.role in {*AGENTIVE, "opener"} and before.end == preposition.start)


PLACE = re.compile(r"[在于][\u4e00-\u9fff]{2,7}(?<![的])")


def is_moved_to(place: Place) -> bool:
    """Return whether a verb puts the object that 将 brought forward somewhere ("将28家实体列入清单")."""
    if place.words not in load_tables().listing:
        return False
    return any(
        token.data.get("class") == "future" and not opens_act(place.parsed, place.segment, at)
        for at, token in enumerate(place.segment.tokens[: place.at])
        if token.role == "trigger"
    )


def later_modal(place: Place) -> bool:
    """Return whether a modal follows in the segment."""
    by_agent = False
    for token in place.segment.tokens[place.at + 1 :]:
        by_agent = by_agent or place.parsed.view.text.startswith("由", token.start)
        kind_of = token.data.get("class") if token.role == "trigger" else None
        if kind_of in MODALS or (by_agent and kind_of == "charge"):
            return True
    return False


def find_at(place: Place) -> Find | None:
    """Return the predicate that opens at a token, None where it opens none."""
    if place.followed_by(ATTRIBUTE) and not names_projects(place):
        return None
    return measure_at(place) if place.token.role == "verb" else trigger_at(place)


def names_projects(place: Place) -> bool:
    """Return whether what is under way is told by the projects there are ("进行中的项目有…")."""
    running = place.token.role == "trigger" and place.token.data["class"] == "running"
    return running and PROJECTS.match(place.parsed.view.text, place.token.end) is not None


PROJECTS = re.compile(r"的(?:项目|工作|计划|任务)(?:有|包括)")


def trigger_at(place: Place) -> Find | None:
    """Return the predicate of a trigger word, None where the word is a noun or another trigger takes its place."""
    token, after = place.token, place.near(1)
    kind_of = token.data["class"]
    direct = after is not None and (after.role in LINKING or is_for_that(place, after))
    if is_other_word(place, kind_of, after, direct=direct):
        return None
    span = (token.start, token.end)
    if kind_of == "announce" and after is not None and after.role == "verb":
        span = (token.start, after.end)
    if kind_of == "launch" and place.followed_by(("了",)):
        span = (token.start, token.end + 1)
    verb = main_verb(place)
    running = kind_of == "running"
    return Find(
        place.parsed, place.segment, place.number, place.at, token, span, kind_of, verb, direct,
        done=not running, running=running,
    )  # fmt: skip


def is_for_that(place: Place, after: Token) -> bool:
    """Return whether 为此 or 对此 follows a trigger ("将为此创造条件")."""
    return place.parsed.words(after.start, after.end) in load_tables().for_that


def is_other_word(place: Place, kind_of: str, after: Token | None, *, direct: bool) -> bool:
    """Return whether a trigger word is no trigger here: a noun, 将 before an object, 决定了, an attribute."""
    stacked = after is not None and after.role == "trigger" and after.data["class"] in STACKED
    if stacked and kind_of in {"future", "announce", "need"}:
        return True
    close = kind_of == "future" or place.words in load_tables().close_words
    if close and not direct and not opens_act(place.parsed, place.segment, place.at):
        return True
    if kind_of == "future" and after is not None and is_origin(place, after):
        return True
    other = OTHER_WORDS.get(kind_of)
    if other is not None and other(place):
        return True
    attribute = (
        after is not None and after.role == "verb" and place.parsed.view.text.startswith(ATTRIBUTE, after.end)
    )
    return attribute and kind_of in {"intend", "future", "need", "allow", "pledge"}


def is_origin(place: Place, after: Token) -> bool:
    """Return whether 将 brings forward an object that its origin opens ("将来自三国的企业列入清单")."""
    if place.parsed.words(after.start, after.end) != "来自":
        return False
    words = [place.parsed.words(token.start, token.end) for token in place.segment.tokens]
    return any(word in load_tables().listing for word in words)


def is_banned(place: Place) -> bool:
    """Return whether 禁止 is an attribute ("法律禁止发布的信息") or part of a pair of verbs ("限制或者禁止")."""
    if place.words != "禁止" or place.at == 0:
        return False
    before = place.near(-1)
    return has_of_after(place) or (before is not None and before.role in {"coordinator", "verb"})


def is_noun(place: Place) -> bool:
    """Return whether 决定 or 承诺 is no predicate here: "上述决定", "决定了"."""
    before = place.near(-1)
    if before is not None and before.role in {"this", "of"}:
        return True
    if place.words == "同意" and is_asked_for(place):
        return True
    return is_this_one(place) or (place.words == "决定" and place.followed_by(("了",)))


def is_asked_for(place: Place) -> bool:
    """Return whether 同意 is a condition here ("经双方同意可延长", "未经另一方同意，")."""
    after = place.near(1)
    if after is not None and after.role == "verb":
        return False
    before = place.segment.tokens[: place.at]
    return any(place.parsed.words(token.start, token.end) in load_tables().asking for token in before)


def is_this_one(place: Place) -> bool:
    """Return whether 本 stands before a word and is no part of a name: "本计划", but not "日本计划"."""
    before = place.near(-1)
    return before is None and place.parsed.view.text[: place.token.start].endswith("本")


def is_brought_forward(place: Place) -> bool:
    """Return whether 将 brings an object forward after another modal ("不得将数据用于…")."""
    before = place.near(-1)
    return before is not None and before.role == "trigger" and before.data["class"] in {"forbid", "duty", "allow"}


def is_object(place: Place) -> bool:
    """Return whether 计划 is the object of 对 or 就 before it ("对上述计划予以批准"), or opens with 由."""
    if place.words == "计划" and place.token.start == place.parsed.view.start and place.followed_by(("由",)):
        return True
    before = place.near(-1)
    if before is not None and before.role in AGENTIVE:
        return False
    if is_this_one(place):
        return True
    for token in reversed(place.segment.tokens[: place.at]):
        if token.role in {"localizer", "verb", "adverb", "opener"}:
            return False
        if token.role == "preposition":
            return place.parsed.words(token.start, token.end) in (*load_tables().topics, *AIMED)
    return False


AIMED = ("为", "为了")
"""Prepositions of a purpose ("为推进普惠计划落实，")."""


def names_head(place: Place) -> bool:
    """Return whether a segment starts with an attribute of somebody ("负责…工作的部门")."""
    if place.at > 0:
        return False
    tokens = place.segment.tokens[place.at :]
    return any(
        first.role == "of" and second.role in {"agent", "name"} and first.end == second.start
        for first, second in pairwise(tokens)
    )


OTHER_WORDS: dict[str, Callable[[Place], bool]] = {
    "charge": names_head,
    "future": is_brought_forward,
    "pledge": is_noun,
    "intend": is_object,
    "forbid": is_banned,
}
"""By class, whether a trigger word is another word or an attribute where it stands."""


def measure_at(place: Place) -> Find | None:
    """Return the predicate of a verb that reports a measure done or under way, None for other verbs."""
    token = place.token
    running, done = aspect_before(place, "running"), aspect_before(place, "done")
    finished = place.followed_by(("了", "过"))
    kind_of = token.data["class"]
    if kind_of == "weak" or is_looked_into(place, token):
        return weak_at(place)
    if kind_of in NO_MEASURE or (kind_of not in MEASURES and running is None):
        return None
    if is_said_after(place):
        return None
    if later_modal(place) or (kind_of == "talk" and not (finished or done or running)):
        return None
    if not (finished or done or running) and is_noun_like(place):
        return None
    end = token.end + 1 if place.followed_by(("了",)) else token.end
    start = token.start
    if running is not None:
        start = running.start
        end = end if is_next(place, running) else running.end
    return Find(
        place.parsed, place.segment, place.number, place.at, token, (start, end),
        "running" if running is not None else kind_of, token,
        direct=True, done=finished or done is not None, running=running is not None,
    )  # fmt: skip


def is_said_after(place: Place) -> bool:
    """Return whether what is issued only says something ("发表声明表示…")."""
    after = place.segment.tokens[place.at + 1 :]
    return place.words == "发表" and any(token.data.get("class") == "speech" for token in after)


def weak_at(place: Place) -> Find | None:
    """Return the predicate of a verb that only explores."""
    if not is_predicate(place) and place.segment.tokens[0].role != "coordinator":
        return None
    token = place.token
    return Find(
        place.parsed, place.segment, place.number, place.at, token, (token.start, token.end), "weak", token,
        direct=True,
    )  # fmt: skip


def is_next(place: Place, aspect: Token) -> bool:
    """Return whether nothing but adverbs stands between an aspect word and its verb ("正在共同采取")."""
    tokens = [token for token in place.segment.tokens[: place.at] if token.start > aspect.start]
    if any(token.role != "adverb" for token in tokens):
        return False
    ends = [aspect.end, *(token.end for token in tokens)]
    starts = [*(token.start for token in tokens), place.token.start]
    return ends == starts


def is_noun_like(place: Place) -> bool:
    """Return whether a bare verb is no report: part of a noun, of a verbal subject, an attribute."""
    tokens = place.segment.tokens[place.at + 1 :]
    text = place.parsed.view.text
    if not is_predicate(place):
        later = any(t.role == "verb" and t.data["class"] in MEASURES for t in tokens)
        view = place.parsed.view
        first = place.segment.tokens[0]
        stated = first.start == place.segment.start and first.data.get("class") == "state"
        if later or stated or not any(date.search(view.text, view.start, view.end) for date in (DATE, RECENT)):
            return True
    before = place.segment.tokens[: place.at]
    if not any(t.role in {"name", "agent", "this"} for t in before) and any(
        t.role == "verb" and t.data["class"] in {"state", "effect"} for t in tokens
    ):
        return True
    if any(text.startswith("会", t.start) for t in tokens if t.role == "adverb"):
        return True
    names = (*place.parsed.titles, *place.parsed.quotes)
    return any(
        place.token.end <= start < place.token.end + NEAR and text.startswith("的", end) for start, end in names
    )


NEAR = 3
"""A title at most so many characters after a verb is its object."""


def aspect_before(place: Place, kind: str) -> Token | None:
    """Return the aspect word of a kind (done: 已; running: 正在) before a verb, adverbs or a phrase between."""
    tokens = place.segment.tokens
    for index in range(place.at - 1, -1, -1):
        token = tokens[index]
        if token.role == "aspect" and token.data.get(kind):
            return token
        if token.role == "verb" and not is_predicate(place._replace(at=index)):
            continue
        if token.role in {"verb", "trigger", "coordinator"} or (
            place.at - index > PATIENCE and token.role not in {"adverb", "listing", "name"}
        ):
            return None
    return None


PATIENCE = 5
"""So many words may stand between 正在 and its verb ("正在与盟友合作")."""
