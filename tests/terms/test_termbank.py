from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.model import ConflictError, Language, NotFoundError, UsageError
from dragoman.model.term import (
    Concept,
    ConceptKind,
    ConceptStatus,
    ProposalKind,
    ProposalState,
    ReviewVerdict,
    Term,
    TermQuery,
    TermSource,
    TermUse,
)
from dragoman.termbank import Termbank
from dragoman.workspace import Workspace
from tests.terms.concepts import EN, KILN, ZH

ACCEPT, REJECT, CONTEST = ReviewVerdict.ACCEPT, ReviewVerdict.REJECT, ReviewVerdict.CONTEST
US, CN = "United States", "China"
JAR = Concept("", (Term("jar", EN), Term("罐", ZH)))


@pytest.fixture
def workspace(workspace_folder: Path) -> Iterator[Workspace]:
    with Workspace.open(workspace_folder) as opened:
        yield opened


@pytest.fixture
def bank(workspace: Workspace) -> Termbank:
    return workspace.termbank


def agreed(bank: Termbank, concept: Concept = JAR) -> Concept:
    made = bank.propose(concept, by="Ann", side="US")
    found = bank.review(made.id, ACCEPT, by="Li", side="CN")
    assert isinstance(found, Concept)
    return found


def test_a_concept_is_agreed_when_both_sides_have_accepted_it(bank: Termbank) -> None:
    proposed = bank.propose(JAR, by=" Ann ")
    assert (proposed.id, proposed.status, proposed.accepted) == ("jar", ConceptStatus.PROPOSED, ())
    one = bank.review("jar", ACCEPT, by="Ann", side="US")
    both = bank.review("jar", ACCEPT, by="Li", side="中国")
    assert [found.status for found in (one, both) if isinstance(found, Concept)] == ["under review", "agreed"]
    assert bank.concept("jar").accepted == (CN, US)
    assert [(step.action, step.by, step.side) for step in bank.history("jar")] == [
        ("proposed", "Ann", ""),
        ("accepted", "Ann", US),
        ("accepted", "Li", CN),
    ]


def test_a_side_contests_with_a_reason_and_may_accept_later(bank: Termbank) -> None:
    agreed(bank)
    with pytest.raises(UsageError, match="needs a reason"):
        bank.review("jar", CONTEST, by="Li", side="CN")
    bank.review("jar", CONTEST, by="Li", side="CN", reason="too wide")
    assert (bank.concept("jar").status, bank.concept("jar").contested) == (ConceptStatus.CONTESTED, (CN,))
    bank.review("jar", ACCEPT, by="Li", side="CN")
    assert (bank.concept("jar").status, bank.concept("jar").contested) == (ConceptStatus.AGREED, ())
    assert bank.history("jar")[-2].reason == "too wide"


def test_only_what_is_not_agreed_can_be_rejected(bank: Termbank) -> None:
    agreed(bank)
    with pytest.raises(ConflictError, match="agreed"):
        bank.review("jar", REJECT, by="Li", side="CN", reason="no")
    bank.propose(KILN, by="Ann")
    bank.review("kiln", REJECT, by="Li", side="CN", reason="no such thing")
    assert bank.concept("kiln").status is ConceptStatus.WITHDRAWN
    assert [concept.id for concept in bank.find(TermQuery()).concepts] == ["jar"]


@pytest.mark.parametrize("side", ["", "Norway"])
def test_a_review_is_made_for_one_of_the_two_sides(bank: Termbank, side: str) -> None:
    bank.propose(JAR, by="Ann")
    with pytest.raises(UsageError, match="United States and China"):
        bank.review("jar", ACCEPT, by="Li", side=side)
    with pytest.raises(UsageError, match="a name is needed"):
        bank.review("jar", ACCEPT, by=" ", side="CN")


def test_a_change_counts_when_both_sides_accept_it(bank: Termbank) -> None:
    before = agreed(bank)
    after = replace(before, note="Without a lid.")
    proposal = bank.propose_change(after, by="Li", side="CN", reason="clearer")
    assert bank.concept("jar").note == ""
    assert [one.id for one in bank.proposals("jar")] == [proposal.id]
    bank.review(proposal.id, ACCEPT, by="Ann", side="US")
    assert (bank.concept("jar").note, bank.concept("jar").status) == ("Without a lid.", ConceptStatus.AGREED)
    assert bank.history("jar")[-1].proposal == proposal.id
    assert bank.proposals("jar") == ()
    with pytest.raises(ConflictError, match="accepted already"):
        bank.review(proposal.id, REJECT, by="Ann", side="US", reason="late")


