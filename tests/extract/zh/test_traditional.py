"""A text in traditional characters is extracted as the same text in simplified ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from dragoman.extract import Extractor
from dragoman.lexicon import load_lexicon
from dragoman.model import Document, Provision
from dragoman.read import read_text
from tests.extract.test_extractor import check_pins

EXTRACTOR = Extractor(load_lexicon())
TO_TRADITIONAL = OpenCC("s2t")
JOINT = {"kind": "joint statement", "parties": ["Norway", "Singapore"], "date": "2024-03-01"}
LAW = {"kind": "law", "parties": ["China"], "date": "2024-03-01"}
SENTENCES = (
    "双方将在2024年底前设立量子计算联合工作组，并考虑发布共同路线图。",
    "两国同意每年两次会晤，评估半导体供应链的风险。",
    "我们重申对开放互联网的共同价值观。",
    "网络运营者应当在90日内向国家网信部门报告，不得隐瞒。",
    "未经主管部门批准，任何单位不得向境外提供重要数据。",
    "新加坡宣布投入3亿美元，发展清洁能源。",
    "挪威产业部将与有关企业协商，推动出口管制信息共享。",
    "后续工作包括里程碑规划、制度准备和范围界定。",
)


def traditional(text: str) -> str:
    """Return a text in traditional characters, one for one."""
    return "".join(written if len(written := TO_TRADITIONAL.convert(one)) == 1 else one for one in text)


def gist(line: Provision) -> tuple[Any, ...]:
    """Return what does not change with the script."""
    due = line.deadline
    return (
        *(line.start, line.end, line.trigger_start, len(line.trigger), line.kind, line.force),
        *(len(line.actors), len(line.aim), len(line.object), line.technologies, line.instruments),
        *(due and (due.kind, due.date, due.every, due.start), [(a.start, a.value) for a in line.amounts]),
        [(why.field, why.start, why.end) for why in line.why],
    )


def check_same(simple: Document, written: Document) -> None:
    """Hold the structure and the provisions of a text in traditional characters to those in simplified ones."""
    assert [(s.start, s.end, s.kind, s.stem) for s in written.sentences] == [
        (s.start, s.end, s.kind, s.stem) for s in simple.sentences
    ]
    assert (written.kind, written.date, written.parties) == (simple.kind, simple.date, simple.parties)
    lines = EXTRACTOR.extract(written)
    assert [gist(line) for line in lines] == [gist(line) for line in EXTRACTOR.extract(simple)]
    check_pins(written, lines)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5), st.sampled_from([JOINT, LAW]))
def test_own_sentences_give_the_same_lines_in_either_script(parts: list[str], metadata: dict[str, Any]) -> None:
    text = "\n\n".join(parts)
    simple = read_text(text, slug="sample", metadata=metadata)
    check_same(simple, read_text(traditional(text), slug="sample", metadata=metadata))


@pytest.mark.real
@pytest.mark.parametrize(
    "path",
    [
        "docs/track2-digital-economy.txt",
        "docs/tech-alliance.txt",
        "docs/ai-exports-order.txt",
        "docs/atlantic-declaration.txt",
        "corpus/law-zh/cn-data-security-law-2021.zh.txt",
    ],
)
def test_real_texts_give_the_same_lines_in_either_script(shared: Path, path: str) -> None:
    with (shared / path).open(encoding="utf-8", newline="") as file:
        text = file.read()
    check_same(read_text(text, slug="sample"), read_text(traditional(text), slug="sample"))


def test_names_triggers_and_quotes_are_those_of_the_text() -> None:
    text = "濱海數位治理聯合委員會應於三十日內發布資訊安全指引。"
    document = read_text(text, slug="sample", metadata={"kind": "law", "title": "數位治理法"})
    (line,) = EXTRACTOR.extract(document)
    assert line.quote.exact == text
    assert line.trigger == "應"
    assert line.actors == ("濱海數位治理聯合委員會",)
    assert line.deadline is not None
    assert line.deadline.text in text
    assert document.title == "數位治理法"


def test_articles_and_headings_are_read_and_shown_as_written() -> None:
    text = "資料治理辦法\n\n第一章 總則\n\n第一條 主管機關應當公布目錄。\n\n第二條 任何單位不得轉售資料。\n"
    document = read_text(text, slug="sample")
    assert document.kind == "law"
    assert document.title == "資料治理辦法"
    assert [section.number for section in document.sections] == ["", "第一章", "第一條", "第二條"]
    assert [line.kind.value for line in EXTRACTOR.extract(document)] == ["obligation", "prohibition"]
    assert {line.section[-1] for line in EXTRACTOR.extract(document)} == {"第一條", "第二條"}
