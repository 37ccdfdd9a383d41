"""Whether a measure is concrete and whether it is a legal act.

The annotation guide counts a measure only where the clause names the law, plan, body, control, agreement or
meeting, or its date or amount; one that makes or changes law has force 4.
"""

from __future__ import annotations

import re

from dragoman.extract.context import Voice
from dragoman.extract.zh.clauses import Parsed
from dragoman.extract.zh.setting import Setting
from dragoman.extract.zh.subjects import DATE, RECENT, Subject
from dragoman.extract.zh.triggers import Find

ACRONYM = re.compile("[A-Z][A-Za-z-]*[A-Z]")
"""A body or framework by its Latin initials."""

AT_END = 2
"""A verb with at most so many characters after it ends its segment; what it acts on stands before it."""

NEVER_LEGAL = ("announce", "launch", "charge", "meet", "pay")
"""Classes of finds that make no law."""


def is_concrete(found: Find, setting: Setting) -> bool:
    """Return whether the clause names a law, plan, body, meeting, sum, or has a date of its own."""
    return has_title(found) or noun_in(found, setting) or is_dated(found.parsed)


def is_precise(found: Find, setting: Setting) -> bool:
    """Return whether the clause names its law, sum or body by more than a general noun."""
    start, end = found.segment.start, found.segment.end
    text = found.parsed.view.text
    if any(pattern.search(text, found.span[0], end) for pattern in setting.tables.precise):
        return True
    if is_signed(found, setting) or is_eased(found, setting):
        return True
    quoted = any(start <= span[0] < end for span in found.parsed.quotes)
    return has_title(found) or (quoted and noun_in(found, setting))


def is_signed(found: Find, setting: Setting) -> bool:
    """Return whether an agreement is signed or approved ("批准了关于…的协定"): one exists, named or not."""
    if found.parsed.view.text.startswith(INTO_LAW, found.span[1]):
        return True
    if found.verb is None or not found.parsed.words(*found.verb[:2]).endswith(setting.tables.signing):
        return False
    return setting.tables.agreed.search(found.parsed.view.text, found.span[1], found.segment.end) is not None


INTO_LAW = ("成法", "成为法律", "为法律", "生效成法")
"""What stands behind 签署 where a bill becomes law ("将其签署成法")."""


def is_eased(found: Find, setting: Setting) -> bool:
    """Return whether a rule is changed by a legal verb ("放宽了对…的检验要求")."""
    if not found.done or found.verb is None or not found.verb.data.get("legal"):
        return False
    return found.parsed.words(found.segment.start, found.segment.end).rstrip("。").endswith(setting.tables.eased)


def is_performed(found: Find, setting: Setting) -> bool:
    """Return whether an order performs an act by saying so ("现行规定特此废止", "兹设立工作组")."""
    words = found.parsed.words(found.segment.start, found.span[0])
    return setting.voice is Voice.ORDER and words.endswith(setting.tables.hereby)


def has_title(found: Find) -> bool:
    """Return whether a title 《》 stands in the segment."""
    return any(found.segment.start <= start < found.segment.end for start, _ in found.parsed.titles)


def names_after(found: Find) -> bool:
    """Return whether an actor is named between the trigger's start and the segment's end."""
    start, end = found.span[0], found.segment.end
    return any(start <= hit.start < end for hit in found.parsed.view.names)


def is_ruling(found: Find) -> bool:
    """Return whether somebody named is allowed something or sanctioned ("批准某公司出口芯片")."""
    return found.verb is not None and found.parsed.words(*found.verb[:2]) in RULINGS and names_after(found)


def pays(found: Find, setting: Setting) -> bool:
    """Return whether a sum stands behind a verb ("批准提供50亿欧元补贴")."""
    return setting.tables.money.search(found.parsed.view.text, found.span[1], found.segment.end) is not None


RULINGS = ("批准", "核准", "准予", "制裁")


def noun_in(found: Find, setting: Setting) -> bool:
    """Return whether a noun of something concrete or a sum follows the verb, or stands before a final one."""
    start, end = stretch(found)
    text = found.parsed.view.text
    return any(pattern.search(text, start, end) for pattern in (*setting.tables.concrete, ACRONYM))


def stretch(found: Find) -> tuple[int, int]:
    """Return where the object of a verb is looked for: after it, or in the whole segment where it ends that."""
    segment = found.segment
    start = found.span[1] if segment.end - found.span[1] > AT_END else segment.start
    return start, segment.end


def is_legal(found: Find, setting: Setting) -> bool:
    """Return whether a measure makes or changes law: a legal verb with a noun of law or of a control."""
    if found.kind_of == "announce" and not found.running:
        return undoes(found, setting)
    if found.kind_of in NEVER_LEGAL or found.running:
        return False
    into_law = found.parsed.view.text.startswith(INTO_LAW, found.span[1])
    if (
        found.kind_of == "direct"
        or is_performed(found, setting)
        or into_law
        or (is_ruling(found) and not pays(found, setting))
    ):
        return True
    law = setting.tables.law.search(found.parsed.view.text, *stretch(found))
    data = found.verb.data if found.verb is not None else found.token.data
    if law is None:
        return (
            setting.voice is Voice.ORDER
            and bool(data.get("legal"))
            and found.text.startswith(setting.tables.undoing)
        )
    if data.get("legal") or found.text.startswith(setting.tables.suspending):
        return True
    signs = "。》" if found.text == PROMULGATING else "。"
    words = SHORT_NAME.sub("", found.parsed.words(found.segment.start, found.segment.end).rstrip(signs))
    made = "措施" in law.group() or words.endswith(setting.tables.made)
    return made and found.text.startswith(setting.tables.making)


SHORT_NAME = re.compile(r"(?:[（(][^（）()]{1,24}[）)])+$")
"""The short name of a rule in brackets behind it ("发布了两项规则（“四月规则”）")."""


def undoes(found: Find, setting: Setting) -> bool:
    """Return whether what is announced ends or puts off a rule or control ("宣布解除禁令")."""
    verb = found.verb
    if verb is None or verb.end != found.span[1]:
        return False
    words = found.parsed.words(*verb[:2])
    undone = words in ENDING or words.startswith((*setting.tables.undoing, *setting.tables.suspending))
    return undone and setting.tables.law.search(found.parsed.view.text, verb.end, found.segment.end) is not None


ENDING = ("解除", "取消", "废止", "撤销")
PROMULGATING = "公布"
"""What is done with a regulation that has a title, to make it law."""


def is_dated(parsed: Parsed) -> bool:
    """Return whether the sentence gives a date."""
    if "dated" not in parsed.asked:
        place = (parsed.view.text, parsed.view.start, parsed.view.end)
        parsed.asked["dated"] = DATE.search(*place) is not None or RECENT.search(*place) is not None
    return parsed.asked["dated"]


PASSED = "通过"
"""What becomes of a bill ("该法案也获委员会通过")."""


def is_subject_known(found: Find, subject: Subject | None, setting: Setting) -> bool:
    """Return whether a dated clause's subject is what was enacted ("新规则于2023年10月发布")."""
    passed = setting.release and found.text.endswith(PASSED)
    if subject is None or subject.origin != "own" or not (passed or is_dated(found.parsed)):
        return False
    text, (start, end) = found.parsed.view.text, subject.span
    return any(pattern.search(text, start, end) for pattern in (setting.tables.law, setting.tables.named))