def test_a_deprecation_and_a_withdrawal_are_proposals(bank: Termbank) -> None:
    agreed(bank, replace(JAR, terms=(*JAR.terms, Term("pot", EN, TermUse.ADMITTED))))
    proposal = bank.deprecate("jar", "pot", by="Ann", side="US", reason="vague")
    assert (proposal.kind, proposal.state) == (ProposalKind.DEPRECATION, ProposalState.OPEN)
    bank.review(proposal.id, ACCEPT, by="Li", side="CN")
    assert next(term.use for term in bank.concept("jar").terms if term.text == "pot") is TermUse.DEPRECATED
    gone = bank.withdraw("jar", by="Ann", side="US")
    bank.review(gone.id, ACCEPT, by="Li", side="CN")
    assert bank.concept("jar").status is ConceptStatus.WITHDRAWN
    assert [step.action for step in bank.history("jar")] == ["proposed", "accepted", "deprecated", "withdrawn"]
    with pytest.raises(UsageError, match="no term `mug`"):
        bank.deprecate("jar", "mug", by="Ann")


def test_a_contested_proposal_stays_open_and_a_rejected_one_is_closed(bank: Termbank) -> None:
    before = agreed(bank)
    proposal = bank.propose_change(replace(before, note="a"), by="Ann", side="US")
    contested = bank.review(proposal.id, CONTEST, by="Li", side="CN", reason="why?")
    assert not isinstance(contested, Concept)
    assert contested.state is ProposalState.CONTESTED
    rejected = bank.review(proposal.id, REJECT, by="Li", side="CN", reason="no")
    assert not isinstance(rejected, Concept)
    assert rejected.state is ProposalState.REJECTED
    assert [review.verdict for review in bank.proposal(proposal.id).reviews] == [ACCEPT, CONTEST, REJECT]
    assert bank.concept("jar").note == ""


def test_a_proposal_that_others_overtook_is_not_carried_out(bank: Termbank) -> None:
    before = agreed(bank)
    first = bank.propose_change(replace(before, note="a"), by="Ann", side="US")
    second = bank.propose_change(replace(before, note="b"), by="Ann", side="US")
    bank.review(first.id, ACCEPT, by="Li", side="CN")
    with pytest.raises(ConflictError, match="has changed since"):
        bank.review(second.id, ACCEPT, by="Li", side="CN")
    assert bank.proposal(second.id).state is ProposalState.OPEN
    assert len(bank.proposal(second.id).reviews) == 1


def test_what_cannot_be_proposed_is_refused(bank: Termbank) -> None:
    agreed(bank)
    for concept, words in (
        (replace(JAR, id="a b"), "cannot be the id"),
        (replace(JAR, id="x", terms=()), "needs a term"),
        (replace(JAR, id="x", tags=("pots",)), "no tag `pots`"),
    ):
        with pytest.raises(UsageError, match=words):
            bank.propose(concept, by="Ann")
    with pytest.raises(ConflictError, match="already"):
        bank.propose(replace(JAR, id="jar"), by="Ann")
    with pytest.raises(UsageError, match="as it is"):
        bank.propose_change(bank.concept("jar"), by="Ann")
    with pytest.raises(NotFoundError):
        bank.review("mug", ACCEPT, by="Ann", side="US")


def test_an_id_is_made_and_never_taken_twice(bank: Termbank) -> None:
    ids = [bank.propose(JAR, by="Ann").id for _ in range(3)]
    assert ids == ["jar", "jar-2", "jar-3"]
    chinese = bank.propose(Concept("", (Term("罐", ZH),)), by="Ann").id
    assert chinese.startswith("c")
    assert len(chinese) == 11


