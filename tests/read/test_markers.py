from __future__ import annotations

import pytest

from dragoman.read.markers import chinese_number, find_marker, roman_number


@pytest.mark.parametrize(
    ("line", "marker", "form"),
    [
        ("• Opening an office", "•", "bullet"),
        ("- opening an office", "-", "bullet"),
        ("(a) Within ten days", "(a)", "paren"),
        ("（二）取得同意", "（二）", "paren"),
        ("(iii) reports", "(iii)", "paren"),
        ("1. Scope", "1.", "dot"),
        ("IV. Timeline", "IV.", "dot"),
        ("三、实施", "三、", "chinese"),
        ("第十二条　任何人不得", "第十二条", "article"),
        ("第3节一般规定", "第3节", "article"),
        ("Sec. 3. Title", "Sec. 3.", "section"),
        ("SECTION 1. Purpose", "SECTION 1.", "section"),
        ("Sec.203. Title", "Sec.203.", "section"),
        ("§ 5. Title", "§ 5.", "section"),
        ("ANNEX II", "ANNEX II", "section"),
        ("## Findings", "##", "hash"),
        ("2.1 Findings", "2.1", "decimal"),
        ("① 第一", "①", "circled"),
    ],
)
def test_marker_is_found(line: str, marker: str, form: str) -> None:
    found = find_marker(line)
    assert found is not None
    assert (found.text, found.form) == (marker, form)
    assert not line[found.end :].startswith((" ", "　"))


@pytest.mark.parametrize(
    "line", ["U.S. ships will sail", "The plan", "2024年双方将会面", "-based", "Article of faith", "双方将会面"]
)
def test_text_has_no_marker(line: str) -> None:
    assert find_marker(line) is None


def test_letter_that_is_also_a_numeral_has_two_readings() -> None:
    found = find_marker("(i) first")
    assert found is not None
    assert set(found.values) == {("lower-letter", 9), ("lower-roman", 1)}


@pytest.mark.parametrize(("word", "value"), [("iv", 4), ("xii", 12), ("xc", 90)])
def test_roman_number(word: str, value: int) -> None:
    assert roman_number(word) == value


@pytest.mark.parametrize(
    ("word", "value"), [("三", 3), ("十", 10), ("二十一", 21), ("一百零三", 103), ("二〇", 20)]
)
def test_chinese_number(word: str, value: int) -> None:
    assert chinese_number(word) == value
