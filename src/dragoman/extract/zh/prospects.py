"""What 将 tells besides a plan: an effect, a nature, a belief, an object that is brought forward."""

from __future__ import annotations

import re

from dragoman.extract.context import Voice
from dragoman.extract.zh.claims import is_type, verb_class
from dragoman.extract.zh.mains import OBJECT_FIRST
from dragoman.extract.zh.setting import Setting
from dragoman.extract.zh.speakers import is_party
from dragoman.extract.zh.subjects import DATE, Subject
from dragoman.extract.zh.triggers import MEASURES, Find


def is_effect(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether 将 tells what something is, becomes or brings about."""
    verb, joint = verb_class(found), setting.voice is Voice.JOINT
    causes = found.parsed.view.text.startswith(setting.tables.causing, found.span[1])
    if causes and verb in {"none", "effect", "state"}:
        return True
    if found.parsed.view.text.startswith(OBJECT_FIRST, found.span[1]):
        return False
    if not joint and changes(found, setting):
        return True
    if verb == "effect" and is_after_belief(found, setting):
        return True
    if verb == "state":
        return not (joint and (covers(found, setting) or is_passive(found)))
    return verb == "effect" and not (joint and is_type(subject, "authors", "named", "person"))


def is_sum_given(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether news tell what a sum is going to be spent on ("1900万英镑将用于21个项目")."""
    if not setting.release or subject is None or found.verb is None or found.segment.tokens[-1] is found.token:
        return False
    words = found.parsed.words(*subject.span)
    spent = found.verb.data["class"] == "pay" or found.parsed.words(*found.verb[:2]) == SPENT_ON
    return spent and SUM.search(words) is not None


SPENT_ON = "用于"
SUM = re.compile(
    r"\d\s*[万亿兆]?\s*(?:美元|欧元|英镑|日元|日圆|韩元|人民币|新台币|港元|卢比|元)(?:[（(][^（）()]*[）)])?$"
)
"""A sum of money that ends a subject."""


def changes(found: Find, setting: Setting) -> bool:
    """Return whether 将 tells of a change that the subject only undergoes ("比重将大幅提高")."""
    if found.verb is None or found.parsed.words(*found.verb[:2]) not in setting.tables.changing:
        return False
    return not found.parsed.words(found.verb.end, found.segment.end).strip("。」”")


def is_after_belief(found: Find, setting: Setting) -> bool:
    """Return whether somebody believes what a clause before tells of ("我们相信，加强…，将带来机遇")."""
    text = found.parsed.view.text
    return any(
        text.startswith(setting.tables.beliefs, token.start)
        for segment in found.parsed.segments[: found.number]
        for token in segment.tokens
    )


def is_journey(found: Find, setting: Setting) -> bool:
    """Return whether 将 tells of a journey or of taking office ("将于次年1月就任")."""
    return found.verb is not None and found.parsed.words(*found.verb[:2]) in setting.tables.journeys


def is_nature(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether what has a future is a state of things ("双边关系将…")."""
    if subject is None or is_passive(found):
        return False
    return found.parsed.words(*subject.span).endswith(setting.tables.things)


def covers(found: Find, setting: Setting) -> bool:
    """Return whether the verb tells what an instrument or body of the parties is for ("将涵盖", "将适用")."""
    return found.verb is not None and found.parsed.words(*found.verb[:2]) in setting.tables.covering


def is_passive(found: Find) -> bool:
    """Return whether 被 follows the trigger."""
    return any(token.role == "passive" for token in found.segment.tokens[found.index : found.index + 2])


def is_believed(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a find is what somebody believes of another ("我们相信，本倡议将…")."""
    if subject is None or subject.type in {"authors", "person"}:
        return False
    segments = found.parsed.segments[max(0, found.number - 1) : found.number + 1]
    text = found.parsed.view.text
    return any(
        text.startswith(setting.tables.beliefs, token.start) and not text.startswith("认为", token.start)
        for segment in segments
        for token in segment.tokens
        if token.start < found.span[0]
    )


def is_object_moved(found: Find, setting: Setting) -> bool:
    """Return whether 将 brings forward the object of a verb of placing ("将生产转移到海外")."""
    verb = found.verb
    if verb is None or verb.start != found.span[1]:
        return False
    if verb.data["class"] == "pay":
        return False
    beyond = setting.tables.placing.search(found.parsed.view.text, verb.end, found.segment.end)
    if beyond is None:
        return False
    between = [t for t in found.segment.tokens if verb.end <= t.start < beyond.start()]
    if any(t.role == "of" for t in between) and beyond.group() in setting.tables.putting:
        return True
    return not any(t.role in {"preposition", "question", "coordinator", "verb", "trigger"} for t in between)


def is_guessed(found: Find, setting: Setting) -> bool:
    """Return whether a word right before 将 makes it a guess ("或将加大", "势必将收紧")."""
    before = found.parsed.words(found.segment.start, found.span[0])
    opens = found.parsed.view.own.startswith(setting.tables.estimates)
    return opens or before.endswith(setting.tables.guessing)


def is_outlook(found: Find, setting: Setting) -> bool:
    """Return whether a paper looks ahead by itself ("未来，两国将持续合作"): a prediction."""
    opens = found.parsed.view.own.startswith(setting.tables.outlook)
    return opens and not setting.release and not found.parsed.titles


def is_body(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a subject is a body or fund of the parties ("该基金")."""
    if subject is None:
        return False
    words = found.parsed.words(*subject.span)
    return words.endswith(setting.tables.organs)


def is_habit(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a declaration lays down what a body of the parties does regularly ("该机制每年举行会议")."""
    if setting.voice is not Voice.JOINT or found.kind_of not in MEASURES or found.done or found.running:
        return False
    words = found.parsed.words(found.segment.start, found.segment.end)
    if setting.agreement and any(word in words for word in setting.tables.following):
        return False
    if (
        setting.agreement
        and is_party(found.parsed, subject, setting)
        and found.segment.tokens[-1].role != "localizer"
    ):
        return DATE.search(found.parsed.view.text, found.segment.start, found.segment.end) is None
    return (
        is_body(found, subject, setting)
        and RECURRING.search(found.parsed.view.text, found.segment.start, found.segment.end) is not None
    )


RECURRING = re.compile(r"每(?:隔)?[一二两三四五六七八九十半\d]*\s*个?(?:年|季度|季|月|周|财年|学年)|定期")
"""How often something is done."""


def is_laid_on_each(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a declaration lays a duty on each of its sides ("任何一方应提前通知另一方")."""
    if found.kind_of not in {"duty", "need"} or subject is None:
        return False
    return found.parsed.words(*subject.span).endswith(setting.tables.each_side)


def is_invited(found: Find, setting: Setting) -> bool:
    """Return whether 可 opens a programme to those who apply ("企业可在11月30日前提交申请")."""
    if found.kind_of != "allow" or found.text == "不妨":
        return False
    return setting.tables.applying.search(found.parsed.view.text, found.span[1], found.segment.end) is not None
