from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from dragoman.model.corpus import REGISTER, CorpusPage
from dragoman.register.corpus import Corpus, CorpusFormError, IndexedPage


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def corpus(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Corpus]:
    place = tmp_path / "corpus.sqlite" if request.param == "sqlite" else request.getfixturevalue("postgres_place")
    opened = Corpus.open(place)
    yield opened
    opened.close()


def indexed(identifier: str, words: str, *, source: str = "a.jsonl", day: date | None = None) -> IndexedPage:
    terms = Counter(words.split())
    return IndexedPage(
        CorpusPage(identifier, words, identifier, day, "", source, f"hash of {words}"), terms, len(terms)
    )


def standing(corpus: Corpus, term: str) -> dict[str, int]:
    """The pages a term stands in, and how often."""
    found = corpus.postings([term]).get(term)
    if found is None:
        return {}
    counts = dict(zip(found.numbers.tolist(), found.counts.tolist(), strict=True))
    return {page.id: counts[number] for number, page in corpus.pages(list(counts)).items()}


def test_pages_are_found_by_their_terms(corpus: Corpus) -> None:
    corpus.add([indexed("one", "fish fish melon"), indexed("two", "melon 量子")])
    corpus.add([indexed("three", "fish @Japan")])
    assert standing(corpus, "fish") == {"one": 2, "three": 1}
    assert standing(corpus, "melon") == {"one": 1, "two": 1}
    assert standing(corpus, "@Japan") == {"three": 1}
    assert standing(corpus, "量子") == {"two": 1}
    assert standing(corpus, "bridge") == {}


def test_a_page_comes_back_as_it_was(corpus: Corpus) -> None:
    page = CorpusPage("a/1", "Fish — 鱼\n", "Title", date(2026, 5, 4), "https://pages.test", "a.jsonl", "f" * 64)
    corpus.add([IndexedPage(page, {"fish": 1}, 1)])
    assert corpus.page("a/1") == page
    assert corpus.page("a/2") is None


def test_a_page_of_the_same_id_replaces_the_older_one(corpus: Corpus) -> None:
    corpus.add([indexed("one", "fish")])
    corpus.add([indexed("one", "melon")])
    assert standing(corpus, "fish") == {}
    assert standing(corpus, "melon") == {"one": 1}
    assert corpus.hashes(["one", "none"]) == {"one": "hash of melon"}
    assert len(corpus.outline().numbers) == 1


def test_a_count_above_255_is_held_at_255(corpus: Corpus) -> None:
    corpus.add([IndexedPage(CorpusPage("one", "x", sha256="h"), {"fish": 4_000}, 4_000)])
    assert standing(corpus, "fish") == {"one": 255}


def test_sources_are_listed_with_their_days(corpus: Corpus) -> None:
    corpus.add([indexed("one", "fish", day=date(2025, 1, 1)), indexed("two", "melon", day=date(2026, 1, 1))])
    corpus.add([indexed("three", "fish", source="b.jsonl")])
    found = [(s.source, s.pages, s.characters, s.oldest, s.newest) for s in corpus.sources()]
    assert found == [
        ("a.jsonl", 2, 9, date(2025, 1, 1), date(2026, 1, 1)),
        ("b.jsonl", 1, 4, None, None),
    ]
    assert corpus.outline().newest == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("name", "left"), [("a.jsonl", {"three"}), ("two", {"one", "three"}), ("none", {"one", "two", "three"})]
)
def test_a_source_or_a_page_is_removed(corpus: Corpus, name: str, left: set[str]) -> None:
    corpus.add([indexed("one", "fish"), indexed("two", "fish")])
    corpus.add([indexed("three", "fish", source="b.jsonl")])
    assert corpus.remove(name) == 3 - len(left)
    assert set(standing(corpus, "fish")) == left


def test_documents_of_the_register_stand_apart(corpus: Corpus) -> None:
    corpus.add([indexed("one", "fish"), indexed("one", "melon", source=REGISTER)])
    assert standing(corpus, "fish") == standing(corpus, "melon") == {"one": 1}
    assert corpus.hashes(["one"]) == {"one": "hash of fish"}
    assert corpus.register_hashes() == {"one": "hash of melon"}
    assert [one.source for one in corpus.sources()] == ["a.jsonl"]
    corpus.forget(["one"])
    assert standing(corpus, "melon") == {}
    assert standing(corpus, "fish") == {"one": 1}


def test_numbers_are_not_given_out_twice(corpus: Corpus) -> None:
    corpus.add([indexed("one", "fish"), indexed("two", "fish")])
    corpus.remove("a.jsonl")
    corpus.add([indexed("three", "melon")])
    assert standing(corpus, "fish") == {}
    assert standing(corpus, "melon") == {"three": 1}


def test_an_empty_corpus_is_in_order(corpus: Corpus) -> None:
    outline = corpus.outline()
    assert (len(outline.numbers), outline.newest, outline.sources) == (0, None, ())
    assert corpus.sources() == ()
    assert corpus.postings(["fish"]) == {}
    corpus.add([])


def test_what_was_added_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    first = Corpus.open(tmp_path / "corpus.sqlite")
    first.add([indexed("one", "fish")])
    first.close()
    second = Corpus.open(tmp_path / "corpus.sqlite")
    assert standing(second, "fish") == {"one": 1}
    second.close()


def test_a_corpus_of_another_form_is_refused(tmp_path: Path) -> None:
    Corpus.open(tmp_path / "corpus.sqlite").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'corpus.sqlite'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE corpus_about SET form = 99"))
    engine.dispose()
    with pytest.raises(CorpusFormError, match="form 99"):
        Corpus.open(tmp_path / "corpus.sqlite")
