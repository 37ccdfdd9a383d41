"""Who a Chinese subject names that the register does not know, kept as named: 算力运营者, 波兰数字化部.

The grammar says where the subject stands; it is a doer where it ends in the noun of one ("…者", "…部门", "…局").
A name of the register that only begins or ends it ("国务院", "主管部门") is part of the longer name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from dragoman.extract.act import Act
from dragoman.extract.mention import Mention
from dragoman.extract.mentions import mentions_in
from dragoman.extract.view import View
from dragoman.extract.who_words import alternatives
from dragoman.lexicon.actors import ActorRegister
from dragoman.model import Language

LONGEST, SHORTEST = 24, 3
"""Characters of a doer's name."""
NAME = re.compile(r"(?:(?![的对及向在于以将把与]|其他|其设)[\u4e00-\u9fff、])+")
"""A noun phrase of one doer, without attributes or other words around it."""
FEW = 2
"""Characters before a class that make it another one; a class of no more belongs to the state before it."""
LISTING = "、"


def doers_named(act: Act, view: View) -> list[Mention]:
    """Return the doers that the subject names and no register knows, [] where it is known or names none.

    Of doers joined by 与 each must be known or one that is kept as named.

    Args:
        act: the provision; its candidate has a subject.
        view: the sentence, or the stem above it, in which the subject stands.
    """
    if act.candidate.subject is None:
        return []
    start, end = act.candidate.subject
    joined = of_state(act, view, start, end)
    if joined is not None:
        return [joined]
    whole_known = known_in(act, start, end) is not None
    for pattern in (PART,) if whole_known else (PART, LISTED):
        parts = [part.span() for part in pattern.finditer(act.view.text, start, end)]
        named = [doer_in(act, view, *part) or known_in(act, *part) for part in parts]
        found = [mention for mention in named if mention is not None]
        unknown = any(mention.rule == "named" for mention in found)
        if unknown and len(found) == len(parts) > 1:
            return found
    whole = doer_in(act, view, start, end)
    return [whole] if whole is not None else []


def of_state(act: Act, view: View, start: int, end: int) -> Mention | None:
    """Return the doer that stands behind its state with 与 or 和 inside its own name, None where two are joined.

    "沙特数据与算力管理局", "越南的芯片与软件企业": what stands before 与 is the name of nobody.
    """
    named = mentions_in(view, start, end, act.context)
    if not named or named[0].start != start or named[0].type not in STATES:
        return None
    cut_off = CUT_OFF.match(act.view.text, end, act.candidate.trigger[0])
    end = cut_off.end() if cut_off is not None and end > named[0].end else end
    beside = BESIDE.search(act.view.text, named[0].end, end)
    end = beside.start() if beside is not None else end
    parts = JOINED.fullmatch(act.view.text, named[0].end, end)
    if parts is None or any(mention.start < parts.start(2) for mention in named[1:]):
        return None
    fields, head = parts.groups()
    alone = is_doer(fields, act) or fields.endswith(act.words["representatives"])
    if alone or not is_doer(head, act):
        return None
    return Mention(start, end, act.view.text[start:end], "unknown", "named")


STATES = frozenset({"state", "union"})
JOINED = re.compile(r"的?([\u4e00-\u9fff]{2,8}?)[与和]([\u4e00-\u9fff]{2,14})")
CUT_OFF = re.compile(r"[与和][\u4e00-\u9fff]{2,10}?(?:管理局|监管局|总局|管理署|委员会|研究院)(?![的和与及、长])")
"""The rest of an agency's name that 与 seems to cut off ("沙特数据|与算力管理局")."""
BESIDE = re.compile(r"(?<=[局署部院])[同跟](?=[\u4e00-\u9fff])")
"""Brings in with whom an agency acts."""
PART = re.compile(r"[^与]+")
LISTED = re.compile(r"(?:(?!以及|和|及|、)[\u4e00-\u9fffA-Za-z])+")
"""What 与, or 和 and 、, join to others."""


def known_in(act: Act, start: int, end: int) -> Mention | None:
    """Return whom of the register a stretch names as a whole, None where it names nobody."""
    written = act.view.text[start:end].strip()
    name = act.register.canonical(written.removeprefix(OTHER), act.context.home)
    if name:
        return Mention(start, end, name, act.register.type_of(name))
    named = mentions_in(act.view, start, end, act.context)
    return named[0] if len(named) == 1 and (named[0].start, named[0].end) == (start, end) else None


OTHER = "其他"


