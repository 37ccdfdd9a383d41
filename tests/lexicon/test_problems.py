"""What is wrong is said in both languages: every code, every phrase, every error that has Chinese words."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import dragoman
from dragoman.lexicon.failures import told
from dragoman.lexicon.packs import load_pack, packs_named
from dragoman.lexicon.phrases import PACKS as PHRASES
from dragoman.lexicon.phrases import phrase
from dragoman.lexicon.problems import ENDING, Place, entries, places_in, said, worded
from dragoman.model import Language, NotFoundError, Problem, Severity

PACKAGE = Path(dragoman.__file__).parent
CHINESE = re.compile("[\u4e00-\u9fff]")
HALF_WIDTH = re.compile("[\u4e00-\u9fff][,;:?]|[\u4e00-\u9fff]\\.(?![\\w.])")
ONLY_FILLED = re.compile(r"(?:\{\w+\}[ ：。]*)+")
"""A sentence that is nothing but what fills it."""


def sentences() -> list[tuple[str, str, str]]:
    """Every sentence of a problem: where it stands, in English, in Chinese."""
    return [
        (f"{code}.{part}", entry[part]["en"], entry[part]["zh"])
        for code, entry in entries().items()
        for part in ("message", "remedy")
    ]


def phrases() -> list[dict[str, str]]:
    return [row for pack in PHRASES for group in load_pack(pack)["groups"] for row in group["phrases"]]


def test_every_code_is_worded_in_both_languages_with_the_same_places() -> None:
    assert len(entries()) > 250
    assert {set(entry) == {"severity", "message", "remedy"} for entry in entries().values()} == {True}
    assert [where for where, en, zh in sentences() if not (en and zh)] == []
    assert [where for where, en, zh in sentences() if places_of(en) != places_of(zh)] == []


def places_of(sentence: str) -> list[tuple[str, str]]:
    """The places of a sentence with the form in which each is filled, in the order of their names."""
    return sorted({(name, form or "") for _, name, form, _ in Formatter().parse(sentence) if name})


def test_chinese_sentences_are_chinese_with_chinese_signs() -> None:
    assert [
        where for where, _, zh in sentences() if not CHINESE.search(zh) and not ONLY_FILLED.fullmatch(zh)
    ] == []
    assert [where for where, _, zh in sentences() if HALF_WIDTH.search(zh)] == []
    assert [where for where, en, zh in sentences() if en.endswith(".") != zh.endswith("。")] == []


def test_a_code_stands_in_one_pack() -> None:
    codes = Counter(code for path in packs_named(ENDING) for code in load_pack(path)["problems"])
    assert [code for code, times in codes.items() if times > 1] == []


def test_no_problem_is_made_of_sentences_in_the_code() -> None:
    made = re.compile(r"\bProblem\(\s*(?:code=)?[\"']")
    files = [path for path in PACKAGE.rglob("*.py") if made.search(path.read_text(encoding="utf-8"))]
    assert files == []


@pytest.mark.parametrize("language", list(Language))
def test_a_problem_is_said_in_the_language_asked_for(language: Language) -> None:
    found = worded("reading/problems.yaml", "json-line", Place("a.jsonl", line=3), {"reason": "it has no text"})
    assert found.message == "Line 3 of a.jsonl is not a document: it has no text."
    assert found.values == {"line": 3, "name": "a.jsonl", "reason": "it has no text"}
    own = said(found, language)
    assert own.language is language
    assert own.message == (found.message if language is Language.EN else "a.jsonl 第 3 行不是文件：其中没有文本。")


def test_a_problem_without_what_fills_it_is_said_in_english() -> None:
    old = Problem("json-line", Severity.ERROR, "Line 3 of a.jsonl is not a document: it is bad.", "Mend it.")
    assert said(old, Language.ZH).whole == "Line 3 of a.jsonl is not a document: it is bad. Mend it."
    empty = Problem("series-unrelated", Severity.WARNING, "No provision continues one.", "Check.")
    assert said(empty, Language.ZH).language is Language.ZH  # nothing is to be filled in
    unknown = Problem("of-another-version", Severity.NOTE, "Something.", "Nothing.")
    assert said(unknown, Language.ZH).message == "Something."


def test_values_are_what_json_keeps_and_no_part_of_what_a_problem_is() -> None:
    values = {"given": 70_000, "limit": 20_000, "concept": Language.EN}
    found = worded("terms/termbase_problems.yaml", "term-too-long", Place("a.csv", line=2), values)
    assert found.values == {"name": "a.csv", "line": 2, "concept": "en", "given": 70_000, "limit": 20_000}
    assert "70,000" in said(found, Language.ZH).message
    assert found == Problem(found.code, found.severity, found.message, found.remedy, "a.csv", line=2)


def test_phrases_stand_in_the_code_that_fills_with_them() -> None:
    """A phrase whose English nobody says any more is dead, and so is one that was reworded."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")).replace('\\"', '"')
    code += "\n".join(en for _, en, _ in sentences()) + code.replace("_", " ")
    code += (PACKAGE / "data" / "legalization.yaml").read_text(encoding="utf-8")  # classes of delegation
    ours = [
        row for group in load_pack(PHRASES[0])["groups"] if not group.get("system") for row in group["phrases"]
    ]
    pieces = {piece.strip(" ()`") for row in ours for piece in re.split(r"\{\w+\}", row["en"])}
    assert sorted(piece for piece in pieces if piece not in code) == []


