from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from dragoman.lexicon.problems import Place, said, worded
from dragoman.model import (
    ConflictError,
    Deadline,
    DeadlineKind,
    Document,
    Entry,
    Kind,
    Language,
    NotFoundError,
    Problem,
    Provision,
    Query,
    ReviewState,
    Severity,
    UsageError,
)
from dragoman.register import Decision, Register, Saved
from tests.register.making import CODER, NOON, document, provision

TEXT = "# Memo\nWe will meet.\nThey shall report.\n~ menu will not count\nIt may rain."
LONGER = "# Memo\nAn opening word.\nWe will meet.\nThey shall report.\nWe will pay."


def lines_of(doc: Document) -> list[Provision]:
    """Return a line for each sentence with "will" or "shall"."""
    found = []
    for sentence in doc.sentences:
        words = doc.text[sentence.start : sentence.end]
        for trigger, kind in (("will", Kind.COMMITMENT), ("shall", Kind.OBLIGATION)):
            if trigger in words and not words.startswith("~"):
                found.append(provision(doc, sentence.index, trigger, kind=kind))
    return found


def save(register: Register, doc: Document, lines: list[Provision] | None = None, coder: str = CODER) -> Saved:
    return register.save(doc, lines_of(doc) if lines is None else lines, coder=coder, at=NOON)[0]


def decide(register: Register, line: str, state: ReviewState, **fields: Any) -> Entry:  # noqa: ANN401
    return register.review(line, Decision(state, "Ann", NOON, "seen", **fields))


def quotes(register: Register, query: Query | None = None) -> list[str]:
    return [entry.provision.quote.exact for entry in register.provisions(query or Query()).entries]


def states(register: Register) -> dict[str, tuple[ReviewState, int]]:
    page = register.provisions(Query())
    return {entry.provision.quote.exact: (entry.state, entry.version) for entry in page.entries}


def test_a_document_and_its_lines_come_back(register: Register) -> None:
    doc = document(TEXT)
    assert save(register, doc) == Saved("new", 1, 0, {Kind.COMMITMENT: 1, Kind.OBLIGATION: 1})
    assert register.document("memo") == doc
    assert [entry.provision for entry in register.provisions(Query()).entries] == lines_of(doc)
    assert all(entry == Entry(entry.provision) for entry in register.provisions(Query()).entries)


def test_the_same_reading_again_changes_nothing(register: Register) -> None:
    doc = document(TEXT)
    save(register, doc)
    before = register.provisions(Query()), register.documents(), register.search("will")
    assert register.holds(doc, CODER)
    again, _ = register.save(doc, lines_of(doc), coder=CODER, at=NOON + timedelta(days=1))
    assert (again.status, again.version, again.kept) == ("unchanged", 1, 2)
    assert register.as_it_stands("memo", "memo.txt", ()) == (again, ())
    assert (register.provisions(Query()), register.documents(), register.search("will")) == before
    assert len(register.history(lines_of(doc)[0].id)[0]) == 1


@pytest.mark.parametrize("changed", [document(LONGER), replace(document(TEXT), date=date(2025, 6, 1))])
def test_another_text_or_date_is_a_new_version(register: Register, changed: Document) -> None:
    old = document(TEXT)
    save(register, old)
    assert not register.holds(changed, CODER)
    saved = save(register, changed)
    assert (saved.status, saved.version, saved.kept, saved.remarks) == ("version", 2, 2, ())
    assert register.document("memo") == changed
    assert register.document("memo", 1) == old
    assert {entry.version for entry in register.provisions(Query()).entries} == {2}


def test_search_follows_the_current_version(register: Register) -> None:
    save(register, document(TEXT))
    save(register, document(LONGER))
    assert register.search("rain").total == 0
    assert [hit.start for hit in register.search("pay").hits] == [LONGER.index("We will pay")]
    save(register, document(TEXT))
    assert register.search("rain").total == 1
    assert register.search("pay").total == 0


