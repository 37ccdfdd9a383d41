from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.compare.settings import load_settings
from dragoman.model import Kind
from dragoman.model.lineage import LineageCorrection, LineageField, LineageLabel
from dragoman.model.lineage_format import lineage_to_row
from tests.compare.making import line_with, lineage, series, statement

FIRST = """Joint Statement of the Harbour Dialogue

Research

Japan and Canada intend to launch a joint quantum sensor testbed in Halifax.

Japan and Canada will publish a list of shared tidal energy standards.

Japan and Canada will explore a common register of deep-sea cables.

Trade

Japan and Canada will simplify customs forms for medical scanners by 31 December 2023.

Japan and Canada will share market data on rare earth magnets.

Japan and Canada will train port inspectors in drone detection.
"""
SECOND = """Joint Statement of the Harbour Dialogue

Research

Japan and Canada have launched the joint quantum sensor testbed in Halifax.

Japan and Canada will publish a list of shared tidal energy standards.

Japan and Canada will build a common register of deep-sea cables.

Trade

Japan and Canada intend to simplify customs forms for medical scanners by 31 December 2023.

Japan and Canada will share market data on rare earth magnets with Australia and Chile through the Magnet Observatory.

Japan and Canada will open a school for glaciologists.
"""
ACTS = (
    "Japan and Canada will publish a list of shared tidal energy standards.",
    "Japan and Canada will simplify customs forms for medical scanners.",
    "Japan and Canada intend to launch a joint quantum sensor testbed in Halifax.",
    "Japan and Canada will train port inspectors in drone detection.",
    "Japan and Canada will explore a common register of deep-sea cables.",
    "Japan and Canada will fund a survey of permafrost below northern airports.",
)


@pytest.mark.parametrize(
    ("words", "label", "field"),
    [
        ("quantum sensor", LineageLabel.DELIVERED, LineageField.DELIVERY),
        ("tidal energy", LineageLabel.REPEATED, None),
        ("deep-sea cables", LineageLabel.STRENGTHENED, LineageField.FIRMNESS),
        ("customs forms", LineageLabel.WEAKENED, LineageField.FIRMNESS),
        ("rare earth", LineageLabel.STRENGTHENED, LineageField.SCOPE),
        ("glaciologists", LineageLabel.NEW, None),
    ],
)
def test_each_line_of_the_later_text_has_its_label_and_the_field_that_made_it(
    words: str, label: LineageLabel, field: LineageField | None
) -> None:
    line = line_with(lineage(series(FIRST, SECOND)), words)
    assert (line.label, line.field) == (label, field)
    assert all(words in one.provision.quote.exact for one in line.ancestors)


def test_a_reason_tells_the_field_with_what_it_was_and_is() -> None:
    line = line_with(lineage(series(FIRST, SECOND)), "customs forms")
    assert line.reason == "firmness: “will” (commitment, 3) → “intend to” (commitment, 2)"


def test_what_no_later_text_continues_is_dropped_where_it_last_stood() -> None:
    (line,) = [line for line in lineage(series(FIRST, SECOND)).lines if line.dropped_in]
    assert "drone detection" in line.provision.quote.exact
    assert (line.label, line.provision.doc, line.dropped_in) == (LineageLabel.DROPPED, "meeting1", "meeting2")


def test_what_was_reported_as_done_is_not_dropped() -> None:
    done = "Statement\n\nJapan has signed the Tidal Accord.\n\nCanada will fund the Arctic Institute.\n"
    found = lineage(series(done, "Statement\n\nCanada will fund the Arctic Institute.\n"))
    assert [line for line in found.lines if line.dropped_in] == []


def test_a_thread_may_skip_a_text() -> None:
    found = lineage(series(FIRST, "Statement\n\nCanada will open a school for glaciologists.\n", FIRST))
    line = line_with(found, "tidal energy", "meeting3")
    assert [one.provision.doc for one in line.ancestors] == ["meeting1"]
    assert "tidal energy" not in " ".join(one.provision.quote.exact for one in found.lines if one.dropped_in)


def test_a_thread_goes_on_from_the_nearest_full_text_and_its_summary() -> None:
    acts = [
        "Japan and Canada will publish a map of the deep-sea cables below the Arctic ice.",
        "Japan and Canada will publish a new map of the deep-sea cables below the Arctic ice.",
        "Japan and Canada have published a map of the deep-sea cables below the Arctic ice.",
    ]
    rest = "\n\n".join(ACTS[:4])
    bodies = [f"Statement\n\n{act}\n\n{rest}\n" for act in (*acts, acts[1])]
    texts = series(*bodies)
    docs = [one.provision.doc for one in line_with(lineage(texts), acts[1], "meeting4").ancestors]
    assert docs == ["meeting3"]
    texts[2] = statement("meeting3", f"Readout\n\n{ACTS[0]}\n", kind="readout")
    docs = [one.provision.doc for one in line_with(lineage(texts), acts[1], "meeting4").ancestors]
    assert docs == ["meeting2"]


