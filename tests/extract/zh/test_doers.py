from __future__ import annotations

import pytest

from dragoman.extract import Extractor
from dragoman.lexicon import load_lexicon
from dragoman.read import read_text

EXTRACTOR = Extractor(load_lexicon())


def actors_in(text: str, kind: str, title: str = "") -> list[tuple[str, ...]]:
    """Return the actors of each line of a text."""
    parties = ["China"] if kind == "law" else []
    document = read_text(text, slug="sample", metadata={"kind": kind, "title": title, "parties": parties})
    return [line.actors for line in EXTRACTOR.extract(document)]


@pytest.mark.parametrize(
    ("text", "kind", "actors"),
    [
        ("第一条　算力运营者应当公布规则。", "law", ("算力运营者",)),
        ("第二条　国务院工业和信息化主管部门负责监督管理工作。", "law", ("国务院工业和信息化主管部门",)),
        ("第三条　海洋主管部门可以检查设施。", "law", ("海洋主管部门",)),
        ("第四条　省级海洋主管部门应当公布目录。", "law", ("海洋主管部门",)),
        ("2024年3月，滨海数字化部发布《云战略》。", "research paper", ("滨海数字化部",)),
        ("滨海大学与日本签订了人才培养协议。", "research paper", ("滨海大学", "Japan")),
    ],
)
def test_a_doer_that_no_register_knows_is_kept_as_named(text: str, kind: str, actors: tuple[str, ...]) -> None:
    assert actors_in(text, kind) == [actors]


@pytest.mark.parametrize(
    ("text", "kind", "actors"),
    [
        ("第一条　有关主管部门应当公布目录。", "law", ("competent authorities",)),
        ("第二条　网络运营者应当公布规则。", "law", ("network operators",)),
        ("第三条　公安机关、国家安全机关应当配合。", "law", ("public security organs", "state security organs")),
    ],
)
def test_a_doer_that_the_register_knows_keeps_its_name(text: str, kind: str, actors: tuple[str, ...]) -> None:
    assert actors_in(text, kind) == [actors]


def test_advice_without_a_subject_is_for_the_state_of_its_heading() -> None:
    text = "日本和韩国已建立对话。\n\n## 对中国的启示\n\n第一，应尽快明确立法的时间表。"
    assert actors_in(text, "research paper")[-1] == ("China",)


def test_a_memorandum_of_understanding_acts_for_its_parties() -> None:
    text = "本备忘录经双方同意可延长。"
    metadata = {"kind": "memorandum of understanding", "title": "", "parties": ["Japan", "France"]}
    (line,) = EXTRACTOR.extract(read_text(text, slug="sample", metadata=metadata))
    assert line.actors == ("Japan", "France")
