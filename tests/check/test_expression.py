from __future__ import annotations

import pytest

from dragoman.check.refusal import ConditionFault
from dragoman.check.scan import LONGEST
from tests.check.vocabularies import VOCABULARY

ACCEPTED = [
    "price >= 4800",
    "1600 <= price < 4800",
    "4800 > price >= 1600",
    "end_use == 'data-centre'",
    'end_use != "consumer"',
    "price >= 4800 or (price >= 1600 and fee >= 5.92)",
    "home in ['GB', 'JP']",
    "home not in group('D:1')",
    "'hardware' in layers",
    "overlaps(parents, group('D:1'))",
    "within(parents, ['GB', 'FR']) and size(parents) >= 1",
    "listed",
    "not listed and not (stayed or costly)",
    "listed == stayed",
    "price / 2 >= 0.51 * price + 3",
    "-price < -3",
    "signed >= date('2026-01-15')",
    "days_between(signed, as_of) <= 90",
    "add_days(signed, 90) > as_of",
    "('a.1' if price >= 4800 else 'none') == 'a.1'",
    "(price if listed else price / 2) > 3",
    "listed if stayed else costly",
    "any_of(parties, owned_share >= 50)",
    "all_of(items, tpp < 4800 and price > 3)",
    "count_of(parties, role == 'anchor') == 1",
    "count_of(destinations) >= 1",
    "sum_of(items, us_value) / sum_of(items, value) >= 0.51",
    "any_of(items, lookup('chips', chip, 'tpp') >= 4800)",
    "any_of(items, lookup('chips', chip, 'maker') == 'North')",
    "any_of(items, any_of(destinations, tpp >= 4800 and destination in group('D:1')))",
    "lookup('chips', 'Large', 'tpp') > price",
    "chip_class == 'a.1'",
    "note == '中文也行'",
    "true",
    "  listed  ",
]
FAULTS = [
    ("pric >= 1", 1, "There is no fact `pric`. Did you mean `price`?"),
    ("listed and (stayed or pric >= 1)", 23, "There is no fact `pric`."),
    ("price == '5'", 10, "A number in USD is compared with a text. Write a number without quotes"),
    ("price >= fee", 10, "A number in USD is compared with a number in EUR. Bring USD and EUR to one unit."),
    ("price + fee > 1", 1, "USD and EUR cannot be added or subtracted."),
    ("end_use == 'consumr'", 12, "'consumr' is none of the options of `end_use`. Did you mean `consumer`?"),
    ("end_use in ['military', 'civil']", 12, "'civil' is none of the options of `end_use`."),
    ("'hard' in layers", 11, "'hard' is none of the options of `layers`."),
    ("home == 'Germany'", 9, "'Germany' is no country code. Write two capital letters"),
    ("overlaps(parents, ['cn'])", 19, "'cn' is no country code."),
    ("home in group('D1')", 15, "There is no group 'D1'. Did you mean `D:1`?"),
    ("lookup('chip', note, 'tpp') > 1", 8, "There is no table 'chip'. Did you mean `chips`?"),
    ("lookup('chips', note, 'pd') > 1", 23, "The table 'chips' has no column 'pd'."),
    ("lookup('chips', 'Larg', 'tpp') > 1", 17, "The table 'chips' has no row 'Larg'. Did you mean `Large`?"),
    ("any_of(partys, listed)", 8, "`any_of` goes over a collection of the case. Did you mean `parties`?"),
    ("overlap(parents, ['CN'])", 1, "There is no function `overlap`. Did you mean `overlaps`?"),
    ("tpp >= 4800", 1, "`tpp` is a fact of each of the items"),
    ("any_of(parties, tpp >= 4800)", 17, "`tpp` is a fact of each of the items"),
    ("price = 5", 7, "`=` is no comparison. Write `==`."),
    ("price === 5", 7, "`===` is no comparison."),
    ("price => 5", 7, "Write `<=`, `>=` or `!=`."),
    ("!listed", 1, "Write `not`."),
    ("listed && stayed", 8, "Write `and`."),
    ("listed AND stayed", 8, "Write `and`."),
    ("listed == True", 11, "Write `true`."),
    ("listed == 'yes'", 11, "A yes or no is compared with a text. Write the fact alone"),
    ("end_use == ‘military’", 12, "Left single quotation mark (U+2018) has no place in a condition. Write straight quotes"),
    ("listed and（stayed）", 11, "Write the half-width `(`."),
    ("price ≥ 5", 7, "Write `>=`."),
    ("home in ['GB'，'JP']", 14, "Write the half-width `,`."),
    ("price >= 4,800", 1, "Write numbers without it"),
    ("price >= 51%", 12, "Write a share as a number"),
    ("price < 5 > 3", 1, "A chain of comparisons goes one way."),
    ("price == 5 == 5", 1, "A chain of comparisons goes one way."),
    ("home in ['GB'] in ['JP']", 1, "This is no comparison."),
    ("home < 'GB'", 1, "A country has no order."),
    ("parents == ['CN']", 1, "A set is not compared. Write within(a, b)"),
    ("parents in group('D:1')", 1, "Write overlaps(a, b) or within(a, b)."),
    ("home in 'GB'", 9, "not a list, group or set."),
    ("home in []", 9, "The list is empty."),
    ("home in ['GB', 5]", 16, "The members of a list are of one kind."),
    ("signed >= '2026-01-15'", 11, "Write date('2026-01-15')."),
    ("signed + 90 > as_of", 1, "Write add_days(day, 90) or days_between(a, b)."),
    ("signed >= date('2026-02-30')", 16, "'2026-02-30' is no day of the calendar."),
    ("add_days(signed, 1.5) > as_of", 18, "Days are a whole number."),
    ("price", 1, "`price` is a number in USD, not a yes or no. Compare it"),
    ("listed and price", 12, "not a yes or no."),
    ("listed > 1", 10, "A yes or no is compared with a number."),
    ("size(items) > 1", 6, "Write count_of(items)."),
    ("items", 1, "`items` is a collection."),
    ("size > 1", 1, "`size` needs its arguments. Write size(targets)."),
    ("size(parents, parents) > 1", 1, "`size` has other arguments."),
    ("price if listed else 'x'", 1, "One value is a number in USD, the other a text."),
    ("price >= 1 and", 14, "The condition cannot be read from here."),
    ("(price >= 1", 1, "Close each bracket."),
    ("note == 'open", 9, "A text has no end."),
    ("", 1, "The condition is empty."),
]  # fmt: skip
HOSTILE = [
    "__import__('os').system('true')",
    "().__class__.__bases__[0].__subclasses__()",
    "price.__class__ == 1",
    "note.format(price) == 'x'",
    "getattr(note, 'x') == 'y'",
    "eval('1') == 1",
    "exec('1') == 1",
    "compile('1', '', 'eval') == 1",
    "open('/etc/passwd') == 1",
    "globals() == 1",
    "vars() == 1",
    "print(price) == 1",
    "breakpoint() == 1",
    "lambda: 1",
    "(lambda price: price)(1) == 1",
    "[x for x in parents] == 1",
    "{x for x in parents} == 1",
    "(x for x in parents) == 1",
    "{x: x for x in parents} == 1",
    "any(x for x in parents)",
    "(price := 5) > 1",
    "f'{price}' == 'x'",
    "f'{__import__(note)}' == 'x'",
    "b'x' == note",
    "r'x' == note",
    "u'x' == note",
    "'''x''' == note",
    "'a' 'b' == note",
    "note == 'a\\x41'",
    "note == '\\N{DIGIT ONE}'",
    "9 ** 9 ** 9 ** 9 > price",
    "price ** 2 > 1",
    "2 << 99999999 > price",
    "1 << price > 1",
    "price // 2 > 1",
    "price % 2 > 1",
    "price @ 2 > 1",
    "~price > 1",
    "+price > 1",
    "price & 1 > 0",
    "'x' * 1000000000 == note",
    "[1] * 1000000000 == note",
    "price > " + "9" * 400,
    "price > 1e308",
    "price > 1e999",
    "price > 0x10",
    "price > 1_000",
    "price > 1j",
    "price > 0b1",
    "price > .5",
    "(" * 30 + "listed" + ")" * 30,
    "(" * 900 + "listed" + ")" * 900,
    "[" * 900 + "]" * 900,
    "not " * 400 + "listed",
    "-" * 1900 + "price > 1",
    "price" + ".a" * 900 + " > 1",
    "price" + "[0]" * 600 + " > 1",
    "price" + "()" * 600 + " > 1",
    "listed" + " if listed else listed" * 80,
    "listed or " * 100_000 + "listed",
    "x" * 1_000_000,
    "*parents",
    "size(*parents) > 1",
    "size(**parents) > 1",
    "size(set=parents) > 1",
    "await listed",
    "yield listed",
    "listed; listed",
    "listed\nimport os",
    "listed # and stayed",
    "listed\\",
    "import os",
    "del listed",
    "listed = true",
    "assert listed",
    "...",
    "None",
    "price is 5",
    "price is not 5",
    "parents[0] == 'CN'",
    "parents[0:1] == 'CN'",
    "{'a': 1} == 1",
    "{1, 2} == 1",
    "(1, 2) == 1",
    "`listed`",
    "listed?",
    "$listed",
    "рrice > 1",
    "ｐｒｉｃｅ > 1",
    "liste\u200bd",
    "listed\u202e",
    "note == '\u202e'",
    "listed\x00",
    "note == '\x00'",
    "\ufefflisted",
    "listed\u00a0or stayed",
    "price\t> 1",
    "lookup(note, note, note) > 1",
    "group(note) == 1",
    "date(note) > as_of",
    "as_of(1) == 1",
    "any_of(any_of, listed)",
    "any_of('items', listed)",
    "any_of(items.x, listed)",
    "DROP TABLE cases",
    "note == '' OR 1=1 --",
]  # fmt: skip


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_the_language_has(text: str) -> None:
    assert VOCABULARY.condition(text).text == text


