"""The register of actors: canonical English names, names in both languages, types, members with dates.

One file a type in `data/actors/`; `defaults:` of a file hold for each of its entries. An entry is

    - name: European Union          # canonical
      type: union                   # see TYPES
      en: [EU, European Union]      # further names; `=US` matches in this case only
      zh: [欧盟, 欧洲联盟]
      members: [{name: France, from: 1958-01-01}]

docs/actors.md describes every key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dragoman.lexicon.compounds import NO_COMPOUNDS, Compounds, compounds_of
from dragoman.lexicon.matcher import Phrase, fold
from dragoman.lexicon.packs import PackFaultError, load_pack, pack_paths
from dragoman.model import Language

EXACT = "="
"""Prefix of a name that matches in its own case only."""

TYPES = frozenset(
    {"state", "union", "agency", "office", "body", "group", "firm", "class", "metonym", "seat", "region"}
)
"""Types of actors; docs/actors.md says what each is."""

ACTOR, ADJECTIVE, NOT_ACTOR = "actor", "actor-adjective", "not-actor"
"""Groups of the register's phrases: a name, an adjective of a state, a name that only holds one."""

Words = Mapping[str, tuple[str, ...]]
"""Words of one language that show who acts, by group."""

HOME = "home"
"""Value of `resolves:` for a word that stands for the state a document is of (国家 in a law)."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a group, from and until a date where these are known."""

    name: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """Who held an office, from and until a date where these are known; the names in both languages."""

    en: tuple[str, ...]
    zh: tuple[str, ...]
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor of the register.

    Attributes:
        name: canonical English name.
        type: one of `TYPES`.
        en, zh: further names, as written in the data (with "=" where the case matters).
        members: of a group.
        of: the state or body an agency or office belongs to, "" where that does not apply.
        exact: whether the canonical name matches in its own case only.
        adjectives: English adjectives of a state or region ("British").
        short: the single Han character that stands for it in compounds, or "".
        pairs_freely: whether two such characters side by side are enough to be read as two states.
        not_before: what must not follow one of its Chinese names (个人 in 个人信息).
        at_home: names that mean it only in a text of its own state or with that state as a party ("Parliament").
        acts: Chinese phrases for an act that stand for their doer where a clause has no subject.
        addressee: whether a subjectless clause of a law may speak to it.
        resolves: "home" where it stands for the state of the document.
        title: what stands beside a holder's name, by language code.
        government: whether a holder's name with "administration" or 政府 stands for the state.
        holders: of an office.
    """

    name: str
    type: str
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    of: str = ""
    exact: bool = False
    adjectives: tuple[str, ...] = ()
    short: str = ""
    pairs_freely: bool = False
    not_before: tuple[str, ...] = ()
    at_home: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    addressee: bool = False
    resolves: str = ""
    title: Mapping[str, str] = field(default_factory=dict)
    government: bool = False
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ActorRegister:
    """All actors, by canonical name; two registers are the same only where they are one object.

    Attributes:
        actors: by canonical name.
        phrases: what the matcher looks for.
        names: canonical names by folded alias; several where a name is shared (商务部).
        compounds: what compounds of single-character names of states are read by (美欧).
        words: per language, the words that show who acts, by group (pronouns, prepositions, ...).
    """

    actors: Mapping[str, Actor]
    phrases: tuple[Phrase, ...]
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    compounds: Compounds = NO_COMPOUNDS
    words: Mapping[Language, Words] = field(default_factory=dict)

    def members_at(self, name: str, day: date) -> tuple[str, ...]:
        """Return the members of a group on a day, () for an actor without members or an unknown one."""
        actor = self.actors.get(name)
        if actor is None:
            return ()
        return tuple(m.name for m in actor.members if is_current(m, day))

    def holder_at(self, name: str, day: date) -> str | None:
        """Return who held an office on a day, in English, None where that is not known."""
        actor = self.actors.get(name)
        holders = actor.holders if actor else ()
        return next((h.en[0].removeprefix(EXACT) for h in holders if h.since and is_current(h, day)), None)

    def canonical(self, name: str, home: str = "") -> str | None:
        """Return the canonical name for a name in either language, None for an unknown one.

        Args:
            name: as it stands in a text.
            home: state whose agencies are meant where several states have one of that name.
        """
        names = self.names.get(fold(name.strip()), ())
        return self.choose(names, home) if names else None

    def choose(self, names: tuple[str, ...], home: str) -> str:
        """Return the one of several actors of the same name that belongs to `home`, else the first."""
        if len(names) > 1:
            return next((name for name in names if self.actors[name].of == home), names[0])
        return names[0]

    def chinese_names(self) -> dict[str, str]:
        """Return the Chinese name by canonical name, with the state where several have it (美国商务部)."""
        own = {actor.name: actor.zh[0] for actor in self.actors.values() if actor.zh}
        often = Counter(own.values())
        return {
            name: own.get(self.actors[name].of, "") + word if often[word] > 1 else word
            for name, word in own.items()
        }

    def type_of(self, name: str) -> str:
        """Return the type of an actor, "" for one that is not in the register."""
        actor = self.actors.get(name)
        return actor.type if actor else ""


def is_current(spell: Member | Holder, day: date) -> bool:
    """Return whether a membership or tenure holds on a day; unknown dates do not limit it."""
    return (spell.since is None or spell.since <= day) and (spell.until is None or day < spell.until)


def load_actors() -> ActorRegister:
    """Return the register of the shipped packs. Raises PackFaultError for a doubled name or an unknown type."""
    actors: dict[str, Actor] = {}
    excluded: list[str] = []
    for path in pack_paths("actors"):
        pack = load_pack(path)
        excluded += pack.get("not_actors", ())
        for row in pack.get("actors", ()):
            actor = actor_of(path, {**pack.get("defaults", {}), **row})
            if actor.name in actors:
                raise PackFaultError(path, f"actor `{actor.name}` stands in the register already")
            actors[actor.name] = actor
    return register_of(actors, excluded, {language: load_words(language) for language in Language})


def register_of(
    actors: Mapping[str, Actor],
    excluded: Iterable[str] = (),
    words: Mapping[Language, Words] | None = None,
) -> ActorRegister:
    """Return the register of some actors, with its phrases and look-up tables."""
    phrases = [phrase for actor in actors.values() for phrase in phrases_of(actor)]
    phrases += [Phrase(name, NOT_ACTOR, name) for name in excluded]
    names: dict[str, tuple[str, ...]] = {}
    for phrase in phrases:
        if phrase.group == ACTOR:
            known = names.get(fold(phrase.text), ())
            names[fold(phrase.text)] = known if phrase.key in known else (*known, phrase.key)
    words = words or {}
    return ActorRegister(actors, tuple(phrases), names, compounds_in(actors, words), words)


def compounds_in(actors: Mapping[str, Actor], words: Mapping[Language, Words]) -> Compounds:
    """Return what compounds of the actors' single-character names are read by."""
    shorts = {actor.short: actor.name for actor in actors.values() if actor.short}
    free = frozenset(actor.short for actor in actors.values() if actor.short and actor.pairs_freely)
    chinese = words.get(Language.ZH, {})
    return compounds_of(shorts, free, chinese.get("before_compound", ()), chinese.get("after_compound", ()))


