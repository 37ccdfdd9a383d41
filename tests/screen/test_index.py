from __future__ import annotations

import pickle
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model import Hit, ListedName, ListEntry, NameKind, Party, PartyKind
from dragoman.screen.index import NameIndex

COMPANY, PERSON, VESSEL = PartyKind.COMPANY, PartyKind.PERSON, PartyKind.VESSEL


def entry(number: int, kind: PartyKind, *names: str, **more: object) -> ListEntry:
    return ListEntry(f"e{number}", "own", kind, tuple(map(ListedName, names)), **more)  # type: ignore[arg-type]


ENTRIES = (
    entry(0, COMPANY, "Norvik Heavy Machinery Co., Ltd.", "NHM"),
    entry(1, COMPANY, "Hangzhou Lanqiao Semiconductor Equipment Co., Ltd."),
    entry(2, COMPANY, "西北精密轴承研究所"),
    entry(3, PERSON, "Sergei Ivanovich Lundkvist", born=("12 Mar 1961",), countries=("SE",)),
    entry(4, PERSON, "陈志明"),
    entry(5, PERSON, "艾德里安·科尔特曼"),
    entry(6, VESSEL, "Silver Gannet", identifiers=("IMO 9314567",)),
    entry(7, COMPANY, "Tremaldine Corporation"),
    entry(8, COMPANY, "Golden Heron Trading LLC", countries=("AE",)),
)
INDEX = NameIndex(ENTRIES)


def search(name: str, kind: PartyKind | None = None, **more: object) -> tuple[Hit, ...]:
    return INDEX.search(Party(name, kind, **more))  # type: ignore[arg-type]


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.entry.id for hit in hits]


@pytest.mark.parametrize(
    ("name", "expected", "how"),
    [
        ("Norvik Heavy Machinery", "e0", "same"),
        ("Norvik Heavy Mach", "e0", "short form"),
        ("Norvick Heavy Machinery Limited", "e0", "spelling"),
        ("MACHINERY NORVIK HEAVY", "e0", "same"),
        ("S. Lundkvist, Ivanovich", "e3", "initial"),
        ("杭州蓝桥半导体设备有限公司", "e1", "pinyin"),
        ("杭州藍橋半導體設備有限公司", "e1", "translation"),
        ("Northwest Precision Bearing Research Institute", "e2", "translation"),
        ("Chen Zhiming", "e4", "pinyin"),
        ("Chan Chi Ming", "e4", "pinyin"),
        ("Xi Bei Jing Mi Zhou Cheng Yan Jiu Suo", "e2", "pinyin"),
        ("Chen Zhi Ming", "e4", "pinyin"),
        ("😀 Norvik Heavy Machinery®", "e0", "same"),
        ("西北精密轴承研究所😀", "e2", "same"),
        ("Adrian Koltman", "e5", "sound"),
        ("特雷马尔丁公司", "e7", "sound"),
    ],
)
def test_a_party_is_found_and_it_is_said_how(name: str, expected: str, how: str) -> None:
    hits = search(name)
    assert expected in ids(hits)
    hit = next(hit for hit in hits if hit.entry.id == expected)
    assert how in {line.how for line in hit.why}
    assert sum(line.weight for line in hit.why) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "name",
    ["Harbour Lights Bakery", "杭州泓彦食品有限公司", "Olga Marchetti", "Semiconductor Equipment Ltd", "陈丽华"],
)
def test_another_party_is_not_found(name: str) -> None:
    assert search(name) == ()


def test_simplified_and_traditional_are_found_alike() -> None:
    assert [hit.score for hit in search("西北精密軸承研究所")] == [
        hit.score for hit in search("西北精密轴承研究所")
    ]


def test_the_words_of_the_query_stand_on_the_query_side() -> None:
    hit = search("Chen Zhiming")[0]
    assert {line.query for line in hit.why} == {"chen", "zhiming"}
    assert {line.listed for line in hit.why} == {"陈", "志明"}


def test_a_vessel_is_no_company_unless_the_names_are_equal() -> None:
    assert search("Silver Ganet Ltd", COMPANY) == ()
    hit = search("Silver Gannet", COMPANY)[0]
    assert hit.against == ("the entry is a Vessel, the party a Company",)


def test_facts_against_lower_the_score_and_are_said_and_drop_nothing() -> None:
    name = "Sergei Ivanovich Lundkvist"
    plain = search(name)[0]
    hit = search(name, PERSON, born="1987-01-30", countries=("NO",))[0]
    assert hit.score < plain.score
    assert hit.against == ("born 1987, the entry 1961", "country NO, the entry SE")


def test_facts_that_agree_or_are_missing_say_nothing() -> None:
    assert search("Sergei Ivanovich Lundkvist", PERSON, born="1961", countries=("se",))[0].against == ()


def test_a_name_known_as_a_whole_is_found_among_many_that_share_one_word_of_it() -> None:
    words = ("Engineering", "University", "Harbin")
    crowd = [entry(number, COMPANY, f"{word} {number}") for word in words for number in range(100, 130)]
    index = NameIndex([*crowd, entry(1, COMPANY, "Harbin Engineering University")])
    assert [hit.entry.id for hit in index.search(Party("哈尔滨工程大学"))] == ["e1"]