def test_only_what_is_alike_enough_returns_from_an_older_text() -> None:
    shipped, rest = load_settings(), "\n\n".join(ACTS[:3])
    old, new = (
        "Japan and Canada will map deep-sea cables.",
        "With firms from Norway, Canada intends to repair deep-sea cables.",
    )
    texts = series(*(f"Statement\n\n{act}\n\n{rest}\n" for act in (old, ACTS[3], new)))
    for least, found in ((0.2, True), (1.1, False)):
        figures = replace(shipped, links=replace(shipped.links, returns=least))
        line = line_with(lineage(texts, settings=figures), new, "meeting3")
        assert bool(line.ancestors) == found


def test_a_thread_keeps_its_number() -> None:
    found = lineage(series(FIRST, FIRST, FIRST))
    numbers = {line.thread for line in found.lines if "tidal energy" in line.provision.quote.exact}
    assert len(numbers) == 1


def test_copies_are_repeated_line_by_line_and_said_to_be_copies() -> None:
    found = lineage(series(FIRST, FIRST))
    later = [line for line in found.lines if not line.first]
    assert {line.label for line in later} == {LineageLabel.REPEATED}
    assert [line.ancestors[0].provision.quote for line in later] == [line.provision.quote for line in later]
    assert [problem.code for problem in found.problems] == ["series-copy"]


def test_one_text_is_compared_with_nothing() -> None:
    found = lineage(series(FIRST))
    assert {(line.label, line.first) for line in found.lines} == {(LineageLabel.NEW, True)}
    assert [problem.code for problem in found.problems] == ["series-one-text"]


def test_texts_without_a_shared_topic_share_no_line() -> None:
    other = "Statement\n\nThe Ministry of Health must vaccinate all llamas.\n"
    found = lineage(series(FIRST, other))
    assert not any(line.ancestors for line in found.lines)
    assert [problem.code for problem in found.problems] == ["series-unrelated"]


def test_a_line_in_another_section_has_moved_and_a_renamed_section_moves_nothing() -> None:
    bodies = [
        f"Statement\n\nResearch\n\n{ACTS[0]}\n\n{ACTS[2]}\n\nTrade\n\n{ACTS[1]}\n\n{ACTS[3]}\n",
        f"Statement\n\nResearch\n\n{ACTS[0]}\n\n{ACTS[3]}\n\nTrade\n\n{ACTS[1]}\n\n{ACTS[2]}\n",
    ]
    found = lineage(series(*bodies))
    moved = [line.provision.quote.exact for line in found.lines if line.moved]
    assert sorted(moved) == sorted([ACTS[2], ACTS[3]])
    renamed = lineage(series(bodies[0], bodies[0].replace("Research", "Science")))
    assert not any(line.moved for line in renamed.lines)


def test_one_line_that_goes_on_in_two_is_split_and_two_that_go_on_in_one_are_merged() -> None:
    whole = "Japan and Canada will chart deep-sea cables and will publish a cable outage register."
    parts = (
        "Japan and Canada will chart deep-sea cables.",
        "Japan and Canada will publish a cable outage register.",
    )
    rest = "\n\n".join(ACTS[:4])
    one, two = f"Statement\n\n{whole}\n\n{rest}\n", f"Statement\n\n{parts[0]}\n\n{parts[1]}\n\n{rest}\n"
    split = lineage(series(one, two))
    assert [line.provision.quote.exact for line in split.lines if line.split] == list(parts)
    merged = {line.provision.quote.exact for line in lineage(series(two, one)).lines if line.merged}
    assert merged == {whole}


def test_a_person_s_label_and_links_win_until_the_sentence_changes() -> None:
    texts = series(FIRST, SECOND)
    plain = lineage(texts)
    line, other = line_with(plain, "glaciologists"), line_with(plain, "drone", "meeting1")
    said = LineageCorrection(
        line.provision.id,
        LineageLabel.WEAKENED,
        (other.provision.id,),
        "both are about training",
        "Ann",
        datetime(2026, 1, 1, tzinfo=UTC),
    )
    found = lineage(texts, corrections={said.provision: said})
    corrected = line_with(found, "glaciologists")
    assert (corrected.label, corrected.correction) == (LineageLabel.WEAKENED, said)
    assert [one.provision.id for one in corrected.ancestors] == [other.provision.id]
    assert corrected.reason == "set by Ann: both are about training"
    assert [one for one in found.lines if one.dropped_in] == []
    changed = lineage(series(FIRST, SECOND.replace("a school", "two schools")), corrections={said.provision: said})
    assert line_with(changed, "glaciologists").label is LineageLabel.NEW


