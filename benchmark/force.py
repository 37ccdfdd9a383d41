"""The force check against worked examples, and with single markers swapped at random.

    python benchmark/force.py [--seeds 5] [--misses]

First the twelve examples of the declaration and the slips of the order that its metadata names. Then the mutation
test: for each seed one marker in half of the sentences of one version becomes another one of its set
(`force_swaps.yaml`), the text is read and aligned again, and a mutation counts as found where its pair of
sentences has a reason that it did not have before. A false alarm is a new reason for a pair that was left alone.
The texts are the declaration, the order, and pairs of sentences in the project's own words
(`force_controls.yaml`), on which nothing may be reported before.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from annotated import shared_folder
from dragoman.extract import Extractor
from dragoman.lexicon import load_lexicon
from dragoman.model import Document, Language
from dragoman.model.force_difference import ForceReport, Gravity
from dragoman.read import read_text
from dragoman.terms import align
from dragoman.terms.force import compare_force
from versions import declaration, order

HERE = Path(__file__).parent
FIGURE = re.compile(r"(?<![\d.,])\d{2,3}(?![\d.,万亿]|\.\d)")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Versions:
    """Two versions of a text; one and the same document where both stand in it."""

    name: str
    english: Document
    chinese: Document

    def checked(self) -> ForceReport:
        """Return what the check finds."""
        extract = Extractor(load_lexicon()).extract
        provisions = extract(self.english), extract(self.chinese)
        return compare_force(align(self.english, self.chinese, load_lexicon()), load_lexicon(), provisions)


def controls() -> Versions:
    """Return pairs of sentences of our own that say the same."""
    rows = yaml.safe_load((HERE / "force_controls.yaml").read_text("utf-8"))["pairs"]
    english, chinese = ("\n\n".join(row[side] for row in rows) for side in ("en", "zh"))
    return Versions("controls", read_text(english, slug="controls-en"), read_text(chinese, slug="controls-zh"))


@dataclass(frozen=True, slots=True)
class Mutation:
    """A marker that was swapped.

    Attributes:
        number: number of the link.
        before, after: the words.
    """

    number: int
    before: str
    after: str


def mutated(
    versions: Versions, report: ForceReport, language: Language, seed: int
) -> tuple[Versions, dict[int, Mutation]]:
    """Return a text with single markers of one version swapped, and what was swapped by number of link."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    document = versions.english if language is Language.EN else versions.chinese
    done: dict[int, Mutation] = {}
    edits: list[tuple[int, int, str]] = []
    for number, link in enumerate(report.alignment.links):
        spans = link.en if language is Language.EN else link.zh
        if not (link.en and link.zh) or len(spans) != 1 or chance.random() < 0.5:
            continue
        found = list(swaps(document.slice(*spans[0]), language))
        if found:
            start, end, word = chance.choice(found)
            edits.append((spans[0][0] + start, spans[0][0] + end, word))
            done[number] = Mutation(number, document.slice(*edits[-1][:2]), word)
    text = document.text
    for start, end, word in reversed(edits):
        text = text[:start] + word + text[end:]
    new = read_text(text, slug=document.slug)
    if versions.english is versions.chinese:
        return Versions(versions.name, new, new), done
    sides = (new, versions.chinese) if language is Language.EN else (versions.english, new)
    return Versions(versions.name, *sides), done


def swaps(text: str, language: Language) -> Iterator[tuple[int, int, str]]:
    """Yield the swaps that a sentence allows: from, to, and the new word."""
    for words in yaml.safe_load((HERE / "force_swaps.yaml").read_text("utf-8"))[language.value]:
        first = re.escape(words[0])
        pattern = rf"(?<![\w-]){first}(?![\w-])" if language is Language.EN else first
        for hit in re.finditer(pattern, text):
            if is_marker(text, hit, language):
                for word in words[1:]:
                    yield hit.start(), hit.end(), word.replace("-", "") if word == "-" else word
    for hit in FIGURE.finditer(text):
        yield hit.start(), hit.end(), str(int(hit.group()) + 7)


def is_marker(text: str, hit: re.Match[str], language: Language) -> bool:
    """Return whether a word stands alone; in Chinese it must not be part of a longer word that hides it."""
    if language is Language.EN:
        return True
    around = text[max(0, hit.start() - 1) : hit.end() + 1]
    return not any(word in around for word in HIDDEN.get(hit.group(), ()))


HIDDEN = {
    "将": ("即将", "将来", "将近", "将军"),
    "应": ("应当", "应对", "适应", "供应", "反应", "应该", "响应", "相应", "效应", "应用", "不应", "应急"),
    "可": ("可以", "可能", "可持", "可靠", "可负", "许可", "可再", "认可", "不可", "可行"),
    "不": (
        "不得",
        "不断",
        "不仅",
        "不同",
        "不是",
        "不应",
        "不必",
        "不可",
        "不公",
        "不利",
        "不扩",
        "不会",
        "不让",
        "不超",
        "不迟",
        "不少",
    ),
    "天": ("今天", "航天", "天然"),
    "完成": (),
    "可能": ("尽可能", "可能性"),
    "承诺": ("和承诺", "的承诺", "同承诺"),
    "双边": (),
    "减少": (),
    "开始": (),
}


