from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.model import Document, Language, NotFoundError, UsageError
from dragoman.model.term import Concept, ConceptStatus, Term, TermFault, TermLint, TermType, TermUse
from dragoman.report import write
from dragoman.report.term_lint import lint_report
from dragoman.termbank import Termbank
from dragoman.terms.glossary import shipped_concepts
from dragoman.terms.lint import Wanted, lint_text
from dragoman.terms.term_index import TermIndex, spellings
from dragoman.workspace import Workspace
from tests.terms.concepts import EN, ZH

PREFERRED, ADMITTED, DEPRECATED = TermUse.PREFERRED, TermUse.ADMITTED, TermUse.DEPRECATED
POTS = (
    Concept(
        "kiln",
        (
            Term("kiln", EN),
            Term("pottery oven", EN, ADMITTED),
            Term("clay stove", EN, DEPRECATED),
            Term("PK", EN, ADMITTED, type=TermType.ACRONYM),
            Term("窑", ZH),
            Term("窑炉", ZH, ADMITTED),
            Term("土炉", ZH, DEPRECATED),
        ),
    ),
    Concept("kiln-master", (Term("kiln master", EN), Term("窑工", ZH))),
    Concept(
        "glaze",
        (Term("glaze", EN, party="United States"), Term("enamel", EN, party="China"), Term("釉", ZH)),
    ),
    Concept("clay", (Term("clay", EN), Term("粘土", ZH)), status=ConceptStatus.CONTESTED, contested=("China",)),
)


@pytest.fixture
def bank(workspace_folder: Path) -> Iterator[Termbank]:
    with Workspace.open(workspace_folder) as workspace:
        for concept in POTS:
            workspace.termbank.propose(replace(concept, contested=()), by="Ann")
        yield workspace.termbank


def document(text: str) -> Document:
    return Document(
        slug="t", title="", date=None, kind="", parties=(), languages=(), source="", sha256="", text_sha256="",
        text=text, work="", runs=(), blocks=(), sections=(), sentences=(), guessed=frozenset(), media_type="",
    )  # fmt: skip


def found(text: str, party: str = "", language: Language = Language.EN) -> list[tuple[str, TermFault, str]]:
    findings = lint_text(document(text), TermIndex(POTS), Wanted(party, language))
    for one in findings:
        assert text[one.start : one.end] == one.text
        line = text[: one.start].count("\n") + 1
        assert (one.line, one.column) == (line, one.start - (text.rfind("\n", 0, one.start) + 1) + 1)
    return [(one.text, one.fault, one.suggestion) for one in findings]


@pytest.mark.parametrize(
    ("text", "term", "suggestion"),
    [
        ("Light the Clay Stoves now.", "Clay Stoves", "kiln"),
        ("Light\nthe clay\u00a0stove.", "clay\u00a0stove", "kiln"),
        ("点燃土爐。", "土爐", "窑"),
    ],
)
def test_a_deprecated_term_is_found_in_any_case_number_and_script(text: str, term: str, suggestion: str) -> None:
    assert found(text) == [(term, TermFault.DEPRECATED, suggestion)]


def test_words_are_whole_and_the_longest_term_counts() -> None:
    assert found("The kilning of a pottery ovenware.") == []
    assert found("A kiln master met two kiln masters; 窑工。") == []


def test_two_terms_of_one_concept_are_inconsistent_where_they_are_mixed() -> None:
    assert found("A kiln is hot. The pottery oven cools.") == [("pottery oven", TermFault.INCONSISTENT, "kiln")]
    assert found("A pottery oven is hot.") == []
    assert found("Pottery ovens, a kiln and a pottery oven.") == [
        ("Pottery ovens", TermFault.INCONSISTENT, "kiln"),
        ("pottery oven", TermFault.INCONSISTENT, "kiln"),
    ]


def test_a_short_form_beside_its_full_form_is_consistent_and_keeps_its_case() -> None:
    assert found("The kiln (PK) is a PK; pk is none.") == []


def test_a_word_of_the_other_side_is_found_where_a_side_is_asked_for() -> None:
    assert found("The enamel shines.", "United States") == [("enamel", TermFault.OTHER_SIDE, "glaze")]
    assert found("The glaze shines.", "United States") == []
    assert found("The enamel shines.") == []


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("Clay is wet.", False),
        ("The “clay” is wet.", True),
        ("Clay (as China has it) is wet.", True),
        ("Clay¹ is wet; clay dries.", True),
        ("粘土（有异议）湿。", True),
        ("粘土湿，粘土干。", False),
    ],
)
def test_a_contested_term_needs_a_note_once(text: str, *, noted: bool) -> None:
    faults = [fault for _, fault, _ in found(text)]
    assert faults == ([] if noted else [TermFault.CONTESTED])


def test_messages_are_in_the_language_that_is_asked_for() -> None:
    findings = lint_text(document("A clay stove."), TermIndex(POTS), Wanted("", Language.ZH))
    assert findings[0].message == "“clay stove”不再用于窑，请用“kiln”。"


