"""Parties and the lists they are screened against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dragoman.model.problem import Problem
from dragoman.model.rule import Bilingual, Confidence, Standing


class PartyKind(StrEnum):
    """What a party is, in the words of FollowTheMoney's schemata."""

    PERSON = "Person"
    COMPANY = "Company"
    ORGANIZATION = "Organization"
    VESSEL = "Vessel"
    AIRPLANE = "Airplane"
    LEGAL_ENTITY = "LegalEntity"
    """A person or an organization, the list does not say which."""


class NameKind(StrEnum):
    """What a name of a list entry is."""

    PRIMARY = "primary"
    ALIAS = "alias"
    WEAK = "weak"
    """A low-quality alias, as OFAC and the UN mark them."""
    FORMER = "former"
    ORIGINAL = "original"
    """The name in the party's own script."""


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name of an entry, as the list writes it."""

    text: str
    kind: NameKind = NameKind.PRIMARY


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One entry of a list.

    Attributes:
        id: the publisher's own number where there is one, else a hash of the entry's content.
        list: name of the list ("us-csl").
        kind: see `PartyKind`.
        names: as the list writes them, the primary one first.
        source: the list within a consolidated list ("Entity List (EL) - Bureau of Industry and Security").
        programs: programmes or regimes.
        countries: ISO 3166-1 alpha-2 codes as far as the list gives or plainly names them.
        born: dates or years of birth, as written.
        identifiers: passport, registration, IMO numbers, as written.
        addresses: as written.
        measures: what the listing means, as the list says (licence requirement and policy, freeze, ...).
        citation: notice or regulation that the list names.
        url: where the list publishes the entry.
        listed_on, until: first and last day, where given.
        line: row or line of the file.
    """

    id: str
    list: str
    kind: PartyKind
    names: tuple[ListedName, ...]
    source: str = ""
    programs: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    born: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    measures: str = ""
    citation: str = ""
    url: str = ""
    listed_on: date | None = None
    until: date | None = None
    line: int = 0

    @property
    def name(self) -> str:
        """The primary name."""
        return self.names[0].text


@dataclass(frozen=True, slots=True)
class PartyList:
    """One version of a list, as imported.

    Attributes:
        name: short name, unique in the workspace.
        form: format of the publisher: us-csl, ofac, eu, uk, un, cn, ftm, plain.
        version: 1, 2, ... in order of import.
        published: the day the list says of itself; None when it says none.
        sha256: of the file's bytes.
        entries, names: how many of each.
        imported: when.
        source: path or address of the file.
        current: whether it is the version in use.
    """

    name: str
    form: str
    version: int
    published: date | None
    sha256: str
    entries: int
    names: int
    imported: datetime
    source: str
    current: bool = True


@dataclass(frozen=True, slots=True)
class ListChange:
    """What a new version of a list changed, by entry id."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """A party to be screened.

    Attributes:
        name: as the user writes it; in either script.
        kind: where known.
        other_names: further names of the same party.
        countries: ISO 3166-1 alpha-2 codes, where known.
        born: year or date of birth, where known.
        identifiers: numbers, where known.
        owners: (party, share in percent or None when unknown).
        reference: the user's own key.
    """

    name: str
    kind: PartyKind | None = None
    other_names: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    born: str = ""
    identifiers: tuple[str, ...] = ()
    owners: tuple[tuple[Party, float | None], ...] = ()
    reference: str = ""


@dataclass(frozen=True, slots=True)
class TokenEvidence:
    """How one word of the query was accounted for.

    Attributes:
        query: the word of the query.
        listed: the word of the listed name it was compared with; "" when none.
        how: "same", "spelling", "sound", "initial", "order", "joined", "legal form", "numeral", "pinyin",
            "traditional", "translation", "abbreviation", "unmatched", ...
        weight: its share of the score, 0 to 1.
        similarity: 0 to 1.
    """

    query: str
    listed: str
    how: str
    weight: float
    similarity: float


class Verdict(StrEnum):
    """What a person decided about a hit."""

    CONFIRMED = "confirmed"
    CLEARED = "cleared"
    REOPENED = "reopened"
    """Set by the tool when the entry changed or the decision ran out."""


@dataclass(frozen=True, slots=True)
class HitDecision:
    """A decision on a party and an entry.

    Attributes:
        party: key of the party (its reference, else its name).
        list, entry: the entry decided on.
        verdict: see `Verdict`.
        reviewer, reason: by whom and why.
        decided: when.
        until: last day on which it holds; None without end.
        entry_sha256: hash of the entry as it was; another hash re-opens the decision.
    """

    party: str
    list: str
    entry: str
    verdict: Verdict
    reviewer: str
    reason: str
    decided: datetime
    until: date | None = None
    entry_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry that may be the party.

    Attributes:
        entry: the entry.
        name: the listed name that matched best.
        query: the name of the party that matched it.
        score: 0 to 1; comparable within a script.
        why: per-word evidence.
        against: facts that speak against it (another country, another year of birth), in words.
        second: score of the second opinion, None where it was not asked.
        second_why: its explanation.
        decision: what was decided on this party and this entry; "reopened" where it holds no longer.
    """

    entry: ListEntry
    name: str
    query: str
    score: float
    why: tuple[TokenEvidence, ...]
    against: tuple[str, ...] = ()
    second: float | None = None
    second_why: tuple[tuple[str, float], ...] = ()
    decision: HitDecision | None = None


class Owned(StrEnum):
    """Whether listed parties own a party as far as a rule asks."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Ownership:
    """What a rule on ownership says of a party whose owners were given.

    Attributes:
        rule: id in the data pack ("us-bis-affiliates").
        title: the rule in a few words, English and Chinese.
        owned: whether listed parties reach the share that the rule asks for.
        least, most: percent that listed owners hold together, as far as what was given tells.
        threshold: percent from which the rule takes hold.
        owners: the listed owners, and those that may be listed, in words, with the way to the party.
        open: what is not known, in words: shares, hits without a decision, circles.
        standing, citation, confidence: of the rule on the day; the citation is "" where none was found.
        note: what a reader must know of the rule.
    """

    rule: str
    title: Bilingual
    owned: Owned
    least: float
    most: float
    threshold: float
    owners: tuple[str, ...]
    open: tuple[str, ...]
    standing: Standing
    citation: str
    confidence: Confidence
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Screening:
    """What became of one party.

    Attributes:
        party: as asked.
        hits: best first.
        as_of: day of the screening.
        lists: (name, version) of the lists it was screened against.
        owned: what the rules on ownership say, where owners were given.
        problems: what of the party could not be used.
    """

    party: Party
    hits: tuple[Hit, ...]
    as_of: date
    lists: tuple[tuple[str, int], ...]
    owned: tuple[Ownership, ...] = ()
    problems: tuple[Problem, ...] = ()
