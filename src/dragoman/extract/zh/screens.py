"""What speaks against a find being a provision.

A find that seldom is one gets a feature "doubt:…" for each reason, which keeps it out unless the trained weights
say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dragoman.extract.context import Voice
from dragoman.extract.zh.asking_screens import SIDES, screen_hope, screen_urge
from dragoman.extract.zh.claims import acts, is_type, verb_class
from dragoman.extract.zh.clauses import QUOTED, WILL
from dragoman.extract.zh.kinds import RULED
from dragoman.extract.zh.measure_screens import screen_announce, screen_launch, screen_measure, screen_running
from dragoman.extract.zh.measures import is_concrete
from dragoman.extract.zh.prospects import (
    covers,
    is_believed,
    is_body,
    is_effect,
    is_guessed,
    is_invited,
    is_journey,
    is_nature,
    is_object_moved,
    is_outlook,
    is_passive,
    is_sum_given,
)
from dragoman.extract.zh.rulings import is_ruled, is_stated
from dragoman.extract.zh.setting import Setting
from dragoman.extract.zh.speakers import (
    STATES,
    giver_of,
    in_advice,
    is_cited,
    is_home,
    is_said_of_itself,
    is_told,
    names_in,
    speaker_of,
    types_in,
)
from dragoman.extract.zh.subjects import Subject
from dragoman.extract.zh.triggers import MEASURES, Find

Screen = Callable[[Find, Subject | None, Setting], Iterator[str]]

THINGS = ("thing", "of-named", "this", "unknown")
"""Types of subjects that do not take advice."""


def doubts_of(found: Find, subject: Subject | None, setting: Setting) -> list[str]:
    """Return the names of what speaks against a find."""
    screen = SCREENS.get("measure" if found.kind_of in MEASURES else found.kind_of)
    if found.kind_of in RULED and (
        setting.plan or (setting.voice is Voice.REPORT and is_ruled(found, subject, setting))
    ):
        screen = screen_rule
    names = list(screen(found, subject, setting)) if screen else []
    if found.parsed.view.own.rstrip().endswith(("？", "?")):
        names.append("question")
    if is_hypothetical(found, setting):
        names.append("conditional")
    return [f"doubt:{name}" for name in dict.fromkeys(names)]


def is_hypothetical(found: Find, setting: Setting) -> bool:
    """Return whether a find hangs on 如果, or is conceded ("虽愿意…")."""
    if setting.statute or (found.kind_of in RULED and setting.release and is_ruled(found, None, setting)):
        return False
    if any(token.role == "condition" for token in found.segment.tokens[: found.index]):
        return True
    if setting.release and is_warned(found):
        return False
    return setting.voice is not Voice.ORDER and any(
        segment.tokens and segment.tokens[0].data.get("hypothetic") and segment.tokens[0].start == segment.start
        for segment in found.parsed.segments[: found.number]
    )


def is_warned(found: Find) -> bool:
    """Return whether somebody tells what he will do in case ("如果美方…，中方将采取必要措施")."""
    return found.kind_of == "future" and verb_class(found) in {"act", "enact", "pay", "weak"}


def screen_future(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """将 is a plan only of somebody who acts; what something brings about is none."""
    joint = setting.voice is Voice.JOINT
    if is_sum_given(found, subject, setting):
        return
    if is_effect(found, subject, setting):
        yield "effect"
    if is_believed(found, subject, setting):
        yield "belief"
    if joint:
        yield from screen_plan(found, subject, setting)
        return
    planned = is_planner(found, subject, setting) or is_next_meeting(found, subject, setting)
    if not planned and not is_said_ahead(found, subject, setting):
        yield "abstract"
    if setting.voice is Voice.REPORT and is_object_moved(found, setting):
        yield "object"
    if setting.voice is Voice.REPORT and is_journey(found, setting):
        yield "journey"
    if setting.voice is Voice.REPORT and (is_guessed(found, setting) or is_outlook(found, setting)):
        yield "prediction"
    if found.text == WILL and not is_announced(found, subject, setting):
        yield "prediction"


def is_announced(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether 会 tells what a known body or firm is going to do, of a state only where somebody says so."""
    if subject is None or verb_class(found) not in {"act", "weak", *MEASURES}:
        return False
    words = found.parsed.words(*subject.span).rstrip(QUOTED)
    types = types_in(found.parsed, subject, setting)
    if types & STATES and not words.endswith(SIDES):
        return speaker_of(found, setting) is not None
    tables = setting.tables
    return bool(types) or words.endswith((*tables.authorities, *tables.organs, *tables.announcers))