def test_a_spelling_of_several_concepts_is_never_guessed() -> None:
    index = TermIndex([*POTS, Concept("stove", (Term("clay stove", EN), Term("灶", ZH)))])
    assert lint_text(document("A clay stove."), index, Wanted()) == ()


@pytest.mark.parametrize(
    ("term", "other"),
    [
        ("export control", "export controls"),
        ("emerging technologies", "emerging technology"),
        ("policy", "policies"),
        ("tax", "taxes"),
        ("boxes", "box"),
        ("licences", "licence"),
        ("process", "processes"),
    ],
)
def test_english_terms_are_found_in_both_numbers(term: str, other: str) -> None:
    assert other in spellings(Term(term, EN))


@pytest.mark.parametrize("term", ["access", "sanctions", "China"])
def test_a_word_that_ends_in_s_is_not_cut(term: str) -> None:
    assert not any(len(one) < len(term) for one in spellings(Term(term, EN)))


def test_the_glossary_that_ships_has_no_term_twice_and_both_languages() -> None:
    concepts = shipped_concepts()
    assert len(concepts) > 60
    for concept in concepts:
        assert concept.of(EN), concept.id
        assert concept.of(ZH), concept.id
        assert {one.language for one in concept.definitions} == {EN, ZH}, concept.id
        assert concept.subjects, concept.id


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["kiln", "kilns", "clay stove", "土爐", " ", "\n", "釉", "(", "“", "PK", "İ"])))
def test_offsets_are_those_of_the_text(pieces: list[str]) -> None:
    found("".join(pieces))


def write_files(folder: Path, **texts: str) -> list[str]:
    paths = []
    for name, text in texts.items():
        path = folder / f"{name.replace('_', '.')}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    return paths


def lint(bank: Termbank, folder: Path, party: str = "", **texts: str) -> TermLint:
    return bank.lint(write_files(folder, **texts), party=party)


def test_two_versions_are_held_against_each_other(bank: Termbank, tmp_path: Path) -> None:
    done = lint(
        bank,
        tmp_path,
        a_en="In 2031 the guild will open 14 kilns. Each kiln master keeps the glaze in 3 jars.\n",
        a_zh="2031年，行会将开设14座窑。每位工人将彩料存放在3个罐中。\n",
    )
    lost = [(one.text, one.fault, one.suggestion) for one in done.findings]
    assert lost == [
        ("kiln master", TermFault.NOT_RENDERED, "窑工"),
        ("glaze", TermFault.NOT_RENDERED, "釉"),
    ]
    chinese = (tmp_path / "a.zh.txt").read_text(encoding="utf-8")
    other = done.findings[0].other
    assert other is not None
    assert chinese[slice(*other)] == "每位工人将彩料存放在3个罐中。"


def test_one_text_may_hold_both_versions(bank: Termbank, tmp_path: Path) -> None:
    english = "In 2031 the guild will open 14 kilns.\n\nEach kiln master keeps the glaze in 3 jars.\n\n"
    chinese = "2031年，行会将开设14座窑。\n\n每位窑工将彩料存放在3个罐中。\n"
    done = lint(bank, tmp_path, a=english + chinese)
    assert [(one.text, one.fault) for one in done.findings] == [("glaze", TermFault.NOT_RENDERED)]
    mixed = lint(bank, tmp_path, b="The kiln burns in winter.\n\n昨天下雨了，没有人来。\n")
    assert mixed.findings == ()
    assert mixed.problems == ()


def test_versions_that_do_not_belong_together_are_said_and_not_judged(bank: Termbank, tmp_path: Path) -> None:
    done = lint(bank, tmp_path, a="The kiln burns in winter. Nobody came in 1950.\n", b="昨天下雨了，没有人来。\n")
    assert done.findings == ()
    assert "versions-unrelated" in {problem.code for problem in done.problems}


def test_texts_in_one_language_are_looked_at_one_by_one(bank: Termbank, tmp_path: Path) -> None:
    done = lint(bank, tmp_path, a="A clay stove.\n", b="A kiln.\n", c="A clay stove.\n")
    assert [one.doc for one in done.findings] == ["a", "c"]


def test_what_cannot_be_linted_is_refused(bank: Termbank, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        bank.lint(["nothing.txt"])
    with pytest.raises(UsageError, match="no text"):
        bank.lint([])
    with pytest.raises(UsageError, match="Atlantis"):
        lint(bank, tmp_path, "Atlantis", a="A kiln.\n")


def test_an_empty_termbase_uses_the_glossary_that_ships_and_says_so(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "empty") as workspace:
        done = lint(workspace.termbank, tmp_path, a="我们讨论关键矿物。\n")
    assert [(one.text, one.suggestion) for one in done.findings] == [("关键矿物", "关键矿产")]
    assert [problem.code for problem in done.problems] == ["termbase-empty"]


@pytest.mark.parametrize("language", list(Language))
def test_a_lint_is_written_as_a_report(bank: Termbank, tmp_path: Path, language: Language) -> None:
    done = lint(bank, tmp_path, a="A clay stove.\n", b="A kiln.\n")
    html = write(lint_report(done, language), "html").decode()
    assert "clay stove" in html
    assert "1:3" in html