def test_a_source_is_pinned_to_its_place_in_a_document(workspace: Workspace) -> None:
    list(workspace.read_bytes(b"They fill the jar. Nobody drinks.\n", "memo.txt"))
    bank = workspace.termbank
    made = bank.propose(replace(JAR, sources=(TermSource("fill the jar", EN, "memo"),)), by="Ann")
    (source,) = made.sources
    assert workspace.document("memo").slice(source.start, source.end) == "fill the jar"
    with pytest.raises(UsageError, match="do not stand"):
        bank.propose(replace(JAR, sources=(TermSource("spill the jar", EN, "memo"),)), by="Ann")
    with pytest.raises(NotFoundError):
        bank.propose(replace(JAR, sources=(TermSource("jar", EN, "letter"),)), by="Ann")


def test_an_empty_termbase_cannot_be_published(bank: Termbank) -> None:
    with pytest.raises(UsageError, match="nothing can be published"):
        bank.publish(by="Ann")
    assert bank.versions() == ()


def test_versions_are_numbered_and_differ_by_what_was_done_in_between(bank: Termbank) -> None:
    agreed(bank)
    bank.propose(KILN, by="Ann")
    first = bank.publish(by="Ann", note="start")
    with pytest.raises(UsageError, match="since version 1"):
        bank.publish(by="Ann")
    proposal = bank.propose_change(replace(bank.concept("jar"), note="a"), by="Ann", side="US")
    bank.review(proposal.id, ACCEPT, by="Li", side="CN", reason="fine")
    bank.review("kiln", REJECT, by="Li", side="CN", reason="no")
    bank.propose(replace(JAR, id="mug"), by="Ann")
    second = bank.publish(by="Li")
    assert [(one.number, one.concepts) for one in bank.versions()] == [(1, 2), (2, 2)]
    assert first.sha256 != second.sha256
    changes = {change.concept.id: change for change in bank.diff(1, 2)}
    assert {name: change.kind for name, change in changes.items()} == {
        "jar": "changed",
        "kiln": "removed",
        "mug": "added",
    }
    assert changes["jar"].fields == ("note",)
    assert [step.reason for step in changes["jar"].steps] == ["fine"]
    assert bank.diff(2) == ()
    assert {change.kind for change in bank.diff()} == {"added"}
    assert b"kiln" in b"".join(bank.write("csv", version=1))
    assert b"kiln" not in b"".join(bank.write("csv", version=2))
    with pytest.raises(NotFoundError):
        bank.diff(7)


def test_search_finds_whole_terms_first_in_both_languages(bank: Termbank) -> None:
    for english, chinese in (("glass jar lid", "玻璃罐盖"), ("jar", "罐"), ("Jar-lid", "罐盖")):
        bank.propose(Concept("", (Term(english, EN), Term(chinese, ZH))), by="Ann")
    assert [one.id for one in bank.find(TermQuery("JAR")).concepts] == ["jar", "jar-lid", "glass-jar-lid"]
    assert [one.id for one in bank.find(TermQuery("罐蓋")).concepts] == ["jar-lid", "glass-jar-lid"]
    assert [one.id for one in bank.find(TermQuery("jar lid")).concepts] == ["jar-lid", "glass-jar-lid"]
    assert bank.find(TermQuery("jar", language=Language.ZH)).total == 0
    assert bank.find(TermQuery("%")).total == 0
    page = bank.find(TermQuery(offset=1, limit=1))
    assert (page.total, [one.id for one in page.concepts]) == (3, ["jar"])


def test_concepts_are_narrowed_by_status_party_tag_and_kind(bank: Termbank) -> None:
    bank.propose(replace(JAR, id="a", tags=("ai",)), by="Ann")
    bank.propose(replace(JAR, id="b", kind=ConceptKind.ORGANISATION), by="Ann", side="US")
    bank.propose(replace(JAR, id="c", terms=(Term("jar", EN, party="CN"),)), by="Ann")
    for query, ids in (
        (TermQuery(statuses=(ConceptStatus.UNDER_REVIEW,)), ["b"]),
        (TermQuery(tags=("ai", "quantum")), ["a"]),
        (TermQuery(kinds=(ConceptKind.ORGANISATION,)), ["b"]),
        (TermQuery(parties=(CN,)), ["c"]),
    ):
        assert [one.id for one in bank.find(query).concepts] == ids
    assert bank.counts() == {"proposed": 2, "under review": 1}
    assert bank.tags() == ("ai",)


