from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.extract import GRAMMAR
from dragoman.lexicon import load_lexicon
from dragoman.model import Party, Query
from dragoman.model.term import Concept, ConceptKind, ConceptStatus, ReviewVerdict, Term, TermUse
from dragoman.terms.feeding import lexicon_with, names_of_organisations, reading_with
from dragoman.workspace import Workspace
from tests.terms.concepts import EN, ZH

TEXT = b"The United States and Japan will jointly develop glow-kilns by 2031.\n"
GLOW = Concept(
    "glow-kiln", (Term("glow-kiln", EN), Term("辉窑", ZH), Term("光窑", ZH, TermUse.DEPRECATED)), tags=("ai",)
)
GUILD = Concept(
    "guild",
    (Term("Quillfeather Potters", EN), Term("羽笔陶业", ZH), Term("Old Pots", EN, TermUse.DEPRECATED)),
    kind=ConceptKind.ORGANISATION,
)


@pytest.fixture
def workspace(workspace_folder: Path) -> Iterator[Workspace]:
    with Workspace.open(workspace_folder) as opened:
        yield opened


def test_agreed_terms_with_a_tag_are_read_and_a_text_is_recoded(workspace: Workspace) -> None:
    assert [one.status for one in workspace.read_bytes(TEXT, "memo.txt")] == ["new"]
    (before,) = workspace.provisions(Query()).entries
    assert (before.provision.technologies, before.provision.coder) == ((), GRAMMAR)
    workspace.termbank.propose(GLOW, by="Ann", side="US")
    assert [one.status for one in workspace.read_bytes(TEXT, "memo.txt")] == ["unchanged"]
    workspace.termbank.review("glow-kiln", ReviewVerdict.ACCEPT, by="Li", side="CN")
    assert [one.status for one in workspace.read_bytes(TEXT, "memo.txt")] == ["recoded"]
    (after,) = workspace.provisions(Query()).entries
    assert after.provision.technologies == ("ai",)
    assert after.provision.coder.startswith(f"{GRAMMAR}+terms/")
    assert after.provision.id == before.provision.id
    assert [one.status for one in workspace.read_bytes(TEXT, "memo.txt")] == ["unchanged"]


def test_terms_that_the_lexicon_has_change_nothing() -> None:
    known = Concept("ai", (Term("artificial intelligence", EN),), tags=("ai",), status=ConceptStatus.AGREED)
    lexicon = load_lexicon()
    for concepts in ([], [known], [replace(GLOW, status=ConceptStatus.CONTESTED)]):
        assert reading_with(lexicon, concepts) == (lexicon, "")


def test_the_mark_is_that_of_the_words(workspace: Workspace) -> None:
    lexicon = load_lexicon()
    agreed = replace(GLOW, status=ConceptStatus.AGREED)
    _, mark = reading_with(lexicon, [agreed])
    assert mark == reading_with(lexicon, [replace(agreed, note="other")])[1]
    assert mark != reading_with(lexicon, [replace(agreed, terms=agreed.terms[:1])])[1]


def test_terms_are_signs_for_aligning_in_all_their_spellings() -> None:
    lexicon = lexicon_with(load_lexicon(), [GLOW])
    for text in ("two glow-kilns", "a glow kiln", "三座辉窑", "一座光窑"):
        assert "glow-kiln" in {phrase.key for hit in lexicon.terms.find(text) for phrase in hit.phrases}, text


def test_the_termbase_links_sentences_that_share_nothing_else(workspace: Workspace, tmp_path: Path) -> None:
    english, chinese = tmp_path / "a.en.txt", tmp_path / "a.zh.txt"
    english.write_text("Snow fell on the hill. They praised the glow-kiln.\n", encoding="utf-8")
    chinese.write_text("众人夸赞辉窑。\n", encoding="utf-8")
    names = [str(english), str(chinese)]
    workspace.termbank.propose(GLOW, by="Ann")
    linked = [workspace.translating.align(names).words(link) for link in workspace.translating.align(names).links]
    assert ("They praised the glow-kiln.", "众人夸赞辉窑。") in linked


def test_names_of_organisations_are_names_of_parties(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,country\nQuillfeather Potters,DE\nBramblewick,FR\n", encoding="utf-8")
    workspace.screener().import_list(path, None, "own")
    assert workspace.screener().screen(Party("羽笔陶业")).hits == ()
    workspace.termbank.propose(GUILD, by="Ann")
    screening = workspace.screener().screen(Party("羽笔陶业"))
    assert [(hit.name, hit.query) for hit in screening.hits] == [("Quillfeather Potters", "Quillfeather Potters")]
    assert screening.party == Party("羽笔陶业")


def test_names_out_of_use_lead_to_the_others_and_never_the_other_way() -> None:
    names = names_of_organisations([GUILD])
    assert names["old pots"] == ("Quillfeather Potters", "羽笔陶业")
    assert names["quillfeather potters"] == ("羽笔陶业",)
