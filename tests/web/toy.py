"""A workspace with the real register and a toy reader, so that the pages are tested apart from the grammar.

The toy reads one block a line: "# " heading, "- " item under the line before, "~ " furniture, "| " table cell,
"@N" the beginning of page N, anything else a paragraph. A sentence that holds one of `TRIGGERS` is a provision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from dragoman.access import Passwords
from dragoman.accounts import Accounts
from dragoman.extract import GRAMMAR
from dragoman.model import (
    Amount,
    Block,
    BlockKind,
    Bound,
    Deadline,
    DeadlineKind,
    Document,
    Kind,
    Language,
    Legalization,
    Problem,
    Provision,
    ReadOutcome,
    Run,
    Section,
    Sentence,
    Severity,
    Why,
    quote_at,
)
from dragoman.model.identity import provision_id, sha256_of_bytes, sha256_of_text
from dragoman.register import Register
from dragoman.workspace import Workspace

TRIGGERS = {
    "shall not": (Kind.PROHIBITION, 4),
    "shall": (Kind.OBLIGATION, 4),
    "will": (Kind.COMMITMENT, 3),
    "intends to": (Kind.COMMITMENT, 2),
    "may": (Kind.PERMISSION, 4),
    "should consider": (Kind.RECOMMENDATION, 1),
    "should": (Kind.RECOMMENDATION, 2),
    "has signed": (Kind.MEASURE, 3),
    "不得": (Kind.PROHIBITION, 4),
    "应当": (Kind.OBLIGATION, 4),
    "将": (Kind.COMMITMENT, 3),
    "建议": (Kind.RECOMMENDATION, 2),
}
ACTORS = {
    "Alba": "Alba",
    "Boria": "Boria",
    "The Council": "Joint Council",
    "双方": "Alba",
    "理事会": "Joint Council",
}
TAGS = {"chip": "semiconductors", "芯片": "semiconductors", "quantum": "quantum", "量子": "quantum", "model": "ai"}
TOOLS = {"licence": "export-control", "许可": "export-control", "fund": "funding", "share": "information-sharing"}
PREFIXES = {
    "# ": BlockKind.HEADING,
    "- ": BlockKind.ITEM,
    "~ ": BlockKind.FURNITURE,
    "| ": BlockKind.CELL,
}
START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
QUICK = Passwords(PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))
"""Passwords that a test need not wait for."""


def language_of(text: str) -> Language:
    return Language.ZH if re.search("[\u4e00-\u9fff]", text) else Language.EN


def blocks_of(text: str) -> tuple[Block, ...]:
    blocks: list[Block] = []
    page: int | None = None
    stem: int | None = None
    for match in re.finditer(r"[^\n\r]+", text):
        line = match.group().rstrip()
        if found := re.fullmatch(r"@(\d+)", line):
            page = int(found.group(1))
            continue
        kind = PREFIXES.get(line[:2], BlockKind.PARAGRAPH)
        skip = 0 if kind is BlockKind.PARAGRAPH else 2
        marker = "-" if kind is BlockKind.ITEM else ""
        level = 1 if kind in {BlockKind.HEADING, BlockKind.ITEM} else 0
        start = match.start() + skip
        above = stem if kind is BlockKind.ITEM else None
        role = "menu" if kind is BlockKind.FURNITURE else ""
        blocks.append(Block(start, match.start() + len(line), kind, level, marker, page, above, role))
        stem = stem if kind is BlockKind.ITEM else len(blocks) - 1
    return tuple(blocks)


def sentences_of(text: str, blocks: Sequence[Block]) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    last_of: dict[int, int] = {}
    section: tuple[str, ...] = ()
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            section = (text[block.start : block.end],)
        for match in re.finditer(r"\S.*?(?:[.;](?=\s|$)|[。;]|$)", text[block.start : block.end]):
            start, end = block.start + match.start(), block.start + match.end()
            stem = last_of.get(block.stem) if block.stem is not None else None
            language = language_of(text[start:end])
            first = number not in last_of
            found.append(Sentence(len(found), start, end, language, number, block.kind, section, stem, first))
            last_of[number] = len(found) - 1
    return tuple(found)


def sections_of(text: str, blocks: Sequence[Block]) -> tuple[Section, ...]:
    heads = [block for block in blocks if block.kind is BlockKind.HEADING]
    ends = [*(head.start for head in heads[1:]), len(text)]
    return tuple(
        Section(head.start, end, text[head.start : head.end], "", 1, (text[head.start : head.end],))
        for head, end in zip(heads, ends, strict=False)
    )


def runs_of(text: str, blocks: Sequence[Block]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for block in blocks:
        language = language_of(text[block.start : block.end])
        if runs and runs[-1].language is language:
            runs[-1] = Run(runs[-1].start, block.end, language)
        else:
            runs.append(Run(block.start, block.end, language))
    return tuple(runs)


def document_of(data: bytes, name: str) -> Document:
    text = data.decode()
    slug = Path(name).stem
    blocks = blocks_of(text)
    titles = [text[block.start : block.end] for block in blocks if block.kind is BlockKind.HEADING]
    runs = runs_of(text, blocks)
    return Document(
        slug=slug,
        title=titles[0] if titles else slug,
        date=date(2026, 2, 3),
        kind="joint declaration",
        parties=("Alba", "Boria"),
        languages=tuple(dict.fromkeys(run.language for run in runs)),
        source=name,
        sha256=sha256_of_bytes(data),
        text_sha256=sha256_of_text(text),
        text=text,
        runs=runs,
        blocks=blocks,
        sections=sections_of(text, blocks),
        sentences=sentences_of(text, blocks),
        guessed=frozenset({"title", "date"}),
    )


def _triggers(text: str) -> Iterator[tuple[int, str]]:
    names = "|".join(sorted(TRIGGERS, key=len, reverse=True))
    for match in re.finditer(rf"(?:\b(?:{names})\b|{'|'.join(t for t in TRIGGERS if not t.isascii())})", text):
        yield match.start(), match.group()


def _found(words: Mapping[str, str], text: str) -> dict[str, int]:
    return {value: text.index(word) for word, value in words.items() if word in text}


def _deadline(text: str, offset: int) -> Deadline | None:
    match = re.search(r"by the end of (\d{4})|在(\d{4})年底前", text)
    if not match:
        return None
    year = int(match.group(1) or match.group(2))
    return Deadline(match.group(), DeadlineKind.BY, date(year, 12, 31), start=offset + match.start())


def _whys(sentence: Sentence, text: str, trigger_start: int, trigger: str) -> tuple[Why, ...]:
    groups = {"actors": ACTORS, "technologies": TAGS, "instruments": TOOLS}
    found = [Why("kind", "", f"trigger:{trigger}", trigger_start, trigger_start + len(trigger))]
    for field, words in groups.items():
        for word, value in words.items():
            at = text.find(word)
            if at >= 0:
                found.append(
                    Why(field, value, f"{field}:{word}", sentence.start + at, sentence.start + at + len(word))
                )
    return (*found, Why("object", "", "metadata:title"))


def _provision(document: Document, sentence: Sentence, trigger: tuple[int, str], ordinal: int) -> Provision:
    text = document.slice(sentence.start, sentence.end)
    start, words = trigger
    kind, force = TRIGGERS[words]
    actors = _found(ACTORS, text) or dict.fromkeys(document.parties, 0)
    amounts = (Amount("$2 million", "2000000", "USD", Bound.UP_TO, sentence.start),) if "million" in text else ()
    return Provision(
        id=provision_id(document.slug, text, words, ordinal),
        doc=document.slug,
        start=sentence.start,
        end=sentence.end,
        trigger=words,
        trigger_start=start,
        kind=kind,
        force=force,
        quote=quote_at(document.text, sentence.start, sentence.end),
        language=sentence.language,
        section=sentence.section,
        actors=tuple(actors),
        counterparties=("Boria",) if "with Boria" in text else (),
        aim=text[max(0, start - sentence.start) :].removeprefix(words).strip()[:40],
        technologies=tuple(_found(TAGS, text)),
        instruments=tuple(_found(TOOLS, text)),
        deadline=_deadline(text, sentence.start),
        conditions="as appropriate" if "as appropriate" in text else None,
        amounts=amounts,
        legalization=Legalization(force, 2, 1, ("modal", "partner named", "")),
        confidence=round(0.4 + 0.1 * ((sentence.start + start) % 6), 2),
        why=_whys(sentence, text, start, words),
        coder=GRAMMAR,
    )


def provisions_of(document: Document) -> tuple[Provision, ...]:
    found: list[Provision] = []
    for sentence in document.sentences:
        if sentence.kind in {BlockKind.HEADING, BlockKind.FURNITURE}:
            continue
        text = document.slice(sentence.start, sentence.end)
        triggers = [(sentence.start + at, words) for at, words in _triggers(text)]
        if not triggers and sentence.stem is not None:
            stem = document.sentences[sentence.stem]
            above = document.slice(stem.start, stem.end)
            triggers = [(stem.start + at, words) for at, words in _triggers(above)]
        for trigger in triggers:
            alike = [p for p in found if p.quote.exact == text and p.trigger == trigger[1]]
            found.append(_provision(document, sentence, trigger, len(alike)))
    return tuple(found)


class ToyWorkspace(Workspace):
    """The facade over the real register, with the toy reader."""

    @classmethod
    def at(cls, folder: Path) -> Self:
        moments = (START + timedelta(minutes=minute) for minute in range(10**6))
        return cls(folder, Register.open(folder / "register.sqlite"), lambda: next(moments))

    @property
    def accounts(self) -> Accounts:
        return Accounts(self._register.accounts, self._clock, passwords=QUICK)

    def read(self, inputs: Sequence[str], **_options: Any) -> Iterator[ReadOutcome]:  # noqa: ANN401
        for address in inputs:
            problem = Problem("unreachable", Severity.ERROR, f"{address} does not answer.", "Try later.", address)
            self._register.keep_problems(address, None, (problem,))
            yield ReadOutcome(address, None, "failed", problems=(problem,))

    def read_bytes(self, data: bytes, name: str) -> Iterator[ReadOutcome]:
        if not data.strip():
            problem = Problem("empty-file", Severity.ERROR, f"{name} is empty.", "Give a file with text.", name)
            self._register.keep_problems(name, None, (problem,))
            yield ReadOutcome(name, None, "failed", problems=(problem,))
            return
        document = document_of(data, name)
        note = Problem(
            "title-guessed", Severity.NOTE, "The title was guessed.", "Add a sidecar.", name, document.slug, 2, 9
        )
        yield self._keep_document(name, document, (note,))

    def _extract(self, document: Document) -> tuple[tuple[Provision, ...], str, tuple[Problem, ...]]:
        return provisions_of(document), GRAMMAR, ()
