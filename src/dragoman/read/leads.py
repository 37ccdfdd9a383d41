"""Cuts the title of a list item or of a speaker off the sentence behind its colon or dash."""

from __future__ import annotations

import re

from dragoman.model import BlockKind, Language
from dragoman.read.cues import HAN, HeadingCues, heading_cues
from dragoman.read.pieces import Piece
from dragoman.read.titles import has_clause

_REACH = 120
_MAX_WORDS = 14
_COLON = re.compile(r":\s+(?=[“\"A-Z])")
_DASH = re.compile(r"\s[–—]\s+(?=\S)")
_SPEAKER = re.compile(r"[A-Z][A-Z.’'\-]+(?:\s[A-Z][A-Z.’'\-]+){0,5}\s?(?:\([^)]{1,40}\))?:\s+")
_COLON_ZH = re.compile(rf"[:：]\s*(?=[{HAN}\d])")
_LEAD_ZH = re.compile(rf"[{HAN}A-Za-z0-9“”《》（）()、和与及 ]{{4,30}}")
_GERUND = re.compile(r"[A-Za-z]+ing\b")

Span = tuple[int, int]


def cut_leads(text: str, piece: Piece, spans: list[Span]) -> list[Span]:
    """Return the sentences of a block, a title at its start made a sentence of its own.

    Args:
        text: the whole text.
        piece: the block.
        spans: its sentences.
    """
    cut = _lead(text, piece, spans[0], heading_cues()) if spans else None
    if cut is None:
        return spans
    return [(spans[0][0], cut[0]), (cut[1], spans[0][1]), *spans[1:]]


def _lead(text: str, piece: Piece, span: Span, cues: HeadingCues) -> Span | None:
    """Return the end of the title and the start of its sentence, or None."""
    start, end = span
    head = text[start : min(end, start + _REACH)]
    if piece.language is Language.ZH:
        return _lead_zh(head, start, end, cues)
    found = _SPEAKER.match(head)
    if found is None and piece.kind is BlockKind.ITEM:
        found = _item_lead(head, text[start:end], cues)
    if found is None or start + found.end() >= end:
        return None
    stop = start + len(text[start : start + found.end()].rstrip())
    return (start + found.start() if found.re is _DASH else stop), start + found.end()


def _item_lead(head: str, sentence: str, cues: HeadingCues) -> re.Match[str] | None:
    found = _COLON.search(head)
    if found is not None and _is_name(head[: found.start()], cues):
        return found
    found = _DASH.search(head)
    if found is None or not _is_name(head[: found.start()], cues) or _GERUND.match(head):
        return None
    return found if has_clause(sentence[found.end() :], cues) else None


def _is_name(lead: str, cues: HeadingCues) -> bool:
    return len(lead.split()) <= _MAX_WORDS and not has_clause(lead, cues) and not re.search(r"[.;,]\s", lead)


def _lead_zh(head: str, start: int, end: int, cues: HeadingCues) -> Span | None:
    found = _COLON_ZH.search(head)
    if found is None or start + found.end() >= end:
        return None
    lead = head[: found.start()]
    names = bool(_LEAD_ZH.fullmatch(lead)) and not cues.verbs_zh.search(lead) and not lead.endswith(cues.saying_zh)
    return (start + found.start() + 1, start + found.end()) if names else None
