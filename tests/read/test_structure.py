"""Blocks, sections, stems, runs and furniture of plain strings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import BlockKind, Document, Language
from dragoman.read import read_text


def blocks(document: Document) -> list[tuple[str, int, str, str]]:
    return [(one.kind.value, one.level, one.marker, document.text[one.start : one.end]) for one in document.blocks]


def sentences(document: Document) -> list[str]:
    silent = {BlockKind.HEADING, BlockKind.FURNITURE}
    return [document.text[one.start : one.end] for one in document.sentences if one.kind not in silent]


def path_of(document: Document, words: str) -> tuple[str, ...]:
    return next(one.section for one in document.sentences if words in document.text[one.start : one.end])


def stem_of(document: Document, words: str) -> str | None:
    found = next(one for one in document.sentences if words in document.text[one.start : one.end])
    if found.stem is None:
        return None
    stem = document.sentences[found.stem]
    return document.text[stem.start : stem.end]


ORDER = """An Order on Widgets

Sec. 2. Policy. It is our policy to make widgets.

Sec. 3. Widget Program. (a) Within 90 days, the Secretary shall set up a program.

(b) The Secretary shall call for proposals. Each proposal must:

(i) include a plan, which has:

(A) a drawing;

(B) a price; and

(ii) name a place; and

(iii) name a date.