def is_said_ahead(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a sentence of news without a subject tells what its speaker will issue ("还将公布…")."""
    if subject is not None or not setting.release or verb_class(found) not in {"enact", "pay", "meet"}:
        return False
    speaker = speaker_of(found, setting)
    return speaker is not None and speaker.acts


def screen_plan(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """A plan of the parties may have a body or instrument of theirs as its subject, with an act of its own."""
    verb = verb_class(found)
    abstract = is_type(subject, "previous", "activity", "this") and not is_body(found, subject, setting)
    grows = found.verb is not None and found.parsed.words(*found.verb[:2]) in setting.tables.growing
    if abstract and (verb not in {"weak", "enact", "meet"} or grows) and not covers(found, setting):
        yield "abstract"
    if is_nature(found, subject, setting):
        yield "nature"
    unknown = verb == "none" and not found.direct
    if unknown and is_type(subject, *THINGS, "ours") and not is_body(found, subject, setting):
        yield "unclear"


def is_next_meeting(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether those who advise, or a release, set their next meeting ("下一次对话拟于…举行")."""
    if subject is None or found.verb is None:
        return False
    if verb_class(found) != "meet" and found.parsed.words(*found.verb[:2]) not in setting.tables.taking_place:
        return False
    words = found.parsed.words(*subject.span)
    return (setting.voice is Voice.ADVICE or setting.release) and setting.tables.meetings.search(words) is not None


def is_planner(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a subject can plan: somebody, what an order says is to be done, a meeting that speaks."""
    effects = ("previous", "text") if setting.voice is Voice.REPORT else ("previous",)
    if is_own_text(found, subject, setting):
        return False
    if acts(subject) and not is_type(subject, *effects):
        return True
    if setting.release and is_body(found, subject, setting) and verb_class(found) in {"act", *MEASURES}:
        return True
    if setting.voice is Voice.ORDER:
        return is_passive(found)
    if (
        setting.release
        and subject is not None
        and found.parsed.words(*subject.span).endswith(setting.tables.programmes)
    ):
        return verb_class(found) in {"act", "pay"}
    return setting.voice is Voice.REPORT and is_type(subject, "ours") and subject is not None and subject.speaks


def is_own_text(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a paper tells what it is going to treat ("本篇我们将分析…", "下文我们将…")."""
    if subject is None or setting.voice is not Voice.REPORT:
        return False
    return found.parsed.words(*subject.span).startswith(setting.tables.own_text)


def screen_pledge(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """同意, 决定, 承诺 are nouns too; 致力于 in a report is a general aim."""
    before = found.segment.tokens[found.index - 1] if found.index else None
    if before is not None and before.end == found.token.start and before.role in {"of", "listing"}:
        yield "noun"
    joint = setting.voice is Voice.JOINT
    own = (
        acts(subject) or setting.proclaims or is_of_meeting(found, subject) or is_sitting(found, subject, setting)
    )
    if is_type(subject, "this", "thing") if joint else not own:
        yield "abstract"
    if found.text == "致力于" and not found.direct:
        yield "no-act"
    if found.text == "致力于" and setting.voice is Voice.REPORT:
        yield "aim"


def is_sitting(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether news tell what a meeting decides ("会议决定合并两个机构")."""
    if (
        subject is None
        or not setting.release
        or subject.origin != "own"
        or verb_class(found) in {"attitude", "mind"}
    ):
        return False
    return found.parsed.words(*subject.span) in setting.tables.sittings


def is_declared(found: Find, subject: Subject | None) -> bool:
    """Return whether a declaration tells what its parties are willing to do ("宣言表示愿推进研发")."""
    return subject is not None and subject.speaks and found.parsed.words(*subject.span).endswith(DECLARATIONS)


DECLARATIONS = ("宣言", "声明", "公报")


def is_of_meeting(found: Find, subject: Subject | None) -> bool:
    """Return whether somebody unknown decides what a meeting told before has decided ("王某同…会晤，决定…")."""
    before = found.parsed.segments[: found.number]
    met = any(token.data.get("class") == "meet" for segment in before for token in segment.tokens)
    held = subject is not None and found.parsed.words(*subject.span).endswith(MEETING)
    return met and not held and is_type(subject, "unknown", "of-named")


MEETING = "会"
"""Ends the name of a meeting."""


def screen_intend(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """An intention needs somebody who has it."""
    planned = acts(subject) or is_next_meeting(found, subject, setting) or is_declared(found, subject)
    if setting.voice is not Voice.JOINT and not planned:
        yield "abstract"
    if setting.voice is Voice.ORDER and found.kind_of == "intend":
        yield "order"
    if verb_class(found) == "speech":
        yield "no-act"
    if setting.voice is Voice.REPORT and not setting.release and found.text in setting.tables.motives:
        yield "motive"
    if found.text in setting.tables.impersonal and not (acts(subject) and subject and subject.origin == "own"):
        yield "impersonal"


def screen_seek(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """谋求, 寻求 in a report are the writer's reading of motives."""
    if setting.voice is not Voice.JOINT:
        yield "aim"
    yield from screen_intend(found, subject, setting)


def screen_purpose(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:  # noqa: ARG001
    """旨在 tells a purpose; of an order it states what the order does."""
    if setting.voice is not Voice.ORDER or not is_type(subject, "text"):
        yield "purpose"


def screen_duty(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """A duty laid on oneself in a declaration or speech is an exhortation."""
    if setting.statute:
        return
    if is_exhortation(found, subject, setting):
        yield "self"
    first = found.segment.tokens[0]
    if first.start == found.segment.start and found.parsed.words(first.start, first.end) == "即":
        yield "explains"
    if verb_class(found) in {"attitude", "mind"}:
        yield "no-act"
    if setting.voice is Voice.REPORT:
        yield from screen_reported(found, subject, setting)


def is_exhortation(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a duty is laid on those who speak: a state in its own order, the parties in a declaration."""
    if setting.voice is Voice.ORDER:
        own = is_type(subject, "authors") or "state" in types_in(found.parsed, subject, setting)
        return found.text == "必须" and own
    if setting.voice is not Voice.JOINT or setting.agreement:
        return False
    return not is_type(subject, "named") or bool(
        set(names_in(found.parsed, subject)) & set(setting.context.authors)
    )


def screen_reported(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """In a report, advice counts when somebody else gives it, or the writer gives it to his own state."""
    if not acts(subject) and not (subject is None and in_advice(found, setting)):
        yield "abstract"
    speaker = speaker_of(found, setting)
    told = speaker is not None or is_told(found, setting)
    if not told and not is_home(found, subject, setting) and not is_of_all(found, subject, setting):
        yield "analysis"
    of_itself = speaker is not None and is_said_of_itself(found, subject, speaker, setting)
    if of_itself and not is_cited(found, subject, setting):
        yield "self"
    ours = subject is not None and found.parsed.words(*subject.span) == "我们"
    if subject is not None and (subject.speaks or (ours and setting.release)):
        yield "self"
    if ours and found.verb is not None and found.parsed.words(*found.verb[:2]) in setting.tables.studying:
        yield "explains"


def is_of_all(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a white paper or release of a state tells what all states should do ("各国应…")."""
    said = bool(setting.context.authors) or any(word in setting.context.document.title for word in ANSWERS)
    if not setting.release or not said or subject is None:
        return False
    return found.parsed.words(*subject.span).startswith(setting.tables.together)


ANSWERS = ("答记者问", "发言人", "记者会")
"""Words of the title of what somebody says for his state."""


def screen_rule(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """What a report tells of a rule counts where somebody is bound or allowed; a plan binds also things."""
    bare = subject is None or subject.type == "activity" or found.kind_of == "refuse"
    whoever = found.kind_of in BINDING and (setting.plan or (bare and is_stated(found, setting)))
    if not acts(subject) and not whoever:
        yield "abstract"
    if verb_class(found) in {"attitude", "mind"} or setting.statute:
        yield "no-act"


BINDING = ("duty", "forbid", "need", "refuse")
"""Classes of triggers that in a plan or notice bind whoever it is for."""


def screen_need(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """需要 and 要 advise in advice; elsewhere they tell what is lacking."""
    counted = COUNTED.match(found.parsed.view.text, found.span[1]) is not None
    if counted or (found.verb is None and not leads_phrase(found)):
        yield "noun"
    if setting.voice in {Voice.JOINT, Voice.ORDER} and not is_told_to(found, subject, setting):
        yield "need"
    yield from screen_duty(found, subject, setting)


COUNTED = re.compile(r"(?:至少|大约|约)?(?:\d|[一二三四五六七八九十两数几]+(?:年|个?月|天|周|次|亿|万))")
"""What 需要 takes, no act ("需要十年才能建成")."""


def leads_phrase(found: Find) -> bool:
    """Return whether a phrase with a preposition follows a trigger, with an act behind it ("需要为企业争取…")."""
    after = found.segment.tokens[found.index + 1 : found.index + 2]
    return any(token.role == "preposition" and token.start == found.span[1] for token in after)


def is_told_to(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether an order tells an office 要 or 需, with an act for it."""
    if setting.voice is not Voice.ORDER or not is_type(subject, "named") or subject is None:
        return False
    own = subject.origin == "own" and "state" not in types_in(found.parsed, subject, setting)
    return own and verb_class(found) in {"act", *MEASURES}


def screen_refuse(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:  # noqa: ARG001
    """不予许可 of a rule stands under `screen_rule`; elsewhere it tells what became of an application."""
    if setting.voice is Voice.REPORT:
        yield "reported"


def screen_forbid(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """Only a rule forbids; in a report 禁止 tells of a ban, and 不应 advises."""
    if setting.voice is Voice.REPORT and found.text in setting.tables.dissuading:
        yield from screen_reported(found, subject, setting)
    elif setting.voice is Voice.REPORT:
        yield "reported"
    elif setting.voice is Voice.JOINT and not acts(subject):
        yield "abstract"


def screen_allow(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """可以 is leave in a rule and advice in advice; elsewhere it is ability."""
    if setting.statute:
        if found.text == "方可" and follows_duty(found):
            yield "embedded"
    elif setting.voice is Voice.ADVICE:
        if is_type(subject, *THINGS):
            yield "ability"
        if found.again:
            yield "embedded"
    elif not is_given(found, subject, setting):
        yield "ability"


def is_given(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether 可 gives leave or advice outside of laws and advice; of oneself it tells what one can do."""
    if setting.voice is Voice.JOINT:
        return setting.agreement or is_leave(found, subject, setting)
    if setting.voice is Voice.ORDER:
        return not is_type(subject, "authors")
    return is_offered(found, subject, setting)


def is_offered(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether 可 in a report advises the writer's own state, invites to apply, or is somebody's advice."""
    if verb_class(found) in {"attitude", "mind"}:
        return False
    if is_home(found, subject, setting) or (is_invited(found, setting) and acts(subject)):
        return True
    considered = verb_class(found) == "weak" or found.text == "不妨"
    return considered and acts(subject) and speaker_of(found, setting) is not None


def is_leave(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether 可 gives leave in a declaration: to a side or body; what a state can do is ability."""
    if verb_class(found) in {"effect", "state"} or subject is None or found.text == "不必":
        return False
    words = found.parsed.words(*subject.span)
    if words in setting.tables.speaking:
        return False
    if is_body(found, subject, setting) or words.endswith(setting.tables.sides):
        return True
    return is_type(subject, "authors", "named") and found.text != "可以"


def follows_duty(found: Find) -> bool:
    """Return whether an earlier segment lays down a duty that 方可 makes the condition of."""
    earlier = found.parsed.segments[: found.number]
    return any(token.data.get("class") == "duty" for segment in earlier for token in segment.tokens)


def screen_direct(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """指示 and 授权 name whom they bind."""
    if (subject is None or subject.origin != "object") and found.text != "下令":
        yield "no-object"
    if setting.voice in {Voice.ADVICE, Voice.REPORT} and not acts(giver_of(found)):
        yield "abstract"
    if setting.voice is Voice.ADVICE and found.kind_of == "authorize":
        yield "embedded"


def screen_advice(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """很重要 and 最好 advise only in advice, 有必要 also in a report that advises."""
    if setting.voice is Voice.REPORT and found.kind_of == "best":
        yield from screen_reported(found, subject, setting)
        if not found.direct or found.verb is None:
            yield "no-act"
    elif setting.voice is not Voice.ADVICE:
        yield "opinion"


def screen_charge(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """负责 and 承担 lay down a duty; 承担 only with 由, or in a law."""
    if setting.statute or (
        setting.agreement and (is_type(subject, "authors") or is_body(found, subject, setting))
    ):
        return
    if found.text == "承担" and (subject is None or subject.origin != "agent"):
        yield "plain"
    if not acts(subject) and not is_type(subject, "of-named"):
        yield "abstract"
    if setting.voice in {Voice.REPORT, Voice.ADVICE} and not is_concrete(found, setting):
        yield "vague"


def screen_disclaim(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:  # noqa: ARG001
    """无意 of an order or agreement limits it; in a report somebody says what he does not want."""
    if setting.voice in {Voice.REPORT, Voice.ADVICE}:
        yield "reported"


SCREENS: dict[str, Screen] = {
    "disclaim": screen_disclaim,
    "future": screen_future,
    "pledge": screen_pledge,
    "intend": screen_intend,
    "seek": screen_seek,
    "purpose": screen_purpose,
    "duty": screen_duty,
    "need": screen_need,
    "forbid": screen_forbid,
    "refuse": screen_refuse,
    "allow": screen_allow,
    "exempt": screen_allow,
    "direct": screen_direct,
    "authorize": screen_direct,
    "urge": screen_urge,
    "hope": screen_hope,
    "demand": screen_urge,
    "best": screen_advice,
    "worth": screen_advice,
    "goal": screen_advice,
    "charge": screen_charge,
    "measure": screen_measure,
    "running": screen_running,
    "announce": screen_announce,
    "launch": screen_launch,
}