def test_phrases_are_filled_alike_in_both_languages() -> None:
    assert [row["en"] for row in phrases() if places_in(row["en"]) != places_in(row["zh"])] == []
    assert [row["en"] for row in phrases() if HALF_WIDTH.search(row["zh"])] == []


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        ("reason", "it is a picture", "是图片"),
        ("reason", "is no text file: it is a PDF", "不是文本文件：是 PDF"),
        ("reason", "[Errno 28] No space left", "[Errno 28] No space left"),
        ("bounds", "0 to 5", "0 至 5"),
        ("quote", "it is a picture", "it is a picture"),
        ("near", "Did you mean `parties`?", "是否应为 `parties`？"),
        ("count", 3, 3),
        ("obligation", "force 3, conditional -1", "力度 3、附有条件 -1"),
        ("precision", "names actor, named partner", "写明：行为体、具名对方"),
        ("precision", "names nothing", "写明：无"),
        ("precision", "12 words", "12 个词"),
        ("precision", "norway, of several words", "norway, of several words"),
        ("delegation", "charged: working group", "委托机构执行：working group"),
        ("firmness", "“will” (commitment, 3)", "“will”（承诺，3）"),
        ("part", "excepted by pack/rule", "例外规则：pack/rule"),
    ],
)
def test_a_phrase_of_ours_is_translated_in_its_place(place: str, value: str | int, words: str | int) -> None:
    assert phrase(place, value, Language.ZH) == words
    assert phrase(place, value, Language.EN) == value


class NoSuchThingError(NotFoundError):
    """An error of this test, which no pack words."""

    def __init__(self, name: str, *others: str, found: Problem | None = None) -> None:
        super().__init__(f"There is no {name}.", found.remedy if found else ", ".join(others))


def test_an_error_keeps_what_it_was_raised_with() -> None:
    values: dict[str, Any] = dict(NoSuchThingError("a", "b", found=None).values)
    assert values == {"name": "a", "others": ("b",), "found": None}
    assert told(NoSuchThingError("a"), Language.ZH).message == "There is no a."


def test_an_error_made_of_a_problem_is_said_as_that_problem() -> None:
    found = worded("reading/problems.yaml", "empty-file", Place("a.txt"), {})
    assert told(NoSuchThingError("a", found=found), Language.ZH).message == "a.txt 是空文件。"


def test_no_two_packs_word_a_phrase_of_a_place_differently() -> None:
    said: dict[tuple[str, str], set[str]] = {}
    for pack in PHRASES:
        for group in load_pack(pack)["groups"]:
            for place in group["places"]:
                for row in group["phrases"]:
                    said.setdefault((place, row["en"]), set()).add(row["zh"])
    assert {key: words for key, words in said.items() if len(words) > 1} == {}