def test_reviews_follow_unchanged_sentences_into_a_new_version(register: Register) -> None:
    old = document(TEXT)
    save(register, old)
    meet, report = lines_of(old)
    decide(register, meet.id, ReviewState.ACCEPTED)
    decide(register, report.id, ReviewState.EDITED, changes={"force": 4, "actors": "Sylvania"})
    save(register, document(LONGER))
    assert states(register) == {
        "We will meet.": (ReviewState.ACCEPTED, 2),
        "They shall report.": (ReviewState.EDITED, 2),
        "We will pay.": (ReviewState.CANDIDATE, 2),
    }
    edited = register.provision(report.id).provision
    assert (edited.force, edited.actors, edited.coder) == (4, ("Sylvania",), "person/Ann")
    assert LONGER[edited.start : edited.end] == "They shall report."
    assert LONGER[edited.trigger_start :].startswith("shall")


def test_a_sentence_that_is_gone_is_history(register: Register) -> None:
    save(register, document(LONGER))
    pay = lines_of(document(LONGER))[-1]
    decide(register, pay.id, ReviewState.ACCEPTED)
    save(register, document(TEXT))
    assert "We will pay." not in states(register)
    assert register.provision(pay.id).version == 1
    assert register.provision(pay.id).state is ReviewState.ACCEPTED
    with pytest.raises(NotFoundError, match="does not stand in the current version"):
        decide(register, pay.id, ReviewState.REJECTED)
    save(register, document(LONGER))
    assert states(register)["We will pay."] == (ReviewState.ACCEPTED, 3)


def test_another_grammar_gives_new_lines_and_reviewed_ones_stay(register: Register) -> None:
    doc = document(TEXT)
    save(register, doc)
    meet, report = lines_of(doc)
    decide(register, meet.id, ReviewState.ACCEPTED)
    decide(register, report.id, ReviewState.REJECTED)
    newer = [replace(meet, force=1, coder="grammar/2"), provision(doc, 4, "may", coder="grammar/2")]
    saved = save(register, doc, newer, "grammar/2")
    assert saved == Saved("recoded", 1, 1, {Kind.COMMITMENT: 2})  # the rejected line is not counted
    assert states(register) == {
        "We will meet.": (ReviewState.ACCEPTED, 1),
        "They shall report.": (ReviewState.REJECTED, 1),
        "It may rain.": (ReviewState.CANDIDATE, 1),
    }
    assert register.provision(meet.id).provision == meet
    assert [entry.provision.coder for entry in register.history(meet.id)[0]] == [CODER, "grammar/2"]
    assert register.holds(doc, "grammar/2")


def test_a_candidate_that_the_new_grammar_does_not_find_is_history(register: Register) -> None:
    doc = document(TEXT)
    save(register, doc)
    save(register, doc, [], "grammar/2")
    assert quotes(register) == []
    assert register.provision(lines_of(doc)[0].id).provision == lines_of(doc)[0]


def test_a_decided_line_moves_with_its_sentence_even_if_no_grammar_finds_it(register: Register) -> None:
    old, new = (
        document("We will meet.\nWe will meet."),
        document("A word.\nWe will meet.\nThe end.\nWe will meet."),
    )
    line = provision(old, 1)
    save(register, old, [line])
    decide(register, line.id, ReviewState.ACCEPTED)
    save(register, new, [])
    kept = register.provision(line.id)
    assert (kept.version, kept.state) == (2, ReviewState.ACCEPTED)
    assert new.text[kept.provision.start : kept.provision.end] == "We will meet."
    assert kept.provision.quote == provision(new, 3).quote  # the one that ends the text, as before


def test_decisions_are_added_never_overwritten(register: Register) -> None:
    doc = document(TEXT)
    save(register, doc)
    meet = lines_of(doc)[0]
    decide(register, meet.id, ReviewState.EDITED, changes={"kind": "measure"})
    decide(register, meet.id, ReviewState.ACCEPTED)
    assert register.provision(meet.id).provision.kind is Kind.MEASURE
    decide(register, meet.id, ReviewState.CANDIDATE)
    assert register.provision(meet.id).provision == meet
    lines, reviews = register.history(meet.id)
    assert [entry.provision.coder for entry in lines] == [CODER, "person/Ann"]
    assert [review.state.value for review in reviews] == ["edited", "accepted", "candidate"]
    assert {(review.reviewer, review.reason, review.at) for review in reviews} == {("Ann", "seen", NOON)}


