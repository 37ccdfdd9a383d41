"""Pictures of the charts of a report, each at an address of its own: the first drawing takes seconds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from fastapi import Response

from dragoman.model import NotFoundError
from dragoman.report import Block, Chart, Heading
from dragoman.report.charts import can_draw, svg_of

MOST = 64
"""Pictures that are held."""


class NoPictureError(NotFoundError):
    """A picture that no report has, or that cannot be drawn here."""

    def __init__(self) -> None:
        super().__init__("There is no such picture.", "The figures stand in the table.")


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with the heading over it, and what it shows in a sentence."""

    heading: str
    alt: str
    chart: Chart


def pictures_of(blocks: Iterable[Block]) -> Iterator[Picture]:
    """Yield the charts of a report; none where they cannot be drawn here."""
    heading = ""
    for block in blocks if can_draw() else ():
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Chart):
            yield Picture(heading, block.alt, block)


def drawn(blocks: Iterable[Block], number: int) -> Response:
    """Return the picture of a report with a number, from 0 on. Raises NoPictureError."""
    found = list(pictures_of(blocks))
    if not 0 <= number < len(found):
        raise NoPictureError
    return drawn_of(found[number].chart)


def drawn_of(chart: Chart) -> Response:
    """Return a chart as a picture. Raises NoPictureError."""
    svg = _svg(json.dumps(chart.spec, sort_keys=True))
    if svg is None:
        raise NoPictureError
    return Response(svg, media_type="image/svg+xml", headers={"cache-control": "no-cache"})


@lru_cache(maxsize=MOST)
def _svg(spec: str) -> str | None:
    """Return a chart as SVG; the same figures are drawn once."""
    return svg_of(json.loads(spec))