def test_an_identifier_finds_the_entries_of_all_lists_even_where_lists_number_them_alike() -> None:
    one = ListEntry("7", "own", COMPANY, (ListedName("Grey Plover Lines"),), identifiers=("IMO 9314567",))
    other = ListEntry("7", "theirs", COMPANY, (ListedName("Plover Shipping"),), identifiers=("IMO 9314567",))
    hits = NameIndex([one, other]).search(Party("Blue Tern", identifiers=("imo 9314567",)))
    assert [hit.entry.list for hit in hits] == ["own", "theirs"]


def test_an_identifier_finds_an_entry_of_another_name() -> None:
    hit = search("Blue Tern", identifiers=("imo-9314567",))[0]
    assert hit.entry.id == "e6"
    assert [line.how for line in hit.why] == ["identifier"]


def test_other_names_of_the_party_are_asked_as_well() -> None:
    hit = search("Lantern House", other_names=("Golden Heron Trading",))[0]
    assert (hit.entry.id, hit.query) == ("e8", "Golden Heron Trading")


def test_a_weak_alias_counts_for_less() -> None:
    def score(kind: NameKind) -> float:
        names = (ListedName("Aurelia Stone"), ListedName("Brondby", kind))
        found = NameIndex([ListEntry("w", "own", PERSON, names)]).search(Party("Brondbi"), 0.1)
        return found[0].score

    assert score(NameKind.WEAK) < score(NameKind.ALIAS)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "x",
        "中",
        "😀",
        "\u202eNorvik\u0007",
        "أحمد",
        "·",
        "公司",
        "Ltd",
        "0" * 10_000_000,
        "中" * 10_000_000,
    ],
)
def test_odd_names_bring_sensible_hits_and_no_crash(name: str) -> None:
    hits = search(name)
    assert all(0.0 <= hit.score <= 1.0 for hit in hits)
    assert ids(hits) == (["e0"] if "Norvik" in name and INDEX.search(Party("Norvik")) else ids(hits))


def test_odd_entries_are_indexed_without_a_crash() -> None:
    index = NameIndex(
        [entry(n, COMPANY, name) for n, name in enumerate(["", "x", "😀", "\u202e", "中", "Ltd", "公司"])]
    )
    assert index.search(Party("x"))[0].entry.id == "e1"
    assert index.search(Party("中"))[0].entry.id == "e4"


def test_an_empty_index_finds_nothing() -> None:
    assert NameIndex([]).search(Party("Norvik", identifiers=("1234567",))) == ()


def test_the_limit_keeps_the_best() -> None:
    index = NameIndex(
        [entry(n, COMPANY, f"Norvik {place}") for n, place in enumerate(["", "Asia", "Nord", "Plant"])]
    )
    assert ids(index.search(Party("Norvik"), 0.1, limit=1)) == ["e0"]


def test_the_order_of_hits_is_the_same_each_time() -> None:
    entries = [entry(n, COMPANY, "Twin Harbour Ltd") for n in range(5)]
    index = NameIndex(entries)
    assert ids(index.search(Party("Twin Harbour"))) == ["e0", "e1", "e2", "e3", "e4"]
    assert index.search(Party("Twin Harbour")) == NameIndex(entries).search(Party("Twin Harbour"))


def test_a_pair_is_compared_however_little_alike() -> None:
    party = Party("Norvik Heavy Machinery", COMPANY)
    assert INDEX.compare(party, ENTRIES[0]).score == INDEX.search(party)[0].score
    assert INDEX.compare(party, ENTRIES[3]).score < 0.3
    assert INDEX.compare(Party("陈志明", PERSON), entry(9, PERSON, "Chen Zhiming")).score > 0.8


def test_an_index_can_be_kept() -> None:
    again = pickle.loads(pickle.dumps(INDEX))  # noqa: S301 - our own bytes
    assert ids(again.search(Party("Norvik Heavy Machinery"))) == ["e0"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_asked(name: str) -> None:
    for hit in INDEX.search(Party(name), 0.0):
        assert 0.0 <= hit.score <= 1.0
        assert sum(line.weight for line in hit.why) == pytest.approx(1.0)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["quill", "amber", "north", "works", "vektor", "7", "of"]), min_size=1, max_size=5
    ).map(" ".join)
)
def test_a_listed_name_is_found_with_1(name: str) -> None:
    index = NameIndex([*ENTRIES, entry(99, COMPANY, name)])
    assert max(hit.score for hit in index.search(Party(name)) if hit.entry.id == "e99") == pytest.approx(1.0)


def test_a_translated_name_is_found_beside_many_rarer_words_that_sound_like_it() -> None:
    sounding = [f"S{one}n{two}s{three}" for one in "aeiou" for two in "aeiou" for three in "aeio"]
    names = [*sounding, *(f"James {word}" for word in sounding[:30]), "James Donald Taiclet"]
    index = NameIndex([entry(at, PERSON, name) for at, name in enumerate(names)])
    assert ids(index.search(Party("詹姆斯·唐纳德·泰克里特", PERSON)))[:1] == [f"e{len(names) - 1}"]
