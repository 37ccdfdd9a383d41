"""Which state a Chinese text means by a bare 政府, 当局, or calls its own: 我方, 我国, 特区政府."""

from __future__ import annotations

import re
from functools import lru_cache

from dragoman.extract.act import Act
from dragoman.extract.authors import STATES, state_of
from dragoman.extract.context import Context, Voice
from dragoman.extract.mention import Mention
from dragoman.extract.who_words import alternatives
from dragoman.lexicon.actors import ActorRegister
from dragoman.model import Language


def own_state(act: Act) -> list[Mention]:
    """Return the state that a subject like 政府, 我方 stands for in a report or paper, [] for another subject.

    The state whose bodies the text names without its name (行政院 in a text of Taiwan), else the state that the
    text is of, else that of who acted last.
    """
    span, context = act.candidate.subject, act.context
    if act.language is not Language.ZH or span is None or context.voice not in {Voice.REPORT, Voice.ADVICE}:
        return []
    subject = act.view.text[slice(*span)].strip()
    ours = subject in act.words["own_side"]
    of_each = act.view.text.endswith(act.words["of_each"], 0, span[0])
    if not ours and (subject not in act.words["government"] or of_each):
        return []
    state = text_of_state(context) or ("" if ours and context.voice is Voice.ADVICE else state_told_of(act))
    return [Mention(*span, state, act.register.type_of(state), "government")] if state else []


def state_told_of(act: Act) -> str:
    """Return the state a text is of, else that of who acted last in it, "" where it is none's."""
    register, context = act.register, act.context
    if act.candidate.subject is not None and act.view.text.startswith(OUR_STATE, act.candidate.subject[0]):
        return stated_of(context) or str(act.words["writer"][0])
    if register.type_of(context.home) in STATES:
        return context.home
    last = {state_of(name, register) for name in context.memory.actors}
    return last.pop() if len(last) == 1 else ""


OUR_STATE = "我国"
"""By this word, other than by "our side", a writer means his own state."""


def state_of_writer(act: Act) -> str:
    """Return the state of who writes a paper that speaks of it as its own, "" where none does."""
    context = act.context
    if (
        act.language is not Language.ZH
        or context.voice is not Voice.REPORT
        or OUR_STATE not in context.document.text
    ):
        return ""
    return text_of_state(context) or stated_of(context) or str(act.words["writer"][0])


def stated_of(context: Context) -> str:
    """Return the state that the document is stated to be of, "" where that is not one."""
    states = [name for name in context.document.parties if context.lexicon.actors.type_of(name) in STATES]
    return states[0] if len(states) == 1 else ""


def text_of_state(context: Context) -> str:
    """Return the state whose own bodies a text names without the state's name before them, "" without one."""
    signs = own_bodies(context.lexicon.actors)
    found = signs.search(context.document.text)
    pairs = dict(pair.split("=") for pair in context.lexicon.actors.words[Language.ZH]["own_bodies"])
    return pairs[found.group()] if found is not None else ""


@lru_cache(maxsize=8)
def own_bodies(register: ActorRegister) -> re.Pattern[str]:
    """Return a pattern of the bodies that only a state's own texts name without it, none in quotation marks."""
    bodies = [pair.split("=")[0] for pair in register.words[Language.ZH]["own_bodies"]]
    return re.compile(rf"(?<!台湾)(?<!澳门)(?<!当局)(?<![“「‘『\"])(?:{alternatives(bodies)})")
