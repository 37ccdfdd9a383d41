"""Compute the chip table: TPP, performance density, class and the numbers of 2026, beside what the sheet prints.

python benchmark/chips.py                   every chip, then each disagreement with its reason
python benchmark/chips.py --differences     the disagreements only
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.check.context import Context
from dragoman.check.library import Library, load_library
from dragoman.check.packs import shipped_pack
from dragoman.check.vocabulary import Vocabulary
from dragoman.model import Member, Value
from dragoman.model.table import Row

PACK = "us-export-controls-ai"
NUMBERS = "h200-numbers"
"""The rule that holds the numbers of 2026."""


@dataclass(frozen=True, slots=True)
class Computed:
    """What the rules make of a chip; None for what is unknown.

    Attributes:
        chip: its name in the table.
        row: as in the table, with what the sheet prints.
        tpp: total processing performance.
        density: TPP per square millimetre of die.
        paragraph: of 3A090, or "none".
        under: whether TPP and bandwidth are under the numbers of 2026.
    """

    chip: str
    row: Row
    tpp: Value | None
    density: Value | None
    paragraph: Value | None
    under: bool | None

    def pairs(self) -> Iterator[tuple[str, Value | None, Value | None]]:
        """Yield what is compared: its name, computed, printed."""
        yield "TPP", self.tpp, self.row.cells.get("printed_tpp")
        yield "density", self.density, self.row.cells.get("printed_pd")
        yield "class", self.paragraph, self.row.cells.get("printed_class")
        yield "under", self.under, self.row.cells.get("printed_eligible")

    def differences(self) -> tuple[str, ...]:
        """Return in words where computed and printed differ, however little."""
        return tuple(
            f"{name} {shown(mine)}, printed {shown(theirs)}"
            for name, mine, theirs in self.pairs()
            if mine != theirs
        )

    def is_rounding(self) -> bool:
        """Return whether every difference is that the sheet rounds."""
        return all(mine == theirs or is_rounded(mine, theirs) for _, mine, theirs in self.pairs())


def is_rounded(exact: Value | None, printed: Value | None) -> bool:
    """Return whether a printed number is an exact one with fewer decimals."""
    if not isinstance(exact, int | float) or not isinstance(printed, int | float):
        return False
    decimals = len(f"{printed}".partition(".")[2]) if isinstance(printed, float) else 0
    return bool(abs(exact - printed) <= 0.5 / 10**decimals)


def shown(value: Value | None) -> str:
    """Return a value as it is printed: thousands set off, four decimals, yes and no, `unknown`."""
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) else str(value)


def computed(library: Library) -> Iterator[Computed]:
    """Yield what the formulas of the facts and the rule of 2026 make of each chip."""
    pack = shipped_pack(PACK).pack
    if pack is None:
        return
    ready = pack.rule(NUMBERS)
    if ready is None or ready.versions[-1].requires is None:
        return
    words = Vocabulary(pack.facts.values(), library.groups, library.tables, library.collections)
    numbers = words.condition(ready.versions[-1].version.requires, ("items",))
    context = Context(pack.as_of, library.groups, library.tables)
    chips = library.tables["chips"].rows
    members = tuple(Member(chip, {"chip": chip, "computing_item": True}) for chip in chips)
    session = words.session({}, context, {"items": members})
    for index, (chip, row) in enumerate(chips.items()):
        item = session.member("items", index)
        tpp, density, paragraph = (words.derive(name, item) for name in ("tpp", "pd", "class_3a090"))
        under = {"true": True, "false": False}.get(numbers.evaluate(item).value)
        yield Computed(chip, row, tpp, density, paragraph, under)


def table_of(chips: list[Computed]) -> Iterator[str]:
    """Yield the lines of the table; a star marks a chip whose figures differ from what the sheet prints."""
    yield f"{'chip':<38}{'TPP':>10}{'density':>10}  {'class':<8}{'2026':<9}evidence"
    for one in chips:
        star = "*" if one.differences() and not one.is_rounding() else ""
        yield (
            f"{one.chip:<38}{shown(one.tpp):>10}{shown(one.density):>10}  {shown(one.paragraph):<8}"
            f"{shown(one.under):<9}{one.row.evidence.value}{star}"
        )


def reasons_of(chips: list[Computed]) -> Iterator[str]:
    """Yield each disagreement with the note of its row."""
    for one in chips:
        if one.differences() or one.row.note:
            yield f"{one.chip}: {'; '.join(one.differences()) or 'as printed'}. {one.row.note}".rstrip()


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--differences", action="store_true", help="leave the table out")
    args = parser.parse_args()
    chips = list(computed(load_library()))
    if not args.differences:
        print("\n".join(table_of(chips)) + "\n")
    print("\n".join(reasons_of(chips)))
    same = sum(not one.differences() for one in chips)
    rounded = sum(bool(one.differences()) and one.is_rounding() for one in chips)
    noted = sum(bool(one.differences()) and not one.is_rounding() and bool(one.row.note) for one in chips)
    unexplained = len(chips) - same - rounded - noted
    print(
        f"\nchips {len(chips)}  as printed {same}  rounded by the sheet {rounded}  "
        f"otherwise, with its reason {noted}  without a reason {unexplained}"
    )


if __name__ == "__main__":
    main()