def test_a_file_is_taken_and_what_stands_otherwise_is_proposed(bank: Termbank, tmp_path: Path) -> None:
    agreed(bank)
    path = tmp_path / "list.csv"
    path.write_text("id,en,zh,note\njar,jar,罐,lidless\nmug,mug,杯,\n", encoding="utf-8")
    outcome = bank.import_file(path, by="Ann", side="US")
    assert (outcome.new, outcome.unchanged, len(outcome.proposals)) == (("mug",), (), 1)
    assert bank.concept("jar").note == ""
    assert bank.concept("mug").status is ConceptStatus.UNDER_REVIEW
    bank.review(outcome.proposals[0], ACCEPT, by="Li", side="CN")
    assert bank.concept("jar").note == "lidless"
    again = bank.import_file(path, by="Ann")
    assert (again.new, again.unchanged, again.proposals) == ((), ("jar", "mug"), ())


def test_a_faulty_file_changes_nothing(bank: Termbank, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = "".join(f"c{number},word {number},词{number}\n" for number in range(1_200))
    path.write_text(f"id,en,zh\n{rows}c3,again,又\n", encoding="utf-8")
    outcome = bank.import_file(path, by="Ann")
    assert not outcome.taken
    assert [problem.code for problem in outcome.problems] == ["concept-doubled"]
    assert bank.find(TermQuery()).total == 0


def test_nobody_agrees_by_a_file_that_does_not_name_the_sides(bank: Termbank, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("id,en,zh,status\njar,jar,罐,agreed\n", encoding="utf-8")
    outcome = bank.import_file(path, by="Ann")
    assert [problem.code for problem in outcome.problems] == ["concept-not-agreed"]
    assert bank.concept("jar").status is ConceptStatus.PROPOSED


def test_a_termbase_goes_into_another_workspace_as_it_is(bank: Termbank, tmp_path: Path) -> None:
    agreed(bank)
    bank.import_shipped(by="Ann", side="CN")
    path = tmp_path / "out.tbx"
    path.write_bytes(b"".join(bank.write("tbx")))
    with Workspace.open(tmp_path / "other") as other:
        assert other.termbank.import_file(path, by="Li").problems == ()
        assert b"".join(other.termbank.write("tbx")) == path.read_bytes()


def test_candidates_are_proposed_once(bank: Termbank, tmp_path: Path) -> None:
    agreed(bank)
    path = tmp_path / "c.tsv"
    path.write_text("en\tzh\tscore\njar\t罐\t0.9\njar\t坛\t0.8\nmug\t杯\t0.1\n", encoding="utf-8")
    outcome = bank.propose_file(path, by="Ann", least=0.5)
    assert outcome.new == ("jar-2",)
    assert bank.propose_file(path, by="Ann", least=0.5).new == ()


def test_two_other_sides_may_be_named(bank: Termbank) -> None:
    assert bank.sides() == (US, CN)
    assert bank.name_sides(["UK", "European Union"], by="Ann") == ("United Kingdom", "European Union")
    bank.propose(JAR, by="Ann", side="UK")
    bank.review("jar", ACCEPT, by="Bea", side="EU")
    assert bank.concept("jar").status is ConceptStatus.AGREED
    with pytest.raises(UsageError, match="two different"):
        bank.name_sides(["UK", "United Kingdom"], by="Ann")


def test_an_empty_termbase_is_not_written(bank: Termbank) -> None:
    with pytest.raises(UsageError, match="no concept"):
        list(bank.write("tbx"))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("form", ["html", "docx", "md"])
def test_a_glossary_is_printed(bank: Termbank, form: str, language: Language) -> None:
    bank.propose(KILN, by="Ann")
    data = b"".join(bank.write(form, language=language))
    if form != "docx":
        for words in ("kiln", "窑炉", "Wider in the north."):
            assert words in data.decode()
    assert len(data) > 100


def test_other_parts_get_the_words_of_the_termbase(bank: Termbank) -> None:
    bank.propose(
        Concept("guild", (Term("Potters' Guild", EN), Term("陶工会", ZH)), kind=ConceptKind.ORGANISATION), by="Ann"
    )
    assert bank.synonyms() == {"potters' guild": ("陶工会",), "陶工会": ("Potters' Guild",)}