(c) The Department may waive this.
"""


def test_an_order_is_cut_into_headings_and_nested_items() -> None:
    document = read_text(ORDER, slug="order")
    assert blocks(document)[1:5] == [
        ("heading", 1, "Sec. 2.", "Policy"),
        ("paragraph", 0, "", "It is our policy to make widgets."),
        ("heading", 1, "Sec. 3.", "Widget Program"),
        ("item", 1, "(a)", "Within 90 days, the Secretary shall set up a program."),
    ]
    assert [(one.marker, one.level) for one in document.blocks if one.kind is BlockKind.ITEM] == [
        ("(a)", 1),
        ("(b)", 1),
        ("(i)", 2),
        ("(A)", 3),
        ("(B)", 3),
        ("(ii)", 2),
        ("(iii)", 2),
        ("(c)", 1),
    ]


def test_items_hang_on_the_last_sentence_of_what_introduces_them() -> None:
    document = read_text(ORDER, slug="order")
    assert stem_of(document, "name a date") == "Each proposal must:"
    assert stem_of(document, "a drawing") == "include a plan, which has:"
    assert stem_of(document, "may waive") is None


def test_section_paths() -> None:
    document = read_text(ORDER, slug="order")
    assert path_of(document, "name a date") == ("Widget Program",)
    assert path_of(document, "our policy") == ("Policy",)
    assert [(one.number, one.title) for one in document.sections][1:] == [
        ("Sec. 2", "Policy"),
        ("Sec. 3", "Widget Program"),
    ]


def test_a_chinese_order_with_titles_glued_to_their_text() -> None:
    text = "第二节政策我国的政策是支持小部件出口。\n\n第3节小部件计划的建立。(a)自发布之日起,部长应设立计划。\n\n(二)部长应报告。"
    document = read_text(text, slug="x")
    assert sentences(document) == ["我国的政策是支持小部件出口。", "自发布之日起,部长应设立计划。", "部长应报告。"]
    assert path_of(document, "部长应报告") == ("小部件计划的建立",)


def test_an_article_of_a_law_opens_a_section_without_a_title() -> None:
    text = "示范小部件法\n\n第一章 总则\n\n第一条　任何组织不得仿造小部件。\n\n第二条　有下列情形之一的，应当报告：\n（一）损坏；\n（二）丢失。"
    document = read_text(text, slug="law")
    assert sentences(document)[0] == "任何组织不得仿造小部件。"
    assert path_of(document, "丢失") == ("总则", "第二条")
    assert stem_of(document, "丢失") == "有下列情形之一的，应当报告："
    assert document.kind == "law"


def test_bold_lead_ins_and_titles_of_items_are_sentences_of_their_own() -> None:
    text = "We will act by:\n\n- Launching a fund. We intend to pay.\n- Export rules: The parties will align them."
    assert sentences(read_text(text, slug="x")) == [
        "We will act by:",
        "Launching a fund.",
        "We intend to pay.",
        "Export rules:",
        "The parties will align them.",
    ]


def test_nested_bullets_follow_their_indent() -> None:
    text = "Steps, by:\n  • Building labs, including:\n    • one lab here\n    • one lab there\n  • Hiring staff."
    document = read_text(text, slug="x")
    assert [one.level for one in document.blocks if one.kind is BlockKind.ITEM] == [1, 2, 2, 1]
    assert stem_of(document, "one lab there") == "Building labs, including:"
    assert stem_of(document, "Hiring staff") == "Steps, by:"


def test_markdown_headings_and_lettered_bullets() -> None:
    text = "# Plan\n\n## 2. Scope\n\n1. We will meet.\n  - a. The talks should start.\n\n---\n\nWe will report."
    document = read_text(text, slug="x")
    assert ("heading", 2, "2.", "Scope") in blocks(document)
    assert ("item", 2, "- a.", "The talks should start.") in blocks(document)
    assert path_of(document, "report") == ("Plan", "Scope")


def test_numbered_lines_are_headings_only_where_no_list_runs_on() -> None:
    text = "1. First Aim\n\nWe will build it.\n\n2. Second Aim\n\nWe will look at:\n\n1. terms\n2. tools\n3. tests"
    document = read_text(text, slug="x")
    assert [one.title for one in document.sections] == ["First Aim", "Second Aim"]
    assert sum(one.kind is BlockKind.ITEM for one in document.blocks) == 3


def test_two_languages_are_two_runs_with_sections_of_their_own() -> None:
    text = "A Joint Plan\n\n" + "We will build many things together in the next year. " * 4
    text += (
        "\n\n1. Tools\n\nWe will build tools.\n\n联合计划\n\n"
        + "双方将在明年共同建设许多项目。" * 6
        + "\n\n1. 工具\n\n双方将制造工具。"
    )
    document = read_text(text, slug="x")
    assert [run.language for run in document.runs] == [Language.EN, Language.ZH]
    assert document.runs[0].end == document.runs[1].start == text.index("联合计划")
    assert path_of(document, "双方将制造工具") == ("联合计划", "工具") or path_of(document, "双方将制造工具") == (
        "工具",
    )


def test_an_english_name_in_a_chinese_text_is_no_run() -> None:
    text = (
        "双方将在明年共同建设许多项目，并推动合作。" * 5
        + "\n\nCompetition Policy Dialogue\n\n"
        + "双方将报告进展。" * 9
    )
    assert [run.language for run in read_text(text, slug="x").runs] == [Language.ZH]


@pytest.mark.parametrize(
    ("chinese", "languages"),
    [
        ("双方将于2026年底前建立人工智能对话机制。", [Language.EN, Language.ZH]),
        ("“双方将建立对话机制。”", [Language.EN, Language.ZH]),
        ("人工智能对话机制", [Language.EN]),
    ],
)
def test_a_sentence_of_chinese_is_a_run_of_its_own_however_short_and_a_name_is_not(
    chinese: str, languages: list[Language]
) -> None:
    english = (
        "Japan will publish a list of trusted chip suppliers, and both sides will meet in Osaka every spring."
    )
    text = f"{english}\n\n{chinese}\n"
    assert [run.language for run in read_text(text, slug="x").runs] == languages


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("top of page", "menu"),
        ("最新文章", "menu"),
        ("京ICP备00000000号", "notice"),
        ("Jane Doe, VIA: Getty Images", "credit"),
        ("June 3, 2024", "dateline"),
        ("2024年6月3日", "dateline"),
    ],
)
def test_furniture_lines(line: str, role: str) -> None:
    document = read_text(f"{line}\n\nThe parties will meet soon.\n双方将会面。", slug="x")
    assert (document.blocks[0].kind, document.blocks[0].role) == (BlockKind.FURNITURE, role)


def test_participants_and_references_are_furniture_and_the_next_section_is_not() -> None:
    text = "We will meet.\n\n## Participants\n\nJane Doe, Institute of Widgets\nJohn Roe, Widget Fund\n\n## Next steps\n\nWe will report."
    document = read_text(text, slug="x")
    assert [one.role for one in document.blocks] == ["", "participants", "participants", "participants", "", ""]


def test_an_article_that_names_a_website_is_no_notice() -> None:
    text = "第一条　本站不得收集信息。\n\n第二条　会员应当报告。"
    assert all(one.kind is BlockKind.PARAGRAPH for one in read_text(text, slug="x").blocks)


def test_lines_wrapped_at_a_fixed_width_are_joined() -> None:
    text = (
        "The parties to this plan will build a great number of widgets in\n"
        "the coming year, and they will report on the progress that they\n"
        "have made to each other and to the public at large, every year\n"
        "until the end of the plan.\n\n"
        "A second paragraph says that the parties may leave the plan at\n"
        "any time if they tell each other so in writing and at least six\n"
        "months before the day on which they want to leave.\n"
    )
    document = read_text(text, slug="x")
    assert len(document.blocks) == 2
    assert len(document.sentences) == 2


ALPHABET = st.sampled_from(
    ["We will act. ", "双方将会面。", "\n", "\r\n", "\n\n", "  ", "• ", "(a) ", "（一）", "1. ", "Sec. 2. Policy. ", "Sec.3", "§4 ", "PART I", "①", "一、", "A. ", "iv. ", "第三条　", "# ", "；", ":", "：",
     "\xa0", "A Short Title", "参会者", "top of page", "“", "”", "(", ")", "\x00", "\ufeff", "\u2028", "🙂", "---", "...", "U.S. "]
)  # fmt: skip


@given(st.lists(ALPHABET, max_size=60).map("".join))
def test_offsets_hold_for_any_text(text: str) -> None:
    document = read_text(text, slug="x")
    assert document.text == text
    assert [one.index for one in document.sentences] == list(range(len(document.sentences)))
    last = 0
    for one in document.sentences:
        block = document.blocks[one.block]
        quote = text[one.start : one.end]
        assert quote
        assert quote == quote.strip()
        assert block.start <= one.start < one.end <= block.end
        assert one.start >= last
        assert one.kind is block.kind
        assert one.stem is None or one.stem < one.index
        last = one.end
    assert all(run.start < run.end for run in document.runs)
    assert all(section.start < section.end for section in document.sections)


def test_a_line_of_a_million_characters_is_read() -> None:
    document = read_text("The parties will meet in U.S. cities (and so on). " * 20_000, slug="x")
    assert len(document.sentences) == 20_000


PILLARS = """双方决定在三个领域合作。