def load_words(language: Language) -> Words:
    """Return the words of a language that show who acts, by group.

    They are no cues: no matcher looks for them. Raises PackFaultError for a word that is no text.
    """
    path = f"lexicons/{language.value}/actors.yaml"
    groups = load_pack(path)["words"]
    for name, words in groups.items():
        if not all(isinstance(word, str) for word in words):
            raise PackFaultError(path, f"`{name}:` holds a word that YAML reads as another type; quote it")
    return {name: tuple(words) for name, words in groups.items()}


def actor_of(path: str, row: Mapping[str, Any]) -> Actor:
    """Return the actor of one row of a pack. Raises PackFaultError."""
    if not row.get("name") or row.get("type") not in TYPES:
        raise PackFaultError(path, f"an actor lacks `name:` or has no known `type:` ({row})")
    return Actor(
        name=str(row["name"]),
        type=row["type"],
        en=texts(row, "en"),
        zh=texts(row, "zh"),
        members=tuple(Member(m["name"], m.get("from"), m.get("until")) for m in row.get("members", ())),
        of=row.get("of", ""),
        exact=bool(row.get("exact")),
        adjectives=texts(row, "adjectives"),
        short=row.get("short", ""),
        pairs_freely=bool(row.get("pairs_freely")),
        not_before=texts(row, "not_before"),
        at_home=texts(row, "at_home"),
        acts=texts(row, "acts"),
        addressee=bool(row.get("addressee")),
        resolves=row.get("resolves", ""),
        title=row.get("title", {}),
        government=bool(row.get("government")),
        holders=tuple(holder_of(holder) for holder in row.get("holders", ())),
    )


def texts(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return a list of texts of a row, () where there is none."""
    return tuple(str(text) for text in row.get(key, ()))


def holder_of(row: Mapping[str, Any]) -> Holder:
    """Return the holder of one row of an office."""
    return Holder(texts(row, "en"), texts(row, "zh"), row.get("from"), row.get("until"))


def phrases_of(actor: Actor) -> Iterator[Phrase]:
    """Yield the phrases an actor is found by: its canonical name, its further names, its holders.

    A name with an apostrophe is found with either kind.
    """
    own = (f"{EXACT}{actor.name}" if actor.exact else actor.name,) if is_found_by_name(actor) else ()
    names = (*own, *actor.en, *actor.zh, *holder_names(actor))
    curled = (name.replace("'", "’") for name in names)
    for name in dict.fromkeys((*names, *curled)):
        yield Phrase(name.removeprefix(EXACT), ACTOR, actor.name, name.startswith(EXACT))
    for name in actor.adjectives:
        yield Phrase(name.removeprefix(EXACT), ADJECTIVE, actor.name, name.startswith(EXACT))
    if actor.government:
        for name in dict.fromkeys(government_names(actor)):
            yield Phrase(name, ACTOR, actor.of)


def is_found_by_name(actor: Actor) -> bool:
    """Return whether an actor is found by its canonical name.

    Not so a class that only Chinese texts name by one word: in English "operators" ends longer names
    ("platform operators").
    """
    return actor.type != "class" or bool(actor.en) or not actor.zh


def holder_names(actor: Actor) -> Iterator[str]:
    """Yield the names of an office's holders, alone and with their title on either side (拜登总统, 总统拜登)."""
    for holder in actor.holders:
        for name in holder.en:
            plain = name.removeprefix(EXACT)
            yield from (f"{EXACT}{plain}", f"{actor.title.get('en', '')} {plain}".strip())
        title = actor.title.get("zh", "")
        for name in holder.zh:
            yield from (name, f"{name}{title}", f"{title}{name}")


def government_names(actor: Actor) -> Iterator[str]:
    """Yield what names the government of an office's holder ("Biden Administration", 拜登政府)."""
    for holder in actor.holders:
        for name in holder.en:
            plain = name.removeprefix(EXACT)
            titled = f"{actor.title.get('en', '')} {plain}’s Administration"
            yield from (f"{plain} Administration", f"{plain} government", titled, titled.replace("’", "'"))
        for name in holder.zh:
            yield from (f"{name}政府", f"{name}当局", f"{name}内阁")