def test_times_come_back_as_the_same_moment(register: Register) -> None:
    save(register, document(TEXT))
    at = datetime(2026, 3, 1, 20, tzinfo=timezone(timedelta(hours=8)))
    line = lines_of(document(TEXT))[0].id
    decision = register.review(line, Decision(ReviewState.ACCEPTED, "Ann", at)).review
    assert decision is not None
    assert decision.at == at
    assert decision.at.tzinfo == UTC


def test_an_edit_is_found_by_its_new_values(register: Register) -> None:
    doc = document(TEXT)
    save(register, doc)
    line = lines_of(doc)[0].id
    changes = {"technologies": "ai; quantum", "actors": ["Sylvania"], "deadline": "2025-12-31"}
    decide(register, line, ReviewState.EDITED, changes=changes)
    for query in (
        Query(technologies=("quantum",)),
        Query(actors=("Sylvania",)),
        Query(due_from=date(2025, 12, 31), due_to=date(2025, 12, 31)),
        Query(reviews=(ReviewState.EDITED,)),
    ):
        assert quotes(register, query) == ["We will meet."]
    assert quotes(register, Query(actors=("Freedonia",))) == ["They shall report."]


@pytest.mark.parametrize(
    ("decision", "error", "message"),
    [
        (Decision(ReviewState.EDITED, "Ann", NOON), UsageError, "at least one change"),
        (Decision(ReviewState.ACCEPTED, " ", NOON), UsageError, "reviewer"),
        (Decision(ReviewState.ACCEPTED, "Ann", NOON, changes={"force": 1}), UsageError, "with changes"),
        (Decision(ReviewState.EDITED, "Ann", NOON, changes={"actor": "x"}), UsageError, "Did you mean `actors`"),
        (Decision(ReviewState.EDITED, "Ann", NOON, changes={"kind": "comitment"}), UsageError, "`commitment`"),
        (Decision(ReviewState.EDITED, "Ann", NOON, changes={"force": 5}), UsageError, "4 binding"),
        (Decision(ReviewState.EDITED, "Ann", NOON, changes={"force": True}), UsageError, "4 binding"),
        (Decision(ReviewState.EDITED, "Ann", NOON, changes={"actors": 3}), UsageError, "list of texts"),
        (Decision(ReviewState.EDITED, "Ann", NOON, changes={"aim": 3}), UsageError, "a text"),
        (Decision(ReviewState.EDITED, "Ann", NOON, changes={"deadline": "soon"}), UsageError, "2026-03-31"),
        (Decision(ReviewState.EDITED, "Ann", NOON, changes={"deadline": 7}), UsageError, "an object"),
        (
            Decision(ReviewState.EDITED, "Ann", NOON, changes={"deadline": {"kind": "recuring"}}),
            UsageError,
            "Did you mean `recurring`",
        ),
        (
            Decision(ReviewState.ACCEPTED, "Ann", NOON, expected=ReviewState.EDITED),
            ConflictError,
            "is candidate by now, not edited",
        ),
    ],
)
def test_a_wrong_decision_is_refused_and_leaves_no_trace(
    register: Register, decision: Decision, error: type[Exception], message: str
) -> None:
    doc = document(TEXT)
    save(register, doc)
    line = lines_of(doc)[0]
    with pytest.raises(error, match=message):
        register.review(line.id, decision)
    assert register.history(line.id) == ((Entry(line),), ())


def test_what_is_not_there_is_named(register: Register) -> None:
    save(register, document(TEXT))
    with pytest.raises(NotFoundError, match="no document `nemo`"):
        register.document("nemo")
    with pytest.raises(NotFoundError, match="no document `memo` in a version 7"):
        register.document("memo", 7)
    for ask in (register.provision, register.history):
        with pytest.raises(NotFoundError, match="id `memo:0`"):
            ask("memo:0")
    with pytest.raises(NotFoundError, match="id `memo:0`"):
        decide(register, "memo:0", ReviewState.ACCEPTED)


