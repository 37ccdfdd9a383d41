"""Tells titles from clauses, and cuts a title off the text that follows it in the same line."""

from __future__ import annotations

import re

from dragoman.model import Language
from dragoman.read.cues import HAN, HeadingCues, abbreviations

MAX_TITLE = 160
"""Characters of a heading; longer lines are paragraphs."""
MAX_FIRST_TITLE = 320
"""Characters of the first heading, which is the title of the whole."""
_MAX_WORDS_SENTENCE_CASE = 16
_MAX_TITLE_ZH = 42
_STOPS = ".!?;,:。！？；，：、…—"
_SENTENCE_STOPS = frozenset(".!?。！？")
_CLOSERS = ")）”\"’'»] "
_QUESTION = re.compile(r"Q\s")
"""A reporter's line in a transcript."""
_WORD = re.compile(r"[A-Za-z][\w.’'&/-]*|\d[\w.,%-]*")
_TITLE_SHARE = 0.74
"""Share of the words that matter which begin with a capital in a title-case line."""
_INLINE_EN = re.compile(r"[.:](?:\s*[—–-]\s*|\s+)(?=[(“\"A-Z])|\s[—–]\s(?=[(“\"A-Z])")
_INLINE_WORDS = 14
_INLINE_ZH = re.compile(r"[。.]?\s*(?=[(（])|[。]\s*|[\s\u3000]+")
_BRACKETED = re.compile(r"[【〔\[](.{1,30}?)[】〕\]]\s*")
_MAX_INLINE_ZH = 30


def is_title_case(text: str, cues: HeadingCues) -> bool:
    """Whether an English line is written like a title: its words of weight begin with capitals."""
    words = _WORD.findall(text)
    if not words or not (words[0][0].isupper() or words[0][0].isdigit()):
        return False
    weighty = [word for word in words if word not in cues.small]
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in weighty)
    return bool(weighty) and capitals >= len(weighty) * _TITLE_SHARE


def has_clause(text: str, cues: HeadingCues) -> bool:
    """Whether an English line holds a finite verb of the list, so that it says something."""
    return not cues.verbs.isdisjoint(_WORD.findall(text)) or cues.verbs_to.search(text) is not None


def reads_as_title(text: str, language: Language, cues: HeadingCues, limit: int = MAX_TITLE) -> bool:
    """Whether a whole line of up to `limit` characters reads as a heading, by its own form alone."""
    if not 0 < len(text) <= limit or _is_closed(text):
        return False
    if language is Language.ZH and re.search(f"[{HAN}]", text):
        return _reads_as_title_zh(text)
    return _reads_as_title_en(text, cues)


def _is_closed(text: str) -> bool:
    """Whether a line ends like a sentence, its last brackets and quotation marks left aside."""
    return text[-1] in _STOPS or text.rstrip(_CLOSERS)[-1:] in _SENTENCE_STOPS


def _reads_as_title_en(text: str, cues: HeadingCues) -> bool:
    first = text.lstrip("“\"'‘([")[:1]
    if not (first.isupper() or first.isdigit()) or _QUESTION.match(text):
        return False
    if is_title_case(text, cues) or text.isupper():
        return True
    return len(text.split()) <= _MAX_WORDS_SENTENCE_CASE and not has_clause(text, cues)


def _reads_as_title_zh(text: str) -> bool:
    return len(text) <= _MAX_TITLE_ZH and not re.search("[。；;，]|,.*,", text)


def introduces_by_title(text: str, language: Language, cues: HeadingCues) -> bool:
    """Whether a line that ends in a colon is a heading over a list rather than an introducing clause."""
    body = text.rstrip(":： ")
    if language is Language.ZH:
        return (
            len(body) <= _MAX_TITLE_ZH // 3
            and not re.search("[。；;，,]", body)
            and not body.endswith(cues.saying_zh)
            and not cues.verbs_zh.search(body)
        )
    return len(body) <= MAX_TITLE and is_title_case(body, cues) and not has_clause(body, cues)


def inline_title(
    text: str, language: Language, cues: HeadingCues, *, named_only: bool = False
) -> tuple[int, int] | None:
    """Find a title that stands before its own text in one line, after a section number.

    Args:
        text: what follows the number.
        language: language of the run.
        cues: words.
        named_only: accept only the heading words of the pack (an article of a Chinese law opens with its
            rule, not with a title).

    Returns:
        End of the title and start of the text after it, or None where the line has no title.
    """
    if language is Language.ZH:
        return _inline_zh(text, cues, named_only=named_only)
    return _inline_en(text, cues)


def _inline_en(text: str, cues: HeadingCues) -> tuple[int, int] | None:
    for found in _INLINE_EN.finditer(text, 0, MAX_TITLE):
        title = text[: found.start()]
        if _ends_short(title):
            continue
        if not title.strip():
            return None
        fits = len(title.split()) <= _INLINE_WORDS and (is_title_case(title, cues) or len(title.split()) <= 4)  # noqa: PLR2004 - a few words
        return (found.start(), found.end()) if fits and not has_clause(title, cues) else None
    return None


def _ends_short(title: str) -> bool:
    word = title.rsplit(None, 1)[-1].lower() if title.strip() else ""
    short = abbreviations()
    return word in short.never_last or word in short.maybe_last


def _inline_zh(text: str, cues: HeadingCues, *, named_only: bool) -> tuple[int, int] | None:
    bracketed = _BRACKETED.match(text)
    if bracketed:
        return bracketed.end(1), bracketed.end()
    for found in _INLINE_ZH.finditer(text, 0, _MAX_INLINE_ZH + 8):
        title = text[: found.start()]
        if title and cues.inline_zh.fullmatch(title):
            return found.start(), found.end()
        if title and not named_only and _names_zh(title, found, cues):
            return found.start(), found.end()
    word = cues.inline_zh.match(text)
    fits = word is not None and not named_only and word.end() < len(text)
    return (word.end(), word.end()) if fits and word is not None else None


def _names_zh(title: str, found: re.Match[str], cues: HeadingCues) -> bool:
    closed = found.group()[:1] in {"。", "."} or found.string[found.end() : found.end() + 1] in {"(", "（"}
    plain = not re.search("[，,；;：:。]", title) and not cues.verbs_zh.search(title)
    return closed and plain and len(title) <= _MAX_INLINE_ZH
