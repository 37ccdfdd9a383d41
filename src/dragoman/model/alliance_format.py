"""Cells, networks and timelines as JSON and as flat tables; field order and names are stable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from dragoman.model.alliance import Alliances, Axis, Cell, Network, Place, Tie

CELL_HEAD = (
    "actor",
    "partner",
    "column",
    "direction",
    "level",
    "count",
    "force",
    "joint",
    "confidence",
    "first",
    "last",
    "sentences",
)
"""Columns of the flat table; `column` is named after the axis."""


def place_to_row(place: Place) -> dict[str, Any]:
    """Return where a sentence stands as JSON."""
    return {"doc": place.doc, "start": place.start, "end": place.end}


def cell_to_row(cell: Cell, axis: Axis) -> dict[str, Any]:
    """Return a cell as JSON; the third key is named after the axis."""
    return {
        "actor": cell.actor,
        "partner": cell.partner,
        axis.value: cell.column,
        "direction": cell.stance.value,
        "level": cell.level.value,
        "count": cell.count,
        "sentences": [place_to_row(place) for place in cell.sentences],
    }


def cell_head(axis: Axis) -> tuple[str, ...]:
    """Return the columns of the flat table."""
    return tuple(axis.value if name == "column" else name for name in CELL_HEAD)


def cell_rows(cells: Iterable[Cell]) -> Iterator[tuple[str, ...]]:
    """Yield cells as rows of the flat table; sentences as `doc:start-end`, with a space between."""
    for cell in cells:
        yield (
            cell.actor,
            cell.partner,
            cell.column,
            cell.stance.value,
            cell.level.value,
            str(cell.count),
            f"{cell.force:.2f}",
            f"{cell.joint:.2f}",
            f"{cell.confidence:.2f}",
            iso(cell.first),
            iso(cell.last),
            " ".join(f"{place.doc}:{place.start}-{place.end}" for place in cell.sentences),
        )


def tie_to_row(tie: Tie) -> dict[str, Any]:
    """Return a tie as JSON."""
    return {
        "actor": tie.actor,
        "partner": tie.partner,
        "technologies": list(tie.technologies),
        "instruments": list(tie.instruments),
        "direction": tie.stance.value,
        "level": tie.level.value,
        "layer": tie.layer.value,
        "force": tie.force,
        "joint": tie.joint,
        "date": iso(tie.day) or None,
        "doc": tie.doc,
        "start": tie.start,
        "end": tie.end,
        "confidence": tie.confidence,
        "why": tie.why,
    }


def alliances_to_row(found: Alliances) -> dict[str, Any]:
    """Return all that was found as JSON."""
    return {
        "by": found.axis.value,
        "groups": found.groups.value,
        "actor": found.actor or None,
        "from": iso(found.since) or None,
        "to": iso(found.until) or None,
        "documents": list(found.documents),
        "ties": found.ties,
        "unnamed": found.unnamed,
        "cells": [cell_to_row(cell, found.axis) for cell in found.cells],
        "timeline": [
            {
                "span": span.name,
                "from": span.first.isoformat(),
                "to": span.last.isoformat(),
                "counts": dict(span.counts),
                "partners": dict(span.partners),
                "new": [list(pair) for pair in span.new],
            }
            for span in found.timeline
        ],
        "map": [
            {
                "name": point.name,
                "latitude": point.latitude,
                "longitude": point.longitude,
                "count": point.count,
                "against": point.against,
            }
            for point in found.points
        ],
    }


def network_to_row(network: Network) -> dict[str, Any]:
    """Return a network as JSON."""
    return {
        "mode": network.mode.value,
        "measure": network.measure.value,
        "normalisation": network.normalisation.value,
        "modularity": network.modularity,
        "nodes": [
            {
                "name": node.name,
                "type": node.kind,
                "statements": node.statements,
                "community": node.community,
                **node.centrality,
            }
            for node in network.nodes
        ],
        "edges": [
            {
                "source": edge.source,
                "target": edge.target,
                "weight": edge.weight,
                "count": edge.count,
                "first": iso(edge.first) or None,
                "last": iso(edge.last) or None,
                "technologies": list(edge.technologies),
                "layers": list(edge.layers),
            }
            for edge in network.edges
        ],
    }


def iso(day: date | None) -> str:
    """Return a day as text, "" for none."""
    return day.isoformat() if day else ""