def many(register: Register) -> None:
    """Fill a register with lines that differ in each field."""
    english, chinese = document("We will a.\nWe will b.\nWe will c."), document("我们将合作。", "gongbao", None)
    earlier = document("They shall d.", "order", date(2020, 1, 1))
    due = Deadline("soon", DeadlineKind.BY, date(2026, 1, 1))
    save(
        register,
        english,
        [
            provision(english, 0, technologies=("ai",), deadline=due, confidence=0.9),
            provision(english, 1, actors=("Sylvania", "Freedonia"), instruments=("rnd",), confidence=0.3),
            provision(english, 2, force=1, counterparties=("Osterlich",), confidence=0.6),
        ],
    )
    save(register, chinese, [provision(chinese, 0, "将", technologies=("ai", "quantum"))])
    save(register, earlier, [provision(earlier, 0, "shall", kind=Kind.OBLIGATION, actors=("Osterlich",))])


@pytest.fixture(scope="module")
def asked(kept: Register) -> Register:
    """A filled register on each engine, for questions that change nothing."""
    many(kept)
    return kept


ALL = ["They shall d.", "We will a.", "We will b.", "We will c.", "我们将合作。"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(), ALL),
        (Query(documents=("order", "gongbao")), ["They shall d.", "我们将合作。"]),
        (Query(documents=("nowhere",)), []),
        (Query(kinds=(Kind.OBLIGATION, Kind.MEASURE)), ["They shall d."]),
        (Query(actors=("Sylvania",)), ["We will b."]),
        (Query(actors=("Sylvania", "Osterlich")), ["They shall d.", "We will b."]),
        (Query(counterparties=("Osterlich",)), ["We will c."]),
        (Query(technologies=("ai",)), ["We will a.", "我们将合作。"]),
        (Query(technologies=("ai",), languages=(Language.ZH,)), ["我们将合作。"]),
        (Query(instruments=("rnd",)), ["We will b."]),
        (Query(forces=(1, 2)), ["We will c."]),
        (Query(due_from=date(2026, 1, 1)), ["We will a."]),
        (Query(due_to=date(2026, 1, 1)), ["We will a."]),
        (Query(due_from=date(2026, 1, 2)), []),
        (Query(reviews=(ReviewState.CANDIDATE,)), ALL),
        (Query(reviews=(ReviewState.ACCEPTED,)), []),
        (Query(text="合作"), ["我们将合作。"]),
        (Query(text="WILL b"), ["We will b."]),
        (Query(text="。"), []),
        (Query(text="  "), ALL),
        (Query(order="confidence", limit=2), ["We will b.", "We will c."]),
        (Query(offset=1, limit=2), ["We will a.", "We will b."]),
        (Query(offset=9), []),
        (Query(limit=None), ALL),
    ],
    ids=str,
)
def test_queries(asked: Register, query: Query, found: list[str]) -> None:
    assert quotes(asked, query) == found
    unpaged = replace(query, offset=0, limit=None)
    assert asked.provisions(query).total == len(quotes(asked, unpaged))
    assert [entry.provision.quote.exact for entry in asked.export(unpaged)] == quotes(asked, unpaged)


def test_facets_count_what_a_query_finds(register: Register) -> None:
    many(register)
    found = register.facets(Query())
    assert found.documents == (("memo", 3), ("gongbao", 1), ("order", 1))
    assert found.kinds == (("commitment", 4), ("obligation", 1))
    assert found.actors == (("Freedonia", 4), ("Osterlich", 1), ("Sylvania", 1))
    assert found.forces == (("3", 4), ("1", 1))
    assert found.reviews == (("candidate", 5),)
    narrow = register.facets(Query(technologies=("ai",), text="will"))
    assert (narrow.documents, narrow.technologies) == ((("memo", 1),), (("ai", 1),))
    assert register.facets(Query(documents=("nowhere",))).kinds == ()


def test_the_library_counts_lines_reviews_and_problems(register: Register) -> None:
    many(register)
    line = register.provisions(Query(documents=("memo",))).entries[0].provision.id
    decide(register, line, ReviewState.REJECTED)
    register.keep_problems("memo.txt", "memo", [Problem("odd", Severity.NOTE, "Odd.", "Look.")])
    library = register.documents()
    assert [summary.slug for summary in library] == ["order", "memo", "gongbao"]
    memo = library[1]
    assert (memo.title, memo.date, memo.parties) == ("About memo", date(2025, 5, 1), ("Freedonia", "Sylvania"))
    assert (memo.version, memo.read_at, memo.sentences) == (1, NOON, 3)
    assert (memo.provisions, memo.reviewed, memo.problems) == ({Kind.COMMITMENT: 2}, 1, 1)
    assert memo.guessed == {"title"}


