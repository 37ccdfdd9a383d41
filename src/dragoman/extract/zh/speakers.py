"""Who says what a clause holds, and whether it is said of oneself."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.extract.zh.clauses import Parsed, Segment
from dragoman.extract.zh.setting import Setting
from dragoman.extract.zh.subjects import AGENTIVE, Subject, carried_subject, subject_before
from dragoman.extract.zh.triggers import Find

SELF_SPEAKERS = frozenset({"state", "office", "government", "metonym", "seat"})
"""Types of actors whose advice to their own state is an exhortation to themselves."""

INTENTION = "要"
"""What a state's own speaker says 要 of is an intention ("美国要加强…")."""


def speaker_of(found: Find, setting: Setting) -> Subject | None:
    """Return who speaks in the nearest segment before a find, None where nobody does.

    News tell what somebody said in several sentences ("王毅表示，…。双方应…").
    """
    back = sentences_back(found, setting, 1 + (SPEECH_REACH if setting.release else 0))
    said = (speaker_in(parsed, number, setting) for parsed, number in back)
    return next((one for one in said if one is not None), None)


def is_in_speech(found: Find, setting: Setting) -> bool:
    """Return whether somebody speaks before a find, in its sentence or, in news, in those before it."""
    reach = SPEECH_REACH if setting.release else 1
    return any(speaks_in(parsed, number, setting) for parsed, number in sentences_back(found, setting, reach))


def speaks_in(parsed: Parsed, number: int, setting: Setting) -> bool:
    """Return whether one of the first segments of a sentence brings in somebody's speech."""
    return any(introduces_speech(parsed, segment, setting) for segment in parsed.segments[:number])


def sentences_back(found: Find, setting: Setting, most: int) -> Iterator[tuple[Parsed, int]]:
    """Yield the sentence of a find with the segments before it counted, then those before it with all of theirs.

    Args:
        found: what stands in the first sentence.
        setting: parses the sentences before.
        most: sentences at most.
    """
    parsed, number = found.parsed, found.number
    for _ in range(most):
        yield parsed, number
        before = parsed.view.previous
        if before is None:
            return
        parsed = setting.parsed(before)
        number = len(parsed.segments)


SPEECH_REACH = 5
"""Sentences back to which somebody's speech in news is looked for."""


def speaker_in(parsed: Parsed, number: int, setting: Setting) -> Subject | None:
    """Return who speaks in the nearest segment of a sentence before the one of a number."""
    for segment in reversed(parsed.segments[:number]):
        if introduces_speech(parsed, segment, setting):
            return subject_before(parsed, segment, segment.end, whole=True)
    return None


def is_told(found: Find, setting: Setting) -> bool:
    """Return whether somebody says what a find holds, whoever it is ("有学者主张，…", "…报告中建议，…")."""
    for segment in found.parsed.segments[: found.number]:
        if not introduces_speech(found.parsed, segment, setting):
            continue
        said = [token.start for token in segment.tokens if token.role in {"verb", "trigger"}][-1:]
        if any(token.role in AGENTIVE and token.end <= start for token in segment.tokens for start in said):
            return True
    return False


def introduces_speech(parsed: Parsed, segment: Segment, setting: Setting) -> bool:
    """Return whether a segment holds a verb of saying, or ends in one like 提出."""
    last = segment.tokens[-1] if segment.tokens else None
    final = parsed.words(last.start, last.end) if last is not None and last.end == segment.end else ""
    if final in setting.tables.proposing or PROPOSE in parsed.words(segment.start, segment.end):
        return True
    return any(token.data.get("class") == "speech" for token in segment.tokens)


PROPOSE = "提议"
"""Proposes what the next clause tells, wherever it stands ("中方提议面对机遇，国际社会应…")."""


def is_said_of_itself(found: Find, subject: Subject | None, speaker: Subject, setting: Setting) -> bool:
    """Return whether a speaker of a state says of one state what it should do."""
    if subject is None or speaker.span == subject.span or found.text == INTENTION:
        return False
    several = setting.tables.states.match(found.parsed.view.text, *subject.span)
    if (
        several
        or found.parsed.words(*subject.span).startswith(setting.tables.together)
        or len(set(names_in(found.parsed, subject))) > 1
    ):
        return False
    return speaks_for_state(found, speaker, setting)


