from __future__ import annotations

from dragoman.compare.pairs import AGAINST, FEATURES, load_model
from dragoman.compare.sentences import sentences_in
from dragoman.compare.settings import load_settings
from dragoman.compare.traits import Marked, Marker
from dragoman.lexicon import load_lexicon
from tests.compare.making import line_with, lineage, series, statement

TWO_CLAUSES = (
    "Japan and Canada will launch a quantum sensor testbed and intend to publish a drone safety handbook."
)
BODY = f"""{TWO_CLAUSES}

Japan and Canada will train customs officers in Kenya.

Japan and Canada have opened a school for glaciologists.
"""


def marked() -> list[Marked]:
    return Marker(load_lexicon(), load_settings()).marked(*statement("meeting1", BODY), 0)


def test_a_sentence_holds_what_all_its_clauses_hold() -> None:
    lines = marked()
    assert [line.provision.quote.exact for line in lines][:2] == [TWO_CLAUSES, TWO_CLAUSES]
    found = sentences_in(lines, usual=0.5)
    first = found.clauses["meeting1", lines[0].provision.start]
    assert first.heads == {"testb", "handbook"}
    assert first.promised
    assert len(found.clauses) == 3


def test_a_measure_is_no_promise_and_who_is_named_everywhere_tells_nothing() -> None:
    lines = marked()
    found = sentences_in(lines, usual=0.5)
    opened = found.clauses["meeting1", lines[-1].provision.start]
    assert not opened.promised
    assert opened.actors == frozenset()
    trained = next(line for line in lines if "Kenya" in line.provision.quote.exact)
    assert len(found.clauses["meeting1", trained.provision.start].actors) == 1


def test_phrases_are_counted_by_sentence_and_not_by_clause() -> None:
    counts = sentences_in(marked(), usual=0.5).phrases[0]
    assert (counts["quantum", "sensor"], counts["japan", "canada"]) == (1, 3)


def test_what_speaks_against_a_link_has_no_weight_above_zero_and_all_else_none_below() -> None:
    for name, weight in zip(FEATURES, load_model().weights, strict=True):
        assert weight <= 0 if name in AGAINST else weight >= 0, name


def test_an_item_of_a_long_list_is_continued_by_the_sentence_that_takes_it_up() -> None:
    first = """Japan and Canada intend to open workstreams on digital identity, plastics recycling, additive manufacturing
and battery passports, and will report on them to ministers.

Japan and Canada will train customs officers in drone detection.
"""
    second = """Japan and Canada have held exchanges of experts on digital identity.

Japan and Canada will plant oaks along the railway.
"""
    found = lineage(series(first, second))
    taken_up = line_with(found, "digital identity")
    assert [one.provision.quote.exact[:40] for one in taken_up.ancestors] == [
        "Japan and Canada intend to open workstre"
    ]
    assert line_with(found, "oaks").ancestors == ()
