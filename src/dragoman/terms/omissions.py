"""What one version says and the other does not: phrases without an answer, other words, clauses left out.

The phrases stand in `data/terms/omissions.yaml`; for the rest a word counts as said in the other version where the
dictionary has it there or where the text pairs the two again and again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from dragoman.lexicon import fold, load_pack
from dragoman.model import Language
from dragoman.model.bilingual import Alignment
from dragoman.model.force_difference import Gravity, Remark
from dragoman.terms.markers import Marker, plain
from dragoman.terms.meanings import Meanings
from dragoman.terms.remarks import remark
from dragoman.terms.tokens import Token
from dragoman.terms.wordlinks import Pairing, Vector

PACK = "terms/omissions.yaml"
ENDS = re.compile(r"[,;:.()，。;；:：、()（）—–]")


def compare_phrases(english: str, chinese: str) -> Iterator[Remark]:
    """Yield the phrases of a link that have no answer, and words that stand as others.

    Args:
        english: words of a link.
        chinese: its words in the other version.
    """
    first, second = plain(english, Language.EN), plain(chinese, Language.ZH)
    for entry, pattern in phrases("answers"):
        hit = pattern.search(first)
        if hit and not any(word in second for word in entry["zh"]):
            written = english[hit.start() : hit.end()]
            yield remark("omission", Gravity(entry["severity"]), entry["kind"], {"en": written})
    for entry, pattern in phrases("shifts"):
        hit = pattern.search(first)
        stands = next((word for word in entry["zh"] if word in second), "")
        if hit and stands and not any(word in second for word in entry["unless"]):
            values = {"en": english[hit.start() : hit.end()], "zh": stands}
            yield remark("other-words", Gravity(entry["severity"]), entry["kind"], values)


@cache
def phrases(name: str) -> tuple[tuple[Mapping[str, Any], re.Pattern[str]], ...]:
    """Return the entries of a list of the pack, each with what finds its English."""
    return tuple((entry, re.compile(rf"(?<![\w-])(?:{entry['en']})(?!\w)")) for entry in load_pack(PACK)[name])


def compare_words(
    pair: Pairing, alignment: Alignment, markers: Sequence[Marker], meanings: Meanings
) -> Iterator[Remark]:
    """Yield clauses and words that only one version has.

    Args:
        pair: the link word by word.
        alignment: of the versions.
        markers: the English words of force, which are compared elsewhere.
        meanings: what the dictionary has.
    """
    english = alignment.english.text
    gaps = list(clauses(pair.english, alignment.english.text, pair.likeness, pair.shared))
    for start, end in gaps:
        yield remark("omission", Gravity.MAJOR, "omission", {"en": shown(english[start:end])})
    for start, end in clauses(pair.chinese, alignment.chinese.text, pair.likeness.T, pair.shared.T):
        yield remark("addition", Gravity.MAJOR, "addition", {"zh": shown(alignment.chinese.text[start:end])})
    told = [*gaps, *((one.start, one.end) for one in markers)]
    for token in missing(pair, meanings):
        if not any(start <= token.start < end for start, end in told):
            yield remark("omission", Gravity.CONTENT, "omission", {"en": token.text})


def shown(text: str) -> str:
    """Return words on one line."""
    return " ".join(text.split())


def clauses(tokens: Sequence[Token], text: str, likeness: Vector, shared: Vector) -> Iterator[tuple[int, int]]:
    """Yield from where to where a clause reaches of whose words hardly any is said in the other version.

    Args:
        tokens: words of a version.
        text: of its document.
        likeness: of the words with those of the other version, one row for each.
        shared: the same by what goes together.
    """
    rules = load_pack(PACK)["figures"]
    clause: list[int] = []
    for at, token in enumerate(tokens):
        if clause and ENDS.search(text, tokens[at - 1].end, token.start):
            clause = []
        if ENDS.fullmatch(token.text):
            clause = []
            continue
        clause.append(at)
        following = tokens[at + 1].start if at + 1 < len(tokens) else len(text)
        if ENDS.search(text, token.end, min(following + 1, len(text))) or at + 1 == len(tokens):
            content = [one for one in clause if tokens[one].content]
            said = [is_said(likeness[one], shared[one], rules) for one in content]
            if len(content) >= rules["clause_words"] and sum(said) <= rules["clause_share"] * len(content):
                yield tokens[clause[0]].start, tokens[clause[-1]].end
            clause = []


def is_said(likeness: Vector, shared: Vector, rules: Mapping[str, float]) -> bool:
    """Return whether a word stands in the other version."""
    return bool(
        likeness.max(initial=0.0) >= rules["likeness"] * 2 or shared.max(initial=0.0) >= rules["clause_gap"] * 2
    )


def missing(pair: Pairing, meanings: Meanings) -> Iterator[Token]:
    """Yield English words that say something and of which nothing stands in the Chinese."""
    rules = load_pack(PACK)["figures"]
    for at, token in enumerate(pair.english):
        word = fold(token.text)
        if not token.content or word in light() or not token.text.isalpha() or token.text[0].isupper():
            continue
        watched = word in load_pack(PACK)["watched"]
        likeness = rules["watched_likeness" if watched else "likeness"]
        shared = rules["watched_shared" if watched else "shared"]
        absent = (
            float(pair.likeness[at].max(initial=0.0)) < likeness
            and float(pair.shared[at].max(initial=0.0)) < shared
        )
        if absent and meanings.translations(token.root):
            yield token


@cache
def light() -> frozenset[str]:
    """Return the English words whose absence says little."""
    return frozenset(str(word) for word in load_pack(PACK)["light"])