def reasons(report: ForceReport) -> Mapping[int, frozenset[str]]:
    """Return what is said of each link."""
    return {
        one.link: frozenset(remark.reasons[Language.EN] for remark in one.remarks if remark.kind != "consistency")
        for one in report.differences
    }


def mutation_test(versions: Versions, seeds: int, *, misses: bool) -> tuple[Counter[str], Counter[str]]:
    """Return counts of found and missed mutations and of false alarms and links left alone."""
    before = versions.checked()
    known = reasons(before)
    counts: Counter[str] = Counter()
    by_word: Counter[str] = Counter()
    for seed in range(seeds):
        language = tuple(Language)[seed % 2]
        changed, done = mutated(versions, before, language, seed)
        after = changed.checked()
        if len(after.alignment.links) != len(before.alignment.links):
            counts["realigned"] += 1
        told = by_side(before, after, language)
        for number in range(len(before.alignment.links)):
            new = told.get(number, frozenset()) - known.get(number, frozenset())
            if number in done:
                counts["found" if new else "missed"] += 1
                if not new and misses:
                    print("missed:", versions.name, number, done[number].before, "->", done[number].after)
                by_word[f"{'found' if new else 'missed'} {done[number].before}"] += 1
            else:
                counts["false" if new else "quiet"] += 1
                if new and misses:
                    print("false:", versions.name, number, *new)
    return counts, by_word


def by_side(before: ForceReport, after: ForceReport, language: Language) -> dict[int, frozenset[str]]:
    """Return what is said after a mutation by the number the link had before, told by the other version."""
    side = "zh" if language is Language.EN else "en"
    one_text = after.alignment.english is after.alignment.chinese
    grown = len(after.alignment.english.text) - len(before.alignment.english.text)
    shift = grown if one_text and side == "zh" else 0
    numbers = {
        getattr(link, side)[0][0] + shift: number
        for number, link in enumerate(before.alignment.links)
        if getattr(link, side)
    }
    told = reasons(after)
    return {
        numbers[getattr(link, side)[0][0]]: told[number]
        for number, link in enumerate(after.alignment.links)
        if number in told and getattr(link, side) and getattr(link, side)[0][0] in numbers
    }


def examples(report: ForceReport) -> Iterator[str]:
    """Yield what was found of the worked examples."""
    path = shared_folder() / "gold" / "atlantic-force-sample.tsv"
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]
    found = {one.en[0]: one for one in report.differences}
    for grades in (("major", "content"), ("minor",)):
        wanted = [row for row in rows if row[4] in grades]
        hits = [row for row in wanted if int(row[0]) in found]
        yield f"| examples graded {' or '.join(grades)} found | {len(hits)} of {len(wanted)} |"
    counts = Counter(one.gravity for one in report.differences)
    told = ", ".join(f"{counts[one]} {one.value}" for one in Gravity)
    yield f"| reported on the declaration | {told} in {report.checked} links |"


def slips(report: ForceReport) -> Iterator[str]:
    """Yield which slips that the metadata of the order names were found."""
    said = " ".join(one.reason(Language.EN) for one in report.differences)
    wanted = {
        "package in several ways": "packages" in said,
        "Secretary of State in two ways": "国务大臣" in said,
        "a denial reversed": "grants in the Chinese what the English denies" in said,
        "numerals mixed": "another kind of numeral" in said,
    }
    yield f"| slips of the order found | {sum(wanted.values())} of {len(wanted)} |"
    counts = Counter(one.gravity for one in report.differences)
    yield f"| reported on the order | {', '.join(f'{counts[one]} {one.value}' for one in Gravity)} |"


def main() -> None:
    """Print the figures as a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=6, help="mutated variants of each text")
    parser.add_argument("--misses", action="store_true", help="print what was missed and what was a false alarm")
    chosen = parser.parse_args()
    both = declaration()
    texts = (Versions("declaration", both, both), Versions("order", *order()), controls())
    print("| | |\n|---|---|")
    for line in (*examples(texts[0].checked()), *slips(texts[1].checked())):
        print(line)
    quiet = texts[2].checked()
    print(f"| reported on {quiet.checked} own pairs that say the same | {len(quiet.differences)} |")
    if chosen.misses:
        for one in quiet.differences:
            print("control:", one.reason(Language.EN))
    total: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for versions in texts:
        counts, by_word = mutation_test(versions, chosen.seeds, misses=chosen.misses)
        total, words = total + counts, words + by_word
        print(mutation_row(versions.name, counts))
    print(mutation_row("all", total))
    print_missed(words)


def mutation_row(name: str, counts: Counter[str]) -> str:
    """Return the figures of one text."""
    tried, alone = counts["found"] + counts["missed"], counts["false"] + counts["quiet"]
    share, wrong = counts["found"] / max(1, tried), counts["false"] / max(1, alone)
    return (
        f"| {name}: {tried} mutations found, false alarms on {alone} links left alone | {share:.3f}, {wrong:.3f} |"
    )


def print_missed(words: Mapping[str, int]) -> None:
    """Print the markers whose swaps were missed most."""
    missed: Sequence[tuple[str, int]] = sorted(
        ((key.removeprefix("missed "), count) for key, count in words.items() if key.startswith("missed")),
        key=lambda row: -row[1],
    )
    print("| missed most |", ", ".join(f"{word} {count}" for word, count in missed[:10]), "|")


if __name__ == "__main__":
    main()
