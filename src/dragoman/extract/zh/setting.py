"""What the finds of a document are judged by."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.extract.context import Context, Voice, listed_kind
from dragoman.extract.zh.clauses import Groups
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


def setting_of(context: Context) -> Setting:
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