def is_cited(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether somebody cites a side before he says what it should do ("甲指出，乙表示…，乙应…")."""
    parsed = found.parsed
    speaking = [s for s in parsed.segments[: found.number] if introduces_speech(parsed, s, setting)]
    if subject is None or len(speaking) <= 1:
        return False
    first, last = (
        subject_before(parsed, segment, segment.end, whole=True) for segment in (speaking[0], speaking[-1])
    )
    if first is None or last is None:
        return False
    who = parsed.words(*subject.span)
    return parsed.words(*last.span) == who != parsed.words(*first.span)


def speaks_for_state(found: Find, speaker: Subject, setting: Setting) -> bool:
    """Return whether a speaker is a state, its head or its government."""
    register = setting.context.lexicon.actors.actors
    last = [hit for hit in found.parsed.view.names if hit.end == speaker.span[1]]
    own = last and register[last[-1].phrases[0].key].type in SELF_SPEAKERS
    return bool(own) or found.parsed.words(*speaker.span).endswith(setting.tables.heads)


def says_of_itself(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a state's own speaker or paper says 要 of it: an intention."""
    if found.text != INTENTION or subject is None or is_of_everybody(found, subject, setting):
        return False
    speaker = speaker_of(found, setting)
    if speaker is None:
        return False
    types = types_in(found.parsed, speaker, setting)
    heads = found.parsed.words(*speaker.span).endswith(setting.tables.heads)
    return heads or bool(types & SELF_SPEAKERS) or bool(found.parsed.titles)


def is_of_everybody(found: Find, subject: Subject, setting: Setting) -> bool:
    """Return whether a subject is all states, more than those who speak ("各国要…")."""
    return found.parsed.words(*subject.span) in setting.tables.everybody


def is_home(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a subject is the writer's own state."""
    if subject is None:
        return in_advice(found, setting)
    if in_advice(found, setting) and not types_in(found.parsed, subject, setting) & STATES:
        return True
    words = found.parsed.words(*subject.span)
    if not setting.release and (subject.type == "authors" or is_pair_with(words, setting)):
        return True
    named = set(names_in(found.parsed, subject)) & set(setting.tables.home)
    return bool(named) or words.startswith(setting.tables.ours)


def is_pair_with(words: str, setting: Setting) -> bool:
    """Return whether a subject is the writer's own state with another ("中美", "中欧双方")."""
    return setting.tables.states.fullmatch(words) is not None and OWN in words


OWN = "中"
"""Stands for the writer's state in the short name of a pair."""


def giver_of(found: Find) -> Subject | None:
    """Return who directs, urges or demands: the clause's own subject, or the one carried on."""
    own = subject_before(found.parsed, found.segment, found.span[0])
    return own or carried_subject(found.parsed, found.number)


def is_of_law(found: Find, setting: Setting) -> bool:
    """Return whether a law or order is what directs or demands ("行政令要求…", "签署行政令，要求…")."""
    giver = giver_of(found)
    if giver is not None and setting.tables.law.search(found.parsed.words(*giver.span)) is not None:
        return True
    return any(issues_law(found.parsed, segment, setting) for segment in found.parsed.segments[: found.number])


def issues_law(parsed: Parsed, segment: Segment, setting: Setting) -> bool:
    """Return whether a segment tells that a law or order is made, and nothing of what it says."""
    made = next((token for token in segment.tokens if token.data.get("class") == "enact"), None)
    return made is not None and setting.tables.ordering.search(parsed.view.text, made.end, segment.end) is not None


def is_of_authority(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a law, a rule or an authority demands something of somebody else than a state."""
    if is_of_law(found, setting):
        return True
    giver = giver_of(found)
    if giver is None or types_in(found.parsed, subject, setting) & STATES:
        return False
    words = found.parsed.words(*giver.span)
    rules = giver.type != "named" and setting.tables.rules.search(words) is not None
    return (
        rules or words.endswith(setting.tables.authorities) or "agency" in types_in(found.parsed, giver, setting)
    )


STATES = frozenset({"state", "union"})
"""Types of actors that no authority of another can bind."""


def concludes(found: Find, setting: Setting) -> bool:
    """Return whether a paper draws a conclusion for its own state without naming it ("为此，需强化设计")."""
    parsed = found.parsed
    if setting.release or found.kind_of not in {"need", "duty"} or OUR_STATE not in setting.context.document.text:
        return False
    if not parsed.view.own.startswith(setting.tables.concluding) or found.verb is None:
        return False
    leads = all(token.role in {"opener", "adverb"} for token in found.segment.tokens[: found.index])
    return leads and found.verb.data["class"] in {"act", "enact", "pay", "meet"}


OUR_STATE = "我国"
"""By this word a writer means his own state."""


def in_advice(found: Find, setting: Setting) -> bool:
    """Return whether a sentence stands under a heading of advice ("四、政策启示") or draws a conclusion."""
    if concludes(found, setting):
        return True
    titles = (title.strip("#*：: \u3000") for title in found.parsed.view.sentence.section)
    if any(title.endswith(setting.tables.advice_sections) for title in titles):
        return True
    document = setting.context.document
    late = found.parsed.view.start > len(document.text) // 2
    return late and not setting.release and document.title.endswith(setting.tables.advice_sections)


def names_in(parsed: Parsed, subject: Subject | None) -> list[str]:
    """Return the canonical names of the actors of the sentence that stand in a subject."""
    if subject is None:
        return []
    start, end = subject.span
    view = parsed.view
    while subject.origin == "sentence" and start < view.start and view.previous is not None:
        view = view.previous
    return [hit.phrases[0].key for hit in view.names if start <= hit.start and hit.end <= end]


def is_party(parsed: Parsed, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a subject is the parties of a text, or those of them that it names."""
    if subject is None:
        return False
    named = set(names_in(parsed, subject))
    return subject.type == "authors" or (bool(named) and named <= set(setting.context.authors))


def types_in(parsed: Parsed, subject: Subject | None, setting: Setting) -> set[str]:
    """Return the types of the actors named in a subject."""
    register = setting.context.lexicon.actors.actors
    return {register[name].type for name in names_in(parsed, subject) if name in register}
