"""The kind of a find in the document's voice, and which finds cannot be a provision at all."""

from __future__ import annotations

from dragoman.extract.context import Voice
from dragoman.extract.zh.prospects import is_body, is_habit, is_invited, is_laid_on_each
from dragoman.extract.zh.rulings import is_ruled
from dragoman.extract.zh.setting import Setting
from dragoman.extract.zh.speakers import is_of_authority, says_of_itself
from dragoman.extract.zh.subjects import Subject
from dragoman.extract.zh.triggers import MEASURES, Find
from dragoman.model import Kind

NOT_IN_STATUTES = frozenset(
    {
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
        "hope",
        "announce",
        "launch",
    }
    | {"policy", "running", "refuse", *MEASURES}
)
"""Classes of finds that carry no provision in a law of articles."""

PROCLAIMED = ("pledge", "future")
"""Classes of finds by which an announcement tells what its author decides or will do."""

NEEDS_MORE = ("future", "intend", "need", "duty", "allow", "forbid", "seek", "pledge", "announce")
"""Classes of triggers that carry nothing at the end of their segment."""

TIMED = frozenset({*MEASURES, "pledge", "announce", "launch", "running"})
"""Classes of finds that a localizer at the segment's end makes a mere time ("…签署后，")."""

AGREED = {
    "charge": Kind.OBLIGATION,
    "duty": Kind.OBLIGATION,
    "need": Kind.OBLIGATION,
    "allow": Kind.PERMISSION,
    "exempt": Kind.PERMISSION,
}
"""Kinds of modals in an agreement."""

RULED = {**AGREED, "forbid": Kind.PROHIBITION, "refuse": Kind.PROHIBITION}
"""Kinds of modals in what a report tells of a rule."""


def kind_of(found: Find, subject: Subject | None, setting: Setting) -> Kind:
    """Return the kind of a find in the document's voice."""
    kinds = found.token.data.get("kinds")
    if found.kind_of == "indicative":
        return Kind.OBLIGATION
    if is_habit(found, subject, setting) or is_being_launched(found):
        return Kind.COMMITMENT
    if kinds is None or is_measure(found, subject, setting):
        return Kind.MEASURE
    return special_kind(found, subject, setting) or Kind(kinds[setting.voice.value])


def special_kind(found: Find, subject: Subject | None, setting: Setting) -> Kind | None:
    """Return the kind of a trigger that its voice alone does not tell, None where it does."""
    told = RULED if setting.plan else AGREED if setting.agreement else {}
    if setting.agreement and found.kind_of == "charge" and is_body(found, subject, setting):
        return Kind.COMMITMENT
    if found.kind_of in told:
        return told[found.kind_of]
    if is_commitment(found, subject, setting):
        return Kind.COMMITMENT
    if setting.voice is Voice.JOINT and is_laid_on_each(found, subject, setting):
        return Kind.OBLIGATION
    if setting.voice is Voice.REPORT:
        return reported_kind(found, subject, setting)
    return None


def reported_kind(found: Find, subject: Subject | None, setting: Setting) -> Kind | None:
    """Return the kind of what a report tells of a rule: what an authority demands, what a programme offers."""
    if found.kind_of == "demand" and (is_of_authority(found, subject, setting) or is_required(found)):
        return Kind.OBLIGATION
    if found.kind_of in RULED and is_ruled(found, subject, setting):
        return RULED[found.kind_of]
    return Kind.PERMISSION if is_invited(found, setting) else None


def is_required(found: Find) -> bool:
    """Return whether something is demanded in the passive ("企业被要求提交报告")."""
    before = found.segment.tokens[found.index - 1] if found.index else None
    return before is not None and before.role == "passive" and before.end == found.token.start