def test_headings_and_furniture_are_no_sentences_of_the_text(register: Register) -> None:
    save(register, document(TEXT))
    assert register.documents()[0].sentences == 3


def test_problems_are_those_of_the_latest_reading(register: Register) -> None:
    save(register, document(TEXT))
    note = Problem("odd", Severity.NOTE, "Odd.", "Look.", start=3, end=5, page=1)
    error = Problem("unreadable", Severity.ERROR, "Nothing.", "Try.")
    register.keep_problems("memo.txt", "memo", [note])
    register.keep_problems("bad.pdf", None, [error])
    kept_note = replace(note, source="memo.txt", doc="memo")
    kept_error = replace(error, source="bad.pdf")
    assert register.problems() == (kept_error, kept_note)
    assert register.problems("memo") == (kept_note,)
    register.keep_problems("memo.txt", "memo", [])
    register.keep_problems("bad.pdf", None, [error])
    assert register.problems() == (kept_error,)


def test_the_same_bytes_under_another_name_are_remarked_on(register: Register) -> None:
    save(register, document(TEXT))
    (remark,) = save(register, document(TEXT, "renamed")).remarks
    assert (remark.code, remark.severity, remark.doc) == ("same-bytes", Severity.NOTE, "renamed")
    assert "in the register as memo." in remark.message
    assert register.problems("renamed") == (remark,)
    assert register.as_it_stands("renamed", "renamed.txt", ())[1] == (remark,)


def test_a_version_from_elsewhere_is_remarked_on(register: Register) -> None:
    save(register, document(TEXT))
    (remark,) = save(register, document(LONGER, source="elsewhere/memo.txt")).remarks
    assert (remark.code, remark.severity) == ("same-name", Severity.WARNING)
    assert "came from memo.txt." in remark.message
    assert save(register, document(TEXT, source="elsewhere/memo.txt")).remarks == ()
    assert register.problems() == ()


def test_what_fills_a_problem_is_kept_so_that_it_can_be_said_in_chinese(register: Register) -> None:
    odd = worded("reading/problems.yaml", "json-line", Place("a.jsonl", line=4), {"reason": "\0 or \ud800"})
    found = worded("reading/problems.yaml", "json-line", Place("a.jsonl", line=3), {"reason": "it has no text"})
    register.keep_problems("a.jsonl", None, [odd, found])
    kept = register.problems()
    assert [one.values for one in kept] == [odd.values, found.values]
    assert kept[0].message == "Line 4 of a.jsonl is not a document: \ufffd or ?."
    assert said(kept[1], Language.ZH).message == "a.jsonl 第 3 行不是文件：其中没有文本。"


def test_a_problem_kept_without_what_fills_it_gets_it_when_its_source_is_read_again(register: Register) -> None:
    found = worded("reading/problems.yaml", "empty-file", Place("a.txt"), {})
    register.keep_problems("a.txt", None, [replace(found, values={})])
    assert said(register.problems()[0], Language.ZH).language is Language.EN
    register.keep_problems("a.txt", None, [found])
    assert said(register.problems()[0], Language.ZH).message == "a.txt 是空文件。"


def test_a_source_that_can_be_read_by_now_has_no_old_problems(register: Register) -> None:
    register.keep_problems("memo.txt", None, [Problem("unreadable", Severity.ERROR, "Nothing.", "Try.")])
    save(register, document(TEXT))
    assert register.problems() == ()


def test_any_text_can_be_kept(register: Register) -> None:
    doc = document("We will \0 meet.\nShe \u0000will \U0001f600.", title="T\0\u2028", source="a\0b")
    save(register, doc, [provision(doc, 0, actors=("A\0", "B"))])
    assert replace(register.document("memo"), source=doc.source) == doc
    assert register.provisions(Query()).entries[0].provision.actors == ("A\0", "B")


def test_an_empty_document_can_be_kept(register: Register) -> None:
    doc = document("")
    assert save(register, doc).status == "new"
    assert register.document("memo") == doc


def test_a_register_opened_again_is_the_same(register: Register, place: str) -> None:
    save(register, document(TEXT))
    again = Register.open(place)
    assert again.provisions(Query()) == register.provisions(Query())
    again.close()
