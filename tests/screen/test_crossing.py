from __future__ import annotations

import pytest

from dragoman.screen.align import Aligned
from dragoman.screen.bridge import readings
from dragoman.screen.crossing import Lexicons, cross
from dragoman.screen.han import analyse_han, han_vocabulary
from dragoman.screen.sounds import (
    as_in_taiwan,
    said_in_chinese,
    said_in_english,
    sound_alike,
    sound_table,
    syllables,
)
from dragoman.screen.vocabulary import analyse, vocabulary

KNOWN = Lexicons(han_vocabulary(), vocabulary(), sound_table())


def crossed(han: str, latin: str, *, person: bool = False) -> Aligned:
    words = analyse(latin, KNOWN.latin).words
    ways = readings(analyse_han(han, KNOWN.han), KNOWN, person=person)
    return max((cross(way, words, lambda _: 0.8, KNOWN) for way in ways), key=lambda one: one.score)


@pytest.mark.parametrize(
    ("han", "latin", "how"),
    [
        ("青松精密机械有限公司", "Qingsong Precision Machinery Co., Ltd.", {"pinyin", "translation"}),
        ("北极星航空航天公司", "Polaris Aerospace", {"translation"}),
        ("索伦托克公司", "Sorentok Inc.", {"sound"}),
        ("鹿港海运股份有限公司", "Lu Gang Shipping", {"pinyin", "translation"}),
    ],
)
def test_one_company_in_two_scripts(han: str, latin: str, how: set[str]) -> None:
    compared = crossed(han, latin)
    assert compared.score > 0.65
    assert how <= {pair.how for pair in compared.pairs}


@pytest.mark.parametrize(
    ("han", "latin"), [("林志远", "Lin Zhiyuan"), ("林志遠", "Lin Chih-yuan"), ("黄国强", "Wong Kwok Keung")]
)
def test_one_person_in_two_scripts(han: str, latin: str) -> None:
    assert crossed(han, latin, person=True).score > 0.85


@pytest.mark.parametrize(
    ("han", "latin"),
    [
        ("杭州泓达科技有限公司", "Hunter Technology"),
        ("青松食品有限公司", "Polaris Foods"),
        ("林志远", "Wang Haoran"),
    ],
)
def test_others_stay_apart(han: str, latin: str) -> None:
    assert crossed(han, latin).score < 0.6


def test_a_foreign_name_sounds_like_its_rendering_and_not_like_another() -> None:
    heard = said_in_chinese(syllables("索伦托克"), KNOWN.sounds)
    assert sound_alike(heard, said_in_english("sorentok", KNOWN.sounds)) > 0.9
    assert sound_alike(heard, said_in_english("maplewick", KNOWN.sounds)) < 0.5


@pytest.mark.parametrize(
    ("pinyin", "taiwan"), [("zhang", "chang"), ("xu", "hsu"), ("jie", "chieh"), ("dong", "tung")]
)
def test_syllables_as_taiwan_spells_them(pinyin: str, taiwan: str) -> None:
    assert as_in_taiwan(pinyin, KNOWN.sounds) == taiwan