@pytest.mark.parametrize(("text", "column", "words"), FAULTS)
def test_a_fault_says_where_what_and_what_instead(text: str, column: int, words: str) -> None:
    with pytest.raises(ConditionFault) as found:
        VOCABULARY.condition(text)
    fault = found.value
    assert fault.column == column
    assert words in f"{fault.message} {fault.remedy}"
    assert fault.message
    assert fault.remedy


def test_at_least_fifty_hostile_conditions_are_tried() -> None:
    assert len(set(HOSTILE)) >= 50


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_conditions_are_refused(text: str) -> None:
    with pytest.raises(ConditionFault) as found:
        VOCABULARY.condition(text)
    assert 1 <= found.value.column <= max(len(text), 1)
    assert len(found.value.message) < 300


def test_the_longest_condition_is_read() -> None:
    text = "home in ['" + "', '".join(["GB"] * 330) + "']"
    assert VOCABULARY.condition(text + " " * (LONGEST - len(text)))
    with pytest.raises(ConditionFault, match="at most 2,000 are read"):
        VOCABULARY.condition("listed" + " " * LONGEST)


def test_facts_of_the_members_in_view() -> None:
    assert VOCABULARY.condition("tpp >= 4800", ("items",)).each == ("items",)
    assert VOCABULARY.condition("tpp >= 4800 and destination == 'CN'", ("items", "destinations"))
    with pytest.raises(ConditionFault, match="There is no collection `item`"):
        VOCABULARY.condition("listed", ("item",))


@pytest.mark.parametrize(
    ("text", "fact_type"),
    [
        ("price * 2", "number"),
        ("signed", "date"),
        ("add_days(signed, 3)", "date"),
        ("'a' if listed else 'b'", "text"),
        ("home", "country"),
        ("end_use", "choice"),
        ("layers", "choices"),
        ("parents", "countries"),
        ("group('D:1')", "countries"),
        ("listed or stayed", "boolean"),
    ],
)
def test_type_of_an_expression(text: str, fact_type: str) -> None:
    assert VOCABULARY.type_of(text) == fact_type
