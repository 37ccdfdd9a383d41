from __future__ import annotations

import pytest

from dragoman.extract.view import views_of
from dragoman.extract.zh.clauses import Parsed, parse
from dragoman.extract.zh.subjects import subject_before
from dragoman.lexicon import load_lexicon
from dragoman.model import Language

from .cases import document_of


def parsed(text: str) -> Parsed:
    """Return the first sentence of a text as the grammar reads it."""
    lexicon = load_lexicon()
    view = next(iter(views_of(document_of(text, "article"), lexicon)))
    return parse(view, lexicon.cues[Language.ZH].groups)


def roles(text: str) -> list[tuple[str, str]]:
    """Return the known words of the first sentence with their roles."""
    sentence = parsed(text)
    return [(sentence.words(t.start, t.end), t.role) for segment in sentence.segments for t in segment.tokens]


def segments(text: str) -> list[str]:
    """Return the segments of the first sentence."""
    sentence = parsed(text)
    return [sentence.words(segment.start, segment.end) for segment in sentence.segments]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("为此，双方将合作；两国承诺开放。", ["为此", "双方将合作", "两国承诺开放"]),
        ("为此, 双方将合作; 两国承诺开放。", ["为此", "双方将合作", "两国承诺开放"]),
        ("日本投入7,300万美元。", ["日本投入7,300万美元"]),
        ("英国推进工作——预计秋季完成——并磋商。", ["英国推进工作", "预计秋季完成", "并磋商"]),
    ],
)
def test_a_sentence_is_cut_at_its_signs_but_not_within_numbers(text: str, expected: list[str]) -> None:
    assert segments(text) == expected


def test_titles_brackets_and_quoted_names_are_left_out() -> None:
    text = "白宫发布《将主导未来》（应当保密）和“必须计划”。"
    assert {word for word, role in roles(text) if role == "trigger"} == set()
    sentence = parsed(text)
    assert [sentence.words(*span) for span in sentence.titles] == ["《将主导未来》"]
    assert [sentence.words(*span) for span in sentence.quotes] == ["“必须计划”"]


def test_quoted_speech_is_read() -> None:
    assert ("应该", "trigger") in roles("官员表示，“美国应该与伙伴一道，建立新的联盟网络。”")


@pytest.mark.parametrize(
    ("text", "word", "role"),
    [
        ("两国应对数据制定标准。", "应", "trigger"),
        ("企业努力应对挑战。", "应对", "verb"),
        ("议会通过了法案。", "通过", "verb"),
        ("双方将通过对话解决。", "通过", "preposition"),
        ("部门应定期组织演练。", "组织", "verb"),
        ("任何组织不得收集。", "组织", "name"),
    ],
)
def test_a_word_of_two_roles_is_read_by_what_stands_around_it(text: str, word: str, role: str) -> None:
    assert (word, role) in roles(text)


@pytest.mark.parametrize("word", ["供应链", "可再生能源", "将军", "必需品", "行动计划", "自愿"])
def test_a_longer_word_guards_the_trigger_inside_it(word: str) -> None:
    assert [role for _, role in roles(f"{word}。") if role == "trigger"] == []


@pytest.mark.parametrize(
    ("text", "subject", "kind"),
    [
        ("2023年5月，日本将合作。", "日本", "named"),
        ("商务部长经与国务卿协商后将合作。", "商务部长", "named"),
        ("在清洁能源领域，我们的共同努力将合作。", "我们的共同努力", "ours"),
        ("来自十国的专家将合作。", "专家", "named"),
        ("美日韩三国将合作。", "美日韩三国", "named"),
        ("这一努力将合作。", "这一努力", "this"),
        ("处理数据将合作。", "处理数据", "activity"),
        ("紧急情况下将合作。", None, None),
        ("对上述领域将合作。", None, None),
    ],
)
def test_the_subject_is_what_stands_between_the_lead_and_the_predicate(
    text: str, subject: str | None, kind: str | None
) -> None:
    sentence = parsed(text)
    last = sentence.segments[-1]
    bound = next(token.start for token in last.tokens if sentence.words(token.start, token.end) == "将")
    found = subject_before(sentence, last, bound)
    assert (sentence.words(*found.span) if found else None, found.type if found else None) == (subject, kind)
