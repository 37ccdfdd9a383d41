"""Metadata of a document: what is stated about it, and what the text itself lets us guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from dragoman.lexicon.packs import load_pack
from dragoman.model import BlockKind, Language
from dragoman.read.cues import any_of, month_numbers
from dragoman.read.pieces import Piece

FIELDS = ("title", "date", "kind", "parties", "languages", "work")
"""Keys of stated metadata that are used; others are left alone."""

_HEAD = 1500
"""Characters of the beginning in which kind and date are looked for."""
_DATED = frozenset({"dateline", "promulgation"})
_SIGNATURE = 120
"""Characters behind "Signed at" in which the date stands."""
_MAX_TITLE = 300
_SIDE = "方"
"""Ends a name that only the text itself calls a state by (中方)."""
_PLACED = re.compile(r"[A-Z][\w’'-]+, $")
"""What stands before a state that only says where a place is ("Lagos, Nigeria")."""
_LANGUAGE_SUFFIX = re.compile(r"[.\-_](?:en|zh|zh-cn|zh-hans)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a guess may look at.

    Attributes:
        text: the whole text.
        pieces: its pieces.
        title: title that the file states itself, else "".
    """

    text: str
    pieces: tuple[Piece, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Description:
    """Metadata of one document; `guessed` names the fields that were found in the text."""

    title: str
    date: date | None
    kind: str
    parties: tuple[str, ...]
    work: str
    guessed: frozenset[str]


def describe(facts: Facts, stated: Mapping[str, Any]) -> Description:
    """Return the metadata of a document: what is stated wins, the rest is guessed.

    Args:
        facts: the text.
        stated: title, date (ISO text or date), kind, parties, work; missing or None where unknown.
    """
    title = str(stated.get("title") or "") or guess_title(facts)
    kind = str(stated.get("kind") or "") or guess_kind(facts, title)
    when = parse_date(stated.get("date")) or guess_date(facts, title, kind)
    names = stated.get("parties")
    parties = _names(names) if names is not None else guess_parties(facts, title, kind)
    values = {"title": title, "date": when, "kind": kind, "parties": parties}
    guessed = {name for name, value in values.items() if value and not _is_stated(stated, name)}
    return Description(title, when, kind, parties, str(stated.get("work") or ""), frozenset(guessed))


def _is_stated(stated: Mapping[str, Any], name: str) -> bool:
    if name == "date":
        return parse_date(stated.get("date")) is not None
    return stated.get(name) is not None if name == "parties" else bool(stated.get(name))


def _names(value: object) -> tuple[str, ...]:
    return (
        (value,) if isinstance(value, str) else tuple(map(str, value if isinstance(value, list | tuple) else ()))
    )


def stated_languages(stated: Mapping[str, Any] | None) -> tuple[Language, ...]:
    """Return the languages that metadata states, unknown codes left out."""
    value = (stated or {}).get("languages") or ()
    codes = (value,) if isinstance(value, str) else tuple(value)
    known = {language.value: language for language in Language}
    return tuple(known[code] for code in map(str, codes) if code in known)


def parse_date(value: object) -> date | None:
    """Return a date from ISO text ("2023-06-08", also with a time behind it) or a date, else None."""
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def work_of(slug: str) -> str:
    """Return the name that the language versions of a text share: the slug without ".en" or ".zh", else ""."""
    found = _LANGUAGE_SUFFIX.search(slug)
    return slug[: found.start()] if found else ""


def guess_title(facts: Facts) -> str:
    """Return the file's own title, the first heading, or the first short block."""
    if facts.title.strip():
        return " ".join(facts.title.split())
    pieces = [piece for piece in facts.pieces if piece.kind is not BlockKind.FURNITURE][:6]
    headings = [piece for piece in pieces if piece.kind is BlockKind.HEADING]
    for piece in [*headings[:1], *pieces]:
        if piece.end - piece.start <= _MAX_TITLE:
            return " ".join(facts.text[piece.start : piece.end].split())
    return ""


@cache
def _date_patterns() -> tuple[re.Pattern[str], ...]:
    months = any_of(month_numbers())
    return (
        re.compile(rf"\b(?P<month>{months})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b"),
        re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{months})\.?,?\s+(?P<year>\d{{4}})\b"),
        re.compile(r"(?P<year>\d{4})\s?[年-]\s?(?P<month>\d{1,2})\s?[月-]\s?(?P<day>\d{1,2})"),
        re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th) day of (?P<month>{months})"),
    )


