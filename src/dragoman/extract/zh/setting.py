"""What the finds of a document are judged by."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.extract.context import Context, Voice
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
        groups: the attributes of each group of cues.
        tables: the word tables.
    """

    context: Context
    voice: Voice
    statute: bool
    agreement: bool
    plan: bool
    groups: Groups
    tables: Tables


def setting_of(context: Context) -> Setting:
    """Return what a document's finds are judged by."""
    tables, kind = load_tables(), context.document.kind.casefold()
    groups = context.lexicon.cues[Language.ZH].groups
    return Setting(
        context,
        context.voice,
        kind in tables.statutes,
        kind in tables.agreements,
        kind in tables.plans,
        groups,
        tables,
    )
