"""Score the English grammar on statements hand-coded in Institutional Grammar 2.0, beside a published tagger.

    python benchmark/ig.py                 token precision, recall and F1 by component and source text
    python benchmark/ig.py --misses act    and the tokens that differ, by statement

The file is `prediction_regulative_gs.tsv` of the evaluation data of the IG tagger (Wichrowska & Saputa 2020) in
`../shared/corpus/ig-tagger-gold`: 98 regulative statements, each token with the label of the tagger and of the
gold. Both sides are counted the same way, over all tokens of the file and its labels as they stand: a property
counts as its component, a token without a gold label belongs to none. Counted so, the tagger has the figures that
were published for it.

Square brackets in a statement mark words that its coders supplied; they are read as spaces.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from annotated import shared_folder
from dragoman.extract.context import read_context
from dragoman.extract.en.slots import Slots, slots_of
from dragoman.extract.view import views_of
from dragoman.lexicon import Lexicon, load_lexicon
from dragoman.read import read_text

SOURCE = Path("corpus") / "ig-tagger-gold" / "prediction_regulative_gs.tsv"
TEXT = "#Text="
COMPONENTS = {"A": "Attribute", "D": "Deontic", "I": "Aim", "B": "Object"}
LABEL = re.compile(r"\(([A-Z])")
"""The letter of a component; "(A, prop)" is a property of A."""
BRACKETS = str.maketrans("[]", "  ")
ACT = 57
"""So many statements come from the US act, on which the rules were developed; then comes the UNESCO convention."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the file: the word, and the component that the tagger, the gold and we give it, by its letter."""

    word: str
    tagger: str
    gold: str
    ours: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of the file with its tokens."""

    text: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Token precision, recall and F1."""

    precision: float
    recall: float
    f1: float


def statements_in(path: Path, lexicon: Lexicon) -> Iterator[Statement]:
    """Yield the statements of the file, read by our grammar."""
    lines = (line.rstrip("\r\n") for line in path.read_text(encoding="utf-8").split("\n"))
    text = ""
    for filled, group in groupby(lines, key=lambda line: bool(line.strip())):
        rows = list(group)
        if filled and rows[0].startswith(TEXT):
            text = rows[0].removeprefix(TEXT).translate(BRACKETS)
        elif filled:
            yield Statement(text, tuple(tokens_of(text, [row.split("\t") for row in rows], lexicon)))


def tokens_of(text: str, rows: list[list[str]], lexicon: Lexicon) -> Iterator[Token]:
    """Yield the tokens of a statement with all labels."""
    slots = read_slots(text, lexicon)
    at = 0
    for word, tagger, gold in rows:
        start, at = place_of(text, word, at)
        yield Token(word, letter_of(tagger), letter_of(gold), slot_at(slots, start))


def read_slots(text: str, lexicon: Lexicon) -> Slots:
    """Return what our grammar reads in a statement: of its sentences the first that has an aim."""
    document = read_text(text, slug="statement", metadata={"kind": "law", "languages": ["en"]})
    context = read_context(document, lexicon)
    found = (slots_of(view, context) for view in views_of(document, lexicon))
    return next((slots for slots in found if slots.aim), Slots())


def place_of(text: str, word: str, at: int) -> tuple[int, int]:
    """Return where a token stands in its statement; the file drops signs between its letters."""
    letters = [letter for letter in word if letter.isalnum()] or list(word)
    pattern = r"[^\w\s]*".join(map(re.escape, letters))
    match = re.compile(rf"(?<!\w){pattern}(?!\w)" if word[0].isalnum() else pattern).search(text, at)
    if match is None:
        message = f"{word!r} is not in {text[at:]!r}"
        raise SystemExit(message)
    return match.span()


def letter_of(label: str) -> str:
    """Return the letter of a label, "" for none."""
    match = LABEL.match(label)
    return match[1] if match else ""


def slot_at(slots: Slots, start: int) -> str:
    """Return the letter of the slot that holds an offset, "" for none."""
    spans = zip("DIAB", (slots.deontic, slots.aim, slots.attribute, slots.object), strict=True)
    return next((letter for letter, span in spans if span and span[0] <= start < span[1]), "")


def figures(pairs: Iterable[tuple[str, str]], letter: str) -> Figures:
    """Return how well labels found agree with the gold's on one component; pairs are (found, gold)."""
    marks = [(found == letter, gold == letter) for found, gold in pairs]
    hit = sum(found and gold for found, gold in marks)
    found, gold = sum(mark[0] for mark in marks), sum(mark[1] for mark in marks)
    return Figures(hit / found if found else 0.0, hit / gold if gold else 0.0, 2 * hit / ((found + gold) or 1))


def print_figures(name: str, statements: Sequence[Statement]) -> None:
    """Print ours and the tagger's figures on some statements."""
    tokens = [token for statement in statements for token in statement.tokens]
    print(f"{name}: {len(statements)} statements, {len(tokens)} tokens")
    print(f"  {'':10}{'ours':^24}{'tagger':^24}")
    print(f"  {'':10}" + 2 * "       p       r      f1" + "   ratio of f1")
    for letter, component in COMPONENTS.items():
        ours = figures(((token.ours, token.gold) for token in tokens), letter)
        theirs = figures(((token.tagger, token.gold) for token in tokens), letter)
        cells = "".join(
            f"{figure:8.3f}" for one in (ours, theirs) for figure in (one.precision, one.recall, one.f1)
        )
        print(f"  {component:10}{cells}{ours.f1 / theirs.f1 if theirs.f1 else 0.0:14.2f}")


def print_misses(statements: Sequence[Statement]) -> None:
    """Print the statements with the tokens where we differ from the gold, as word[ours|gold]."""
    for number, statement in enumerate(statements, 1):
        words = [
            f"{token.word}[{token.ours}|{token.gold}]"
            if token.ours != token.gold and {token.ours, token.gold} & set(COMPONENTS)
            else f"{token.word}[{token.ours}]" * bool(token.ours) or token.word
            for token in statement.tokens
        ]
        print(number, " ".join(words))


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", choices=("act", "convention", "all"), help="print the tokens that differ")
    args = parser.parse_args()
    statements = list(statements_in(shared_folder() / SOURCE, load_lexicon()))
    parts = {"act": statements[:ACT], "convention": statements[ACT:], "all": statements}
    if args.misses:
        print_misses(parts[args.misses])
    for name, part in parts.items():
        print_figures(name, part)


if __name__ == "__main__":
    main()
