"""Which finds are provisions: kind by the document's voice, and what speaks against one.

A find that cannot be a provision is refused; one that seldom is gets a feature "doubt:…", which keeps it out
unless the trained weights say otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dragoman.extract.context import Context, Voice
from dragoman.extract.zh.clauses import Parsed, Segment
from dragoman.extract.zh.forces import is_weak
from dragoman.extract.zh.subjects import DATE, STATES, Subject, carried_subject, subject_before
from dragoman.extract.zh.tables import Tables
from dragoman.extract.zh.triggers import MEASURES, Find
from dragoman.model import Kind

SELF_SPEAKERS = ("state", "office", "government", "metonym", "seat")
"""Types of actors whose advice to their own state is an exhortation to themselves."""

BEFORE_TIME = ("localizer",)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a find is judged by.

    Attributes:
        context: the document.
        statute: whether it is a law of articles.
        tables: the noun tables.
    """

    context: Context
    statute: bool
    tables: Tables

    @property
    def voice(self) -> Voice:
        """How the document speaks."""
        return self.context.voice


def kind_of(found: Find, subject: Subject | None, setting: Setting) -> Kind:
    """Return the kind of a find in the document's voice."""
    kinds = found.token.data.get("kinds")
    if found.kind_of == "direct" and (subject is None or subject.origin != "object"):
        return Kind.MEASURE
    if found.kind_of == "indicative":
        return Kind.OBLIGATION
    if kinds is None or found.kind_of in MEASURES or found.running:
        return Kind.MEASURE
    voice = setting.voice
    if voice is Voice.JOINT and setting.context.document.kind.casefold() in setting.tables.agreements:
        if found.kind_of in {"duty", "need"}:
            return Kind.OBLIGATION
        if found.kind_of in {"allow", "exempt"}:
            return Kind.PERMISSION
    if found.kind_of == "need" and voice is Voice.REPORT and says_of_itself(found, subject, setting):
        return Kind.COMMITMENT
    if found.kind_of == "launch" and voice is not Voice.JOINT:
        return Kind.MEASURE
    if found.kind_of == "announce" and "启动" in found.text and voice is Voice.JOINT:
        return Kind.COMMITMENT
    return Kind(kinds[voice.value])