1. 共建港口

双方将在北岸修建一座码头。

2. 深化供应链和航运等领域的合作。

双方将每年交换一次清单。

3. 培养海员

双方将开设两所学校。
"""


def test_a_numbered_chinese_heading_may_end_in_a_full_stop() -> None:
    document = read_text(PILLARS, slug="pillars")
    assert path_of(document, "交换一次清单") == ("深化供应链和航运等领域的合作",)


@pytest.mark.parametrize(
    "line", ["2. 双方将扩大港口。", "4. 深化供应链和航运等领域的合作。", "深化供应链和航运等领域的合作。"]
)
def test_a_chinese_line_that_ends_in_a_full_stop_is_else_no_heading(line: str) -> None:
    document = read_text(PILLARS.replace("2. 深化供应链和航运等领域的合作。", line), slug="pillars")
    assert path_of(document, "交换一次清单") == ("共建港口",)


def test_capitals_without_an_end_are_read_in_a_moment() -> None:
    run = "E" * 110
    assert sentences(read_text(f"A list:\n\n- {run}b\n- {'AB.' * 36}\n", slug="run")) == [
        "A list:",
        f"{run}b",
        "AB." * 36,
    ]


@pytest.mark.parametrize("speaker", ["MARA:", "MR. ODO KELP:", "O'NEIL (ALBA):", "A.B. DE-LANGE :"])
def test_a_speaker_in_capitals_stands_alone(speaker: str) -> None:
    assert sentences(read_text(f"{speaker} We will meet at noon.\n", slug="talk")) == [
        speaker,
        "We will meet at noon.",
    ]


def test_a_number_without_a_title_makes_no_empty_heading() -> None:
    document = read_text("Section 1. . With the council.\nMore will follow here.\n", slug="dots")
    assert all(one.start < one.end for one in document.sentences)