def test_a_correction_whose_predecessors_are_gone_is_said_to_be_stale() -> None:
    texts = series(FIRST, SECOND)
    line = line_with(lineage(texts), "tidal energy")
    said = LineageCorrection(
        line.provision.id, LineageLabel.REPEATED, ("meeting0:gone",), "", "Ann", datetime(2026, 1, 1, tzinfo=UTC)
    )
    found = lineage(texts, corrections={said.provision: said})
    assert [problem.code for problem in found.problems] == ["lineage-correction-stale"]
    assert line_with(found, "tidal energy").ancestors == line.ancestors


def test_a_summary_drops_nothing_where_a_full_text_follows() -> None:
    texts = [
        statement("meeting1", FIRST),
        statement("meeting2", "Readout\n\nJapan and Canada met in Halifax.\n", kind="readout"),
        statement("meeting3", SECOND),
    ]
    dropped = {line.dropped_in for line in lineage(texts).lines if line.dropped_in}
    assert dropped == {"meeting3"}


def test_what_is_missing_after_a_gap_may_have_gone_in_the_missing_text() -> None:
    texts = [statement("dialogue-1-halifax", FIRST), statement("dialogue-3-kobe", SECOND)]
    found = lineage(texts)
    assert [gap.ordinals for gap in found.gaps] == [(2,)]
    (line,) = [line for line in found.lines if line.dropped_in]
    assert (line.dropped_in, line.gaps) == ("dialogue-3-kobe", (2,))
    assert "may have been dropped in number 2 already" in line.reason


def test_lines_in_two_languages_are_linked_by_names_tags_and_numbers() -> None:
    english = (
        "Statement\n\nJapan will fund 500 quantum computing scholarships at UNESCO.\n\nJapan will train nurses.\n"
    )
    chinese = "声明\n\n日本将在UNESCO资助500个量子计算奖学金名额。\n\n日本将发展渔业。\n"
    texts = [
        statement("meeting1", english, parties=("Japan",)),
        statement("meeting2", chinese, parties=("Japan",)),
    ]
    line = line_with(lineage(texts), "奖学金")
    assert ["500" in one.provision.quote.exact for one in line.ancestors] == [True]


@pytest.mark.parametrize(
    ("before", "linked"),
    [
        ("Canada will publish a list of exports of cobalt and nickel to Norway.", False),
        ("Canada intends to ban exports of cobalt and nickel to Norway.", True),
    ],
)
def test_a_ban_continues_what_was_to_be_banned_and_no_other_promise(before: str, *, linked: bool) -> None:
    rest = "Japan will train port inspectors in drone detection."
    ban = "Canada prohibits exports of cobalt and nickel to Norway."
    found = lineage(series(*(f"Statement\n\n{line}\n\n{rest}" for line in (before, ban))))
    assert bool(line_with(found, "prohibits").ancestors) is linked


def test_rows_name_where_a_line_and_its_predecessor_stand() -> None:
    found = lineage(series(FIRST, SECOND))
    texts = {text.document.slug: text.document.text for text in found.texts}
    for row in map(lineage_to_row, found.lines):
        assert texts[row["doc"]][row["start"] : row["end"]] == row["quote"]
        for one in row["from"]:
            assert texts[one["doc"]][one["start"] : one["end"]] == one["quote"]
        assert ("dropped_in" in row) == (row["label"] == "dropped")
    assert list(lineage_to_row(found.lines[-1]))[:8] == [
        "doc", "start", "end", "label", "from", "reason", "dropped_in", "gaps",
    ]  # fmt: skip


def test_every_line_of_a_later_text_is_there_once_and_links_lead_back() -> None:
    texts = series(FIRST, SECOND, FIRST)
    found = lineage(texts)
    ids = Counter(line.provision.id for line in found.lines if not line.dropped_in)
    assert ids == Counter(line.id for _, lines in texts for line in lines)
    order = [text.document.slug for text in found.texts]
    for line in found.lines:
        assert all(order.index(a.provision.doc) < order.index(line.provision.doc) for a in line.ancestors)
    assert all(earlier.day <= later.day for earlier, later in pairwise(found.texts) if earlier.day and later.day)


def test_counts_leave_the_first_text_out_but_for_what_was_dropped() -> None:
    counts = lineage(series(FIRST, SECOND)).counts()
    assert counts["meeting1"] == {}
    assert counts["meeting2"][LineageLabel.DROPPED] == 1
    assert sum(counts["meeting2"].values()) == 7


@settings(max_examples=12, deadline=None)
@given(first=st.permutations(ACTS), second=st.permutations(ACTS))
def test_the_order_of_sentences_changes_no_link(first: list[str], second: list[str]) -> None:
    texts = series("Statement\n\n" + "\n\n".join(first), "Statement\n\n" + "\n\n".join(second))
    found = lineage(texts)
    pairs = {
        (line.provision.quote.exact, one.provision.quote.exact) for line in found.lines for one in line.ancestors
    }
    assert pairs == {(act, act) for act in ACTS}
    assert all(line.provision.kind is Kind.COMMITMENT for line in found.lines)
