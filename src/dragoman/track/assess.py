"""Verdicts of people and their means, after the G7 and G20 Research Groups; the rule is printed with the figures.

Scores are averaged as exact fractions; what is shown is rounded at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from dragoman.lexicon import load_pack
from dragoman.model import (
    Aggregate,
    Assessment,
    Bilingual,
    BoardRow,
    Evidence,
    Problem,
    Scores,
    Search,
    Stance,
    UsageError,
)
from dragoman.track.problems import problem

PACK = "tracking/averaging.yaml"
SCORES = (-1, 0, 1)
TOGETHER = ""
"""The party of a verdict on all parties together."""
NEGATIVE = -1


class NoAuthorError(UsageError):
    """A verdict without a name."""

    def __init__(self) -> None:
        super().__init__("A verdict needs an author.", "Say whose verdict it is, for instance --author NAME.")


class SamePersonError(UsageError):
    """A review by the author."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} cannot be both author and reviewer.",
            "Let another person review the verdict, or leave the reviewer out.",
        )


class NoSuchScoreError(UsageError):
    """A score that does not exist."""

    def __init__(self, score: object) -> None:
        super().__init__(f"There is no score {score!r}.", "Use -1, 0, 1, or n/a.")


def checked(verdict: Assessment) -> Assessment:
    """Return a verdict as it is kept: names without blanks around them.

    Raises:
        NoAuthorError: nobody says it.
        SamePersonError: the reviewer is the author.
        NoSuchScoreError: another score than -1, 0, +1 and n/a.
    """
    if not verdict.author.strip():
        raise NoAuthorError
    if verdict.reviewer.strip() and same_person(verdict.author, verdict.reviewer):
        raise SamePersonError(verdict.reviewer.strip())
    if verdict.score is not None and verdict.score not in SCORES:
        raise NoSuchScoreError(verdict.score)
    return verdict


def same_person(one: str, other: str) -> bool:
    """Return whether two names are one; case and blanks do not matter."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def doubts(verdict: Assessment, evidence: Sequence[Evidence], search: Search | None) -> tuple[Problem, ...]:
    """Return what is doubtful about a verdict, given the evidence that counts and the last search."""
    found = []
    doc = verdict.provision.rpartition(":")[0]
    if not verdict.guideline:
        found.append(problem("score-without-guideline", doc=doc, line=verdict.provision))
    contradicted = any(piece.stance is Stance.CONTRADICTS for piece in evidence)
    if verdict.score == NEGATIVE and not contradicted and search is None:
        found.append(problem("score-without-search", doc=doc, line=verdict.provision))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Cell:
    """The last verdict of one party on one commitment."""

    row: BoardRow
    verdict: Assessment

    @property
    def commitment(self) -> str:
        """Id of the commitment."""
        return self.verdict.provision


def scores_of(documents: Sequence[str], rows: Sequence[BoardRow], as_of: date) -> Scores:
    """Return the scores of commitments and their means.

    Args:
        documents: slugs that were asked for.
        rows: the board of the day, with all commitments in question.
        as_of: the day.
    """
    in_text = sorted(rows, key=lambda row: (row.entry.provision.doc, row.entry.provision.start))
    cells = [Cell(row, verdict) for row in in_text for verdict in counted(row.status.assessments)]
    lines = grouped((cell.commitment, cell) for cell in cells)
    means = {line: mean_of(own) for line, own in lines.items()}
    parties = grouped((cell.verdict.party, cell) for cell in cells if cell.verdict.party != TOGETHER)
    of_parties = [cell for own in parties.values() for cell in own]
    return Scores(
        as_of=as_of,
        documents=tuple(documents),
        assessments=tuple(cell.verdict for cell in cells),
        commitments=tuple(aggregate(line, own, means[line]) for line, own in lines.items()),
        parties=tuple(aggregate(name, own, mean_of(own)) for name, own in sorted(parties.items())),
        pillars=of_groups(grouped((cell.row.pillar, cell) for cell in cells), means),
        technologies=of_groups(
            grouped((tag, cell) for cell in cells for tag in cell.row.entry.provision.technologies), means
        ),
        mean_of_commitments=aggregate("", cells, mean(means.values())),
        mean_of_parties=aggregate("", of_parties, mean(map(mean_of, parties.values()))),
        pooled=aggregate("", cells, mean_of(cells)),
        unassessed=len(in_text) - len(lines),
        rule=averaging_rule(),
        problems=tuple(found for row in in_text for found in doubts_of(row)),
    )


def counted(verdicts: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """Return the verdicts that count: those of single parties, else that of all together."""
    single = tuple(verdict for verdict in verdicts if verdict.party != TOGETHER)
    return single or tuple(verdicts)


def grouped(pairs: Iterable[tuple[str, Cell]]) -> dict[str, list[Cell]]:
    """Return cells by a name, in the order in which the names come."""
    found: dict[str, list[Cell]] = {}
    for name, cell in pairs:
        found.setdefault(name, []).append(cell)
    return found


def of_groups(groups: Mapping[str, Sequence[Cell]], means: Mapping[str, Fraction | None]) -> tuple[Aggregate, ...]:
    """Return the mean of the commitments' means in each group."""
    return tuple(
        aggregate(name, cells, mean(means[line] for line in dict.fromkeys(cell.commitment for cell in cells)))
        for name, cells in groups.items()
    )


def mean_of(cells: Iterable[Cell]) -> Fraction | None:
    """Return the mean of the scores of cells, n/a left out; None where nothing is scored."""
    return mean(None if cell.verdict.score is None else Fraction(cell.verdict.score) for cell in cells)


def mean(values: Iterable[Fraction | None]) -> Fraction | None:
    """Return the mean of the values that are there, None where there is none."""
    there = [value for value in values if value is not None]
    return sum(there, Fraction(0)) / len(there) if there else None


def aggregate(name: str, cells: Sequence[Cell], value: Fraction | None) -> Aggregate:
    """Return a mean with the counts behind it."""
    scored = [cell for cell in cells if cell.verdict.score is not None]
    return Aggregate(
        name=name,
        mean=None if value is None else float(value),
        percent=None if value is None else percentage(value),
        scored=len(scored),
        not_applicable=len(cells) - len(scored),
        commitments=len({cell.commitment for cell in scored}),
    )


def percentage(value: Fraction) -> int:
    """Return (mean + 1) / 2 * 100, rounded half up (G7 and G20 Research Groups)."""
    return int((value + 1) * 50 + Fraction(1, 2))


def averaging_rule() -> Bilingual:
    """Return how the means are taken, to be printed with them."""
    rule = load_pack(PACK)["rule"]
    return Bilingual(rule["en"], rule["zh"])


def doubts_of(row: BoardRow) -> tuple[Problem, ...]:
    """Return what is doubtful about the verdicts of a row that count."""
    status = row.status
    return tuple(
        found
        for verdict in counted(status.assessments)
        for found in doubts(verdict, status.evidence, status.search)
    )