def doer_in(act: Act, view: View, start: int, end: int) -> Mention | None:
    """Return the doer that a stretch names and no register knows, None where there is none."""
    first = start
    text = act.view.text[start:end].rstrip()
    if text.endswith(CLOSED):
        text = DEFINITION.sub("", text).rstrip()
    end = start + len(text)
    opened = opening(act.register).match(text)
    start += opened.end() if opened else 0
    quoted = QUOTED.fullmatch(act.view.text, start, end)
    if quoted is not None and quoted[1].endswith((*act.words["body_nouns"], *QUOTED_NOUNS)):
        body = act.register.canonical(quoted[1], act.context.home)
        return Mention(*quoted.span(1), body or quoted[1], act.register.type_of(body or "") or "unknown", "named")
    end -= act.view.text.endswith(SITTING, start, end)
    name = act.view.text[start:end]
    if name in act.words["authors"] or not SHORTEST <= len(name) <= LONGEST:
        return None
    if not is_doer(name, act) or NAME.fullmatch(name) is None:
        return None
    others = OTHERS.search(name)
    led = others is not None and known_in(act, start, start + others.start()) is not None
    if name in act.words["founded_nouns"] or led:
        return None
    if not is_longer(name, start, mentions_in(view, first, end, act.context), act):
        return None
    same = act.register.canonical(name, act.context.home)
    return Mention(start, end, same or name, act.register.type_of(same or "") or "unknown", "named")


OTHERS = re.compile(r"等[一二两三四五六七八九十\d]*个?(?:部门|机关|单位|机构|部委)$")
"""Behind the last of some authorities that are named ("商务部、海关等部门", "财政部等六部门")."""
QUOTED = re.compile(r"[「『“‘]([\u4e00-\u9fffA-Za-z]{2,16})[」』”’]")
QUOTED_NOUNS = ("组", "院", "署", "厅")
"""A body in quotation marks, and ends of its name besides those of other bodies."""
SITTING = "院会"
"""A sitting of a chamber stands for the chamber (立法院会)."""
CLOSED = (")", "）")
DEFINITION = re.compile(r"\s*[（(][^（）()]*[）)]\s*$")
"""A bracket behind a name, with its short form."""


@lru_cache(maxsize=8)
def opening(register: ActorRegister) -> re.Pattern[str]:
    """Return a pattern of words that open a subject and are no part of a name."""
    return re.compile(rf"^(?:{alternatives(register.words[Language.ZH]['no_part'])})+")


def opening_doer(act: Act) -> list[Mention]:
    """Return the doer that opens the trigger's clause in a law whose grammar names no subject, else its sentence.

    "省级主管部门自收到材料之日起五日内完成查验": the noun phrase up to what can follow only a subject.
    """
    view, trigger = act.view, act.candidate.trigger[0]
    if act.candidate.subject is not None or not view.start <= trigger < view.end:
        return []
    last = max(view.text.rfind(sign, view.start, trigger) for sign in CLAUSE_SIGNS) + 1
    for start in dict.fromkeys((max(last, view.start), view.start)):
        found = opened(act.register).match(act.view.text, start, view.end)
        doer = doer_in(act, view, *found.span(1)) or known_in(act, *found.span(1)) if found is not None else None
        if doer is not None:
            return [doer]
    return []


CLAUSE_SIGNS = "，；。"


@lru_cache(maxsize=8)
def opened(register: ActorRegister) -> re.Pattern[str]:
    """Return a pattern of a doer with behind it what can follow only a subject."""
    doers = alternatives(register.words[Language.ZH]["doers"])
    behind = (
        r"应当|不得|可以|自(?![行主然动治愿])|对(?![外口])|在(?!线)|于|每|须|有权|负责|牵头"
        r"|依据|按照|根据|依法|发现|收到|负有"
    )
    return re.compile(rf"([\u4e00-\u9fff、]{{2,22}}?(?:{doers}))(?={behind})")


def is_doer(name: str, act: Act) -> bool:
    """Return whether a noun phrase ends in the noun of somebody who acts."""
    return name.endswith(act.words["doers"]) and not name.endswith(act.words["no_doers"])


def is_longer(name: str, start: int, known: Sequence[Mention], act: Act) -> bool:
    """Return whether a name says more than the names of the register in it."""
    if not known or name.startswith(act.words["levels"]):
        return True
    last = known[-1]
    if last.start < start or (LISTING in name and len(known) > 1):
        return False
    if last.end < start + len(name):
        rest = name[last.end - start :]
        return len(rest) > FEW and not rest.startswith(act.words["representatives"])
    before = name[: max(0, last.start - start)]
    for mention in known[:-1]:
        before = before.replace(name[mention.start - start : mention.end - start], "")
    return last.type == "class" and len(opening(act.register).sub("", before)) >= FEW