def guess_date(facts: Facts, title: str, kind: str) -> date | None:
    """Return the date of a dateline, of the title, of the signature, or of the first lines; None if unsure.

    Args:
        facts: the text.
        title: its title.
        kind: its kind; the first lines of orders, laws and papers cite dates of other texts.
    """
    pack = load_pack("reading/metadata.yaml")
    lines = [
        facts.text[piece.line : piece.end]
        for piece in facts.pieces
        if piece.kind is BlockKind.FURNITURE and piece.role in _DATED
    ]
    signed = (facts.text.rfind(word) for word in pack["signed"])
    parts = [*lines[:2], title, *(facts.text[at : at + _SIGNATURE] for at in signed if at >= 0)]
    if kind in pack["dated_in_head"]:
        parts.append(facts.text[:_HEAD])
    return next((found for part in parts if (found := first_date(part)) is not None), None)


def first_date(text: str) -> date | None:
    """Return the first date with year, month and day that stands in a text."""
    matches = [found for pattern in _date_patterns()[:3] for found in pattern.finditer(text)]
    for found in sorted(matches, key=lambda one: one.start()):
        when = _date(found)
        if when is not None:
            return when
    return None


def _date(found: re.Match[str]) -> date | None:
    month = found.group("month")
    try:
        return date(int(found.group("year")), int(month_numbers().get(month, month)), int(found.group("day")))
    except ValueError:
        return None


@cache
def _kind_cues() -> tuple[tuple[str, tuple[tuple[str, re.Pattern[str]], ...]], ...]:
    """Return for each kind its cues: the longest plain part, looked for first, and the whole as a pattern."""
    entries = load_pack("reading/metadata.yaml")["kinds"]
    return tuple((str(entry["kind"]), tuple(map(_cue, map(str, entry["cues"])))) for entry in entries)


def _cue(cue: str) -> tuple[str, re.Pattern[str]]:
    """Return a cue as plain part and pattern: "*" stands for anything and ends at the end of the title."""
    low = cue.casefold()
    if "*" in low:
        pattern = ".*".join(map(re.escape, low.split("*"))) + r"(?:\s*[(（].*)?$"
        return max(low.split("*"), key=len), re.compile(pattern)
    return low, re.compile(rf"(?<!\w){re.escape(low)}(?!\w)" if low.isascii() else re.escape(low))


def _names_kind(cues: Iterable[tuple[str, re.Pattern[str]]], text: str) -> bool:
    return any(plain in text and pattern.search(text) is not None for plain, pattern in cues)


def guess_kind(facts: Facts, title: str) -> str:
    """Return the first kind of the pack with a cue in the title, by a formula, or in the beginning; "" if none."""
    pack = load_pack("reading/metadata.yaml")
    low = title.casefold()
    for words in pack["no_kinds"]:
        low = low.replace(words, "")
    named = opening_kind(low) or next((kind for kind, cues in _kind_cues() if _names_kind(cues, low)), "")
    named = named or kind_by_formula(facts.text, low)
    if named:
        return named
    body_kinds = pack["body_kinds"]
    head = facts.text[:_HEAD].casefold()
    for kind, cues in _kind_cues():
        if kind in body_kinds and _names_kind(cues, head):
            return kind
    return ""


def kind_by_formula(text: str, title: str) -> str:
    """Return the kind that a legal formula tells ("MEMORANDUM FOR", "it is hereby ordered"), "" without one.

    Args:
        text: the whole text.
        title: its title, in small letters.
    """
    for entry in load_pack("reading/metadata.yaml")["formulas"]:
        first, *others = entry["all"]
        found = title.startswith(entry.get("title", "")) and text.find(first, 0, entry["within"]) >= 0
        if found and all(word in text for word in others):
            return str(entry["kind"])
    return ""


def opening_kind(title: str) -> str:
    """Return the kind that a title, in small letters, begins with ("readout of …"), "" where it is none."""
    openings = load_pack("reading/metadata.yaml")["openings"]
    return next((str(one["kind"]) for one in openings if title.startswith(tuple(one["words"]))), "")


