"""A small vocabulary with collections, groups and a table, for tests that say what they ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dragoman.check.context import Context
from dragoman.check.session import Session
from dragoman.check.vocabulary import Vocabulary
from dragoman.model import Bilingual, Confidence, Facts, FactSchema, FactType, Group, Member
from dragoman.model.table import Row, Table

WORDS = Bilingual("?", "？")
DAY = date(2026, 5, 1)


def fact(name: str, kind: str, options: tuple[str, ...] = (), **more: object) -> FactSchema:
    """Return a fact whose words do not matter."""
    return FactSchema(name, FactType(kind), WORDS, options=tuple((option, WORDS) for option in options), **more)  # type: ignore[arg-type]


SCHEMAS = (
    fact("chip", "text", each="items"),
    fact("tpp", "number", each="items", unit="TPP", formula="lookup('chips', chip, 'tpp')"),
    fact("area", "number", each="items", unit="mm2", minimum=0),
    fact("pd", "number", each="items", formula="tpp / area"),
    fact("value", "number", each="items", unit="USD"),
    fact("us_value", "number", each="items", unit="USD"),
    fact("role", "choice", ("anchor", "member"), each="parties"),
    fact("owned_share", "number", each="parties", unit="%", minimum=0, maximum=100),
    fact("destination", "country", each="destinations"),
    fact("listed", "boolean"),
    fact("stayed", "boolean"),
    fact("persons", "integer", unit="persons", minimum=0),
    fact("fee", "number", unit="EUR"),
    fact("price", "number", unit="USD"),
    fact("rate", "number"),
    fact("end_use", "choice", ("data-centre", "consumer", "military")),
    fact("layers", "choices", ("hardware", "software", "models")),
    fact("home", "country"),
    fact("parents", "countries"),
    fact("signed", "date"),
    fact("note", "text"),
    fact("costly", "boolean", formula="price > 1000 or fee > 900"),
    fact("chip_class", "choice", ("a.1", "none"), formula="'a.1' if any_of(items, tpp >= 4800) else 'none'"),
)


def group(name: str, *codes: str, since: date | None = None, confidence: Confidence = Confidence.SEEN) -> Group:
    """Return a group of countries."""
    return Group(name, WORDS, ((since, None, frozenset(codes)),), "", DAY, confidence)


GROUPS = {
    "D:1": group("D:1", "CN", "AM"),
    "A:5": group("A:5", "GB", "JP", confidence=Confidence.SECONDARY),
    "later": group("later", "CN", since=date(2027, 1, 1)),
}
CHIPS = Table(
    "chips",
    "chip",
    {"tpp": FactType.NUMBER, "maker": FactType.TEXT},
    {
        "Large": Row({"tpp": 15832, "maker": "North"}, Confidence.SEEN),
        "Small": Row({"tpp": 900}, Confidence.UNVERIFIED),
        "Blank": Row({}, Confidence.SEEN),
    },
    WORDS,
    "",
    DAY,
)
CONTEXT = Context(DAY, GROUPS, {"chips": CHIPS})
VOCABULARY = Vocabulary(SCHEMAS, GROUPS, {"chips": CHIPS})


def session(facts: Facts | None = None, **collections: list[Facts]) -> Session:
    """Return a case; each collection is a list of its members' facts."""
    members: Mapping[str, tuple[Member, ...]] = {
        name: tuple(Member(f"{name} {index}", facts) for index, facts in enumerate(lists))
        for name, lists in collections.items()
    }
    return VOCABULARY.session(facts or {}, CONTEXT, members)


def truth(text: str, facts: Facts | None = None, **collections: list[Facts]) -> str:
    """Return the truth of a condition for a case."""
    return VOCABULARY.condition(text).evaluate(session(facts, **collections)).value


def asked(text: str, facts: Facts | None = None, **collections: list[Facts]) -> set[str]:
    """Return what a condition asks for: "fact", or "fact of member"."""
    needs = VOCABULARY.condition(text).asks(session(facts, **collections))
    return {f"{need.fact} of {need.subject}" if need.subject else need.fact for need in needs}