def is_measure(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a find reports a measure whatever its trigger: done, under way, or an order to nobody."""
    if is_being_launched(found):
        return False
    if found.kind_of in MEASURES or found.running:
        return True
    if found.kind_of == "pledge" and setting.proclaims:
        return True
    if found.kind_of == "direct":
        return subject is None or subject.origin != "object"
    return found.kind_of == "launch" and (setting.voice is not Voice.JOINT or found.text.endswith("了"))


def is_being_launched(found: Find) -> bool:
    """Return whether a programme is being launched ("正在启动…", "正在发起…")."""
    return found.kind_of in {"launch", "running"} and found.text.startswith(LAUNCHING)


LAUNCHING = ("正在启动", "正启动", "正在发起", "正发起")
"""What is being launched binds, whoever tells it."""


def is_commitment(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a find binds its subject: a launch announced together, a state's own 要."""
    if is_being_launched(found):
        return True
    if found.kind_of == "announce":
        return setting.voice is Voice.JOINT and "启动" in found.text
    return found.kind_of == "need" and setting.voice is Voice.REPORT and says_of_itself(found, subject, setting)


def is_refused(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a find cannot be a provision."""
    refused = found.kind_of == "refuse"
    proclaimed = setting.proclaims and (refused or (found.kind_of in PROCLAIMED and is_proclaimed(found, subject)))
    unlawful = found.kind_of in NOT_IN_STATUTES and not proclaimed
    if unlawful if setting.statute else found.kind_of == "penalty":
        return True
    if not setting.statute and found.text in setting.tables.law_only:
        return True
    if subject is not None and subject.origin == "topic" and found.kind_of in MEASURES:
        return True
    return is_condition(found) or is_negated(found) or is_past(found, setting) or is_empty(found, setting)


def is_proclaimed(found: Find, subject: Subject | None) -> bool:
    """Return whether an announcement decides on controls ("决定对…实施出口管制") or tells what one will do."""
    own = subject is not None and subject.origin == "own"
    if found.kind_of == "pledge":
        return found.text == DECIDING and not own
    return own and subject is not None and subject.type == "named"


DECIDING = "决定"


def is_empty(found: Find, setting: Setting) -> bool:
    """Return whether nothing follows a trigger that needs an act."""
    if found.kind_of not in NEEDS_MORE or found.text in setting.tables.with_object:
        return False
    return found.segment.end <= found.token.end and not opens_clause(found)


def opens_clause(found: Find) -> bool:
    """Return whether what is pledged follows after a comma ("双方同意，…")."""
    first = found.segment.tokens[0]
    is_last = found.number + 1 == len(found.parsed.segments)
    if found.kind_of == "announce":
        return tells_next(found)
    if found.kind_of != "pledge" or is_last or found.segment.closed_by not in {"comma", "colon"}:
        return False
    return first.role != "preposition" and found.token.start > found.segment.start


def tells_next(found: Find) -> bool:
    """Return whether what is announced follows after a comma, with the verb of a measure ("双方宣布，…设立…")."""
    if found.segment.end != found.token.end or found.number + 1 >= len(found.parsed.segments):
        return False
    following = found.parsed.segments[found.number + 1]
    classes = [token.data.get("class") for token in following.tokens if token.role in {"verb", "trigger"}]
    return "future" not in classes and any(kind_of in MEASURES for kind_of in classes)


def is_condition(found: Find) -> bool:
    """Return whether the segment states a condition: "…的，" before the main clause, "…除外"."""
    segment = found.segment
    is_last = found.number + 1 == len(found.parsed.segments)
    text = found.parsed.words(segment.start, segment.end)
    if text.endswith("除外"):
        return True
    if text.endswith("的") and not text.endswith(AIM) and segment.closed_by == "comma" and not is_last:
        return True
    return bool(segment.tokens) and segment.tokens[0].role == "condition" and not is_last


def is_negated(found: Find) -> bool:
    """Return whether a negation stands right before the trigger ("并未承诺")."""
    if found.index == 0 or found.kind_of in {"duty", "forbid"}:
        return False
    before = found.segment.tokens[found.index - 1]
    return before.role == "negation" and before.end == found.token.start


AIM = "目的"
"""Ends in 的 and states no condition."""


def opens_phrase(found: Find) -> bool:
    """Return whether a phrase with a preposition follows a trigger ("决心在…的同时，…"): its act follows that."""
    after = found.segment.tokens[found.index + 1 : found.index + 2]
    return any(token.role == "preposition" and token.start == found.span[1] for token in after)


def is_past(found: Find, setting: Setting) -> bool:
    """Return whether the segment of a measure or pledge only gives a time: "…签署以来，", "…决定后，"."""
    last = found.segment.tokens[-1]
    if found.kind_of not in TIMED or last.role != "localizer":
        return False
    if last.end != found.segment.end or found.segment.closed_by != "comma":
        return False
    if found.kind_of == "pledge" and opens_phrase(found):
        return False
    return found.parsed.words(last.start, last.end).endswith(setting.tables.times)