@cache
def _party_patterns() -> tuple[re.Pattern[str], Mapping[str, str], re.Pattern[str]]:
    pack = load_pack("reading/metadata.yaml")
    names = _party_names()
    english = any_of(name for name in names if name[0].isascii())
    chinese = any_of(name for name in names if not name[0].isascii())
    place = any_of(pack["places_behind"])
    pattern = re.compile(
        rf"(?:(?<![\w-])(?:{english})(?![\w.])|(?<=[\s(-])(?:{english})(?=[\s,-]|$)|(?:{chinese}))(?!\s?(?:{place}))"
    )
    pairs = re.compile(f"[{''.join(pack['pairs_zh'])}]{{2,4}}")
    return pattern, names, pairs


def _party_names() -> Mapping[str, str]:
    """Return the canonical names of states, unions and groups that can be parties, by the names they go by."""
    pack = load_pack("reading/metadata.yaml")
    groups = [row for row in load_pack("actors/groups.yaml")["actors"] if row["name"] in pack["groups"]]
    unions = [row for row in load_pack("actors/bodies-eu.yaml")["actors"] if row.get("type") == "union"]
    names: dict[str, str] = {}
    for row in (*load_pack("actors/states.yaml")["actors"], *unions, *groups):
        further = pack["further_names"].get(row["name"], ())
        for word in (row["name"], *row.get("en", ()), *row.get("zh", ()), *further):
            plain = str(word).removeprefix("=")
            names |= dict.fromkeys((plain, plain.replace("'", "’")), row["name"])
    return {
        name: state for name, state in names.items()
        if len(name) > 1 and not name.endswith(_SIDE) and name not in pack["no_party_names"]
    }  # fmt: skip


def guess_parties(facts: Facts, title: str, kind: str) -> tuple[str, ...]:
    """Return the states and groups named in the title, or who issues such a text; () for papers."""
    pack = load_pack("reading/metadata.yaml")
    if kind not in pack["with_parties"]:
        return ()
    if one_side(title, kind) == "nobody":
        return ()
    found = titled_parties(title, kind)
    for source in (facts.text[:_HEAD],):
        if found:
            break
        found = tuple(
            dict.fromkeys(entry["party"] for entry in pack["authors"] if entry["cue"] in source.casefold())
        )
    return found


def one_side(title: str, kind: str) -> str:
    """Return whom such a title names of the parties: "speaker", "nobody", "" where it is not of one side."""
    if opening_kind(title.casefold()) != kind:
        return ""
    return str(load_pack("reading/metadata.yaml")["one_sided"].get(kind, ""))


def titled_parties(title: str, kind: str) -> tuple[str, ...]:
    """Return the parties that a title names: who speaks where it says so, else all its states."""
    speaking = named_states(title_of_speakers(title))
    if one_side(title, kind) == "speaker":
        return speaking
    joint = len(speaking) > 1 or not set(speaking).isdisjoint(load_pack("reading/metadata.yaml")["groups"])
    return speaking if joint else named_states(title)


def title_of_speakers(title: str) -> str:
    """Return the part of a title that names who speaks, before what they speak about."""
    words = any_of(load_pack("reading/metadata.yaml")["subject_of_title"])
    return re.split(rf"\s(?:{words})\s", title, maxsplit=1, flags=re.IGNORECASE)[0]


def named_states(text: str) -> tuple[str, ...]:
    """Return the canonical names of the states named in a title, in order of mention."""
    pattern, names, pairs = _party_patterns()
    short = load_pack("reading/metadata.yaml")["pairs_zh"]
    found: list[tuple[int, str]] = []
    last = 0
    for one in pattern.finditer(text):
        placed = _PLACED.search(text, last, one.start()) is not None
        found += [] if placed else [(one.start(), names[one.group()])]
        last = one.end()
    for pair in pairs.finditer(text):
        found += [(pair.start() + at, short[char]) for at, char in enumerate(pair.group())]
    return tuple(dict.fromkeys(name for _, name in sorted(found)))


def merge(*sources: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the metadata of several sources, later ones winning; "language" counts as "languages"."""
    merged: dict[str, Any] = {}
    for source in sources:
        for key, value in (source or {}).items():
            name = "languages" if key == "language" else key
            if name in FIELDS and value is not None:
                merged[name] = value
    return merged


def is_sidecar(content: object) -> bool:
    """Whether a JSON value can be metadata: an object with at least one known key."""
    return isinstance(content, Mapping) and any(key in content for key in (*FIELDS, "language"))