def says_of_itself(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a state's own speaker says 要 of it."""
    speaker = speaker_of(found.parsed, found.number)
    if speaker is None or subject is None or not is_intention(found):
        return False
    document = found.parsed.words(speaker.span[0], speaker.span[1])
    types = types_in(found.parsed, speaker, setting)
    return document.endswith(HEADS) or bool(types & set(SELF_SPEAKERS)) or bool(found.parsed.titles)


def is_refused(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a find cannot be a provision."""
    return (
        is_condition(found)
        or is_negated(found)
        or is_past_clause(found)
        or (setting.statute and found.kind_of in NOT_IN_STATUTES)
        or (not setting.statute and found.kind_of == "penalty")
        or (
            found.segment.end - found.span[1] <= 0
            and found.kind_of in NEEDS_MORE
            and found.text not in WITH_OBJECT
        )
        or (subject is not None and subject.origin == "topic" and found.kind_of in MEASURES)
    )


NOT_IN_STATUTES = (
    "future",
    "pledge",
    "intend",
    "seek",
    "need",
    "worth",
    "best",
    "goal",
    "urge",
    "demand",
    "announce",
    "launch",
    "policy",
    "running",
    *MEASURES,
)
WITH_OBJECT = ("做出承诺", "作出承诺")
NEEDS_MORE = ("future", "intend", "need", "duty", "allow", "forbid", "seek", "pledge")


def concedes(found: Find) -> bool:
    """Return whether a word of condition or concession stands before the trigger in its segment."""
    return any(token.role == "condition" for token in found.segment.tokens[: found.index])


def is_conditional(found: Find) -> bool:
    """Return whether an earlier segment of the sentence starts with a condition ("如果…")."""
    for segment in found.parsed.segments[: found.number]:
        first = next(iter(segment.tokens), None)
        if first is not None and first.data.get("hypothetic") and first.start == segment.start:
            return True
    return False


def is_condition(found: Find) -> bool:
    """Return whether the segment states a condition: "…的，" before the main clause, "…除外"."""
    segment, segments = found.segment, found.parsed.segments
    text = found.parsed.words(segment.start, segment.end)
    if text.endswith(("的除外", "除外")):
        return True
    if text.endswith("的") and segment.closed_by == "comma" and found.number + 1 < len(segments):
        return True
    first = segment.tokens[0] if segment.tokens else None
    return first is not None and first.role == "condition" and found.number + 1 < len(segments)


def is_negated(found: Find) -> bool:
    """Return whether a negation stands right before the trigger ("并未承诺")."""
    if found.index == 0 or found.kind_of in {"duty", "forbid"}:
        return False
    before = found.segment.tokens[found.index - 1]
    return before.role == "negation" and before.end == found.token.start


def is_past_clause(found: Find) -> bool:
    """Return whether a measure's or pledge's segment only gives a time: "…签署以来，", "…决定后，"."""
    if found.kind_of not in {*MEASURES, "pledge", "announce", "launch", "running"}:
        return False
    last = found.segment.tokens[-1]
    if last.role != "localizer" or last.end != found.segment.end or found.segment.closed_by != "comma":
        return False
    return found.parsed.words(last.start, last.end).endswith(TIMES)


TIMES = ("后", "前", "时", "以来", "期间", "之际", "起", "中")


Screen = Callable[[Find, Subject | None, Setting], Iterator[str]]


def doubts_of(found: Find, subject: Subject | None, setting: Setting) -> list[str]:
    """Return the names of what speaks against a find."""
    screen = SCREENS.get("measure" if found.kind_of in MEASURES else found.kind_of)
    names = list(screen(found, subject, setting)) if screen else []
    if in_question(found.parsed):
        names.append("question")
    if not setting.statute and (concedes(found) or (setting.voice is not Voice.ORDER and is_conditional(found))):
        names.append("conditional")
    return [f"doubt:{name}" for name in dict.fromkeys(names)]


def in_question(parsed: Parsed) -> bool:
    """Return whether the sentence is a question."""
    return parsed.view.own.rstrip().endswith(("？", "?"))


def verb_class(found: Find) -> str:
    """Return the class of the main verb, "none" where none is known."""
    return str(found.verb.data["class"]) if found.verb is not None else "none"


def acts(subject: Subject | None) -> bool:
    """Return whether there is a subject that can act."""
    return subject is not None and subject.acts


def firm(subject: Subject | None) -> bool:
    """Return whether a subject is somebody, not a pronoun for something."""
    return acts(subject) and subject is not None and subject.type != "previous"


def screen_future(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """将 is a plan only of somebody who acts; what something brings about is none."""
    verb = verb_class(found)
    if verb == "state" or (verb == "effect" and not (setting.voice is Voice.JOINT and acts(subject))):
        yield "effect"
    if setting.voice is Voice.JOINT:
        if (
            subject is not None
            and subject.type in {"this", "previous", "activity"}
            and verb not in {"weak", "enact", "meet"}
        ):
            yield "abstract"
        return
    passive = any(t.role == "passive" for t in found.segment.tokens[found.index : found.index + 2])
    reported = setting.voice is Voice.REPORT and subject is not None and subject.type == "ours" and subject.speaks
    if not firm(subject) and not reported and not (setting.voice is Voice.ORDER and passive):
        yield "abstract"


def screen_pledge(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """同意, 决定, 承诺 are nouns too; 致力于 in a report is a general aim."""
    before = found.segment.tokens[found.index - 1] if found.index else None
    if before is not None and before.end == found.token.start and before.role in {"of", "listing"}:
        yield "noun"
    if setting.voice is not Voice.JOINT and not acts(subject):
        yield "abstract"
    if found.text == "致力于" and not found.direct:
        yield "no-act"
    if setting.voice is Voice.REPORT and found.text == "致力于":
        yield "aim"
    if subject is not None and subject.type in {"this", "thing"} and setting.voice is Voice.JOINT:
        yield "abstract"


def screen_intend(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """An intention needs somebody who has it."""
    if setting.voice is not Voice.JOINT and not acts(subject):
        yield "abstract"
    if setting.voice is Voice.ORDER and found.kind_of == "intend":
        yield "order"
    if found.text in {"预计", "预期"} and (subject is None or subject.origin != "own" or not acts(subject)):
        yield "impersonal"


def screen_seek(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """谋求, 寻求 in a report are the writer's reading of motives."""
    if setting.voice is not Voice.JOINT:
        yield "aim"
    yield from screen_intend(found, subject, setting)


def screen_purpose(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """旨在 tells a purpose; of an order it states what the order does."""
    if setting.voice is not Voice.ORDER or subject is None or subject.type != "text":
        yield "purpose"


def screen_duty(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """A duty laid on oneself in a declaration or speech is an exhortation."""
    voice = setting.voice
    if setting.statute:
        return
    if (
        voice is Voice.ORDER
        and found.token.data["class"] == "duty"
        and found.text == "必须"
        and types_in(found.parsed, subject, setting) & {"state"}
    ):
        yield "self"
    if voice is Voice.JOINT and setting.context.document.kind.casefold() not in setting.tables.agreements:
        if (
            subject is None
            or subject.type != "named"
            or set(names_in(found.parsed, subject)) & set(setting.context.authors)
        ):
            yield "self"
    first = next(iter(found.segment.tokens), None)
    if (
        first is not None
        and first.start == found.segment.start
        and found.parsed.words(first.start, first.end) == "即"
    ):
        yield "explains"
    if verb_class(found) in {"attitude", "mind"}:
        yield "no-act"
    if voice is Voice.REPORT:
        yield from screen_reported(found, subject, setting)


def screen_reported(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """In a report, advice counts when somebody else gives it or the writer gives it to a state."""
    if not acts(subject):
        yield "abstract"
    speaker = speaker_of(found.parsed, found.number)
    if speaker is None and not is_home(found, subject):
        yield "analysis"
    if speaker is not None and subject is not None and speaker.span != subject.span:
        last = [hit for hit in found.parsed.view.names if hit.end == speaker.span[1]]
        own = last and setting.context.lexicon.actors.actors[last[-1].phrases[0].key].type in SELF_SPEAKERS
        heads = found.parsed.words(*speaker.span).endswith(HEADS)
        several = (
            STATES.match(found.parsed.view.text, *subject.span) or len(set(names_in(found.parsed, subject))) > 1
        )
        if (own or heads) and not several and not is_intention(found):
            yield "self"
    if subject is not None and (subject.speaks or found.parsed.words(*subject.span) == "我们"):
        yield "self"


def is_home(found: Find, subject: Subject | None) -> bool:
    """Return whether a subject is the writer's own state."""
    if subject is None:
        return False
    return found.parsed.words(*subject.span).startswith(OURS) or bool(set(names_in(found.parsed, subject)) & HOME)


OURS = ("我国", "中方")
"""Words of a Chinese writer for his own state."""


def is_intention(found: Find) -> bool:
    """Return whether a state says of itself what it is going to do ("美国要加强…")."""
    return found.text == "要"


HEADS = ("政府", "总统", "当局", "首相", "总理", "主席")
"""Last words of somebody whose advice to his own state is an exhortation to himself."""

HOME = {"China"}
"""A Chinese paper advises its own state where it names nobody who advises."""


def screen_need(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """需要 and 要 advise in advice; elsewhere they tell what is lacking."""
    if found.verb is None:
        yield "noun"
    if setting.voice in {Voice.JOINT, Voice.ORDER}:
        yield "need"
    yield from screen_duty(found, subject, setting)


def screen_forbid(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """Only a rule forbids; in a report 禁止 tells of a ban."""
    if setting.voice is Voice.REPORT:
        yield "reported"
    elif setting.voice is Voice.JOINT and not acts(subject):
        yield "abstract"


def screen_allow(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """可以 is leave in a rule and advice in advice; elsewhere it is ability."""
    agreement = setting.context.document.kind.casefold() in setting.tables.agreements
    if setting.statute:
        if found.text == "方可" and follows_duty(found):
            yield "embedded"
        return
    if (setting.voice is Voice.REPORT and not is_home(found, subject)) or (
        setting.voice is Voice.JOINT and not agreement
    ):
        yield "ability"
    if (
        setting.voice is Voice.ADVICE
        and subject is not None
        and subject.type in {"thing", "of-named", "this", "unknown"}
    ):
        yield "ability"
    if setting.voice is Voice.ADVICE and found.again:
        yield "embedded"


def follows_duty(found: Find) -> bool:
    """Return whether an earlier segment lays down a duty that 方可 makes the condition of."""
    earlier = found.parsed.segments[: found.number]
    return any(token.data.get("class") == "duty" for segment in earlier for token in segment.tokens)


def screen_direct(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """指示 and 授权 name whom they bind, and what is to be done."""
    if (subject is None or subject.origin != "object") and found.text != "下令":
        yield "no-object"
    if setting.voice in {Voice.ADVICE, Voice.REPORT} and not acts(giver_of(found)):
        yield "abstract"
    if setting.voice is Voice.ADVICE and found.kind_of == "authorize":
        yield "embedded"


def screen_urge(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """建议, 呼吁, 要求 advise when an act or an addressee follows; they are nouns otherwise."""
    named = subject is not None and subject.origin == "object"
    if not found.direct and not named:
        yield "noun"
    if found.verb is None:
        yield "no-act"
    if found.kind_of == "demand" and not (named and acts(giver_of(found))):
        yield "no-object"


def screen_advice(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """很重要 and 最好 advise only in advice."""
    if setting.voice is not Voice.ADVICE:
        yield "opinion"


def screen_charge(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """负责 and 承担 lay down a duty; 承担 only with 由, or in a law."""
    if (
        found.token.start > 0
        and found.text == "承担"
        and not setting.statute
        and (subject is None or subject.origin != "agent")
    ):
        yield "plain"
    if not acts(subject) and not setting.statute and (subject is None or subject.type != "of-named"):
        yield "abstract"
    if setting.voice in {Voice.REPORT, Voice.ADVICE} and not is_concrete(found, setting):
        yield "vague"


def screen_measure(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """A measure is concrete, done, and somebody's."""
    voice = setting.voice
    if not is_dated(found.parsed) and found.parsed.view.text.startswith(setting.tables.many, found.span[1]):
        yield "many"
    if not (is_dated(found.parsed) and (found.done or noun_in(found, setting))) and not is_precise(found, setting):
        yield "vague"
    if not (acts(subject) or (subject is not None and subject.type in {"of-named", "ours", "unknown"})):
        known = (
            has_title(found) or (found.done and names_after(found)) or is_subject_known(found, subject, setting)
        )
        if not (found.kind_of == "meet" or known):
            yield "abstract"
    if voice is Voice.JOINT and not (
        found.done and (has_title(found) or is_legal(found, setting) or names_after(found))
    ):
        yield "background"
    if voice is Voice.ORDER and not (found.done or (is_dated(found.parsed) and found.token.data.get("legal"))):
        yield "undated"
    if voice is Voice.ADVICE and not (found.done or is_dated(found.parsed)):
        yield "undated"
    if voice is Voice.REPORT and not (found.done or is_dated(found.parsed) or is_precise(found, setting)):
        yield "undated"


def is_subject_known(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a dated clause's subject is what was enacted ("新规则于2023年10月发布")."""
    if subject is None or subject.origin != "own" or not is_dated(found.parsed):
        return False
    text, (start, end) = found.parsed.view.text, subject.span
    return any(pattern.search(text, start, end) for pattern in (setting.tables.law, setting.tables.named))


def screen_running(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """What is under way counts when a named rule, body or trade is acted on."""
    enacts = verb_class(found) in MEASURES
    if setting.voice is Voice.JOINT:
        precise = enacts or names_after(found) or has_title(found) or "努力" in found.text
    elif setting.voice is Voice.ORDER:
        precise = enacts and is_precise(found, setting)
    else:
        precise = (
            names_after(found)
            or is_precise(found, setting)
            or (enacts and noun_in(found, setting) and verb_class(found) != "talk")
        )
    if not precise:
        yield "vague"
    if found.text.startswith("继续") and setting.voice is not Voice.JOINT:
        yield "continues"
    if not acts(subject):
        yield "abstract"


def screen_announce(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """宣布 counts with what is announced."""
    if not acts(subject) and not found.direct:
        yield "abstract"
    if not (found.direct or has_title(found) or is_concrete(found, setting)):
        yield "vague"


def screen_launch(found: Find, subject: Subject | None, setting: Setting) -> Iterator[str]:
    """启动 of something that has a name."""
    if not acts(subject) and subject is not None:
        yield "abstract"
    if setting.voice is not Voice.JOINT:
        yield from screen_measure(found, subject, setting)


SCREENS: dict[str, Screen] = {
    "future": screen_future,
    "pledge": screen_pledge,
    "intend": screen_intend,
    "seek": screen_seek,
    "purpose": screen_purpose,
    "duty": screen_duty,
    "need": screen_need,
    "forbid": screen_forbid,
    "allow": screen_allow,
    "exempt": screen_allow,
    "direct": screen_direct,
    "authorize": screen_direct,
    "urge": screen_urge,
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


def is_concrete(found: Find, setting: Setting) -> bool:
    """Return whether the clause names a law, plan, body, meeting, sum, or has a date of its own."""
    return has_title(found) or noun_in(found, setting) or is_dated(found.parsed)


def is_precise(found: Find, setting: Setting) -> bool:
    """Return whether the clause names its law, sum or body by more than a general noun."""
    start, end = found.segment.start, found.segment.end
    text, tables = found.parsed.view.text, setting.tables
    if any(
        pattern.search(text, found.span[0], end)
        for pattern in (tables.law, tables.money, tables.one, tables.bodies)
    ):
        return True
    quoted = any(start <= span[0] < end for span in found.parsed.quotes)
    return has_title(found) or (quoted and noun_in(found, setting))


def has_title(found: Find) -> bool:
    """Return whether a title 《》 stands in the segment."""
    return any(found.segment.start <= start < found.segment.end for start, _ in found.parsed.titles)


def names_after(found: Find) -> bool:
    """Return whether an actor is named between the trigger's start and the segment's end."""
    start, end = found.span[0], found.segment.end
    return any(start <= hit.start < end for hit in found.parsed.view.names)


def giver_of(found: Find) -> Subject | None:
    """Return who directs, urges or demands: the clause's own subject, or the one carried on."""
    own = subject_before(found.parsed, found.segment, found.span[0])
    return own or carried_subject(found.parsed, found.number)


def noun_in(found: Find, setting: Setting) -> bool:
    """Return whether a noun of something concrete, a sum or a name follows the verb, or stands before a final one."""
    segment, tables = found.segment, setting.tables
    start = found.span[1] if segment.end - found.span[1] > AT_END else segment.start
    text = found.parsed.view.text
    return any(
        pattern.search(text, start, segment.end)
        for pattern in (tables.named, tables.law, tables.meetings, tables.money)
    )


AT_END = 2
"""A verb with at most so many characters after it ends its segment; what it acts on stands before it."""


def is_legal(found: Find, setting: Setting) -> bool:
    """Return whether a measure makes or changes law: a legal verb, and a noun of law or a control in its segment."""
    if found.kind_of in {"announce", "launch", "charge", "meet", "pay"}:
        return False
    if found.kind_of == "direct":
        return True
    data = found.verb.data if found.verb is not None else found.token.data
    segment = found.segment
    start = found.span[1] if segment.end - found.span[1] > AT_END else segment.start
    text = found.parsed.view.text
    law = setting.tables.law.search(text, start, segment.end)
    return law is not None and (
        bool(data.get("legal"))
        or found.text.startswith(("发布", "出台", "建立", "公布"))
        and "措施" in law.group()
    )


def is_dated(parsed: Parsed) -> bool:
    """Return whether the sentence gives a date."""
    return DATE.search(parsed.view.text, parsed.view.start, parsed.view.end) is not None


def speaker_of(parsed: Parsed, number: int) -> Subject | None:
    """Return who speaks in the nearest segment before, None where nobody does."""
    for segment in reversed(parsed.segments[:number]):
        last = segment.tokens[-1] if segment.tokens else None
        proposed = last is not None and last.end == segment.end and parsed.words(last.start, last.end) in PROPOSING
        if proposed or any(token.data.get("class") == "speech" for token in segment.tokens):
            return subject_before(parsed, segment, segment.end, whole=True)
    return None


PROPOSING = ("提出", "建议", "提议", "呼吁")
"""Words that at a segment's end introduce what somebody says."""


def names_in(parsed: Parsed, subject: Subject | None) -> list[str]:
    """Return the canonical names of the actors of the sentence that stand in a subject."""
    if subject is None:
        return []
    start, end = subject.span
    return [hit.phrases[0].key for hit in parsed.view.names if start <= hit.start and hit.end <= end]


def types_in(parsed: Parsed, subject: Subject | None, setting: Setting) -> set[str]:
    """Return the types of the actors named in a subject."""
    register = setting.context.lexicon.actors.actors
    return {register[name].type for name in names_in(parsed, subject) if name in register}
