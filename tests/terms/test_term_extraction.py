from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.lexicon import load_lexicon
from dragoman.model.bilingual import Alignment
from dragoman.model.term_candidate import TermCandidate, candidate_to_row
from dragoman.read import read_text
from dragoman.terms import align
from dragoman.terms.candidates import key_of
from dragoman.terms.extraction import extract_terms, translation_of
from dragoman.terms.meanings import load_meanings, root
from dragoman.terms.pairing import bare
from dragoman.terms.tokens import chinese_tokens, english_tokens

PAIRS = [
    ("The coastal states will set up a Tidal Energy Council in autumn.", "沿海国家将在秋季成立潮汐能委员会。"),
    (
        "The Tidal Energy Council will advise on export controls for turbines.",
        "潮汐能委员会将就涡轮机的出口管制提供建议。",
    ),
    ("Export controls must not slow medical research.", "出口管制不得拖慢医学研究。"),
    ("The ports intend to test autonomous ferries next year.", "各港口打算明年测试自动渡轮。"),
    ("Autonomous ferries need reliable satellite navigation.", "自动渡轮需要可靠的卫星导航。"),
    ("The supply chain for rare magnets depends on two mines.", "稀有磁体的供应链依赖两座矿山。"),
    ("A second supply chain for rare magnets will open by 2032.", "第二条稀有磁铁供应链将在2032年前开通。"),
    ("Rare magnets are used in wind farms.", "稀有磁体用于风电场。"),
]


def aligned(pairs: list[tuple[str, str]]) -> Alignment:
    english, chinese = ("\n\n".join(pair[side] for pair in pairs) for side in (0, 1))
    return align(read_text(english, slug="en"), read_text(chinese, slug="zh"), load_lexicon())


@pytest.fixture(scope="module")
def alignment() -> Alignment:
    return aligned(PAIRS)


@pytest.fixture(scope="module")
def found(alignment: Alignment) -> dict[str, TermCandidate]:
    return {one.en.lower(): one for one in extract_terms(alignment, load_lexicon())}


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("tidal energy council", "潮汐能委员会"),
        ("export controls", "出口管制"),
        ("autonomous ferries", "自动渡轮"),
        ("satellite navigation", "卫星导航"),
    ],
)
def test_a_term_stands_with_its_translation(found: dict[str, TermCandidate], english: str, chinese: str) -> None:
    assert found[english].zh == chinese


def test_a_term_in_two_renderings_is_inconsistent(found: dict[str, TermCandidate]) -> None:
    magnets = found["rare magnets"]
    assert magnets.is_inconsistent
    assert {one.text for one in magnets.renderings} == {"稀有磁体", "稀有磁铁"}
    assert magnets.renderings[0].count == 2


def test_a_name_goes_before_its_parts(alignment: Alignment) -> None:
    ranked = [one.en for one in extract_terms(alignment, load_lexicon())]
    assert ranked.index("Tidal Energy Council") < ranked.index("Tidal Energy")


def test_contexts_are_the_words_of_the_documents(alignment: Alignment, found: dict[str, TermCandidate]) -> None:
    for candidate in found.values():
        for context in candidate.contexts:
            link = alignment.links[context.link]
            assert link.en[0][0] <= context.en[0] < context.en[1] <= link.en[-1][1]
            assert link.zh[0][0] <= context.zh[0] < context.zh[1] <= link.zh[-1][1]
        first = candidate.contexts[0]
        assert bare(alignment.chinese.slice(*first.zh)) == bare(candidate.zh)


def test_a_row_holds_frequency_variants_and_places(found: dict[str, TermCandidate]) -> None:
    row = candidate_to_row(found["rare magnets"])
    assert row["frequency"] == 3
    assert row["variants"] == [{"zh": "稀有磁铁", "count": 1}]
    assert len(row["contexts"]) == 3


@pytest.mark.parametrize("written", ["export control", "Export Controls", "export-controls", "EXPORT CONTROLS"])
def test_a_given_term_is_found_however_it_is_written(alignment: Alignment, written: str) -> None:
    assert translation_of(written, alignment, load_lexicon())[0].text == "出口管制"


def test_a_term_that_does_not_stand_there_has_no_translation(alignment: Alignment) -> None:
    assert translation_of("fusion reactor", alignment, load_lexicon()) == []


def test_spaces_that_do_not_break_are_spaces() -> None:
    pairs = [("We protect the data\u00a0bridge between both banks.", "我们保护两家银行之间的数据桥。"), *PAIRS]
    assert translation_of("data bridge", aligned(pairs), load_lexicon())[0].text == "数据桥"


def test_a_state_before_a_term_is_no_part_of_it() -> None:
    pairs = [("The U.S.-UK Harbour Council will meet in May.", "美英港口委员会将于5月举行会议。"), *PAIRS]
    names = {one.en for one in extract_terms(aligned(pairs), load_lexicon())}
    assert "Harbour Council" in names
    assert not any("U.S" in name for name in names)


def test_nothing_comes_of_versions_without_links() -> None:
    empty = read_text("", slug="zh")
    assert (
        extract_terms(align(read_text("One side stands alone.", slug="en"), empty, load_lexicon()), load_lexicon())
        == []
    )


@pytest.mark.parametrize(
    ("words", "shared"),
    [
        (("innovate", "innovation", "innovative"), "innov"),
        (("secure", "security"), "secur"),
        (("policy", "policies"), "polic"),
        (("use", "uses", "used"), "use"),
    ],
)
def test_kin_have_one_root(words: tuple[str, ...], shared: str) -> None:
    assert {root(word) for word in words} == {shared}


def test_plural_and_hyphen_are_one_key() -> None:
    assert key_of(["end-users"]) == key_of(["end", "user"])


def test_a_compound_that_no_dictionary_has_is_read_by_its_parts() -> None:
    parts = [token.text for token in english_tokens("biomanufacturing", 0, load_meanings())]
    assert parts == ["bio", "manufacturing"]


def test_chinese_words_are_cut_as_the_english_asks() -> None:
    wanted = {root("research"): 1.0, root("life"): 1.0, root("science"): 1.0}
    assert [token.text for token in chinese_tokens("研究生命科学", 0, wanted, load_meanings())] == [
        "研究",
        "生命",
        "科学",
    ]
    wanted = {root("graduate"): 1.0, root("student"): 1.0}
    assert chinese_tokens("研究生命题", 0, wanted, load_meanings())[0].text == "研究生"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="将研究2030年ab AI、。的数据 -", max_size=40), st.integers(0, 9))
def test_tokens_are_slices_of_the_text(text: str, offset: int) -> None:
    for token in chinese_tokens(text, offset, {}, load_meanings()):
        assert text[token.start - offset : token.end - offset] == token.text


@pytest.mark.real
def test_the_declaration_meets_its_figures(shared: Path) -> None:
    text = (shared / "docs" / "atlantic-declaration.txt").read_text("utf-8")
    rows = [
        line.split("\t") for line in (shared / "gold" / "atlantic-terms.tsv").read_text("utf-8").splitlines()[1:]
    ]
    document = read_text(text, slug="declaration")
    ranked = extract_terms(align(document, document, load_lexicon()), load_lexicon())
    for size, least in ((100, 0.60), (300, 0.85)):
        keys = {(key_of(one.en.lower().split()), one.zh) for one in ranked[:size]}
        held = sum((key_of(row[0].lower().split()), row[1]) in keys for row in rows)
        assert held / len(rows) >= least
