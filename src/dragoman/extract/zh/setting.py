"""What the finds of a document are judged by."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.extract.context import Context, Voice, listed_kind
from dragoman.extract.memory import keep
from dragoman.extract.view import View
from dragoman.extract.zh.clauses import Groups, Parsed, parse
from dragoman.extract.zh.tables import Tables, load_tables
from dragoman.model import Language


@dataclass(frozen=True, slots=True)
class Setting:
    """What a find is judged by.

    Attributes:
        context: the document.
        voice: how it speaks.
        statute: whether it is a law of articles.
        plan: whether it lays out what its author is going to do (an action plan, guiding opinions).
        agreement: whether it binds its parties in articles (a treaty, a memorandum of understanding).
        release: whether it tells what has just been done (a release, news, a white paper).
        proclaims: whether its author lays down rules by saying so (an announcement).
        groups: the attributes of each group of cues.
        tables: the word tables.
    """

    context: Context
    voice: Voice
    statute: bool
    agreement: bool
    plan: bool
    release: bool
    proclaims: bool
    groups: Groups
    tables: Tables

    def parsed(self, view: View) -> Parsed:
        """Return a sentence cut into segments, once for its finds, items and the sentences behind."""
        seen, index = self.context.memory.parsed, view.sentence.index
        known = seen.get(index)
        if known is None or known.view is not view:
            known = keep(seen, index, parse(view, self.groups, news=self.release))
        return known


def setting_of(context: Context) -> Setting:
    """Return what a document's finds are judged by, read once a document."""
    memory = context.memory
    if memory.setting is None or memory.setting.context is not context:
        memory.setting = read_setting(context)
    return memory.setting


def read_setting(context: Context) -> Setting:
    """Return what a document's finds are judged by."""
    tables, kind = load_tables(), context.document.kind
    groups = context.lexicon.cues[Language.ZH].groups
    return Setting(
        context,
        context.voice,
        bool(listed_kind(kind, context.lexicon.voices["statutes"])) and context.voice is Voice.ORDER,
        bool(listed_kind(kind, tables.agreements)),
        bool(listed_kind(kind, tables.plans)),
        bool(listed_kind(kind, tables.releases)),
        bool(listed_kind(kind, tables.proclamations)) and context.voice is Voice.ORDER,
        groups,
        tables,
    )
