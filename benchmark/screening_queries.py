"""What the screening benchmark asks: the index, seeded queries by class, and what is right for each.

Lists of the shared folder are read with the importers; parties of the Chinese lists are split into a Latin and a
Chinese entry, so that matching across scripts is really tested. Invented entries, made of words of listed names
put together anew, fill the index up. No query has more than one right party, but for its twins in other lists.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from opencc import OpenCC
from pypinyin import lazy_pinyin
from rapidfuzz import fuzz, process

from annotated import shared_folder
from dragoman.model import ListedName, ListEntry, PartyKind
from dragoman.screen.importers import read_list
from dragoman.screen.spelling import is_han, words

LISTS = ("us-csl-2022-04.csv.gz", "un-consolidated-2026-02-27.xml.gz", "us_dod_1260h.csv", "us_section_1286.csv")
CHINESE = "cn-lists-2026-08.csv"
SEC = "negatives-sec-companies-2025-08.json"
PERSON, COMPANY = PartyKind.PERSON, PartyKind.COMPANY
FORMS = ("Ltd", "Co., Ltd.", "LLC", "Inc.", "Corp.", "GmbH", "S.A.", "Limited", "JSC", "PLC")
LATIN_FORM = re.compile(
    r"[,\s]+(?:ltd|limited|llc|inc|corp|corporation|co|company|gmbh|s\.?a\.?|jsc|plc|co\.,? ?ltd)\.?$",
    re.IGNORECASE,
)
HAN_FORM = re.compile("(?:股份)?(?:有限)?(?:责任)?(?:公司|集团)$")
GIVEN = [
    "James",
    "Mary",
    "Robert",
    "Patricia",
    "John",
    "Jennifer",
    "Michael",
    "Linda",
    "David",
    "Susan",
    "William",
    "Karen",
    "Thomas",
    "Sarah",
    "Charles",
    "Lisa",
    "Daniel",
    "Nancy",
    "Matthew",
    "Sandra",
    "Mark",
    "Ashley",
    "Steven",
    "Emily",
    "Andrew",
    "Donna",
    "Joshua",
    "Ingrid",
    "Lars",
    "Giulia",
    "Marco",
    "Ana",
    "Pedro",
    "Yuki",
    "Haruto",
    "Priya",
    "Arjun",
    "Fatima",
    "Omar",
    "Chidi",
    "Amara",
    "Sofia",
    "Mateo",
    "Olga",
    "Pavel",
    "Nguyen",
    "Linh",
    "Jisoo",
    "Minho",
    "Aisha",
    "Kwame",
]
FAMILY = [
    "Smith",
    "Johnson",
    "Williams",
    "Brown",
    "Jones",
    "Garcia",
    "Miller",
    "Davis",
    "Wilson",
    "Anderson",
    "Taylor",
    "Moore",
    "Jackson",
    "Martin",
    "White",
    "Harris",
    "Clark",
    "Lewis",
    "Robinson",
    "Walker",
    "Young",
    "Allen",
    "King",
    "Wright",
    "Scott",
    "Hill",
    "Green",
    "Adams",
    "Baker",
    "Nelson",
    "Andersson",
    "Rossi",
    "Silva",
    "Santos",
    "Tanaka",
    "Suzuki",
    "Sharma",
    "Patel",
    "Okafor",
    "Mensah",
    "Fernandez",
    "Lopez",
    "Novak",
    "Kowalski",
    "Tran",
    "Kim",
    "Park",
    "Haddad",
    "Osei",
]
TOWNS = [
    "北京",
    "上海",
    "深圳",
    "广州",
    "杭州",
    "苏州",
    "成都",
    "武汉",
    "南京",
    "西安",
    "重庆",
    "天津",
    "青岛",
    "大连",
    "宁波",
    "厦门",
    "济南",
    "合肥",
    "长沙",
    "郑州",
]
SYLLABLES = [
    "华",
    "瑞",
    "达",
    "恒",
    "信",
    "德",
    "嘉",
    "宏",
    "博",
    "泰",
    "鑫",
    "盛",
    "源",
    "科",
    "创",
    "联",
    "合",
    "腾",
    "飞",
    "远",
    "景",
    "美",
    "康",
    "安",
    "利",
    "丰",
    "金",
    "龙",
    "天",
    "海",
    "星",
    "宇",
    "明",
    "辉",
    "百",
    "佳",
]
TRADES = [
    "科技",
    "电子",
    "贸易",
    "信息技术",
    "生物科技",
    "机械",
    "食品",
    "服装",
    "建筑工程",
    "物流",
    "文化传媒",
    "实业",
    "投资管理",
    "商贸",
    "医疗器械",
    "环保科技",
]
HAN_FORMS = ["有限公司", "股份有限公司", "有限责任公司", "集团有限公司"]
NEAR, TOO_NEAR = 80, 88
"""Likeness of words from which a held-out alias has something in common with the other names, and of a hard
negative and a listed name from which it may be no negative."""
LATIN, HAN, OTHER = "latin", "han", "other"


class Asked(NamedTuple):
    """One query.

    Attributes:
        group: its class.
        name: what is asked.
        kind: of the party.
        right: id of the entry that is meant, "" for a negative.
        set: "latin", "han" or "other": in which figures it counts; aliases that are like none of the other names
            count in none.
    """

    group: str
    name: str
    kind: PartyKind
    right: str
    set: str


@dataclass(frozen=True, slots=True)
class Questions:
    """The index and the queries.

    Attributes:
        entries: of the index, without the names held out.
        listed: how many of them come from lists; the others are invented.
        asked: the queries, shuffled.
        twins: ids that are right as well, by id.
    """

    entries: tuple[ListEntry, ...]
    listed: int
    asked: tuple[Asked, ...]
    twins: dict[str, frozenset[str]]


def lists_folder() -> Path:
    """Return the folder of the lists."""
    return shared_folder() / "corpus" / "lists"


def sec_names() -> list[str]:
    """Return the names of ordinary companies that are on no list."""
    rows = json.loads((lists_folder() / SEC).read_text(encoding="utf-8")).values()
    return list(dict.fromkeys(row["title"] for row in rows))


def listed_entries() -> Iterator[ListEntry]:
    """Yield the entries of all lists with ids of their own, those of the Chinese ones split by script."""
    number = 0
    for file in (*LISTS, CHINESE):
        for entry in read_list(lists_folder() / file, name=file).entries:
            latin = tuple(name for name in entry.names if not is_han(name.text))
            han = tuple(name for name in entry.names if is_han(name.text))
            for script, names in ((LATIN, latin), (HAN, han)):
                if names:
                    yield replace(entry, id=f"{number}-{script}", names=names)
            number += 1


def signature(name: str) -> str:
    """Return what two spellings of one name have in common: their words, sorted."""
    return " ".join(sorted(words(name)))


class Generator:
    """Makes queries; one seed makes the same ones.

    Args:
        seed: of the random numbers.
        size: queries of a positive class; negative classes have two and a half times as many.
        entries: fewest entries of the index.
    """

    def __init__(self, seed: int, size: int, entries: int) -> None:
        self.rng = random.Random(seed)  # noqa: S311 - a sample, no secret
        self.size = size
        self.entries = list(listed_entries())
        self.listed = len(self.entries)
        latin = [entry for entry in self.entries if not is_han(entry.name) and len(words(entry.name)) > 1]
        self.persons = [entry for entry in latin if entry.kind is PERSON]
        self.firms = [
            entry for entry in latin if entry.kind in {COMPANY, PartyKind.ORGANIZATION, PartyKind.LEGAL_ENTITY}
        ]
        self.chinese = [entry for entry in self.entries if is_han(entry.name)]
        self.pairs = [
            (one, other)
            for one, other in zip(self.entries, self.entries[1:], strict=False)
            if one.id.split("-")[0] == other.id.split("-")[0]
        ]
        self.asked: list[Asked] = []
        self.entries += self._invented(max(0, entries - self.listed))

    def _invented(self, missing: int) -> Iterator[ListEntry]:
        known = {signature(name.text) for entry in self.entries for name in entry.names}
        parts = [words(entry.name) for entry in self.firms], [words(entry.name) for entry in self.persons]
        made = 0
        while made < missing:
            person = self.rng.random() < len(self.persons) / (len(self.persons) + len(self.firms))
            one, other = self.rng.sample(parts[person], 2)
            name = " ".join((*one[: (len(one) + 1) // 2], *other[len(other) // 2 :])).title()
            if (sign := signature(name)) not in known:
                known.add(sign)
                made += 1
                yield ListEntry(f"invented-{made}", "invented", PERSON if person else COMPANY, (ListedName(name),))

    def questions(self) -> Questions:
        """Return the index and the queries of all classes."""
        self._held_out()
        self._as_listed()
        self._changed()
        self._in_chinese()
        self._across()
        self._negatives()
        self.rng.shuffle(self.asked)
        return Questions(tuple(self.entries), self.listed, tuple(self.asked), self._twins())

    def _twins(self) -> dict[str, frozenset[str]]:
        same: dict[str, set[str]] = defaultdict(set)
        for entry in self.entries:
            for name in entry.names:
                same[name.text if is_han(name.text) else signature(name.text)].add(entry.id)
        return {
            entry.id: frozenset().union(
                *(same[name.text if is_han(name.text) else signature(name.text)] for name in entry.names)
            )
            for entry in self.entries
        }

    def _ask(
        self, group: str, entries: Sequence[ListEntry], change: Callable[[str], str], kept: str = LATIN
    ) -> None:
        """Ask for some entries by their primary name, changed."""
        for entry in self.rng.sample(entries, min(self.size, len(entries))):
            name = change(entry.name)
            if name.strip():
                self.asked.append(Asked(group, name, entry.kind, entry.id, kept))

    def _as_listed(self) -> None:
        self._ask("exact company", self.firms, str)
        self._ask("exact person", self.persons, str)

    def _changed(self) -> None:
        formed = [entry for entry in self.firms if LATIN_FORM.search(entry.name)]
        long = [entry for entry in self.persons if len(words(entry.name)) > 2]
        self._ask("typo company", self.firms, self._typos)
        self._ask("typo person", self.persons, self._typos)
        self._ask("order company", self.firms, self._shuffled)
        self._ask("order person", self.persons, self._shuffled)
        self._ask("legal form", formed, self._other_form)
        self._ask("word dropped", long, self._dropped)
        self._ask("words joined", self.firms, self._joined)

    def _in_chinese(self) -> None:
        traditional = OpenCC("s2t").convert
        firms = [entry for entry in self.chinese if entry.kind is not PERSON]
        formed = [
            entry for entry in firms if len(HAN_FORM.sub("", entry.name)) > 1 and HAN_FORM.search(entry.name)
        ]
        self._ask("Chinese exact", self.chinese, str, HAN)
        self._ask("Chinese traditional", self.chinese, traditional, HAN)
        self._ask("Chinese without form", formed, lambda name: HAN_FORM.sub("", name), HAN)
        self._ask("Chinese typo", firms, self._han_typo, HAN)
        self._ask("pinyin", self.chinese, lambda name: " ".join(lazy_pinyin(name)).title(), HAN)

    def _across(self) -> None:
        """Ask with the Chinese name where the list has the Latin one only, and the reverse; each party once."""
        pairs = self.rng.sample(self.pairs, len(self.pairs))
        for latin, han in pairs[: self.size]:
            self.asked.append(Asked("Chinese for Latin", han.name, latin.kind, latin.id, HAN))
        for latin, han in pairs[self.size : 2 * self.size]:
            self.asked.append(Asked("Latin for Chinese", latin.name, han.kind, han.id, HAN))

    def _held_out(self) -> None:
        """Take aliases out of the index and ask for them."""
        many = [at for at, entry in enumerate(self.entries) if len(entry.names) > 2 and not is_han(entry.name)]
        near = far = 0
        for at in self.rng.sample(many, len(many)):
            entry = self.entries[at]
            held = entry.names[self.rng.randrange(1, len(entry.names))]
            left = tuple(name for name in entry.names if name != held)
            alike = any(
                fuzz.ratio(one, other) >= NEAR
                for name in left
                for one in words(name.text)
                if len(one) > 3
                for other in words(held.text)
            )
            if not words(held.text) or (near if alike else far) >= self.size:
                continue
            near, far = near + alike, far + (not alike)
            self.entries[at] = replace(entry, names=left)
            group = "alias near" if alike else "alias far"
            self.asked.append(Asked(group, held.text, entry.kind, entry.id, LATIN if alike else OTHER))
            if near >= self.size and far >= self.size:
                break

    def _negatives(self) -> None:
        many = self.size * 5 // 2
        sec = sec_names()
        self._deny("SEC companies", self.rng.sample(sec, many), COMPANY, LATIN)
        persons = {f"{self.rng.choice(GIVEN)} {self.rng.choice(FAMILY)}" for _ in range(many)}
        self._deny("invented persons", sorted(persons), PERSON, LATIN)
        self._deny("hard", list(self._hard(sec, many)), COMPANY, LATIN)
        firms = {
            self.rng.choice(TOWNS)
            + "".join(self.rng.sample(SYLLABLES, 2))
            + self.rng.choice(TRADES)
            + self.rng.choice(HAN_FORMS)
            for _ in range(many)
        }
        self._deny("Chinese companies", sorted(firms), COMPANY, HAN)

    def _deny(self, group: str, names: Sequence[str], kind: PartyKind, kept: str) -> None:
        self.asked += [Asked(group, name, kind, "", kept) for name in names]

    def _hard(self, sec: Sequence[str], many: int) -> Iterator[str]:
        """Yield listed names with their first two telling words replaced; none that a listed name is like."""
        listed = [
            " ".join(words(name.text)) for entry in self.entries for name in entry.names if not is_han(name.text)
        ]
        counted: dict[str, int] = defaultdict(int)
        for name in listed:
            for word in set(name.split()):
                counted[word] += 1
        telling = [word for name in sec for word in words(name) if len(word) > 4 and not counted[word]]
        made = 0
        while made < many:
            given = list(words(self.rng.choice(self.firms).name))
            places = [at for at, word in enumerate(given) if len(word) > 3 and counted[word] < 40][:2]
            if not places or len(given) < 3:
                continue
            for at in places:
                given[at] = self.rng.choice(telling)
            name = " ".join(given)
            if process.extractOne(name, listed, scorer=fuzz.token_sort_ratio, score_cutoff=TOO_NEAR) is None:
                made += 1
                yield name.title()

    def _typos(self, name: str) -> str:
        for _ in range(self.rng.choice((1, 2))):
            name = self._typo(name)
        return name

    def _typo(self, name: str) -> str:
        """Return a name with a letter replaced, left out, added or turned round with the one before."""
        places = [at for at, letter in enumerate(name) if letter.isalpha()]
        if len(places) < 5:
            return name
        at = self.rng.choice(places[1:])
        letter = self.rng.choice("abcdefghijklmnopqrstuvwxyz")
        before, after = name[:at], name[at + 1 :]
        return self.rng.choice(
            (
                before + letter + after,
                before + after,
                before + letter + name[at:],
                before[:-1] + name[at] + before[-1:] + after,
            )
        )

    def _shuffled(self, name: str) -> str:
        given = name.replace(",", "").split()
        self.rng.shuffle(given)
        return " ".join(given)

    def _other_form(self, name: str) -> str:
        bare = LATIN_FORM.sub("", LATIN_FORM.sub("", name))
        return f"{bare} {self.rng.choice(FORMS)}" if self.rng.random() < 0.7 else bare

    def _dropped(self, name: str) -> str:
        given = name.replace(",", "").split()
        given.pop(self.rng.randrange(len(given)))
        return " ".join(given)

    def _joined(self, name: str) -> str:
        given = name.split()
        if len(given) < 2:
            return name
        at = self.rng.randrange(len(given) - 1)
        return " ".join([*given[:at], given[at] + given[at + 1], *given[at + 2 :]])

    def _han_typo(self, name: str) -> str:
        at = self.rng.randrange(len(name))
        return name[:at] + self.rng.choice(self.rng.choice(self.chinese).name) + name[at + 1 :]
